"""The robots.txt of the sites whose articles we fetch, each asked for once a day."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit

from aggregator.errors import SourceError
from aggregator.text.robots import RobotsRule, may_fetch, robots_rules

LASTS = 86_400.0  # seconds; RFC 9309, 2.4
SITES = 1000  # remembered
ROOM = 20_000_000  # bytes of rules that are remembered, by and large
OVERHEAD = 150  # bytes of a rule besides its pattern
Fetch = Callable[[str], bytes]


class RobotsCache:
    """Shared by the visits of one process."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.room = ROOM
        self.known: OrderedDict[tuple[str, str], tuple[float, tuple[RobotsRule, ...]]] = OrderedDict()

    def allows(self, url: str, name: str, fetch: Fetch) -> bool:
        """`name`: by which robots.txt may address us. Raises SourceError when the site cannot be asked."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
        with self.lock:
            ends, rules = self.known.get((site, name), (0.0, ()))
        if ends <= self.clock():
            rules = fetched_rules(f"{site}/robots.txt", name, fetch)
            with self.lock:
                self.room += rules_size(self.known.pop((site, name), (0.0, ()))[1]) - rules_size(rules)
                self.known[site, name] = self.clock() + LASTS, rules
                while self.known and (self.room < 0 or len(self.known) > SITES):
                    self.room += rules_size(self.known.popitem(last=False)[1][1])
        return may_fetch(rules, url)


def rules_size(rules: tuple[RobotsRule, ...]) -> int:
    return sum(len(rule.pattern) + OVERHEAD for rule in rules)


def fetched_rules(url: str, name: str, fetch: Fetch) -> tuple[RobotsRule, ...]:
    """Without a robots.txt all is allowed; while its server is in trouble, nothing (RFC 9309, 2.3.1)."""
    try:
        return robots_rules(fetch(url).decode("utf-8", "replace"), name)
    except SourceError as e:
        if 400 <= e.status < 500 and e.status != 429:
            return ()
        raise
