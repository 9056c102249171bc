"""Whether a folder has room enough for what is to come."""

from __future__ import annotations

import shutil
from pathlib import Path

from schemas.errors import EmbeddedServerError

GIGABYTE = 1_000_000_000


def require_space(folder: Path, needed: int, purpose: str) -> None:
    """Raise EmbeddedServerError unless ``needed`` bytes are free where ``folder`` lies (or will lie)."""
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise EmbeddedServerError(
            f"Auf dem Datenträger von {existing} ist zu wenig Platz: frei sind {_gigabytes(free)}, "
            f"{purpose} braucht {_gigabytes(needed)}.",
            hint="Bitte schaffen Sie Platz, oder legen Sie den Datenordner mit KONTAKTNETZ_DATA in der Datei .env "
            "auf einen anderen Datenträger.",
            free=free,
            needed=needed,
        )


def _gigabytes(size: int) -> str:
    return f"{size / GIGABYTE:.1f} GB".replace(".", ",")
