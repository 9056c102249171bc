"""The views that staff find first in the event tables. Link columns stay out of grids that grow."""

from __future__ import annotations

from schemas.model import Filter, Sort, View, ViewKind

EVENT = (
    View(
        code="coming",
        title="Nach Datum",
        columns=("name", "kind", "series", "starts_at", "venue", "capacity", "answer_by", "state"),
        sorts=(Sort("starts_at", descending=True),),
    ),
    View(code="calendar", title="Kalender", kind=ViewKind.CALENDAR, date="starts_at"),
    View(
        code="board",
        title="Tafel",
        kind=ViewKind.KANBAN,
        columns=("name", "starts_at", "venue"),
        stack_by="state",
    ),
    View(
        code="new_form",
        title="Veranstaltung anlegen",
        kind=ViewKind.FORM,
        columns=(
            "name", "kind", "series", "starts_at", "ends_at", "venue", "street", "postcode", "city", "capacity",
            "answer_by", "host", "sender", "signatory", "team_member",
        ),
        description="Formular für eine neue Veranstaltung",
    ),
)  # fmt: skip

GUEST_GROUP = (View(code="in_order", title="Der Reihe nach", sorts=(Sort("order"),)),)

INVITATION = (
    View(
        code="by_answer",
        title="Nach Antwort",
        columns=("name", "channel", "state", "answer", "correction", "place", "companions", "represented_by",
                 "answered_at"),
        group_by="answer",
        sorts=(Sort("name"),),
    ),
    View(
        code="silent",
        title="Noch keine Antwort",
        columns=("name", "channel", "invited_at", "reminded_at", "delivery", "correction"),
        filters=(Filter("state", "eq", "eingeladen"), Filter("answer", "eq", "offen")),
        sorts=(Sort("name"),),
        description="Wen man erinnern oder anrufen kann",
    ),
    View(
        code="came",
        title="Gekommen",
        columns=("name", "checked_in_at", "checked_in", "represented_by"),
        filters=(Filter("checked_in_at", "notblank"),),
        sorts=(Sort("checked_in_at"),),
    ),
    View(
        code="board",
        title="Tafel",
        kind=ViewKind.KANBAN,
        columns=("name", "channel", "companions"),
        stack_by="answer",
    ),
    View(
        code="with_whom",
        title="Mit Organisation (lädt langsamer)",
        columns=("name", "event", "person", "organisation", "guest_group", "answer", "correction"),
        sorts=(Sort("name"),),
    ),
)  # fmt: skip

REPLY = (
    View(
        code="to_decide",
        title="Zu entscheiden",
        columns=("name", "why", "text", "answer", "state", "channel", "at"),
        filters=(Filter("state", "eq", "zu-entscheiden"),),
        sorts=(Sort("at"),),
        description="Was jemand schrieb und was ein Mensch lesen muss: Antwort wählen, dann Stand auf „gilt“",
    ),
    View(
        code="to_read",
        title="Bitte lesen",
        columns=("name", "text", "answer", "state", "channel", "at"),
        filters=(Filter("state", "eq", "gilt-bitte-lesen"),),
        sorts=(Sort("at"),),
        description="Die Antwort gilt schon; daneben steht etwas, das ein Mensch lesen soll. Gelesen: Stand auf „gilt“",
    ),
    View(
        code="newest",
        title="Neueste zuerst",
        columns=("name", "answer", "channel", "at", "companions", "represented_by", "needs", "state"),
        sorts=(Sort("at", descending=True),),
    ),
    View(
        code="form",
        title="Rückmeldung eintragen",
        kind=ViewKind.FORM,
        columns=("invitation", "answer", "companions", "companion_names", "represented_by", "needs", "text"),
        description="Formular für eine Rückmeldung; sie zählt nach wenigen Minuten",
    ),
)

CHECK_IN = (
    View(
        code="newest",
        title="Neueste zuerst",
        columns=("name", "at", "count", "result", "why", "device", "by"),
        sorts=(Sort("at", descending=True),),
    ),
    View(
        code="refused",
        title="Nicht eingelassen",
        columns=("name", "at", "result", "why", "device"),
        filters=(Filter("result", "neq", "eingelassen"),),
        sorts=(Sort("at", descending=True),),
    ),
)

STAND = (
    View(
        code="by_number",
        title="Nach Nummer",
        columns=("number", "name", "area", "tables", "chairs", "power", "parking", "wish", "state"),
        sorts=(Sort("number"),),
    ),
    View(
        code="board",
        title="Tafel",
        kind=ViewKind.KANBAN,
        columns=("name", "number", "power"),
        stack_by="state",
    ),
    View(
        code="form",
        title="Stand anmelden",
        kind=ViewKind.FORM,
        columns=("name", "event", "organisation", "person", "tables", "chairs", "power", "parking", "wish"),
        description="Anmeldung eines Standes",
    ),
)

DRAW = (
    View(
        code="newest",
        title="Neueste zuerst",
        columns=("name", "at", "winners", "seed", "digest", "by"),
        sorts=(Sort("at", descending=True),),
    ),
)
