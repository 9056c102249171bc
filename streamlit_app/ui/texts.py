"""Every German sentence of the dashboards, in one place."""

APP = "Kontaktnetz"

# --- door
SIGN_IN_TITLE = "Anmelden"
SIGN_IN_INTRO = "Mit demselben Konto, mit dem Sie in NocoDB arbeiten."
SIGN_IN_EMAIL = "E-Mail-Adresse"
SIGN_IN_PASSWORD = "Kennwort"  # noqa: S105 - a label
SIGN_IN_BUTTON = "Anmelden"
SIGN_IN_HELP = "Kennwort vergessen? Wer Ihre NocoDB-Base verwaltet, kann Ihnen ein neues geben."
SIGN_IN_WAIT = "Das waren mehrere Versuche kurz hintereinander. Bitte warten Sie {seconds} Sekunden."
FORM_TOO_OLD = "Das Formular war zu lange offen. Bitte melden Sie sich noch einmal an."
NO_ROLE = (
    "Ihr Konto hat in der Base Kontaktnetz noch keine Rechte. "
    "Bitten Sie die Person, die sie verwaltet, um eine Einladung."
)
SIGNED_OUT = "Sie sind abgemeldet. Bis bald!"
SIGN_OUT_TITLE = "Abmelden?"
SIGN_OUT_INTRO = (
    "Sie sind als {email} angemeldet. Mit dem Abmelden enden auch Ihre Anmeldungen in NocoDB und auf anderen Geräten."
)
SIGN_OUT_BUTTON = "Jetzt abmelden"
SIGN_OUT_BACK = "Angemeldet bleiben"
UNKNOWN_PAGE = "Diese Seite gibt es nicht."
UNKNOWN_PAGE_HINT = (
    "Vielleicht ist die Adresse nicht vollständig, oder sie hat einen Tippfehler. Alle Seiten erreichen Sie über das "
    "Menü der Übersicht."
)
UNKNOWN_PAGE_BACK = "Zur Übersicht"
SESSION_OVER = "Ihre Anmeldung ist abgelaufen."
SESSION_OVER_LINK = "Neu anmelden"
SCRIPT_ERROR = (
    "Hier ist etwas schiefgegangen. Bitte laden Sie die Seite neu. "
    "Bleibt der Fehler, steht Näheres im Protokoll des Dashboards."
)

# --- frame around every page
PAGE_OVERVIEW = "Übersicht"
PAGE_CONTACTS = "Organisationen & Personen"
PAGE_QUALITY = "Datenqualität"
SECTION_CONTACTS = "Kontakte"
SECTION_RELATIONS = "Beziehungen"
SECTION_BEHIND = "Technik"
PAGE_RELATIONS = "Was heute dran ist"
PAGE_KEY_PERSONS = "Schlüsselpersonen"
PAGE_HANDOVER = "Übergabe"
PAGE_RUNS = "Laufbuch"
PAGE_NETWORK = "Netzwerkkarte"
ACCOUNT = "Konto"
OPEN_NOCODB = "NocoDB öffnen"
SIGN_OUT = "Abmelden"
ROLES = {
    "owner": "Verwaltung: Sie dürfen alles ändern.",
    "creator": "Gestaltung: Sie dürfen Einträge und Tabellen ändern.",
    "editor": "Bearbeitung: Sie dürfen Einträge ändern.",
    "commenter": "Kommentieren: Sie dürfen lesen und kommentieren.",
    "viewer": "Lesen: Sie dürfen alles sehen, aber nichts ändern.",
}
AGE = "Stand: {when}"
AGE_TODAY = "heute, {clock} Uhr"
AGE_NONE = "Noch kein Stand vorhanden"
REFRESH = "Aktualisieren"
REFRESH_HELP = "Holt den neuesten Stand aus NocoDB. Das geschieht auch von selbst alle fünf Minuten."
REFRESHING = "Wird aktualisiert …"
REFRESH_OFF = "Der Stand wird hier nicht von selbst aufgefrischt. Bitte starten Sie `kontaktnetz dashboard`."
DOWN = "NocoDB ist seit {since} Uhr nicht erreichbar; Sie sehen den Stand von {taken}."
DOWN_EMPTY = "NocoDB ist seit {since} Uhr nicht erreichbar, und es gibt noch keinen gespeicherten Stand."
DOWN_HINT = "Ansehen und suchen geht weiter, Eintragen erst wieder, wenn NocoDB antwortet."
AHEAD = (
    "Dieser Stand trägt eine Zeit, die noch nicht war: {taken}; nach diesem Rechner ist es {now}. "
    "Bitte prüfen Sie seine Uhr. Der nächste Abgleich berichtigt die Zeit."
)
OLD = "Dieser Stand ist älter als üblich: {taken}. Bitte prüfen Sie, ob `kontaktnetz dashboard` noch läuft."

