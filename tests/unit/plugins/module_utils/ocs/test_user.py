# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts: bad input, creation and its accidents, memberships, ids that the server misunderstands, and what it costs."""

from __future__ import annotations

import pytest

ZOE = {"userid": "zoe", "email": "zoe@example.org"}


# Bad input: one sentence, and not a single request


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"users": [ZOE, {"userid": "bob"}, {"userid": "ZOE"}]}, "users[0] (zoe) and users[2] (ZOE) are the same user"),
        ({"userid": ""}, "must not be empty"),
        ({"users": [{"userid": " "}]}, "users[0]"),
        ({"users": [{"userid": "a/b"}]}, "users[0] (a/b): userid 'a/b': it may hold"),
        ({**ZOE, "groups": ["x" * 65]}, "longer than 64 characters"),
        ({**ZOE, "groups": [" staff"]}, "spaces around it"),
        ({**ZOE, "subadmin_groups": ["admin"]}, "nobody can be sub-admin of the group admin"),
        ({**ZOE, "quota": "1 GiB"}, "quota '1 GiB': it must be none, default"),
        ({**ZOE, "quota": "Default"}, "would misread it"),
        ({**ZOE, "quota": "1 Go"}, "would misread it"),
        ({**ZOE, "quota": ""}, "quota '': it cannot be empty"),
        ({**ZOE, "email": "zoe@localhost"}, "is not an e-mail address"),
        ({**ZOE, "language": ""}, "cannot be empty"),
        ({**ZOE, "display_name": "  "}, "the server would ignore it"),
        ({**ZOE, "phone": "01 99 00 12 34"}, "international form"),
        ({**ZOE, "additional_emails": ["a@example.org"], "notify_email": "b@example.org"}, "notify_email must be one of additional_emails"),
        ({**ZOE, "additional_emails": [], "notify_email": "b@example.org"}, "notify_email must be one of additional_emails"),
        (
            {**ZOE, "additional_emails": ["b@example.org"], "additional_emails_mode": "remove", "notify_email": "b@example.org"},
            "notify_email must be one of additional_emails",
        ),
        ({"users": [ZOE], "quota": "1 GB"}, "quota must stand in each entry of users, not beside the list"),
        ({"users": [ZOE], "prune": True}, "prune needs prune_scope"),
        ({"users": [ZOE], "prune": True, "prune_scope": "all"}, "prune needs prune_limit"),
        ({"users": [ZOE], "prune": True, "prune_scope": "all", "prune_limit": "few"}, "prune needs prune_limit"),
        (
            {"users": [ZOE], "prune": True, "prune_scope": {"org": "x"}, "prune_limit": "1"},
            "prune_scope is the word all, or a map with group",
        ),
        ({"users": [], "prune": True, "prune_scope": "all", "prune_limit": "1"}, "empty list of users"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(nc, options, words):
    message = nc.bad("ocs_user", **options)
    assert words in message
    assert len(nc.backend.log) == 0
    assert ". " not in message and "Nextcloud" not in message.split(":")[0]


def test_a_secret_that_cannot_be_is_not_shown(nc):
    message = nc.bad("ocs_user", **ZOE, password="secret " * 100)
    assert "469 bytes" in message and "secret" not in message


def test_many_faults_are_told_together(nc):
    message = nc.bad("ocs_user", users=[{"userid": f"u{n}", "quota": "1 GiB"} for n in range(8)])
    assert message.count("would misread it") == 5 and message.endswith("(and 3 more)")


# Creation


def test_everything_possible_goes_into_the_creation(nc):
    nc.ok(
        "ocs_user",
        userid="zoe",
        display_name="Zoe",
        email="zoe@example.org",
        password="long enough a password",
        groups=["staff", "it"],
        subadmin_groups=["school"],
        quota="5 GB",
        language="fr",
        manager="boss",
    )
    assert nc.wrote() == ["POST users"]
    (post,) = nc.backend.writes()
    assert post.body == {
        "userid": "zoe",
        "displayName": "Zoe",
        "email": "zoe@example.org",
        "password": "long enough a password",
        "groups": ["staff", "it"],
        "subadmin": ["school"],
        "quota": "5 GB",
        "language": "fr",
        "manager": "boss",
    }
    assert nc.account("zoe").displayname == "Zoe"


def test_invitation_by_mail(nc):
    nc.ok("ocs_user", **ZOE)
    assert [(mail["kind"], mail["to"], mail["password_link"]) for mail in nc.backend.mails] == [("welcome", "zoe@example.org", True)]
    nc.quiet("ocs_user", **ZOE)
    assert len(nc.backend.mails) == 1


@pytest.mark.parametrize("nothing", [{}, {"password": ""}, {"email": ""}, {"password": "", "email": ""}])
def test_new_account_needs_password_or_address(nc, nothing):
    for check in (True, False):
        message = nc.bad("ocs_user", check=check, userid="zoe", **nothing)
        assert message == ("zoe: no account is called zoe; to create it, a password is needed, or an email to which its invitation is sent")
    assert nc.wrote() == []


def test_unknown_group_is_refused_before_the_write(nc):
    for check in (True, False):
        message = nc.bad("ocs_user", check=check, **ZOE, groups=["staff", "nope"], subadmin_groups=["neither"])
        assert message.startswith("zoe: the groups neither, nope do not exist")
        assert nc.wrote() == []
    assert "the group Staff does not exist" in nc.bad("ocs_user", **ZOE, groups=["Staff"])  # case matters
    nc.ok("ocs_user", **ZOE, groups=["nope"], groups_mode="remove")


@pytest.mark.parametrize("value", [{"language": "xx"}, {"quota": "5 GB"}])
def test_refused_after_the_account_was_made(nc, value):
    """Quota and language are refused when the account exists already: it is completed, and the refusal is reported."""
    nc.backend.seed(config={"files": {"max_quota": "1"}})
    result = nc("ocs_user", userid="zoe", email="zoe@example.org", groups=["staff"], manager="boss", role="Clerk", **value)
    assert result["failed"] and result["changed"] is True
    (name,) = value
    assert name in result["msg"] and result["users"][0]["code"] == 101
    account = nc.account("zoe")
    assert (account.email, account.manager, account.properties["role"]) == ("zoe@example.org", "boss", "Clerk")
    assert list(account.groups) == ["staff"]


def test_locked_database_leaves_half_an_account(nc):
    nc.backend.fault("bad_request", method="POST", path="/users$")
    result = nc.ok("ocs_user", **ZOE, groups=["staff"], quota="5 GB", display_name="Zoe", role="Clerk")
    assert result["changed"] and result["users"][0]["action"] == "create"
    assert any("it was created although the server answered: Bad request" in warning for warning in result["warnings"])
    account = nc.account("zoe")
    assert (account.email, account.quota, account.displayname, list(account.groups)) == ("zoe@example.org", "5 GB", "Zoe", ["staff"])
    nc.quiet("ocs_user", **ZOE, groups=["staff"], quota="5 GB", display_name="Zoe", role="Clerk")


def test_locked_database_at_an_edit(nc):
    nc.backend.seed(users=[{"id": "zoe"}])
    nc.backend.fault("locked", method="PUT", path="/users/zoe$")
    nc.ok("ocs_user", userid="zoe", role="Clerk", address="Here")
    assert nc.account("zoe").properties["role"] == "Clerk"


def test_lost_race(nc):
    """Somebody else made the account in between: 102, and it is brought to the wanted state."""
    nc.backend.fault("refusal", method="POST", path="/users$", code=102, message="User already exists", effect=True)
    nc.ok("ocs_user", **ZOE, role="Clerk", groups=["staff"])
    assert nc.account("zoe").properties["role"] == "Clerk"
    nc.quiet("ocs_user", **ZOE, role="Clerk", groups=["staff"])


def test_lost_race_leaves_the_password_of_the_other(nc):
    nc.backend.fault("refusal", method="POST", path="/users$", code=102, message="User already exists", effect=True)
    result = nc.ok("ocs_user", userid="zoe", email="zoe@example.org", password="long enough a password", role="Clerk")
    assert any("somebody else created it meanwhile, so its password was left alone" in warning for warning in result["warnings"])
    assert [entry.body["key"] for entry in nc.backend.log if entry.method == "PUT"] == ["role"]


def test_creation_that_fails_altogether(nc):
    nc.backend.fault("refusal", method="POST", path="/users$", code=111, message="User creation failed")
    result = nc("ocs_user", **ZOE)
    assert result["failed"] and result["changed"] is False
    assert result["msg"] == "zoe: User creation failed (OCS 111)"


@pytest.mark.parametrize("kind", ["lost", "truncate", "empty", "html", "locked"])
def test_unusable_answer_to_a_creation(nc, kind):
    """Whether or not the account was made: it is there once, and the report says that it was created."""
    more = {"status": 502} if kind == "html" else {}
    for effect in (True, False):
        nc.start({"groups": ["staff"]})
        nc.backend.fault(kind, method="POST", path="/users$", effect=effect, **more)
        result = nc.ok("ocs_user", **ZOE, groups=["staff"], role="Clerk")
        assert result["changed"] and result["summary"]["created"] == 1
        assert nc.account("zoe").properties["role"] == "Clerk"
        assert len([mail for mail in nc.backend.mails if mail["kind"] == "welcome"]) == 1


def test_lost_answers_of_every_kind_of_write(nc):
    nc.backend.seed(users=[{"id": "zoe", "groups": ["staff"], "subadmin": ["school"]}])
    wish = {"userid": "zoe", "groups": ["it"], "groups_mode": "set", "subadmin_groups": [], "subadmin_groups_mode": "set", "enabled": False}
    for method, path in (("POST", "/zoe/groups"), ("DELETE", "/zoe/groups"), ("DELETE", "/zoe/subadmins"), ("PUT", "/zoe/disable")):
        nc.backend.fault("lost", method=method, path=path)
    nc.ok("ocs_user", **wish)
    nc.quiet("ocs_user", **wish)
    nc.backend.fault("lost", method="DELETE", path="/users/zoe$")
    assert nc.ok("ocs_user", userid="zoe", state="absent")["summary"]["deleted"] == 1
    nc.quiet("ocs_user", userid="zoe", state="absent")


def test_deletion_that_is_not_done(nc):
    nc.backend.seed(users=[{"id": "zoe"}])
    nc.backend.fault("drop", method="DELETE", path="/users/zoe$", fields=["account"], times=None)
    result = nc("ocs_user", userid="zoe", state="absent")
    assert result["failed"] and result["changed"] is False
    assert "the server accepted the deletion, and the object is still there" in result["msg"]


def test_somebody_else_deletes_in_between(nc):
    nc.backend.seed(users=[{"id": "zoe"}])
    nc.backend.fault("refusal", method="DELETE", path="/users/zoe$", code=101, effect=True)
    nc.ok("ocs_user", userid="zoe", state="absent")
    nc.backend.seed(users=[{"id": "zoe"}])
    nc.backend.fault("refusal", method="DELETE", path="/users/zoe$", code=998, effect=True)
    nc.ok("ocs_user", userid="zoe", state="absent")


def test_maintenance_in_the_middle(nc):
    """What was done is kept in the report, what was not is named."""
    nc.backend.fault("maintenance", method="POST", path="/users$", skip=1, times=None)
    result = nc("ocs_user", users=[{"userid": f"u{n}", "email": f"u{n}@example.org"} for n in range(4)], return_all=True)
    assert result["failed"] and result["changed"]
    assert [item["changed"] for item in result["users"]] == [True, False, False, False]
    assert "Service unavailable" in result["users"][1]["msg"]
    assert all("not attempted" in item["msg"] for item in result["users"][2:])


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html", "status": 404},
        {"kind": "html", "status": 502},
        {"kind": "html", "status": 503},
        {"kind": "truncate"},
        {"kind": "empty"},
        {"kind": "throttle"},
        {"kind": "lost"},
        {"kind": "locked"},
        {"kind": "redirect"},
        {"kind": "status", "status": 412, "body": "{}", "content_type": "application/json"},
    ],
    ids=lambda fault: f"{fault['kind']} {fault.get('status', '')}".strip(),
)
def test_bad_reply_in_the_middle_loses_nothing(nc, fault):
    """The answers about one account stay unusable: the others are done, the report is whole, and it tells what is known."""
    nc.backend.seed(users=[{"id": f"u{n}"} for n in range(3)])
    nc.backend.fault(method="PUT", path="/users/u1$", times=None, effect=False, **fault)
    result = nc("ocs_user", users=[{"userid": f"u{n}", "role": "Clerk", "address": "Here"} for n in range(3)], max_wait=0)
    assert result["failed"] and result["changed"]
    assert [(item["name"], item["failed"], item["changed"]) for item in result["users"]] == [
        ("u0", False, True),
        ("u1", True, False),
        ("u2", fault["kind"] == "throttle", fault["kind"] != "throttle"),
    ]
    assert result["users"][1]["msg"] and nc.account("u0").properties["address"] == "Here"
    nc.backend.faults.clear()
    nc.ok("ocs_user", users=[{"userid": f"u{n}", "role": "Clerk", "address": "Here"} for n in range(3)])


