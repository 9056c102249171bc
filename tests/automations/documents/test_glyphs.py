"""Who has a character in the name that our fonts lack is named before anything is printed."""

from __future__ import annotations

import papers
import pytest
from pypdf import PdfReader

from automations.documents.glyphs import unprintable
from automations.documents.pdf import UNPRINTABLE
from automations.events.badges import Label, badges_pdf


@pytest.mark.parametrize(
    ("values", "expected"),
    [(("Änne Größe", "Nguyễn Thị Hương", "Łukasz Żółć", "Наталія", "Οδυσσέας"), []),
     (("Rita \U0001f33b", "ok"), ["Rita \U0001f33b"]),
     ((Label("李小龍", "Verein"), [{"name": "李"}], 3, None), ["李小龍", "李"]),
     (("schon ▯ gedruckt",), ["schon ▯ gedruckt"]), ((), []), (("\x00\ufffe",), [])],
)  # fmt: skip
def test_texts_with_characters_that_no_font_has_are_found(values, expected):
    assert unprintable(*values) == expected


def test_exactly_those_who_are_named_have_a_box_on_their_badge(tmp_path):
    made = tmp_path / "schilder.pdf"
    boxed = set()
    for name in papers.NAMES:
        made.write_bytes(badges_pdf("Messe", [Label(name)]))
        if UNPRINTABLE in PdfReader(made).pages[0].extract_text():
            boxed.add(name)

    assert boxed == set(unprintable(papers.NAMES)) != set()
