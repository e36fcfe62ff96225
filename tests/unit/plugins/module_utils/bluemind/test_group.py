# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

STAFF = {"domain": "example.org", "name": "Staff"}


def group(name, **more):
    return {"domain": "example.org", "uid": f"g-{name.lower()}", "name": name, **more}


WORLD = {
    "domains": [DOMAIN],
    "groups": [group("Staff", properties={"kept": "1"}), group("it"), group("school")],
    "users": [person("zoe"), person("gus"), person("coral")],
    "external_users": [{"domain": "example.org", "uid": "x-dora", "last_name": "Example", "emails": ["dora@example.net"]}],
    "members": {"g-staff": ["u-zoe", "g-it"]},
}


@pytest.fixture
def town(server, generation):
    server.start(WORLD, {"dialect": int(generation)})
    return server


def members(server, uid="g-staff"):
    return sorted(server.entry(uid).members)


def test_a_creation_sends_only_what_was_given(bm):
    bm.ok("bluemind_group", **STAFF)
    assert bm.sent() == {"name": "Staff", "emails": []}


def test_members_of_each_kind_join_in_one_call_and_leave_in_another(town):
    wish = {"members": ["gus"], "members_mode": "set", "member_groups": ["school"], "member_groups_mode": "set"}
    town.ok("bluemind_group", **STAFF, **wish, external_members=["Dora@example.net"])
    assert town.wrote() == ["PUT groups/g-staff/members", "DELETE groups/g-staff/members"]
    assert members(town) == ["g-school", "u-gus", "x-dora"]
    town.quiet("bluemind_group", **STAFF, **wish, external_members=["dora@example.net"])


def test_users_by_login_address_and_uid(town):
    town.ok("bluemind_group", **STAFF, members=["Gus@example.org", "u-coral", "zoe"])
    assert members(town) == ["g-it", "u-coral", "u-gus", "u-zoe"] and len(town.sent()) == 2
    town.quiet("bluemind_group", **STAFF, members=["coral", "gus", "zoe"], members_mode="set")


def test_who_does_not_exist_is_named(town):
    wish = {"members": ["gus", "nobody"], "member_groups": ["nowhere"], "external_members": ["no@example.net"]}
    message = town.bad("bluemind_group", **STAFF, **wish)
    assert "there is no user nobody, no group nowhere, no external user no@example.net in example.org: create them first" in message
    assert town.wrote() == []
    town.quiet("bluemind_group", **STAFF, **wish, members_mode="remove", member_groups_mode="remove", external_members_mode="remove")


def test_a_loop_is_refused_in_the_servers_words(town):
    assert "Group loop detected" in town.bad("bluemind_group", domain="example.org", name="it", member_groups=["Staff"])


def test_names_are_found_whatever_their_letter_case(town):
    """Which the server does when it creates one, and not when it looks for one."""
    town.ok("bluemind_group", domain="example.org", name="STAFF", description="All")
    assert town.entry("g-staff").value["name"] == "Staff" and town.entry("g-staff").value["description"] == "All"
    town.quiet(
        "bluemind_group", domain="example.org", groups=[{"name": f"g{n}", "state": "absent"} for n in range(25)] + [{"name": "sTaff"}]
    )


def test_another_name(town):
    town.ok("bluemind_group", domain="example.org", name="Everybody", rename_from="staff", members=["gus"])
    assert town.entry("g-staff").value["name"] == "Everybody" and members(town) == ["g-it", "u-gus", "u-zoe"]
    town.quiet("bluemind_group", domain="example.org", name="Everybody", rename_from="staff", members=["gus"])


def test_an_update_keeps_what_it_does_not_know(town):
    town.ok("bluemind_group", **STAFF, properties={"new": "2"}, hidden=True)
    assert town.entry("g-staff").value["properties"] == {"kept": "1", "new": "2"} and members(town) == ["g-it", "u-zoe"]


@pytest.mark.parametrize("wish", [{"name": "admin", "state": "absent"}, {"name": "chiefs", "rename_from": "admin"}])
def test_profiles_are_neither_deleted_nor_renamed(town, wish):
    assert "it is a profile of the domain" in town.bad("bluemind_group", domain="example.org", **wish) and town.wrote() == []


def test_members_of_a_profile_may_be_managed(town):
    assert town.ok("bluemind_group", domain="example.org", name="admin", members=["zoe"])["changed"]


def test_the_acting_account_does_not_leave_by_itself(town):
    message = town.bad(
        "bluemind_group", account=town.delegate, domain="lab.test", name="admin", members=["delegate"], members_mode="remove"
    )
    assert "the account that the task works with cannot leave a group by itself" in message and town.wrote() == []


@pytest.fixture
def ruled(town):
    """A group that gives the delegate its rights through another group, and one that gives nobody any."""
    here = {"domain": "lab.test"}
    town.backend.seed(
        groups=[{**here, "uid": "g-chiefs", "name": "chiefs", "roles": ["admin"]}, {**here, "uid": "g-deputies", "name": "deputies"}],
        members={"g-deputies": ["u-delegate"], "g-chiefs": ["g-deputies"]},
    )
    town.backend.seed(groups=[{**here, "uid": "g-choir", "name": "choir"}], members={"g-choir": ["u-delegate"]})
    return town


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"name": "chiefs", "state": "absent"}, "has rights from it, so it stays"),
        ({"name": "deputies", "state": "absent"}, "has rights from it, so it stays"),
        ({"name": "chiefs", "roles": [], "roles_mode": "set"}, "is in it, so it keeps its roles"),
        ({"name": "chiefs", "roles": ["admin"], "roles_mode": "remove"}, "is in it, so it keeps its roles"),
        ({"name": "chiefs", "member_groups": [], "member_groups_mode": "set"}, "is in it through another group, which cannot leave it"),
    ],
)
def test_the_acting_account_keeps_its_rights(ruled, wish, words):
    for check in (True, False):
        result = ruled("bluemind_group", check=check, account=ruled.delegate, domain="lab.test", **wish)
        assert result["failed"] and words in result["msg"] and ruled.wrote() == []