def test_on_error_stop(nc):
    nc.backend.fault("refusal", method="POST", path="/users$", code=111)
    result = nc(
        "ocs_user", users=[{"userid": "ann", "email": "a@example.org"}, {"userid": "bob", "email": "b@example.org"}], on_error="stop"
    )
    assert result["failed"] and nc.account("bob") is None
    assert "not attempted" in result["users"][1]["msg"]


# Dropped values


def test_forced_language_is_not_believed(nc):
    nc.backend.seed(users=[{"id": "zoe", "language": "en"}])
    nc.backend.knobs.force_language = "de"
    result = nc("ocs_user", userid="zoe", language="fr")
    assert result["failed"] and result["users"][0]["dropped"] == ["language"]
    assert result["msg"] == "zoe: the server accepted language and did not store it as asked"


@pytest.mark.parametrize("lost", ["email", "displayName", "groups", "quota"])
def test_creation_that_drops_a_value_is_completed(nc, lost):
    nc.backend.fault("drop", method="POST", path="/users$", fields=[lost])
    result = nc("ocs_user", **ZOE, password="long enough a password", display_name="Zoe", groups=["staff"], quota="5 GB")
    account = nc.account("zoe")
    if not result.get("failed"):
        assert (account.email, account.displayname, list(account.groups), account.quota) == ("zoe@example.org", "Zoe", ["staff"], "5 GB")
    else:
        assert result["users"][0]["dropped"]


