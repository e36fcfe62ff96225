# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles: what they allow, key by key, and who has them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture
def m(micetro):
    micetro.backend.seed(users=["coral", "gus"], groups=["it"])
    return micetro


def test_memberships_are_written_by_their_only_routes(m):
    m.ok("micetro_role", name="Editors", users=["coral"], groups=["it"])
    assert m.wrote() == ["POST roles", "PUT users/4/roles/10", "PUT groups/2/roles/10"]
    m.ok("micetro_role", name="Editors", users=[], users_mode="set", groups=["it"], groups_mode="remove")
    assert m.wrote() == ["DELETE users/4/roles/10", "DELETE groups/2/roles/10"]


def test_access_is_compared_and_reported_key_by_key(m):
    m.ok(
        "micetro_role",
        name="Editors",
        access={"DNSZone": {"access_list": "allow", "access_delete": "deny"}, "Range": {"access_list": "allow"}},
    )
    wish = {"name": "Editors", "access": {"DNSZone": {"access_list": "allow", "access_delete": "unset"}, "Device": {"access_list": "deny"}}}
    result = m.ok("micetro_role", **wish)
    assert result["roles"][0]["fields"] == ["access.DNSZone.access_delete", "access.Device.access_list"]
    assert result["diff"][0]["before"] == {"access.DNSZone.access_delete": "deny", "access.Device.access_list": "unset"}
    assert result["diff"][0]["after"] == {"access.DNSZone.access_delete": "unset", "access.Device.access_list": "deny"}
    assert m.shown("micetro_role_info", "Editors")["access"] == {
        "DNSZone": {"access_list": "allow"},
        "Range": {"access_list": "allow"},
        "Device": {"access_list": "deny"},
    }
    m.quiet("micetro_role", **wish)
    m.quiet("micetro_role", name="Editors", access={})
    m.quiet("micetro_role", name="Editors", access={"DNSView": {"access_list": "unset"}})


def test_all_access_is_sent_since_it_may_replace(m):
    m.ok("micetro_role", name="Editors", access={"DNSZone": {"access_list": "allow"}})
    m.ok("micetro_role", name="Editors", access={"Range": {"access_list": "allow"}})
    (entry,) = m.backend.writes()
    assert entry.body["properties"]["access"] == [
        {"objType": "DNSZone", "accessEntries": [{"name": "access_list", "access": "Allow"}]},
        {"objType": "Range", "accessEntries": [{"name": "access_list", "access": "Allow"}]},
    ]


def test_what_is_dropped_is_named_by_its_key(m):
    m.ok("micetro_role", name="Editors")
    m.backend.fault("drop", method="PUT", fields=["access"], times=None)
    assert "access.Range.access_list" in m.bad("micetro_role", name="Editors", access={"Range": {"access_list": "allow"}})


@pytest.mark.parametrize(
    ("access", "words"),
    [
        ({"DNSZone": "allow"}, "DNSZone must be a map of permissions"),
        ({"DNSZone": {"access_list": True}}, "DNSZone, access_list: it must be allow, deny, unset"),
        ({"DNSZone": {"access_list": "Allow"}}, "it must be allow, deny, unset"),
        ({"DNS Zone": {"access_list": "allow"}}, "no names of an object type"),
        ({"DNSZone": {"access.list": "allow"}}, "no names of an object type"),
    ],
)
def test_access_that_cannot_be(m, access, words):
    assert words in m.bad("micetro_role", name="Editors", access=access) and len(m.backend.log) == 0


def test_types_and_new_names(m):
    m.ok("micetro_role", name="Editors", type="Specific")
    m.ok("micetro_role", name="Zone editors", rename_from="Editors", type="General")
    assert m.shown("micetro_role_info", "Zone editors")["type"] == "General"


WORDS = st.sampled_from(["allow", "deny", "unset"])
ACCESS = st.dictionaries(
    st.sampled_from(["DNSZone", "Range"]), st.dictionaries(st.sampled_from(["access_list", "access_delete", "access_editOther"]), WORDS)
)
PEOPLE = st.lists(st.sampled_from(["coral", "gus"]), unique=True)
MODE = st.sampled_from(["add", "set", "remove"])
STATES = st.fixed_dictionaries(
    {},
    optional={
        "access": ACCESS,
        "type": st.sampled_from(["General", "Specific"]),
        "description": st.sampled_from(["", "x"]),
        "users": PEOPLE,
        "users_mode": MODE,
        "groups": st.lists(st.sampled_from(["it"]), unique=True),
        "groups_mode": MODE,
    },
)


@given(first=STATES, second=STATES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(m, first, second):
    m.start({"users": ["coral", "gus"], "groups": ["it"]})
    for state in (first, second):
        wish = {"name": "Editors", **state}
        predicted = m("micetro_role", check=True, **wish)
        result = m.ok("micetro_role", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        m.quiet("micetro_role", **wish)
        exported = m.ok("micetro_role_info", name="Editors")["roles"]
        m.quiet("micetro_role", roles=exported, users_mode="set", groups_mode="set")
