"""German words of the tab *Einschätzung*."""

from __future__ import annotations

from schemas.certification.choices import Rating

FIGURES = ("von {total} eingeschätzt", "davon im Gespräch", "deutliche Unterschiede", "unverzichtbar und offen")
VERDICT = "Zusammengefasst: {verdict}"
NO_CRITERIA = "Diese Runde hat keine Kriterien"
NO_CRITERIA_TEXT = (
    "Ohne Kriterien gibt es nichts einzuschätzen. Kriterien pflegen Sie in NocoDB in der Tabelle „Kriterien“; "
    "sie gelten für Runden, die danach beginnen."
)
NOTHING = "Noch ist nichts eingeschätzt"
NOTHING_TEXT = (
    "Schicken Sie der Einrichtung den Fragebogen, oder tragen Sie hier ein, was auf ihrem Papierbogen steht. Nach dem "
    "Gespräch halten Sie daneben fest, was Sie gesehen haben."
)
VIEWER = "Sie sehen hier alles. Eintragen dürfen Kolleg:innen mit Bearbeitungsrecht in NocoDB."

MUST_TITLE = "Unverzichtbar und nicht erfüllt – das gleicht nichts anderes aus:"
MUST_UNRATED = "Unverzichtbar und noch nicht eingeschätzt:"
MUST_OPEN = "noch nicht eingeschätzt"

ENTER = "Eintragen"
SIDE = "Was tragen Sie ein?"
REVIEW, OWN = "gespraech", "selbst"
SIDES = {REVIEW: "Gesehen im Gespräch", OWN: "Selbsteinschätzung vom Papier"}
AT = "Kriterium {at} von {total}"
SIGNS = "Woran man es erkennt"
EXAMPLE = "Beispiel"
LINE = {
    REVIEW: "Bewertung und Beobachtung",
    OWN: "Bewertung und Beleg der Einrichtung",
}
LINE_HINT = "zum Beispiel: 2 Aushang am Eingang, Vertretung unklar"
KEYS = (
    "**0–3** bewertet, **x** heißt „passt hier nicht“, danach Ihr Text. **Enter** speichert und geht weiter, ein "
    "leeres Enter überspringt, **\\#5** springt zu Kriterium 5."
)
LINE_HELP = (
    "Steht schon ein Text da, kommt der neue in eine Zeile darunter. Beginnt Ihr Text selbst mit einer Zahl von 0 bis "
    "3, setzen Sie einen Punkt davor: „. 3 Gruppen“."
)
SAVE_LINE = "Speichern"
BY_MOUSE = "Mit der Maus, oder längerer Text"
RATING = "Bewertung"
NO_RATING = "noch keine"
TEXTS = {REVIEW: "Beobachtung", OWN: "Beleg"}
COMMENT = "Anmerkung"
SAVE = "Speichern und weiter"
SAVED = "Gespeichert: {name}."
SAVED_NOTHING = "Es hat sich nichts geändert: {name}."
TAKEN = (
    "Bei „{name}“ hat eben jemand anderes etwas eingetragen; das bleibt stehen und steht jetzt hier. "
    "Sie hatten getippt: „{typed}“. Bitte sehen Sie nach und tragen Sie es noch einmal ein, wenn es gelten soll."
)
NO_SUCH = "Ein Kriterium {number} gibt es nicht; es gibt {total}."
GONE = "Dieses Kriterium gibt es in der Runde nicht mehr."

LIST = "Alle Kriterien"
SHOW = "Zeigen"
ALL, APART, OPEN, UNSEEN, MUSTS = "alle", "unterschiede", "offen", "ungesehen", "unverzichtbar"
FILTERS = {ALL: "Alle", APART: "Unterschiede", OPEN: "Nicht beantwortet", UNSEEN: "Noch nicht gesehen",
           MUSTS: "Unverzichtbare"}  # fmt: skip
NONE_LEFT = "Hier steht kein Kriterium. Gut so."
EDIT = "Eintragen"
MUST = "unverzichtbar"
NOT_OWN = "nicht beantwortet"
NOT_SEEN = "noch nicht gesehen"
BETTER = "▲ {steps} Stufen besser gesehen"
WORSE = "▼ {steps} Stufen schwächer gesehen"
UNLIKE = "◆ verschieden: einmal „passt hier nicht“"
OWN_SAYS, REVIEW_SAYS = "Selbst", "Im Gespräch"
WITHOUT_AREA = "Weiteres"

PROFILE = "Profil nach Bereich"
PROFILE_COLUMNS = ("Bereich", "Selbst", "Im Gespräch", "Unterschied")
PROFILE_ALT = "Balken je Bereich, Anteil des Möglichen. {told}"
PROFILE_ONE = "{area}: selbst {own}, im Gespräch {review}"
PROFILE_NOTE = (
    "Anteil des Möglichen (3 Punkte je Kriterium, ohne „passt hier nicht“). Das Profil sagt, wo es gut läuft; "
    "Unverzichtbares, das fehlt, steht oben und wird nicht aufgerechnet."
)
POINTS = "{points:+d} Punkte"

TABLE = "Alle Angaben als Tabelle und für Excel"
TABLE_TITLE = "Einschätzung"
COLUMNS = ("Bereich", "Kriterium", "Unverzichtbar", "Selbst", "Beleg", "Anmerkung", "Ausgefüllt von", "Ausgefüllt am",
           "Im Gespräch", "Beobachtung", "Begutachtet von", "Unterschied (Stufen)")  # fmt: skip
YES = "ja"

KEYS_OF = {Rating.NOT: "0", Rating.PARTLY: "1", Rating.MOSTLY: "2", Rating.FULLY: "3", Rating.UNFIT: "x"}
