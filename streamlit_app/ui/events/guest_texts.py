"""German words of the tab *Gäste*."""

from __future__ import annotations

from automations.events.guest_list import Found
from schemas.events.rules.picking import Whom
from schemas.events.rules.segment_facts import SeatRole

MODE = "Gäste"
MODES = {"liste": "Gästeliste", "auswahl": "Auswahl hinzufügen", "einzeln": "Einzeln hinzufügen"}

SUMMARY = "**{listed} auf der Liste**, davon {invited} eingeladen, {answered} Antworten, {coming} Personen kommen."
EMPTY = (
    "Noch steht niemand auf der Gästeliste. Wählen Sie unten aus, wer eingeladen wird. Niemand bekommt dadurch schon "
    "Post: verschickt wird erst im Teil „Versand“."
)

BY = "Wer soll eingeladen werden?"
BY_HELP = "Mehrere Merkmale zusammen: alle müssen zutreffen. Für „oder“ fügen Sie danach eine zweite Auswahl hinzu."
BUT_NOT = "Wer davon nicht?"
BUT_NOT_BOX = "Jemanden davon ausnehmen"
GROUPS_BOX = "Gästegruppen ({count})"
BY_HINT = "Wählen Sie mindestens ein Merkmal."
CRITERIA = {
    "art": "Art der Organisation",
    "bereich": "Bereich",
    "feld": "Engagementfeld",
    "stadtteil": "Stadtteil",
    "unter": "Träger oder Dezernat",
    "gremium": "Gremium",
    "amt": "Amt",
    "vorschlag": "Hat vorgeschlagen",
    "auszeichnung": "Ausgezeichnet",
    "stand": "Stand letztes Mal",
    "gast": "Frühere Gäste",
    "nicht-eingeladen": "Länger nicht eingeladen",
    "kontakte": "Seite Kontakte",
    "ansicht": "Ansicht in NocoDB",
}
ANY = "Bitte wählen"
BELOW = "gehört zu (auch darunter)"
BODY = "Gremium"
ROLE = "Wer daraus"
ROLES = {
    SeatRole.DELEGATE: "Delegierte",
    SeatRole.DEPUTY: "Stellvertretungen",
    SeatRole.ORGANISATION: "Organisationen mit Sitz",
}
OFFICES = "Art des Amtes (leer = jedes)"
YEAR = "Wann"
YEARS = {0: "dieses Jahr", 1: "voriges Jahr", 2: "vor zwei Jahren", None: "schon einmal"}
LAST_OF = "Letztes Mal: {series}"
ANSWER = "Antwort (leer = jede)"
CAME = "Gekommen?"
CAMES = {None: "gleich", True: "ist gekommen", False: "ist nicht gekommen"}
NOT_INVITED = "Seit so vielen Jahren nicht eingeladen"
CONTACTS = "Adresse der Seite Kontakte"
CONTACTS_HINT = "Filtern Sie auf der Seite Kontakte, und fügen Sie hier deren Adresse aus der Adresszeile ein."
VIEW = "Ansicht"
VIEW_LOAD = "Ansichten aus NocoDB laden"
VIEW_READ = "Ansicht laden"
VIEW_READ_AGAIN = "Neu laden"
VIEW_COUNT = "{count} Zeilen geladen"
VIEW_TABLES = {"organisation": "Organisationen", "person": "Personen", "function": "Funktionen"}

WHOM = "Wen in jeder Organisation?"
WHOMS = {
    Whom.MAIN: "Hauptansprechperson",
    Whom.ALL: "alle gefundenen Personen",
    Whom.LEADERS: "Leitung oder Vorstand",
    Whom.HOLDERS: "Amtsinhaber:innen",
    Whom.DELEGATES: "wer in einem Gremium sitzt",
    Whom.ITSELF: "die Organisation ohne Person",
}
CHANNEL = "Auf welchem Weg?"
CHANNEL_AUTO = "wie bevorzugt"
CHANNEL_HELP = "Wie bevorzugt: wie in der Person eingetragen, sonst E-Mail, sonst Brief, sonst Telefon."

