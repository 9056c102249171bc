"""Asking NocoDB again whether a sign-in still holds: a changed password or a right taken away ends it here, too.

Whoever comes back after a pause is looked up before anything is shown, in two seconds at most; who stays is looked up
beside the page. While NocoDB is away nobody is put out: the last word counts.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from schemas.errors import Forbidden, KontaktnetzError
from streamlit_app.door.cookie import Session
from streamlit_app.door.revoked import Revoked
from sync.mirror.members import note_member, read_members
from sync.nocodb.accounts import Role, SignedIn

log = logging.getLogger(__name__)

HOLDS = 45.0
"""Seconds for which the last look counts."""

EVERY = 15.0
"""Seconds between two looks beside the pages."""

AWAY = 120.0
"""Seconds after which a session that nobody uses is looked at no more."""

LONGEST = 2.0
"""Seconds that somebody who comes back waits for the answer."""


class Recheck:
    """Remembers which sessions are in use and when each was looked at; thread-safe."""

    def __init__(
        self,
        look_up: Callable[[str], SignedIn],
        revoked: Revoked,
        mirror_dir: Path,
        *,
        now: Callable[[], dt.datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look_up = look_up
        self._revoked = revoked
        self._mirror_dir = mirror_dir
        self._now = now
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sign-ins", daemon=True)
        self._looked: dict[str, float] = {}
        self._used: dict[str, tuple[Session, float]] = {}
        self._lock = threading.Lock()

    def note_use(self, session: Session) -> bool:
        """Note that a session is in use; say whether it was not looked at for too long."""
        now = self._clock()
        with self._lock:
            self._used[session.id] = (session, now)
            return now - self._looked.get(session.id, -HOLDS) >= HOLDS

    def look(self, session: Session) -> None:
        """Ask NocoDB about a session now, and end it when its token is void or the person may see nothing."""
        now = self._clock()
        with self._lock:
            self._looked[session.id] = now  # whoever comes meanwhile does not ask as well
        try:
            role = self._look_up(session.token).role
        except Forbidden:
            self._revoked.add(session.id, session.expires, self._now())
            return
        except KontaktnetzError as problem:
            log.info("sign-in not looked up problem=%s", type(problem).__name__)
            return
        known = read_members(self._mirror_dir)
        if known is None:
            if role is Role.NONE:
                self._revoked.add(session.id, session.expires, self._now())
        elif known.get(session.email.casefold(), Role.NONE) is not role:
            note_member(self._mirror_dir, session.email.casefold(), role)

    def step(self) -> None:
        """Look at every session in use that is due, and forget those that are not in use any more."""
        now = self._clock()
        with self._lock:
            self._used = {name: (one, at) for name, (one, at) in self._used.items() if now - at < AWAY}
            self._looked = {name: at for name, at in self._looked.items() if name in self._used}
            due = [one for one, _ in self._used.values() if now - self._looked.get(one.id, -HOLDS) >= HOLDS - EVERY]
        for session in due:
            self.look(session)

    def start(self) -> None:
        """Begin to look beside the pages."""
        self._thread.start()

    def stop(self) -> None:
        """End; a look that has begun ends by itself."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.wait(EVERY):
            try:
                self.step()
            except Exception:
                log.exception("sign-ins could not be looked up")
