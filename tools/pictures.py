"""Pictures of our own making for the screenshots: a few shapes each, as SVG."""

SEA = '<rect width="320" height="220" fill="{sky}"/><rect y="140" width="320" height="80" fill="{sea}"/>'
WAVES = "".join(
    f'<path d="M{x} {y}q20 -12 40 0t40 0" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="3"/>'
    for x, y in ((10, 165), (120, 178), (210, 160), (40, 200), (180, 205))
)
SCENES = {
    "storm": (
        ("#5b6673", "#33465a"),
        '<path d="M0 70q60 -40 120 -10t200 -20V0H0z" fill="#39424d"/>'
        '<path d="M60 140V95l70 -28 20 18v55z" fill="#8b5e4a"/>'
        '<path d="M50 100 118 62l-12 34z" fill="#c7714f"/>'
        '<path d="M200 20l-22 44h16l-20 40 44 -52h-18l20 -32z" fill="#ffd76a"/>',
    ),
    "owl": (
        ("#cfdcea", "#e9eef3"),
        '<ellipse cx="160" cy="120" rx="58" ry="76" fill="#fff"/>'
        '<circle cx="138" cy="88" r="16" fill="#f3c64b"/>'
        '<circle cx="182" cy="88" r="16" fill="#f3c64b"/><path d="M160 98l-8 14h16z" fill="#444"/>'
        '<circle cx="138" cy="88" r="7"/><circle cx="182" cy="88" r="7"/>'
        '<path d="M122 140h76M126 160h68" stroke="#b9c3cd" stroke-width="5"/>',
    ),
    "ferry": (
        ("#f4c995", "#4c7a94"),
        '<circle cx="250" cy="70" r="26" fill="#fff1cf"/><path d="M40 130h230l-26 36H70z" fill="#24384a"/>'
        '<path d="M80 98h130v32H80zM110 72h70v26h-70z" fill="#fdfaf2"/>'
        '<path d="M150 44h16v28h-16z" fill="#b8432f"/>',
    ),
    "yard": (
        ("#b9c7cf", "#6d8796"),
        '<path d="M50 150V30h10v30h150l30 14H60v76zM200 62v46" stroke="#c2562d"'
        ' stroke-width="7" fill="none"/>'
        '<path d="M90 108h190l-22 44H112z" fill="#3a4d5c"/><path d="M184 96h32v12h-32z" fill="#7c8f9c"/>',
    ),
    "pitch": (
        ("#7fb069", "#6a9c57"),
        '<path d="M160 0v220M20 20h280v180H20z" stroke="#fff" stroke-width="4" fill="none"/>'
        '<circle cx="160" cy="110" r="42" stroke="#fff" stroke-width="4" fill="none"/>'
        '<circle cx="214" cy="92" r="11" fill="#fff"/>'
        '<path d="M90 70l18 44-18 44" stroke="#b3261e" stroke-width="9" fill="none"/>',
    ),
    "sea": (
        ("#dbe6ee", "#2f5d74"),
        '<path d="M120 140l40 -96 10 96z" fill="#fff"/><path d="M176 140l2 -70 40 70z" fill="#f0d9b5"/>'
        '<path d="M100 146h140l-24 26h-96z" fill="#7a4a2f"/>',
    ),
}


def picture(kind: str) -> str:
    (sky, sea), shapes = SCENES[kind]
    ground = SEA.format(sky=sky, sea=sea)
    waves = WAVES if kind not in ("owl", "pitch") else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 220">{ground}{waves}{shapes}</svg>'