# --- empty base
EMPTY_TITLE = "Noch keine Kontakte"
EMPTY_INTRO = "Sobald die ersten Organisationen und Personen in der Base stehen, sehen Sie hier Zahlen und Listen."
EMPTY_STEPS = (
    "**Beispieldaten ansehen:** in der Konsole `make demo` ausführen.",
    "**Eine Liste einlesen:** erst `kontaktnetz sync plan DATEI --profile NAME`, dann `kontaktnetz sync apply …`.",
    "**Von Hand beginnen:** in NocoDB die Tabelle „Organisationen“ öffnen und die erste Zeile ausfüllen.",
)
EMPTY_THEN = "Danach hier auf „Aktualisieren“ klicken."

# --- overview
FIGURE_ORGANISATIONS = "Organisationen"
FIGURE_PERSONS = "Personen"
FIGURE_FUNCTIONS = "Aktuelle Funktionen"
FIGURE_RECENT = "Kontakte in {days} Tagen"
FIGURE_RELATIONSHIPS = "Beziehungen"
SHOW = "Ansehen"
SPHERES = "Organisationen nach Bereich:"
WITHOUT_KIND = "ohne Art"
ATTENTION = "Was Aufmerksamkeit braucht"
ATTENTION_NONE = "Alles in Ordnung. Nichts ist überfällig und nichts fehlt."
ATTENTION_ITEMS = {
    "ueberfaellig": ("Nächste Schritte sind überfällig", "Erledigen oder einen neuen Termin setzen"),
    "kalt": ("Organisationen ohne Kontakt seit einem Jahr", "Anrufen oder schreiben, bevor die Verbindung abreißt"),
    "nie": ("Organisationen noch ohne jeden Kontakt", "Vorstellen, wenn es passt"),
    "ohne-funktion": ("Personen ohne Funktion", "Eintragen, wo die Person tätig ist"),
    "unerreichbar": ("Organisationen ohne Telefon und E-Mail", "Nachsehen und ergänzen"),
    "anrede": ("Personen mit unklarer Anrede", "Nachfragen statt raten"),
}
CHART = "Kontakte je Monat"
CHART_NONE = "In den letzten 13 Monaten ist kein Kontakt eingetragen."
CHART_ALT = "Balkendiagramm: Kontakte je Monat nach Art, {first} bis {last}, zusammen {total}. Stärkster Monat {top}."
MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
ROWS_TITLES = {
    "kontakte-30": "Kontakte der letzten 30 Tage",
    "kontakte-90": "Kontakte der letzten 90 Tage",
    "funktionen": "Aktuelle Funktionen",
    "beziehungen": "Beziehungen",
    "ueberfaellig": "Überfällige nächste Schritte",
    "offen": "Offene nächste Schritte",
}
CLOSE = "Schließen"
ROWS_CAPPED = "Gezeigt werden die ersten {shown} von {total}. Alle stehen in NocoDB."
COLUMN_LINK = "NocoDB"
OPEN_ROW = "Öffnen"
IN_NOCODB_SHORT = "in NocoDB"

# --- organisations and persons
SEARCH = "Suchen"
SEARCH_HINT = "Name, Kurzname, E-Mail, Telefon oder Stadtteil – zwei Buchstaben genügen"
SHOW_KINDS = {"organisation": "Organisationen", "person": "Personen"}
FILTER_SHOW = "Zeigen"
FILTER_SPHERE = "Bereich"
FILTER_KIND = "Art"
FILTER_FIELD = "Engagementfeld"
FILTER_DISTRICT = "Stadtteil"
FILTER_LIST = "Zu tun"
ANY = {"sphere": "Alle Bereiche", "kind": "Alle Arten", "engagement": "Alle Engagementfelder",
       "district": "Alle Stadtteile", "listing": "Ohne Auswahl"}  # fmt: skip
