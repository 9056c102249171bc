"""Connections that a stranger opens and then keeps busy with nothing: each has its time, its size and its number.

uvicorn gives a request as long as it likes to arrive, and with httptools its head may be of any length. A few hundred
connections that send nothing would keep everybody out (Slowloris, CWE-400), so the head must be here soon, the body a
little later, and one address may hold so many connections and no more.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any, ClassVar

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_SECONDS = 10.0
"""From the connection, or from the last answer, to the end of a request's head."""

BODY_SECONDS = 30.0
"""From the end of the head to the end of the body; a form of ours has a few kilobytes."""

LONGEST_HEAD = 65_536
"""Bytes; the cookie of a sign-in has less than two thousand."""

MOST_OF_ONE = 100
"""Connections of one address at the same moment; an office, or a hall full of guests, comes from one. A proxy on this
machine speaks for all and is not counted."""

TOO_SLOW = "Die Übertragung hat zu lange gedauert. Bitte senden Sie das Formular noch einmal."

_LOOPBACK = ("127.", "::1")


class TimedProtocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """uvicorn's protocol, which ends a connection whose request does not come."""

    _of: ClassVar[Counter[str]] = Counter()

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to wait for a head, or refuse one connection too many."""
        super().connection_made(transport)
        self._waiting: asyncio.TimerHandle | None = None
        self._head = 0
        self._host = self.client[0] if self.client else ""
        self._of[self._host] += 1
        if self._of[self._host] > MOST_OF_ONE and self._host and not self._host.startswith(_LOOPBACK):
            transport.abort()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Pass on what came; until the head is whole the clock runs and its bytes are counted."""
        if self._is_idle():
            self._wait()
            self._head += len(data)
            if self._head > LONGEST_HEAD and b"\r\n\r\n" not in data:
                self._end()
                return
        super().data_received(data)
        if self.transport.is_closing() or self.transport.get_protocol() is not self or not self._is_idle():
            self._stop_waiting()

    def connection_lost(self, problem: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self._of[self._host] -= 1
        if not self._of[self._host]:
            del self._of[self._host]
        super().connection_lost(problem)

    def _is_idle(self) -> bool:
        cycle: Any = self.cycle
        return cycle is None or bool(cycle.response_complete)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = asyncio.get_running_loop().call_later(HEAD_SECONDS, self._end)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting, self._head = None, 0

    def _end(self) -> None:
        if self.transport.get_protocol() is self:
            self.transport.close()


class TimelyBodies:
    """End the reading of a body that drips: to the app it looks as if the caller had gone, and the line is closed."""

    def __init__(self, app: ASGIApp, seconds: float = BODY_SECONDS) -> None:
        self.app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its time counted."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        until, whole, late, begun = time.monotonic() + self._seconds, False, False, False

        async def in_time() -> Message:
            nonlocal whole, late
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(until - time.monotonic(), 0.001))
            except TimeoutError:
                late = True
                return {"type": "http.disconnect"}
            whole = message["type"] != "http.request" or not message.get("more_body")
            return message

        async def closing(message: Message) -> None:
            nonlocal begun
            begun = True
            if late and message["type"] == "http.response.start":
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        try:
            await self.app(scope, in_time, closing)
        except ClientDisconnect:
            if late and not begun:
                await PlainTextResponse(TOO_SLOW, 408)(scope, in_time, closing)
