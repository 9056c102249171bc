"""Turn the rows of a list into items, as a profile says. Pure: rows come in, a delivery goes out.

Every row ends somewhere visible: as items, as a note, or among the rejected with its place and a reason (German).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from schemas.errors import SourceError
from schemas.model import Value
from sync.clashes import Clashing, find_clashes
from sync.collecting import TABLES, Collector, Draft, glimpse
from sync.completeness import fingerprint
from sync.converters import Converted, columns_of_facts, convert, says_nothing
from sync.countries import add_country
from sync.identity.idents import with_mark
from sync.identity.namesakes import NAMESAKE, Namesake, read_namesake
from sync.identity.place import PLACE
from sync.items import Delivery, LinkRef, Note, Origin, Rejected, Unread
from sync.long_cells import quoted
from sync.normalise import clean, clean_lines
from sync.row_state import Cells, Making, RowState
from sync.sources.cell_signs import resolve_signs
from sync.sources.pages import Page, Paged, missing_pages
from sync.sources.profile import ColumnRule, ForEach, Profile, RecordRule
from sync.sources.rows import Gap, Row, Source, no_entry


def deliver(profile: Profile, source_name: str, source: Source) -> Delivery:
    """Read a source to its end and return everything it brought.

    Raises:
        SourceError: the file cannot be read on, or has no rows below its header.
    """
    return deliver_parts(source_name, ((profile, source),))


def deliver_parts(source_name: str, parts: Iterable[tuple[Profile, Source]]) -> Delivery:
    """Read several lists as one source, so that links between them find their target."""
    collector = Collector()
    rows = 0
    modes: dict[str, dict[str, str]] = {}
    pages: list[Page] = []
    for profile, source in parts:
        mapper = _Mapper(profile, collector)
        mapper.clashing = _clashing(profile, source)
        found = 0
        for found, (row, notes) in enumerate(_rows(profile, source), start=1):  # noqa: B007 - the last is the count
            collector.notes += notes
            mapper.take(row)
        for gap in source.gaps:
            mapper.miss(gap)
        if found == 0:
            raise SourceError(
                f"Die Datei {source.name} enthält nur Spaltentitel, aber keine einzige Zeile.",
                hint="Bitte exportieren Sie die Liste noch einmal.",
                file=source.name,
            )
        rows += found
        pages += source.pages if isinstance(source, Paged) else ()
        collector.notes += source.notes
        for record in profile.records:
            modes.setdefault(record.table, {}).update({column: str(mode) for column, mode in record.modes.items()})
    for gap in missing_pages(pages):
        collector.miss(gap)
    return replace(collector.finish(source_name, rows), modes=modes)


def _rows(profile: Profile, source: Source) -> Iterator[tuple[Row, list[Note]]]:
    """Yield the rows of a source; in tables some cells stand for others."""
    if profile.reader.kind == "table":
        return resolve_signs(source.rows())
    return ((row, []) for row in source.rows())


def _clashing(profile: Profile, source: Source) -> Clashing:
    """Return the idents under which the list has several things, after a first look over all rows."""
    records = [r for r in profile.records if r.clash != "reject"]
    if not records:
        return {}
    mapper = _Mapper(profile, Collector())
    return find_clashes(found for row, _ in _rows(profile, source) for found in mapper.identified(row))


_SEEN_MOST = 20_000
"""Converted cells that are kept at hand: a few megabytes."""

_NOTHING = Converted()
_NOWHERE = Origin("", 0)
_NO_CELL = ("", _NOTHING)


class _Mapper:
    """The mapping of one file."""

    def __init__(self, profile: Profile, collector: Collector) -> None:
        self._profile = profile
        self._collector = collector
        self._names: Cells = {}
        self._facts = columns_of_facts(profile)
        self._seen: dict[tuple[int, str, str], Converted] = {}
        self._needs: dict[str, list[tuple[str, frozenset[str] | None]]] = {}
        self.clashing: Clashing = {}

    def canonical(self, row: Row) -> Cells:
        """Return the cells under the names the profile uses; a second column of the same name keeps its title."""
        cells: Cells = {}
        for title, text in row.cells.items():
            name = self._names.get(title)
            if name is None:
                name = self._profile.canonical.get(self._profile.title_key(title), title)
                self._names[title] = name
            if text.strip() and not says_nothing(text, words=name in self._facts):
                cells[title if name in cells else name] = text
        return cells

    def take(self, row: Row) -> None:
        """Turn one row into drafts."""
        if told := no_entry(row.cells):
            self._collector.notes.append(Note(row.origin, None, told))
            return
        state = RowState(row, self.canonical(row))
        for skip in self._profile.skip:
            if all(c.holds(state.cells) for c in skip.when):
                self._collector.notes.append(Note(row.origin, None, f"{skip.reason} Das ist so vorgesehen."))
                return
        for each, records in groupby(self._profile.records, key=lambda r: r.for_each):
            group = tuple(records)
            for cells in self._entries(state, each):
                idents = dict(state.idents)
                for record in group:
                    self._make(record, state, cells, idents)
                if each is None:
                    state.idents = idents
        if state.made:
            self._keep_rest(state)
        elif not state.refused:
            reason = "In der Zeile fehlt, was einen Eintrag ausmacht (zum Beispiel der Name)."
            self._reject(
                row.origin,
                None,
                _glimpse(row),
                reason,
                "Bitte ergänzen Sie die Zeile, oder löschen Sie sie aus der Liste.",
            )
            self._unread(row.origin, reason, fingerprint(row.cells), self._own_key(state.cells))

    def miss(self, gap: Gap) -> None:
        """Take note of a record that could not even become a row."""
        self._collector.miss(gap, self._own_key(self.canonical(Row(gap.origin, gap.cells))))

    def identified(self, row: Row) -> Iterator[tuple[str, Draft, Callable[[], Namesake]]]:
        """Yield name and ident of what the row becomes, and how to read the rest, for a first look over all rows."""
        cells, idents = self.canonical(row), Cells()
        for record in self._profile.records:
            if record.for_each or not all(c.holds(cells) for c in record.when):
                continue
            ident, _ = self._ident(record, cells, idents, set())
            if ident is None:
                continue
            idents[f"@{record.handle}"] = ident
            if record.clash != "reject":
                name = {"first_name", "last_name"} if record.table == "person" else {TABLES[record.table].display}
                draft = Draft(record.table, ident, row.origin)
                draft.values = self._read_only(record, cells, name | (PLACE if record.clash == "place" else set()))
                yield record.clash, draft, partial(self._namesake, record, cells)

    def _namesake(self, record: RecordRule, cells: Cells) -> Namesake:
        return read_namesake(self._read_only(record, cells, NAMESAKE), cells)

    def _read_only(self, record: RecordRule, cells: Cells, wanted: Collection[str]) -> dict[str, Value]:
        """Return the values of some columns alone."""
        draft = Draft(record.table, "", _NOWHERE)
        making = Making(record, draft, cells, set())
        for code in (c for c in record.columns if c in wanted):
            for rule in record.columns[code]:
                draft.values = {**self._apply(making, rule, code)[1].values, **draft.values}
        return draft.values

    def _entries(self, state: RowState, each: ForEach | None) -> Iterator[Cells]:
        """Yield the cells once, or once per entry of a list column with the groups of the entry as columns."""
        if each is None:
            yield state.cells
            return
        state.used.add(each.column)
        for entry in state.cells.get(each.column, "").split(each.separator):
            if not entry.strip():
                continue
            match = re.search(each.item, clean(entry))
            if match is None:
                reason = f"Der Eintrag {quoted(clean(entry))} hat nicht die erwartete Form."
                self._reject(state.row.origin, each.column, clean(entry), reason, "Er steht in der Notiz der Zeile.")
                self._unread(state.row.origin, reason, fingerprint((each.column, entry)))
                state.leftover.append(f"{each.column}: {clean(entry)}")
                continue
            yield {**state.cells, **{name: text for name, text in match.groupdict().items() if text}}

    def _make(self, record: RecordRule, state: RowState, cells: Cells, idents: Cells) -> None:
        """Make one draft and hand it to the collector; dependent records see its ident."""
        if not all(c.holds(cells) for c in record.when):
            return
        draft = Draft(record.table, "", state.row.origin, repeats=record.repeats)
        draft.collected = frozenset(c for c, rules in record.columns.items() if any(r.collect for r in rules))
        used_here: set[str] = set()
        making = Making(record, draft, cells, used_here)
        for code, needed in self._needed(record):
            if needed is None or not needed.isdisjoint(cells):
                self._fill(making, code, state.row.origin)
        draft.drop_own_name()
        used_here |= add_country(draft.values, making.titles, cells, self._collector.notes, state.row.origin)
        draft.values |= {c: v for c, v in record.constants.items() if not draft.values.get(c)}
        linked = self._link(making, idents)
        if not linked or not self._complete(making, state, idents):
            return
        ident, place = self._ident(record, cells, idents, used_here)
        if ident is None:
            state.refused = True
            reason = f"{TABLES[record.table].title}: aus der Zeile lässt sich keine Kennung bilden."
            self._reject(state.row.origin, None, _glimpse(state.row), reason, "Bitte ergänzen Sie Kennung oder Namen.")
            self._unread(state.row.origin, reason, fingerprint(cells))
            return
        draft.ident, draft.mention = ident, record.mention
        draft.loose = record.mention or (place > 0 and record.table == "organisation")
        if clash := self.clashing.get((draft.table, ident)):
            told = clash.mark(draft, cells)
            draft.ident = with_mark(ident, told) if told else ident
            draft.loose = draft.loose and clash.by != "place"
            self._collector.notes.append(Note(draft.origin, None, clash.told(ident)))
        draft.links = {c: k for c, k in draft.links.items() if (k.table, k.ident) != (draft.table, draft.ident)}
        state.used |= used_here
        kept = self._collector.add(draft)
        if kept is None:
            state.refused = True
            self._unread(state.row.origin, "Dieselbe Kennung, aber ein anderer Name.", fingerprint(cells))
            return
        idents[f"@{record.handle}"] = kept.ident
        state.made.setdefault(record.handle, kept)

    def _needed(self, record: RecordRule) -> list[tuple[str, frozenset[str] | None]]:
        """Return for each column the cells of which it needs one to be filled; None where it may do without."""
        found = self._needs.get(record.handle)
        if found is None:
            found = self._needs[record.handle] = [
                (
                    code,
                    None
                    if any(r.pattern or r.default for r in rules)
                    else frozenset().union(*(r.source for r in rules)),
                )
                for code, rules in record.columns.items()
            ]
        return found

    def _fill(self, making: Making, code: str, origin: Origin) -> None:
        """Give a column the value of the first rule that has one; what could not be converted stays readable."""
        draft, rules = making.draft, making.record.columns[code]
        columns = TABLES[draft.table].columns
        for rule in rules:
            title, got = self._apply(making, rule, code)
            if got is _NOTHING:
                continue
            self._collector.notes += [Note(origin, title, text) for text in got.notes]
            if got.refused:
                hint = f"Der Text steht in der Notiz unter „{title}“. Bitte tragen Sie den Wert von Hand ein."
                self._reject(origin, title, got.leftover, got.refused, hint)
            if got.leftover:
                draft.add_lines("note", f"{title}: {got.leftover}")
            if got.keywords and "keywords" in columns:
                draft.add_lines("keywords", "\n".join(got.keywords))
            elif got.keywords:
                draft.add_lines("note", f"{title}: {', '.join(got.keywords)}")
            for part, value in got.values.items():
                if part in {"note", "keywords"}:
                    draft.add_lines(part, str(value))
                elif not draft.values.get(part):
                    draft.values[part] = value
                elif draft.values[part] != value:
                    draft.add_lines("note", f"{title}: {value}")
            if draft.values.get(code) and code not in {"note", "keywords"}:
                making.titles[code] = title
                return
        if not draft.values.get(code) and (default := next((r.default for r in rules if r.default), None)):
            draft.values[code] = default

    def _apply(self, making: Making, rule: ColumnRule, code: str) -> tuple[str, Converted]:
        """Return the title of the source column and what its cell gave."""
        cells, used = making.cells, making.used
        if not all(c.holds(cells) for c in rule.when):
            return _NO_CELL
        if rule.pattern is not None:
            text = rule.pattern.block(cells)
            used.update(rule.columns)
            title = rule.columns[0] if rule.columns else ""
        else:
            free = [n for n in rule.source if cells.get(n) and (n not in used or len(rule.source) == 1)]
            if not free:
                return _NO_CELL
            title, text = free[0], cells[free[0]]
            used.add(title)
        return title, self._converted(making.record, rule, code, text)

    def _converted(self, record: RecordRule, rule: ColumnRule, code: str, text: str) -> Converted:
        """Convert a cell; towns, postcodes and kinds come again and again."""
        key = (id(rule), code, text)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= _SEEN_MOST:
                self._seen.clear()
            found = self._seen[key] = convert(self._profile, rule, TABLES[record.table], code, text)
        return found

    def _link(self, making: Making, idents: Cells) -> bool:
        """Set the links of a draft; False where a required one has no target in this row."""
        draft, record, cells = making.draft, making.record, {**making.cells, **idents}
        for code, rule in record.links.items():
            if rule.record is not None:
                ident = idents.get(f"@{rule.record}")
                table = self._profile.tables[rule.record]
            else:
                pattern = next((p for p in rule.patterns if p.line(cells)), None)
                ident = pattern.line(cells) if pattern else None
                making.used.update(pattern.columns if pattern else ())
                table = str(rule.table)
            if ident is not None:
                draft.links[code] = LinkRef(table, ident)
        draft.required_links = tuple(c for c in record.required if c in record.links)
        return all(code in draft.links for code in draft.required_links)

    def _complete(self, making: Making, state: RowState, idents: Cells) -> bool:
        draft, record = making.draft, making.record
        columns = TABLES[record.table].columns
        missing = [c for c in record.required if c not in record.links and not draft.values.get(c)]
        if not missing:
            return True
        state.refused = True
        titles = ", ".join(columns[c].title for c in missing)
        sources = sorted({n for c in missing for rule in record.columns.get(c, ()) for n in rule.columns})
        reason = f"{TABLES[record.table].title}: {titles} fehlt."
        hint = f"Bitte füllen Sie in der Liste die Spalte {' oder '.join(sources)}." if sources else "Bitte ergänzen."
        self._reject(state.row.origin, " oder ".join(sources) or titles, _glimpse(state.row), reason, hint)
        ident, _ = self._ident(record, making.cells, idents, set())
        self._unread(state.row.origin, reason, fingerprint(making.cells), (record.table, ident) if ident else None)
        return False

    def _ident(self, record: RecordRule, cells: Cells, idents: Cells, used: set[str]) -> tuple[str | None, int]:
        for place, pattern in enumerate(record.patterns):
            if ident := pattern.line({**cells, **idents}):
                used.update(pattern.columns)
                return ident, place
        return None, 0

    def _keep_rest(self, state: RowState) -> None:
        """Write what no column took over into the note of the row's main item."""
        profile = self._profile
        skipped = {*profile.ignore, *state.used}
        lines = list(state.leftover)
        for name, text in state.cells.items():
            if name not in skipped and not name.startswith(("@", "/")) and (profile.keep_rest or name in profile.taken):
                lines.append(f"{name}: {clean_lines(text)}")
        if not lines:
            return
        handle = next((h for h in profile.rest_to if h in state.made), next(iter(state.made)))
        state.made[handle].add_lines("note", "\n".join(lines))

    def _own_key(self, cells: Cells) -> tuple[str, str] | None:
        """Return the key that cells alone tell, whatever else the record would need."""
        for record in self._profile.records:
            if record.for_each is None and (ident := self._ident(record, cells, {}, set())[0]):
                return record.table, ident
        return None

    def _unread(self, origin: Origin, reason: str, mark: str, key: tuple[str, str] | None = None) -> None:
        self._collector.unread.append(Unread(origin, reason, mark, key))

    def _reject(self, origin: Origin, column: str | None, value: str | None, reason: str, hint: str) -> None:
        self._collector.rejected.append(Rejected(origin, column, value, reason, hint))


def _glimpse(row: Row) -> str:
    """Return the beginning of a row, enough to find it."""
    return glimpse(" | ".join(clean(cell) for cell in row.cells.values()))
