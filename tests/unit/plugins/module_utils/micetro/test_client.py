# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect: logins, sessions, error codes, listings, and what is sent with every write."""

from __future__ import annotations

import json

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.micetro import PEOPLE_CASES

ZOE = {"name": "zoe", "password": "L0ng-enough-for-zoe"}

# Logins


@pytest.mark.parametrize("path", ["", "/", "/mmws", "/mmws/api", "/mmws/api/v2", "/mmws/api/v2/"])
def test_the_path_of_the_api_may_be_given(micetro, path):
    result = micetro.ok("micetro_info", login={**micetro.connection(), "api_url": micetro.backend.url + path})
    assert result["url"] == micetro.backend.url and result["account"]["username"] == "administrator"


def test_an_address_without_a_scheme(micetro):
    """What is shown as an example belongs to no other product."""
    message = micetro.bad("micetro_info", login={**micetro.connection(), "api_url": "micetro.example.org"})
    assert message.endswith("name a host, for example https://server.example.org")


def test_basic_needs_no_session(micetro):
    micetro.ok("micetro_user", **ZOE)
    assert {entry.auth for entry in micetro.backend.log} == {"password"}
    assert "POST micetro/sessions" not in micetro.read()


def test_a_session_is_opened_once_and_used_for_all(micetro):
    micetro.ok("micetro_user", login={**micetro.connection(), "auth": "session"}, users=[{**ZOE, "name": f"zoe{n}"} for n in range(9)])
    assert micetro.read().count("POST micetro/sessions") == 1
    assert {entry.auth for entry in list(micetro.backend.log)[1:]} == {"bearer"}


def test_a_session_that_ended_is_renewed_once(micetro):
    micetro.backend.fault("expire", method="POST", path="/users$")
    result = micetro.ok("micetro_user", login={**micetro.connection(), "auth": "session"}, **ZOE)
    assert result["changed"] and micetro.read().count("POST micetro/sessions") == 2
    assert micetro.wrote() == ["POST users", "POST users"]  # the first was refused before it was looked at


def test_a_session_that_does_not_last_is_given_up(micetro):
    micetro.backend.fault("expire", times=None, path="/users")
    message = micetro.bad("micetro_user", login={**micetro.connection(), "auth": "session"}, **ZOE)
    assert "Missing Session ID" in message
    assert micetro.read().count("POST micetro/sessions") == 2


def test_a_token_is_used_and_not_renewed(micetro):
    micetro.backend.seed(sessions={"token-of-somebody": "administrator"})
    login = {"api_url": micetro.backend.url, "api_token": "token-of-somebody"}
    assert micetro.ok("micetro_info", login=login)["account"] == {
        "username": "",
        "readable": False,
        "groups": [],
        "roles": [],
        "group_roles": [],
    }
    assert micetro.ok("micetro_info", login={**login, "api_username": "administrator"})["account"]["readable"] is True
    micetro.backend.fault("expire", path="/users")
    assert "Missing Session ID" in micetro.bad("micetro_user", login={**login, "api_username": "administrator"}, **ZOE)
    assert "POST micetro/sessions" not in micetro.read()


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "zoe", "state": "absent"}),
        ("micetro_group", {"name": "it"}),
        ("micetro_role", {"name": "Editors"}),
        ("micetro_object_access", {"ref": "dnsZones/1", "roles": []}),
    ],
)
def test_a_token_alone_does_not_say_whom_to_spare(micetro, module, options):
    micetro.backend.seed(sessions={"token-of-somebody": "administrator"}, users=["zoe"])
    login = {"api_url": micetro.backend.url, "api_token": "token-of-somebody"}
    assert micetro.bad(module, login=login, **options).startswith("api_username is needed beside api_token")
    assert len(micetro.backend.log) == 0
    assert micetro.ok("micetro_user_info", login=login)["users"]
    assert micetro.ok("micetro_custom_property", login=login, object_type="range", name="Room")["changed"]


@pytest.mark.parametrize("given", [{}, {"api_username": "administrator"}, {"api_password": "secret"}])
def test_missing_credentials(micetro, given):
    assert micetro.bad("micetro_user", login={"api_url": micetro.backend.url, **given}, **ZOE) == (
        "Credentials are needed: api_username and api_password (MICETRO_USERNAME, MICETRO_PASSWORD), or api_token (MICETRO_TOKEN), "
        "the token of a session"
    )
    assert len(micetro.backend.log) == 0


def test_a_server_without_basic_says_what_to_do(micetro):
    micetro.backend.change_knobs({"basic_auth": False})
    message = micetro.bad("micetro_user", **ZOE)
    assert "set auth to session" in message and len(micetro.backend.log) == 1
    assert "set auth" not in micetro.bad("micetro_user", login={**micetro.wrong_connection(), "auth": "session"}, **ZOE)


# Too many open connections


