"""The commands around the embedded NocoDB pass on what is asked and print German; the parts have tests of their own."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kontaktnetz import nocodb_commands
from kontaktnetz.embedded.pidfile import Running


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KONTAKTNETZ_DATA", "daten")
    return lambda *words: CliRunner().invoke(nocodb_commands.app, list(words))


def test_status_and_stop_of_what_is_not_there(run, tmp_path):
    status = run("status")
    assert (status.exit_code, status.stdout) == (
        0,
        "NocoDB ist nicht installiert. `kontaktnetz nocodb start` installiert und startet es.\n",
    )
    assert not (tmp_path / "daten").exists()
    stop = run("stop")
    assert (stop.exit_code, stop.stdout, stop.stderr) == (0, "", "NocoDB läuft nicht.\n")


@pytest.mark.parametrize(("words", "full"), [([], False), (["--full"], True)])
def test_install_is_lean_unless_asked(run, monkeypatch, words, full):
    asked = []
    monkeypatch.setattr(
        nocodb_commands.installing, "install", lambda folder, **how: asked.append((folder.name, how["full"]))
    )
    assert run("install", *words).exit_code == 0
    assert asked == [("daten", full)]


def test_start_tells_where_and_how_to_sign_in_but_no_password(run, monkeypatch, tmp_path):
    def start(settings, *, env_file, report):
        env_file.write_text("NOCODB_ADMIN_EMAIL=admin@kontaktnetz.example\nNOCODB_ADMIN_PASSWORD=streng-geheim\n")
        report("NocoDB startet …")
        return Running(1, 8080, 0.0)

    monkeypatch.setattr(nocodb_commands.server, "start", start)
    done = run("start")
    assert done.stdout == (
        "Adresse:   http://127.0.0.1:8080/dashboard/\n"
        "Anmeldung: admin@kontaktnetz.example (das Kennwort steht in der Datei .env)\n"
    )
    assert done.stderr == "NocoDB startet …\n"
    assert "streng-geheim" not in done.output
