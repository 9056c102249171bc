"""Judge a history by what stands in the base at the end: who is who, who stands twice, who is marked, what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from identity_histories.picture import (
    Picture,
    Placed,
    about,
    cells_text,
    conflict_text,
    display,
    foreign,
    former_names,
    label_text,
    open_conflicts,
)
from identity_histories.questions import Question, joined, questions_of
from identity_histories.stage import Played
from identity_histories.truth import CELLS, Known, Truth, name_key, plain, readings, stands_in
from schemas.base import BASE
from schemas.contacts.choices import SALUTATIONS

VANISHED = "vanished_since"


@dataclass(frozen=True, slots=True)
class Finding:
    """One wrong thing: the judgement it counts under, with whom, what, and where it stands."""

    count: str
    label: str
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a history, what staff are asked, and who is not marked although no list names them."""

    findings: list[Finding]
    questions: list[Question]
    not_marked: list[str]


def judge(played: Played, picture: Picture) -> Verdict:
    """Judge one history after its last day."""
    truth, placed = played.truth, played.placed(picture)
    questions = questions_of(played, picture, placed)
    case = _Case(played, picture, truth, placed, questions)
    findings = [
        *case.turned(), *case.strangers(), *case.mixed(), *case.hanging(), *case.doubled(), *case.gone(), *case.lost(),
        *case.functions(), *case.offices(),
    ]  # fmt: skip
    findings += [Finding("lost_values", "", problem) for problem in played.problems]
    wanted = [one for one in dict.fromkeys(findings) if one.count in played.history.counts]
    return Verdict(wanted, questions, list(case.not_marked()))


def remember(played: Played, picture: Picture) -> None:
    """Note who every row is now; from here on it has to stay so. What was noted first counts."""
    placed = played.placed(picture)
    played.seen = {key: label for key, label in played.seen.items() if key[1] in picture.rows[key[0]]}
    played.functions = {i: pair for i, pair in played.functions.items() if i in picture.rows["function"]}
    for table, owners in placed.owners.items():
        for row_id in owners:
            if owner := placed.owner(table, row_id):
                played.seen.setdefault((table, row_id), owner)
    for row_id, row in picture.rows["function"].items():
        pair = (placed.owner("person", row.value("person")), placed.owner("organisation", row.value("organisation")))
        if all(pair):
            played.functions.setdefault(row_id, pair)


