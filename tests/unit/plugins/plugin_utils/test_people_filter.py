# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pure functions see plain values, whatever Ansible hands to a filter."""

from __future__ import annotations

import datetime

import pytest
from ansible import template
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def seen_of(value):
    """What the function behind a filter sees, by position and by name."""
    seen = []

    def function(first, named=None):
        seen.extend([first, named])

    people_filter(function)(value, named=value)
    assert seen[0] == seen[1]
    return seen[0]


def kinds(value):
    """The types in a value."""
    if isinstance(value, dict):
        return {type(value)}.union(*(kinds(each) for pair in value.items() for each in pair))
    return {type(value)}.union(*map(kinds, value)) if isinstance(value, list) else {type(value)}


def test_values_of_a_playbook_are_plain():
    text = "{a: zoe, b: [2026-09-01, 7, 1.5, true, null], c: {d: {e: 2026-09-01 08:30:00}}}"
    value = seen_of(DataLoader().load(text))
    day, moment = datetime.date(2026, 9, 1), datetime.datetime(2026, 9, 1, 8, 30)
    assert value == {"a": "zoe", "b": [day, 7, 1.5, True, None], "c": {"d": {"e": moment}}}
    assert kinds(value) == {dict, list, str, int, float, bool, type(None), datetime.date, datetime.datetime}


def test_unsafe_texts_and_what_map_gives_are_plain():
    value = seen_of(wrap_var(["zoe", {"a": ("b",)}]))
    assert value == ["zoe", {"a": ["b"]}]
    assert kinds(value) == {list, dict, str}
    assert people_filter(lambda given: len(given) + 0)(login for login in ("zoe", "basil")) == 2


@pytest.mark.skipif(not hasattr(template, "trust_as_template"), reason="before 2.19 filters get no templates")
def test_templates_in_variables_are_rendered_and_other_texts_are_not():
    """However deep they are, and although lazy lists and maps are not asked for every value."""
    variables = DataLoader().load("{town: Fable, rule: {when: [{site: '{{ town }}'}], grant: {size: 5 GB}}}")
    variables = {name: template.trust_as_template(value) if isinstance(value, str) else value for name, value in variables.items()}
    variables["rule"]["when"][0]["site"] = template.trust_as_template("{{ town }}")
    variables["people"] = [{"login": "zoe", "job_title": "{{ no template }}"}]
    seen = []
    templar = template.Templar(DataLoader(), variables=variables)
    templar.environment.filters["look"] = people_filter(lambda *given: seen.append(given) or "")
    templar.template(template.trust_as_template("{{ people | look(rule) }}"))
    assert seen == [([{"login": "zoe", "job_title": "{{ no template }}"}], {"when": [{"site": "Fable"}], "grant": {"size": "5 GB"}})]
    assert kinds(list(seen[0])) == {list, dict, str}


def test_the_input_of_a_filter_stays_as_it_is():
    given = {"login": ["zoe"]}
    people_filter(lambda value: value["login"].append("basil"))(given)
    assert given == {"login": ["zoe"]}


def test_only_what_is_wrong_with_people_becomes_an_error_of_ansible():
    def refuse():
        raise PeopleError(["entry 1: no"])

    def break_down():
        raise ZeroDivisionError

    with pytest.raises(AnsibleFilterError, match="entry 1: no"):
        people_filter(refuse)()
    with pytest.raises(ZeroDivisionError):
        people_filter(break_down)()
