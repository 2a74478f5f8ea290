"""Markdown files without front matter."""

import pytest

from aggregator.model import Document, Limits
from aggregator.parse import parse


@pytest.mark.parametrize("start", ["", "\n\n", "\ufeff"])
def test_a_file_that_begins_with_a_heading_is_a_post(start: str) -> None:
    body = f"{start}# A note *without* a date\n\nSome **Markdown**.\n"
    parsed = parse(Document(body.encode(), url="", name="note.md"), Limits())
    (draft,) = parsed.drafts
    assert (parsed.format, draft.title) == ("jekyll", "A note *without* a date")
    assert "<strong>Markdown</strong>" in draft.body


@pytest.mark.parametrize(
    "body", ["#hashtag of a text\n\nmore", "#\nnothing", "A title\n\n# Not the first line"]
)
def test_other_texts_stay_texts(body: str) -> None:
    assert parse(Document(body.encode(), url="", name="note.txt"), Limits()).format == "text"
