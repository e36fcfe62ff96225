# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules said of a plan, found again in its lines."""

from __future__ import annotations

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import outcome

WHY = "ocs: 600 edits are needed, and 50 are left"


def plan(*logins, further=None):
    lines = [
        {"person": {"login": login}, "backend": "ocs", "account": login, "action": "update", "reason": "", "entry": number}
        for number, login in enumerate(logins)
    ]
    return {"lines": lines, "entries": {"ocs": [{"userid": login} for login in logins]}, "further": {"ocs": further or {}}}


def lines(made, **parts):
    return {each["account"]: each for each in outcome(made, {"ocs": parts}, at="now")}


def test_items_are_those_of_the_entries():
    done = {"users": [{"name": "zoe", "changed": True, "fields": ["email"]}, {"name": "gus", "changed": False}], "diff": [{}, {}, {}]}
    told = lines(plan("zoe", "gus"), accounts=done)
    assert (told["zoe"]["action"], told["zoe"]["fields"]) == ("update", ["email"])
    assert (told["gus"]["action"], told["gus"]["changed"]) == ("none", False)


def test_a_task_that_did_nothing_says_why_of_everybody():
    """With failed_when: false, a task that failed does not say that it did."""
    told = lines(plan("zoe", "gus"), accounts={"changed": False, "failed": False, "failed_when_result": False, "users": [], "msg": WHY})
    assert [(each["failed"], each["msg"]) for each in told.values()] == [(True, WHY)] * 2


def test_so_does_one_that_is_about_something_else():
    made = plan("zoe", "gus", further={"sharing": {"entries": [{}, {}], "accounts": ["zoe", "zoe"], "rehearsable": 2}})
    items = [{"name": "zoe", "changed": False}, {"name": "gus", "changed": False}]
    told = lines(made, accounts={"users": items}, sharing={"failed": False, "containers": [], "msg": WHY})
    assert told["zoe"]["failed"] and WHY in told["zoe"]["msg"]
    assert not told["gus"]["failed"]


def test_what_a_rehearsal_cannot_ask_about_will_be_done_whatever_became_of_the_rest():
    made = plan("zoe", "gus", further={"sharing": {"entries": [{}, {}], "accounts": ["zoe", "gus"], "rehearsable": 1}})
    items = [{"name": "zoe", "changed": False}, {"name": "gus", "changed": True}]
    refused = {"failed": False, "containers": [{"name": "zoe", "failed": True, "msg": "no right"}], "msg": "1 of 1 failed: zoe: no right"}
    told = lines(made, accounts={"users": items}, sharing=refused)
    assert told["zoe"]["failed"] and told["zoe"]["msg"] == "no right"
    assert told["gus"]["changed"] and not told["gus"]["failed"] and told["gus"]["fields"] == ["sharing"]
