"""The questionnaire as HTML (``streamlit_app.public.sheets``): overview, a page per group of criteria, the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse

from automations.certification.ratings import Own, Typed, own_of
from schemas.certification.choices import Rating
from schemas.certification.rules.procedure import Criterion, Procedure
from schemas.certification.rules.self_assessment import Access, Part, closing_step, unanswered
from schemas.certification.tables import Assessment, Certification, StepRecord
from streamlit_app.public.sheets import Contact, Sheets
from streamlit_app.self_assessment.base import Facts
from streamlit_app.self_assessment.english import ENGLISH
from streamlit_app.self_assessment.form import COMMENT, NAME, NAME_ROOM, PROOF, ROOM, Filled, field_of
from streamlit_app.self_assessment.german import GERMAN
from streamlit_app.self_assessment.words import Words

SHEETS = Sheets(Path(__file__).parent)

END = "abschluss"
SAVED = "gespeichert"
DONE = "fertig"

_READ_ONLY = {Access.READ: "read_only", Access.RESTS: "rests"}


def words_of(code: str | None) -> Words:
    """Return the language that the address asks for; German unless it is English."""
    return ENGLISH if code == ENGLISH.code else GERMAN


@dataclass(frozen=True, slots=True)
class Seen:
    """One case as a genuine link shows it: what its round asks, what was said by criterion, what was handed in."""

    token: str
    case: Certification
    facts: Facts
    access: Access
    rows: Mapping[str, Assessment] = field(default_factory=dict)
    handed_in: StepRecord | None = None

    @property
    def answered(self) -> set[str]:
        """Return the criteria (codes) with a rating."""
        return {code for code, row in self.rows.items() if own_of(row).rating is not None}

    @property
    def next_part(self) -> Part | None:
        """Return the first page with an open criterion, None when all are answered."""
        done = self.answered
        return next((p for p in self.facts.parts if any(c.code not in done for c in p.criteria)), None)


@dataclass(frozen=True, slots=True)
class Form:
    """A page to fill in: its ticket, who fills in (``ask`` says whether to ask), what to say about it.

    ``filled`` is what was typed and could not be saved, ``theirs`` the criteria in which somebody was quicker.
    """

    ticket: str
    name: str = ""
    ask: bool = True
    filled: Filled = field(default_factory=Filled)
    alert: Sequence[str] = ()
    theirs: Collection[str] = ()


def overview_page(words: Words, seen: Seen, *, saved: bool = False) -> HTMLResponse:
    """Return where the questionnaire stands, page by page, and the way on."""
    done = seen.answered
    people = Counter(row.rated_by for row in seen.rows.values() if row.rated_by)
    listed = [
        {"number": p.number, "area": p.area or words.area, "done": len(done & _codes(p.criteria)),
         "total": len(p.criteria), "all": _codes(p.criteria) <= done}
        for p in seen.facts.parts
    ]  # fmt: skip
    following = seen.next_part
    return SHEETS.page(
        "overview.html", words, first=words.saved_title if saved else "", kept=f"{SAVED}=1" if saved else "",
        **_head(words, seen), parts=listed, saved=saved, following=following.number if following else END,
        on=words.to_end if following is None else words.go_on if done else words.start,
        people=[words.filled_many.format(name=n, count=c) for n, c in sorted(people.items())],
        handed_in=_handed_in(words, seen),
    )  # fmt: skip


def part_page(
    words: Words, seen: Seen, part: Part, form: Form, *, status: int = 200, saved: bool = False
) -> HTMLResponse:
    """Return a page of criteria to fill in."""
    pages, flaws = seen.facts.parts, form.filled.flaws
    typed = {one.criterion: one for one in form.filled.typed}
    fields = [
        _asked(words, (at, criterion), typed.get(criterion.code), seen.rows.get(criterion.code), form)
        for at, criterion in enumerate(part.criteria, start=1)
    ]
    return SHEETS.page(
        "part.html", words, status, first=words.check if form.alert or flaws else words.saved_title if saved else "",
        kept=f"{SAVED}=1" if saved else "", **{**_head(words, seen), "page": part.area or words.area}, saved=saved,
        fields=fields, number=part.number, count=len(pages), last=part.number == len(pages), end=END, form=form,
        flaws={anchor: text for field in fields for anchor, text in field["flaws"].items()}
        | _name_flaw(words, flaws),
    )  # fmt: skip


def end_page(
    words: Words, seen: Seen, form: Form | None, *, status: int = 200, done: bool = False,
    unsaved: Mapping[str, Own] | None = None, alert: Sequence[str] = (),
) -> HTMLResponse:  # fmt: skip
    """Return everything that was said, and what is missing or the way to hand it in; without a form only to read."""
    procedure, said = seen.facts.procedure, seen.answered
    missing = unanswered(procedure, said, must=True)
    optional = [c.name for c in unanswered(procedure, said) if not c.must]
    names = {c.code: c.name for c in procedure.criteria}
    notice = _READ_ONLY.get(seen.access)
    first = words.finished_title if done else words.check if alert else ""
    return SHEETS.page(
        "end.html", words, status, first=first, kept=f"{DONE}=1" if done else "",
        **{**_head(words, seen), "page": words.end_title if form else words.title}, form=form, done=done,
        alert=alert or (form.alert if form else ()), parts=[_told(words, seen, part) for part in seen.facts.parts],
        missing=[(c.name, _page_of(seen, c)) for c in missing],
        optional=words.may_stay_open.format(names=", ".join(optional)) if optional and form and not missing else "",
        notice=getattr(words, notice) if notice else "", notice_how=getattr(words, f"{notice}_how") if notice else "",
        handed_in=_handed_in(words, seen), closes=closing_step(procedure) is not None,
        unsaved=[(names.get(code, code), _lines(words, own)) for code, own in (unsaved or {}).items()],
        flaws=_name_flaw(words, form.filled.flaws) if form else {},
    )  # fmt: skip


def trouble_page(words: Words, facts: Facts | None, part: Part, form: Form) -> HTMLResponse:
    """Return a page that keeps what was typed while the base is away."""
    known = facts or Facts("", Procedure((), part.criteria), (part,), "", Contact())
    seen = Seen("", Certification(), known, Access.OPEN)
    return part_page(words, seen, part, form, status=503)


def _head(words: Words, seen: Seen) -> dict[str, Any]:
    total, done = len(seen.facts.procedure.criteria), len(seen.answered)
    name = seen.case.name or ""
    return {
        "title": f"{words.title}: {name}" if name else words.title, "page": words.title, "placement": name,
        "round": seen.facts.name, "host": seen.facts.host, "contact": seen.facts.contact, "answered": done,
        "token": seen.token, "total": total, "progress": words.answered.format(done=done, total=total),
        "any_must": any(c.must for c in seen.facts.procedure.criteria),
    }  # fmt: skip


def _asked(
    words: Words, place: tuple[int, Criterion], typed: Typed | None, row: Assessment | None, form: Form
) -> dict[str, Any]:
    """Return one criterion as the form asks it; what was typed before what stands."""
    at, criterion = place
    stands, code = own_of(row), criterion.code
    now, shown = (typed.now, typed.seen) if typed else (stands, stands)
    flawed = {
        f"{letter}-{at}": words.flaws[form.filled.flaws[name]].format(room=ROOM)
        for letter, name in ((PROOF, field_of(PROOF, code)), (COMMENT, field_of(COMMENT, code)))
        if name in form.filled.flaws
    }
    quicker = code in form.theirs
    return {
        "at": at, "criterion": criterion, "now": now, "seen": shown, "flaws": flawed,
        "ratings": [(rating.value, words.ratings[rating]) for rating in Rating],
        "last": "" if quicker else _by(words, row), "theirs": _theirs(words, row) if quicker else None,
    }  # fmt: skip


def _theirs(words: Words, row: Assessment | None) -> dict[str, Any]:
    by = row.rated_by if row is not None else None
    told = words.meanwhile.format(name=by, when=words.moment(row.rated_at)) if row and by else words.meanwhile_nobody
    return {"told": told, "lines": _lines(words, own_of(row), whole=True)}


def _lines(words: Words, own: Own, *, whole: bool = False) -> list[tuple[str, str]]:
    """Return what was said of one criterion, line by line; with ``whole`` also what is empty."""
    lines = [("", words.rating(own.rating)), (words.proof, own.proof), (words.comment, own.comment)]
    return [(label, text or words.nothing_said) for label, text in lines if text or whole]


def _told(words: Words, seen: Seen, part: Part) -> dict[str, Any]:
    said = []
    for criterion in part.criteria:
        row = seen.rows.get(criterion.code)
        own = own_of(row)
        said.append({
            "criterion": criterion, "open": own.rating is None, "rating": words.rating(own.rating),
            "lines": _lines(words, own)[1:], "last": _by(words, row),
        })  # fmt: skip
    area = part.area or words.area
    return {"number": part.number, "area": area, "said": said, "change": words.change.format(area=area)}


def _by(words: Words, row: Assessment | None) -> str:
    if row is None or not row.rated_by:
        return ""
    return words.last_by.format(name=row.rated_by, when=words.moment(row.rated_at))


def _handed_in(words: Words, seen: Seen) -> str:
    record = seen.handed_in
    if record is None:
        return ""
    by = words.finished_by.format(name=record.done_by) if record.done_by else ""
    day = f"{record.done_on:%d.%m.%Y}" if record.done_on else ""
    return words.finished.format(day=day, by=by)


def _name_flaw(words: Words, flaws: Mapping[str, Any]) -> dict[str, str]:
    return {NAME: words.flaws[flaws[NAME]].format(room=NAME_ROOM)} if NAME in flaws else {}


def _codes(criteria: Iterable[Criterion]) -> set[str]:
    return {criterion.code for criterion in criteria}


def _page_of(seen: Seen, criterion: Criterion) -> int:
    return next((p.number for p in seen.facts.parts if criterion in p.criteria), 1)
