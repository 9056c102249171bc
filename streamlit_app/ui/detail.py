"""One organisation or person with everything we know about it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from automations.documents import pdf
from schemas.contacts.bounces import standing_problems
from streamlit_app import sheets
from streamlit_app.data import Picture
from streamlit_app.door.cookie import Session
from streamlit_app.frames import contacts, detail
from streamlit_app.frames.cells import text, yes
from streamlit_app.frames.contacts import ORGANISATION, PERSON
from streamlit_app.ui import bond, chosen, entry, formats, glyphs, history, leaving, leaving_texts, sheet_texts, texts
from streamlit_app.ui import relation_texts as words
from streamlit_app.ui.chosen import Entry
from streamlit_app.ui.events import invited, invited_texts
from sync.mirror import FieldEntry

_TABLES = {ORGANISATION: "organisation", PERSON: "person"}
_LISTED = 12
"""Related entries shown as buttons; an umbrella body may have hundreds."""


def nothing_chosen() -> None:
    """Say what will appear here."""
    with st.container(border=True, key="kontakte_leer"):
        st.markdown(f"**{texts.CHOOSE}**")
        st.caption(texts.CHOOSE_HINT)


def show(picture: Picture, opened: Entry, session: Session) -> None:
    """Show one entry, or say that it is gone."""
    row = detail.row_of(picture.table(opened.table), opened.id)
    with st.container(border=True, key="kontakte_detail"):
        if row is None:
            st.info(texts.GONE, icon=":material/help:")
            st.button(texts.CLOSE_DETAIL, key="kontakte_zu", on_click=chosen.close)
            return
        side = "organisation" if opened.table == ORGANISATION else "person"
        across = picture.names("person" if side == "organisation" else "organisation")
        held = detail.ties(picture.table("function"), side, opened.id, across, picture.today)
        _head(picture, opened, row)
        entry.show(picture, opened, held, session)
        names = [texts.TAB_TIMELINE, texts.TAB_DATA, texts.TAB_FUNCTIONS, texts.TAB_RELATIONS, words.TAB_BOND,
                 invited_texts.TAB]  # fmt: skip
        if side == "organisation":
            names.append(texts.TAB_TREE)
        tabs = st.tabs(names)
        with tabs[0]:
            history.show(picture, opened)
        with tabs[1]:
            _data(picture, opened, row)
        with tabs[2]:
            _functions(held, PERSON if side == "organisation" else ORGANISATION)
        with tabs[3]:
            _relations(picture, side, opened)
        with tabs[4]:
            bond.show(picture, opened)
        with tabs[5]:
            invited.show(picture, opened)
        if side == "organisation":
            with tabs[6]:
                _tree(picture, opened)


def _head(picture: Picture, opened: Entry, row: pd.Series) -> None:
    name = picture.names(opened.table).get(opened.id) or contacts.NAMELESS
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
        st.header(formats.plain(name), anchor=False, width="stretch")
        st.button(texts.CLOSE, key="kontakte_zu", icon=":material/close:", type="tertiary", on_click=chosen.close)
    last = picture.last_contacts()
    day = (last.organisation if opened.table == ORGANISATION else last.person).get(opened.id)
    badges = []
    if opened.table == ORGANISATION:
        for column in ("sphere", "kind"):
            if code := text(row[column]):
                badges.append(_badge(picture.label("organisation", column, code)))
    else:
        badges.append(_badge(texts.TYPE_NAMES[PERSON]))
        if yes(row["do_not_contact"]):
            badges.append(_badge(texts.DO_NOT_CONTACT, "warn"))
    badges.append(_badge(texts.LAST_CONTACT.format(day=formats.date(day)) if day else texts.NEVER, "soft"))
    mails = [text(row[column]) for column in ("mail", "mail2") if column in row]
    badges += [_badge(line, "warn") for line in standing_problems(text(row["mail_problem"]), mails)]
    link = picture.row_url(opened.table, opened.id)
    anchor = f'<a href="{formats.escape(link)}" target="_blank" rel="noopener">{texts.IN_NOCODB}</a>' if link else ""
    st.html(f'<div class="kn-badges">{"".join(badges)}</div><div class="kn-line">{_ways(row)}{anchor}</div>')
    glyphs.warn(*sheets.texts_about(picture, [(opened.table, opened.id)]))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            sheet_texts.BUTTON, data=lambda: _profile(picture, opened), mime=pdf.MIME, icon=":material/print:",
            file_name=sheet_texts.FILE.format(name=opened.address, day=picture.today.isoformat()),
            help=sheet_texts.BUTTON_HELP, key=f"steckbrief_{opened.address}", on_click="ignore", type="tertiary",
        )  # fmt: skip
        if opened.table == PERSON:
            st.page_link("app_pages/uebergabe.py", label=leaving_texts.LEAVES, icon=":material/swap_horiz:",
                         query_params={leaving.KEY: str(opened.id)})  # fmt: skip


def _profile(picture: Picture, opened: Entry) -> bytes:
    sheet = sheets.profile(picture, opened.table, opened.id)
    footer = sheet_texts.FOOTER.format(day=formats.date(picture.today))
    return pdf.sheets_as_pdf([sheet], title=f"{sheet.title}: {sheet.kind}", footer=footer)


def _ways(row: pd.Series) -> str:
    found = [formats.phone_link(text(row[c])) for c in ("phone", "mobile") if c in row and text(row[c])]
    if mail := text(row["mail"]):
        found.append(formats.mail_link(mail))
    return "".join(f"<span>{f}</span>" for f in found)


def _data(picture: Picture, opened: Entry, row: pd.Series) -> None:
    pairs = _organisation(picture, row) if opened.table == ORGANISATION else _person(picture, row)
    entry_ = picture.manifest.tables.get(opened.table) if picture.manifest else None
    items = []
    for code, value in pairs:
        if value:
            field = entry_.fields.get(code) if entry_ else None
            items.append(f"<dt>{formats.escape(_field_title(code, field))}</dt><dd>{value}</dd>")
    for code, field in (entry_.fields if entry_ else {}).items():
        if code.startswith("extra:") and code in row and text(row[code]):
            items.append(f"<dt>{formats.escape(field.title)}</dt><dd>{formats.escape(text(row[code]))}</dd>")
    st.html(f'<dl class="kn-data">{"".join(items)}</dl>' if items else f"<p>{texts.NO_DATA}</p>")


def _field_title(code: str, field: FieldEntry | None) -> str:
    """Return what staff call a column; the address is made of three of them and has a title of its own."""
    return texts.FIELDS[code] if field is None or code == "street" else field.title


def _organisation(picture: Picture, row: pd.Series) -> list[tuple[str, str]]:
    fields = row["engagement_fields"]
    areas = [picture.label("organisation", "engagement_fields", f) for f in (fields if fields is not None else ())]
    return [
        ("short_name", formats.escape(text(row["short_name"]))),
        ("engagement_fields", formats.escape(", ".join(areas))),
        ("street", _address(row)),
        ("district", formats.escape(text(row["district"]))),
        *_reach(row, ("phone", "phone2"), ("mail",)),
        ("web", formats.web_link(text(row["web"])) if text(row["web"]) else ""),
        ("portrait", formats.escape(text(row["portrait"]))),
        ("note", formats.escape(text(row["note"]))),
        ("keywords", formats.escape(text(row["keywords"]))),
        ("source", formats.escape(text(row["source"]))),
    ]


def _person(picture: Picture, row: pd.Series) -> list[tuple[str, str]]:
    def label(column: str) -> str:
        code = text(row[column])
        return formats.escape(picture.label("person", column, code)) if code else ""

    return [
        ("salutation", label("salutation")),
        *_reach(row, ("phone", "mobile", "phone_other"), ("mail", "mail2")),
        ("preferred_channel", label("preferred_channel")),
        ("street", _address(row)),
        ("legal_basis", label("legal_basis")),
        ("note", formats.escape(text(row["note"]))),
        ("source", formats.escape(text(row["source"]))),
    ]


def _reach(row: pd.Series, phones: tuple[str, ...], mails: tuple[str, ...]) -> list[tuple[str, str]]:
    found = [(c, formats.phone_link(text(row[c]))) for c in phones if text(row[c])]
    return found + [(c, formats.mail_link(text(row[c]))) for c in mails if text(row[c])]


def _address(row: pd.Series) -> str:
    place = " ".join(p for p in (text(row["postcode"]), text(row["city"])) if p)
    return formats.escape(", ".join(p for p in (text(row["street"]), place) if p))


def _functions(held: list[detail.Tie], other: str) -> None:
    if not held:
        st.caption(texts.NO_FUNCTIONS)
    for title, current in ((texts.NOW, True), (texts.BEFORE, False)):
        part = [t for t in held if t.current is current]
        if part:
            st.caption(title)
            for tie in part[:_LISTED]:
                _jump(other, tie.other, tie.other_name, _tie_note(tie), f"funktion_{tie.id}")
            _more(len(part))


def _tie_note(tie: detail.Tie) -> str:
    if tie.start and tie.end:
        span = texts.FROM_TO.format(start=formats.date(tie.start), end=formats.date(tie.end))
    elif tie.end:
        span = texts.UNTIL.format(day=formats.date(tie.end))
    else:
        span = texts.FROM.format(day=formats.date(tie.start)) if tie.start else ""
    parts = [tie.what, texts.MAIN_CONTACT if tie.main else "", span, tie.phone, tie.mail]
    return " · ".join(p for p in parts if p)


def _relations(picture: Picture, side: str, opened: Entry) -> None:
    names = {t: picture.names(t) for t in ("organisation", "person", "team_member")}
    former = picture.former_names().get(opened.id, ()) if side == "organisation" else ()
    found = detail.relations(picture.table("relationship"), side, opened.id, names, former)
    if not found:
        st.caption(texts.NO_RELATIONS)
    for relation in found[:_LISTED]:
        note = " · ".join(_relation_parts(picture, relation))
        key = f"beziehung_{relation.id}_{relation.other_type}"
        _jump(relation.other_type, relation.other, relation.other_name, note, key)
    _more(len(found))


def _relation_parts(picture: Picture, relation: detail.Relation) -> list[str]:
    def label(column: str, code: str) -> str:
        return picture.label("relationship", column, code) if code else ""

    parts = [
        label("kind", relation.kind),
        texts.OWNER if relation.owner else "",
        label("closeness", relation.closeness),
        texts.CADENCE.format(days=relation.cadence_days) if relation.cadence_days else "",
        texts.SINCE.format(day=formats.date(relation.since)) if relation.since else "",
        texts.LAST_YEAR.format(year=relation.last_year) if relation.last_year else "",
        texts.OPENED_BY.format(name=relation.opened_by) if relation.opened_by else "",
    ]
    return [p for p in parts if p]


def _tree(picture: Picture, opened: Entry) -> None:
    organisations = picture.table("organisation")
    above, below = detail.ancestors(organisations, opened.id), detail.children(organisations, opened.id)
    names = picture.names("organisation")
    before = [(row, names.get(row, "")) for row in picture.former_names().get(opened.id, ())]
    after = [(row, names.get(row, "")) for row, old in picture.former_names().items() if opened.id in old]
    if not above and not below and not before and not after:
        st.caption(texts.NO_TREE)
    parts = ((texts.ABOVE, above), (texts.BELOW, below), (texts.TODAY_IS, after), (texts.WAS_BEFORE, before))
    for title, part in parts:
        if part:
            st.caption(title)
            for row, name in part[:_LISTED]:
                _jump(ORGANISATION, row, name, "", f"baum_{row}")
            _more(len(part))


def _jump(table: str, row: int | None, name: str, note: str, key: str) -> None:
    """Show a related entry; those with a page of their own can be opened."""
    shown = f"**{formats.plain(name or contacts.NAMELESS)}**" + (f"  \n:small[{formats.plain(note)}]" if note else "")
    if row is None or table not in _TABLES:
        st.markdown(shown)
    else:
        st.button(shown, key=f"verweis_{key}", type="tertiary", on_click=chosen.open_entry, args=(table, row),
                  width="stretch")  # fmt: skip


def _more(total: int) -> None:
    if total > _LISTED:
        st.caption(texts.MORE_IN_NOCODB.format(count=formats.number(total - _LISTED)))


def _badge(label: str, kind: str = "") -> str:
    return f'<span class="kn-badge {kind}">{formats.escape(label)}</span>'
