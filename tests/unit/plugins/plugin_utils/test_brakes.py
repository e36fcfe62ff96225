# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stops a run before it writes anything."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.brakes import not_approved, of_the_file, of_the_plan


def lines(count, action="suspend", **more):
    own = {"backend": "ocs", "action": action, "changed": True, "closes": action == "suspend", "fields": ["enabled"]}
    return [{**own, "account": f"p{number}", "person": {"login": f"p{number}"}, **more} for number in range(count)]


@pytest.mark.parametrize(
    ("count", "before", "refused"), [(0, 0, True), (1, 0, False), (90, 100, False), (89, 100, True), (300, 100, False)]
)
def test_a_file_that_shrank_is_not_believed(count, before, refused):
    assert bool(of_the_file(count, before, fewest=1, shrinkage_percent=10)) == refused


@pytest.mark.parametrize("action", ["suspend", "delete"])
def test_too_many_people_on_one_day(action):
    assert of_the_plan(lines(5, action), 100, {}) == []
    (said,) = of_the_plan(lines(6, action), 100, {})
    assert "6 people" in said and "p0, p1, p2" in said and f"people_limits.{action}" in said
    assert of_the_plan(lines(21, action), 10_000, {})  # 5 percent would be 500


def test_a_limit_for_one_thing_keeps_the_brake_of_the_other():
    assert of_the_plan(lines(50, "suspend"), 100, {"suspend": {"count": 60}}) == []
    assert of_the_plan(lines(50, "delete"), 100, {"suspend": {"count": 60}})


def test_no_limit_has_to_be_said():
    assert of_the_plan(lines(50, "delete"), 100, {"delete": {}}) == []
    assert of_the_plan(lines(1, "delete"), 100, {"delete": {"count": 0}})
    assert of_the_plan(lines(1, "delete"), 100, {"delete": {"percent": 0}})
    assert of_the_plan(lines(1, "delete"), 3, {"delete": {"percent": 5}}) == []  # one at least


def test_people_are_counted_and_not_accounts_and_only_where_something_happens():
    twice = [*lines(5), *lines(5, backend="bluemind"), *[{**line, "changed": False} for line in lines(90)], *lines(90, closes=False)]
    assert of_the_plan(twice, 100, {}) == []


def test_an_approved_plan_allows_what_it_holds():
    approved = lines(2)
    assert not_approved(lines(2), approved) == []
    assert not_approved(lines(1), approved) == []
    assert len(not_approved(lines(3), approved)) == 1
    assert len(not_approved(lines(2, fields=["enabled", "groups"]), approved)) == 2
    assert len(not_approved(lines(2, "delete"), approved)) == 2
    assert len(not_approved(lines(2), [{**line, "changed": False} for line in approved])) == 2
