"""Mails about the running rounds: to a placement or reviewer whose step is due, and each week to us who stands where.

Keys name the week, so that nothing goes twice within one; a step that stays open is asked about every four weeks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from automations.certification.certificates import SEAL
from automations.certification.underway import OnTheWay, Reach, RoundNow, day_of
from automations.outbox import Letter
from schemas.certification.choices import ACTORS, Actor, Phase
from schemas.certification.rules.calendar import Chance
from schemas.certification.rules.procedure import WORKING_PHASES
from schemas.contacts.rules import is_current
from schemas.contacts.tables import TeamMember
from schemas.operations.choices import PostKind

BEFORE = 1
"""So many weeks before the usual length of a step is over it is asked about for the first time."""
EVERY = 4
"""So many weeks lie between two mails about the same step."""
MOST = 12
"""So many lines of a list are in a mail; the rest is on the page."""


@dataclass(frozen=True, slots=True)
class Office:
    """From whom mails come: where answers go, and the name below them."""

    name: str
    reply_to: str


def office_of(team: Iterable[TeamMember], today: dt.date) -> Office:
    """Return who of the agency is answered: the first who is here and has an address."""
    here = [one for one in _here(team, today) if one.place == "agentur"]
    return Office(here[0].name or "", here[0].mail or "") if here else Office("", "")


def is_due(one: OnTheWay, today: dt.date) -> bool:
    """Say whether a mail about the current step is due this week: shortly before its usual end, then every few weeks.

    The Monday of the week decides, so that every day of it gives the same answer.
    """
    if one.step is None:
        return False
    weeks = (one.days - today.weekday()) // 7 - one.step.weeks + BEFORE
    return weeks >= 0 and weeks % EVERY == 0


def reminders(rounds: Sequence[RoundNow], office: Office, today: dt.date) -> list[Letter]:
    """Return the mails of this week to placements and reviewers; who cannot be reached stands in the digest."""
    found = []
    for round_ in rounds:
        for one in round_.cases:
            reach = _reach(one)
            if one.step is not None and reach is not None and reach.mail and is_due(one, today):
                found.append(_reminder(round_, one, reach, office, today))
    return found


def digests(rounds: Sequence[RoundNow], team: Iterable[TeamMember], today: dt.date, url: str) -> list[Letter]:
    """Return the mail of this week to each of us (agency and coordination), when a round runs; without links where
    ``url``, the address of the dashboard, is empty.
    """
    if not rounds:
        return []
    year, week, _ = today.isocalendar()
    blocks = [_block(round_, today, url) for round_ in rounds]
    found = []
    for member in _here(team, today):
        if member.place not in ("agentur", "koordination"):
            continue
        told = {"name": member.name, "day": today, "blocks": blocks, "page": f"{url}/zertifizierung" if url else ""}
        key = f"zertifizierung:woche:{year}-{week:02}:{member.id}"
        text, html = _render("certification_digest", told)
        found.append(Letter(key, PostKind.DIGEST, member.mail or "", _subject(rounds), text, html))
    return found


def _reach(one: OnTheWay) -> Reach | None:
    """Return who is asked about the current step by mail, None where it is one of us or a body."""
    return {Actor.PLACEMENT: one.placement, Actor.REVIEWER: one.reviewer}.get(one.actor) if one.actor else None


def _reminder(round_: RoundNow, one: OnTheWay, reach: Reach, office: Office, today: dt.date) -> Letter:
    step = one.step
    assert step is not None  # noqa: S101 - only asked of cases with one
    year, week, _ = today.isocalendar()
    usual = today + dt.timedelta(days=step.weeks * 7 - one.days)
    award = day_of(round_.award)
    told = {
        "name": reach.name, "placement": one.actor == Actor.PLACEMENT, "site": one.name, "seal": SEAL,
        "round": round_.row.name or "", "step": step, "weeks": step.weeks, "usual": usual, "late": usual < today,
        "award": award if award is not None and award >= today else None, "seat": one.seat,
        "latest": one.way.latest_start if one.way.chance in (Chance.EASY, Chance.TIGHT) else None, "today": today,
        "seminar": round_.seminar if one.seat or step.phase == Phase.SEMINAR else None,
        "seminar_on": day_of(round_.seminar), "beside": one.beside, "office": office.name,
    }  # fmt: skip
    subject = f"Gütesiegel: {step.name} – {one.name}"
    key = f"zertifizierung:schritt:{year}-{week:02}:{one.id}:{step.code}"
    text, html = _render("certification_reminder", told)
    return Letter(key, PostKind.REMINDER, reach.mail, subject, text, html, about=f"certification:{one.id}",
                  reply_to=office.reply_to)  # fmt: skip


# --- the digest ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    what: str
    url: str


Say = Callable[[OnTheWay], str]


def _block(round_: RoundNow, today: dt.date, url: str) -> dict[str, object]:
    """Return what is told of a round: a sentence of figures, then lists that are not empty."""
    lists = []
    for title, say in _lists(today):
        lines = [
            _Line(one.name, what, f"{url}/zertifizierung?fall={one.id}" if url else "")
            for one in round_.cases
            if (what := say(one))
        ]
        if lines:
            lists.append(
                {"title": title, "count": len(lines), "lines": lines[:MOST], "more": max(len(lines) - MOST, 0)}
            )
    return {
        "name": round_.row.name or "", "figures": _figures(round_), "events": _events(round_, today), "lists": lists,
        "url": f"{url}/zertifizierung?runde={round_.row.id}" if url else "",
    }  # fmt: skip


def _lists(today: dt.date) -> tuple[tuple[str, Say], ...]:
    labels = {choice.code: choice.label for choice in ACTORS}

    def acts(actor: Actor) -> Say:
        return lambda one: _step(one) if one.actor == actor else ""

    def risk(one: OnTheWay) -> str:
        words = {Chance.LATE: "nach üblicher Dauer zu spät", Chance.TIGHT: "wird knapp"}
        return words.get(one.way.chance, "") if one.case.running else ""

    def unreached(one: OnTheWay) -> str:
        reach = _reach(one)
        return _step(one) if reach is not None and not reach.mail and is_due(one, today) else ""

    return (
        ("Bei uns", acts(Actor.AGENCY)),
        (f"Beim {labels[Actor.NETWORK]}", acts(Actor.NETWORK)),
        (f"Bei der {labels[Actor.CITY]}", acts(Actor.CITY)),
        ("In Begutachtung", acts(Actor.REVIEWER)),
        ("Liegt lange", lambda one: _step(one) if one.stale else ""),
        ("Bis zur Messe", risk),
        ("Ohne Platz im Seminar", lambda one: one.seat),
        ("Nachweise fehlen", lambda one: ", ".join(one.unproven)),
        ("Koordination nicht mehr da", lambda one: "die geschulte Person arbeitet dort nicht mehr"
         if one.gone and (one.case.running or one.case.phase == Phase.PAUSED) else ""),
        ("Bitte anrufen: keine E-Mail, oder nicht anschreiben", unreached),
    )  # fmt: skip


def _step(one: OnTheWay) -> str:
    what = one.step.name if one.step is not None else "Entscheidung" if one.actor == Actor.NETWORK else "Übergabe"
    return f"{what}, seit {one.days} Tagen" if one.days > 1 else what


def _figures(round_: RoundNow) -> str:
    counts = [
        (round_.in_phase(*WORKING_PHASES), "unterwegs"), (round_.in_phase(Phase.WAITING), "davon empfohlen"),
        (round_.in_phase(Phase.PAUSED), "in Pause"), (round_.in_phase(Phase.AWARDED), "mit Siegel"),
        (round_.in_phase(Phase.WITHDRAWN, Phase.DECLINED), "ausgeschieden"),
    ]  # fmt: skip
    return f"{len(round_.cases)} Einrichtungen: " + ", ".join(f"{count} {word}" for count, word in counts if count)


def _events(round_: RoundNow, today: dt.date) -> list[str]:
    told = []
    if round_.seminar is not None and (day := day_of(round_.seminar)) is not None:
        of = f" von {round_.seminar.capacity}" if round_.seminar.capacity else ""
        told.append(f"Seminar am {day:%d.%m.%Y}: {round_.seats}{of} Plätzen zugesagt")
    if (day := day_of(round_.award)) is not None and day >= today:
        told.append(f"Verleihung am {day:%d.%m.%Y}, in {(day - today).days} Tagen")
    return told


def _subject(rounds: Sequence[RoundNow]) -> str:
    stale = sum(one.stale for round_ in rounds for one in round_.cases)
    here = sum(round_.in_phase(*WORKING_PHASES) for round_ in rounds)
    return f"Zertifizierung: {here} unterwegs" + (f", {stale} liegen lange" if stale else "")


def _here(team: Iterable[TeamMember], today: dt.date) -> list[TeamMember]:
    return [one for one in team if one.mail and is_current(one.active_from, one.active_to, today)]


def _render(template: str, told: Mapping[str, object]) -> tuple[str, str]:
    """Return a mail as text and as HTML."""
    text, html = (_template(f"{template}.{end}").render(told) for end in ("txt", "html"))
    return text, html


@cache
def _template(name: str) -> Template:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, autoescape=select_autoescape(("html",)),
    ).get_template(name)  # fmt: skip
