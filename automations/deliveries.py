"""Bring several lists in, one after the other; one that fails does not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.errors import KontaktnetzError
from sync.arrival import bring
from sync.clock import utc_now
from sync.settings import Settings
from sync.sources.registry import SourceSpec
from sync.status import Status

log = logging.getLogger(__name__)


class SomeFailed(KontaktnetzError):
    """At least one list could not be brought in; the others were."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one list: a German line, and the problem if there was one."""

    source: SourceSpec
    line: str
    problem: KontaktnetzError | None = None


def bring_each(specs: Iterable[SourceSpec], settings: Settings) -> Iterator[Brought]:
    """Bring the lists in, and yield what became of each as soon as it is known."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with Status(settings.status_file) as status:
        for spec in specs:
            try:
                report = bring(spec, settings, status, now=utc_now)
                yield Brought(spec, f"{spec.title}: {report.writes} Änderungen")
            except KontaktnetzError as problem:
                log.warning("list failed source=%s problem=%s", spec.name, type(problem).__name__)
                yield Brought(spec, f"{spec.title}: {problem}", problem)
