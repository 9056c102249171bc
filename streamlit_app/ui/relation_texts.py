"""The German words of the pages about relationships."""

from __future__ import annotations

from schemas.contacts.rules.key_persons import Risk
from schemas.contacts.rules.warmth import Step

LIST = "Worum es geht"
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
    "aufgaben": (
        "Offene Aufgaben",
        "Was Sie übernommen haben und was in den nächsten Tagen fällig wird oder schon war, zum Beispiel aus einer "
        "Sitzung. „Erledigt“ trägt heute ein. Neue Aufgaben legen Sie in NocoDB in der Tabelle „Aufgaben“ an.",
    ),
    "neu": (
        "Neu im Amt",
        "In einem Amt, das wir kennen, ist jemand neu. Stellen Sie sich vor, bevor Sie etwas brauchen.",
    ),
    "gegangen": (
        "Gegangen",
        "Diese Menschen haben ihre Funktion beendet. Ein Dank, und die Frage: Wer folgt nach?",
    ),
    "danken": (
        "Nie bedankt",
        "Wer in drei Jahren mehrmals gegeben hat, ohne einen Dank und ohne etwas von uns zu bekommen. Ein Brief oder "
        "Anruf genügt; „Bedankt“ trägt heute ein.",
    ),
    "pausiert": (
        "In Pause",
        "Hier wird bis zum genannten Tag nichts fällig.",
    ),
}
PLAN = "Planen"
PLAN_DUE = "Bis wann"
PLAN_WHAT = "Was"
PLAN_CALL = "Melden"
PLAN_WHO = "Wer von uns"
PLAN_SAVE = "Vormerken"
PLANNED = "Vorgemerkt"
PLAN_SAVED = "Vorgemerkt bis {day}. Es steht unter „Versprochene Schritte“, sobald es in dieser Woche fällig wird."
THANKED = "Bedankt"
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

MAP_VIEWS = {"karte": "Karte", "matrix": "Fachbereiche × Organisationen"}
MAP_VIEW = "Ansicht"
MAP_SEARCH = "Um wen herum?"
MAP_SEARCH_HINT = "Organisation oder Person: zwei Buchstaben genügen"
MAP_FIELD = "oder ein Engagementfeld"
MAP_STEPS = "Wie weit"
MAP_STEP_NAMES = {1: "1 Schritt", 2: "2 Schritte", 3: "3 Schritte"}
MAP_NOBODY = "Niemand gefunden. Prüfen Sie die Schreibweise."
MAP_START = (
    "Suchen Sie eine Organisation oder Person, oder wählen Sie ein Engagementfeld. Die Karte zeigt, wer mit wem "
    "verbunden ist; ein Klick auf einen Punkt geht dorthin."
)
MAP_ALONE = (
    "Von hier führt noch keine Verbindung weiter. Tragen Sie eine Funktion, eine Beziehung oder einen Kontakt ein."
)
MAP_LEFT_OUT = (
    "Die Karte zeigt die {shown} nächsten; {more} weitere haben keinen Platz. Gehen Sie einen Schritt weniger weit."
)
MAP_ALT = "Netz um {name}: {count} Punkte. Dieselben Angaben stehen in der Tabelle darunter."
MAP_TABLE = "Dieselben Verbindungen als Tabelle"
MAP_COLUMNS = {"name": "Name", "kind": "Was", "steps": "Schritte", "tie": "Verbunden durch", "day": "Zuletzt"}
NODE_KINDS = {
    "organisation": "Organisation", "person": "Person", "team_member": "Von uns", "field": "Engagementfeld",
}  # fmt: skip
MATRIX_FIGURES = (
    "**{bodies}** Organisationen sind mit **{departments}** Fachbereichen in Kontakt, **{one}** davon mit genau einem."
)
MATRIX_ONLY_ONE = "Nur mit genau einem Fachbereich"
MATRIX_NONE = (
    "Noch steht bei keiner Beziehung ein Fachbereich. Tragen Sie ihn in NocoDB in der Tabelle „Beziehungen“ ein; "
    "dann sehen Sie hier, wer mit wem Kontakt hat und wo Lücken sind."
)
MATRIX_CAPPED = "Gezeigt werden die {shown} Fachbereiche mit den meisten Verbindungen; die Excel-Datei enthält alle."
MATRIX_ALT = "Tabelle: je Organisation eine Zeile, je Fachbereich eine Spalte, darin seit wann oder wann zuletzt"
FORMERLY = "{name} (früher {former})"
MATRIX_FILE = "fachbereiche-organisationen-{day}.xlsx"
MATRIX_SHEET = "Fachbereiche"
MATRIX_YES = "ja"