def crowd(micetro):
    """Somebody has as many sessions as the server allows; each ends after ten minutes."""
    micetro.backend.change_knobs({"session_cap": 1, "session_seconds": 30.0})
    micetro.backend.seed(sessions={"of-somebody-else": "administrator"})
    return {**micetro.connection(), "auth": "session"}


def test_too_many_connections_are_waited_out(micetro, pauses):
    login = crowd(micetro)
    assert micetro.ok("micetro_user", login=login, **ZOE)["changed"]
    assert pauses[:4] == [1, 2, 4, 8] and sum(pauses) >= 30 and max(pauses) <= 15


def test_waiting_for_connections_has_an_end(micetro, pauses):
    login = crowd(micetro)
    message = micetro.bad("micetro_user", login={**login, "max_wait": 10}, **ZOE)
    assert message == (
        "Micetro: Too many open connections (5010), for 7 seconds: wait until sessions end, use auth: basic, or raise max_wait"
    )
    assert sum(pauses) <= 10 and micetro.wrote() == []


def test_connections_may_run_out_in_the_middle(micetro, pauses):
    micetro.backend.fault("refusal", method="POST", path="/users$", code=1, message="Too many open connections", times=3)
    result = micetro.ok("micetro_user", **ZOE)
    assert result["changed"] and micetro.wrote().count("POST users") == 4 and pauses == [1, 2, 4]


# Codes, not statuses (chapter 3)


@pytest.mark.parametrize("code", [2049, 16544])
@pytest.mark.parametrize("status", [400, 404, 500])
def test_absent_is_what_the_code_says(micetro, code, status):
    body = json.dumps({"error": {"code": code, "message": "gone"}})
    micetro.backend.fault("status", method="GET", path="/users/zoe", status=status, body=body, content_type="application/json")
    assert micetro.ok("micetro_user", check=True, **ZOE)["users"][0]["action"] == "create"


@pytest.mark.parametrize(("code", "status"), [(1028, 400), (1028, 404), (7, 404), (0, 400)])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_nothing_else_is_absent(micetro, code, status, state):
    body = json.dumps({"error": {"code": code, "message": "You do not have access to perform that action."}})
    micetro.backend.fault("status", method="GET", path="/users/zoe", status=status, body=body, content_type="application/json")
    message = micetro.bad("micetro_user", **ZOE, state=state)
    assert "You do not have access" in message and micetro.wrote() == []


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("micetro_user", {"name": "zoe"}, "for users, groups and roles it is access_adminUser"),
        ("micetro_role", {"name": "zoe"}, "for users, groups and roles it is access_adminUser"),
        ("micetro_dns_zone_info", {}, "a role must allow it for dnsZones"),
        ("micetro_custom_property", {"object_type": "range", "name": "Room"}, "a role must allow it for ranges"),
    ],
)
def test_a_missing_right_is_called_by_what_it_is_for(micetro, module, options, words):
    body = json.dumps({"error": {"code": 1028, "message": "You do not have access to perform that action."}})
    for path in ("/users", "/roles", "/dnsZones", "/ranges"):
        micetro.backend.fault("status", path=path, status=400, body=body, content_type="application/json", times=None)
    message = micetro.bad(module, **options)
    assert words in message and ("access_adminUser" in message) == ("access_adminUser" in words)


@pytest.mark.parametrize("path", ["/elsewhere", "/mmws/api/v2/users"])
def test_a_path_that_is_not_of_the_service(micetro, path):
    """Answered by the web server, or by Micetro, with a code of its own (16386 in the lab)."""
    message = micetro.bad("micetro_user", login={**micetro.connection(), "api_url": micetro.backend.url + path}, **ZOE)
    assert message.count("api_url must be the address of the web service") == 1 and len(micetro.backend.log) == 1


def test_no_right_to_look_is_no_empty_server(micetro):
    """As one object and in a list: nothing is created, and nothing counts as deleted."""
    micetro.backend.seed(users=["zoe"])
    viewer = micetro.login(micetro.backend.viewer)
    for wish in (ZOE, {**ZOE, "state": "absent"}, {"users": [{**ZOE, "name": f"zoe{n}"} for n in range(5)]}):
        message = micetro.bad("micetro_user", login=viewer, **wish)
        assert "lacks a right" in message and "access_adminUser" in message
        assert micetro.wrote() == []


@pytest.mark.parametrize("fault", [{"kind": "empty"}, {"kind": "status", "status": 200, "body": "{}", "content_type": "application/json"}])
@pytest.mark.parametrize("count", [1, 5])
def test_an_answer_without_objects_is_no_empty_server(micetro, fault, count):
    micetro.backend.fault(**fault, method="GET", path="/users", times=None)
    wish = {"users": [{**ZOE, "name": f"zoe{n}"} for n in range(count)]}
    assert "has no user" in micetro.bad("micetro_user", **wish) and micetro.wrote() == []


