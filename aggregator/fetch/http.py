"""A conditional GET with one deadline for all redirects."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import cast

import httpx

from aggregator.errors import SourceError
from aggregator.fetch.address import bare, parsed
from aggregator.fetch.body import body
from aggregator.fetch.client import Counted, Seat, Web
from aggregator.fetch.links import hub_of
from aggregator.fetch.request_headers import has_headers, headers_for
from aggregator.fetch.response_headers import Headers, first, fresh_for, header_table, retry_after, validator
from aggregator.model import Document, Fetched, Job

PERMANENT = {301, 308}
REDIRECTS = PERMANENT | {302, 303, 307}
BODIES = {200, 203, 226}
Admit = Callable[[str, str], None]
"""Called before a redirect from one address to another is followed. Raises SourceError: it must not be."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    url: httpx.URL
    body: bytes = b""
    size: int = 0
    conditional: bool = False
    """Whether we sent validators to this URL."""
    moved_to: str = ""


def fetch_http(job: Job, web: Web, now: datetime) -> Fetched:
    """Raises SourceError for any status but 200, 203, 226 and a 304 in answer to our validators."""
    answer = get(job, web, now, web.clock() + web.caps.deadline.total_seconds())
    etag, modified = validator(answer.headers, "etag"), validator(answer.headers, "last-modified")
    if answer.status == 304:
        if not answer.conditional:
            raise SourceError("protocol", "304 Not Modified to an unconditional request", status=304)
        etag, modified = etag or job.etag, modified or job.modified
    digest = hashlib.sha256(answer.body).hexdigest() if answer.status != 304 else job.digest
    answerer = bare(answer.url)
    document = Document(answer.body, answerer, first(answer.headers, "content-type"))
    return Fetched(
        documents=() if digest == job.digest else (document,),
        status=answer.status,
        size=answer.size,
        etag=etag,
        modified=modified,
        answerer=answerer,
        digest=digest,
        moved_to=answer.moved_to,
        fresh=fresh_for(answer.headers, now),
        hub=hub_of(answer.headers.get("link", ()), answerer),
    )


def fetch_page(url: str, job: Job, web: Web, now: datetime, until: float, admit: Admit) -> Document:
    """Another page, asked for as the source is. Raises SourceError, also when it is not there by `until`."""
    asked = Job(job.source, "url", url, request=job.request, home=job.home)
    answer = get(asked, web, now, min(until, web.clock() + web.caps.deadline.total_seconds()), admit)
    return Document(answer.body, bare(answer.url), first(answer.headers, "content-type"))


def admit_all(_from: str, _to: str) -> None:
    pass


def get(job: Job, web: Web, now: datetime, until: float, admit: Admit = admit_all) -> Answer:
    """Follows redirects itself: every hop has the same deadline and passes the same guard."""
    start = url = parsed(job.address)
    before, moved_to, permanent, seen = url, "", True, {str(url)}
    for _ in range(web.caps.redirects + 1):
        try:
            if url is not start:
                admit(bare(before), bare(url))
            headers = headers_for(job, web.agent, start, url)
            means = {"until": until, "proxy": job.request.proxy}
            answer = ask(httpx.Request("GET", url, headers=headers, extensions=means), web, now)
        except SourceError as e:
            if url is start:
                raise
            raise behind(url, e, permanent) from e
        if answer.status not in REDIRECTS:
            secret = start.userinfo or has_headers(job)  # meant for this address, and not for another
            return replace(answer, moved_to="" if secret else moved_to)
        target = parsed(first(answer.headers, "location"), url)
        if str(target) in seen:
            raise SourceError("protocol", f"redirects in a circle to {bare(target)}", status=answer.status)
        seen.add(str(target))
        permanent = permanent and answer.status in PERMANENT and target.scheme >= url.scheme
        moved_to = str(target) if permanent else moved_to
        before, url = url, target
    raise SourceError("protocol", f"more than {web.caps.redirects} redirects")


def behind(url: httpx.URL, error: SourceError, permanent: bool) -> SourceError:
    """The fault of a page that we were redirected to. 410 counts as gone only after permanent redirects."""
    fault = error.fault if permanent or error.fault != "gone" else "status"
    note = f"redirected to {bare(url)[:200]}: {error.note}"
    return SourceError(fault, note, status=error.status, wait=error.wait)


def ask(request: httpx.Request, web: Web, now: datetime) -> Answer:
    url, until = request.url, request.extensions["until"]
    with closing(web.send(request)) as response:
        found = header_table(response.headers.raw)
        if response.status_code not in BODIES:
            refuse(response.status_code, found, now)
            conditional = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
            return Answer(response.status_code, found, url, conditional=conditional)
        counted = Counted(cast(httpx.SyncByteStream, response.stream), web, until)
        coding = ",".join(found.get("content-encoding", ()))
        with Seat(web, until) as seat:
            content = body(counted, coding, web.caps.size, seat.grown)
        return Answer(response.status_code, found, url, content, counted.size)


def refuse(status: int, headers: Headers, now: datetime) -> None:
    """Raises SourceError for a status that is neither in BODIES, a redirect nor 304."""
    if status == 304 or status in REDIRECTS:
        return
    if status == 410:
        raise SourceError("gone", "410 Gone: its publisher removed it permanently", status=410)
    wait = retry_after(headers, now) if status in (429, 503) else None
    raise SourceError("status", said(status, headers), status=status, wait=wait)


def said(status: int, headers: Headers) -> str:
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    challenged = first(headers, "cf-mitigated").lower() == "challenge"
    return f"{phrase}: a Cloudflare challenge, which keeps programs out" if challenged else phrase
