"""The routes of the answer pages (``streamlit_app.public.asking``): a guest sees, answers, takes the date along."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from automations.events.tokens import CALENDAR, PATH, Signer
from automations.row_links import Named
from schemas.events.choices import Answer
from schemas.events.rules.answering import Phase, phase, takes
from streamlit_app.public import asking
from streamlit_app.public.asking import LinkPages
from streamlit_app.public.limits import Limits
from streamlit_app.public.sheets import HEADERS, query_of
from streamlit_app.public.tickets import Ticket
from streamlit_app.rsvp import pages
from streamlit_app.rsvp.base import Base, Opened
from streamlit_app.rsvp.calendar_file import calendar_file, media_type
from streamlit_app.rsvp.form import Typed, read_form
from streamlit_app.rsvp.pages import NOTED, Form, Seen
from streamlit_app.rsvp.record import Outcome, Sent, check_room, last_by_link, more_chairs
from streamlit_app.rsvp.words import Words

Call: TypeAlias = asking.Call[Words]


class AnswerPages(LinkPages[Opened, Words]):
    """The pages of guests."""

    def __init__(
        self, base: Base, *, secret: str, clock: Callable[[], dt.datetime], limits: Limits, behind_proxy: bool = False
    ) -> None:
        super().__init__(base, pages.SHEETS, secret=secret, clock=clock, limits=limits, behind_proxy=behind_proxy)
        self._base = base

    def routes(self) -> list[BaseRoute]:
        """Return the routes, to mount beside the dashboards or alone."""
        return [
            Route(f"{PATH}{{token}}", self.show, methods=["GET"]),
            Route(f"{PATH}{{token}}", self.take, methods=["POST"]),
            Route(f"{PATH}{{token}}/{CALENDAR}", self.give_calendar, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the invitation with its form, or, after an answer, what was taken down."""
        return await self._answer(self._show, request)

    async def give_calendar(self, request: Request) -> Response:
        """Give the event as a file for calendars."""
        return await self._answer(self._give_calendar, request)

    async def take(self, request: Request) -> Response:
        """Take an answer down."""
        return await self._answer(self._take, request)

    def _words(self, code: str | None) -> Words:
        return pages.words_of(code)

    def _signer(self, base: str) -> Signer:
        return Signer(self._secret, base)

    def _see(self, call: Call, opened: Opened, named: Named) -> Seen:
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

    def _show(self, call: Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._see(call, opened, named)
            reply = last_by_link(opened.stores, named.row) if NOTED in call.asked else None
            if reply is not None:
                return pages.noted_page(call.words, seen, reply)
            may = pages.offered(seen)
            form = Form(self._fresh(call), pages.prefilled(seen.invitation)) if may else None
            return pages.answer_page(call.words, seen, form)

        return self._base.run(work)

    def _give_calendar(self, call: Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._see(call, opened, named)
            if seen.phase not in (Phase.OPEN, Phase.LATE) or seen.facts.event.starts_at is None:
                return pages.answer_page(call.words, seen, None, 404)
            headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{CALENDAR}"'}
            text = calendar_file(seen.facts, seen.invitation, opened.id, self._clock())
            return Response(text, media_type=media_type(text), headers=headers)

        return self._base.run(work)

    def _take(self, call: Call) -> Response:
        named = self._named(call)
        return self._base.run(lambda o: self._take_down(call, replace(o, stores=o.answering), named))

    def _take_down(self, call: Call, opened: Opened, named: Named) -> Response:
        seen = self._see(call, opened, named)
        typed = read_form(call.fields, seen.companions_max)
        if not takes(seen.phase, typed.answer or Answer.YES):
            form = Form(self._fresh(call), replace(typed, flaws={})) if pages.offered(seen) else None
            return pages.answer_page(call.words, seen, form, 409)
        ticket = self._genuine(call)
        if ticket is None or self._clock() >= ticket.expires:
            return self._again(call, seen, typed, call.words.stale, 403)
        if typed.flaws:
            return self._flawed(call, seen, typed, ticket)
        event = seen.facts.event.id or 0
        with self._base.writing(named.row):  # the same form twice at the same moment
            chairs = self._base.giving_chairs(event) if more_chairs(typed, seen.invitation) > 0 else nullcontext()
            with chairs as asked:
                if asked:
                    self._base.forget(event)
                    seen = self._see(call, opened, named)
                    typed = check_room(typed, seen.invitation, seen.facts)
                if typed.flaws:
                    return self._flawed(call, seen, typed, ticket)
                wait = self._limits.answers.take(str(named.row))
                if wait > 0:
                    return self._again(call, seen, typed, call.words.often.format(minutes=math.ceil(wait / 60)), 429)
                sent = Sent(typed, seen.invitation, ticket.key, self._clock(), seen.companions_max > 0)
                outcome = self._base.record(opened.stores, sent)
        if outcome == Outcome.USED:
            return self._again(call, seen, typed, call.words.used, 409)
        query = "&".join(x for x in (query_of(call.words), f"{NOTED}=1") if x)
        return RedirectResponse(f"?{query}#{NOTED}", 303, HEADERS)

    # --- forms ---------------------------------------------------------------------------------------------------

    def _flawed(self, call: Call, seen: Seen, typed: Typed, ticket: Ticket) -> Response:
        form = Form(self._tickets.renew(call.token, ticket), typed)
        return pages.answer_page(call.words, seen, form, 422)

    def _again(self, call: Call, seen: Seen, typed: Typed, why: str, status: int) -> Response:
        form = Form(self._fresh(call), replace(typed, flaws={}), (why,))
        return pages.answer_page(call.words, seen, form, status)

    def _trouble(self, call: Call) -> Response:
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
