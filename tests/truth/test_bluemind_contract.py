# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Laws of BlueMind that no exchange shows, because its answers were not a server's: what is stored, refused, implied, and when."""

from __future__ import annotations

import base64
import json
import struct
import urllib.parse
import zlib
from typing import NamedTuple

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

UID, MAIL = "18fb0c2a9b1.internal", "example.test"
PASSWORD = "S3cret!pass"
MINIMAL = {"identification": {"name": {"familyNames": "Doe", "givenNames": "Jane"}}}
DIALECTS = pytest.mark.parametrize("dialect", [4, 5])


class Reply(NamedTuple):
    status: int
    body: object
    headers: dict

    @property
    def code(self) -> str | None:
        return self.body.get("errorCode") if isinstance(self.body, dict) else None

    @property
    def message(self) -> str | None:
        return self.body.get("message") if isinstance(self.body, dict) else None


class Client:
    """Calls with the core token unless another key is given; tasks are waited for by `done`."""

    def __init__(self, lab: Lab):
        self.lab, self.server = lab, lab.bluemind
        self.key = self.server.core_token
        self.http = requests.Session()
        self.http.trust_env = False

    def call(self, method: str, path: str, body=None, key: str | None = "", headers=None, raw: bytes | None = None, **query) -> Reply:
        sent = {"Accept": "application/json"} | ({} if key is None else {"X-BM-ApiKey": key or self.key}) | (headers or {})
        content = raw if raw is not None else None if body is None else json.dumps(body).encode()
        address = f"{self.server.api}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        answer = self.http.request(method, address, data=content, headers=sent, timeout=10, allow_redirects=False)
        try:
            body = answer.json() if answer.content else None
        except ValueError:
            body = answer.content
        return Reply(answer.status_code, body, answer.headers)

    def get(self, path: str, **more) -> Reply:
        return self.call("GET", path, **more)

    def put(self, path: str, body=None, **more) -> Reply:
        return self.call("PUT", path, body, **more)

    def post(self, path: str, body=None, **more) -> Reply:
        return self.call("POST", path, body, **more)

    def delete(self, path: str, body=None, **more) -> Reply:
        return self.call("DELETE", path, body, **more)

    def done(self, started: Reply) -> dict:
        """The last status of a task."""
        for _unused in range(10):
            status = self.get(f"/tasks/{started.body['id']}").body
            if status["state"] in ("Success", "InError"):
                return status
        raise AssertionError(f"still {status}")

    def create(self, who: str = "jdoe", **fields) -> Reply:
        return self.put(f"/users/{UID}/u-{who}", {"login": who, "contactInfos": MINIMAL} | fields)

    def user(self, who: str = "jdoe") -> dict:
        return self.get(f"/users/{UID}/u-{who}/complete").body["value"]

    def update(self, **fields) -> Reply:
        return self.post(f"/users/{UID}/u-jdoe", self.user() | fields)

    def log_in(self, login: str, password: str) -> dict:
        return self.post("/auth/login", password, key=None, login=login, origin="test").body


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture
def client(shared_lab):
    shared_lab.clock.reset()
    shared_lab.bluemind.reset(fresh=True)
    shared_lab.bluemind.seed(domains=[{"uid": UID, "name": MAIL}])
    return Client(shared_lab)


@pytest.fixture
def old(client):
    """The same, as 4.9."""
    client.server.reset(fresh=True)
    client.server.change_knobs({"dialect": 4})
    client.server.populate(fresh=True)
    client.server.seed(domains=[{"uid": UID, "name": MAIL}])
    return client


def emails(client, login: str = "jdoe") -> dict[str, tuple[bool, bool]]:
    """address -> (allAliases, isDefault)"""
    return {email["address"]: (email["allAliases"], email["isDefault"]) for email in client.user(login)["emails"]}


# Transport (contract 1)


def test_absent_is_204_without_a_content_type(client):
    reply = client.get(f"/users/{UID}/u-nobody/complete")
    assert (reply.status, reply.body, reply.headers.get("content-type")) == (204, None, None)


def test_void_is_200_without_a_body(client):
    reply = client.create()
    assert (reply.status, reply.body, reply.headers["content-type"]) == (200, None, "application/json")
    assert "no-store" in reply.headers["cache-control"] and reply.headers["pragma"] == "no-cache"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"label": "x", "name": "other.test"}, 500, "INVALID_PARAMETER"),
        ({"label": "x", "name": "new.test", "aliases": [MAIL]}, 500, "INVALID_DOMAIN_NAME"),
        ({"label": "x", "name": "new.test", "defaultAlias": "else.test"}, 500, "INVALID_PARAMETER"),
        ({"label": "", "name": "new.test"}, 500, "INVALID_PARAMETER"),
        ({"label": "x", "name": "new.test", "aliases": None}, 500, None),
        ({"label": "x", "name": "new.test", "properties": None}, 500, None),
        ({"label": "x", "name": "new.test", "aliases": "a.test"}, 500, "UNKNOWN"),
        ({"label": "x", "name": "NEW.test", "unknown": {"key": 1}}, 200, None),
    ],
)
def test_refusals_are_500(client, body, status, code):
    reply = client.put("/domains/new.test", body)
    assert (reply.status, reply.code) == (status, code)
    assert reply.headers.get("content-type") == ("application/json" if status == 200 else None)


@pytest.mark.parametrize(
    ("path", "dialect", "message"),
    [
        ("/nothing/here", 5, "no service registered on GET /api/nothing/here"),
        ("/nothing/here", 4, "no service registered on path /api/nothing/here"),
        (f"/users/{UID}/u-a/ldap://x/createwithextid", 5, f"no service registered on GET /api/users/{UID}/u-a/ldap://x/createwithextid"),
        ("/../elsewhere", 5, None),
    ],
)
def test_unknown_routes(client, path, dialect, message):
    client.server.change_knobs({"dialect": dialect})
    reply = client.get(path)
    assert (reply.status, reply.code) == (500, None)
    assert {"cause", "stackTrace", "code", "message", "suppressed", "localizedMessage"} == reply.body.keys()
    assert message in (None, reply.message)


def test_a_double_slash_fails_where_there_is_a_parameter(client):
    assert client.get("//domains").status == 200
    assert client.get(f"//users/{UID}/_alluids").status == 500


def test_a_literal_segment_hides_an_entry(client):
    client.create("type", emails=[])
    assert client.get(f"/resources/{UID}/type").body == [{"identifier": "default", "label": "default"}]
    assert client.put(f"/users/{UID}/subscriptions", {"login": "x", "contactInfos": MINIMAL}).status == 500


def test_plus_is_a_space_in_a_path(client):
    client.create(emails=[{"address": f"a+b@{MAIL}", "isDefault": True}])
    assert client.get(f"/users/{UID}/byEmail/a+b@{MAIL}").status == 204
    assert client.get(f"/users/{UID}/byEmail/a%2Bb@{MAIL}").status == 200


def test_a_slash_in_a_segment(client):
    external = "ldap://0042"
    body = {"login": "jdoe", "contactInfos": MINIMAL}
    assert client.put(f"/users/{UID}/u-jdoe/{urllib.parse.quote(external, safe='')}/createwithextid", body).status == 200
    found = client.get(f"/users/{UID}/byExtId/{urllib.parse.quote(external, safe='')}").body
    assert (found["uid"], found["externalId"]) == ("u-jdoe", external)


@pytest.mark.parametrize("kind", [None, "application/json", "text/plain; charset=utf-8", "text/xml"])
def test_bodies_are_json_whatever_they_say(client, kind):
    client.create(password=PASSWORD)
    headers = {"Content-Type": kind} if kind else {}
    reply = client.post("/auth/login", PASSWORD, key=None, headers=headers, login=f"jdoe@{UID}")
    assert reply.body["status"] == "Ok"


def test_plain_text_is_read_raw(client):
    client.create(password=PASSWORD)
    raw = {"headers": {"Content-Type": "text/plain"}, "raw": PASSWORD.encode(), "key": None, "login": f"jdoe@{UID}"}
    assert client.call("POST", "/auth/login", **raw).body["status"] == "Ok"


@pytest.mark.parametrize(
    ("accept", "content", "kind"),
    [
        ("application/json", b'"fr"', "application/json"),
        ("text/html, application/json", b'"fr"', "application/json"),
        ("*/*", b'"fr"', "application/json"),
        ("", b"fr", "application/json"),
    ],
)
def test_a_single_string_is_raw_without_accept(client, accept, content, kind):
    client.create()
    address = f"{client.server.api}/users/{UID}/u-jdoe/_setting/lang"
    answer = requests.get(address, headers={"Accept": accept, "X-BM-ApiKey": client.key}, timeout=10)
    assert (answer.content, answer.headers["content-type"]) == (content, kind)
    absent = client.get(f"/users/{UID}/u-jdoe/_setting/nope")
    assert (absent.status, absent.headers["content-type"]) == (204, "application/json")


def test_chunks_are_refused(client):
    address = f"{client.server.api}/users/{UID}/u-jdoe"
    answer = requests.put(address, data=iter([b"{}"]), headers={"X-BM-ApiKey": client.key}, timeout=10)
    assert (answer.status_code, answer.json()["message"]) == (500, "API endpoint does not support chunked encoding")


def test_unreadable_values_name_their_parameter(client):
    assert client.put("/domains/new.test", raw=b"{").message == 'Error during parsing parameter "body"'
    assert client.create(accountType="full").message == 'Error during parsing parameter "body"'
    assert client.delete("/dataprotect/generations", generationId="x").message == 'Error during parsing parameter "generationId"'


def test_booleans_in_queries_have_any_case(client):
    client.server.seed(org_units=[{"uid": "a", "name": "A"}, {"uid": "b", "name": "B", "parentUid": "a"}])
    client.create()
    client.post(f"/directory/_ou/{UID}/a/u-jdoe/_set", ["manageUser"])
    counts = [len(client.get(f"/directory/_ou/{UID}/b/_administrators", hierarchical=text).body) for text in ("True", "true", "False")]
    assert counts == [1, 1, 0]


def test_the_proxy_has_a_limit(client):
    client.server.change_knobs({"body_limit": 10})
    assert client.create().status == 413


# Who calls (contract 2)


def test_login_answers_200_whatever_comes(client):
    client.create(password=PASSWORD)
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Ok"
    wrong = client.log_in(f"jdoe@{UID}", "wrong")
    assert (wrong["status"], wrong["message"], wrong["authUser"]) == ("Bad", f"Result auth is NO for login: jdoe@{UID}", None)
    for login, password in ((f"nobody@{UID}", "x"), ("jdoe@elsewhere.test", "x"), (f"jdoe@{UID}", ""), ("", "x"), ("jdoe", PASSWORD)):
        refused = client.log_in(login, password)
        assert (refused["status"], refused["message"]) == ("Bad", None)
    attempts = [entry.login for entry in client.server.log if entry.auth == "password"]
    assert attempts == [True] + [False] * 6
    assert not any(entry.write for entry in client.server.log if "/auth/" in entry.path)


def test_an_alias_works_in_a_login_only_as_an_address(client):
    client.create(password=PASSWORD, emails=[{"address": f"jane@{MAIL}", "isDefault": True}])
    states = [client.log_in(login, PASSWORD)["status"] for login in (f"jane@{MAIL}", f"jdoe@{UID}", f"jdoe@{MAIL}")]
    assert states == ["Ok", "Ok", "Bad"]
    client.update(emails=[{"address": f"jane@{MAIL}", "isDefault": True, "allAliases": True}, {"address": f"jdoe@{MAIL}"}])
    assert client.log_in(f"jdoe@{MAIL}", PASSWORD)["status"] == "Ok"


