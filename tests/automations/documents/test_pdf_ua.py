"""Every kind of PDF keeps PDF/UA-1 as a reader finds it in the file, whoever stands in it."""

from __future__ import annotations

import io
from pathlib import Path

import papers
import pytest
from pdf_rules import broken_rules
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from automations.documents.pdf import typeset
from automations.signing import open_key

MOST = 30
"""Names are enough for tables over two pages; 300 are for the measurement of outputs."""

TEMPLATES = Path(papers.sheets_as_pdf.__code__.co_filename).parent / "templates"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return open_key(tmp_path_factory.mktemp("schluessel"), papers.NOW)


@pytest.mark.parametrize("size", papers.SIZES)
@pytest.mark.parametrize("kind", papers.PDF)
def test_every_kind_of_pdf_keeps_the_rules_for_everybody_who_does_not_see_it(kind, size, key):
    made = papers.PDF[kind](papers.SIZES[size][:MOST], key)
    assert broken_rules(made) == []


def test_every_template_has_a_paper_that_is_looked_at():
    assert {one.name for one in TEMPLATES.glob("*.typ")} == set(papers.TEMPLATES_USED)
    assert set(papers.TEMPLATES_USED.values()) <= set(papers.PDF)


HEAD = '#set document(title: "T")\n#set text(lang: "de")\n'


@pytest.mark.parametrize(
    ("body", "rule"),
    [("#table(columns: 2, [Art], [Verein])", "15-003 a table without a head"),
     ('#set text(lang: "en")\nWords', "11-006 the language is not German")],
)  # fmt: skip
def test_what_a_template_can_break_is_found(tmp_path, body, rule):
    (tmp_path / "own.typ").write_text(HEAD + body, encoding="utf-8")

    assert broken_rules(typeset("own.typ", {}, tmp_path)) == [rule]


def _drop_title(root, page, tree):
    root["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = TextStringObject("no")


def _drop_language(root, page, tree):
    del root["/Lang"]


def _drop_tabs(root, page, tree):
    page[NameObject("/Tabs")] = NameObject("/R")


def _drop_words(root, page, tree):
    del page["/Annots"][0].get_object()["/Contents"]


def _drop_alt(root, page, tree):
    for node in tree("/Figure"):
        del node["/Alt"]


def _drop_level(root, page, tree):
    for node in tree("/H1"):
        node[NameObject("/S")] = NameObject("/H3")


def _drop_map(root, page, tree):
    del next(iter(page["/Resources"]["/Font"].values())).get_object()["/ToUnicode"]


def _drop_font(root, page, tree):
    inner = next(iter(page["/Resources"]["/Font"].values())).get_object()["/DescendantFonts"][0].get_object()
    described = inner["/FontDescriptor"].get_object()
    for name in ("/FontFile", "/FontFile2", "/FontFile3"):
        described.pop(name, None)


def _drop_tree(root, page, tree):
    root["/StructTreeRoot"].get_object()[NameObject("/K")] = DictionaryObject()


@pytest.mark.parametrize(
    ("harm", "rule"),
    [(_drop_title, "07-001"), (_drop_language, "11-006"), (_drop_tabs, "28-008"), (_drop_words, "28-012"),
     (_drop_alt, "13-004"), (_drop_level, "14-002"), (_drop_map, "31-027"), (_drop_font, "31-009"),
     (_drop_tree, "28-011")],
)  # fmt: skip
def test_a_letter_that_was_harmed_is_found_out(harm, rule, key):
    made = PdfWriter(clone_from=PdfReader(io.BytesIO(papers.PDF["letters"](("Änne Größe",) * 2, key))))
    root = made._root_object
    page = next(page for page in made.pages if page.get("/Annots"))

    def tree(role):
        return [one for one in made._objects if isinstance(one, DictionaryObject) and one.get("/S") == role]

    harm(root, page, tree)
    out = io.BytesIO()
    made.write(out)

    assert rule in {said[:6] for said in broken_rules(out.getvalue())}
