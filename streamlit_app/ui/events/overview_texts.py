"""German words of the tab *Überblick*."""

from __future__ import annotations

from schemas.events.rules.answers import Step
from streamlit_app.frames.checklist import Need

DRAFT = "Diese Veranstaltung ist noch ein Entwurf. Erinnert wird von selbst erst, wenn ihr Stand „Läuft“ ist."
CALLED_OFF = "Ob alle Gäste die Absage bekommen haben, sehen Sie unter „Versand“."
OVER = "Diese Veranstaltung ist vorbei. Wer da war, Dank und Zahlen finden Sie unter „Danach“."
TO_SENDING = "Zum Versand"
TO_AFTER = "Zu „Danach“"

NEXT = "Was jetzt dran ist"
NEXT_NOTHING = "Nichts. Es läuft alles."
DONE = "Erledigt ({count})"
FACTS = "Auf einen Blick"
FACT_TITLES = {
    "when": "Wann", "doors": "Einlass ab", "where": "Wo", "host": "Gastgeber", "sender": "Absender",
    "signatory": "Unterschrift", "member": "Bearbeitet von", "answer_by": "Antwort bis", "remind_on": "Erinnern am",
    "seats": "Plätze",
}  # fmt: skip
NOTHING = "–"
NO_HOLDER = "{office} (am Tag des Briefes nicht besetzt)"
SIGNED = "{person}, {office}"
NO_LIMIT = "unbegrenzt"
SEATS = "{capacity}, davon {taken} vergeben, {free} frei"
SEATS_OVER = "{capacity}, vergeben sind {taken}: {more} zu viel"
NO_REMINDER = "wird nicht erinnert (keine Fristen)"
IN_NOCODB = "In NocoDB"
EDIT = "Ergänzen"

OPEN = {
    Need.DAY: ("Termin fehlt", "Ohne Termin gehen weder Einladungen noch Kalendereinträge hinaus."),
    Need.PLACE: ("Ort fehlt", "Gäste wollen wissen, wohin."),
    Need.HOST: ("Gastgeber fehlt", "Wer lädt ein: das Netzwerk oder ein Gremium?"),
    Need.SENDER: ("Absender fehlt", "Welches Amt steht im Briefkopf?"),
    Need.SIGNATORY: ("Unterschrift fehlt", "Welches Amt unterschreibt?"),
    Need.DEADLINES: ("„Antwort bis“ fehlt", "Ohne Frist wird niemand erinnert."),
    Need.GUESTS: ("Noch keine Gäste", "Stellen Sie die Gästeliste aus Auswahlen zusammen."),
    Need.OFFICES: (
        "{count} Gäste haben das Amt nicht mehr, als das sie eingeladen sind",
        "{told}. Unter Übergabe geht die Einladung an die Nachfolge, oder sie bleibt.",
    ),
    Need.OPENED: ("Stand ist noch „Entwurf“", "Stellen Sie ihn auf „Läuft“, sobald Sie einladen."),
    Need.SENT: ("{count} noch nicht eingeladen", "Prüfen Sie die Vorschau und senden Sie."),
    Need.RETURNED: ("{count} Einladungen kamen zurück", "Adresse erfragen und noch einmal einladen, oder anrufen."),
    Need.DECIDED: ("Antworten zu entscheiden: {count}", "Lesen Sie den Wortlaut; ein Klick je Antwort."),
    Need.REMINDED: (
        "{count} schweigen noch: jetzt erinnern",
        "Wer per Brief oder Telefon eingeladen ist, steht in der Liste.",
    ),
    Need.MOVED_UP: (
        "{count} von der Warteliste nachgerückt",
        "Sie wissen noch nicht, dass sie einen Platz haben. Geben Sie Bescheid.",
    ),
    Need.SEATS: ("{count} Plätze zu viel zugesagt", "Größerer Raum, mehr Plätze, oder jemandem absagen."),
}
"""What is open: a title and what to do about it."""

OPEN_ONE = {
    Need.OFFICES: "Ein Gast hat das Amt nicht mehr, als das er eingeladen ist", Need.SENT: "1 noch nicht eingeladen",
    Need.RETURNED: "1 Einladung kam zurück", Need.DECIDED: "1 Antwort zu entscheiden",
    Need.REMINDED: "1 schweigt noch: jetzt erinnern", Need.SEATS: "1 Platz zu viel zugesagt",
}  # fmt: skip
"""The titles where it is about one."""

HOLDER_MISSING = ("Das unterschreibende Amt ist am Tag des Briefes nicht besetzt", "Wer hat es dann inne?")
DEADLINES_WRONG = ("Die Fristen passen nicht zusammen", "{told}")