FOUND = "**{count} gefunden**, davon **{new} neu**."
FOUND_NONE = "Diese Auswahl findet niemanden. Nehmen Sie ein Merkmal weg."
FOUND_ALL_THERE = "Alle, die diese Auswahl findet, stehen schon auf der Liste oder können nicht eingeladen werden."
GROUPS = {
    Found.OTHER_WAY: ("Nicht auf diesem Weg", "Diese haben dafür keine Adresse, wären aber anders zu erreichen."),
    Found.UNREACHABLE: (
        "Ohne Adresse",
        "Weder E-Mail noch Anschrift noch Telefon. Ergänzen Sie die Kontaktdaten, dann finden wir sie.",
    ),
    Found.BARRED: ("Möchten keine Post", "In der Person steht „Nicht anschreiben“. Sie werden nicht eingeladen."),
    Found.LISTED: ("Schon auf der Liste", "Sie werden nicht noch einmal eingeladen."),
    Found.DROPPED: (
        "Früher gestrichen",
        "Jemand hat sie von dieser Liste genommen. In der Gästeliste können Sie sie wieder aufnehmen.",
    ),
}
TWICE = "Zweimal gefunden"
TWICE_HINT = "Über mehrere Organisationen gefunden; eingeladen wird einmal. Für welche?"
INSTEAD = "Ersatz genommen"
INSTEAD_HINT = "Hier gibt es niemanden der gewünschten Art; eingeladen wird, wer sonst da ist."
TAKE_OTHER = "Diese {count} auf dem anderen Weg einladen"
NEW_TITLE = "Neu auf die Liste"
NEW_HINT = "Nehmen Sie den Haken weg bei allen, die nicht eingeladen werden."
NEW_CAPPED = (
    "Gezeigt sind die ersten {shown} von {total}; eingeladen werden alle. Suchen Sie, wen Sie abwählen möchten."
)
NEW_SEARCH = "In dieser Auswahl suchen"
MORE = "und {count} weitere"
COLUMN = {
    "take": "Einladen", "name": "Gast", "organisation": "Für", "channel": "Weg", "why": "Hinweis", "contact": "Kontakt",
    "link": "NocoDB", "group": "Gruppe", "state": "Stand", "answer": "Antwort", "companions": "Begleitung",
    "represented_by": "Vertreten durch", "mail": "E-Mail", "needs": "Essen und Zugang", "came": "Eingelassen",
}  # fmt: skip
OPEN = "öffnen"
MAIL_BACK = "E-Mail kam zurück"

NAME = "Name der Gruppe"
ADD = "{count} Gäste auf die Liste setzen"
ADDING = "{done} von {total} auf der Liste …"
ADDED = "{made} Gäste auf die Liste gesetzt; sie erscheinen in wenigen Sekunden."
ADDED_ONE = "1 Gast auf die Liste gesetzt; er erscheint in wenigen Sekunden."
ADDED_THERE = "{there} standen schon darauf."
UNDO = "Rückgängig"
UNDONE = "Zurückgenommen: {removed} Einträge entfernt, {restored} wiederhergestellt."
UNDONE_KEPT = "{kept} bleiben, weil sie inzwischen jemand geändert hat oder eine Gruppe noch Gäste hat."

ONE = "Person oder Organisation suchen"
ONE_HINT = "Name, Organisation oder E-Mail"
ONE_NONE = "Niemand gefunden. Neue Kontakte legen Sie zuerst in NocoDB an."
ONE_PICK = "Hinzufügen"
BY_HAND = "Einzeln hinzugefügt"
WHY_NOT = {
    Found.UNREACHABLE: "{name} hat weder E-Mail noch Anschrift noch Telefon.",
    Found.BARRED: "Bei {name} steht „Nicht anschreiben“.",
    Found.LISTED: "{name} steht schon auf der Liste.",
    Found.DROPPED: "{name} wurde von dieser Liste gestrichen; in der Gästeliste können Sie das zurücknehmen.",
}

SEARCH = "Suche"
SEARCH_HINT = "Name oder Organisation"
FILTER = {"group": "Gruppe", "state": "Stand", "answer": "Antwort", "channel": "Weg"}
ALL = "Alle"
COUNT = "{shown} von {total} Gästen"
CHOSEN = "{count} ausgewählt"
CHOOSE_HINT = "Kreuzen Sie Zeilen an, um sie zu ändern."
CHANGE_CHANNEL = "Weg ändern"
DROP = "Streichen"
RESTORE = "Wieder aufnehmen"
CHANGED = "{changed} geändert; die Liste zeigt es in wenigen Sekunden."
CHANGED_LEFT = "{left} passten nicht dazu und bleiben, wie sie sind."
EXPORT = "Excel"
FILE = "gaesteliste-{row}-{day}.xlsx"
NOBODY_FITS = "Niemand passt zu diesem Filter."
GROUP_COUNTS = "{listed} auf der Liste · {invited} eingeladen · {coming} Personen kommen"
NO_GROUP = "ohne Gruppe"


LAST = "Wie letztes Mal"
LAST_HINT = (
    "Bei „{name}“ ({day}) gab es diese Gästegruppen. Auswahlen werden mit den heutigen Kontakten neu gebildet; "
    "von Hand Hinzugefügte bestätigen Sie bitte."
)
LAST_RULE = "{name}: heute {count} Gäste"
LAST_HAND = "{name}: {count} von Hand hinzugefügt"
LAST_DO = "Gruppen übernehmen"
LAST_GONE = "{count} davon gibt es nicht mehr in den Kontakten."
LAST_UNREAD = "{name}: diese Auswahl lässt sich nicht übernehmen. {why}"
VIEWER = "Zum Ändern der Gästeliste brauchen Sie in NocoDB die Rolle „Editor“."
