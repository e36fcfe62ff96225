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


def test_nothing_of_this_is_lost_by_pruning(deputy):
    login = deputy.login(deputy.backend.delegated)
    wish = {"prune": True, "prune_scope": "all", "prune_limit": "9"}
    result = deputy.ok("micetro_user", login=login, users=[{"name": "zoe"}], **wish)
    assert [item["name"] for item in result["users"]] == ["viewer"]
    assert deputy.ok("micetro_group", login=login, groups=[{"name": "x"}], **wish)["summary"]["deleted"] == 0
    assert deputy.ok("micetro_role", login=login, roles=[{"name": "x"}], **wish)["summary"]["deleted"] == 0


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
