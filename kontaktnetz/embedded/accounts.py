"""The accounts of the embedded NocoDB: the administrator, and the sync, which has one of its own.

The sync's account lets a person's edit be told from ours. Every step looks first, so that a start that was killed
anywhere is completed by the next. Seen with NocoDB 0.301.3: ``NC_ADMIN_EMAIL`` and ``NC_ADMIN_PASSWORD`` make the first
administrator; later they overwrite password and address of the present one, so they are passed on only when needed.
"""

from __future__ import annotations

import json
import re
import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kontaktnetz.env_file import update_env_file
from schemas.errors import EmbeddedServerError, Forbidden
from sync.nocodb.accounts import Role
from sync.nocodb.client import Client
from sync.nocodb.meta import BaseMeta, create_base, find_base
from sync.nocodb.server import read_identity
from sync.settings import Settings

ADMIN_EMAIL = "admin@kontaktnetz.example"
SYNC_EMAIL = "sync@kontaktnetz.example"
TOKEN_NAME = "Kontaktnetz-Abgleich"  # noqa: S105 - a description, no secret

SHORTEST_PASSWORD = 8
"""NocoDB refuses to start with a shorter one."""

_READABLE = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1lI")
_BASE_ID = re.compile(r"p[a-z0-9]{12,}")
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Setup:
    """What a start works with: the settings, the file to write new ones to, and who hears of it."""

    settings: Settings
    env_file: Path
    report: Report

    @property
    def data_dir(self) -> Path:
        """Return the data folder, independent of where we stand."""
        return self.settings.data_dir.absolute()


@dataclass(frozen=True, slots=True)
class Note:
    """What the data folder remembers about the accounts; no secrets. It is written when everything is prepared."""

    url: str
    admin_email: str
    base_id: str


@dataclass(frozen=True, slots=True)
class Admin:
    """The administrator; ``impose``: NocoDB must be told at its start, because it may not know this password yet."""

    email: str
    password: str
    impose: bool


