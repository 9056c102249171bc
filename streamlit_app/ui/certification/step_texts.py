"""German words of the tab *Verlauf*: what is next, what can be done, and what was recorded."""

from __future__ import annotations

NEXT = "Als Nächstes"
NEXT_ACTS = "Dran ist: **{actor}**"
NEXT_USUAL = "üblich {weeks} Wochen"
NEXT_USUAL_ONE = "üblich 1 Woche"
NEXT_DECISION = "Es fehlt die Entscheidung des Netzwerks."
NEXT_HANDOVER = "Alles erledigt. Das Siegel wird auf der Messe übergeben."
EVIDENCE = "Nachweis: {evidence}"
ASSUMPTION = "Annahme: So nehmen wir diesen Schritt an, er ist nicht verbürgt."
TO_TAB = {
    "einschaetzung": "Zur Einschätzung",
    "bericht": "Zum Bericht",
    "entscheidung": "Zur Entscheidung",
}
PAUSED = "Das Verfahren ruht"
PAUSED_UNTIL = " bis {day}"
PAUSED_OVER = "Der Tag ist vorbei: Machen Sie weiter, oder verlängern Sie die Pause."
WITHDRAWN = "Die Einrichtung hat sich zurückgezogen."
DECLINED = "Das Netzwerk hat kein Siegel vergeben."
AWARDED = "Das Siegel ist verliehen."

AHEAD = "Die Karte liegt weiter als die Nachweise: es fehlt {steps}."
AHEAD_DECISION = "Die Karte liegt weiter als die Nachweise: es fehlt die Entscheidung."
AHEAD_AWARD = "Die Karte liegt auf „{phase}“, aber das Siegel ist nicht über die Verleihung vergeben."
BEHIND = "Die Nachweise sind weiter als die Karte."
HAS_SEAL = "Das Siegel ist verliehen, die Karte liegt aber auf „{phase}“."
PUT_RIGHT = "Karte nach „{phase}“ legen"
PUT_RIGHT_DONE = "Die Karte liegt jetzt auf „{phase}“."
OR_RECORD = "Oder tragen Sie unten nach, was schon erledigt ist."

RECORD = "Schritt eintragen"
STEP = "Schritt"
STEP_HINT = "Welcher?"
STEP_OPTIONAL = "{step} (kann entfallen)"
OUTCOME = "Ergebnis"
OUTCOMES = {"erledigt": "erledigt", "entfaellt": "entfällt"}
ON = "Am"
BY = "Von"
BY_HELP = "Wer den Schritt getan hat"
PROOF = "Nachweis"
PROOF_HINT = "zum Beispiel: Teilnahmebescheinigung im Ordner"
PROOF_LINK = "Link zum Nachweis"
PROOF_LINK_HINT = "https://…"
NOTE = "Notiz"
RECORD_DO = "Eintragen"
RECORDED = "Eingetragen: {step}."
SKIPPED = "Entfällt: {step}."
ALL_DONE = "Alle Schritte sind eingetragen."
BY_DECISION = "Als Nächstes entscheidet das Netzwerk. Tragen Sie das im Teil „Entscheidung“ ein."
FUTURE = "Der Tag liegt in der Zukunft. Eingetragen wird, was schon geschehen ist."
NO_DAY = "Bitte wählen Sie einen Tag."
BAD_LINK = "Der Link muss mit https:// oder http:// beginnen."

RETURN = "Zurückgeben"
RETURN_TEXT = (
    "Der Schritt gilt danach wieder als offen. Der frühere Eintrag bleibt stehen. Eine Entscheidung für das Siegel "
    "steht danach auf „Zurückgestellt“: bitte neu entscheiden. Nach Selbsteinschätzung, Besuch oder Gutachten ist "
    "auch der Bericht neu freizugeben."
)
WHY = "Grund"
NEEDS_WHY = "Bitte nennen Sie den Grund."
RETURN_DO = "Zurückgeben"
RETURNED = "Zurückgegeben: {step}."
PAUSE = "Ruhen lassen"
PAUSE_UNTIL = "Bis wann?"
PAUSE_DO = "Ruhen lassen"
PAUSED_DONE = "Das Verfahren ruht bis {day}."
PAUSE_PAST = "Bitte wählen Sie einen Tag in der Zukunft."
RESUME = "Weitermachen"
RESUMED = "Es geht weiter."
WITHDRAW = "Zurückziehen"
WITHDRAW_TEXT = (
    "Für Einrichtungen, die nicht weitermachen wollen. Alles Eingetragene bleibt; wieder aufnehmen geht jederzeit."
)
WITHDRAW_DO = "Jetzt zurückziehen"
WITHDRAWN_DONE = "Zurückgezogen."
REOPEN = "Wieder aufnehmen"
REOPENED = "Wieder aufgenommen."
VIEWER = "Zum Eintragen brauchen Sie in NocoDB die Rolle „Editor“."

STEPS = "Die Schritte dieser Runde"
STATES = {
    "erledigt": "erledigt",
    "entfaellt": "entfällt",
    "zurueck": "zurückgegeben",
    "offen": "offen",
    "jetzt": "jetzt",
}
OPTIONAL = "kann entfallen"
HISTORY = "Was eingetragen wurde"
HISTORY_NONE = "Noch nichts. Der erste Eintrag entsteht, sobald ein Schritt erledigt ist."
HISTORY_COLUMNS = ("Am", "Schritt", "Ergebnis", "Von", "Nachweis", "Link", "Notiz")
WAY = "Aussicht für die Messe: **{chance}**"
WAY_DONE = "fertig etwa am {day}"
WAY_LATEST = "spätestens weiter am {day}"
