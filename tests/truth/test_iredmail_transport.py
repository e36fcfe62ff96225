# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the contract on sessions, paths, forms, envelopes and releases; and the lab's own controls of this backend."""

from __future__ import annotations

import http.client
import json
import sys
import urllib.parse

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth.iredmail_client import Client

PASSWORD = "Correct-Horse1!"
JANE, BOB = "jane@example.com", "bob@example.com"


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture(params=["mysql", "ldap"])
def client(shared_lab, request):
    shared_lab.clock.reset()
    shared_lab.iredmail.reset(edition=request.param)
    shared_lab.iredmail.seed(
        domains=[{"domain": "example.com", "name": "Example"}],
        users=[{"mail": mail, "name": "Name", "password": PASSWORD, "quota": 100} for mail in (JANE, BOB)],
    )
    client = Client(shared_lab)
    client.log_in()
    shared_lab.iredmail.log.clear()
    return client


def name_of(client: Client) -> str:
    return client.stored("users", JANE)["name"]


# Sessions (contract 1.3)


@pytest.mark.parametrize("edition", ["mysql", "pgsql", "ldap"])
def test_the_cookie(shared_lab, edition):
    shared_lab.iredmail.reset(edition=edition)
    client = Client(shared_lab)
    for answer in (client.send("GET", "nosuch"), client.send("GET", "domains"), client.log_in()):
        name, _unused, rest = answer.headers["set-cookie"].partition("=")
        session, attributes = rest.split("; ", 1)
        assert (name, len(session), attributes) == (f"iRedAdmin-Pro-{edition.upper()}", 40, "HttpOnly; Path=/; SameSite=Strict")
    assert len({cookie.value for cookie in client.http.cookies}) == 1
    assert client.read("domains", params={"name_only": "yes"}) == ["delegated.example"]


def test_a_session_slides_and_ends(client):
    for _unused in range(3):
        client.lab.clock.advance(1700)
        assert client.read("domains")
    session = client.http.cookies.copy()
    client.lab.clock.advance(1801)
    assert client.reason("GET", "domains") == "LOGIN_REQUIRED"
    assert client.http.cookies.items() != session.items()
    client.log_in()
    assert client.read("domains")


def test_an_expired_session_may_be_a_crash(client):
    client.panel.knobs.expired_style = "crash"
    client.lab.clock.advance(1801)
    assert (client.send("GET", "domains").status_code, client.send("GET", "domains").text) == (500, "internal server error")
    client.http.cookies.clear()
    assert client.reason("GET", "domains") == "LOGIN_REQUIRED"


def test_a_session_belongs_to_an_address(client):
    client.panel.knobs.client_address = "192.0.2.7"
    cookies = client.http.cookies.copy()
    answer = client.send("PUT", f"user/{JANE}", {"name": "Changed"})
    assert (answer.status_code, urllib.parse.urlsplit(answer.headers["location"])[2:4]) == (
        303,
        ("/iredadmin/login", "msg=SESSION_EXPIRED"),
    )
    assert "expires=Thu, 01 Jan 1970" in answer.headers["set-cookie"]
    client.panel.knobs.ignore_change_ip = True
    client.http.cookies.update(cookies)
    assert client.read("domains")
    client.panel.change_knobs({"ignore_change_ip": False, "client_address": None})
    assert client.read("domains")
    assert name_of(client) == "Name"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second loopback address")
def test_a_session_belongs_to_a_real_address(client):
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.http.cookies)
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(client.panel.url).netloc, timeout=10, source_address=("127.0.0.2", 0))
    connection.request("GET", "/iredadmin/api/domains", headers={"Cookie": cookie})
    assert connection.getresponse().status == 303
    connection.close()