def test_the_new_installation(client):
    answer = client.log_in("admin0", "admin")
    assert (answer["latd"], answer["authUser"]["domainUid"]) == ("admin0@global.virt", "global.virt")
    assert client.get("/domains", key=answer["authKey"]).status == 200
    assert client.log_in("admin0@global.virt", client.server.core_token)["status"] == "Ok"
    assert client.get("/auth", key=answer["authKey"]).body["value"]["login"] == "admin0"
    assert client.get("/auth").status == 204  # the core token is nobody


@DIALECTS
def test_unknown_keys(client, dialect):
    client.server.change_knobs({"dialect": dialect})
    for key in ("nope", ""):
        reply = client.get("/domains", headers={"X-BM-ApiKey": key})
        assert (reply.status, reply.code) == (401, "AUTHENTICATION_FAIL")
        assert reply.message == ("" if dialect == 4 else "invalid accesstoken: ") + f"session id {key} is not valid"
        assert ("www-authenticate" in reply.headers) is ("set-cookie" in reply.headers) is (dialect == 5)
    assert client.get("/domains", key=None, apikey=client.key).status == 200


def test_who_may_be_anonymous(client):
    for method, path, status in (
        ("GET", "/auth/ping", 200),
        ("POST", "/auth/logout", 200),
        ("GET", "/system/installation/_infos", 200),
        ("GET", "/system/installation/state", 200),
        ("GET", "/tasks/nope", 404),
        ("GET", "/auth", 403),
        ("PUT", "/auth/keys?displayName=x", 403),
        ("GET", "/domains", 403),
        ("GET", "/system/installation/version", 403),
    ):
        assert client.call(method, path, key=None).status == status, path


def test_sessions_end_after_idle_minutes(client):
    session = client.log_in("admin0", "admin")["authKey"]
    for _unused in range(3):
        client.lab.clock.advance(1100)
        assert client.get("/auth/ping", key=session).status == 200
    client.lab.clock.advance(1300)
    assert client.get("/auth/ping", key=session).status == 401


def test_all_sessions_can_be_ended_by_a_fault(client):
    session = client.log_in("admin0", "admin")["authKey"]
    client.server.fault("expire", path="/domains", times=2)
    assert client.get("/domains", key=session).status == 401
    assert client.get("/domains").status == 200  # the core token is no session


def test_logging_out(client):
    session = client.log_in("admin0", "admin")["authKey"]
    assert client.post("/auth/logout", key=session).status == 200
    assert client.get("/domains", key=session).status == 401


def test_an_expired_password_opens_a_narrow_session(client):
    client.create(password=PASSWORD, passwordMustChange=True)
    answer = client.log_in(f"jdoe@{UID}", PASSWORD)
    assert (answer["status"], answer["authUser"]["roles"]) == ("Expired", ["selfChangePassword"])
    assert client.post("/auth/validate", PASSWORD, login=f"jdoe@{UID}").body == "PASSWORDEXPIRED"
    change = {"currentPassword": PASSWORD, "newPassword": "An0ther!one"}
    assert client.post(f"/users/{UID}/u-jdoe/password_", change, key=answer["authKey"]).status == 200
    assert client.log_in(f"jdoe@{UID}", "An0ther!one")["status"] == "Ok"
    assert client.user()["passwordMustChange"] is False


def test_a_password_has_a_lifetime(client):
    client.create(password=PASSWORD)
    client.put(f"/domains/{UID}/_settings", {"password_lifetime": "1"})
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Ok"
    client.lab.clock.advance(2 * 86400)
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Expired"
    client.update(passwordNeverExpires=True)
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Ok"


@DIALECTS
def test_validate_tells_the_kind_of_secret(client, dialect):
    client.server.change_knobs({"dialect": dialect})
    client.create(password=PASSWORD)
    client.server.seed(api_keys=[{"sid": "key-of-jane", "login": f"jdoe@{UID}"}])

    def kind(secret):
        return client.post("/auth/validate", secret, key=None, login=f"jdoe@{UID}").body

    assert [kind(secret) for secret in (PASSWORD, "key-of-jane", "wrong", "")] == ["PASSWORD", "TOKEN", "NONE", "NONE"]
    assert [entry.login for entry in client.server.log if entry.path.endswith("validate")] == [True, True, False, False]
    client.update(archived=True)
    assert kind(PASSWORD) == ("NONE" if dialect == 4 else "ARCHIVED")


def test_suspension_leaves_sessions_and_keys(client):
    """Contract 2: the keys have to go before, and by the account itself."""
    client.create(password=PASSWORD)
    session = client.log_in(f"jdoe@{UID}", PASSWORD)["authKey"]
    key = client.put("/auth/keys", key=session, displayName="phone").body["sid"]
    client.update(archived=True)
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Bad"
    assert client.log_in(f"jdoe@{UID}", key)["status"] == "Bad"
    assert client.post("/auth/_su", login=f"jdoe@{UID}").body["status"] == "Bad"
    assert [client.get("/auth", key=each).status for each in (session, key)] == [200, 200]
    client.update(archived=False)
    own = client.post("/auth/_su", login=f"jdoe@{UID}").body["authKey"]
    (listed,) = client.get("/auth/keys", key=own).body
    assert (listed["displayName"], listed["subject"]) == ("phone", "u-jdoe")
    assert client.delete(f"/auth/keys/{listed['uid']}", key=own).status == 200
    assert client.get("/auth", key=key).status == 401


def test_su_needs_a_login_and_the_role(client):
    client.create(password=PASSWORD)
    client.create("asmith", password=PASSWORD)
    session = client.log_in(f"asmith@{UID}", PASSWORD)["authKey"]
    assert client.post("/auth/_su", login=f"jdoe@{UID}", key=session).status == 403
    assert client.post("/auth/_su", login="jdoe").status == 500
    assert client.post("/auth/_su", login=f"nobody@{UID}").body["status"] == "Bad"


@pytest.mark.parametrize(("knobs", "by"), [({"dialect": 4}, "sid"), ({"early5": True}, "sid"), ({}, "uid")])
def test_api_keys(client, knobs, by):
    client.server.change_knobs(knobs)
    client.create(password=PASSWORD)
    session = client.log_in(f"jdoe@{UID}", PASSWORD)["authKey"]
    key = client.put("/auth/keys", key=session, displayName="phone").body
    assert ("uid" in key) is (by == "uid")
    assert client.log_in(f"jdoe@{UID}", key["sid"])["status"] == "Ok"
    assert client.put("/auth/keys", key=session, displayName="").message == "API key display name cannot be empty"
    other = "uid" if by == "sid" else "sid"
    client.delete(f"/auth/keys/{key.get(other, 'none')}", key=session)
    assert len(client.get("/auth/keys", key=session).body) == 1
    client.delete(f"/auth/keys/{key[by]}", key=session)
    assert client.get("/auth/keys", key=session).body == []
    chosen = client.put("/auth/keys/chosen", key=session, displayName="fixed")
    put = client.put("/auth/keys/_put", "chosen", key=session, displayName="fixed")
    assert (chosen.status, put.status) == ((200, 200) if by == "sid" else (500, 200))
    assert client.get("/auth", key="chosen").status == 200


def test_maintenance(client):
    client.create(password=PASSWORD)
    session = client.log_in(f"jdoe@{UID}", PASSWORD)["authKey"]
    assert client.put("/system/installation/state/_maintenance", key=session).code == "NOT_GLOBAL_ADMIN"
    assert client.put("/system/installation/state/_maintenance").status == 200
    assert client.get("/system/installation/state").body == "CORE_STATE_MAINTENANCE"
    assert client.get("/auth", key=session).status == 401
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["message"] == "Authentication denied while system is in maintenance mode"
    assert client.delete("/system/installation/state/_maintenance").status == 200
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Ok"


def test_the_version_of_the_client_is_only_warned_of(client):
    reply = client.get("/domains", headers={"X-BM-ClientVersion": "1.0"})
    assert reply.headers["X-BM-WarnMessage"] == "CORE called with wrong version, clientVersion : 1.0, coreVersion 5.7.3268"
    assert "x-bm-warnmessage" not in client.get("/domains", headers={"x-bm-clientversion": "5.7.3268"}).headers


def test_closing_sessions_from_outside(client):
    client.create(password=PASSWORD)
    session = client.log_in(f"jdoe@{UID}", PASSWORD)["authKey"]
    for name, left in ((f"jdoe@{UID}", 200), ("u-jdoe", 401)):
        address = f"{client.server.url}/internal-api/sessionsmgmt/{name}/logout"
        assert requests.delete(address, headers={"X-BM-ApiKey": client.key}, timeout=10).status_code == 200
        assert client.get("/auth", key=session).status == left
    assert client.delete("/internal-api/sessionsmgmt/u-jdoe/logout").status == 500


# Rights


def test_what_an_administrator_of_a_domain_may_do(client):
    client.server.seed(
        users=[
            {"login": "boss", "last_name": "B", "password": PASSWORD, "profile": "admin"},
            {"login": "plain", "last_name": "P", "password": PASSWORD},
        ],
        domains=["other.test"],
    )
    boss, nobody = (client.log_in(f"{login}@{UID}", PASSWORD)["authKey"] for login in ("boss", "plain"))
    body = {"login": "jdoe", "contactInfos": MINIMAL}
    refused = client.put(f"/users/{UID}/u-jdoe", body, key=nobody)
    assert (refused.status, refused.message) == (403, f"u-plain@{UID} Doesnt have role manageUser on domain {UID} ")
    assert client.put("/users/other.test/u-jdoe", body, key=boss).status == 403
    assert client.put(f"/users/{UID}/u-jdoe", body, key=boss).status == 200
    assert client.user()["login"] == "jdoe"
    assert client.get(f"/users/{UID}/u-jdoe/complete").body["createdBy"] == "u-boss"
    assert client.put("/domains/new.test", {"label": "n", "name": "new.test"}, key=boss).status == 403
    assert client.put(f"/domains/{UID}/_settings", {"domain_max_users": "5"}, key=boss).status == 403
    assert client.put(f"/domains/{UID}/_settings", {"external_url": "a.test"}, key=boss).code == "FORBIDDEN"
    assert client.post(f"/users/{UID}/u-jdoe/roles", ["hasMail", "sudo"], key=boss).status == 403
    assert client.post(f"/users/{UID}/u-jdoe/roles", ["hasMail", "admin"], key=boss).status == 200
    assert client.post("/dataprotect/_backup", key=boss).status == 403
    assert [domain["uid"] for domain in client.get("/domains", key=boss).body] == [UID]
    gone = client.get(f"/domains/{UID}", key=nobody).body
    assert (gone["value"]["properties"], gone["version"]) == ({}, 0)
    message = client.post(f"/users/{UID}/u-jdoe/password_", {"newPassword": "x"}, key=nobody).message
    assert message == f"u-plain@{UID} Doesnt have role manageUserPassword on dirEntry u-jdoe@{UID} "


def test_rights_on_an_org_unit(client):
    client.server.seed(
        org_units=[{"uid": "top", "name": "Top"}, {"uid": "below", "name": "Below", "parentUid": "top"}],
        users=[{"login": "chief", "last_name": "C", "password": PASSWORD}, {"login": "other", "last_name": "O"}],
        administrators={"top": {"u-chief": ["manageUser"]}},
    )
    answer = client.log_in(f"chief@{UID}", PASSWORD)
    assert answer["authUser"]["rolesByOU"] == {"top": ["manageUser"]}
    body = {"login": "jdoe", "contactInfos": MINIMAL}
    assert client.put(f"/users/{UID}/u-jdoe", body, key=answer["authKey"]).status == 403
    assert client.put(f"/users/{UID}/u-jdoe", body | {"orgUnitUid": "below"}, key=answer["authKey"]).status == 200
    assert client.delete(f"/users/{UID}/u-other", key=answer["authKey"]).status == 403