class _Case:
    """One history with all that it is judged by."""

    def __init__(
        self, played: Played, picture: Picture, truth: Truth, placed: Placed, questions: list[Question]
    ) -> None:
        self._played = played
        self._picture = picture
        self._truth = truth
        self._placed = placed
        self._questions = questions
        self._turned: set[tuple[str, int]] = set()
        self._uncertain: set[str] = set()

    # --- who is who --------------------------------------------------------------------------------------------------

    def turned(self) -> Iterator[Finding]:
        """Yield rows that are another one now than they were."""
        for (table, row_id), label in self._played.seen.items():
            labels = self._placed.owners[table].get(row_id)
            if labels and label not in labels and not self._truth.known[label].replaced:
                self._turned.add((table, row_id))
                yield Finding("wrong_person", label, f"was this row, which is {' or '.join(sorted(labels))} now",
                              self._where(table, row_id))  # fmt: skip

    def strangers(self) -> Iterator[Finding]:
        """Yield rows that are nobody of the history, made of pieces of several or of none."""
        for table, owners in self._placed.owners.items():
            for row_id, labels in owners.items():
                if not labels and table in CELLS:
                    before = self._played.seen.get((table, row_id), "")
                    yield Finding(
                        "wrong_person", before, "the name of this row is nobody's", self._where(table, row_id)
                    )

    def mixed(self) -> Iterator[Finding]:
        """Yield rows that hold what only another one has."""
        for table, owners in self._placed.owners.items():
            for row_id, labels in owners.items():
                if not labels or (table, row_id) in self._turned:
                    continue
                for known in self._truth.labels(table):
                    if known.replaced or known.label == min(labels):
                        continue
                    if told := ", ".join(self._of_another(table, row_id, known)):
                        shown, where = "/".join(sorted(labels - {known.label})), self._where(table, row_id)
                        yield Finding("wrong_person", shown, f"has what is {known.label}'s: {told}", where)

    def _of_another(self, table: str, row_id: int, known: Known) -> Iterator[str]:
        """Yield what stands in a row and is this label's alone."""
        for column, value in foreign(self._truth, table, self._picture.rows[table][row_id], known.label, former=True):
            yield f"{column} {value}"
        for name in self._only_names(table, row_id, known):
            yield f"formerly {name}"

    def _only_names(self, table: str, row_id: int, known: Known) -> Iterator[str]:
        """Yield former names in a row that only this label ever had."""
        others = [other for other in self._truth.labels(table) if other is not known]
        for column, value in former_names(table, self._picture.rows[table][row_id]):
            if _has_name(known, column, value) and not any(_has_name(other, column, value) for other in others):
                yield value

    def hanging(self) -> Iterator[Finding]:
        """Yield what staff left with somebody and what stands with another one, or nowhere."""
        for known in self._truth.known.values():
            if known.here:
                yield from self._notes(known)
        yield from self._ticks()
        for hung in self._played.hung:
            known = self._truth.known[hung.label]
            row = self._picture.row(hung.table, hung.row)
            target = row.value(hung.table_of) if row else None
            title = BASE.tables[hung.table].title
            if not known.here:
                continue
            if not isinstance(target, int):
                yield Finding("lost_values", hung.label, f"an entry of {title} hangs on nobody any more")
            elif hung.label not in self._placed.owners[hung.table_of].get(target, frozenset()):
                yield Finding("wrong_person", hung.label, f"an entry of {title} hangs on another one",
                              self._where(hung.table_of, target))  # fmt: skip

    def _notes(self, known: Known) -> Iterator[Finding]:
        for text in known.noted:
            at = [
                (table, row_id)
                for table, owners in self._placed.owners.items()
                for row_id in owners
                if f" {plain(text)} " in f" {plain(str(self._picture.rows[table][row_id].value('note') or ''))} "
            ]
            wrong = [p for p in at if known.label not in self._placed.owners[p[0]][p[1]]]
            for table, row_id in wrong:
                yield Finding("wrong_person", known.label, f"the note „{text}“ stands with another one",
                              self._where(table, row_id))  # fmt: skip
            if not at:
                yield Finding("lost_values", known.label, f"the note „{text}“ stands nowhere")

    def _ticks(self) -> Iterator[Finding]:
        table, rows = "person", self._picture.rows["person"]
        right = {label for label in self._played.ticked if self._truth.known[label].here}
        ticked = {row_id for row_id in self._placed.owners[table] if rows[row_id].value("do_not_contact")}
        astray = set()
        for row_id in sorted(ticked):
            if not self._placed.owners[table][row_id] & self._played.ticked:
                label = self._played.seen.get((table, row_id), "")
                astray.add(label)
                yield Finding("wrong_person", label, "„Nicht anschreiben“ is ticked at another one",
                              self._where(table, row_id))  # fmt: skip
        for label in sorted(right - astray):
            if not ticked & set(self._placed.rows_of(table, label)):
                yield Finding("lost_values", label, "„Nicht anschreiben“ is ticked at no row of theirs")

    # --- how often ---------------------------------------------------------------------------------------------------

    def doubled(self) -> Iterator[Finding]:
        """Yield who stands in several rows without a right question, and who staff deleted and stands again."""
        for known in self._truth.known.values():
            rows = self._placed.rows_of(known.table, known.label)
            where = ", ".join(self._where(known.table, row) for row in rows)
            if known.deleted and rows:
                yield Finding("doubled", known.label, "staff deleted it, and it stands again", where)
            elif len(rows) > 1:
                self._uncertain.add(known.label)
                if known.label not in self._played.history.may_ask:
                    yield Finding("doubled", known.label, f"stands in {len(rows)} rows", where)
                elif not joined(self._questions, known.table, rows):
                    yield Finding("doubled", known.label, f"stands in {len(rows)} rows and nobody is asked", where)

    # --- who is marked -----------------------------------------------------------------------------------------------

    def gone(self) -> Iterator[Finding]:
        """Yield rows that are marked as gone although every list that ever named them still does."""
        for known in self._truth.known.values():
            rows = self._placed.rows_of(known.table, known.label)
            marked = [row for row in rows if self._picture.rows[known.table][row].value(VANISHED)]
            named = known.here and known.still and known.still == known.sources
            asked = known.label in self._played.history.may_ask and joined(self._questions, known.table, rows)
            if named and marked and (len(marked) == len(rows) or not asked):
                where = ", ".join(self._where(known.table, row) for row in marked)
                yield Finding("gone_wrongly", known.label, "is marked as gone although the list names it", where)

    def not_marked(self) -> Iterator[str]:
        """Yield who is not marked although no list names them any more."""
        for known in self._truth.known.values():
            rows = self._placed.rows_of(known.table, known.label)
            left = [row for row in rows if not self._picture.rows[known.table][row].value(VANISHED)]
            if known.here and known.sources and not known.still and left:
                yield f"{known.label}: no list names it, not marked ({self._where(known.table, left[0])})"

    # --- what is lost ------------------------------------------------------------------------------------------------

    def lost(self) -> Iterator[Finding]:
        """Yield values that stand nowhere with whom they were said of."""
        for known in self._truth.known.values():
            needed = list(dict.fromkeys((s.column, s.value) for s in known.said if s.required))
            if not known.here or not needed:
                continue
            rows = self._placed.rows_of(known.table, known.label)
            text = label_text(self._picture, self._placed, known) if rows else self._asked_about(known)
            if not text:
                yield Finding("lost_values", known.label, "has no row, and nobody is asked")
                continue
            where = ", ".join(self._where(known.table, row) for row in rows) or "asked as a conflict"
            for column, value in needed:
                if not _stands(column, value, text):
                    yield Finding("lost_values", known.label, f"{column} „{value}“ stands nowhere", where)

    def _asked_about(self, known: Known) -> str:
        """Return what stands at the rows of which staff are asked whether they bear this label's name, if any."""
        if known.label not in self._played.history.may_ask:
            return ""
        parts = [known.lasts, known.firsts] if known.table == "person" else [list(known.whole)]
        texts = []
        for conflict in open_conflicts(self._picture):
            said = f" {name_key(str(conflict.value('theirs') or ''))} "
            if about(conflict, known.table, self._placed.owners[known.table]) and any(
                f" {name_key(part)} " in said for names in parts for part in names
            ):
                row = self._picture.row(known.table, conflict.value("row"))
                texts += [conflict_text(conflict), cells_text(row) if row else ""]
        return "\n".join(texts)

    # --- functions and offices ---------------------------------------------------------------------------------------

    def functions(self) -> Iterator[Finding]:
        """Yield functions that changed their person or body, stand twice, are marked or missing."""
        for row_id, pair in self._played.functions.items():
            row = self._picture.row("function", row_id)
            if row is None:
                continue
            for table, label in zip(("person", "organisation"), pair, strict=True):
                target = row.value(table)
                labels = self._placed.owners[table].get(target) if isinstance(target, int) else None
                known = self._truth.known[label]
                if known.here and labels and label not in labels and (table, target) not in self._turned:
                    yield Finding("wrong_person", label, f"their function „{row.value('name')}“ is another one's",
                                  self._where(table, target))  # fmt: skip
        posts: dict[tuple[str, str], set[str]] = {}
        for entry, _ in readings(self._truth, last_only=False):
            if entry.who and entry.body:
                posts.setdefault((entry.who, entry.body), set()).add(entry.post or plain(entry.job))
        for (who, body), wanted in posts.items():
            found = self._functions_of(who, body)
            if len(found) > len(wanted) and not self._uncertain & {who, body}:
                shown = ", ".join(
                    f"{row_id} „{self._picture.rows['function'][row_id].value('name')}“" for row_id in found
                )
                yield Finding("doubled", who, f"has {len(found)} functions at {body} instead of {len(wanted)}", shown)
        yield from self._named_functions()

    def _named_functions(self) -> Iterator[Finding]:
        for entry, _ in readings(self._truth, last_only=True):
            if not entry.who or not entry.body or entry.broken:
                continue
            if not all(self._truth.known[label].here and self._placed.rows_of(self._truth.known[label].table, label)
                       for label in (entry.who, entry.body)):  # fmt: skip
                continue
            what = f"their function „{entry.job or 'Kontakt'}“ at {entry.body}"
            rows = [self._picture.rows["function"][i] for i in self._functions_of(entry.who, entry.body)]
            fits = [row for row in rows if not entry.job or plain(entry.job) in plain(str(row.value("name")))]
            if not fits:
                yield Finding("lost_values", entry.who, f"{what} stands nowhere")
            elif all(row.value(VANISHED) for row in fits):
                yield Finding("gone_wrongly", entry.who, f"{what} is marked as gone although the list names it")
            if (
                fits
                and entry.since
                and not any(
                    f"{row.value('valid_from'):%d.%m.%Y}" == entry.since for row in fits if row.value("valid_from")
                )
            ):
                yield Finding("lost_values", entry.who, f"{what}: since {entry.since} stands nowhere")

    def _functions_of(self, who: str, body: str) -> list[int]:
        persons, places = self._placed.rows_of("person", who), self._placed.rows_of("organisation", body)
        persons = [row_id for row_id in persons if ("person", row_id) not in self._turned]
        return [
            row_id
            for row_id, row in self._picture.rows["function"].items()
            if row.value("person") in persons and row.value("organisation") in places
        ]

    def offices(self) -> Iterator[Finding]:
        """Yield offices that stand twice or not at all."""
        named = {(entry.office, entry.body) for entry, _ in readings(self._truth, last_only=False) if entry.office}
        for office, body in sorted(named):
            places = set(self._placed.rows_of("organisation", body))
            found = [
                row_id
                for row_id, row in self._picture.rows["office"].items()
                if plain(str(row.value("name") or "")) == plain(office) and row.value("organisation") in places
            ]
            if len(found) != 1 and body not in self._uncertain:
                count = "doubled" if found else "lost_values"
                yield Finding(count, body, f"the office „{office}“ stands {len(found)} times")

    def _where(self, table: str, row_id: object) -> str:
        row = self._picture.row(table, row_id)
        marked = ", marked as gone" if row is not None and row.value(VANISHED) else ""
        return f"{BASE.tables[table].title} row {row_id} „{display(table, row)}“{marked}"


def _has_name(known: Known, column: str, value: str) -> bool:
    if column == "name":
        return name_key(value) in known.whole
    return plain(value) in {plain(part) for part in (known.firsts if column == "first_name" else known.lasts)}


def _stands(column: str, value: str, text: str) -> bool:
    if column == "salutation":
        return any(plain(choice.label) == plain(value) and plain(choice.code) in plain(text) for choice in SALUTATIONS)
    return stands_in(column, value, text)