# Only what is given, and nothing besides


def test_present_never_enables(nc):
    nc.backend.seed(users=[{"id": "zoe", "enabled": False}])
    nc.quiet("ocs_user", userid="zoe", state="present")
    nc.ok("ocs_user", userid="zoe", role="Clerk")
    assert nc.account("zoe").enabled is False
    nc.ok("ocs_user", userid="zoe", enabled=True)
    assert nc.account("zoe").enabled is True


@pytest.mark.parametrize(
    ("mode", "wanted", "after"),
    [("add", ["it"], ["it", "staff"]), ("set", ["it"], ["it"]), ("remove", ["staff", "it"], []), ("set", [], []), ("add", [], ["staff"])],
)
def test_groups_modes(nc, mode, wanted, after):
    nc.backend.seed(users=[{"id": "zoe", "groups": ["staff"]}])
    nc.ok("ocs_user", userid="zoe", groups=wanted, groups_mode=mode)
    assert sorted(nc.account("zoe").groups) == after
    nc.quiet("ocs_user", userid="zoe", groups=wanted, groups_mode=mode)


def test_mode_beside_a_list_is_the_default_of_its_entries(nc):
    nc.backend.seed(users=[{"id": "zoe", "groups": ["staff"]}, {"id": "bob", "groups": ["staff"]}])
    nc.ok(
        "ocs_user",
        users=[{"userid": "zoe", "groups": ["it"]}, {"userid": "bob", "groups": ["it"], "groups_mode": "add"}],
        groups_mode="set",
    )
    assert (sorted(nc.account("zoe").groups), sorted(nc.account("bob").groups)) == (["it"], ["it", "staff"])


