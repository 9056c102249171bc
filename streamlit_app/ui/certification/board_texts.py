"""German words of the tabs *Tafel* and *Kalender*, and of the rows behind their figures."""

from __future__ import annotations

from schemas.certification.choices import Actor
from schemas.certification.rules.calendar import Chance

LISTS = {
    "alle": "Alle Einrichtungen dieser Runde",
    "laufende": "Unterwegs",
    "wartet": "Empfohlen – wartet auf Messe",
    "liegt": "Liegt lange",
    "fehlt": "Schritte fehlen",
    "karte": "Karte liegt anders als die Nachweise",
    "koordination": "Koordination fehlt",
    "ruht": "Ruht",
    "aus": "Ausgeschieden",
}
KPI = {
    "alle": "Einrichtungen",
    "laufende": "unterwegs",
    "liegt": "liegen lange",
    "karte": "Karte prüfen",
    "koordination": "Koordination fehlt",
    "wartet": "warten auf Messe",
}
KPI_HELP = {
    "alle": "Alle Einrichtungen dieser Runde, auch die, die ausgeschieden sind",
    "laufende": "Weder verliehen noch ausgeschieden, und sie ruhen nicht",
    "liegt": "Der nächste Schritt ist acht Wochen länger offen als üblich.",
    "karte": "Die Karte liegt in einer anderen Phase, als die Nachweise sagen.",
    "koordination": "Niemand ist benannt, oder die Person arbeitet dort nicht mehr.",
    "wartet": "Entschieden und empfohlen; das Siegel gibt es auf der Messe.",
}
SHOW_LIST = "Anzeigen"
CLOSE = "Schließen"
LIST_EMPTY = "Zurzeit steht hier niemand."
STAGE_LIST = "Erreicht: {stage}"
PHASE_LIST = "Phase: {phase}"
ACTOR_LIST = "Dran: {actor}"
CHANCE_LIST = "Aussicht: {chance}"

COLUMNS = (
    "Einrichtung", "Phase", "Nächster Schritt", "Wer ist dran", "Tage im Schritt", "Es fehlt", "Koordination",
    "Hinweis",
)  # fmt: skip
HINT_CARD = "Karte gehört nach „{phase}“"
HINT_STALE = "liegt lange"
HINT_NOBODY = "keine Koordination benannt"
HINT_GONE = "Koordination arbeitet dort nicht mehr"
HINT_PAUSED = "ruht bis {day}"
HINT_PAUSED_OPEN = "ruht ohne Tag"

ACTORS = {
    Actor.PLACEMENT: "Einrichtung",
    Actor.AGENCY: "Freiwilligenagentur",
    Actor.REVIEWER: "Gutachter:in",
    Actor.NETWORK: "Netzwerk",
    Actor.CITY: "Stadt",
}
WHO = "Wer ist dran?"
EVERYBODY = "Alle"
FORM = "Ansicht"
FORMS = {"tafel": "Tafel", "tabelle": "Tabelle"}
DAYS = "seit {days} Tagen"
ONE_DAY = "seit 1 Tag"
TODAY = "seit heute"
DECISION_DUE = "Entscheidung"
HANDOVER = "Übergabe auf der Messe"
MORE = "{count} weitere"
COLUMN_EMPTY = "niemand"
ENDS = "Nicht auf der Tafel"
EMPTY_TITLE = "Noch keine Einrichtung in dieser Runde"
EMPTY_TEXT = (
    "Nehmen Sie auf, wer mitmacht: aus der Gästeliste des Seminars oder aus den Organisationen. Danach steht hier zu "
    "jeder Einrichtung, was als Nächstes kommt und wer dran ist."
)
NOBODY_LEFT = "Für diese Auswahl ist niemand dran."
FUNNEL = "Wie weit sie sind"

CHANCES = {
    Chance.LATE: "schafft es nicht",
    Chance.TIGHT: "knapp",
    Chance.EASY: "schafft es",
    Chance.DONE: "fertig",
    Chance.UNKNOWN: "offen",
}
CHANCE_HELP = {
    Chance.LATE: "Mit den üblichen Dauern wäre die Einrichtung erst nach dem Druckschluss fertig.",
    Chance.TIGHT: "Es bleibt weniger als ein Viertel der Zeit als Puffer.",
    Chance.EASY: "Mit den üblichen Dauern reicht die Zeit.",
    Chance.DONE: "Alle Schritte sind erledigt oder das Siegel ist verliehen.",
    Chance.UNKNOWN: "Ausgeschieden, oder die Runde hat noch keine Verleihung.",
}
NO_AWARD_TITLE = "Diese Runde hat noch keine Verleihung"
NO_AWARD_TEXT = (
    "Verbinden Sie über „Bearbeiten“ die Engagementmesse (oder eine andere Veranstaltung mit Termin). Dann sagt der "
    "Kalender, wer es bis dahin noch schafft."
)
FAIR = (
    "**{name}** am {day}: noch {weeks} Wochen. Bis zum **{deadline}** muss alles erledigt sein (Druck und "
    "Unterschrift)."
)
FAIR_PAST = "**{name}** war am {day}."
METHOD = (
    "Gerechnet wird mit der üblichen Dauer der Schritte, die noch fehlen, und mit {days} Arbeitstagen für Druck und "
    "Unterschrift. Feiertage in Sachsen-Anhalt sind berücksichtigt."
)
CALENDAR_COLUMNS = (
    "Einrichtung", "Aussicht", "Nächster Schritt", "Wer ist dran", "Fertig etwa am", "Spätestens weiter am",
    "Noch Wochen", "Phase", "Hinweis",
)  # fmt: skip
CHART_ALT = "Wann die Einrichtungen fertig wären, gegen den Druckschluss am {deadline}: {told}."
CHART_MORE = "Die Zeichnung zeigt die {shown}, die zuerst an der Reihe sind; die Tabelle zeigt alle."
CHART_END = "Druckschluss"
WAITING = "Empfohlen – wartet auf Messe"
WAITING_NONE = "Noch niemand."

SEATS = "Plätze im Seminar"
SEATS_TEXT = "Der Platz gehört der Person, das Siegel der Einrichtung."
SEATS_NONE = "Diese Runde hat noch kein Seminar. Verbinden Sie eines über „Bearbeiten“."
SEATS_FIGURES = {
    "plaetze": "Plätze",
    "vergeben": "vergeben",
    "da": "waren da",
    "mit": "Koordinationen mit Platz",
    "ohne": "Einrichtungen ohne Platz",
    "fremd": "Gäste ohne Einrichtung in dieser Runde",
}
NO_LIMIT = "ohne Grenze"
SEATS_LISTS = {
    "platz-mit": "Koordination hat einen Platz im Seminar",
    "platz-ohne": "Koordination hat keinen Platz im Seminar",
    "platz-gaeste": "Wer einen Platz im Seminar hat",
    "platz-da": "Wer im Seminar war",
    "platz-fremd": "Gäste des Seminars ohne Einrichtung in dieser Runde",
}
GUEST_COLUMNS = ("Person", "Für", "War da")
YES = "ja"
TO_SEMINAR = "Zur Gästeliste des Seminars"
