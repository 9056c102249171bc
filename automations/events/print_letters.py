"""All letters of a sending as one print file, in the order of postcodes, as a bulk mailer wants them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from automations.documents.pdf import pictures, typeset
from automations.documents.pictures import logo_svg, qr_svg
from automations.events.texts import answer_title
from automations.events.wording import Wording
from schemas.events.rules.address import Form
from schemas.events.rules.address_parts import split_place

_HINT = "Code mit dem Telefon aufnehmen oder die Adresse eingeben."


def letters_pdf(letters: Sequence[Wording], own: Path | None = None) -> bytes:
    """Return all letters as one tagged PDF; ``own`` is the folder of the agency's own templates and logo.

    Raises:
        DocumentError: a template of the agency's own is broken, or its logo unreadable.
    """
    return typeset("letter.typ", _data(letters, own), own)


def letter_pictures(letter: Wording, own: Path | None = None) -> list[bytes]:
    """Return the pages of one letter as pictures (PNG). Raises DocumentError as ``letters_pdf`` does."""
    return pictures("letter.typ", _data([letter], own), own)


def in_postal_order(letters: Sequence[Wording]) -> list[Wording]:
    """Return letters by postcode, those that go abroad last, by country."""
    return sorted(letters, key=_place)


def _place(letter: Wording) -> tuple[str, str, str, tuple[str, ...]]:
    to = letter.guest.addressee if letter.guest else None
    postcode, city, country = split_place(to.postcode, to.city, to.country) if to else ("", "", "")
    return country, postcode, city, letter.address


def _data(letters: Sequence[Wording], own: Path | None) -> dict[str, object]:
    ordered = in_postal_order(letters)
    first = ordered[0].subject if ordered else "Briefe"
    return {
        "title": f"{len(ordered)} Briefe: {first}" if len(ordered) > 1 else first,
        "host": ordered[0].host if ordered else "", "logo": logo_svg(own), "letters": [_letter(one) for one in ordered],
    }  # fmt: skip


def _letter(one: Wording) -> dict[str, object]:
    form = one.guest.form if one.guest else Form.SIE
    return {
        "sender": one.sender[1:], "contact": one.contact, "return_line": one.return_line,
        "notes": one.notes, "address": one.address, "day": f"{one.day:%d.%m.%Y}",
        "subject": one.subject, "greeting": one.greeting, "paragraphs": one.paragraphs, "facts": one.facts,
        "closing": one.closing, "signatory": one.signatory, "link": one.answer_link,
        "link_lines": _in_lines(one.answer_link),
        "qr": qr_svg(one.answer_link) if one.answer_link else "",
        "qr_alt": f"QR-Code zur Antwortseite, Adresse: {one.answer_link}", "answer_hint": _HINT,
        "answer_title": answer_title(form, one.answer_ways), "answer_ways": one.answer_ways,
    }  # fmt: skip


def _in_lines(link: str) -> list[str]:
    """Return an address in two lines, so that it can be typed: the page, and what is the guest's own."""
    page, mark, own = link.rpartition("/")
    return [f"{page}{mark}", own] if own else [link]
