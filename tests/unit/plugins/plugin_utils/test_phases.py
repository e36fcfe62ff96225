# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where people stand, day by day."""

from __future__ import annotations

import datetime

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.phases import PHASES, POLICY, in_phase, phase, phases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be


def person(start=None, end=None, on_leave=False, login="zoe"):
    return {**dict.fromkeys(FIELDS), "extra": {}, "login": login, "start_date": start, "end_date": end, "on_leave": on_leave}


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-08-24", "future"),
        ("2026-08-25", "preboarding"),
        ("2026-08-31", "preboarding"),
        ("2026-09-01", "active"),
        ("2026-11-30", "active"),
        ("2026-12-01", "leaving"),
        ("2026-12-30", "leaving"),
        ("2026-12-31", "gone"),
        ("9999-12-31", "gone"),
        ("0001-01-01", "future"),
    ],
)
def test_a_working_life(today, expected):
    assert phase(person("2026-09-01", "2026-11-30"), day(today), POLICY) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-08-24", "future"),
        ("2026-08-31", "preboarding"),
        ("2026-09-01", "suspended"),
        ("2026-11-30", "suspended"),
        ("2026-12-01", "leaving"),
    ],
)
def test_leave_suspends_between_the_first_and_the_last_day(today, expected):
    assert phase(person("2026-09-01", "2026-11-30", on_leave=True), day(today), POLICY) == expected


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        (person(), "active"),
        (person(on_leave=True), "suspended"),
        (person(start="2020-01-01"), "active"),
        (person(end="2020-01-01"), "gone"),
        (person(start="2026-09-01", end="2026-09-01"), "active"),
    ],
)
def test_dates_that_are_unknown(someone, expected):
    assert phase(someone, day("2026-09-01"), POLICY) == expected


def test_a_policy_of_no_days():
    policy = {"preboarding_days": 0, "grace_days": 0}
    someone = person("2026-09-02", "2026-09-02")
    assert [phase(someone, day(f"2026-09-0{number}"), policy) for number in (1, 2, 3)] == ["future", "active", "gone"]


@pytest.mark.parametrize("today", ["2026-09-01", day("2026-09-01"), datetime.datetime(2026, 9, 1, 23, 59)])
def test_the_phase_of_each_person(today):
    people = [person(login="zoe"), person("2026-09-05", login="basil"), person(end="2026-08-31", login="gus")]
    assert phases(people, today) == {"zoe": "active", "basil": "preboarding", "gus": "leaving"}
    assert phases(people, today, {"preboarding_days": 1, "grace_days": 0}) == {"zoe": "active", "basil": "future", "gus": "gone"}
    assert [each["login"] for each in in_phase(people, ["preboarding", "active"], today)] == ["zoe", "basil"]
    assert [each["login"] for each in in_phase(people, "leaving", today)] == ["gus"]
    assert in_phase(people, [], today) == []


@pytest.mark.parametrize("today", [None, "", "today", "20260901", "2026-W36-2", "01/09/2026", 20260901, "2026-02-30"])
def test_the_day_must_be_given(today):
    with pytest.raises(PeopleError, match="give the day as YYYY-MM-DD"):
        phases([person()], today)
    with pytest.raises(PeopleError, match="give the day as YYYY-MM-DD"):
        in_phase([person()], "active", today)


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ({"grace": 3}, "policy has 'grace'; there are preboarding_days and grace_days"),
        ({"grace_days": -1}, "grace_days is -1: give a number of days"),
        ({"grace_days": "30"}, "grace_days is '30': give a number of days"),
        ({"grace_days": True}, "grace_days is True: give a number of days"),
        ([], "policy is []: give a map"),
    ],
)
def test_policies_that_cannot_be(policy, words):
    with pytest.raises(PeopleError) as caught:
        phases([person()], "2026-09-01", policy)
    assert words in caught.value.errors[0]


@pytest.mark.parametrize("names", ["retired", ["active", "retired"], 7, {"active": 1}, ["Active"]])
def test_phases_that_are_none(names):
    with pytest.raises(PeopleError, match="the phases are future, preboarding, active, suspended, leaving, gone"):
        in_phase([person()], names, "2026-09-01")


def test_everybody_needs_a_login_to_be_named_by():
    with pytest.raises(PeopleError, match="entry 2: the login is missing"):
        phases([person(), person(login=None)], "2026-09-01")


DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1))
RANK = {name: rank for rank, name in enumerate(["future", "preboarding", "active", "leaving", "gone"])} | {"suspended": 2}
POLICIES = st.fixed_dictionaries({"preboarding_days": st.integers(0, 40), "grace_days": st.integers(0, 400)})


@BUSY
@given(st.none() | DAYS, st.none() | DAYS, st.booleans(), POLICIES, DAYS, st.integers(0, 5000))
def test_nobody_goes_back_as_days_go_by(start, end, on_leave, policy, today, later):
    if start and end and end < start:
        start, end = end, start
    someone = person(start and start.isoformat(), end and end.isoformat(), on_leave)
    now, then = phase(someone, today, policy), phase(someone, today + datetime.timedelta(days=later), policy)
    assert now in PHASES
    assert RANK[now] <= RANK[then]
    assert (now == "active") <= (not on_leave)
    assert (now == "gone") == bool(end and today > end + datetime.timedelta(days=policy["grace_days"]))