TAB_BOND = "Verbindung"
BOND_MAP = "Auf der Netzwerkkarte"
BOND_STEPS = {
    Step.CLOSE: "eng", Step.WARM: "warm", Step.MILD: "lau", Step.COOL: "kühl", Step.COLD: "kalt",
    Step.NEVER: "noch kein Kontakt",
}  # fmt: skip
BOND_WARMTH = "Wärme: **{step}** ({points} Punkte)"
BOND_WHY = "Wie diese Zahl zustande kommt"
BOND_FORMULA = (
    "Jeder Kontakt zählt nach seiner Art ({weights}) und verliert alle {days} Tage die Hälfte. Die Summe ergibt die "
    "Stufe: ab 2 eng, ab 1 warm, ab 0,5 lau, ab 0,1 kühl, darunter kalt. Gewichte und Tage sind eine Annahme; sie "
    "stehen in `.env`."
)
BOND_COLUMNS = ["Datum", "Art", "Von uns", "Zählt heute", "In NocoDB"]
BOND_MORE = "und {count} weitere, die weniger zählen"
BOND_KNOWN = "Wer von uns in Kontakt ist"
BOND_NOBODY = "In den letzten {years} Jahren niemand."
BOND_KNOWS = "- {name}: zuletzt {day}, {times} Mal in zwei Jahren"
BOND_GIFTS = "Gegeben und bekommen"
BOND_YEARS = ["Jahr", "Von ihnen gegeben", "Von uns bekommen"]

HAND_ADVICE = (
    "Geht jemand von uns, bleibt hier nichts liegen: alle Beziehungen, versprochenen Schritte, offenen Aufgaben und "
    "Veranstaltungen bekommen neue Zuständige. Was schon erledigt oder vorbei ist, behält seinen Namen."
)
HAND_WHO = "Wer geht?"
HAND_WHO_HINT = "Bitte wählen"
HAND_ALL_TO = "Alles übernimmt (einzelne Zeilen können Sie unten ändern)"
HAND_COLUMNS = ["Was", "Bei wem", "Worum es geht", "Fällig", "Übernimmt"]
HAND_KINDS = {
    "relationship": "Beziehung", "interaction": "Nächster Schritt", "task": "Aufgabe", "event": "Veranstaltung",
}  # fmt: skip
HAND_NOBODY = "(bleibt)"
HAND_COUNT = "**{count}** Einträge liegen noch bei dieser Person."
HAND_DO = "{count} Einträge übergeben"
HAND_RUNS = "Übergabe läuft …"
HAND_NOTHING = "Bei dieser Person liegt nichts mehr."
HAND_ALONE = "Es gibt niemanden, der übernehmen könnte. Tragen Sie in NocoDB in der Tabelle „Team“ jemanden ein."
HANDED_ONE = "Ein Eintrag ist übergeben. Es dauert einen Moment, bis Sie es überall sehen."
HANDED = "{moved} Einträge sind übergeben. Es dauert einen Moment, bis Sie es überall sehen."
HANDED_LEFT = "{left} Einträge hat inzwischen jemand geändert; sie bleiben, wie sie sind."
HANDED_BACK = "Zurückgenommen: {count} Einträge liegen wieder bei der alten Person."

QUICK = "Schnell eintragen"
QUICK_HINT = "gestern Telefonat mit Frau Beispiel wegen der Messe, bis Freitag Unterlagen schicken"
QUICK_HELP = "Wann, wie, mit wem, worum es ging. Was fehlt, fragen wir nach; gespeichert wird erst mit dem Knopf."
QUICK_DAY = "Wann"
QUICK_KIND = "Wie"
QUICK_WHO = "Mit wem"
QUICK_WHO_ASK = "„{who}“ passt auf mehrere. Wer ist gemeint?"
QUICK_WHO_MEANT = "„{who}“ steht so nicht da. Meinen Sie …?"
QUICK_WHO_NONE = "„{who}“ ist nicht zu finden."
QUICK_WHO_TOO = "Auch dabei"
QUICK_WHO_LEFT_OUT = "Nicht eintragen"
QUICK_WHO_TOLD_TOO = "auch dabei: {who}"
QUICK_NEW = "„{who}“ neu anlegen"
QUICK_NEW_BODY = "Oder als Organisation"
QUICK_NEW_BODY_NAME = "Name der Organisation"
QUICK_NEW_BODY_SAVE = "Organisation anlegen und wählen"
QUICK_WHO_MISSING = "Mit wem? Schreiben Sie zum Beispiel „mit Frau Beispiel“."
QUICK_ABOUT = "Worum ging es?"
QUICK_STEP = "Nächster Schritt"
QUICK_STEP_DUE = "Bis wann"
QUICK_SAVE = "Eintragen"
QUICK_NOT_OF_TEAM = (
    "„Von uns“ bleibt leer: Ihre E-Mail-Adresse steht nicht in der Tabelle „Team“. Tragen Sie sie dort ein."
)
QUICK_SAVED = "Eingetragen bei {name}."
QUICK_INCOMPLETE = "Bitte ergänzen Sie: {missing}."
