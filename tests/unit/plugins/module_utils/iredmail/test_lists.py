# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Aliases, mailing lists and the lists of LDAP: members, the traps of an update, deletion."""

from __future__ import annotations

import pytest

NEWS = {"address": "news@example.org"}
TEAM = {"address": "team@example.org"}
ALL = {"address": "all@example.org"}


@pytest.fixture
def lists(mail):
    """A mailing list, an alias, and a few people."""
    mail.backend.seed(
        users=[{"mail": f"{name}@example.org"} for name in ("ann", "bob")],
        lists=[{"mail": "news@example.org", "name": "News", "access_policy": "domain"}],
        aliases=[{"mail": "team@example.org", "name": "Team", "members": ["ann@example.org", "bob@example.org"]}],
    )
    return mail


@pytest.fixture
def groups(ldap):
    """A list that nobody can subscribe to."""
    ldap.backend.seed(
        users=[{"mail": f"{name}@example.org"} for name in ("ann", "bob", "cid")],
        ldap_lists=[{"mail": "all@example.org", "members": ["ann@example.org"]}],
    )
    return ldap


def news(panel):
    return panel.backend.store.lists["news@example.org"]


# Aliases


def test_members_of_an_alias(lists):
    lists.ok("iredmail_alias", **TEAM, members=["x@example.net", "Ann@example.org"])
    assert lists.sent() == {"addMember": "x@example.net"}
    lists.ok("iredmail_alias", **TEAM, members=["ann@example.org"], members_mode="remove")
    assert lists.sent() == {"removeMember": "ann@example.org"}
    lists.ok("iredmail_alias", **TEAM, members=["ann@example.org"], members_mode="set")
    assert lists.sent() == {"members": "ann@example.org"}
    lists.ok("iredmail_alias", **TEAM, members=[], members_mode="set")
    assert lists.sent() == {"members": ""}


def test_a_new_alias_is_enabled_or_disabled_after_it_was_made(lists):
    lists.ok("iredmail_alias", address="new@example.org", name="New", members=["ann@example.org"], enabled=False)
    assert lists.wrote() == ["POST alias/new@example.org", "PUT alias/new@example.org"]
    assert lists.sent(0) == {"name": "New", "members": "ann@example.org"} and lists.sent() == {"accountStatus": "disabled"}


@pytest.mark.parametrize("check", [True, False])
def test_ldap_has_no_policy_of_an_alias(ldap, check):
    message = ldap.bad("iredmail_alias", check=check, **TEAM, access_policy="domain")
    assert "access_policy cannot be set: only the SQL edition" in message and ldap.backend.writes() == []


@pytest.mark.parametrize("member", ["root@localhost", "o'neil@example.net", "a+b@example.net"])
def test_members_of_the_server_are_accepted_as_they_are(lists, member):
    lists.backend.seed(
        aliases=[{"mail": "team@example.org", "members": [member, "ann@example.org"]}],
        users=[{"mail": "cid@example.org", "forwarding": [member, "cid@example.org"]}],
        lists=[{"mail": "news@example.org", "moderators": [member], "subscribers": {"normal": [member]}}],
    )
    for module, plural in (("iredmail_alias", "aliases"), ("iredmail_user", "users"), ("iredmail_mailing_list", "mailing_lists")):
        found = lists.ok(f"{module}_info", domain="example.org", full=True)[plural]
        assert member in str(found).replace('"', "'")
        lists.quiet(module, **{plural: found})
    lists.quiet("iredmail_mailing_list_subscribers", **NEWS, subscribers=[member], subscribers_mode="set")
    lists.ok("iredmail_alias", **TEAM, members=["x@example.net"])
    assert lists.sent() == {"addMember": "x@example.net"}


def test_the_old_spelling_of_a_policy(sql):
    sql.backend.seed(aliases=[{"mail": "team@example.org", "access_policy": "allowedonly"}])
    sql.quiet("iredmail_alias", **TEAM, access_policy="moderatorsonly")


