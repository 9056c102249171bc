"""Public pages as HTML: one style element with a nonce, no script, no picture, nothing from anywhere else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from streamlit_app.door.headers import own_page_policy
from streamlit_app.public.words import PublicWords

LANGUAGE = "sprache"
HOME = "de"
"""What staff write is in this language, and so is a page that nobody asked for in another one."""
_AS_WRITTEN = Markup(' lang="de"')
"""Stands at what staff wrote, on pages in another language."""

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
"""On every answer of ours, whatever server sends it; the address of a page is its key and goes nowhere else."""

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or write to instead; empty where the base knows nothing."""

    name: str = ""
    phone: str = ""
    mail: str = ""


class Sheets:
    """The templates of one kind of page (``templates/`` in its folder, ``style.css`` if it has one) over the shared."""

    def __init__(self, folder: Path) -> None:
        own = folder / "style.css"
        parts = [_HERE / "style.css", *([own] if own.exists() else [])]
        self._style = Markup("".join(p.read_text(encoding="utf-8") for p in parts))  # noqa: S704 - files of ours
        self._templates = Environment(
            loader=FileSystemLoader([folder / "templates", _HERE / "templates"]), autoescape=True,
            undefined=StrictUndefined, trim_blocks=True,
        )  # fmt: skip

    def page(
        self, template: str, words: PublicWords, status: int = 200, *, first: str = "", kept: str = "",
        contact: Contact | None = None, **data: Any,
    ) -> HTMLResponse:  # fmt: skip
        """Return a page; ``first`` stands before the title, where a screen reader says it first.

        ``kept`` is what of the address stays when the language is changed.
        """
        nonce = secrets.token_urlsafe(12)
        here = words.code == HOME
        other = "&".join(x for x in (f"{LANGUAGE}={words.other_code}" if here else "", kept) if x)
        html = self._templates.get_template(template).render(
            w=words, nonce=nonce, style=self._style, query=query_of(words), other=other, first=first, contact=contact,
            german=Markup("") if here else _AS_WRITTEN,
            phone_link=re.sub(r"[^+0-9]", "", contact.phone) if contact else "", **data,
        )  # fmt: skip
        return HTMLResponse(html, status, {**HEADERS, "Content-Security-Policy": own_page_policy(nonce)})

    def note(
        self, words: PublicWords, what: str, status: int, *, host: str = "", contact: Contact | None = None,
        **filled: object,
    ) -> HTMLResponse:  # fmt: skip
        """Return a page of a title and a sentence; ``what`` names them among the words."""
        text = getattr(words, f"{what}_how").format(**filled)
        return self.page("note.html", words, status, title=getattr(words, what), host=host, contact=contact, text=text)


def query_of(words: PublicWords) -> str:
    """Return what keeps the language in an address, without a question mark."""
    return "" if words.code == HOME else f"{LANGUAGE}={words.code}"
