"""What the tab *Verleihung* writes: the order of appearance, numbers, the seals themselves; each with a way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from automations.certification.awarding import Awarded, Awarding, Handing, give_numbers
from schemas.certification.tables import Certification, CertificationRound
from streamlit_app import context
from streamlit_app.changing import Changer
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.awarding import Guest, new_places
from streamlit_app.frames.cells import number
from streamlit_app.signed import connect, refresh
from streamlit_app.ui import formats
from streamlit_app.ui.certification import awarding_texts as words
from streamlit_app.ui.certification import desk, nod
from sync.undo import undo

_FORM = "verl_auftritte"


def order(picture: Picture, session: Session, round_: CertificationRound, guests: Sequence[Guest]) -> None:
    """Show who appears when; staff type the places."""
    st.subheader(words.ORDER, anchor=False)
    shown = pd.DataFrame({
        words.PLACE: pd.array([one.row.handover_order for one in guests], dtype="Int64"),
        words.NAME: [one.row.name or "" for one in guests],
        words.RECEIVES: [one.standing.coordinator for one in guests],
        words.NUMBER: [one.row.seal_number or "" for one in guests],
        words.STATE: [_state(one) for one in guests],
    })  # fmt: skip
    height = min(36 * (len(shown) + 1) + 4, 420)
    if not session.role.may_write:
        st.dataframe(shown, hide_index=True, height=height, alt=words.ORDER, key="verl_reihe", placeholder="")
        return
    st.caption(words.ORDER_TEXT)
    nod.show("reihe")
    rows = [one.row for one in guests]
    with st.form(f"{_FORM}_{round_.id}", border=False):
        typed = st.data_editor(
            shown, hide_index=True, height=height, num_rows="fixed", placeholder="", alt=words.ORDER,
            key=f"verl_reihe_{hash(tuple((row.id, row.handover_order) for row in rows))}",
            disabled=[words.NAME, words.RECEIVES, words.NUMBER, words.STATE],
            column_config={words.PLACE: st.column_config.NumberColumn(min_value=1, step=1, width="small")},
        )  # fmt: skip
        if st.form_submit_button(words.SAVE_ORDER, icon=":material/save:", key="verl_reihe_sichern"):
            places = {row.id or 0: number(at) for row, at in zip(rows, typed[words.PLACE], strict=True)}
            _save(picture, session, round_, rows, new_places(rows, places))
            st.rerun()


def numbers(picture: Picture, session: Session, round_: CertificationRound, year: int, guests: Sequence[Guest]) -> None:
    """Offer numbers for those who have none."""
    nod.show("nummern")
    wanting = [one.row.id or 0 for one in guests if one.wants_number]
    if wanting and st.button(
        words.NUMBERS.format(count=formats.number(len(wanting))), key="verl_nummern", type="primary",
        icon=":material/tag:", help=words.NUMBERS_HELP.format(year=year),
    ):  # fmt: skip
        with st.spinner(words.NUMBERS_RUN):
            nod.do("nummern", ("runde", round_.id or 0), lambda: _give(picture, session, round_, year, wanting))
        st.rerun()


def award(
    picture: Picture, session: Session, round_: CertificationRound, guests: Sequence[Guest], day: dt.date | None
) -> None:
    """Offer to award the seal to one or all."""
    if not session.role.may_write or round_.year is None:
        return
    st.subheader(words.AWARD, anchor=False)
    nod.show("verleihen")
    ready = {one.row.id or 0: one.row for one in guests if one.ready}
    if not ready:
        st.markdown(f"{words.ALL_DONE} {words.TO_SEALS}" if all(one.awarded for one in guests) else words.NOBODY_READY)
        return
    if day is None:
        st.caption(words.LACK[words.GRAVE[0]])
        return
    early = picture.today < day
    if early:
        st.info(words.AWARD_EARLY.format(day=formats.date(day)), icon=":material/schedule:")
    st.markdown(words.AWARD_TEXT.format(year=round_.year, day=formats.date(day)))
    picked = st.multiselect(
        words.AWARD_WHOM, list(ready), key=f"verl_wer_{round_.id}", placeholder=words.AWARD_WHOM_HINT,
        format_func=lambda row: formats.shortened(ready[row].name or str(row)),
    )  # fmt: skip
    rows = [row for row in ready if row in picked] if picked else list(ready)
    sure = not early or st.checkbox(words.AWARD_EARLY_SURE.format(day=formats.date(day)),
                                    key=f"verl_frueh_{round_.id}_{day}")  # fmt: skip
    if st.button(words.AWARD_DO.format(count=formats.number(len(rows))), key="verl_verleihen",
                 type="secondary" if early else "primary", icon=":material/verified:", disabled=not sure):  # fmt: skip
        handing = Handing(round_.year, day, session.name)
        with st.container(key="verl_balken"):
            nod.do("verleihen", ("runde", round_.id or 0), lambda: _award(picture, session, round_, rows, handing))
        st.rerun()


def _state(one: Guest) -> str:
    if not one.awarded:
        return words.WAITS
    return words.HAS.format(day=formats.date(one.row.awarded_on)) if one.row.awarded_on else words.AWARD


def _save(
    picture: Picture, session: Session, round_: CertificationRound, rows: Sequence[Certification],
    places: Mapping[int, int | None],
) -> None:  # fmt: skip
    place = ("runde", round_.id or 0)
    stands = {row.id or 0: row.handover_order for row in rows}
    before = {row: stands[row] for row in places}

    def work() -> desk.Outcome:
        missed = _write(picture, session, before, places)
        said = words.ORDER_SAVED + (f" {words.ORDER_BUSY.format(count=missed)}" if missed else "")
        return desk.Outcome(place, said, back=back)

    def back(here: Picture, who: Session) -> None:
        _write(here, who, places, before)

    if places:
        nod.do("reihe", place, work)


def _write(
    picture: Picture, session: Session, before: Mapping[int, int | None], after: Mapping[int, int | None]
) -> int:
    """Write places where nobody was quicker, and return how many somebody was quicker with."""
    assert picture.manifest is not None  # noqa: S101 - the page only shows itself with one
    changer = Changer(context.get().settings, picture.manifest, session.token, "certification")
    return sum(
        not changer.change(row, {"handover_order": before[row]}, {"handover_order": after[row]}, context.now())
        for row in after
    )


def _give(
    picture: Picture, session: Session, round_: CertificationRound, year: int, rows: Sequence[int]
) -> desk.Outcome:
    opened = connect(session, picture)
    done = give_numbers(opened, rows, year, context.now)
    desk.lay_over(opened, "certification", rows)
    refresh()
    place = ("runde", round_.id or 0)
    if not done.given:
        return desk.Outcome(place, words.NUMBERED_NONE)
    given = list(done.given.values())
    told = f"{given[0]} – {given[-1]}" if len(given) > 1 else given[0]
    said = words.NUMBERED if len(given) > 1 else words.NUMBERED_ONE
    return desk.Outcome(place, said.format(count=formats.number(len(given)), numbers=told),
                        back=desk.back_by_run(done.run, "certification", rows))  # fmt: skip


def _award(
    picture: Picture, session: Session, round_: CertificationRound, rows: Sequence[int], handing: Handing
) -> desk.Outcome:
    opened = connect(session, picture)
    total = len(rows)
    bar = st.progress(0.0, words.AWARD_RUN.format(done=0, count=total))

    def tell(done: int) -> None:
        bar.progress(done / total, words.AWARD_RUN.format(done=done, count=total))

    done = Awarding(opened, round_, handing, context.now).award(rows, tell)
    for row in rows:
        desk.catch_up(opened, picture, row)
    refresh()
    place = ("runde", round_.id or 0)
    said = _said(picture, done, handing)
    if done.rows and handing.day > picture.today:
        said += f" {words.AWARDED_EARLY.format(day=formats.date(handing.day))}"
    bad = not done.rows
    return desk.Outcome(place, said, bad=bad, back=None if bad else _back(done.run, rows))


def _said(picture: Picture, done: Awarded, handing: Handing) -> str:
    names = picture.names("certification")
    parts = []
    if len(done.rows) == 1:
        name = formats.plain(names.get(done.rows[0], ""))
        parts.append(words.AWARDED_ONE.format(name=name, year=handing.year))
    elif done.rows:
        parts.append(words.AWARDED.format(count=formats.number(len(done.rows)), year=handing.year))
    if done.refused:
        refused = "; ".join(f"{formats.plain(name)} ({why})" for name, why in done.refused)
        parts.append(words.REFUSED.format(names=refused))
    return " ".join(parts)


def _back(run: str, rows: Sequence[int]) -> desk.Back:
    """Return what takes the award back, numbers included if they were given with it."""

    def back(picture: Picture, session: Session) -> None:
        opened = connect(session, picture)
        undo(opened.client, opened.base, run=run, now=context.now)
        for row in rows:
            desk.catch_up(opened, picture, row)
        refresh()

    return back