def test_additional_addresses_and_notifications(nc):
    nc.backend.seed(users=[{"id": "zoe", "additional_mail": {"a@example.org": True}, "notify_email": "a@example.org"}])
    nc.ok("ocs_user", userid="zoe", additional_emails=["B@example.org"], notify_email="b@example.org")
    assert nc.account("zoe").additional_mail == {"b@example.org": True}
    assert nc.account("zoe").notify_email == "b@example.org"
    nc.quiet("ocs_user", userid="zoe", additional_emails=["b@example.org"], notify_email="b@example.org")
    nc.ok("ocs_user", userid="zoe", notify_email="")
    assert nc.account("zoe").notify_email is None
    nc.ok("ocs_user", userid="zoe", additional_emails=["c@example.org"], additional_emails_mode="add", notify_email="b@example.org")
    assert sorted(nc.account("zoe").additional_mail) == ["b@example.org", "c@example.org"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"additional_emails": ["Zoe@example.org"]}, "additional_emails must not hold the main address zoe@example.org"),
        ({"email": "new@example.org", "additional_emails": ["new@example.org"]}, "must not hold the main address new@example.org"),
        ({"notify_email": "zoe@example.org"}, "empty for the main address"),
        ({"notify_email": "other@example.org"}, "none of its additional_emails"),
    ],
)
def test_main_address_is_no_additional_one(nc, options, words):
    """The server refuses it without a word, or makes it an additional one."""
    nc.backend.seed(users=[{"id": "zoe", "email": "zoe@example.org"}])
    for check in (True, False):
        assert words in nc.bad("ocs_user", check=check, userid="zoe", **options)
        assert nc.wrote() == []


