# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


def nobody(server):
    return {"api_url": server.backend.url}


def test_version_and_state_need_no_login_and_no_credentials(bm, generation):
    result = bm.ok("bluemind_info", account=nobody(bm))
    assert result["state"] == "running" and result["version"].startswith(f"{generation}.")
    assert [entry.path for entry in bm.backend.log] == ["/api/system/installation/_infos", "/api/system/installation/state"]


def test_the_rest_does(bm):
    assert "Credentials are needed" in bm.bad("bluemind_info", account=nobody(bm), gather=["domains"])
    assert len(bm.backend.log) == 0
    result = bm.ok("bluemind_info", gather=["subscription", "servers", "domains"])
    assert result["subscription"] == {"kind": "PROD", "productive": True}
    assert [server["uid"] for server in result["servers"]] == ["bm-master"] and "mail/imap" in result["servers"][0]["tags"]
    assert {"uid": "18fb0c2a9b1.internal", "default_alias": "example.org"}.items() <= next(
        domain for domain in result["domains"] if domain["uid"].startswith("18fb")
    ).items()
    assert "global.virt" not in [domain["uid"] for domain in result["domains"]]


def test_maintenance_is_a_state(bm):
    bm.backend.seed(maintenance=True)
    assert bm.ok("bluemind_info", account=nobody(bm))["state"] == "maintenance"


def test_what_may_not_be_seen_is_named(bm):
    bm.backend.fault("refusal", path="/servers/", code="PERMISSION_DENIED", message="no role")
    assert "servers cannot be gathered: no role (PERMISSION_DENIED)" in bm.bad("bluemind_info", gather=["servers"])