FILTERS_MORE = "Weitere Filter"
FILTERS_MORE_ACTIVE = "Weitere Filter ({count})"
FILTERS_CLEAR = "Filter löschen"
HITS = "{count} gefunden"
NO_HITS = "Nichts gefunden."
NO_HITS_HINT = "Versuchen Sie weniger Buchstaben, oder löschen Sie die Filter."
LIST_NAME = "Ergebnis als"
LIST_AS = {"liste": "Liste", "tabelle": "Tabelle"}
EXPORT = "Excel"
EXPORT_HELP = "Lädt alle gefundenen Einträge als Excel-Datei herunter."
TABLE_HINT = "Zeile links anklicken, um Einzelheiten zu sehen."
CHOOSE = "Wählen Sie einen Eintrag."
CHOOSE_HINT = "Hier erscheinen dann Stammdaten, Funktionen, Kontaktverlauf und Beziehungen."
GONE = "Diesen Eintrag gibt es nicht (mehr)."
CLOSE_DETAIL = "Auswahl aufheben"
COLUMNS = {
    "type": "Was", "name": "Name", "note": "Art, Ort oder Funktion", "sphere": "Bereich", "kind": "Art",
    "fields": "Engagementfelder", "district": "Stadtteil", "phone": "Telefon", "mail": "E-Mail",
    "last_contact": "Letzter Kontakt", "link": "In NocoDB",
}  # fmt: skip
TYPE_NAMES = {"organisation": "Organisation", "person": "Person"}
NEVER = "noch kein Kontakt"
LAST_CONTACT = "letzter Kontakt {day}"
IN_NOCODB = "In NocoDB öffnen"
TAB_TIMELINE = "Kontaktverlauf"
TAB_DATA = "Stammdaten"
TAB_FUNCTIONS = "Funktionen"
TAB_TREE = "Gliederung"
TAB_RELATIONS = "Beziehungen"
NO_TIMELINE = "Noch kein Kontakt eingetragen."
NO_FUNCTIONS = "Keine Funktion eingetragen."
NO_RELATIONS = "Keine Beziehung eingetragen."
NO_TREE = "Weder übergeordnet noch untergeordnet."
NOW = "Jetzt"
BEFORE = "Früher"
ABOVE = "Übergeordnet"
BELOW = "Untergeordnet"
TODAY_IS = "Heute"
WAS_BEFORE = "Hieß früher"
MAIN_CONTACT = "Hauptansprechperson"
DO_NOT_CONTACT = "Nicht anschreiben"
FROM = "seit {day}"
FROM_TO = "{start} bis {end}"
UNTIL = "bis {day}"
NEXT_STEP = "Nächster Schritt: {step}"
CAME_BY = "aus: {way}"
NEXT_STEP_DUE = "Nächster Schritt bis {day}: {step}"
DONE = "erledigt"
OVERDUE = "überfällig"
OWNER = "federführend"
CADENCE = "alle {days} Tage"
LAST_YEAR = "zuletzt {year}"
OPENED_BY = "vermittelt durch {name}"
SINCE = "seit {day}"
MORE = "{count} weitere zeigen"

