"""What goes onto the certificates of a round: who signs on the day, what the QR holds, what is still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from automations.certification.certificates import Certificate, Frame
from automations.certification.seal_code import LONGEST, PATH, SealClaim, make_code
from automations.documents.pdf import DocumentError
from automations.documents.pictures import CITY_LOGOS, LOGOS, own_svg
from automations.events.book import read_book
from automations.events.facts import signatory
from automations.relations import Tables
from automations.signing import Key
from schemas.certification.rules.seals import plain_number
from schemas.certification.tables import Certification
from sync.outgoing import to_public
from sync.settings import Settings

NEEDED = ("person", "organisation", "function", "office", "relationship")
"""The tables that say who signs."""


UNNUMBERED, VOID = "folgt", "Vorschau ohne Siegelnummer"
"""What stands on a certificate that is only looked at."""


class Lack(StrEnum):
    """What is missing before certificates are printed."""

    DAY = "tag"
    OFFICE = "amt"
    HOLDER = "person"
    CITY = "stadt"
    CITY_LOGO = "stadtlogo"
    LOGO = "logo"
    BROKEN_LOGO = "logo-kaputt"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs: the office, and its holder on the day; ``name`` is empty while nobody holds it."""

    office: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """What all certificates of a round share; ``key`` signs their codes, which without an address go into the QR only
    when ``offline`` says so: a phone shows nothing but letters then.
    """

    year: int
    day: dt.date
    signing: Signing
    settings: Settings
    key: Key
    offline: bool = False

    def certificates(self, rows: Sequence[Certification]) -> list[Certificate]:
        """Return a certificate for each of these cases that has a number, in the order given.

        One with a name that is too long for a code that can be read again has none.
        """
        return [self._certificate(row, row.seal_number) for row in rows if row.seal_number]

    def preview(self, row: Certification) -> Certificate:
        """Return the certificate of a case to look at: one that has no number yet proves nothing."""
        if row.seal_number:
            return self._certificate(row, row.seal_number)
        made = self._certificate(row, UNNUMBERED)
        return replace(made, code=VOID if made.code else "")

    def _certificate(self, row: Certification, number: str) -> Certificate:
        number = plain_number(number)
        claim = SealClaim(number, row.seal_year or self.year, (row.name or "").strip(), row.awarded_on or self.day)
        code = make_code(claim, self.key)
        code = printed_code(self.settings, code, offline=self.offline) if len(code) <= LONGEST else ""
        return Certificate(
            holder=claim.holder, year=claim.year, number=number, awarded_on=claim.awarded_on,
            code=code, signatory=self.signing.name,
            office=self.signing.office, city=self.settings.city_name.strip(),
        )  # fmt: skip


def signing_on(tables: Tables, office: int | None, day: dt.date) -> Signing:
    """Return who signs on a day; a new holder signs from the first day of the function on."""
    lines = signatory(read_book(tables, day), office)
    return Signing(lines[-1] if lines else "", lines[0] if len(lines) > 1 else "")


def frame_of(settings: Settings) -> Frame:
    """Return what stands on every paper; for a logo that cannot be printed the name stands there."""
    logos: list[str] = []
    broken: list[str] = []
    for names in (LOGOS, CITY_LOGOS):
        try:
            logos.append(own_svg(settings.templates_dir, names))
        except DocumentError as problem:
            logos.append("")
            broken.append(problem.message)
    network, city = settings.network_name, settings.city_name.strip()
    return Frame(network, city, logo=logos[0], city_logo=logos[1], broken=tuple(broken))


def printed_code(settings: Settings, code: str, *, offline: bool = False) -> str:
    """Return what the QR holds: the address of the page that checks. Where people could not open it, the text itself if
    it is wanted ``offline``, else nothing.
    """
    address = to_public(settings).address
    return f"{address}{PATH}{code}" if address else code if offline else ""


def lacks(settings: Settings, frame: Frame, signing: Signing, day: dt.date | None) -> Iterator[Lack]:
    """Yield what is missing, the gravest first; the last two are for the look."""
    if day is None:
        yield Lack.DAY
    if not signing.office:
        yield Lack.OFFICE
    elif not signing.name and day is not None:
        yield Lack.HOLDER
    if not frame.city:
        yield Lack.CITY
    if frame.broken:
        yield Lack.BROKEN_LOGO
    if not frame.city_logo:
        yield Lack.CITY_LOGO
    if not frame.logo:
        yield Lack.LOGO
