"""Who is meant by a name that somebody types into the quick entry: found, or told as another spelling of somebody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import made_up
import pandas as pd
import pytest
from made_up import NOW
from streamlit.testing.v1 import AppTest

from schemas.contacts.tables import Interaction
from streamlit_app.door.cookie import Session
from streamlit_app.frames.meant import who_is_meant
from streamlit_app.ui import relation_texts as words
from streamlit_app.writing import Pen
from sync.identity.typed_names import TypedNames
from sync.nocodb.accounts import Role

SignIn = Callable[[Role], Session]
OpenPage = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("typed", "offered", "why"),
    [
        ("Basti Beispiel", ["Sebastian Beispiel"], "Kurzform des Vornamens"),
        ("Sebastian Beispeil", ["Sebastian Beispiel"], "fast gleiche Schreibweise"),
        ("Bastian Beispil", ["Sebastian Beispiel"], ""),
        ("Sportbundt", ["Sportbund"], "fast gleiche Schreibweise"),
        ("Volkssolidarität", [], ""),
    ],
)
def test_who_types_another_spelling_is_asked_whether_that_one_is_meant(
    typed: str, offered: list[str], why: str, data_dir: Path, open_page: OpenPage, sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made_up.write(
        data_dir / "mirror",
        {
            "organisation": [{"id": 1, "name": "Sportbund"}],
            "person": [
                {"id": 1, "first_name": "Sebastian", "last_name": "Beispiel"},
                {"id": 2, "first_name": "Grete", "last_name": "Abend", "aliases": "Nachname: Morgen"},
            ],
            "function": [{"id": 1, "name": "Vorsitz", "person": 1, "organisation": 1}],
            "interaction": [],
        },
        NOW,
    )
    sign_in(Role.EDITOR)
    saved: list[Interaction] = []
    monkeypatch.setattr(Pen, "save", lambda self, record, now, *, unclear=False: saved.append(record))
    at = open_page("beziehungen", wer="alle")
    at.text_input(key="schnell_zeile_0").set_value(f"gestern Telefonat mit {typed} wegen Spenden").run()
    assert not at.exception
    radios = [r for r in at.radio if (r.key or "").endswith("_wer")]
    if not offered:
        assert words.QUICK_WHO_NONE.format(who=typed) in "".join(str(w.value) for w in at.warning)
    else:
        (radio,) = radios
        assert "Meinen Sie …?" in radio.label
        assert list(radio.options) == offered
        assert why in radio.proto.captions[0]
    if typed == "Basti Beispiel":
        radios[0].set_value(radios[0].options[0])
        at.run()
        next(b for b in at.button if b.label == words.QUICK_SAVE).click().run()
        (record,) = saved
        assert (record.person, record.organisation, record.summary) == (1, None, "Spenden")


FRAME = pd.DataFrame(
    [
        ("person", 1, "Anna Schmidt", "Vorsitz, Chor"),
        ("person", 2, "Anna Schmied", ""),
        ("person", 3, "Grete Abend", ""),
        ("organisation", 1, "Chor", ""),
    ],
    columns=["type", "id", "name", "note"],
)


@pytest.mark.parametrize(
    ("asked", "found", "chosen", "offered"),
    [
        ("Anna Schmidt", [0], "Anna Schmidt", ["Anna Schmidt"]),
        ("anna schmidt", [0, 1], "Anna Schmidt", ["Anna Schmidt", "Anna Schmied"]),
        ("Schmidt", [0], "Anna Schmidt", ["Anna Schmidt"]),
        ("Anna", [0, 1], None, ["Anna Schmidt", "Anna Schmied"]),
        ("Anna Schmi", [0], None, ["Anna Schmidt", "Anna Schmied"]),
        ("Anna Schmitt", [], None, ["Anna Schmied", "Anna Schmidt"]),
        ("Schmid, Anna", [0], None, ["Anna Schmidt", "Anna Schmied"]),
        ("Grete Morgen", [2], "Grete Abend", ["Grete Abend"]),
        ("Chor", [3], "Chor", ["Chor"]),
        ("Niemand", [], None, []),
    ],
)
def test_who_is_called_just_so_is_chosen_and_else_whoever_may_be_meant_is_offered(
    asked: str, found: list[int], chosen: str | None, offered: list[str]
) -> None:
    people = [
        (1, {"first_name": "Anna", "last_name": "Schmidt"}),
        (2, {"first_name": "Anna", "last_name": "Schmied"}),
        (3, {"first_name": "Grete", "last_name": "Abend", "aliases": "Nachname: Morgen"}),
    ]
    names = {
        "person": TypedNames("person", people),
        "organisation": TypedNames("organisation", [(1, {"name": "Chor"})]),
    }
    choice = who_is_meant(asked, FRAME.iloc[found], FRAME, lambda table: names[table].find(asked))
    assert (choice.chosen.name if choice.chosen else None) == chosen
    assert [one.name for one in choice.options] == offered
    if asked == "Grete Morgen":
        assert choice.chosen is not None
        assert choice.chosen.why == "gleicher Name, auch ein früherer"


def test_namesakes_are_offered_with_what_tells_them_apart() -> None:
    namesakes = pd.DataFrame(
        [
            ("person", 1, "Anna Kim", "", "", "0391 5401234"),
            ("person", 2, "Anna Kim", "", "kim@example.org", ""),
            ("person", 3, "Anna Kim", "Vorsitz, Chor", "", ""),
            ("person", 4, "Anna Kim", "Vorsitz, Chor", "", ""),
            ("person", 5, "Anna Kimmel", "", "kimmel@example.org", ""),
            ("organisation", 1, "Anna Kim", "Stiftung", "stiftung@example.org", ""),
        ],
        columns=["type", "id", "name", "note", "mail", "phone"],
    )
    choice = who_is_meant("Anna Kim", namesakes, namesakes, lambda table: ())
    assert choice.chosen is None
    assert [one.told for one in choice.options] == [
        "0391 5401234", "kim@example.org", "Vorsitz, Chor · Zeile 3", "Vorsitz, Chor · Zeile 4", "", "Stiftung",
    ]  # fmt: skip
