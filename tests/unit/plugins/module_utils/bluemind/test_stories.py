# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole stories: from nothing to somebody who can log in, and what a run tells when the server fails in the middle of a list."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person

HERE = {"domain": "example.org"}
COUNT = 30


def people(**more):
    return [{"login": f"p{number}", "family_name": f"P{number}", **more} for number in range(COUNT)]


def entries(server):
    return [entry.value["login"] for entry in server.backend.store.domains[DOMAIN["uid"]].of("USER") if entry.value["login"][0] == "p"]


@pytest.mark.parametrize("inner", [{}, {"uid": "19a0b1c2d3e.internal"}], ids=["old style", "console style"])
def test_a_domain_its_server_its_first_user_and_a_login(bm, inner):
    bm.backend.knobs.login_needs_profile = True
    domain = {"domain": "new.example", "servers": ["bm-master"], **inner}
    user = {"domain": "new.example", "login": "zoe", "family_name": "Parable", "password": "Pl4nted-somewhere"}
    assert "there is no domain new.example: create it first" in bm.bad("bluemind_user", **user)
    bm.ok("bluemind_domain", domain="new.example", **inner)
    assert "Datalocation must be set" in bm.bad("bluemind_user", **user)
    assert bm.ok("bluemind_domain", **domain)["domains"][0]["fields"] == ["servers"]
    assert bm.ok("bluemind_user", **user)["summary"]["created"] == 1
    bm.quiet("bluemind_domain", **domain)
    bm.quiet("bluemind_user", **user, update_password="when_changed")
    zoe = {"api_url": bm.backend.url, "api_username": "zoe@new.example", "api_password": "Pl4nted-somewhere"}
    assert bm.ok("bluemind_domain_info", account=zoe, domain="new.example", gather=[])["domains"]
    bm.ok("bluemind_domain", domain="new.example", state="absent")
    bm.quiet("bluemind_domain", domain="new.example", state="absent")
    assert "refused" in bm.bad("bluemind_domain_info", account=zoe)


def test_a_task_in_error_among_many_deletions(bm):
    bm.backend.seed(users=[person(f"p{number}") for number in range(COUNT)])
    bm.backend.fault("task_error", method="DELETE", path="/u-p7$", message="the mailbox is locked", times=2)
    result = bm("bluemind_user", **HERE, state="absent", users=[{"login": f"p{number}"} for number in range(COUNT)])
    assert result["msg"] == (f"1 of {COUNT} users failed, the first: p7@example.org: deleting p7@example.org failed: the mailbox is locked")
    assert (result["summary"]["deleted"], result["summary"]["failed"], len(result["users"])) == (COUNT - 1, 1, COUNT)
    assert entries(bm) == ["p7"]
    bm.backend.faults.clear()
    result = bm.ok("bluemind_user", **HERE, state="absent", users=[{"login": f"p{number}"} for number in range(COUNT)])
    assert result["summary"]["deleted"] == 1 and entries(bm) == []


@pytest.mark.parametrize("workers", [1, 8])
def test_a_session_that_ends_in_mid_list(bm, workers):
    """One new login, and nothing is done twice."""
    bm.backend.fault("expire", method="PUT", path="/users/", skip=COUNT // 2)
    result = bm.ok("bluemind_user", **HERE, users=people(), workers=workers)
    assert result["summary"]["created"] == COUNT and len(entries(bm)) == COUNT
    assert sum(1 for entry in bm.backend.log if entry.auth == "password") == 2
    done = [entry for entry in bm.backend.writes() if entry.method == "PUT" and "/users/" in entry.path and entry.status == 200]
    assert len(done) == COUNT
    bm.quiet("bluemind_user", **HERE, users=people())


def test_nobody_goes_on_without_a_session_while_another_one_is_opened(bm):
    """An anonymous call would be refused, and the user it was about would fail."""
    gone = '{"errorCode": "AUTHENTICATION_FAIL", "message": "invalid"}'  # to one thread, while the others work on
    bm.backend.fault("status", status=401, body=gone, content_type="application/json", method="PUT", path="/users/", skip=COUNT // 4)
    bm.backend.fault("delay", path="/auth/login", skip=1, seconds=0.3)
    result = bm.ok("bluemind_user", **HERE, users=people(), workers=8)
    assert result["summary"]["created"] == COUNT
    assert not [entry for entry in bm.backend.log if entry.status == 403]


def test_a_key_that_ends_in_mid_list_ends_the_run_and_the_report_is_whole(bm):
    """There is no password to log in with again: what was done is told, and so is what was not."""
    account = {"api_url": bm.backend.url, "api_token": "lab-only-key-of-a-short-life-0000"}
    bm.backend.seed(api_keys=[{"sid": account["api_token"], "login": bm.backend.username}])
    gone = {"kind": "status", "status": 401, "body": '{"errorCode": "AUTHENTICATION_FAIL", "message": "invalid"}'}
    bm.backend.fault(**gone, method="PUT", path="/users/", skip=10, times=None, content_type="application/json")
    result = bm("bluemind_user", account=account, **HERE, users=people(), workers=1)
    assert result["failed"] and result["changed"] and len(result["users"]) == COUNT
    made = sorted(item["name"] for item in result["users"] if item["changed"])
    assert made == sorted(f"{login}@example.org" for login in entries(bm)) and len(made) == 10
    assert result["summary"]["failed"] == COUNT
    assert all("invalid" in item["msg"] and "\n" not in item["msg"] for item in result["users"])


@pytest.mark.parametrize(
    "body, kind, words",
    [
        ("<html>oops</html>", "text/html", "the answer is not complete JSON of BlueMind (HTTP 500, text/html)"),
        ('{"errorCode": "FAIL', "application/json", "the answer is not complete JSON of BlueMind (HTTP 500, application/json)"),
        ('["odd"]', "application/json", "the server failed: refused without a reason (HTTP 500)"),
        ("", "", "the answer is not complete JSON of BlueMind (HTTP 500, no content type)"),
    ],
)
def test_a_fault_that_cannot_be_read_in_mid_list(bm, body, kind, words):
    """Of one user the server says nothing that makes sense, twice: the others are created, and the report is whole."""
    bm.backend.fault("status", status=500, body=body, content_type=kind, method="PUT", path="/users/[^/]*/u-p7$", times=None)
    wish = [{**entry, "uid": f"u-{entry['login']}"} for entry in people()]
    result = bm("bluemind_user", **HERE, users=wish)
    assert result["msg"] == f"1 of {COUNT} users failed, the first: p7@example.org: {words}"
    assert (result["summary"]["created"], result["summary"]["failed"], len(result["users"])) == (COUNT - 1, 1, COUNT)
    bm.backend.faults.clear()
    assert bm.ok("bluemind_user", **HERE, users=wish)["summary"]["created"] == 1
    bm.quiet("bluemind_user", **HERE, users=wish)
