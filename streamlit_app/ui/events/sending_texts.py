"""German words of the tab *Versand*."""

from __future__ import annotations

from automations.events.sending_plan import Why
from schemas.events.choices import Channel
from schemas.operations.choices import PostKind, PostState

OCCASION = "Was möchten Sie verschicken?"
OCCASIONS = {
    PostKind.SAVE_THE_DATE: "Termin vormerken", PostKind.INVITATION: "Einladung", PostKind.REMINDER: "Erinnerung",
    PostKind.CHANGE: "Änderung von Zeit oder Ort", PostKind.PLACE: "Platz oder Warteliste",
    PostKind.CANCELLATION: "Absage der Veranstaltung", PostKind.THANKS: "Dank an alle, die da waren",
    PostKind.MISSED: "Gruß an alle, die nicht konnten",
}  # fmt: skip

WHO = {
    PostKind.SAVE_THE_DATE: "Geht an alle auf der Gästeliste, die noch nicht eingeladen sind.",
    PostKind.INVITATION: "Geht an alle auf der Gästeliste, die noch nicht eingeladen sind. Kommen später Gäste dazu, "
    "bekommen nur diese eine Einladung.",
    PostKind.REMINDER: "Geht genau an die, die eingeladen sind und noch nicht geantwortet haben, und an jeden nur "
    "einmal.",
    PostKind.CHANGE: "Geht an alle, in deren Kalender noch der alte Stand steht, außer an die, die abgesagt haben.",
    PostKind.PLACE: "Sagt allen, die zugesagt haben, ob sie einen Platz haben oder auf der Warteliste stehen.",
    PostKind.CANCELLATION: "Geht an alle, die eingeladen waren. Der Termin verschwindet aus ihren Kalendern.",
    PostKind.THANKS: "Geht an alle, die eingelassen wurden.",
    PostKind.MISSED: "Geht an alle, die abgesagt hatten.",
}  # fmt: skip

MISSING = "Vorher fehlt in der Veranstaltung: {what}. Bitte ergänzen Sie das im Teil „Überblick“ oder in NocoDB."
NOT_FITTING = {
    True: "Die Veranstaltung ist abgesagt. Verschickt werden kann nur noch die Absage.",
    False: "Eine Absage kann erst hinausgehen, wenn die Veranstaltung abgesagt ist (im Teil „Überblick“).",
}
NOBODY = "Dafür kommt zurzeit niemand infrage."
NOBODY_HINT = {
    PostKind.INVITATION: "Die Gästeliste ist leer, oder alle sind schon eingeladen. Gäste kommen im Teil „Gäste“ dazu.",
    PostKind.REMINDER: "Alle Eingeladenen haben geantwortet, oder es ist noch niemand eingeladen.",
    PostKind.CHANGE: "Zeit und Ort stehen so, wie sie in den Einladungen stehen.",
    PostKind.THANKS: "Es wurde noch niemand eingelassen.",
}
CHANGED = (
    "Zeit oder Ort haben sich geändert, seit die Einladungen hinausgingen. {count} Eingeladene wissen das noch nicht."
)
SEND_CHANGE = "Änderung verschicken"

WAYS = {Channel.MAIL: "E-Mail", Channel.LETTER: "Brief", Channel.PHONE: "Telefon"}
COUNTS = {Channel.MAIL: "per E-Mail", Channel.LETTER: "per Brief", Channel.PHONE: "per Telefon"}
SETTLED = "erledigt"
LEFT_OUT = "nicht erreichbar"

WHY = {
    Why.BARRED: "„Nicht anschreiben“ ist angekreuzt",
    Why.NO_MAIL: "keine E-Mail-Adresse",
    Why.BAD_MAIL: "nicht genau eine gültige E-Mail-Adresse",
    Why.CAME_BACK: "E-Mail kam zurück",
    Why.NO_STREET: "keine Anschrift",
    Why.NO_PHONE: "keine Telefonnummer",
    Why.NO_WAY: "kein Weg eingetragen",
    Why.ALREADY: "schon bekommen",
    Why.ON_ITS_WAY: "schon im Postausgang",
    Why.STUCK: "ging nicht hinaus, siehe unten",
    Why.ANSWERED: "schon geantwortet",
    Why.UNDECIDED: "hat geantwortet, noch zu entscheiden",
}
LEFT_TITLE = "{count} Gäste bekommen jetzt nichts: {reasons}"
LEFT_COLUMNS = ("Gast", "Organisation", "Weg", "Warum nicht")

