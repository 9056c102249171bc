"""Certificates, door plates and the list for the hand-over, as tagged PDF (PDF/UA-1), all of a round in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from automations.documents.pdf import pictures, typeset
from automations.documents.pictures import qr_svg

SEAL = "Freiwillige willkommen !!!"
"""Name of the seal as the network writes it."""

TEXT = (
    "Die Einrichtung begleitet Freiwillige gut: mit einer festen Ansprechperson, klaren Aufgaben, Einarbeitung und "
    "Anerkennung. Das Netzwerk hat sich davon überzeugt."
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on one certificate; ``code`` is what its QR code holds: an address, the signed text, or nothing."""

    holder: str
    year: int
    number: str
    code: str
    awarded_on: dt.date
    signatory: str = ""
    office: str = ""
    city: str = ""
    place: str = ""
    text: str = TEXT


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on all of them: the network, the city, and their logos as SVG (empty: the name instead).

    ``broken`` says in German which logo of the agency's own cannot be printed.
    """

    network: str
    city: str
    logo: str = ""
    city_logo: str = ""
    seal: str = SEAL
    broken: tuple[str, ...] = ()


def certificates_pdf(certificates: Sequence[Certificate], frame: Frame, folder: Path | None = None) -> bytes:
    """Return one PDF with a page for each certificate; ``folder`` may hold a ``certificate.typ`` of the agency's own.

    Raises:
        DocumentError: the template is broken, or asks for a field that the data do not have.
    """
    return typeset("certificate.typ", _data(f"Urkunden {frame.seal}", certificates, frame), folder)


def door_plates_pdf(certificates: Sequence[Certificate], frame: Frame, folder: Path | None = None) -> bytes:
    """Return one PDF with a plate for each door. Raises DocumentError as ``certificates_pdf`` does."""
    return typeset("door_plate.typ", _data(f"Türschilder {frame.seal}", certificates, frame), folder)


def certificate_picture(certificate: Certificate, frame: Frame, folder: Path | None = None) -> bytes:
    """Return a certificate as a picture (PNG). Raises DocumentError as ``certificates_pdf`` does."""
    return pictures("certificate.typ", _data(frame.seal, [certificate], frame), folder)[0]


def door_plate_picture(certificate: Certificate, frame: Frame, folder: Path | None = None) -> bytes:
    """Return a plate as a picture (PNG). Raises DocumentError as ``certificates_pdf`` does."""
    return pictures("door_plate.typ", _data(frame.seal, [certificate], frame), folder)[0]


@dataclass(frozen=True, slots=True)
class Receiver:
    """A line of the hand-over list: the placement, who receives the seal for it, and the seal's number."""

    holder: str
    person: str
    number: str


def handover_list_pdf(receivers: Sequence[Receiver], *, title: str, subtitle: str) -> bytes:
    """Return the list for the fair in the order given. Raises DocumentError as ``certificates_pdf`` does."""
    rows = [[str(at), one.holder, one.person, one.number] for at, one in enumerate(receivers, start=1)]
    return typeset("handover_list.typ", {"title": title, "subtitle": subtitle, "rows": rows})


def _data(title: str, certificates: Sequence[Certificate], frame: Frame) -> dict[str, object]:
    told = [
        {
            **{k: v for k, v in asdict(one).items() if k not in ("code", "awarded_on")},
            "qr": qr_svg(one.code) if one.code else "", "day": f"{one.awarded_on:%d.%m.%Y}", "year": str(one.year),
        }
        for one in certificates
    ]  # fmt: skip
    return {
        "title": title, "certificates": told, "network": frame.network, "city": frame.city, "logo": frame.logo,
        "logo_alt": frame.network, "city_logo": frame.city_logo, "seal": frame.seal,
    }  # fmt: skip
