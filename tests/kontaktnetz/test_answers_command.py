"""The answer pages on the command line, and what the doctor says about their address."""

from __future__ import annotations

import socket

import pytest
from servers import free_port

from kontaktnetz.answers_command import require_answer_port
from kontaktnetz.doctor import Grade, _answers, _proxy
from schemas.errors import ConfigError
from sync.settings import Settings


@pytest.mark.parametrize(
    ("told", "grade", "said"),
    [
        ({}, Grade.LOOK, "keine Adresse eingestellt"),
        ({"answer_url": "http://localhost:8502"}, Grade.LOOK, "gilt nur auf diesem Rechner"),
        ({"answer_url": "http://antwort.example.org"}, Grade.LOOK, "ohne Verschlüsselung"),
        ({"answer_url": "https://antwort.example.org"}, Grade.LOOK, "ANSWER_BEHIND_PROXY"),
        ({"answer_url": "https://antwort.example.org", "answer_behind_proxy": True}, Grade.GOOD, "antwort.example.org"),
    ],
)
def test_the_doctor_says_whether_guests_can_open_their_links(told: dict[str, object], grade: Grade, said: str) -> None:
    finding = _answers(Settings(_env_file=None, answer_check=False, **told))
    assert finding.grade is grade
    assert said in str(finding)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ({"dashboard_url": "https://kontakte.example.org"}, 1),
        ({"dashboard_url": "https://kontakte.example.org", "dashboard_behind_proxy": True}, 0),
        ({"dashboard_url": "http://192.168.1.20:8501"}, 0),
        ({}, 0),
    ],
)
def test_the_doctor_says_when_nobody_believes_the_proxy_before_the_dashboard(
    told: dict[str, object], count: int
) -> None:
    assert len(list(_proxy(Settings(_env_file=None, **told)))) == count


def test_a_port_that_is_taken_is_named_before_anything_starts() -> None:
    port = free_port()
    require_answer_port(port)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(ConfigError) as refused:
            require_answer_port(port)
    assert str(port) in refused.value.message
    assert "ANSWER_PORT" in str(refused.value)
