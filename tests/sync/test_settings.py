"""Settings that follow from others."""

from __future__ import annotations

import pytest

from sync.settings import Settings


@pytest.mark.parametrize(
    ("answer_url", "dashboard_url", "public"),
    [
        ("", "", False),
        ("http://127.0.0.1:8502", "", False),
        ("http://[::1]:8502", "", False),
        ("http://localhost:8502/", "", False),
        ("https://antwort.example.org", "", True),
        ("", "https://kontakte.example.org", True),
        ("http://192.168.1.20:8502", "", True),
        ("antwort.example.org", "", False),
    ],
)
def test_answer_links_are_public_when_another_machine_can_open_them(answer_url, dashboard_url, public) -> None:
    settings = Settings(_env_file=None, answer_url=answer_url, dashboard_url=dashboard_url)

    assert settings.answers_are_public is public
