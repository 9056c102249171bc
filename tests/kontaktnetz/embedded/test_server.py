"""The embedded NocoDB for real: first start, second start, and everything that can come between."""

from __future__ import annotations

import signal
import socket
import stat
import subprocess
import sys
from contextlib import closing

import postgres
import psutil
import pytest
from house import House
from servers import ROOT, free_port, require_parts

from kontaktnetz.embedded import disk
from kontaktnetz.embedded.accounts import ADMIN_EMAIL, SYNC_EMAIL
from kontaktnetz.embedded.pidfile import read_running, was_noted
from schemas.errors import EmbeddedServerError, Forbidden
from sync.nocodb import meta
from sync.nocodb.client import Client
from sync.nocodb.server import list_users, read_identity, read_info

pytestmark = [pytest.mark.server, pytest.mark.slow]


def check_complete(house: House) -> None:
    """Assert what must hold after every finished start."""
    env = house.env
    admin, sync = house.admin(), house.sync()
    assert read_info(admin).invite_only
    me = read_identity(sync, env["NOCODB_BASE"])
    assert (me.email, me.base_role, me.super_admin) == (SYNC_EMAIL, "creator", False)
    assert {(u.email, u.role) for u in list_users(admin, env["NOCODB_BASE"])} == {
        (env["NOCODB_ADMIN_EMAIL"], "owner"),
        (SYNC_EMAIL, "creator"),
    }
    assert len(meta.list_bases(admin)) == 1
    assert [t["created_by"] for t in admin.request("GET", "/api/v1/tokens")["list"]] == [SYNC_EMAIL]
    assert len(env["DASHBOARD_SECRET"]) >= 32


def test_the_first_start_makes_everything_and_later_ones_find_it(house):
    running = house.start()
    check_complete(house)
    env = house.env
    assert (env["NOCODB_URL"], env["NOCODB_ADMIN_EMAIL"]) == (running.url, ADMIN_EMAIL)
    assert stat.S_IMODE(house.env_file.stat().st_mode) == 0o600
    assert house.env_file.read_text().startswith(f"# Unser Büro\nNOCODB_PORT={running.port}\n")
    assert {c.laddr.ip for c in psutil.Process(running.pid).net_connections() if c.status == "LISTEN"} == {"127.0.0.1"}
    with pytest.raises(Forbidden):
        Client.sign_in(running.url, ADMIN_EMAIL, "geraten-geraten-1")

    assert house.start() == running
    assert house.env == env

    house.sync().request(
        "POST",
        f"/api/v3/meta/bases/{env['NOCODB_BASE']}/tables",
        json={"title": "Bleibt", "fields": [{"title": "Name", "type": "SingleLineText"}]},
    )
    assert house.stop() is True
    assert not psutil.pid_exists(running.pid)
    assert "läuft nicht" in house.status
    assert house.stop() is False
    again = house.start()
    assert again.pid != running.pid
    assert house.env == env
    assert [t.title for t in meta.list_tables(house.sync(), env["NOCODB_BASE"])] == ["Bleibt"]
    assert f"{again.url}/dashboard/" in house.status


MOMENTS = ("server.write_running", "accounts.create_base", "accounts._enter", "accounts._ensure_token")


