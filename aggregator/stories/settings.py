"""The parameters of grouping. The defaults are the measured ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """One setting for every language and every kind of source."""

    window: timedelta = timedelta(hours=96)
    """How long after its last entry a story may still take another by likeness. Reports on one event
    come days apart: 72 hours is the least that keeps our own pairs together."""
    join: float = 0.6
    """The score from which an entry joins an affair; `story` decides which of its stories it reports.

    Up to this value the labelled streams show no difference. Remaining errors, from reading joins and near
    misses in labelled streams and real subscriptions:

    - one story, though two events: two companies' posts in the vocabulary of their trade on one day; a
      comment or a profile, with the event it starts from; two days of one round of talks;
    - one affair, though two: short titles with two telling words in common ("Mayor of Varnmouth opens a
      museum" / "Mayor of Varnmouth raises taxes"), and formulas of scripts without spaces
      ("国务院召开常务会议研究经济工作" / "国务院召开常务会议讨论教育法草案");
    - apart, though one event: reports in two languages, unless they share names and numbers in one script;
      titles without text that name the event in other words ("Ferry sinks off Varnmouth" / "Dozens missing
      after boat accident"); an event reported again after more than a day from another angle;
    - apart, as two items of one affair: what a source adds to its own report, always; titles that agree but
      for a number that both events have ("5th seed" / "2nd win in a row").
    """
    story: float = 0.0
    """The score from which an entry joins a story of its affair."""
    fold: float = 0.0
    """The score from which two affairs become one."""
    fold_cosine: float = 0.2
    """Two less similar stories are never merged."""
    large_size: int = 20
    large_cosine: float = 0.5
    """The same for two stories of at least this size: a round-up ("Three medals for Varnmouth today") is
    like both, and one such merge is as wrong as a hundred joins."""
    posting_cap: int = 20
    """Terms in more live stories than this are not searched: so the cost does not depend on the window."""
    lists: int = 30
    """Posting lists read per entry, the shortest ones."""
    counted: int = 6
    """Stories whose centroid is compared."""
    compared: int = 5
    """Stories whose members are compared."""
    nearest: float = 0.1
    """Centroid cosine below which a story is not a candidate."""
    chain_size: int = 4
    chain_mean: float = 0.05
    """Above this size a story takes only an entry with this mean cosine to its members: without it giant
    stories swallow the stream."""
    series_age: timedelta = timedelta(hours=6)
    """A title that its source repeats after this time is a series ("Daily briefing"); sooner, a
    correction."""
    series_memory: timedelta = timedelta(days=8)
    """How long a title is remembered: a week and a day, so that weekly series are known."""


DEFAULT = Settings()
