"""What a tablet sends, read strictly: one broken try never stops the others of its queue."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from automations.events.badges import shortened
from automations.events.check_in import NewTry, WalkIn
from schemas.events.choices import Admission
from schemas.events.rules.admission import MOST_AT_ONCE, Kind, Try

MOST_TRIES = 50
"""Tries in one request; a tablet sends the next ones after it."""

SKEW = dt.timedelta(seconds=30)
"""A clock of a tablet that is wrong by more is corrected by what it says the time is when it sends."""

LONGEST_NAME = 300
"""Characters of a name; what is longer ends in three dots, for whoever bears it is inside all the same."""

LONGEST_DEVICE = 40


def _readable(given: object) -> object:
    """Return a text without what no table can hold: control characters and halves of a character."""
    if not isinstance(given, str):
        return given
    whole = given.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in whole)


def _line(given: object) -> object:
    """Return a text in one line that is no longer than a name may be; anything else is left to the type."""
    told = _readable(given)
    return shortened(told, LONGEST_NAME) if isinstance(told, str) else told


def _device(given: object) -> object:
    told = _readable(given)
    return shortened(told, LONGEST_DEVICE) if isinstance(told, str) else told


Nonce = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
Line = Annotated[str, BeforeValidator(_line)]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SentWalkIn(BaseModel):
    """Somebody without an invitation."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1)]
    organisation: RowId | None = None
    note: Line = ""


class SentTry(BaseModel):
    """One try."""

    model_config = ConfigDict(extra="forbid")

    nonce: Nonce
    kind: Literal["einlassen", "nachgekommen", "zuruecknehmen"] = "einlassen"
    invitation: RowId | None = None
    walk_in: SentWalkIn | None = None
    of: Nonce | Literal[""] = ""
    at: AwareDatetime
    count: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)] = 1
    device: Annotated[str, BeforeValidator(_device)] = ""
    by: Line = ""
    forced: bool = False
    representative: Line = ""
    mark: Annotated[str, StringConstraints(max_length=16)] | None = None
    takes_back: Nonce | Literal[""] = ""
    decided: Admission | None = None
    name: Line = ""


class Sent(BaseModel):
    """A part of a tablet's queue; ``sent_at`` is what its clock says now."""

    sent_at: AwareDatetime
    tries: Annotated[list[dict[str, object]], Field(max_length=MOST_TRIES)]


def read_tries(sent: Sent, by: str, now: dt.datetime) -> tuple[list[NewTry], list[str]]:
    """Return the tries, with the time put right, and the nonces of those that nobody can make sense of."""
    late = now - sent.sent_at
    shift = late if abs(late) > SKEW else dt.timedelta()
    found: list[NewTry] = []
    broken: list[str] = []
    for raw in sent.tries:
        try:
            one = SentTry.model_validate(raw)
        except ValidationError:
            broken.append(str(raw.get("nonce", ""))[:40])
            continue
        found.append(_as_new(one, by, _put_right(one.at, shift, now)))
    return found, broken


def _put_right(at: dt.datetime, shift: dt.timedelta, now: dt.datetime) -> dt.datetime:
    """Return when a try was; ``now`` for what a clock tells that is out of its mind, so that it stops no other."""
    try:
        return min(at.astimezone(dt.UTC) + shift, now)
    except OverflowError:
        return now


def _as_new(one: SentTry, by: str, at: dt.datetime) -> NewTry:
    attempt = Try(
        one.nonce, at.astimezone(dt.UTC).replace(microsecond=0), Kind(one.kind), one.count, one.device, one.forced,
        one.representative, one.mark, one.takes_back, one.decided,
    )  # fmt: skip
    walk_in = WalkIn(one.walk_in.name, one.walk_in.organisation, one.walk_in.note) if one.walk_in else None
    return NewTry(attempt, one.invitation, walk_in, one.of, _who(one.by, by), one.name)


def _who(said: str, signed_in: str) -> str:
    """Name who stood at the door; what was noted before somebody else signed in says both."""
    return signed_in if said in ("", signed_in) else f"{said} (übertragen von {signed_in})"
