"""uvicorn's HTTP protocol with a limit on the head of a request.

uvicorn 0.54 with httptools collects an address or header of any length in memory (30 MB sent, 26 MB
kept), and a server that hubs call is open to the web.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST = 65_536  # bytes of request line and headers, counted on arrival, so up to one read more


class HeaderLimit(HttpToolsProtocol):
    head = 0
    in_head = True

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.in_head:
            self.head += len(data)
            if self.head > LONGEST:
                self.transport.abort()

    def on_message_begin(self) -> None:
        self.head, self.in_head = 0, True
        super().on_message_begin()

    def on_headers_complete(self) -> Any:
        self.in_head = False
        return super().on_headers_complete()
