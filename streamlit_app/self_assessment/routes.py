"""The routes of the questionnaire (``streamlit_app.public.asking``): overview, pages of criteria, the end."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, TypeAlias
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from automations.certification.cases import Entry, NotLegal, carry_out
from automations.certification.form_links import PATH, FormSigner
from automations.certification.ratings import Own, by_criterion, own_of, save_own
from automations.row_links import Named
from schemas.certification.choices import RecordOutcome
from schemas.certification.rules.progress import Move
from schemas.certification.rules.self_assessment import Access, Part, access, closing_step, unanswered
from schemas.certification.tables import StepRecord
from schemas.errors import Conflict
from schemas.time_zone import BERLIN
from streamlit_app import short_numbers
from streamlit_app.public import asking
from streamlit_app.public.asking import Decided, LinkPages
from streamlit_app.public.limits import Limits
from streamlit_app.public.sheets import HEADERS, query_of
from streamlit_app.public.tickets import Ticket
from streamlit_app.public.typed import clean
from streamlit_app.self_assessment import pages
from streamlit_app.self_assessment.base import Facts, FormBase, Opened
from streamlit_app.self_assessment.form import NAME, NAME_ROOM, Filled, Flaw, asked_in, read_form, rebased
from streamlit_app.self_assessment.pages import DONE, END, SAVED, Form, Seen
from streamlit_app.self_assessment.words import Words

Call: TypeAlias = asking.Call[Words]

COOKIE = "kontaktnetz_name"
"""Holds the name of who fills in, so that it is typed once; nothing is decided by it."""
COOKIE_SECONDS = 30 * 24 * 3600

SAVES_PER_HOUR = 300
READS_PER_MINUTE = 120
"""What one link may do: a whole team clicks through its pages at the same time."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A page of criteria that was sent, beside what stood in the base then."""

    call: Call
    seen: Seen
    part: Part
    filled: Filled


