# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Administrators without a mailbox: limits, units, what a global one does not have."""

from __future__ import annotations

import pytest

OPS = {"email": "ops@admins.example"}
NEW = {**OPS, "password": "Pl4nted-for-an-admin"}


def admin(panel):
    return panel.backend.store.admins["ops@admins.example"]


@pytest.fixture
def ops(mail):
    mail.backend.seed(admins=[{"mail": OPS["email"], "name": "Ops", "max_quota": 2, "quota_unit": "TB", "max_users": 5}])
    return mail


def test_creation_is_one_write(mail):
    mail.ok("iredmail_admin", **NEW, name="Ops", enabled=False, max_domains=5, max_quota="2TB", view_mail_log=False, manage_quarantine=True)
    (entry,) = mail.backend.writes()
    assert entry.body == {
        "password": NEW["password"],
        "name": "Ops",
        "accountStatus": "disabled",
        "maxDomains": "5",
        "maxQuota": "2",
        "quotaUnit": "TB",
        "disableViewingMailLog": "yes",
        "disableManagingQuarantinedMails": "no",
    }
    assert "password must be given to create the administrator" in mail.bad("iredmail_admin", email="new@admins.example")


@pytest.mark.parametrize("check", [True, False])
def test_an_address_of_a_hosted_domain(mail, check):
    message = mail.bad("iredmail_admin", check=check, email="zoe@example.org", password=NEW["password"])
    assert "its domain is hosted here: make its mail user an administrator instead" in message and mail.backend.writes() == []


@pytest.mark.parametrize("shape", ["separate", "colon", "joined"])
@pytest.mark.parametrize("same", ["2TB", "2048 GB", "2097152MB", "2:tb"])
def test_a_quota_in_any_unit(ops, shape, same):
    ops.backend.knobs.admin_quota_shape = shape
    ops.quiet("iredmail_admin", **OPS, max_quota=same)
    assert ops.ok("iredmail_admin_info", **OPS)["admins"][0]["max_quota"] == "2TB"


def test_a_quota_travels_with_its_unit(ops):
    ops.ok("iredmail_admin", **OPS, max_quota="1536MB")
    assert ops.sent() == {"maxQuota": "1536", "quotaUnit": "MB"}
    ops.ok("iredmail_admin", **OPS, max_quota="0")
    assert ops.sent() == {"maxQuota": "0", "quotaUnit": "MB"}
    ops.quiet("iredmail_admin", **OPS, max_quota="0")


@pytest.mark.parametrize("shape", ["bare", "mb", "hidden"])
def test_a_quota_without_a_unit_cannot_be_told(ops, shape):
    ops.backend.knobs.admin_quota_shape = shape
    assert ops.quiet("iredmail_admin", **OPS, max_quota="5GB")["admins"][0]["unverified"] == ["max_quota"]
    ops.ok("iredmail_admin", **OPS, max_quota="5GB", unreadable_fields="always")
    assert ops.sent() == {"maxQuota": "5", "quotaUnit": "GB"}


@pytest.mark.parametrize("given", ["5", "2 PB", "-1", "2.5TB", "much"])
def test_a_quota_that_would_be_misread(mail, given):
    assert "it must be a number with MB, GB or TB" in mail.bad("iredmail_admin", **NEW, max_quota=given)
    assert len(mail.backend.log) == 0


def test_a_global_administrator_has_no_limits(ops):
    """The server discards them, so they are not compared."""
    wish = {**OPS, "global_admin": True, "max_users": 7, "max_quota": "5GB", "view_mail_log": False}
    ops.ok("iredmail_admin", **wish)
    assert ops.sent() == {"isGlobalAdmin": "yes"}
    ops.quiet("iredmail_admin", **wish)
    assert "max_users cannot be set: a global administrator has no limits" in ops.bad("iredmail_admin", **OPS, max_users=7)


def test_limits_come_after_the_rights_are_gone(ops):
    admin(ops).is_global_admin = True
    ops.ok("iredmail_admin", **OPS, global_admin=False, max_users=7, name="Ops")
    assert [entry.body for entry in ops.backend.writes()] == [{"isGlobalAdmin": "no"}, {"maxUsers": "7"}]
    ops.quiet("iredmail_admin", **OPS, global_admin=False, max_users=7)


@pytest.mark.parametrize(
    "wish",
    [{"state": "absent"}, {"enabled": False}, {"global_admin": False}, {"password": "An0ther-password", "update_password": "always"}],
)
def test_the_acting_account_is_never_locked_out(mail, wish):
    for check in (True, False):
        assert "the account that the task works with" in mail.bad("iredmail_admin", check=check, email="Admin@lab.test", **wish)
        assert mail.backend.writes() == []


def test_deletion(ops):
    ops.ok("iredmail_admin", **OPS, state="absent")
    assert ops.wrote() == ["DELETE admin/ops@admins.example"]
    ops.quiet("iredmail_admin", **OPS, state="absent")


def test_many_are_read_one_by_one(ops):
    wish = [OPS, *({"email": f"none{number}@admins.example", "state": "absent"} for number in range(9))]
    assert ops.quiet("iredmail_admin", admins=wish)["requests"]["reads"] == 11
    assert "prune" not in ops.tasks["iredmail_admin"].options
