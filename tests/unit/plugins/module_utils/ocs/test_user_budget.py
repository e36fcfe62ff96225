# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The budget of edits: fifty in ten minutes, counted before the first write. The lab's clock moves while a run waits."""

from __future__ import annotations

import pytest

FIELDS = ("role", "address", "headline", "biography", "pronouns")


def people(count, value="new", fields=FIELDS):
    return [{"userid": f"u{n}", **dict.fromkeys(fields, value)} for n in range(count)]


@pytest.fixture
def cloud(nc):
    """Thirty accounts, on a server that allows ten edits in a hundred seconds."""
    nc.backend.seed(users=[{"id": f"u{n}"} for n in range(30)])
    nc.backend.knobs.edit_limit, nc.backend.knobs.edit_window = 10, 100
    return nc


BUDGET = {"edit_limit": 10, "edit_window": 100}


def refusals(nc):
    return sum(1 for entry in nc.backend.log if entry.status == 429)


def test_within_the_budget_nothing_waits(cloud, pauses):
    cloud.ok("ocs_user", users=people(2), **BUDGET)
    assert len(cloud.wrote()) == 10 and pauses == []


def test_wait(cloud, pauses):
    result = cloud.ok("ocs_user", users=people(6), **BUDGET)
    assert result["summary"]["updated"] == 6
    assert (
        len(cloud.wrote()) == 30 and refusals(cloud) == 0
    )  # the server's window ends later than ours: its clock starts when a call arrives
    assert 200 <= sum(pauses) <= 204
    cloud.quiet("ocs_user", users=people(6), **BUDGET)


def test_fail_refuses_before_the_first_write(cloud, pauses):
    for check in (True, False):
        message = cloud.bad("ocs_user", check=check, users=people(6), rate_limit="fail", **BUDGET)
        assert cloud.wrote() == [] and pauses == []
    assert "30 edits are needed and the server allows 10 in 100 seconds, so this takes about 4 minutes" in message
    for way in ("set rate_limit to wait", "rate_limit to defer", "fewer users", "exempted on the server"):
        assert way in message


def test_longer_than_may_be_waited_for(cloud, pauses):
    message = cloud.bad("ocs_user", users=people(6), max_wait=150, **BUDGET)
    assert cloud.wrote() == [] and pauses == []
    assert "30 edits" in message and "set max_wait to 204" in message
    cloud.ok("ocs_user", users=people(6), max_wait=204, **BUDGET)


def test_the_numbers_of_the_server_are_the_default(nc):
    nc.backend.seed(users=[{"id": f"u{n}"} for n in range(30)])
    message = nc.bad("ocs_user", users=people(30))
    assert "150 edits are needed and the server allows 50 in 600 seconds, so this takes about 21 minutes: set max_wait to 1204" in message
    assert nc.wrote() == []


