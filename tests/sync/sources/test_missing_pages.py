"""A list that comes page by page is whole only with all its pages, wherever they lie."""

from __future__ import annotations

import json

import pytest

from schemas.errors import SourceError
from sync.sources.registry import SourceFile, SourceSpec, open_delivery

HOST = "https://ris.example.org/o"


def unit(number):
    return {"id": f"{HOST}/{number}", "type": "https://schema.oparl.org/1.1/Organization", "name": f"Amt {number}"}


def page(number, last, *units, links=True, counts=True, total=None):
    """Page ``number`` of ``last``, two units to a page unless they are given."""
    found = list(units) if units else [unit(2 * number - 1), unit(2 * number)]
    whole = {"data": found}
    if counts:
        whole["pagination"] = {
            "totalElements": total or 2 * last, "elementsPerPage": 2, "currentPage": number, "totalPages": last,
        }  # fmt: skip
    if links:
        address = f"{HOST}?page={{}}"
        whole["links"] = {"self": address.format(number), "first": address.format(1), "last": address.format(last)}
        whole["links"] |= {"next": address.format(number + 1)} if number < last else {}
    return whole


def brought(folder, *files):
    parts = []
    for number, content in enumerate(files):
        path = folder / f"{number}.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        parts.append(SourceFile(path, "oparl"))
    return open_delivery(SourceSpec("ris", "RIS", tuple(parts)))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([page(1, 2)], "Die Liste hat 2 Seiten; es fehlt Seite 2."),
        ([page(2, 3)], "Die Liste hat 3 Seiten; es fehlen die Seiten 1, 3."),
        ([[page(1, 3), page(3, 3)]], "Die Liste hat 3 Seiten; es fehlt Seite 2."),
        ([page(1, 9)], "es fehlen die Seiten 2, 3, 4, 5, 6, …."),
        ([page(1, 2, counts=False)], f"Es fehlt die Seite, auf die diese verweist: {HOST}?page=2."),
        ([[page(1, 3, counts=False), page(3, 3, counts=False)]], f"verweist: {HOST}?page=2."),
        ([page(1, 1, total=5)], "Die Liste hat 5 Einträge, gelesen wurden 2."),
        ([{"next": f"{HOST}?p=2", "results": [unit(1)]}], f"verweist: {HOST}?p=2."),
        ([{"@odata.nextLink": f"{HOST}?s=2", "value": [unit(1)]}], f"verweist: {HOST}?s=2."),
        ([{"_links": {"next": {"href": f"{HOST}?p=2"}}, "items": [unit(1)]}], f"verweist: {HOST}?p=2."),
        ([page(1, 2), {"data": [unit(8), unit(9)]}], "es fehlt Seite 2."),
    ],
)
def test_pages_that_are_not_there_are_named_and_the_list_is_not_whole(tmp_path, files, told):
    delivery = brought(tmp_path, *files)
    assert [(told in r.reason, "alle Seiten" in r.hint) for r in delivery.rejected] == [(True, True)]
    assert [(one.fingerprint, one.key) for one in delivery.unread] == [("", None)]


@pytest.mark.parametrize(
    "files",
    [
        [page(1, 1)],
        [page(1, 2), page(2, 2)],
        [page(2, 2), page(1, 2)],
        [[page(1, 2), page(2, 2)]],
        [[page(1, 2, counts=False), page(2, 2, counts=False)]],
        [page(1, 2, counts=False, links=False)],
        [[unit(1), unit(2)]],
        [page(1, 2, unit(1), unit(2), unit(3), unit(4))],
        [page(1, 1), {**page(1, 1, unit(7), unit(8)), "links": {"self": "https://anderswo.example.org/o"}}],
    ],
    ids=[
        "one-page", "two-files", "in-any-order", "two-in-one-file", "by-links-alone", "nothing-told", "no-pages",
        "put-together-by-hand", "two-lists",
    ],
)  # fmt: skip
def test_a_list_with_all_its_pages_is_whole(tmp_path, files):
    delivery = brought(tmp_path, *files)
    assert (delivery.rejected, delivery.unread) == ((), ())


def test_a_parent_stands_in_its_link_and_not_in_the_note_as_well(tmp_path):
    child = {**unit(2), "subOrganizationOf": f"{HOST}/1"}
    _, found = brought(tmp_path, [unit(1), child]).items
    assert found.links["parent"].ident == f"{HOST}/1"
    assert "subOrganizationOf" not in str(found.values.get("note"))


def test_an_empty_list_is_called_empty(tmp_path):
    with pytest.raises(SourceError, match="ist leer"):
        brought(tmp_path, {"data": [], "pagination": {"totalElements": 0}, "links": {}})
