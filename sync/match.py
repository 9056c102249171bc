"""Is this item a row that staff have already typed? Sure rules only: what is not sure becomes a row of its own. Pure.

A row counts as met when one sure key is equal, nothing contradicts it, and neither side is met by anybody else. Sure
is: the register number; the same name together with web domain, postcode or mail; for a person the same name with a
present or former mail or mobile phone. Weaker likeness (name and street, a former or nearly the same name, a mail or
domain alone) is told to people (`unclear`, and as Dublette by ``sync.likeness``), never acted upon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from schemas.contacts.aliases import former, former_cells
from schemas.model import Value
from sync.evidence import hosts, keys, mobiles
from sync.normalise import comparable, organisation_key, person_key, text_key

Cells = Mapping[str, Value]
"""Values by column code; links as row ids."""

MatchKey = tuple[object, ...]

_INITIALS = 5
"""Up to so many letters a short name is initials, which many bodies share."""


def sure_keys(table: str, cells: Cells) -> Iterator[MatchKey]:
    """Yield the keys of a row or item of which one equal is enough."""
    rule = _SURE.get(table)
    if rule:
        yield from rule(cells)


def weak_keys(table: str, cells: Cells) -> Iterator[MatchKey]:
    """Yield the keys that make a person look twice."""
    if table == "organisation" and (name := _text(cells, "name")):
        yield ("name", organisation_key(name))
        yield ("compact", organisation_key(name).replace(" ", ""))
        for old in (_text(cells, "short_name"), *former(table, _lines(cells, "aliases"), "name")):
            if len(organisation_key(old)) > _INITIALS:
                yield ("name", organisation_key(old))
    elif table == "person" and (key := _person(cells)):
        yield ("name", key)


def contradiction(table: str, ours: Cells, theirs: Cells) -> str:
    """Return why two rows with a sure key in common may still be two (German), empty if nothing speaks against it."""
    if table != "organisation":
        return ""
    registers = [_register(cells) for cells in (ours, theirs)]
    if all(registers):
        return "" if registers[0] == registers[1] else "heißt gleich, hat aber eine andere Registernummer"
    postcodes = [keys(cells, "postcode") for cells in (ours, theirs)]
    return "heißt gleich, hat aber eine andere PLZ" if all(postcodes) and postcodes[0] != postcodes[1] else ""


def match_columns(table: str) -> tuple[str, ...]:
    """Return the columns that the rules of a table look at."""
    return _COLUMNS.get(table, ())


def same_name(table: str, column: str, ours: Value, theirs: Value) -> bool:
    """Say whether two names are spellings of one: at a first meeting that is no difference to ask people about."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    if table == "organisation" and column in ("name", "short_name"):
        return organisation_key(ours) == organisation_key(theirs)
    return column in ("first_name", "last_name", "name") and text_key(ours) == text_key(theirs)


def _organisation(cells: Cells) -> Iterator[MatchKey]:
    if number := _register(cells):
        yield ("register", number)
    if not (name := organisation_key(_text(cells, "name"))):
        return
    for kind, found in (
        ("web", hosts(_text(cells, "web"))),
        ("postcode", keys(cells, "postcode")),
        ("mail", keys(cells, "mail")),
    ):
        yield from ((kind, name, value) for value in sorted(found))


def _person_rule(cells: Cells) -> Iterator[MatchKey]:
    if key := _person(cells):
        reached = ("mail", "mail2", "phone", "mobile", "phone_other")
        for told in (cells, *former_cells("person", cells.get("aliases"), *reached)):
            for mail in sorted(keys(told, "mail", "mail2")):
                yield ("mail", mail, key)
            for mobile in sorted(mobiles(told, "phone", "mobile", "phone_other")):
                yield ("mobile", mobile, key)


def _team_member(cells: Cells) -> Iterator[MatchKey]:
    if mail := _text(cells, "mail"):
        yield ("mail", comparable("mail", mail))
    elif name := _text(cells, "name"):
        yield ("name", text_key(name))


def _linked(*columns: str) -> Callable[[Cells], Iterator[MatchKey]]:
    """Return the rule for a row that is told by what it links and says: all columns equal, at least one link set."""

    def rule(cells: Cells) -> Iterator[MatchKey]:
        if any(isinstance(cells.get(c), int) for c in columns):
            yield tuple(_key(c, cells.get(c)) for c in columns)

    return rule


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "short_name", "aliases", "postcode", "register_number", "web", "mail"),
    "person": ("first_name", "last_name", "aliases", "mail", "mail2", "phone", "mobile", "phone_other"),
    "team_member": ("name", "mail"),
    "office": ("name", "organisation"),
    "function": ("person", "organisation", "office", "kind", "name"),
    "interaction": ("day", "kind", "organisation", "person", "team_member", "summary"),
    "interaction_participant": ("interaction", "person", "organisation"),
    "relationship": ("organisation", "person", "team_member", "department", "kind"),
}

_SURE: Mapping[str, Callable[[Cells], Iterator[MatchKey]]] = {
    "organisation": _organisation,
    "person": _person_rule,
    "team_member": _team_member,
    **{table: _linked(*_COLUMNS[table]) for table in (
        "office", "function", "interaction", "interaction_participant", "relationship"
    )},
}  # fmt: skip


def _key(column: str, value: Value) -> object:
    if value in (None, "", ()):
        return None
    return text_key(value) if column in ("name", "summary") and isinstance(value, str) else value


def _text(cells: Cells, column: str) -> str:
    value = cells.get(column)
    return value.strip() if isinstance(value, str) else ""


def _register(cells: Cells) -> str:
    """Return the register number, however it is spaced ("VR 12", "VR12")."""
    return text_key(_text(cells, "register_number")).replace(" ", "")


def _lines(cells: Cells, column: str) -> str:
    value = cells.get(column)
    return value if isinstance(value, str) else ""


def _person(cells: Cells) -> str:
    first, last = _text(cells, "first_name"), _text(cells, "last_name")
    return person_key(first, last) if first and last else ""
