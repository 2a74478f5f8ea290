"""The languages that feeds state become tags that validators accept, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.languages import LANGUAGES, language_code


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("en", "en"),
        ("epo", "eo"),
        ("ger", "de"),
        ("deu", "de"),
        ("EN_us", "en-US"),
        ("en-UK", "en-GB"),
        ("de_DE.UTF-8", "de-DE"),
        ("ca@valencia", "ca"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("zh-yue", "yue"),
        ("es-419", "es-419"),
        ("sl-rozaj-1994", "sl-rozaj-1994"),
        ("iw", "he"),
        ("ckb", "ckb"),
        (" fr ", "fr"),
        ("de-!!", "de"),
        ("en-", "en"),
    ],
)
def test_a_language_is_written_as_bcp_47_has_it(said: str, tag: str) -> None:
    assert language_code(said) == tag


@pytest.mark.parametrize(
    "said", ["", "xx", "english", "zzz", "und", "x-mine", "-", "e", "1en", "en,de", "日本語"]
)
def test_what_does_not_name_a_language_is_none(said: str) -> None:
    assert language_code(said) == ""


def test_no_code_stands_for_a_longer_one() -> None:
    assert all(len(code) <= len(said) for said, code in LANGUAGES.items())
    assert all(LANGUAGES[code] == code for code in LANGUAGES.values())


@given(st.text(alphabet="abcdeinx-_19ABé ", max_size=14))
def test_a_tag_is_its_own_tag(said: str) -> None:
    assert language_code(language_code(said)) == language_code(said)
