"""Name badges for everybody who is coming: the guest, who stands in for them, and who comes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from automations.documents.pdf import typeset
from automations.documents.pictures import logo_svg, qr_svg
from automations.events.badge import badge_code
from automations.events.companion_names import companion_names
from automations.events.sending_plan import Guest
from automations.mail.address import one_line
from schemas.events.rules.deputies import deputy_name
from schemas.events.rules.outcome import came, comes


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one badge; ``code`` is for the scanner at the door, empty for companions."""

    name: str
    organisation: str = ""
    code: str = ""
    line: str = ""


def labels(guests: Iterable[Guest]) -> list[Label]:
    """Return a badge for everybody who is coming or has come, by last name; companions follow their guest."""
    coming = [
        guest for guest in guests
        if came(guest.invitation) or comes(guest.invitation)
    ]  # fmt: skip
    return [label for guest in sorted(coming, key=_alphabet) for label in _labels(guest)]


SMALL = 150
"""Characters on one badge above which the type is too small to be read by who stands before it."""

ROOM = {"name": 300, "organisation": 150, "line": 150}
"""Characters that a badge has room for, however small; what is longer ends in three dots."""


def hard_to_read(given: Iterable[Label]) -> list[Label]:
    """Return the badges that people should look at before they print: small type (or cut off, see ``cut_off``)."""
    return [one for one in given if len(one.name) + len(one.organisation) + len(one.line) > SMALL]


def cut_off(given: Iterable[Label]) -> list[Label]:
    """Return the badges on which something is left out, with three dots in its place."""
    return [one for one in given if any(len(one_line(getattr(one, part))) > most for part, most in ROOM.items())]


def badges_pdf(event: str, given: Sequence[Label], own: Path | None = None) -> bytes:
    """Return sheets of badges of 85 x 54 mm; the longer the names, the smaller the type (``hard_to_read``).

    Raises:
        DocumentError: the template of the agency's own is broken, or its logo unreadable.
    """
    return typeset("badges.typ", _data(event, given, own), own)


def _data(event: str, given: Sequence[Label], own: Path | None) -> dict[str, object]:
    badges = [
        {
            **{part: shortened(getattr(one, part), most) for part, most in ROOM.items()},
            "qr": qr_svg(one.code) if one.code else "", "qr_alt": f"QR-Code für den Einlass von {one.name}",
        }
        for one in given
    ]  # fmt: skip
    return {
        "title": f"Namensschilder: {event}",
        "event": shortened(event, 200),
        "logo": logo_svg(own),
        "badges": badges,
    }


def shortened(told: str, most: int) -> str:
    """Return a text in one line of at most ``most`` characters, with three dots where something is left out.

    >>> shortened("Anna\\n Muster", 20), shortened("Anna Muster", 6)
    ('Anna Muster', 'Anna …')
    """
    line = one_line(told)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _labels(guest: Guest) -> Iterator[Label]:
    row, facts = guest.invitation, guest.facts
    code = badge_code(row.id or 0, row.mark) if row.mark else ""
    organisation = facts.organisation if facts.organisation != facts.name else ""
    deputy = deputy_name(row.represented_by)
    if deputy:
        yield Label(deputy, organisation, code, f"in Vertretung: {facts.name}")
    elif row.represented_by:
        yield Label(f"Vertretung von {facts.name}", organisation, code)
    else:
        yield Label(facts.name, organisation, code)
    for name in companion_names(row.companion_names or "", row.companions or 0):
        yield Label(name, "", "", f"mit {deputy or facts.name}")


def _alphabet(guest: Guest) -> tuple[str, str]:
    to = guest.facts.addressee
    return (to.last_name or guest.facts.name).casefold(), to.first_name.casefold()
