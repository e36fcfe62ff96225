# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rules grant, to whom, and what they take from somebody who moves."""

from __future__ import annotations

import unicodedata

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.entitlements import entitled, managed, managed_values, wanted
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be


def person(login="zoe", **known):
    return {**dict.fromkeys(FIELDS), "on_leave": False, "extra": {}, "login": login, **known}


def groups(when, not_when=None, granted=("g",)):
    rule = {"when": when, "grant": {"ocs": {"groups": list(granted)}}}
    return {**rule, "not_when": not_when} if not_when is not None else rule


def errors_of(people, rules, *args, **options):
    with pytest.raises(PeopleError) as caught:
        entitled(people, rules, *args, **options)
    return caught.value.errors


@pytest.mark.parametrize(
    ("when", "not_when", "holds"),
    [
        ({}, None, True),
        ({"department": "it"}, None, True),
        ({"department": "IT"}, None, True),
        ({"department": "i*"}, None, True),
        ({"department": "?t"}, None, True),
        ({"department": ["staff", "it"]}, None, True),
        ({"department": "staff"}, None, False),
        ({"department": "it", "site": "Écluse"}, None, True),
        ({"department": "it", "site": unicodedata.normalize("NFD", "écluse")}, None, True),
        ({"department": "it", "site": "harbour"}, None, False),
        ({"phone": "*"}, None, False),
        ({"phone": None}, None, True),
        ({"department": None}, None, False),
        ({"department": [None, "it"]}, None, True),
        ({"extra[Class]": "3?"}, None, True),
        ({"extra[Nothing]": "*"}, None, False),
        ({"extra[Nothing]": None}, None, True),
        ({"on_leave": False}, None, True),
        ({"on_leave": True}, None, False),
        ({}, {"department": "it"}, False),
        ({}, {"department": "it", "site": "harbour"}, True),
        ({}, {"department": "it", "site": ["harbour", "écluse"]}, False),
    ],
)
def test_for_whom_a_rule_holds(when, not_when, holds):
    zoe = person(department="it", site="Écluse", extra={"Class": "3b"})
    assert entitled([zoe], [groups(when, not_when)]) == {"zoe": {"ocs": {"groups": ["g"]}} if holds else {}}


RULES = [
    {"name": "everybody", "when": {}, "grant": {"ocs": {"groups": ["all", "news"], "quota": "2 GB"}, "bluemind": {"roles": ["mail"]}}},
    {"when": {"department": "it"}, "grant": {"ocs": {"groups": ["it", "all"], "quota": "20 GB"}, "micetro": {"groups": ["dns"]}}},
    {"when": {"site": "harbour"}, "grant": {"ocs": {"groups": ["harbour"]}}},
]


def test_lists_are_joined_in_order_and_of_values_the_last_counts():
    people = [person("zoe", department="it", site="harbour"), person("basil", department="staff")]
    assert entitled(people, RULES) == {
        "zoe": {
            "ocs": {"groups": ["all", "news", "it", "harbour"], "quota": "20 GB"},
            "bluemind": {"roles": ["mail"]},
            "micetro": {"groups": ["dns"]},
        },
        "basil": {"ocs": {"groups": ["all", "news"], "quota": "2 GB"}, "bluemind": {"roles": ["mail"]}},
    }
    assert entitled(people, RULES, "micetro") == {"zoe": {"groups": ["dns"]}, "basil": {}}
    assert entitled(people, [], "ocs") == {"zoe": {}, "basil": {}}


def test_what_is_managed():
    assert managed_values(RULES, "ocs", "groups") == managed(RULES, "ocs", "groups") == ["all", "news", "it", "harbour"]
    assert managed_values(RULES, "ocs", "quota") == []
    assert managed_values(RULES, "iredmail", "groups") == []


def test_a_mover_gets_exactly_what_the_rules_say_and_keeps_what_nobody_manages():
    moved = person("zoe", department="staff", site="harbour")
    present = {"ZOE": {"groups": ["chess", "it", "news", "all", "choir"], "enabled": True}}
    assert entitled([moved], RULES, "ocs", present) == {"zoe": {"groups": ["chess", "choir", "all", "news", "harbour"], "quota": "2 GB"}}


def test_somebody_without_an_account_gets_what_is_granted_and_somebody_without_rights_loses_what_is_managed():
    rules = RULES[1:]
    people = [person("zoe", department="it"), person("basil")]
    assert entitled(people, rules, "ocs", {"basil": {"groups": ["it", "chess"]}}) == {
        "zoe": {"groups": ["it", "all"], "quota": "20 GB"},
        "basil": {"groups": ["chess"]},
    }


