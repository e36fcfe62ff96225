# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever rights there are and whatever they are to become: one run brings them there, and the next has nothing to do."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

VERBS = ("Invitation", "Freebusy", "SendOnBehalf", "Read", "Write", "Manage", "All")
NEW_VERBS = ("SendAs", "ReadExtended")
PLACES = (("mailbox", "coral"), ("mailbox", "office"), ("calendar", "coral"), ("calendar", "Library"))


def states(verbs):
    entry = st.fixed_dictionaries(
        {"subject": st.sampled_from(["gus", "u-gus", "staff", "hazel@example.org"]), "verb": st.sampled_from(verbs)}
    )
    return st.fixed_dictionaries({"entries": st.lists(entry, max_size=5), "entries_mode": st.sampled_from(["add", "set", "remove"])})


def converge(server, place, wishes):
    server.backend.change_knobs({"shuffle_sets": True})
    where = {"domain": "example.org", "kind": place[0], "owner": place[1]}
    for wish in wishes:
        predicted = server("bluemind_sharing", check=True, **where, **wish)
        assert server.wrote() == []
        result = server.ok("bluemind_sharing", **where, **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        server.quiet("bluemind_sharing", **where, **wish)
        found = server.ok("bluemind_sharing_info", **where)["containers"]
        server.quiet("bluemind_sharing", containers=found, entries_mode="set")
        owners = [entry for entry in server.backend.store.containers[found[0]["container"]].acl if entry[0] == "u-coral"]
        assert owners == ([["u-coral", "All"]] if place == ("calendar", "coral") or (owners and place == ("mailbox", "coral")) else [])


@given(place=st.sampled_from(PLACES), wishes=st.lists(states(VERBS), min_size=3, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rights_converge_in_one_run_4(office4, place, wishes):
    converge(office4, place, wishes)


@given(place=st.sampled_from(PLACES), wishes=st.lists(states(VERBS + NEW_VERBS), min_size=3, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rights_converge_in_one_run_5(office5, place, wishes):
    converge(office5, place, wishes)
