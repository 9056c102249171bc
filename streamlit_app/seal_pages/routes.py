"""The routes about seals: the page behind the QR code of a certificate, and the list of who holds the seal."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from automations.certification.certificates import SEAL
from automations.certification.holders import Holder, standing
from automations.certification.publishing import public_table
from automations.certification.seal_code import PATH, Check, Checked, check_code
from schemas.certification.rules.seals import last_day
from schemas.errors import KontaktnetzError
from schemas.time_zone import BERLIN
from streamlit_app.public.limits import Clock, Quota, caller_of
from streamlit_app.public.sheets import HEADERS, LANGUAGE, Sheets
from streamlit_app.public.typed import clean
from streamlit_app.seal_pages.known import Known, Now, Seals
from streamlit_app.seal_pages.words import Words, words_of

log = logging.getLogger(__name__)

LIST = "/siegel"
TABLE = "siegel.csv"

CHECKS_PER_MINUTE = 120
"""What one address may ask; a code cannot be guessed, so this only bounds the work."""

CHECKS_AT_ONCE = 4
"""In threads of their own: however many strangers ask, signing in to the dashboards needs no turn behind them."""

SHEETS = Sheets(Path(__file__).parent)

_SIGNS = {
    Check.GENUINE: "✓", Check.AHEAD: "…", Check.OTHER: "✕", Check.REVOKED: "✕", Check.FORGED: "✕",
    Check.UNREADABLE: "?",
}  # fmt: skip
_KINDS = {
    Check.GENUINE: "good", Check.AHEAD: "warn", Check.OTHER: "bad", Check.REVOKED: "bad", Check.FORGED: "bad",
    Check.UNREADABLE: "warn",
}  # fmt: skip
_NAMES = {
    Check.GENUINE: "genuine", Check.AHEAD: "ahead", Check.OTHER: "other_holder", Check.REVOKED: "revoked",
    Check.FORGED: "forged", Check.UNREADABLE: "unreadable",
}  # fmt: skip


class SealPages:
    """What the routes need: what is known about seals, the network's name, the clocks, and whether a proxy tells who
    calls.
    """

    def __init__(self, seals: Seals, *, network: str, now: Now, clock: Clock, behind_proxy: bool = False) -> None:
        self._seals = seals
        self._network = network
        self._now = now
        self._asked = Quota(clock, CHECKS_PER_MINUTE, 60.0)
        self._behind_proxy = behind_proxy
        self._threads: anyio.CapacityLimiter | None = None

    def routes(self) -> list[BaseRoute]:
        """Return the routes, to mount beside the dashboards or alone."""
        return [
            Route(f"{PATH}{{code}}", self.check, methods=["GET"]),
            Route(LIST, self.list_holders, methods=["GET"]),
            Route(f"/{TABLE}", self.give_table, methods=["GET"]),
        ]

    async def check(self, request: Request) -> Response:
        """Say whether a certificate is genuine."""
        return await self._answer(request, lambda words, known: self._check(words, known, request.path_params["code"]))

    async def list_holders(self, request: Request) -> Response:
        """Show who holds the seal."""
        return await self._answer(request, self._list)

    async def give_table(self, request: Request) -> Response:
        """Give the same list as a table."""
        return await self._answer(request, self._table)

    async def _answer(self, request: Request, work: Callable[[Words, Known], Response]) -> Response:
        words = words_of(request.query_params.get(LANGUAGE))
        caller = caller_of(request, behind_proxy=self._behind_proxy)
        wait = 0.0 if caller.shared else self._asked.take(caller.name)
        if wait > 0:
            page = SHEETS.note(words, "slow", 429, host=self._network, seconds=math.ceil(wait))
            page.headers["Retry-After"] = str(math.ceil(wait))
            return page
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(CHECKS_AT_ONCE)
        return await anyio.to_thread.run_sync(self._guarded, work, words, limiter=self._threads)

    def _guarded(self, work: Callable[[Words, Known], Response], words: Words) -> Response:
        try:
            return work(words, self._seals.known())
        except KontaktnetzError as problem:
            log.warning("seal page without keys problem=%s", type(problem).__name__)
        except Exception:
            log.exception("seal page failed")
        return SHEETS.note(words, "away", 503, host=self._network)

    def _check(self, words: Words, known: Known, code: str) -> Response:
        if not known.keys:
            return SHEETS.note(words, "no_keys", 503, host=self._network)
        found = check_code(code, known.trust, self._now().astimezone(BERLIN).date())
        name = _NAMES[found.outcome]
        holder = known.holder(found.claim.number) if found.claim else None
        return SHEETS.page(
            "check.html", words, 200 if found.claim else 404, first=getattr(words, name), title=words.title,
            host=self._network, sign=_SIGNS[found.outcome], kind=_KINDS[found.outcome],
            verdict=getattr(words, name), how=getattr(words, f"{name}_how"),
            lines=_lines(words, found), notes=self._notes(words, known, found, holder), list_link=f"..{LIST}",
        )  # fmt: skip

    def _notes(self, words: Words, known: Known, found: Checked, holder: Holder | None) -> list[str]:
        """Return what else is to be known about a seal that we gave."""
        told: list[str] = []
        if found.outcome == Check.REVOKED and holder is not None and holder.revoked_on is not None:
            told.append(words.revoked_on.format(day=words.date(holder.revoked_on)))
        if found.outcome == Check.GENUINE:
            told += self._standing(words, known, holder)
        if found.claim is not None:
            told.append(words.checked.format(day=words.date(known.as_of)) if known.as_of else words.unchecked)
        return told

    def _standing(self, words: Words, known: Known, holder: Holder | None) -> list[str]:
        if holder is None:
            return [words.not_listed] if known.holders else []
        last, today = last_day(holder.seal), self._now().astimezone(BERLIN).date()
        told = []
        if last is not None:
            told.append((words.ended if last < today else words.until).format(day=words.date(last)))
        return [*told, words.newer] if holder.followed_by else told

    def _list(self, words: Words, known: Known) -> Response:
        if known.as_of is None:
            return SHEETS.note(words, "list_away", 503, host=self._network)
        told = standing(known.holders, self._now().astimezone(BERLIN).date())
        day = words.date(known.as_of)
        count = words.list_one.format(day=day) if len(told) == 1 else words.list_count.format(count=len(told), day=day)
        return SHEETS.page(
            "holders.html", words, title=words.list_title, host=self._network, count=count,
            intro=words.list_intro.format(seal=SEAL),
            none="" if told else words.list_none.format(day=day), rows=[_row(known, one) for one in told],
            table=TABLE if told else "",
        )  # fmt: skip

    def _table(self, words: Words, known: Known) -> Response:
        if known.as_of is None:
            return SHEETS.note(words, "list_away", 503, host=self._network)
        content = public_table(
            known.holders, lambda code: known.labels.get(code, code), self._now().astimezone(BERLIN).date()
        )
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{TABLE}"'}
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _lines(words: Words, found: Checked) -> list[tuple[str, str]]:
    claim = found.claim
    if claim is None:
        return []
    awarded = words.awards if found.outcome == Check.AHEAD else words.awarded
    return [
        (words.holder, clean(claim.holder, lines=False)), (words.seal, f"{SEAL} {claim.year}"),
        (words.number, claim.number), (awarded, words.date(claim.awarded_on)),
    ]  # fmt: skip


def _row(known: Known, one: Holder) -> tuple[Any, ...]:
    fields = ", ".join(known.labels.get(code, code) for code in one.fields)
    return one.name, one.parent, one.district, fields, one.year, one.number
