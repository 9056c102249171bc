"""A folder of its own for the demo: own settings, own base, own files; what runs beside it is not even read.

The demo once shared the folder of the real base. Whoever followed the first page's advice had sixty invented
organisations among the real ones, and reminders to invented people left by the real mail server.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kontaktnetz.embedded.install import ensure_installed
from kontaktnetz.embedded.lock import exclusive
from kontaktnetz.embedded.pidfile import read_running
from kontaktnetz.embedded.ports import is_free
from kontaktnetz.env_file import update_env_file
from kontaktnetz.progress import say
from schemas.errors import ConfigError
from sync.env_file import read_env
from sync.settings import ENV_FILE, Settings, load_settings

FOLDER = "vorfuehrung"
"""The folder within the data folder."""

_KEPT = ("NOCODB_PORT", "DASHBOARD_PORT")
"""What the environment may still say; everything else there belongs to the real installation."""


def enter_demo_folder(data_dir: Path) -> Path:
    """Make the folder of the demo the working folder of this process, make it if needed, and return it.

    NocoDB is installed once in ``data_dir`` and used by both.

    Raises:
        ConfigError: the folder cannot be used.
    """
    real = data_dir.absolute()
    folder = real / FOLDER
    with exclusive(real, say):
        ensure_installed(real, report=say)
    try:
        (folder / ".kontaktnetz").mkdir(parents=True, exist_ok=True, mode=0o700)
        _link(folder / ".kontaktnetz" / "node", real / "node")
    except OSError as problem:
        raise ConfigError(
            f"Der Ordner der Vorführung {folder} lässt sich nicht anlegen: {problem.strerror}.",
            hint="Starten Sie die Vorführung in einem Ordner, in den Sie schreiben dürfen.",
        ) from None
    os.chdir(folder)
    for name in _settings_names() - set(_KEPT):
        os.environ.pop(name, None)
    if not load_settings().demo:
        update_env_file(ENV_FILE, {"KONTAKTNETZ_DEMO": "true"})  # links lead to this machine and may be tried there
    _choose_ports(folder)
    return folder


@contextmanager
def only_demo(folder: Path) -> Iterator[None]:
    """Be the one demo of its folder; the system lifts the lock when its holder dies.

    Raises:
        ConfigError: another one runs, or is still filling its base.
    """
    with (folder / "vorfuehrung.lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(
                "Die Vorführung läuft schon, in einem anderen Fenster.",
                hint="Dort steht, unter welcher Adresse; Strg-C hält sie dort an.",
            ) from None
        yield


def _link(place: Path, target: Path) -> None:
    if place.is_symlink() and place.readlink() != target:
        place.unlink()  # the project folder was moved
    if not place.exists():
        place.symlink_to(target, target_is_directory=True)


def _settings_names() -> set[str]:
    """Return the names by which the environment sets something, in capitals."""
    fields = Settings.model_fields.items()
    return {str(field.validation_alias or name).upper() for name, field in fields}


def _choose_ports(folder: Path) -> None:
    """Write other ports into the demo's ``.env`` where the usual ones are taken, by the real installation perhaps."""
    if read_running(folder / ".kontaktnetz") is not None:
        return  # a demo is running: whoever starts a second one is told so
    told = read_env(ENV_FILE)
    for name, field in (("NOCODB_PORT", "nocodb_port"), ("DASHBOARD_PORT", "dashboard_port")):
        usual = int(Settings.model_fields[field].default)
        if name not in told and name not in os.environ and not is_free(usual):
            update_env_file(ENV_FILE, {name: str(next(p for p in range(usual + 1, usual + 100) if is_free(p)))})
