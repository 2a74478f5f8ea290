"""What happened and what to do about it, in words for the person whose source has stopped."""

from datetime import timedelta

from aggregator.model import Fault, Kind, Visit

FAULTS: dict[Fault, str] = {
    "address": "an address that may not be visited",
    "dns": "its host name could not be found",
    "connect": "no connection to its server",
    "tls": "its certificate is not valid",
    "timeout": "it did not answer in time",
    "size": "it is larger than allowed",
    "protocol": "its server's answer is broken",
    "status": "its server refused",
    "gone": "it is not there",
    "format": "what came is no feed",
    "slow": "reading it took too long",
    "bug": "a mistake in this program",
}
STATUSES = {
    401: "its server wants a password",
    404: "there is nothing at its address",
    410: "it has been taken away",
    429: "its server finds our visits too many",
}
IN_TROUBLE = "its server is in trouble"  # 5xx
UNREADABLE = "it cannot be read"  # a local file or folder

ADVICE: dict[Fault, str] = {
    "size": "[fetch] max_size allows more",
    "tls": "only its owner can mend that",
    "protocol": "only its owner can mend that",
    "slow": "only its owner can mend that",
    "bug": "please report it, with the log",
}
STATUS_ADVICE = {
    401: "its url may have one: https://user:password@host/",
    403: "perhaps it keeps programs out: see whether a browser opens it",
    404: "`aggregator add` finds the feed of a site",
}
NOTE_ADVICE: dict[tuple[Fault, str], str] = {
    ("format", "web page"): "`aggregator add` finds the feed of a page",
    ("address", "redirected"): "only its owner can mend that",
    ("address", "is not allowed"): "[fetch] allow_ports may allow it",
    ("address", "public internet"): "[fetch] allow_networks may allow it, if it is your own",
}
"""By what the note says; the first that fits."""
LASTING = 8  # failures in a row, about three days: it will not mend itself
LASTING_ADVICE = "see whether a browser opens it; `aggregator remove` takes it out"
TRANSIENT: tuple[Fault, ...] = ("dns", "connect", "timeout", "status")
UNITS = (
    ("year", 31_557_600),
    ("month", 2_629_800),
    ("day", 86400),
    ("hour", 3600),
    ("minute", 60),
    ("second", 1),
)


def failure(times: int, visit: Visit, kind: Kind, wait: timedelta) -> str:
    """ "failed once: there is nothing at its address (404 Not Found); what to do; again after an hour"."""
    count = "once" if times == 1 else f"{times} times in a row"
    detail = f" ({visit.notes[0]})" if visit.notes else ""
    help_ = advice_on(times, visit) if kind == "url" else ""
    parts = [f"failed {count}: {what(visit, kind)}{detail}", help_, f"again after {time_in_words(wait)}"]
    return "; ".join(filter(None, parts))


def what(visit: Visit, kind: Kind) -> str:
    if kind != "url" and visit.fault == "address":
        return UNREADABLE
    if visit.fault == "status":
        return IN_TROUBLE if 500 <= visit.status < 600 else STATUSES.get(visit.status, FAULTS["status"])
    return FAULTS[visit.fault] if visit.fault else "it failed"


def advice_on(times: int, visit: Visit) -> str:
    """What a person can do; "" while waiting is all."""
    if visit.fault in TRANSIENT and times >= LASTING:
        return LASTING_ADVICE
    if visit.fault == "status":
        return STATUS_ADVICE.get(visit.status, "")
    note = visit.notes[0] if visit.notes else ""
    fitting = (words for (fault, part), words in NOTE_ADVICE.items() if fault == visit.fault and part in note)
    return next(fitting, ADVICE.get(visit.fault, "") if visit.fault else "")


def time_in_words(time: timedelta) -> str:
    """Rounded to one unit: "3 hours", "a day"."""
    seconds = max(time.total_seconds(), 1)
    for unit, size in UNITS:
        count = round(seconds / size)
        if count >= 2 or (count == 1 and seconds >= 0.95 * size):
            return f"{count} {unit}s" if count > 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"
    return "a second"


def often(time: timedelta) -> str:
    """ "every hour", "every 3 days"."""
    return "every " + time_in_words(time).removeprefix("an ").removeprefix("a ")
