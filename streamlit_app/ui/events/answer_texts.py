"""German words of the tab *Antworten*."""

from __future__ import annotations

from schemas.events.choices import ReplyChannel

VIEWER = "Sie dürfen lesen. Eintragen können alle, die in NocoDB Einträge bearbeiten dürfen."
NO_GUESTS = "Noch steht niemand auf der Gästeliste. Danach tragen Sie hier ein, wer per Brief oder Telefon antwortet."
TO_GUESTS = "Zur Gästeliste"
CALLED_OFF = "Diese Veranstaltung ist abgesagt. Antworten können Sie noch eintragen; Plätze werden keine vergeben."

LIST = "Antworten eintragen"
ADVICE = (
    "Teil des Namens tippen, **Enter**: die erste Person ist gewählt. Dann ein Buchstabe und **Enter**: eingetragen, "
    "und der Cursor steht bereit für die nächste."
)
KEYS = "**z** zugesagt · **a** abgesagt · **v** vorläufig · **t** Vertretung"
HELP = (
    "**z 2** zugesagt mit zwei Begleitpersonen  \n**z 2 vegetarisch** oder **a, krank** mit Notiz  \n"
    "**t: Frau Muster** wer stattdessen kommt  \n**2** wählt den zweiten Treffer  \n"
    "**leer + Enter** hebt die Wahl auf"
)
SEARCH = "Name"
SEARCH_FOR = "z, a, v oder t für die gewählte Person, oder der nächste Name"
SEARCH_HINT = "Name oder Organisation, zwei Buchstaben genügen"
PICK = "Suchen"
CHANNEL = "Die Antwort kam per"
CHANNELS = (ReplyChannel.PHONE, ReplyChannel.LETTER, ReplyChannel.TALK)
DAY = "Eingegangen am"

NOBODY = "„{typed}“ steht nicht auf der Gästeliste. Prüfen Sie die Schreibweise, oder nehmen Sie die Person dort auf."
TOO_SHORT = "Bitte tippen Sie mindestens zwei Buchstaben."
NAME_FIRST = "Bitte erst den Namen tippen, dann den Buchstaben für die Antwort."
MATCHES = "{count} passen. Gemeint ist jemand anderes? Nummer tippen und Enter, oder klicken:"
MORE_MATCHES = "und {count} weitere; tippen Sie mehr vom Namen."
GONE = "Dieser Gast ist {state}. Die Antwort wird notiert, einen Platz bekommt er nicht."
NOT_INVITED = "Noch nicht eingeladen. Mit der Antwort gilt der Gast als eingeladen."
NO_ANSWER = "noch keine Antwort"
NOW = "Bisher:"
WITH = "mit {count} Begleitung"
BY = "vertreten durch {name}"
CORRECTED = "Korrektur gilt"
DELIVERY = "Zustellung: {told}"

ANSWER = "Antwort"
COMPANIONS = "Begleitpersonen"
COMPANIONS_HELP = "Vorgesehen für diese Veranstaltung: {most}. Sie dürfen mehr eintragen."
NAMES = "Wer kommt mit, oder wer vertritt"
NEEDS = "Essen und Zugang"
NOTE = "Notiz"
SAVE = "Eintragen"
CHOOSE = "Bitte wählen Sie eine Antwort."
CLEAR = "Wahl aufheben"

SAVED = "Eingetragen: **{name}** {answer} ({channel})."
SAVED_WITH = "Eingetragen: **{name}** {answer}, {count} Begleitung ({channel})."
WAITS = "Alle Plätze sind vergeben: **Warteliste**."
OVER = (
    "Damit sind {taken} Plätze vergeben, es gibt {capacity}: {more} zu viel. Wer schon einen Platz hat, behält ihn; "
    "nehmen Sie einen größeren Raum, oder sprechen Sie mit dem Gast."
)
STILL = "Es gilt aber **{answer}**: {why}."
WHY_CORRECTION = "eine Korrektur steht davor"
WHY_LATER = "eine spätere Antwort liegt vor ({channel}, {day})"
LATER = "Notiert, zählt aber erst in wenigen Minuten: diese Einladung ändert gerade jemand anderes."
DOWN = (
    "NocoDB ist gerade nicht erreichbar, die Antwort ist noch nicht gespeichert. Die Person bleibt gewählt; bitte "
    "versuchen Sie es gleich noch einmal."
)
UNDO = "Rückgängig"
UNDONE = "Zurückgenommen. Es gilt: **{name}** {answer}."
BUSY = "Jemand war schneller und hat das eben schon geändert. Sie sehen jetzt den neuen Stand."

