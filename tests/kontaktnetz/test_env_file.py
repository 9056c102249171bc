"""Writing into ``.env``: what we set is read back, all else stays as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnetz.env_file import update_env_file
from sync.env_file import read_env

KEYS = st.from_regex(r"[A-Z][A-Z0-9_]{0,12}", fullmatch=True)
VALUES = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n\0"), max_size=30)
LINES = st.one_of(
    st.just(""),
    st.builds("# {}".format, st.from_regex(r"[a-z =']{0,20}", fullmatch=True)),
    st.builds("{}={}".format, KEYS, st.from_regex(r"[a-z0-9]{0,8}", fullmatch=True)),
    st.builds("export {}='{}'".format, KEYS, st.from_regex(r"[a-z0-9 ]{0,8}", fullmatch=True)),
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_can_be_read_by_its_owner_only(tmp_path):
    path = tmp_path / "neu" / ".env"
    update_env_file(path, {"NOCODB_TOKEN": "abc-1"})
    assert path.read_text() == "NOCODB_TOKEN=abc-1\n"
    assert mode(path) == 0o600
    assert os.listdir(path.parent) == [".env"]


def test_comments_order_and_other_lines_stay(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# Adresse\nNOCODB_URL=\n\n# eigenes\nSMTP_HOST='mail.example.org'  # unser Server\nNOCODB_URL=alt")
    path.chmod(0o644)
    update_env_file(path, {"NOCODB_URL": "http://127.0.0.1:8080", "DASHBOARD_SECRET": "geheim mit 'Zeichen'"})
    assert path.read_text() == (
        "# Adresse\nNOCODB_URL=http://127.0.0.1:8080\n\n# eigenes\nSMTP_HOST='mail.example.org'  # unser Server\n"
        "NOCODB_URL=http://127.0.0.1:8080\nDASHBOARD_SECRET='geheim mit \\'Zeichen\\''\n"
    )
    assert mode(path) == 0o600


def test_a_windows_file_keeps_its_line_ends_and_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "echt.env", tmp_path / ".env"
    real.write_bytes(b"\xef\xbb\xbfA=1\r\nB=2\r\n")
    link.symlink_to(real)
    update_env_file(link, {"B": "3", "C": "4"})
    assert real.read_bytes() == b"A=1\r\nB=3\r\nC=4\r\n"
    assert link.is_symlink()


def test_a_value_of_two_lines_is_refused_and_nothing_changes(tmp_path):
    path = tmp_path / ".env"
    path.write_text("A=1\n")
    for value in ("zwei\nZeilen", "zwei\rZeilen", "null\0"):
        with pytest.raises(ValueError, match="A cannot"):
            update_env_file(path, {"A": value})
    assert path.read_text() == "A=1\n"


@given(
    lines=st.lists(LINES, max_size=8),
    values=st.dictionaries(KEYS, VALUES, max_size=4),
    last=st.sampled_from(["", "\n"]),
)
def test_what_is_written_is_read_back_and_the_rest_is_unchanged(tmp_path_factory, lines, values, last):
    path = tmp_path_factory.mktemp("env") / ".env"
    text = "\n".join(lines) + last
    path.write_bytes(text.encode())
    before = read_env(path)
    update_env_file(path, values)
    assert read_env(path) == {**before, **values}
    comments = [line for line in lines if line.startswith("#")]
    assert [line for line in path.read_bytes().decode().splitlines() if line.startswith("#")] == comments


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_of_any_encoding_of_windows_keeps_its_other_values(tmp_path, encoding):
    path = tmp_path / ".env"
    path.write_bytes("# Büro\r\nA=Müller\r\nB=a$b\r\n".encode(encoding))
    update_env_file(path, {"B": "neu", "C": "'$ \\#\""})
    assert read_env(path) == {"A": "Müller", "B": "neu", "C": "'$ \\#\""}
    assert path.read_text(encoding="utf-8").startswith("# Büro\n")


def test_a_file_with_a_line_that_is_no_setting_keeps_that_line(tmp_path):
    path = tmp_path / ".env"
    path.write_text('A="offen\nB=1\nohne Zeichen\n')
    update_env_file(path, {"B": "2"})
    assert path.read_text() == 'A="offen\nB=2\nohne Zeichen\n'
