"""Law of reading: whatever the bytes of a file, there comes a delivery or a SourceError with a hint, nothing else."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import SourceError
from sync.mapping import deliver
from sync.sources.opening import open_source
from sync.sources.profile_files import load_profile

PROFILES = [load_profile(name) for name in ("organisationen", "outlook_de", "freinet_xml", "oparl", "stadtrat")]
cells = st.text(alphabet='aäÄ1 0;,"\n|@./\t\x00', max_size=12)
tables = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=6).map(
    lambda rows: "\n".join(["Organisation;Nachname;Firma;PLZ;Telefon", *(";".join(r) for r in rows)]).encode()
)
markup = st.text(alphabet="<>/&;=\"'abgnot einrchsm", max_size=60).map(
    lambda text: f"<l><angebot><einrichtungsname>{text}</einrichtungsname></angebot></l>".encode()
)
objects = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "name", "data", "persons", "factions", "start"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
documents = objects.map(lambda value: json.dumps(value).encode())
blobs = st.binary(max_size=200) | st.sampled_from(
    [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"<?xml", b"[", b'{"']
).flatmap(lambda head: st.binary(max_size=60).map(lambda tail: head + tail))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(blobs | tables | markup | documents)
def test_any_bytes_end_in_a_delivery_or_a_sentence(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liste.csv"
        path.write_bytes(content)
        sentences: list[tuple[str, str | None]] = []
        for profile in PROFILES:
            try:
                delivery = deliver(profile, "test", open_source(path, profile))
            except SourceError as error:
                sentences.append((error.message, error.hint))
            else:
                assert delivery.rows > 0
                assert delivery.items or delivery.rejected
        assert all(message.endswith((".", "?")) and hint for message, hint in sentences)
