# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nobody is locked out: built-ins, the acting account, and the last administrator, whichever module takes the right away."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import validate

from .conftest import TASKS

SUPER = "Administrators (built-in)"
USER_ADMINS = "User Administrators (built-in)"
NOBODY_LEFT = f"nobody would have the role {SUPER} any more"


# The last administrator


@pytest.fixture
def chief(micetro):
    """The role is with chief only; who works is the deputy, an administrator of users."""
    micetro.backend.seed(
        users=[{"name": "administrator", "roles": []}, {"name": "chief", "roles": [SUPER]}, "zoe"], groups=["admins", {"name": "it"}]
    )
    return micetro


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "chief", "roles": [SUPER], "roles_mode": "remove"}),
        ("micetro_user", {"name": "chief", "roles": [], "roles_mode": "set"}),
        ("micetro_user", {"name": "chief", "state": "absent"}),
        ("micetro_role", {"name": SUPER, "users": ["chief"], "users_mode": "remove"}),
        ("micetro_role", {"name": SUPER, "users": ["zoe"], "users_mode": "set"}),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_the_last_user_keeps_the_role(chief, module, options, check):
    message = chief.bad(module, check=check, **options)
    assert NOBODY_LEFT in message and chief.wrote() == []


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "chief", "groups": ["admins"], "groups_mode": "remove"}),
        ("micetro_user", {"name": "chief", "state": "absent"}),
        ("micetro_group", {"name": "admins", "members": ["zoe"], "members_mode": "set"}),
        ("micetro_group", {"name": "admins", "members": [], "members_mode": "set"}),
        ("micetro_group", {"name": "admins", "roles": [], "roles_mode": "set"}),
        ("micetro_group", {"name": "admins", "state": "absent"}),
        ("micetro_role", {"name": SUPER, "groups": [], "groups_mode": "set"}),
    ],
)
def test_the_last_user_by_way_of_a_group_keeps_the_role(chief, module, options):
    chief.backend.seed(users=[{"name": "chief", "roles": [], "groups": ["admins"]}], groups=[{"name": "admins", "roles": [SUPER]}])
    message = chief.bad(module, **options)
    assert NOBODY_LEFT in message and chief.wrote() == []


@pytest.mark.parametrize(
    "second", [{"name": "second", "roles": [SUPER]}, {"name": "second", "groups": ["admins"]}], ids=["directly", "by a group"]
)
def test_with_another_administrator_it_may_go(chief, second):
    chief.backend.seed(groups=[{"name": "admins", "roles": [SUPER]}], users=[second])
    assert chief.ok("micetro_user", name="chief", roles=[], roles_mode="set")["changed"]


def test_a_group_that_a_directory_fills_counts(chief):
    chief.backend.seed(groups=[{"name": "admins", "roles": [SUPER], "adIntegrated": True}])
    assert chief.ok("micetro_user", name="chief", state="absent")["changed"]


def test_several_objects_of_one_list_are_counted_together(chief):
    chief.backend.seed(users=[{"name": f"chief{n}", "roles": [SUPER]} for n in (1, 2)])
    names = ["chief", "chief1", "chief2"]
    for check in (True, False):
        result = chief("micetro_user", check=check, users=[{"name": name, "state": "absent"} for name in names])
        assert [item["failed"] for item in result["users"]] == [False, False, True]
        assert NOBODY_LEFT in result["msg"]


def test_a_loop_counts_afresh(chief):
    """A client that is kept for the items of a loop."""
    task, before = TASKS["micetro_user"], {"name": "chief", "roles": [], "roles_mode": "set"}
    client = task.open(validate(task, {**chief.connection(), **before}))
    assert NOBODY_LEFT in task.run(validate(task, {**chief.connection(), **before}), False, opened=lambda: client)["msg"]
    chief.backend.seed(users=[{"name": "zoe", "roles": [SUPER]}])
    assert task.run(validate(task, {**chief.connection(), **before}), False, opened=lambda: client)["changed"]


def test_it_costs_nothing_where_it_is_not_at_stake(chief):
    chief.backend.seed(users=[{"name": "zoe", "roles": [USER_ADMINS], "groups": ["it"]}])
    chief.ok("micetro_user", name="zoe", roles=[], roles_mode="set", groups=["it"], groups_mode="remove")
    assert not [line for line in chief.read() if "Administrators" in line]


# The user administrator


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("micetro_user", {"name": "Administrator", "state": "absent"}, "built in and cannot be deleted"),
        ("micetro_user", {"name": "administrator", "email": "x@example.org"}, "built in and keeps its email"),
        ("micetro_user", {"name": "administrator", "roles": [], "roles_mode": "set"}, "built in and keeps its roles"),
        ("micetro_user", {"name": "administrator", "groups": [], "groups_mode": "set"}, "built in and keeps its groups"),
        (
            "micetro_user",
            {"name": "administrator", "password": "An0ther-passphrase", "update_password": "always"},
            "built in and keeps its password",
        ),
        ("micetro_role", {"name": SUPER, "users": ["boss"], "users_mode": "set"}, f"the user administrator keeps the role {SUPER}"),
    ],
)
def test_the_administrator_is_left_alone(micetro, module, options, words):
    micetro.backend.seed(
        users=[{"name": "boss", "roles": [SUPER], "password": "Passphrase-of-boss"}, {"name": "administrator", "groups": ["it"]}]
    )
    boss = {**micetro.connection(), "api_username": "boss", "api_password": "Passphrase-of-boss"}
    message = micetro.bad(module, login=boss, **options)
    assert words in message and micetro.wrote() == []


