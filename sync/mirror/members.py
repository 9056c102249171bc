"""Who may do what in the base, as of the last refresh: a small file beside the mirror, so that no screen has to ask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sync.nocodb.accounts import Role
from sync.text_files import replace_text

NAME = "members.json"


def read_members(mirror_dir: Path) -> Mapping[str, Role] | None:
    """Return the role by mail address (folded); None where nobody has looked yet, or our account may not ask."""
    try:
        raw = json.loads((mirror_dir / NAME).read_text(encoding="utf-8"))
        return {str(mail): Role(role) for mail, role in raw.items()}
    except (OSError, ValueError, AttributeError):
        return None


def write_members(mirror_dir: Path, roles: Mapping[str, str]) -> None:
    """Replace the file in one step; roles that we do not know count as none."""
    known = {mail.casefold(): role if role in set(Role) else Role.NONE.value for mail, role in roles.items()}
    mirror_dir.mkdir(parents=True, exist_ok=True)
    replace_text(mirror_dir / NAME, json.dumps(known, ensure_ascii=False))


def note_member(mirror_dir: Path, mail: str, role: Role) -> None:
    """Write down the role that NocoDB has just told for one person, where members are known at all."""
    known = read_members(mirror_dir)
    if known is not None:
        write_members(mirror_dir, {**known, mail: role})
