"""The seals over the years as lists and figures: who holds one, what is at risk, how far they reach. Rules decide."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from automations.certification.holders import Holder, read_holders, standing
from automations.certification.refreshing import due
from schemas.certification.choices import Phase
from schemas.certification.rules.procedure import WORKING_PHASES
from schemas.certification.rules.seals import age, counts, has_begun, risks
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.choices import Sphere
from schemas.contacts.tables import Function, Organisation
from streamlit_app.frames.records import as_records

TABLES = ("certification", "certification_round", "organisation", "function", "person")
"""The tables that the seals follow from."""

_OF_CASE = ["id", "name", "site", "coordinator", "round", "phase", "seal_year", "seal_number", "awarded_on",
            "seal_state", "revoked_on", "revoked_why"]  # fmt: skip
_OF_HOUSE = ["id", "name", "parent", "successor", "engagement_fields", "district", "sphere", "active_to"]
_UNDER_WAY = (*WORKING_PHASES, Phase.PAUSED)


class Side(StrEnum):
    """By what the reach of the seals is counted."""

    FIELD = "feld"
    DISTRICT = "stadtteil"
    PARENT = "traeger"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many organisations of one field, district or Träger hold a seal, of how many; ``name`` empty: not known."""

    name: str
    holders: tuple[Holder, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Seals:
    """Every seal that was given, by list; ``candidates`` are organisations that might hold one."""

    all: tuple[Holder, ...]
    lists: Mapping[str, tuple[Holder, ...]]
    candidates: tuple[Organisation, ...]
    today: dt.date

    def holder(self, row: int | None) -> Holder | None:
        """Return the seal of one case, None when there is none."""
        return next((one for one in self.all if one.row == row), None)

    @property
    def average_age(self) -> float | None:
        """Return how old the seals that stand are on average, in years; None without any."""
        years = [age(one.seal, self.today) for one in self.lists["tragen"]]
        return sum(years) / len(years) if years else None


def read_seals(tables: Mapping[str, pd.DataFrame], today: dt.date) -> Seals:
    """Return the seals from the frames of the mirror (``TABLES``)."""
    cases = tables["certification"]
    given = as_records(cases.loc[cases["seal_year"].notna(), _OF_CASE], Certification)
    houses = as_records(tables["organisation"][_OF_HOUSE], Organisation)
    functions = tables["function"]
    mine = functions["person"].isin([one.coordinator for one in given if one.coordinator])
    held = as_records(functions.loc[mine, ["id", "person", "organisation", "valid_from", "valid_to"]], Function)
    rounds = as_records(tables["certification_round"], CertificationRound)
    people = set(tables["person"]["id"])
    found = read_holders(given, rounds, houses, held, today=today)
    holders = tuple(one if one.coordinator is None or one.coordinator in people else _gone(one) for one in found)
    on_their_way = set(cases.loc[cases["phase"].isin(_UNDER_WAY) & cases["seal_year"].isna(), "site"].dropna())
    return Seals(holders, _lists(holders, on_their_way, today), _candidates(houses, holders, today), today)


def reach(seals: Seals, side: Side, names: Mapping[int, str]) -> list[Reach]:
    """Return how far the seals reach, the largest first; an organisation with two fields counts in both."""
    places: dict[str, set[int]] = defaultdict(set)
    for house in seals.candidates:
        for name in _sides(side, house.engagement_fields, house.district, names.get(house.parent or 0)):
            places[name].add(house.id or 0)
    held: dict[str, list[Holder]] = defaultdict(list)
    for one in seals.lists["tragen"]:
        for name in _sides(side, one.fields, one.district, one.parent):
            held[name].append(one)
    found = [Reach(name, tuple(held.get(name, ())), len(places.get(name, ()))) for name in places.keys() | held.keys()]
    return sorted(found, key=lambda r: (not r.name, -len(r.holders), -r.places, r.name.casefold()))


def _sides(side: Side, fields: Sequence[str], district: str | None, parent: str | None) -> Sequence[str]:
    if side == Side.FIELD:
        return fields or ("",)
    return ((district if side == Side.DISTRICT else parent) or "",)


def _lists(holders: Sequence[Holder], on_their_way: Collection[int], today: dt.date) -> dict[str, tuple[Holder, ...]]:
    there = standing(holders, today)
    rows = {one.row for one in there}
    return {
        "tragen": tuple(there),
        "bald": tuple(one for one in holders if not has_begun(one.seal, today) and not one.revoked),
        "gefahr": tuple(one for one in there if risks(one.seal)),
        "anbieten": tuple(due(there, on_their_way, today)),
        "unklar": tuple(one for one in there if one.seal.trained is None),
        "vorbei": tuple(
            one for one in holders
            if not one.followed_by and not one.revoked and has_begun(one.seal, today) and not counts(one.seal, today)
        ),
        "abgeloest": tuple(one for one in holders if one.row not in rows and one.followed_by and not one.revoked),
        "widerrufen": tuple(one for one in holders if one.revoked),
    }  # fmt: skip


def _gone(one: Holder) -> Holder:
    """Return a seal whose coordinator is no longer known at all."""
    return replace(one, seal=replace(one.seal, trained=False))


def _candidates(houses: Iterable[Organisation], holders: Sequence[Holder], today: dt.date) -> tuple[Organisation, ...]:
    """Return the organisations that might hold a seal: those of civil society that exist, and all that hold one."""
    mine = {one.site for one in holders}
    return tuple(
        house for house in houses
        if house.id in mine
        or (
            house.sphere == Sphere.CIVIL and house.successor is None
            and (house.active_to is None or house.active_to >= today)
        )
    )  # fmt: skip
