"""Questions to staff (conflicts) of a run that is taken back: nobody offers these values any more.

A question that the run asked is closed; one that it only brought up to date is what it was before. The list that asks
again opens it anew, and so does taking the taking back back.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from schemas.model import Value
from schemas.operations.choices import CaseState
from schemas.operations.tables import Conflict
from sync.nocodb.store import TableStore

WHY = "Zurückgenommen: Die Quelle sagt das zurzeit nicht."

_KEPT = ("ours", "theirs", "state", "decision", "own_value")
"""What a question held before it was brought up to date, next to its data."""

_EARLIER = 20
"""How often a question may be brought up to date with each time to be taken back."""


def asked_before(old: Conflict, new: Conflict) -> str:
    """Return the data of a question that is brought up to date, with all that it held earlier, the latest first."""
    data = _data(new)
    if not taken_back(old):
        held = {**{column: old.value(column) for column in _KEPT}, "data": _without(_data(old), "earlier")}
        data["earlier"] = [held, *_earlier(old)][:_EARLIER]
    return _text(data)


def taken_back(case: Conflict) -> bool:
    """Say whether an undo has closed this question."""
    return "closed_by" in _data(case)


def take_back_questions(store: TableStore[Conflict], runs: Collection[str], *, by: str) -> None:
    """Take back what these runs asked, and open again what they closed; ``by`` names the run that undoes.

    Raises:
        NocoDBError: the server refused or did not answer; run again, it goes on where it stopped.
    """
    for case in list(store.pull()):
        data = _data(case)
        if data.get("closed_by") in runs:
            changes = _again(case, data)
        elif data.get("run") in runs and not taken_back(case):
            changes = _back(case, data, by)
        elif any(held["data"].get("run") in runs for held in _earlier(case)):
            left = [held for held in _earlier(case) if held["data"].get("run") not in runs]
            changes = {"data": _text({**data, "earlier": left})}
        else:
            continue
        if case.id is not None and changes:
            store.swap(case.id, {"data": case.data, "decision": case.decision}, changes)


def _back(case: Conflict, data: dict[str, Any], by: str) -> dict[str, Value]:
    if case.state != CaseState.OPEN:
        return {}
    if earlier := _earlier(case):
        held, *rest = earlier
        return {
            **{column: held.get(column) for column in _KEPT},
            "data": _text({**held["data"], "earlier": rest} if rest else held["data"]),
        }
    changes: dict[str, Value] = {"state": CaseState.DONE, "data": _text({**data, "closed_by": by})}
    return changes if case.own_value else {**changes, "own_value": WHY}


def _again(case: Conflict, data: dict[str, Any]) -> dict[str, Value]:
    changes: dict[str, Value] = {"state": CaseState.OPEN, "data": _text(_without(data, "closed_by"))}
    return {**changes, "own_value": None} if case.own_value == WHY else changes


def _earlier(case: Conflict) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _data(case).get("earlier") or []
    return found


def _data(case: Conflict) -> dict[str, Any]:
    """Return what a question keeps; one that only knows what it held last keeps it as others do."""
    found: dict[str, Any] = json.loads(case.data or "{}")
    if (held := found.pop("before", None)) is not None:
        found["earlier"] = [{**held, "data": json.loads(held["data"])}]
    return found


def _without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in data.items() if k != key}


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
