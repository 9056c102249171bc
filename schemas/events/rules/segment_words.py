"""A segment in German, as it stands under a guest group. Pure; never empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schemas.events.rules import segments as s
from schemas.events.rules.segment_facts import SeatRole


@dataclass(frozen=True, slots=True)
class Words:
    """How choices (table, column, code) and rows (table, row) are called today."""

    label: Callable[[str, str, str], str] = lambda table, column, code: code
    name: Callable[[str, int], str] = lambda table, row: f"Nr. {row}"


def describe(segment: s.Segment, words: Words | None = None) -> str:
    """Return what a segment selects.

    >>> describe(s.All((s.Kind(("verein",)), s.Not(s.NotInvited(2)))))
    'Art: verein, und nicht (seit 2 Jahren nicht eingeladen)'
    """
    return _Teller(words or Words()).tell(segment)


@dataclass(frozen=True, slots=True)
class _Teller:
    words: Words

    def tell(self, segment: s.Segment) -> str:
        match segment:
            case s.All(parts):
                return self._joined(parts, ", und ") or "alle Kontakte"
            case s.Either(parts):
                return self._joined(parts, ", oder ") or "niemand"
            case s.Not(part):
                return f"nicht ({self.tell(part)})"
            case _:
                return self._place(segment) or self._history(segment)

    def _place(self, segment: s.Segment) -> str:
        told = ""
        match segment:
            case s.Kind(codes):
                told = f"Art: {self._labels('organisation', 'kind', codes)}"
            case s.InSphere(codes):
                told = f"Bereich: {self._labels('organisation', 'sphere', codes)}"
            case s.Engaged(codes):
                told = f"Engagementfeld: {self._labels('organisation', 'engagement_fields', codes)}"
            case s.InDistrict(names):
                told = f"Stadtteil: {', '.join(names) or 'keiner'}"
            case s.Below(row):
                told = f"gehört zu {self._name('organisation', row)}"
            case s.InBody(row, role):
                told = _ROLES[role].format(body=self._name("body", row))
            case s.HoldsOffice(kinds):
                told = f"hat ein Amt inne: {self._labels('office', 'kind', kinds)}" if kinds else "hat ein Amt inne"
        return told

    def _history(self, segment: s.Segment) -> str:
        told = "unbekannte Auswahl"
        match segment:
            case s.Nominated(ago):
                told = f"hat {_year(ago)} jemanden vorgeschlagen"
            case s.Awarded(ago):
                told = f"hat {_year(ago)} eine Auszeichnung oder ein Siegel bekommen"
            case s.Exhibited(event, series):
                told = f"hatte einen Stand {self._at(event, series)}"
            case s.GuestOf(event, series, answers, came):
                said = f", Antwort {self._labels('invitation', 'answer', answers)}" if answers else ""
                seen = "" if came is None else ", ist gekommen" if came else ", ist nicht gekommen"
                told = f"stand auf der Gästeliste {self._at(event, series)}{said}{seen}"
            case s.NotInvited(years):
                told = f"seit {years} Jahren nicht eingeladen" if years != 1 else "seit 1 Jahr nicht eingeladen"
            case s.View(_, view, name):
                told = f"NocoDB-Ansicht „{name or view or 'ohne Namen'}“"
            case s.Contacts():
                told = self._contacts(segment)
        return told

    def _contacts(self, query: s.Contacts) -> str:
        label = self.words.label
        parts = [
            f"Suche „{query.words}“" if query.words else "",
            _SHOWN.get(query.show, query.show),
            label("organisation", "sphere", query.sphere) if query.sphere else "",
            label("organisation", "kind", query.kind) if query.kind else "",
            label("organisation", "engagement_fields", query.engagement) if query.engagement else "",
            query.district,
            _LISTINGS.get(query.listing, query.listing),
        ]
        return f"Seite Kontakte: {', '.join(part for part in parts if part) or 'alle'}"

    def _joined(self, parts: tuple[s.Segment, ...], by: str) -> str:
        told = [self.tell(part) for part in parts]
        if len(parts) > 1:
            told = [
                f"({text})" if isinstance(part, s.All | s.Either) and len(part.parts) > 1 else text
                for part, text in zip(parts, told, strict=True)
            ]
        return by.join(told)

    def _labels(self, table: str, column: str, codes: tuple[str, ...]) -> str:
        return ", ".join(self.words.label(table, column, code) for code in codes) or "keine"

    def _name(self, table: str, row: int) -> str:
        return self.words.name(table, row) or f"Nr. {row}"

    def _at(self, event: int | None, series: str) -> str:
        if event is not None:
            return f"bei „{self._name('event', event)}“"
        return f"beim letzten Mal ({series or 'ohne Reihe'})"


def _year(ago: int | None) -> str:
    return "schon einmal" if ago is None else _AGO.get(ago) or f"vor {ago} Jahren"


_AGO: Mapping[int, str] = {0: "dieses Jahr", 1: "voriges Jahr"}
_ROLES: Mapping[SeatRole, str] = {
    SeatRole.DELEGATE: "delegiert in: {body}",
    SeatRole.DEPUTY: "stellvertretend in: {body}",
    SeatRole.ORGANISATION: "Organisation mit Sitz in: {body}",
}
_SHOWN: Mapping[str, str] = {"organisation": "nur Organisationen", "person": "nur Personen"}
_LISTINGS: Mapping[str, str] = {
    "ohne-funktion": "Personen ohne Funktion",
    "unerreichbar": "ohne Telefon und E-Mail",
    "kalt": "länger kein Kontakt",
    "nie": "noch nie Kontakt",
    "anrede": "Anrede unklar",
}
