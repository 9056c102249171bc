"""The four texts of a report while a person writes: what they found, what they have typed, what came in between.

What is typed outlives a look at another tab; it is written only when saved, and never over what somebody else wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from automations.certification.report import HEADINGS, PARTS
from streamlit_app.ui import formats
from streamlit_app.ui.certification import report_texts as words


@dataclass(slots=True)
class Writing:
    """What one person writes on one report: texts as found (``seen``) and as typed, by part."""

    case: int
    seen: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    turn: int = 0
    """Counts fillings from outside, so that the fields show them."""

    def look(self, texts: Mapping[str, str]) -> None:
        """Take in what stands now; where the person has typed nothing it is simply shown."""
        for part in PARTS:
            now = texts.get(part, "")
            if same(self.typed.get(part, self.seen.get(part, "")), self.seen.get(part, "")) or same(
                self.typed.get(part, ""), now
            ):
                if not same(self.typed.get(part, ""), now):
                    self.turn += 1
                self.seen[part] = self.typed[part] = now

    @property
    def unsaved(self) -> list[str]:
        """Return the parts that differ from what was found."""
        return [part for part in PARTS if not same(self.typed[part], self.seen[part])]

    def clashes(self, texts: Mapping[str, str]) -> list[str]:
        """Return the parts in which somebody else wrote while this person typed."""
        return [part for part in self.unsaved if not same(self.seen[part], texts.get(part, ""))]

    def put(self, part: str, text: str, *, seen: str | None = None) -> None:
        """Set what stands in a field, and what counts as found there; to be used in callbacks."""
        self.typed[part] = text
        self.seen[part] = self.seen[part] if seen is None else seen
        self.turn += 1


def writing(case: int, texts: Mapping[str, str]) -> Writing:
    """Return what this person writes on a report, with what stands now taken in."""
    kept = st.session_state.get("bericht_texte")
    if not isinstance(kept, Writing) or kept.case != case:
        kept = Writing(case)
        st.session_state["bericht_texte"] = kept
    kept.look(texts)
    return kept


def show(kept: Writing, texts: Mapping[str, str], drafts: Mapping[str, str]) -> None:
    """Show the four fields, each with what came in between and the draft that the ratings propose."""
    for part in PARTS:
        key = f"bericht_{kept.case}_{part}_{kept.turn}"
        st.session_state.setdefault(key, kept.typed[part])
        st.text_area(HEADINGS[part], key=key, help=words.HELP[part], max_chars=20_000,
                     height=110 if part == "conclusion" else 200, on_change=_typed, args=(kept, part, key))  # fmt: skip
        _marks(kept, part, drafts[part])
        if part in kept.clashes(texts):
            _clash(kept, part, texts.get(part, ""))
        if drafts[part] and not same(kept.typed[part], drafts[part]):
            with st.expander(words.SHOW_DRAFT, icon=":material/edit_note:"):
                st.code(drafts[part], language=None, wrap_lines=True)


def fill(kept: Writing, drafts: Mapping[str, str]) -> None:
    """Put the draft into every field that is empty; to be used as a callback."""
    for part in PARTS:
        if not kept.typed[part].strip() and drafts[part]:
            kept.put(part, drafts[part])


def discard(kept: Writing) -> None:
    """Go back to what was found; to be used as a callback."""
    for part in PARTS:
        kept.put(part, kept.seen[part])


def same(first: str, second: str) -> bool:
    """Say whether two texts differ in nothing but blanks at the ends of lines."""
    return _clean(first) == _clean(second)


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _typed(kept: Writing, part: str, key: str) -> None:
    kept.typed[part] = str(st.session_state.get(key) or "")


def _marks(kept: Writing, part: str, draft: str) -> None:
    marks = [(words.IS_DRAFT, "")] if draft and same(kept.typed[part], draft) else []
    marks += [(words.UNSAVED, "soft")] if part in kept.unsaved else []
    if marks:
        shown = "".join(f'<span class="kn-badge {kind}">{formats.escape(text)}</span>' for text, kind in marks)
        st.html(f'<div class="kn-badges">{shown}</div>')


def _clash(kept: Writing, part: str, other: str) -> None:
    with st.container(border=True, key=f"bericht_anders_{part}"):
        st.markdown(f":material/warning: **{words.OTHER}**")
        st.code(other or words.OTHER_EMPTY, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.button(words.TAKE_OTHER, key=f"bericht_nimm_{part}", on_click=_take, args=(kept, part, other))
            st.button(words.KEEP_MINE, key=f"bericht_behalte_{part}", on_click=_keep, args=(kept, part, other))


def _take(kept: Writing, part: str, other: str) -> None:
    kept.put(part, other, seen=other)


def _keep(kept: Writing, part: str, other: str) -> None:
    kept.put(part, kept.typed[part], seen=other)
