"""What staff are really asked about a history: look-alikes to decide, conflicts to decide, and "unklar" in a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from identity_histories.picture import Picture, Placed, display, open_conflicts, row_key
from identity_histories.stage import Played
from identity_histories.truth import CELLS, name_key

WAITING = frozenset((None, "spaeter"))


@dataclass(frozen=True, slots=True)
class Question:
    """Something staff are to decide: about these rows of a table; ``text`` is how it reads."""

    table: str
    rows: frozenset[int]
    text: str


def questions_of(played: Played, picture: Picture, placed: Placed) -> list[Question]:
    """Return every question that stands about rows of a history; a pair that is asked twice counts once."""
    found: dict[tuple[str, frozenset[int]], Question] = {}
    for question in (*_duplicates(picture, placed), *_unclear(played, picture, placed)):
        found.setdefault((question.table, question.rows), question)
    return [*found.values(), *_conflicts(picture, placed)]


def touching(picture: Picture, placed: Mapping[str, Placed]) -> list[str]:
    """Return pairs of Dubletten whose rows belong to two histories: then those disturb each other."""
    said = []
    for row in picture.rows["duplicate"].values():
        pair = (row.value("first_row"), row.value("second_row"))
        homes = [
            next(
                (name for name, one in placed.items() if row_id in one.owners.get(str(row.value("table_code")), {})), ""
            )
            for row_id in pair
        ]
        if all(homes) and homes[0] != homes[1]:
            said.append(f"{homes[0]} / {homes[1]}: {row.value('name')}")
    return said


def joined(questions: Iterable[Question], table: str, rows: Iterable[int]) -> bool:
    """Say whether pairs that staff are asked about hold these rows together."""
    left = set(rows)
    reached = {left.pop()} if left else set()
    about = [question.rows for question in questions if question.table == table]
    while left:
        step = {row for pair in about if pair & reached for row in pair & left}
        if not step:
            return False
        reached |= step
        left -= step
    return True


def _duplicates(picture: Picture, placed: Placed) -> Iterator[Question]:
    for row in picture.rows["duplicate"].values():
        table = str(row.value("table_code"))
        pair = (row.value("first_row"), row.value("second_row"))
        waits = row.value("state") == "offen" and row.value("decision") in WAITING
        if waits and table in CELLS and all(row_id in placed.owners[table] for row_id in pair):
            rows = frozenset(row_id for row_id in pair if isinstance(row_id, int))
            yield Question(table, rows, f"Dublette: {row.value('name')} ({row.value('confidence')} %)")


def _unclear(played: Played, picture: Picture, placed: Placed) -> Iterator[Question]:
    for told in played.unclear.values():
        for one in told:
            for table in CELLS:
                other = one.get("row_id")
                if other not in placed.owners[table] or not isinstance(other, int):
                    continue
                for row_id in placed.owners[table]:
                    if row_id != other and row_key(table, picture.rows[table][row_id]) == name_key(
                        str(one.get("name"))
                    ):
                        shown = display(table, picture.rows[table][other])
                        text = f"unklar: {one.get('name')} / {shown} ({one.get('reason')})"
                        yield Question(table, frozenset((row_id, other)), text)


def _conflicts(picture: Picture, placed: Placed) -> Iterator[Question]:
    for row in open_conflicts(picture):
        table, row_id = str(row.value("table_code")), row.value("row")
        if table in CELLS and row_id in placed.owners[table] and isinstance(row_id, int):
            ours, theirs = row.value("ours"), row.value("theirs")
            text = f"Abweichung: {row.value('name')}, {row.value('field')}: „{ours}“ / „{theirs}“"
            yield Question(table, frozenset((row_id,)), text)
