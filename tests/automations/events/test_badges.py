"""Name badges: everybody by the name they have, and no name that is half of one or an address."""

from __future__ import annotations

import io

import numpy as np
import pytest
from letters import guest
from PIL import Image
from pypdf import PdfReader

from automations.documents.pdf import pictures
from automations.events import badges
from automations.events.badges import labels
from automations.events.companion_names import companion_names
from automations.events.sending_plan import Guest
from schemas.events.choices import Answer, InvitationState
from schemas.events.rules.address import Addressee
from schemas.events.rules.deputies import shown_deputy
from schemas.events.tables import Invitation

LONG = (
    "Prof. Dr. Dr. h. c. Maximiliane-Charlotte Freifrau von Hohenlohe-Waldenburg-Schillingsfürst zu Sayn-Wittgenstein"
)
CROWDED = [
    ("Überlinger-Schmidt-Hohenstein", "Kassenärztliche Vereinigung", f"in Vertretung: {LONG}"),
    (LONG, "Landesarbeitsgemeinschaft der Freiwilligenagenturen und Selbsthilfekontaktstellen", LONG),
    ("Donaudampfschifffahrtsgesellschaftskapitänswitwenverein" * 2, "Fach-/Beratungsstelle" * 4, "x " * 60),
    ("M" * 300, "", ""), ("A", "W" * 150, "W" * 150), ("W " * 150, "W " * 75, "W " * 75),
    ("A" * 10_000, "B\n" * 3_000, ""),
]  # fmt: skip


def drawn(name, organisation="", line=""):
    label = badges.Label(name, organisation, "KN:17.abcd-_12", line)
    event = "Verleihung des Gütesiegels engagementfreundliche Einrichtung und Ehrung langjähriger Ehrenamtlicher 2027"
    (page,) = pictures("badges.typ", badges._data(event, [label], None), dots=100)
    return np.asarray(Image.open(io.BytesIO(page)).convert("L")).astype(int)


def mm(*told):
    return slice(*(round(one * 100 / 25.4) for one in told))


@pytest.mark.parametrize(("name", "organisation", "line"), CROWDED)
def test_however_long_the_names_all_of_a_badge_stays_within_it_and_its_code_can_be_read(name, organisation, line):
    plain, crowded = drawn("A"), drawn(name, organisation, line)

    assert (crowded[:, mm(105.5, 210)] == 255).all(), "nothing reaches into the badge beside it"
    assert (crowded[mm(68, 297), :] == 255).all(), "nor into the one below"
    logo_and_event, code = (mm(13.5, 28), mm(20, 105)), (mm(41, 67), mm(79, 105))
    for part in (logo_and_event, code):
        assert (crowded[part] == plain[part]).all()
    assert (crowded != plain).any()


def test_a_long_title_and_a_broad_logo_leave_the_name_its_room(tmp_path):
    wide = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 10"><path d="M0 0h900v10h-900z"/></svg>'
    (tmp_path / "logo.svg").write_text(wide, encoding="utf-8")
    (page,) = pictures("badges.typ", badges._data("Ehrung " * 80, [badges.Label("A" * 40, "B")], tmp_path), dots=100)
    shown = np.asarray(Image.open(io.BytesIO(page)).convert("L")).astype(int)

    assert (shown[:, mm(105.5, 210)] == 255).all()
    assert (shown[mm(68, 297), :] == 255).all()


def test_no_sign_turns_a_name_round_on_paper():
    label = badges.Label("Anna\u202e gnilhcsretsuM\u2066 Eva", "\u202bVerein")
    text = PdfReader(io.BytesIO(badges.badges_pdf("Ehrung", [label]))).pages[0].extract_text()
    assert "Anna gnilhcsretsuM Eva" in text


def test_badges_with_small_type_are_named_before_they_print():
    short, small = badges.Label("Anna Muster", "Verein", "", "mit Bo"), badges.Label(LONG, "Verein " * 10)
    assert badges.hard_to_read([short, small]) == [small]
    assert badges.shortened("A" * 10, 4) == "AAA…"


