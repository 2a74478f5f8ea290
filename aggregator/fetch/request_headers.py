"""The headers of a request to a source."""

from base64 import b64encode
from urllib.parse import unquote

import httpx

from aggregator.fetch.address import path
from aggregator.model import Job

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)


def headers_for(job: Job, agent: str, start: httpx.URL, url: httpx.URL) -> list[tuple[bytes, bytes]]:
    """Headers of one request. `start`: where the visit began; `url`: where redirects have led."""
    pairs = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": agent,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "keep-alive",
    }
    if not job.answerer or path(url) == job.answerer.partition("?")[0]:
        pairs |= {"If-None-Match": job.etag, "If-Modified-Since": job.modified}
    same_origin = (url.scheme, url.host, url.port) == (start.scheme, start.host, start.port)
    if start.userinfo and same_origin:
        # We send the URL's user and password ourselves, and never to another origin.
        pairs["Authorization"] = "Basic " + b64encode(unquote(start.userinfo.decode()).encode()).decode()
    return [(name.encode(), value.encode("latin-1")) for name, value in pairs.items() if value]
