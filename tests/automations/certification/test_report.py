"""The report and the decision sheet: what is proposed from the ratings, and what stands on paper in which order."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from automations.certification.decision_sheet import (
    NO_CONCLUSION,
    UNSIGNED,
    Decided,
    decision_page,
    decision_sheet_pdf,
    profile,
    wording,
)
from automations.certification.ratings import Own, Review
from automations.certification.report import OWN_WORD, PARTS, House, Told, propose, summary_of
from automations.certification.report_paper import DRAFT, blocks_of, report_docx, report_paper, report_pdf
from schemas.certification.choices import Decision, Rating
from schemas.certification.rules.assessment import Verdict
from schemas.certification.rules.procedure import DEFAULT
from schemas.certification.rules.recusal import Interest, Placement, Seated, interested

HOUSE = House("Hort „Größe“ " + "ä" * 80, "Hort", "Buckau", "Träger e. V.", "Frida Muster")
GOOD = [Told(c, Own(Rating.FULLY, f"Beleg {c.code}"), Review(Rating.FULLY, f"Gesehen {c.code}"))
        for c in DEFAULT.criteria]  # fmt: skip
MUST = next(i for i, c in enumerate(DEFAULT.criteria) if c.must)
FREE = next(i for i, c in enumerate(DEFAULT.criteria) if not c.must)


def with_(at: int, *, own: Rating | None = Rating.FULLY, review: Rating | None = None, seen: str = "") -> list[Told]:
    told = list(GOOD)
    told[at] = replace(told[at], own=Own(own, "Aushang"), review=Review(review, seen))
    return told


def test_a_good_case_is_proposed_without_reservation_and_repeats_what_was_seen() -> None:
    drafts = propose(DEFAULT, GOOD, HOUSE)

    assert (
        drafts["conclusion"]
        == f"{HOUSE.name} wird ohne Vorbehalt für das Siegel „Freiwillige willkommen !!!“ empfohlen."
    )
    assert drafts["recommendations"] == ""
    assert drafts["strengths"].count("\n") == len(DEFAULT.criteria) - 1
    assert drafts["description"].startswith(f"{HOUSE.name} (Hort, Buckau). Träger: Träger e. V. Freiwillige begleitet")
    assert all(f"Gesehen {c.code}." in drafts["description"] for c in DEFAULT.criteria)
    assert OWN_WORD not in "".join(drafts.values())


def test_a_missing_must_is_named_first_and_everything_else_being_full_does_not_make_up_for_it() -> None:
    told = with_(MUST, review=Rating.NOT, seen="fehlt")
    told[FREE] = replace(told[FREE], review=Review(Rating.PARTLY, "dünn"))
    drafts = propose(DEFAULT, told, HOUSE)
    name = DEFAULT.criteria[MUST].name

    first, second, *apart = drafts["recommendations"].split("\n")
    assert first.startswith(f"- Unverzichtbar und nicht erfüllt – {name}: fehlt. Woran man es erkennt:")
    assert second.startswith(f"- {DEFAULT.criteria[FREE].name}: dünn.")
    assert len(apart) == 2
    assert "kann für das Siegel „Freiwillige willkommen !!!“ noch nicht empfohlen werden" in drafts["conclusion"]
    assert name in drafts["conclusion"]


def test_what_only_the_placement_says_is_marked_as_its_own_word() -> None:
    told = [replace(one, review=Review()) for one in GOOD]
    drafts = propose(DEFAULT, told, HOUSE)

    assert drafts["strengths"].count(OWN_WORD) == len(told)
    assert f"Bei {len(told)} von {len(told)} Kriterien zählt bisher nur die Selbsteinschätzung." in drafts["conclusion"]


def test_nothing_said_proposes_no_judgement() -> None:
    drafts = propose(DEFAULT, [Told(c, Own(), Review()) for c in DEFAULT.criteria], House("Hort"))
    assert (drafts["description"], drafts["strengths"], drafts["conclusion"]) == ("Hort.", "", "")


@given(st.lists(st.tuples(st.sampled_from([None, *Rating]), st.sampled_from([None, *Rating])),
                min_size=len(DEFAULT.criteria), max_size=len(DEFAULT.criteria)))  # fmt: skip
def test_whatever_was_rated_only_a_case_with_every_must_met_is_recommended(ratings) -> None:
    told = [Told(c, Own(own), Review(seen)) for c, (own, seen) in zip(DEFAULT.criteria, ratings, strict=True)]
    drafts = propose(DEFAULT, told, HOUSE)

    met = all(one.counts in (Rating.MOSTLY, Rating.FULLY) for one in told if one.criterion.must)
    complete = all(one.counts is not None for one in told)
    recommended = "Vorbehalt für das Siegel" in drafts["conclusion"]
    assert recommended == (met and complete)
    assert all((one.criterion.name in drafts["recommendations"]) for one in told if one.unmet_must)
    assert all(share is None or 0 <= share <= 1 for _, *shares in profile(DEFAULT, told) for share in shares)


def test_the_report_stands_on_paper_tagged_in_its_order_and_a_draft_says_so() -> None:
    told = with_(MUST, review=Rating.NOT, seen="fehlt\x0b")
    texts = {**propose(DEFAULT, told, HOUSE), "strengths": ""}
    paper = report_paper(HOUSE.name, "Netzwerk", [("Träger", "Träger e. V."), ("Runde", "")], texts, told, draft=True)

    pdf = PdfReader(io.BytesIO(report_pdf(paper)))
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "de"
    assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    wanted = ("Einschätzung:", DRAFT, "Träger e. V.", "Beschreibung", "Stärken", "Noch nicht geschrieben.",
              "Empfehlungen", "Fazit", "noch nicht empfohlen", "Einschätzung nach Kriterien",
              "Unverzichtbar und nicht erfüllt:", "Im Gespräch", "fehlt")  # fmt: skip
    at = [said.find(word) for word in wanted]
    assert -1 not in at, dict(zip(wanted, at, strict=True))
    assert at[:10] == sorted(at[:10])
    assert "Runde" not in said

    word = docx.Document(io.BytesIO(report_docx(paper)))
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 2"] == [
        "Beschreibung", "Stärken", "Empfehlungen", "Fazit", "Einschätzung nach Kriterien"
    ]  # fmt: skip
    assert len(word.tables[0].rows) == len(DEFAULT.criteria) + 1
    assert sum(p.style.name == "List Bullet" for p in word.paragraphs) == texts["recommendations"].count("\n") + 1

    signed = report_paper(HOUSE.name, "Netzwerk", [], texts, told, draft=False)
    assert DRAFT not in PdfReader(io.BytesIO(report_pdf(signed))).pages[0].extract_text()


def test_the_decision_sheet_has_a_page_for_each_case_and_tells_what_is_missing_before_the_ballot() -> None:
    told = with_(MUST, review=Rating.PARTLY)
    open_ = decision_page("Hort", [("Runde", "2027")], dict.fromkeys(PARTS, ""), DEFAULT, told, steps=["Besuch"],
                          recused=[("Sitz Hort", Interest.SITE)], signed=False)  # fmt: skip
    texts = propose(DEFAULT, GOOD, HOUSE)
    done = decision_page(
        "Chor", [], texts, DEFAULT, GOOD, steps=[], recused=[], signed=True,
        decided=Decided("Kein Siegel", "03.03.2026", "Steuerung", wording(Decision.NO, "Chor", 2027)),
    )  # fmt: skip

    pages = PdfReader(io.BytesIO(decision_sheet_pdf([open_, done], network="Netzwerk", subtitle="Runde"))).pages
    first, second = (" ".join(page.extract_text().split()) for page in pages)

    at = [first.find(word) for word in ("Hort", UNSIGNED, "Unverzichtbares fehlt", DEFAULT.criteria[MUST].name,
                                        "Noch nicht erledigte Schritte: Besuch", "Selbst", NO_CONCLUSION, "Sitz Hort",
                                        "Siegel wird verliehen", "Wortlaut")]  # fmt: skip
    assert -1 not in at
    assert at == sorted(at)
    assert "Kein Siegel · entschieden am 03.03.2026 · Steuerung" in second
    assert "Das Netzwerk beschließt, Chor das Siegel „Freiwillige willkommen !!!“ 2027 nicht zu verleihen." in second
    assert UNSIGNED not in second


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [("", []), ("A\n\nB", [False, False]), ("A\n- b\n- c\nD", [False, True, False]), ("-5 Grad", [False])],
)
def test_typed_text_becomes_paragraphs_and_lists(typed: str, kinds: list[bool]) -> None:
    assert [block.is_list for block in blocks_of(typed)] == kinds


def test_seats_of_the_placement_of_its_parents_and_of_who_works_there_are_proposed_as_interested() -> None:
    placement = Placement(1, frozenset({2, 3}), frozenset({50}))
    works = {10: {1}, 11: {3}, 12: {9}}
    seats = [Seated(1, 1, 12), Seated(2, 3), Seated(3, 9, 10), Seated(4, None, 11), Seated(5, 9, 12, 10),
             Seated(6, 9, 50), Seated(7, 9, 12, 12), Seated(8)]  # fmt: skip

    assert interested(placement, seats, works) == {
        1: Interest.SITE, 2: Interest.PARENT, 3: Interest.DELEGATE_AT_SITE, 4: Interest.DELEGATE_AT_PARENT,
        5: Interest.DEPUTY, 6: Interest.INVOLVED,
    }  # fmt: skip
    assert interested(Placement(None), seats, works) == {}


def test_the_verdict_of_a_case_says_whether_something_is_missing() -> None:
    assert summary_of(DEFAULT, GOOD).verdict == Verdict.GOOD
    assert summary_of(DEFAULT, with_(FREE, own=None)).verdict == Verdict.INCOMPLETE
