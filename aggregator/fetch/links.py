"""Reads and writes Link headers (RFC 8288)."""

import re
from collections.abc import Iterable

from aggregator.model import Hub
from aggregator.text.urls import web_link

LONGEST = 10_000  # characters of all Link headers that are read
# One link and its parameters; quoted strings may contain commas. Unambiguous, so it takes linear time.
LINK = re.compile(r"""<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\*?(?:\s*=\s*(?:"[^"]*"|[^",;\s]*))?)*)""")
PARAMETER = re.compile(r""";\s*([^\s=;,"]+)(?:\s*=\s*(?:"([^"]*)"|([^",;\s]*)))?""")


def hub_of(headers: Iterable[str], base: str) -> Hub:
    """The first hub and the first self in the Link headers, each "" if there is none."""
    found: dict[str, str] = {}
    for target, rels in parsed_links(headers):
        for rel in rels:
            if rel in ("hub", "self") and rel not in found:
                found[rel] = web_link(target, base)
    return Hub(found.get("hub", ""), found.get("self", ""))


def parsed_links(headers: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    for match in LINK.finditer(", ".join(headers)[:LONGEST]):
        parameters = [each.groups("") for each in PARAMETER.finditer(match[2])]
        rels = next((quoted or bare for name, quoted, bare in parameters if name.lower() == "rel"), "")
        yield match[1].strip(), rels.lower().split()


def link_header(hubs: Iterable[str], topic: str) -> str:
    """The Link header for one of our feeds: its hubs and its address; "" if the address is not ASCII."""
    if not topic.isascii():
        return ""
    return ", ".join([*(f'<{hub}>; rel="hub"' for hub in hubs), f'<{topic}>; rel="self"'])
