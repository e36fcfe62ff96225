# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users: how they are found, what is written, and what is refused."""

from __future__ import annotations

import pytest

PASSWORD = "L0ng-enough-for-it"
ZOE = {"name": "zoe", "password": PASSWORD}
VIEWERS = "DNS Viewers (built-in)"


@pytest.fixture
def m(micetro):
    micetro.backend.seed(groups=["staff", "it", {"name": "Directory", "adIntegrated": True}], users=["coral"], roles=["Editors"])
    return micetro


# Creating


def test_creation_sends_what_it_takes_and_memberships_after_it(m):
    """The server ignores the memberships of a creation (chapter 6.2)."""
    m.ok("micetro_user", **ZOE, full_name="Zoe", groups=["staff"], roles=["Editors"])
    ref = m.backend.state()["tables"]["users"]["last"]
    assert m.wrote() == ["POST users", f"PUT groups/2/users/{ref}", f"PUT users/{ref}/roles/10"]
    created = m.backend.writes()[0].body["user"]
    assert created == {"name": "zoe", "password": PASSWORD, "fullName": "Zoe", "authenticationType": "Internal"}


def test_a_server_that_takes_memberships_at_once_is_not_asked_twice(m):
    m.backend.change_knobs({"inline_members": ["users"], "repeated_member_fails": True})
    m.ok("micetro_user", **ZOE, groups=["staff"])
    m.quiet("micetro_user", **ZOE, groups=["staff"])


def test_external_users_have_no_password(m):
    wish = {"name": "CORP\\zoe", "authentication_type": "AD", "external_id": "CN=Zoe,DC=example,DC=org", "groups": ["staff"]}
    m.ok("micetro_user", **wish)
    m.quiet("micetro_user", **wish)
    assert "password" not in m.backend.writes() and m.shown("micetro_user_info", "CORP\\zoe")["authentication_type"] == "AD"
    message = m.bad("micetro_user", **wish, password=PASSWORD)
    assert message == "CORP\\zoe: password: a user of authentication_type AD has it elsewhere" and len(m.backend.log) == 0


@pytest.mark.parametrize("check", [True, False])
def test_a_new_internal_user_needs_a_password(m, check):
    message = m.bad("micetro_user", name="zoe", full_name="Zoe", check=check)
    assert message == "zoe: no user is called zoe; to create it, a password is needed, or another authentication_type"
    assert m.wrote() == []


def test_a_weak_password_is_refused_in_the_words_of_the_server(m):
    assert m.bad("micetro_user", name="zoe", password="short") == "zoe: The password must have at least 12 characters (1052)"


# Finding


@pytest.mark.parametrize("name", ["42", "a/b", 'say "hi"/\\', "Jean-Noël & fils", "50%+1", "users/1", "zoe example"])
def test_names_that_are_no_plain_words(m, name):
    """An id, a path, a filter: a name is never taken for one of them."""
    m.backend.seed(users=[{"name": "other", "id": 42}])
    m.ok("micetro_user", name=name, password=PASSWORD, groups=["staff"])
    m.quiet("micetro_user", name=name, groups=["staff"])
    m.quiet("micetro_user", users=[{"name": name, "groups": ["staff"]}, *({"name": f"x{n}", "state": "absent"} for n in range(9))])
    m.ok("micetro_user", name=name, state="absent")
    assert "other" in {user["name"] for user in m.ok("micetro_user_info")["users"]}


@pytest.mark.parametrize("name", ["", " zoe", "zoe ", ".", "..", "a\nb", "a\tb"])
def test_names_that_cannot_be(m, name):
    assert "name" in m.bad("micetro_user", name=name) and len(m.backend.log) == 0


def test_letter_case_does_not_matter_and_is_no_change(m):
    m.ok("micetro_user", **ZOE)
    m.quiet("micetro_user", name="ZOE")
    assert "are the same user" in m.bad("micetro_user", users=[{"name": "zoe"}, {"name": "Zoe"}])


def test_another_answer_than_the_one_asked_for_is_refused(m):
    m.answer("/users/zoe", {"user": {"ref": "users/1", "name": "administrator"}})
    message = m.bad("micetro_user", name="zoe", state="absent")
    assert "the server answers with the user administrator when asked for zoe" in message and m.wrote() == []


