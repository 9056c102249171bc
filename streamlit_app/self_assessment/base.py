"""The base as the questionnaire holds it: which case a link opens, and what its round asks."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from automations.certification.cases import procedure_today
from automations.row_links import Named
from schemas.certification.rules.procedure import Procedure, read_procedure
from schemas.certification.rules.self_assessment import Part, parts
from schemas.certification.tables import Assessment, Certification, StepRecord
from streamlit_app.public.base import HeldBase, Kept, Stores, connect, open_tables
from streamlit_app.public.hosts import host_of, read_nice
from streamlit_app.public.sheets import Contact
from sync.connection import Connection
from sync.settings import Settings

NEEDED = ("certification", "certification_round", "assessment", "step_record")
NICE = ("event", "body", "office", "organisation")
KEEP_FACTS = 60.0
"""Seconds that a round is not read anew: it keeps its procedure; the case and its ratings are always read."""
MOST_FACTS = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A base that was opened, and its tables."""

    connection: Connection
    stores: Stores

    @property
    def id(self) -> str:
        """Return the id of the base, which the links name."""
        return self.connection.base.id

    def ratings(self, case: int) -> list[Assessment]:
        """Return the rows of a case."""
        store = self.stores["assessment"]
        return list(store.pull(where=store.condition("certification", case)))

    def records(self, case: int) -> list[StepRecord]:
        """Return what was recorded of a case."""
        store = self.stores["step_record"]
        return list(store.pull(where=store.condition("certification", case)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a questionnaire asks, and whom to ask about it."""

    name: str
    procedure: Procedure
    parts: tuple[Part, ...]
    host: str
    contact: Contact


def open_forms(settings: Settings) -> Opened:
    """Sign in and open the tables that questionnaires need. Raises what ``connect`` and ``open_tables`` raise."""
    opened = connect(settings)
    return Opened(opened, open_tables(opened, NEEDED, NICE))


class FormBase(HeldBase[Opened]):
    """One per process; thread-safe. ``clock`` returns seconds and only ever grows."""

    def __init__(self, open_: Callable[[], Opened], clock: Callable[[], float], network_name: str) -> None:
        super().__init__(open_, clock)
        self._network_name = network_name
        self._facts: Kept[Facts] = Kept(clock, MOST_FACTS, KEEP_FACTS)
        self._by_link: Kept[Facts] = Kept(clock, MOST_FACTS, math.inf)

    def case(self, opened: Opened, named: Named) -> Certification | None:
        """Return the case of a genuine link; None when it is gone or has another mark by now."""
        found: Certification | None = opened.stores["certification"].get(named.row)
        return found if found is not None and named.holds(found.mark) else None

    def facts(self, opened: Opened, case: Certification) -> Facts:
        """Return what the round of a case asks, at most a minute old."""
        known = self._facts.get(case.round)
        if known is None:
            known = self._read(opened, case)
            self._facts.put(case.round, known)
        return known

    def remember(self, link: str, facts: Facts) -> None:
        """Keep what a link that held shows, for a page that must do without the base."""
        self._by_link.put(link, facts)

    def remembered(self, link: str) -> Facts | None:
        """Return what such a link showed last."""
        return self._by_link.get(link)

    def _read(self, opened: Opened, case: Certification) -> Facts:
        round_ = opened.stores["certification_round"].get(case.round) if case.round else None
        seminar = read_nice(opened.stores, "event", round_.seminar if round_ else None)
        host, contact = (
            host_of(opened.stores, seminar, self._network_name) if seminar else (self._network_name, Contact())
        )
        procedure = read_procedure(round_.procedure if round_ else None) or procedure_today(opened.connection)
        return Facts((round_.name if round_ else None) or "", procedure, parts(procedure), host, contact)
