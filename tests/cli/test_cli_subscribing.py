"""Sources added, removed, imported and exported by command, against a web server on loopback."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from make import NOON
from pretend import item, rss
from shell import Shell

from aggregator.model import Source
from aggregator.store import Store

PAGE = '<html><link rel="alternate" type="application/rss+xml" href="/feed.xml"><body>Hi</body></html>'


class Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            status, _, target = self.path.removeprefix("/to/").partition("/")
            self.send_response(int(status))
            self.send_header("Location", f"/{target}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/members.xml" and self.headers["X-Key"] != "s3cret":
            self.send_error(401)
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("feed.xml", "members.xml"):
        (folder / name).write_bytes(rss("Harbour", item("a", "Bridge reopens")))
    (folder / "index.html").write_text(PAGE)
    (folder / "bare.html").write_text("<html><body>No feed here</body></html>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], site: str
) -> Shell:
    shell = Shell(tmp_path, monkeypatch, capfd)
    shell.config(f'# mine\n[fetch]\nallow_networks = ["{site}"] # the test\n')
    return shell


def text(shell: Shell) -> str:
    return (shell.folder / "a.toml").read_text(encoding="utf-8")


def test_a_page_s_feed_is_found_and_written_with_all_comments_kept(shell: Shell, site: str) -> None:
    said = shell.run("add", f"http://{site}/", "--tag", "cities")
    assert (said.code, said.err) == (0, "")
    feed = f"Harbour: http://{site}/feed.xml (named by the page, 1 entry)"
    assert said.out == f"{shell.folder}/a.toml: added {feed}\n"
    assert text(shell).startswith("# mine\n")
    assert "# the test" in text(shell)
    assert 'name = "Harbour"' in text(shell)
    assert shell.run("fetch").out.startswith("sources: 1 ok")


@pytest.mark.parametrize(
    ("given", "kept"), [("to/302/feed.xml", "to/302/feed.xml"), ("to/301/feed.xml", "feed.xml")]
)
def test_only_a_permanent_redirect_changes_the_address(
    shell: Shell, site: str, given: str, kept: str
) -> None:
    shell.run("add", f"http://{site}/{given}")
    assert f'url = "http://{site}/{kept}"' in text(shell)


def test_a_password_in_the_address_is_kept(shell: Shell, site: str) -> None:
    shell.run("add", f"http://me:secret@{site}/feed.xml")
    assert f'url = "http://me:secret@{site}/feed.xml"' in text(shell)


def test_a_title_cannot_write_to_the_terminal_nor_spoil_the_configuration(shell: Shell, site: str) -> None:
    (shell.folder / "site/feed.xml").write_bytes(rss("Har&#x202e;bour&#x9b;31m", item("a", "Bridge reopens")))
    said = shell.run("add", f"http://{site}/")
    assert said.code == 0
    assert "\u202e" not in said.out + text(shell)
    assert shell.run("check").code == 0


def test_a_name_that_the_configuration_would_not_take_is_refused(shell: Shell, site: str) -> None:
    before = text(shell)
    assert shell.run("add", f"http://{site}/", "--name", "a\u202eb").code == 2
    assert text(shell) == before


def test_a_page_without_a_feed_changes_nothing(shell: Shell, site: str) -> None:
    before = text(shell)
    (shell.folder / "site/feed.xml").unlink()
    said = shell.run("add", f"http://{site}/bare.html")
    assert said.code == 1
    assert "neither a feed nor a page that links to one" in said.err
    assert text(shell) == before


def test_the_same_feed_is_not_added_twice(shell: Shell, site: str) -> None:
    shell.run("add", f"http://{site}/feed.xml")
    said = shell.run("add", f"http://{site}/", "--name", "Again")
    assert said.code == 2
    assert "already subscribed as 'Harbour'" in said.err


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "http://10.0.0.1/", "gopher://x/"]
)
def test_what_is_not_a_public_web_address_is_refused(shell: Shell, url: str) -> None:
    before = text(shell)
    assert shell.run("add", url).code == 1
    assert text(shell) == before


def test_a_removed_source_is_out_of_the_file(shell: Shell, site: str) -> None:
    before = text(shell)
    shell.run("add", f"http://{site}/feed.xml")
    assert shell.run("remove", "Harbour").code == 0
    assert text(shell).strip() == before.strip()
    assert shell.run("remove", "Harbour").code == 2


def test_an_exported_list_is_imported_again(shell: Shell, site: str) -> None:
    shell.run("add", f"http://{site}/feed.xml", "--tag", "News/Cities")
    opml = shell.run("export").out
    (shell.folder / "list.opml").write_text(opml, encoding="utf-8")
    shell.run("remove", "Harbour")
    said = shell.run("import", str(shell.folder / "list.opml"))
    assert said.out == f"{shell.folder}/a.toml: 1 added, 0 skipped\n"
    assert 'tags = ["News/Cities"]' in text(shell)
    again = shell.run("import", str(shell.folder / "list.opml"))
    assert again.out == f"{shell.folder}/a.toml: 0 added, 1 skipped\n"


def test_a_source_that_was_visited_is_exported_with_its_page(shell: Shell, site: str) -> None:
    shell.run("add", f"http://{site}/feed.xml")
    assert "htmlUrl" not in shell.run("export").out
    with Store(shell.folder / "var/aggregator.db") as store, store.writing():
        store.sources.sync([Source("Harbour", "url", f"http://{site}/feed.xml")], NOON)
        store.db.execute("UPDATE sources SET url = 'https://harbour.example/' WHERE name = 'Harbour'")
    assert 'htmlUrl="https://harbour.example/"' in shell.run("export").out


def test_a_file_that_is_not_a_list_is_2(shell: Shell) -> None:
    (shell.folder / "list.opml").write_text("this is no list", encoding="utf-8")
    said = shell.run("import", str(shell.folder / "list.opml"))
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_who_has_no_configuration_gets_one_with_the_first_source(shell: Shell, site: str) -> None:
    (shell.folder / "list.opml").write_text(
        '<opml><body><outline xmlUrl="https://a.example/feed" text="A"/></body></opml>', encoding="utf-8"
    )
    new = shell.folder / "new/place.toml"
    assert shell.said("remove", "A", "--config", str(new)).code == 2
    assert shell.said("add", f"http://{site}/", "--config", str(new)).code == 1
    assert not new.exists()
    assert shell.said("import", str(shell.folder / "list.opml"), "--config", str(new)).code == 0
    assert shell.said("check", "--config", str(new)).out == f"{new}: OK: 1 source\n"


def test_a_folder_in_place_of_the_configuration_is_2(shell: Shell, site: str) -> None:
    said = shell.said("add", f"http://{site}/", "--config", str(shell.folder))
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_source_that_an_output_names_is_not_taken_out(shell: Shell) -> None:
    source = '[[source]]\nname = "Posts"\nfolder = "posts"\n'
    shell.config(source + '[[output]]\nname = "only"\nsources = ["Posts"]\n')
    before = text(shell)
    said = shell.run("remove", "Posts")
    assert (said.code, said.out, text(shell)) == (2, "", before)
    assert "output 'only': sources: 'Posts' is not a source" in said.err
    assert said.err.endswith("nothing was changed\n")


def test_a_source_can_be_taken_out_of_a_file_that_has_other_faults(shell: Shell) -> None:
    shell.config('[feed]\ntitel = "x"\n[[source]]\nname = "Posts"\nfolder = "posts"\n')
    assert shell.run("remove", "Posts").code == 0
    assert "Posts" not in text(shell)


def test_a_file_that_is_not_opml_is_named(shell: Shell) -> None:
    file = shell.folder / "a.opml"
    file.write_bytes(bytes(range(256)))
    said = shell.run("import", str(file))
    assert (said.code, said.err) == (2, f"aggregator: {file}: this is not an OPML file\n")


def test_parse_asks_as_the_source_with_that_address_does(shell: Shell, site: str) -> None:
    url = f"http://{site}/members.xml"
    assert shell.run("parse", url).code == 1
    with (shell.folder / "a.toml").open("a", encoding="utf-8") as file:
        file.write(f'[[source]]\nname = "Members"\nurl = "{url}"\nheaders = {{ X-Key = "s3cret" }}\n')
    said = shell.run("parse", url)
    assert (said.code, "s3cret" in said.out + said.err) == (0, False)


@pytest.mark.parametrize("command", ["add", "parse"])
@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("http://10.0.0.1/", "if the network is your own, [fetch] allow_networks can allow it"),
        ("feed://127.0.0.1:6379/", "port 6379 is not allowed; [fetch] allow_ports can allow it"),
    ],
)
def test_a_forbidden_address_is_reported_with_the_key_that_allows_it(
    shell: Shell, command: str, url: str, remedy: str
) -> None:
    said = shell.run(command, url)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert remedy in said.err


def test_addresses_that_no_visit_may_reach_are_imported_with_a_warning(shell: Shell) -> None:
    hosts = [f"10.0.0.{number}" for number in range(1, 6)] + ["public.example"]
    lines = "".join(f'<outline type="rss" text="{host}" xmlUrl="http://{host}/feed"/>' for host in hosts)
    (shell.folder / "list.opml").write_text(f'<opml version="2.0"><body>{lines}</body></opml>')
    said = shell.run("import", str(shell.folder / "list.opml"))
    assert (said.code, said.out) == (0, f"{shell.folder}/a.toml: 6 added, 0 skipped\n")
    assert said.err.splitlines()[2] == (
        "source '10.0.0.3': url: 10.0.0.3 is not on the public internet: add it to [fetch] allow_networks"
        " (2 more like this)"
    )
