"""No text from outside, however odd or long, crashes its reader or makes it slow (``bench/reading.py`` tries more)."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from foreign_readers import READERS, SHAPES, random_texts, repeated

SECONDS = 2.0
LONG = 50_000
ON_DISK = [name for name in READERS if name.startswith(("list", ".env"))]


@pytest.mark.parametrize("name", READERS)
def test_any_text_is_read_or_refused(name):
    reader = READERS[name]
    count = 60 if name in ON_DISK else 300
    texts = [*random_texts(count), *(repeated(shape, 200) for shape in SHAPES[: count * 2])]
    ended = 0
    for text in texts:
        with suppress(*reader.errors):  # any other error is a fault of ours
            reader.read(text)
        ended += 1
    assert ended == len(texts) > 10


@pytest.mark.parametrize("name", READERS)
def test_no_long_text_takes_long(name):
    reader, slow = READERS[name], {}
    for shape in SHAPES:
        begun = time.process_time()
        try:
            reader.read(repeated(shape, LONG))
        except reader.errors:
            continue
        finally:
            if (took := time.process_time() - begun) > SECONDS:
                slow[shape] = took
    assert slow == {}
