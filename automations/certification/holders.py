"""Who holds which seal: every seal that was given, with the placement behind it as it is today. Pure: records in.

The page *Siegel*, the public list, the file of trust and the page behind the QR code all ask here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from schemas.certification.choices import SealState, Validity
from schemas.certification.rules.seals import Seal, counts, has_begun, is_newer, latest_by_site
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.rules import is_current
from schemas.contacts.rules.successors import today_of
from schemas.contacts.tables import Function, Organisation


@dataclass(frozen=True, slots=True)
class Holder:
    """A seal that was given, and its placement; ``row`` is that of the certification.

    ``name`` is the placement as it stands on the certificate, ``parent`` its Träger, ``fields`` codes. ``site`` is what
    became of the placement by today, None when the base does not know it. ``followed_by`` is the number (or the year)
    of a newer seal of the same placement, empty while this one is the newest.
    """

    row: int
    name: str
    seal: Seal
    awarded_on: dt.date | None = None
    round: int | None = None
    site: int | None = None
    coordinator: int | None = None
    parent: str = ""
    district: str = ""
    fields: tuple[str, ...] = ()
    revoked_on: dt.date | None = None
    revoked_why: str = ""
    followed_by: str = ""

    @property
    def year(self) -> int:
        """Return the year on the seal."""
        return self.seal.year

    @property
    def number(self) -> str:
        """Return the number of the seal, empty for one from before numbers were given."""
        return self.seal.number

    @property
    def revoked(self) -> bool:
        """Say whether the seal was revoked."""
        return self.seal.state == SealState.REVOKED

    def counts(self, today: dt.date) -> bool:
        """Say whether the placement holds its seal by this certificate: the newest one, and it counts today."""
        return not self.followed_by and counts(self.seal, today)


def read_holders(
    cases: Iterable[Certification],
    rounds: Iterable[CertificationRound],
    organisations: Iterable[Organisation],
    functions: Iterable[Function] = (),
    *,
    today: dt.date,
) -> list[Holder]:
    """Return every seal that was given, by name and the newest first; one case and its round are enough to ask for.

    Without ``functions`` nobody can say whether a trained coordinator is still there, so nothing counts as at risk.
    """
    houses = {one.id: one for one in organisations if one.id is not None}
    spans: dict[int, list[Function]] = defaultdict(list)
    for one in functions:
        if one.person is not None:
            spans[one.person].append(one)
    became = today_of({row: house.successor for row, house in houses.items() if house.successor is not None})
    around = _Around({one.id: one for one in rounds if one.id is not None}, houses, became, spans, today)
    made = [around.holder(row) for row in cases if row.seal_year is not None]
    newest = latest_by_site(one.seal for one in made if has_begun(one.seal, today))
    told = [_followed(one, newest.get(one.seal.site)) for one in made]
    return sorted(told, key=lambda h: (h.name.casefold(), -h.year, h.row))


def standing(holders: Iterable[Holder], today: dt.date) -> list[Holder]:
    """Return those who hold a seal today, each placement once: what may be published."""
    found: dict[int, Holder] = {}
    for one in holders:
        if one.counts(today):
            found.setdefault(one.seal.site, one)
    return list(found.values())


def still_there(person: int | None, site: int | None, functions: Iterable[Function], today: dt.date) -> bool | None:
    """Say whether somebody still works at a placement: None when nobody ever wrote down that they did.

    ``functions`` are those of this person, planned ones included.
    """
    if person is None or site is None:
        return None
    here = [one for one in functions if one.organisation == site]
    if not here:
        return None
    return any(one.valid_to is None or is_current(None, one.valid_to, today) for one in here)


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known around the seals: rounds and organisations by row, what became of these, functions by person."""

    rounds: Mapping[int, CertificationRound]
    houses: Mapping[int, Organisation]
    became: Mapping[int, int]
    functions: Mapping[int, list[Function]]
    today: dt.date

    def holder(self, row: Certification) -> Holder:
        site = self.became.get(row.site, row.site) if row.site is not None else None
        house = self.houses.get(site or 0)
        parent = self.houses.get(house.parent or 0) if house is not None else None
        return Holder(
            row=row.id or 0, name=row.name or (house.name if house else None) or "", seal=self._seal(row, site, house),
            awarded_on=row.awarded_on, round=row.round, site=site, coordinator=row.coordinator,
            parent=(parent.name if parent else None) or "", district=(house.district if house else None) or "",
            fields=house.engagement_fields if house else (), revoked_on=row.revoked_on,
            revoked_why=row.revoked_why or "",
        )  # fmt: skip

    def _seal(self, row: Certification, site: int | None, house: Organisation | None) -> Seal:
        round_ = self.rounds.get(row.round or 0)
        return Seal(
            site=site if site is not None else -(row.id or 0), year=row.seal_year or 0, number=row.seal_number or "",
            state=SealState.REVOKED if row.seal_state == SealState.REVOKED else SealState.VALID,
            validity=_validity(round_), years=round_.validity_years if round_ is not None else None,
            trained=self._trained(row, site),
            site_open=house is None or house.active_to is None or house.active_to >= self.today,
            begins_on=row.awarded_on,
        )  # fmt: skip

    def _trained(self, row: Certification, site: int | None) -> bool | None:
        """Ask at the placement as it was and as it is today: somebody who is still at one of the two has stayed."""
        mine = self.functions.get(row.coordinator or 0, ())
        found = [still_there(row.coordinator, at, mine, self.today) for at in (site, row.site)]
        return True if True in found else False if False in found else None


def _validity(round_: CertificationRound | None) -> Validity:
    asked = round_.validity if round_ is not None else None
    return next((one for one in Validity if one == asked), Validity.YEAR_STAMP)


def _followed(one: Holder, newest: Seal | None) -> Holder:
    if newest is None or newest == one.seal or is_newer(one.seal, newest):
        return one
    return replace(one, followed_by=newest.number or str(newest.year))
