"""The list of rounds, and the heads that stand above the tabs of an open round or case."""

from __future__ import annotations

import streamlit as st

from schemas.certification.choices import Phase
from schemas.certification.rules.funnel import Stage
from schemas.certification.tables import Certification, CertificationRound
from schemas.time_zone import BERLIN
from streamlit_app import certification_data, event_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.certification import Tie
from streamlit_app.frames.certification_rounds import RoundLine, state_of
from streamlit_app.ui import formats
from streamlit_app.ui.certification import chosen, create
from streamlit_app.ui.certification import form_texts as form_words
from streamlit_app.ui.certification import texts as words
from streamlit_app.ui.events import chosen as event_chosen

PER_PAGE = 12


def show(picture: Picture, session: Session) -> None:
    """Show every round with its funnel, each to be opened by a click."""
    lines = certification_data.lines(picture)
    if not lines:
        _empty(picture, session)
        return
    create.starter(session)
    pages = -(-len(lines) // PER_PAGE)
    at = st.pagination(pages, key="zert_seite", max_visible_pages=5) if pages > 1 else 1
    for line in lines[(at - 1) * PER_PAGE : at * PER_PAGE]:
        _card(picture, line)
    st.caption(words.FUNNEL_HELP)


def _empty(picture: Picture, session: Session) -> None:
    with st.container(border=True, key="frame_empty"):
        st.header(words.EMPTY_TITLE, anchor=False)
        st.markdown(words.EMPTY_TEXT)
        st.caption(words.EMPTY_PROCEDURE)
        create.starter(session, first=True)


def _card(picture: Picture, line: RoundLine) -> None:
    with st.container(border=True, key=f"zert_runde_{line.row}", gap="xxsmall"):
        st.button(f"**{formats.plain(line.round.name or words.NAMELESS)}**", key=f"zert_oeffnen_{line.row}",
                  type="tertiary", on_click=chosen.open_round, args=(line.row,))  # fmt: skip
        st.html(
            f'<div class="kn-line">{_badge(picture.label("certification_round", "state", state_of(line.round)))}'
            f'<span class="kn-muted">{formats.escape(_when(line))}</span></div>'
            + (_funnel(line) if line.cases else f'<div class="kn-muted">{words.NO_CASES}</div>')
        )


def _when(line: RoundLine) -> str:
    seminar = words.SEMINAR_ON.format(day=formats.date(line.seminar_on)) if line.seminar_on else words.NO_SEMINAR
    award = words.AWARD_ON.format(day=formats.date(line.award_on)) if line.award_on else words.NO_AWARD
    return f"{seminar} · {award}"


def _funnel(line: RoundLine) -> str:
    """Return the funnel as figures, each a link to the rows behind it."""
    parts = [_figure(line, f"stufe-{stage}", count, words.STAGES[stage]) for stage, count in line.funnel.items()]
    parts[0] = _figure(line, "alle", line.funnel[Stage.JOINED], words.STAGES[Stage.JOINED])
    beside = [
        _link(line, name, one if count == 1 else many.format(count=formats.number(count)))
        for name, count, (one, many) in (
            ("wartet", line.waiting, words.WAITING), ("ruht", line.resting, words.RESTING), ("aus", line.out, words.OUT)
        )
        if count
    ]  # fmt: skip
    arrow = '<span class="kn-muted" aria-hidden="true">→</span>'
    more = f'<div class="kn-line kn-muted">{" · ".join(beside)}</div>' if beside else ""
    return f'<div class="kn-line">{arrow.join(parts)}</div>{more}'


def _figure(line: RoundLine, name: str, count: int, label: str) -> str:
    return f'<span>{_link(line, name, formats.number(count), bold=True)} <span class="kn-muted">{label}</span></span>'


def _link(line: RoundLine, name: str, shown: str, *, bold: bool = False) -> str:
    text = f"<b>{formats.escape(shown)}</b>" if bold else formats.escape(shown)
    return f'<a href="{chosen.round_page(line.row)}&zeilen={name}" target="_self">{text}</a>'


def _badge(label: str, kind: str = "") -> str:
    return f'<span class="kn-badge {kind}">{formats.escape(label)}</span>' if label else ""


def round_head(picture: Picture, session: Session, round_: CertificationRound) -> None:
    """Show the open round above its tabs: where it stands, its events, who signs and who decides."""
    with st.container(key="zert_kopf", gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.button(words.BACK, key="zert_zurueck", icon=":material/arrow_back:", type="tertiary",
                      on_click=chosen.close)  # fmt: skip
            if session.role.may_write:
                st.button(form_words.EDIT, key="zert_bearbeiten", icon=":material/edit:", on_click=create.open_form,
                          args=(create.EDIT,))  # fmt: skip
        st.header(formats.plain(round_.name or words.NAMELESS), anchor=False)
        about = [_event(picture, words.SEMINAR_ON, round_.seminar, words.NO_SEMINAR),
                 _event(picture, words.AWARD_ON, round_.award_event, words.NO_AWARD)]  # fmt: skip
        offices, bodies = picture.names("office"), picture.names("body")
        if office := offices.get(round_.signatory or 0):
            about.append(formats.escape(words.SIGNS.format(office=office)))
        if body := bodies.get(round_.body or 0):
            about.append(formats.escape(words.DECIDES.format(body=body)))
        state = picture.label("certification_round", "state", state_of(round_))
        st.html(
            f'<div class="kn-line">{_badge(state)}<span class="kn-muted">{" · ".join(about)}</span>'
            f"{_nocodb(picture, 'certification_round', round_.id or 0)}</div>"
        )


def _event(picture: Picture, text: str, row: int | None, none: str) -> str:
    line = event_data.event(picture, row) if row is not None else None
    if line is None:
        return none
    day = formats.date(line.starts_at.astimezone(BERLIN).date()) if line.starts_at else line.name
    told = formats.escape(text.format(day=day))
    return (
        f'<a href="/veranstaltungen?{event_chosen.EVENT}={line.row}" target="_self" '
        f'title="{formats.escape(line.name)}">{told}</a>'
    )


def _nocodb(picture: Picture, table: str, row: int) -> str:
    url = picture.row_url(table, row)
    return (
        f'<a class="kn-small" href="{formats.escape(url)}" target="_blank" rel="noopener">{words.IN_NOCODB}</a>'
        if url else ""
    )  # fmt: skip


def case_head(picture: Picture, session: Session, row: Certification) -> None:
    """Show the open case above its tabs: placement, coordinator, phase, seal, and the way to each of them."""
    round_ = certification_data.round_record(picture, row.round)
    with st.container(key="zert_kopf", gap="xxsmall"):
        _way_back(round_)
        st.header(formats.plain(row.name or words.NAMELESS), anchor=False)
        phase = picture.label("certification", "phase", row.phase) if row.phase else ""
        badges = _badge(phase) + _badge(_seal(row), "soft")
        place = (
            f'<a href="/kontakte?eintrag=o{row.site}" target="_self">{words.TO_PLACE}</a>' if row.site else ""
        )  # fmt: skip
        st.html(
            f'<div class="kn-line">{badges}<span class="kn-muted">{_coordinator(picture, row)}</span>'
            f'<span class="kn-muted">{formats.escape(_paused(row))}</span><span class="kn-muted">{place}</span>'
            f"{_nocodb(picture, 'certification', row.id or 0)}</div>"
        )
        if row.site is None:
            st.caption(words.NO_PLACE)


def _way_back(round_: CertificationRound | None) -> None:
    if round_ is None:
        st.button(words.BACK, key="zert_zurueck", icon=":material/arrow_back:", type="tertiary", on_click=chosen.close)
        return
    name = formats.plain(round_.name or words.NAMELESS)
    st.button(words.BACK_TO_ROUND.format(name=name), key="zert_zurueck", icon=":material/arrow_back:",
              type="tertiary", on_click=chosen.open_round, args=(round_.id,))  # fmt: skip


def _coordinator(picture: Picture, row: Certification) -> str:
    if row.coordinator is None:
        return formats.escape(words.COORDINATOR.format(name=words.COORDINATOR_NOBODY))
    name = formats.escape(picture.names("person").get(row.coordinator, ""))
    link = f'<a href="/kontakte?eintrag=p{row.coordinator}" target="_self">{name}</a>'
    stands = certification_data.standing(picture, row)
    gone = f" ({words.COORDINATOR_GONE})" if stands is not None and stands.tie == Tie.GONE else ""
    return words.COORDINATOR.format(name=link) + gone


def _seal(row: Certification) -> str:
    return words.SEAL.format(year=row.seal_year, number=row.seal_number or "–") if row.seal_year else ""


def _paused(row: Certification) -> str:
    if row.phase != Phase.PAUSED or row.paused_until is None:
        return ""
    return words.PAUSED_UNTIL.format(day=formats.date(row.paused_until), reason=row.pause_reason or "–")
