"""Stories for readers on the command line: found, shown, opened in a browser."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from shell import Shell

from aggregator.store import Store

OWLS = '---\ntitle: "Snowy owls return"\ndate: 2026-02-28T11:00:00Z\n---\n\nMore than in any winter.\n'
# Nobody serves at port 1.
FILES = '[serve]\nport = 1\n[[source]]\nname = "Posts"\nfolder = "posts"\n'


@pytest.fixture
def filled(shell: Shell) -> Shell:
    (shell.folder / "more").mkdir()
    (shell.folder / "more/two.md").write_text(OWLS, encoding="utf-8")
    shell.config(f'{FILES}[[source]]\nname = "More"\nfolder = "more"\n')
    assert shell.run("fetch").code == 0
    return shell


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that a browser was asked for."""
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: not asked.append(address))
    return asked


def test_words_find_stories(filled: Shell) -> None:
    assert "Snowy owls return" in filled.run("search", "winter", "owls").out
    assert "Bridge" not in filled.run("search", "winter").out
    assert filled.run("search", "winter -owls").out == "No stories found.\n"
    assert json.loads(filled.run("search", "--json", "bridge").out)[0]["number"] == 1


def test_entries_that_no_daemon_has_indexed_are_found_in_a_database_that_cannot_be_written(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Bridge" in filled.run("search", "bridge").out
    with Store(filled.folder / "var/aggregator.db") as store:
        store.db.execute("BEGIN IMMEDIATE")
        store.db.execute("INSERT INTO unsearchable (entry) VALUES (1)")
        store.db.execute("COMMIT")
        store.db.execute("BEGIN IMMEDIATE")
        assert "Bridge" in filled.run("search", "bridge").out
        store.db.execute("ROLLBACK")


def test_stories_of_one_source(filled: Shell) -> None:
    said = filled.run("stories", "--source", "More", "--limit", "1").out
    assert "Snowy owls return" in said
    assert "Bridge" not in said
    assert "did you mean 'More'" in filled.run("stories", "--source", "Mores").err


def test_a_story_is_shown_with_its_reports(filled: Shell) -> None:
    filled.run("merge", "1", "2")
    said = filled.run("show", "2")
    assert said.out.splitlines()[:4] == [
        *("Bridge reopens", "story 1, published 2026-02-28 10:00 UTC", "", "It opened.")
    ]
    assert "  Snowy owls return  [More, 2026-02-28 11:00]" in said.out
    assert json.loads(filled.run("show", "1", "--json").out)["others"][0]["source_title"] == "More"
    assert filled.run("show", "9").code == 2


def test_a_story_that_was_emptied_by_a_person_is_2(filled: Shell) -> None:
    with Store(filled.folder / "var/aggregator.db") as store:
        store.db.execute("UPDATE members SET story = 1")
    said = filled.run("show", "2")
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_the_page_is_opened_from_the_public_address_else_from_the_folder(
    filled: Shell, visited: list[str]
) -> None:
    assert filled.run("open", "1").out == ""
    filled.config(f'[feed]\nlink = "https://news.example/"\n{FILES}')
    assert filled.run("open", "1").out == ""
    page = (filled.folder / "var/public/story/1.html").as_uri()
    assert visited == [page, "https://news.example/story/1.html"]


def test_the_page_of_a_running_server_is_opened_before_the_file(filled: Shell, visited: list[str]) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(filled.folder / "var/public"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        filled.config(FILES.replace("port = 1", f"port = {server.server_port}"))
        filled.run("open", "1")
        server.shutdown()
        thread.join()
    assert visited == [f"http://127.0.0.1:{server.server_port}/story/1.html"]


def test_where_there_is_no_page_the_lead_s_own_is_opened(filled: Shell, visited: list[str]) -> None:
    (filled.folder / "var/public/story/1.html").unlink()
    assert "`aggregator show 1` prints it" in filled.run("open", "1").err
    with Store(filled.folder / "var/aggregator.db") as store:
        store.db.execute("UPDATE entries SET url = 'https://a.example/1'")
    assert filled.run("open", "1").code == 0
    assert visited == ["https://a.example/1"]


def test_the_lead_s_own_page_is_opened_where_there_is_one(filled: Shell, visited: list[str]) -> None:
    said = filled.run("open", "--lead", "1")
    assert (said.code, said.out) == (1, "")
    assert "`aggregator show 1` prints it" in said.err
    with Store(filled.folder / "var/aggregator.db") as store:
        store.db.execute("UPDATE entries SET url = 'https://a.example/1'")
    assert json.loads(filled.run("open", "--lead", "1", "--json").out)["opened"] is True
    assert visited == ["https://a.example/1"]


def test_without_a_browser_the_address_is_printed(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    page = (filled.folder / "var/public/story/1.html").as_uri()
    assert filled.run("open", "1").out == f"{page}\n"
    assert Path(page.removeprefix("file://")).exists()