def test_members_that_the_listing_lacks(lists):
    lists.backend.knobs.aliases_list_members = False
    wish = [{**TEAM, "members": ["ann@example.org"]}, *({"address": f"none{number}@example.org", "state": "absent"} for number in range(9))]
    assert lists.quiet("iredmail_alias", aliases=wish)["requests"]["reads"] == 3
    assert lists.read() == ["GET aliases/example.org", "GET alias/team@example.org"]


def test_renaming_an_alias(lists):
    wish = {"address": "crew@example.org", "rename_from": "team@example.org"}
    lists.ok("iredmail_alias", **wish)
    assert lists.wrote() == ["POST alias/team@example.org/change_email/crew@example.org"]
    lists.quiet("iredmail_alias", **wish)
    message = lists.bad("iredmail_alias", address="crew@example.net", rename_from="crew@example.org")
    assert "which is in another domain" in message and len(lists.backend.log) == 0


def test_the_alias_of_a_user_is_no_alias_account(lists):
    lists.backend.seed(users=[{"mail": "ann@example.org", "aliases": ["a@example.org"]}])
    lists.quiet("iredmail_alias", address="a@example.org", state="absent")
    assert "perhaps by an account of another kind" in lists.bad("iredmail_alias", address="a@example.org")


def test_pruning_aliases_and_lists(lists):
    prune = {"prune": True, "prune_scope": {"domain": "example.org"}, "prune_limit": "1"}
    lists.ok("iredmail_alias", aliases=[{"address": "new@example.org"}], **prune)
    assert lists.wrote() == ["POST alias/new@example.org", "DELETE alias/team@example.org"]
    lists.ok("iredmail_mailing_list", mailing_lists=[{"address": "other@example.org"}], keep_archive=False, **prune)
    assert lists.backend.store.archived_lists == [] and sorted(lists.backend.store.lists) == ["other@example.org"]


# Mailing lists


def test_an_update_repeats_what_it_would_blank(lists):
    """The server writes the display name whether it was sent or not."""
    lists.ok("iredmail_mailing_list", **NEWS, subject_prefix="[news]")
    assert lists.sent() == {"name": "News", "accessPolicy": "domain", "subject_prefix": "[news]"}
    assert news(lists).name == "News" and news(lists).access_policy == "domain"


@pytest.mark.parametrize("crowd", [0, 7])
def test_the_same_of_a_list_found_in_a_listing(lists, crowd):
    lists.backend.knobs.mls_shape = "names"
    beside = [{"address": f"none{number}@example.org", "state": "absent"} for number in range(crowd)]
    lists.ok("iredmail_mailing_list", mailing_lists=[{**NEWS, "subject_prefix": "[news]"}, *beside])
    assert news(lists).name == "News"


def test_the_policy_is_set_without_the_flags_that_move_it(lists):
    lists.ok("iredmail_mailing_list", **NEWS, access_policy="moderatorsonly")
    assert lists.sent() == {"name": "News", "accessPolicy": "moderatorsonly"}
    lists.quiet("iredmail_mailing_list", **NEWS, access_policy="moderatorsonly", only_moderator_can_post=False)


@pytest.mark.parametrize("flag, policy", [("only_moderator_can_post", "moderatorsonly"), ("only_subscriber_can_post", "membersonly")])
def test_a_flag_goes_with_its_policy(lists, flag, policy):
    news(lists).flags[flag] = False
    lists.ok("iredmail_mailing_list", **NEWS, **{flag: True})
    assert lists.sent() == {"name": "News", "accessPolicy": policy, flag: "yes"}
    lists.quiet("iredmail_mailing_list", **NEWS, **{flag: True}, access_policy=policy)
    lists.ok("iredmail_mailing_list", **NEWS, **{flag: False}, access_policy="public")
    assert [entry.body for entry in lists.backend.writes()] == [
        {"name": "News", "accessPolicy": "public", flag: "no"},
        {"name": "News", "accessPolicy": "public"},
    ]
    assert news(lists).access_policy == "public" and news(lists).flags[flag] is False


