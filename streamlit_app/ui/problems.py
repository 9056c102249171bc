"""What went wrong with a write, in the words of the pages."""

from __future__ import annotations

from schemas.errors import Forbidden, KontaktnetzError, Unavailable
from streamlit_app.ui import texts


def told(failed: KontaktnetzError) -> str:
    """Return the sentence for a person: signed out, not allowed, NocoDB away, or what the error itself says."""
    if isinstance(failed, Forbidden):
        return texts.SESSION_REFUSED if failed.facts.get("status") == 401 else texts.NO_RIGHT
    return texts.ENTRY_DOWN if isinstance(failed, Unavailable) else str(failed)
