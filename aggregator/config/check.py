"""Finds valid settings that will fail all the same, such as a source that does not exist.

They are no reason to refuse the configuration, since the other sources work; `aggregator check` reports them.
"""

import socket
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from aggregator.config.addresses import DOOR, HOST, web
from aggregator.config.keys import Config, Fetch
from aggregator.config.outputs import token_files
from aggregator.errors import NO_CLUSTER
from aggregator.model import Source
from aggregator.text.headers import header_lines
from aggregator.text.languages import language_code

WEB_PORTS = frozenset({80, 443, 8080, 8443})
"""The same as in the guard that checks each connection; a test compares the two."""
NO_METRICS = "[serve] metrics: needs a library: pip install '.[metrics]', or write metrics = false"
SHORTEST = 16
"""Characters of a secret; the same as in the server, a test compares the two."""


def doubts(config: Config) -> Iterator[str]:
    for source in config.sources:
        doubt = refusal(source.address, config.fetch) if source.kind == "url" else absence(source)
        if doubt:
            yield f"source {source.name!r}: {doubt}"
        if source.request.header_file and (doubt := headerless(Path(source.request.header_file))):
            yield f"source {source.name!r}: header_file: {doubt}"
    yield from missing_extras(config)
    for hub in config.publish.hubs:
        if doubt := refusal(hub, config.fetch):
            yield f"[publish] hubs: {doubt.removeprefix('url: ')}"
    for key, path in (("style", config.publish.style), ("icon", config.publish.icon)):
        if path and not path.is_file():
            yield f"[publish] {key}: {path}: no such file"
    yield from language_doubts(config)
    for name, token_file in token_files(config).items():
        if doubt := secretless(token_file):
            yield f"output {name!r}: token_file: {doubt}"


def refusals(sources: Iterable[Source], fetch: Fetch) -> Iterator[str]:
    """Of addresses that can never be visited with these settings."""
    for source in sources:
        if source.kind == "url" and (doubt := refusal(source.address, fetch)):
            yield f"source {source.name!r}: {doubt}"


def missing_extras(config: Config) -> Iterator[str]:
    if any(source.full_text for source in config.sources) and find_spec("trafilatura") is None:
        yield "full_text: needs a library: pip install '.[fulltext]', or write full_text = false"
    if config.serve.metrics and find_spec("prometheus_client") is None:
        yield NO_METRICS
    if config.work.cluster and find_spec("distributed") is None:
        yield NO_CLUSTER


def language_doubts(config: Config) -> Iterator[str]:
    given = [("[feed]", config.feed.language)]
    given += [(f"output {each.name!r}:", each.language) for each in config.outputs]
    for place, language in dict.fromkeys(given):
        if language and not language_code(language):
            yield f'{place} language: {language!r} is no language that we know, such as "de" or "pt-BR"'


def secretless(token_file: Path) -> str:
    try:
        secret = secret_text(token_file).strip()
    except ValueError as e:
        return str(e)
    return "" if len(secret) >= SHORTEST else f"{token_file}: a secret needs at least {SHORTEST} characters"


def headerless(header_file: Path) -> str:
    try:
        text = secret_text(header_file)
    except ValueError as e:
        return str(e)
    try:
        lines = list(header_lines(text))
    except ValueError as e:
        return f"{header_file}: {e}"
    return "" if lines else f"{header_file}: no header in it"


def secret_text(file: Path) -> str:
    """Raises ValueError, which does not quote the text."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as e:
        raise ValueError(f"{file}: {getattr(e, 'strerror', None) or 'not a text file'}") from None


def absence(source: Source) -> str:
    path = Path(source.address)
    try:
        there = path.is_dir() if source.kind == "folder" else path.is_file()
    except OSError as e:
        return f"{path}: {e.strerror}"
    return "" if there else f"{path}: no such {source.kind}"


def refusal(url: str, fetch: Fetch) -> str:
    """Why this address can never be visited, or "". Resolves no names."""
    try:
        web(url)
    except ValueError as e:
        return f"url: {e}"
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    number = literal(host)
    if number is None and host.isascii() and not HOST.fullmatch(host):
        return f"url: {host[:100]!r} is not a valid host name"
    if {(host, port), (str(number), port)} & set(doors(fetch.allow_networks)):
        return ""
    if port not in WEB_PORTS and port not in fetch.allow_ports:
        return f"url: port {port} is not allowed: add it to [fetch] allow_ports"
    if number is None or (number.is_global and not number.is_multicast):
        return ""
    networks = [ip_network(each) for each in fetch.allow_networks if not DOOR.fullmatch(each)]
    if any(number in network for network in networks):
        return ""
    return f"url: {number} is not on the public internet: add it to [fetch] allow_networks"


def doors(allow_networks: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for each in allow_networks:
        if door := DOOR.fullmatch(each):
            bare = door[1].strip("[]").lower().rstrip(".")
            yield str(literal(bare) or bare), int(door[2])


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that `host` spells, in any notation that resolvers accept (127.1, 0x7f000001)."""
    try:
        number = ip_address(host)
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return None
    return number.ipv4_mapped or number if isinstance(number, IPv6Address) else number
