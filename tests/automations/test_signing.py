"""Signatures: what was signed stays good, whatever was changed is not, and keys lie where only their owner reads."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automations.signing import FOLDER, is_genuine, new_key, open_key, public_keys
from schemas.errors import ConfigError

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first, again = open_key(tmp_path, NOW), open_key(tmp_path, NOW + dt.timedelta(days=1))

    assert first.name == again.name
    (file,) = (tmp_path / FOLDER).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert is_genuine(b"Siegel 2026", again.sign(b"Siegel 2026"), first.public)


def test_after_a_rotation_the_new_key_signs_and_the_old_signatures_stay_good(tmp_path):
    old = open_key(tmp_path, NOW)
    signed = old.sign(b"Siegel 2026")
    new_key(tmp_path, NOW + dt.timedelta(days=1))

    new = open_key(tmp_path, NOW + dt.timedelta(days=2))
    keys = public_keys(tmp_path)

    assert new.name != old.name
    assert set(keys) == {old.name, new.name}
    assert is_genuine(b"Siegel 2026", signed, keys[old.name])
    assert not is_genuine(b"Siegel 2026", signed, keys[new.name])


def test_a_key_that_others_may_read_signs_nothing(tmp_path):
    open_key(tmp_path, NOW)
    (file,) = (tmp_path / FOLDER).iterdir()
    file.chmod(0o644)

    with pytest.raises(ConfigError, match="für andere lesbar"):
        open_key(tmp_path, NOW)


def test_a_file_that_is_no_key_is_named(tmp_path):
    open_key(tmp_path, NOW)
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_text("kaputt", "ascii")

    with pytest.raises(ConfigError, match="ist kein Schlüssel"):
        open_key(tmp_path, NOW)


@given(st.binary(max_size=80), st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_message_and_no_changed_signature_is_genuine(tmp_path_factory, message, place, change):
    key = open_key(tmp_path_factory.getbasetemp() / "gesetze", NOW)
    signature = key.sign(message)
    at = place % len(signature)
    other = "A" if signature[at] != "A" else "B"
    changed = bytes([*message[: place % (len(message) + 1)], change, *message[place % (len(message) + 1) :]])

    assert is_genuine(message, signature, key.public)
    assert not is_genuine(message, signature[:at] + other + signature[at + 1 :], key.public)
    assert not is_genuine(changed, signature, key.public)
    assert not is_genuine(message, signature + "=", key.public) or signature.endswith("=")
