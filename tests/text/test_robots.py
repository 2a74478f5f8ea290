"""robots.txt as RFC 9309 has it."""

import pytest

from aggregator.text.robots import may_fetch, robots_rules

SITE = "https://a.example"


def allowed(text: str, path: str, name: str = "aggregator") -> bool:
    return may_fetch(robots_rules(text, name), SITE + path)


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("", "/x", True),
        ("disallow: /", "/x", False),
        ("disallow:", "/x", True),
        ("disallow: /private", "/private/x", False),
        ("disallow: /private", "/public", True),
        ("disallow: /a\nallow: /a/b", "/a/b/c", True),
        ("allow: /a/b\ndisallow: /a", "/a/b", True),
        ("allow: /a\ndisallow: /a", "/a", True),
        ("disallow: /*.pdf$", "/a/b.pdf", False),
        ("disallow: /*.pdf$", "/a/b.pdf?x", True),
        ("disallow: /*.pdf", "/a/b.pdf?x", False),
        ("disallow: /a*b*c", "/axxbyyc", False),
        ("disallow: /a*b*c", "/axxcyyb", True),
        ("disallow: /a$", "/a", False),
        ("disallow: /a$", "/ab", True),
        ("disallow: /*a*a$", "/a", True),
        ("disallow: /*?session=", "/x?session=1", False),
        ("disallow: /f%C3%BC", "/fü/x", False),
        ("disallow: /fü", "/f%c3%bc/x", False),
        ("disallow: /a # but only this", "/a", False),
        ("DISALLOW : /a", "/a", False),
        ("crawl-delay: 10\nnonsense\n: /\ndisallow: /a", "/b", True),
    ],
)
def test_the_longest_match_decides(rules: str, path: str, expected: bool) -> None:
    assert allowed(f"User-agent: *\n{rules}\n", path) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: Aggregator\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: aggregator\nDisallow: /b", True),
        ("User-agent: *\nUser-agent: aggregator\nDisallow: /", False),
        ("User-agent: aggregator\nUser-agent: other\nDisallow: /\nUser-agent: *\nAllow: /", False),
        ("User-agent: aggregator\nDisallow: /b\n\nUser-agent: aggregator\nDisallow: /x", False),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("Disallow: /", True),
    ],
)
def test_our_own_group_counts_more_than_that_for_anybody(text: str, expected: bool) -> None:
    assert allowed(text, "/x") is expected


def test_a_pattern_of_many_stars_takes_no_longer() -> None:
    assert allowed(f"User-agent: *\nDisallow: /{'*a' * 2000}b", f"/{'a' * 4000}")


def test_many_names_of_one_group_do_not_multiply_its_rules() -> None:
    names = "".join(f"User-agent: {name}\n" for name in ["aggregator", "*", "Other"] * 100)
    assert len(robots_rules(names + "Disallow: /x\n" * 100, "aggregator")) == 100