SETTLED = {
    Need.DAY: "Termin: {day}", Need.PLACE: "Ort: {told}", Need.HOST: "Gastgeber steht fest",
    Need.SENDER: "Absender steht fest", Need.SIGNATORY: "Unterschrift steht fest",
    Need.DEADLINES: "Antwort bis {day}", Need.GUESTS: "{count} Gäste auf der Liste",
    Need.OFFICES: "", Need.OPENED: "Stand: Läuft", Need.SENT: "Alle sind eingeladen", Need.RETURNED: "", Need.SEATS: "",
    Need.MOVED_UP: "",
    Need.DECIDED: "Keine Antwort zu entscheiden",
    Need.REMINDED: "{count} schweigen noch; erinnert wird am {day}",
}  # fmt: skip
SETTLED_ONE = {Need.GUESTS: "1 Gast auf der Liste", Need.REMINDED: "1 schweigt noch; erinnert wird am {day}"}
REMINDED_ALL = "{count} schweigen noch; alle sind erinnert oder zu frisch eingeladen"
REMINDED_NEVER = "{count} schweigen noch; erinnert wird nicht, es gibt keine Fristen"

TO = {
    Need.GUESTS: "Gästeliste", Need.OFFICES: "Übergabe", Need.SENT: "Versand", Need.RETURNED: "Ansehen",
    Need.DECIDED: "Antworten", Need.REMINDED: "Erinnern", Need.SEATS: "Ansehen", Need.MOVED_UP: "Bescheid geben",
}  # fmt: skip

FIGURES = "Zahlen"
KPI = {
    "gaeste": "Gäste", "eingeladen": "Eingeladen", "geantwortet": "Geantwortet", "zugesagt": "Personen zugesagt",
    "schweigen": "Schweigen noch", "warteliste": "Warteliste (Personen)", "erschienen": "Erschienen",
}  # fmt: skip
FREE = "Plätze frei"
OF = "von {count}"
PERCENT = "{percent} %"
LISTS = {
    "gaeste": "Alle Gäste", "eingeladen": "Eingeladen", "zugestellt": "Zugestellt", "geantwortet": "Geantwortet",
    "zugesagt": "Zugesagt", "erschienen": "Erschienen", "nicht-eingeladen": "Noch nicht eingeladen",
    "zurueck": "Einladung kam zurück", "schweigen": "Schweigen noch", "vorlaeufig": "Vorläufig", "abgesagt": "Abgesagt",
    "warteliste": "Warteliste", "nachgerueckt": "Nachgerückt, noch nicht gesagt",
    "gestrichen": "Gestrichen oder ausgeladen",
}  # fmt: skip
GROUP_LIST = "Gästegruppe: {name}"
ORGANISATION_LIST = "Organisation: {name}"
NO_GROUP = "ohne Gruppe"
NO_ORGANISATION = "ohne Organisation"
COLUMNS = ("Gast", "Organisation", "Gruppe", "Weg", "Antwort", "Begleitung", "Geantwortet am", "Platz", "Erschienen")
SHOW_LIST = "Liste"
LIST_EMPTY = "Hier steht niemand."
CLOSE = "Schließen"

FUNNEL = "Vom Vormerken bis zum Erscheinen"
FUNNEL_ALT = "Balkendiagramm: {told}."
STEPS = {
    Step.NOTED: "vorgemerkt", Step.INVITED: "eingeladen", Step.DELIVERED: "zugestellt", Step.ANSWERED: "geantwortet",
    Step.PROMISED: "zugesagt", Step.CAME: "erschienen",
}  # fmt: skip
BREAKDOWN = "Aufgeschlüsselt nach"
BREAKDOWNS = {
    "gruppen": "Gästegruppen", "organisationen": "Organisationen", "verlauf": "Verlauf", "warten": "Warteliste",
}  # fmt: skip
GROUP = "Gästegruppe"
ORGANISATION = "Organisation"
ALL = "Zusammen"
SHARE = "Antworten (%)"
OVER_TIME = "Antworten über die Zeit"
OVER_TIME_NONE = "Noch ist keine Antwort mit Datum eingegangen."
OVER_TIME_ALT = "Liniendiagramm: Antworten vom {first} bis {last}, zusammengezählt; am Ende {told}."
OVER_TIME_TABLE = "Dieselben Zahlen als Tabelle"
OVER_TIME_COLUMNS = ("Tag", "Antwort", "An diesem Tag", "Bis dahin")
WAIT_ADVICE = (
    "Wer absagt, macht Platz: dann rückt von oben nach, wer mit Begleitung hineinpasst. Das geschieht von selbst."
)
WAIT_NONE = "Niemand wartet."
WAIT_COLUMNS = ("Nr.", "Gast", "Organisation", "Personen", "Zugesagt am")
