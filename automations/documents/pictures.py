"""Pictures in documents, all as SVG text: QR codes and the logo, which an agency may replace by a file of its own."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from functools import lru_cache
from pathlib import Path

import segno
import typst

from automations.documents.pdf import DocumentError

LOGOS = ("logo.svg", "logo.png")
"""Names of an own logo in the folder of templates; the first that is there counts."""

CITY_LOGOS = ("stadtlogo.svg", "stadtlogo.png")
"""Names of the city's logo in the same folder."""

DAMAGED = "ist beschädigt oder kein vollständiges Bild"

MOST_BYTES = 5_000_000
"""Size of a logo: it goes into every document."""

LONG, MASK = 200, 3
"""Characters from which on a QR code is not written in all eight masks to choose from: signed text is spread evenly in
any of them, and trying takes 20 ms."""

_OURS = Path(__file__).parent / "templates" / "logo.svg"
_PNG = b"\x89PNG\r\n\x1a\n"


def qr_svg(text: str) -> str:
    """Return a QR code as SVG without fixed size; of several ways to write it the smallest."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=MASK if len(text) > LONG else None).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, dark="#000000"
    )
    return out.getvalue().decode()


def logo_svg(own: Path | None = None) -> str:
    """Return the logo for letters and badges: the agency's own where there is one, else a neutral one.

    Raises:
        DocumentError: the own file is no SVG or PNG.
    """
    return own_svg(own, LOGOS) or _OURS.read_text(encoding="utf-8")


def own_svg(own: Path | None, names: tuple[str, ...]) -> str:
    """Return the first of these pictures in the agency's own folder, empty where there is none.

    Raises:
        DocumentError: the file is no SVG or PNG, is damaged, too large or may not be read.
    """
    found = next((own / name for name in names if (own / name).is_file()), None) if own is not None else None
    if found is None:
        return ""
    kind = found.suffix.removeprefix(".").upper()
    try:
        if found.stat().st_size > MOST_BYTES:
            raise _unreadable(found, kind, f"ist größer als {MOST_BYTES // 1_000_000} MB")
        content = found.read_bytes()
    except OSError as problem:
        raise _unreadable(found, kind, "lässt sich nicht lesen") from problem
    text = _png_in_svg(found, content) if kind == "PNG" else content.decode("utf-8-sig", errors="replace")
    if "<svg" not in text:
        raise _unreadable(found, kind)
    if not _is_picture(text):
        raise _unreadable(found, kind, DAMAGED)
    return text


@lru_cache(maxsize=8)
def _is_picture(svg: str) -> bool:
    """Say whether a picture can be set at all: half a file passes for one until somebody prints three hundred."""
    page = b'#set page(width: 80mm, height: auto)\n#image(bytes(sys.inputs.picture), format: "svg", height: 20mm)'
    try:
        made = typst.compile(page, sys_inputs={"picture": svg}, format="png", ppi=20)
    except (RuntimeError, OSError, ValueError):
        return False
    return bool(made)


def _png_in_svg(file: Path, content: bytes) -> str:
    """Return a PNG wrapped into SVG; its size stands in the first chunk (PNG specification, 11.2.2)."""
    if not content.startswith(_PNG) or len(content) < 24:
        raise _unreadable(file, "PNG")
    if not _is_whole(content):
        raise _unreadable(file, "PNG", DAMAGED)
    width, height = struct.unpack(">II", content[16:24])
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _is_whole(png: bytes) -> bool:
    """Say whether all chunks of a PNG up to its end are there and unchanged (PNG specification, 5.3)."""
    at = len(_PNG)
    while at + 12 <= len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        chunk = png[at + 4 : at + 8 + size]
        if png[at + 8 + size : at + 12 + size] != struct.pack(">I", zlib.crc32(chunk)):
            return False
        if chunk[:4] == b"IEND":
            return True
        at += 12 + size
    return False


def _unreadable(file: Path, kind: str, why: str = "") -> DocumentError:
    return DocumentError(
        f"Das Logo „{file.name}“ {why or f'ist keine {kind}-Datei'}.",
        hint="Speichern Sie es neu, oder nehmen Sie die Datei aus dem Vorlagenordner: Dann geht es ohne sie.",
        file=file.name,
    )  # fmt: skip
