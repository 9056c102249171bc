"""The sheet of a draw by lot as a tagged PDF: anybody can recompute it, and its signature can be checked without us."""

from __future__ import annotations

from pathlib import Path

from automations.documents.pdf import typeset
from automations.events.after import sign_draw
from automations.signing import Key
from schemas.events.tables import Draw, Event
from schemas.time_zone import BERLIN


def lot_sheet_pdf(row: Draw, event: Event, key: Key, *, host: str, own: Path | None = None) -> bytes:
    """Return the sheet of a draw; ``host`` stands on top, templates in the folder ``own`` go first.

    Raises:
        DocumentError: the template is broken.
    """
    starts = f", {event.starts_at.astimezone(BERLIN):%d.%m.%Y}" if event.starts_at else ""
    data = {
        "title": row.name or "Auslosung", "host": host, "event": f"{event.name or 'Veranstaltung'}{starts}",
        "at": f"{row.at.astimezone(BERLIN):%d.%m.%Y um %H:%M Uhr}" if row.at else "", "by": row.by or "",
        "seed": row.seed or "", "digest": row.digest or "", "entries": (row.entries or "").split("\n"),
        "winners": (row.winners or "").split("\n"), "signature": sign_draw(row, key), "key_name": key.name,
        "public": key.public, "footer": f"{host} · {row.name or 'Auslosung'}",
    }  # fmt: skip
    return typeset("lot_sheet.typ", data, own)