# The acting account


@pytest.fixture
def deputy(micetro):
    """Works as the deputy, who also belongs to a group with a role."""
    micetro.backend.seed(
        roles=[{"name": "Helpers", "access": {"Suite": {"access_adminUser": "Allow"}}}],
        groups=[{"name": "helpdesk", "roles": ["Helpers"], "members": ["deputy"]}],
        users=["zoe", {"name": "deputy", "roles": [USER_ADMINS, "Helpers"]}],
    )
    return micetro


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "Deputy", "state": "absent"}),
        ("micetro_user", {"name": "deputy", "roles": [], "roles_mode": "set"}),
        ("micetro_user", {"name": "deputy", "groups": ["helpdesk"], "groups_mode": "remove"}),
        ("micetro_user", {"name": "deputy", "authentication_type": "AD"}),
        ("micetro_user", {"name": "deputy", "password": "An0ther-passphrase", "update_password": "always"}),
        ("micetro_group", {"name": "helpdesk", "state": "absent"}),
        ("micetro_group", {"name": "helpdesk", "members": ["zoe"], "members_mode": "set"}),
        ("micetro_group", {"name": "helpdesk", "roles": ["Helpers"], "roles_mode": "remove"}),
        ("micetro_role", {"name": "Helpers", "state": "absent"}),
        ("micetro_role", {"name": "Helpers", "users": ["zoe"], "users_mode": "set"}),
        ("micetro_role", {"name": "Helpers", "groups": [], "groups_mode": "set"}),
        ("micetro_role", {"name": "Helpers", "access": {"Suite": {"access_adminUser": "unset"}}}),
        ("micetro_role", {"name": "Helpers", "access": {"DNSZone": {"access_list": "deny"}}}),
        ("micetro_role", {"name": "Helpers", "type": "Specific"}),
        ("micetro_role", {"name": USER_ADMINS, "users": ["deputy"], "users_mode": "remove"}),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_the_acting_account_keeps_its_rights(deputy, module, options, check):
    message = deputy.bad(module, check=check, login=deputy.login(deputy.backend.delegated), **options)
    assert "the account that the task works with" in message and deputy.wrote() == []


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "deputy", "email": "deputy@example.org", "groups": ["other"]}),
        ("micetro_group", {"name": "helpdesk", "description": "First line", "members": ["zoe"]}),
        ("micetro_role", {"name": "Helpers", "description": "x", "access": {"DNSZone": {"access_list": "allow"}}, "users": ["zoe"]}),
    ],
)
def test_what_takes_nothing_away_is_allowed(deputy, module, options):
    deputy.backend.seed(groups=["other"])
    assert deputy.ok(module, login=deputy.login(deputy.backend.delegated), **options)["changed"]


def test_a_role_of_single_objects_may_hold_for_all_of_them(deputy):
    """Unless it denies something, which then holds for all of them too."""
    deny = {"DNSZone": {"access_list": "Deny"}}
    deputy.backend.seed(
        roles=[{"name": "Some", "type": "Specific"}, {"name": "None", "type": "Specific", "access": deny}],
        users=[{"name": "deputy", "roles": [USER_ADMINS, "Some", "None"]}],
    )
    login = deputy.login(deputy.backend.delegated)
    assert deputy.ok("micetro_role", login=login, name="Some", type="General")["changed"]
    assert "with type" in deputy.bad("micetro_role", login=login, name="None", type="General") and deputy.wrote() == []


def test_what_a_loop_gave_the_acting_account_counts(deputy):
    """A client that is kept for the items of a loop."""
    deputy.backend.seed(groups=["late"])
    task, login = TASKS["micetro_role"], deputy.login(deputy.backend.delegated)
    client = task.open(validate(task, {**login, "name": "x"}))

    def run(**options):
        return task.run(validate(task, {**login, **options}), False, opened=lambda: client)

    assert run(name="Helpers", description="x", access={"DNSZone": {"access_list": "allow"}})["changed"]
    assert run(name="Late", users=["deputy"])["changed"]
    assert "the account that the task works with" in run(name="Late", state="absent")["msg"]


def test_nothing_of_this_is_lost_by_pruning(deputy):
    login = deputy.login(deputy.backend.delegated)
    wish = {"prune": True, "prune_scope": "all", "prune_limit": "9"}
    result = deputy.ok("micetro_user", login=login, users=[{"name": "zoe"}], **wish)
    assert [item["name"] for item in result["users"]] == ["viewer"]
    assert deputy.ok("micetro_group", login=login, groups=[{"name": "x"}], **wish)["summary"]["deleted"] == 0
    assert deputy.ok("micetro_role", login=login, roles=[{"name": "x"}], **wish)["summary"]["deleted"] == 0


