"""German words of the tab *Bericht*."""

from __future__ import annotations

DRAFT_STATE = "**Entwurf.** Der Bericht ist noch nicht freigegeben; erst danach kann das Netzwerk entscheiden."
SIGNED_STATE = "**Freigegeben** am {day} von {by}."
SIGNED_NOTE = "Wer jetzt einen Text ändert und speichert, nimmt die Freigabe zurück."
SOMEBODY = "(ohne Namen)"
DECIDED_NOTE = "Über diesen Fall ist schon entschieden. Ändern Sie den Bericht nur, um Fehler zu berichtigen."

HELP = {
    "description": "Was für eine Einrichtung ist das, und wie sind Freiwillige eingebunden? Ein, zwei Absätze.",
    "strengths": "Was gelingt besonders gut? Eine Zeile je Punkt, mit „- “ davor wird es eine Liste.",
    "recommendations": "Woran sollte die Einrichtung weiterarbeiten? Eine Zeile je Punkt.",
    "conclusion": "Empfehlen Sie die Einrichtung für das Siegel: ohne Vorbehalt, mit Vorbehalt, noch nicht?",
}
FILL = "Leere Felder mit Entwurf füllen"
FILL_HELP = (
    "Setzt aus den Einschätzungen einen Entwurf in jedes leere Feld. Was Sie geschrieben haben, bleibt, wie es ist; "
    "gespeichert wird erst mit „Speichern“."
)
NO_PROPOSAL = "Aus den Einschätzungen lässt sich noch kein Entwurf bilden: Es ist noch nichts eingeschätzt."
TO_ASSESSMENT = "Zur Einschätzung"
IS_DRAFT = "✎ Entwurf aus den Einschätzungen – bitte durchsehen und in eigene Worte fassen"
UNSAVED = "nicht gespeichert"
SHOW_DRAFT = "Entwurf aus den Einschätzungen ansehen"
SAVE = "Speichern"
DISCARD = "Verwerfen"
NOT_SAVED = "Noch nicht gespeichert: {parts}."
SAVED = "Gespeichert: {parts}."
SAVED_NOTHING = "Es hat sich nichts geändert."
UNSIGNED = "Die Freigabe ist damit zurückgenommen; bitte geben Sie den Bericht neu frei."
TAKEN = (
    "Jemand hat eben dieselbe Stelle geändert: {parts}. Der andere Text bleibt stehen, Ihrer steht noch im Feld. "
    "Bitte entscheiden Sie unten, welcher gelten soll."
)
OTHER = "Inzwischen hat jemand anderes hier geschrieben:"
OTHER_EMPTY = "(das Feld geleert)"
TAKE_OTHER = "Diesen Text nehmen"
KEEP_MINE = "Meinen Text behalten"

SIGN = "Freigabe"
SIGN_BY = "Wer gibt frei?"
SIGN_ON = "Am"
SIGN_DO = "Bericht freigeben"
SIGN_FIRST_SAVE = "Speichern Sie zuerst; freigegeben wird, was gespeichert ist."
SIGN_NO_CONCLUSION = "Zum Freigeben fehlt das Fazit."
SIGN_DRAFT = "Noch unveränderter Entwurf: {parts}. Freigeben dürfen Sie ihn; in eigenen Worten ist er mehr wert."
SIGNED = "Der Bericht ist freigegeben."
TAKE_BACK = "Freigabe zurücknehmen"
TAKEN_BACK = "Die Freigabe ist zurückgenommen."

PDF = "Bericht als PDF"
DOCX = "Bericht für Word"
FILE = "bericht-{name}-{day}"
SAVED_STATE = "Heruntergeladen wird der gespeicherte Stand."
EMPTY = "Noch nicht geschrieben."
VIEWER = "Sie sehen hier alles. Schreiben und freigeben dürfen Kolleg:innen mit Bearbeitungsrecht in NocoDB."
