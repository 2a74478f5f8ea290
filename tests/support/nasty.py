"""Hostile drafts."""

from datetime import UTC, datetime, timedelta, timezone

from aggregator.model import Draft, Enclosure

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">go</a>'
EARLY = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=timezone(timedelta(hours=5, minutes=45)))

NASTY = {
    "scripts": Draft(
        uid="urn:x:script", title=SCRIPT, url="https://one.example/s", summary=SCRIPT, body=SCRIPT
    ),
    "script as text": Draft(
        uid="urn:x:text",
        title="<script>alert(1)</script> & <b>",
        title_type="text/plain",
        summary=SCRIPT,
        summary_type="text/plain",
    ),
    "controls": Draft(
        uid="urn:x:\x01\x02",
        title="Bells\x07 ring\x00 &#7; on\x0b",
        summary="a\x08b&#0;c\x1fd\ufffe\uffff",
        url="https://one.example/\x01c",
        authors=("A\x07 B", "\x00"),
        tags=("t\x0cag", "\x01"),
    ),
    "end of CDATA": Draft(
        uid="urn:x:cdata", title="]]> is the end", summary="a ]]> b <![CDATA[ c ]]>", body="<p>]]&gt;</p>"
    ),
    "right to left": Draft(
        uid="urn:x:rtl",
        title="جسر المدينة يفتح \u202eabc\u202c",
        summary="<p dir=rtl>افتُتح الجسر</p>",
        url="https://one.example/جسر?س=1",
        language="ar_EG",
    ),
    "no title": Draft(
        uid="urn:x:untitled", summary="<p>Only a text without a title.</p>", url="https://one.example/u"
    ),
    "no link": Draft(uid="urn:x:unlinked", title="Nowhere to go", body="<p>Text.</p>"),
    "no text": Draft(uid="urn:x:empty", title="Only a title", url="https://one.example/only"),
    "no date": Draft(uid="urn:x:undated", title="Some day", summary="Some time."),
    "nothing": Draft(),
    "blanks": Draft(uid=" \n ", title=" \t ", summary=" \n", authors=(" ",), tags=("", "\u2028")),
    "markup and no text": Draft(uid="urn:x:bare", title="<b></b>", summary="<p></p>", body="<div><br></div>"),
    "long": Draft(
        uid="urn:x:long",
        title="word " * 900,
        body="<p>" + "word " * 30_000 + "</p>",
        url="https://one.example/l",
    ),
    "emoji": Draft(
        uid="urn:x:emoji",
        title="👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301\u0302\u0303",
        summary="🙂" * 50,
        tags=("🎉",),
        authors=("🧑",),
    ),
    "surrogates": Draft(
        uid="urn:x:\ud83d", title="half \ud83d a face", summary="\udc00", url="https://one.example/\ud800"
    ),
    "beyond": Draft(uid="urn:x:beyond", title="\U0001fffe \U0010ffff \x85 \u2028 \ue000", summary="\x7f\x9f"),
    "enclosures": Draft(
        uid="urn:x:sound",
        title="Loud",
        summary="Sound.",
        enclosures=(
            Enclosure("https://one.example/a.mp3", "audio/mpeg", 5),
            Enclosure("https://one.example/a.mp3", "audio/mpeg", 7),
            Enclosure("https://one.example/b c.mp3", "audio", 0),
            Enclosure("https://one.example/d", 'text/html; charset="x"', 10**18),
            Enclosure("ftp://one.example/e", "audio/mpeg"),
        ),
    ),
    "sound of no kind": Draft(
        uid="urn:x:kind", title="Hum", enclosures=(Enclosure("https://one.example/h", "mp3"),)
    ),
    "mail": Draft(
        uid="urn:x:mail",
        title="Write",
        url="mailto:desk@one.example",
        summary='<a href="mailto:a@one.example">a</a>',
    ),
    "odd links": Draft(
        uid="urn:x:odd",
        title="Odd",
        url="https://one.example/a|b{c}^d`e\\f[1]?q=100%&r=%zz#a#b",
        summary="Odd.",
        comments="https://one.example/ä ö#c[1]",
        image="https://one.example/i%.png",
        via_url="https://two.example/|",
        via_title="Two",
        enclosures=(Enclosure("https://one.example/[x]%", "audio/mpeg", 1),),
    ),
    "odd hosts": Draft(
        uid="urn:x:host",
        title="Odd",
        url="http://a:port/",
        summary="Odd.",
        comments="https://[::1]:80/x",
        image="http://a b/",
    ),
    "id with blanks": Draft(uid="an id, not an address", title="Blank", summary="Blank."),
    "id with markup": Draft(uid='<a href="x">1</a>&amp;', title="Markup", summary="Markup."),
    "dates": Draft(
        uid="urn:x:dates", title="Zone", summary="Zone.", published=EARLY, updated=EARLY + timedelta(days=1)
    ),
    "ancient": Draft(uid="urn:x:old", title="Old", summary="Old.", published=datetime(1, 1, 1, tzinfo=UTC)),
    "first year": Draft(
        uid="urn:x:1900", title="1900", summary="1900.", published=datetime(1900, 1, 1, tzinfo=UTC)
    ),
    "language": Draft(uid="urn:x:tongue", title="Tongue", summary="Tongue.", language="Klingon (of a kind)"),
}
