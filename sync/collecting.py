"""Gather the items of one delivery: what several rows say about one thing is put together, what contradicts is refused.

Pure. First value wins, later rows fill what is empty; lists and notes are united; nothing disappears without a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz import fuzz

from schemas.base import BASE
from schemas.model import LongText, MultiSelect, Value
from sync.completeness import fingerprint
from sync.identity.place import Place, read_place
from sync.items import Delivery, Item, LinkRef, Note, Origin, Rejected, Unread
from sync.long_cells import quoted
from sync.normalise import clean, comparable, organisation_key, person_key
from sync.sources.rows import Gap

TABLES = BASE.tables
"""The declared tables by code, looked up for every cell."""
MAX_TEXT = 100_000
"""Most characters of a long text the base keeps."""
_GLIMPSE = 120
"""Characters of a row that are shown of one that was refused."""
_ADDRESS = ("street", "postcode", "city", "district")
_SAME_NAME = 75  # of 100; two rows with one ident below it speak of different things


@dataclass(slots=True)
class Draft:
    """An item while rows still add to it. ``loose``: its ident is only its name, so it may join one with an id.

    ``mention``: the rows only name it (the other end of a link).
    """

    table: str
    ident: str
    origin: Origin
    values: dict[str, Value] = field(default_factory=dict)
    links: dict[str, LinkRef] = field(default_factory=dict)
    required_links: tuple[str, ...] = ()
    collected: frozenset[str] = frozenset()
    repeats: str = "note"
    loose: bool = False
    mention: bool = False

    def body(self) -> str:
        """Return the key of what the item is called."""
        if self.table == "person":
            return person_key(str(self.values.get("first_name") or ""), str(self.values.get("last_name") or ""))
        display = TABLES[self.table].display
        return organisation_key(str(self.values.get(display) or ""))

    def spelling(self) -> str:
        """Return what tells two things under one ident apart: of persons the key, of others the name as written."""
        name = self.values.get(TABLES[self.table].display)
        return self.body() if self.table == "person" else clean(str(name or "")).casefold()

    def place(self) -> Place:
        """Return where the body is that the row speaks of."""
        return read_place(self.values)

    def add_lines(self, code: str, text: str) -> None:
        """Append lines to a long text, those that are already there left out."""
        self.values[code] = _united(str(self.values.get(code) or ""), text)

    def drop_own_name(self) -> None:
        """Take the name out of the keywords: an organisation whose kind its name does not tell is not found better."""
        name = self.values.get(TABLES[self.table].display)
        if name and (told := self.values.get("keywords")):
            self.values["keywords"] = "\n".join(line for line in str(told).split("\n") if line != name)
            if not self.values["keywords"]:
                del self.values["keywords"]


class Collector:
    """All drafts of a delivery by table and ident."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str], Draft] = {}
        self.notes: list[Note] = []
        self.rejected: list[Rejected] = []
        self.unread: list[Unread] = []

    def add(self, draft: Draft) -> Draft | None:
        """Take a draft in, and return the one it became part of; None where it contradicts an earlier row."""
        there = self._drafts.setdefault((draft.table, draft.ident), draft)
        if there is draft:
            return draft
        if not _same_body(there, draft):
            display = "last_name" if draft.table == "person" else TABLES[draft.table].display
            names = [str(d.values.get(display) or "") for d in (there, draft)]
            self.rejected.append(
                Rejected(
                    draft.origin,
                    None,
                    names[1],
                    f"Dieselbe Kennung wie {_place(there.origin, draft.origin)}, aber ein anderer Name: "
                    f"dort {quoted(names[0])}, hier {quoted(names[1])}.",
                    "Bitte geben Sie einer der beiden Zeilen eine eigene Kennung.",
                )
            )
            return None
        if draft.repeats == "note" and there.origin != draft.origin:
            title = TABLES[draft.table].title
            text = f"{title}: beschreibt dasselbe wie {_place(there.origin, draft.origin)}; zusammengeführt."
            self.notes.append(Note(draft.origin, None, text))
        self._merge(there, draft)
        return there

    def miss(self, gap: Gap, key: tuple[str, str] | None = None) -> None:
        """Take note of what could not be read, and of the item that it would have been where that is known."""
        mark = fingerprint(gap.text) if gap.text else ""
        self.rejected.append(Rejected(gap.origin, None, glimpse(clean(gap.text)) or None, gap.reason, gap.hint))
        self.unread.append(Unread(gap.origin, gap.reason, mark, key))

    def finish(self, source: str, rows: int) -> Delivery:
        """Return the delivery: links settled, tables in the order of ``BASE``."""
        self._join_by_name()
        self._settle_links()
        order = {code: place for place, code in enumerate(TABLES)}
        drafts = sorted(self._drafts.values(), key=lambda d: order[d.table])
        for draft in drafts:
            self._limit(draft)
        items = tuple(Item(d.table, d.ident, d.values, d.links, d.origin) for d in drafts)
        return Delivery(source, rows, items, tuple(self.rejected), tuple(self.notes), unread=tuple(self.unread))

    def _merge(self, there: Draft, draft: Draft) -> None:
        columns = TABLES[draft.table].columns
        moved = any(
            comparable(c, there.values.get(c)) not in {None, comparable(c, draft.values[c])}
            for c in _ADDRESS
            if draft.values.get(c)
        )
        if there.mention and not draft.mention:
            there.mention, there.loose = False, draft.loose
        for code, value in draft.values.items():
            old = there.values.get(code)
            column = columns[code]
            if isinstance(column, MultiSelect) and isinstance(old, tuple) and isinstance(value, tuple):
                there.values[code] = tuple(dict.fromkeys((*old, *value)))
            elif code in draft.collected and isinstance(column, LongText):
                there.values[code] = _appended(str(old or ""), str(value))
            elif code in {"note", "keywords"}:
                there.add_lines(code, str(value))
            elif not old and not (moved and code in _ADDRESS):
                there.values[code] = value
            elif not _same_value(code, old, value) and draft.repeats != "silent":
                self._differs(there, draft, column.title, old, value)
        for code, link in draft.links.items():
            if there.links.setdefault(code, link) != link and draft.repeats != "silent":
                title = columns[code].title
                self._differs(there, draft, title, there.links[code].ident, link.ident)

    def _differs(self, there: Draft, draft: Draft, title: str, old: Value, value: Value) -> None:
        kept = f"{quoted(old)} aus {_place(there.origin, draft.origin)} bleibt" if old else "der Eintrag bleibt leer"
        text = f"{title} {quoted(value)} nicht übernommen: {kept}."
        self.notes.append(Note(draft.origin, title, text))

    def _join_by_name(self) -> None:
        """Give what is known by its name only to the one with an id and the same name, where there is exactly one.

        A person joins only where the row did nothing but mention it: namesakes are common.
        """
        loose = [d for d in self._drafts.values() if d.loose]
        if not loose:
            return
        homes: dict[tuple[str, str], list[Draft]] = {}
        for draft in self._drafts.values():
            if not draft.loose:
                homes.setdefault((draft.table, draft.body()), []).append(draft)
        moved: dict[LinkRef, LinkRef] = {}
        for draft in loose:
            home = homes.get((draft.table, draft.body()), [])
            if len(home) == 1 and _agree(home[0], draft):
                self._merge(home[0], draft)
                del self._drafts[draft.table, draft.ident]
                moved[LinkRef(draft.table, draft.ident)] = LinkRef(draft.table, home[0].ident)
                if not draft.mention:
                    text = f"Ohne Kennung; über den Namen {_place(home[0].origin, draft.origin)} zugeordnet."
                    self.notes.append(Note(draft.origin, None, text))
        for draft in self._drafts.values():
            draft.links = {code: moved.get(link, link) for code, link in draft.links.items()}

    def _settle_links(self) -> None:
        """Take away links to items that the list does not bring, and say so; drop items that make no sense without."""
        while lost := [
            (draft, code, link)
            for draft in self._drafts.values()
            for code, link in draft.links.items()
            if (link.table, link.ident) not in self._drafts
        ]:
            for draft, code, link in lost:
                title = TABLES[draft.table].columns[code].title
                del draft.links[code]
                if code in draft.required_links:
                    self._drafts.pop((draft.table, draft.ident), None)
                    reason = f"{title}: der Eintrag {quoted(link.ident)} kommt in der Liste nicht vor."
                    self.unread.append(Unread(draft.origin, reason, draft.ident, (draft.table, draft.ident)))
                    self.rejected.append(
                        Rejected(draft.origin, title, link.ident, reason, "Bitte ergänzen Sie ihn in der Liste.")
                    )
                else:
                    draft.add_lines("note", f"{title} laut Quelle: {link.ident}")
                    text = f"{title} {quoted(link.ident)} kommt in der Liste nicht vor; steht in der Notiz."
                    self.notes.append(Note(draft.origin, title, text))

    def _limit(self, draft: Draft) -> None:
        for code, value in draft.values.items():
            if isinstance(value, str) and len(value) > MAX_TEXT:
                draft.values[code] = value[: MAX_TEXT - 1] + "…"
                title = TABLES[draft.table].columns[code].title
                text = f"{title} hatte {len(value)} Zeichen und wurde auf {MAX_TEXT} gekürzt."
                self.notes.append(Note(draft.origin, title, text))


