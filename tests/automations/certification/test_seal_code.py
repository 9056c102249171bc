"""Codes of seals: all of ours are genuine without any network, none that was changed is."""

from __future__ import annotations

import base64
import datetime as dt
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automations.certification.seal_code import (
    Check,
    SealClaim,
    check_code,
    make_code,
    open_badge,
    read_trust,
    trust_of,
)
from automations.signing import is_genuine, new_key, open_key, public_keys

NOW = dt.datetime(2026, 5, 6, 12, tzinfo=dt.UTC)
DAY = NOW.date()


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return open_key(tmp_path_factory.mktemp("schluessel"), NOW)


@pytest.fixture(scope="module")
def trust(key):
    return trust_of({key.name: key.public}, ["2024-002"], DAY)


claims = st.builds(
    SealClaim, st.from_regex(r"20[0-9]{2}-[0-9]{3}", fullmatch=True), st.integers(2005, 2060),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=80), st.dates(),
)  # fmt: skip


@given(claims)
def test_every_code_of_ours_says_what_it_was_made_of(key, trust, claim):
    found = check_code(f"https://siegel.example/s/{make_code(claim, key)}", trust, DAY)

    due = Check.AHEAD if claim.awarded_on > DAY else Check.GENUINE
    assert (found.outcome, found.claim) == (Check.REVOKED if claim.number == "2024-002" else due, claim)


@given(claims, st.randoms(use_true_random=False))
def test_no_changed_code_is_accepted(key, trust, claim, dice):
    code = make_code(claim, key)
    at = dice.randrange(len(code))
    letter = dice.choice([c for c in "ABCDEFGHabcdefgh0123456789-_." if c != code[at]])

    assert check_code(code[:at] + letter + code[at + 1 :], trust, DAY).outcome in (Check.FORGED, Check.UNREADABLE)
    assert check_code(code[:-1], trust, DAY).outcome in (Check.FORGED, Check.UNREADABLE)


def test_a_new_payload_under_an_old_signature_and_a_foreign_key_are_forged(key, trust, tmp_path):
    claim = SealClaim("2026-001", 2026, "Haus der Nachbarn", DAY)
    version, payload, signature = make_code(claim, key).split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    told["h"] = "Ganz ein anderes Haus"
    other = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    foreign = open_key(tmp_path, NOW)

    assert check_code(f"{version}.{other}.{signature}", trust, DAY).outcome == Check.FORGED
    assert check_code(make_code(claim, foreign), trust, DAY).outcome == Check.FORGED


def test_a_seal_signed_before_a_rotation_stays_genuine(tmp_path):
    old = open_key(tmp_path, NOW)
    code = make_code(SealClaim("2024-001", 2024, "Kita", DAY), old)
    new_key(tmp_path, NOW + dt.timedelta(days=400))

    trust = read_trust(trust_of(public_keys(tmp_path), [], DAY).as_text())

    assert len(trust.keys) == 2
    assert check_code(code, trust, DAY).outcome == Check.GENUINE


@pytest.mark.parametrize(
    ("number", "holder", "day", "expected"),
    [
        ("2026-001", "Haus D", DAY, Check.GENUINE),
        ("2026-001", " haus  d", DAY, Check.GENUINE),  # the same name, typed otherwise
        ("2026-001", "Ha\u00adus\u200b D\u202e", DAY, Check.GENUINE),  # as it reads on paper
        (" 2026–001", "Haus D", DAY, Check.GENUINE), ("2024 - 002", "Haus F", DAY, Check.REVOKED),  # so is the number
        ("2026-001", "Haus E", DAY, Check.OTHER),  # printed for another house before
        ("2026-001", "", DAY, Check.OTHER),
        ("2026-002", "Haus E", DAY, Check.OTHER),  # nobody's any more
        ("2026-001", "Haus D", DAY + dt.timedelta(days=1), Check.AHEAD),
        ("2026-001", "Haus E", DAY + dt.timedelta(days=1), Check.OTHER),
        ("2024-002", "Haus F", DAY, Check.REVOKED),
    ],
)  # fmt: skip
def test_a_number_is_genuine_only_together_with_the_name_that_holds_it(key, number, holder, day, expected):
    code = make_code(SealClaim(number, 2026, holder, day), key)
    made = trust_of({key.name: key.public}, ["2024-002"], DAY, {"2026-001": "Haus D", "2024-002": "Haus F"})
    trust = read_trust(made.as_text())

    assert check_code(code, trust, DAY).outcome == expected
    assert "Haus" not in made.as_text(), "who still waits for the fair is nobody else's business"


ENDLESS = '{"n":"1","y":Infinity,"h":"x","d":"2026-01-01","k":"a"}'


def packed(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    ["", "S1", "S1..", "S2.a.b", "https://siegel.example/s/", "x" * 5000, "S1.e30.AA", f"S1.{packed('[' * 1400)}.AA",
     f"S1.{packed(ENDLESS)}.AA"],
)  # fmt: skip
def test_garbage_is_unreadable_and_harms_nobody(trust, text):
    assert check_code(text, trust, DAY).outcome in (Check.UNREADABLE, Check.FORGED)
    assert check_code(text, trust, DAY).claim is None


def test_a_code_in_a_sentence_is_found_and_one_with_something_glued_to_it_is_not(key, trust):
    code = make_code(SealClaim("2026-001", 2026, "Haus", DAY), key)

    assert check_code(f"Auf der Urkunde steht {code}.\nStimmt das?", trust, DAY).outcome == Check.GENUINE
    for glued in (f"{code}=", f"{code}.AA", f"X{code}", f"{code}A"):
        assert check_code(glued, trust, DAY).outcome in (Check.FORGED, Check.UNREADABLE)


def test_a_file_that_is_no_file_of_keys_is_refused():
    with pytest.raises(ValueError, match=r"keys|Expecting"):
        read_trust("[]")


def test_the_open_badge_is_a_signed_credential_with_holder_year_and_issuer(key):
    claim = SealClaim("2026-001", 2026, "Haus der Nachbarn", DAY)

    badge = open_badge(
        claim, key, issuer="Netzwerk", issuer_url="https://netzwerk.example", seal="Freiwillige willkommen !!!",
        criteria="x",
    )  # fmt: skip

    head, body, signature = badge.split(".")
    assert is_genuine(f"{head}.{body}".encode(), signature, key.public)
    told = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert told["issuer"]["name"] == "Netzwerk"
    assert told["credentialSubject"]["identifier"][0]["identityHash"] == "Haus der Nachbarn"
    assert told["validFrom"] == "2026-05-06T00:00:00+02:00", "the day of the award, not two hours later"
    assert told["nbf"] == dt.datetime(2026, 5, 5, 22, tzinfo=dt.UTC).timestamp()


def test_a_thousand_changed_codes_and_two_hundred_right_ones(key, trust):
    dice = random.Random(6)
    right = [make_code(SealClaim(f"2026-{n:03d}", 2026, f"Einrichtung {n} „Größe“", DAY), key) for n in range(200)]
    forged = []
    while len(forged) < 1000:
        code = list(dice.choice(right))
        code[dice.randrange(3, len(code))] = dice.choice("ABCxyz019-_")
        if "".join(code) not in right:
            forged.append("".join(code))

    assert all(check_code(code, trust, DAY).outcome == Check.GENUINE for code in right)
    assert not [code for code in forged if check_code(code, trust, DAY).outcome == Check.GENUINE]