# --- quick entry
ENTRY = "Kontakt eintragen"
ENTRY_DAY = "Datum"
ENTRY_KIND = "Art"
ENTRY_PERSON = "Person"
ENTRY_ORGANISATION = "Organisation"
ENTRY_MEMBER = "Von uns"
ENTRY_SUMMARY = "Worum ging es?"
ENTRY_SUMMARY_HINT = "Ein Satz genügt"
ENTRY_STEP = "Nächster Schritt"
ENTRY_STEP_HINT = "leer lassen, wenn nichts folgt"
ENTRY_DUE = "Bis wann"
ENTRY_SAVE = "Eintragen"
ENTRY_NOBODY = "niemand Bestimmtes"
ENTRY_NO_ORGANISATION = "keine"
ENTRY_UNKNOWN_MEMBER = "nicht angegeben"
ENTRY_NEEDS_SUMMARY = "Bitte schreiben Sie in einem Satz, worum es ging."
ENTRY_NEEDS_DAY = "Bitte wählen Sie ein Datum."
ENTRY_SAVED = "Eingetragen. Es steht auch schon in NocoDB."
ENTRY_UNDO = "Rückgängig"
ENTRY_UNDONE = "Der Eintrag ist wieder gelöscht."
ENTRY_CHANGED = "Der Eintrag wurde inzwischen geändert und bleibt deshalb stehen."
ENTRY_GONE = "Der Eintrag war schon gelöscht."
ENTRY_VIEWER = "Sie dürfen hier lesen. Zum Eintragen brauchen Sie das Recht „Bearbeitung“ in NocoDB."
ENTRY_NO_BASE = "Eintragen geht erst, wenn der Stand einmal aus NocoDB geholt wurde."
ENTRY_DOWN = (
    "NocoDB ist gerade nicht erreichbar, der Eintrag ist noch nicht gespeichert. "
    "Was Sie geschrieben haben, bleibt hier stehen; bitte versuchen Sie es gleich noch einmal."
)
SESSION_REFUSED = "NocoDB hat Ihre Anmeldung nicht angenommen. Bitte melden Sie sich neu an."
NO_RIGHT = "NocoDB hat das abgelehnt: Ihrem Konto fehlt das Recht zum Eintragen."
MORE_IN_NOCODB = "und {count} weitere in NocoDB"
NO_DATA = "Noch keine Stammdaten eingetragen."
FIELDS = {
    "short_name": "Kurzname", "engagement_fields": "Engagementfelder", "street": "Anschrift", "district": "Stadtteil",
    "phone": "Telefon", "phone2": "Telefon 2", "mail": "E-Mail", "mail2": "E-Mail 2", "web": "Webseite",
    "portrait": "Porträt", "note": "Notiz", "keywords": "Schlagworte", "source": "Quelle", "salutation": "Anrede",
    "mobile": "Mobil", "phone_other": "Telefon (weiteres)", "preferred_channel": "Am liebsten per",
    "legal_basis": "Rechtsgrundlage",
}  # fmt: skip
"""Titles of the details until the mirror tells what staff call them."""

# --- papers
UNPRINTABLE = (
    "Unsere Schriften haben nicht jedes Zeichen. Auf dem Papier steht an seiner Stelle ein leeres Kästchen (▯) in: "
    "{named}{more}. Schreiben Sie es in NocoDB mit lateinischen Buchstaben, oder tragen Sie es von Hand nach."
)
UNPRINTABLE_MORE = " und {count} weiteren"

