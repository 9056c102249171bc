"""The decision sheet for the meeting of the network as a tagged PDF: a page for each case, to be filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from automations.certification.certificates import SEAL
from automations.certification.report import VERDICTS, Told, named, summary_of
from automations.certification.report_paper import Block, blocks_of
from automations.documents.pdf import typeset
from schemas.certification.choices import DECISIONS, Decision
from schemas.certification.rules.assessment import Summary
from schemas.certification.rules.procedure import Procedure

TITLE = "Entscheidungsvorlage"
NO_CONCLUSION = "Der Bericht hat noch kein Fazit."
UNSIGNED = "Der Bericht ist noch nicht freigegeben: Darüber kann noch nicht entschieden werden."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided already: how (label), on which day, by whom, in which words."""

    choice: str
    on: str
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What the meeting reads of one case. ``recused`` are seats with their reason, as proposed or as decided."""

    name: str
    facts: tuple[tuple[str, str], ...]
    verdict: str
    missing: tuple[str, ...]
    steps: tuple[str, ...]
    areas: tuple[tuple[str, str, str], ...]
    conclusion: tuple[Block, ...]
    recommendations: tuple[Block, ...]
    recused: tuple[tuple[str, str], ...]
    warning: str = ""
    decided: Decided | None = None


def decision_page(
    name: str, facts: Sequence[tuple[str, str]], texts: Mapping[str, str], procedure: Procedure, told: Sequence[Told],
    *, steps: Sequence[str], recused: Sequence[tuple[str, str]], signed: bool, decided: Decided | None = None,
) -> DecisionPage:  # fmt: skip
    """Return the page of a case; ``steps`` are required ones that nobody recorded."""
    summary = summary_of(procedure, told)
    return DecisionPage(
        name=name, facts=tuple((label, value) for label, value in facts if value), verdict=verdict_text(summary),
        missing=tuple(one.criterion.name for one in told if one.unmet_must), steps=tuple(steps),
        areas=tuple((area or "Weiteres", share(own), share(review)) for area, own, review in profile(procedure, told)),
        conclusion=blocks_of(texts.get("conclusion", "") or NO_CONCLUSION),
        recommendations=blocks_of(texts.get("recommendations", "")), recused=tuple(recused),
        warning="" if signed else UNSIGNED, decided=decided,
    )  # fmt: skip


def decision_sheet_pdf(
    pages: Sequence[DecisionPage], *, network: str, subtitle: str, own: Path | None = None
) -> bytes:  # fmt: skip
    """Return the pages as one tagged PDF, each case beginning on a page of its own.

    Raises:
        DocumentError: the template is broken.
    """
    data = {
        "title": f"{TITLE} {SEAL}", "network": network, "subtitle": subtitle, "pages": [asdict(p) for p in pages],
        "choices": [choice.label for choice in DECISIONS], "footer": f"{network} · {TITLE} · {SEAL}",
    }  # fmt: skip
    return typeset("decision_sheet.typ", data, own)


def profile(procedure: Procedure, told: Sequence[Told]) -> list[tuple[str, float | None, float | None]]:
    """Return for each area the share (0 to 1) that the placement and the reviewer see met; None where nobody rated."""
    own = summary_of(procedure, [Told(one.criterion, one.own, type(one.review)()) for one in told]).areas
    review = summary_of(procedure, [Told(one.criterion, type(one.own)(), one.review) for one in told]).areas
    return [(area, share_, review[area]) for area, share_ in own.items()]


def share(value: float | None) -> str:
    """Return a share in percent, a dash where there is none.

    >>> share(0.666), share(None)
    ('67 %', '–')
    """
    return "–" if value is None else f"{round(value * 100)} %"


def verdict_text(summary: Summary) -> str:
    """Return what the ratings add up to, with how many there are."""
    return f"{VERDICTS[summary.verdict]} ({summary.answered} von {summary.total} Kriterien eingeschätzt)"


def wording(decision: Decision, name: str, year: int | None, missing: Sequence[str] = ()) -> str:
    """Return a wording to begin with; the meeting decides on its own words."""
    seal = f"das Siegel „{SEAL}“{f' {year}' if year else ''}"
    if decision == Decision.YES:
        return f"Das Netzwerk beschließt, {name} {seal} zu verleihen."
    if decision == Decision.NO:
        return f"Das Netzwerk beschließt, {name} {seal} nicht zu verleihen."
    why = f" Offen ist noch: {named(missing)}." if missing else ""
    return f"Das Netzwerk stellt die Entscheidung über {name} zurück.{why}"
