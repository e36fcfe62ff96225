# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a user is and whatever it is to become: one run brings it there, and the next has nothing to do."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind import PIXEL
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MODES = st.sampled_from(["add", "set", "remove"])
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)
NUMBERS = st.sampled_from(["", "+33 1 99 00 12 34", "112"])
GROUPS = st.lists(st.sampled_from(["staff", "IT", "school", "R&D / Équipe"]), unique=True)
ROLES = st.lists(st.sampled_from(["hasMail", "hasCTI", "hasOutlook", "manageUser"]), unique=True)
CHOICES = {
    "email": st.sampled_from(["zoe@example.org", "Zoe.Parable@example.com", "z@example.org"]),
    "emails": st.lists(st.sampled_from(["zoe", "z", "zoe@example.org", "z@example.com", "other@example.org"]), min_size=1, unique=True),
    "emails_mode": st.sampled_from(["add", "set"]),
    "quota": st.sampled_from(["none", "2 GB", "1500 MB", "1.5GB", "7 KB"]),
    "org_unit": st.sampled_from(["", "Town", "Town/School"]),
    "archived": st.booleans(),
    "hidden": st.booleans(),
    "password_must_change": st.booleans(),
    "password_never_expires": st.booleans(),
    "properties": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["", "1", True, 2])),
    "photo": st.sampled_from(["", PIXEL]),
    "given_name": TEXT,
    "family_name": st.sampled_from(["Parable", " Fable ", "Öß"]),
    "additional_names": TEXT,
    "display_name": st.sampled_from(["Zoe", "Zoë P."]),
    "birthday": st.sampled_from(["", "1990-04-28", "1960-01-01"]),
    **dict.fromkeys(("job_title", "department", "note", "city", "country", "website", "nickname"), TEXT),
    **dict.fromkeys(("phone", "mobile", "home_phone", "fax"), NUMBERS),
    "roles": ROLES,
    "roles_mode": MODES,
    "language": st.sampled_from(["", "de", "fr"]),
    "timezone": st.sampled_from(["", "Europe/Berlin", "Europe/Paris"]),
    "settings": st.dictionaries(st.sampled_from(["day_weekstart", "odd"]), st.sampled_from(["", "monday", "sunday"])),
    "forwarding": st.lists(st.sampled_from(["a@example.net", "B@example.net"]), unique=True),
    "forwarding_mode": MODES,
    "keep_local_copy": st.booleans(),
    "groups": GROUPS,
    "groups_mode": MODES,
    "profile": st.sampled_from(["", "user", "Admin"]),
}
VACATION = {
    "vacation": st.booleans(),
    "vacation_subject": st.sampled_from(["Away", "Gone"]),
    "vacation_text": st.sampled_from(["", "Back soon"]),
    "vacation_html": st.just("<p>Back soon</p>"),
    "vacation_start": st.sampled_from(["", "2026-08-01T08:00:00+02:00"]),
    "vacation_end": st.sampled_from(["", "2026-08-17 00:00:00Z"]),
}
STATES = st.builds(
    lambda one, two: {**one, **two},
    st.fixed_dictionaries({}, optional=CHOICES),
    st.one_of(
        st.just({}),
        st.fixed_dictionaries(VACATION),
        st.just({"vacation": False, "vacation_subject": "", "vacation_text": "", "vacation_html": ""}),
    ),
)
WORLD = {
    "domains": [DOMAIN],
    "org_units": [
        {"domain": "example.org", "uid": "ou-town", "name": "Town"},
        {"domain": "example.org", "uid": "ou-school", "name": "School", "parentUid": "ou-town"},
    ],
    "groups": [
        {"domain": "example.org", "uid": f"g{number}", "name": name}
        for number, name in enumerate(["staff", "it", "school", "R&D / Équipe"])
    ],
}
EVERYTHING = ["details", "roles", "settings", "mail", "groups"]


@pytest.mark.parametrize("knobs", [{"dialect": 4}, {"dialect": 5}, {"dialect": 5, "early5": True}], ids=["4.9", "5.7", "5.0"])
@given(first=STATES, second=STATES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(server, knobs, first, second):
    server.start(WORLD, {**knobs, "shuffle_sets": True})
    for state in ({"family_name": "Parable", **first}, second, first):
        wish = {"domain": "example.org", "login": "zoe", **state}
        predicted = server("bluemind_user", check=True, **wish)
        assert server.wrote() == []
        result = server.ok("bluemind_user", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        server.quiet("bluemind_user", **wish)
        server.quiet("bluemind_user", users=[wish])
        exported = server.ok("bluemind_user_info", domain="example.com", login="zoe", gather=EVERYTHING)["users"]
        server.quiet("bluemind_user", users=exported, emails_mode="set", roles_mode="set", groups_mode="set", forwarding_mode="set")
