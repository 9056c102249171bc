"""A place of its own for one embedded NocoDB: an empty ``.env``, a data folder, the program linked in."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from servers import free_port, parts_folder, require_parts

from kontaktnetz.embedded import install as installing
from kontaktnetz.embedded import server
from kontaktnetz.embedded.pidfile import Running
from kontaktnetz.env_file import update_env_file
from sync.env_file import read_env
from sync.nocodb.client import Client
from sync.settings import Settings


@dataclass
class House:
    """One embedded NocoDB and what it said."""

    folder: Path
    said: list[str] = field(default_factory=list)

    @property
    def env_file(self) -> Path:
        return self.folder / ".env"

    @property
    def data(self) -> Path:
        return self.folder / "daten"

    @property
    def env(self) -> dict[str, str]:
        return read_env(self.env_file)

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=self.env_file)  # type: ignore[call-arg]

    @property
    def status(self) -> str:
        return str(server.status(self.settings))

    def furnish(self) -> None:
        """Lay out what an installation leaves behind, and an ``.env`` with nothing but port and data folder."""
        require_parts()
        parts = parts_folder()
        assert parts is not None
        node = self.data / "node"
        node.mkdir(parents=True)
        (node / "node_modules").symlink_to(parts.absolute() / "node_modules")
        stamp = installing._stamp_for(installing.PARTS / "package-lock.json", full=False)
        (node / installing.STAMP).write_text(json.dumps(stamp))
        self.write_env(free_port())

    def write_env(self, port: int) -> None:
        self.env_file.write_text(f"# Unser Büro\nNOCODB_PORT={port}\nKONTAKTNETZ_DATA={self.data}\n")

    def set(self, **values: str) -> None:
        update_env_file(self.env_file, values)

    def start(self) -> Running:
        return server.start(self.settings, env_file=self.env_file, report=self.said.append)

    def stop(self) -> bool:
        return server.stop(self.data, self.said.append)

    def admin(self) -> Client:
        env = self.env
        return Client.sign_in(env["NOCODB_URL"], env["NOCODB_ADMIN_EMAIL"], env["NOCODB_ADMIN_PASSWORD"])

    def sync(self) -> Client:
        return Client(self.env["NOCODB_URL"], self.env["NOCODB_TOKEN"])
