"""The tab *Einschätzung* of a case: what the placement says of itself beside what was seen, criterion by criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from automations.certification.report import VERDICTS, Told, summary_of
from schemas.certification.choices import Rating
from schemas.certification.rules.assessment import Summary
from schemas.certification.tables import Assessment, Certification
from streamlit_app import case_data, certification_data
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.ui import formats
from streamlit_app.ui.certification import assessment_texts as words
from streamlit_app.ui.certification import form_link, profile, rating_entry
from streamlit_app.ui.certification.rating_entry import Desk
from streamlit_app.ui.row_list import Row, RowList


def show(picture: Picture, session: Session, case_row: int) -> None:
    """Show the tab of one case."""
    case = certification_data.case_record(picture, case_row)
    if case is None:
        return
    procedure, told = certification_data.procedure(picture, case.round), case_data.told(picture, case)
    if not told:
        with st.container(border=True, key="einsch_leer"):
            st.subheader(words.NO_CRITERIA, anchor=False)
            st.markdown(words.NO_CRITERIA_TEXT)
        return
    form_link.show(picture, session, case_row)
    summary = summary_of(procedure, told)
    desk = Desk(picture, session, case, procedure, told)
    _figures(told, summary)
    _missing(desk)
    if not summary.answered:
        st.info(f"**{words.NOTHING}.** {words.NOTHING_TEXT}", icon=":material/lightbulb:")
    if session.role.may_write:
        rating_entry.show(desk)
    else:
        st.caption(words.VIEWER)
    _criteria(desk, summary)
    profile.show(procedure, told)
    with st.expander(words.TABLE, icon=":material/table:"):
        _table(desk, case)


def _figures(told: Sequence[Told], summary: Summary) -> None:
    reviewed = sum(one.review.rating is not None for one in told)
    values = (summary.answered, reviewed, len(summary.apart), len(summary.must_missing))
    st.html(
        f'<div class="kn-line"><b>{formats.escape(words.VERDICT.format(verdict=VERDICTS[summary.verdict]))}</b>'
        + "".join(
            f'<span><b>{formats.number(value)}</b> <span class="kn-muted">{label.format(total=summary.total)}</span>'
            "</span>"
            for value, label in zip(values, words.FIGURES, strict=True)
        )
        + "</div>"
    )


def _missing(desk: Desk) -> None:
    """Name what cannot be done without and is not met, before anything else."""
    found = [one for one in desk.told if one.unmet_must]
    if not found:
        return
    lines = [
        f"- **{formats.plain(one.criterion.name)}** – "
        f"{formats.plain(desk.label(one.counts)) if one.counts else words.MUST_OPEN}"
        for one in found
    ]
    seen = any(one.counts for one in found)
    (st.error if seen else st.warning)(
        "\n".join([words.MUST_TITLE if seen else words.MUST_UNRATED, "", *lines]), icon=":material/priority_high:"
    )


def _criteria(desk: Desk, summary: Summary) -> None:
    st.subheader(words.LIST, anchor=False)
    keep: dict[str, Callable[[Told], bool]] = {
        words.ALL: lambda one: True,
        words.APART: lambda one: one.criterion.code in summary.apart,
        words.OPEN: lambda one: one.own.rating is None,
        words.UNSEEN: lambda one: one.review.rating is None,
        words.MUSTS: lambda one: one.criterion.must,
    }
    counts = {name: sum(map(fits, desk.told)) for name, fits in keep.items()}
    asked = st.segmented_control(
        words.SHOW, list(keep), default=words.ALL, required=True, key="einsch_filter", label_visibility="collapsed",
        format_func=lambda name: f"{words.FILTERS[name]} ({counts[name]})",
    )  # fmt: skip
    shown = [(number, one) for number, one in enumerate(desk.told, 1) if keep[asked](one)]
    if not shown:
        st.caption(words.NONE_LEFT)
    area = None
    with st.container(border=True, key="einsch_liste") if shown else st.container():
        for number, one in shown:
            if one.criterion.area != area:
                area = one.criterion.area
                st.markdown(f"**{formats.plain(area or words.WITHOUT_AREA)}**")
            _line(desk, number, one, apart=one.criterion.code in summary.apart)


def _line(desk: Desk, number: int, one: Told, *, apart: bool) -> None:
    what, button = st.columns([7, 1.2], vertical_alignment="top", gap="small")
    badges = [(words.MUST, "warn" if one.unmet_must else "soft")] if one.criterion.must else []
    badges += [(difference(one), "warn")] if apart else []
    badges += [(words.NOT_OWN, "soft")] if one.own.rating is None else []
    badges += [(words.NOT_SEEN, "soft")] if one.review.rating is None else []
    shown = "".join(f'<span class="kn-badge {kind}">{formats.escape(text)}</span>' for text, kind in badges)
    own = _said(desk, one.own.rating, one.own.proof, one.own.comment)
    review = _said(desk, one.review.rating, one.review.comment)
    what.html(
        f'<div class="kn-line"><span class="kn-title">{number}. {formats.escape(one.criterion.name)}</span>{shown}'
        f'</div><dl class="kn-data"><dt>{words.OWN_SAYS}</dt><dd>{own}</dd>'
        f"<dt>{words.REVIEW_SAYS}</dt><dd>{review}</dd></dl>"
    )
    if desk.session.role.may_write:
        button.button(words.EDIT, key=f"einsch_zu_{one.criterion.code}", type="tertiary", icon=":material/edit:",
                      on_click=rating_entry.choose, args=(desk, one.criterion.code))  # fmt: skip


def difference(one: Told) -> str:
    """Return in words how far the two views lie apart, so that it does not hang on a colour."""
    steps = one.steps_apart
    if steps is None:
        return words.UNLIKE
    return (words.BETTER if steps > 0 else words.WORSE).format(steps=abs(steps))


def _said(desk: Desk, rating: Rating | None, *texts: str) -> str:
    told = " · ".join(formats.escape(text) for text in texts if text)
    label = formats.escape(desk.label(rating))
    shown = f"<b>{label}</b>" if rating is not None else f'<span class="kn-muted">{label}</span>'
    return shown + (f" – {told}" if told else "")


def _table(desk: Desk, case: Certification) -> None:
    known = case_data.rows(desk.picture, case)
    rows = [_row(desk, one, known.get(one.criterion.code)) for one in desk.told]
    RowList(f"einschaetzung_{case.id}", words.TABLE_TITLE, words.COLUMNS, rows).show(desk.picture.today)


def _row(desk: Desk, one: Told, row: Assessment | None) -> Row:
    url = desk.picture.row_url("assessment", row.id) if row is not None and row.id is not None else ""
    return Row(
        (one.criterion.area, one.criterion.name, words.YES if one.criterion.must else "", desk.label(one.own.rating),
         one.own.proof, one.own.comment, row.rated_by if row else "", row.rated_at if row else None,
         desk.label(one.review.rating), one.review.comment, row.reviewed_by if row else "", one.steps_apart),
        url=url or "",
    )  # fmt: skip