@pytest.mark.parametrize("stored", ["1", "true", "yes", "0", "false", ""])
def test_profile_enabled_by_any_word(nc, stored):
    nc.backend.seed(users=[{"id": "zoe", "profile_enabled": stored}])
    on = stored in ("1", "true", "yes")
    nc.quiet("ocs_user", userid="zoe", profile_enabled=on)
    nc.ok("ocs_user", userid="zoe", profile_enabled=not on)
    assert nc.account("zoe").properties["profile_enabled"] == ("0" if on else "1")


def test_quota_words_and_the_default(nc):
    nc.backend.seed(users=[{"id": "zoe", "quota": "5 GB"}, {"id": "bob", "quota": "default"}], config={"files": {"default_quota": "5 GB"}})
    nc.quiet("ocs_user", users=[{"userid": "zoe", "quota": "default"}, {"userid": "bob", "quota": "5120 MB"}])
    nc.ok("ocs_user", userid="zoe", quota="1.26 GB")
    assert nc.account("zoe").quota == "1.3 GB"
    nc.quiet("ocs_user", userid="zoe", quota="1.3 GB")
    nc.ok("ocs_user", userid="zoe", quota="default")
    assert nc.account("zoe").quota == "default"
    nc.backend.seed(remove_config={"files": ["default_quota"]})
    nc.quiet("ocs_user", userid="bob", quota="none")
    nc.backend.seed(config={"files": {"allow_unlimited_quota": "0"}})
    nc.quiet("ocs_user", userid="bob", quota="1 GB")


# Ids


@pytest.mark.parametrize("userid", ["details", "disabled", "recent", "0", "12345", "007", "It's me @home", "zoe@example.com", "a.b-c_d"])
def test_awkward_ids(nc, userid):
    wish = {"userid": userid, "email": "somebody@example.org", "groups": ["staff"], "role": "Clerk", "enabled": False}
    nc.ok("ocs_user", **wish)
    nc.quiet("ocs_user", **wish)
    nc.quiet("ocs_user", userid=userid.upper(), role="Clerk")
    others = [{"userid": f"nobody{n}", "state": "absent"} for n in range(25)]
    nc.quiet("ocs_user", users=[wish, *others])  # by listing
    nc.ok("ocs_user", userid=userid, role="", groups=[], groups_mode="set", enabled=True)
    assert [user["userid"] for user in nc.ok("ocs_user_info", userid=userid)["users"]] == [userid]
    nc.ok("ocs_user", userid=userid, state="absent")
    assert nc.account(userid) is None


@pytest.mark.parametrize("many", [False, True])
def test_an_address_never_reaches_its_owner(nc, many):
    """The server takes an unknown id for an e-mail address, and would change or delete the account that owns it."""
    nc.backend.seed(users=[{"id": "owner", "email": "owner@example.org", "role": "Owner", "groups": ["staff"]}])
    before = nc.stored()
    others = [{"userid": f"nobody{n}", "state": "absent"} for n in range(25)] if many else []

    def run(check=False, **options):
        return nc("ocs_user", check=check, users=[{"userid": "owner@example.org", **options}, *others], return_all=True)

    for options in ({"role": "Thief"}, {"email": "owner@example.org"}, {"enabled": False}, {"groups": ["it"]}):
        assert run(**options)["failed"]
        assert nc.stored() == before
    result = run(email="new@example.org")
    assert result["failed"] and "owner" in result["users"][0]["msg"]
    assert not run(state="absent").get("failed")
    assert nc.stored() == before
    assert nc.ok("ocs_user_info", userid="owner@example.org")["users"] == []
    assert "no account is called" in nc.bad("ocs_group", groupid="it", members=["owner@example.org"])
    assert nc.bad("ocs_user_action", userid="owner@example.org", action="wipe") == "owner@example.org: no account is called so"
    assert nc.stored() == before