def test_defer_goes_on_in_the_next_run(cloud, lab, pauses):
    wish = {"users": people(5), "rate_limit": "defer", **BUDGET}
    written = 0
    for expected in (10, 10, 5):
        predicted = cloud("ocs_user", check=True, **wish)
        result = cloud.ok("ocs_user", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        written += len(cloud.wrote())
        assert len(cloud.wrote()) == expected and refusals(cloud) == 0
        waiting = [name for item in result["users"] for name in item.get("deferred", ())]
        assert len(waiting) == 25 - written
        assert bool(waiting) == any("wait for the next run" in warning for warning in result.get("warnings", ()))
        lab.clock.advance(100)
    assert pauses == []
    cloud.quiet("ocs_user", **wish)


def test_defer_creates_and_joins_all_the_same(cloud):
    """Creations and memberships are not counted."""
    wish = [
        {"userid": f"new{n}", "email": f"n{n}@example.org", "groups": ["staff"], "role": "Clerk", "phone": "+33199001234"} for n in range(8)
    ]
    result = cloud.ok("ocs_user", users=wish, rate_limit="defer", **BUDGET)
    assert result["summary"]["created"] == 8 and result["summary"]["deferred"] == 3
    assert all(list(cloud.account(f"new{n}").groups) == ["staff"] for n in range(8))


def test_others_used_slots_wait(cloud, pauses):
    cloud.backend.seed(edits={"admin": 7})
    cloud.ok("ocs_user", users=people(1), **BUDGET)
    assert sum(1 for entry in cloud.backend.log if entry.status == 200 and entry.write) == 5
    assert pauses and sum(pauses) <= 110


def test_others_used_slots_fail(cloud, pauses):
    cloud.backend.seed(edits={"admin": 7})
    result = cloud("ocs_user", users=people(2), rate_limit="fail", return_all=True, **BUDGET)
    assert result["failed"] and result["changed"] and pauses == []
    assert [item["changed"] for item in result["users"]] == [True, False]
    assert "budget of edits is used up" in result["msg"]
    assert refusals(cloud) == 1  # and then no more is tried


def test_others_used_slots_defer(cloud, lab, pauses):
    cloud.backend.seed(edits={"admin": 7})
    wish = {"users": people(2), "rate_limit": "defer", **BUDGET}
    result = cloud.ok("ocs_user", **wish)
    assert sum(len(item.get("deferred", ())) for item in result["users"]) == 7
    assert refusals(cloud) == 1 and pauses == []
    lab.clock.advance(101)
    cloud.ok("ocs_user", **wish)
    cloud.quiet("ocs_user", **wish)


def test_patience_ends_in_the_middle(cloud, pauses):
    """The server allows less than it says: what was written stays in the report."""
    cloud.backend.knobs.edit_window = 10_000
    result = cloud("ocs_user", users=people(4), max_wait=120, return_all=True, **BUDGET)
    assert result["failed"] and result["changed"]
    assert [item["changed"] for item in result["users"]] == [True, True, False, False]
    assert "used up" in result["users"][3]["msg"]
    assert sum(pauses) <= 120


def test_no_limit(cloud, pauses):
    cloud.backend.knobs.edit_limit = 1000
    cloud.ok("ocs_user", users=people(30), edit_limit=0)
    assert len(cloud.wrote()) == 150 and pauses == []


def test_limit_and_window_by_environment(cloud, pauses, monkeypatch):
    monkeypatch.setenv("OCS_EDIT_LIMIT", "10")
    monkeypatch.setenv("OCS_EDIT_WINDOW", "100")
    cloud.ok("ocs_user", users=people(4))
    assert 100 <= sum(pauses) <= 102


def test_another_account_has_a_budget_of_its_own(cloud, pauses):
    cloud.backend.seed(edits={"admin": 10})
    cloud.ok("ocs_user", login=cloud.delegate, users=people(2), **BUDGET)
    assert pauses == []


def test_additional_addresses_have_a_smaller_budget(nc, pauses):
    """Removing an address draws on five calls in a minute."""
    nc.backend.seed(users=[{"id": "zoe", "additional_mail": {f"a{n}@example.org": False for n in range(8)}}])
    nc.ok("ocs_user", userid="zoe", additional_emails=[])
    assert nc.account("zoe").additional_mail == {}
    assert len(nc.wrote()) == 8 and refusals(nc) == 0
    assert 60 <= sum(pauses) <= 62


def test_smaller_budget_is_planned_too(nc, pauses):
    nc.backend.seed(users=[{"id": "zoe", "additional_mail": {f"a{n}@example.org": False for n in range(8)}}])
    message = nc.bad("ocs_user", userid="zoe", additional_emails=[], rate_limit="fail")
    assert "8 address edits are needed and the server allows 5 in 60 seconds" in message
    assert nc.wrote() == [] and pauses == []


def test_allow_list_lifts_the_limit(nc):
    nc.backend.seed(users=[{"id": f"u{n}"} for n in range(20)])
    nc.ok("ocs_ip_allowlist", ip="127.0.0.1", apply_to_rate_limit=True)
    nc.ok("ocs_user", users=people(20), edit_limit=0)
    assert len(nc.wrote()) == 100 and refusals(nc) == 0
