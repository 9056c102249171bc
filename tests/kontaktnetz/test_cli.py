"""The command line says in German what is wrong, tells scripts by its exit code, and leaves the base alone."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from servers import free_port

from kontaktnetz.cli import run
from kontaktnetz.doctor import Grade, examine
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path, monkeypatch, impatient):
    """An empty folder without any setting; the address leads to a port where nobody listens."""
    for name in list(os.environ):
        if name.startswith(("NOCODB_", "DASHBOARD_", "KONTAKTNETZ_", "SMTP_", "ADDRESS_BOOK_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOCODB_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NOCODB_TOKEN", "x")
    return tmp_path


def merged_header(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "Unsere Liste")
    sheet.merge_range(1, 0, 1, 2, "Anschrift")
    sheet.write_row(2, 0, ["eins", "zwei", "drei"])
    book.close()


def gigabyte(path):
    with path.open("wb") as file:
        file.write(b"Organisation;")
        file.truncate(1_000_000_000)


BROKEN = {
    "binary.csv": ("organisationen", lambda p: p.write_bytes(bytes(range(256)) * 40)),
    "picture.csv": ("organisationen", lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))),
    "empty.csv": ("organisationen", lambda p: p.write_bytes(b"")),
    "header.csv": ("organisationen", lambda p: p.write_text("Organisation;PLZ\n", encoding="utf-8")),
    "long.csv": ("organisationen", gigabyte),
    "broken.xml": ("freinet_xml", lambda p: p.write_text("<angebote><angebot>", encoding="utf-8")),
    "wrong.csv": ("freinet_csv", lambda p: p.write_text("Farbe;Form\nrot;rund\n", encoding="utf-8")),
    "merged.xlsx": ("organisationen", merged_header),
    "broken.json": ("oparl", lambda p: p.write_text('{"data": [', encoding="utf-8")),
}


@pytest.mark.parametrize("command", ["apply", "plan"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name == "long.csv" else ()) for name in BROKEN]
)
def test_a_broken_list_ends_in_a_german_sentence_before_the_base_is_even_asked(office, capsys, name, command):
    profile, write = BROKEN[name]
    write(office / name)

    code = run(["sync", command, str(office / name), "--profile", profile])

    said = capsys.readouterr()
    assert code == 1
    assert "Fehler: " in said.err
    assert name in said.err
    assert "Traceback" not in said.err + said.out
    assert "erreichbar" not in said.err  # the server that is not there was not asked
    assert said.out == ""


def test_a_server_that_is_away_means_later(office, capsys):
    (office / "gut.csv").write_text("Organisation\nTafel\n", encoding="utf-8")

    code = run(["sync", "apply", "gut.csv", "--profile", "organisationen"])

    assert code == 3
    assert "nicht erreichbar" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["foo"], "Den Befehl „foo“ gibt es nicht."),
        (["sync", "apply"], "Es fehlt eine Angabe: source."),
        (["schema", "apply", "--weg"], "Die Option --weg gibt es nicht."),
        (["sync", "check", "x.csv"], "profile"),
    ],
)
def test_a_wrong_call_is_told_in_german_with_the_way_to_help(office, capsys, arguments, sentence):
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Hilfe: kontaktnetz" in said


def test_an_unknown_source_names_the_known_ones(office, capsys):
    (office / "sources.toml").write_text('[verbaende]\npath = "v.csv"\nprofile = "organisationen"\n', encoding="utf-8")

    assert run(["sync", "plan", "verband"]) == 1

    said = capsys.readouterr().err
    assert "„verband“ gibt es nicht" in said
    assert "Bekannt sind: verbaende." in said


def test_a_name_for_a_source_that_has_one_is_refused(office, capsys):
    assert run(["sync", "plan", "verbaende", "--source", "andere"]) == 1
    assert "gilt nur zusammen mit --profile" in capsys.readouterr().err


def test_a_file_without_a_profile_is_asked_for_one(office, capsys):
    (office / "liste.csv").write_text("Organisation\nTafel\n", encoding="utf-8")

    assert run(["sync", "apply", "liste.csv"]) == 1
    assert "fehlt das Profil" in capsys.readouterr().err


def test_a_setting_that_cannot_be_is_named(office, monkeypatch, capsys):
    monkeypatch.setenv("NOCODB_PORT", "achtzig")

    assert run(["schema", "plan"]) == 1
    assert "NOCODB_PORT" in capsys.readouterr().err


def test_missing_address_and_token_are_named(office, monkeypatch, capsys):
    monkeypatch.delenv("NOCODB_URL")
    monkeypatch.delenv("NOCODB_TOKEN")

    assert run(["sync", "mirror"]) == 1
    said = capsys.readouterr().err
    assert "NOCODB_URL, NOCODB_TOKEN" in said
    assert "kontaktnetz nocodb start" in said


def test_an_error_nobody_foresaw_is_no_traceback_but_stands_in_the_log(office, monkeypatch, capsys):
    monkeypatch.setattr("kontaktnetz.sync_commands.shipped_profiles", lambda: 1 / 0)

    assert run(["sync", "profiles"]) == 1

    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said
    assert "Traceback" in (office / ".kontaktnetz" / "logs" / "kontaktnetz.log").read_text(encoding="utf-8")


def test_a_profile_can_be_checked_and_drafted_without_a_server(office, capsys):
    (office / "liste.csv").write_text("Organisation;PLZ;Farbe\nTafel;01067;rot\n", encoding="utf-8")

    assert run(["sync", "check", "liste.csv", "--profile", "organisationen"]) == 0
    assert "Organisationen: 1" in capsys.readouterr().out
    assert run(["sync", "draft", "liste.csv"]) == 0
    assert "Organisation" in capsys.readouterr().out
    assert run(["sync", "profiles"]) == 0
    assert "freinet_csv" in capsys.readouterr().out.split()


def test_the_doctor_says_what_is_wrong_and_what_to_do(office, capsys):
    (office / ".env").write_text("NOCODB_BASE=Kontaktnetz\n", encoding="utf-8")
    (office / ".env").chmod(0o644)

    assert run(["doctor"]) == 1

    said = capsys.readouterr().out
    assert "✗ Die Datei .env können auch andere auf diesem Rechner lesen." in said
    assert "chmod 600 .env" in said
    assert "nicht erreichbar" in said
    (office / ".env").chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert "✓ Die Datei .env ist nur für Sie lesbar." in "\n".join(map(str, examine(load_settings())))


def test_the_doctor_looks_at_the_mail_server(office):
    settings = Settings(smtp_host="127.0.0.1", smtp_port=free_port())

    findings = [f for f in examine(settings) if "Mailserver" in f.text]

    assert [f.grade for f in findings] == [Grade.BAD]
    assert "SMTP_HOST" in findings[0].hint


def test_jobs_tell_what_failed_and_by_their_exit_code(office, capsys):
    assert run(["jobs", "due"]) == 1

    assert "Spiegel auffrischen: NocoDB" in capsys.readouterr().err


@pytest.mark.server
@pytest.mark.slow
def test_from_an_empty_base_to_a_mirror_by_commands_alone(office, monkeypatch, live_server, capsys):
    admin = Client.sign_in(live_server.url, live_server.email, live_server.password)
    token = admin.request("POST", "/api/v1/tokens", json={"description": "test"})["token"]
    base = meta.create_base(admin, "Befehle")
    monkeypatch.setenv("NOCODB_URL", live_server.url)
    monkeypatch.setenv("NOCODB_TOKEN", token)
    monkeypatch.setenv("NOCODB_BASE", base.id)
    rows = "Organisation;PLZ;Telefon;Bereich\nTafel;39104;0391 1;Zivilgesellschaft\n;39104;;\n"
    (office / "liste.csv").write_text(rows, encoding="utf-8")
    source = ["liste.csv", "--profile", "organisationen"]

    assert run(["schema", "drift"]) == 1
    assert run(["schema", "apply"]) == 0
    assert run(["schema", "drift"]) == 0
    capsys.readouterr()
    assert run(["sync", "plan", *source]) == 0
    assert "anlegen: 1 (zum Beispiel „Tafel“)" in capsys.readouterr().out
    assert run(["sync", "apply", *source, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    wanted = {"created": 1, "filled": 0, "updated": 0, "unchanged": 0, "unclear": 0, "conflicts": 0, "rejected": 1}
    assert {k: report[k] for k in (*wanted, "writes")} == {**wanted, "writes": 1}
    assert [(r["row"], r["column"]) for r in report["rejected_rows"]] == [(3, "Organisation")]
    assert run(["sync", "apply", *source, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["writes"] == 0
    assert run(["jobs", "due"]) == 0
    assert (office / ".kontaktnetz" / "mirror").is_dir()
    capsys.readouterr()
    assert run(["doctor"]) == 0
    assert "Alles Nötige ist in Ordnung." in capsys.readouterr().out


def call_main(office, **env):
    code = "import sys; from kontaktnetz.cli import main; sys.argv[1:] = ['jobs', 'list']; main()"
    subprocess.run(
        [sys.executable, "-c", code], cwd=office, env={**os.environ, "PYTHONPATH": str(ROOT), **env}, check=False,
        capture_output=True,
    )  # fmt: skip


def test_nobody_else_on_this_machine_may_look_into_the_data_folder(office):
    data = office / ".kontaktnetz"
    (data / "mirror").mkdir(parents=True)
    data.chmod(0o755)
    call_main(office)

    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    written = [path for path in data.rglob("*") if path.is_file()]
    assert written
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


@pytest.mark.parametrize(("mode", "holds"), [(0o755, "fotos"), (0o1777, "mirror")], ids=["of_others", "like_tmp"])
def test_a_folder_that_is_not_ours_alone_keeps_its_rights(office, mode, holds):
    data = office / "gemeinsam"
    (data / holds).mkdir(parents=True)
    data.chmod(mode)
    call_main(office, KONTAKTNETZ_DATA=str(data))
    assert stat.S_IMODE(data.stat().st_mode) == mode


def test_a_stop_of_the_system_ends_a_command_as_ctrl_c_does_and_gives_back_what_it_held(tmp_path):
    child = """
import contextlib, time
from kontaktnetz import cli

@cli.app.command("warten")
def warten() -> None:
    with contextlib.ExitStack() as later:
        later.callback(print, "zurückgegeben", flush=True)
        print("hält", flush=True)
        time.sleep(60)

cli.main()
"""
    environment = {**os.environ, "KONTAKTNETZ_DATA": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", child, "warten"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment, cwd=tmp_path,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "hält\n"
        process.send_signal(signal.SIGTERM)
        said, told = process.communicate(timeout=30)
    assert (said, process.returncode) == ("zurückgegeben\n", 130)
    assert "Abgebrochen" in told
    assert "Traceback" not in told
