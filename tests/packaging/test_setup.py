"""What a fresh machine meets first: the pinned packages, and make with its steps that resume."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUN, TOOLS = ROOT / "constraints.txt", ROOT / "constraints-dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(*files: Path) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes by package."""
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    entries = re.split(r"\n(?=\w)", "\n" + re.sub(r"(?m)^#.*\n", "", text))
    found = {}
    for entry in filter(str.strip, entries):
        name, version = re.match(r"([\w.-]+)==([\w.+-]+)", entry.strip()).groups()
        found[canonicalize_name(name)] = (version, len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry)))
    return found


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Under `make test` we are inside a make ourselves; this one must not know.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=outside, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a project folder on which nothing has been set up."""
    if shutil.which("make") is None:
        pytest.skip("make ist nicht installiert.")
    for name in ("Makefile", RUN.name, TOOLS.name, "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("kontaktnetz/embedded/node", "tests/contract"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    return tmp_path


def finished(folder: Path) -> Path:
    """Make it look as if the set-up had come to its end."""
    activate = folder / ".venv" / "bin" / "activate"
    stamps = [
        folder / ".venv/.installed",
        folder / ".venv/.tools",
        folder / ".kontaktnetz/node/installed.json",
        folder / ".kontaktnetz/sdk/installed",
    ]
    for file in (activate, *stamps):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    activate.write_text(f'VIRTUAL_ENV="{folder}/.venv"\n')
    return folder


def test_every_package_is_pinned_with_hashes_and_without_an_address() -> None:
    pins = pinned(RUN, TOOLS)
    assert len(pins) > 60
    assert [name for name, (_, hashes) in pins.items() if not hashes] == []
    text = RUN.read_text(encoding="utf-8") + TOOLS.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^\s*--(index-url|extra-index-url|find-links|trusted-host)", text)


@pytest.mark.parametrize(
    ("files", "groups"),
    [
        ((RUN,), [PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"]]),
        ((RUN, TOOLS), [PROJECT["dependency-groups"]["dev"]]),
    ],
)
def test_pins_satisfy_what_the_project_asks_for(files: tuple[Path, ...], groups: list[list[str]]) -> None:
    pins = pinned(*files)
    missed = []
    for requirement in map(Requirement, itertools.chain(*groups)):
        version, _ = pins.get(canonicalize_name(requirement.name), ("", 0))
        if not version or not requirement.specifier.contains(version, prereleases=True):
            missed.append(f"{requirement}: {version or 'missing'} (make lock)")
    assert missed == []


def test_the_demo_installs_nothing_that_only_tests_need() -> None:
    run, tools = pinned(RUN), pinned(TOOLS)
    assert run.keys() & tools.keys() == set()
    assert {"pytest", "playwright", "mypy", "ruff"} <= tools.keys()


def test_the_demo_sets_up_without_the_tools(bare: Path) -> None:
    planned = make(bare, "-n", "demo").stdout
    assert RUN.name in planned
    assert TOOLS.name not in planned
    assert "[4/4]" not in planned


def test_missing_python_is_told_in_german_and_english(bare: Path) -> None:
    run = make(bare, "PYTHON=", "setup")
    assert run.returncode != 0
    assert "Kontaktnetz braucht Python 3.11 oder neuer" in run.stdout
    assert "Kontaktnetz needs Python 3.11 or newer" in run.stdout
    assert not (bare / ".venv").exists()


def test_python_that_cannot_make_environments_is_told_apart(bare: Path) -> None:
    python = bare / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexit 0\n')
    python.chmod(0o755)
    run = make(bare, f"PYTHON={python}", "setup")
    assert run.returncode != 0
    assert "apt install python3-venv" in run.stdout
    assert "Python 3.11" not in run.stdout
    assert not (bare / ".venv").exists()


def test_finished_setup_has_nothing_to_do(bare: Path) -> None:
    run = make(finished(bare), "setup")
    assert run.returncode == 0
    assert run.stdout.strip() in {"", "make: Nothing to be done for 'setup'."}


@pytest.mark.parametrize(
    ("lost", "step", "others"),
    [
        (".venv/.installed", "[2/4]", ["[3/4]", "[4/4]"]),
        (".venv/.tools", "[2/4]", ["[1/4]", "[3/4]", "[4/4]"]),
        (".kontaktnetz/node/installed.json", "[3/4]", ["[1/4]", "[2/4]", "[4/4]"]),
        (".kontaktnetz/sdk/installed", "[4/4]", ["[1/4]", "[2/4]", "[3/4]"]),
    ],
)
def test_interrupted_setup_resumes_with_the_step_it_lacks(bare: Path, lost: str, step: str, others: list[str]) -> None:
    (finished(bare) / lost).unlink()
    planned = [
        line.partition("echo '")[2] for line in make(bare, "-n", "setup").stdout.splitlines() if "test '" not in line
    ]
    assert any(line.startswith(step) for line in planned)
    assert [line for line in planned if any(line.startswith(other) for other in others)] == []


def test_new_pins_are_installed(bare: Path) -> None:
    finished(bare)
    pins = bare / "constraints.txt"
    later = (bare / ".venv/.installed").stat().st_mtime + 10
    os.utime(pins, (later, later))
    assert "[2/4]" in make(bare, "-n", "setup").stdout


def test_moved_project_gets_a_new_environment(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    moved = tmp_path_factory.mktemp("moved") / "kontaktnetz"
    shutil.move(finished(bare), moved)
    planned = make(moved, "-n", "setup").stdout
    assert "test '' = yes" in planned
    assert "-m venv --clear .venv" in planned
    assert not (moved / ".venv/.installed").exists()


def test_cleaning_spares_data_and_settings(bare: Path) -> None:
    finished(bare)
    kept = [
        bare / ".env",
        bare / ".kontaktnetz/nocodb/noco.db",
        bare / ".kontaktnetz/status.sqlite",
        bare / "sources.toml",
    ]
    for file in kept:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mine")
    assert make(bare, "clean").returncode == 0
    assert [file.name for file in kept if not file.exists()] == []
    assert not (bare / ".venv").exists()
    assert not (bare / ".kontaktnetz/node").exists()


def test_bare_make_lists_every_target(bare: Path) -> None:
    told = make(bare).stdout
    phony = re.search(r"(?m)^\.PHONY: (.*)$", (bare / "Makefile").read_text(encoding="utf-8"))[1].split()
    assert [target for target in phony if target != "help" and f"make {target} " not in told] == []


def test_ci_forbids_skipping_and_is_sound_shell() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert script.read_text(encoding="utf-8").rstrip().endswith("KONTAKTNETZ_NO_SKIP=1 make test")
