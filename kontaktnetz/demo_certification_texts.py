"""The words of the demo certification, and where each placement stands; everything is invented."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.certification.choices import Phase

OLD_SEMINAR = "Seminar „Freiwillige gewinnen und begleiten“ (vorige Runde)"
SEMINAR_ROUND = "Seminar „Freiwillige gewinnen und begleiten“ (laufende Runde)"
COORDINATION = "Freiwilligenkoordination"
REVOKED = "Die Einrichtung begleitet keine Freiwilligen mehr."
PAUSE = "Umbau, das Team ist bis zum Sommer auf zwei Häuser verteilt"
WITHDRAWN = "Zieht zurück: Die Stelle für Koordination ist nicht besetzt."
DECISION = (
    "Das Netzwerk verleiht das Gütesiegel. Die Empfehlungen des Berichts werden in zwei Jahren gemeinsam angesehen."
)
RECUSED = "Ein Sitz gehört dem Träger der Einrichtung an und wirkte nicht mit."
DESCRIPTION = (
    "{name} ist ein offenes Haus mit rund zwanzig Freiwilligen. Sie übernehmen eigene Aufgaben, haben feste "
    "Ansprechzeiten und einen Platz in der Teamrunde."
)
STRENGTHS = "Verlässliche Einarbeitung; jede Aufgabe ist auf einer Seite beschrieben; Dank gehört zum Alltag."
RECOMMENDATIONS = "Eine Vertretung für die Ansprechperson benennen; Auslagen ohne Nachfrage erstatten."
CONCLUSION = "Wir empfehlen, das Gütesiegel ohne Vorbehalt zu verleihen."
PROOF = "Liegt vor, Ordner Zertifizierung"
SAID = ("Aushang am Eingang", "Steht in der Vereinbarung", "Wird beim Erstgespräch gesagt", "Halbjährliche Runde")
SEEN = ("Im Gespräch bestätigt.", "Freiwillige kannten die Regel nicht.", "Vorbildlich.", "Noch im Aufbau.")


@dataclass(frozen=True, slots=True)
class Way:
    """How far a placement of the running round has come.

    ``done`` counts the required steps that are recorded, the last one ``ago`` days before today; ``rated`` and
    ``reviewed`` count criteria. The report is ``drafted`` or also ``signed``; ``decided`` is for the seal.
    """

    key: str
    phase: Phase
    done: int
    ago: int
    rated: int = 0
    reviewed: int = 0
    drafted: bool = False
    signed: bool = False
    decided: bool = False


WAYS = (
    Way("nachzuegler", Phase.SEMINAR, 1, 24),
    Way("fragebogen-leer", Phase.TEAM, 2, 150),
    Way("fragebogen-halb", Phase.TEAM, 2, 61, rated=5),
    Way("besuch", Phase.REVIEW, 3, 20, rated=8),
    Way("gutachten", Phase.REVIEW, 4, 12, rated=8, reviewed=8, drafted=True),
    Way("koordination-weg", Phase.REVIEW, 3, 31, rated=8, reviewed=3),
    Way("zu-entscheiden", Phase.DECISION, 5, 16, rated=8, reviewed=8, drafted=True, signed=True),
    Way("naechste-sitzung", Phase.DECISION, 5, 34, rated=8, reviewed=8, drafted=True, signed=True),
    Way("vorgezogen", Phase.DECISION, 3, 9, rated=8, reviewed=4),
    Way("wartet", Phase.WAITING, 6, 40, rated=8, reviewed=8, drafted=True, signed=True, decided=True),
    Way("neu-entschieden", Phase.WAITING, 6, 13, rated=8, reviewed=8, drafted=True, signed=True, decided=True),
    Way("wartet-fertig", Phase.WAITING, 7, 18, rated=8, reviewed=8, drafted=True, signed=True, decided=True),
    Way("ruht", Phase.PAUSED, 2, 45, rated=2),
    Way("zurueckgezogen", Phase.WITHDRAWN, 2, 80),
)
"""The running round: each situation that the pages tell apart once. "vorgezogen" was dragged ahead on the board."""
