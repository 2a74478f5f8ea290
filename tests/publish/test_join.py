"""`join`: what becomes one item, in [stories], at a source and at an output."""

from pathlib import Path

import pytest
from affair import configured
from configs import faults
from make import NOON

from aggregator.config import joining
from aggregator.model import Sketch

ONE = '[[source]]\nname = "One"\nurl = "https://one.example/feed"\n'


@pytest.mark.parametrize(
    ("whole", "source", "effective"),
    [
        ("events", "events", "events"),
        ("events", "copies", "copies"),
        ("copies", "events", "copies"),
        ("copies", "nothing", "nothing"),
        ("nothing", "copies", "nothing"),
    ],
)
def test_an_entry_is_joined_as_far_as_both_allow(
    tmp_path: Path, whole: str, source: str, effective: str
) -> None:
    text = f'[stories]\njoin = "{whole}"\n[[source]]\nname = "Mine"\nurl = "https://m.example/"\n'
    join = joining(configured(tmp_path, f'{text}join = "{source}"\n'))
    assert join(Sketch(1, "Mine", "", "", "", NOON)).join == effective
    assert join(Sketch(1, "One", "", "", "", NOON)).join == whole


def test_an_output_that_says_nothing_has_stories_as_they_are(tmp_path: Path) -> None:
    config = configured(tmp_path, '[stories]\njoin = "copies"\n[[output]]\nname = "b"\n')
    assert config.outputs[0].join == "events"
    assert config.sources[0].join == "events"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '[stories]\njoin = "copies"\n[[output]]\nname = "b"\njoin = "events"\n',
            'output \'b\': join: "events" joins more than [stories] join = "copies" does:'
            ' take "nothing" or "copies", or leave it out',
        ),
        (
            '[[output]]\nname = "b"\njoin = "copies"\n[stories]\njoin = "nothing"\n',
            'output \'b\': join: "copies" joins more than [stories] join = "nothing" does:'
            ' take "nothing", or leave it out',
        ),
        ('[stories]\njoin = "all"\n', "[stories] join: 'all' is not one of events, copies, nothing"),
        (
            '[[output]]\nname = "b"\njoin = "copies"\narchives = 3\n',
            "output 'b': archives: impossible with a join of its own",
        ),
        (
            '[[output]]\nname = "b"\nholds = "problems"\njoin = "copies"\n',
            "output 'b': join: has no effect on a feed of problems",
        ),
    ],
)
def test_a_fault_says_what_to_do(tmp_path: Path, text: str, fault: str) -> None:
    assert faults(tmp_path, ONE + text) == [fault]


@pytest.mark.parametrize("join", ["copies", "nothing"])
def test_an_output_may_choose_as_much_or_less(tmp_path: Path, join: str) -> None:
    config = configured(tmp_path, f'[stories]\njoin = "copies"\n[[output]]\nname = "b"\njoin = "{join}"\n')
    assert config.outputs[0].join == join
