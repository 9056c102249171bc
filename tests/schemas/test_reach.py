"""Who can open a web address, by the address alone."""

from __future__ import annotations

import pytest

from schemas.reach import Reach, reach_of

ADDRESSES = {
    Reach.NOBODY: ("", " ", "antwort.example.org", "ftp://example.org", "http://", "https:///a", "http://[::1",
                   "mailto:a@b.c", "//example.org"),
    Reach.MACHINE: ("http://127.0.0.1", "http://127.8.9.1:8502/x", "http://localhost", "HTTP://LOCALHOST.:8501",
                    "http://a.localhost", "http://[::1]:8501", "http://0.0.0.0:8501", "http://[::]", "http://127.1",
                    "http://2130706433", "http://0x7f.0.0.1", "http://[::ffff:127.0.0.1]", "http://me@localhost/"),
    Reach.HOUSE: ("http://10.0.0.5", "http://172.16.0.1", "http://172.31.255.1", "http://192.168.178.20:8501",
                  "http://169.254.1.1", "http://100.64.0.1", "http://[fe80::1]", "http://[fe80::1%25eth0]", "http://[fd00::1]",
                  "http://[::ffff:10.0.0.5]", "https://rechner", "https://rechner.local", "https://RECHNER.LOCAL.",
                  "https://kontakte.fritz.box", "https://kontakte.intern", "https://kontakte.home.arpa", "http://224.0.0.1"),
    Reach.WORLD: ("https://antwort.example.org", "http://antwort.example.org:8502/", "https://local.example.org",
                  "https://localhost.example.org", "http://172.32.0.1", "http://8.8.8.8", "http://[2a00:1450:4001::1]",
                  "https://xn--brgernetz-q9a.example.org", "https://10.example.org"),
}  # fmt: skip


@pytest.mark.parametrize(("reach", "address"), [(reach, one) for reach, some in ADDRESSES.items() for one in some])
def test_an_address_says_who_can_open_it(reach: Reach, address: str) -> None:
    assert reach_of(address) == reach
