"""The procedure as a value: steps and criteria of one round, frozen when it begins, and the default we ship.

What is known of the procedure stands in one public page of the city, whose stored text breaks off within the second
step (seminar each autumn, self-assessment by the team with the guide, written appraisal with a recommendation, seal at
the biennial fair, no compulsory renewal). Everything else is marked as an assumption, and all of it can be edited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TypeVar

from schemas.certification.choices import Actor, Phase
from schemas.certification.tables import CertificationStep
from schemas.certification.tables import Criterion as CriterionRow

WORKING_PHASES = (Phase.SEMINAR, Phase.TEAM, Phase.REVIEW, Phase.DECISION, Phase.WAITING)
"""Phases that steps belong to, in their order; the others are ends or pauses."""

USUAL_WEEKS = 4
"""A step without a usual length is reckoned with so many weeks."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a round: ``code`` stays when its name changes; ``weeks`` is how long it usually takes (>= 0)."""

    code: str
    name: str
    phase: Phase
    actor: Actor
    weeks: int = USUAL_WEEKS
    required: bool = True
    explanation: str = ""
    evidence: str = ""
    assumption: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of a round; a ``must`` cannot be made up for by others."""

    code: str
    name: str
    area: str = ""
    must: bool = False
    indicators: str = ""
    example: str = ""
    assumption: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """Steps and criteria in their order."""

    steps: tuple[Step, ...]
    criteria: tuple[Criterion, ...]

    def step(self, code: str) -> Step | None:
        """Return a step by its code, None when this round has none such."""
        return next((step for step in self.steps if step.code == code), None)

    def as_text(self) -> str:
        """Return it as the JSON that ``read_procedure`` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_procedure(text: str | None) -> Procedure | None:
    """Return the procedure that a round keeps, None when it keeps none (it has not begun) or it cannot be read."""
    try:
        data = json.loads(text or "")
        steps = tuple(
            Step(**{**one, "phase": Phase(one["phase"]), "actor": Actor(one["actor"])}) for one in data["steps"]
        )
        return Procedure(steps, tuple(Criterion(**one) for one in data["criteria"]))
    except (ValueError, KeyError, TypeError):
        return None


def from_rows(steps: Iterable[CertificationStep], criteria: Iterable[CriterionRow]) -> Procedure:
    """Return the procedure as it stands in the tables today: what a round that begins now will keep.

    Rows of staff's own have a code made of their row id, and so has a row that was duplicated in the spreadsheet: its
    original keeps the code. A step without a known phase belongs to the first one.
    """
    known = sorted(
        (row for row in _told_apart(steps, "schritt") if not row[1].retired and row[1].name),
        key=lambda found: (_at(found[1].order), found[1].id or 0),
    )
    order = list(WORKING_PHASES)
    kept = [
        Step(
            code=code, name=row.name or "",
            phase=Phase(row.phase) if row.phase in tuple(WORKING_PHASES) else Phase.SEMINAR,
            actor=Actor(row.actor) if row.actor in tuple(Actor) else Actor.AGENCY,
            weeks=USUAL_WEEKS if row.weeks is None else max(row.weeks, 0), required=row.required,
            explanation=row.explanation or "", evidence=row.evidence or "", assumption=row.assumption,
        )
        for code, row in known
    ]  # fmt: skip
    kept.sort(key=lambda step: order.index(step.phase))  # stable: within a phase the order of staff
    listed = sorted(
        (found for found in _told_apart(criteria, "kriterium") if not found[1].retired and found[1].name),
        key=lambda found: (_at(found[1].order), found[1].id or 0),
    )
    return Procedure(
        tuple(kept),
        tuple(
            Criterion(
                code, row.name or "", row.area or "", row.must, row.indicators or "", row.example or "", row.assumption
            )
            for code, row in listed
        ),
    )


R = TypeVar("R", CertificationStep, CriterionRow)


def _told_apart(rows: Iterable[R], kind: str) -> Iterator[tuple[str, R]]:
    """Yield rows with their codes: of those that share an ident, the oldest row bears it, retired or not."""
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: row.id or 0):
        own = row.ident if row.ident and row.ident not in seen else f"{kind}-{row.id}"
        seen.add(own)
        yield own, row


def _at(order: int | None) -> int:
    return 10**9 if order is None else order