def read_note(data_dir: Path) -> Note | None:
    """Return the note, or None while nothing has been prepared."""
    try:
        return Note(**json.loads(_note_file(data_dir).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def choose_admin(setup: Setup) -> Admin:
    """Return the administrator of ``.env``; what is missing there is made up and written before NocoDB hears of it.

    Raises:
        EmbeddedServerError: the password in ``.env`` is too short for NocoDB.
    """
    settings, note = setup.settings, read_note(setup.data_dir)
    # The present administrator's address counts: imposing another would rename the account and swallow its namesake.
    email = (note.admin_email if note else "") or settings.nocodb_admin_email or ADMIN_EMAIL
    password = settings.nocodb_admin_password.get_secret_value()
    if not password:
        password = new_password()
        update_env_file(setup.env_file, {"NOCODB_ADMIN_EMAIL": email, "NOCODB_ADMIN_PASSWORD": password})
        if note:
            setup.report(
                "In der Datei .env fehlte das Kennwort der Verwaltung zu den vorhandenen Daten. Es wurde ein neues "
                f"gesetzt und steht jetzt dort (Anmeldung: {email})."
            )
        return Admin(email, password, impose=True)
    if len(password) < SHORTEST_PASSWORD:
        raise EmbeddedServerError(
            f"Das Kennwort der Verwaltung in der Datei .env ist zu kurz: NocoDB verlangt {SHORTEST_PASSWORD} Zeichen.",
            hint="Bitte tragen Sie bei NOCODB_ADMIN_PASSWORD ein längeres ein, oder leeren Sie die Zeile: "
            "dann wird eines erzeugt.",
        )
    if email != settings.nocodb_admin_email:
        update_env_file(setup.env_file, {"NOCODB_ADMIN_EMAIL": email})
    return Admin(email, password, impose=note is None)


def prepare_accounts(setup: Setup, url: str, admin: Admin) -> None:
    """Bring base, sync account and token to where ``.env`` names them; a second time it only looks.

    Raises:
        EmbeddedServerError: neither the token nor the administrator's password in ``.env`` fits this NocoDB, or
            NOCODB_BASE names a base that is gone.
    """
    administrator = _sign_in(url, admin)
    settings, note = setup.settings, read_note(setup.data_dir)
    base = _base_of_token(url, settings, note) if note else None
    found = settings.nocodb_token.get_secret_value()
    if base is None:
        if administrator is None:
            raise _wrong_password(settings)
        setup.report("NocoDB wird eingerichtet: Verwaltung, Base und ein eigenes Konto für den Abgleich …")
        if note is None:
            administrator.request("POST", "/api/v1/app-settings", json={"invite_only_signup": True})
        base = _ensure_base(administrator, settings.nocodb_base, note)
        found = _ensure_token(_sign_in_sync(administrator, base.id))
    elif administrator is None:
        setup.report(
            "Hinweis: Das Kennwort der Verwaltung in der Datei .env stimmt nicht (mehr). Der Abgleich läuft trotzdem. "
            f"{_WAY_ON}"
        )
    _write_env(setup, url=url, base_id=base.id, token=found)
    _write_note(setup.data_dir, Note(url, admin.email, base.id))


def new_password() -> str:
    """Return a random password that can be read aloud: four groups of five, about 115 bits."""
    while True:
        groups = ["".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(4)]
        word = "-".join(groups)
        if any(c.isdigit() for c in word) and any(c.isupper() for c in word) and any(c.islower() for c in word):
            return word


# --- steps -----------------------------------------------------------------------------------------------------------

_WAY_ON = (
    "Bitte tragen Sie bei NOCODB_ADMIN_PASSWORD das richtige ein. Ist es vergessen, leeren Sie die Zeile: "
    "`kontaktnetz nocodb start` setzt dann ein neues."
)


def _wrong_password(settings: Settings) -> EmbeddedServerError:
    missing = "fehlt" if not settings.nocodb_token.get_secret_value() else "passt nicht"
    return EmbeddedServerError(
        "Das Kennwort der Verwaltung in der Datei .env passt nicht zu den vorhandenen Daten von NocoDB, "
        f"und das Token des Abgleichs (NOCODB_TOKEN) {missing}.",
        hint=_WAY_ON,
    )


def _sign_in(url: str, admin: Admin) -> Client | None:
    try:
        return Client.sign_in(url, admin.email, admin.password)
    except Forbidden:
        return None


def _base_of_token(url: str, settings: Settings, note: Note | None) -> BaseMeta | None:
    """Return the base that the token in ``.env`` may use; None when token or base needs to be set up."""
    token = settings.nocodb_token.get_secret_value()
    if not token:
        return None
    client = Client(url, token)
    try:
        base = _look_for_base(client, settings.nocodb_base, note)
        identity = read_identity(client, base.id) if base else None
    except Forbidden:
        return None
    return base if identity and identity.base_role not in ("", Role.NONE) else None


def _look_for_base(client: Client, wanted: str, note: Note | None) -> BaseMeta | None:
    if (base := find_base(client, wanted)) is not None:
        return base
    # Staff may rename the base: where .env holds only the name it had at first, the note still knows it.
    default = Settings.model_fields["nocodb_base"].default
    return find_base(client, note.base_id) if note and wanted == default else None


def _ensure_base(administrator: Client, wanted: str, note: Note | None) -> BaseMeta:
    if (base := _look_for_base(administrator, wanted, note)) is not None:
        return base
    if not _BASE_ID.fullmatch(wanted):
        return create_base(administrator, wanted)
    if note is None:  # the data are new, only .env is from before
        return create_base(administrator, str(Settings.model_fields["nocodb_base"].default))
    raise EmbeddedServerError(
        f"Die Base mit der Kennung {wanted} gibt es in NocoDB nicht mehr.",
        hint="Bitte tragen Sie bei NOCODB_BASE in der Datei .env den Namen oder die Kennung der richtigen Base ein. "
        "Mit einem neuen Namen legt `kontaktnetz nocodb start` eine leere Base an.",
        base=wanted,
    )


def _sign_in_sync(administrator: Client, base_id: str) -> Client:
    """Return the sync's own session, after making its account a creator of the base if need be."""
    members = f"/api/v2/meta/bases/{base_id}/users"
    account = _find_account(administrator, members)
    if account is None or not account.get("roles"):
        administrator.request("POST", members, json={"email": SYNC_EMAIL, "roles": Role.CREATOR.value})
        account = _find_account(administrator, members)
    elif account["roles"] == Role.NONE:
        body = {"email": SYNC_EMAIL, "roles": Role.CREATOR.value}
        administrator.request("PATCH", f"{members}/{account['id']}", json=body)
    if account is None:
        raise EmbeddedServerError(
            "NocoDB hat das Konto für den Abgleich nicht angelegt.",
            hint="Bitte wiederholen Sie `kontaktnetz nocodb start`.",
        )
    return _enter(administrator, account)


def _enter(administrator: Client, account: Mapping[str, Any]) -> Client:
    """Sign in to an account of ours; its password is random, used this once and kept nowhere."""
    stranger = Client(administrator.url, "")
    password = new_password()
    if account.get("invite_token"):
        body = {"email": SYNC_EMAIL, "password": password, "token": str(account["invite_token"])}
        answer = stranger.request("POST", "/api/v2/auth/user/signup", json=body)
        return Client(administrator.url, str(answer["token"]), user_jwt=True)
    reset = administrator.request("POST", f"/api/v1/users/{account['id']}/generate-reset-url")
    path = f"/api/v2/auth/password/reset/{reset['reset_password_token']}"
    stranger.request("POST", path, json={"password": password})
    return Client.sign_in(administrator.url, SYNC_EMAIL, password)


def _find_account(administrator: Client, members: str) -> dict[str, Any] | None:
    listed = administrator.request("GET", members)["users"]["list"]
    return next((u for u in listed if u["email"] == SYNC_EMAIL), None)


def _ensure_token(sync: Client) -> str:
    listed = sync.request("GET", "/api/v1/tokens")["list"]
    made = next((t for t in listed if t["description"] == TOKEN_NAME), None)
    return str((made or sync.request("POST", "/api/v1/tokens", json={"description": TOKEN_NAME}))["token"])


def _write_env(setup: Setup, *, url: str, base_id: str, token: str) -> None:
    """Write what differs; the base by its id, so that staff may rename it."""
    settings = setup.settings
    values = {
        "NOCODB_URL": (settings.nocodb_url, url),
        "NOCODB_TOKEN": (settings.nocodb_token.get_secret_value(), token),
        "NOCODB_BASE": (settings.nocodb_base, base_id),
    }
    changed = {key: new for key, (old, new) in values.items() if old != new}
    if not settings.dashboard_secret.get_secret_value():
        changed["DASHBOARD_SECRET"] = secrets.token_urlsafe(32)
    if changed:
        update_env_file(setup.env_file, changed)


def _note_file(data_dir: Path) -> Path:
    return data_dir / "nocodb" / "accounts.json"


def _write_note(data_dir: Path, note: Note) -> None:
    if read_note(data_dir) != note:
        _note_file(data_dir).write_text(json.dumps(asdict(note)), encoding="utf-8")
