# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


def test_everything(nc):
    nc.backend.seed(config={"files": {"default_quota": "5 GB"}})
    result = nc.ok("ocs_info", gather=["capabilities", "account", "quota", "apps", "users", "groups"])
    assert result["version"] == "32.0.1"
    assert result["brute_force"] == {"delay": 0, "allow_listed": False}
    assert result["quota"] == {"default": "5 GB"}
    assert result["users"] == {"count": 2} and result["groups"] == {"count": 5}
    assert "admin_audit" in result["apps"]["disabled"] and "files" in result["apps"]["always_enabled"]
    assert "activity" in result["apps"]["enabled"]
    assert "provisioning_api" in result["capabilities"]


def test_only_what_was_asked_for(nc):
    assert not {"quota", "apps", "users"} & set(nc.ok("ocs_info"))
    assert len(nc.backend.log) == 2


def test_delegate(nc):
    result = nc.ok("ocs_info", login=nc.delegate, gather=["account", "users", "groups"])
    assert result["account"]["full_administrator"] is False
    assert nc.bad("ocs_info", login=nc.delegate, gather=["quota"]).startswith("Nextcloud: quota cannot be gathered: ")


def test_admin_of_another_network(nc):
    """An admin outside the allowed ranges silently stops being one."""
    nc.backend.knobs.allowed_admin_ranges = ["192.0.2.0/24"]
    message = nc.bad("ocs_info", gather=["apps"])
    assert "admin" in message and "OCS 403" in message
