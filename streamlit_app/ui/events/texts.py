"""German words of the page *Veranstaltungen*: the list, an event's head, its form. The tabs bring their own."""

from __future__ import annotations

from streamlit_app.ui.events import chosen

SECTION = "Veranstaltungen"
PAGE = "Veranstaltungen"

TABS = {
    chosen.OVERVIEW: "Überblick",
    chosen.GUESTS: "Gäste",
    chosen.SENDING: "Versand",
    chosen.ANSWERS: "Antworten",
    chosen.ENTRANCE: "Einlass",
    chosen.STANDS: "Stände",
    chosen.AFTER: "Danach",
}
TAB = "Teil"

COMING = "Kommende"
PAST = "Vergangene"
UNDATED = "Noch ohne Termin"
NAMELESS = "(ohne Titel)"
NO_DAY = "Termin offen"

SEARCH = "Suche"
SEARCH_HINT = "Titel, Reihe oder Ort"
KIND = "Art"
SERIES = "Reihe"
ALL = "Alle"
NOTHING_FOUND = "Keine Veranstaltung passt dazu. Nehmen Sie einen Filter weg oder kürzen Sie das Suchwort."
MORE = "{count} weitere vergangene Veranstaltungen zeigen"

NOTED = "vorgemerkt"
INVITED = "eingeladen"
PROMISED = "zugesagt"
PLACE, PLACES = "Platz", "Plätze"
NO_LIMIT = "unbegrenzt"

BACK = "Alle Veranstaltungen"
IN_NOCODB = "In NocoDB öffnen"
GONE = "Diese Veranstaltung gibt es nicht (mehr). Vielleicht wurde sie in NocoDB gelöscht."
CALLED_OFF = "Diese Veranstaltung ist abgesagt."

EMPTY_TITLE = "Noch keine Veranstaltung"
EMPTY_TEXT = (
    "Legen Sie die erste an: ein Titel und ein Termin genügen. Fristen, Gästeliste und Einladungen kommen danach "
    "Schritt für Schritt. Sie können Veranstaltungen auch in NocoDB anlegen, in der Tabelle „Veranstaltungen“."
)
