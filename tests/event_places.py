"""Every place that shows a figure of an event, read as the pages read it, beside what a recount of the rows comes to.

``shown`` asks what the pages ask; ``wanted`` asks ``event_recount`` alone, which knows nothing of the product.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import made_up
from event_recount import Counted, recount
from python_calamine import CalamineWorkbook

from automations.events.badges import labels
from automations.events.facts import event_facts
from automations.events.reminding import plan as reminders
from automations.events.sending import read_guests
from automations.events.sending_plan import Plan, plan
from automations.workdays import is_free
from schemas.base import BASE
from schemas.events.rules.answers import Step
from schemas.events.tables import Invitation
from schemas.operations.choices import PostKind
from streamlit_app.data import Picture
from streamlit_app.entrance.roll import on_list
from streamlit_app.frames.aftermath import read_aftermath
from streamlit_app.frames.checklist import Need, checklist
from streamlit_app.frames.entrance import read_entrance
from streamlit_app.frames.event_list import read_events
from streamlit_app.frames.events import LISTS, Answers, by_link, funnel, over_time, people, read_answers
from streamlit_app.frames.invited import invitations_of
from streamlit_app.ui.events import coming, guest_table, guests, invited
from sync.mirror.manifest import read_manifest
from sync.mirror.overlay import read_overlay
from sync.mirror.reader import load_table
from sync.mirror.status import read_status

LINKS = ("guest_group", "organisation")
CONCERNED = {
    PostKind.REMINDER: "silent", PostKind.THANKS: "there", PostKind.SAVE_THE_DATE: "in state noted",
}  # fmt: skip


class Places:
    """The pages over one event, from a mirror written into ``folder``; ``day`` is when reminders are looked at."""

    def __init__(
        self, folder: Path, tables: Mapping[str, Sequence[Any]], event: int, now: dt.datetime, day: dt.date
    ) -> None:
        rows = {code: [{**one.encode(), "id": one.id} for one in told] for code, told in tables.items()}
        made_up.write(folder, rows, now)
        manifest = read_manifest(folder)
        self.frames = {code: load_table(folder, manifest, code) for code in BASE.tables}
        self.picture = Picture(folder, manifest, read_overlay(folder), read_status(folder), now)
        self.rows: Sequence[Invitation] = tables["invitation"]
        self.replies = tables["reply"]
        (self.event,) = (one for one in tables["event"] if one.id == event)
        self.row, self.day = event, day

    # --- what the pages show ----------------------------------------------------------------------------------------

    def shown(self) -> dict[str, object]:
        """Return every figure by place."""
        frames = self.frames
        found = read_answers(self.event, frames["invitation"], frames["reply"], frames["guest_group"], {})
        return dict(
            [
                *self._list(), *self._overview(found), *self._breakdown(found), *self._checklist(found),
                *self._guests(), *self._sending(), *self._door(), *self._after(), *self._start(found),
                *self._contacts(), ("reminders", self._reminded(found)),
            ]
        )  # fmt: skip

    def _list(self) -> Iterator[tuple[str, object]]:
        (line,) = (one for one in read_events(self.frames["event"], self.frames["invitation"]) if one.row == self.row)
        yield "list: not invited yet", line.waiting
        yield "list: invited", line.invited
        yield "list: people", line.promised

    def _overview(self, found: Answers) -> Iterator[tuple[str, object]]:
        for step, count in funnel(found.guests).items():
            yield f"funnel: {step}", count
        for name in LISTS:
            guests_ = found.named(name)
            yield f"rows: {name}", [g.id for g in guests_] if name == "warteliste" else sorted(g.id for g in guests_)
        yield "card: people", people(found.named("zugesagt"))
        yield "card: waiting", found.seats.waiting
        yield "card: free", found.seats.free
        yield "facts: taken", found.seats.taken

    def _breakdown(self, found: Answers) -> Iterator[tuple[str, object]]:
        for column in LINKS:
            for row, own in by_link(found.guests, column).items():
                yield f"{column} {row or 0}", list(funnel(own).values())
        days = over_time(found.guests)
        yield "over time", {} if days.empty else dict(days.groupby("answer")["count"].sum().astype(int))

    def _checklist(self, found: Answers) -> Iterator[tuple[str, object]]:
        due = reminders(self.event, (g.row for g in found.guests), self.day, is_free, found.undecided)
        items = {item.need: item for item in checklist(found, due, None, self.day, is_free)}
        yield "checklist: guests", items[Need.GUESTS].count
        yield "checklist: not invited", 0 if items[Need.SENT].done else items[Need.SENT].count
        for need in (Need.RETURNED, Need.DECIDED, Need.MOVED_UP, Need.SEATS, Need.REMINDED):
            yield f"checklist: {need}", items[need].count if need in items else 0

    def _guests(self) -> Iterator[tuple[str, object]]:
        yield "guests: line", [int(n) for n in guests._counts(list(self.rows)).values()]
        for group in {one.guest_group for one in self.rows}:
            own = [one for one in self.rows if one.guest_group == group]
            yield f"guests: group {group or 0}", [int(n) for n in guests._counts(own).values()]
        table = guest_table._rows(str(self.picture.folder), self.row, self.picture)
        book = CalamineWorkbook.from_filelike(io.BytesIO(guest_table.workbook(self.picture, table)))
        head, *cells = book.get_sheet_by_index(0).to_python()
        at = {str(title): place for place, title in enumerate(head)}
        words = guest_table.words.COLUMN
        yield "excel: rows", len(cells)
        for column in ("answer", "state"):
            told = [str(row[at[words[column]]] or "") for row in cells]
            yield f"excel: {column}", {one: told.count(one) for one in sorted(set(told))}
        yield "excel: companions", sum(int(row[at[words["companions"]]] or 0) for row in cells)
        yield "excel: came", sum(bool(row[at[words["came"]]]) for row in cells)

    def _plan(self, occasion: PostKind) -> Plan:
        facts = event_facts(self.frames, self.row, self.day, network="Netz")
        return plan(occasion, self.event, facts, read_guests(self.frames, facts, self.rows), {})

    def _sending(self) -> Iterator[tuple[str, object]]:
        for occasion in (*CONCERNED, PostKind.PLACE):
            told = self._plan(occasion)
            guests_ = [one.guest for those in told.by_channel.values() for one in those]
            concerned = [one.invitation for one in (*guests_, *(one.guest for one in told.left))]
            if occasion == PostKind.PLACE:
                yield "place: told of a chair", sorted(row.id or 0 for row in concerned if row.place == "platz")
            else:
                yield f"{occasion}: rows", sorted(row.id or 0 for row in concerned)
        yield "reminder: left for a decision", sorted(
            one.guest.invitation.id or 0 for one in self._plan(PostKind.REMINDER).left if one.why == "erst-entscheiden"
        )  # fmt: skip

    def _door(self) -> Iterator[tuple[str, object]]:
        door = read_entrance(self.frames["invitation"], self.frames["check_in"], self.row, self.event.capacity)
        yield "door: figures", (door.counted.there, door.counted.expected, door.counted.free)
        yield "door: there", sorted(one.id or 0 for one in door.there)
        yield "door: missing", sorted(one.id or 0 for one in door.missing)
        yield "tablet: rows", sum(map(on_list, self.rows))
        facts = event_facts(self.frames, self.row, self.day, network="Netz")
        given = labels(read_guests(self.frames, facts, self.rows))
        yield "badges", sum(not one.line.startswith("mit ") for one in given)

    def _after(self) -> Iterator[tuple[str, object]]:
        after = read_aftermath(self.frames["invitation"], self.frames["interaction"], self.row)
        yield "after: figures", (
            after.told.reached[Step.INVITED], after.told.people_promised, after.told.people_came, after.told.no_shows,
            after.told.walk_ins,
        )  # fmt: skip
        for name, rows in after.lists.items():
            yield f"after: {name}", sorted(one.id or 0 for one in rows)
        for group, told in after.groups.items():
            yield f"after: group {group or 0}", list(told.reached.values())

    def _start(self, found: Answers) -> Iterator[tuple[str, object]]:
        (line,) = (one for one in read_events(self.frames["event"], self.frames["invitation"]) if one.row == self.row)
        told, waiting = coming._counts(self.picture, line)
        yield "start: numbers", [int(n) for n in re.findall(r"\d+", told)]
        yield "start: to decide", waiting
        yield "answers: to decide", len(found.to_decide)
        yield (
            "start: events to decide",
            self.row in coming.events_to_decide(self.frames["reply"], self.frames["invitation"]),
        )

    def _contacts(self) -> Iterator[tuple[str, object]]:
        for side in ("person", "organisation"):
            for row in sorted({getattr(one, side) for one in self.rows} - {None}):
                told = invited.summary(invitations_of(self.frames["event"], self.frames["invitation"], side, row))
                yield f"{side} {row}: summary", [int(n) for n in re.findall(r"\d+", told)]

    def _reminded(self, found: Answers) -> list[int]:
        due = reminders(self.event, self.rows, self.day, is_free, found.undecided)
        return sorted(one.id or 0 for one in (*due.mail, *due.by_hand))

    # --- what a recount comes to ------------------------------------------------------------------------------------

    def wanted(self, to_decide: int) -> dict[str, object]:
        """Return what each place has to show; ``to_decide`` are the messages that a person has to see."""
        all_ = recount(self.rows, self.event.capacity)
        steps = _steps(all_)
        waiting_for_us = {r.invitation for r in self.replies if r.state == "zu-entscheiden"}
        may_remind = [
            r.id for r in self.rows
            if r.id in all_.silent and r.invited_at and not r.delivery and r.id not in waiting_for_us
        ]  # fmt: skip
        turn = {r.id: (r.coming_since or r.answered_at or dt.datetime.max.replace(tzinfo=dt.UTC), r.id)
                for r in self.rows}  # fmt: skip
        found: dict[str, object] = {
            "list: not invited yet": len(all_.noted), "list: invited": len(all_.invited),
            "list: people": all_.people["coming"],
            "card: people": all_.people["coming"], "card: waiting": all_.people["waiting"],
            "card: free": all_.people["free"], "facts: taken": all_.people["chairs"],
            **{f"funnel: {step}": len(rows) for step, rows in zip(Step, steps, strict=True)},
            **dict(zip((f"rows: {name}" for name in list(LISTS)[:6]), steps, strict=True)),
            "rows: nicht-eingeladen": all_.noted, "rows: zurueck": all_.returned, "rows: schweigen": all_.silent,
            "rows: vorlaeufig": all_.maybe, "rows: abgesagt": all_.declined, "rows: gestrichen": all_.gone,
            "rows: warteliste": sorted(all_.waiting, key=turn.__getitem__), "rows: nachgerueckt": all_.to_tell,
            "over time": self._answers_over_time(),
            "checklist: guests": len(all_.listed), "checklist: not invited": len(all_.noted),
            f"checklist: {Need.RETURNED}": len(set(all_.returned) & set(all_.silent)),
            f"checklist: {Need.DECIDED}": to_decide, f"checklist: {Need.MOVED_UP}": len(all_.to_tell),
            f"checklist: {Need.SEATS}": max(-all_.people["free"], 0),
            f"checklist: {Need.REMINDED}": len(may_remind) or len(all_.silent),
            "guests: line": _line(all_), "excel: rows": len(self.rows),
            "excel: answer": self._labels("answer"), "excel: state": self._labels("state"),
            "excel: companions": sum(r.companions or 0 for r in self.rows), "excel: came": len(all_.there),
            f"{PostKind.REMINDER}: rows": all_.silent, f"{PostKind.THANKS}: rows": all_.there,
            f"{PostKind.SAVE_THE_DATE}: rows": sorted(r.id for r in self.rows if r.state == "vorgemerkt"),
            "place: told of a chair": [r.id for r in self.rows if r.place == "platz" and r.moved_up_at
                                       and r.answer in ("zugesagt", "vertretung") and r.state == "eingeladen"],
            "reminder: left for a decision": sorted(set(all_.silent) & waiting_for_us),
            "door: figures": (all_.people["there"], all_.people["expected"], all_.people["free at the door"]),
            "door: there": all_.there, "door: missing": sorted(set(all_.coming) - set(all_.there)),
            "tablet: rows": len(self.rows), "badges": len({*all_.coming, *all_.there}),
            "after: figures": (len(all_.invited), all_.people["coming"], all_.people["there"], len(all_.no_shows),
                               len(all_.walk_ins)),
            "after: kamen": all_.there, "after: weg": all_.no_shows,
            "after: abgesagt": [r.id for r in self.rows if r.id in all_.declined and r.id not in all_.there
                                and r.state == "eingeladen"],
            "after: still": [r.id for r in self.rows if r.state == "eingeladen" and (r.answer or "offen") == "offen"
                             and r.checked_in_at is None],
            "start: numbers": [len(all_.answered), len(all_.invited), all_.people["coming"]],
            "start: to decide": to_decide, "answers: to decide": to_decide,
            "start: events to decide": bool(waiting_for_us), "reminders": sorted(may_remind),
        }  # fmt: skip
        for column in LINKS:
            for row in {r.value(column) for r in self.rows}:
                own = recount([r for r in self.rows if r.value(column) == row])
                if own.listed:
                    found[f"{column} {row or 0}"] = [len(rows) for rows in _steps(own)]
                if column == "guest_group":
                    found[f"guests: group {row or 0}"] = _line(own)
                    found[f"after: group {row or 0}"] = [len(rows) for rows in _steps(own)]
        for side in ("person", "organisation"):
            for row in {getattr(one, side) for one in self.rows} - {None}:
                own = recount([r for r in self.rows if getattr(r, side) == row])
                found[f"{side} {row}: summary"] = [len(own.invited), len(own.answered), len(own.there)]
        return found

    def _labels(self, column: str) -> dict[str, int]:
        words = self.picture.choices("invitation", column)
        told = [words[r.value(column)] if r.value(column) else "" for r in self.rows]
        return {one: told.count(one) for one in sorted(set(told))}

    def _answers_over_time(self) -> dict[str, int]:
        told = [r.answer for r in self.rows if r.answered_at and r.answer not in (None, "offen")
                and r.state not in ("gestrichen", "ausgeladen")]  # fmt: skip
        return {one: told.count(one) for one in sorted(set(told))}


def _steps(all_: Counted) -> list[list[int]]:
    """Return the rows of each step of the funnel; who came counts in every step before, walk-ins only at both ends."""
    came = set(all_.there) - set(all_.walk_ins)
    delivered = sorted(set(all_.delivered) | set(all_.answered) | came)
    return [all_.listed, all_.invited, delivered, all_.answered, sorted(set(all_.coming) | came), all_.there]


def _line(all_: Counted) -> list[int]:
    return [len(all_.listed), len(all_.invited), len(all_.answered), all_.people["coming"]]