# What the acting account must not get: a denial beats every permission


DENY = {"Suite": {"access_adminUser": "deny"}}


@pytest.fixture
def denier(micetro):
    micetro.backend.seed(
        roles=[{"name": "Denier", "access": {"Suite": {"access_adminUser": "Deny"}}}, "Editors"],
        groups=[{"name": "barred", "roles": ["Denier"]}, {"name": "crew", "members": ["deputy"]}, "others"],
        users=["zoe"],
    )
    return micetro


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "Deputy", "roles": ["denier"]}),
        ("micetro_user", {"name": "deputy", "groups": ["Barred"]}),
        ("micetro_group", {"name": "barred", "members": ["Deputy"]}),
        ("micetro_group", {"name": "crew", "roles": ["Denier"]}),
        ("micetro_group", {"name": "all users", "roles": ["Denier"]}),
        ("micetro_group", {"name": "new", "members": ["deputy"], "roles": ["Denier"]}),
        ("micetro_role", {"name": "Denier", "users": ["Deputy"]}),
        ("micetro_role", {"name": "Denier", "groups": ["crew"]}),
        ("micetro_role", {"name": "Denier", "groups": ["all users"]}),
        ("micetro_role", {"name": "new", "users": ["deputy"], "access": DENY}),
        ("micetro_role", {"name": "Editors", "groups": ["crew"], "access": DENY}),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_the_acting_account_gets_no_role_that_denies(denier, module, options, check):
    message = denier.bad(module, check=check, login=denier.login(denier.backend.delegated), **options)
    assert "denies something" in message and "the account that the task works with" in message
    assert denier.wrote() == []


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("micetro_user", {"name": "zoe", "roles": ["Denier"], "groups": ["barred"]}),
        ("micetro_user", {"name": "deputy", "roles": ["Editors"], "groups": ["others"]}),
        ("micetro_group", {"name": "barred", "members": ["zoe"]}),
        ("micetro_group", {"name": "others", "roles": ["Denier"]}),
        ("micetro_group", {"name": "crew", "roles": ["Editors"]}),
        ("micetro_role", {"name": "Denier", "users": ["zoe"], "groups": ["others"]}),
        ("micetro_role", {"name": "Denier", "access": {"Suite": {"access_adminUser": "unset"}}, "users": ["deputy"]}),
        ("micetro_role", {"name": "new", "users": ["zoe"], "access": DENY}),
    ],
)
def test_others_may_get_it_and_the_acting_account_other_roles(denier, module, options):
    assert denier.ok(module, login=denier.login(denier.backend.delegated), **options)["changed"]


def test_the_administrator_has_every_right_all_the_same(denier):
    assert denier.ok("micetro_role", name="Denier", groups=["All users"])["changed"]
    assert denier.ok("micetro_group", name="All users", roles=["Denier", "Editors"])["changed"]


def test_roles_are_read_only_where_the_acting_account_is_concerned(denier):
    login = denier.login(denier.backend.delegated)
    denier.ok("micetro_user", login=login, name="zoe", roles=["Denier"], groups=["barred"])
    denier.ok("micetro_group", login=login, name="others", roles=["Denier"], members=["zoe"])
    assert not [line for line in denier.read() if line.startswith("GET roles/")]
    denier.ok("micetro_group", login=login, name="crew", roles=["Editors"])
    assert [line for line in denier.read() if line.startswith("GET roles/")] == ["GET roles/11"]


# What is built in


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("micetro_group", {"name": "All users", "state": "absent"}, "the group All users is built in and cannot be deleted"),
        ("micetro_group", {"name": "All users", "description": "x"}, "the group All users is built in: its description cannot be changed"),
        ("micetro_group", {"name": "Everybody", "rename_from": "All users"}, "the group All users is built in: its name cannot be changed"),
        ("micetro_group", {"name": "All users", "members": [], "members_mode": "set"}, "nobody leaves it"),
        ("micetro_role", {"name": USER_ADMINS, "state": "absent"}, "is built in and cannot be deleted"),
        ("micetro_role", {"name": USER_ADMINS, "description": "x"}, "is built in: its description cannot be changed"),
        ("micetro_role", {"name": "Theirs", "rename_from": USER_ADMINS}, "is built in: its name cannot be changed"),
        ("micetro_role", {"name": USER_ADMINS, "access": {"DNSZone": {"access_list": "allow"}}}, "its access cannot be changed"),
    ],
)
def test_what_is_built_in_is_left_alone(micetro, module, options, words):
    message = micetro.bad(module, **options)
    assert words in message and micetro.wrote() == []


def test_who_has_a_built_in_role_may_change(micetro):
    micetro.backend.seed(users=["zoe"], groups=["it"])
    wish = {"name": SUPER, "users": ["zoe"], "groups": ["it"]}
    assert micetro.ok("micetro_role", **wish)["changed"]
    micetro.quiet("micetro_role", **wish)
    assert micetro.ok("micetro_role", **wish, users_mode="remove", groups_mode="remove")["changed"]
    assert micetro.shown("micetro_role_info", SUPER)["users"] == ["administrator"]
