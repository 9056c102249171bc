"""German words of the tab *Verfahren*."""

from __future__ import annotations

INTRO = (
    "So läuft eine Runde ab, die heute beginnt. Ändern Sie Schritte und Kriterien in NocoDB; laufende Runden behalten "
    "die Fassung, mit der sie begonnen haben."
)
ASSUMED = (
    "{count} davon sind **Annahmen**: Von diesem Verfahren ist nur ein Teil öffentlich beschrieben. Bitte prüfen Sie "
    "sie und nehmen Sie in NocoDB das Häkchen „Annahme“ weg, wenn es so stimmt."
)
EMPTY = "In NocoDB steht noch kein Verfahren. Bis dahin gilt der mitgelieferte Vorschlag, den Sie hier sehen."
FILL = "Vorschlag in NocoDB eintragen"
FILL_HELP = "Danach können Sie jeden Schritt und jedes Kriterium dort ändern."
FILLED = "{steps} Schritte und {criteria} Kriterien stehen jetzt in NocoDB."
FILLED_NONE = "Dort steht schon ein Verfahren; es blieb, wie es ist."
FILLED_BACK = "Der Vorschlag ist wieder entfernt."
STEPS = "Schritte"
STEPS_OPEN = "Schritte in NocoDB"
CRITERIA = "Kriterien"
CRITERIA_OPEN = "Kriterien in NocoDB"
STEP_COLUMNS = ("Schritt", "Phase", "Wer ist dran", "Übliche Wochen", "Pflicht", "Annahme", "Nachweis", "Erläuterung")
CRITERION_COLUMNS = ("Kriterium", "Bereich", "Unverzichtbar", "Annahme", "Woran man es erkennt", "Beispiel")
YES = "ja"
WEEKS = "Zusammen sind die Pflichtschritte üblicherweise {weeks} Wochen lang."
RETIRED = "{count} mit „Nicht mehr“ sind weggelassen."

ROUNDS = "Welche Runde behält welche Fassung?"
ROUNDS_NONE = "Noch keine Runde."
SAME = "wie heute"
FOLLOWS = "noch nicht begonnen: folgt dem Verfahren von heute"
DIFFERS_ONE = "1 Unterschied zu heute"
DIFFERS = "{count} Unterschiede zu heute"
KEEPS = "{steps} Schritte, {criteria} Kriterien"
STEP = "Schritt"
CRITERION = "Kriterium"
TOLD = {
    "neu": "{what} „{name}“ kam danach dazu.",
    "entfallen": "{what} „{name}“ gibt es heute nicht mehr.",
    "umbenannt": "{what} „{before}“ heißt heute „{name}“.",
    "verschoben": "{what} „{name}“ steht heute an anderer Stelle.",
    "geändert": "{what} „{name}“ hat heute andere Angaben.",
}
