# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter people_plan, as far as it is more than the function: values as playbooks, extra variables and surveys give them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.workplace.onboarding.plugins.filter.people_plan import FilterModule
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_list import people_from_list

KINDS = {"ocs": {"key": "userid", "closed": {"enabled": False}, "open": {"enabled": True}}}
PEOPLE = people_from_list([{"login": each} for each in ("zoe", "gus", "juno")])


def plan(today="2026-09-01", people=PEOPLE, **policy):
    every = {"backends": ["ocs"], "kinds": KINDS, "maps": {"ocs": {"userid": "{login}"}}, "policy": {"phases": {}, **policy}}
    return FilterModule().filters()["people_plan"](people, {}, {"ocs": {}}, today=today, **every)


@pytest.mark.parametrize("today", ["2026-09-01", date(2026, 9, 1), datetime(2026, 9, 1, 4, 30)])
def test_a_day_is_a_text_or_what_yaml_makes_of_it(today):
    starts = people_from_list([{"login": "zoe", "start_date": "2026-09-02"}])
    assert [line["person"]["phase"] for line in plan(today, starts)["lines"]] == ["preboarding"]


@pytest.mark.parametrize("today", ["tomorrow", "2026-02-30", 3, None])
def test_another_day_is_refused(today):
    with pytest.raises(AnsibleFilterError, match="YYYY-MM-DD"):
        plan(today)


@pytest.mark.parametrize("only", [["zoe", "gus"], "zoe,gus", " zoe , gus,"])
def test_logins_are_a_list_or_a_text(only):
    assert [line["account"] for line in plan(only=only)["lines"]] == ["zoe", "gus"]


def test_an_empty_text_is_everybody():
    assert len(plan(only="")["lines"]) == 3


def test_a_login_of_nobody_is_refused_by_name():
    with pytest.raises(AnsibleFilterError, match="nobody has the login zoo"):
        plan(now="zoo")
