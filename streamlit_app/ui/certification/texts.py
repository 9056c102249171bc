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

UNDO = "Rückgängig"
UNDONE = "Zurückgenommen."
BUSY = "Jemand war eben schneller; geschrieben wurde nichts. Bitte sehen Sie sich den neuen Stand an."

BACK = "Alle Runden"
BACK_TO_ROUND = "Zur Runde „{name}“"
IN_NOCODB = "In NocoDB öffnen"
ROUND_GONE = "Diese Runde gibt es nicht (mehr). Vielleicht wurde sie in NocoDB gelöscht."
CASE_GONE = "Diesen Fall gibt es nicht (mehr). Vielleicht wurde er in NocoDB gelöscht."
NAMELESS = "(ohne Namen)"

EMPTY_TITLE = "Noch keine Runde"
EMPTY_TEXT = (
    "Eine Runde reicht vom Herbstseminar bis zur Übergabe der Siegel auf der Engagementmesse. Legen Sie die erste an: "
    "Das Siegeljahr genügt, Seminar und Messe verbinden Sie, sobald es sie gibt. Danach nehmen Sie Einrichtungen auf, "
    "und diese Seite sagt zu jeder, wer als Nächstes dran ist."
)
EMPTY_PROCEDURE = "Wie das Verfahren abläuft, steht im Teil „Verfahren“ und lässt sich in NocoDB ändern."

SEMINAR_ON = "Seminar {day}"
AWARD_ON = "Verleihung {day}"
NO_SEMINAR = "noch kein Seminar"
NO_AWARD = "noch keine Verleihung"
NO_CASES = "noch keine Einrichtung"
STAGES = {
    "dabei": "dabei",
    "seminar": "Seminar",
    "selbsteinschaetzung": "Selbsteinschätzung",
    "begutachtung": "begutachtet",
    "entschieden": "entschieden",
    "verliehen": "Siegel",
}
"""The stages of the funnel; who got further counts in the stages before as well."""
WAITING = ("1 wartet auf die Messe", "{count} warten auf die Messe")
RESTING = ("1 ruht", "{count} ruhen")
OUT = ("1 ausgeschieden", "{count} ausgeschieden")
FUNNEL_HELP = "Wer weiter ist, zählt in den Stufen davor mit. Ein Klick auf eine Zahl zeigt, wer dahintersteht."

SIGNS = "Unterschrift: {office}"
DECIDES = "Entscheidet: {body}"
COORDINATOR = "Koordination: {name}"
COORDINATOR_NOBODY = "noch niemand benannt"
COORDINATOR_GONE = "arbeitet dort nicht mehr"
TO_PLACE = "Zur Einrichtung"
NO_PLACE = "Diese Zertifizierung ist mit keiner Einrichtung verbunden. Verbinden Sie sie in NocoDB."
NO_ROUND = (
    "Diese Zertifizierung gehört zu keiner Runde. Verbinden Sie sie in NocoDB mit einer, dann geht es hier weiter."
)
SEAL = "Siegel {year} · Nr. {number}"
PAUSED_UNTIL = "ruht bis {day}: {reason}"
