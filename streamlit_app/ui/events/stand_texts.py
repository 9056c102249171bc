"""German words of the tab *Stände* and of name badges."""

EMPTY_TITLE = "Noch kein Stand"
EMPTY_TEXT = (
    "Tragen Sie Aussteller in NocoDB in die Tabelle „Stände“ ein: Aussteller, Tische, Stühle, Strom und Wünsche. Am "
    "schnellsten geht es mit dem Formular „Stand anmelden“ dort. Hier entstehen daraus Nummern, Plan und Listen."
)
NOT_A_FAIR = "Stände gibt es meist nur bei Messen. Brauchen Sie keine, lassen Sie diesen Teil einfach leer."
TO_TABLE = "Stände in NocoDB"
FIGURES = ("Stände", "bestätigt", "angefragt", "auf der Warteliste", "Tische", "Stühle", "mit Strom", "Parkplätze")
COLUMNS = (
    "Nr.", "Aussteller", "Bereich", "Reihe", "Platz", "Tische", "Stühle", "Strom", "Parkplätze", "Wünsche", "Stand",
    "Ansprechperson", "Telefon",
)  # fmt: skip
YES = "ja"
TITLE = "Alle Stände"
NUMBER = "Nummern vergeben ({count})"
NUMBER_HELP = (
    "Jeder Stand ohne Nummer bekommt die nächste freie, nach Bereich, Reihe und Platz. Vorhandene Nummern bleiben."
)
NUMBERED = "{count} Stände haben jetzt eine Nummer."
MISSED = "{count} hat gerade jemand anderes geändert."
UNDO = "Rückgängig"
UNDONE = "{count} Nummern zurückgenommen."
PLAN = "Standplan (PDF)"
LIST = "Ausstellerliste (PDF)"
PLAN_HINT = (
    "Wo ein Stand steht, sagen „Bereich“, „Reihe“ und „Platz in der Reihe“ in NocoDB. Wer dort nichts stehen hat, "
    "kommt auf dem Plan in die Reihen dahinter."
)
PROBLEMS = "{count} Angaben passen nicht zusammen"
PROBLEM_COLUMNS = ("Stand", "Was nicht passt")
NAMELESS = "(ohne Namen)"
VIEWER = "Zum Vergeben von Nummern brauchen Sie in NocoDB die Rolle Editor."

BADGES = "Namensschilder"
BADGES_TEXT = (
    "Für alle, die zugesagt haben oder schon da sind, mit Vertretung und Begleitung, wenn ihr Name bekannt ist. Zehn "
    "auf einem Blatt A4, 85 × 54 mm; der Code wird am Einlass gelesen."
)
BADGES_NONE = "Noch hat niemand zugesagt."
BADGES_CUT = (
    "Zu lang für ein Schild, es endet mit „…“: {names}. Kürzen Sie Name oder Organisation in NocoDB so, wie es auf dem "
    "Schild stehen soll."
)
BADGES_SMALL = (
    "Lange Namen werden klein gesetzt und sind am Einlass schwer zu lesen: {names}. Sehen Sie die Schilder nach dem "
    "Setzen an; kürzer wird es, wenn Sie Name oder Organisation in NocoDB kürzen."
)
BADGES_MORE = " und {count} weitere"
BADGES_MAKE = "Schilder setzen ({count})"
BADGES_RUN = "Die Schilder werden gesetzt …"
BADGES_PDF = "Namensschilder drucken (PDF)"
