from datetime import timedelta
from pathlib import Path

import pytest
from configs import faults, written

from aggregator.config import all_outputs, load
from aggregator.model import Output, Rule

ONE = '[[source]]\nname = "One"\nurl = "https://one.example/feed"\n'


def outputs(folder: Path, text: str) -> tuple[Output, ...]:
    return all_outputs(load(written(folder, text)))


def test_the_main_feed_is_there_without_being_written(tmp_path: Path) -> None:
    (main,) = outputs(tmp_path, '[feed]\ntitle = "News"\nitems = 7\nformats = ["rss", "rss"]\n')
    assert (main.name, main.title, main.items, main.formats) == ("feed", "News", 7, ("rss",))


def test_the_main_feed_can_be_written_and_stays_the_first(tmp_path: Path) -> None:
    text = '[feed]\ntitle = "News"\n[[output]]\nname = "b"\n[[output]]\nname = "feed"\nmin_sources = 2\n'
    main, other = outputs(tmp_path, text)
    assert (main.name, main.title, main.min_sources, other.name) == ("feed", "News", 2, "b")


def test_an_output_says_what_it_differs_in(tmp_path: Path) -> None:
    text = '[feed]\ntitle = "News"\nitems = 7\nlanguage = "de"\n[[output]]\nname = "b"\nmax_age = "2d"\n'
    other = outputs(tmp_path, text)[1]
    assert (other.title, other.description, other.items) == ("b", "News: b", 7)
    assert (other.language, other.max_age, other.archives) == ("de", timedelta(days=2), 0)


def test_a_secret_file_lies_relative_to_the_configuration(tmp_path: Path) -> None:
    assert outputs(tmp_path, '[[output]]\nname = "b"\ntoken_file = "x"\n')[1].token_file == tmp_path / "x"


def test_rules_are_words_or_expressions_of_a_part_or_of_all(tmp_path: Path) -> None:
    written = '["/a.c/", "title: /^x/", "https://a.example"]'
    include = outputs(tmp_path, f'[[output]]\nname = "b"\ninclude = {written}\n')[1].include
    assert include[:2] == (Rule("a.c"), Rule("^x", "title"))
    assert include[2].part is None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            'name = "Feed"',
            "output 'Feed': name: 'Feed' may only contain lower-case letters, digits and hyphens",
        ),
        ('name = "a.b"', "output 'a.b': name: 'a.b' may only contain lower-case letters, digits and hyphens"),
        ('name = "search"', "output 'search': name: 'search' is reserved for another page"),
        ('title = "x"', "output 1: name: every output needs one; readers subscribe to it"),
        ('name = "b"\nmin_source = 2', "output 'b': min_source: unknown key; did you mean 'min_sources'?"),
        ('name = "b"\nsources = ["one"]', "output 'b': sources: 'one' is not a source; did you mean 'One'?"),
        (
            'name = "b"\nsources = ["x"]',
            "output 'b': sources: 'x' is not a source; no [[source]] has that name",
        ),
        (
            'name = "b"\norder = "best"',
            "output 'b': order: 'best' is not one of newest story, newest report, most reported",
        ),
        ('name = "b"\nformats = []', "output 'b': formats: is empty"),
        ('name = "b"\ninclude = ["title:"]', "output 'b': include: has no search words"),
        (
            'name = "b"\ninclude = ["/(a/"]',
            "output 'b': include: '/(a/' is not a valid regular expression: missing ): (a",
        ),
        (
            'name = "b"\nexclude = ["/(?=a)b/"]',
            "output 'b': exclude: '/(?=a)b/' is not a valid regular expression: invalid perl operator: (?=",
        ),
        (
            'name = "b"\nholds = "problems"\ntags = ["x"]',
            "output 'b': tags: has no effect on a feed of problems",
        ),
        ('name = "feed"\nholds = "problems"', "output 'feed': holds: the main feed must hold stories"),
    ],
)
def test_a_fault_is_reported_with_its_output(tmp_path: Path, line: str, fault: str) -> None:
    assert faults(tmp_path, f"{ONE}[[output]]\n{line}\n") == [fault]


@pytest.mark.parametrize("key", ['order = "newest report"', 'max_age = "2d"', 'token_file = "x"'])
def test_archives_need_a_past_that_stays(tmp_path: Path, key: str) -> None:
    (fault,) = faults(tmp_path, f'[[output]]\nname = "b"\narchives = 3\n{key}\n')
    assert fault == "output 'b': archives: impossible with an order, max_age or token_file"


def test_two_outputs_of_one_name_are_a_fault_among_the_others(tmp_path: Path) -> None:
    text = '[[output]]\nname = "b"\n' * 2 + "[feed]\nitems = 0\n"
    assert faults(tmp_path, text) == [
        "[feed] items: 0 is not between 1 and 10000",
        "output 'b': the name is used twice",
    ]


def test_outputs_are_written_as_tables_of_their_own(tmp_path: Path) -> None:
    said = "output: write each output as a [[output]] of its own"
    assert faults(tmp_path, '[output]\nname = "b"\n') == [said]


@pytest.mark.parametrize("private", ["var/public", "var/public/mine", "var/../var/public/x/y"])
def test_what_is_private_does_not_lie_where_everybody_reads(tmp_path: Path, private: str) -> None:
    said = "[publish] private: lies inside [publish] folder, which is public"
    assert faults(tmp_path, f'[publish]\nprivate = "{private}"\n') == [said]


def test_neither_the_database_nor_a_secret_lies_where_everybody_reads(tmp_path: Path) -> None:
    secret = '[[output]]\nname = "b"\ntoken_file = "var/public/b.txt"\n'
    assert faults(tmp_path, f'[store]\npath = "var/public/a.db"\n{secret}') == [
        "[store] path: lies inside [publish] folder, which is public",
        "output 'b': token_file: lies inside [publish] folder, which is public",
    ]
