"""The views that staff find first in the network's own tables."""

from __future__ import annotations

from schemas.model import Filter, Sort, View

BODY = (View(code="by_kind", title="Nach Art", columns=("name", "kind", "active_from", "active_to"), group_by="kind"),)

SEAT = (
    View(
        code="current",
        title="Aktuelle Sitze",
        columns=("name", "valid_from"),
        filters=(Filter("valid_to", "blank"),),
        sorts=(Sort("name"),),
    ),
    View(
        code="who_where",
        title="Wer wo (lädt langsamer)",
        columns=("name", "body", "organisation", "person", "deputy", "valid_from", "valid_to"),
        sorts=(Sort("name"),),
        description="Sitze mit Gremium, Organisation und Personen",
    ),
)

TASK = (
    View(
        code="open",
        title="Offen",
        columns=("name", "due", "note"),
        filters=(Filter("done_on", "blank"),),
        sorts=(Sort("due"),),
        description="Was noch zu tun ist, das Dringendste zuerst",
    ),
    View(
        code="done",
        title="Erledigt",
        columns=("name", "due", "done_on"),
        filters=(Filter("done_on", "notblank"),),
        sorts=(Sort("done_on", descending=True),),
    ),
)

CONTRIBUTION = (
    View(
        code="not_thanked",
        title="Noch nicht bedankt",
        columns=("name", "kind", "day", "amount"),
        filters=(Filter("direction", "eq", "gegeben"), Filter("thanked_on", "blank")),
        sorts=(Sort("day", descending=True),),
        description="Was uns jemand gegeben hat und wofür noch niemand gedankt hat",
    ),
    View(
        code="by_kind",
        title="Nach Art",
        columns=("name", "direction", "kind", "day", "amount", "thanked_on"),
        group_by="kind",
        sorts=(Sort("day", descending=True),),
    ),
)