def test_the_application_roles_come_with_the_profile(client):
    client.create(password=PASSWORD)
    assert client.get(f"/users/{UID}/u-jdoe/groupUids").body == []
    assert client.get(f"/users/{UID}/u-jdoe/roles_resolved").body == ["hasSimpleVideoconferencing"]
    assert client.put(f"/groups/{UID}/{UID}_user_group/members", [{"type": "user", "uid": "u-jdoe"}]).status == 200
    assert {"hasCalendar", "mailForwarding", "selfChangePassword"} <= set(client.get(f"/users/{UID}/u-jdoe/roles_resolved").body)
    client.server.change_knobs({"login_needs_profile": True})
    client.create("bare", password=PASSWORD)
    assert [client.log_in(f"{login}@{UID}", PASSWORD)["status"] for login in ("jdoe", "bare")] == ["Ok", "Bad"]


# Tasks (contract 1.6)


def test_a_task_goes_through_its_states(client):
    client.create()
    started = client.delete(f"/users/{UID}/u-jdoe")
    path = f"/tasks/{started.body['id']}"
    states = [client.get(path).body["state"], client.get(path).body["state"]]
    assert client.user()["login"] == "jdoe"  # still there
    last = client.get(path).body
    assert states + [last["state"]] == ["NotStarted", "InProgress", "Success"]
    assert (last["steps"], last["progress"], last["lastLogEntry"], last["result"]) == (2.0, 3.0, "User deleted", '""')
    assert client.get(f"/users/{UID}/u-jdoe/complete").status == 204
    assert client.get(path).body == last


def test_a_task_ends_without_being_watched(client):
    client.create()
    client.delete(f"/users/{UID}/u-jdoe")
    client.lab.clock.advance(3)
    assert client.get(f"/users/{UID}/u-jdoe/complete").status == 204


def test_slow_tasks_and_failing_ones(client):
    client.create()
    client.server.change_knobs({"task_polls": None, "task_seconds": 60})
    path = f"/tasks/{client.delete(f'/users/{UID}/u-jdoe').body['id']}"
    assert {client.get(path).body["state"] for _unused in range(9)} == {"NotStarted", "InProgress"}
    client.lab.clock.advance(61)
    assert client.get(path).body["state"] == "Success"
    client.create()
    client.server.change_knobs({"task_polls": 0})
    client.server.fault("task_error", method="DELETE", message="disk is full")
    failed = client.done(client.delete(f"/users/{UID}/u-jdoe"))
    assert (failed["state"], failed["lastLogEntry"]) == ("InError", "disk is full")
    assert client.user()


@DIALECTS
def test_tasks_are_forgotten(client, dialect):
    client.server.change_knobs({"dialect": dialect, "task_polls": 0})
    path = f"/tasks/{client.delete(f'/users/{UID}/u-nobody').body['id']}"
    assert client.get(path, key=None).body["lastLogEntry"] == "no user for u-nobody"
    client.lab.clock.advance(601)
    assert client.get(path).status == (404 if dialect == 4 else 200)
    assert client.get(f"{path}/_currentLogs").status == 404


def test_a_transfer_has_a_fixed_name(old):
    old.create()
    old.server.seed(servers=["bm-two"])
    started = old.post(f"/directory/{UID}/_xfer/u-jdoe/bm-two")
    assert started.body["id"] == f"xfer-u-jdoe@{UID}"
    assert old.post(f"/directory/{UID}/_xfer/u-jdoe/bm-two").message == f"task xfer-u-jdoe@{UID} already running"
    old.done(started)
    assert old.user()["dataLocation"] == "bm-two"


# Domains (contract 4)


@DIALECTS
def test_what_comes_with_a_domain(client, dialect):
    client.server.change_knobs({"dialect": dialect})
    body = {"label": "New", "name": "NEW.test", "aliases": ["Alias.test"], "properties": {"flag": True, "number": 12, "none": None}}
    assert client.put("/domains/new.test", body).status == 200
    value = client.get("/domains/_lookup", name="alias.test").body["value"]
    assert (value["name"], value["aliases"], value["defaultAlias"]) == ("new.test", ["alias.test"], "alias.test")
    assert value["properties"] == {"flag": "true", "number": "12", "none": None}
    groups = client.post("/groups/alias.test/_search", {"properties": {"is_profile": "true"}}).body
    assert [(group["uid"], group["value"]["name"], group["value"]["hidden"]) for group in groups] == [
        ("new.test_user_group", "user", True),
        ("new.test_admin_group", "admin", True),
    ]
    assert "hasCalendar" in client.get("/groups/new.test/new.test_user_group/roles").body
    assert client.get("/resources/new.test/type").body[0]["identifier"] == "default"
    assert client.get("/domains/new.test/_settings").body["ssl_certif_engine"] == "DISABLED"
    assert client.get("/containers/_manage/_ifPresent/addressbook_new.test").status == 200
    hidden = client.get("/users/new.test/bmhiddensysadmin/complete").status
    assert hidden == (200 if dialect == 4 else 204)
    # Nobody can be made there before a server has been assigned.
    refused = client.put("/users/new.test/u-a", {"login": "a", "contactInfos": MINIMAL})
    assert (refused.code, refused.message) == ("INVALID_PARAMETER", "Datalocation must be set")
    assert client.post("/servers/default/new.test/assignments/bm-master/_assign", tag="mail/imap").status == 200
    assert client.put("/users/new.test/u-a", {"login": "a", "contactInfos": MINIMAL}).status == 200
    assert client.get("/groups/new.test/new.test_user_group/complete").body["value"]["dataLocation"] == "bm-master"


def test_an_alias_stands_for_the_domain_in_some_paths_only(client):
    client.create()
    client.create("asmith")
    for path in (f"/users/{MAIL}/u-jdoe/complete", f"/groups/{MAIL}/_alluids", f"/directory/{MAIL}", f"/mailboxes/{MAIL}/_listUids"):
        assert client.get(path).status == 200
    for path in (f"/users/{MAIL}/u-jdoe/_settings", f"/users/{MAIL}/subscriptions/u-jdoe", f"/resources/{MAIL}/type"):
        assert (client.get(path).status, client.get(path).message) == (500, f"container {MAIL} not found")
    assert client.get(f"/domains/{MAIL}").status == 204
    missing = client.get("/users/nope.test/_alluids")
    assert (missing.status, missing.message) == (404, "domain nope.test not found")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "other.test"}, "Domain name can't be changed"),
        ({"global": True}, "Domain global flag can't be changed"),
        ({"aliases": []}, "Domain aliases should be modified via setAliases method"),
        ({"defaultAlias": UID}, "Domain default alias should be modified via setDefaultAliases method"),
    ],
)
def test_what_an_update_of_a_domain_leaves_alone(client, change, message):
    value = client.get(f"/domains/{UID}").body["value"]
    reply = client.post(f"/domains/{UID}", value | change)
    assert (reply.code, reply.message) == ("INVALID_PARAMETER", message)
    assert client.post(f"/domains/{UID}", value | {"description": "new"}).status == 200
    blanked = {key: value[key] for key in ("label", "name", "aliases", "defaultAlias")}
    assert client.post(f"/domains/{UID}", blanked).status == 200
    assert client.get(f"/domains/{UID}").body["value"]["description"] is None
    unknown = client.post("/domains/nope.test", blanked)
    assert (unknown.status, unknown.body["errorType"]) == (404, "DomainNotFoundException")


def test_renaming_the_mail_domain(client):
    client.create()
    assert client.post(f"/domains/{UID}/_aliases", ["new.test"]).status == 500  # the default has to stay
    assert client.done(client.post(f"/domains/{UID}/_aliases", [MAIL, "new.test"]))["state"] == "Success"
    assert client.post(f"/domains/{UID}/_default_alias", "nope.test").status == 500
    assert client.post(f"/domains/{UID}/_default_alias", "new.test").status == 200
    failed = client.done(client.post(f"/domains/{UID}/_aliases", ["new.test"]))
    assert (failed["state"], failed["lastLogEntry"]) == ("InError", f"Alias {MAIL} is still in use")
    client.update(emails=[{"address": "jdoe@new.test", "isDefault": True}])
    assert client.done(client.post(f"/domains/{UID}/_aliases", ["new.test"]))["state"] == "Success"
    assert client.get("/domains/_lookup", name=MAIL).status == 204
    client.server.seed(domains=["taken.test"])
    conflict = client.post(f"/domains/{UID}/_aliases", ["new.test", "taken.test"])
    assert (conflict.code, conflict.message) == ("INVALID_DOMAIN_NAME", "alias taken.test conflict with domain: taken.test")


def test_the_case_of_an_alias_is_kept_when_it_is_added_later(client):
    client.done(client.post(f"/domains/{UID}/_aliases", [MAIL, "New.Test"]))
    assert set(client.get(f"/domains/{UID}").body["value"]["aliases"]) == {MAIL, "New.Test"}


def test_deleting_a_domain_takes_two_steps(client):
    client.create()
    assert client.delete(f"/domains/{UID}").message == "Domain is not empty, use deleteDomainItems before call delete"
    assert client.done(client.delete(f"/domains/{UID}/_items"))["state"] == "Success"
    assert client.delete(f"/domains/{UID}").status == 200
    assert client.get(f"/domains/{UID}").status == 204
    assert [client.delete(f"/domains/{UID}{rest}").status for rest in ("/_items", "")] == [404, 404]
    assert not any(container.domain == UID for container in client.server.store.containers.values())


@pytest.mark.parametrize("kind", ["ldap", "ad"])
def test_importers(client, kind):
    value = client.get(f"/domains/{UID}").body["value"]
    prefix = f"import_{kind}_"

    def write(**properties):
        return client.post(f"/domains/{UID}", value | {"properties": {prefix + key: item for key, item in properties.items()}})

    assert write(enabled=True).code == "INVALID_PARAMETER"
    assert write(enabled=False).status == 200
    assert write(enabled=True, hostname="ldap.test:no").code == "INVALID_PARAMETER"
    assert write(enabled=True, hostname="ldap.test", base_dn="nonsense").code == "INVALID_PARAMETER"
    assert write(enabled=True, hostname="ldap.test", user_filter="(a=b").code == "INVALID_PARAMETER"
    assert write(enabled=True, hostname="ldap.test:389", base_dn=" ", login_dn="uid=a,dc=b", protocol="tls").status == 200
    read = client.get(f"/domains/{UID}").body["value"]["properties"]
    assert (read[prefix + "base_dn"], read[prefix + "protocol"], read[prefix + "ext_id_attribute"]) == (None, "tls", "entryUUID")
    client.server.seed(users=[{"login": "boss", "last_name": "B", "password": PASSWORD, "profile": "admin"}])
    boss = client.log_in(f"boss@{UID}", PASSWORD)["authKey"]
    changed = client.get(f"/domains/{UID}").body["value"]
    assert client.post(f"/domains/{UID}", changed | {"label": "New"}, key=boss).status == 200
    changed["properties"][prefix + "hostname"] = "evil.test"
    assert client.post(f"/domains/{UID}", changed, key=boss).status == 500