# Changing


def test_only_what_differs_is_sent_in_one_call(m):
    m.ok("micetro_user", **ZOE, full_name="Zoe", description="Desk", email="zoe@example.org")
    m.ok("micetro_user", **ZOE, full_name="Zoe Fable", description="", email="zoe@example.org")
    (entry,) = m.backend.writes()
    assert entry.body["properties"] == {"fullName": "Zoe Fable", "description": ""}


def test_what_is_not_given_is_left_alone(m):
    m.ok("micetro_user", **ZOE, full_name="Zoe", groups=["staff"], roles=["Editors"])
    before = m.shown("micetro_user_info", "zoe")
    m.quiet("micetro_user", name="zoe")
    m.ok("micetro_user", name="zoe", email="zoe@example.org")
    assert m.shown("micetro_user_info", "zoe") == {**before, "email": "zoe@example.org"}


def test_what_an_answer_leaves_out_is_empty(m):
    m.ok("micetro_user", **ZOE)
    m.answer("/users/zoe", {"user": {"ref": "users/4", "name": "zoe", "fullName": None}})
    m.quiet("micetro_user", name="zoe", full_name="", email="", external_id="", groups=[], roles=[])


def test_members_given_by_reference_alone(m):
    """Only the reference of a member is certain in an answer (OpenAPI)."""
    m.ok("micetro_user", **ZOE, groups=["staff"], roles=["Editors"])
    m.answer("/users/zoe", {"user": {"ref": "users/5", "name": "zoe", "groups": [{"ref": "groups/1"}, {"ref": "groups/2"}], "roles": []}})
    m.quiet("micetro_user", name="zoe", groups=["staff"])


def test_passwords(m):
    m.ok("micetro_user", **ZOE)
    m.quiet("micetro_user", **ZOE)
    m.quiet("micetro_user", name="zoe", password="An0ther-one-for-zoe")
    result = m.quiet("micetro_user", name="zoe", password="An0ther-one-for-zoe", update_password="when_changed")
    assert result["warnings"] == ["user zoe: whether password is the wanted one cannot be told, so it was left alone"]
    assert "micetro" not in {entry.who for entry in m.backend.log} and m.logins() == 0
    result = m.ok("micetro_user", name="zoe", password="An0ther-one-for-zoe", update_password="always")
    assert result["users"][0]["fields"] == ["password"]
    assert m.ok("micetro_info", login={**m.connection(), "api_username": "zoe", "api_password": "An0ther-one-for-zoe"})["account"]


# Memberships


@pytest.mark.parametrize(
    ("mode", "after"), [("add", ["All users", "it", "staff"]), ("set", ["All users", "staff"]), ("remove", ["All users", "it"])]
)
def test_modes(m, mode, after):
    m.ok("micetro_user", **ZOE, groups=["it"] if mode != "remove" else ["it", "staff"], roles=["Editors", VIEWERS])
    m.ok("micetro_user", name="zoe", groups=["STAFF"], groups_mode=mode, roles=["editors"], roles_mode="remove")
    found = m.shown("micetro_user_info", "zoe")
    assert sorted(found["groups"]) == after and found["roles"] == [VIEWERS]
    m.quiet("micetro_user", name="zoe", groups=["STAFF"], groups_mode=mode, roles=["editors"], roles_mode="remove")


def test_who_joins_is_in_before_who_leaves_is_out(m):
    m.ok("micetro_user", **ZOE, groups=["it"])
    m.ok("micetro_user", name="zoe", groups=["staff"], groups_mode="set")
    assert [line.split()[0] for line in m.wrote()] == ["PUT", "DELETE"]


def test_nobody_leaves_all_users(m):
    m.ok("micetro_user", **ZOE)
    for mode, groups in (("set", []), ("remove", ["All users"]), ("add", ["all users"])):
        m.quiet("micetro_user", name="zoe", groups=groups, groups_mode=mode)