def test_who_may_log_in(client):
    client.panel.seed(
        users=[{"mail": BOB, "is_global_admin": True}],
        admins=[{"mail": "off@admins.test", "password": PASSWORD, "active": False, "is_global_admin": True}],
    )
    answers = [
        client.log_in(*login).json() for login in ((JANE, PASSWORD), ("off@admins.test", PASSWORD), ("none@x.test", "x"), (BOB, PASSWORD))
    ]
    assert [answer.get("_msg") for answer in answers] == ["INVALID_CREDENTIALS"] * 3 + [None]
    assert [(entry.login, entry.auth, entry.code) for entry in client.panel.log] == [(False, "password", "INVALID_CREDENTIALS")] * 3 + [
        (True, "password", None)
    ]
    client.panel.seed(domains=[{"domain": "example.com", "admins": [JANE]}], users=[{"mail": JANE, "is_admin": True}])
    assert client.log_in(JANE.upper(), PASSWORD).json() == {"_success": True}
    assert client.read("domains", params={"name_only": "yes"}) == ["example.com"]


def test_networks(client):
    client.panel.knobs.api_clients = ["192.0.2.0/24"]
    assert client.reason("GET", "domains") == "NOT_AUTHORIZED"
    assert client.reason("PUT", f"user/{JANE}", {"name": "x"}) == "NOT_AUTHORIZED"
    assert client.log_in().json()["_msg"] == "NOT_AUTHORIZED"
    client.panel.change_knobs({"api_clients_at_login": False, "login_ip_list": ["127.0.0.0/8"]})
    assert client.log_in().json()["_success"]
    client.panel.change_knobs({"api_clients": ["127.0.0.1"], "login_ip_list": ["192.0.2.1"]})
    assert client.read("domains")
    assert client.log_in().json()["_msg"] == "NOT_ALLOWED_IP"


def test_logging_out_and_the_web_pages(client):
    base = client.panel.url + "/iredadmin"
    assert "Domains" in client.http.get(f"{base}/domains", timeout=10).text
    assert client.http.get(f"{base}/logout", timeout=10).url == f"{base}/login"
    assert client.reason("GET", "domains") == "LOGIN_REQUIRED"


# Paths and forms (contract 1.2, 1.4)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "user/a+b@example.com", 404),
        ("GET", "user/a=b@example.com", 404),
        ("GET", "user/jørn@example.com", 404),
        ("GET", "user/.a@example.com", 404),
        ("GET", "user/jane@example.c", 404),
        ("GET", f"user/jane@example.{'x' * 16}", 404),
        ("GET", f"domain/example.{'x' * 16}", 200),
        ("GET", f"domain/example.{'x' * 26}", 404),
        ("GET", "user/example.com", 404),
        ("GET", "user/%23j_a.n-e&x@example.com", 200),
        ("GET", "user/JANE%40Example.COM", 200),
        ("DELETE", f"user/{JANE}/keep_mailbox_days/x", 404),
        ("PATCH", f"user/{JANE}", 405),
        ("POST", "domains", 405),
        ("PUT", f"user/{JANE}/", 405),
        ("DELETE", f"user/{JANE}/", 405),
        ("GET", f"user/{JANE}/", 303),
    ],
)
def test_paths(client, method, path, status):
    answer = client.send(method, path)
    assert answer.status_code == status
    if status in (404, 405):
        assert (answer.headers["content-type"], answer.text) == ("text/html", {404: "not found", 405: "method not allowed"}[status])
    if status == 303:
        assert answer.headers["location"] == f"{client.panel.api_url}/user/{JANE}"
    assert JANE in client.panel.state()["users"]


def test_allowed_methods(client):
    assert client.send("PATCH", f"user/{JANE}").headers["allow"] == "GET, POST, PUT, DELETE"
    assert client.send("GET", f"user/{JANE}/change_email/x@example.com").headers["allow"] == "POST"


def test_another_prefix(client):
    client.panel.knobs.prefix = ""
    client.panel.sessions.end_all()
    assert client.log_in().url == f"{client.panel.url}/api/login"
    assert requests.get(f"{client.panel.url}/iredadmin/api/domains", timeout=10).status_code == 404


