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


def badges_pdf(event: str, given: Sequence[Label], own: Path | None = None) -> bytes:
    """Return sheets of badges of 85 x 54 mm.

    Raises:
        DocumentError: the template of the agency's own is broken, or its logo unreadable.
    """
    badges = [
        {
            "name": one.name, "organisation": one.organisation, "line": one.line,
            "qr": qr_svg(one.code) if one.code else "", "qr_alt": f"QR-Code für den Einlass von {one.name}",
        }
        for one in given
    ]  # fmt: skip
    data = {"title": f"Namensschilder: {event}", "event": event, "logo": logo_svg(own), "badges": badges}
    return typeset("badges.typ", data, own)


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
