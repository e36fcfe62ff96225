# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in, faults, tasks and generations, seen at the boundary."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.client import BluemindClient, domain_names
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import (
    AlreadyThere,
    BackendError,
    BadReply,
    Lost,
    NotFound,
    Refused,
)

HERE = {"domain": "example.org"}


def client_of(server, **options):
    defaults = {name: option.get("default") for name, option in BluemindClient.options().items()}
    return BluemindClient({**defaults, **server.connection(), **options})


# Logging in


@pytest.mark.parametrize("address", ["url", "api"])
def test_the_address_with_and_without_api(bm, address):
    bm.ok("bluemind_domain_info", account={**bm.connection(), "api_url": getattr(bm.backend, address)}, **HERE)


def test_a_password_opens_one_session(bm):
    bm.ok("bluemind_domain_info", **HERE, gather=[])
    assert [(entry.method, entry.path, entry.auth) for entry in bm.backend.log] == [
        ("POST", "/api/auth/login", "password"),
        ("GET", "/api/domains/_lookup", "session"),
    ]


def test_an_api_key_and_the_core_token_need_no_session(bm, tmp_path):
    key = {"api_url": bm.backend.url, "api_token": bm.backend.api_key}
    for account, kind in ((key, "api-key"), (bm.core_token, "core-token")):
        bm.ok("bluemind_domain_info", account=account, gather=[])
        assert [(entry.path, entry.auth) for entry in bm.backend.log] == [("/api/auth", kind), ("/api/domains", kind)]
    (tmp_path / "token").write_text(f"{bm.backend.core_token}\n", encoding="utf-8")  # with the line break that the vendor's page keeps
    bm.ok("bluemind_domain_info", account={"api_url": bm.backend.url, "api_token_file": str(tmp_path / "token")})


def test_an_unknown_key_is_refused_and_not_repeated_in_words(bm):
    message = bm.bad("bluemind_domain_info", account={**bm.core_token, "api_token": "wr0ng-key-of-nobody"})
    assert "the credentials were refused, and no second attempt was made" in message and "wr0ng-key" not in message
    assert len(bm.backend.log) == 1


@pytest.mark.parametrize("spelled", [str, json.dumps, repr, quote])
def test_a_fault_that_repeats_the_credentials(bm, spelled):
    """In whatever way they are quoted: Ansible only knows them as they are."""
    secret = "S\u00e9cr\"et\\p'w %+&/;1"
    bm.backend.seed(users=[{"domain": "global.virt", "uid": "admin0_global.virt", "login": "admin0", "password": secret}])
    account = {**bm.connection(), "api_password": secret}
    for fault in ({"kind": "refusal", "message": spelled(secret)}, {"kind": "redirect", "location": f"https://x.example/{quote(secret)}"}):
        bm.backend.fault(**fault, method="PUT")
        message = bm.bad("bluemind_user", account=account, **HERE, login="zoe", family_name="Parable")
        assert "(hidden)" in message and spelled(secret) not in message and quote(secret) not in message


def test_a_wrong_password(bm):
    message = bm.bad("bluemind_domain_info", account=bm.wrong_connection())
    assert "the credentials were refused" in message and len(bm.backend.log) == 1


def test_a_password_that_has_expired(bm):
    bm.backend.seed(
        users=[{"domain": "example.org", "login": "old", "password": "Past-its-t1me", "last_name": "Old", "passwordMustChange": True}]
    )
    message = bm.bad(
        "bluemind_domain_info", account={**bm.connection(), "api_username": "old@example.org", "api_password": "Past-its-t1me"}
    )
    assert "the password has expired or must be changed (Expired)" in message


def test_maintenance_is_no_wrong_password(bm):
    bm.backend.fault("maintenance")
    message = bm.bad("bluemind_domain_info")
    assert message == "BlueMind: Authentication denied while system is in maintenance mode"


def test_credentials_are_asked_for_in_one_sentence(bm):
    message = bm.bad("bluemind_domain_info", account={"api_url": bm.backend.url, "api_username": "somebody"})
    assert message.startswith("Credentials are needed: ") and len(bm.backend.log) == 0


def test_a_session_that_ends_is_opened_again(bm):
    bm.backend.seed(users=[{"domain": "example.org", "login": "zoe", "last_name": "Parable"}])
    bm.backend.fault("expire", method="POST", path="/users/")
    result = bm.ok("bluemind_user", **HERE, login="zoe", hidden=True)
    assert result["changed"] and bm.entry("u-zoe").value["hidden"]
    assert sum(1 for entry in bm.backend.log if entry.auth == "password") == 2


# Answers


def test_what_does_not_exist_is_no_failure_and_an_empty_answer_is(bm):
    client = client_of(bm)
    client.acting()
    assert client.call("GET", "/domains/nowhere.example") is None
    bm.backend.fault("empty", path="/domains/nowhere")
    with pytest.raises(BadReply, match="the answer is empty"):
        client.call("GET", "/domains/nowhere.example")
    bm.backend.fault("empty", path="_search")
    with pytest.raises(BadReply, match="the answer is empty"):
        client.ask("/directory/example.org/_search", {})


