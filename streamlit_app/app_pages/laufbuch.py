"""Laufbuch: what runs by itself and when, what came of it, and a way back for what a run wrote."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from automations.runner import JOBS
from automations.timetable import next_slot
from schemas.errors import KontaktnetzError
from schemas.time_zone import BERLIN
from streamlit_app import context, data, identity
from streamlit_app.door.cookie import Session
from streamlit_app.frames import runs
from streamlit_app.frames.runs import Run
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats, frame, problems, texts
from streamlit_app.ui import run_texts as words
from sync.undo import undo

MOST = 200
"""Runs that are shown; more are of no use on a screen."""

SILENT = dt.timedelta(days=1)
"""After so long without any run something is wrong: several jobs are due every few minutes."""


def jobs(picture: data.Picture, found: list[Run]) -> None:
    """Show when each job ran, runs next, and what came of it."""
    done = runs.last_slots(picture.table("job_run"))
    newest: dict[str, Run] = {}
    for run in found:
        newest.setdefault(run.name, run)
    now = context.now()
    rows = []
    for job in JOBS:
        last = done.get(job.code)
        outcome = newest.get(job.name)
        told = "" if outcome is None else words.FAILED if outcome.failed else words.WELL
        rows.append((job.name, job.rule.describe(), words.HERE if job.local else _shown(last) or words.NEVER,
                     _shown(next_slot(job.rule, now)), told))  # fmt: skip
    if done and max(done.values()) < now - SILENT:
        st.warning(words.NOT_RUNNING, icon=":material/warning:")
    st.subheader(words.JOBS, anchor=False)
    st.dataframe(pd.DataFrame(rows, columns=words.JOB_COLUMNS), hide_index=True, alt=words.JOBS, placeholder="")


def choose(found: list[Run]) -> Run | None:
    """Show the runs, and return the one that is to be looked at."""
    st.subheader(words.RUNS, anchor=False)
    shown = st.segmented_control(
        words.SHOW, list(words.SHOWN), default="alle", key="laufbuch_zeigen", label_visibility="collapsed",
        format_func=lambda code: words.SHOWN[code],
    )  # fmt: skip
    wanted = [r for r in found if (shown != "fehler" or r.failed) and (shown != "geschrieben" or r.writes)]
    if not wanted:
        st.caption(words.NOTHING_SUCH)
        return None
    head = wanted[:MOST]
    table = [
        (
            _shown(r.started),
            r.name,
            words.FAILED if r.failed else words.WELL,
            " ".join(r.report.split()),
            r.writes or None,
        )
        for r in head
    ]
    st.dataframe(pd.DataFrame(table, columns=words.RUN_COLUMNS), hide_index=True, alt=words.RUNS,
                 height=min(38 * (len(head) + 1), 420), placeholder="")  # fmt: skip
    if len(wanted) > MOST:
        st.caption(words.MORE.format(shown=MOST, total=formats.number(len(wanted))))
    asked = st.query_params.get("lauf", "")
    start = next((at for at, run in enumerate(head) if str(run.row) == asked), None)
    return st.selectbox(
        words.CHOOSE, head, index=start, key="laufbuch_lauf", placeholder=words.CHOOSE_HINT,
        format_func=lambda run: f"{_shown(run.started)} {run.name}",
    )  # fmt: skip


def show(picture: data.Picture, session: Session, run: Run) -> None:
    """Show one run with its report, and the way back for who may write."""
    with st.container(border=True):
        st.markdown(f"**{formats.plain(run.name)}**, {_shown(run.started)}")
        if run.started and run.finished:
            st.caption(
                words.DURATION.format(seconds=formats.number(round((run.finished - run.started).total_seconds())))
            )
        st.text(run.report or words.WELL)
        if run.key and runs.is_undone(picture.table("journal"), run.key):
            st.info(words.UNDONE, icon=":material/undo:")
        elif run.writes:
            st.markdown(words.WROTE.format(count=formats.number(run.writes)))
            if not session.role.may_write:
                return
            with st.popover(words.UNDO, icon=":material/undo:"):
                st.markdown(words.ASK)
                if st.button(words.SURE, type="primary", key=f"laufbuch_zurueck_{run.row}"):
                    take_back(picture, session, run)


def take_back(picture: data.Picture, session: Session, run: Run) -> None:
    """Undo a run by its journal, with progress."""
    bar = st.progress(0.0, text=words.RUNS_BACK)
    try:
        opened = connect(session, picture)
        report = undo(
            opened.client, opened.base, run=run.key, now=context.now,
            on_progress=lambda what, done, total: bar.progress(done / max(total, 1), text=words.RUNS_BACK),
        )  # fmt: skip
    except KontaktnetzError as failed:
        st.session_state["laufbuch_problem"] = problems.told(failed)
    else:
        st.session_state["laufbuch_gesagt"] = report.describe()
        refresh()
    st.rerun()


def main() -> None:
    picture = data.picture()
    frame.header(texts.PAGE_RUNS, picture)
    session = identity.current()
    if session is None:
        return
    if picture.manifest is None:
        frame.empty(picture)
        return
    st.markdown(words.ADVICE)
    if problem := st.session_state.pop("laufbuch_problem", None):
        st.error(problem, icon=":material/error:")
    if told := st.session_state.pop("laufbuch_gesagt", None):
        st.success(told, icon=":material/check_circle:")
    found = picture.runs()
    jobs(picture, found)
    if not found:
        st.caption(words.NOTHING)
        return
    if chosen := choose(found):
        show(picture, session, chosen)
    if url := picture.row_url("job_run", found[0].row):
        st.link_button(words.IN_NOCODB, url.split("?")[0], icon=":material/open_in_new:", type="tertiary")


def _shown(moment: dt.datetime | None) -> str:
    return moment.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M") if moment else ""


main()
