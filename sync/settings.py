"""Settings from ``.env`` and the environment, each explained in ``.env.example``; the environment wins.

Nothing here has a default that reaches another host.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from schemas.contacts.rules.warmth import WEIGHTS
from schemas.errors import ConfigError
from sync.env_file import read_env

ENV_FILE = Path(".env")


class _File(PydanticBaseSettingsSource):
    """The values of a ``.env`` file."""

    def __init__(self, settings_cls: type[BaseSettings], path: Path | None) -> None:
        super().__init__(settings_cls)
        self._values = {name.casefold(): value for name, value in (read_env(path) if path else {}).items()}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:
        """Return the value of a field, under which name it is handed on, and that it is no JSON."""
        name = field.validation_alias if isinstance(field.validation_alias, str) else field_name
        return self._values.get(name.casefold()), name, False

    def __call__(self) -> dict[str, str]:
        """Return the values that stand in the file."""
        found = (self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items())
        return {name: value for value, name, _ in found if value is not None}


class Settings(BaseSettings):
    """Everything that differs between two installations."""

    # no file of pydantic's own, which would decode it before us; ``_env_file=None`` still means none at all
    model_config = SettingsConfigDict(env_file="", extra="ignore")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the file by ``env_file``, which keeps every sign of a value."""
        told = getattr(dotenv_settings, "env_file", None)
        return init_settings, env_settings, _File(settings_cls, None if told is None else Path(told or ENV_FILE))

    nocodb_url: str = Field(default="", description="Adresse von NocoDB, zum Beispiel http://127.0.0.1:8080")
    nocodb_token: SecretStr = Field(default=SecretStr(""), description="API-Token des Kontos, mit dem geschrieben wird")
    nocodb_base: str = Field(default="Kontaktnetz", description="Name oder Kennung der Base in NocoDB")
    nocodb_port: int = Field(default=8080, description="Port des eingebauten NocoDB", ge=1, le=65535)
    nocodb_admin_email: str = Field(default="", description="Anmeldung der Verwaltung im eingebauten NocoDB")
    nocodb_admin_password: SecretStr = Field(
        default=SecretStr(""), description="Kennwort dazu (beim ersten Start erzeugt)"
    )
    nocodb_database: str = Field(
        default="", description="Datenbank des eingebauten NocoDB; leer = SQLite im Datenordner"
    )
    dashboard_port: int = Field(default=8501, description="Port der Übersicht", ge=1, le=65535)
    dashboard_secret: SecretStr = Field(
        default=SecretStr(""), description="Schlüssel für Anmelde-Cookies (wird erzeugt)"
    )
    dashboard_behind_proxy: bool = Field(
        default=False,
        description="Vor der Übersicht steht auf diesem Rechner ein Proxy, der X-Forwarded-For und -Proto selbst setzt",
    )
    smtp_host: str = Field(default="", description="Ihr Mailserver; leer = es werden keine E-Mails verschickt")
    smtp_port: int = Field(
        default=587, description="Port des Mailservers (587 mit STARTTLS, 465 mit TLS)", ge=1, le=65535
    )
    smtp_user: str = Field(default="", description="Anmeldename am Mailserver")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Kennwort am Mailserver")
    warmth_half_life_days: int = Field(
        default=180, description="Wärme einer Beziehung: nach so vielen Tagen zählt ein Kontakt halb", ge=1, le=3650
    )
    warmth_weights: str = Field(
        default="", description="Wärme: was ein Kontakt je Art zählt, etwa treffen=1,anruf=0.6; leer = wie mitgeliefert"
    )
    mail_from: str = Field(default="", description="Absender der E-Mails; leer = der Anmeldename am Mailserver")
    mail_per_minute: int = Field(
        default=60, description="So viele E-Mails je Minute gehen höchstens hinaus; 0 = ohne Grenze", ge=0, le=100_000
    )
    mail_archive: str = Field(
        default="", description="Eigene Adresse, die von jeder E-Mail eine Blindkopie bekommt; leer = keine"
    )
    mail_archive_folder: str = Field(
        default="INBOX", description="Ordner des Postfachs (IMAP_HOST), in dem diese Kopien ankommen"
    )
    network_name: str = Field(
        default="Netzwerk bürgerschaftliches Engagement",
        description="Name, der auf Einladungen vorn steht, wenn die Veranstaltung keinen Gastgeber nennt",
    )
    city_name: str = Field(
        default="", description="Name der Stadt, die das Gütesiegel trägt; steht auf Urkunden und Türschildern"
    )
    answer_url: str = Field(
        default="", description="Öffentliche Adresse der Antwortseiten für Gäste; leer = die der Übersicht"
    )
    answer_check: bool = Field(
        default=True, description="Prüfen, ob unter ANSWER_URL unsere Antwortseiten antworten; sonst ohne Links senden"
    )
    answer_port: int = Field(
        default=8502, description="Port der Antwortseiten, wenn sie für sich laufen", ge=1, le=65535
    )
    answer_behind_proxy: bool = Field(
        default=False,
        description="Vor den Antwortseiten steht auf diesem Rechner ein Proxy, der X-Forwarded-For selbst setzt",
    )
    templates_dir: Path = Field(
        default=Path("vorlagen"),
        validation_alias="KONTAKTNETZ_TEMPLATES",
        description="Ordner für eigene Vorlagen (Briefe, Schilder, Logo); was darin fehlt, kommt mitgeliefert",
    )
    imap_host: str = Field(default="", description="Postfach, aus dem Kontakte übernommen werden (IMAP); leer = keines")
    imap_port: int = Field(
        default=993, description="Port des Postfachs (993 mit TLS, 143 mit STARTTLS)", ge=1, le=65535
    )
    imap_user: str = Field(default="", description="Anmeldename am Postfach")
    imap_password: SecretStr = Field(default=SecretStr(""), description="Kennwort am Postfach")
    imap_folders: str = Field(
        default="Kontaktverlauf",
        description="Ordner, die gelesen werden, mit Komma getrennt",
    )
    answer_folders: str = Field(
        default="INBOX",
        description="Ordner, in denen nach Antworten auf Einladungen gesucht wird, mit Komma getrennt; leer = keine",
    )
    imap_text: bool = Field(
        default=False, description="Auch den Text der E-Mails als Notiz übernehmen (sonst nur Betreff und Tag)"
    )
    calendars: str = Field(
        default="",
        description="Kalender des Teams: Adressen oder Dateien (.ics), mit Komma getrennt; leer = keine",
    )
    dashboard_url: str = Field(
        default="", description="Adresse der Übersicht in E-Mails an das Team; leer = ohne Links dorthin"
    )
    address_book_url: str = Field(
        default="", description="CardDAV-Adresse des Adressbuchs für die Telefone des Teams; leer = keines"
    )
    address_book_user: str = Field(default="", description="Anmeldename dort")
    address_book_password: SecretStr = Field(
        default=SecretStr(""), description="Kennwort dort (meist ein App-Kennwort)"
    )
    address_book_ca: str = Field(
        default="", description="Datei mit dem Zertifikat (PEM), dem dort zu trauen ist; leer = wie sonst"
    )
    data_dir: Path = Field(
        default=Path(".kontaktnetz"),
        validation_alias="KONTAKTNETZ_DATA",
        description="Ordner für Spiegel, Status, Protokolle und das eingebaute NocoDB",
    )
    demo: bool = Field(
        default=False,
        validation_alias="KONTAKTNETZ_DEMO",
        description="Vorführung: Links führen auf diesen Rechner und dürfen es",
    )
    sources_file: Path = Field(
        default=Path("sources.toml"),
        validation_alias="KONTAKTNETZ_SOURCES",
        description="Verzeichnis der Quellen (Name, Datei, Profil)",
    )

    @field_validator("warmth_weights")
    @classmethod
    def _known_weights(cls, text: str) -> str:
        _read_weights(text)
        return text

    @property
    def weights(self) -> Mapping[str, float]:
        """Return what a contact counts by the code of its kind."""
        return {**WEIGHTS, **_read_weights(self.warmth_weights)}

    @property
    def mail_folders(self) -> tuple[str, ...]:
        """Return the folders of the mailbox that are read."""
        return tuple(name.strip() for name in self.imap_folders.split(",") if name.strip())

    @property
    def answer_only_folders(self) -> tuple[str, ...]:
        """Return the folders that are searched for answers to invitations and for nothing else."""
        named = (name.strip() for name in self.answer_folders.split(","))
        return tuple(name for name in dict.fromkeys(named) if name and name not in self.mail_folders)

    @property
    def calendar_places(self) -> tuple[str, ...]:
        """Return the addresses and files of the calendars."""
        return tuple(place.strip() for place in self.calendars.split(",") if place.strip())

    @property
    def mirror_dir(self) -> Path:
        """Return the folder of the local mirror."""
        return self.data_dir / "mirror"

    @property
    def status_file(self) -> Path:
        """Return the status database: what was last seen of each source."""
        return self.data_dir / "status.sqlite"

    @property
    def secrets(self) -> frozenset[str]:
        """Return what must stand in no log: keys, passwords (also in addresses), and addresses that are keys."""
        kept = {value.get_secret_value() for _, value in self if isinstance(value, SecretStr)}
        addresses = [place for place in self.calendar_places if "://" in place]
        kept.update(addresses, (urlsplit(place).path + _query(place) for place in addresses))
        for address in (self.nocodb_url, self.address_book_url, *addresses):
            kept.add(_password_in(address))
        kept.add(self.nocodb_database if "p=" in self.nocodb_database or "@" in self.nocodb_database else "")
        return frozenset(kept - {"", "/"})

    def require_server(self) -> None:
        """Raise ConfigError unless address and token of a NocoDB are set."""
        missing = [
            name
            for name, value in (
                ("NOCODB_URL", self.nocodb_url),
                ("NOCODB_TOKEN", self.nocodb_token.get_secret_value()),
            )
            if not value
        ]
        if missing:
            raise ConfigError(
                f"In der Datei .env fehlt: {', '.join(missing)}.",
                hint="Starten Sie das eingebaute NocoDB mit `kontaktnetz nocodb start`, "
                "oder tragen Sie die Werte Ihres NocoDB ein (siehe .env.example).",
                missing=missing,
            )


