"""From a request to a page, for pages that a link opens. GET and HEAD change nothing (mail scanners open links).

A link is its owner's key: it stands in no log, goes to no other page, and whatever is wrong with one, the answer is the
same neutral page. The rules and the writing live elsewhere; here requests become calls and outcomes become pages.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Generic, NoReturn, TypeVar
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from automations.row_links import Named, RowSigner
from schemas.errors import KontaktnetzError
from streamlit_app.public.base import HasId, HeldBase
from streamlit_app.public.limits import Caller, Limits, caller_of
from streamlit_app.public.sheets import LANGUAGE, Sheets
from streamlit_app.public.tickets import Ticket, Tickets
from streamlit_app.public.words import PublicWords
from sync.time_limit import at_most

log = logging.getLogger(__name__)

TICKET = "formular"
"""The field of every form that holds its ticket."""
READERS, WRITERS = 8, 64
"""People shown a page, and people whose form is taken, at the same moment; the others wait their turn. Whoever only
reads never waits for those who write, and the dashboards keep their own threads."""

LONGEST_ANSWER = 120.0
"""Seconds until every request is answered, its waiting in a crowd included; a single request to a NocoDB that is silent
ends much sooner (``base.TIMEOUT``). When it takes longer the page says so and keeps what was typed."""

O = TypeVar("O", bound=HasId)  # noqa: E741 - what was opened
W = TypeVar("W", bound=PublicWords)


class Decided(Exception):
    """A page was decided on the way."""

    def __init__(self, response: Response) -> None:
        self.response = response


@dataclass(frozen=True, slots=True)
class Call(Generic[W]):
    """One request, read; ``asked`` is what stands in its address after the question mark."""

    token: str
    words: W
    caller: Caller
    asked: Mapping[str, str]
    cookies: Mapping[str, str]
    part: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    posted: bool = False


class LinkPages(ABC, Generic[O, W]):
    """What the routes need: the base, the key of the links, the clock, and whether a proxy tells who calls."""

    longest_body: ClassVar[int] = 65_536
    """Bytes of a form."""
    most_fields: ClassVar[int] = 20

    def __init__(
        self, base: HeldBase[O], sheets: Sheets, *, secret: str, clock: Callable[[], dt.datetime], limits: Limits,
        behind_proxy: bool = False,
    ) -> None:  # fmt: skip
        self._held = base
        self._sheets = sheets
        self._secret = secret
        self._tickets = Tickets(secret)
        self._clock = clock
        self._limits = limits
        self._behind_proxy = behind_proxy
        self._readers: anyio.CapacityLimiter | None = None
        self._writers: anyio.CapacityLimiter | None = None

    @abstractmethod
    def _words(self, code: str | None) -> W:
        """Return the language that the address asks for."""

    @abstractmethod
    def _signer(self, base: str) -> RowSigner:
        """Return who makes and reads the links of a base."""

    @abstractmethod
    def _trouble(self, call: Call[W]) -> Response:
        """Return the page for a base that is away; a form of ours keeps what was typed."""

    # --- requests ---------------------------------------------------------------------------------------------------

    async def _answer(self, work: Callable[[Call[W]], Response], request: Request) -> Response:
        """Read a request and answer it in a thread."""
        call = self._read(request)
        if request.method == "POST":
            try:
                body = await _body(request, self.longest_body)
                pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=self.most_fields)
            except (OverflowError, ValueError):
                return self._sheets.note(call.words, "too_big", 413)
            call = replace(call, fields=dict(pairs), posted=True)
        if self._readers is None or self._writers is None:
            self._readers, self._writers = anyio.CapacityLimiter(READERS), anyio.CapacityLimiter(WRITERS)
        threads = self._writers if call.posted else self._readers
        with at_most(LONGEST_ANSWER):
            return await anyio.to_thread.run_sync(self._guarded, work, call, limiter=threads)

    def _read(self, request: Request) -> Call[W]:
        caller = caller_of(request, behind_proxy=self._behind_proxy)
        return Call(
            request.path_params["token"], self._words(request.query_params.get(LANGUAGE)), caller,
            dict(request.query_params), request.cookies, int(request.path_params.get("part", 0)),
        )  # fmt: skip

    def _guarded(self, work: Callable[[Call[W]], Response], call: Call[W]) -> Response:
        """Answer whatever happens: a base that is away, or a fault of ours, must not swallow what was typed."""
        try:
            return work(call)
        except Decided as decided:
            return decided.response
        except (KontaktnetzError, TimeoutError) as problem:
            log.warning("public page without base problem=%s", type(problem).__name__)
        except Exception:
            log.exception("public page failed")
        return self._trouble(call)

    # --- links ------------------------------------------------------------------------------------------------------

    def _named(self, call: Call[W]) -> Named:
        """Return what a genuine link names; any other ends in the neutral page, and sooner or later in waiting."""
        wait = self._limits.slowing.wait(call.caller.name)
        if wait > 0 and not call.caller.shared and self._genuine(call) is None:
            self._slow(call, wait)
        named = self._signer(self._held.opened().id).read(call.token)
        if named is None:
            self._wrong(call)
        wait = 0.0 if call.posted else self._limits.reads.take(str(named.row))
        if wait > 0:
            self._slow(call, wait)
        return named

    def _wrong(self, call: Call[W]) -> NoReturn:
        wait = max(self._limits.slowing.wait(call.caller.name), self._limits.wrong.take("all"))
        self._limits.slowing.failed(call.caller.name)
        if wait > 0:
            self._slow(call, wait)
        raise Decided(self._sheets.note(call.words, "unknown", 404))

    def _slow(self, call: Call[W], wait: float) -> NoReturn:
        seconds = math.ceil(wait)
        page = self._sheets.note(call.words, "slow", 429, seconds=seconds)
        page.headers["Retry-After"] = str(seconds)
        raise Decided(page)

    # --- forms ------------------------------------------------------------------------------------------------------

    def _fresh(self, call: Call[W]) -> str:
        return self._tickets.issue(call.token, self._clock())

    def _genuine(self, call: Call[W]) -> Ticket | None:
        """Return the ticket of the form that was sent: whoever has one has seen the page, and so knows the link."""
        return self._tickets.genuine(call.token, call.fields.get(TICKET, ""))


async def _body(request: Request, longest: int) -> bytes:
    """Return the body of a form. Raises OverflowError as soon as it is longer than any form of ours."""
    if int(request.headers.get("content-length") or 0) > longest:
        raise OverflowError
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > longest:
                raise OverflowError
    except ClientDisconnect:
        return b""
    return bytes(body)
