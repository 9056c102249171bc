"""Every calendar answer that we have, real ones and made-up ones, goes through what the mailbox does with it.

Right is: the right state, or put up for a person, or left alone, as the table of cases says. Everything else is wrong;
the bar is 0. The real ones (``../shared/data/calendar_and_vcards``) answer invitations of others, so each is tried
twice: as it is, where it must be left alone, and with its UID made ours and its guest on our list, where the answer it
gives must be the one that counts or a person must decide. Ends with one JSON line: ``cases``, ``right``,
``for_a_person`` (of those right), ``wrong``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import itip_cases
import itip_parts
from itip_parts import COUNTS, IGNORED, PERSON, Case

from automations.events.incoming.calendar_text import read_calendars
from automations.events.incoming.decide import Outcome
from automations.events.incoming.itip import Method, read_answers
from schemas.events.choices import Answer

REAL = ROOT.parent / "shared" / "data" / "calendar_and_vcards"
_ANSWERS = {"ACCEPTED": Answer.YES, "TENTATIVE": Answer.MAYBE, "DECLINED": Answer.NO, "DELEGATED": Answer.REPRESENTED}


def main() -> None:
    """Run every case and print what is wrong."""
    made_up = list(itip_cases.cases())
    wrong = [f"{case.name}: {problem}" for case in made_up if (problem := case.problem())]
    person = sum(case.outcome == PERSON for case in made_up)
    count = len(made_up)
    for name, problem, outcome in _real():
        count += 1
        person += not problem and outcome == PERSON
        wrong += [f"{name}: {problem}"] if problem else []
    for line in wrong:
        print(f"wrong: {line}")
    print(json.dumps({"cases": count, "right": count - len(wrong), "for_a_person": person, "wrong": len(wrong)}))
    sys.exit(bool(wrong))


def _real() -> list[tuple[str, str, Outcome]]:
    """Return name, problem and outcome of every answer in the real files."""
    if not REAL.is_dir():
        print(f"no real calendars here ({REAL}): only the made-up cases were tried")
        return []
    found = []
    for file in sorted(REAL.glob("*.ics")):
        raw = file.read_bytes()
        for number, piece in enumerate(_pieces(raw), start=1):
            name = f"{file.name} {number}"
            found.append(_left_alone(name, piece))
            if any(read.method == Method.REPLY for read in read_answers(piece)):
                found.append(_as_ours(name, piece))
        if not read_calendars(raw):
            found.append((file.name, "no calendar was read", IGNORED))
    return found


def _pieces(raw: bytes) -> list[bytes]:
    return [b"BEGIN:VCALENDAR" + piece for piece in raw.split(b"BEGIN:VCALENDAR")[1:]]


def _left_alone(name: str, piece: bytes) -> tuple[str, str, Outcome]:
    verdicts = Case(name, piece, IGNORED).verdicts()
    other = next((f"{v.outcome}: {v.why}" for v in verdicts if v.outcome != IGNORED), "")
    return name, other, IGNORED


def _as_ours(name: str, piece: bytes) -> tuple[str, str, Outcome]:
    """Try an answer as one to an invitation of ours, its first attendee being the guest."""
    [answer, *_] = read_answers(piece)
    guest = answer.attendees[0] if answer.attendees else None
    ours = piece.replace(answer.uid.encode(), itip_parts.UID.encode())
    known = itip_parts.book(sequence=answer.sequence or 0, invited_at=None)
    known.ada = replace(known.ada, own=frozenset({guest.address}) if guest else frozenset())
    verdicts = Case(name, ours, COUNTS, known=known).verdicts()
    expected = _ANSWERS.get(guest.status) if guest else None
    for verdict in verdicts:
        told = verdict.reply.answer if verdict.reply else None
        if verdict.outcome == COUNTS and told != expected:
            return f"{name} as ours", f"{verdict.outcome} {told}, expected {expected}", COUNTS
        if verdict.outcome == IGNORED:
            return f"{name} as ours", f"left alone: {verdict.why}", IGNORED
    first = verdicts[0].outcome if verdicts else IGNORED
    return f"{name} as ours", "" if verdicts else "nothing was read", first


if __name__ == "__main__":
    main()
