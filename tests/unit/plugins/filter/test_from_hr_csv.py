# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter hands over people, or one Ansible error; its documentation names the record."""

from __future__ import annotations

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.workplace.onboarding.plugins.filter import from_hr_csv as plugin
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS

from_hr_csv = plugin.FilterModule().filters()["from_hr_csv"]


def test_it_returns_the_records():
    people = from_hr_csv(
        "Identifiant;email\nzoe;zoe@example.org\n",
        delimiter=";",
        columns={"Identifiant": "login"},
        required=["login", "email"],
    )
    assert [(person["login"], person["email"], person["on_leave"]) for person in people] == [("zoe", "zoe@example.org", False)]
    assert isinstance(people, list) and isinstance(people[0], dict)


def test_it_raises_one_error_that_names_all():
    with pytest.raises(AnsibleFilterError) as caught:
        from_hr_csv("login,email\n,zoe@\nzoe,\nZoe,\n")
    for part in (
        "The list of people has 3 errors",
        "row 2: the login is missing",
        "row 2: the email 'zoe@'",
        "already that of row 3",
    ):
        assert part in str(caught.value)


def test_the_documentation_names_the_record():
    returned = yaml.safe_load(plugin.RETURN)["_value"]
    assert tuple(returned["contains"]) == FIELDS
    assert set(returned["sample"][0]) == set(FIELDS)
