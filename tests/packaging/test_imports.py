"""What the code imports stands in pyproject.toml, so that nothing rests on what another package happens to bring."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "bench" / "peers"
"""Scripts that hold us against other programs; who runs them installs those beside us."""

FLOORS = ("schemas", "sync", "automations", "streamlit_app", "kontaktnetz")


def imported(folders: tuple[str, ...]) -> dict[str, str]:
    """Return the outer packages that files import, each with one file that does."""
    found: dict[str, str] = {}
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py") if PEERS not in file.parents):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            found |= {name.split(".")[0]: str(file.relative_to(ROOT)) for name in names}
    return {
        name: file
        for name, file in found.items()
        if name not in sys.stdlib_module_names and name not in (*FLOORS, "tests", "bench")
    }


def names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0].casefold().replace("_", "-") for one in requirements}


@pytest.mark.parametrize(("folders", "group"), [(FLOORS, ""), (("tests", "bench"), "dev")])
def test_every_package_that_is_imported_is_declared(folders, group):
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = names_of(told["project"]["dependencies"] + (told["dependency-groups"][group] if group else []))
    known = packages_distributions()
    own = {file.stem for folder in ("tests", "bench") for file in (ROOT / folder).rglob("*") if file.is_dir()
           or file.suffix == ".py"}  # fmt: skip

    missing = {
        name: file
        for name, file in imported(folders).items()
        if name not in own and not {one.casefold().replace("_", "-") for one in [name, *known.get(name, [])]} & declared
    }

    assert missing == {}
