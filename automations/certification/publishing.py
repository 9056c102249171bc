"""The list of holders for the public: an accessible page of its own, a table for the city's website, open badges.

Only what stands on a certificate or in public directories anyway: placement, Träger, district, fields, year, number.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from automations.certification.certificates import SEAL, TEXT
from automations.certification.holders import Holder, standing
from automations.certification.seal_code import SealClaim, open_badge
from automations.documents.spreadsheet import safe
from automations.signing import Key
from schemas.certification.rules.seals import last_day

HTML_MIME, CSV_MIME, TRUST_MIME = "text/html", "text/csv", "application/json"
BADGE_MIME, ZIP_MIME = "application/jwt", "application/zip"

COLUMNS = ("Einrichtung", "Träger", "Stadtteil", "Engagementfelder", "Siegeljahr", "Siegelnummer")

Label = Callable[[str], str]
"""From the code of a field of engagement to its word."""


def public_page(holders: Sequence[Holder], label: Label, *, network: str, city: str, today: dt.date) -> str:
    """Return who holds a seal today as one HTML file without scripts or anything from elsewhere."""
    told = standing(holders, today)
    rows = [_row(one, label, end=True) for one in told]
    return _template().render(
        seal=SEAL, text=TEXT, network=network, city=city, day=f"{today:%d.%m.%Y}", columns=COLUMNS, rows=rows,
        count=len(rows),
    )  # fmt: skip


def public_table(holders: Sequence[Holder], label: Label, today: dt.date) -> bytes:
    """Return the same as CSV in UTF-8 with a byte order mark and semicolons, as German Excel opens it by a click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([[safe(cell) for cell in _row(one, label)] for one in standing(holders, today)])
    return out.getvalue().encode("utf-8-sig")


def claim_of(holder: Holder) -> SealClaim | None:
    """Return what a seal claims, None for one from before numbers or days were kept."""
    if not holder.number or holder.awarded_on is None:
        return None
    return SealClaim(holder.number, holder.year, holder.name, holder.awarded_on)


def badge(holder: Holder, key: Key, *, network: str, address: str) -> str | None:
    """Return a seal as an Open Badge 3.0, None for one that cannot be claimed; ``address`` is the issuer's page."""
    claim = claim_of(holder)
    if claim is None:
        return None
    return open_badge(
        claim, key, issuer=network, issuer_url=address, seal=SEAL, criteria=TEXT, until=last_day(holder.seal)
    )


def badges(holders: Sequence[Holder], key: Key, *, network: str, address: str, today: dt.date) -> bytes:
    """Return the badges of all who hold a seal today as a ZIP of one file for each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in standing(holders, today):
            made = badge(one, key, network=network, address=address)
            if made is not None:
                folder.writestr(badge_name(one), made)
    return out.getvalue()


def badge_name(holder: Holder) -> str:
    """Return the name of a badge's file.

    >>> from schemas.certification.rules.seals import Seal
    >>> badge_name(Holder(1, "Haus 3 / Groß & Klein", Seal(1, 2027, "2027-003")))
    'siegel-2027-003-haus-3-gross-klein.jwt'
    """
    plain = holder.name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    short = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60]
    return f"siegel-{holder.number}-{short}.jwt"


def _row(one: Holder, label: Label, *, end: bool = False) -> tuple[str, ...]:
    fields = ", ".join(label(code) for code in one.fields)
    last = last_day(one.seal)
    year = f"{one.year} (bis {last:%d.%m.%Y})" if end and last is not None else str(one.year)
    return one.name, one.parent, one.district, fields, year, one.number


@cache
def _template() -> Template:
    folder = Path(__file__).parents[1] / "templates"
    return Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(("html",)),
    ).get_template("seal_holders.html")  # fmt: skip
