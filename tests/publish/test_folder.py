"""The output folder is a whole site, with or without a public address: no link in it leads nowhere."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from bench import BRIDGE, FERRY, NESTS, OTHER_WORDS, OWLS, Bench
from outline import Outline
from pretend import item, rss

TOML = """
[[output]]
name = "birds"
include = ["owls"]
[[output]]
name = "parts"
join = "nothing"
order = "newest report"
[[output]]
name = "trouble"
holds = "problems"
"""
POST = "---\ntitle: Paint\ndate: 2026-02-20\n---\n# A\n\n### B\n\nSee [it](b.html), ![a tin](tin.png).\n"


def grown(folder: Path, feed: str) -> Bench:
    """Eleven stories, some shared, some related, one a local post, in a feed of three."""
    bench = Bench(folder)
    bench.toml += f"[feed]\nitems = 3\narchives = 2\n{feed}{TOML}"
    bench.source("Two", rss("Two", item("x", "Bridge in Lindmark reopens", OTHER_WORDS)))
    bench.source("Gone", None)
    bench.texts("Notes", **{"paint.md": POST})
    texts = [BRIDGE, FERRY, NESTS, OWLS, *(f"{word}s of {word}ton {word}ed again" for word in "abcde")]
    for number, text in enumerate(texts):
        title = " ".join(text.split()[:5]) + f" {chr(65 + number) * 3}"
        news = item(f"n{number}", title, text).replace(
            "</item>", f"<link>https://one.example/{number}</link></item>"
        )
        bench.web.pages["https://one.example/feed"] = rss("One", news)
        if not number:
            bench.source("One")
        bench.later(hours=2)
        bench.refresh_all()
    return bench


def inner_links(name: str, body: bytes) -> set[str]:
    """Files below the folder to which a page leads, or that it loads."""
    found = set()
    for tag, given in Outline(body).seen:
        address = str(given.get("href" if tag in ("a", "link") else "src") or "")
        if given.get("http-equiv") == "refresh":
            address = str(given["content"]).partition("url=")[2]
        parts = urlsplit(address)
        if parts.path and not parts.scheme and not parts.netloc:
            steps: list[str] = []
            for step in (PurePosixPath(name).parent / unquote(parts.path)).parts:
                steps = steps[:-1] if step == ".." else [*steps, step]
            found.add("/".join(steps))
    return found


@pytest.mark.parametrize("feed", ["", 'link = "https://news.example/"\n'])
def test_no_link_leads_to_a_file_that_is_not_there(tmp_path: Path, feed: str) -> None:
    files = grown(tmp_path, feed).published()
    assert {"older-1.html", "older-2.html", "birds.html", "parts.html"} <= files.keys()
    pages = {name: body for name, body in files.items() if name.endswith(".html")}
    dead = {(name, link) for name, body in pages.items() for link in inner_links(name, body) - files.keys()}
    assert dead == set()
    reached = set().union(*(inner_links(name, body) for name, body in pages.items()))
    assert set(pages) - reached == set()


def test_a_post_without_a_page_is_read_whole_on_the_page_of_its_story(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(200))
    bench = Bench(tmp_path)
    bench.texts(
        "Notes",
        **{"a.md": f"---\ntitle: Paint\n---\n{long}\n\n## Tins\n\n[More](b.html) ![a tin](tin.png)\n"},
    )
    bench.refresh()
    files = bench.published()
    page = files["story/1.html"].decode()
    assert "word199" in page
    assert "<h3>Tins</h3>" in page
    assert ">More</a> a tin</p>" in page
    assert b'<a href="story/1.html">Paint</a>' in files["index.html"]


def test_links_of_a_post_lead_to_the_site_of_its_source(tmp_path: Path) -> None:
    post = "---\ntitle: Paint\npermalink: /2026/paint/\n---\n[More](b.html) ![a tin](/tin.png)\n"
    bench = Bench(tmp_path)
    bench.texts("Notes", **{"a.md": post})
    bench.refresh()
    assert "blog.example" not in str(bench.published())
    bench.toml = bench.toml.replace("[fetch]", '[publish]\nimages = "direct"\n[fetch]', 1)
    bench.toml += 'site = "https://blog.example/notes"\n'
    bench.later(hours=2)
    bench.refresh_all()
    page = bench.published()["story/1.html"].decode()
    assert '<a href="https://blog.example/2026/paint/b.html"' in page
    assert 'src="https://blog.example/tin.png"' in page
    assert '<h1 dir="auto"><a href="https://blog.example/2026/paint/"' in page
    assert '<h2><bdi><a href="https://blog.example/notes/"' in page
    bench.toml = bench.toml.replace('site = "https://blog.example/notes"\n', "")
    bench.later(hours=2)
    bench.refresh_all()
    assert "blog.example" not in str(bench.published())
    assert len(bench.feed().entries) == 1


def test_a_picture_of_a_post_is_words_where_pages_have_no_pictures(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.texts("Notes", **{"a.md": "---\ntitle: Paint\n---\nHere: ![a <tin>](tin.png)\n"})
    bench.toml += 'site = "https://blog.example/"\n'
    bench.refresh()
    assert "<p>Here: a &lt;tin&gt;</p>" in bench.published()["story/1.html"].decode()
    assert b"https://blog.example/tin.png" in bench.published()["feed.atom"]
