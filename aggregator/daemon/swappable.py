"""What is served may change while it is: a newer configuration, a feed that is secret from now on."""

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(slots=True)
class Front:
    """`app` may be replaced at any time; a request under way ends with the one it began with."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
