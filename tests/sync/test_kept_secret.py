"""Keys of our own: made once, readable by their owner alone, and never taken for one when they are none."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from schemas.errors import ConfigError
from streamlit_app import context
from sync.kept_secret import kept_secret


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "neu" / "antworten.secret"
    made = kept_secret(path)
    assert len(made) >= 32
    assert kept_secret(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_of_many_makers_at_once_one_wins(tmp_path):
    found, begin = [], threading.Barrier(8)

    def make():
        begin.wait()
        found.append(kept_secret(tmp_path / "x.secret"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


@pytest.mark.parametrize("held", [b"", b"\n", b"kurz", b"x" * 31, b"\0" * 43, b"\xff\xfe" * 40], ids=repr)
def test_a_file_without_a_key_is_refused_and_stays(tmp_path, held):
    path = tmp_path / "antworten.secret"
    path.write_bytes(held)
    with pytest.raises(ConfigError, match="Sicherung"):
        kept_secret(path)
    assert path.read_bytes() == held


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ("x", False),
        ("k" * 40, False),
        ("0123456789" * 3, False),
        ("0123456789" * 4, False),
        ("changeme-changeme-Changeme-1234567890", False),
        ("Bitte-hier-32-zufällige-Zeichen-eintragen", False),
        ("mein-geheimes-Kennwort-fuer-die-Uebersicht", False),
        ("Xq7-0v9Zr_Lw2TgYb5Nd8JkPsHfAe3Mc", True),
        ("9f86d081884c7d659a2feaa0c55ad015", True),
    ],
)
def test_a_short_key_in_the_settings_is_refused(tmp_path, told, right):
    settings = SimpleNamespace(dashboard_secret=SecretStr(told), data_dir=tmp_path)
    if right:
        assert context.make(settings).secret == told
    else:
        with pytest.raises(ConfigError, match="DASHBOARD_SECRET"):
            context.make(settings)
