"""What tests of the questionnaire share: a house over tables in memory or a real base, with clocks that tests turn.

In memory the modules that write open our tables instead of the server's; the contract test runs the same on NocoDB.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from guest_pages import NOW, SECRET, Answered, MemoryStore, ask, run
from starlette.applications import Starlette

from automations.certification import cases, ratings
from automations.certification.form_links import PATH, FormSigner
from automations.row_links import new_mark
from schemas.base import BASE
from schemas.certification.choices import Phase
from schemas.certification.rules.procedure import DEFAULT, Procedure
from schemas.certification.tables import Assessment, Certification, CertificationRound, StepRecord
from schemas.errors import Unavailable
from schemas.model import Record
from streamlit_app.public.limits import Limits
from streamlit_app.self_assessment.base import NEEDED, NICE, FormBase, Opened
from streamlit_app.self_assessment.routes import READS_PER_MINUTE, SAVES_PER_HOUR, SelfAssessment
from sync.journal import Journal

CODES = (*NEEDED, *NICE, "journal")
PEER = "203.0.113.5"

_INPUT = re.compile(r"<(input)\b([^>]*)>()|<(textarea)\b([^>]*)>\n?(.*?)</textarea>", re.S)
_NAME = re.compile(r'\bname="([^"]*)"')
_VALUE = re.compile(r'\bvalue="([^"]*)"')


def memory() -> dict[str, Any]:
    """Return empty tables in memory."""
    return {code: MemoryStore(BASE.record(code)) for code in CODES}


def open_in_memory(monkeypatch: pytest.MonkeyPatch, stores: Mapping[str, Any]) -> None:
    """Let what writes ratings and moves write into these tables; there is no lease in memory."""

    def opened(client: object, base: object, record: type[Record]) -> Any:
        return stores[record.table().code]

    @contextmanager
    def desk(client: object, base: object, task: str, now: Any) -> Iterator[Any]:
        lease = SimpleNamespace(ensure=lambda: None)
        yield SimpleNamespace(
            lease=lease, stores=stores, told="", journal=Journal(stores["journal"], run="lauf", cause=task, now=now)
        )

    for module in (cases, ratings):
        monkeypatch.setattr(module, "TableStore", opened)
        monkeypatch.setattr(module, "open_desk", desk)
    for code in ("assessment", "journal", "step_record", "certification"):
        store = stores[code]
        store.table_url = lambda: "https://nocodb.invalid/t"
        store.row_url = lambda row: f"https://nocodb.invalid/t?rowId={row}"


@dataclass
class FormHouse:
    """The questionnaire over some tables."""

    stores: Mapping[str, Any]
    connection: Any = field(default_factory=lambda: SimpleNamespace(client=None, base=SimpleNamespace(id="pbase")))
    now: dt.datetime = NOW
    seconds: float = 0.0
    down: bool = False
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin a new process, which remembers nothing."""
        base = FormBase(self._open, lambda: self.seconds, "Netzwerk Beispielstadt")
        limits = Limits(
            lambda: self.seconds, answers_per_hour=SAVES_PER_HOUR, reads_per_minute=READS_PER_MINUTE
        )  # fmt: skip
        pages = SelfAssessment(base, secret=SECRET, clock=lambda: self.now, limits=limits)
        self.app = Starlette(routes=pages.routes())

    def _open(self) -> Opened:
        if self.down:
            raise Unavailable("NocoDB ist nicht erreichbar.")
        return Opened(self.connection, self.stores)

    def later(self, **span: float) -> None:
        """Turn both clocks on."""
        self.now += dt.timedelta(**span)
        self.seconds += dt.timedelta(**span).total_seconds()

    def case(self, procedure: Procedure = DEFAULT, **cells: Any) -> int:
        """Make a placement in a round of its own, and return its row."""
        (round_,) = self.stores["certification_round"].create([
            CertificationRound(name="Runde 2027", year=2027, state="laeuft", procedure=procedure.as_text(),
                               ident=f"t:{new_mark()}")
        ])  # fmt: skip
        made = Certification(**{
            "name": "Kita Sonnenschein", "round": round_, "phase": Phase.TEAM, "mark": new_mark(),
            "ident": f"t:{new_mark()}", **cells,
        })  # fmt: skip
        (row,) = self.stores["certification"].create([made])
        return int(row)

    def link(self, case: int) -> str:
        """Return the path of a questionnaire."""
        mark = self.stores["certification"].get(case).mark
        return f"{PATH}{FormSigner(SECRET, self.connection.base.id).token(case, mark)}"

    def stands(self, case: int) -> Certification:
        found: Certification = self.stores["certification"].get(case)
        return found

    def said(self, case: int) -> dict[str, Assessment]:
        """Return the rows of a case by criterion."""
        store = self.stores["assessment"]
        return {r.criterion_code or "": r for r in store.pull(where=store.condition("certification", case))}

    def records(self, case: int) -> list[StepRecord]:
        store = self.stores["step_record"]
        return list(store.pull(where=store.condition("certification", case)))

    def rows(self, *cases: int) -> list[Any]:
        """Return all that stands about these cases."""
        return [(self.stands(case), self.said(case), self.records(case)) for case in cases]

    # --- asking -----------------------------------------------------------------------------------------------------

    def get(self, path: str, **options: Any) -> Answered:
        return run(ask(self.app, options.pop("method", "GET"), path, **options))

    def post(self, path: str, form: Mapping[str, str], **options: Any) -> Answered:
        return run(ask(self.app, "POST", path, body=urlencode(form).encode(), **options))

    def fill(
        self, path: str, by: str = "Anna Müller", *, form: Mapping[str, str] | None = None, **said: Any
    ) -> Answered:
        """Fill in a page, or ``form``: ``criterion=rating`` or ``criterion=(rating, proof, comment)``."""
        fields = dict(form if form is not None else filled_in(self.get(path)))
        fields["name"] = by
        for criterion, value in said.items():
            told: Sequence[str] = (value,) if isinstance(value, str) else value
            for letter, text in zip("wbk", told, strict=False):
                fields[f"{letter}:{criterion}"] = text
        return self.post(path, fields)

    def fill_all(self, case: int, rating: str = "2") -> None:
        """Answer every criterion of the shipped procedure."""
        path = self.link(case)
        for number, codes in ((1, PARTS[1]), (2, PARTS[2]), (3, PARTS[3])):
            done = self.fill(f"{path}/{number}", **dict.fromkeys(codes, rating))
            assert done.status == 303, done.text


PARTS = {
    1: ("ansprechperson", "einarbeitung"),
    2: ("aufgaben", "versicherung", "auslagen"),
    3: ("mitsprache", "anerkennung", "vielfalt"),
}
"""The criteria of the shipped procedure by page."""


def filled_in(page: Answered) -> dict[str, str]:
    """Return the fields of a form as a browser would send them back untouched."""
    found: dict[str, str] = {}
    for parts in _INPUT.findall(page.text):
        kind, attributes, text = parts[:3] if parts[0] else parts[3:]
        name, value = _NAME.search(attributes), _VALUE.search(attributes)
        if name is None or ('type="radio"' in attributes and " checked" not in attributes):
            continue
        found[html.unescape(name[1])] = html.unescape(text if kind == "textarea" else value[1] if value else "")
    assert "formular" in found, page.text
    return found
