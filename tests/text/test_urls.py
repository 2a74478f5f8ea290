"""All addresses of one page have the same canonical spelling."""

import pytest

from aggregator.text.urls import canonical, shareable


@pytest.mark.parametrize(
    "url",
    [
        "http://www.herald.example/ferry/?utm_source=feed&b=2&a=1",
        "https://herald.example:443//ferry/index.html?a=1&b=2&fbclid=x#comments",
        "HTTPS://HERALD.example/ferry/amp?b=2&a=1",
    ],
)
def test_spellings_of_one_page_are_equal(url: str) -> None:
    assert canonical(url) == "https://herald.example/ferry?a=1&b=2"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://herald.example/?p=1", "https://herald.example/?p=2"),
        ("https://herald.example/#!/one", "https://herald.example/#!/two"),
        ("https://herald.example/Ferry", "https://herald.example/ferry"),
        ("https://herald.example:8080/ferry", "https://herald.example/ferry"),
    ],
)
def test_different_pages_stay_different(a: str, b: str) -> None:
    assert canonical(a) != canonical(b)


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "http://[broken/", "https:///path", "/ferry"])
def test_what_is_not_a_web_address_is_empty(url: str) -> None:
    assert canonical(url) == ""


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("http://www.herald.example/2026/a-b_c~d/", "https://herald.example/2026/a-b_c~d"),
        ("https://www.www.example/a", "https://www.example/a"),
        ("https://www.example/a", "https://example/a"),
        ("https://herald.example/a/amp", "https://herald.example/a"),
        ("https://herald.example/a//b", "https://herald.example/a/b"),
        ("https://herald.example./a", "https://herald.example/a"),
        ("https://herald.example/lamp", "https://herald.example/lamp"),
        ("https://herald.example/", "https://herald.example/"),
        ("https://herald.example/a\n", "https://herald.example/a"),
    ],
)
def test_a_page_has_this_spelling(url: str, page: str) -> None:
    assert canonical(url) == page


@pytest.mark.parametrize(
    "address",
    ["https://me:secret@a.example/f?u=x@y", "HTTPS://me@a.example", "http://a@b:c@a.example/"],
)
def test_a_shareable_address_has_no_user_and_no_password(address: str) -> None:
    assert "a.example" in shareable(address)
    assert "me" not in shareable(address).lower().replace("example", "")


def test_an_at_sign_after_the_host_is_not_a_password() -> None:
    assert shareable("https://a.example/@me?b=c@d#e@f") == "https://a.example/@me?b=c@d#e@f"


@pytest.mark.parametrize(
    "pair",
    [
        *(
            "token=x",
            "feed_token=x",
            "private-token=x",
            "TOKEN=x",
            "access%5Ftoken=x",
            "rsskey=x",
            "api_key=x",
        ),
        *("key=x", "auth=x", "auth[token]=x", "authorization=x", "password=x", "sig=x", "X-Amz-Signature=x"),
    ],
)
def test_a_shareable_address_has_no_key_in_it(pair: str) -> None:
    assert shareable(f"https://a.example/f?{pair}") == "https://a.example/f"
    assert shareable(f"https://a.example/f?a=1&{pair}&b=%20#c") == "https://a.example/f?a=1&b=%20#c"


@pytest.mark.parametrize(
    "query", ["author=x", "keyword=bridge", "id=7&format=atom", "page", "", "a=token", "a=1&&b=2", "q=a;b"]
)
def test_what_is_not_a_key_stays_in_an_address_as_it_is_written(query: str) -> None:
    assert shareable(f"https://a.example/f?{query}") == f"https://a.example/f?{query}"