def test_pruning_spares_what_gives_the_acting_account_its_rights(ruled):
    wish = {"domain": "lab.test", "groups": [{"name": "staff"}], "prune": True, "prune_scope": {"domain": "lab.test"}, "prune_limit": "9"}
    result = ruled.ok("bluemind_group", account=ruled.delegate, **wish)
    assert {item["name"] for item in result["groups"] if item["action"] == "delete"} == {"choir@lab.test"}
    ruled.quiet("bluemind_group", account=ruled.delegate, **wish)


def test_the_acting_account_may_delete_a_group_that_gives_it_nothing(ruled):
    ruled.ok("bluemind_group", account=ruled.delegate, domain="lab.test", name="choir", state="absent")
    ruled.ok("bluemind_group", domain="lab.test", name="chiefs", state="absent")  # somebody else's rights are theirs to take


def test_a_deletion_that_fails_says_why(town):
    town.backend.fault("task_error", method="DELETE", message="no such luck")
    assert "deleting Staff@example.org failed: no such luck" in town.bad("bluemind_group", **STAFF, state="absent")
    town.ok("bluemind_group", **STAFF, state="absent")
    assert "u-zoe" in town.backend.store.domains[DOMAIN["uid"]].entries


def test_unchanged_groups_cost_one_listing(town):
    town.backend.seed(groups=[group(f"g{number}", description="x") for number in range(500)])
    wish = [{"name": f"g{number}", "description": "x"} for number in range(500)]
    result = town.quiet("bluemind_group", domain="example.org", groups=wish)
    assert result["requests"] == {"reads": 3, "writes": 0}  # login, domain, listing
    result = town.quiet("bluemind_group", domain="example.org", groups=[{**entry, "members": []} for entry in wish])
    assert result["requests"] == {"reads": 3 + 500, "writes": 0}


def test_the_members_of_many_groups_cost_one_request_each(town):
    """Whoever is in them, and whoever is asked for."""
    town.backend.seed(
        users=[person(f"p{number}") for number in range(300)],
        groups=[{**group(f"g{number}"), "uid": f"g{number}"} for number in range(100)],
        members={f"g{number}": [f"u-p{3 * number + step}" for step in range(3)] for number in range(100)},
    )
    one = [{"name": f"g{number}", "members": ["zoe"], "members_mode": "remove"} for number in range(100)]
    exact = [{"name": f"g{number}", "members": [f"p{3 * number + step}" for step in range(3)]} for number in range(100)]
    for wish, names in ((one, 1), (exact, 0), ([{**each, "members_mode": "set"} for each in exact], 0)):
        result = town.quiet("bluemind_group", domain="example.org", groups=wish)
        assert result["requests"]["reads"] == 3 + names + 2 + 100  # login, domain, listing; zoe; mailboxes and directory; members


MODES = st.sampled_from(["add", "set", "remove"])
CHOICES = {
    "description": st.sampled_from(["", "Research"]),
    "email": st.sampled_from(["", "lab@example.org"]),
    "emails": st.lists(st.sampled_from(["lab", "lab@example.org", "team@example.com"]), unique=True),
    "hidden": st.booleans(),
    "hidden_members": st.booleans(),
    "mail_archived": st.booleans(),
    "properties": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["", "1"])),
    "roles": st.lists(st.sampled_from(["hasMail", "hasCTI"]), unique=True),
    "roles_mode": MODES,
    "members": st.lists(st.sampled_from(["zoe", "gus", "coral@example.org"]), unique=True),
    "members_mode": MODES,
    "member_groups": st.lists(st.sampled_from(["it", "School"]), unique=True),
    "member_groups_mode": MODES,
    "external_members": st.lists(st.sampled_from(["dora@example.net"]), unique=True),
    "external_members_mode": MODES,
}
STATES = st.fixed_dictionaries({}, optional=CHOICES).filter(lambda state: state.get("email") != "" or not state.get("emails"))


@pytest.mark.parametrize("dialect", [4, 5])
@given(first=STATES, second=STATES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(server, dialect, first, second):
    server.start(WORLD, {"dialect": dialect, "shuffle_sets": True})
    for state in (first, second, first):
        wish = {"domain": "example.org", "name": "R&D / Équipe", **state}
        predicted = server("bluemind_group", check=True, **wish)
        assert server.wrote() == []
        result = server.ok("bluemind_group", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        server.quiet("bluemind_group", **wish)
        server.quiet("bluemind_group", groups=[wish])
        exported = server.ok("bluemind_group_info", domain="example.com", name="R&D / Équipe", gather=["members", "roles"])["groups"]
        modes = {f"{name}_mode": "set" for name in ("emails", "roles", "members", "member_groups", "external_members")}
        server.quiet("bluemind_group", groups=exported, **modes)