# --- quality of the data
QUALITY_SECTIONS = {
    "abweichungen": (
        "Abweichungen",
        "Eine Liste sagt etwas anderes, als bei Ihnen eingetragen ist. Entscheiden Sie, was gelten soll; "
        "der nächste Abgleich führt es aus.",
    ),
    "dubletten": (
        "Dubletten",
        "Zwei Einträge oder mehr könnten dasselbe meinen. „Dieselbe“ führt sie zusammen (das lässt sich zurücknehmen), "
        "„Verschieden“ fragt nie wieder. Ähneln sich drei oder mehr, ist das ein Fall.",
    ),
    "verschwunden": (
        "Nicht mehr in der Quelle",
        "Die Liste, aus der ein Eintrag kam, nennt ihn nicht mehr. Gibt es ihn noch? Wenn nicht: „Besteht bis“ oder "
        "„Bis“ eintragen. Gelöscht wird nichts von selbst.",
    ),
    "unerreichbar": (
        "Nicht erreichbar",
        "Weder Telefon noch E-Mail. Auf der Webseite nachsehen oder beim nächsten Treffen fragen, dann eintragen.",
    ),
    "veraltet": (
        "Lange nicht bestätigt",
        "Seit einem Jahr kein Kontakt und keine Änderung. Kurz anrufen und prüfen, ob noch alles stimmt.",
    ),
    "telefon": (
        "Defekte Telefonnummern",
        "Diese Nummern lassen sich so nicht wählen. In NocoDB öffnen und die Nummer mit Vorwahl eintragen.",
    ),
    "mail": (
        "Defekte E-Mail-Adressen",
        "An diese Adressen kommt nichts an. In NocoDB öffnen und die Adresse berichtigen.",
    ),
    "zurueck": (
        "E-Mail kam zurück",
        "Der Mailserver der Gegenseite kennt diese Adresse nicht (mehr). Anrufen und die neue erfragen, dann in NocoDB "
        "berichtigen. Stimmt sie doch, leeren Sie dort das Feld „E-Mail kam zurück“.",
    ),
    "ohne_tag": (
        "Kontakte ohne Datum",
        "Diese Kontakte zählen nirgends: nicht als letzter Kontakt und in keiner Zahl. In NocoDB öffnen und das Datum "
        "nachtragen.",
    ),
}
QUALITY_ALL_WELL = "Hier ist nichts zu tun."
QUALITY_LIST = "Was zu prüfen ist"
QUALITY_COLUMNS = {
    "table": "Was", "name": "Name", "what": "Angabe", "value": "Eingetragen ist", "day": "Seit", "source": "Quelle",
    "whom": "Mit wem",
}  # fmt: skip
QUALITY_TABLES = {
    "organisation": "Organisation", "person": "Person", "function": "Funktion", "office": "Amt",
    "team_member": "Team", "interaction": "Kontakt", "interaction_participant": "Beteiligte",
    "relationship": "Beziehung",
}  # fmt: skip
QUALITY_NEVER = "nie"
QUALITY_VIEWER = "Sie dürfen lesen. Entscheiden können alle, die in NocoDB Einträge bearbeiten dürfen."
QUALITY_OURS = "Unser Stand"
QUALITY_THEIRS = "Stand der Quelle „{source}“"
QUALITY_SINCE = "seit {day}"
QUALITY_FIRST = "Erster Eintrag (bleibt)"
QUALITY_SECOND = "Zweiter Eintrag"
QUALITY_WHY = "Warum"
QUALITY_CONFIDENCE = "Sicherheit {percent} %"
QUALITY_GROUP = "{count} Einträge"
QUALITY_UP_TO = "Sicherheit bis {percent} %"
QUALITY_ENTRY = "Eintrag {number}"
QUALITY_ENTRY_STAYS = "Eintrag {number} (bleibt)"
QUALITY_BOTH = "{one} und {other}"
QUALITY_NOT_ONE = "Gehört nicht dazu"
QUALITY_ALL_SAME = "Alle dieselben"
QUALITY_ALL_DIFFERENT = "Alle verschieden"
QUALITY_SINGLY = "Paar für Paar entscheiden"
QUALITY_DECIDED_SINGLY = "Entschieden, Paar für Paar. Der nächste Abgleich führt es aus."
QUALITY_PARTLY = "{done} von {total} Paaren sind entschieden."
QUALITY_DECIDED = "Entschieden: **{decision}**. Der nächste Abgleich führt es aus."
QUALITY_STUCK = "Entschieden: **{decision}**. Der Abgleich kann es so nicht ausführen:"
QUALITY_STUCK_SINGLY = "Entschieden, Paar für Paar. Der Abgleich kann es so nicht ausführen:"
QUALITY_LATER = "Auf später verschoben."
QUALITY_CHANGE = "Doch anders"
QUALITY_BUSY = "Jemand hat eben schon entschieden. Sie sehen jetzt den neuen Stand."
QUALITY_GONE = "Dieser Eintrag ist inzwischen erledigt."
QUALITY_OTHER = "Ein dritter Wert? In NocoDB unter „Anderer Wert“ eintragen."
QUALITY_FILE = "datenqualitaet-{name}-{day}.xlsx"
QUALITY_CAPPED = "Gezeigt werden die ersten {shown} von {total}; die Excel-Datei enthält alle."
QUALITY_EXPORT_HELP = "Lädt die ganze Liste als Excel-Datei herunter."
ATTENTION_QUALITY = ("Abweichungen und Dubletten zu entscheiden", "Ein Klick je Fall, ausgeführt wird über Nacht")
