# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stops a run before it writes anything, and what only stops what is wrong."""

from __future__ import annotations

import json

import pytest
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.cast import TODAY, TOMORROW, cast, joiner

LEFT = {"end_date": TODAY}
LONG_AGO = {"end_date": TODAY.replace(day=1)}
GRACE_OVER = TODAY.replace(month=10, day=20)
NO_LIMITS = {"people_limits": {"suspend": {}, "delete": {}}}


def refused(town, run, before, *words):
    """Nothing was written or remembered, and the reason is told."""
    assert run.code != 0 and run.changed == 0 and not any(run.writes.values()), run
    assert (town.state, look.accounts(town.lab)) == before, run
    assert run.says("Nothing was changed", *words), run


def now(town):
    return town.state, look.accounts(town.lab)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"count": 1}, "closed for 2 people, more than the 1 that people_limits.suspend allows: hazel.mock, gus.sandbox"),
        ({"count": 5, "percent": 10}, "closed for 2 people, more than the 1 that people_limits.suspend allows"),
        ({"percent": 0}, "closed for 2 people, more than the 0 that people_limits.suspend allows"),
    ],
)
def test_more_leavers_than_a_day_brings(town, limit, words):
    town.hr(cast(hazel_mock=LEFT, gus_sandbox={"on_leave": True}))
    before = now(town)
    refused(town, town.run("reconcile", TOMORROW, people_limits={"suspend": limit}), before, words)


def test_as_many_as_are_allowed(town):
    town.hr(cast(hazel_mock=LEFT, gus_sandbox={"on_leave": True}))
    run = town.run("reconcile", TOMORROW, people_limits={"suspend": {"count": 2, "percent": 20}})
    assert run.code == 0, run
    there = look.accounts(town.lab)["ocs"]
    assert [name for name, each in there.items() if not each["open"]] == ["hazel.mock", "gus.sandbox"]


def test_more_deletions_than_a_day_brings(town):
    town.hr(cast(hazel_mock=LONG_AGO, gus_sandbox=LONG_AGO))
    closed = town.run("reconcile", TOMORROW, **NO_LIMITS)
    assert closed.code == 0, closed
    before = now(town)
    run = town.run("reconcile", GRACE_OVER, people_limits={"delete": {"count": 1}})
    refused(town, run, before, "deleted of 2 people, more than the 1 that people_limits.delete allows: hazel.mock, gus.sandbox")
    assert town.run("reconcile", GRACE_OVER, **NO_LIMITS).code == 0
    assert not {"hazel.mock", "gus.sandbox"} & look.accounts(town.lab)["ocs"].keys()


def test_a_file_that_is_too_short(town):
    town.hr(cast(hazel_mock=None, gus_sandbox=None))
    before = now(town)
    refused(
        town,
        town.run("reconcile", TOMORROW),
        before,
        "the file has 8 people after 10 in the last run, 20% fewer",
        "people_shrinkage_percent",
    )
    refused(
        town,
        town.run("reconcile", TOMORROW, people_fewest=9),
        before,
        "the file has 8 people, and fewer than 9 are not believed (people_fewest)",
    )
    assert town.run("reconcile", TOMORROW, people_shrinkage_percent=20).code == 0


def test_who_is_protected_stays_and_the_others_do_not(town):
    """By login on every backend, or by the account on one."""
    town.hr(cast(hazel_mock=LEFT, gus_sandbox=LEFT))
    protected = [*town.variables["people_protected"], "HAZEL.*", "gus.sandbox@example.org"]
    town.run("reconcile", TOMORROW, people_protected=protected, **NO_LIMITS)
    there = look.accounts(town.lab)
    assert all(there[backend]["hazel.mock"]["open"] for backend in ("ocs", "bluemind", "ldapsaisie"))
    assert there["micetro"]["hazel.mock"]["groups"] == ["library", "staff"]
    assert not there["ocs"]["gus.sandbox"]["open"] and there["iredmail"]["gus.sandbox@example.org"]["open"]


def test_the_accounts_that_the_run_works_with_are_never_closed(town):
    """Even if the file says that they have left, and nobody protects them."""
    row = {"start_date": TODAY.replace(day=1), "end_date": TODAY, "family_name": "Root", "department": "it"}
    town.hr(
        [
            *cast(hazel_mock=LEFT),
            joiner(12, given_name="Admin", **{**row, "login": "admin"}),
            joiner(13, given_name="Ada", **{**row, "login": "administrator"}),
        ]
    )
    run = town.run("reconcile", TOMORROW, people_protected=[], **NO_LIMITS)
    lab = town.lab
    assert lab.ocs.store.account("admin").enabled and "admin" in lab.ocs.store.account("admin").groups
    store = lab.micetro.store
    root = store.named(look.USERS, lab.micetro.username)[0]
    assert root.fields["password"] == lab.micetro.password and store.user_roles.of_left(root.ref), "it has its password and its role"
    assert run.code != 0 and run.says("ocs", "admin") and run.says("micetro", "administrator"), run
    assert not look.accounts(lab)["ocs"]["hazel.mock"]["open"], "whoever else has left is closed"


# A plan that was approved


def planned(town, day, **more):
    """The report of a plan, as somebody would look at it and approve it."""
    before = now(town)
    run = town.run("reconcile", day, people_mode="plan", people_report=str(town.folder / "reports"), **NO_LIMITS, **more)
    assert run.code == 0 and not any(run.writes.values()), run
    assert now(town) == before, "a plan changes nothing"
    (path,) = (town.folder / "reports").glob("plan-*.jsonl")
    return path


def test_an_approved_plan_is_done_as_it_is(town):
    town.hr([*cast(hazel_mock=LEFT, zoe_parable={"department": "school"}), joiner()])
    plan = planned(town, TOMORROW)
    acts = {(line["backend"], line["account"]) for line in map(json.loads, plan.read_text().splitlines()) if line.get("changed")}
    assert ("ocs", "wren.vellum") in acts and ("ocs", "hazel.mock") in acts and ("ocs", "dot.margin") not in acts
    run = town.run("reconcile", TOMORROW, people_approved=str(plan), **NO_LIMITS)
    assert run.code == 0 and all(run.writes.values()), run
    there = look.accounts(town.lab)["ocs"]
    assert there["wren.vellum"]["open"] and not there["hazel.mock"]["open"] and there["zoe.parable"]["groups"] == ["school", "staff"]


def another_leaver(town):
    town.hr(cast(hazel_mock=LEFT, gus_sandbox=LEFT))
    return "gus.sandbox: suspend"


def another_account(town):
    look.close(town.lab, "ocs", "zoe.parable", False)
    town.lab.ocs.seed(users=[{"id": "zoe.parable", "displayname": "Somebody Else"}])
    return "ocs: zoe.parable: update (display_name) is not in the approved plan"


def another_field(town):
    town.hr(cast(hazel_mock=LEFT, dot_margin={"phone": "+33199000999", "job_title": "Librarian"}))
    return "dot.margin: update"


@pytest.mark.parametrize("moved", [another_leaver, another_account, another_field], ids=lambda each: each.__name__)
def test_an_approved_plan_is_refused_when_the_world_has_moved(town, moved):
    town.hr(cast(hazel_mock=LEFT, dot_margin={"phone": "+33199000999"}))
    plan = planned(town, TOMORROW)
    words = moved(town)
    before = now(town)
    refused(town, town.run("reconcile", TOMORROW, people_approved=str(plan), **NO_LIMITS), before, words, "is not in the approved plan")
