"""aggregator.toml edited as text: only the intended part changes."""

import tomllib
from datetime import timedelta

import pytest

from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.subscriptions import add_sources, remove_source

HOUR = timedelta(hours=1)
FILE = """# mine
[fetch]
every = "1h"  # often enough

[[source]]
name = "A"  # the first
url = "http://a.example/"
tags = [
  "x",
  ["y"],
]

# about B
[[source]]
name = "B"
url = "http://b.example/"

[serve]
port = 1

# about C
[[ source ]]  # odd
name = 'C'
folder = "notes"
"""
NEW = Source("N", "url", "http://n.example/", tags=("t", 'q"\\'), every=timedelta(minutes=90))


def test_a_source_is_added_at_the_end_and_the_rest_stays() -> None:
    got = add_sources(FILE, [NEW], HOUR)
    assert got.startswith(FILE)
    assert tomllib.loads(got)["source"][-1] == {
        "name": "N",
        "url": "http://n.example/",
        "tags": ["t", 'q"\\'],
        "every": "90m",
    }


def test_the_common_interval_is_not_written_down() -> None:
    assert "every" not in add_sources("", [Source("N", "url", "http://n.example/", every=HOUR)], HOUR)


@pytest.mark.parametrize("toml", ["", "# only a comment", "[serve]\nport = 1"])
def test_any_file_can_take_its_first_source(toml: str) -> None:
    assert tomllib.loads(add_sources(toml, [NEW], HOUR))["source"][0]["name"] == "N"


@pytest.mark.parametrize(
    "name", ["plain", "Žluťoučký \U0001f600", 'a "quoted" \\ one', "two\nlines\t\x01\x7f", "'''", "]]"]
)
def test_every_name_survives(name: str) -> None:
    got = add_sources(FILE, [Source(name, "url", "http://n.example/", every=HOUR)], HOUR)
    assert tomllib.loads(got)["source"][-1]["name"] == name


def test_a_known_name_or_address_is_not_added_again() -> None:
    for again in (Source("A", "url", "http://n.example/"), Source("N", "url", "http://a.example/")):
        with pytest.raises(ConfigError, match="already"):
            add_sources(FILE, [again], HOUR)


def test_a_source_is_removed_and_the_comment_about_the_next_one_stays() -> None:
    got = remove_source(FILE, "A")
    assert [each["name"] for each in tomllib.loads(got)["source"]] == ["B", "C"]
    assert "# about B" in got
    assert "# often enough" in got


def test_the_last_source_can_be_removed() -> None:
    toml = FILE
    for name in ("C", "A", "B"):
        toml = remove_source(toml, name)
    assert tomllib.loads(toml) == {"fetch": {"every": "1h"}, "serve": {"port": 1}}


def test_adding_and_removing_gives_back_the_same_data() -> None:
    assert tomllib.loads(remove_source(add_sources(FILE, [NEW], HOUR), "N")) == tomllib.loads(FILE)


def test_an_unknown_name_is_reported_with_those_that_are_like_it() -> None:
    with pytest.raises(ConfigError, match=r"named 'D': `aggregator sources` lists them"):
        remove_source(FILE, "D")
    with pytest.raises(ConfigError, match=r"did you mean 'A'\?"):
        remove_source(FILE, "a")


@pytest.mark.parametrize(
    "toml",
    [
        'source = [{name = "A", url = "http://a.example/"}]',
        'x = """\n[[source]]\n"""\n[[source]]\nname = "A"',
    ],
)
def test_what_cannot_be_edited_safely_is_left_to_its_owner(toml: str) -> None:
    with pytest.raises(ConfigError, match="by hand"):
        remove_source(toml, "A")


def test_a_broken_file_is_not_touched() -> None:
    with pytest.raises(ConfigError, match="not TOML"):
        add_sources("[[source]", [NEW], HOUR)


def test_a_table_of_headers_goes_with_its_source() -> None:
    text = FILE.replace("# about B\n", '[source.headers]\nX-Key = "1"\n\n# about B\n')
    assert remove_source(text, "A") == remove_source(FILE, "A")