def test_answers_of_a_proxy(micetro, pauses):
    micetro.backend.fault("html", method="GET", path="/users/zoe", status=502, times=2)
    micetro.ok("micetro_user", **ZOE)
    assert len(pauses) == 2
    micetro.backend.fault("html", status=404, times=None)
    message = micetro.bad("micetro_user", **ZOE)
    assert "not complete JSON of Micetro" in message and "api_url must be the address of the web service" in message


def test_a_redirect_is_not_followed(micetro):
    micetro.backend.fault("redirect", location="https://elsewhere.example.org/mmws?session=secret")
    message = micetro.bad("micetro_user", **ZOE)
    assert "https://elsewhere.example.org/mmws" in message and "secret" not in message
    assert len(micetro.backend.log) == 1


# Listings (chapter 5)


def people(count):
    return [{"name": f"person{number:04}"} for number in range(count)]


def test_pages_are_read_to_the_end(micetro, monkeypatch):
    monkeypatch.setattr("ansible_collections.workplace.onboarding.plugins.module_utils.micetro.client.PAGE", 4)
    micetro.backend.seed(users=people(9))
    for knobs in ({}, {"unstable_order": True}, {"envelope": False}):
        micetro.backend.change_knobs(knobs)
        users = micetro.ok("micetro_user_info")["users"]
        assert [user["name"] for user in users] == sorted(["administrator", "deputy", "viewer", *(each["name"] for each in people(9))])
        assert micetro.read().count("GET users") == 3
        assert {entry.query.get("sortBy") for entry in micetro.backend.log if entry.path.endswith("/users")} == {"name"}


def test_pages_are_read_side_by_side_once_their_number_is_known(micetro, monkeypatch):
    monkeypatch.setattr("ansible_collections.workplace.onboarding.plugins.module_utils.micetro.client.PAGE", 4)
    micetro.backend.seed(users=people(25))
    micetro.backend.change_knobs({"latency": 0.05})
    assert len(micetro.ok("micetro_user_info")["users"]) == 25 + 3
    pages = [entry for entry in micetro.backend.log if entry.path.endswith("/users")]
    assert sorted(int(entry.query["offset"]) for entry in pages) == [0, 4, 8, 12, 16, 20, 24]
    assert 2 <= len({entry.connection for entry in pages}) <= 4


def test_a_server_that_cuts_pages_shorter_is_read_to_the_end(micetro):
    micetro.backend.seed(users=people(5))
    micetro.answer("/users", {"users": [{"ref": f"users/{n}", "name": f"x{n}"} for n in range(2)], "totalResults": 12})
    assert len(micetro.ok("micetro_user_info")["users"]) == 2 + 6
    assert [entry.query["offset"] for entry in micetro.backend.log if entry.path.endswith("/users")] == ["0", "2"]


def test_a_server_that_ignores_the_offset_is_found_out(micetro, monkeypatch):
    monkeypatch.setattr("ansible_collections.workplace.onboarding.plugins.module_utils.micetro.client.PAGE", 2)
    micetro.backend.seed(users=people(9))
    micetro.backend.change_knobs({"ignores_offset": True})
    assert "ignore the offset" in micetro.bad("micetro_user", users=[{**ZOE, "name": f"zoe{n}"} for n in range(5)])
    assert micetro.wrote() == []


# Writes


@pytest.mark.parametrize("case", [case for case in PEOPLE_CASES if not case.traits.get("read_only")], ids=lambda case: case.name)
def test_what_every_write_carries(micetro, case):
    """A comment; a flat map of properties; neither null nor deleteUnspecified."""
    micetro.start(case.world)
    login = {**micetro.connection(), "save_comment": "Ticket 4711: moved & done"}
    seen = []
    for wish in filter(None, (case.create, case.update, case.absent)):
        micetro.ok(case.name, login=login, **wish)
        seen += micetro.backend.writes()
    assert {entry.method for entry in seen} >= ({"POST", "PUT", "DELETE"} if case.absent else {"PUT"})
    for entry in seen:
        sent = entry.query if entry.method == "DELETE" else entry.body
        assert sent["saveComment"] == "Ticket 4711: moved & done"
        assert "deleteUnspecified" not in sent
        assert "null" not in json.dumps(entry.body or {})
        assert isinstance((entry.body or {}).get("properties", {}), dict)


def test_the_comment_stands_in_the_history(micetro):
    micetro.ok("micetro_user", login={**micetro.connection(), "save_comment": "Ticket 4711"}, **ZOE)
    assert [event["saveComment"] for event in micetro.backend.state()["events"]] == ["Ticket 4711"]


def test_bad_patience_is_refused(micetro):
    assert micetro.bad("micetro_user", login={**micetro.connection(), "max_wait": -1}, **ZOE) == "max_wait must not be negative"
