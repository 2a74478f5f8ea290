"""The conditional GET: what we send, what we accept and what we refuse."""

import gzip
import zlib
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from web import FEED, NOW, raw, web

from aggregator.errors import SourceError
from aggregator.fetch import Caps, fetch
from aggregator.model import Fetched, Job

JOB = Job(source="News", kind="url", address="http://news.example/feed")
SMALL = Caps(size=1000)


def answer(response: httpx.Response, job: Job = JOB, caps: Caps | None = None) -> Fetched:
    return fetch(job, web(lambda _: response, caps), NOW)


def fault(response: httpx.Response, job: Job = JOB, caps: Caps | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        answer(response, job, caps)
    return caught.value


class Site:
    """Answers by path and remembers the requests."""

    def __init__(self, answers: dict[str, httpx.Response]) -> None:
        self.answers = answers
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers[request.url.path]

    def fetch(self, path: str = "/feed", host: str = "http://news.example") -> Fetched:
        return fetch(Job(source="News", kind="url", address=host + path), web(self), NOW)


def to(target: str, status: int) -> httpx.Response:
    return httpx.Response(status, headers={"Location": target})


def test_a_first_visit_gives_the_document_and_its_validators() -> None:
    got = answer(httpx.Response(200, content=FEED, headers={"ETag": 'W/"a"', "Last-Modified": "yesterday"}))
    assert [document.body for document in got.documents] == [FEED]
    assert (got.etag, got.modified, got.status, got.size) == ('W/"a"', "yesterday", 200, len(FEED))


def test_validators_are_sent_back_byte_for_byte() -> None:
    site = Site({"/feed": httpx.Response(304)})
    job = Job(source="News", kind="url", address="http://news.example/feed", etag='W/"\xe9"', modified="x  y")
    fetch(job, web(site), NOW)
    sent = dict(site.asked[0].headers.raw)
    assert (sent[b"If-None-Match"], sent[b"If-Modified-Since"]) == (b'W/"\xe9"', b"x  y")


def test_a_request_carries_no_cookie_no_referrer_and_names_the_program() -> None:
    site = Site({"/feed": httpx.Response(200, content=FEED, headers={"Set-Cookie": "a=b"})})
    site.fetch()
    site.fetch()
    names = {name.lower() for request in site.asked for name in request.headers}
    assert not names & {"cookie", "referer", "authorization", "if-none-match", "if-modified-since"}
    assert site.asked[1].headers["user-agent"].startswith("test/1 (+https://")


def test_not_modified_keeps_validators_and_takes_the_new_freshness() -> None:
    job = Job(source="News", kind="url", address="http://news.example/", etag='"a"', digest="d")
    got = answer(httpx.Response(304, headers={"Cache-Control": "max-age=7200"}), job)
    assert (got.documents, got.etag, got.digest, got.fresh) == ((), '"a"', "d", timedelta(hours=2))


def test_not_modified_without_being_asked_is_a_fault() -> None:
    assert fault(httpx.Response(304)).fault == "protocol"


def test_an_equal_body_is_not_news() -> None:
    digest = answer(httpx.Response(200, content=FEED)).digest
    job = Job(source="News", kind="url", address="http://news.example/", digest=digest)
    got = answer(httpx.Response(200, content=FEED, headers={"ETag": '"new"'}), job)
    assert (got.documents, got.etag, got.digest) == ((), '"new"', digest)


@pytest.mark.parametrize("etag", ['"' + "a" * 60_000 + '"', '"a\tb"'])
def test_a_validator_that_could_not_be_sent_back_is_not_kept(etag: str) -> None:
    assert answer(httpx.Response(200, content=FEED, headers={"ETag": etag})).etag == ""


@pytest.mark.parametrize("status", [204, 206, 300, 401, 403, 404, 418, 451, 500, 502, 520, 999])
def test_an_error_page_is_never_read_as_the_feed(status: int) -> None:
    error = fault(httpx.Response(status, content=FEED))
    assert (error.fault, error.status) == ("status", status)


def test_410_is_gone_and_not_just_a_status() -> None:
    assert fault(httpx.Response(410)).fault == "gone"


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_reaches_the_planner(status: int) -> None:
    assert fault(httpx.Response(status, headers={"Retry-After": "120"})).wait == timedelta(minutes=2)


def test_gzip_is_inflated_and_its_sent_bytes_are_counted() -> None:
    packed = gzip.compress(FEED)
    got = answer(raw(iter([packed[:20], packed[20:]]), Content_Encoding="gzip"))
    assert (got.documents[0].body, got.size) == (FEED, len(packed))


@pytest.mark.parametrize("wbits", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_deflate_is_understood_with_and_without_its_header(wbits: int) -> None:
    engine = zlib.compressobj(wbits=wbits)
    packed = engine.compress(FEED) + engine.flush()
    assert answer(raw(iter([packed]), Content_Encoding="deflate")).documents[0].body == FEED


def test_gzip_in_several_members_and_with_padding_is_read_whole() -> None:
    packed = gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]) + b"\0" * 10
    assert answer(raw(iter([packed]), Content_Encoding="gzip")).documents[0].body == FEED