def glimpse(text: str) -> str:
    """Return the beginning of a text, enough to find the row that it stands in."""
    return text if len(text) <= _GLIMPSE else text[: _GLIMPSE - 1] + "…"


def _same_value(code: str, one: Value, other: Value) -> bool:
    if code == "name" and isinstance(one, str) and isinstance(other, str):
        return organisation_key(one) == organisation_key(other)
    return comparable(code, one) == comparable(code, other)


def _agree(there: Draft, draft: Draft) -> bool:
    """Tell whether two organisations of one name key are surely one: written alike, or no contradicting address."""
    pairs = [(comparable(c, there.values.get(c)), comparable(c, draft.values.get(c))) for c in _ADDRESS]
    return there.spelling() == draft.spelling() or all(a == b or a is None or b is None for a, b in pairs)


def _same_body(one: Draft, other: Draft) -> bool:
    first, second = one.body(), other.body()
    return not first or not second or first == second or fuzz.token_sort_ratio(first, second) >= _SAME_NAME


def _place(there: Origin, here: Origin) -> str:
    return f"Zeile {there.row}" if (there.file, there.sheet) == (here.file, here.sheet) else str(there)


def _appended(old: str, new: str) -> str:
    """Return both texts as paragraphs; one that is already there is not repeated."""
    return old if f"\n\n{new}\n\n" in f"\n\n{old}\n\n" else "\n\n".join(t for t in (old, new) if t)


def _united(old: str, new: str) -> str:
    """Return the lines of both texts, those of the new one that the old one has left out."""
    lines = old.split("\n") if old else []
    return "\n".join([*lines, *(line for line in new.split("\n") if line not in lines)])
