"""Write a small text file that only its owner may read, never half-written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Put ``text`` in place of what the file held, in one step: whoever is killed meanwhile leaves the old file.

    Raises:
        OSError: the disk is full, the folder may not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".neu-", dir=path.parent)  # mkstemp: mode 0600 from the beginning
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode(encoding))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
