"""A real IMAP server (dovecot) on loopback with one mailbox of its own, gone afterwards."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imap_tools import imap_utf7
from servers import free_port

PROGRAM = "/usr/sbin/dovecot"
USER = "kontakte@example.org"
PASSWORD = "geheim"


def program() -> str | None:
    """Return the installed dovecot, or None."""
    return shutil.which("dovecot") or (PROGRAM if Path(PROGRAM).exists() else None)


@dataclass(frozen=True)
class ImapServer:
    """A server with a mailbox that tests may fill."""

    port: int

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as session:
            session.login(USER, PASSWORD)
            yield session

    def put(self, mails: Sequence[bytes], folder: str = "Kontaktverlauf") -> None:
        """Put mails into a folder, which is made when it is not there."""
        with self.session() as session:
            session.create(_named(folder))
            for mail in mails:
                answer, said = session.append(_named(folder), None, None, mail)
                assert answer == "OK", said

    def flags(self, folder: str = "Kontaktverlauf") -> list[bytes]:
        """Return number and flags of every mail, to see that nobody changed anything."""
        with self.session() as session:
            session.select(_named(folder), readonly=True)
            return [f for f in session.fetch("1:*", "(UID FLAGS)")[1] if f]

    def recreate(self, mails: Sequence[bytes], folder: str = "Kontaktverlauf") -> None:
        """Delete a folder and fill it anew: the server numbers its mails from the beginning."""
        with self.session() as session:
            session.delete(_named(folder))
        time.sleep(1.1)  # its validity is a time in seconds
        self.put(mails, folder)


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Run a server while the block runs."""
    dovecot = program()
    assert dovecot, "ask program() first"
    folder = Path(tempfile.mkdtemp(prefix="kn-imap-"))
    port = free_port()
    root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody" if root else pwd.getpwuid(os.geteuid()).pw_name)
    mail = folder / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)
    us = "" if root else f"default_internal_user = {owner.pw_name}\ndefault_login_user = {owner.pw_name}\n"
    (folder / "dovecot.conf").write_text(
        f"""base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{mail}/%u
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
mail_max_userip_connections = 100
{us}service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={mail}/%u
}}
""",
        encoding="utf-8",
    )
    with (folder / "out").open("wb") as out:
        running = subprocess.Popen([dovecot, "-F", "-c", str(folder / "dovecot.conf")], stdout=out, stderr=out)
    try:
        server = ImapServer(port)
        _wait(server, running, folder)
        yield server
    finally:
        running.terminate()
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _named(folder: str) -> str:
    return imap_utf7.utf7_encode(folder).decode("ascii")


def _wait(server: ImapServer, running: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        try:
            with server.session():
                return
        except (OSError, imaplib.IMAP4.error):
            assert running.poll() is None, (folder / "out").read_text() + (folder / "log").read_text()
            time.sleep(0.05)
    raise AssertionError((folder / "out").read_text() + (folder / "log").read_text())
