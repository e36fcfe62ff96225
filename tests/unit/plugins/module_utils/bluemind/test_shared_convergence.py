# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a mailshare or a resource is and whatever it is to become: one run brings it there, and the next has nothing to do."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = {"domain": "example.org"}
ADDRESS = st.sampled_from(["desk@example.org", "desk@example.com", "help@example.org"])
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
COMMON = {
    "emails": st.lists(st.sampled_from(["desk", "desk@example.org", "help@example.com", "info"]), min_size=1, unique=True),
    "emails_mode": st.sampled_from(["add", "set"]),
    "hidden": st.booleans(),
    "org_unit": st.sampled_from(["", "Town", "Town/School", "ou-town"]),
}
MAILSHARES = st.fixed_dictionaries({}, optional={**COMMON, "email": ADDRESS, "quota": st.sampled_from(["none", "1.5 GB", "7 KB"])})
RESOURCES = st.fixed_dictionaries(
    {"email": ADDRESS},
    optional={
        **COMMON,
        "description": TEXT,
        "reservation_policy": st.sampled_from(["OWNER_MANAGED", "AUTO_ACCEPT", "AUTO_ACCEPT_REFUSE"]),
        "properties": st.dictionaries(st.sampled_from(["seats", "note"]), st.sampled_from(["", "1", "20"])),
    },
)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def converge(server, module, plural, name, states):
    for state in states:
        entry = {"name": name, **state}
        predicted = server(module, check=True, **HERE, **{plural: [entry]})
        assert server.wrote() == []
        result = server.ok(module, **HERE, **{plural: [entry]})
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        server.quiet(module, **HERE, **{plural: [entry]})
        found = server.ok(f"{module}_info", **HERE, name=name)[plural]
        server.quiet(module, **{plural: found}, emails_mode="set")


@given(states=st.lists(MAILSHARES, min_size=3, max_size=3))
@QUICK
def test_mailshares(office, states):
    office.backend.change_knobs({"shuffle_sets": True, "task_polls": 0})
    office.ok("bluemind_mailshare", **HERE, name="desk", state="absent")
    converge(office, "bluemind_mailshare", "mailshares", "desk", states)


@given(states=st.lists(RESOURCES, min_size=3, max_size=3))
@QUICK
def test_resources(office, states):
    office.backend.change_knobs({"shuffle_sets": True, "task_polls": 0})
    office.ok("bluemind_resource", **HERE, name="Desk", state="absent")
    typed = [{"type": "Room", **state} for state in states]
    converge(office, "bluemind_resource", "resources", "Desk", typed)
