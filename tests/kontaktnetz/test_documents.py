"""What is written for people says what the code does: commands, settings."""

from __future__ import annotations

import re
from pathlib import Path

from kontaktnetz.cli import app
from kontaktnetz.command_page import command_page
from sync.settings import Settings

ROOT = Path(__file__).parents[2]


def settings_names() -> set[str]:
    return {str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}


def test_the_page_of_the_commands_is_up_to_date():
    page = (ROOT / "docs" / "befehle.md").read_text(encoding="utf-8")

    assert page == command_page(app), "run: python -m kontaktnetz.command_page"


def test_the_example_names_every_setting_with_its_default_and_an_explanation():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {}
    explained = False
    for line in lines:
        if line.startswith("#"):
            explained = True
        elif not line:
            explained = False
        elif found := re.fullmatch(r"([A-Z0-9_]+)=(.*)", line):
            assert explained, f"{found[1]} is not explained"
            named[found[1]] = found[2]
        else:
            raise AssertionError(f"not understood: {line}")
    assert set(named) == settings_names()
    defaults = {str(f.validation_alias or n).upper(): f.default for n, f in Settings.model_fields.items()}
    for name, text in named.items():
        default = defaults[name]
        value = default.get_secret_value() if hasattr(default, "get_secret_value") else str(default)
        assert text == (value.lower() if isinstance(default, bool) else value), name


def test_the_example_is_read_as_the_defaults(monkeypatch):
    for name in settings_names():
        monkeypatch.delenv(name, raising=False)

    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)