PREVIEW = "Vorschau"
PREVIEW_OF = "{name} ({number} von {total})"
PREVIOUS, NEXT = "Zurück", "Weiter"
PREVIEW_WHICH = "Gast"
PREVIEW_SUBJECT = "Betreff"
PREVIEW_TO = "An"
PREVIEW_LINK = "Der Antwort-Link führt in der Vorschau nirgendwohin. Jeder Gast bekommt beim Senden seinen eigenen."
PREVIEW_LETTER = "Brief an {name}, Seite {page} von {pages}"
PREVIEW_MAIL = "So sieht {name} die E-Mail"
BROKEN = "Der Text lässt sich noch nicht verwenden: {problem}"

TEST = "Probe an mich"
TEST_TO = "Adresse für die Probe"
TEST_HELP = "Sie bekommen genau diese E-Mail. Kein Gast erfährt davon, und es zählt nicht als Einladung."
TEST_DONE = "Die Probe an {to} geht in der nächsten Minute hinaus."
TEST_BAD = "Das ist keine vollständige E-Mail-Adresse."

NO_SERVER = (
    "Es ist kein Mailserver eingetragen, deshalb gehen keine E-Mails hinaus. Bitte tragen Sie in der Datei .env "
    "SMTP_HOST und MAIL_FROM ein (erklärt in .env.example) und starten Sie Kontaktnetz neu. Briefe und Telefonliste "
    "gehen auch ohne."
)
SEND = "{count} E-Mails senden"
SEND_ONE = "1 E-Mail senden"
SEND_BARE = "{count} E-Mails ohne Link senden"
SEND_ONE_BARE = "1 E-Mail ohne Link senden"
NO_LINKS = "Deshalb tragen E-Mails und Briefe jetzt keinen Antwort-Link; sie bitten um Antwort per E-Mail oder Telefon."
CONFIRM_BARE = (
    "**Ohne Antwort-Link:** Die Gäste antworten per E-Mail oder Telefon, und Sie tragen jede Antwort selbst ein."
)
CONFIRM = "**{count} Gäste bekommen jetzt „{what}“ per E-Mail.** Jeder bekommt eine eigene, niemand sieht die anderen."
CONFIRM_RATE = "Das dauert etwa {minutes}, höchstens {rate} E-Mails gehen in der Minute hinaus."
CONFIRM_YES = "Ja, jetzt senden"
CONFIRM_NO = "Abbrechen"
QUEUEING = "Wird in den Postausgang gelegt: {done} von {total}"
QUEUED = "{count} E-Mails liegen im Postausgang und gehen nacheinander hinaus. Sie können die Seite schließen."
QUEUED_NONE = "Es kam nichts dazu: Diese E-Mails lagen schon im Postausgang."

PROGRESS = "Versand per E-Mail"
STATES = {
    PostState.QUEUED: "warten", PostState.SENDING: "werden gerade gesendet", PostState.SENT: "gesendet",
    PostState.FAILED: "fehlgeschlagen", PostState.HELD: "angehalten", PostState.WITHDRAWN: "zurückgezogen",
}  # fmt: skip
DONE_BAR = "{sent} von {total} gesendet"
BACKGROUND = (
    "Gesendet wird im Hintergrund, auch wenn Sie diese Seite schließen. Tut sich nach einigen Minuten nichts, läuft "
    "auf dem Rechner der Dienst `kontaktnetz jobs run-forever` nicht."
)
TROUBLE = "**Im Moment geht nichts hinaus.** {problem}"
PUT_OFF_ONE = (
    "Eine E-Mail nimmt der Mailserver noch nicht an; sie wird einen Tag lang in wachsenden Abständen wieder versucht. "
    "Er sagt: {problem}"
)
PUT_OFF = (
    "{count} E-Mails nimmt der Mailserver noch nicht an; sie werden einen Tag lang in wachsenden Abständen wieder "
    "versucht. Er sagt zuletzt: {problem}"
)
ALL_SENT = "Alle {count} E-Mails sind gesendet."
PAUSE, GO_ON, STOP = "Anhalten", "Weiter senden", "Abbrechen"
STOP_HELP = "Was noch nicht hinausging, wird zurückgezogen. Sie können es später neu senden."
PAUSED = "{count} E-Mails angehalten. Einzelne, die schon unterwegs waren, gehen noch hinaus."
GONE_ON = "{count} E-Mails warten wieder."
STOPPED = "{count} E-Mails zurückgezogen."
DOWN = "NocoDB antwortet gerade nicht. Gesendet wird von selbst weiter, sobald es wieder da ist."

