# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is noticed of people since the last time, and what is remembered for the next."""

from __future__ import annotations

import json

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.logins import logins
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_changes import assigned, changes, remember, taken
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be


def person(login, number=None, name=None, **known):
    given_name, _space, family_name = (name or "").partition(" ")
    named = {"given_name": given_name or None, "family_name": family_name or None, "display_name": name}
    return {**dict.fromkeys(FIELDS), "on_leave": False, "extra": {}, "login": login, "employee_number": number, **named, **known}


def found(people, remembered, phases=None):
    """What was noticed, without the kinds of which nothing was."""
    return {kind: [each["text"] for each in items] for kind, items in changes(people, remembered, phases).items() if items}


ZOE = {
    "login": "zoe.tale",
    "employee_number": "1",
    "display_name": "Zoé Tale",
    "given_name": "Zoé",
    "family_name": "Tale",
    "phase": "active",
}


def test_nothing_to_notice():
    assert found([person("zoe.tale", "1", "Zoé Tale")], [ZOE]) == {}


def test_somebody_new():
    assert found([person("zoe.tale", "1", "Zoé Tale")], []) == {"joined": ["Zoé Tale (employee 1) is new"]}
    assert found([person("zoe.tale")], []) == {"joined": ["zoe.tale (zoe.tale) is new"]}


def test_somebody_missing_keeps_what_is_known():
    result = changes(
        [person("gus", "2")], [{**ZOE, "end_date": "2026-09-30", "phase": "leaving"}, {"login": "gus", "employee_number": "2"}]
    )
    assert result["missing"] == [
        {
            "login": "zoe.tale",
            "employee_number": "1",
            "text": "Zoé Tale (employee 1), whose last day is 2026-09-30, is not in the file any more",
            "end_date": "2026-09-30",
            "phase": "leaving",
        }
    ]
    assert found([person("gus")], [ZOE, {"login": "gus"}]) == {
        "missing": ["Zoé Tale (employee 1), of whom no last day is known, is not in the file any more"]
    }
    assert found([person("gus")], [{**ZOE, "phase": "gone"}, {"login": "gus"}]) == {}


def test_a_new_name():
    result = changes([person("zoe.fable", "1", "Zoé Fable")], [ZOE])
    assert result["renamed"] == [
        {
            "login": "zoe.fable",
            "employee_number": "1",
            "text": "Zoé Fable (employee 1): the login 'zoe.tale' became 'zoe.fable', the family_name 'Tale' became 'Fable', "
            "the display_name 'Zoé Tale' became 'Zoé Fable'",
            "fields": {
                "login": ["zoe.tale", "zoe.fable"],
                "family_name": ["Tale", "Fable"],
                "display_name": ["Zoé Tale", "Zoé Fable"],
            },
        }
    ]
    assert not result["errors"] and not result["missing"] and not result["joined"]


def test_what_was_or_is_unknown_is_no_new_name():
    assert found([person("zoe.tale", "1")], [ZOE]) == {}
    assert found([person("zoe.tale", "1", "Zoé Fable")], [{"login": "zoe.tale", "employee_number": "1"}]) == {}


@pytest.mark.parametrize(
    ("before", "now", "back"), [("gone", "active", True), ("leaving", "suspended", True), ("leaving", "leaving", False)]
)
def test_somebody_is_back(before, now, back):
    result = changes([person("zoe.tale", "1", "Zoé Tale")], [{**ZOE, "phase": before}], {"zoe.tale": now})
    text = f"Zoé Tale (employee 1) is back, was {before} and is {now}"
    assert result["returned"] == (
        [{"login": "zoe.tale", "employee_number": "1", "text": text, "former_phase": before, "phase": now}] if back else []
    )


def test_a_login_that_changed_hands():
    assert found([person("gus", "9", "Gus Sandbox"), person("ZOE.tale", "2", "Zoé Tale")], [{**ZOE, "phase": "gone"}])["errors"] == [
        "entry 2 (ZOE.tale): the login 'ZOE.tale' is or was that of Zoé Tale (employee 1); they have one name: give the person the former "
        "employee number again if they are one"
    ]