def test_forms(client):
    path = f"{client.panel.api_url}/user/{JANE}"
    client.send("PUT", f"user/{JANE}", files={"name": (None, "Jørn Multi")})
    assert name_of(client) == "Jørn Multi"
    client.send("PUT", f"user/{JANE}", "name=One&name=Two", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert name_of(client) == "Two"
    client.send("PUT", f"user/{JANE}", params={"name": "Query"})
    assert name_of(client) == "Query"
    client.send("PUT", f"user/{JANE}", {"name": "Body"}, params={"name": "Query"})
    assert name_of(client) == "Body"
    client.panel.knobs.parameter_precedence = "query"
    client.send("PUT", f"user/{JANE}", {"name": "Body"}, params={"name": "Query"})
    assert name_of(client) == "Query"
    assert client.http.put(path, json={"name": "Json"}, timeout=10).json() == {"_success": True}
    assert name_of(client) == "Query"


def test_answers_are_ascii(client):
    client.panel.seed(users=[{"mail": JANE, "name": "Jørn"}])
    assert b"J\\u00f8rn" in client.send("GET", f"user/{JANE}").content
    assert b"J\\u00f8rn" in client.send("GET", "users/example.com").content


# Envelopes and releases (contract 1.5, 3, 12)


def test_other_envelopes(client):
    client.panel.change_knobs(
        {"error_status": 400, "envelope_extra": {"_more": 1}, "messages": {"NO_SUCH_ACCOUNT": None, "ALREADY_EXISTS": "taken"}}
    )
    missing, taken = client.send("GET", "user/none@example.com"), client.send("POST", "domain/example.com")
    assert (missing.status_code, missing.json()) == (400, {"_success": False, "_more": 1})
    assert taken.json() == {"_success": False, "_more": 1, "_msg": "taken"}
    assert client.send("GET", "users/example.com", params={"email_only": "yes"}).json() == {
        "_success": True,
        "_more": 1,
        "_data": [BOB, JANE],
    }
    assert client.send("GET", "users/example.com").json().keys() == {"_success", "_more", "_data"}
    client.panel.knobs.envelope = "plain"
    assert client.send("PUT", f"user/{JANE}", {"name": "x"}).json() == {"success": True, "_more": 1}


#: The first releases (SQL, LDAP) that know a path.
ROUTES = [
    ("GET", "domains", ("2.8", "3.0"), ("2.7", "2.9")),
    ("GET", "domain/example.com", ("2.5", "2.7"), ("2.4", "2.6")),
    ("GET", f"user/{JANE}", ("2.5", "2.7"), ("2.4", "2.6")),
    ("GET", "users/example.com", ("3.3", "3.5"), ("3.2", "3.4")),
    ("GET", "aliases/example.com", ("3.3", "3.5"), ("3.2", "3.4")),
    ("GET", "mls/example.com", ("3.0", "3.2"), ("2.9", "3.1")),
    ("DELETE", "ml/none@example.com", ("2.9", "3.1"), ("2.8", "3.0")),
    ("GET", "wblist/inbound/whitelist/global", ("3.6", "3.8"), ("3.5", "3.7")),
    ("GET", "greylisting/all", ("2.7", "2.9"), ("2.6", "2.8")),
    ("GET", "spampolicy/global", ("2.5", "2.7"), ("2.4", "2.6")),
    ("POST", f"verify_password/user/{JANE}", ("2.5", "2.7"), ("2.4", "2.6")),
]


@pytest.mark.parametrize(("method", "path", "first", "before"), ROUTES)
def test_routes_by_release(client, method, path, first, before):
    client.panel.change_knobs({"sql_version": first[0], "ldap_version": first[1]})
    assert client.send(method, path).status_code == 200
    client.panel.change_knobs({"sql_version": before[0], "ldap_version": before[1]})
    answer = client.send(method, path)
    assert (answer.status_code in (404, 405), answer.headers["content-type"]) == (True, "text/html")


#: Parameters of a user, the first releases that know them, the last ones that do not, and what they set.
PARAMETERS = [
    ({"name": "New"}, ("2.6", "2.8"), ("2.5", "2.7"), "name", "New"),
    ({"quota": "7"}, ("2.7", "2.9"), ("2.5", "2.7"), "quota", 7),
    ({"isGlobalAdmin": "yes"}, ("2.8", "3.0"), ("2.7", "2.9"), "is_global_admin", True),
    ({"mailboxFolder": "Box"}, ("3.2", "3.4"), ("3.1", "3.3"), "mailbox_folder", "Box"),
    ({"password_hash": "{PLAIN}x"}, ("3.2", "3.4"), ("3.1", "3.3"), "password", "{PLAIN}x"),
    ({"senderBcc": "a@b.test"}, ("3.3", "3.5"), ("3.2", "3.4"), "sender_bcc", "a@b.test"),
    ({"addAlias": "a@example.com"}, ("2.4", "2.6"), None, "aliases", ["a@example.com"]),
]


@pytest.mark.parametrize(("form", "first", "before", "attribute", "value"), PARAMETERS)
def test_parameters_by_release(client, form, first, before, attribute, value):
    if before is not None:
        client.panel.change_knobs({"sql_version": before[0], "ldap_version": before[1]})
        client.send("PUT", f"user/{JANE}", form)
        assert client.stored("users", JANE)[attribute] != value
    client.panel.change_knobs({"sql_version": first[0], "ldap_version": first[1]})
    client.send("PUT", f"user/{JANE}", form)
    assert client.stored("users", JANE)[attribute] == value


def test_old_releases(client):
    client.panel.change_knobs({"sql_version": "2.6", "ldap_version": "2.8"})
    client.put(f"user/{JANE}", name="x")
    assert client.stored("users", JANE)["quota"] == 0  # the bug that 2.7 / 2.9 fixed
    client.panel.seed(
        users=[{"mail": JANE, "forwarding": [JANE, BOB]}],
        aliases=[{"mail": "sales@example.com", "members": [JANE, BOB]}],
        domains=[{"domain": "example.com", "default_quota": 5, "catchall": [JANE, BOB]}],
    )
    user, alias, domain = (client.read(path) for path in (f"user/{JANE}", "alias/sales@example.com", "domain/example.com"))
    if client.edition == "sql":
        assert (user["forwarding"], alias["goto"], domain["catchall"]) == (f"{JANE},{BOB}", f"{JANE},{BOB}", f"{JANE},{BOB}")
    else:
        assert domain["accountSetting"] == ["defaultQuota:5"] and "catchall" not in domain
    client.panel.seed(admins=[{"mail": "ops@admins.test", "password": PASSWORD}])
    assert client.reason("PUT", "admin/ops@admins.test", {"name": "Ops"}) == "PW_EMPTY"
    client.put("domain/example.com", disableService="self-service", enableService="self-service", services="mail")
    assert client.stored("domains", "example.com")["services"][-1] == "self-service"
    client.put("domain/example.com", removeAllServices="")
    assert "self-service" not in client.stored("domains", "example.com")["services"]


def test_the_other_product(client):
    client.panel.knobs.product = "enterprise"
    assert set(client.read(f"user/{JANE}")) == {"profile", "last_login", "used_quota"}
    assert "employee_id" in client.read(f"user/{JANE}")["profile"]
    assert "profile" in client.read("domain/example.com")
    assert {client.send(method, f"user/{JANE}").status_code for method in ("POST", "PUT", "DELETE")} == {404}
    assert client.send("GET", "users/example.com").status_code == 404


def test_the_api_is_off(client):
    client.panel.knobs.api_enabled = False
    assert {client.send(method, path).status_code for method in ("GET", "POST") for path in ("login", "domains", f"user/{JANE}/")} == {404}


# The lab


def test_the_edition_can_be_switched_over_the_same_accounts(client):
    client.panel.seed(users=[{"mail": JANE, "given_name": "Jane", "forwarding": [BOB], "aliases": ["own@example.com"]}])
    before = client.panel.state()
    for edition in ("sql", "ldap", "pgsql", client.panel.knobs.edition):
        client.panel.knobs.edition = edition
        client.log_in()
        profile = client.read(f"user/{JANE}")
        assert profile.get("forwardings") == [BOB] or profile.get("mailForwardingAddress") == [BOB]
        assert client.panel.state() == before
    with pytest.raises(ValueError, match="edition is one of"):
        client.panel.knobs.edition = "oracle"


def test_state_survives_a_restart(client):
    client.panel.seed_named("demo")
    client.panel.seed(greylisting_settings={JANE: True}, ldap_lists=[{"mail": "all@example.com", "members": [JANE]}])
    state = json.loads(json.dumps(client.panel.state()))
    client.panel.reset(edition=client.panel.knobs.edition)
    assert JANE not in client.panel.state()["users"]
    client.panel.restore(state)
    assert client.panel.state() == state
    client.log_in()
    assert client.reason("POST", "user/own@example.com", {"password": PASSWORD}) is None
    assert client.reason("POST", "alias/news@example.org") == "ALREADY_EXISTS"
    assert client.stored("domains", "example.org")["name"] == "Example Town"


def test_a_write_is_what_the_call_does(client):
    client.send("POST", f"verify_password/user/{JANE}", {"password": PASSWORD})
    client.log_in()
    client.read("users/example.com")
    client.send("PUT", f"user/{JANE}")
    client.send("POST", "throttle/global/inbound", {"period": "1"})
    client.send("PUT", "nosuch")
    assert [(entry.method, entry.path) for entry in client.panel.writes()] == [
        ("PUT", f"/iredadmin/api/user/{JANE}"),
        ("POST", "/iredadmin/api/throttle/global/inbound"),
    ]
    assert (client.panel.writes()[1].body, client.panel.writes()[1].who) == ({"period": "1"}, client.panel.username)


@pytest.mark.parametrize(
    ("kind", "details", "status", "stored"),
    [
        ("status", {"status": 418}, 418, False),
        ("refusal", {"message": "SERVER_DOWN"}, 200, False),
        ("html", {"status": 502}, 502, False),
        ("empty", {}, 200, False),
        ("throttle", {}, 429, False),
        ("maintenance", {}, 503, False),
        ("locked", {}, 500, False),
        ("locked", {"effect": True}, 500, True),
        ("redirect", {"location": "/elsewhere"}, 303, False),
        ("truncate", {}, 200, True),
        ("drop", {"fields": ["name"]}, 200, False),
        ("delay", {"seconds": 0.01}, 200, True),
        ("expire", {}, 200, False),
    ],
)
def test_faults(client, kind, details, status, stored):
    client.panel.fault(kind, method="PUT", path=f"/user/{JANE}$", **details)
    answer = client.send("PUT", f"user/{JANE}", {"name": "Changed"})
    assert answer.status_code == status
    assert (name_of(client) == "Changed") is stored
    if kind == "refusal":
        assert answer.json() == {"_success": False, "_msg": "SERVER_DOWN"}
    if kind == "expire":
        assert answer.json()["_msg"] == "LOGIN_REQUIRED"
        client.log_in()
    assert client.reason("PUT", f"user/{JANE}", {"name": "Again"}) is None


def test_a_lost_answer_has_taken_effect(client):
    client.panel.fault("lost", method="PUT")
    with pytest.raises(requests.ConnectionError):
        client.send("PUT", f"user/{JANE}", {"name": "Changed"})
    assert name_of(client) == "Changed"
    assert client.panel.writes()[0].status is None


def test_what_a_fault_drops(client):
    client.panel.fault("drop", times=None, fields=["password", "quota", "alias", "addresses", "period", "status", "subscribers"])
    client.post("user/kim@example.com", password=PASSWORD, quota="7", name="Kim")
    client.post("alias/sales@example.com")
    client.post("wblist/inbound/whitelist/global", addresses="a@b.test")
    client.post("throttle/global/inbound", period="60", max_msgs="5")
    client.post("greylisting/global", status="enable")
    client.post("ml/news@example.com", subscribers=JANE, require_confirm="no", name="News")
    state = client.panel.state()
    assert (state["users"]["kim@example.com"]["quota"], state["users"]["kim@example.com"]["name"]) == (0, "Kim")
    assert (state["aliases"], state["wblist"], state["greylisting"]) == ({}, {}, {})
    assert state["throttle"]["@."]["inbound"] == {"period": 0, "msg_size": 0, "max_msgs": 5, "max_quota": 0}
    assert state["lists"]["news@example.com"]["name"] == "News"
    client.panel.faults.clear()
    assert client.reason("POST", "verify_password/user/kim@example.com", {"password": PASSWORD}) == "INVALID_CREDENTIALS"
    client.panel.fault("drop", fields=["account"])
    client.must("DELETE", f"user/{JANE}")
    assert JANE in client.panel.state()["users"]


def test_a_creation_that_fails_halfway(client):
    client.panel.fault("bad_request", method="POST")
    assert client.reason("POST", "user/half@example.com", {"password": PASSWORD, "name": "Half", "quota": "7"}).startswith(
        "OperationalError("
    )
    assert (client.stored("users", "half@example.com")["name"], client.stored("users", "half@example.com")["quota"]) == ("", 0)


def test_the_control_interface(client):
    control = f"{client.lab.control}/iredmail"
    requests.post(f"{control}/seed", json={"users": [{"mail": "late@example.com", "password": PASSWORD}]}, timeout=10)
    assert "late@example.com" in requests.get(f"{control}/state", timeout=10).json()["users"]
    assert requests.patch(f"{control}/knobs", json={"edition": "pgsql"}, timeout=10).json()["edition"] == "pgsql"
    assert requests.patch(f"{control}/knobs", json={"edition": "oracle"}, timeout=10).status_code == 400
    assert requests.post(f"{control}/seed", json={"users": [{"mail": "late@example.com", "nonsense": 1}]}, timeout=10).status_code == 400
    requests.post(f"{control}/reset", json={"fresh": True, "edition": "ldap"}, timeout=10)
    assert requests.get(f"{control}/knobs", timeout=10).json()["edition"] == "ldap"
    assert requests.get(f"{control}/state", timeout=10).json()["domains"] == {}


def test_thousands_of_users_are_listed_fast(client):
    client.panel.seed(users=[{"mail": f"p{number}@example.com"} for number in range(3000)])
    client.read("users/example.com")
    assert len(client.read("users/example.com")) == 3002
    assert client.panel.log[-1].ms < 200  # about 10 here; see the benchmarks for real figures


READ_ONLY = ["domains", "domain/example.com", f"user/{JANE}", "users/example.com", "alias/sales@example.com", "aliases/example.com"]
READ_ONLY += ["ml/news@example.com", "mls/example.com", "admin/delegate@lab.test", "spampolicy/global", "throttle/global/inbound"]
READ_ONLY += ["wblist/inbound/whitelist/global", "greylisting/global", "greylisting/global/whitelists", "greylisting/all"]


def test_readings_are_readings(shared_lab):
    """Each is a set of knobs that moves the panel away from its default."""
    default = vars(shared_lab.iredmail.knobs_class())
    for reading, knobs in shared_lab.iredmail.readings.items():
        assert all(default[knob] != value for knob, value in knobs.items()), reading


@pytest.mark.parametrize("number", range(1, 30))
def test_every_entry_of_the_register_has_a_reading(shared_lab, number):
    assert any(reading.startswith(f"{number}-") for reading in shared_lab.iredmail.readings)


def test_everything_is_answered_under_every_reading(client):
    client.panel.seed(aliases=[{"mail": "sales@example.com"}], lists=[{"mail": "news@example.com"}])
    default = vars(client.panel.knobs_class())
    for reading, knobs in client.panel.readings.items():
        client.panel.change_knobs({name: value for name, value in default.items() if name != "edition"})
        client.panel.change_knobs(knobs)
        for path in READ_ONLY:
            answer = client.send("GET", path)
            assert (answer.status_code, answer.json()["_success"]) == (200, True), (reading, path)
        assert client.send("PUT", f"user/{JANE}", {"name": reading}).json()["_success"]
        assert name_of(client) == reading