def test_servers_without_the_fallback(nc):
    nc.backend.knobs.email_fallback = False
    nc.backend.seed(users=[{"id": "owner", "email": "owner@example.org"}])
    nc.ok("ocs_user", userid="owner@example.org", email="other@example.org")
    assert nc.account("owner@example.org").email == "other@example.org"


@pytest.mark.parametrize("options", [{"enabled": False}, {"state": "absent"}, {"groups": [], "groups_mode": "set"}])
def test_own_account_is_safe(nc, options):
    for check in (True, False):
        assert "this is the account that the task works with" in nc.bad("ocs_user", check=check, userid="Admin", **options)
    assert nc.wrote() == []


# Requests


@pytest.fixture
def thousand(nc):
    """A server of exactly a thousand accounts, and the options that describe nearly all of them."""
    people = [
        {"id": f"person{n:04}", "email": f"person{n}@example.org", "displayname": f"Person {n}", "groups": ["staff"]} for n in range(999)
    ]
    nc.backend.seed(remove_users=["delegate"], users=people)
    return [{"userid": person["id"], "email": person["email"], "display_name": person["displayname"]} for person in people]


@pytest.mark.parametrize(
    ("more", "extra"), [({}, 0), ({"groups": ["staff"]}, 1), ({"quota": "default"}, 2), ({"groups": ["staff"], "quota": "default"}, 3)]
)
def test_thousand_unchanged(nc, thousand, more, extra):
    """⌈T/page⌉ pages, the empty one, the own account, and what a given option needs besides."""
    result = nc.quiet("ocs_user", users=[{**person, **more} for person in thousand])
    assert len(nc.backend.store.accounts) == 1000
    assert len(nc.backend.log) == 2 + 2 + extra
    assert result["requests"] == {"reads": 4 + extra, "writes": 0}
    assert result["summary"]["unchanged"] == 999 and result["users"] == []


def test_single_account_costs_two_requests(nc):
    nc.backend.seed(users=[{"id": "zoe"}])
    nc.quiet("ocs_user", userid="zoe", role="")
    assert len(nc.backend.log) == 2


def test_workers_write_each_object_once(nc):
    nc.backend.knobs.latency = 0.002
    nc.ok("ocs_user", users=[{"userid": f"u{n}", "email": f"u{n}@example.org", "groups": ["staff"]} for n in range(40)], workers=8)
    assert sorted(entry.body["userid"] for entry in nc.backend.writes()) == sorted(f"u{n}" for n in range(40))


# Prune


@pytest.fixture
def school(nc):
    nc.backend.seed(users=[{"id": f"pupil{n}", "groups": ["school"]} for n in range(10)])
    nc.backend.seed(
        users=[{"id": "svc-school", "groups": ["school"]}, {"id": "chief", "groups": ["school", "admin"]}, {"id": "else", "groups": ["it"]}]
    )
    nc.backend.seed(users=[{"id": "admin", "groups": ["admin", "school"]}])
    return nc


def prune(nc, **options):
    given = {
        "users": [{"userid": f"pupil{n}"} for n in range(7)],
        "prune": True,
        "prune_scope": {"group": "school"},
        "keep": ["SVC-*", "chief"],
    }
    return nc("ocs_user", **{**given, **options})


def test_prune_deletes_what_is_not_listed(school):
    predicted = prune(school, prune_limit="3", check=True)
    assert school.wrote() == []
    result = prune(school, prune_limit="3")
    assert [item["name"] for item in result["users"]] == ["pupil7", "pupil8", "pupil9"]
    assert {**predicted, "requests": 0} == {**result, "requests": 0}
    assert set(school.backend.store.accounts) >= {"svc-school", "chief", "else", "admin", "pupil0"}
    assert prune(school, prune_limit="3")["changed"] is False


@pytest.mark.parametrize(("limit", "enough"), [("2", False), ("3", True), ("20%", False), ("24 %", True), ("100%", True), ("0", False)])
def test_prune_limit(school, limit, enough):
    """As a number, or as a share of the thirteen of the scope, rounded down."""
    result = prune(school, prune_limit=limit, users=[{"userid": f"pupil{n}", "role": "Pupil"} for n in range(7)])
    assert bool(result.get("failed")) is not enough
    if not enough:
        assert "prune would delete 3 of 13 users (pupil7, pupil8, pupil9)" in result["msg"]
        assert school.wrote() == []


