"""The whole text of a local report on the page of its story."""

from dataclasses import replace

import pytest
from make import report

from aggregator.model import Images
from aggregator.render.whole_text import whole_text

HTML = (
    '<h1>One</h1>\n<h4>Two</h4><hr><p><a rel="noopener noreferrer">More</a> '
    '<a href="https://a.example/" rel="noopener noreferrer">there</a> '
    '<img alt="a &lt;tin&gt;" src="https://a.example/t.png"><audio src="https://a.example/a.mp3">heard</audio></p>'
)


@pytest.mark.parametrize(
    ("images", "picture"),
    [("off", "a &lt;tin&gt;"), ("direct", '<img alt="a &lt;tin&gt;" src="https://a.example/t.png">')],
)
def test_headings_are_of_one_level_and_only_what_a_page_may_load_is_left(
    images: Images, picture: str
) -> None:
    own = replace(report(1, body=HTML), feed_url="")
    assert whole_text(own, 4, images) == (
        "<h4>One</h4>\n<h4>Two</h4><hr><p>More "
        f'<a href="https://a.example/" rel="noopener noreferrer">there</a> {picture}heard</p>'
    )


def test_a_feed_s_text_and_one_that_repeats_the_title_are_left_out() -> None:
    assert whole_text(report(1, body=HTML), 3, "off") == ""
    assert whole_text(replace(report(1, body="<p>A bridge opens</p>"), feed_url=""), 3, "off") == ""
