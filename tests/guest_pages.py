"""What tests of the answer pages share: tables in memory, a house with a clock, and a caller without a network.

``MemoryStore`` stands in for ``TableStore``; the contract class in ``contract/test_answer_pages_contract.py`` runs the
same tests against both, which is what allows the other tests to use it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from automations.events.tokens import Signer, new_mark
from schemas.base import BASE
from schemas.errors import RowGone, Unavailable
from schemas.events.choices import Answer, EventState, InvitationState
from schemas.events.tables import Event, Invitation
from schemas.model import Record, Value
from streamlit_app.public.limits import Limits
from streamlit_app.rsvp.base import Base, Opened
from streamlit_app.rsvp.routes import AnswerPages
from sync.nocodb.store import Swapped

SECRET = "a secret of this test"
NOW = dt.datetime(2026, 9, 1, 10, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 10, 8, 16, 0, tzinfo=dt.UTC)
CODES = ("event", "invitation", "reply", "guest_group", "person", "body", "office", "organisation")


class MemoryStore:
    """A table in memory with the manners of ``TableStore``: raw cells are kept, so that what comes back was coded."""

    def __init__(self, record: type[Record]) -> None:
        self._record = record
        self._rows: dict[int, dict[str, object]] = {}
        self._ids = itertools.count(1)
        self.trouble: Callable[[str], None] = lambda what: None
        self.asked: list[str] = []

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        self.trouble(what)

    def get(self, row_id: int) -> Any:
        self._ask("get")
        row = self._rows.get(row_id)
        return None if row is None else self._record.decode({**row, "id": row_id})

    def pull(self, columns: object = None, *, where: tuple[str, object] | None = None) -> Iterator[Any]:
        self._ask("pull")
        for row_id, row in list(self._rows.items()):
            if where is None or row[where[0]] == where[1] or (isinstance(where[1], set) and row[where[0]] in where[1]):
                yield self._record.decode({**row, "id": row_id})

    def condition(self, code: str, value: Value) -> tuple[str, object]:
        return code, self._record.table().columns[code].encode(value)

    def among(self, code: str, values: Sequence[int]) -> tuple[str, object]:
        return code, set(values)

    def find_idents(self, idents: Sequence[str]) -> dict[str, int]:
        self._ask("find_idents")
        stand = {str(row["ident"]): row_id for row_id, row in reversed(self._rows.items())}
        return {ident: stand[ident] for ident in idents if ident in stand}

    def create(self, new: Sequence[Record]) -> list[int]:
        self._ask("create")
        made = [next(self._ids) for _ in new]
        self._rows |= {row_id: record.encode() for row_id, record in zip(made, new, strict=True)}
        return made

    def swap(self, row_id: int, expected: Mapping[str, Value], changes: Mapping[str, Value]) -> Swapped:
        self._ask("swap")
        columns = self._record.table().columns
        row = self._rows.get(row_id)
        if row is None:
            raise RowGone("Die Zeile gibt es nicht mehr.")
        applied = all((row[c] or None) == (columns[c].encode(v) or None) for c, v in expected.items())
        if applied:
            row |= {c: columns[c].encode(v) for c, v in changes.items()}
        return Swapped(applied, {c: columns[c].decode(row[c]) for c in (*expected, *changes)})

    def swap_many(self, rows: Sequence[int], expected: Mapping[str, Value], changes: Mapping[str, Value]) -> list[int]:
        return [row for row in rows if row in self._rows and self.swap(row, expected, changes).applied]

    def claim(self, row_id: int, column: str, name: str) -> bool:
        return self.swap(row_id, {column: None}, {column: name}).applied


def memory() -> dict[str, Any]:
    """Return empty tables in memory."""
    return {code: MemoryStore(BASE.record(code)) for code in CODES}


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def plain(self) -> str:
        """Return the page without what differs between two copies of it."""
        return re.sub(r'(nonce=|name="formular" value=)"[^"]+"', "", self.text)

    def ticket(self) -> str:
        found = re.search(r'name="formular" value="([^"]+)"', self.text)
        assert found, self.text
        return found[1]


@dataclass
class House:
    """The answer pages over some tables, with clocks that tests turn."""

    stores: Mapping[str, Any]
    base_id: str = "pbase"
    now: dt.datetime = NOW
    seconds: float = 0.0
    behind_proxy: bool = False
    opened: int = 0
    down: bool = False
    events: list[int] = field(default_factory=list)
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        base = Base(self._open, lambda: self.seconds, "Netzwerk Beispielstadt")
        pages = AnswerPages(
            base, secret=SECRET, clock=lambda: self.now, limits=Limits(lambda: self.seconds),
            behind_proxy=self.behind_proxy,
        )  # fmt: skip
        self.app = Starlette(routes=pages.routes())

    def _open(self) -> Opened:
        self.opened += 1
        if self.down:
            raise Unavailable("NocoDB ist nicht erreichbar.")
        return Opened(self.base_id, self.stores, self.stores)

    def later(self, **span: float) -> None:
        """Turn both clocks on."""
        self.now += dt.timedelta(**span)
        self.seconds += dt.timedelta(**span).total_seconds()

    # --- people and events ------------------------------------------------------------------------------------------

    def event(self, **cells: Any) -> int:
        made = Event(**{
            "name": "Verleihung der FreiwilligenPässe", "state": EventState.OPEN, "starts_at": START,
            "ends_at": START + dt.timedelta(hours=2), "doors_at": START - dt.timedelta(minutes=30),
            "venue": "Gesellschaftshaus, Gartensaal", "street": "Schönebecker Straße 129", "postcode": "39104",
            "city": "Beispielstadt", "companions_max": 2, "answer_by": dt.date(2026, 9, 24),
            "programme": "18:00 Begrüßung\n18:15 Würdigungen\n19:30 Empfang", "reply_to": "antwort@example.org",
            "ident": f"t:{new_mark()}", **cells,
        })  # fmt: skip
        self.events += self.stores["event"].create([made])
        return self.events[-1]

    def guest(self, event: int, name: str = "Vera Beispiel", **cells: Any) -> int:
        made = Invitation(**{
            "name": name, "event": event, "state": InvitationState.INVITED, "answer": Answer.OPEN, "mark": new_mark(),
            "ident": f"t:{new_mark()}", **cells,
        })  # fmt: skip
        return self.stores["invitation"].create([made])[0]

    def link(self, invitation: int) -> str:
        """Return the path of a guest's page."""
        mark = self.stores["invitation"].get(invitation).mark
        return f"/a/{Signer(SECRET, self.base_id).token(invitation, mark)}"

    def rows(self) -> dict[str, list[Record]]:
        """Return all that stands in the base about the events of this house."""
        found: dict[str, list[Record]] = {"event": [self.stores["event"].get(event) for event in self.events]}
        for code in ("invitation", "reply"):
            store = self.stores[code]
            found[code] = [r for e in self.events for r in store.pull(where=store.condition("event", e))]
        return found

    # --- asking -----------------------------------------------------------------------------------------------------

    def get(self, path: str, method: str = "GET", **options: Any) -> Answered:
        return run(ask(self.app, method, path, **options))

    def post(self, path: str, form: Mapping[str, str], **options: Any) -> Answered:
        return run(ask(self.app, "POST", path, body=urlencode(form).encode(), **options))

    def answer(self, path: str, said: Answer, query: str = "", **more: str) -> Answered:
        """Open the page, fill in the form as it stands there, send it."""
        form = {"formular": self.get(path).ticket(), "antwort": said, **more}
        return self.post(path + query, form)


def run(asked: Coroutine[Any, Any, Answered]) -> Answered:
    """Wait for an answer, in a thread of its own: a browser that is driven has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


async def ask(
    app: Any, method: str, path: str, *, body: bytes = b"", peer: str = "203.0.113.5", **headers: str
) -> Answered:
    """Send one request to an app as a server would; ``peer`` is the address it comes from."""
    path, _, query = path.partition("?")
    told = {"content-length": str(len(body))} if body else {}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "https",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(n.encode(), v.encode()) for n, v in told.items()], "client": (peer, 40000),
        "server": ("antwort.example.org", 443),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    head = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return Answered(sent[0]["status"], head, b"".join(m.get("body", b"") for m in sent[1:]).decode())