def test_other_ways_to_authenticate(client):
    value = client.get(f"/domains/{UID}").body["value"]
    for properties, code in (({"AUTH_TYPE": "NOPE"}, "INVALID_AUTH_PARAMETER"), ({"AUTH_TYPE": "CAS"}, "INVALID_AUTH_PARAMETER")):
        assert client.post(f"/domains/{UID}", value | {"properties": properties}).code == code
    assert client.post(f"/domains/{UID}", value | {"properties": {"AUTH_TYPE": "CAS", "CAS_URL": "https://cas.test"}}).status == 200


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"lang": "xx"}, "INVALID_PARAMETER"),
        ({"date": "dd/MM/yyyy"}, None),
        ({"date": "dd QQ"}, "INVALID_PARAMETER"),
        ({"timezone": "Europe/Nowhere"}, "INVALID_PARAMETER"),
        ({"mailbox_max_user_quota": "100", "mailbox_default_user_quota": "200"}, "INVALID_PARAMETER"),
        ({"mailbox_max_user_quota": "lots"}, "INVALID_PARAMETER"),
        ({"domain_max_users": "0"}, "INVALID_PARAMETER"),
        ({"password_lifetime": "0"}, "INVALID_PARAMETER"),
        ({"mail_forward_unknown_to_relay": True}, "INVALID_PARAMETER"),
        ({"mail_forward_unknown_to_relay": True, "mail_routing_relay": "relay.test"}, None),
        ({"other_urls": "b.test"}, "INVALID_PARAMETER"),
        ({"default_domain": "nope.test"}, "INVALID_PARAMETER"),
        ({"default_domain": MAIL, "anything": 12}, None),
    ],
)
def test_settings_of_a_domain(client, settings, code):
    assert client.put(f"/domains/{UID}/_settings", settings).code == code


def test_settings_of_a_domain_are_replaced(client):
    client.put(f"/domains/{UID}/_settings", {"lang": "de", "im_public_auth": True})
    assert (
        client.get(f"/domains/{UID}/_settings").body | {"lang": "de", "im_public_auth": "true"}
        == client.get(f"/domains/{UID}/_settings").body
    )
    client.put(f"/domains/{UID}/_settings", {"lang": " ", "cti_host": ""})
    read = client.get(f"/domains/{UID}/_settings").body
    assert (read["lang"], read["cti_host"], "im_public_auth" in read) == ("fr", "", False)
    assert client.get("/domains/nope.test/_settings").body["lang"] == "fr"
    assert client.put("/domains/nope.test/_settings", {}).status == 404
    client.put("/global_settings", {"lang": "pl"})
    assert client.get("/global_settings").body["timezone"] == "Europe/Paris"
    assert client.get(f"/domains/{UID}/_settings").body["lang"] == "pl"


# Users (contract 5)


def test_the_documented_example_of_addresses(client):
    assert client.create().status == 200
    assert emails(client) == {f"jdoe@{UID}": (False, False), f"jdoe@{MAIL}": (False, True)}
    value = client.user()
    assert (value["routing"], value["accountType"], value["dataLocation"]) == ("internal", "FULL", "bm-master")
    assert value["password"] is None
    assert value["contactInfos"]["identification"]["formatedName"]["value"] == "Jane Doe"
    assert [email["value"] for email in value["contactInfos"]["communications"]["emails"]] == [f"jdoe@{MAIL}"]
    assert value["contactInfos"]["source"] == f"bm://{UID}/users/u-jdoe"


def test_the_old_style_of_domain(client):
    client.server.seed(domains=["old.test"])
    assert client.put("/users/old.test/u-a", {"login": "a", "contactInfos": MINIMAL}).status == 200
    read = client.get("/users/old.test/u-a/complete").body["value"]["emails"]
    assert read == [{"address": "a@old.test", "allAliases": False, "isDefault": True}]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ([("jdoe@example.test", True, True)], {"jdoe@example.test": (True, True)}),
        ([("jdoe@example.test", True, False)], {"jdoe@example.test": (True, True)}),
        ([("jane@example.test", False, True)], {"jane@example.test": (False, True), f"jdoe@{UID}": (False, False)}),
        ([("jane@example.test", False, False)], {"jane@example.test": (False, True), f"jdoe@{UID}": (False, False)}),
        ([(f"else@{UID}", False, False)], {f"jdoe@{UID}": (False, False), "jdoe@example.test": (False, True)}),
        (
            [("jane@example.test", False, False), ("jdoe@example.test", False, False)],
            {"jane@example.test": (False, False), "jdoe@example.test": (False, True), f"jdoe@{UID}": (False, False)},
        ),
    ],
)
def test_addresses_are_completed(client, sent, read):
    wanted = [{"address": address, "allAliases": everywhere, "isDefault": default} for address, everywhere, default in sent]
    assert client.create(emails=wanted).status == 200
    assert emails(client) == read


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([("Jane@example.test", False, True)], "INVALID_EMAIL"),
        ([("jane", False, True)], "INVALID_EMAIL"),
        ([("a@example.test", False, True), ("b@example.test", False, True)], "ALREADY_EXISTS"),
        ([("a@example.test", False, True), ("a@example.test", False, False)], "ALREADY_EXISTS"),
        ([("a@example.test", False, True), ("a@else.test", True, False)], "ALREADY_EXISTS"),
        ([("taken@example.test", False, True)], "ALREADY_EXISTS"),
        ([("everywhere@alias.test", False, True)], "ALREADY_EXISTS"),
        ([("everywhere@elsewhere.test", False, True)], None),
        ([("taken@elsewhere.test", True, True)], "ALREADY_EXISTS"),
        ([("jdoe@example.test", False, False), ("jdoe@alias.test", False, False)], "ALREADY_EXISTS"),
    ],
)
def test_addresses_are_refused(client, wanted, code):
    client.server.seed(domains=[{"uid": UID, "name": MAIL, "aliases": ["alias.test"]}])
    client.create(
        "first", emails=[{"address": "taken@example.test", "isDefault": True}, {"address": "everywhere@example.test", "allAliases": True}]
    )
    sent = [{"address": address, "allAliases": everywhere, "isDefault": default} for address, everywhere, default in wanted]
    assert client.create(emails=sent, routing="internal").code == code
    assert client.get(f"/users/{UID}/byEmail/EVERYWHERE@alias.test").body["uid"] == "u-first"


def test_routing_none_becomes_internal_with_a_forwarding(client):
    client.create(routing="none", emails=[{"address": f"jdoe@{MAIL}", "isDefault": True}, {"address": "jane@partner.test"}])
    assert client.user()["routing"] == "internal"
    assert "jane@partner.test" not in emails(client)
    forwarding = client.get(f"/mailboxes/{UID}/u-jdoe/_forwarding").body
    assert (forwarding["enabled"], forwarding["emails"]) == (True, ["jane@partner.test"])
    assert client.create("out", routing="external").code == "INVALID_HOST_NAME"
    client.put(f"/domains/{UID}/_settings", {"mail_routing_relay": "relay.test"})
    assert client.create("out", routing="external", emails=[{"address": "x@anywhere.test", "isDefault": True}]).status == 200
    assert emails(client, "out") == {"x@anywhere.test": (False, True)}
    assert client.put(f"/domains/{UID}/_settings", {}).code == "INVALID_PARAMETER"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"login": "Jane"}, "INVALID_PARAMETER"),
        ({"login": "-jane"}, "INVALID_PARAMETER"),
        ({"login": None}, "INVALID_PARAMETER"),
        ({"contactInfos": {}}, "EMPTY_LASTNAME"),
        ({"contactInfos": MINIMAL | {"communications": None}}, None),
        ({"contactInfos": MINIMAL | {"communications": {"emails": [], "tels": None}}}, None),
        ({"emails": None}, None),
        ({"password": "näh"}, "INVALID_PARAMETER"),
        ({"dataLocation": "nowhere"}, "INVALID_PARAMETER"),
        ({"accountType": "SIMPLE"}, "UNKNOWN"),
        ({"quota": 300}, "INVALID_PARAMETER"),
    ],
)
def test_users_are_refused(client, fields, code):
    client.put(f"/domains/{UID}/_settings", {"mailbox_max_user_quota": "200"})
    reply = client.create(**fields)
    assert (reply.status, reply.code) == (500, code)
    assert client.get(f"/users/{UID}/_alluids").body == []


def test_uids_and_names_are_unique_over_all_kinds(client):
    client.create()
    client.server.seed(groups=["Sales"], mailshares=[{"uid": "ms", "name": "info"}])
    same_uid = client.put(f"/groups/{UID}/u-jdoe", {"name": "x"})
    assert (same_uid.code, same_uid.message.startswith(f"entry[u-jdoe - 0]@{UID} already exists")) == ("ALREADY_EXISTS", True)
    assert client.put(f"/users/{UID}/u-2", {"login": "jdoe", "contactInfos": MINIMAL}).message == "user with login jdoe already exists"
    assert client.create("info").message == "Mail name: info already used"
    assert client.put(f"/groups/{UID}/g2", {"name": "SALES"}).message == "Group name: SALES already used"
    assert client.get(f"/groups/{UID}/byName/SALES").status == 204
    assert client.put(f"/mailshares/{UID}/ms2", {"name": "jdoe", "routing": "internal"}).message == "Mail name: jdoe already used"
    assert (
        client.put(f"/resources/{UID}/INFO", {"label": "x", "typeIdentifier": "default", "emails": [{"address": f"x@{MAIL}"}]}).code
        == "ALREADY_EXISTS"
    )


def test_an_update_replaces_the_whole_user(client):
    client.create(password=PASSWORD, quota=1000, properties={"employee": "42"}, hidden=True)
    changed = client.user()
    assert client.post(f"/users/{UID}/u-jdoe", {"login": "jdoe", "contactInfos": MINIMAL}).status == 200
    blank = client.user()
    assert (blank["quota"], blank["properties"], blank["hidden"]) == (None, {}, False)
    assert blank["passwordLastChange"] == changed["passwordLastChange"]
    assert client.log_in(f"jdoe@{UID}", PASSWORD)["status"] == "Ok"
    client.update(accountType="SIMPLE", externalId="x", passwordLastChange=1)
    assert (client.user()["accountType"], client.user()["passwordLastChange"]) == ("FULL", changed["passwordLastChange"])
    assert (
        client.post(f"/users/{UID}/u-nobody", {"login": "n", "contactInfos": MINIMAL}).message == f"User u-nobody not found in domain {UID}"
    )


def test_renaming(client):
    client.create()
    client.update(login="jane")
    assert set(emails(client)) == {f"jane@{UID}", f"jane@{MAIL}", f"jdoe@{MAIL}"}
    assert client.get(f"/users/{UID}/byLogin/jane@anything").body["uid"] == "u-jdoe"
    assert client.get(f"/users/{UID}/byLogin/jdoe").status == 204
    assert client.create("jdoe2", login="jdoe", emails=[{"address": f"x@{MAIL}", "isDefault": True}]).status == 200
    card = client.user()["contactInfos"]
    card["identification"]["name"]["familyNames"] = " Smith "
    client.update(contactInfos=card)
    assert client.get(f"/users/{UID}/u-jdoe/complete").body["displayName"] == "Jane Doe"
    card["identification"]["formatedName"]["value"] = None
    client.update(contactInfos=card)
    assert client.get(f"/users/{UID}/u-jdoe/complete").body["displayName"] == "Jane Smith"


def test_quotas_have_a_default_and_a_maximum(client):
    client.put(f"/domains/{UID}/_settings", {"mailbox_default_user_quota": "100", "mailbox_max_user_quota": "200"})
    client.create()
    client.create("own", quota=150)
    assert (client.user()["quota"], client.user("own")["quota"]) == (100, 150)
    assert [client.update(quota=quota).code for quota in (None, 0, 201, 200)] == ["INVALID_PARAMETER"] * 3 + [None]
    assert client.put(f"/domains/{UID}/_settings", {"mailbox_max_user_quota": "180"}).code == "INVALID_PARAMETER"
    client.put(f"/domains/{UID}/_settings", {"mailbox_max_user_quota": "300"})
    client.create("most")
    assert client.user("most")["quota"] == 300


