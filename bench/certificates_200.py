"""200 certificates of one round in one tagged PDF: how long it takes, and whether a reader finds its tags.

Names have up to 80 characters, umlauts, and fill two lines. Measured is all that lies between the rows of the base and
the file: signed codes, QR codes, typesetting. ``tagged`` says what another program reads in the file (poppler's
``pdfinfo``, pypdf): every page has a heading and its pictures have a text in their place, the language is German, and
the file says of itself that it follows PDF/UA-1. Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from pypdf import PdfReader

from automations.certification.certificates import certificates_pdf
from automations.certification.papers import Printing, Signing, frame_of
from automations.signing import open_key
from schemas.certification.tables import Certification
from sync.settings import Settings

FAIR = dt.date(2027, 5, 6)
WORDS = (
    "Kindertagesstätte", "Nachbarschaftshaus", "Größenwahn", "Übungswerkstatt", "Stadtbibliothek", "Zoë", "Söhne",
    "„Ärmel hoch“", "Mehrgenerationenhaus", "für", "Leseförderung", "Çelik", "Łódź", "&", "Straße", "Jugend",
)  # fmt: skip
LONGEST = 80


def names(count: int) -> list[str]:
    """Return invented names, a third of them of exactly 80 characters."""
    dice = random.Random(6)
    made = []
    for at in range(count):
        name = f"{at + 1} " + " ".join(dice.choice(WORDS) for _ in range(16))
        made.append(name[:LONGEST].ljust(LONGEST, "ß") if at % 3 == 0 else name[: dice.randint(12, LONGEST)].rstrip())
    return made


def tags(paper: bytes, file: Path, pages: int) -> dict[str, bool]:
    """Return what readers find in a file."""
    file.write_bytes(paper)
    about = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    tree = subprocess.run(["pdfinfo", "-struct", file], capture_output=True, text=True, check=True).stdout
    reader = PdfReader(io.BytesIO(paper))
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode("utf-8", "replace")
    figures = [node for node in _nodes(root["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    return {
        "tagged": "Tagged:          yes" in about,
        "pages": len(reader.pages) == pages,
        "headings": len(re.findall(r"^\s+H1\b", tree, re.MULTILINE)) == pages,
        "pictures": len(figures) >= pages and all(str(node.get("/Alt", "")).strip() for node in figures),
        "language": str(root.get("/Lang", "")).startswith("de"),
        "says_ua_1": re.search(r"pdfuaid:part(>|=\")1", xmp) is not None,
    }


def _nodes(node):
    if isinstance(node, list):
        for one in node:
            yield from _nodes(one.get_object())
    elif hasattr(node, "get"):
        yield node
        if "/K" in node:
            kids = node["/K"]
            yield from _nodes(kids if isinstance(kids, list) else [kids])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="where to keep the file, to look at it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), answer_url="https://antworten.example.org", city_name="Musterstadt")
        key = open_key(Path(folder), dt.datetime.now(dt.UTC))
        signing = Signing("Oberbürgermeisterin", "Dr. Anna-Lena Müller-Lüdenscheidt")
        rows = [
            Certification(id=at, name=name, seal_number=f"2027-{at:03d}")
            for at, name in enumerate(names(asked.count), start=1)
        ]
        began = time.perf_counter()
        made = Printing(2027, FAIR, signing, settings, key).certificates(rows)
        paper = certificates_pdf(made, frame_of(settings))
        seconds = time.perf_counter() - began
        found = tags(paper, asked.keep or Path(folder) / "urkunden.pdf", asked.count)
    print({"bytes": len(paper), **found})
    print(json.dumps({"certificates": asked.count, "seconds": round(seconds, 2), "tagged": all(found.values())}))


if __name__ == "__main__":
    main()
