"""What follows from the contacts: who is overdue, who is cold, what is incomplete. Pure: values and a day, no clock.

Screens, reminders and letters call the same rules, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schemas.contacts.choices import Salutation

WITHOUT_CONTACT_DAYS = 365
"""After so many days without an entry in the Kontaktverlauf a contact counts as cold."""


def step_is_overdue(step: str | None, due: dt.date | None, done: bool, today: dt.date) -> bool:
    """Say whether a next step should have been done before today; without a date it is never overdue.

    >>> step_is_overdue("Rückruf", dt.date(2026, 3, 1), False, dt.date(2026, 3, 2))
    True
    >>> step_is_overdue("Rückruf", dt.date(2026, 3, 2), False, dt.date(2026, 3, 2))
    False
    """
    return bool(step) and due is not None and not done and due < today


def step_is_open(step: str | None, done: bool) -> bool:
    """Say whether a next step is still to be done, with or without a date.

    >>> step_is_open("Rückruf", False), step_is_open("", False), step_is_open("Rückruf", True)
    (True, False, False)
    """
    return bool(step) and not done


def is_current(valid_from: dt.date | None, valid_to: dt.date | None, today: dt.date) -> bool:
    """Say whether a span from-to (both days included, None is open) covers today.

    >>> is_current(None, dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    True
    >>> is_current(dt.date(2026, 3, 2), None, dt.date(2026, 3, 1))
    False
    """
    return (valid_from is None or valid_from <= today) and (valid_to is None or today <= valid_to)


def is_former(spans: Iterable[tuple[dt.date | None, dt.date | None]], day: dt.date) -> bool:
    """Say whether spans (from, to) lie behind a day: at least one is over, and none covers the day or begins later.

    >>> is_former([(None, dt.date(2026, 3, 1))], dt.date(2026, 3, 2)), is_former([], dt.date(2026, 3, 2))
    (True, False)
    """
    known = list(spans)
    return bool(known) and all(end is not None and end < day for _, end in known)


def is_reachable(*ways: str | None) -> bool:
    """Say whether there is at least one phone number or mail address.

    >>> is_reachable(None, "", "post@example.org"), is_reachable(None, " ")
    (True, False)
    """
    return any(way and way.strip() for way in ways)


def is_cold(last_contact: dt.date | None, today: dt.date, days: int = WITHOUT_CONTACT_DAYS) -> bool:
    """Say whether the last contact lies more than ``days`` days back; never counts as its own case, not as cold.

    >>> is_cold(dt.date(2025, 3, 1), dt.date(2026, 3, 2)), is_cold(None, dt.date(2026, 3, 2))
    (True, False)
    """
    return last_contact is not None and (today - last_contact).days > days


def is_within(day: dt.date | None, today: dt.date, days: int) -> bool:
    """Say whether a day lies in the last ``days`` days, today included; a planned one in the future does not.

    >>> is_within(dt.date(2026, 3, 1), dt.date(2026, 3, 2), 30), is_within(dt.date(2026, 3, 3), dt.date(2026, 3, 2), 30)
    (True, False)
    """
    return day is not None and 0 <= (today - day).days < days


def salutation_unclear(salutation: str | None) -> bool:
    """Say whether nobody has yet told us how to greet a person.

    >>> salutation_unclear(None), salutation_unclear("unbekannt"), salutation_unclear("neutral")
    (True, True, False)
    """
    return salutation in (None, "", Salutation.UNKNOWN)


def person_name(title: str | None, first_name: str | None, last_name: str | None) -> str:
    """Return a person's name as the base shows it.

    >>> person_name("Dr.", None, "Beispiel")
    'Dr. Beispiel'
    """
    return " ".join(part.strip() for part in (title, first_name, last_name) if part and part.strip())


def is_stale(seen: Iterable[dt.date | None], today: dt.date, days: int = WITHOUT_CONTACT_DAYS) -> bool:
    """Say whether nothing has confirmed a row for more than ``days`` days, no contact and no change.

    Unknown days count as none.

    >>> is_stale([dt.date(2025, 1, 1), None], dt.date(2026, 3, 1)), is_stale([dt.date(2026, 2, 1)], dt.date(2026, 3, 1))
    (True, False)
    """
    known = [day for day in seen if day is not None]
    return not known or (today - max(known)).days > days
