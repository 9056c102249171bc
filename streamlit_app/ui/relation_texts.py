"""The German words of the pages about relationships."""

from __future__ import annotations

from schemas.contacts.rules.key_persons import Risk

LIST = "Was heute dran ist"
LISTS = {
    "ueberfaellig": (
        "Rhythmus überschritten",
        "Der längste Abstand ist vorbei, gerechnet vom letzten Kontakt mit irgendwem von uns. "
        "Melden Sie sich, oder machen Sie eine Pause.",
    ),
    "bald": (
        "Bald wieder melden",
        "Der ideale Abstand ist erreicht. Ein kurzer Anruf jetzt hält die Verbindung warm.",
    ),
    "schritte": (
        "Versprochene Schritte",
        "Was Sie jemandem zugesagt haben und was in den nächsten Tagen fällig wird oder schon war.",
    ),
    "neu": (
        "Neu im Amt",
        "In einem Amt, das wir kennen, ist jemand neu. Stellen Sie sich vor, bevor Sie etwas brauchen.",
    ),
    "gegangen": (
        "Gegangen",
        "Diese Menschen haben ihre Funktion beendet. Ein Dank, und die Frage: Wer folgt nach?",
    ),
    "pausiert": (
        "In Pause",
        "Hier wird bis zum genannten Tag nichts fällig.",
    ),
}
WHO = "Wessen Kontakte"
EVERYBODY = "Alle"
NOTHING = "Hier ist heute nichts zu tun."
NO_RHYTHM = (
    "Noch hat keine Beziehung einen Rhythmus. Tragen Sie in NocoDB in der Tabelle „Beziehungen“ bei „Rhythmus (Tage)“ "
    "ein, nach wie vielen Tagen Sie sich spätestens wieder melden möchten; dann steht hier, wer dran ist."
)
LATE = "seit {days} Tagen überfällig"
LATE_ONE = "seit gestern überfällig"
DUE = "fällig am {day}"
GOOD_FROM = "gut ab {day}"
UNTIL = "Pause bis {day}"
SINCE = "seit {day}"
ENDED = "bis {day}"
LAST = "zuletzt {day}"
NEVER = "noch kein Kontakt"
BY = "von uns: {name}"
WITHOUT = "(ohne Namen)"
LOG = "Kontakt eintragen"
PAUSE = "Pause"
PAUSE_UNTIL = "Bis wann"
PAUSE_REASON = "Warum (für die anderen im Team)"
PAUSE_SAVE = "Pause eintragen"
PAUSE_END = "Pause beenden"
HAND_OVER = "Abgeben"
HAND_OVER_TO = "An wen"
HAND_OVER_SAVE = "Abgeben"
DONE = "Erledigt"
IN_NOCODB = "In NocoDB"
SAVED = "Gespeichert."
UNDO = "Rückgängig"
UNDONE = "Zurückgenommen."
BUSY = "Jemand hat diese Zeile eben schon geändert. Sie sehen jetzt den neuen Stand."
VIEWER = "Sie dürfen lesen. Eintragen können alle, die in NocoDB Einträge bearbeiten dürfen."

RISK_LIST = "Was an einer Person hängt"
RISKS = {
    Risk.ONE_OF_US: (
        "Nur eine von uns kennt sie",
        "In den letzten zwei Jahren hatte nur eine Person von uns Kontakt. Nehmen Sie beim nächsten Mal jemanden mit.",
    ),
    Risk.ONE_OF_THEM: (
        "Wir kennen dort nur eine Person",
        "Geht sie, ist die Verbindung weg. Fragen Sie nach einer Vertretung.",
    ),
    Risk.ONE_IN_DEPARTMENT: (
        "Fachbereich über eine Person",
        "Diesen Teil der Verwaltung kennen wir nur über eine Person.",
    ),
    Risk.NOBODY_NAMED: (
        "Niemand benannt",
        "Hier steht keine einzige Ansprechperson. Auf der Webseite nachsehen oder anrufen.",
    ),
    Risk.HOLDER_LEAVES: (
        "Wechsel im Amt",
        "Die Inhaberin oder der Inhaber geht bald, oder ist seit Kurzem neu.",
    ),
    Risk.OFFICE_WITHOUT_HOLDER: (
        "Amt nicht besetzt",
        "Für dieses Amt ist niemand eingetragen. Wer hat es heute inne?",
    ),
}
RISK_NOTHING = "Hier hängt nichts an einer einzigen Person."
RISK_COLUMNS = {
    "organisation": "Organisation", "person": "Person dort", "member": "Von uns", "office": "Amt",
    "second": "Zweiter Kontakt", "open": "Ansehen", "link": "In NocoDB",
}  # fmt: skip
SECOND_NEAR = "{name} (dort, noch kein Kontakt)"
SECOND_FAR = "{name} (kennen wir über {via})"
SECOND_NONE = "niemand bekannt; fragen Sie dort nach"
RISK_FILE = "schluesselpersonen-{name}-{day}.xlsx"
RISK_CAPPED = "Gezeigt werden die ersten {shown} von {total}; die Excel-Datei enthält alle."