def test_a_bomb_is_cut_by_its_inflated_size() -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    assert fault(raw(iter([bomb]), Content_Encoding="gzip"), caps=Caps(size=100_000)).fault == "size"


@pytest.mark.parametrize("size", [999_999, 1_000_000, 1_000_001, 2_000_000, 3_000_001])
@pytest.mark.parametrize("wbits", [zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_inflating_in_pieces_loses_nothing(size: int, wbits: int) -> None:
    engine = zlib.compressobj(9, wbits=wbits)
    packed = engine.compress(b"a" * size) + engine.flush()
    coding = "gzip" if wbits > zlib.MAX_WBITS else "deflate"
    pieces = (packed[n : n + 7] for n in range(0, len(packed), 7))
    assert len(answer(raw(pieces, Content_Encoding=coding)).documents[0].body) == size


def test_only_a_few_large_bodies_are_read_at_the_same_time() -> None:
    large, small = b" " * 1_000_001, b" " * 1000
    bodies = iter([large, large, small])
    pretend = web(lambda _: raw(iter([next(bodies)])), Caps(deadline=timedelta(milliseconds=1)))
    assert fetch(JOB, pretend, NOW).size == len(large)
    while pretend.seats.acquire(blocking=False):
        pass
    with pytest.raises(SourceError, match="large bodies"):
        fetch(JOB, pretend, NOW)
    assert fetch(JOB, pretend, NOW).size == len(small)


def test_a_seat_is_given_back_after_a_fault() -> None:
    pretend = web(lambda _: raw(iter([b" " * 700_000] * 9)), Caps(size=3_000_000))
    for _ in range(9):
        with pytest.raises(SourceError, match="more than"):
            fetch(JOB, pretend, NOW)


def test_a_body_without_end_is_cut_by_its_sent_size() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 100

    assert fault(raw(endless()), caps=SMALL).fault == "size"


@pytest.mark.parametrize("coding", ["br", "zstd", "exi", "gzip, gzip"])
def test_an_encoding_that_we_did_not_ask_for_is_refused(coding: str) -> None:
    assert fault(raw(iter([FEED]), Content_Encoding=coding)).fault == "protocol"


def test_a_truncated_gzip_body_is_a_fault_and_not_a_short_feed() -> None:
    packed = gzip.compress(FEED)
    assert fault(raw(iter([packed[: len(packed) // 2]]), Content_Encoding="gzip")).fault == "protocol"


def test_plain_bytes_that_call_themselves_gzip_are_a_fault() -> None:
    assert fault(raw(iter([FEED]), Content_Encoding="gzip")).fault == "protocol"


def test_a_dripping_body_ends_at_the_deadline() -> None:
    moment = [0.0]

    def drip() -> Iterator[bytes]:
        while True:
            moment[0] += 1
            yield b" "

    with pytest.raises(SourceError) as caught:
        fetch(JOB, web(lambda _: raw(drip()), clock=lambda: moment[0]), NOW)
    assert (caught.value.fault, moment[0]) == ("timeout", 16)


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_is_followed_and_reported(status: int) -> None:
    got = Site({"/feed": to("/new", status), "/new": httpx.Response(200, content=FEED)}).fetch()
    assert (got.moved_to, got.documents[0].url) == ("http://news.example/new", "http://news.example/new")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_is_followed_and_forgotten(status: int) -> None:
    got = Site({"/feed": to("/new", status), "/new": httpx.Response(200, content=FEED)}).fetch()
    assert (got.moved_to, got.documents[0].url) == ("", "http://news.example/new")


def test_only_the_permanent_redirects_before_a_temporary_one_count() -> None:
    pages = {
        "/feed": to("/a", 301),
        "/a": to("/b", 302),
        "/b": to("/c", 301),
        "/c": httpx.Response(200, content=FEED),
    }
    assert Site(pages).fetch().moved_to == "http://news.example/a"


def test_a_permanent_redirect_from_https_to_http_is_not_believed() -> None:
    pages = {"/feed": to("http://news.example/new", 301), "/new": httpx.Response(200, content=FEED)}
    assert Site(pages).fetch(host="https://news.example").moved_to == ""


def test_a_circle_of_redirects_ends_after_its_first_round() -> None:
    site = Site({"/feed": to("/b", 302), "/b": to("/feed", 302)})
    with pytest.raises(SourceError, match="circle"):
        site.fetch()
    assert len(site.asked) == 2


def test_a_chain_of_redirects_has_an_end() -> None:
    asked = []

    def longer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return to(f"{request.url}x", 302)

    with pytest.raises(SourceError, match="more than 10 redirects"):
        fetch(JOB, web(longer), NOW)
    assert len(asked) == 11


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "http://[::1",
    ],
)
def test_a_redirect_leads_only_to_http_and_https(target: str) -> None:
    assert fault(to(target, 302)).fault == "address"


def test_a_backslash_cannot_hide_the_host() -> None:
    assert fault(to("http://127.0.0.1\\@news.example/", 302)).fault == "address"


def test_a_redirect_without_a_target_is_a_fault() -> None:
    assert fault(httpx.Response(302)).fault == "protocol"


def test_a_redirect_in_raw_utf8_is_understood() -> None:
    redirect = httpx.Response(302, headers=[(b"Location", "/caf\u00e9".encode())])
    assert Site({"/feed": redirect, "/caf\u00e9": httpx.Response(200, content=FEED)}).fetch().status == 200


def test_validators_go_only_to_the_url_that_gave_them() -> None:
    site = Site({"/feed": to("/new?sign=2", 302), "/new": httpx.Response(304)})
    job = Job(
        "News", "url", "http://news.example/feed", etag='"a"', answerer="http://news.example/new?sign=1"
    )
    assert fetch(job, web(site), NOW).status == 304
    assert ["if-none-match" in request.headers for request in site.asked] == [False, True]


def test_validators_of_one_url_do_not_make_another_one_unchanged() -> None:
    site = Site({"/feed": to("/other", 302), "/other": httpx.Response(304)})
    job = Job("News", "url", "http://news.example/feed", etag='"a"', answerer="http://news.example/feed")
    with pytest.raises(SourceError, match="unconditional request"):
        fetch(job, web(site), NOW)


def test_a_password_goes_to_its_own_origin_only_and_into_no_result() -> None:
    site = Site({"/feed": to("https://other.example/x", 301), "/x": httpx.Response(200, content=FEED)})
    got = site.fetch(host="http://me:se%20cret@news.example")
    assert site.asked[0].headers["authorization"] == "Basic bWU6c2UgY3JldA=="
    assert "authorization" not in site.asked[1].headers
    assert "cret" not in repr(got)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:99999/", "http://[not-an-address]/", "gopher://a/", "/x"]
)
def test_an_impossible_address_is_a_fault_of_its_source(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        fetch(Job(source="News", kind="url", address=address), web(lambda _: httpx.Response(200)), NOW)
    assert caught.value.fault == "address"


@pytest.mark.parametrize(("status", "named"), [(301, "gone"), (302, "status")])
def test_gone_behind_a_temporary_redirect_is_not_permanent(status: int, named: str) -> None:
    moved = httpx.Response(status, headers={"location": "http://other.example/there"})
    site = Site({"/feed": moved, "/there": httpx.Response(410)})
    with pytest.raises(SourceError) as told:
        fetch(JOB, web(site), NOW)
    assert (told.value.fault, told.value.status) == (named, 410)
    assert told.value.note.startswith("redirected to http://other.example/there: 410 Gone")


def test_nothing_that_a_server_hands_out_is_ever_sent_back() -> None:
    asked: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        headers = {"Set-Cookie": "seen=1; Path=/"}
        if request.url.path == "/feed":
            headers["Location"] = "https://user:word@news.example/moved"
            return httpx.Response(302, headers=headers)
        return httpx.Response(200, headers=headers, content=b"<rss/>")

    visitor = web(server)
    for _ in range(2):
        fetch(Job(source="News", kind="url", address="https://news.example/feed"), visitor, NOW)

    assert [request.url.path for request in asked] == ["/feed", "/moved"] * 2
    assert not {"cookie", "authorization"} & {name for request in asked for name in request.headers}
