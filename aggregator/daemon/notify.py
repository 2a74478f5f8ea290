"""Reports our state to systemd (sd_notify(3)): a datagram to the socket that it names, if it names one."""

import os
import socket
from contextlib import suppress

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"


def notify(state: str) -> None:
    """Ignores failures: when systemd hears nothing, its watchdog acts."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        # "@" stands for the zero byte of an abstract name.
        line.connect("\0" + place[1:] if place.startswith("@") else place)
        line.send(state.encode())
