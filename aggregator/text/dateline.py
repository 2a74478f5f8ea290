"""The place, date and agency before a report's first sentence: "MIAMI, Dec. 6 (Reuters) —"."""

from __future__ import annotations

import re

_L = r"[^\W\d_]"
_PLACE = rf"{_L}(?:{_L}|[.'’/ -]){{1,60}}?"
_REGION = rf"(?:,\s+{_L}[\w.]*(?:\s{_L}[\w.]*){{0,2}}?)?"
_DAY = rf"(?:{_L}{{3,10}}\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+{_L}{{3,10}}\.?)(?:,?\s+\d{{4}})?"
_AGENCY = r"\((?P<agency>[^\W\d_][\w .&/'’-]{1,30})\)"
_DASH = r"\s*\.?(?:—|–|--|[-_](?=\s))\s*"
_LINE = rf"(?P<place>{_PLACE})(?P<more>{_REGION}(?:,\s+{_DAY})?(?:,?\s*{_AGENCY})?)"
_BARE = rf"(?:{_DAY}\s+)?\((?P<only>[A-Z][\w ]{{1,30}})\)"
_INLINE = re.compile(rf"(?:{_LINE}|{_BARE})(?P<dash>{_DASH})")
_ALONE = re.compile(rf"{_LINE}(?P<dash>[ \t]*(?:—|–|--|-|:)?[ \t]*\n\s*)")
# Agencies whose datelines do not write the place in capitals. Other words in brackets may be anything.
_NAMES = """
aa afp anp ansa antara ani ap apa belga bernama cp ctk čtk dapd dpa efe epd ians itar-tass kna kyodo lusa mti
ntb pap pti reuters ritzau rtr sid stt tass tt upi xinhua yonhap
"""
AGENCIES = frozenset(_NAMES.split())
_EAST_ASIAN = re.compile(
    r"(?P<line>[（(]?(?:新华社|新華社|中新社|中央社)[^\s，。,]{0,12}?\d{1,2}月\d{1,2}日电[）)]?"
    r"|【[^】]{1,20}[=＝][^】]{1,20}】|\([^()]{1,10}=[^()]{2,10}\)(?:\s\S{2,5}\s기자)?\s*=)\s*"
)
_OPENING = ("（", "【", "新", "中")
MAX_LENGTH = 80  # characters: a longer run of capitals is a headline
MAX_WORDS = 4  # in a place on a separate line
HEAD = 300  # characters that contain any dateline with the blanks and the dash after it


def split_dateline(text: str) -> tuple[str, str]:
    """Returns (dateline, rest of the text); ("", text) when there is no dateline."""
    text = text.lstrip()
    line, end = _found(text[: 2 * MAX_LENGTH]) if _may_have_one(text[:MAX_LENGTH]) else ("", 0)
    if not line or len(line) > MAX_LENGTH or not text[end:].strip():
        return "", text
    return line, text[end:].lstrip()


def _may_have_one(head: str) -> bool:
    """A cheap test, because nearly all texts have no dateline."""
    return "(" in head or head[:1] in _OPENING or "".join(head.split(None, 1)[:1]).isupper()


def _found(head: str) -> tuple[str, int]:
    """Returns the dateline and the index where the text continues; ("", 0) without one."""
    if match := _EAST_ASIAN.match(head):
        return match["line"].strip(), match.end()
    match = _ALONE.match(head)
    if match and _in_capitals(match["place"]) and (match["more"] or _is_short(match["place"])):
        return head[: match.start("dash")].strip(), match.end()
    match = _INLINE.match(head)
    line = head[: match.start("dash")].strip() if match else ""
    if match and match["only"]:  # "(ANSA) - ROMA, 6 DIC - "
        more, end = _found(head[match.end() :])
        return f"{line} {more}".strip(), match.end() + end
    return (line, match.end()) if match and _is_sure(match, head) else ("", 0)


def _is_sure(match: re.Match[str], head: str) -> bool:
    """Lower case in the place, or after the dash, requires a known agency.

    Without any agency the place needs three capitals, so that "A - B" is not a dateline.
    """
    agency = match["agency"] or ""
    if agency.lower() in AGENCIES:
        return True
    if agency:
        return agency[0].isupper() and _in_capitals(match["place"], 1)
    return _in_capitals(match["place"]) and not head[match.end() : match.end() + 1].islower()


def _is_short(place: str) -> bool:
    return len(place.split()) <= MAX_WORDS


def _in_capitals(place: str, least: int = 3) -> bool:
    return place.isupper() and sum(letter.isupper() for letter in place) >= least
