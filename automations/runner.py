"""Run the jobs when they are due. One that fails is tried again or told, and never stops another."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import schedule

from automations import clock_settings
from automations.clock_settings import ClockSettings
from automations.jobs import (
    address_book,
    answers,
    calendars,
    certification,
    derived,
    digest,
    folders,
    lists,
    mailbox,
    mirror,
    outbox,
    reminders,
)
from automations.ledger import Claim, Ledger, Unfinished
from automations.timetable import Rule, due_slots, next_slot
from schemas.errors import KontaktnetzError, Transient
from schemas.moments import is_from_future
from sync.connection import open_base
from sync.disk_problems import as_disk_problem
from sync.settings import Settings

log = logging.getLogger(__name__)

TICK_SECONDS = 15
LONGEST_WAIT = dt.timedelta(minutes=30)
"""So long a job waits at most before it is tried again after a failure that may pass."""

Tell = Callable[[str], None]
Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its code for the ledger, its German name, when it is due, and what it does.

    ``run`` returns a German line; an empty one if there is nothing to tell. ``local`` marks work on this machine's own
    files, which every runner does for itself and no ledger counts.
    """

    code: str
    name: str
    rule: Rule
    run: Callable[[Settings, dt.datetime], str]
    local: bool = False


JOBS = (
    Job("mirror", mirror.NAME, Rule(every_minutes=mirror.EVERY_MINUTES), mirror.run, local=True),
    Job("folders", folders.NAME, Rule(every_minutes=folders.EVERY_MINUTES), folders.run, local=True),
    Job("derived", derived.NAME, Rule(every_minutes=derived.EVERY_MINUTES), derived.run),
    Job("mailbox", mailbox.NAME, Rule(every_minutes=mailbox.EVERY_MINUTES), mailbox.run),
    Job("answers", answers.NAME, Rule(every_minutes=answers.EVERY_MINUTES), answers.run),
    Job("calendars", calendars.NAME, Rule(every_minutes=calendars.EVERY_MINUTES), calendars.run),
    Job("address_book", address_book.NAME, Rule(every_minutes=address_book.EVERY_MINUTES), address_book.run),
    Job("digest", digest.NAME, Rule(at=digest.AT, weekday=digest.WEEKDAY, keep=dt.timedelta(days=3)), digest.run),
    Job("reminders", reminders.NAME, Rule(at=reminders.AT), reminders.run),
    Job("certification", certification.NAME, Rule(at=certification.AT), certification.run),
    Job("outbox", outbox.NAME, Rule(every_minutes=outbox.EVERY_MINUTES), outbox.run),
    Job("lists", lists.NAME, Rule(at=lists.AT), lists.run),
)


