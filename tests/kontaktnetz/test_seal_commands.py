"""`kontaktnetz seal`: a certificate is checked from its text or a photo with a file of keys alone, without a server."""

from __future__ import annotations

import datetime as dt

import made_up
import pytest
import segno

from automations.certification.seal_code import SealClaim, make_code, trust_of
from automations.signing import new_key, open_key, public_keys
from kontaktnetz import cli, seal_commands

NOW = dt.datetime(2027, 5, 1, tzinfo=dt.UTC)
CLAIM = SealClaim("2027-001", 2027, "Haus der Nachbarn „Größe“", dt.date(2027, 5, 6))


@pytest.fixture
def key(tmp_path, monkeypatch):
    """Keys of an office of its own; here there is no server, no mirror and no key."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOCODB_URL", "")
    monkeypatch.setenv("KONTAKTNETZ_DATA", str(tmp_path / "hier"))
    monkeypatch.setattr(seal_commands, "_today", lambda: CLAIM.awarded_on)
    made = open_key(tmp_path / "amt", NOW)
    new_key(tmp_path / "amt", NOW + dt.timedelta(days=400))
    trust = trust_of(public_keys(tmp_path / "amt"), ["2027-002"], dt.date(2028, 7, 1))
    (tmp_path / "pruefdatei.json").write_text(trust.as_text(), encoding="utf-8")
    return made


def check(what: str, trust: str = "pruefdatei.json") -> int:
    return cli.run(["seal", "check", what, "--trust", trust])


def test_text_address_and_photo_of_a_seal_are_checked_offline_and_the_exit_code_tells(key, tmp_path, capsys):
    code = make_code(CLAIM, key)
    segno.make(f"https://antworten.example.org/s/{code}", error="m").save(tmp_path / "foto.png", scale=4)
    segno.make("https://example.org", error="m").save(tmp_path / "anderes.png", scale=4)
    (tmp_path / "leer.png").write_bytes(b"kein Bild")
    revoked = make_code(SealClaim("2027-002", 2027, "Anderes Haus", dt.date(2027, 5, 6)), key)

    for what in (code, f"https://antworten.example.org/s/{code}", str(tmp_path / "foto.png")):
        assert check(what) == 0
        said = capsys.readouterr().out
        assert said.startswith("Echt.")
        assert "Haus der Nachbarn „Größe“\nGütesiegel 2027, Nr. 2027-001, verliehen am 06.05.2027" in said
        assert "01.07.2028" in said
    outcomes = {}
    for what in (revoked, f"{code[:-3]}AAA", "Guten Tag", str(tmp_path / "anderes.png")):
        assert check(what) == cli.FAILED
        outcomes[what] = capsys.readouterr().out.split(":")[0]
    assert list(outcomes.values()) == ["Ungültig", "Nicht echt", "Nicht lesbar", "Nicht lesbar"]
    assert check("leer.png") == check(code, "leer.png") == cli.FAILED
    told = capsys.readouterr().err
    assert "„leer.png“ ist nicht da oder nicht lesbar" in told
    assert "„leer.png“ ist keine Prüfdatei" in told


@pytest.mark.parametrize(
    ("name", "number", "begin"),
    [
        ("Haus D", "2027-004", "Echt."), ("Haus E", "2027-005", "Ungültig: "), ("Haus F", "2027-006", "Echt."),
        ("Haus E", "2027-006", "Ungültig: "), ("Haus E", "2027-007", "Ungültig: "),
        ("Haus G", "2027-008", "Ungültig: "),
    ],
)  # fmt: skip
def test_with_the_keys_here_a_certificate_counts_only_for_who_holds_its_number(key, tmp_path, capsys, name, number,
                                                                               begin):  # fmt: skip
    waits = {"phase": "Empfohlen – wartet auf Messe", "decision": "Siegel wird verliehen"}
    cases = [
        {"id": 1, "name": "Haus D", "seal_number": "2027-004", "note": "Siegelnummer: 2027-005", **waits},
        {"id": 2, "name": "Haus F", "seal_number": "2027-006", **waits},
        {"id": 3, "name": "Haus G", "seal_number": "2027-008", "phase": "Zurückgezogen"},
    ]
    made_up.write(tmp_path / "hier" / "mirror", {"certification": cases}, NOW)
    code = make_code(SealClaim(number, 2027, name, CLAIM.awarded_on), open_key(tmp_path / "hier", NOW))

    assert cli.run(["seal", "check", code]) == (0 if begin == "Echt." else cli.FAILED)
    assert capsys.readouterr().out.startswith(begin)


def test_before_the_day_of_the_award_a_seal_is_not_yet_called_valid(key, monkeypatch, capsys):
    monkeypatch.setattr(seal_commands, "_today", lambda: CLAIM.awarded_on - dt.timedelta(days=1))
    assert check(make_code(CLAIM, key)) == cli.FAILED
    assert capsys.readouterr().out.startswith("Noch nicht verliehen")


def test_a_new_key_is_made_beside_the_old_one_and_checks_with_the_keys_of_this_machine(key, tmp_path, capsys):
    assert cli.run(["seal", "check", "x"]) == cli.FAILED
    assert "--trust DATEI" in capsys.readouterr().err
    assert [cli.run(["seal", "new-key"]) for _ in range(2)] == [0, 0]
    said = capsys.readouterr().out
    keys = public_keys(tmp_path / "hier")
    assert len(keys) == 2
    assert all(name in said and public in said for name, public in keys.items())
    assert cli.run(["seal", "check", make_code(CLAIM, open_key(tmp_path / "hier", NOW))]) == 0
