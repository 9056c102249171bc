"""German words of the tab *Siegel*."""

from __future__ import annotations

from schemas.certification.choices import Validity
from schemas.certification.rules.seals import Risk
from streamlit_app.frames.seals import Side

EMPTY_TITLE = "Noch trägt niemand das Siegel"
EMPTY_TEXT = (
    "Sobald ein Siegel verliehen ist (in einer Runde, im Teil „Verleihung“), steht es hier. Siegel aus früheren Jahren "
    "tragen Sie in NocoDB in der Tabelle „Zertifizierungen“ nach: Einrichtung und Siegeljahr genügen."
)
TO_TABLE = "Zertifizierungen in NocoDB"

FIGURES = ("tragen ein Siegel", "Jahre alt im Schnitt", "gefährdet", "Auffrischen anbieten", "widerrufen")
LIST = "Liste"
LISTS = {
    "tragen": "Tragen ein Siegel",
    "bald": "Verleihung kommt noch",
    "gefahr": "Gefährdet",
    "anbieten": "Auffrischen anbieten",
    "unklar": "Koordination unklar",
    "vorbei": "Laufzeit zu Ende",
    "abgeloest": "Durch neueres abgelöst",
    "widerrufen": "Widerrufen",
}
OPTIONAL = ("bald", "vorbei", "abgeloest", "widerrufen")
"""Lists that are left out while nobody is on them."""
ABOUT = {
    "tragen": "Jede Einrichtung steht einmal hier, mit ihrem neuesten Siegel. Ein Siegel trägt ein Jahr und wird "
    "älter; es hört nicht auf zu gelten, solange die Runde keine Laufzeit hat.",
    "bald": "Diese Siegel sind schon eingetragen; öffentlich stehen sie vom Tag der Verleihung an.",
    "gefahr": "Das Siegel gehört der Einrichtung, das Wissen der Person, die am Seminar teilnahm. Hier ist sie nicht "
    "mehr da, oder die Einrichtung besteht nicht mehr.",
    "anbieten": "Diese Siegel sind alt genug für ein freundliches Angebot, und die Einrichtung ist nicht schon wieder "
    "unterwegs. Nach wie vielen Jahren, steht in der Runde.",
    "unklar": "Bei diesen steht in NocoDB nicht, ob die Person aus dem Seminar noch dort arbeitet. Tragen Sie ihre "
    "Funktion in der Einrichtung ein, dann merkt Kontaktnetz, wenn sie geht.",
    "vorbei": "Diese Siegel hatten in ihrer Runde eine Laufzeit, und die ist zu Ende.",
    "abgeloest": "Ältere Siegel derselben Einrichtung; es zählt das neueste.",
    "widerrufen": "Diese Siegel hat jemand widerrufen; ihre Urkunden zeigen das beim Prüfen.",
}
NOBODY = "Auf dieser Liste steht niemand."
COLUMNS = ("Einrichtung", "Siegel", "Nummer", "Alter", "Geltung", "Koordination", "Träger", "Stadtteil", "Verliehen am")
RISK_COLUMNS = ("Einrichtung", "Siegel", "Was fehlt", "Koordination")
REVOKED_COLUMNS = ("Einrichtung", "Siegel", "Nummer", "Widerrufen am", "Grund")
THIS_YEAR, ONE_YEAR, YEARS = "aus diesem Jahr", "1 Jahr", "{years} Jahre"
VALIDITY = {
    Validity.YEAR_STAMP: "ohne Ende",
    Validity.FIXED_TERM: "bis {day}",
    Validity.YEARLY: "für {year}",
}
FOLLOWED = "abgelöst durch {by}"
NEXT_STEP = {
    Risk.COORDINATOR_GONE: "**Wer ist jetzt zuständig?** Fragen Sie, wer dort heute Freiwillige begleitet. Tragen Sie "
    "die Person in der Zertifizierung unter „Koordination“ ein, mit ihrer Funktion in der Einrichtung, und laden Sie "
    "sie zum Seminar ein{seminar}.",
    Risk.SITE_GONE: "**Gibt es die Einrichtung noch?** Heißt sie heute anders, verbinden Sie beide in NocoDB unter "
    "„Heute“. Sonst widerrufen Sie das Siegel.",
}
SEMINAR = " (das nächste ist am {day})"
RISK = {Risk.COORDINATOR_GONE: "Geschulte Person ist nicht mehr da", Risk.SITE_GONE: "Einrichtung besteht nicht mehr"}

REACH = "Wie weit das Siegel reicht"
SIDES = {Side.FIELD: "Engagementfeld", Side.DISTRICT: "Stadtteil", Side.PARENT: "Träger"}
REACH_TEXT = (
    "Gezählt sind Organisationen der Zivilgesellschaft, die es heute gibt, und alle mit Siegel. Wer in zwei Feldern "
    "arbeitet, zählt in beiden."
)
REACH_COLUMNS = ("tragen ein Siegel", "von Organisationen", "Anteil")
UNKNOWN = {Side.FIELD: "(ohne Feld)", Side.DISTRICT: "(ohne Stadtteil)", Side.PARENT: "(ohne Träger)"}
REACH_ROWS = "Wer dahintersteht"