def test_nothing_is_pruned_while_an_entry_fails(school):
    """A misspelt login is no reason to delete the person whose it is."""
    users = [{"userid": f"pupil{n}"} for n in range(9)] + [{"userid": "pupill9"}]
    for check in (True, False):
        result = prune(school, prune_limit="3", users=users, check=check)
        assert result["failed"] and result["changed"] is False and result["summary"]["deleted"] == 0
        assert [item["name"] for item in result["users"] if "nothing is pruned" in item["msg"]] == ["pupil9"]
    assert school.wrote() == []


def test_nothing_is_pruned_after_a_write_failed(school):
    school.backend.fault("refusal", method="PUT", path="/users/pupil1$", code=101, message="Invalid value")
    result = prune(school, prune_limit="3", users=[{"userid": f"pupil{n}", "role": "Pupil"} for n in range(9)])
    assert result["failed"] and result["summary"]["updated"] == 8 and result["summary"]["deleted"] == 0
    assert school.account("pupil9")


def test_prune_everything_spares_the_acting_account(nc):
    nc.backend.seed(users=[{"id": "zoe"}, {"id": "bob"}])
    result = nc.ok("ocs_user", users=[{"userid": "ZOE"}], prune=True, prune_scope="all", prune_limit="2")
    assert sorted(item["name"] for item in result["users"]) == ["bob", "delegate"]
    assert sorted(nc.backend.store.accounts) == ["admin", "zoe"]


@pytest.mark.parametrize("group", ["", None, " ", "0"])
def test_prune_of_a_group_without_a_name(nc, group):
    """A variable that is not set must not widen the scope."""
    message = nc.bad(
        "ocs_user", users=[{"userid": "zoe", "email": "z@example.org"}], prune=True, prune_scope={"group": group}, prune_limit="9"
    )
    assert "prune_scope" in message and nc.wrote() == []


def test_prune_of_an_unknown_group(nc):
    message = nc.bad(
        "ocs_user", users=[{"userid": "zoe", "email": "z@example.org"}], prune=True, prune_scope={"group": "nope"}, prune_limit="1"
    )
    assert "nope" in message and nc.wrote() == []


# Reading


def test_info_filters(nc):
    nc.backend.seed(
        users=[
            {"id": "zoe", "groups": ["staff"], "enabled": False},
            {"id": "bob", "groups": ["staff", "R&D / 50%+1"], "email": "b@zoe.org"},
        ]
    )
    assert [user["userid"] for user in nc.ok("ocs_user_info", group="staff")["users"]] == ["bob", "zoe"]
    assert [user["userid"] for user in nc.ok("ocs_user_info", group="R&D / 50%+1")["users"]] == ["bob"]
    assert [user["userid"] for user in nc.ok("ocs_user_info", search="ZOE")["users"]] == ["bob", "zoe"]
    assert [user["userid"] for user in nc.ok("ocs_user_info", search="ZOE", enabled=False)["users"]] == ["zoe"]
    assert nc.ok("ocs_user_info", userid="nobody")["users"] == []
    result = nc.ok("ocs_user_info", userid="zoe", enabled=False)
    assert [entry["userid"] for entry in result["usage"]] == ["zoe"]
    assert "password" not in result["users"][0]


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("ocs_user_info", {"userid": "zoe", "group": "staff"}, "userid and group cannot be combined"),
        ("ocs_user_info", {"group": ""}, "group must not be empty"),
        ("ocs_user_info", {"search": ""}, "search must not be empty"),
        ("ocs_group_info", {"groupid": "it", "search": "i"}, "groupid and search cannot be combined"),
    ],
)
def test_info_is_asked_in_one_way(nc, module, options, words):
    """An empty name, of a variable that is not set, would mean everybody."""
    assert words in nc.bad(module, **options)
    assert len(nc.backend.log) == 0


def test_info_of_an_unknown_group(nc):
    assert nc.bad("ocs_user_info", group="nope") == "Nextcloud: the group nope does not exist"


def test_info_of_everybody_is_a_no_op(nc):
    nc.backend.seed_named("demo")
    people = nc.ok("ocs_user_info")["users"]
    assert len(people) == len(nc.backend.store.accounts)
    nc.quiet("ocs_user", users=people)
