"""The routes of the answer pages. GET and HEAD change nothing (mail scanners open links); only a form of ours does.

A link is its guest's key: it stands in no log, goes to no other page, and whatever is wrong with one, the answer is the
same neutral page. The rules and the writing live elsewhere; here requests become calls and outcomes become pages.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from automations.events.tokens import CALENDAR, PATH, Named, Signer
from schemas.errors import KontaktnetzError
from schemas.events.rules.answering import Phase, phase
from streamlit_app.rsvp import pages
from streamlit_app.rsvp.base import Base, Opened
from streamlit_app.rsvp.calendar_file import calendar_file
from streamlit_app.rsvp.form import Typed, read_form
from streamlit_app.rsvp.limits import Caller, Limits, caller_of
from streamlit_app.rsvp.pages import HEADERS, LANGUAGE, NOTED, Form, Seen
from streamlit_app.rsvp.record import Outcome, check_room, last_by_link, record
from streamlit_app.rsvp.tickets import Ticket, Tickets
from streamlit_app.rsvp.words import Words

log = logging.getLogger(__name__)

LONGEST_BODY = 65_536
"""Bytes of a form; all fields full of umlauts take less."""
MOST_FIELDS = 20
THREADS = 16
"""Guests served at the same moment; the others wait their turn, and the dashboards keep their own threads."""


class _Answered(Exception):
    """A page was decided on the way."""

    def __init__(self, response: Response) -> None:
        self.response = response


@dataclass(frozen=True, slots=True)
class _Call:
    """One request, read."""

    token: str
    words: Words
    caller: Caller
    noted: bool
    fields: Mapping[str, str] = field(default_factory=dict)
    posted: bool = False


class AnswerPages:
    """What the routes need: the base, the key of the links, the clock, and whether a proxy tells who calls."""

    def __init__(
        self, base: Base, *, secret: str, clock: Callable[[], dt.datetime], limits: Limits, behind_proxy: bool = False
    ) -> None:
        self._base = base
        self._secret = secret
        self._tickets = Tickets(secret)
        self._clock = clock
        self._limits = limits
        self._behind_proxy = behind_proxy
        self._threads: anyio.CapacityLimiter | None = None

    def routes(self) -> list[BaseRoute]:
        """Return the routes, to mount beside the dashboards or alone."""
        return [
            Route(f"{PATH}{{token}}", self.show, methods=["GET"]),
            Route(f"{PATH}{{token}}", self.take, methods=["POST"]),
            Route(f"{PATH}{{token}}/{CALENDAR}", self.give_calendar, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the invitation with its form, or, after an answer, what was taken down."""
        return await self._do(self._show, self._read(request))

    async def give_calendar(self, request: Request) -> Response:
        """Give the event as a file for calendars."""
        return await self._do(self._give_calendar, self._read(request))

    async def take(self, request: Request) -> Response:
        """Take an answer down."""
        call = self._read(request)
        try:
            body = await _body(request)
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except (OverflowError, ValueError):
            return pages.note_page(call.words, "too_big", 413)
        return await self._do(self._take, replace(call, fields=dict(pairs), posted=True))

    def _read(self, request: Request) -> _Call:
        words = pages.words_of(request.query_params.get(LANGUAGE))
        caller = caller_of(request, behind_proxy=self._behind_proxy)
        return _Call(request.path_params["token"], words, caller, NOTED in request.query_params)

    async def _do(self, work: Callable[[_Call], Response], call: _Call) -> Response:
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(THREADS)
        return await anyio.to_thread.run_sync(self._guarded, work, call, limiter=self._threads)

    def _guarded(self, work: Callable[[_Call], Response], call: _Call) -> Response:
        """Answer whatever happens: a base that is away, or a fault of ours, must not swallow what was typed."""
        try:
            return work(call)
        except _Answered as decided:
            return decided.response
        except KontaktnetzError as problem:
            log.warning("answer page without base problem=%s", type(problem).__name__)
        except Exception:
            log.exception("answer page failed")
        return self._trouble(call)

    # --- who may see what ------------------------------------------------------------------------------------------

    def _named(self, call: _Call) -> Named:
        """Return what a genuine link names; any other ends in the neutral page, and sooner or later in waiting."""
        wait = self._limits.slowing.wait(call.caller.name)
        if wait > 0 and not call.caller.shared and self._genuine(call) is None:
            _slow(call.words, wait)
        named = Signer(self._secret, self._base.opened().id).read(call.token)
        if named is None:
            self._wrong(call)
        wait = 0.0 if call.posted else self._limits.reads.take(str(named.invitation))
        if wait > 0:
            _slow(call.words, wait)
        return named

    def _wrong(self, call: _Call) -> NoReturn:
        wait = max(self._limits.slowing.wait(call.caller.name), self._limits.wrong.take("all"))
        self._limits.slowing.failed(call.caller.name)
        if wait > 0:
            _slow(call.words, wait)
        raise _Answered(pages.note_page(call.words, "unknown", 404))

    def _see(self, call: _Call, opened: Opened, named: Named) -> Seen:
        invitation = self._base.invitation(opened, named)
        facts = self._base.facts(opened, invitation.event) if invitation and invitation.event else None
        if invitation is None or facts is None:
            self._wrong(call)
        now = phase(facts.event, invitation, self._clock())
        if now == Phase.GONE:
            self._wrong(call)
        self._base.remember(call.token, facts)
        return Seen(call.token, invitation, facts, now)

    # --- the three things a guest may do ---------------------------------------------------------------------------

    def _show(self, call: _Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._see(call, opened, named)
            reply = last_by_link(opened.stores, named.invitation) if call.noted else None
            if reply is not None:
                return pages.noted_page(call.words, seen, reply)
            form = Form(self._fresh(call), pages.prefilled(seen.invitation)) if seen.phase == Phase.OPEN else None
            return pages.answer_page(call.words, seen, form)

        return self._base.run(work)

    def _give_calendar(self, call: _Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._see(call, opened, named)
            if seen.phase not in (Phase.OPEN, Phase.LATE) or seen.facts.event.starts_at is None:
                return pages.answer_page(call.words, seen, None, 404)
            headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{CALENDAR}"'}
            text = calendar_file(seen.facts, seen.invitation, opened.id, self._clock())
            return Response(text, media_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)

        return self._base.run(work)

    def _take(self, call: _Call) -> Response:
        named = self._named(call)
        return self._base.run(lambda opened: self._take_down(call, opened, named))

    def _take_down(self, call: _Call, opened: Opened, named: Named) -> Response:
        seen = self._see(call, opened, named)
        if seen.phase != Phase.OPEN:
            return pages.answer_page(call.words, seen, None, 409)
        typed = read_form(call.fields, seen.facts.companions_max)
        ticket = self._genuine(call)
        if ticket is None or self._clock() >= ticket.expires:
            return self._again(call, seen, typed, call.words.stale, 403)
        if typed.flaws:
            return self._flawed(call, seen, typed, ticket)
        event = seen.facts.event.id or 0
        with self._base.writing(event):
            self._base.forget(event)
            seen = self._see(call, opened, named)
            typed = check_room(typed, seen.invitation, seen.facts)
            if typed.flaws:
                return self._flawed(call, seen, typed, ticket)
            wait = self._limits.answers.take(str(named.invitation))
            if wait > 0:
                return self._again(call, seen, typed, call.words.often.format(minutes=math.ceil(wait / 60)), 429)
            outcome = record(opened.stores, typed, seen.invitation, ticket.key, self._clock())
            self._base.forget(event)
        if outcome == Outcome.USED:
            return self._again(call, seen, typed, call.words.used, 409)
        query = f"?{LANGUAGE}={call.words.code}&{NOTED}=1" if call.words.code != "de" else f"?{NOTED}=1"
        return RedirectResponse(f"{query}#{NOTED}", 303, HEADERS)

    # --- forms ---------------------------------------------------------------------------------------------------

    def _fresh(self, call: _Call) -> str:
        return self._tickets.issue(call.token, self._clock())

    def _genuine(self, call: _Call) -> Ticket | None:
        """Return the ticket of the form that was sent: whoever has one has seen the page, and so knows the link."""
        return self._tickets.genuine(call.token, call.fields.get("formular", ""))

    def _flawed(self, call: _Call, seen: Seen, typed: Typed, ticket: Ticket) -> Response:
        form = Form(self._tickets.renew(call.token, ticket), typed)
        return pages.answer_page(call.words, seen, form, 422)

    def _again(self, call: _Call, seen: Seen, typed: Typed, why: str, status: int) -> Response:
        form = Form(self._fresh(call), replace(typed, flaws={}), (why,))
        return pages.answer_page(call.words, seen, form, status)

    def _trouble(self, call: _Call) -> Response:
        """Return the page for a base that is away. A form of ours keeps its key: sent again it is the same answer."""
        facts = self._base.remembered(call.token)
        ticket = self._genuine(call)
        if ticket is None:
            return pages.trouble_page(call.words, facts, None)
        typed = replace(read_form(call.fields, facts.companions_max if facts else 999), flaws={})
        words = call.words
        reach = facts and (facts.contact.phone or facts.contact.mail)
        otherwise = words.not_saved_below if reach else words.not_saved_call
        alert = (words.not_saved, words.not_saved_how, otherwise)
        form = Form(self._tickets.renew(call.token, ticket), typed, alert)
        return pages.trouble_page(words, facts, form)


def _slow(words: Words, wait: float) -> NoReturn:
    seconds = math.ceil(wait)
    page = pages.note_page(words, "slow", 429, seconds=seconds)
    page.headers["Retry-After"] = str(seconds)
    raise _Answered(page)


async def _body(request: Request) -> bytes:
    """Return the body of a form. Raises OverflowError as soon as it is longer than any form of ours."""
    if int(request.headers.get("content-length") or 0) > LONGEST_BODY:
        raise OverflowError
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST_BODY:
                raise OverflowError
    except ClientDisconnect:
        return b""
    return bytes(body)