@pytest.mark.parametrize(
    "fault, kind, words",
    [
        ({"kind": "refusal", "code": "NOT_FOUND", "message": "gone"}, NotFound, "gone (NOT_FOUND)"),
        ({"kind": "refusal", "code": "ALREADY_EXISTS", "message": "twice"}, AlreadyThere, "twice (ALREADY_EXISTS)"),
        ({"kind": "refusal", "code": "FORBIDDEN", "message": "no "}, Refused, "no (FORBIDDEN)"),
        ({"kind": "locked"}, Lost, "the server failed: database is locked (SQLException)"),
        ({"kind": "html", "status": 404}, BackendError, "there is no API (HTTP 404); api_url must be the address of a BlueMind"),
        ({"kind": "html", "status": 500}, BadReply, "the answer is not complete JSON of BlueMind (HTTP 500, text/html)"),
        (
            {"kind": "redirect", "location": "https://other.example/x?secret=1"},
            BackendError,
            "the server redirects to https://other.example/x (",
        ),
    ],
)
def test_faults(bm, fault, kind, words):
    client = client_of(bm)
    client.acting()
    bm.backend.fault(**fault)
    with pytest.raises(kind) as caught:
        client.call("PUT", "/domains/other.example", json={})
    assert words in str(caught.value)


def test_a_route_that_the_server_does_not_have(bm):
    client = client_of(bm)
    with pytest.raises(BackendError, match="the server knows no such route"):
        client.call("GET", "/nothing/of/the/kind")


# Tasks


def test_tasks_are_looked_at_ever_less_often(bm, pauses):
    bm.backend.seed(tasks={"slow": {"state": "InProgress", "last": "at work"}})
    bm.backend.knobs.task_polls, bm.backend.knobs.task_seconds = None, 20
    client = client_of(bm)
    assert client.wait({"id": "slow"}, "the work")
    assert pauses == sorted(pauses) and pauses[0] == 0.2 and pauses[-1] == 2.0 and 18 < sum(pauses) < 24


def test_a_task_that_fails_gives_its_last_line(bm):
    bm.backend.seed(tasks={"bad": {"state": "InError", "last": "no space left"}})
    with pytest.raises(Refused, match="^the work failed: no space left$"):
        client_of(bm).wait({"id": "bad"}, "the work")


def test_a_task_that_takes_too_long_goes_on(bm, pauses):
    bm.backend.seed(tasks={"slow": {"state": "InProgress", "last": "half done"}})
    bm.backend.knobs.task_polls, bm.backend.knobs.task_seconds = None, 3600
    with pytest.raises(Lost, match=r"the work has not ended after 30 seconds \(task_timeout\); it goes on at the server"):
        client_of(bm, task_timeout=30).wait({"id": "slow"}, "the work")
    assert 30 <= sum(pauses) <= 32


# Generations and domains


def test_the_generation_is_asked_for_once_or_given(bm, generation):
    client = client_of(bm)
    assert (client.dialect, client.dialect) == (int(generation),) * 2 and len(bm.backend.log) == 1
    bm.backend.log.clear()
    assert client_of(bm, dialect="4").dialect == 4 and len(bm.backend.log) == 0


def test_a_domain_by_any_of_its_names_is_looked_up_once(bm):
    client = client_of(bm)
    client.acting()
    assert {client.domain(name) for name in ("example.org", "Example.COM", "18fb0c2a9b1.internal")} == {"18fb0c2a9b1.internal"}
    assert sum("_lookup" in entry.path for entry in bm.backend.log) == 1
    with pytest.raises(NotFound, match="there is no domain nowhere.example"):
        client.domain("nowhere.example")


@pytest.mark.parametrize(
    "value, names",
    [
        ({"name": "a.internal", "aliases": ["b.example", "a.example"], "defaultAlias": "b.example"}, ["b.example", "a.example"]),
        ({"name": "old.example", "aliases": [], "defaultAlias": "old.example"}, ["old.example"]),
        ({"name": "old.example", "aliases": ["new.example"], "defaultAlias": "new.example"}, ["new.example", "old.example"]),
    ],
)
def test_the_names_of_a_domain(value, names):
    assert domain_names({"value": value}) == names


@pytest.mark.parametrize(
    "method, path, writes",
    [
        ("GET", "/domains", False),
        ("POST", "/directory/example.org/_search", False),
        ("POST", "/mailboxes/example.org/_mget", False),
        ("POST", "/groups/example.org/_rolegroups", False),
        ("POST", "/auth/validate", False),
        ("POST", "/users/example.org/u-zoe", True),
        ("PUT", "/users/example.org/u-zoe", True),
        ("DELETE", "/groups/example.org/g/members", True),
    ],
)
def test_what_a_call_does_and_not_its_verb(method, path, writes):
    assert BluemindClient.writes(method, path, {}) is writes
