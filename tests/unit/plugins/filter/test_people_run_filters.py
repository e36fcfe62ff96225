# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filters that the role people is made of, in a playbook of one's own: documentation that is true, and examples that run."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_list import people_from_list
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.filter import test_people_filters as others
from ansible_collections.workplace.onboarding.tests.unit.plugins.filter import test_report_filters as reports

NAMES = [
    *("people_doubts", "people_numbers", "people_plan", "people_entries", "people_outcome", "people_brakes", "people_agreed"),
    *("people_done", "people_report", "people_members"),
]
KINDS = {"ocs": {"key": "userid", "closed": {"enabled": False}, "open": {"enabled": True}, "memberships": ["groups"], "secret": "password"}}
MAPS = {"ocs": {"userid": "{login}", "display_name": "{display_name}"}}
PEOPLE = people_from_list([{"login": f"p{number}", "given_name": "P", "family_name": "Q"} for number in range(120)])
AT = "2026-09-01T02:00:00Z"


def planned(people=PEOPLE[:2], state=None, seen=None, **policy):
    given = {"backends": ["ocs"], "kinds": KINDS, "maps": MAPS, "policy": {"phases": {}, **policy}}
    return others.filter_of("people_plan")(people, state or {}, {"ocs": seen or {}}, today="2026-09-01", **given)


def variables():
    """What the tasks of the examples go on with."""
    plan = planned()
    result = {"users": [{"changed": True, "failed": False}] * 2}
    lines = others.filter_of("people_outcome")(plan, {"ocs": {"accounts": result}}, at=AT)
    known = {"people": PEOPLE, "people_plan": plan, "people_lines": lines, "rehearsed": lines, "result": result}
    return {**known, "people_secrets": {each: {"ocs": f"Lab-only-secret-{each}"} for each in ("p0", "p1")}}


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_is_true(name):
    others.test_the_documentation_is_true(name)


def test_no_filter_is_left_out():
    there = {each.stem for each in Path(others.plugin("people").__file__).parent.glob("*.py")}
    assert there == {*NAMES, *others.NAMES, *reports.NAMES}


def test_every_example_runs(tmp_path, monkeypatch):
    plays = []
    for name in NAMES:
        tasks = yaml.safe_load(others.plugin(name).EXAMPLES)
        assert any(f"workplace.onboarding.{name}" in str(task) for task in tasks)
        given = variables()
        if name == "people_members":
            given = {
                "found_people": {"objects": [{"dn": "uid=p0"}]},
                "found_groups": {"objects": [{"dn": "cn=a", "attributes": {"uniqueMember": "uid=p0"}}]},
            }
        plays.append(others.a_play([{"name": "What is known", "ansible.builtin.set_fact": given}, *tasks]))
    with Lab() as lab:
        for option, value in lab.ocs.exports().items():
            monkeypatch.setenv(option, value)
        code, output = others.play(tmp_path, plays)
        assert code == 0, output
        assert "[WARNING]" not in output and "[DEPRECATION" not in output, output
        assert {"p0", "p1"} <= lab.ocs.store.accounts.keys(), "the entries are those of the module"
    assert "Lab-only-secret" not in output


def test_what_was_agreed_goes_on_to_the_modules():
    plan = planned()
    told = {"ocs": {"accounts": {"users": [{"changed": True}, {"failed": True, "msg": "no"}]}}}
    lines = others.filter_of("people_outcome")(plan, told, at=AT)
    agreed = others.filter_of("people_agreed")(plan, lines)
    entries = others.filter_of("people_entries")(agreed, "ocs", secrets={"p0": {"ocs": "s3cret"}})
    assert [(each["userid"], each["password"]) for each in entries] == [("p0", "s3cret")]
    assert agreed["secrets"] == {"p0": ["ocs"]}


def test_what_a_plan_knows_is_judged():
    """Who has vanished, who is adopted, and whether most people are new."""
    brakes = others.filter_of("people_brakes")
    plan = planned(seen={"p0": {"userid": "p0", "enabled": True, "groups": []}})
    assert plan["adopted"] == ["p0"] and plan["vanished"] == []
    (said,) = brakes([], 2, plan=plan)
    assert "people_adopt" in said and brakes([], 2, plan=plan, adopt=True) == []
    after = planned(PEOPLE[2:4], plan["state"], {"p0": {"userid": "p0", "enabled": True, "groups": []}})
    assert after["vanished"] == ["p0", "p1"] and after["adopted"] == []
    new = [
        {"backend": "ocs", "account": each, "person": {"login": each}, "action": "create", "new": True, "changed": True}
        for each in "abcdef"
    ]
    assert brakes(new, 10, before=10) == [] == brakes(new, 10, before=10, plan={"known": 4})
    assert len(brakes(new, 10, before=10, plan={"known": 5})) == 1
    assert len(brakes([], 2, before=2, plan=after)) == 1 and brakes([], 2, before=2, plan=after, shrinkage_percent=100) == []


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ({"rules": [{"when": {}, "grant": {"ocs": {"subadmin_groups": ["x"]}}}]}, "a rule grants subadmin_groups of ocs"),
        ({"rules": [{"when": {}, "grant": {"osc": {"groups": ["x"]}}}]}, "a rule grants something on osc, which is no backend"),
        ({"protect": []}, "policy has protect"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(policy, words):
    with pytest.raises(AnsibleFilterError, match=words):
        planned(**policy)
