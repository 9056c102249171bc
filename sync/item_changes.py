"""What a list says of an entry now, held against what it said before. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from schemas.model import Value
from sync.fields import decode_last
from sync.identity.evidence import Cells, hosts, is_mobile, phones, read_street, text
from sync.identity.idents import is_number
from sync.identity.kinds import COLUMNS, KINDS
from sync.identity.mails import is_shared_mailbox, read_mails
from sync.identity.place import read_place
from sync.items import Item
from sync.merge import Unknown
from sync.normalise import organisation_key, person_key, text_key
from sync.standing import display_name

Facts = Mapping[Hashable, float]
"""What tells somebody from others of one name, and what each is worth, 1 to 3."""


def name_key(table: str, cells: Cells) -> str:
    """Return what a row is called, comparable."""
    if table == "person":
        return person_key(text(cells, "first_name"), text(cells, "last_name"))
    return organisation_key(display_name(cells.get))


def mark_of(item: Item) -> str:
    """Return what tells an item from others under the same ident: its name as a key, where it is named so its place."""
    values = item.values
    if item.table == "organisation" and item.ident.startswith("name:") and (place := read_place(values).told):
        return place
    return name_key(item.table, values) or item.ident


def said_cells(table: str, said: Mapping[str, str]) -> dict[str, Value]:
    """Return what the source said of an item last as cells, as far as the status remembers; links are left out."""
    columns = COLUMNS.get(table, ())
    found = {c: decode_last(table, c, said[c]) for c in columns if c in said and c not in ("ident", "parent")}
    return {c: v for c, v in found.items() if not isinstance(v, Unknown)}


def names_changed(item: Item, said: Mapping[str, str]) -> bool:
    """Say whether an item bears another name than the source said last; only then may it be somebody else."""
    columns = ("first_name", "last_name") if item.table == "person" else ("name",)
    cells = said_cells(item.table, said)
    return any((item.values.get(c) or None) != (cells.get(c) or None) for c in columns)


def may_be_another(item: Item, said: Mapping[str, str]) -> bool:
    """Say whether an item with a known ident may be another.

    It bears another name, is told by its name only, or tells nothing of its own that was told before.
    """
    if item.table not in KINDS:
        return False
    if names_changed(item, said) or (item.table == "organisation" and item.ident.startswith("name:")):
        return True
    return tells_other_facts(item.table, item.ident, item.values, said_cells(item.table, said))


def own_facts(table: str, cells: Cells) -> Facts:
    """Return what a row tells that hardly two of one name share: ways to reach them, where they are, register."""
    facts: dict[Hashable, float] = {}
    for mail in read_mails(cells, "mail", "mail2"):
        facts[mail] = 2.0 if is_shared_mailbox(mail) else 3.0
    for number in phones(cells, "phone", "mobile", "phone_other", "phone2"):
        facts[number] = 3.0 if is_mobile(number) else 2.0
    street = read_street(text(cells, "street"))
    if street.whole:
        facts["street", street.whole] = 2.0 if street.house else 1.0
    if table == "organisation":
        facts |= {("web", host): 2.0 for host in hosts(text(cells, "web"))}
        if register := text_key(text(cells, "register_number")):
            facts["register", register] = 3.0
    facts |= {(column, told): 1.0 for column in ("postcode", "city") if (told := text_key(text(cells, column)))}
    return facts


def share_facts(table: str, now: Cells, before: Cells) -> float:
    """Return what the facts are worth that two rows share."""
    ours, theirs = own_facts(table, now), own_facts(table, before)
    return sum(ours[fact] for fact in ours.keys() & theirs.keys())


def tells_other_facts(table: str, ident: str, now: Cells, before: Cells) -> bool:
    """Say whether a number tells nothing any more of what it told of its own before."""
    return is_number(ident) and bool(own_facts(table, before)) and not share_facts(table, now, before)
