"""German text on printed sheets and of the buttons that make them."""

from __future__ import annotations

PROFILE = "Steckbrief, Stand {day}"
HANDED = "Übergabe von {left} an {follows}, Stand {day}"
NOBODY_YET = "(noch offen)"
FOOTER = "Nur für den internen Gebrauch. Aus dem Kontaktnetz, Stand {day}."
SOME = "{heading} ({shown} von {total})"
NEVER = "noch keiner eingetragen"
YES = "ja, bitte beachten"
RHYTHM = "spätestens alle {days} Tage ({member})"

FACTS = {
    "kind": "Art", "parent": "Gehört zu", "fields": "Engagementfelder", "street": "Anschrift", "phone": "Telefon",
    "mobile": "Mobil", "mail": "E-Mail", "web": "Webseite", "last": "Letzter Kontakt", "rhythm": "Rhythmus",
    "do_not_contact": "Nicht anschreiben", "portrait": "Porträt", "note": "Notiz",
}  # fmt: skip

FUNCTION_TEXTS = ("name", "mail", "phone")
CONTACT_TEXTS = ("summary", "next_step")
"""Columns of functions and contacts whose text stands on a sheet."""

PEOPLE = "Menschen dort"
PLACES = "Funktionen"
PEOPLE_COLUMNS = ("Name", "Funktion", "Telefon", "E-Mail")
PEOPLE_WIDTHS = (5, 5, 3, 5)
NO_PEOPLE = "Niemand eingetragen."
KNOWN = "Wer von uns sie kennt"
KNOWN_COLUMNS = ("Name", "Zuletzt", "Kontakte in zwei Jahren")
KNOWN_WIDTHS = (3, 2, 3)
NO_KNOWN = "In den letzten zwei Jahren niemand."
STEPS = "Versprochen und noch offen"
STEP_COLUMNS = ("Bis", "Was", "Wer")
STEP_WIDTHS = (2, 10, 3)
NO_STEPS = "Nichts versprochen."
CONTACTS = "Letzte Kontakte"
CONTACT_COLUMNS = ("Tag", "Art", "Mit", "Worum es ging")
CONTACT_WIDTHS = (2, 2, 4, 9)
NO_CONTACTS = "Noch kein Kontakt eingetragen."
GIFTS = "Gegeben und bekommen"
GIFT_COLUMNS = ("Jahr", "Von dort gegeben", "Von uns bekommen")
GIFT_WIDTHS = (1, 2, 2)

BUTTON = "Steckbrief (PDF)"
BUTTON_HELP = "Eine Seite zum Mitnehmen ins Gespräch: wer dort ist, wer von uns sie kennt, was versprochen ist."
FILE = "steckbrief-{name}-{day}.pdf"
HANDED_PDF = "Übergabeblätter (PDF)"
HANDED_DOCX = "Übergabeblätter (Word)"
HANDED_HELP = "Ein Blatt je Organisation oder Person: was offen ist, was war, wen man dort kennt. Zum Durchsprechen."
HANDED_FILE = "uebergabe-{name}-{day}.{kind}"
HANDED_TITLE = "Übergabeblätter von {name}"
