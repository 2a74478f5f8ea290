"""Posts a form to a hub, with the same guard and deadline as a visit."""

from contextlib import closing
from datetime import datetime

import httpx

from aggregator.errors import SourceError
from aggregator.fetch.address import parsed
from aggregator.fetch.client import Web
from aggregator.fetch.http import said
from aggregator.fetch.response_headers import Headers, first, header_table, retry_after
from aggregator.model import Reply

FORM = b"application/x-www-form-urlencoded"
REPEATED = {307, 308}  # redirects after which the form is sent again
HOPS = 3


def post(url: str, form: bytes, web: Web, now: datetime) -> Reply:
    """Never raises when a hub fails: the caller asks it again later."""
    until = web.clock() + web.caps.deadline.total_seconds()
    hops = 0
    try:
        target = parsed(url)
        while hops <= HOPS:
            status, headers = send_form(target, form, web, until)
            if status not in REPEATED:
                return reply(status, headers, now)
            hops += 1
            target = redirected(target, first(headers, "location"))
    except SourceError as e:
        # A malicious hub could put our shared secret into a redirect and so into our log: do not quote it.
        return Reply(0, f"{e.fault}: where its hub redirects to" if hops else str(e))
    return Reply(status, f"its hub redirects more than {HOPS} times")


def send_form(url: httpx.URL, form: bytes, web: Web, until: float) -> tuple[int, Headers]:
    """Returns (status, headers); does not read the body, which we would not show. Raises SourceError."""
    headers = [
        (b"Host", url.netloc),
        (b"User-Agent", web.agent.encode("latin-1")),
        (b"Content-Type", FORM),
        (b"Content-Length", str(len(form)).encode()),
        (b"Connection", b"close"),
    ]
    request = httpx.Request("POST", url, headers=headers, content=form, extensions={"until": until})
    with closing(web.send(request)) as response:
        return response.status_code, header_table(response.headers.raw)


def redirected(url: httpx.URL, location: str) -> httpx.URL:
    """Raises SourceError instead of sending a form, which may contain a secret, over plain http."""
    target = parsed(location, url)
    if url.scheme == "https" and target.scheme != "https":
        raise SourceError("address", "its hub redirects from https to http")
    return target


def reply(status: int, headers: Headers, now: datetime) -> Reply:
    if 200 <= status < 300:
        return Reply(status)
    wait = retry_after(headers, now) if status in (429, 503) else None
    return Reply(status, f"its hub answered {said(status, headers)}", wait)