def load_settings() -> Settings:
    """Read ``.env`` and the environment.

    Raises:
        ConfigError: a value does not fit its setting (the setting is named), or the file cannot be read.
    """
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors()[0]
        name = str(first["loc"][0]).upper()
        raise ConfigError(
            f"Der Wert von {name} in der Datei .env (oder in der Umgebung) passt nicht: {first.get('input')!r}.",
            hint="Was dort stehen darf, erklärt .env.example.",
            setting=name,
        ) from None


def read_secret(name: str) -> str:
    """Return a password that the directory of sources names, from the environment or else from ``.env``.

    Raises:
        ConfigError: it is nowhere.
    """
    value = os.environ.get(name) or read_env(ENV_FILE).get(name)
    if not value:
        raise ConfigError(
            f"In der Datei .env fehlt {name}, das Kennwort eines Adressbuchs.",
            hint=f"Bitte ergänzen Sie dort eine Zeile {name}=… (Name wie in password_from).",
            setting=name,
        )
    return value


def _query(address: str) -> str:
    query = urlsplit(address).query
    return f"?{query}" if query else ""


def _password_in(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""


def _read_weights(text: str) -> dict[str, float]:
    """Read ``treffen=1,anruf=0.6``. Raises ValueError for an unknown kind or a number below 0."""
    found = {}
    for part in filter(str.strip, text.split(",")):
        kind, _, weight = (piece.strip() for piece in part.partition("="))
        if kind not in WEIGHTS or float(weight) < 0:
            raise ValueError(f"„{part.strip()}“: bekannt sind {', '.join(WEIGHTS)}, die Zahl ist 0 oder mehr")
        found[kind] = float(weight)
    return found
