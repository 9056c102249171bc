"""The page Laufbuch: what ran, what came of it, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import made_up
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from automations.runner import JOBS
from streamlit_app import data
from streamlit_app.door.cookie import Session
from streamlit_app.frames.runs import last_slots
from streamlit_app.ui import run_texts as words
from sync.nocodb.accounts import Role
from sync.undo import UndoReport

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


def at_(minutes: int) -> str:
    return (NOW - dt.timedelta(minutes=minutes)).isoformat()


def line(row: int, name: str, minutes: int, ident: str, report: str, state: str = "fertig") -> dict[str, object]:
    return {"id": row, "name": name, "state": state, "started_at": at_(minutes), "finished_at": at_(minutes - 1),
            "report": report, "ident": ident}  # fmt: skip


@pytest.fixture
def book(data_dir: Path) -> Path:
    """Two runs that wrote (one is taken back), one that failed, what a job said of its run, and rows of the machine."""
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [{"id": 1, "name": "Verein"}],
            "job_run": [
                line(1, "Kontakte aus dem Postfach", 30, "run:r1", "Lauf r1\n3 Kontakte eingetragen"),
                line(2, "Kontakte aus dem Postfach", 30, f"slot:mailbox:{at_(31)}", "3 Kontakte eingetragen"),
                line(3, "Treffen aus Kalendern", 20, f"slot:calendars:{at_(20)}", "Kalender weg", "fehlgeschlagen"),
                line(4, "Übergabe: Rita an Paul", 10, "run:r2", "Lauf r2\n5 Einträge übergeben"),
                {"id": 5, "name": "Sperre", "ident": "lease:writer"},
                {"id": 6, "name": "Postfach", "ident": "job:mailbox", "slot": at_(31)},
            ],
            "journal": [
                {"id": 1, "run": "r1", "undone": False}, {"id": 2, "run": "r1", "undone": False},
                {"id": 3, "run": "r2", "undone": True},
            ],
        },
        NOW,
    )  # fmt: skip
    return data_dir


def text_of(at: AppTest) -> str:
    kinds = ("markdown", "caption", "text", "info", "success", "warning", "error")
    return "\n".join(str(e.value) for kind in kinds for e in at.get(kind))


def test_each_run_is_told_once_newest_first_and_no_machine_rows(book: Path) -> None:
    picture = data.picture()
    found = picture.runs()
    assert [(r.row, r.failed, r.writes) for r in found] == [(4, False, 0), (3, True, 0), (1, False, 2)]
    assert found[2].report == "3 Kontakte eingetragen"
    assert last_slots(picture.table("job_run")) == {"mailbox": NOW - dt.timedelta(minutes=31)}


def test_the_page_shows_every_job_and_the_runs_that_were_asked_for(
    book: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    at = open_page("laufbuch")
    jobs, runs = (frame.value for frame in at.dataframe)
    assert list(jobs["Aufgabe"]) == [job.name for job in JOBS]
    assert dict(zip(jobs["Aufgabe"], jobs["Ergebnis"], strict=True))["Treffen aus Kalendern"] == words.FAILED
    assert len(runs) == 3
    at.session_state["laufbuch_zeigen"] = "fehler"
    at.run()
    assert list(at.dataframe[1].value["Was"]) == ["Treffen aus Kalendern"]


def test_who_may_write_takes_a_run_back_and_a_viewer_is_not_offered_it(
    book: Path, open_page: OpenPage, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(Role.VIEWER)
    at = open_page("laufbuch", lauf="1")
    assert "2 Einträge im Journal" in text_of(at)
    assert not [b for b in at.button if (b.key or "").startswith("laufbuch_zurueck")]

    asked: list[object] = []
    sign_in(Role.EDITOR)

    def undo(client: object, base: object, *, run: str, now: object, on_progress: object) -> UndoReport:
        asked.append(run)
        return UndoReport(removed=3)

    class Opened:
        client = base = None

    monkeypatch.setattr("streamlit_app.signed.connect", lambda session, picture: Opened)
    monkeypatch.setattr("sync.undo.undo", undo)
    at = open_page("laufbuch", lauf="1")
    at.button(key="laufbuch_zurueck_1").click().run()
    assert asked == ["r1"]
    assert "3 wieder entfernt" in text_of(at)


def test_a_run_that_was_taken_back_says_so(book: Path, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(Role.EDITOR)
    at = open_page("laufbuch", lauf="4")
    assert words.UNDONE in text_of(at)
    assert not [b for b in at.button if (b.key or "").startswith("laufbuch_zurueck")]


def test_a_base_in_which_nothing_ran_yet_says_what_will_come(
    data_dir: Path, open_page: OpenPage, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    made_up.write(data_dir / "mirror", {}, NOW)
    assert words.NOTHING in text_of(open_page("laufbuch"))
