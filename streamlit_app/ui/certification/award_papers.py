"""The papers of the tab *Verleihung*: what is missing, a preview, certificates and plates in one go, the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from automations.certification.certificates import (
    Certificate,
    Frame,
    Receiver,
    certificate_picture,
    certificates_pdf,
    door_plate_picture,
    door_plates_pdf,
    handover_list_pdf,
)
from automations.certification.papers import NEEDED, Lack, Printing, Signing, frame_of, lacks, signing_on
from automations.documents import spreadsheet
from automations.documents.pdf import MIME
from automations.signing import open_key
from schemas.certification.tables import CertificationRound
from schemas.errors import KontaktnetzError
from streamlit_app import context
from streamlit_app.data import Picture
from streamlit_app.frames.awarding import Guest
from streamlit_app.ui import formats, glyphs, link_hint
from streamlit_app.ui.certification import awarding_texts as words

_MADE, _ASKED = "verl_papiere_gesetzt", "verl_papiere_gewollt"
"""What was made, and that it was asked for: a fresh picture that comes in between does not lose the click."""

SECONDS_EACH = 0.04


def show(picture: Picture, round_: CertificationRound, guests: Sequence[Guest], day: dt.date | None) -> None:
    """Show the papers of a round."""
    st.subheader(words.PAPERS, anchor=False)
    settings = context.get().settings
    try:
        frame = frame_of(settings)
        on = day or picture.today
        signing = _signing(round_.signatory, on.isoformat(), picture.version(*NEEDED), picture)
        printing = Printing(round_.year or on.year, on, signing, settings, open_key(settings.data_dir, picture.now))
        _lacks(list(lacks(settings, frame, signing, day)), signing, on, frame.broken)
        if not link_hint.show(words.NO_CODE).address:
            wanted = st.checkbox(words.OFFLINE, key="verl_ohne_netz", help=words.OFFLINE_HELP)
            printing = replace(printing, offline=wanted)
        _preview(printing, frame, guests)
        made = printing.certificates([one.row for one in guests if one.numbered]) if day is not None else []
        receivers, about = _receivers(guests), _about(picture, round_, day)
        glyphs.warn(made, receivers, about)
        if day is not None:
            _make(printing, frame, made, picture.today)
        with st.container(horizontal=True, key="verl_listen"):
            _lists(picture, round_, receivers, about)
    except KontaktnetzError as problem:
        st.error(str(problem), icon=":material/error:")


def _lacks(found: list[Lack], signing: Signing, day: dt.date, broken: Sequence[str]) -> None:
    """Say what is missing and where it goes: the grave ones open, the others folded."""
    folder = context.get().settings.templates_dir
    told = {
        one: words.LACK[one].format(day=formats.date(day), office=formats.plain(signing.office),
                                    folder=formats.plain(str(folder.absolute())),
                                    broken=formats.plain(" ".join(broken)))
        for one in found
    }  # fmt: skip
    grave = [text for one, text in told.items() if one in words.GRAVE]
    if grave:
        st.warning("\n".join([f"{words.LACKS}:", "", *(f"- {text}" for text in grave)]), icon=":material/checklist:")
    light = [text for one, text in told.items() if one not in words.GRAVE]
    if light:
        with st.expander(words.LOOKS, icon=":material/palette:"):
            st.markdown("\n".join(f"- {text}" for text in light))


def _preview(printing: Printing, frame: Frame, guests: Sequence[Guest]) -> None:
    """Show one paper as it will be printed; drawn only while somebody looks."""
    box = st.expander(words.PREVIEW, icon=":material/visibility:", key="verl_vorschau", on_change="rerun")
    if not box.open:
        return
    those = [one for one in guests if not one.hindered] or list(guests)
    with box:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            at = st.selectbox(
                words.PREVIEW_OF, range(len(those)), key="verl_vorschau_wer", width=420,
                format_func=lambda i: formats.shortened(those[i].row.name or ""),
            )  # fmt: skip
            kind = st.segmented_control(words.PREVIEW, list(words.KINDS), required=True, default="urkunde",
                                        key="verl_vorschau_art", format_func=words.KINDS.__getitem__,
                                        label_visibility="collapsed")  # fmt: skip
        one = those[min(at or 0, len(those) - 1)].row
        alt = words.PREVIEW_ALT.format(kind=words.KINDS[kind], name=one.name or "")
        st.image(_picture(kind, printing.preview(one), frame), width=520, alt=alt)
        if not one.seal_number:
            st.caption(words.PREVIEW_VOID)


def _make(printing: Printing, frame: Frame, made: Sequence[Certificate], today: dt.date) -> None:
    """Offer certificates and plates; both are set when asked for, and kept while nothing changes."""
    if not made:
        st.caption(words.NO_NUMBERS)
        return
    if (bare := [one.holder for one in made if not one.code]) and len(bare) < len(made):
        names = "; ".join(formats.plain(formats.shortened(name)) for name in bare)
        st.warning(words.TOO_LONG.format(names=names), icon=":material/qr_code:")
    of = (tuple(made), frame)
    kept = st.session_state.get(_MADE, (None, b"", b""))
    if kept[0] != of:
        count = formats.number(len(made))
        label = words.MAKE if any(one.code for one in made) else words.MAKE_BARE
        st.button(label.format(count=count), key="verl_setzen", icon=":material/print:", help=words.MAKE_HELP,
                  on_click=_ask)  # fmt: skip
        if not st.session_state.get(_ASKED):
            return
        st.session_state[_ASKED] = False
        own = printing.settings.templates_dir
        seconds = max(round(len(made) * SECONDS_EACH), 1)
        with st.spinner(words.MAKE_RUN.format(count=count, seconds=seconds)):
            kept = (of, certificates_pdf(made, frame, own), door_plates_pdf(made, frame, own))
        st.session_state[_MADE] = kept
        st.rerun()
    day = today.isoformat()
    with st.container(horizontal=True, key="verl_fertig"):
        st.download_button(words.CERTIFICATES, data=kept[1], mime=MIME, file_name=f"urkunden-{day}.pdf",
                           key="verl_urkunden", icon=":material/workspace_premium:", type="primary",
                           on_click="ignore")  # fmt: skip
        st.download_button(words.PLATES, data=kept[2], mime=MIME, file_name=f"tuerschilder-{day}.pdf",
                           key="verl_schilder", icon=":material/door_front:", on_click="ignore")  # fmt: skip


def _receivers(guests: Sequence[Guest]) -> list[Receiver]:
    return [
        Receiver(one.row.name or "", one.standing.coordinator, one.row.seal_number or "")
        for one in guests if one.awarded or not one.hindered
    ]  # fmt: skip


def _about(picture: Picture, round_: CertificationRound, day: dt.date | None) -> str:
    event = picture.names("event").get(round_.award_event or 0, "")
    return ", ".join(part for part in (event, formats.date(day)) if part)


def _lists(picture: Picture, round_: CertificationRound, receivers: Sequence[Receiver], about: str) -> None:
    title = words.LIST_TITLE.format(year=round_.year or "").strip()
    name = f"uebergabe-{picture.today.isoformat()}"
    st.download_button(
        words.LIST, data=lambda: handover_list_pdf(receivers, title=title, subtitle=about), mime=MIME,
        file_name=f"{name}.pdf", key="verl_liste", icon=":material/format_list_numbered:", on_click="ignore",
    )  # fmt: skip
    columns = ("Nr.", words.NAME, words.RECEIVES, words.NUMBER)
    rows = [(at, one.holder, one.person, one.number) for at, one in enumerate(receivers, start=1)]
    st.download_button(
        words.EXCEL, data=lambda: spreadsheet.table_file("Übergabe", columns, rows, (8, 60, 34, 16)),
        mime=spreadsheet.MIME, file_name=f"{name}.xlsx", key="verl_excel", icon=":material/table:", on_click="ignore",
    )  # fmt: skip


def _ask() -> None:
    st.session_state[_ASKED] = True


@st.cache_resource(max_entries=8, show_spinner=False)
def _signing(office: int | None, day: str, version: str, _picture: Picture) -> Signing:
    return signing_on({code: _picture.table(code) for code in NEEDED}, office, dt.date.fromisoformat(day))


@st.cache_data(max_entries=16, show_spinner=False)
def _picture(kind: str, certificate: Certificate, frame: Frame) -> bytes:
    own = context.get().settings.templates_dir
    return (door_plate_picture if kind == "schild" else certificate_picture)(certificate, frame, own)