def test_limits_of_accounts(client):
    client.put(f"/domains/{UID}/_settings", {"domain_max_users": "1", "domain_max_basic_account": ""})
    assert client.create().status == 200
    second = client.create("second")
    assert (second.status, second.code, second.message) == (500, "FORBIDDEN", f"Maximum FULL accounts allowed (1) for domain {UID}")
    assert client.create("simple", accountType="SIMPLE").status == 200
    assert client.create("visio", accountType="FULL_AND_VISIO").message == f"Unable to create FULL_AND_VISIO account for domain {UID}"


@DIALECTS
def test_account_types(client, dialect):
    client.server.change_knobs({"dialect": dialect})
    client.create()
    client.post(f"/users/{UID}/_updateAccountType/u-jdoe", "FULL_AND_VISIO")
    assert client.user()["accountType"] == "FULL_AND_VISIO"
    client.post(f"/users/{UID}/_updateAccountType/u-jdoe", "SIMPLE")
    assert client.user()["accountType"] == ("SIMPLE" if dialect == 4 else "FULL_AND_VISIO")
    assert client.post(f"/users/{UID}/_updateAccountType/u-nobody", "FULL").status == 500


def test_a_video_role_comes_and_comes_back(client):
    client.create()
    assert client.get(f"/users/{UID}/u-jdoe/roles").body == ["hasSimpleVideoconferencing"]
    client.post(f"/users/{UID}/u-jdoe/roles", ["hasMail", "made-up"])
    assert client.get(f"/users/{UID}/u-jdoe/roles").body == ["hasMail", "made-up"]
    client.update()
    assert set(client.get(f"/users/{UID}/u-jdoe/roles").body) == {"hasMail", "made-up", "hasSimpleVideoconferencing"}
    client.call("POST", f"/users/{UID}/u-jdoe/roles", raw=b"null")
    assert client.get(f"/users/{UID}/u-jdoe/roles").body == []
    assert client.get(f"/users/{UID}/u-nobody/roles").body == []


def test_passwords(client):
    client.create(password=PASSWORD)
    path = f"/users/{UID}/u-jdoe/password_"
    wrong = client.post(path, {"currentPassword": "wrong", "newPassword": "N3w!pass"})
    assert (wrong.status, wrong.code, wrong.message) == (500, "AUTHENTICATION_FAIL", "Invalid password for user: u-jdoe")
    for new in ("", "  ", None, "pässword"):
        assert client.post(path, {"newPassword": new}).status == 500
    assert client.post(path, {"currentPassword": PASSWORD, "newPassword": PASSWORD}).status == 500
    client.server.change_knobs({"password_min_length": 30})
    assert client.post(path, {"newPassword": "short"}).status == 200  # the policy does not bind the core token
    client.server.seed(users=[{"login": "boss", "last_name": "B", "password": PASSWORD, "profile": "admin"}])
    boss = client.log_in(f"boss@{UID}", PASSWORD)["authKey"]
    assert client.post(path, {"newPassword": "short"}, key=boss).code == "INVALID_PASSWORD"
    client.server.change_knobs({"dialect": 4})
    assert client.post(path, {"currentPassword": "wrong", "newPassword": "N3w!pass"}).message == "password is not valid u-jdoe"


@pytest.mark.parametrize(
    ("stored", "right"),
    [
        ("5f4dcc3b5aa765d61d8327deb882cf99", "password"),
        ("abcdefghijklmnopqrstuvwxyz012345", None),
        ("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "password"),
        ("$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA", None),
        ("PBKDF2SHA256:1:x", None),
    ],
)
def test_what_looks_like_a_hash_is_one(client, stored, right):
    client.create(password=stored)
    assert client.log_in(f"jdoe@{UID}", stored)["status"] == "Bad"
    assert right is None or client.log_in(f"jdoe@{UID}", right)["status"] == "Ok"
    assert client.post(f"/users/{UID}/u-jdoe/password_", {"newPassword": stored.upper() + "!"}).status == 200


def test_versions_grow_with_each_write(client):
    client.create()
    versions = [client.get(f"/users/{UID}/u-jdoe/complete").body["version"]]
    client.lab.clock.advance(10)
    for _unused in range(2):
        client.update()
        versions.append(client.get(f"/users/{UID}/u-jdoe/complete").body["version"])
    assert versions == sorted(set(versions))
    item = client.get(f"/users/{UID}/u-jdoe/complete").body
    assert item["updated"] >= item["created"] + 10_000
    changes = client.get(f"/directory/{UID}/_changeset", since=versions[0]).body
    assert (changes["created"], changes["updated"], changes["deleted"], changes["version"]) == ([], ["u-jdoe"], [], versions[-1])
    client.done(client.delete(f"/users/{UID}/u-jdoe"))
    assert client.get(f"/directory/{UID}/_changeset", since=versions[0]).body["deleted"] == ["u-jdoe"]


def test_memberships_of_a_user_are_flattened(client):
    client.create()
    client.server.seed(groups=["inner", {"name": "outer", "members": ["g-inner"]}], members={"g-inner": ["u-jdoe"]})
    assert client.get(f"/users/{UID}/u-jdoe/groupUids").body == ["g-inner", "g-outer"]
    assert client.get(f"/groups/{UID}/g-outer/members").body == [{"type": "group", "uid": "g-inner"}]
    assert client.get(f"/groups/{UID}/g-outer/complete").body["value"]["memberCount"] == 1
    assert client.get(f"/groups/{UID}/g-inner/groupUids").body == ["g-outer"]


def test_what_goes_with_a_user(client):
    client.create()
    client.create("asmith")
    client.server.seed(
        groups=[{"name": "sales", "members": ["u-jdoe"]}],
        org_units=[{"uid": "ou", "name": "Unit"}],
        administrators={"ou": {"u-jdoe": ["manageUser"]}},
        acls={"calendar:Default:u-asmith": [["u-asmith", "All"], ["u-jdoe", "Read"]]},
        api_keys=[{"sid": "k", "login": f"jdoe@{UID}"}],
    )
    client.done(client.delete(f"/users/{UID}/u-jdoe"))
    assert client.get(f"/groups/{UID}/g-sales/members").body == []
    assert client.get(f"/directory/_ou/{UID}/ou/_administrators", hierarchical="false").body == []
    assert client.get("/containers/_manage/_ifPresent/calendar:Default:u-jdoe").status == 204
    assert "u-jdoe" not in {entry["subject"] for entry in client.get("/containers/_manage/calendar:Default:u-asmith/_acl").body}
    assert client.get("/auth", key="k").status == 401
    assert client.create().status == 200


def test_nobody_deletes_himself(client):
    client.server.seed(users=[{"login": "boss", "last_name": "B", "password": PASSWORD, "profile": "admin"}])
    boss = client.log_in(f"boss@{UID}", PASSWORD)["authKey"]
    failed = client.done(client.delete(f"/users/{UID}/u-boss", key=boss))
    assert (failed["state"], failed["lastLogEntry"]) == ("InError", "Cannot delete myself")


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x10\x20\x30" * width) * height
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def test_photos(client):
    client.create()
    path = f"/users/{UID}/u-jdoe/photo"
    default = client.get(path).body
    assert base64.b64decode(default).startswith(b"\x89PNG")
    assert client.post(path, base64.b64encode(b"no picture").decode()).code == "INVALID_PARAMETER"
    sent = png(40, 30)
    assert client.post(path, base64.b64encode(sent).decode()).status == 200
    stored = base64.b64decode(client.get(path).body)
    assert stored not in (sent, base64.b64decode(default)) and stored[:24] == sent[:24]
    assert client.user()["contactInfos"]["identification"]["photo"] is True
    client.update()
    assert client.user()["contactInfos"]["identification"]["photo"] is True
    assert client.get(path, headers={"Accept": "image/png"}).body == stored
    raw = {"headers": {"Content-Type": "application/octet-stream"}, "raw": png(2500, 500)}
    assert client.call("POST", path, **raw).status == 200
    width, height = struct.unpack(">II", base64.b64decode(client.get(path).body)[16:24])
    assert max(width, height) <= 1000
    assert [client.delete(path).status for _unused in range(2)] == [200, 200]
    assert client.get(path).body == default and client.user()["contactInfos"]["identification"]["photo"] is False


def null_places(document, path=()):
    for key, value in document.items() if isinstance(document, dict) else enumerate(document):
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from null_places(value, (*path, key))


@DIALECTS
def test_any_explicit_null_is_answered(client, dialect):
    """With success or a 500, and what is stored stays readable."""
    client.server.change_knobs({"dialect": dialect})
    client.create(password=PASSWORD, contactInfos=MINIMAL | {"deliveryAddressing": [{"address": {"locality": "Paris"}}]})
    whole, found = client.user(), {}
    for place in null_places(whole):
        changed = json.loads(json.dumps(whole))
        inside = changed
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = None
        reply = client.post(f"/users/{UID}/u-jdoe", changed)
        assert reply.status in (200, 500), place
        found.setdefault((reply.status, reply.code), set()).add(".".join(map(str, place)))
        assert client.user()["login"] == "jdoe"
    card = "contactInfos"
    crashes = {card, f"{card}.communications", f"{card}.communications.tels", f"{card}.identification", "emails", "emails.0"}
    assert crashes <= found[500, None]
    assert {"hidden", "routing", "accountType", "quota", f"{card}.related", f"{card}.identification.formatedName"} <= found[200, None]
    assert found[500, "EMPTY_LASTNAME"] == {f"{card}.identification.name.familyNames"}


# User settings (contract 6)


def test_settings_of_a_user(client):
    client.create()
    path = f"/users/{UID}/u-jdoe"
    client.put(f"/domains/{UID}/_settings", {"lang": "de"})
    assert client.get(f"{path}/_settings").body["lang"] == "de"
    client.post(f"{path}/_settings", {"lang": "de", "timezone": "Europe/London"})
    client.put(f"/domains/{UID}/_settings", {"lang": "it"})
    read = client.get(f"{path}/_settings").body
    assert (read["lang"], read["timezone"]) == ("it", "Europe/London")  # equal ones were not kept
    client.post(f"{path}/_setting/theme", "dark")
    assert client.get(f"{path}/_setting/theme").body == "dark"
    client.put(f"{path}/_settings_multiple", {"lang": "es"})
    assert client.get(f"{path}/_settings").body["theme"] == "dark"
    client.post(f"{path}/_settings", {})
    assert client.get(f"{path}/_setting/theme").status == 204
    assert client.get(f"/users/{UID}/u-nobody/_settings").body["lang"] == "it"
    assert client.post(f"/users/{UID}/u-nobody/_settings", {}).status == 404


# Filters (contract 7)

VACATION = {"enabled": True, "start": 1719784800123, "end": 1720994400456, "subject": "Away", "text": "Back soon", "textHtml": None}


def test_a_vacation_loses_its_milliseconds_in_5(client):
    client.create()
    path = f"/mailboxes/{UID}/u-jdoe/_filter"
    unset = client.get(path).body
    assert unset["vacation"] == {"enabled": False, "start": None, "end": None, "text": None, "textHtml": None, "subject": None}
    assert client.post(path, unset | {"vacation": VACATION}).status == 200
    read = client.get(path).body["vacation"]
    assert (read["start"], read["end"], read["textHtml"]) == (1719784800000, 1720994400000, "")
    client.post(path, unset | {"vacation": VACATION | {"enabled": False}})
    assert client.get(path).body["vacation"]["subject"] == "Away"
    client.post(f"/mailboxes/{UID}/u-jdoe/_vacation", VACATION | {"text": ""})
    assert client.get(f"/mailboxes/{UID}/u-jdoe/_vacation").body["subject"] == ""


def test_a_vacation_keeps_everything_in_4(old):
    old.create()
    path = f"/mailboxes/{UID}/u-jdoe/_filter"
    old.post(path, {"vacation": VACATION})
    assert old.get(path).body["vacation"] == VACATION
    assert old.get(f"/mailboxes/{UID}/u-jdoe/_vacation").status == 500
    reply = old.post(path, {"vacation": VACATION | {"start": 2, "end": 1}})
    assert reply.message == "end date is before start date of vacation"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"vacation": VACATION | {"subject": " "}}, "INVALID_PARAMETER"),
        ({"vacation": VACATION | {"start": 2, "end": 1}}, "INVALID_PARAMETER"),
        ({"vacation": VACATION | {"end": None}}, None),
        ({"vacation": None}, None),
        ({"forwarding": {"enabled": True, "emails": []}}, "INVALID_PARAMETER"),
        ({"forwarding": {"enabled": True, "emails": ["nonsense"]}}, "INVALID_EMAIL"),
        ({"forwarding": {"enabled": True, "emails": [f"JDOE@{MAIL}"]}}, "FORBIDDEN"),
        ({"forwarding": {"enabled": True, "emails": ["Jane@Partner.test", "jane@partner.test"]}}, None),
        ({"rules": [{"name": "empty", "active": True}]}, "INVALID_PARAMETER"),
    ],
)
def test_filters(client, part, code):
    client.create()
    path = f"/mailboxes/{UID}/u-jdoe/_filter"
    reply = client.post(path, part)
    refused = code is not None or part.get("vacation", "") is None
    assert (reply.status, reply.code) == (500 if refused else 200, code)
    if "forwarding" in part and not refused:
        assert client.get(path).body["forwarding"]["emails"] == ["jane@partner.test"]
    assert (client.get(f"/mailboxes/{UID}/u-none/_filter").status, client.post(f"/mailboxes/{UID}/u-none/_filter", {}).status) == (500, 404)


