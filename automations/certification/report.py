"""The written appraisal of a case: four texts that a person writes, and what the ratings propose for them. Pure.

A proposal is a draft: it repeats what was rated and seen, and leaves the judgement to the person who signs. What was
rated by the placement alone is marked as its own word, and nothing makes up for a must-criterion that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from automations.certification.certificates import SEAL
from automations.certification.ratings import Own, Review, by_criterion, own_of, review_of
from schemas.certification.choices import RATINGS, Rating
from schemas.certification.rules.assessment import MET, Rated, Summary, Verdict, summarise
from schemas.certification.rules.procedure import Criterion, Procedure
from schemas.certification.tables import REPORT_PARTS, Assessment, Certification

PARTS = REPORT_PARTS

HEADINGS = {"description": "Beschreibung", "strengths": "Stärken", "recommendations": "Empfehlungen",
            "conclusion": "Fazit"}  # fmt: skip

LABELS: Mapping[Rating, str] = {Rating(choice.code): choice.label for choice in RATINGS}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.INCOMPLETE: "noch unvollständig",
    Verdict.MUST_MISSING: "Unverzichtbares fehlt",
    Verdict.WEAK: "mit Vorbehalt",
    Verdict.GOOD: "ohne Vorbehalt",
}

OWN_WORD = "nach eigener Angabe"


@dataclass(frozen=True, slots=True)
class Told:
    """All that was said about one criterion."""

    criterion: Criterion
    own: Own
    review: Review

    @property
    def rated(self) -> Rated:
        """Return the ratings alone, as the rules speak of them."""
        return Rated(self.criterion.code, self.own.rating, self.review.rating)

    @property
    def counts(self) -> Rating | None:
        """Return the rating that counts: the reviewer's once there is one."""
        return self.rated.counts

    @property
    def steps_apart(self) -> int | None:
        """Return how many steps the reviewer's rating lies above (below: negative) the own one; None without both."""
        own, review = self.own.rating, self.review.rating
        if own is None or review is None or Rating.UNFIT in (own, review):
            return None
        return int(review.value) - int(own.value)

    @property
    def unmet_must(self) -> bool:
        """Say whether it is indispensable and not met, or not rated."""
        return self.criterion.must and self.counts not in MET


@dataclass(frozen=True, slots=True)
class House:
    """What is known about a placement; empty where nothing is."""

    name: str
    kind: str = ""
    place: str = ""
    parent: str = ""
    coordinator: str = ""
    portrait: str = ""


def told_of(procedure: Procedure, case: int, rows: Iterable[Assessment]) -> list[Told]:
    """Return what was said about each criterion of the round, in its order."""
    known = by_criterion(procedure, case, rows)
    return [Told(c, own_of(known.get(c.code)), review_of(known.get(c.code))) for c in procedure.criteria]


def summary_of(procedure: Procedure, told: Iterable[Told]) -> Summary:
    """Return what the ratings add up to."""
    return summarise(procedure, [one.rated for one in told])


def texts_of(row: Certification) -> dict[str, str]:
    """Return the texts of a report as they stand, by part."""
    return {part: str(row.value(part) or "") for part in PARTS}


def propose(procedure: Procedure, told: Sequence[Told], house: House) -> dict[str, str]:
    """Return a draft of each part; empty where nothing was said yet."""
    summary = summary_of(procedure, told)
    return {
        "description": _description(told, house),
        "strengths": _lines(_strength(one) for one in told if one.counts == Rating.FULLY),
        "recommendations": _lines(_recommendations(told, summary)),
        "conclusion": _conclusion(told, summary, house) if summary.answered else "",
    }


def named(names: Sequence[str]) -> str:
    """Return names as a sentence lists them.

    >>> named(["A", "B", "C"]), named(["A"])
    ('A, B und C', 'A')
    """
    return " und ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def sentence(text: str) -> str:
    """Return a text on one line, ended like a sentence.

    >>> sentence("Gut  eingeführt"), sentence("Ja!"), sentence("")
    ('Gut eingeführt.', 'Ja!', '')
    """
    line = " ".join(text.split())
    return line if not line or line.endswith((".", "!", "?", "…")) else f"{line}."


