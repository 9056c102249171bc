"""The demo lives in a folder of its own and reads nothing of the real installation."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kontaktnetz import demo, demo_folder
from kontaktnetz.demo_folder import enter_demo_folder, only_demo
from schemas.errors import ConfigError
from sync.env_file import read_env
from sync.settings import Settings, load_settings

REAL = "NOCODB_URL=https://nocodb.stadt.example\nNOCODB_TOKEN=echt\nSMTP_HOST=mail.stadt.example\nIMAP_HOST=imap.stadt.example\n"


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a real installation, and NocoDB installed in it."""
    (tmp_path / ".env").write_text(REAL, encoding="utf-8")
    (tmp_path / ".kontaktnetz" / "node").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KONTAKTNETZ_DATA", raising=False)
    monkeypatch.setattr(demo_folder, "ensure_installed", lambda data_dir, report: None)
    return tmp_path


@contextmanager
def listening() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_nothing_of_the_real_installation_is_read_or_changed(real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_HOST", "mail.stadt.example")
    monkeypatch.setenv("NOCODB_TOKEN", "auch echt")
    before = {p: p.read_bytes() for p in real.rglob("*") if p.is_file()}
    folder = enter_demo_folder(load_settings().data_dir)
    settings = load_settings()
    assert folder == real / ".kontaktnetz" / "vorfuehrung" == Path.cwd()
    assert (settings.nocodb_url, settings.smtp_host, settings.imap_host) == ("", "", "")
    assert settings.nocodb_token.get_secret_value() == ""
    assert settings.data_dir.absolute() == folder / ".kontaktnetz"
    assert settings.demo, "links lead to this machine and may be tried"
    assert not Settings(_env_file=real / ".env").demo
    assert (settings.data_dir / "node").resolve() == real / ".kontaktnetz" / "node"
    assert {p: p.read_bytes() for p in before} == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whatever_ends_the_demo_ends_nocodb_too(
    number: signal.Signals, real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(demo, "require_dashboard_port", lambda settings: None)
    monkeypatch.setattr(demo, "start", lambda settings, env_file, report: told.append("start"))
    monkeypatch.setattr(demo, "_fill_when_free", lambda settings, ending: os.kill(os.getpid(), number))
    monkeypatch.setattr(demo, "run_dashboard", lambda settings: told.append("never"))
    monkeypatch.setattr(demo, "stop", lambda data_dir, report: told.append("stop"))
    usual = {signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL, signal.SIGINT: signal.default_int_handler}
    before = {one: signal.signal(one, handler) for one, handler in usual.items()}  # a suite behind "&" ignores Ctrl-C
    try:
        demo.demo()
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert told == ["start", "stop"]


def test_a_second_demo_in_the_same_folder_leaves_the_first_alone(real: Path) -> None:
    folder = enter_demo_folder(load_settings().data_dir)
    with only_demo(folder), pytest.raises(ConfigError, match="läuft schon"), only_demo(folder):
        pass
    with only_demo(folder):
        pass


def test_a_second_start_finds_the_same_folder_and_what_it_keeps(real: Path) -> None:
    folder = enter_demo_folder(load_settings().data_dir)
    Path(".env").write_text("NOCODB_TOKEN=der-vorfuehrung\n", encoding="utf-8")
    os.chdir(real)
    assert enter_demo_folder(load_settings().data_dir) == folder
    assert load_settings().nocodb_token.get_secret_value() == "der-vorfuehrung"


def test_taken_ports_are_not_those_of_the_demo(real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = demo_folder.Settings.model_fields
    with listening() as port:
        monkeypatch.setattr(fields["nocodb_port"], "default", port)
        folder = enter_demo_folder(load_settings().data_dir)
        assert int(read_env(folder / ".env")["NOCODB_PORT"]) > port


def test_a_port_that_somebody_chose_stays(real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as port:
        monkeypatch.setenv("DASHBOARD_PORT", str(port))
        folder = enter_demo_folder(load_settings().data_dir)
        assert "DASHBOARD_PORT" not in read_env(folder / ".env")
        assert load_settings().dashboard_port == port


def test_a_project_folder_that_was_moved_links_its_own_nocodb(real: Path) -> None:
    place = real / ".kontaktnetz" / "vorfuehrung" / ".kontaktnetz" / "node"
    place.parent.mkdir(parents=True)
    place.symlink_to(real / "anderswo")
    enter_demo_folder(load_settings().data_dir)
    assert place.resolve() == real / ".kontaktnetz" / "node"


def test_a_folder_that_cannot_be_made_is_told(real: Path) -> None:
    (real / ".kontaktnetz" / "vorfuehrung").write_text("im Weg", encoding="utf-8")
    with pytest.raises(ConfigError, match="lässt sich nicht anlegen"):
        enter_demo_folder(load_settings().data_dir)