DEFAULT_STEPS = (
    Step("anmeldung", "Anmeldung der Einrichtung", Phase.SEMINAR, Actor.PLACEMENT, 2, True,
         "Die Einrichtung meldet sich an und benennt, wer Freiwillige begleitet.", "Anmeldung", True),
    Step("seminar", "Eintägiges Seminar", Phase.SEMINAR, Actor.PLACEMENT, 8, True,
         "Die benannte Person nimmt am Seminar über die Grundlagen guter Freiwilligenarbeit teil (jeden Herbst, "
         "weitere Termine nach Bedarf). Der Platz gehört der Person, das Siegel der Einrichtung.", "Teilnahme"),
    Step("team", "Selbsteinschätzung im Team", Phase.TEAM, Actor.PLACEMENT, 10, True,
         "Das Team geht den Leitfaden mit seinen Kriterien durch und hält fest, wie weit sie erfüllt sind.",
         "Ausgefüllter Fragebogen"),
    Step("unterlagen", "Unterlagen", Phase.TEAM, Actor.PLACEMENT, 4, False,
         "Zum Beispiel Konzept, Vereinbarung, Versicherungsnachweis.", "Unterlagen", True),
    Step("besuch", "Besuch und Gespräche", Phase.REVIEW, Actor.REVIEWER, 6, True,
         "Jemand aus dem Netzwerk besucht die Einrichtung und spricht mit Freiwilligen und Team.",
         "Gesprächsnotiz", True),
    Step("gutachten", "Schriftliche Einschätzung", Phase.REVIEW, Actor.REVIEWER, 4, True,
         "Kurze Beschreibung, Stärken, Empfehlungen, Fazit mit Votum.", "Bericht mit Fazit"),
    Step("entscheidung", "Entscheidung im Netzwerk", Phase.DECISION, Actor.NETWORK, 6, True,
         "Das Netzwerk entscheidet in einer Sitzung; wer der Einrichtung angehört, wirkt nicht mit.",
         "Beschluss", True),
    Step("urkunde", "Urkunde und Unterschrift", Phase.WAITING, Actor.CITY, 3, True,
         "Die Urkunde wird gedruckt und unterschrieben.", "Unterschriebene Urkunde", True),
)  # fmt: skip

DEFAULT_CRITERIA = (
    Criterion("ansprechperson", "Es gibt eine feste Ansprechperson für Freiwillige", "Begleitung", True,
              "Name und Sprechzeiten sind bekannt; es gibt eine Vertretung.", "Aushang mit Foto am Eingang", True),
    Criterion("einarbeitung", "Neue werden eingearbeitet", "Begleitung", False,
              "Erstgespräch, Hospitation, Einweisung in Räume und Regeln.", "Checkliste für den ersten Tag", True),
    Criterion("aufgaben", "Aufgaben sind beschrieben und passen zu den Freiwilligen", "Rahmen", True,
              "Aufgaben, Zeiten und Grenzen sind vereinbart; niemand ersetzt bezahlte Arbeit.",
              "Kurze Vereinbarung, eine Seite", True),
    Criterion("versicherung", "Freiwillige sind versichert", "Rahmen", True,
              "Unfall- und Haftpflichtversicherung sind geklärt.", "Nachweis des Trägers", True),
    Criterion("auslagen", "Auslagen werden erstattet", "Rahmen", False,
              "Fahrtkosten und Material müssen nicht selbst bezahlt werden.", "Formular für Auslagen", True),
    Criterion("mitsprache", "Freiwillige reden mit", "Kultur", False,
              "Es gibt regelmäßige Treffen; Vorschläge werden aufgenommen.", "Halbjährliche Runde", True),
    Criterion("anerkennung", "Engagement wird anerkannt", "Kultur", False,
              "Dank, Feste, Bescheinigungen, Fortbildung.", "Sommerfest, Zeugnis", True),
    Criterion("vielfalt", "Die Einrichtung ist offen für verschiedene Menschen", "Kultur", False,
              "Zugänge, Sprache und Zeiten sind bedacht.", "Einsatz auch am Wochenende möglich", True),
)  # fmt: skip

DEFAULT = Procedure(DEFAULT_STEPS, DEFAULT_CRITERIA)
"""What an empty base begins with."""
