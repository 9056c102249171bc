"""German words of the tab *Danach*."""

from __future__ import annotations

from schemas.events.rules.answers import Step

TOO_EARLY = (
    "Die Veranstaltung liegt noch vor Ihnen. Danach sehen Sie hier, wer kam, tragen alle Anwesenden in einem Schritt "
    "in den Kontaktverlauf ein und danken. Die Auslosung finden Sie schon jetzt weiter unten."
)
NOBODY = (
    "Noch ist niemand eingelassen. Haken Sie die Gäste im Teil „Einlass“ ab, auch nachträglich von der Papierliste: "
    "daraus entsteht alles Weitere."
)
FIGURES = "Was daraus wurde"
INVITED, PROMISED, CAME, AWAY = "Eingeladen", "Plätze zugesagt", "Personen da", "Nicht gekommen"
AWAY_RATE = "{percent} % der Zusagen"
ROWS = {
    "kamen": "Wer kam",
    "weg": "Zugesagt, aber nicht gekommen",
    "abgesagt": "Konnte nicht kommen",
    "still": "Hat nicht geantwortet",
}
ROWS_NONE = "Niemand."
SHOW_ROWS = "Liste"
COLUMNS = ("Gast", "Organisation", "Gruppe", "Antwort", "Personen", "Vertreten durch")
STEPS = {
    Step.NOTED: "vorgemerkt", Step.INVITED: "eingeladen", Step.DELIVERED: "zugestellt", Step.ANSWERED: "geantwortet",
    Step.PROMISED: "zugesagt", Step.CAME: "erschienen",
}  # fmt: skip
BY_GROUP = "Nach Gästegruppe"
GROUP = "Gästegruppe"
NO_GROUP = "(ohne Gruppe)"

CONTACTS = "In den Kontaktverlauf"
CONTACTS_TEXT = (
    "Wer kam, hat einen Kontakt mit uns gehabt. Ein Klick trägt jeden einmal ein; ein zweiter ändert nichts. "
    "Zurücknehmen können Sie es im Laufbuch."
)
CONTACTS_DO = "Alle Anwesenden eintragen"
CONTACTS_RUNS = "Wird eingetragen …"
CONTACTS_DONE = "Neu eingetragen: {new}. Schon im Kontaktverlauf: {there}."
CONTACTS_UNKNOWN = "{count} Gäste ohne Person und Organisation stehen nur auf der Einlassliste."
CONTACTS_BACK = "{count} hatte jemand zurückgenommen; sie bleiben weg."
CONTACTS_STAND = "{count} von {total} stehen im Kontaktverlauf."

THANKS = "Danken und nachfassen"
THANKS_TEXT = "Die Texte sehen Sie vor dem Senden im Teil „Versand“; niemand bekommt dieselbe Nachricht zweimal."
THANK = "Allen danken, die da waren ({count})"
MISSED = "Wer nicht konnte: ein Gruß ({count})"

DRAW = "Auslosung"
DRAW_TEXT = (
    "Unter allen Organisationen, die {year} jemanden vorgeschlagen haben **und** heute da sind. Erst wird die Liste "
    "geschlossen, dann nennt jemand im Raum eine Zahl; aus beidem ergibt sich das Ergebnis, und jeder kann es "
    "nachrechnen."
)
DRAW_SHOW = "Liste schließen"
DRAW_NONE = (
    "Auf der Liste steht noch niemand. Vorschläge trägt man in NocoDB unter „Beiträge“ ein (Art „Vorschlag für eine "
    "Auszeichnung“, gegeben); anwesend ist, wer im Teil „Einlass“ eingelassen wurde."
)
DRAW_LIST = "{count} auf der Liste, Prüfsumme {digest}"
DRAW_ABSENT = "Vorgeschlagen, aber nicht da: {names}"
DRAW_SEED = "Startwert: eine Zahl, die jemand im Raum nennt"
DRAW_WINNERS = "Wie viele werden gezogen"
DRAW_DO = "Ziehen"
DRAW_RUNS = "Wird gezogen …"
DRAWN = "Gezogen: **{winners}**"
DRAWN_NUMBER = "Das war die {number}. Auslosung dieser Veranstaltung. Alle bleiben gespeichert."
DRAWS = "Bisherige Auslosungen"
DRAW_LINE = "**{name}**, {at}: {winners}"
DRAW_SHEET = "Blatt zum Nachrechnen (PDF)"
DRAW_FILE = "auslosung-{number}-{day}.pdf"
DRAW_CANCEL = "Doch nicht"

NEXT = "Für das nächste Mal"
NEXT_SEATS = (
    "{percent} % der Zusagen blieben aus. Bei {capacity} Plätzen können Sie nächstes Mal etwa **{seats}** zusagen."
)
NEXT_SILENT = "{count} Eingeladene haben nie geantwortet: Adressen prüfen oder anrufen (Teil „Antworten“)."
NEXT_GROUP = "Am besten kam die Gruppe **{name}** an: {came} von {invited} waren da."
NEXT_NOTHING = "Aus so wenigen Antworten lässt sich noch nichts für das nächste Mal ableiten."
NEXT_COPY = "Über „Alle Veranstaltungen“ legen Sie die nächste mit „Wie letztes Mal“ an, Gästegruppen eingeschlossen."

CLOSE = "Veranstaltung abschließen"
CLOSE_TEXT = "Wenn alles getan ist: Sie steht dann unter den abgeschlossenen, ändern lässt sich weiterhin alles."
CLOSED = "Diese Veranstaltung ist abgeschlossen."
BUSY = "Jemand hat diese Veranstaltung eben geändert. Bitte sehen Sie noch einmal nach."
VIEWER = "Sie dürfen lesen. Eintragen und auslosen können alle, die in NocoDB Einträge bearbeiten dürfen."
