"""The headers of a request to a source."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote

import httpx

from aggregator.errors import SourceError
from aggregator.fetch.address import path
from aggregator.model import Job
from aggregator.text.headers import header_lines, unique_headers

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)


def headers_for(job: Job, agent: str, start: httpx.URL, url: httpx.URL) -> list[tuple[bytes, bytes]]:
    """Headers of one request. `start`: where the visit began; `url`: where redirects have led.

    Raises SourceError("headers").
    """
    pairs = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": job.request.user_agent or agent,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "keep-alive",
    }
    if not job.answerer or path(url) == job.answerer.partition("?")[0]:
        pairs |= {"If-None-Match": job.etag, "If-Modified-Since": job.modified}
    if start.userinfo and origin(url) == origin(start):
        # We send the URL's user and password ourselves, and never to another origin.
        pairs["Authorization"] = "Basic " + b64encode(unquote(start.userinfo.decode()).encode()).decode()
    if has_headers(job) and may_carry(url, httpx.URL(job.home)):
        given = {name.lower(): name for name in pairs}
        pairs |= {given.get(name.lower(), name): value for name, value in own_headers(job)}
    return [(name.encode(), value.encode("latin-1")) for name, value in pairs.items() if value]


def has_headers(job: Job) -> bool:
    return bool(job.request.headers or job.request.header_file)


def own_headers(job: Job) -> tuple[tuple[str, str], ...]:
    """Those of header_file count more. Raises SourceError("headers"), without values and folders."""
    if not job.request.header_file:
        return job.request.headers
    file = Path(job.request.header_file)
    try:
        lines = header_lines(file.read_text(encoding="utf-8-sig"))
        return unique_headers((*job.request.headers, *lines))
    except OSError as e:
        raise SourceError("headers", f"{file.name}: {e.strerror}") from e
    except UnicodeDecodeError:
        raise SourceError("headers", f"{file.name}: not a text file") from None
    except ValueError as e:
        raise SourceError("headers", f"{file.name}: {e}") from e


def may_carry(url: httpx.URL, home: httpx.URL) -> bool:
    """Whether a request may carry the source's own headers: any of them may be a secret, whatever its name.

    A redirect from http to https of the same host is allowed: it makes them safer.
    """
    upgraded = home.copy_with(scheme="https") if home.scheme == "http" and home.port is None else home
    return origin(url) in (origin(home), origin(upgraded))


def origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    """Not httpx's `host`: it raises for what is no valid international name, though it may be registered."""
    return url.scheme, url.raw_host, url.port
