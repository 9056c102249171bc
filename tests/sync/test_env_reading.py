"""A ``.env`` is read as it was written, in whatever encoding, or refused with the line and the cure."""

from __future__ import annotations

import pytest

from schemas.errors import ConfigError
from sync.env_file import read_env
from sync.settings import Settings, load_settings

AS_WRITTEN = {
    "SMTP_PASSWORD=a$b${HOME}c": "a$b${HOME}c",
    "SMTP_PASSWORD=geheim#1": "geheim#1",
    "SMTP_PASSWORD='geheim #1'": "geheim #1",
    'SMTP_PASSWORD="geheim #1" # das neue': "geheim #1",
    "SMTP_PASSWORD='it\\'s'": "it's",
    'SMTP_PASSWORD="C:\\neu\\test"': "C:\\neu\\test",
    "SMTP_PASSWORD=C:\\neu\\test": "C:\\neu\\test",
    'SMTP_PASSWORD="sagt \\"ja\\""': 'sagt "ja"',
    "SMTP_PASSWORD='sagt \\\"ja\\\"'": 'sagt \\"ja\\"',
    "SMTP_PASSWORD=x=y==": "x=y==",
    "SMTP_PASSWORD=ein'zelnes": "ein'zelnes",
    "export SMTP_PASSWORD = mit Leerzeichen ": "mit Leerzeichen",
    "SMTP_PASSWORD=geheim\u00a0\u200b": "geheim",
    "SMTP_PASSWORD=ümläut€": "ümläut€",
    "SMTP_PASSWORD=": "",
    "SMTP_PASSWORD= # noch keines": "",
    "SMTP_PASSWORD=alt\nSMTP_PASSWORD=neu": "neu",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(("line", "value"), AS_WRITTEN.items())
def test_a_value_is_what_was_written(tmp_path, line, value, end, encoding):
    text = f"# Bemerkung\n\nMAIL_FROM=Netz <a@x.example>\n{line}\n".replace("\n", end)
    if encoding == "cp1252":
        text = text.replace("\u200b", "")
    (tmp_path / ".env").write_bytes(text.encode(encoding))
    assert read_env(tmp_path / ".env") == {"MAIL_FROM": "Netz <a@x.example>", "SMTP_PASSWORD": value}


@pytest.mark.parametrize(
    ("line", "said", "cure"),
    [
        ("SMTP_PASSWORD=geheim #1", "Zeile 2 .* enthält ein #", "Anführungszeichen"),
        ('SMTP_PASSWORD="abc', "Zeile 2 .* Anführungszeichen zu viel oder zu wenig", "SMTP_PASSWORD"),
        ("SMTP_PASSWORD='a' b", "Zeile 2 .* Anführungszeichen zu viel oder zu wenig", "SMTP_PASSWORD"),
        ("SMTP_PASSWORD: geheim", "Zeile 2 .* ist keine Einstellung", "NAME=Wert"),
        ("SMTP_PASSWORD", "Zeile 2 .* ist keine Einstellung", "NAME=Wert"),
    ],
)
def test_what_is_unclear_is_refused_with_line_and_cure_and_without_the_secret(tmp_path, line, said, cure):
    (tmp_path / ".env").write_text(f"NOCODB_PORT=8080\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said) as told:
        read_env(tmp_path / ".env")
    assert cure in told.value.hint
    assert "geheim" not in f"{told.value.message}{told.value.hint}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("MAIL_FROM=Köhler\r\n".encode("cp850"), "Zeile 1 .* Zeichensatz nicht sicher"),
        ("A=1\nSMTP_PASSWORD=grün\n".encode("cp437"), "kein Text"),
        ("SMTP_PASSWORD=geheim".encode("utf-16")[:-1], "kein Text"),
        ("SMTP_PASSWORD=geheim\n".encode("utf-32"), "keine Einstellung"),
        (b"PNG\x89\x81\x8d", "kein Text"),
    ],
    ids=["DOS 850", "DOS 437", "cut off", "UTF-32", "no text"],
)
def test_an_encoding_that_is_not_sure_is_refused(tmp_path, content, said):
    (tmp_path / ".env").write_bytes(content)
    with pytest.raises(ConfigError, match=said) as told:
        read_env(tmp_path / ".env")
    assert "geheim" not in f"{told.value.message}{told.value.hint}"


def test_a_remark_in_another_encoding_does_no_harm(tmp_path):
    (tmp_path / ".env").write_bytes("# \x84lter\nA=\xe4\n".encode("latin-1"))
    assert read_env(tmp_path / ".env") == {"A": "ä"}


def test_a_remark_behind_an_ordinary_value_is_a_remark(tmp_path):
    (tmp_path / ".env").write_text("DASHBOARD_PORT=8501 # wie gehabt\n", encoding="utf-8")
    assert read_env(tmp_path / ".env") == {"DASHBOARD_PORT": "8501"}


def test_no_file_is_no_value_and_one_of_a_gigabyte_is_refused(tmp_path):
    assert read_env(tmp_path / ".env") == {}
    with (tmp_path / ".env").open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(ConfigError, match="zu groß"):
        read_env(tmp_path / ".env")


def test_settings_come_from_the_file_and_the_environment_wins(tmp_path, monkeypatch):
    for name in ("NOCODB_BASE", "NOCODB_PORT", "KONTAKTNETZ_DATA", "SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_bytes(
        "NOCODB_BASE=Büro\r\nnocodb_port=8081\r\nKONTAKTNETZ_DATA=/daten\r\nSMTP_PASSWORD=a$b\r\nFREMD=1\r\n".encode(
            "cp1252"
        )
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOCODB_PORT", "8082")
    settings = load_settings()
    assert (settings.nocodb_base, settings.nocodb_port, str(settings.data_dir)) == ("Büro", 8082, "/daten")
    assert settings.smtp_password.get_secret_value() == "a$b"
    assert Settings(_env_file=None).nocodb_base == "Kontaktnetz"
