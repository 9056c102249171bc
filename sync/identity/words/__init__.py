"""The word lists of the rule of identity: TOML files beside this one, in comparable spelling. They may grow."""

from __future__ import annotations

import tomllib
from collections.abc import Hashable, Mapping
from importlib.resources import files
from typing import Any


def read_words(name: str) -> dict[str, Any]:
    """Return what one of the files holds."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def read_shares(kind: str, told: Mapping[str, str]) -> dict[Hashable, float]:
    """Return by (kind, word) how large a share (0 to 1) of all bears it; ``told`` holds words by share."""
    return {(kind, word): float(share) for share, words in told.items() for word in words.split()}
