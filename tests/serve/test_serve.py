import gzip
from datetime import timedelta
from email.utils import formatdate
from pathlib import Path

import pytest
from fresh import fresh
from starlette.testclient import TestClient

from aggregator.config import check
from aggregator.publish.files import write
from aggregator.serve import Secrets, Serving, app, files
from aggregator.serve.cache import Copies, read_copy

ATOM = b"<feed>" + b"x" * 1000 + b"</feed>"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "public").mkdir()
    write({"feed.atom": ATOM, "feed.json": b"{}", "index.html": b"<p>hello"}, tmp_path / "public")
    fresh(tmp_path / "a.db")
    client = TestClient(app(Serving(tmp_path / "public", tmp_path / "a.db", timedelta(minutes=5))))
    client.headers["accept-encoding"] = "identity"
    return client


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_each_file_comes_with_its_type(client: TestClient, name: str, kind: str) -> None:
    answer = client.get(f"/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["cache-control"] == "public, max-age=300"


def test_a_browser_is_given_a_feed_of_which_there_is_no_page_as_xml_with_a_stylesheet(
    client: TestClient,
) -> None:
    shown = client.get("/feed.atom", headers={"sec-fetch-dest": "document"})
    assert (shown.content, shown.headers["content-type"]) == (ATOM, "application/xml; charset=utf-8")
    assert "Sec-Fetch-Dest" in shown.headers["vary"]


def test_head_gives_the_headers_only(client: TestClient) -> None:
    answer = client.head("/feed.atom")
    assert (answer.content, answer.headers["content-length"]) == (b"", str(len(ATOM)))


def test_the_same_tag_is_not_modified(client: TestClient) -> None:
    tag = client.get("/feed.atom").headers["etag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get("/feed.atom", headers={"if-none-match": sent})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)


def test_another_tag_gets_the_body_whatever_the_date(client: TestClient) -> None:
    sent = {"if-none-match": '"other"', "if-modified-since": formatdate(2**31, usegmt=True)}
    assert client.get("/feed.atom", headers=sent).content == ATOM


def test_the_same_date_is_not_modified(client: TestClient) -> None:
    date = client.get("/feed.atom").headers["last-modified"]
    assert client.get("/feed.atom", headers={"if-modified-since": date}).status_code == 304
    assert client.get("/feed.atom", headers={"if-modified-since": formatdate(0)}).status_code == 200
    assert client.get("/feed.atom", headers={"if-modified-since": "yesterday"}).status_code == 200
    ahead = {"if-modified-since": formatdate(2**31, usegmt=True)}  # written while a clock was ahead
    assert client.get("/feed.atom", headers=ahead).status_code == 200


def test_gzip_has_a_tag_of_its_own(client: TestClient) -> None:
    plain = client.get("/feed.atom")
    with client.stream("GET", "/feed.atom", headers={"accept-encoding": "br, gzip;q=0.5"}) as zipped:
        assert zipped.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(zipped.iter_raw())) == ATOM
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert plain.headers["vary"] == "Accept-Encoding, Sec-Fetch-Dest"
    refused = client.get("/feed.atom", headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


def test_a_publication_is_visible_at_the_next_request(client: TestClient, tmp_path: Path) -> None:
    tag = client.get("/feed.atom").headers["etag"]
    write({"feed.atom": b"<feed>new</feed>"}, tmp_path / "public")
    answer = client.get("/feed.atom", headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (200, b"<feed>new</feed>")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.atom",
        "/.lock",
        "/../a.db",
        "/%2e%2e/a.db",
        "/a.db",
        "/x%00.atom",
        "/a/feed.atom",
    ],
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>No such page</h1>" in answer.text


def test_an_address_cannot_write_into_an_error_page(client: TestClient) -> None:
    answer = client.get("/<script>alert(1)</script>.atom?<script>")
    assert answer.status_code == 404
    assert b"script" not in answer.content


def test_pages_allow_no_script(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_health_tells_whether_the_database_answers(client: TestClient, tmp_path: Path) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "last_success": None})
    (tmp_path / "a.db").write_bytes(b"this is no database" * 100)
    (tmp_path / "a.db-wal").unlink(missing_ok=True)
    broken = client.get("/healthz")
    assert (broken.status_code, broken.json()) == (503, {"status": "failing", "trouble": "database"})


SECRET = "correct horse battery staple"


@pytest.fixture
def hidden(tmp_path: Path) -> TestClient:
    write({"feed.atom": ATOM}, tmp_path / "public")
    write({"mine.atom": b"<feed>mine</feed>"}, tmp_path / "private")
    (tmp_path / "token").write_text(SECRET + "\n")
    secrets = Secrets(tmp_path / "private", {"mine": tmp_path / "token"})
    return TestClient(
        app(Serving(tmp_path / "public", tmp_path / "a.db", timedelta(minutes=5), secrets=secrets))
    )


def test_who_knows_the_secret_reads_and_no_proxy_keeps_it(hidden: TestClient) -> None:
    answer = hidden.get("/mine.atom", params={"token": SECRET})
    assert (answer.status_code, answer.content) == (200, b"<feed>mine</feed>")
    assert answer.headers["cache-control"] == "private, max-age=300"


@pytest.mark.parametrize(
    "query", ["", "?token=", "?token=wrong", "?token=%ff", "?token=corr%C3%A9", "?" + "a&" * 50]
)
def test_to_others_a_hidden_feed_is_none(hidden: TestClient, query: str) -> None:
    answer, none = hidden.get(f"/mine.atom{query}"), hidden.get("/none.atom")
    assert (answer.status_code, answer.content) == (404, none.content)
    assert answer.headers == none.headers


@pytest.mark.parametrize("secret", ["ab+cd/ef==0123456", "\ufeffab+cd/ef==0123456\r\n"])
@pytest.mark.parametrize("given", ["ab+cd/ef==0123456", "ab%2Bcd%2Fef%3D%3D0123456"])
def test_a_secret_of_base64_is_taken_as_it_is_pasted(
    hidden: TestClient, tmp_path: Path, secret: str, given: str
) -> None:
    (tmp_path / "token").write_text(secret, encoding="utf-8")
    assert hidden.get(f"/mine.atom?token={given}").status_code == 200


def test_a_changed_secret_shuts_out_at_once(hidden: TestClient, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("another secret that is long")
    assert hidden.get("/mine.atom", params={"token": SECRET}).status_code == 404


@pytest.mark.parametrize("secret", [None, "", "short", b"\xff" * 20])
def test_a_secret_that_is_none_lets_nobody_in(
    hidden: TestClient, tmp_path: Path, secret: str | bytes | None
) -> None:
    (tmp_path / "token").unlink()
    if secret is not None:
        (tmp_path / "token").write_bytes(secret if isinstance(secret, bytes) else secret.encode())
    for given in (secret or "", SECRET):
        assert hidden.get("/mine.atom", params={"token": given}).status_code == 404


def test_a_secret_is_as_long_as_the_configuration_wants_it() -> None:
    assert check.SHORTEST == files.SHORTEST


def test_no_more_is_held_than_there_is_room_for(tmp_path: Path) -> None:
    copies = Copies(room=1000)
    for name in ("a.css", "b.css", "a.css", "c.css"):
        (tmp_path / name).write_bytes(b"x" * 400)
        copies.keep(tmp_path / name, read_copy(tmp_path / name, (1, 2, 3), "", "", ".css"))
    assert [path.name for path in copies.held] == ["a.css", "c.css"]
    assert copies.room == 200