def test_forwarding_outside_needs_a_role(client):
    client.server.seed(
        users=[
            {"login": "with", "last_name": "W", "password": PASSWORD, "profile": "user"},
            {"login": "less", "last_name": "L", "password": PASSWORD},
        ]
    )
    client.post(f"/users/{UID}/u-less/roles", ["selfChangeMailboxFilter"])
    wanted = {"forwarding": {"enabled": True, "localCopy": True, "emails": ["x@partner.test"]}}
    codes = []
    for login in ("with", "less"):
        key = client.log_in(f"{login}@{UID}", PASSWORD)["authKey"]
        codes.append(client.post(f"/mailboxes/{UID}/u-{login}/_filter", wanted, key=key).code)
    assert codes == [None, "FORBIDDEN"]


def test_rules_are_carried_through(client):
    client.create()
    path = f"/mailboxes/{UID}/u-jdoe"
    action = {"name": "REDIRECT", "emails": ["boss@example.test"], "keepCopy": True, "made": "up"}
    first = client.put(f"{path}/_rules", {"name": "copy", "active": True, "actions": [action]}).body
    second = client.put(f"{path}/_rules/before/{first}", {"name": "early", "actions": [{"name": "DISCARD"}]}).body
    read = client.get(f"{path}/_filter").body
    assert [rule["id"] for rule in read["rules"]] == [second, first]
    assert read["rules"][1]["actions"][0] | {"clientProperties": {}} == action | {"clientProperties": {}}
    client.post(f"{path}/_vacation", VACATION)
    client.post(f"{path}/_filter", client.get(f"{path}/_filter").body | {"forwarding": {"enabled": False, "emails": []}})
    assert [rule["id"] for rule in client.get(f"{path}/_filter").body["rules"]] == [second, first]
    client.post(f"{path}/_rules/{second}/DOWN")
    assert [rule["id"] for rule in client.get(f"{path}/_rules").body] == [first, second]
    client.delete(f"{path}/_rules/{first}")
    assert client.get(f"{path}/_rules/{first}").status == 204


# Groups (contract 8)


def test_groups(client):
    body = {"name": "Sales", "emails": [{"address": " Sales@Example.test ", "isDefault": True}], "memberCount": 99}
    assert client.put(f"/groups/{UID}/g-sales", body).status == 200
    value = client.get(f"/groups/{UID}/byEmail/sales@example.test").body["value"]
    assert (value["emails"][0]["address"], value["memberCount"], value["dataLocation"]) == ("sales@example.test", 0, "bm-master")
    assert client.put(f"/groups/{UID}/g-x", {"name": None}).code == "INVALID_PARAMETER"
    assert client.post(f"/groups/{UID}/g-sales", {"name": "Sales", "emails": None}).status == 500
    client.create()
    client.put(f"/groups/{UID}/g-sales/members", [{"type": "user", "uid": "u-jdoe"}])
    assert client.post(f"/groups/{UID}/g-sales", {"name": "Sales"}).status == 200
    value = client.get(f"/groups/{UID}/g-sales/complete").body["value"]
    assert (value["emails"], value["memberCount"]) == ([], 1)
    assert client.post(f"/groups/{UID}/g-none", {"name": "x"}).message == "Group uid:g-none doesn't exist !"
    assert client.done(client.delete(f"/groups/{UID}/g-none"))["state"] == "Success"


def test_members(client):
    client.create()
    client.server.seed(groups=["a", "b"], external_users=[{"uid": "x-bob", "last_name": "B", "emails": ["bob@partner.test"]}])
    path = f"/groups/{UID}/g-a/members"
    unknown = client.put(path, [{"type": "user", "uid": "g-b"}, {"type": "user", "uid": "nope"}])
    assert unknown.message == "No user with uid g-b found\r\nNo user with uid nope found\r\n"
    assert client.delete(path, [{"type": "user", "uid": "nope"}]).code == "INVALID_PARAMETER"
    assert client.delete(path, [{"type": "user", "uid": "u-jdoe"}]).status == 200  # no member, but somebody
    assert client.put(path, [{"type": "user"}]).message == "Invalid member"
    assert client.put(path, []).status == 200
    everybody = [{"type": "user", "uid": "u-jdoe"}, {"type": "group", "uid": "g-b"}, {"type": "external_user", "uid": "x-bob"}]
    assert client.put(path, everybody).status == 200
    assert client.get(path).body == [everybody[2], everybody[1], everybody[0]]
    assert client.put(f"/groups/{UID}/g-b/members", [{"type": "group", "uid": "g-a"}]).code == "INCLUSION_GROUP_LOOP"
    assert client.put(f"/groups/{UID}/g-a/members", [{"type": "group", "uid": "g-a"}]).code == "INCLUSION_GROUP_LOOP"
    assert client.put("/groups/" + UID + "/g-none/members", [everybody[0]]).status == 404


def test_adding_present_members(old):
    old.create()
    old.create("asmith")
    old.server.seed(groups=[{"name": "a", "members": ["u-jdoe"]}])
    path = f"/groups/{UID}/g-a/members"
    refused = old.put(path, [{"type": "user", "uid": "u-jdoe"}])
    assert (refused.code, refused.message) == ("INVALID_PARAMETER", "Group uid: g-a all users are already in the group.")
    assert old.put(path, [{"type": "user", "uid": "u-jdoe"}, {"type": "user", "uid": "u-asmith"}]).status == 200
    old.server.change_knobs({"dialect": 5})
    assert old.put(path, [{"type": "user", "uid": "u-jdoe"}]).status == 200


# The other kinds (contract 9 to 12)


def test_external_users(client):
    client.create(emails=[{"address": f"jdoe@{MAIL}", "isDefault": True}])
    path = f"/externaluser/{UID}/x-bob"
    one = [{"address": "bob@partner.test", "isDefault": True}]
    assert client.put(path, {"emails": one, "contactInfos": {}}).code == "EMPTY_LASTNAME"
    assert client.put(path, {"emails": [], "contactInfos": MINIMAL}).code == "INVALID_PARAMETER"
    assert (
        client.put(path, {"emails": [{"address": f"jdoe@{MAIL}", "isDefault": True}], "contactInfos": MINIMAL}).code == "EMAIL_ALREADY_USED"
    )
    assert client.put(path, {"emails": one, "contactInfos": MINIMAL}).status == 200
    card = client.get(f"{path}/complete").body["value"]["contactInfos"]
    assert [email["value"] for email in card["communications"]["emails"]] == ["bob@partner.test"]
    card["communications"]["emails"][0]["value"] = "robert@partner.test"
    assert client.post(path, {"emails": one, "contactInfos": card}).status == 200
    assert client.get(f"{path}/complete").body["value"]["emails"][0]["address"] == "robert@partner.test"
    assert client.delete(path).status == 200
    gone = client.delete(path)
    assert (gone.status, gone.code, gone.message) == (500, "UNKNOWN", "Invalid user UID: x-bob")


def test_mailshares(client):
    path = f"/mailshares/{UID}/ms"
    assert client.put(path, {"name": "In fo", "routing": "internal"}).message == "Mailshare.name (In fo) is not mailbox compatible"
    assert client.put(path, {"name": "info"}).message == "Mailshare.routing must be set"
    assert client.put(path, {"name": "info", "routing": "internal", "emails": None}).status == 500
    card = {"organizational": {"title": "Desk"}}
    assert client.put(path, {"name": "info", "routing": "internal", "card": card}).status == 200
    assert client.post(path, {"name": "info", "routing": "internal", "card": None, "quota": 5}).status == 200
    value = client.get(f"{path}/complete").body["value"]
    assert (value["card"]["organizational"]["title"], value["quota"]) == ("Desk", 5)
    assert client.done(client.delete(path))["state"] == "Success"
    failed = client.done(client.delete(path))
    assert (failed["state"], failed["lastLogEntry"]) == ("InError", "mailshare ms not found")


def test_writing_to_a_mailshare_includes_sending_as_it(client):
    client.create()
    client.server.seed(mailshares=[{"uid": "ms", "name": "info"}])
    path = "/containers/_manage/mailbox:acls-ms/_acl"

    def verbs():
        return {entry["verb"] for entry in client.get(path).body if entry["subject"] == "u-jdoe"}

    client.put(path, [{"subject": "u-jdoe", "verb": "Write"}])
    assert {"SendAs", "SendOnBehalf", "Read"} <= verbs()
    client.put(path, [{"subject": "u-jdoe", "verb": "Read"}, {"subject": "u-jdoe", "verb": "SendAs"}])
    assert "SendAs" not in verbs()
    assert client.put(path, [{"subject": UID, "verb": "Read"}]).status == 200  # public is forbidden for users only


