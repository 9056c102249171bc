"""What a signed-in person may still do: a sign-in lasts hours, a right in NocoDB may end in between.

The background refresher writes down who is a member of the base with which role; here a session is held against it. The
owner of the server need not be a member of the base and keeps the role found at the sign-in.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit_app.door.cookie import Session
from sync.mirror.members import read_members
from sync.nocodb.accounts import Role


def still_allowed(session: Session, mirror_dir: Path) -> Session | None:
    """Return the session with the role of today; None when the person may not see the base any more."""
    members = read_members(mirror_dir)
    if members is None:
        return session
    role = members.get(session.email.casefold(), Role.OWNER if session.role is Role.OWNER else Role.NONE)
    return replace(session, role=role) if role.may_read else None