@dataclass(slots=True)
class Runner:
    """One runner; several may work on one base, each slot is done by one of them."""

    settings: Settings
    tell: Tell
    now: Now
    jobs: Sequence[Job] = JOBS
    _last: dict[str, dt.datetime] = field(default_factory=dict)
    _wait: dict[str, tuple[dt.datetime, int]] = field(default_factory=dict)
    _begun: dt.datetime | None = None
    monotonic: Callable[[], float] = time.monotonic
    _clock: ClockSettings = field(init=False)

    def __post_init__(self) -> None:
        self._clock = ClockSettings(self.now, self.settings.data_dir / clock_settings.NAME, self.monotonic)

    def run_until(self, stop: threading.Event) -> None:
        """Look every few seconds what is due, until ``stop`` is set."""
        timetable = schedule.Scheduler()
        timetable.every(TICK_SECONDS).seconds.do(self.run_due)
        self.run_due()
        while not stop.wait(1.0):
            if (timetable.idle_seconds or 0) > TICK_SECONDS:
                timetable.run_all()  # the clock was set back: by its own reckoning nothing would happen till then
            else:
                timetable.run_pending()

    def run_due(self) -> bool:
        """Run everything that is due now, once; say whether all went well."""
        return all([self._turn(job) for job in self.jobs])

    def run_now(self, job: Job) -> bool:
        """Run one job at once, whatever its timetable says."""
        return self._attempt(job, Claim(self.now()))

    def due(self, job: Job) -> list[dt.datetime]:
        """Return the slots of a job that would be run now. Raises what ``open_base`` raises."""
        moment = self.now()
        after = self._after(job, moment)
        return due_slots(job.rule, after, moment)

    def last(self, job: Job) -> dt.datetime | None:
        """Return the last slot that was done; of a local job only by this runner."""
        return self._last.get(job.code) if job.local else Ledger(open_base(self.settings), self.now).last(job.code)

    def _after(self, job: Job, moment: dt.datetime) -> dt.datetime:
        """Return since when slots count: the last one done; a job that never ran begins now, a frequent one at once.

        After a slot from the future all that is not too old counts as not done: jobs bear to be begun twice, and
        waiting until that future has come would be worse.
        """
        known = self._last.get(job.code)
        if known is None and not job.local:
            known = Ledger(open_base(self.settings), self.now).last(job.code)
        if known is not None and is_from_future(known, moment):
            self._last.pop(job.code, None)
            return moment - job.rule.keep
        if known is None:
            self._begun = self._begun or moment
            minutes = job.rule.every_minutes
            known = moment - dt.timedelta(minutes=minutes) if minutes else self._begun
        else:
            self._last[job.code] = known
        return known

    def _turn(self, job: Job) -> bool:
        moment = self.now()
        self._forget_future(job, moment)
        if job.code in self._wait and moment < self._wait[job.code][0]:
            return True
        last = self._last.get(job.code)
        if last is not None and not is_from_future(last, moment) and next_slot(job.rule, last) > moment:
            return True
        try:
            waiting = self.due(job)
        except KontaktnetzError as problem:
            return self._failed(job, problem)
        return all([self._slot(job, slot) for slot in waiting])

    def _forget_future(self, job: Job, moment: dt.datetime) -> None:
        """Forget what a clock that was ahead has left."""
        if self._begun is not None and is_from_future(self._begun, moment):
            self._begun = None
        if job.code in self._wait and is_from_future(self._wait[job.code][0], moment + LONGEST_WAIT):
            del self._wait[job.code]

    def _slot(self, job: Job, slot: dt.datetime) -> bool:
        if job.local:
            claim = Claim(slot, done=self._clock.has_done(job.code, slot))
            well = claim.done or self._attempt(job, claim)
            if claim.done:
                self._last[job.code] = slot
                self._clock.note(job.code, slot, keep=False)
            return well
        try:
            ledger = Ledger(open_base(self.settings), self.now)
            with ledger.claim(job.code, job.name, slot, repeated=self._clock.has_done(job.code, slot)) as mine:
                well = mine is None or self._attempt(job, mine)
            if mine is not None and mine.done:
                self._clock.note(job.code, slot, keep=True)
            known = ledger.last(job.code)
        except KontaktnetzError as problem:
            return self._failed(job, problem)
        if known is not None:
            self._last[job.code] = known
        return well

    def _attempt(self, job: Job, claim: Claim) -> bool:
        """Run a job; a failure that may pass leaves its slot due, another one is told and done with."""
        try:
            claim.report = job.run(self.settings, self.now())
        except KontaktnetzError as problem:
            return self._refused(job, claim, problem)
        except Exception as problem:
            if told := as_disk_problem(problem, self.settings.data_dir):
                return self._refused(job, claim, told)
            log.exception("job failed job=%s", job.code)
            claim.failed = claim.done = True
            claim.report = "unerwarteter Fehler, Näheres steht im Protokoll"
            self._say(job, claim.report)
            return False
        claim.done = not isinstance(claim.report, Unfinished)
        self._wait.pop(job.code, None)
        self._say(job, claim.report)
        return True

    def _refused(self, job: Job, claim: Claim, problem: KontaktnetzError) -> bool:
        claim.failed, claim.report = True, str(problem)
        claim.done = not isinstance(problem, Transient)
        return self._failed(job, problem)

    def _failed(self, job: Job, problem: KontaktnetzError) -> bool:
        log.warning("job failed job=%s problem=%s facts=%s", job.code, type(problem).__name__, problem.facts)
        tries = self._wait.get(job.code, (None, 0))[1] + 1
        self._wait[job.code] = self.now() + min(dt.timedelta(minutes=2 ** min(tries, 5) / 2), LONGEST_WAIT), tries
        self._say(job, str(problem))
        return False

    def _say(self, job: Job, outcome: str) -> None:
        if outcome:
            self.tell(f"{self.now().astimezone():%d.%m.%Y %H:%M} {job.name}: {outcome}")
