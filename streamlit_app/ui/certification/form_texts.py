"""German words of the forms: a round is made, changed and begun; placements are taken in."""

from __future__ import annotations

NEW = "Neue Runde"
EDIT = "Bearbeiten"
EDIT_TITLE = "Runde bearbeiten"
CANCEL = "Abbrechen"
SAVE = "Speichern"
SAVE_NEW = "Runde anlegen"
SAVED = "Gespeichert."
SAVED_NEW = "Runde angelegt. Als Nächstes: Einrichtungen aufnehmen."
UNDONE_NEW = "Die Runde ist wieder entfernt."
NOTHING_CHANGED = "Es hat sich nichts geändert."
VIEWER = "Zum Anlegen und Ändern brauchen Sie in NocoDB die Rolle „Editor“."

YEAR = "Siegeljahr"
YEAR_HELP = "Diese Zahl steht auf dem Siegel. Meist ist es das Jahr der Messe."
NAME = "Name"
NAME_HINT = "Runde {year}"
NAME_HELP = "Leer = „Runde“ mit dem Siegeljahr"
SEMINAR = "Seminar"
SEMINAR_HELP = "Die Veranstaltung, an der die Koordinator:innen teilnehmen. Sie lässt sich nachtragen."
AWARD = "Verleihung"
AWARD_HELP = "Die Veranstaltung, auf der die Siegel übergeben werden, meist die Engagementmesse."
EVENT_HINT = "Veranstaltung wählen"
NO_EVENTS = (
    "Es gibt noch keine Veranstaltungen. Legen Sie Seminar und Messe unter „Veranstaltungen“ an; verbinden können "
    "Sie sie auch später."
)
SIGNATORY = "Unterschrift (Amt)"
SIGNATORY_HELP = "Auf der Urkunde steht, wer dieses Amt am Tag der Verleihung innehat."
OFFICE_HINT = "Amt wählen"
HOLDS = "Am {day} hat dieses Amt inne: **{name}**."
HOLDS_NOBODY = (
    "Am {day} hat niemand dieses Amt inne. Tragen Sie in NocoDB unter „Funktionen“ ein, wer es hat, sonst steht auf "
    "der Urkunde kein Name."
)
BODY = "Entscheidet"
BODY_HELP = "Das Gremium, das über jedes Siegel entscheidet"
BODY_HINT = "Gremium wählen"
VALIDITY = "Geltung"
VALIDITY_HELP = (
    "Unser Modell: Das Siegel trägt ein Jahr und läuft nie ab. Andere Städte vergeben es für eine feste Zeit "
    "oder jedes Jahr neu."
)
YEARS = {
    "jahr": "Erneuern anbieten nach (Jahren)",
    "laufzeit": "Laufzeit (Jahre)",
    "jaehrlich": "Jahre",
}
BEGINS = "Beginn"
BEGINS_HELP = "Von hier zählt der erste Schritt. Leer = der Tag, an dem Sie die Runde beginnen."
STATE = "Stand"
NOTE = "Notiz (intern)"

NEEDS_YEAR = "Bitte geben Sie das Siegeljahr ein."
NEEDS_YEARS = "Zu einer festen Laufzeit gehört die Zahl der Jahre."
TAKEN = "Für {year} gibt es schon die Runde „{name}“. Das geht, kommt aber selten vor."
AWARD_EARLY = "Die Verleihung liegt vor dem Seminar. Bitte prüfen Sie die beiden Veranstaltungen."
OTHER_YEAR = "Die Verleihung ist {award}, das Siegeljahr {year}. Bitte prüfen Sie, was auf dem Siegel stehen soll."

BEGIN = "Runde beginnen"
BEGIN_ASK = (
    "Die Runde bekommt eine eigene Fassung des Verfahrens, so wie es heute ist: {steps} Schritte und {criteria} "
    "Kriterien. Spätere Änderungen am Verfahren gelten dann erst für die nächste Runde."
)
BEGIN_DO = "Jetzt beginnen"
BEGUN = "Die Runde hat begonnen. Sie behält ihr Verfahren: {steps} Schritte, {criteria} Kriterien."
NOT_BEGUN = "Diese Runde ist vorbereitet und hat noch nicht begonnen. Bis dahin folgt sie dem Verfahren von heute."

PLACE = "Einrichtungen aufnehmen"
PLACE_HOW = {"seminar": "Aus dem Seminar", "organisationen": "Aus den Organisationen"}
PLACE_BY = "Woher"
PLACE_NO_SEMINAR = "Diese Runde hat noch kein Seminar. Verbinden Sie eines über „Bearbeiten“."
PLACE_NOBODY = (
    "Auf der Gästeliste des Seminars steht niemand, der zugesagt hat oder da war und dessen Einrichtung noch fehlt."
)
PLACE_SEMINAR_TEXT = (
    "Wer zum Seminar zugesagt hat oder da war. Der Platz im Seminar gehört der Person, das Siegel der Einrichtung: "
    "Beides wird hier verbunden."
)
PLACE_GUESTS = "Wen aufnehmen?"
PLACE_GUESTS_HINT = "Personen wählen"
CAME = "war da"
PROMISED = "zugesagt"
SEARCH = "Organisation oder Einrichtung suchen"
SEARCH_HINT = "Name, Kurzname oder Stadtteil"
PICK = "Aufnehmen"
PICK_OFF = "Weglassen"
NO_HIT = "Nichts gefunden. Kürzen Sie das Suchwort, oder legen Sie die Einrichtung in NocoDB an."
IN_ROUND = "ist schon in dieser Runde"
COORDINATOR = "Wer begleitet dort Freiwillige?"
COORDINATOR_NOBODY = "noch offen"
CERTIFICATE_NAME = "Name auf der Urkunde"
TAKE_IN_ONE = "1 Einrichtung aufnehmen"
TAKE_IN = "{count} Einrichtungen aufnehmen"
TAKEN_IN_ONE = "1 Einrichtung aufgenommen."
TAKEN_IN = "{count} Einrichtungen aufgenommen."
ALREADY = "{count} standen schon in der Runde."
PLACE_UNDONE = "Die Aufnahme ist zurückgenommen."
CLOSE = "Fertig"
HAS_SEAL = "Siegel {year}"