def test_resources_and_their_types(client):
    kinds = f"/resources/{UID}/type"
    room = {
        "label": "Room",
        "properties": [{"id": "seats", "label": "S", "type": "Number"}, {"label": "B", "type": "Boolean"}],
        "templates": None,
    }
    assert client.put(f"{kinds}/room", room).status == 200
    made = client.get(f"{kinds}/room").body
    assert made["properties"][1]["id"] and made["templates"] == {}
    assert [client.put(f"{kinds}/{name}", room).code for name in ("room", "room2")] == ["ALREADY_EXISTS"] * 2
    path, seats = f"/resources/{UID}/r-a", {"propertyId": "seats", "value": "12"}
    body = {"label": "A", "typeIdentifier": "room", "emails": [{"address": f"a@{MAIL}", "isDefault": True}], "properties": [seats]}
    assert client.put(path, body | {"emails": []}).code == "INVALID_PARAMETER"
    assert client.put(path, body | {"typeIdentifier": "no"}).message == "type descriptor no not found"
    assert client.put(path, body | {"properties": [seats | {"value": "many"}]}).code == "INVALID_PARAMETER"
    assert client.put(path, body | {"properties": [seats, {"propertyId": "unknown", "value": "x"}]}).status == 200
    read = client.get(path).body
    assert (read["reservationMode"], len(read["properties"])) == ("AUTO_ACCEPT_REFUSE", 2)
    assert client.post(path, body | {"typeIdentifier": "default"}).message == "type of resource can't be modified"
    assert client.delete(f"{kinds}/room").message == "Resource type is still referenced by Resource A"
    assert client.delete(f"{kinds}/nope").status == 404
    assert client.get("/containers/_manage/calendar:r-a/_acl").status == 200
    client.done(client.delete(path))
    failed = client.done(client.delete(path))
    assert (failed["state"], failed["lastLogEntry"]) == ("InError", "Resource r-a doesnt exists")
    assert client.delete(f"{kinds}/room").status == 200


def test_org_units(client):
    base = f"/directory/_ou/{UID}"
    assert client.put(f"{base}/fr", {"name": "France"}).status == 200
    assert client.put(f"{base}/paris", {"name": "Paris", "parentUid": "fr"}).status == 200
    assert client.put(f"{base}/x", {"name": "A/B"}).code == "INVALID_PARAMETER"
    assert client.put(f"{base}/x", {"name": "X", "parentUid": "nope"}).status == 404
    assert client.put(f"{base}/x", {"name": "Paris", "parentUid": "fr"}).message == "ou France/ Paris already exists"
    assert client.put(f"{base}/x", {"name": "Paris"}).status == 200
    assert client.post(f"{base}/paris", {"name": "Paris"}).message == "Parent change is not allowed"
    assert client.get(f"{base}/paris/path").body == {
        "uid": "paris",
        "name": "Paris",
        "parent": {"uid": "fr", "name": "France", "parent": None},
    }
    client.create(orgUnitUid="paris")
    assert client.delete(f"{base}/fr").message == "ou France has children"
    assert client.delete(f"{base}/paris").message == "ou Paris has members"
    client.update(orgUnitUid=None)
    assert client.post(f"{base}/paris/nope/_set", []).message == "direntry not found "
    client.post(f"{base}/paris/u-jdoe/_set", ["manageUser"])
    assert client.call("POST", f"{base}/paris/u-jdoe", raw=b"null").status == 500
    assert client.delete(f"{base}/paris").message == "ou Paris has administrators"
    client.post(f"{base}/paris/u-jdoe/_set", [])
    assert client.delete(f"{base}/paris").status == 200
    assert client.delete(f"{base}/paris").status == 404


def test_deleting_what_is_unknown_differs_by_kind(client):
    found = {}
    for kind in ("users", "groups", "mailshares", "resources"):
        found[kind] = client.done(client.delete(f"/{kind}/{UID}/nope"))["state"]
    assert found == {"users": "Success", "groups": "Success", "mailshares": "InError", "resources": "InError"}
    paths = (f"/externaluser/{UID}/nope", f"/directory/_ou/{UID}/nope", f"/resources/{UID}/type/nope", "/domains/nope.test")
    assert [client.delete(path).status for path in paths] == [500, 404, 404, 404]
    assert client.delete(f"/directory/{UID}/_byentryuid/nope").status == 404
    assert client.delete("/containers/_manage/nope").status == 200


# Containers (contract 13)

CALENDAR = "/containers/_manage/calendar:Default:u-jdoe/_acl"


def rights(client, subject: str, path: str = CALENDAR) -> set[str]:
    return {entry["verb"] for entry in client.get(path).body if entry["subject"] == subject}


def test_rights_are_expanded_in_5(client):
    client.create()
    client.create("asmith")
    everything = {"All", "Write", "Read", "Freebusy", "Invitation", "Manage", "SendOnBehalf", "SendAs", "ReadExtended"}
    assert (rights(client, "u-jdoe"), rights(client, UID)) == (everything, {"Invitation"})
    wanted = [{"subject": "u-asmith", "verb": verb} for verb in ("Read", "Write", "Invitation")]
    client.put(CALENDAR, wanted)
    assert client.server.store.containers["calendar:Default:u-jdoe"].acl == [["u-asmith", "Write"]]
    assert rights(client, "u-asmith") == {"Write", "Read", "Freebusy", "Invitation"}
    assert (rights(client, "u-jdoe"), rights(client, UID)) == (everything, set())


def test_rights_are_literal_in_4(old):
    old.create()
    assert old.get(CALENDAR).body == [{"subject": "u-jdoe", "verb": "All"}, {"subject": UID, "verb": "Invitation"}]
    wanted = [{"subject": "anybody", "verb": "Read"}, {"subject": "anybody", "verb": "Write"}]
    old.put(CALENDAR, wanted)
    assert old.get(CALENDAR).body == wanted
    assert old.put(CALENDAR, [{"subject": "x", "verb": "SendAs"}]).message == 'Error during parsing parameter "body"'


def test_refused_rights(client):
    client.create(password=PASSWORD)
    client.create("asmith", password=PASSWORD)
    mailbox = f"/mailboxes/{UID}/u-jdoe/_acls"
    public = client.post(mailbox, [{"subject": UID, "verb": "Read"}])
    assert (public.status, public.code, public.message) == (500, "FORBIDDEN", "Public sharing for user mailbox is forbidden")
    assert client.put(CALENDAR, [{"subject": "x"}]).code == "FAILURE"
    other = client.log_in(f"asmith@{UID}", PASSWORD)["authKey"]
    assert client.put(CALENDAR, [], key=other).status == 403
    client.put(CALENDAR, [{"subject": "u-asmith", "verb": "Manage"}])
    assert client.put(CALENDAR, [{"subject": "u-asmith", "verb": "Read"}], key=other).status == 200
    assert client.put("/containers/_manage/nope/_acl", []).message == "container nope not found"
    client.post(mailbox, [{"subject": "u-asmith", "verb": "Read"}])
    assert rights(client, "u-asmith", "/containers/_manage/mailbox:acls-u-jdoe/_acl") == {"Read", "Freebusy", "Invitation"}
    many = client.post("/containers/_manage/_macl", ["mailbox:acls-u-jdoe"]).body
    assert {entry["subject"] for entry in many["mailbox:acls-u-jdoe"]} == {"u-jdoe", "u-asmith"}


def test_subscriptions(client):
    client.create()
    client.create("asmith")
    base, theirs, own = f"/users/{UID}/subscriptions/u-jdoe", "calendar:Default:u-asmith", "calendar:Default:u-jdoe"
    for _unused in range(2):
        assert client.post(f"{base}/_subscribe", [{"containerUid": theirs, "offlineSync": True}]).status == 200
    (read,) = [entry for entry in client.get(base, type="calendar").body if entry["containerUid"] == theirs]
    assert (read["offlineSync"], read["automount"], read["owner"]) == (True, True, "u-asmith")
    missing = client.post(f"{base}/_subscribe", [{"containerUid": "nope"}])
    assert (missing.status, missing.message) == (404, "Failed to subscribe. Container not found : nope")
    assert client.post(f"{base}/_unsubscribe", [theirs, own]).status == 200
    assert [entry["containerUid"] for entry in client.get(base, type="calendar").body] == [own]
    assert "addressbook_" + UID in {entry["containerUid"] for entry in client.get(base).body}


def test_making_a_container(client):
    client.create()
    body = {"uid": "calendar:UserCreated:1", "name": "Mine", "owner": "u-jdoe", "type": "calendar", "domainUid": UID}
    made = client.put("/containers/_manage/calendar:UserCreated:1", body)
    assert made.body["owner"] == "u-jdoe"
    client.server.change_knobs({"dialect": 4})
    assert client.put("/containers/_manage/calendar:UserCreated:2", body).body is None
    query = {"type": "calendar", "owner": "u-jdoe"}
    assert len(client.post("/containers/_manage/_list", query).body) == 3
    assert len(client.post("/containers/_manage/_listforuser", query, domainUid=UID, userUid="u-jdoe").body) == 3


# Directory (contract 14)


def search(client, **query) -> list[str]:
    return [item["uid"] for item in client.post(f"/directory/{UID}/_search", query).body["values"]]


def test_searching(client):
    client.server.seed(
        groups=[{"name": "staff", "emails": [f"staff@{MAIL}"]}],
        users=[
            {"login": "zoe", "first_name": "Zoé", "last_name": "Aa"},
            {"login": "gone", "first_name": "Bo", "last_name": "Bb", "archived": True},
            {"login": "shy", "first_name": "Cy", "last_name": "Cc", "hidden": True},
        ],
    )
    assert search(client, kindsFilter=["USER"]) == ["u-gone", "u-zoe"]
    assert search(client, kindsFilter=["USER"], hiddenFilter=False) == ["u-gone", "u-shy", "u-zoe"]
    assert search(client, kindsFilter=["USER"], order={"by": "displayname", "dir": "desc"}) == ["u-zoe", "u-gone"]
    assert [search(client, kindsFilter=["USER"], stateFilter=state) for state in ("Archived", "Active")] == [["u-gone"], ["u-zoe"]]
    assert search(client, nameFilter="ZOE") == ["u-zoe"]
    assert search(client, emailFilter=f"STAFF@{MAIL}") == ["g-staff"]
    assert search(client, emailFilter="staff@elsewhere.test") == []
    assert client.post(f"/directory/{UID}/_search", {"emailFilter": "x"}).message == "emailFilter is not valid "
    assert search(client, nameOrEmailFilter="zoe@") == ["u-zoe"]
    assert search(client, entryUidFilter=["u-zoe", "g-staff"]) == ["g-staff", "u-zoe"]
    assert search(client, entries=["u-shy", "nope"]) == ["u-shy"]
    page = client.post(f"/directory/{UID}/_search", {"kindsFilter": ["USER"], "from": 1, "size": 1}).body
    assert ([item["uid"] for item in page["values"]], page["total"]) == (["u-zoe"], 2)
    # Explicit nulls are the opposite of the defaults.
    assert {"u-shy", f"{UID}_user_group", UID} <= set(search(client, hiddenFilter=None, systemFilter=None, size=None))
    entry = client.get(f"/directory/{UID}/entry-uid/u-zoe").body
    assert (entry["path"], entry["email"], entry["emails"]) == (f"{UID}/users/u-zoe", f"zoe@{MAIL}", None)


def test_deleting_by_path(client):
    client.create()
    path = urllib.parse.quote(f"{UID}/users/u-jdoe", safe="")
    assert client.done(client.delete(f"/directory/{UID}/{path}"))["state"] == "Success"
    assert client.delete(f"/directory/{UID}/{path}").status == 404


# Servers and backups (contract 3, 16)


def test_servers(client):
    assert client.get("/servers/other/_complete").status == 404
    assert client.get("/servers/bluemind-noid/_complete").status == 200
    assert client.put("/servers/default/Two", {"ip": "192.0.2.2", "fqdn": "two.test", "name": "two"}).status == 500
    client.done(client.put("/servers/default/two", {"ip": "192.0.2.2", "fqdn": "two.test", "name": "two", "tags": ["mail/imap"]}))
    base = f"/servers/default/{UID}/assignments"
    assert client.post(f"{base}/two/_assign", tag="bm/es").status == 500
    assert client.post(f"{base}/nope/_assign", tag="bm/es").status == 404
    for _unused in range(2):
        assert client.post(f"{base}/two/_assign", tag="mail/imap").status == 200
    assert client.get(f"/servers/default/{UID}/byAssignment", tag="mail/imap").body == ["bm-master", "two"]
    for number in range(4):
        client.create(f"p{number}")
    assert {client.user(f"p{number}")["dataLocation"] for number in range(4)} == {"bm-master", "two"}
    assert client.post("/servers/default/two/tags", []).message == f"server is tagged for  ({UID},mail/imap)"


