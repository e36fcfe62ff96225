# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Micetro says of itself."""

from __future__ import annotations

EVERYTHING = ["account", "address_spaces", "capabilities", "system"]


def test_the_version_needs_no_login(micetro):
    result = micetro.ok("micetro_info", login={"api_url": micetro.backend.url}, gather=[])
    assert result["version"] == "26.1.0" and micetro.read() == ["GET command/web_getPreLoginInfo"]


def test_no_credentials_are_sent_for_the_version(micetro):
    assert micetro.ok("micetro_info", login=micetro.wrong_connection(), gather=[])["version"] == "26.1.0"
    assert {entry.login for entry in micetro.backend.log} == {None}


def test_everything_of_an_administrator(micetro):
    result = micetro.ok("micetro_info", gather=EVERYTHING)
    assert result["account"]["roles"] == ["Administrators (built-in)"] and result["account"]["readable"] is True
    assert result["address_spaces"] == [{"ref": "addressSpaces/1", "name": "<default>", "description": ""}]
    assert set(result["capabilities"]["may_list"].values()) == {True}
    assert result["system"]["centralVersion"] == "26.1.0"


def test_what_an_account_may_list(micetro):
    micetro.backend.seed(zones=["example.org."])
    viewer = micetro.login(micetro.backend.viewer)
    may = micetro.ok("micetro_info", login=viewer, gather=["account", "capabilities"])
    assert {name for name, allowed in may["capabilities"]["may_list"].items() if allowed} == {"dns_servers", "dns_zones"}
    assert may["account"]["readable"] is True and may["account"]["roles"] == ["DNS Viewers (built-in)"]
    micetro.backend.change_knobs({"list_needs_user_admin": False})
    assert micetro.ok("micetro_info", login=viewer, gather=["capabilities"])["capabilities"]["may_list"]["users"] is True


def test_an_account_that_may_not_read_itself(micetro):
    micetro.backend.fault("refusal", path="/users/viewer", code=1028, message="You do not have access to perform that action.")
    account = micetro.ok("micetro_info", login=micetro.login(micetro.backend.viewer))["account"]
    assert account == {"username": "viewer", "readable": False, "groups": [], "roles": [], "group_roles": []}


def test_what_only_administrators_are_told(micetro):
    message = micetro.bad("micetro_info", login=micetro.login(micetro.backend.viewer), gather=["system"])
    assert message.startswith("Micetro: system cannot be gathered: You do not have access")


def test_a_failure_is_no_missing_right(micetro):
    micetro.backend.fault("html", path="/ranges", status=502, times=None)
    assert "capabilities cannot be gathered" in micetro.bad("micetro_info", gather=["capabilities"])