HISTORY = "Alle Antworten"
NO_HISTORY = "Noch keine Antwort eingegangen."
TAKEN_BY = "notiert von {name}"
DISCARD = "Verwerfen"
DISCARD_HELP = "Diese Antwort zählt dann nicht mehr; sie bleibt in der Liste stehen."
RESTORE = "Doch gelten lassen"
DISCARDED = "Die Antwort zählt nicht mehr. Es gilt: **{name}** {answer}."
RESTORED = "Die Antwort zählt wieder. Es gilt: **{name}** {answer}."

CORRECTION = "Korrektur"
CORRECTION_ADVICE = "Wenn Sie es besser wissen als jede Antwort. Sie gilt, bis Sie sie wieder aufheben."
CORRECTION_AS = "Es gilt"
CORRECTION_SET = "Korrektur setzen"
CORRECTION_CLEAR = "Korrektur aufheben"
CORRECTION_DONE = "Korrigiert: **{name}** {answer}. Das gilt vor jeder Antwort."
CORRECTION_CLEARED = "Die Korrektur ist aufgehoben. Es gilt: **{name}** {answer}."

LINK = "Antwort-Link"
LINK_BARRED = "Deshalb gibt es keinen Link zum Weitergeben; Gäste antworten per E-Mail oder Telefon."
LINK_NONE = "Noch hat dieser Gast keinen Link; er entsteht mit der Einladung, oder jetzt."
LINK_MAKE = "Link anlegen"
LINK_MADE = "Der Antwort-Link ist angelegt; Sie sehen ihn unter „Antwort-Link“."
LINK_ADVICE = "Der Link dieses Gastes, zum Beispiel für eine eigene E-Mail. Wer ihn hat, kann für ihn antworten."
LINK_VOID = "Link ungültig machen"
LINK_VOIDED = "Der alte Link gilt nicht mehr. Einen neuen sehen Sie unter „Antwort-Link“."
IN_NOCODB = "in NocoDB"

DECIDE = "Zu entscheiden und zu lesen"
DECIDE_ADVICE = (
    "Hier war nicht sicher, was gemeint ist, oder neben der Antwort steht noch etwas. Lesen Sie den Wortlaut."
)
DECIDE_NONE = "Nichts zu entscheiden."
DECIDE_WHO = "Wer ist gemeint?"
DECIDE_WHO_HINT = "Name oder Organisation"
DECIDE_WHO_PICK = "Gast"
DECIDE_OTHER = "Anderer Gast"
DECIDE_NOBODY_YET = "Erst den Gast suchen, dann die Antwort wählen."
DECIDE_NOWHERE = "keiner Veranstaltung zugeordnet"
DECIDE_LIKELY = "Vermutlich: **{answer}**"
COUNTS_ALREADY = "Gilt schon: **{answer}**. Lesen Sie, was daneben steht, und tragen Sie es bei Bedarf ein."
READ = "Gelesen"
WAS_READ = "Gelesen. Die Antwort gilt wie zuvor."
DECIDE_GUEST = "Gast: **{name}**"
DECIDED = "Entschieden: **{name}** {answer}."
DECIDE_DISCARDED = "Verworfen. Die Nachricht bleibt in NocoDB stehen."
REOPENED = "Zurückgenommen, es wartet wieder auf Ihre Entscheidung."
SENDER_UNKNOWN = "Unbekannter Absender"
WHOLE_TEXT = "Ganzer Wortlaut"

RECENT = "Zuletzt eingegangen"
RECENT_NONE = "Noch ist keine Antwort eingegangen."
RECENT_COLUMNS = ("Wann", "Gast", "Antwort", "Weg", "Notiert von")