def test_badges_on_which_something_is_left_out_are_named_apart():
    whole = badges.Label("A" * 300, "B" * 150, "", "C" * 150)
    cut = [badges.Label("A" * 301), badges.Label("A", "B" * 151), badges.Label("A", "", "", "C" * 151)]
    spaced = badges.Label("A" * 150 + " " * 200 + "B" * 149)  # one line, as it is printed
    assert badges.cut_off([whole, spaced, *cut]) == cut
    assert badges.hard_to_read(cut[:1]) == cut[:1]


def made(**cells):
    row = Invitation(id=1, event=5, state=InvitationState.INVITED, **({"answer": Answer.YES} | cells))
    return [(one.name, one.line) for one in labels([Guest(row, guest(Addressee(), name="Anna Muster"))])]


@pytest.mark.parametrize(
    ("told", "expected"),
    [("Eva Muster (eva@haus.example)", ("Eva Muster", "in Vertretung: Anna Muster")),
     ("Eva Muster <eva@haus.example>", ("Eva Muster", "in Vertretung: Anna Muster")),
     ("Frau Schulz, Kassenwartin", ("Frau Schulz, Kassenwartin", "in Vertretung: Anna Muster")),
     ("eva@haus.example", ("Vertretung von Anna Muster", ""))],
)  # fmt: skip
def test_no_badge_bears_the_mail_address_of_a_stand_in(told, expected):
    assert made(answer=Answer.REPRESENTED, represented_by=told) == [expected]


def test_lists_show_who_stands_in_without_the_address_unless_it_is_all_that_is_known():
    told = ("Eva Muster (eva@haus.example)", "eva@haus.example", None)
    assert [shown_deputy(one) for one in told] == ["Eva Muster", "eva@haus.example", ""]


@pytest.mark.parametrize(
    ("told", "companions", "expected"),
    [("Karl Freiherr von und zu Muster", 0, ["Karl Freiherr von und zu Muster"]),
     ("Karl Graf auf und zu Eltz und Eva", 0, ["Karl Graf auf und zu Eltz", "Eva"]),
     ("Max von der Heide und Anna", 2, ["Max von der Heide", "Anna"]),
     ("Dr. Olaf Muster, M.A.", 0, ["Dr. Olaf Muster, M.A."]),
     ("Ute Vogel, Ph.D., MdL und Bo", 0, ["Ute Vogel, Ph.D., MdL", "Bo"]),
     ("Anna Muster, Kassenwartin; Bo", 2, ["Anna Muster, Kassenwartin", "Bo"]),
     ("Maria und ihr Sohn", 2, ["Maria"]), ("Maria und ihr Sohn", 1, ["Maria"]), ("Maria (meine Frau)", 1, ["Maria"]),
     ("meine Frau Eva Muster", 1, ["Eva Muster"]), ("Eva Muster und Tochter Lina", 2, ["Eva Muster", "Lina"]),
     ("meine Frau", 1, []), ("2 Kinder", 2, []), ("N.N.", 1, []), ("Begleitung", 1, []), ("", 0, []),
     ("Muster, Eva", 1, ["Muster, Eva"]), ("Eva Muster, Max\nBo & Jo", 4, ["Eva Muster", "Max", "Bo", "Jo"]),
     ("eva muster und karl muster", 2, ["eva muster", "karl muster"]), ("Anna/Berta", 2, ["Anna", "Berta"]),
     ("Frau Schulz sowie Herr Meier", 2, ["Frau Schulz", "Herr Meier"]), ("Edmund Hundert", 1, ["Edmund Hundert"])],
)  # fmt: skip
def test_who_comes_along_gets_a_badge_by_the_whole_name_and_who_has_none_gets_none(told, companions, expected):
    assert companion_names(told, companions) == expected
    assert made(companion_names=told, companions=companions)[1:] == [(name, "mit Anna Muster") for name in expected]
