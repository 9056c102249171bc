"""German words of the invitations of a contact, and of the coming events on the start page."""

from __future__ import annotations

TAB = "Einladungen"
NONE = "Noch zu keiner Veranstaltung eingeladen."
SUMMARY = "**{invited}** Mal eingeladen, **{answered}** Mal geantwortet, **{came}** Mal gekommen."
NO_DAY = "ohne Termin"
NAMELESS = "(ohne Titel)"
FOR = "für {name}"
INVITED = "eingeladen am {day} ({channel})"
INVITED_ON = "eingeladen am {day}"
SILENT = "hat nicht geantwortet"
ANSWERED = "{answer} am {day}"
REPRESENTED = "{answer} durch {name}"
CAME = "war da"

COMING = "Kommende Veranstaltungen"
ALL = "Alle Veranstaltungen"
COUNTS = "{answered} von {invited} haben geantwortet, {people} Personen kommen"
NOT_INVITED = "Noch niemand eingeladen"
NO_GUESTS = "Noch keine Gäste"
DECIDE = "{count} zu entscheiden"
DECIDE_ONE = "1 zu entscheiden"
