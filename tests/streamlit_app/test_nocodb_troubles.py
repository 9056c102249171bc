"""Whatever NocoDB answers: every page shows the picture it has and every job says a German sentence and stays due."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import NOW
from pytest_httpserver import HTTPServer
from streamlit.testing.v1 import AppTest
from werkzeug.wrappers import Response

from automations.runner import JOBS, Job, Runner
from sync.mirror.status import MirrorStatus, write_status
from sync.nocodb.accounts import Role
from sync.settings import Settings

PAGES = sorted(p.stem for p in (Path(__file__).parents[2] / "streamlit_app" / "app_pages").glob("[a-z]*.py"))
TROUBLES = {
    "an error of its own": (Response('{"msg":"boom"}', 500, content_type="application/json"), "Störung"),
    "a pause": (Response('{"msg":"slow"}', 429, content_type="application/json"), "Pause"),
    "a proxy's error page": (Response("<html>Bad Gateway</html>", 502), "Störung"),
    "a page in place of an answer": (Response("<html>Welcome</html>", 200), "etwas anderes als NocoDB"),
    "half an answer": (Response('{"list":[{"Id"', 200, content_type="application/json"), "etwas anderes als NocoDB"),
}


@pytest.fixture(params=list(TROUBLES))
def trouble(request: pytest.FixtureRequest, httpserver: HTTPServer) -> tuple[str, str]:
    """A server that always answers so: its address, and what of the German sentence tells it apart."""
    answer, said = TROUBLES[request.param]
    httpserver.expect_request(re.compile(".*")).respond_with_response(answer)
    return httpserver.url_for("").rstrip("/"), said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_whatever_nocodb_answers(
    small_mirror: Path,
    open_page: Callable[..., AppTest],
    sign_in: Callable[[Role], object],
    monkeypatch: pytest.MonkeyPatch,
    trouble: tuple[str, str],
    page: str,
) -> None:
    monkeypatch.setenv("NOCODB_URL", trouble[0])
    sign_in(Role.EDITOR)
    write_status(small_mirror, MirrorStatus(problem="NocoDB meldet eine Störung."))
    at = open_page(page)
    assert at.title
    assert "Störung" in at.warning[0].value


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.code)
def test_every_job_says_what_nocodb_answered_and_stays_due(
    tmp_path: Path, impatient: None, trouble: tuple[str, str], job: Job
) -> None:
    url, said = trouble
    settings = Settings(_env_file=None, nocodb_url=url, nocodb_token="x", KONTAKTNETZ_DATA=tmp_path)
    moment, told = [NOW.astimezone(dt.UTC)], []
    runner = Runner(settings, told.append, lambda: moment[0], [job])
    well = runner.run_due()
    if well and not told:
        assert job.local  # it had nothing to ask: no folder is watched
        return
    assert not well
    assert said in told[0]
    assert "Protokoll" not in told[0].split("Bitte")[0]
    moment[0] += dt.timedelta(minutes=3)
    assert not runner.run_due()
    assert len(told) == 2, "it was done with"
