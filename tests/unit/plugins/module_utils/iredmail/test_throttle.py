# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Throttles: four numbers in every call, and zeros instead of a deletion."""

from __future__ import annotations

import pytest

MODULE = "iredmail_throttle"
OUT = {"account": "example.org", "direction": "outbound"}


def row(office):
    return office.backend.store.throttle.get("@example.org", {}).get("outbound")


@pytest.mark.parametrize("omitted", ["zero", "keep"])
def test_what_is_not_given_inherits_and_then_stays(office, omitted):
    office.backend.change_knobs({"throttle_omitted": omitted})
    office.ok(MODULE, **OUT, period=3600, max_messages=20)
    assert row(office) == {"period": 3600, "msg_size": -1, "max_msgs": 20, "max_quota": -1}
    office.ok(MODULE, **OUT, max_total_size=10**12)
    assert office.sent() == {"period": "3600", "msg_size": "-1", "max_msgs": "20", "max_quota": "1000000000000"}
    assert row(office)["max_msgs"] == 20
    office.quiet(MODULE, **OUT, period=3600, max_messages=20)


@pytest.mark.parametrize("zero_row", ["keep", "remove"])
@pytest.mark.parametrize("empty", ["object", "null", "list"])
def test_absent(office, zero_row, empty):
    office.backend.change_knobs({"throttle_zero_row": zero_row, "throttle_empty": empty})
    office.quiet(MODULE, **OUT, state="absent")
    office.ok(MODULE, **OUT, period=60, max_messages=1)
    result = office.ok(MODULE, **OUT, state="absent")
    assert result["throttles"][0]["action"] == "delete"
    assert office.sent() == {"period": "0", "msg_size": "0", "max_msgs": "0", "max_quota": "0"}
    assert office.ok("iredmail_policy_info", accounts=["example.org"], gather=["throttles"])["throttles"] == []
    office.quiet(MODULE, **OUT, state="absent")
    assert office.ok(MODULE, **OUT, period=60, max_messages=1)["throttles"][0]["action"] == "create"


def test_an_explicit_zero_is_no_limit(office):
    office.ok(MODULE, **OUT, period=60, max_messages=0)
    assert row(office)["max_msgs"] == 0
    office.quiet(MODULE, **OUT, max_messages=0)


def test_the_directions_are_two_throttles(office):
    office.ok(MODULE, throttles=[{**OUT, "period": 60}, {**OUT, "direction": "inbound", "period": 30}])
    assert {name: each["period"] for name, each in office.backend.store.throttle["@example.org"].items()} == {"outbound": 60, "inbound": 30}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"period": 0}, "it must be 1 or more"),
        ({"max_messages": -2}, "it must be -1 or more"),
        ({"throttles": [{**OUT}, {**OUT, "account": "EXAMPLE.org"}]}, "are the same throttle"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(office, options, words):
    assert words in office.bad(MODULE, **({} if "throttles" in options else OUT), **options)
    assert len(office.backend.log) == 0


def test_a_new_one_needs_a_period(office):
    assert "period must be given" in office.bad(MODULE, **OUT, max_messages=1)
    assert office.wrote() == []
