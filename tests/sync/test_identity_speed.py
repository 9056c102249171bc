"""What makes the rule of identity quick must not change what it finds."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.identity.evidence import NEVER_SHOWN, SHOW, phones
from sync.identity.kinds import KINDS
from sync.normalise import clean
from sync.phone_numbers import phone_key

SECOND = re.compile(r"/\s*[(0]")
"""Where a second number begins."""


@settings(max_examples=60, deadline=None)
@example("069000/-0")
@given(st.from_regex(r"\(?0[1-9][0-9 ()/-]{4,14}", fullmatch=True).filter(lambda told: not SECOND.search(told)))
def test_a_plain_number_is_read_as_the_library_reads_it(told):
    key = phone_key(clean(told))
    expected = key.removeprefix("+49") if key.startswith("+") else re.sub(r"^0", "", re.sub(r"\D", "", told))
    is_number = len(expected) >= 6 and len(set(expected[-6:])) > 1  # 0111111 only fills a form
    assert phones({"phone": told}, "phone") == ({expected} if is_number else set())


CELLS = {
    "name": ["DRK KV Burg", "Kita Igel", "Kita Igel Burg", "Kita Igl", "Verein Mondlicht Burg e.V.", "Mondlicht",
             "Deutsches Rotes Kreuz Kreisverband Burg", "Ev. Gemeinde St. Anna", "Evangelische Kirchengemeinde Anna",
             "Schachclub Rot 1910 e.V.", "Schachverein Rot", "YMCA Garfield School", "YMCA Garfield I/T",
             "Sportverein Abteilung Judo", "Bürger Treff", "Bürgertreff Mondlicht"],
    "street": ["Ring 1", "Ring 1-3", "Ring 2", "Ring", "Alleenring 7", "Aleenring 7", "Am Alleenring 7", ""],
    "postcode": ["39104", "39140", "06108", ""], "city": ["Burg", "Burg bei Magdeburg", "Halle", ""],
    "phone": ["0391 5550101", "5550101", "0391 5550102", "0345 77001", "7732653900", ""],
    "mail": ["info@x.example", "a@y.example", ""],
    "web": ["x.example", "x.example/igel", "y.example", ""], "register_number": ["VR 1", "VR 2", ""],
    "parent": ["AWO", "DRK", ""], "ident": ["liste:1", "liste:1~igel", "liste:2", ""],
    "short_name": ["VMB", "Igel", ""],
}  # fmt: skip
BODIES = st.fixed_dictionaries({column: st.sampled_from(told) for column, told in CELLS.items()})


@settings(max_examples=500, deadline=None)
@given(BODIES, BODIES, st.lists(BODIES, max_size=3))
def test_no_judgement_exceeds_the_bound_by_which_rows_are_left_out(one, other, more):
    kind = KINDS["organisation"]
    ours, theirs = kind.read(one), kind.read(other)
    known = kind.count([ours, theirs, *map(kind.read, more)])
    most, evidence = kind.most_bits(ours, theirs, known), kind.judge(ours, theirs, known)
    if evidence is not None:
        assert evidence.bits <= most + 1e-9
        assert most >= NEVER_SHOWN or evidence.confidence < SHOW