@pytest.mark.parametrize(
    ("knob", "state", "last", "usable"),
    [
        ("ok", "Success", "Backup finished successfully", True),
        ("warnings", "Success", "Backup finished with warnings", True),
        ("script", "Success", "Post backup script ending with error", True),
        ("errors", "InError", "Backup finished with errors", False),
        ("unsuitable", "InError", "/var/backups/bluemind/ is not suitable for backup.", None),
    ],
)
def test_backups(client, knob, state, last, usable):
    client.server.seed(generations=[{"id": 4, "outcome": "ok"}])
    client.server.change_knobs({"backup": knob})
    status = client.done(client.post("/dataprotect/_backup"))
    assert (status["state"], status["lastLogEntry"]) == (state, last)
    assert status["result"] == (last if state == "Success" else '""')
    generations = client.get("/dataprotect/generations").body
    assert [generation["id"] for generation in generations] == ([4] if usable is None else [4, 5])
    if usable is not None:
        assert (generations[1]["withErrors"], generations[1]["parts"][0]["valid"]) == (not usable, "VALID" if usable else "INVALID")
    assert client.delete("/dataprotect/generations", generationId=9).message == "Generation 9 not found"
    client.done(client.delete("/dataprotect/generations", generationId=4))
    assert 4 not in [generation["id"] for generation in client.get("/dataprotect/generations").body]


# The lab's own: documents, log, faults


@pytest.mark.parametrize(
    ("knobs", "has", "lacks"),
    [
        ({"dialect": 4}, {"key"}, {"keys", "loginCaps"}),
        ({}, {"keys", "loginCaps"}, {"key"}),
        ({"early5": True}, {"keys"}, {"key", "loginCaps"}),
    ]
    + [({"superset": True, "dialect": 4}, {"key", "keys", "loginCaps"}, set())],
)
def test_documents_have_the_keys_of_their_generation(client, knobs, has, lacks):
    client.create()
    client.server.change_knobs(knobs)
    value = client.user()
    keys = value.keys() | value["contactInfos"]["security"].keys()
    assert has <= keys and not lacks & keys


def test_sets_may_be_shuffled(client):
    client.create(emails=[{"address": f"a{number}@{MAIL}", "isDefault": number == 0} for number in range(8)])
    assert len({tuple(emails(client)) for _unused in range(5)}) == 1
    client.server.change_knobs({"shuffle_sets": True})
    assert len({tuple(emails(client)) for _unused in range(5)}) > 1
    assert len(emails(client)) == 9


def test_a_write_is_what_the_call_does(client):
    client.create()
    client.server.log.clear()
    for path, body in (
        ("/directory/{}/_search", {}),
        ("/mailboxes/{}/_mget", []),
        ("/groups/{}/_search", {}),
        ("/users/{}/_roleusers", []),
    ):
        assert client.post(path.format(UID), body).status == 200
    client.post("/containers/_manage/_list", {})
    client.post("/auth/validate", "x", login=f"jdoe@{UID}")
    assert client.server.writes() == []
    client.delete(f"/groups/{UID}/{UID}_user_group/members", [])
    client.post("/dataprotect/_backup")
    assert [entry.method for entry in client.server.writes()] == ["DELETE", "POST"]
    entry = client.server.log[0]
    assert (entry.who, entry.auth, entry.login, entry.status) == ("system", "core-token", True, 200)


def test_sessions_that_end(client):
    session = client.log_in("admin0", "admin")["authKey"]
    client.server.fault("expire", path="/domains")
    reply = client.get("/domains", key=session)
    assert (reply.status, reply.code) == (401, "AUTHENTICATION_FAIL")
    assert client.get("/domains", key=session).status == 401
    assert client.get("/domains").status == 200, "the core token is no session"


@pytest.mark.parametrize(
    ("kind", "details", "status", "code", "stored"),
    [
        ("status", {"status": 418, "body": "no"}, 418, None, False),
        ("refusal", {}, 500, "FAILURE", False),
        ("refusal", {"code": 101}, 500, "FAILURE", False),
        ("refusal", {"code": "ALREADY_EXISTS", "message": "lost a race"}, 500, "ALREADY_EXISTS", False),
        ("refusal", {"code": "PERMISSION_DENIED"}, 403, "PERMISSION_DENIED", False),
        ("html", {"status": 502}, 502, None, False),
        ("html", {"status": 504}, 504, None, False),
        ("empty", {}, 200, None, False),
        ("throttle", {}, 429, None, False),
        ("maintenance", {}, 401, "AUTHENTICATION_FAIL", False),
        ("locked", {}, 500, None, False),
        ("locked", {"effect": True}, 500, None, True),
        ("redirect", {}, 302, None, False),
        ("truncate", {}, 200, None, True),
        ("bad_request", {}, 500, "UNKNOWN", "half"),
        ("drop", {"fields": ["hidden", "quota"]}, 200, None, "half"),
        ("drop", {"fields": ["entry"]}, 200, None, False),
        ("delay", {"seconds": 0.01}, 200, None, True),
    ],
)
def test_faults(client, kind, details, status, code, stored):
    client.server.fault(kind, method="PUT", path="/u-jdoe$", **details)
    reply = client.create(hidden=True, quota=7)
    assert (reply.status, reply.code) == (status, code)
    read = client.get(f"/users/{UID}/u-jdoe/complete")
    found = False if read.status == 204 else "half" if read.body["value"]["quota"] is None else True
    assert found == stored
    assert client.create("next").status == 200


def test_a_lost_answer_has_taken_effect(client):
    client.server.fault("lost", method="PUT")
    with pytest.raises(requests.ConnectionError):
        client.create()
    assert client.user()["login"] == "jdoe"
    assert client.server.writes()[0].status is None


def test_dropped_parts_of_an_update(client):
    client.create(quota=7, properties={"a": "1"}, contactInfos=MINIMAL | {"organizational": {"title": "Old"}})
    card = client.user()["contactInfos"]
    card["organizational"]["title"] = card["related"]["manager"] = "New"
    client.server.fault("drop", method="POST", fields=["quota", "contactInfos.organizational.title", "manager"])
    assert client.update(quota=9, hidden=True, contactInfos=card).status == 200
    value = client.user()
    assert (value["quota"], value["hidden"]) == (7, True)
    assert (value["contactInfos"]["organizational"]["title"], value["contactInfos"]["related"]["manager"]) == ("Old", None)


@pytest.mark.parametrize(
    ("field", "method", "path", "body"),
    [
        ("roles", "POST", f"/users/{UID}/u-jdoe/roles", ["hasMail"]),
        ("password", "POST", f"/users/{UID}/u-jdoe/password_", {"newPassword": "An0ther!one"}),
        ("externalId", "POST", f"/users/{UID}/u-jdoe/_extId", "x"),
        ("accountType", "POST", f"/users/{UID}/_updateAccountType/u-jdoe", "FULL_AND_VISIO"),
        ("photo", "POST", f"/users/{UID}/u-jdoe/photo", base64.b64encode(png(2, 2)).decode()),
        ("settings", "POST", f"/users/{UID}/u-jdoe/_settings", {"lang": "de"}),
        ("lang", "POST", f"/users/{UID}/u-jdoe/_settings", {"lang": "de"}),
        ("lang", "POST", f"/users/{UID}/u-jdoe/_setting/lang", "de"),
        ("lang", "PUT", f"/domains/{UID}/_settings", {"lang": "de", "ssl_certif_engine": "DISABLED"}),
        ("members", "PUT", f"/groups/{UID}/{UID}_user_group/members", [{"type": "user", "uid": "u-jdoe"}]),
        ("acl", "PUT", CALENDAR, []),
        ("acl", "POST", f"/mailboxes/{UID}/u-jdoe/_acls", [{"subject": "u-x", "verb": "Read"}]),
        ("subscriptions", "POST", f"/users/{UID}/subscriptions/u-jdoe/_subscribe", [{"containerUid": "freebusy:u-jdoe"}]),
        ("vacation", "POST", f"/mailboxes/{UID}/u-jdoe/_filter", {"vacation": VACATION}),
        ("forwarding", "POST", f"/mailboxes/{UID}/u-jdoe/_forwarding", {"enabled": True, "emails": ["a@b.test"]}),
        ("aliases", "POST", f"/domains/{UID}/_aliases", [MAIL, "more.test"]),
        ("defaultAlias", "POST", f"/domains/{UID}/_default_alias", UID),
        ("assignments", "POST", f"/servers/default/{UID}/assignments/bm-master/_unassign?tag=bm/es", None),
        ("entry", "DELETE", f"/users/{UID}/u-jdoe", None),
        ("domain", "PUT", "/domains/more.test", {"label": "m", "name": "more.test"}),
        ("type", "PUT", f"/resources/{UID}/type/room", {"label": "Room"}),
        ("backup", "POST", "/dataprotect/_backup", None),
    ],
)
def test_what_can_be_dropped(client, field, method, path, body):
    client.server.change_knobs({"task_polls": 0})

    def stored() -> dict:
        return {key: value for key, value in json.loads(json.dumps(client.server.state())).items() if key not in ("tasks", "numbers")}

    def without_numbers(state: dict) -> dict:
        for domain in state["domains"].values():
            domain["version"] = domain["item"] = 0
            for entry in domain["entries"].values():
                entry["item"] = entry["item"]["external_id"]
        return state | {"versions": 0}

    client.create(password=PASSWORD)
    before = without_numbers(stored())
    client.server.fault("drop", method=method, fields=[field])
    assert client.call(method, path, body).status == 200
    dropped = without_numbers(stored())
    if field in ("vacation",):
        assert dropped["domains"][UID]["entries"]["u-jdoe"]["filter"]["vacation"]["enabled"] is False
    else:
        assert dropped == before
    assert client.call(method, path, body).status == 200
    assert without_numbers(stored()) != before


def test_hooks_that_fail_are_not_reported(client):
    client.server.fault("drop", fields=["containers"])
    assert client.create().status == 200
    assert client.get("/containers/_manage/_ifPresent/calendar:Default:u-jdoe").status == 204


def test_the_demo_and_the_state_file(client):
    client.server.reset()
    client.server.seed_named("demo")
    assert client.log_in(*client.server.delegated)["status"] == "Ok"
    assert client.get("/domains", key=client.server.api_key).status == 200
    assert client.get("/users/example.org/byLogin/pat.placeholder").status == 200
    assert client.log_in("robin.retired@example.org", "Demo-only-passw0rd")["status"] == "Bad"
    state = json.loads(json.dumps(client.server.state()))
    client.server.reset(fresh=True)
    assert client.get("/domains/_lookup", name="example.org").status == 204
    client.server.restore(state)
    assert client.server.state() == state
    assert client.get("/users/example.org/byEmail/pat.placeholder@example.com").status in (200, 204)
    made = client.put("/users/example.org/u-coral", {"login": "coral.sample", "contactInfos": MINIMAL})
    assert made.status == 200


def test_listings_are_quick(client):
    client.server.seed(users=[{"login": f"p{number}", "last_name": f"N{number}"} for number in range(1000)])
    assert len(search(client, kindsFilter=["USER"])) == 1000
    assert client.server.log[-1].ms < 250
