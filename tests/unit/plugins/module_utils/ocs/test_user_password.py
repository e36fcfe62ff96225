# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords: sent when the policy says so, asked for without locking anybody out, judged beforehand, never shown."""

from __future__ import annotations

import pytest

OLD, NEW = "the old passphrase", "the new passphrase"


@pytest.fixture
def cloud(nc):
    nc.backend.seed(users=[{"id": f"u{n}", "password": OLD, "email": f"u{n}@example.org"} for n in range(12)])
    return nc


def wrong_checks(nc):
    return sum(1 for entry in nc.backend.log if entry.path.endswith("person/check") and entry.code == 102)


def test_on_create(cloud):
    cloud.quiet("ocs_user", userid="u0", password=NEW)
    cloud.ok("ocs_user", userid="new", password=NEW)
    assert cloud.account("u0").password == OLD and cloud.account("new").password == NEW
    assert cloud.wrote() == ["POST users"]


def test_always(cloud):
    for _again in (1, 2):
        result = cloud.ok("ocs_user", userid="u0", password=NEW, update_password="always")
        assert result["users"][0]["fields"] == ["password"]
        assert result["diff"] == [
            {"before_header": "u0", "after_header": "u0", "before": {"password": "(hidden)"}, "after": {"password": "(hidden)"}}
        ]
        assert cloud.wrote() == ["PUT u0 password"]
    assert [mail["kind"] for mail in cloud.backend.mails] == ["password-changed", "password-changed"]


def test_when_changed(cloud):
    wish = {"userid": "u0", "password": NEW, "update_password": "when_changed"}
    assert cloud("ocs_user", check=True, **wish)["changed"] is True
    cloud.ok("ocs_user", **wish)
    assert cloud.account("u0").password == NEW
    cloud.quiet("ocs_user", **wish)
    assert cloud.account("u0").last_login == 0  # asking is no login
    assert len(cloud.backend.mails) == 1


def test_when_changed_works_for_disabled_accounts(cloud):
    cloud.backend.seed(users=[{"id": "u0", "enabled": False}])
    cloud.quiet("ocs_user", userid="u0", password=OLD, update_password="when_changed")


def test_new_account_is_not_asked_about(cloud):
    cloud.ok("ocs_user", userid="new", password=NEW, update_password="when_changed")
    assert not [entry for entry in cloud.backend.log if entry.path.endswith("person/check")]


def test_at_most_five_wrong_checks(cloud):
    """The eleventh wrong answer blocks the address: after five the rest is left alone, and a warning says so."""
    wish = {"users": [{"userid": f"u{n}", "password": NEW} for n in range(12)], "update_password": "when_changed"}
    result = cloud.ok("ocs_user", **wish)
    assert wrong_checks(cloud) == 5
    assert result["summary"]["updated"] == 5
    assert sum("whether password is the wanted one cannot be told" in warning for warning in result["warnings"]) == 7
    assert [cloud.account(f"u{n}").password for n in (4, 5)] == [NEW, OLD]
    cloud.ok("ocs_user", userid="u11", role="Clerk")  # nobody is locked out


def test_right_passwords_are_not_limited(cloud):
    cloud.quiet("ocs_user", users=[{"userid": f"u{n}", "password": OLD} for n in range(12)], update_password="when_changed")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "lost"},
        {"kind": "html", "status": 404},
        {"kind": "empty"},
        {"kind": "refusal", "code": 998},
        {"kind": "refusal", "code": 101},
        {"kind": "refusal", "code": 429},
        {"kind": "locked"},
    ],
)
def test_cannot_tell_never_resets(cloud, fault):
    cloud.backend.fault(path="person/check", times=None, **fault)
    result = cloud.ok("ocs_user", userid="u0", password=NEW, role="Clerk", update_password="when_changed")
    assert cloud.account("u0").password == OLD
    assert cloud.account("u0").properties["role"] == "Clerk"
    assert any("cannot be told" in warning for warning in result["warnings"])


def test_blocked_address_and_a_bearer_token(cloud):
    cloud.backend.seed(failures=11)
    login = {"api_url": cloud.backend.url, "api_token": cloud.backend.app_password}
    result = cloud("ocs_user", login=login, userid="u0", password=NEW, update_password="when_changed")
    assert not result.get("failed") and result["warnings"] and cloud.wrote() == []


@pytest.mark.parametrize("userid", ["u0", "new"])
def test_policy_is_predicted(cloud, userid):
    wish = {"userid": userid, "password": "short", "update_password": "always"}
    predicted = cloud("ocs_user", check=True, **wish)
    result = cloud("ocs_user", **wish)
    for outcome in (predicted, result):
        assert outcome["failed"] and outcome["changed"] is False
        assert "at least 10 characters long" in outcome["msg"] and outcome["users"][0]["code"] == 107
        assert "short" not in outcome["msg"].replace("(hidden)", "")
    assert predicted["summary"] == result["summary"]
    cloud.backend.seed(apps={"password_policy": False})
    cloud.ok("ocs_user", **wish)


def test_password_history(cloud):
    """The server refuses the same password again: it is reported, and the rest is done."""
    cloud.backend.seed(config={"password_policy": {"historySize": "3"}})
    result = cloud("ocs_user", userid="u0", password=OLD, role="Clerk", update_password="always")
    assert result["failed"] and result["changed"]
    assert "password was refused" in result["msg"] and "used recently" in result["msg"]
    assert cloud.account("u0").properties["role"] == "Clerk"


def test_dropped_password_cannot_be_seen(cloud):
    """A password is never read back, so a run may believe a server that lost it; the next one with when_changed does not."""
    cloud.backend.fault("drop", method="PUT", path="/users/u0$", fields=["password"])
    wish = {"userid": "u0", "password": NEW, "update_password": "when_changed"}
    cloud.ok("ocs_user", **wish)
    assert cloud.account("u0").password == OLD
    cloud.ok("ocs_user", **wish)
    assert cloud.account("u0").password == NEW


def test_password_that_looks_like_something_else(cloud):
    for secret in (" leading and trailing ", "50% off & more+", "pässwörd mit €", "true-or-false", "x" * 469):
        cloud.ok("ocs_user", userid="u0", password=secret, update_password="when_changed")
        assert cloud.account("u0").password == secret
        cloud.quiet("ocs_user", userid="u0", password=secret, update_password="when_changed")
