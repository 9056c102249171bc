"""`kontaktnetz mail read` says in German why a file cannot be read, before anybody is asked."""

from __future__ import annotations

import pytest

from kontaktnetz import cli
from kontaktnetz.mail_command import describe, read_file
from schemas.errors import SourceError


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("leer.eml", b"  \r\n", "„leer.eml“ ist leer."),
        ("outlook.msg", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "Outlook-Datei (.msg)"),
        ("kalender.ics", b"<html>Bitte anmelden</html>", "„kalender.ics“ ist kein lesbarer Kalender."),
        ("brief.pdf", b"%PDF-1.7\n\x00\xff", "weder eine gespeicherte E-Mail noch ein Kalender"),
        ("notiz.txt", b"Ich komme gern.\n", "weder eine gespeicherte E-Mail noch ein Kalender"),
    ],
)
def test_a_file_that_is_no_mail_is_told_in_german(tmp_path, name, raw, says):
    file = tmp_path / name
    file.write_bytes(raw)
    with pytest.raises(SourceError) as problem:
        read_file(file)
    assert says in problem.value.message
    assert problem.value.hint


def test_a_file_that_is_not_there_ends_in_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["mail", "read", "fehlt.eml", "--dry-run"]) == cli.FAILED
    said = capsys.readouterr().err
    assert "„fehlt.eml“ ist nicht da oder nicht lesbar" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("raw", [b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"From: a@b.de\r\nSubject: x\r\n\r\nHallo"])
def test_mails_and_calendars_are_told_apart(tmp_path, raw):
    file = tmp_path / "ohne-endung"
    file.write_bytes(raw)
    assert callable(read_file(file))


def test_what_concerns_no_invitation_is_said():
    assert describe([], dry_run=True) == "Das hat mit keiner Einladung zu tun. Es wurde nichts geändert."
