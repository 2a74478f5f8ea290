"""Explains to people why a source failed and what they can do about it."""

import re
from datetime import timedelta
from typing import Literal

from aggregator.errors import SourceError
from aggregator.model import Fault, Kind, Visit
from aggregator.plan.condition import is_lasting

FAULTS: dict[Fault, str] = {
    "address": "its address is not allowed",
    "headers": "its header_file cannot be used",
    "dns": "its host name could not be found",
    "connect": "no connection to its server",
    "tls": "its certificate is not valid",
    "timeout": "it did not answer in time",
    "size": "it is larger than allowed",
    "protocol": "its server sent a broken answer",
    "status": "its server refused the request",
    "gone": "it is not there",
    "format": "not a feed",
    "lost": "its visit ended the workers that made it",
    "slow": "reading it took too long",
    "bug": "internal error (a bug in aggregator)",
}
STATUSES = {
    401: "its server requires a password",
    404: "there is nothing at its address",
    407: "the proxy requires a password",
    410: "removed by its publisher",
    429: "rate-limited by its server",
}
IN_TROUBLE = "its server is in trouble"  # 5xx
UNREADABLE = "it cannot be read"  # a local file or folder

ADVICE: dict[Fault, str] = {
    "size": "[fetch] max_size allows more",
    "tls": "only its publisher can fix this",
    "protocol": "only its publisher can fix this",
    "slow": "only its publisher can fix this",
    "lost": "look into the logs and the memory of the workers",
    "bug": "please report it, with the log",
}
STATUS_ADVICE = {
    401: "put it into the url (https://user:password@host/) or a header into its header_file",
    403: "it may block programs: check it in a browser",
    404: "`aggregator add` finds the feed of a site",
}
NOTE_ADVICE: dict[tuple[Fault, str], str] = {
    ("format", "web page"): "`aggregator add` finds the feed of a page",
    ("address", "redirected"): "only its publisher can fix this",
    ("address", "is not allowed"): "[fetch] allow_ports can allow it",
    ("address", "public internet"): "if the network is your own, [fetch] allow_networks can allow it",
}
"""(fault, part of the note) -> advice; the first match counts."""
STATUS_LINE = re.compile(r"\A \(\d{3}\b[^()]*\)")
"""A note that only repeats the status, such as " (503 Service Unavailable)"."""
NOTE = re.compile(r"\((.*)\)(?:; |\Z)")
LASTING_ADVICE = "check it in a browser; `aggregator remove` removes it"
TRANSIENT: tuple[Fault, ...] = ("dns", "connect", "timeout", "status")
UNITS = (
    ("year", 31_557_600),
    ("month", 2_629_800),
    ("day", 86400),
    ("hour", 3600),
    ("minute", 60),
    ("second", 1),
)


def failure_in_words(times: int, visit: Visit, kind: Kind, wait: timedelta) -> str:
    """For example "failed once: it is larger than allowed (NOTE); ADVICE; again after an hour"."""
    count = "once" if times == 1 else f"{times} times in a row"
    detail = f" ({visit.notes[0]})" if visit.notes else ""
    help_ = advice_on(times, visit) if kind == "url" else ""
    parts = [
        f"failed {count}: {fault_in_words(visit, kind)}{detail}",
        help_,
        f"again after {time_in_words(wait)}",
    ]
    return "; ".join(filter(None, parts))


def without_fault(reason: str) -> tuple[str, str]:
    """What failure_in_words() says besides fault and status, where these are shown: note, and the rest."""
    failed, _, said = reason.partition(": ")
    known = (*FAULTS.values(), *STATUSES.values(), IN_TROUBLE, UNREADABLE)
    fault = next((each for each in known if said.startswith(each)), "")
    if not fault or not failed.startswith("failed "):
        return "", reason
    rest = STATUS_LINE.sub("", said.removeprefix(fault)).removeprefix(";").strip()
    noted = NOTE.match(rest)
    return (noted[1], rest[noted.end() :]) if noted else ("", rest)


def fault_in_words(visit: Visit, kind: Kind) -> str:
    if kind != "url" and visit.fault == "address":
        return UNREADABLE
    if visit.fault == "status":
        return IN_TROUBLE if 500 <= visit.status < 600 else STATUSES.get(visit.status, FAULTS["status"])
    return FAULTS[visit.fault] if visit.fault else "it failed"


def advice_on(times: int, visit: Visit) -> str:
    """What a person can do; "" if there is nothing to do but wait."""
    if visit.fault in TRANSIENT and is_lasting(times):
        return LASTING_ADVICE
    if visit.fault == "status":
        return STATUS_ADVICE.get(visit.status, "")
    return advice_on_note(visit.fault, visit.notes[0] if visit.notes else "")


def advice_on_note(given: Fault | Literal[""], note: str) -> str:
    fitting = (words for (fault, part), words in NOTE_ADVICE.items() if fault == given and part in note)
    return next(fitting, ADVICE.get(given, "") if given else "")


def note_with_advice(error: SourceError) -> str:
    """For a person who waits for the answer: what is wrong, and what to do if that is more than to wait."""
    return "; ".join(filter(None, (error.note, advice_on_note(error.fault, error.note))))


def time_in_words(time: timedelta) -> str:
    """Rounded to one unit: "3 hours", "a day"."""
    seconds = max(time.total_seconds(), 1)
    for unit, size in UNITS:
        count = round(seconds / size)
        if count >= 2 or (count == 1 and seconds >= 0.95 * size):
            return f"{count} {unit}s" if count > 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"
    return "a second"


def interval_in_words(time: timedelta) -> str:
    """ "every hour", "every 3 days"."""
    return "every " + time_in_words(time).removeprefix("an ").removeprefix("a ")
