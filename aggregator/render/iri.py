"""Links as feeds may write them (RFC 3987); browsers do not mind what else publishers put into one."""

import re
from urllib.parse import quote

PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?][A-Za-z0-9_.~!$&'()*+,;=:@/?-]*)?")
# RFC 3987: letters of any script, and what may stand in a name, before the path, and in a path or query.
LETTERS = r"A-Za-z0-9\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
NAME = rf"(?:%[0-9A-Fa-f]{{2}}|[{LETTERS}._~!$&'()*+,;=-])"
HEAD = re.compile(
    rf"https?://(?:(?:{NAME}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|{NAME}+)(?::[0-9]*)?(?=[/?#\\]|$)", re.IGNORECASE
)
FORBIDDEN = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[^%{LETTERS}._~!$&'()*+,;=:@/?-]")


def iri(link: str) -> str:
    """Of the same page; "" when the host or the port is none."""
    if PLAIN.fullmatch(link):
        return link
    head = HEAD.match(link)
    if not head:
        return ""
    rest, mark, place = link[head.end() :].partition("#")
    path, asked, query = rest.partition("?")
    path = path.replace("\\", "/")  # as browsers do
    return head[0] + escaped(path) + asked + escaped(query) + mark + escaped(place)


def escaped(text: str) -> str:
    return FORBIDDEN.sub(lambda found: quote(found[0], safe=""), text)