STUCK = "Nicht hinausgegangen"
STUCK_COLUMNS = ("Gast", "Adresse", "Stand", "Warum")
STUCK_HINT = (
    "Ist die Adresse falsch, verbessern Sie sie beim Kontakt. „Noch einmal“ nimmt die Adresse, die heute dort steht. "
    "Bei „angehalten“ ist unklar, ob die E-Mail ankam: Fragen Sie lieber nach, bevor Sie sie noch einmal senden."
)
AGAIN_FAILED = "Fehlgeschlagene noch einmal ({count})"
AGAIN_HELD = "Unklare noch einmal ({count})"
AGAIN_DONE = "{count} E-Mails warten wieder."

BY_LETTER = "Briefe"
LETTERS_PDF = "Briefe drucken (PDF)"
LETTERS_SERIAL = "Serienbrief-Tabelle (Excel)"
LETTERS_MAKE = "Briefe setzen ({count})"
LETTERS_BARE = "Briefe ohne QR-Code setzen ({count})"
LETTERS_MUTE = (
    "Auf diese Briefe könnte niemand antworten: Sie tragen keinen Link, und beim Absender der Veranstaltung fehlen "
    "Telefon und E-Mail. Bitte ergänzen Sie sie bei der Organisation des Absenders oder unter „Antwort an“."
)
LETTERS_RUN = "Die Briefe werden gesetzt …"
LETTERS_NEXT = "Drucken Sie in „Tatsächlicher Größe“ auf A4, dann passt die Anschrift ins Fenster."
LETTERS_WRONG = "{count} Stellen in Anschriften sind noch zu ergänzen, sonst kommen diese Briefe nicht an."
LETTERS_WRONG_COLUMNS = ("Gast", "Was fehlt")
LETTERS_HELP = "Alle Briefe in einer Datei, nach DIN 5008 für Fensterumschläge, nach Postleitzahl geordnet."
BY_PHONE = "Telefon"
PHONE_LIST = "Telefonliste (Excel)"
PHONE_COLUMNS = ("Gast", "Organisation", "Telefon", "Antwort", "Notiz")
TICK_LETTER = "Als verschickt eintragen ({count})"
TICK_LETTER_HELP = "Erst, wenn die Briefe in der Post sind. Damit gelten diese Gäste als eingeladen."
TICK_PHONE = "Als angerufen eintragen ({count})"
TICK_PHONE_WHO = "Wen haben Sie erreicht?"
TICK_PHONE_HINT = "Namen wählen"
TICK_PHONE_HELP = "Damit gelten sie als eingeladen. Antworten tragen Sie im Teil „Antworten“ ein."
TICK_OUTDATED = (
    "Nicht eingetragen: {names}. Der Platz ist inzwischen ein anderer, als Brief oder Anruf sagten. Bitte sagen Sie "
    "diesen Gästen, wie es jetzt steht."
)
LETTERS_OUTDATED = (
    "Seit dem Druck ist der Platz ein anderer: {names}. Bitte schicken Sie diese Briefe nicht ab, und drucken Sie neu, "
    "wer noch in der Liste steht."
)
TICKED = {Channel.LETTER: "{count} Briefe als verschickt eingetragen.", Channel.PHONE: "{count} Anrufe eingetragen."}
UNDO = "Rückgängig"
UNDONE = "Zurückgenommen: {count} Gäste."
NOT_TICKABLE = "Bei „{what}“ merkt sich die Einladung nicht, wer schon einen Brief bekam oder angerufen wurde."
WHAT_LETTER, WHAT_PHONE = "Briefe verschickt", "Anrufe"
VIEWER = "Zum Senden brauchen Sie in NocoDB die Rolle Editor."
MINUTES = "{count} Minuten"
MINUTE = "eine Minute"
HOURS = "{count} Stunden"
