"""Which texts hold characters that no font of ours has, so that people are told before they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache

import typst

from automations.documents.pdf import MOST_UNPRINTABLE, UNPRINTABLE, named_glyphs, without_control

_ALL_OF_THEM = b'#set document(title: "-")\n#set text(lang: "de")\n#sys.inputs.text'


def unprintable(*values: object) -> list[str]:
    """Return the texts in these values, once each, in which a paper shows ``▯`` instead of a character.

    Values may be texts, records and whatever holds some; what is no text is passed over.
    """
    texts = dict.fromkeys(text for value in values for text in _texts(value))
    odd = sorted({sign for text in texts for sign in text if not sign.isascii()} | {UNPRINTABLE})
    lacking = _without_glyph("".join(odd))
    return [text for text in texts if not lacking.isdisjoint(text)]


@lru_cache(maxsize=64)
def _without_glyph(signs: str) -> frozenset[str]:
    """Return those of the characters that no font has; of very many only the first are found."""
    left, lacking = without_control(signs).replace(UNPRINTABLE, ""), {UNPRINTABLE}
    for _ in range(MOST_UNPRINTABLE):
        try:
            typst.compile(_ALL_OF_THEM, sys_inputs={"text": " ".join(left)}, format="pdf", pdf_standards=["ua-1"])
        except RuntimeError as problem:
            found = set(named_glyphs(problem)) & set(left)
            if not found:
                break
            lacking |= found
            left = "".join(sign for sign in left if sign not in found)
        else:
            break
    return frozenset(lacking)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
