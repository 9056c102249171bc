"""One installing, starting or stopping at a time per data folder; the system lifts the lock when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(data_dir: Path, report: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of the data folder; wait for whoever holds it, and say so."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "nocodb.lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            report("NocoDB wird gerade anderswo eingerichtet, gestartet oder angehalten; bitte warten …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
