"""Makes links valid for feeds (RFC 3987); browsers tolerate more of what publishers write."""

import re
from ipaddress import IPv6Address
from urllib.parse import quote

PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?][A-Za-z0-9_.~!$&'()*+,;=:@/?-]*)?")
# RFC 3987: letters of any script, and the characters allowed in a name, before the path, in path and query.
LETTERS = r"A-Za-z0-9\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
NAME = rf"(?:%[0-9A-Fa-f]{{2}}|[{LETTERS}._~!$&'()*+,;=-])"
HEAD = re.compile(
    rf"https?://(?:(?:{NAME}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|{NAME}+)(?::[0-9]*)?(?=[/?#\\]|$)", re.IGNORECASE
)
PLACE = re.compile(r"(\[[^\]]*\]|[^:]*)(?::|(:[0-9]+))?")
HOST = re.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
KEPT = "%/?#:@!$&'()*+,;=~-._"  # the reserved characters of RFC 3986, and what is escaped already
FORBIDDEN = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[^%{LETTERS}._~!$&'()*+,;=:@/?-]")


def iri(link: str) -> str:
    """The IRI of the same page; "" when host or port is invalid."""
    if PLAIN.fullmatch(link):
        return link
    head = HEAD.match(link)
    if not head:
        return ""
    rest, mark, place = link[head.end() :].partition("#")
    path, asked, query = rest.partition("?")
    path = path.replace("\\", "/")  # as browsers do
    return head[0] + escaped(path) + asked + escaped(query) + mark + escaped(place)


def uri(link: str) -> str:
    """The same page in ASCII (RFC 3986), as enclosures require; "" where the host has no such form."""
    scheme, _, rest = iri(link).partition("://")
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    user, at, place = authority.rpartition("@")
    parts = PLACE.fullmatch(place)
    host = ascii_host(parts[1]) if parts else ""
    if not parts or not host:
        return ""
    return f"{scheme}://{quote(user, KEPT)}{at}{host}{parts[2] or ''}{quote(rest[len(authority) :], KEPT)}"


def ascii_host(host: str) -> str:
    """ "xn--bcher-kva.example" for "bücher.example"; an IP address unchanged; "" for anything else."""
    try:
        if host.startswith("["):
            return f"[{IPv6Address(host[1:-1])}]"
        found = host.encode("idna").decode()
    except (UnicodeError, ValueError):
        return ""
    return found if HOST.fullmatch(found) else ""


def escaped(text: str) -> str:
    return FORBIDDEN.sub(lambda found: quote(found[0], safe=""), text)
