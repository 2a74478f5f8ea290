"""Cleaning keeps safe HTML and removes everything else."""

import pytest

from aggregator.text.html import plain, safe_html, safe_text, title_text
from aggregator.text.urls import web_link

BASE = "https://a.example/dir/feed.xml"


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<p>one<br>two</p>", "<p>one<br>two</p>"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<script>x</script>kept", "kept"),
        ("<p onclick='x()' style='a:b' id='c' class='d'>p</p>", "<p>p</p>"),
        ("<iframe src='https://x.example'></iframe>after", "after"),
        ("<svg><a xlink:href='javascript:x'>x</a></svg>after", "after"),
        ("<a href='javascript:x'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='java\tscript:x'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='../b'>a</a>", '<a href="https://a.example/b" rel="noopener noreferrer">a</a>'),
        ("<img src='i.png' alt='x'>", '<img src="https://a.example/dir/i.png" alt="x">'),
        ("<img src='t.gif' width='1' height='1'>after", "after"),
        ("<img src='t.gif' height='0px' width='1px'>after", "after"),
        (
            "<img src='t.gif' width='1' height='90'>",
            '<img src="https://a.example/dir/t.gif" width="1" height="90">',
        ),
        (
            "<img srcset='a.png 1x, javascript:x 2x, https://b.example/b.png 3x'>",
            '<img srcset="https://a.example/dir/a.png 1x, https://b.example/b.png 3x">',
        ),
        (
            "<video poster='javascript:x' src='v.mp4'></video>",
            '<video src="https://a.example/dir/v.mp4"></video>',
        ),
        ("<!-- c -->kept", "kept"),
        ("bell&#7;", "bell"),
        ("<form action='/x'><input></form>after", "after"),
        ("<b>unclosed", "<b>unclosed</b>"),
    ],
)
def test_html_is_made_safe(html: str, safe: str) -> None:
    assert safe_html(html, BASE) == safe


def test_cleaning_twice_changes_nothing() -> None:
    once = safe_html("<p>x<img src='a.png' srcset='b.png 2x'><a href='q?a=1&b=2'>y</a> &amp;lt; <i>z", BASE)

    assert safe_html(once, BASE) == once


@pytest.mark.parametrize(
    ("title", "kind", "text"),
    [
        ("Tom &amp; Jerry", "text/html", "Tom & Jerry"),
        ("Tom &amp; Jerry", "text/plain", "Tom &amp; Jerry"),
        ("<b>bold</b> <script>x</script>move", "text/html", "bold move"),
        ("1 < 2", "text/html", "1 < 2"),
        ("two\n lines ", "text/plain", "two lines"),
        ("&lt;script&gt; explained", "text/html", "<script> explained"),
    ],
)
def test_a_title_is_plain_text(title: str, kind: str, text: str) -> None:
    assert title_text(title, kind) == text


def test_an_empty_line_of_text_begins_a_paragraph() -> None:
    assert safe_text("a < b\n\nc") == "<p>a &lt; b</p>\n<p>c</p>"


def test_plain_text_keeps_words_of_different_blocks_apart() -> None:
    assert plain("<p>one</p><p>two<br>three</p>f<b>ou</b>r &amp; 5") == "one two three four & 5"


@pytest.mark.parametrize(
    ("link", "web"),
    [
        ("https://b.example/x", "https://b.example/x"),
        (" \nhttps://b.example/x\t", "https://b.example/x"),
        ("/x", "https://a.example/x"),
        ("//b.example/x", "https://b.example/x"),
        ('https://b.example/a b"<c>', "https://b.example/a%20b%22%3Cc%3E"),
        *(
            (link, "")
            for link in ("javascript:x", "java\nscript:x", "data:text/html,x", "file:///etc/passwd", "")
        ),
        *(
            (link, "")
            for link in ("https://", "https://[", "mailto:a@b.example", "\x01javascript:x", "x" * 5000)
        ),
    ],
)
def test_a_link_is_a_web_address_or_none(link: str, web: str) -> None:
    assert web_link(link, BASE) == web


def test_without_a_base_a_relative_link_is_none() -> None:
    assert web_link("x/y") == ""


@pytest.mark.parametrize("name", ["iframe", "script", "style", "textarea", "title"])
def test_an_element_closed_as_in_xml_does_not_swallow_the_rest(name: str) -> None:
    assert safe_html(f'<p>one</p><{name} src="https://a.example/"/><p>two</p>') == "<p>one</p><p>two</p>"


def test_what_a_form_holds_is_kept_without_its_controls() -> None:
    html = "<form action='https://a.example/'><p>text <input name=q><button>Send</button></p></form>"

    assert safe_html(html) == "<p>text </p>"


def test_a_picture_that_a_script_was_to_load_is_shown() -> None:
    lazy = '<img src="data:image/gif;base64,R0lGOD" data-src="/a.png"><noscript><img src="/a.png"></noscript>'

    assert safe_html(lazy, BASE) == '<img src="https://a.example/a.png">'
