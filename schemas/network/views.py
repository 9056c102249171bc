"""The views that staff find first in the network's own tables."""

from __future__ import annotations

from schemas.model import Filter, Sort, View

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
