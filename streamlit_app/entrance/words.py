"""German words of the check-in page; the script gets them as data, together with those of the rules."""

from __future__ import annotations

from schemas.events import choices
from schemas.events.rules import admission
from streamlit_app.frames.search import LETTERS

TITLE = "Einlass"

WORDS = {
    "offline": "Keine Verbindung. Sie können weiter einlassen, alles wird nachher übertragen.",
    "server": "Der Server antwortet gerade nicht. Sie können weiter einlassen, alles wird nachher übertragen.",
    "nocodb": "NocoDB antwortet gerade nicht. Sie können weiter einlassen, alles wird nachher übertragen.",
    "signIn": "Ihre Anmeldung ist zu Ende. Sie können weiter einlassen; zum Übertragen melden Sie sich bitte neu an.",
    "readOnly": "Sie dürfen in NocoDB nur lesen. Zum Einlassen braucht es das Recht „Editor“.",
    "waitingOne": "1 noch nicht übertragen",
    "waitingMany": "{count} noch nicht übertragen",
    "online": "Verbunden, alles übertragen",
    "loading": "Gästeliste wird geladen …",
    "noList": "Auf diesem Gerät ist noch keine Gästeliste. Bitte öffnen Sie die Seite einmal mit Verbindung.",
    "emptyList": "Für diese Veranstaltung steht noch niemand auf der Gästeliste. „Ohne Einladung“ geht trotzdem.",
    "ready": "Vorbereitet: {count} Gäste geladen, die Seite geht auch ohne Verbindung.",
    "notSafe": "Diese Adresse ist nicht gesichert (kein https): Die Seite geht ohne Verbindung nur weiter, solange sie "
    "offen bleibt, und die Kamera bleibt aus.",
    "nothing": "Niemand passt dazu. Kürzen Sie das Wort, oder nehmen Sie „Ohne Einladung“.",
    "more": "Noch {count} weitere. Bitte suchen Sie genauer.",
    "letIn": "Einlassen",
    "letInParty": "Einlassen ({count})",
    "letInAlone": "Allein",
    "anyway": "Trotzdem einlassen",
    "laterOne": "Begleitung ist da",
    "undo": "Zurücknehmen",
    "options": "Mehr",
    "optionsOf": "Mehr zu {name}",
    "alert": "Hinweis",
    "thereSince": "da seit {time}",
    "where": "{time}, {where}",
    "withOthers": "{inside} von {party} da",
    "ofTeam": "{there} von {all} da",
    "noOrg": "(ohne Organisation)",
    "allIn": "Alle {count} einlassen",
    "companions": "+ {count} Begleitung",
    "companionNames": "mit {names}",
    "represented": "Vertretung: {name}",
    "walkIn": "ohne Einladung",
    "waitingList": "Warteliste",
    "admitted": "{name}: eingelassen",
    "admittedParty": "{name}: eingelassen, {people}",
    "already": "{name}: war schon da",
    "refused": "{name}: nicht eingelassen",
    "takenBack": "{name}: zurückgenommen",
    "conflict": "{name}: {why}",
    "noCode": "Das ist kein Code dieser Einladungen: {text}",
    "foreign": "Gast Nr. {id}",
    "queued": "wird übertragen, sobald es geht",
    "there": "da",
    "expected": "noch erwartet",
    "free": "frei",
    "noLimit": "unbegrenzt",
    "full": "Alle Plätze sind vergeben.",
    "endEmpty": "Die Gästeliste auf diesem Gerät wird gelöscht. In NocoDB bleibt alles.",
    "endWaiting": "{count}. Wenn Sie jetzt beenden, gehen diese verloren. Stellen Sie besser erst die Verbindung her.",
    "endAnyway": "Trotzdem beenden und verwerfen",
    "end": "Beenden und löschen",
    "ended": "Beendet. Auf diesem Gerät ist keine Gästeliste mehr.",
    "expired": "Die Gästeliste war älter als 24 Stunden und wurde auf diesem Gerät gelöscht.",
    "camera": "Die Kamera geht nicht auf. Bitte erlauben Sie sie im Browser, oder suchen Sie nach dem Namen.",
    "known": "Steht schon auf der Liste:",
    "sendFailed": "{count} konnte der Server nicht lesen; sie wurden beiseitegelegt. Bitte tragen Sie sie nach.",
}
"""Words that the script fills in."""


ALONE = "Ohne Verbindung "
"""How every remark begins on what a device decided by a list that was another one by then."""


def is_remark(why: str) -> bool:
    """Say whether an explanation tells whoever stands at the door that the list was another one than their device knew.

    >>> is_remark("Ohne Verbindung eingelassen. Hatte inzwischen abgesagt."), is_remark("Angemeldet.")
    (True, False)
    """
    return why.startswith(ALONE)


def for_script() -> dict[str, object]:
    """Return everything the script says, and the words of the rules."""
    return {
        "page": WORDS,
        "why": dict(admission.EXPLAINED),
        "meanwhile": dict(admission.MEANWHILE),
        "letters": dict(LETTERS),
        "byHand": admission.BY_HAND,
        "inPlaceOf": admission.IN_PLACE_OF,
        "person": admission.PERSON,
        "people": admission.PEOPLE,
        "answers": {choice.code: choice.label for choice in choices.ANSWERS},
        "states": {choice.code: choice.label for choice in choices.INVITATION_STATES},
    }
