# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest


@pytest.fixture
def cloud(nc):
    nc.backend.seed(users=[{"id": "zoe", "email": "zoe@example.org"}, {"id": "bob"}, {"id": "chief", "groups": ["admin"]}])
    nc.backend.seed(tokens={"token-of-zoe": {"account": "zoe", "login": "zoe"}})
    return nc


def test_welcome_is_sent_each_time(cloud):
    for number in (1, 2):
        result = cloud.ok("ocs_user_action", userid="ZOE", action="welcome")
        assert result["changed"] and result["summary"] == {"total": 1, "done": 1, "failed": 0}
        assert [mail["kind"] for mail in cloud.backend.mails] == ["welcome"] * number


def test_wipe_ends_app_passwords(cloud):
    cloud.ok("ocs_user_action", userid="zoe", action="wipe")
    login = {"api_url": cloud.backend.url, "api_token": "token-of-zoe"}
    assert "credentials were refused" in cloud.bad("ocs_user_action", login=login, userid="zoe", action="welcome")


def test_one_of_three_fails(cloud):
    for check in (True, False):
        result = cloud("ocs_user_action", check=check, users=["zoe", "bob", "nobody"], action="welcome")
        assert result["failed"] and result["changed"]
        assert [item["failed"] for item in result["users"]] == [False, True, True]
        assert result["users"][1]["msg"] == "it has no e-mail address to which a welcome could be sent"
        assert result["users"][2]["msg"] == "no account is called so"
        assert result["msg"].startswith("2 of 3 users failed, the first: bob: ")
    assert len(cloud.backend.mails) == 1


def test_stop_at_the_first_failure(cloud):
    result = cloud("ocs_user_action", users=["nobody", "bob", "zoe"], action="welcome", on_error="stop")
    assert result["failed"] and cloud.backend.mails == []
    assert "not attempted" in result["users"][2]["msg"]


@pytest.mark.parametrize("users", [["zoe", "ZOE"], ["a/b"], [""]])
def test_bad_input(cloud, users):
    assert cloud.bad("ocs_user_action", users=users, action="welcome")
    assert len(cloud.backend.log) == 0


def test_own_account_is_not_wiped(cloud):
    assert "cannot wipe itself" in cloud.bad("ocs_user_action", userid="Admin", action="wipe")
    assert cloud.wrote() == []


def test_delegate_leaves_administrators_alone(cloud):
    assert "full administrator only" in cloud.bad("ocs_user_action", login=cloud.delegate, userid="chief", action="wipe")
    assert cloud.wrote() == []


def test_lost_answers(cloud):
    """A wipe can be repeated; of a mail nobody can say whether it was sent."""
    cloud.backend.fault("lost", method="POST", path="/wipe$")
    cloud.ok("ocs_user_action", userid="zoe", action="wipe")
    cloud.backend.fault("lost", method="POST", path="/welcome$")
    assert "whether it took effect cannot be read" in cloud.bad("ocs_user_action", userid="zoe", action="welcome")
    assert len(cloud.backend.mails) == 1
