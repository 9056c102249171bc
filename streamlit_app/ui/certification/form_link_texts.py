"""German words about the questionnaire of a placement."""

from __future__ import annotations

TITLE = "Fragebogen der Einrichtung"
ADVICE = (
    "Die Einrichtung füllt ihre Selbsteinschätzung über einen eigenen Link aus, ohne Konto, auch zu mehreren. Was sie "
    "speichert, steht hier nach der nächsten Aktualisierung."
)
ANSWERED = "**{done} von {total}** Kriterien beantwortet"
NOBODY = "noch hat niemand etwas ausgefüllt"
BY = "ausgefüllt von {names}"
PERSON = "{name} ({count})"
LAST = "zuletzt {when}"
HANDED_IN = "**Als fertig gemeldet** am {day}{by}"
HANDED_IN_BY = " von {name}"
NOT_HANDED_IN = "noch nicht als fertig gemeldet"

NEVER_SENT = "Der Fragebogen wurde noch nicht verschickt."
STATES = {
    "wartet": "Liegt seit {when} im Postausgang und geht in den nächsten Minuten an {mail}.",
    "unterwegs": "Wird gerade an {mail} gesendet.",
    "gesendet": "Geschickt am {when} an {mail}.",
    "fehlgeschlagen": "Ging nicht hinaus an {mail}: {problem}",
    "angehalten": "Angehalten, an {mail}: {problem}",
    "zurueckgezogen": "Zurückgezogen, nicht an {mail} geschickt. {problem}",
}
TO = "Geht an {mail}."
NO_MAIL = (
    "Für den Fragebogen fehlt eine E-Mail-Adresse: bitte bei der Koordination eintragen, oder beim Fall unter „E-Mail "
    "(für den Fragebogen)“."
)
NO_SERVER = "Es ist kein Mailserver eingerichtet; der Fragebogen bleibt so lange im Postausgang liegen."
NOT_PUBLIC = "Der Fragebogen lässt sich deshalb nicht verschicken."
IN_OUTBOX = "Im Postausgang"
IN_NOCODB = "Fall in NocoDB"
SEND = "Fragebogen schicken"
SEND_AGAIN = "Noch einmal schicken"
SENT = "Der Fragebogen liegt im Postausgang und geht in den nächsten Minuten an {mail}."
TAKEN_BACK = "Der Fragebogen ist zurückgezogen und geht nicht hinaus."
TOO_LATE = "Der Fragebogen ist schon unterwegs und lässt sich nicht mehr zurückziehen."

LINK = "Link zum Weitergeben"
LINK_ADVICE = (
    "Wer diesen Link hat, kann die Selbsteinschätzung lesen und ausfüllen. Geben Sie ihn nur an die Einrichtung weiter."
)
LINK_BARRED = "Den Link könnte zurzeit niemand öffnen; er steht hier, sobald eine öffentliche Adresse eingestellt ist."
LINK_NONE = "Einen Link gibt es noch nicht. Er entsteht beim ersten Verschicken, oder hier:"
LINK_MAKE = "Link machen"
LINK_MADE = "Der Link ist da: siehe unter „Link zum Weitergeben“."
LINK_VOID = "Link sperren und neuen machen"
LINK_VOID_HELP = "Alle bisherigen Links zu diesem Fragebogen führen dann auf „Diese Seite gibt es nicht“."
LINK_VOIDED = "Der alte Link gilt nicht mehr. Schicken Sie der Einrichtung den neuen."

CLOSED = {
    "nur lesen": "Die Begutachtung hat begonnen: Die Einrichtung kann ihren Fragebogen nur noch lesen. Damit sie etwas "
    "ändern kann, geben Sie im Verlauf den Schritt zurück.",
    "ruht": "Das Verfahren ruht: Die Einrichtung kann ihren Fragebogen solange nur lesen.",
    "vorbei": "Das Verfahren ist zu Ende: Der Link zeigt keinen Fragebogen mehr.",
}
