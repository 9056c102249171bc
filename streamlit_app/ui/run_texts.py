"""German text of the page Laufbuch."""

from __future__ import annotations

ADVICE = "Was Kontaktnetz von selbst tut, wann es das zuletzt tat und was dabei herauskam."
JOBS = "Was wann läuft"
JOB_COLUMNS = ("Aufgabe", "Wann", "Zuletzt", "Das nächste Mal", "Ergebnis")
HERE = "auf diesem Rechner"
NEVER = "noch nie"
WELL = "in Ordnung"
FAILED = "fehlgeschlagen"
NOT_RUNNING = (
    "Seit mehr als einem Tag lief nichts von selbst. Ist der Rechner an, auf dem `kontaktnetz jobs run-forever` "
    "laufen soll?"
)
RUNS = "Was lief"
SHOW = "Zeigen"
SHOWN = {"alle": "Alles", "fehler": "Nur Fehlgeschlagenes", "geschrieben": "Nur was etwas geschrieben hat"}
RUN_COLUMNS = ("Wann", "Was", "Ergebnis", "Bericht", "Einträge im Journal")
NOTHING = "Hier steht noch nichts. Der erste Lauf trägt sich von selbst ein."
NOTHING_SUCH = "Nichts davon in den letzten Läufen."
CHOOSE = "Einen Lauf ansehen"
CHOOSE_HINT = "Wählen oder tippen, zum Beispiel „Postfach“"
DURATION = "Dauer: {seconds} Sekunden"
WROTE = "Dieser Lauf hat geschrieben; {count} Einträge im Journal sind nicht zurückgenommen."
UNDO = "Diesen Lauf zurücknehmen"
SURE = "Ja, zurücknehmen"
ASK = (
    "Alles, was dieser Lauf geschrieben hat, wird auf den Stand davor gebracht. Was jemand von Ihnen seither geändert "
    "hat, bleibt und steht dann unter Abweichungen."
)
UNDONE = "Dieser Lauf ist zurückgenommen."
RUNS_BACK = "Wird zurückgenommen …"
IN_NOCODB = "Laufbuch in NocoDB öffnen"
MORE = "Gezeigt sind die letzten {shown} von {total} Läufen; alle stehen in NocoDB."