@pytest.mark.parametrize("readable", [True, False])
def test_what_was_written_before_a_refusal_is_told(lists, readable):
    """Switching a rule off takes two requests. What was written is told also where it cannot be read back."""
    news(lists).flags["only_moderator_can_post"] = True
    lists.backend.fault("refusal", method="PUT", skip=1, message="INVALID_DATA", times=None)
    if not readable:
        lists.backend.fault("html", method="GET", path="/ml/", skip=1, status=502, times=None)
    result = lists("iredmail_mailing_list", **NEWS, only_moderator_can_post=False, access_policy="public", moderated=False)
    assert result["failed"] and result["changed"] and news(lists).flags["only_moderator_can_post"] is False


def test_what_was_refused_at_once_is_no_change(lists):
    news(lists).flags["only_moderator_can_post"] = True
    lists.backend.fault("refusal", method="PUT", message="INVALID_DATA", times=None)
    result = lists("iredmail_mailing_list", **NEWS, only_moderator_can_post=False, access_policy="public")
    assert result["failed"] and not result["changed"]


@pytest.mark.parametrize(
    "wish, words",
    [
        (
            {"only_moderator_can_post": True, "access_policy": "public"},
            "only_moderator_can_post means access_policy moderatorsonly, and public was asked for",
        ),
        ({"only_moderator_can_post": True, "only_subscriber_can_post": True}, "cannot be combined"),
        ({"only_subscriber_can_post": False, "access_policy": "membersonly"}, "cannot be false while access_policy is membersonly"),
        (
            {"moderate_subscription": False, "subscription_moderators": ["ann@example.org"]},
            "cannot be given while moderate_subscription is false",
        ),
        ({"owners": []}, "owners []: it cannot be empty"),
        ({"custom_headers": ["no header"]}, "it must be the name of a header, a colon and its value"),
        ({"subject_prefix": "a\nb"}, "it must be one line"),
        ({"max_message_size": -1}, "it must be 0 or more"),
    ],
)
def test_rules_that_contradict_one_another(lists, wish, words):
    for address in ("news@example.org", "new@example.org"):
        for check in (True, False):
            assert words in lists.bad("iredmail_mailing_list", check=check, address=address, **wish)
            assert lists.backend.writes() == []


def test_a_new_list_says_nothing_that_is_so_anyway(lists):
    lists.ok(
        "iredmail_mailing_list",
        address="new@example.org",
        access_policy="public",
        only_subscriber_can_post=True,
        only_moderator_can_post=False,
    )
    assert [entry.body for entry in lists.backend.writes()] == [{"accessPolicy": "public"}]


def test_defaults_of_a_new_list_are_taken_away_in_the_same_run(lists):
    wish = {"address": "new@example.org", "moderators": [], "disable_retrieving_old_posts": False, "only_subscriber_can_post": False}
    lists.ok("iredmail_mailing_list", **wish)
    found = lists.backend.store.lists["new@example.org"]
    assert (found.moderators, found.flags["disable_retrieving_old_posts"], found.access_policy) == ([], False, "public")
    lists.quiet("iredmail_mailing_list", **wish)


def test_moderators_of_subscriptions(lists):
    lists.ok("iredmail_mailing_list", **NEWS, subscription_moderators=["ann@example.org"])
    assert news(lists).flags["moderate_subscription"] is True
    lists.ok("iredmail_mailing_list", **NEWS, subscription_moderators=[])
    assert news(lists).flags["moderate_subscription"] is True  # the owners decide now
    lists.ok("iredmail_mailing_list", **NEWS, moderate_subscription=False)
    lists.quiet("iredmail_mailing_list", **NEWS, moderate_subscription=False, subscription_moderators=[])
    news(lists).subscription_moderators = ["bob@example.org"]
    lists.ok("iredmail_mailing_list", **NEWS, subscription_moderators=[])
    assert lists.sent() == {"name": "News", "accessPolicy": "domain", "moderate_subscription": "no"}
    assert news(lists).subscription_moderators == [] and news(lists).flags["moderate_subscription"] is False


