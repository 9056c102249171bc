"""The questionnaire of a placement, for staff: how far it is, who filled it in, send it, copy or void its link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from automations.certification.form_links import form_url, open_form_links, open_form_signer
from automations.certification.form_mail import about, queue_form, whom, withdraw_form
from automations.certification.ratings import by_criterion, own_of
from schemas.certification.choices import RecordOutcome
from schemas.certification.rules.self_assessment import Access, access, closing_step
from schemas.certification.tables import Assessment, Certification, StepRecord
from schemas.contacts.tables import Person
from schemas.errors import Conflict
from schemas.operations.choices import PostKind, PostState
from schemas.operations.tables import Post
from streamlit_app import certification_data, context
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames.records import as_records
from streamlit_app.signed import connect_tables
from streamlit_app.ui import formats, link_hint
from streamlit_app.ui.certification import desk
from streamlit_app.ui.certification import form_link_texts as words
from streamlit_app.ui.certification.desk import Outcome

NEEDED = ("certification", "certification_round", "person", "event", "outbox")
"""The tables that sending looks at or writes."""

_WAITING = (PostState.QUEUED, PostState.SENDING)


@dataclass(frozen=True, slots=True)
class _Form:
    """The questionnaire of one case as the mirror shows it."""

    picture: Picture
    session: Session
    case: Certification
    total: int
    rows: tuple[Assessment, ...]
    handed_in: StepRecord | None
    post: Post | None
    mail: str

    @property
    def row(self) -> int:
        return self.case.id or 0

    @property
    def access(self) -> Access:
        return access(self.case.phase)

    @property
    def place(self) -> desk.Place:
        return ("fall", self.row)


def show(picture: Picture, session: Session, case_row: int) -> None:
    """Show the questionnaire of one case."""
    case = certification_data.case_record(picture, case_row)
    if case is None:
        return
    form = _read(picture, session, case)
    with st.container(border=True, key="frage_rahmen"):
        st.markdown(f"**{words.TITLE}**", help=words.ADVICE)
        _state(form)
        if form.access != Access.OPEN:
            st.caption(words.CLOSED[form.access])
        _sent(form)
        if session.role.may_write:
            _send(form)
            _link(form)


def _read(picture: Picture, session: Session, case: Certification) -> _Form:
    procedure, row = certification_data.procedure(picture, case.round), case.id or 0
    known = by_criterion(procedure, row, certification_data.assessments_of(picture, row))
    step = closing_step(procedure)
    told = [r for r in certification_data.records_of(picture, row) if step is not None and r.step_code == step.code]
    last = told[-1] if told and told[-1].outcome == RecordOutcome.DONE else None
    to = whom(case, _person(picture, case.coordinator))
    return _Form(
        picture, session, case, len(procedure.criteria), tuple(known.values()), last, _post(picture, row),
        to.mail if to else "",
    )  # fmt: skip


def _person(picture: Picture, row: int | None) -> Person | None:
    table = picture.table("person")
    return next(iter(as_records(table[table["id"] == row], Person)), None) if row is not None else None


def _post(picture: Picture, case: int) -> Post | None:
    """Return the mail that brought the questionnaire last."""
    table = picture.table("outbox")
    mine = table[(table["about"] == about(case)) & (table["kind"] == PostKind.QUESTIONNAIRE)]
    return max(as_records(mine, Post), key=lambda post: post.id or 0, default=None)


def _state(form: _Form) -> None:
    done = sum(own_of(row).rating is not None for row in form.rows)
    people = Counter(row.rated_by for row in form.rows if row.rated_by)
    times = [row.rated_at for row in form.rows if row.rated_at is not None and row.rated_by]
    parts = [words.ANSWERED.format(done=done, total=form.total)]
    if people:
        named = (words.PERSON.format(name=formats.plain(name), count=n) for name, n in sorted(people.items()))
        parts.append(words.BY.format(names=", ".join(named)))
    else:
        parts.append(words.NOBODY)
    if times:
        parts.append(words.LAST.format(when=formats.moment(max(times))))
    record = form.handed_in
    if record is not None:
        by = words.HANDED_IN_BY.format(name=formats.plain(record.done_by)) if record.done_by else ""
        parts.append(words.HANDED_IN.format(day=formats.date(record.done_on), by=by))
    elif form.access == Access.OPEN:
        parts.append(words.NOT_HANDED_IN)
    st.markdown(" · ".join(parts))
    if form.total:
        st.progress(min(done / form.total, 1.0))


def _sent(form: _Form) -> None:
    post = form.post
    if post is None:
        if form.access == Access.OPEN:
            st.caption(words.NEVER_SENT)
        return
    when = post.sent_at or post.queued_at
    told = words.STATES.get(post.state or "", "").format(
        when=formats.moment(when) if when else "", mail=formats.plain(post.recipient or ""),
        problem=formats.plain(post.problem or ""),
    )  # fmt: skip
    url = form.picture.row_url("outbox", post.id or 0)
    st.caption(f"{told} [{words.IN_OUTBOX}]({url})" if url else told)


def _send(form: _Form) -> None:
    if form.access != Access.OPEN:
        return
    settings = context.get().settings
    leads = bool(link_hint.show(words.NOT_PUBLIC).address)
    if not form.mail:
        url = form.picture.row_url("certification", form.row)
        st.caption(f"{words.NO_MAIL} [{words.IN_NOCODB}]({url})" if url else words.NO_MAIL)
    waits = form.post is not None and form.post.state in _WAITING
    again = form.post is not None and form.post.state == PostState.SENT
    with st.container(horizontal=True, vertical_alignment="center", key="frage_knoepfe"):
        st.button(
            words.SEND_AGAIN if again else words.SEND, key="frage_senden", icon=":material/send:",
            type="secondary" if again else "primary", disabled=not (form.mail and leads) or waits,
            on_click=_queue, args=(form,),
        )  # fmt: skip
        if form.mail and not waits:
            st.caption(words.TO.format(mail=formats.plain(form.mail)))
    if not settings.smtp_host:
        st.caption(words.NO_SERVER)


def _link(form: _Form) -> None:
    if form.access == Access.OVER or form.picture.manifest is None:
        return
    with st.expander(words.LINK, icon=":material/link:"):
        if not form.case.mark:
            st.caption(words.LINK_NONE)
            st.button(words.LINK_MAKE, key="frage_link_neu", icon=":material/add_link:", on_click=_renew,
                      args=(form,), kwargs={"void": False})  # fmt: skip
            return
        settings = context.get().settings
        signer = open_form_signer(settings, form.picture.manifest.base_id)
        if link := form_url(settings, signer.token(form.row, form.case.mark)):
            st.caption(words.LINK_ADVICE)
            st.code(link, language=None, wrap_lines=True)
        else:
            st.caption(words.LINK_BARRED)
        st.button(words.LINK_VOID, key="frage_link_weg", icon=":material/link_off:", help=words.LINK_VOID_HELP,
                  on_click=_renew, args=(form,), kwargs={"void": True})  # fmt: skip


def _queue(form: _Form) -> None:
    """Put the questionnaire into the outbox; to be used as a callback."""

    def work() -> Outcome:
        opened = connect_tables(form.session, form.picture, NEEDED)
        queued = queue_form(context.get().settings, opened, form.row, context.now)
        desk.lay_over(opened, "outbox", [queued.row])
        desk.lay_over(opened, "certification", [form.row])

        def back(picture: Picture, session: Session) -> None:
            here = connect_tables(session, picture, ("outbox",))
            done = withdraw_form(here, queued.row)
            desk.lay_over(here, "outbox", [queued.row])
            if not done:
                raise Conflict(words.TOO_LATE)

        said = words.SENT.format(mail=formats.plain(queued.mail))
        return Outcome(form.place, said, back=back, undone=words.TAKEN_BACK)

    desk.safely(form.place, work)


def _renew(form: _Form, *, void: bool) -> None:
    """Make a link, or void it for a new one; to be used as a callback."""

    def work() -> Outcome:
        opened = connect_tables(form.session, form.picture, ("certification",))
        links = open_form_links(context.get().settings, opened)
        _ = links.revoke(form.row) if void else links.token(form.row)
        desk.lay_over(opened, "certification", [form.row])
        return Outcome(form.place, words.LINK_VOIDED if void else words.LINK_MADE)

    desk.safely(form.place, work)