def test_logins_that_were_swapped():
    remembered = [{"login": "a", "employee_number": "1"}, {"login": "b", "employee_number": "2"}]
    assert found([person("b", "1"), person("a", "2")], remembered)["errors"] == [
        "entry 1 (b): the login 'b' is or was that of b (employee 2)",
        "entry 2 (a): the login 'a' is or was that of a (employee 1)",
    ]


def test_a_former_login_stays_with_its_owner():
    remembered = [{"login": "zoe.fable", "former_logins": ["zoe.tale"], "employee_number": "1"}]
    assert found([person("zoe.tale", "2")], remembered)["errors"] == [
        "entry 1 (zoe.tale): the login 'zoe.tale' is or was that of zoe.fable (employee 1)"
    ]
    assert "errors" not in found([person("zoe.tale", "1")], remembered)


def test_without_numbers_the_login_tells_who_it_is():
    assert found([person("zoe.tale", None)], [ZOE]) == {}
    assert found([person("zoe.tale", "1")], [{"login": "Zoe.Tale"}]) == {
        "renamed": ["zoe.tale (employee 1): the login 'Zoe.Tale' became 'zoe.tale'"]
    }


def test_somebody_without_a_number_cannot_take_the_login_of_somebody_who_was_renamed():
    result = found([person("zoe.tale"), person("zoe.fable", "1")], [ZOE])
    assert result["errors"] == ["entry 1 (zoe.tale): the login 'zoe.tale' is or was that of Zoé Tale (employee 1)"]


OVER = {"life": 2, "accounts": {"drive": {}}}


@pytest.mark.parametrize(
    ("known", "phase", "other"),
    [
        ({"phase": "gone"}, "active", True),
        ({"phase": "gone"}, None, True),
        ({"phase": "gone"}, "gone", False),  # the row of the one who is gone
        ({"phase": "future", **OVER}, "future", True),
        ({"phase": "active", **OVER, "accounts": {"drive": {"name": "zoe.tale"}}}, "active", False),
        ({"phase": "leaving"}, "active", False),
        ({"phase": "gone", "employee_number": None}, "active", False),
    ],
)
def test_without_a_number_nobody_takes_the_login_of_somebody_who_is_gone(known, phase, other):
    people, before, now = [person("zoe.tale")], [{**ZOE, **known}], {"zoe.tale": phase} if phase else None
    text = (
        "entry 1 (zoe.tale): the login 'zoe.tale' is or was that of Zoé Tale (employee 1), who is gone, so this may be another person: "
        "give the employee number"
    )
    assert found(people, before, now).get("errors", []) == ([text] if other else [])
    if other:
        with pytest.raises(PeopleError, match="give the employee number"):
            remember(people, before, now)
    else:
        assert len(remember(people, before, now)) == 1


def test_two_people_without_numbers_cannot_be_one():
    remembered = [{"login": "zoe.fable", "former_logins": ["zoe.tale"]}]
    assert found([person("zoe.tale"), person("zoe.fable")], remembered)["errors"] == [
        "entry 2 (zoe.fable): the login 'zoe.fable' is or was that of zoe.fable (zoe.fable)"
    ]


def test_managers_who_are_nobody_here_are_worth_a_word():
    people = [person("zoe", "1", manager="GUS"), person("gus", "2", manager="The mayor"), person("dot", "3", manager="2")]
    assert found(people, [], None)["warnings"] == ["entry 2 (gus): the manager 'The mayor' is nobody in the list"]


@pytest.mark.parametrize("remembered", [[ZOE], {"1": ZOE}, {"people": [ZOE]}, {"people": {"1": ZOE}, "schema": 1}])
def test_what_is_remembered_may_be_a_list_or_a_map(remembered):
    assert found([person("zoe.tale", "1", "Zoé Tale")], remembered) == {}
    assert assigned(remembered) == {"1": "zoe.tale"}
    assert taken(remembered) == ["zoe.tale"]


