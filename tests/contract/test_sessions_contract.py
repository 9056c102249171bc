"""A sign-in at the dashboards ends when NocoDB no longer knows its token, or its account has no role any more."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from schemas.errors import Forbidden
from streamlit_app.door.cookie import Session
from streamlit_app.door.recheck import LONGEST, Recheck
from streamlit_app.door.revoked import Revoked
from streamlit_app.door.standing import still_allowed
from sync.mirror.members import write_members
from sync.nocodb.accounts import Role, look_up, sign_in, sign_out
from sync.nocodb.client import Client

pytestmark = pytest.mark.server

NOW = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
OLD, NEW = "Passw0rd.2", "Passw0rd.3"
_numbers = itertools.count(1)


@pytest.fixture
def house(client, live_server, trial, tmp_path):
    """Somebody with the role editor who is signed in, what looks their session up, and the base."""
    email, base = f"sitzung{next(_numbers)}@example.org", trial.base.id
    client.request("POST", f"/api/v2/meta/bases/{base}/users", json={"email": email, "roles": "editor"})
    users = client.request("GET", f"/api/v2/meta/bases/{base}/users")["users"]["list"]
    invited = next(u for u in users if u["email"] == email)
    signup = {"email": email, "password": OLD, "token": invited["invite_token"]}
    Client(live_server.url, "").request("POST", "/api/v2/auth/user/signup", json=signup)
    session = Session(
        "s1", sign_in(live_server.url, email, OLD), email, email, Role.EDITOR, NOW + dt.timedelta(hours=9)
    )
    write_members(tmp_path, {email: "editor"})
    revoked = Revoked(tmp_path / "abgemeldet.json")
    recheck = Recheck(
        lambda token: look_up(live_server.url, token, base, timeout=LONGEST, retries=0),
        revoked,
        tmp_path,
        now=lambda: NOW,
    )

    def holds() -> bool:
        recheck.look(session)
        return session.id not in revoked and still_allowed(session, tmp_path) is not None

    return session, holds, base, str(invited["id"])


def test_a_changed_password_ends_the_session_that_began_with_the_old_one(live_server, house):
    session, holds, *_ = house
    assert holds()
    own = Client(live_server.url, session.token, user_jwt=True)
    own.request("POST", "/api/v2/auth/password/change", json={"currentPassword": OLD, "newPassword": NEW})
    assert not holds()


def test_who_signs_out_voids_the_token_and_may_sign_in_again(live_server, house):
    session, holds, base, _ = house
    assert holds()
    sign_out(live_server.url, session.token)
    assert not holds()
    sign_out(live_server.url, session.token)  # void already: no error
    with pytest.raises(Forbidden):
        look_up(live_server.url, session.token, base)
    assert look_up(live_server.url, sign_in(live_server.url, session.email, OLD), base).role is Role.EDITOR


def test_a_role_taken_away_ends_the_session_until_it_is_given_again(client, house):
    session, holds, base, user = house
    assert holds()
    path = f"/api/v2/meta/bases/{base}/users/{user}"
    client.request("PATCH", path, json={"email": session.email, "roles": "no-access"})
    assert not holds()
    client.request("PATCH", path, json={"email": session.email, "roles": "viewer"})
    assert holds()
