# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stops a run before it writes anything."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.brakes import (
    LIMITS,
    not_approved,
    of_the_file,
    of_the_memory,
    of_the_plan,
)


def lines(count, action="suspend", **more):
    own = {"backend": "ocs", "action": action, "changed": True, "closes": action == "suspend", "fields": ["enabled"]}
    return [{**own, "account": f"p{number}", "person": {"login": f"p{number}"}, **more} for number in range(count)]


HITS = {
    "suspend": {},
    "delete": {"action": "delete"},
    "create": {"action": "create", "new": True},
    "move": {"action": "update", "loses": True},
    "rename": {"action": "update", "renames": True},
}


def judged(word, number, count, limits=None, known=None, **more):
    return of_the_plan(lines(number, **{**HITS[word], **more}), count, limits or {}, count if known is None else known)


@pytest.mark.parametrize(
    ("count", "before", "refused"), [(0, 0, True), (1, 0, False), (90, 100, False), (89, 100, True), (300, 100, False)]
)
def test_a_file_that_shrank_is_not_believed(count, before, refused):
    assert bool(of_the_file(count, before, fewest=1, shrinkage_percent=10)) == refused


@pytest.mark.parametrize(
    ("word", "count", "most"),
    [
        *(("suspend", 100, 5), ("suspend", 10_000, 20), ("suspend", 3, 1), ("suspend", 39, 1), ("suspend", 40, 2)),
        *(("delete", 100, 5), ("delete", 10_000, 20), ("delete", 3, 1)),
        *(("create", 200, 40), ("create", 10_000, 100), ("create", 3, 5), ("create", 24, 5), ("create", 30, 6)),
        *(("move", 200, 40), ("move", 10_000, 50), ("move", 3, 5)),
        *(("rename", 200, 10), ("rename", 10_000, 20), ("rename", 3, 5), ("rename", 119, 5)),
    ],
)
def test_too_many_people_on_one_day(word, count, most):
    """Of few people a share is one at least, or five where nobody is locked out."""
    assert judged(word, most, count) == []
    (said,) = judged(word, most + 1, count)
    assert f"{most + 1} people, more than the {most} that people_limits.{word} allows: p0, p1" in said
    for other in set(HITS) - {word}:
        assert len(judged(word, most + 1, count, {other: {}})) == 1, "a limit for one thing keeps the brake of the others"
    assert judged(word, most + 1, count, {word: {"count": most + 1}}) == []


def test_every_word_has_a_brake():
    assert set(HITS) == set(LIMITS)


@pytest.mark.parametrize("word", HITS)
def test_no_limit_has_to_be_said(word):
    assert judged(word, 90, 100, {word: {}}) == []
    assert judged(word, 90, 100, {word: None}), "null is nothing that was said, so the limit is the usual one"
    assert judged(word, 90, 100, {word: {"count": None, "percent": 5}})
    assert judged(word, 1, 100, {word: {"count": 0}})
    assert judged(word, 1, 100, {word: {"percent": 0}})
    assert judged(word, 1, 3, {word: {"percent": 5}}) == []  # one at least


def test_as_long_as_most_people_have_no_account_everybody_may_be_made():
    """The first run, or the first that works."""
    assert judged("create", 90, 100, known=0) == [] == judged("create", 51, 100, known=49)
    assert judged("create", 50, 100, known=50)
    for word in set(HITS) - {"create"}:
        assert judged(word, 90, 100, known=0), "and does nothing else to many"


def test_people_are_counted_and_not_accounts_and_only_where_something_happens():
    for word in HITS:
        own = HITS[word]
        twice = [*lines(5, **own), *lines(5, backend="bluemind", **own), *({**line, "changed": False} for line in lines(90, **own))]
        assert of_the_plan(twice, 100, {}, 100) == []
    assert judged("suspend", 90, 100, closes=False) == [], "closed already"
    assert judged("create", 90, 100, new=False) == [], "one account more of somebody who has others"
    assert judged("move", 90, 100, loses=False) == []
    assert judged("rename", 90, 100, renames=False) == []
    assert judged("rename", 90, 100, action="suspend", closes=False) == [], "closing gives nobody a name"


# Who they are


def test_the_people_of_the_last_run_are_in_the_file():
    ten, eleven = ([f"p{number}" for number in range(count)] for count in (10, 11))
    assert of_the_memory([], [], 100, 10, adopt=False) == []
    assert of_the_memory(ten, [], 100, 10, adopt=False) == []
    (said,) = of_the_memory(eleven, [], 100, 10, adopt=False)
    assert said.startswith("11 of the 100 people of the last run are not in the file any more") and "p0, p1" in said
    assert of_the_memory(eleven, [], 100, 11, adopt=True) == []
    assert of_the_memory(["zoe"], [], 6, 10, adopt=False), "one of six is more than ten percent"
    assert of_the_memory(eleven, [], 0, 10, adopt=False) == [], "nothing was before"


def test_accounts_that_are_found_without_memory_have_to_be_meant():
    (said,) = of_the_memory([], ["gus", "zoe"], 0, 10, adopt=False)
    assert "2 people of the file have accounts already: gus, zoe" in said and "people_adopt: true" in said
    assert of_the_memory([], ["gus", "zoe"], 0, 10, adopt=True) == []


# A plan that was approved

PLAN = {"kind": "plan", "run": "1", "organisation": ""}


def test_an_approved_plan_allows_what_it_holds():
    approved = [PLAN, *lines(2)]
    assert not_approved(lines(2), approved, "") == []
    assert not_approved(lines(1), approved, "") == []
    assert len(not_approved(lines(3), approved, "")) == 1
    assert not_approved(lines(2, account="P0"), approved, "") == [], "letter case is nothing"
    assert not_approved(lines(3, changed=False), approved, "") == [], "what changes nothing needs no approval"
    for other in ({"fields": ["enabled", "groups"]}, {"action": "delete"}, {"backend": "mail"}, {"account": "other"}):
        assert len(not_approved(lines(2, **other), approved, "")) == 2
    assert len(not_approved(lines(2), [PLAN, *lines(2, changed=False)], "")) == 2


def test_an_approved_plan_holds_values():
    approved = [PLAN, *lines(2, wanted="abc")]
    assert not_approved(lines(2, wanted="abc"), approved, "") == []
    assert len(not_approved(lines(2, wanted="abd"), approved, "")) == 2
    assert len(not_approved(lines(2), approved, "")) == 2


@pytest.mark.parametrize("report", [[], lines(2), [{"kind": "run"}, *lines(2)], [{"kind": "audit"}, *lines(2)]])
def test_only_a_plan_can_be_approved(report):
    (said,) = not_approved(lines(2), report, "")
    assert "not the report of a plan" in said


@pytest.mark.parametrize(
    ("theirs", "ours", "refused"), [("", "", 0), (None, "", 0), ("a", "a", 0), ("a", "b", 1), ("a", "", 1), (None, "b", 1)]
)
def test_only_the_plan_of_the_same_organisation_can_be_approved(theirs, ours, refused):
    said = not_approved(lines(2), [{**PLAN, "organisation": theirs}, *lines(2)], ours)
    assert len(said) == refused and all("what was approved is a plan of" in each for each in said)
