"""Fixtures for the embedded NocoDB."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    for key in list(os.environ):
        if key.startswith(("NOCODB_", "DASHBOARD_", "KONTAKTNETZ_DATA")):
            monkeypatch.delenv(key)
    here = House(tmp_path)
    here.furnish()
    yield here
    here.stop()
