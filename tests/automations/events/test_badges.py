"""Name badges: everybody by the name they have, and no name that is half of one or an address."""

from __future__ import annotations

import pytest
from letters import guest

from automations.events.badges import labels
from automations.events.companion_names import companion_names
from automations.events.sending_plan import Guest
from schemas.events.choices import Answer, InvitationState
from schemas.events.rules.address import Addressee
from schemas.events.rules.deputies import shown_deputy
from schemas.events.tables import Invitation


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
