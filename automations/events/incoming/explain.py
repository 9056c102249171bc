"""What one mail or file would do, told before it is done: invitation, guest, the answer before and after, why. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from automations.events.incoming.decide import Outcome, Verdict
from automations.events.incoming.invited import Invited
from automations.events.incoming.recognise import Judged, Remark
from automations.events.replies import NewReply
from schemas.events.choices import ANSWER_LABELS, Answer
from schemas.events.rules.answers import Given, standing
from schemas.events.rules.outcome import answer_of


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a mail does. ``outcome`` is a code of ``Outcome``, or ``vermerk`` for a line at the invitation.

    ``before`` and ``after`` are what the invitation shows (codes of answers, empty where no invitation is known);
    ``said`` is what was answered, as far as that is clear; ``known`` says that it stands in the base already.
    """

    outcome: str
    reason: str
    event: str = ""
    event_row: int | None = None
    invitation: int | None = None
    guest: str = ""
    said: str = ""
    before: str = ""
    after: str = ""
    known: bool = False

    def describe(self) -> str:
        """Return it in German, a few lines."""
        lines = [f"Einladung: {self.guest} zu „{self.event}“ (Zeile {self.invitation})"] if self.invitation else []
        if self.said:
            lines.append(f"Geantwortet: {ANSWER_LABELS.get(self.said, self.said)}")
        if self.before:
            old, new = (ANSWER_LABELS.get(code, code) for code in (self.before, self.after))
            lines.append(f"Bisher: {old}" + (f", künftig: {new}" if new != old else ", das bleibt so"))
        told = {"gilt": "Zählt von selbst", "zu entscheiden": "Zu entscheiden", "vermerk": "Wird vermerkt"}
        lines.append(f"{told.get(self.outcome, 'Nicht beachtet')}: {self.reason}")
        if self.known:
            lines.append("Das ist schon aufgenommen.")
        return "\n".join(lines)


def explain(judged: Judged, known: Collection[str]) -> list[Effect]:
    """Return what a mail does; ``known`` are the keys of answers that stand in the base already."""
    return [*(_of_answer(verdict, known) for verdict in judged.verdicts), *map(_of_remark, judged.remarks)]


def _of_answer(verdict: Verdict, known: Collection[str]) -> Effect:
    reply, invited = verdict.reply, verdict.invited
    there = reply is not None and reply.key in known
    before = answer_of(invited.invitation.answer) if invited else ""
    after = before
    if invited is not None and reply is not None and verdict.outcome == Outcome.COUNTS and not there:
        after = _after(invited, reply)
    return Effect(
        verdict.outcome, verdict.why, *_where(invited), said=(reply.answer or "") if reply else "", before=before,
        after=after, known=there,
    )  # fmt: skip


def _of_remark(remark: Remark) -> Effect:
    shown = answer_of(remark.invited.invitation.answer)
    text = remark.invited.invitation.value(remark.column)
    there = isinstance(text, str) and remark.line in text.split("\n")
    return Effect("vermerk", remark.line, *_where(remark.invited), before=shown, after=shown, known=there)


def _where(invited: Invited | None) -> tuple[str, int | None, int | None, str]:
    if invited is None:
        return "", None, None, ""
    return invited.title, invited.event.id, invited.row, invited.name


def _after(invited: Invited, reply: NewReply) -> Answer:
    """Return what the invitation shows once the answer counts: a later one, or a correction of staff, still wins."""
    last = max((given.row for given in invited.given), default=0)
    new = Given(last + 1, reply.answer or Answer.OPEN, reply.channel, reply.at.astimezone(dt.UTC))
    cell = invited.invitation.correction
    return standing([*invited.given, new], answer_of(cell) if cell else None).answer
