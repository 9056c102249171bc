"""Settings are read as they were meant, and a wrong one is named."""

from __future__ import annotations

import pytest

from schemas.errors import ConfigError
from sync.settings import load_settings


def test_weights_are_a_setting_and_a_wrong_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMTH_WEIGHTS", "anruf=2, brief=0")
    weights = load_settings().weights
    assert (weights["anruf"], weights["brief"], weights["treffen"]) == (2.0, 0.0, 1.0)
    monkeypatch.setenv("WARMTH_WEIGHTS", "rauchzeichen=2")
    with pytest.raises(ConfigError, match="WARMTH_WEIGHTS"):
        load_settings()
