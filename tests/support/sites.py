"""The sites of a pretend month, each with its own manners and troubles."""

from datetime import UTC, datetime, timedelta

from scoring_web import Site

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def between(first: int, last: int, what: str) -> object:
    return lambda now: what if first <= (now - START).days < last else ""


def flaky(now: datetime) -> str:
    return "error" if now.hour % 5 == 0 else ""


SITES = (
    Site("http://plain.example/feed"),
    Site("http://etag.example/feed", modified=False),
    Site("http://dated.example/feed", etag=False),
    Site("http://bare.example/feed", etag=False, modified=False),
    Site("http://cached.example/feed", max_age=5 * HOUR),
    Site("http://daily.example/feed", ttl=DAY),
    Site("http://night.example/feed", skip_hours=tuple(range(8)), skip_days=("Saturday", "Sunday")),
    Site("http://slow.example/feed", posts=84 * HOUR),
    Site("http://flood.example/feed", posts=timedelta(minutes=4), window=12),
    Site("http://busy.example/feed", trouble=between(3, 9, "busy")),  # type: ignore[arg-type]
    Site("http://closed.example/feed", trouble=between(3, 4, "closed"), wait=30 * HOUR),  # type: ignore[arg-type]
    Site("http://down.example/feed", trouble=between(2, 20, "down")),  # type: ignore[arg-type]
    Site("http://dead.example/feed", trouble=between(0, 99, "down")),  # type: ignore[arg-type]
    Site("http://flaky.example/feed", trouble=flaky),
    Site("http://captcha.example/feed", trouble=between(5, 8, "captcha")),  # type: ignore[arg-type]
    Site("http://gone.example/feed", trouble=between(7, 99, "gone")),  # type: ignore[arg-type]
    Site("http://old.example/feed", trouble=between(4, 99, "moved"), target="http://new.example/feed"),  # type: ignore[arg-type]
    Site("http://new.example/feed"),
    Site("http://home.example/feed", trouble=between(4, 9, "away"), target="http://guest.example/feed"),  # type: ignore[arg-type]
    Site("http://guest.example/feed"),
)
TARGETS = {"http://new.example/feed", "http://guest.example/feed"}