def test_headers_of_the_server_are_left_alone(lists):
    wish = {**NEWS, "custom_headers": ["X-List: news"], "remove_headers": ["X-Spam:"]}
    lists.ok("iredmail_mailing_list", **wish)
    assert lists.sent()["custom_headers"] == "X-List: news" and lists.sent()["remove_headers"] == "X-Spam"
    lists.quiet("iredmail_mailing_list", **wish)
    lists.ok("iredmail_mailing_list", **{**wish, "custom_headers": ["x-list: other", "X-Two: 2"]})
    assert lists.sent()["custom_headers"] == "x-list: other\nX-Two: 2"
    lists.ok("iredmail_mailing_list", **NEWS, custom_headers=[], remove_headers=[])
    assert lists.sent()["custom_headers"] == "" and lists.sent()["remove_headers"] == ""
    lists.quiet("iredmail_mailing_list", **NEWS, custom_headers=[], remove_headers=[])


def test_an_extra_address_that_is_taken_is_named(lists):
    assert "the server accepted extra_addresses and did not store it" in lists.bad(
        "iredmail_mailing_list", **NEWS, extra_addresses=["ann@example.org"]
    )


@pytest.mark.parametrize("keep, query", [(None, {}), (True, {"keep_archive": "yes"}), (False, {"keep_archive": "no"})])
def test_deletion_says_in_the_query_what_becomes_of_the_archive(lists, keep, query):
    lists.ok("iredmail_mailing_list", **NEWS, state="absent", keep_archive=keep)
    (entry,) = lists.backend.writes()
    assert (entry.method, entry.query, entry.body) == ("DELETE", query, None)
    assert lists.backend.store.archived_lists == ([] if keep is False else ["news@example.org"])


@pytest.mark.parametrize("daemon", ["wrong-token", "no-token", "refused-address", "down"])
def test_mlmmjadmin_that_is_not_set_up(lists, daemon):
    lists.backend.knobs.ml_daemon = daemon
    message = lists.bad("iredmail_mailing_list", **NEWS, name="x")
    assert ("mlmmjadmin, which the server needs for mailing lists" in message) == (daemon != "down") and lists.backend.writes() == []


def test_a_header_that_crashes_some_releases_is_named(lists):
    lists.backend.knobs.header_colon_crash = True
    message = lists.bad("iredmail_mailing_list", **NEWS, custom_headers=["X-Link: https://example.org"])
    assert "HTTP 500" in message
    assert news(lists).custom_headers == []


# Lists of LDAP


def test_only_ldap_has_lists_that_nobody_subscribes_to(sql):
    for style in ("404", "json"):
        sql.backend.knobs.maillist_on_sql = style
        message = sql.bad("iredmail_ldap_list", **ALL, members=["ann@example.org"])
        assert message == "iRedMail: only the LDAP edition of iRedMail has lists of this kind: use iredmail_mailing_list or iredmail_alias"
        assert len(sql.backend.log) == 1


def test_members_of_a_list(groups):
    groups.ok("iredmail_ldap_list", **ALL, members=["bob@example.org"])
    assert groups.sent() == {"addMember": "bob@example.org"}
    groups.ok("iredmail_ldap_list", **ALL, members=["cid@example.org"], members_mode="set")
    assert groups.sent() == {"members": "cid@example.org"}
    assert "the server accepted members and did not store it" in groups.bad("iredmail_ldap_list", **ALL, members=["nobody@example.org"])


def test_members_that_are_not_shown(groups):
    groups.backend.knobs.ldap_list_members_key = None
    assert groups.quiet("iredmail_ldap_list", **ALL, members=["bob@example.org"])["ldap_lists"][0]["unverified"] == ["members"]
    blind = {**ALL, "unreadable_fields": "always_quiet"}
    assert not groups.ok("iredmail_ldap_list", **blind, members=["bob@example.org"])["changed"]
    assert groups.sent() == {"addMember": "bob@example.org"}
    groups.ok("iredmail_ldap_list", **blind, members=["ann@example.org"], members_mode="remove")
    assert groups.sent() == {"removeMember": "ann@example.org"}
    assert groups.backend.store.list_members(groups.backend.store.ldap_lists["all@example.org"]) == ["bob@example.org"]


def test_a_mailing_list_of_that_address_is_not_deleted(groups):
    """The route would take it."""
    groups.backend.seed(lists=[{"mail": "news@example.org"}])
    groups.quiet("iredmail_ldap_list", **NEWS, state="absent")
    assert "news@example.org" in groups.backend.store.lists