def test_groups_that_a_directory_fills_are_kept(m):
    m.backend.seed(users=[{"name": "zoe", "groups": ["Directory", "it"]}])
    m.ok("micetro_user", name="zoe", groups=["staff"], groups_mode="set")
    assert sorted(m.shown("micetro_user_info", "zoe")["groups"]) == ["All users", "Directory", "staff"]
    assert "external group" in m.bad("micetro_user", name="zoe", groups=["Directory"], groups_mode="remove")
    assert "external group" in m.bad("micetro_user", name="coral", groups=["Directory"])


def test_what_does_not_exist_is_named(m):
    message = m.bad("micetro_user", **ZOE, groups=["staff", "stuff"], roles=["Editor", VIEWERS])
    assert message == (
        "zoe: no group is called stuff: create it first, for example with micetro_group; "
        "no role is called Editor: create it first, for example with micetro_role"
    )
    assert m.wrote() == []
    m.ok("micetro_user", **ZOE)
    m.quiet("micetro_user", name="zoe", groups=["stuff"], groups_mode="remove")


def test_one_refusal_does_not_stop_the_others(m):
    m.ok("micetro_user", **ZOE)
    m.backend.fault("refusal", method="PUT", path="/groups/", code=1053, message="Not this one")
    result = m("micetro_user", name="zoe", full_name="Zoe", groups=["staff"], roles=["Editors"])
    assert result["failed"] and result["changed"]
    assert result["msg"] == "zoe: groups was refused: Not this one (1053)"
    found = m.shown("micetro_user_info", "zoe")
    assert found["full_name"] == "Zoe" and found["roles"] == ["Editors"] and found["groups"] == ["All users"]


def test_a_membership_that_was_lost_after_the_creation_is_reported_and_made_good(m):
    """Chapter 12.9: the user is there, the task fails, and the next run completes it."""
    m.backend.fault("refusal", method="PUT", path="/groups/", code=1, message="Not now")
    result = m("micetro_user", **ZOE, groups=["staff"])
    assert result["failed"] and result["changed"] and "groups was refused: Not now" in result["msg"]
    assert m.ok("micetro_user", **ZOE, groups=["staff"])["users"][0]["fields"] == ["groups"]


# Deleting


def test_deleting_who_is_gone_meanwhile(m):
    m.ok("micetro_user", **ZOE)
    m.backend.fault("refusal", method="DELETE", code=2049, message="Object not found", effect=True)
    assert m.ok("micetro_user", name="zoe", state="absent")["changed"]
    m.quiet("micetro_user", name="zoe", state="absent")


def test_prune_within_a_group(m):
    m.backend.seed(users=[{"name": name, "groups": ["it"]} for name in ("ann", "bob", "svc-x", "administrator", "deputy")])
    wish = {"users": [{"name": "ann", "groups": ["it"]}], "prune": True, "prune_scope": {"group": "IT"}, "keep": ["svc-*"]}
    assert "more than prune_limit" in m.bad("micetro_user", **wish, prune_limit="0")
    deputy = m.login(m.backend.delegated)
    result = m.ok("micetro_user", login=deputy, **wish, prune_limit="1")
    assert [(item["name"], item["action"]) for item in result["users"]] == [("bob", "delete")]
    assert {"ann", "svc-x", "administrator", "deputy", "coral"} <= {user["name"] for user in m.ok("micetro_user_info")["users"]}
    assert m.bad("micetro_user", **{**wish, "prune_scope": {"group": "nothing"}}, prune_limit="1") == "no group is called nothing"


# Reading


def test_users_of_a_group_or_role(m):
    m.ok("micetro_user", **ZOE, groups=["staff"], roles=["Editors"])
    for way in ({"group": "STAFF"}, {"role": "Editors"}, {"name": "Zoe"}):
        result = m.ok("micetro_user_info", **way)
        assert [user["name"] for user in result["users"]] == ["zoe"]
        assert result["details"][0]["ref"].startswith("users/")
    assert m.ok("micetro_user_info", name="nobody")["users"] == []
    assert m.bad("micetro_user_info", group="nothing") == "no group is called nothing"
    assert "cannot be combined" in m.bad("micetro_user_info", group="staff", role="Editors")
    assert m.bad("micetro_user_info", name=" ") == "name must not be empty"