def _description(told: Sequence[Told], house: House) -> str:
    about = ", ".join(part for part in (house.kind, house.place) if part)
    intro = [f"{house.name} ({about})." if about else f"{house.name}."]
    intro += [f"Träger: {sentence(house.parent)}"] if house.parent else []
    intro += [f"Freiwillige begleitet {sentence(house.coordinator)}"] if house.coordinator else []
    areas: dict[str, list[str]] = {}
    for one in told:
        if seen := _seen(one):
            areas.setdefault(one.criterion.area or "Weiteres", []).append(seen)
    parts = [" ".join(intro), sentence(house.portrait), *(f"{area}: {' '.join(seen)}" for area, seen in areas.items())]
    return "\n\n".join(part for part in parts if part)


def _seen(one: Told) -> str:
    """Return what the reviewer saw, else what the placement says, marked as its own word."""
    if one.review.comment:
        return sentence(one.review.comment)
    own = sentence(one.own.proof or one.own.comment)
    return f"{own[:-1]} ({OWN_WORD})." if own and one.review.rating is None else own


def _strength(one: Told) -> str:
    seen = _seen(one)
    if not seen:
        return one.criterion.name if one.review.rating is not None else f"{one.criterion.name} ({OWN_WORD})"
    return f"{one.criterion.name}: {seen}"


def _recommendations(told: Sequence[Told], summary: Summary) -> list[str]:
    """Return what to work on: what cannot be done without first, then what is weak, then where the two views differ."""
    found = [f"Unverzichtbar und nicht erfüllt – {_advice(one)}" for one in told if one.unmet_must and one.counts]
    found += [f"Unverzichtbar und noch nicht eingeschätzt – {one.criterion.name}."
              for one in told if one.unmet_must and not one.counts]  # fmt: skip
    found += [_advice(one) for one in told if one.criterion.code in summary.weak and not one.criterion.must]
    for one in told:
        if one.criterion.code in summary.apart and one.own.rating and one.review.rating:
            own, review = LABELS[one.own.rating], LABELS[one.review.rating]
            found.append(f"Noch einmal besprechen: {one.criterion.name} (selbst „{own}“, im Gespräch „{review}“).")
    return found


def _advice(one: Told) -> str:
    seen, sign = _seen(one), sentence(one.criterion.indicators)
    wanted = f" Woran man es erkennt: {sign}" if sign else ""
    return f"{one.criterion.name}{': ' + seen if seen else '.'}{wanted}"


def _conclusion(told: Sequence[Told], summary: Summary, house: House) -> str:
    name, seal = house.name, f"das Siegel „{SEAL}“"
    weak = [one.criterion.name for one in told if one.criterion.code in summary.weak]
    must = [one.criterion.name for one in told if one.criterion.code in summary.must_missing]
    if summary.verdict == Verdict.INCOMPLETE:
        said = f"Ein Fazit ist noch nicht möglich: {summary.answered} von {summary.total} Kriterien sind eingeschätzt."
        said += f" Unverzichtbar und offen oder nicht erfüllt: {named(must)}." if must else ""
    elif summary.verdict == Verdict.MUST_MISSING:
        said = f"{name} kann für {seal} noch nicht empfohlen werden. Unverzichtbar und nicht erfüllt: {named(must)}."
    elif summary.verdict == Verdict.WEAK:
        said = (
            f"{name} wird mit Vorbehalt für {seal} empfohlen. Weiterarbeiten sollte die Einrichtung an: {named(weak)}."
        )
    else:
        said = f"{name} wird ohne Vorbehalt für {seal} empfohlen."
    unseen = sum(one.own.rating is not None and one.review.rating is None for one in told)
    if unseen:
        said += f" Bei {unseen} von {summary.total} Kriterien zählt bisher nur die Selbsteinschätzung."
    return said


def _lines(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
