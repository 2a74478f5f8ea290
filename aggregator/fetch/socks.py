"""The client's side of SOCKS 5: RFC 1928, with user and password of RFC 1929."""

from ipaddress import ip_address
from typing import Protocol

from aggregator.errors import SourceError

VERSION, CONNECT, PASSWORDS = 5, 1, 1
NO_PASSWORD, WITH_PASSWORD = 0, 2  # methods
IPV4, NAME, IPV6 = 1, 3, 4  # kinds of addresses
SIZES = {IPV4: 4, IPV6: 16}  # bytes
REPLIES = {
    1: "failed",
    2: "does not allow this connection",
    3: "cannot reach that network",
    4: "cannot reach that host",
    5: "was refused the connection",
    6: "got no answer",
}


class Stream(Protocol):
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes: ...

    def write(self, buffer: bytes, timeout: float | None = None) -> None: ...


def connect_through(
    stream: Stream, target: tuple[str, int], user: bytes, password: bytes, until: float | None
) -> None:
    """Afterwards the stream is one to `target`: the number of an address, or a name that the proxy resolves.

    Raises SourceError("connect").
    """
    method = WITH_PASSWORD if user else NO_PASSWORD
    stream.write(bytes([VERSION, 1, method]), until)
    version, chosen = exactly(2, stream, until)
    if version != VERSION:
        raise SourceError("connect", "the proxy does not speak SOCKS 5")
    if chosen != method:
        wanted = "refuses a password" if user else "requires a user and a password"
        raise SourceError("connect", f"the proxy {wanted}")
    if user:
        stream.write(bytes([PASSWORDS]) + sized(user) + sized(password), until)
        if exactly(2, stream, until)[1]:
            raise SourceError("connect", "the proxy refuses the user or the password")
    host, port = target
    stream.write(bytes([VERSION, CONNECT, 0]) + written_host(host) + port.to_bytes(2, "big"), until)
    _, reply, _, kind = exactly(4, stream, until)
    if reply:
        raise SourceError("connect", f"the proxy {REPLIES.get(reply, 'refuses')}")
    size = SIZES.get(kind) or exactly(1, stream, until)[0]
    exactly(size + 2, stream, until)  # the address and port by which the proxy connects


def written_host(host: str) -> bytes:
    try:
        number = ip_address(host)
    except ValueError:
        return bytes([NAME]) + sized(host.encode("ascii"))
    return bytes([IPV4 if number.version == 4 else IPV6]) + number.packed


def sized(text: bytes) -> bytes:
    if len(text) > 255:
        raise SourceError("connect", "a name or a password is too long for the proxy")
    return bytes([len(text)]) + text


def exactly(count: int, stream: Stream, until: float | None) -> bytes:
    found = b""
    while len(found) < count:
        part = stream.read(count - len(found), until)
        if not part:
            raise SourceError("connect", "the proxy closed the connection")
        found += part
    return found
