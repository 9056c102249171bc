"""Finding Node: that of the Python wheel first, new enough, the real program and no wrapper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kontaktnetz.embedded import node
from kontaktnetz.embedded.node import find_node
from schemas.errors import EmbeddedServerError

NPM = Path("lib/node_modules/npm/bin/npm-cli.js")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Put a program that calls itself node of some version into a folder, with an npm beside it."""
    versions: dict[Path, str] = {}
    monkeypatch.setattr(node, "_version", lambda program: versions.get(Path(program)) or None)

    def put(name: str, version: str, *, content: bytes = b"\x7fELF", npm: bool = True) -> Path:
        folder = tmp_path / name
        (folder / "bin").mkdir(parents=True)
        program = folder / "bin" / "node"
        program.write_bytes(content)
        program.chmod(0o755)
        versions[program] = version
        if npm:
            (folder / NPM).parent.mkdir(parents=True)
            (folder / NPM).touch()
        return folder

    return put


def path_of(*folders: Path) -> str:
    return os.pathsep.join(str(folder / "bin") for folder in folders)


def test_the_node_of_the_wheel_comes_before_that_of_the_system(place):
    system, wheel = place("system", "24.1.0"), place("wheel", "22.20.0")
    found = find_node(path_of(system), wheel)
    assert (found.program, found.version, found.from_wheel) == (wheel / "bin" / "node", "22.20.0", True)
    assert found.npm == (str(wheel / "bin" / "node"), str(wheel / NPM))


def test_a_wheel_that_cannot_run_here_leaves_the_systems_node(place):
    system, wheel = place("system", "20.1.0"), place("wheel", "")
    found = find_node(path_of(system), wheel)
    assert (found.program, found.version, found.from_wheel) == (system / "bin" / "node", "20.1.0", False)


def test_an_old_node_or_a_wrapper_script_is_passed_over(place, tmp_path):
    old, wrapper, new = place("alt", "18.19.1"), place("huelle", "24.0.0", content=b"#!python"), place("neu", "22.20.0")
    found = find_node(path_of(old, wrapper, new), tmp_path / "nirgends")
    assert (found.program, found.version, found.from_wheel) == (new / "bin" / "node", "22.20.0", False)


def test_without_the_wheel_the_systems_own_npm_serves(place, tmp_path):
    bare, whole = place("nackt", "22.1.0", npm=False), place("ganz", "20.0.0")
    assert find_node(path_of(bare, whole), tmp_path / "nirgends").npm == (
        str(whole / "bin" / "node"),
        str(whole / NPM),
    )


@pytest.mark.parametrize("version", ["12.22.12", "19.9.0"])
def test_only_an_old_node_says_so_and_names_the_way_on(place, tmp_path, version):
    old = place("alt", version)
    with pytest.raises(EmbeddedServerError, match=rf"zu alt: .*\({version}\).*make setup"):
        find_node(path_of(old), tmp_path / "nirgends")


def test_no_node_at_all_says_so(tmp_path):
    with pytest.raises(EmbeddedServerError, match=r"fehlt Node.*make setup"):
        find_node(str(tmp_path), tmp_path / "nirgends")


def test_the_node_of_this_machine_tells_its_version_itself():
    found = find_node()
    assert int(found.version.split(".")[0]) >= 20
    assert found.program.read_bytes()[:2] != b"#!"
