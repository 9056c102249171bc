"""Who holds which seal: the newest of each placement, what nobody may claim any more, and who has left."""

from __future__ import annotations

import datetime as dt

from automations.certification.holders import read_holders, standing, still_there
from schemas.certification.choices import SealState, Validity
from schemas.certification.rules.seals import Risk, risks
from schemas.certification.tables import Certification, CertificationRound
from schemas.contacts.tables import Function, Organisation

TODAY = dt.date(2026, 6, 1)
HOUSES = [
    Organisation(id=1, name="Träger"),
    Organisation(id=2, name="Haus", parent=1, district="Buckau", engagement_fields=("soziales",)),
    Organisation(id=3, name="Haus alt", successor=2),
    Organisation(id=4, name="Zu", active_to=dt.date(2026, 5, 31)),
]
ROUNDS = [CertificationRound(id=1, validity=Validity.FIXED_TERM, validity_years=2), CertificationRound(id=2)]


def case(row, year, number, **cells):
    return Certification(id=row, name=f"Fall {row}", seal_year=year, seal_number=number, **cells)


def test_a_refreshed_seal_takes_the_place_of_the_older_one_even_under_a_former_name():
    found = read_holders(
        [case(1, 2020, "2020-001", site=3), case(2, 2024, "2024-001", site=2), case(3, None, "2026-001", site=2)],
        [], HOUSES, today=TODAY,
    )  # fmt: skip

    assert [(one.row, one.site, one.followed_by) for one in found] == [(1, 2, "2024-001"), (2, 2, "")]
    assert (found[1].parent, found[1].district, found[1].fields) == ("Träger", "Buckau", ("soziales",))
    assert [one.row for one in standing(found, TODAY)] == [2]


def test_revoked_seals_and_ended_terms_do_not_stand_and_a_year_never_ends():
    found = read_holders(
        [case(1, 2024, "2024-001", seal_state=SealState.REVOKED), case(2, 2023, "2023-001", round=1),
         case(3, 2005, "2005-001", round=2), case(4, 2024, "2024-002", round=1), case(5, 2010, None)],
        ROUNDS, HOUSES, today=TODAY,
    )  # fmt: skip

    assert [one.row for one in standing(found, TODAY)] == [3, 4, 5]


def test_a_seal_that_is_written_down_ahead_of_its_day_stands_from_that_day_on_and_the_older_one_until_then():
    fair = TODAY + dt.timedelta(days=60)
    cases = [case(1, 2024, "2024-001", site=2), case(2, 2026, "2026-001", site=2, awarded_on=fair)]

    before, after = (read_holders(cases, [], HOUSES, today=day) for day in (fair - dt.timedelta(days=1), fair))

    assert [one.number for one in standing(before, fair - dt.timedelta(days=1))] == ["2024-001"]
    assert {one.number: one.followed_by for one in before} == {"2024-001": "", "2026-001": ""}
    assert [one.number for one in standing(after, fair)] == ["2026-001"]
    assert {one.number: one.followed_by for one in after} == {"2024-001": "2026-001", "2026-001": ""}


def test_a_seal_is_at_risk_when_the_coordinator_left_and_not_when_nothing_is_known():
    ended, going_on = dt.date(2026, 5, 31), dt.date(2026, 6, 30)
    functions = [
        Function(person=1, organisation=2, valid_to=ended), Function(person=2, organisation=3, valid_to=going_on),
        Function(person=3, organisation=9), Function(person=5, organisation=2, valid_to=ended),
        Function(person=5, organisation=2, valid_from=going_on),
    ]  # fmt: skip
    cases = [case(n, 2024, f"2024-00{n}", coordinator=n, site=3 if n < 3 else 2) for n in range(1, 6)]
    cases.append(case(6, 2024, "2024-006", site=4))

    found = read_holders(cases, [], HOUSES, functions, today=TODAY)

    assert [one.seal.trained for one in found] == [False, True, None, None, True, None]
    assert [risks(one.seal) for one in found][-1] == (Risk.SITE_GONE,)
    assert still_there(1, 2, functions[:1], TODAY) is False
