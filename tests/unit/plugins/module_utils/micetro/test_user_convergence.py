# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a user is and whatever it is to become: one run brings it there, and the next has nothing to do."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORLD = {
    "groups": ["staff", "it", "R&D / 50%+1", {"name": "Directory", "adIntegrated": True}],
    "roles": ["Editors", 'Say "yes"'],
}
GROUPS = st.lists(st.sampled_from(["Staff", "it", "R&D / 50%+1", "All users"]), unique=True)
ROLES = st.lists(st.sampled_from(["Editors", 'Say "yes"', "DNS Viewers (built-in)"]), unique=True)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
MODE = st.sampled_from(["add", "set", "remove"])
STATES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("full_name", "description", "email", "external_id"), TEXT),
        "authentication_type": st.sampled_from(["Internal", "AD", "RADIUS"]),
        "groups": GROUPS,
        "groups_mode": MODE,
        "roles": ROLES,
        "roles_mode": MODE,
    },
)


@given(first=STATES, second=STATES, external=st.booleans())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(micetro, first, second, external):
    micetro.start(WORLD)
    micetro.backend.seed(users=[{"name": "zoe", "password": "L0ng-enough-for-it", "groups": ["Directory"] if external else []}])
    for state in (first, second, first):
        wish = {"name": "zoe", **state}
        predicted = micetro("micetro_user", check=True, **wish)
        assert micetro.wrote() == []
        result = micetro.ok("micetro_user", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        micetro.quiet("micetro_user", **wish)
        micetro.quiet("micetro_user", users=[wish])
        exported = micetro.ok("micetro_user_info", name="zoe")["users"]
        micetro.quiet("micetro_user", users=exported, groups_mode="set", roles_mode="set")
    assert ("Directory" in micetro.shown("micetro_user_info", "zoe")["groups"]) is external