@pytest.mark.parametrize(
    ("remembered", "phases", "errors"),
    [
        ("zoe", None, ["what is remembered is 'zoe': give a list or map of maps"]),
        (
            [{"login": ""}, 7, {"login": "a", "employee_number": 1}, {"login": "b"}, {"login": "B", "former_logins": "c"}],
            "active",
            [
                "remembered entry 1 is {'login': ''}: it needs a login",
                "remembered entry 2 is 7: it needs a login",
                "remembered entry 3 (a): the employee_number 1 is not a text",
                "remembered entry 5 (B): the login 'B' is already that of remembered entry 4 (b)",
                "remembered entry 5 (B): former_logins is 'c': give a list of logins",
                "phases is 'active': give what the filter phases returns",
            ],
        ),
    ],
)
def test_memories_that_cannot_be(remembered, phases, errors):
    with pytest.raises(PeopleError) as caught:
        changes([person("zoe")], remembered, phases)
    assert caught.value.errors == errors


# Remembering


def test_what_is_remembered_for_the_next_time():
    first = remember([person("zoe.tale", "10", "Zoé Tale"), person("gus", "9"), person("fern")], [], {"zoe.tale": "active"})
    assert [entry["login"] for entry in first] == ["fern", "gus", "zoe.tale"]
    first[2]["accounts"] = {"ocs": {"off": "2026-01-01"}}
    second = remember([person("zoe.fable", "10", "Zoé Fable", end_date="2026-12-31")], first, {"zoe.fable": "leaving"})
    assert [entry["login"] for entry in second] == ["fern", "gus", "zoe.fable"]
    assert second[2] == {
        "login": "zoe.fable",
        "former_logins": ["zoe.tale"],
        "employee_number": "10",
        "given_name": "Zoé",
        "family_name": "Fable",
        "display_name": "Zoé Fable",
        "email": None,
        "start_date": None,
        "end_date": "2026-12-31",
        "phase": "leaving",
        "accounts": {"ocs": {"off": "2026-01-01"}},
    }
    assert json.loads(json.dumps(second)) == second
    back = remember([person("zoe.tale", "10")], second)
    assert (back[2]["login"], back[2]["former_logins"]) == ("zoe.tale", ["zoe.fable"])


def test_a_number_is_not_forgotten_when_the_file_loses_it():
    assert remember([person("zoe.tale")], [ZOE])[0]["employee_number"] == "1"


def test_nothing_is_remembered_of_a_file_that_gives_logins_to_others():
    with pytest.raises(PeopleError, match="is or was that of"):
        remember([person("zoe.tale", "2")], [ZOE])


NAMES = st.sampled_from(["Zoé Fable", "Zoe Fable", "Zoé Tale", "Noël d'Exemple"])
FILES = st.lists(st.dictionaries(st.sampled_from("123456789"), NAMES), min_size=1, max_size=6)


@BUSY
@given(FILES)
def test_over_the_years_no_login_ever_belongs_to_two(files):
    """Hires, leaves, returns and new names, with logins that are made new where the name is another."""
    memory: list = []
    owners: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for file in files:
        kept = {number: login for number, login in assigned(memory).items() if number not in file or names[number] == file[number]}
        people = logins([person(None, number, name) for number, name in file.items()], assigned=kept, taken=taken(memory))
        assert changes(people, memory)["errors"] == []
        memory = remember(people, memory)
        assert remember(people, memory) == memory
        again = changes(people, memory)
        assert not (again["joined"] or again["renamed"] or again["returned"] or again["errors"])
        names.update(file)
        for each in people:
            owners.setdefault(each["login"], set()).add(each["employee_number"])
    assert all(len(numbers) == 1 for numbers in owners.values())