@pytest.mark.parametrize("moment", [*MOMENTS, "accounts._write_env", "accounts._write_note"])
def test_a_first_start_killed_anywhere_is_completed_by_the_next(house, moment):
    module, name = moment.split(".")
    code = (
        "import os, sys; from pathlib import Path; from kontaktnetz.embedded import accounts, server;"
        "from sync.settings import Settings;"
        f"{module}.{name} = lambda *a, **k: os._exit(9);"
        "server.start(Settings(), env_file=Path('.env'), report=print)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=house.folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert killed.returncode == 9
    house.start()
    check_complete(house)


def test_a_killed_server_starts_again_with_its_data(house):
    first = house.start()
    env = house.env
    psutil.Process(first.pid).send_signal(signal.SIGKILL)
    psutil.Process(first.pid).wait(10)
    assert was_noted(house.data)
    assert "läuft nicht" in house.status
    assert house.start().pid != first.pid
    assert house.env == env
    check_complete(house)


def test_a_lost_env_is_written_anew_for_the_same_base_even_if_staff_renamed_it(house):
    house.start()
    before = house.env
    house.admin().request("PATCH", f"/api/v2/meta/bases/{before['NOCODB_BASE']}", json={"title": "Unsere Kontakte"})
    house.stop()
    house.write_env(int(before["NOCODB_PORT"]))
    house.start()
    check_complete(house)
    kept = ("NOCODB_URL", "NOCODB_TOKEN", "NOCODB_BASE", "NOCODB_ADMIN_EMAIL")
    assert {k: house.env[k] for k in kept} == {k: before[k] for k in kept}
    assert house.env["NOCODB_ADMIN_PASSWORD"] != before["NOCODB_ADMIN_PASSWORD"]
    assert any("neues gesetzt" in text for text in house.said)


def test_a_wrong_password_in_env_is_a_hint_while_the_token_works_and_an_error_with_a_way_on_without(house):
    house.start()
    house.set(NOCODB_ADMIN_PASSWORD="ganz-falsch-1")
    house.start()
    assert any("Kennwort der Verwaltung in der Datei .env stimmt nicht" in text for text in house.said)

    house.stop()
    house.set(NOCODB_TOKEN="")
    with pytest.raises(EmbeddedServerError, match=r"NOCODB_TOKEN\) fehlt.*leeren Sie die Zeile"):
        house.start()
    assert read_running(house.data) is None

    house.set(NOCODB_ADMIN_PASSWORD="")
    house.start()
    check_complete(house)


def test_an_emptied_password_is_set_anew_while_the_server_runs(house):
    first = house.start()
    house.set(NOCODB_ADMIN_PASSWORD="")
    assert house.start().pid != first.pid
    check_complete(house)


def test_a_changed_port_takes_effect_after_a_stop(house):
    old = house.start()
    new = free_port()
    house.set(NOCODB_PORT=str(new))
    assert house.start() == old
    assert house.said[-1].startswith(f"Der neue Port {new} gilt nach")
    house.stop()
    assert house.start().port == new
    assert house.env["NOCODB_URL"] == f"http://127.0.0.1:{new}"
    check_complete(house)


def test_a_busy_port_names_the_program_and_the_setting(house):
    port = int(house.env["NOCODB_PORT"])
    with closing(socket.create_server(("127.0.0.1", port))):
        with pytest.raises(EmbeddedServerError, match=rf"Port {port} ist schon belegt.*Prozess \d+.*NOCODB_PORT"):
            house.start()
        assert read_running(house.data) is None
    house.start()
    check_complete(house)


def test_a_server_that_dies_on_start_shows_the_end_of_its_log(house):
    modules = house.data / "node" / "node_modules"
    real = modules.readlink()
    modules.unlink()
    with pytest.raises(EmbeddedServerError, match=r"(?s)beim Starten abgebrochen.*Cannot find module.*nocodb\.log"):
        house.start()
    assert read_running(house.data) is None
    modules.symlink_to(real)
    house.start()
    check_complete(house)


def test_the_credentials_of_another_nocodb_are_never_overwritten(house):
    house.set(NOCODB_URL="https://nocodb.stadt.example", NOCODB_TOKEN="fremd")
    before = house.env_file.read_bytes()
    with pytest.raises(EmbeddedServerError, match=r"ein anderes NocoDB eingetragen \(nocodb\.stadt\.example\)"):
        house.start()
    assert house.env_file.read_bytes() == before
    assert not (house.data / "nocodb").exists()


def test_too_short_a_password_and_too_little_room_are_said_before_the_start(house, monkeypatch):
    house.set(NOCODB_ADMIN_PASSWORD="kurz")
    with pytest.raises(EmbeddedServerError, match=r"zu kurz: NocoDB verlangt 8 Zeichen"):
        house.start()
    house.set(NOCODB_ADMIN_PASSWORD="")
    usage = disk.shutil.disk_usage(house.folder)._replace(free=1_000_000)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(EmbeddedServerError, match=r"zu wenig Platz.*KONTAKTNETZ_DATA"):
        house.start()
    assert not (house.data / "nocodb").exists()


def test_a_base_that_is_gone_is_not_made_anew_behind_your_back(house):
    house.start()
    admin = house.admin()
    admin.request("DELETE", f"/api/v2/meta/bases/{house.env['NOCODB_BASE']}")
    with pytest.raises(EmbeddedServerError, match=r"gibt es in NocoDB nicht mehr.*NOCODB_BASE"):
        house.start()
    assert meta.list_bases(admin) == ()
    house.set(NOCODB_BASE="Neu begonnen")
    house.start()
    check_complete(house)


@pytest.mark.postgres
def test_it_runs_on_postgresql_when_told_so(house):
    require_parts("postgres")
    port = free_port()
    with postgres.throwaway_postgres(port) as name:
        house.set(NOCODB_DATABASE=f"pg://127.0.0.1:{port}?u={postgres.USER}&p=unused&d={name}")
        house.start()
        check_complete(house)
        assert not (house.data / "nocodb" / "noco.db").exists()
        house.stop()
