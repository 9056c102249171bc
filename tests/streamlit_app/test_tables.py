"""Tables on the pages."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "streamlit_app"
CALLS = {"dataframe", "data_editor"}


def test_an_empty_cell_of_a_table_shows_nothing_rather_than_an_english_word() -> None:
    found, bare = 0, list[str]()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
                found += 1
                if not any(given.arg == "placeholder" for given in node.keywords):
                    bare.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found >= 18
    assert bare == [], 'give placeholder="", else Streamlit writes "None"'
