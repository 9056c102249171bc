"""German words of the form in which an event is made and changed."""

from __future__ import annotations

NEW = "Neue Veranstaltung"
NEW_FROM = "Wie letztes Mal"
NEW_FROM_PICK = "Welche Veranstaltung übernehmen?"
NEW_FROM_HINT = "Titel, Ort, Absender und Texte kommen mit; der Termin rückt auf denselben Wochentag im nächsten Jahr."
COPIED = (
    "Übernommen aus „{name}“. Bitte prüfen Sie Termin und Fristen. Die Gästegruppen finden Sie nach dem "
    "Speichern im Teil „Gäste“."
)
EDIT = "Bearbeiten"
EDIT_TITLE = "Veranstaltung bearbeiten"
CANCEL = "Abbrechen"

WHAT = "Was"
TITLE = "Titel"
TITLE_HINT = "zum Beispiel FreiwilligenPass 2027"
KIND = "Art"
SERIES = "Reihe"
SERIES_HELP = "Gleicher Name = dieselbe Reihe. So finden Sie nächstes Mal, wer letztes Mal dabei war."
STATE = "Stand"
WHEN = "Wann und wo"
DAY = "Tag"
STARTS = "Beginn"
ENDS = "Ende"
DOORS = "Einlass ab"
VENUE = "Ort (Haus, Raum)"
STREET = "Straße"
POSTCODE = "PLZ"
CITY = "Stadt"
CAPACITY = "Plätze"
CAPACITY_HELP = "Mit Begleitung gezählt. Leer = ohne Grenze. Ist alles voll, beginnt die Warteliste."
COMPANIONS = "Begleitung"
COMPANIONS_HELP = "Wie viele Begleitpersonen ein Gast mitbringen darf. Leer = niemand."
WHO = "Wer lädt ein"
HOST = "Gastgeber"
HOST_HINT = "Gremium wählen"
SENDER = "Absender (Amt)"
SIGNATORY = "Unterschrift (Amt)"
OFFICE_HINT = "Amt wählen"
HOLDS = "Am {day} unterschreibt **{name}**."
HOLDS_NOBODY = (
    "Am {day} hat niemand dieses Amt inne; der Brief ginge ohne Namen hinaus. Tragen Sie in NocoDB unter "
    "„Funktionen“ ein, wer das Amt hat."
)
NO_OFFICES = "Es gibt noch keine Ämter. Legen Sie in NocoDB unter „Ämter“ an, wer absendet und unterschreibt."
MEMBER = "Bearbeitet von"
MEMBER_HELP = "Nur intern, steht auf keinem Brief"
REPLY_TO = "Antwort an (E-Mail)"
REPLY_TO_HELP = "Dorthin gehen Antworten auf Einladungen. Leer = Absender-Adresse aus den Einstellungen."
FORM = "Anrede in Briefen"
DEADLINES = "Fristen"
DEADLINES_HELP = "Vorschlag: 12, 6 und 2 Wochen vorher, immer auf Arbeitstagen. Sie können jeden Tag ändern."
PROPOSE = "Fristen vorschlagen"
DEADLINE = {
    "save_the_date_on": "Termin vormerken am",
    "invite_on": "Einladen am",
    "answer_by": "Antwort bis",
    "remind_on": "Erinnern am",
}
TEXTS = "Texte"
SUBJECT = "Betreff der Einladung"
TEXT = "Text der Einladung"
TEXT_HELP = "Ohne Anrede und Gruß; Absätze durch Leerzeilen"
PROGRAMME = "Programm"
NOTE = "Notiz (intern)"

SAVE = "Speichern"
SAVE_NEW = "Veranstaltung anlegen"
NEEDS_TITLE = "Bitte geben Sie einen Titel ein."
NEEDS_TIME = "Zum Tag fehlt die Uhrzeit des Beginns."
NEEDS_DAY = "Zur Uhrzeit fehlt der Tag."
ENDS_EARLY = "Das Ende liegt vor dem Beginn."
DOORS_LATE = "Der Einlass beginnt nach dem Beginn."
BAD_MAIL = "„{mail}“ ist keine vollständige E-Mail-Adresse."
SAVED = "Gespeichert."
SAVED_NEW = "Veranstaltung angelegt. Als Nächstes: die Gästeliste."
UNDO = "Rückgängig"
UNDONE = "Die Veranstaltung ist wieder entfernt."
BUSY = (
    "Jemand hat diese Veranstaltung inzwischen geändert; gespeichert wurde nichts. Der neue Stand steht jetzt im "
    "Formular."
)
VIEWER = "Zum Ändern brauchen Sie in NocoDB die Rolle „Editor“."
NOTHING_CHANGED = "Es hat sich nichts geändert."

CALL_OFF = "Veranstaltung absagen"
CALL_OFF_ASK = (
    "Der Stand wird „Abgesagt“. Wer schon eingeladen ist, gilt als ausgeladen; wer nur vorgemerkt war, wird "
    "gestrichen. Die Nachricht an die Gäste verschicken Sie danach im Teil „Versand“."
)
CALL_OFF_DO = "Jetzt absagen"
CALLED_OFF = "Abgesagt: {count} Gäste ausgeladen oder gestrichen."
CALLED_OFF_TELL = "Jetzt die Gäste benachrichtigen"
CALLED_OFF_REST = "{count} Gäste stehen noch als eingeladen auf der Liste."
CALLED_OFF_GO_ON = "Auch sie ausladen"
CALL_OFF_RUNS = "Gäste werden ausgeladen …"