ROUNDS = "Wie weit die Runden kamen"
ROUNDS_TEXT = "Wer weiter kam, zählt in den Stufen davor mit. „Ansehen“ führt zur Runde."
ROUND = "Runde"
MODELS = (
    "Wie lange ein Siegel zählt, steht in der Runde unter „Geltung“: mit Jahr und ohne Ende (so hält es das Haus), mit "
    "fester Laufzeit in Jahren (so das Siegel des Bundesverbands der Freiwilligenagenturen) oder jedes Jahr neu ohne "
    "Prüfung. Eine Änderung gilt für alle Siegel dieser Runde."
)
OTHER = ("ruhen", "ausgeschieden")

REVOKE = "Siegel widerrufen oder Widerruf zurücknehmen"
REVOKE_TEXT = (
    "Ein Widerruf steht sofort auf der Seite hinter dem QR-Code und in der nächsten Prüfdatei; aus der öffentlichen "
    "Liste verschwindet die Einrichtung. Die Zertifizierung bleibt mit Datum und Grund erhalten."
)
REVOKE_WHOM, REVOKE_WHY = "Welches Siegel", "Grund"
REVOKE_WHY_HINT = "Zum Beispiel: Die Einrichtung begleitet keine Freiwilligen mehr."
REVOKE_CHOOSE = "Einrichtung oder Nummer"
REVOKE_DO, RESTORE_DO = "Widerrufen", "Widerruf zurücknehmen"
REVOKE_NO_WHY = "Bitte nennen Sie den Grund; er bleibt in der Zertifizierung stehen."
REVOKED = "Das Siegel {number} von „{name}“ ist widerrufen."
RESTORED = "Das Siegel {number} von „{name}“ gilt wieder."
REVOKED_SINCE = "Widerrufen am {day}: {why}"

REFRESH_OWN, REFRESH_OWN_HINT = (
    "Eigene Sätze (werden eingefügt)",
    "Zum Beispiel: Wir feiern in diesem Jahr zehn Jahre Siegel.",
)
REFRESH_WHOM, REFRESH_ALL = "An wen", "Alle, die noch keines bekamen"
REFRESH_SEND = "Angebot senden ({count})"
REFRESH_SENT = "{count} E-Mails stehen im Postausgang und gehen in den nächsten Minuten hinaus."
REFRESH_SENT_ONE = "Eine E-Mail steht im Postausgang und geht in den nächsten Minuten hinaus."
REFRESH_THERE = "Diese Angebote stehen schon im Postausgang; es geht je Siegel nur eines hinaus."
REFRESH_HALT = "Doch nicht? Stellen Sie sie in NocoDB im „Postausgang“ auf „angehalten“, solange dort „wartet“ steht."
REFRESH_NO_MAIL = "Es ist kein Mailserver eingerichtet (SMTP_HOST in .env); die E-Mails warten, bis es einen gibt."
REFRESH_COLUMNS = ("Einrichtung", "Siegel", "Alter", "Geht an", "E-Mail", "Angebot")
REFRESH_OPEN, REFRESH_NO_ADDRESS = "noch keines", "keine E-Mail bekannt – bitte anrufen"
REFRESH_PREVIEW = "Vorschau der E-Mail"
REFRESH_FOR = "Für"
REFRESH_DONE = "Alle mit E-Mail haben ihr Angebot bekommen. Es geht je Siegel nur einmal hinaus."

VOID = "Ungültige Nummern"
VOID_TEXT = (
    "Eine Nummer, die einmal vergeben war, wird nie wieder vergeben. Hier stehen die, deren Urkunde nicht (mehr) gilt; "
    "die Seite hinter dem QR-Code sagt es."
)
VOID_NONE = "Keine Nummer ist ungültig."
VOID_COLUMNS = ("Nummer", "Vergeben an", "Warum ungültig")

PUBLISH = "Veröffentlichen und prüfen lassen"
PUBLISH_TEXT = (
    "Für die Webseite der Stadt: die Liste aller Einrichtungen mit Siegel als barrierefreie Seite (eine Datei, ohne "
    "Skripte) und als Tabelle. Widerrufene und abgelöste Siegel stehen nicht darin."
)
PAGE_FILE, TABLE_FILE = "Seite (HTML)", "Tabelle (CSV)"
BADGES_TEXT = (
    "Digitale Abzeichen (Open Badge 3.0): Jede Einrichtung kann ihr Siegel damit auf ihrer Webseite oder in einem "
    "Abzeichen-Rucksack zeigen; die Unterschrift darin lässt sich prüfen."
)
BADGE_WHOM, BADGE_FILE, BADGES_FILE = "Einrichtung", "Abzeichen", "Alle Abzeichen (ZIP)"
BADGES_BARE = "Digitale Abzeichen nennen deshalb keine Seite, auf der sie sich prüfen lassen."
BADGES_NONE = "Abzeichen gibt es für Siegel mit Nummer und Tag der Verleihung."
TRUST_TEXT = (
    "Die Prüfdatei: Wer sie hat, prüft Urkunden ohne Netz mit `kontaktnetz seal check`. Darin stehen die öffentlichen "
    "Schlüssel und die ungültigen Nummern. Geben Sie nach einem Widerruf oder einem neuen Schlüssel eine neue heraus."
)
TRUST_FILE = "Prüfdatei (JSON)"
VIEWER = "Zum Widerrufen und Anschreiben brauchen Sie in NocoDB die Rolle Editor."
