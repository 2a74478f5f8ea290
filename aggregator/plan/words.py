"""Times and faults in words for a person."""

from datetime import timedelta

from aggregator.model import Fault

FAULTS: dict[Fault, str] = {
    "address": "its address may not be visited",
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
UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


def span(time: timedelta) -> str:
    """Rounded to one unit: "3 hours", "a day"."""
    seconds = max(time.total_seconds(), 1)
    for unit, size in UNITS:
        count = round(seconds / size)
        if count >= 2 or (count == 1 and seconds >= 0.95 * size):
            return f"{count} {unit}s" if count > 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"
    return "a second"


def often(time: timedelta) -> str:
    """ "every hour", "every 3 days"."""
    return "every " + span(time).removeprefix("an ").removeprefix("a ")
