"""The frame that mails to people outside share: text and HTML around what is said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape


class Spoken(Protocol):
    """What a mail says; ``facts`` and ``contact`` are label and value, ``answer_link`` is empty without a button."""

    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def host(self) -> str: ...  # noqa: D102
    @property
    def greeting(self) -> str: ...  # noqa: D102
    @property
    def paragraphs(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def facts(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102
    @property
    def answer_link(self) -> str: ...  # noqa: D102
    @property
    def closing(self) -> str: ...  # noqa: D102
    @property
    def signatory(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def sender(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def contact(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102


def framed(
    said: Spoken, *, button: str, hint: str, ask: str, ways: Sequence[tuple[str, str]] = ()
) -> tuple[str, str]:  # fmt: skip
    """Return text and HTML; ``button`` and ``hint`` stand at the link in HTML, ``ask`` before it in text. In place of a
    link ``ways`` (label, value) may say how else to answer, below ``ask``.
    """
    told = {"said": said, "button": button, "hint": hint, "ask": ask, "ways": ways}
    return _template("invitation.txt").render(told), _template("invitation.html").render(told)


@cache
def _template(name: str) -> Template:
    folder = Path(__file__).parents[1] / "templates"
    return Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(("html",)),
    ).get_template(name)  # fmt: skip
