# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All policies of some accounts, each as its module accepts it; see the contract matrix for giving them back."""

from __future__ import annotations

MODULE = "iredmail_policy_info"


def test_nothing_is_set(office):
    assert office.ok(MODULE, accounts=["gus@example.org"]) == {
        "changed": False,
        "spam_policies": [],
        "throttles": [],
        "greylisting_settings": [],
        "greylisting_whitelists": [],
        "wblists": [],
        "requests": {"reads": 10, "writes": 0},
    }


def test_what_is_set(office):
    office.backend.seed(
        throttle={"global": {"outbound": {"period": 60, "max_msgs": 5}}},
        greylisting_settings={"global": True},
        greylisting_whitelists={"global": {"192.0.2.1": "", "192.0.2.2": "AUTO-UPDATE: example.com"}},
        wblist={"example.org": {"inbound": {"@.": "blacklist"}}},
    )
    found = office.ok(MODULE, accounts=["global", "Example.org", "example.org"])
    assert found["throttles"] == [
        {"account": "global", "direction": "outbound", "period": 60, "max_message_size": 0, "max_messages": 5, "max_total_size": 0}
    ]
    assert found["greylisting_settings"] == [{"account": "global", "state": "enabled"}]
    assert found["greylisting_whitelists"] == [{"account": "global", "senders": ["192.0.2.1"]}]
    assert found["wblists"] == [{"account": "example.org", "direction": "inbound", "list": "blacklist", "addresses": ["@."]}]


def test_only_some_kinds(office):
    assert set(office.ok(MODULE, accounts=["global"], gather=["wblists"])) == {"changed", "wblists", "requests"}
    assert len(office.read()) == 4


def test_failures(office):
    assert "accounts 'nonsense'" in office.bad(MODULE, accounts=["global", "nonsense"])
    office.backend.fault("refusal", path="/throttle/global/inbound", message="ERROR_WHILE_QUERYING_DB")
    assert "the throttle of global/inbound cannot be read" in office.bad(MODULE, accounts=["global"])
