"""When we adopt a permanent redirect. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model import SourceState, Visit

STABLE = timedelta(days=7)  # people notice and fix a captive portal or a misconfiguration sooner
SIGHTINGS = 3
LOST = {404, 410}


def after_answer(address: str, memory: SourceState, moved_to: str, now: datetime) -> SourceState:
    """Adopts the target once it has been stable, or immediately if it only changes http to https."""
    if not moved_to:
        return replace(memory, moved_to="", moved_since=None, moved_seen=0)
    if moved_to == memory.moved_to and memory.moved_since:
        seen, since = memory.moved_seen + 1, memory.moved_since
    else:
        seen, since = 1, now
    stable = seen >= SIGHTINGS and now - since >= STABLE
    if stable or upgraded(memory.address or address) == moved_to:
        return replace(memory, address=moved_to, moved_to="", moved_since=None, moved_seen=0)
    return replace(memory, moved_to=moved_to, moved_since=since, moved_seen=seen)


def upgraded(address: str) -> str:
    return "https://" + address[7:] if address.startswith("http://") else ""


def after_loss(memory: SourceState, visit: Visit) -> SourceState:
    """For a source lost at its address: tries the one it was moving to, or goes back to the original."""
    if visit.status not in LOST and visit.fault != "dns":
        return memory
    if memory.moved_to and visit.status in LOST:
        return replace(memory, address=memory.moved_to, moved_to="", moved_since=None, moved_seen=0)
    if memory.address and (visit.status == 410 or memory.failures >= SIGHTINGS):
        return replace(memory, address="")
    return memory