class SelfAssessment(LinkPages[Opened, Words]):
    """The pages of placements; ``secure`` says that people reach them by HTTPS."""

    longest_body: ClassVar[int] = 400_000
    """A page of five criteria, each text full of umlauts and beside it what the form showed."""
    most_fields: ClassVar[int] = 60

    def __init__(
        self, base: FormBase, *, secret: str, clock: Callable[[], dt.datetime], limits: Limits,
        behind_proxy: bool = False, secure: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(base, pages.SHEETS, secret=secret, clock=clock, limits=limits, behind_proxy=behind_proxy)
        self._base = base
        self._secure = secure

    def routes(self) -> list[BaseRoute]:
        """Return the routes, to mount beside the dashboards or alone."""
        short_numbers.register()
        page, end = f"{PATH}{{token}}/{{part:number}}", f"{PATH}{{token}}/{END}"
        return [
            Route(f"{PATH}{{token}}", self.show, methods=["GET"]),
            Route(page, self.show_part, methods=["GET"]),
            Route(page, self.save, methods=["POST"]),
            Route(end, self.show_end, methods=["GET"]),
            Route(end, self.hand_in, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show where the questionnaire stands."""
        return await self._answer(self._show, request)

    async def show_part(self, request: Request) -> Response:
        """Show a page of criteria."""
        return await self._answer(self._show_part, request)

    async def save(self, request: Request) -> Response:
        """Save a page of criteria."""
        return await self._answer(self._save, request)

    async def show_end(self, request: Request) -> Response:
        """Show all that was said, to check it."""
        return await self._answer(self._show_end, request)

    async def hand_in(self, request: Request) -> Response:
        """Record that the questionnaire is filled in."""
        return await self._answer(self._hand_in, request)

    def _words(self, code: str | None) -> Words:
        return pages.words_of(code)

    def _signer(self, base: str) -> FormSigner:
        return FormSigner(self._secret, base)

    # --- who sees what ----------------------------------------------------------------------------------------------

    def _see(self, call: Call, opened: Opened, named: Named) -> Seen:
        """Return what the link shows at this moment; a void one, and a case that is over, end in their own page."""
        case = self._base.case(opened, named)
        if case is None:
            self._wrong(call)
        facts = self._base.facts(opened, case)
        may = access(case.phase)
        if may == Access.OVER:
            raise Decided(pages.SHEETS.note(call.words, "over", 200, host=facts.host, contact=facts.contact))
        if not facts.parts:
            raise Decided(pages.SHEETS.note(call.words, "no_criteria", 200, host=facts.host, contact=facts.contact))
        self._base.remember(call.token, facts)
        rows = by_criterion(facts.procedure, named.row, opened.ratings(named.row))
        return Seen(call.token, case, facts, may, rows)

    @staticmethod
    def _with_records(opened: Opened, seen: Seen) -> Seen:
        """Return what a link shows together with whether it was handed in; given back counts as not handed in."""
        told = _told_of(opened, seen)
        last = max(told, key=lambda r: (r.done_on or dt.date.min, r.id or 0), default=None)
        handed_in = last if last is not None and last.outcome == RecordOutcome.DONE else None
        return replace(seen, handed_in=handed_in)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _show(self, call: Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._with_records(opened, self._see(call, opened, named))
            if seen.access != Access.OPEN:
                return RedirectResponse(_address(call, f"{call.token}/{END}"), 303, HEADERS)
            return pages.overview_page(call.words, seen, saved=SAVED in call.asked)

        return self._base.run(work)

    def _show_part(self, call: Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._see(call, opened, named)
            part = _part(seen.facts, call.part)
            if part is None or seen.access != Access.OPEN:
                return RedirectResponse(_address(call, END if part else f"../{call.token}"), 303, HEADERS)
            return pages.part_page(call.words, seen, part, self._form(call), saved=SAVED in call.asked)

        return self._base.run(work)

    def _show_end(self, call: Call) -> Response:
        named = self._named(call)

        def work(opened: Opened) -> Response:
            seen = self._with_records(opened, self._see(call, opened, named))
            form = self._form(call) if seen.access == Access.OPEN else None
            return pages.end_page(call.words, seen, form, done=DONE in call.asked and seen.handed_in is not None)

        return self._base.run(work)

    # --- saving -----------------------------------------------------------------------------------------------------

    def _save(self, call: Call) -> Response:
        named = self._named(call)
        return self._base.run(lambda opened: self._save_part(call, opened, named))

    def _save_part(self, call: Call, opened: Opened, named: Named) -> Response:
        seen = self._see(call, opened, named)
        part = _part(seen.facts, call.part)
        if part is None:
            self._wrong(call)
        sent = _Sent(call, seen, part, read_form(call.fields, part.criteria))
        if seen.access != Access.OPEN:
            return self._too_late(opened, sent)
        ticket = self._genuine(call)
        if ticket is None or self._clock() >= ticket.expires:
            return self._again(sent, self._fresh(call), 403, call.words.stale)
        if sent.filled.flaws:
            return self._again(sent, self._tickets.renew(call.token, ticket), 422)
        if sent.filled.changed:
            wait = self._limits.answers.take(str(named.row))
            if wait > 0:
                return self._again(sent, self._fresh(call), 429, call.words.often.format(minutes=math.ceil(wait / 60)))
            with self._base.writing(named.row):
                refused = self._write(opened, sent, ticket)
            if refused is not None:
                return refused
        return self._onward(sent)

    def _write(self, opened: Opened, sent: _Sent, ticket: Ticket) -> Response | None:
        """Save what was changed; where somebody was quicker return the page that shows both, else None."""
        seen, filled, words = sent.seen, sent.filled, sent.call.words
        done = save_own(
            opened.connection, seen.case.id or 0, seen.facts.procedure, filled.typed, by=filled.name, now=self._clock
        )
        if not done.taken:
            return None
        rows = {**seen.rows, **done.rows}
        kept = tuple(rebased(t, own_of(rows[t.criterion])) for t in filled.typed if t.criterion in done.taken)
        form = Form(
            self._tickets.renew(sent.call.token, ticket), filled.name, ask=False, filled=Filled(filled.name, kept),
            alert=(words.meanwhile_title, words.meanwhile_how), theirs=frozenset(done.taken),
        )  # fmt: skip
        page = pages.part_page(words, replace(seen, rows=rows), sent.part, form, status=409)
        return self._remembering(page, filled.name)

    def _too_late(self, opened: Opened, sent: _Sent) -> Response:
        """Return what stands, and beside it what was typed after the review had begun."""
        mine = {t.criterion: t.now for t in sent.filled.typed if isinstance(t.now, Own) and t.now != t.seen}
        alert = (sent.call.words.not_saved_read_only,) if mine else ()
        told = self._with_records(opened, sent.seen)
        return pages.end_page(sent.call.words, told, None, status=409, unsaved=mine, alert=alert)

    def _onward(self, sent: _Sent) -> Response:
        number = sent.part.number
        where = str(number + 1) if number < len(sent.seen.facts.parts) else END
        if "pause" in sent.call.fields:
            where = f"../{sent.call.token}"
        answer = RedirectResponse(_address(sent.call, where, SAVED), 303, HEADERS)
        return self._remembering(answer, sent.filled.name)

    # --- handing in -------------------------------------------------------------------------------------------------

    def _hand_in(self, call: Call) -> Response:
        named = self._named(call)
        return self._base.run(lambda opened: self._record(call, opened, named))

    def _record(self, call: Call, opened: Opened, named: Named) -> Response:
        with self._base.writing(named.row):
            seen = self._with_records(opened, self._see(call, opened, named))
            name = self._name(call)
            if seen.handed_in is None:
                refused = self._refusal(call, seen, name)
                if refused is not None:
                    return refused
                try:
                    self._carry_out(opened, seen, name)
                except (NotLegal, Conflict):
                    now = self._with_records(opened, self._see(call, opened, named))
                    form = self._form(call) if now.access == Access.OPEN else None
                    return pages.end_page(call.words, now, form, status=409, alert=(call.words.moved,))
        return self._remembering(RedirectResponse(_address(call, END, DONE), 303, HEADERS), name)

    def _refusal(self, call: Call, seen: Seen, name: str) -> Response | None:
        """Return why a questionnaire cannot be handed in now, None when it can."""
        ticket = self._genuine(call)
        if seen.access != Access.OPEN or closing_step(seen.facts.procedure) is None:
            return pages.end_page(call.words, seen, None, status=409)
        if ticket is None or self._clock() >= ticket.expires:
            return pages.end_page(call.words, seen, self._form(call), status=403, alert=(call.words.moved,))
        if unanswered(seen.facts.procedure, seen.answered, must=True):
            return pages.end_page(call.words, seen, self._form(call), status=422, alert=(call.words.missing_title,))
        flaw = Flaw.NAMELESS if not name else Flaw.NAME_TOO_LONG if len(name) > NAME_ROOM else None
        if flaw is None:
            return None
        form = Form(self._fresh(call), name, filled=Filled(name, flaws={NAME: flaw}))
        return pages.end_page(call.words, seen, form, status=422)

    def _carry_out(self, opened: Opened, seen: Seen, name: str) -> None:
        """Record the step; its key counts how often it was recorded, so that two people who hand in at once are one."""
        step = closing_step(seen.facts.procedure)
        case = seen.case.id or 0
        entry = Entry(
            f"fragebogen:{case}:{len(_told_of(opened, seen)) + 1}", self._clock().astimezone(BERLIN).date(), name,
            step.code if step else "", proof="Fragebogen",
        )  # fmt: skip
        carry_out(opened.connection, case, Move.RECORD, entry, self._clock)

    # --- forms ------------------------------------------------------------------------------------------------------

    def _name(self, call: Call) -> str:
        """Return who fills in: as the form says, else as the browser remembers."""
        told = call.fields.get(NAME) if NAME in call.fields else unquote(call.cookies.get(COOKIE, ""))
        return clean(told or "", lines=False)

    def _form(self, call: Call) -> Form:
        name = self._name(call)
        return Form(self._fresh(call), name[:NAME_ROOM], ask=not name or NAME in call.asked)

    @staticmethod
    def _again(sent: _Sent, ticket: str, status: int, alert: str = "") -> Response:
        """Return the page with what was typed; one that only has to be sent once more shows no flaws."""
        shown = replace(sent.filled, flaws={}) if alert else sent.filled
        name = sent.filled.name
        form = Form(ticket, name, ask=not name, filled=shown, alert=(alert,) if alert else ())
        return pages.part_page(sent.call.words, sent.seen, sent.part, form, status=status)

    def _trouble(self, call: Call) -> Response:
        """Return the page for a base that is away. A form of ours keeps its ticket: sent again it is the same."""
        facts = self._base.remembered(call.token)
        ticket = self._genuine(call)
        host, contact = (facts.host, facts.contact) if facts else ("", None)
        if ticket is None:
            return pages.SHEETS.note(call.words, "away", 503, host=host, contact=contact)
        criteria = asked_in(call.fields)
        part = (_part(facts, call.part) if facts else None) or Part(max(call.part, 1), "", criteria)
        if not call.part:
            return pages.SHEETS.note(call.words, "finish_failed", 503, host=host, contact=contact)
        filled = replace(read_form(call.fields, part.criteria), flaws={})
        form = Form(
            self._tickets.renew(call.token, ticket), filled.name, ask=not filled.name, filled=filled,
            alert=(call.words.not_saved, call.words.not_saved_how),
        )  # fmt: skip
        return pages.trouble_page(call.words, facts, part, form)

    def _remembering(self, page: Response, name: str) -> Response:
        """Let the browser keep the name of who fills in, so that it is typed once."""
        if name:
            page.set_cookie(
                COOKIE, quote(name, safe=""), max_age=COOKIE_SECONDS, path=PATH, secure=self._secure, httponly=True,
                samesite="lax",
            )  # fmt: skip
        return page


def _part(facts: Facts, number: int) -> Part | None:
    return next((part for part in facts.parts if part.number == number), None)


def _told_of(opened: Opened, seen: Seen) -> list[StepRecord]:
    """Return what was recorded of the step that handing in is."""
    step = closing_step(seen.facts.procedure)
    return [r for r in opened.records(seen.case.id or 0) if step is not None and r.step_code == step.code]


def _address(call: Call, where: str, mark: str = "") -> str:
    """Return an address beside this page; ``mark`` says what has just happened and is jumped to."""
    query = "&".join(x for x in (query_of(call.words), f"{mark}=1" if mark else "") if x)
    return f"{where}{'?' if query else ''}{query}{'#' if mark else ''}{mark}"
