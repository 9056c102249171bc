"""German words of the page *Zertifizierung*: the tabs, the list of rounds, the heads. The tabs bring their own."""

from __future__ import annotations

from streamlit_app.ui.certification import chosen

SECTION = "Zertifizierung"
PAGE = "Zertifizierung"

TAB = "Teil"
TABS = {
    chosen.ROUNDS: "Runden",
    chosen.SEALS: "Siegel",
    chosen.PROCEDURE: "Verfahren",
    chosen.BOARD: "Tafel",
    chosen.CALENDAR: "Kalender",
    chosen.AWARDING: "Verleihung",
    chosen.STEPS: "Verlauf",
    chosen.ASSESSMENT: "Einschätzung",
    chosen.REPORT: "Bericht",
    chosen.DECISION: "Entscheidung",
}

BACK = "Alle Runden"
BACK_TO_ROUND = "Zur Runde „{name}“"
IN_NOCODB = "In NocoDB öffnen"
ROUND_GONE = "Diese Runde gibt es nicht (mehr). Vielleicht wurde sie in NocoDB gelöscht."
CASE_GONE = "Diesen Fall gibt es nicht (mehr). Vielleicht wurde er in NocoDB gelöscht."
NAMELESS = "(ohne Namen)"