def test_an_account_whose_groups_are_not_said_is_no_account_without_groups():
    people = [person("zoe"), person("basil"), person("gus")]
    assert errors_of(people, RULES, "ocs", {"zoe": {}, "basil": {"groups": None}, "gus": {"groups": "all"}}) == [
        "entry 1 (zoe): present does not list the groups of this account",
        "entry 2 (basil): present does not list the groups of this account",
        "entry 3 (gus): present does not list the groups of this account",
    ]
    assert errors_of(people, RULES, None, {}) == ["present goes with the name of one backend, and is a map of login: options"]
    assert errors_of(people, RULES, "ocs", ["zoe"]) == ["present goes with the name of one backend, and is a map of login: options"]


@pytest.mark.parametrize(
    ("ignore_case", "expected"),
    [(False, ["IT", "chess", "staff"]), (True, ["chess", "staff"])],
)
def test_names_that_differ_in_case_only(ignore_case, expected):
    rules = [groups({"department": "it"}, granted=["it"]), groups({"department": "staff"}, granted=["staff"])]
    present = {"zoe": {"groups": ["IT", "chess", "staff"]}}
    assert entitled([person(department="staff")], rules, "ocs", present, ignore_case)["zoe"]["groups"] == expected


def test_every_error_of_the_rules_is_said_at_once():
    rules = [
        {"name": "one", "when": {"departement": "it"}, "grant": {"ocs": {"groups": ["a"]}}},
        {"grant": {"ocs": {"groups": "a"}}},
        {"when": {}, "not_when": {}, "grants": {}},
        "it",
        {"when": "it", "grant": []},
        {"when": {"site": 7, "on_leave": "no", "job_title": []}, "grant": {"ocs": {"quota": None}}},
        {"when": {"given_name[0]": "z"}, "not_when": {"x": "y"}, "grant": {"ocs": ["a"]}},
    ]
    errors = errors_of([person()], rules)
    assert [error.split("; there are")[0] for error in errors] == [
        "rule 1 (one): when names 'departement', but 'departement' is no field",
        "rule 2 has no when; {} is everybody",
        "rule 2: groups of ocs is no list here and a list in rule 1 (one)",
        "rule 3 has 'grants'; a rule has name, when, not_when, grant",
        "rule 3 has no grant",
        "rule 3: an empty not_when is everybody, so the rule would hold for nobody",
        "rule 4 is 'it': give a map of when and grant",
        "rule 5: when is 'it': give a map of field: patterns",
        "rule 5: grant is []: give a map of backend: {option: value}",
        "rule 6: when compares site with 7: give a text (in quotes), a list of texts, or null for what is unknown",
        "rule 6: when compares on_leave with 'no': give true or false",
        "rule 6: when compares job_title with an empty list, which nothing is like",
        "rule 6: quota of ocs is null: leave it out",
        "rule 7: when names 'given_name[0]', but 'given_name[0]' is a character only; name the whole field",
        "rule 7: not_when names 'x', but 'x' is no field",
        "rule 7: grant is {'ocs': ['a']}: give a map of backend: {option: value}",
    ]
    with pytest.raises(PeopleError) as caught:
        managed_values(rules, "ocs", "groups")
    assert caught.value.errors == errors
    assert errors_of([person()], {"when": {}})[0].startswith("the rules are {'when': {}}: give a list")


def test_everybody_needs_a_login():
    assert errors_of([person(login=None)], RULES) == ["entry 1: the login is missing"]


VALUES = st.lists(st.sampled_from("abcdef"))


@BUSY
@given(VALUES, VALUES, VALUES)
def test_what_is_wanted(present, managed_values, granted):
    result = wanted(present, managed_values, granted)
    assert set(result) == set(present) - set(managed_values) | set(granted)
    assert len(result) == len(set(result))
    assert wanted(result, managed_values, granted) == result
    assert [each for each in result if each in granted] == list(dict.fromkeys(granted))


def test_maps_may_be_granted_too():
    assert wanted([{"a": 1}, {"b": 2}], [{"a": 1}], [{"c": 3}]) == [{"b": 2}, {"c": 3}]


DEPARTMENTS = st.sampled_from(["it", "staff", "school", None])


@BUSY
@given(DEPARTMENTS, DEPARTMENTS, VALUES)
def test_a_move_and_the_way_back_leave_nothing_behind(before, after, others):
    rules = [groups({"department": name}, granted=[name, "everybody"]) for name in ("it", "staff")]
    own = [f"own-{each}" for each in dict.fromkeys(others)]

    def moved(department, held):
        return entitled([person(department=department)], rules, "ocs", {"zoe": {"groups": held}})["zoe"]["groups"]

    first = moved(before, own)
    assert moved(before, moved(after, first)) == first
    assert [each for each in first if each in own] == own
