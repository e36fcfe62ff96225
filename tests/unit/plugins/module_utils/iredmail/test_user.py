# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mail users: creation in two steps, forwarding, services, renaming, deletion, and what is refused."""

from __future__ import annotations

import pytest

PASSWORD = "Pl4nted-for-a-user"
ZOE = {"email": "zoe@example.org"}
NEW = {**ZOE, "password": PASSWORD}
MB = 1024 * 1024


@pytest.fixture
def zoe(mail):
    """One user who exists."""
    mail.backend.seed(users=[{"mail": "zoe@example.org", "name": "Zoe", "password": "{PLAIN}" + PASSWORD, "quota": 1024}])
    return mail


def user(panel, address="zoe@example.org"):
    return panel.backend.store.users[address]


# Creation


def test_what_the_creation_does_not_take_is_written_after_it(mail):
    mail.ok("iredmail_user", **NEW, name="Zoe", quota_mb=100, employee_id="E1", forwarding=["a@example.net"])
    assert mail.wrote() == ["POST user/zoe@example.org", "PUT user/zoe@example.org"]
    assert mail.sent(0) == {"password": PASSWORD, "name": "Zoe", "quota": "100"}
    assert mail.sent() == {"employeeid": "E1", "forwarding": "a@example.net"}


def test_a_creation_that_says_it_all_is_one_write(mail):
    mail.ok("iredmail_user", **NEW, name="Zoe", quota_mb=100, enabled=True, keep_local_copy=True, forwarding=[], services=["imap"])
    assert mail.wrote() == ["POST user/zoe@example.org"]


def test_what_the_domain_gives_by_default_is_taken_away_in_the_same_run(mail):
    """Language and quota come from the domain; LDAP does so also for a quota of 0."""
    mail.backend.seed(domains=[{"domain": "example.org", "language": "fr_FR", "default_quota": 512}])
    wish = {**NEW, "language": "", "quota_mb": 0}
    mail.ok("iredmail_user", **wish)
    assert (user(mail).language, user(mail).quota) == ("", 0)
    mail.quiet("iredmail_user", **wish)


def test_a_half_made_account_is_repaired_by_the_next_run(mail):
    mail.backend.fault("refusal", method="PUT", message="INVALID_DATA", times=None)
    result = mail("iredmail_user", **NEW, employee_id="E1")
    assert result["failed"] and result["changed"] and "employee_id was refused: INVALID_DATA" in result["msg"]
    mail.backend.faults.clear()
    mail.ok("iredmail_user", **NEW, employee_id="E1")
    assert mail.wrote() == ["PUT user/zoe@example.org"] and mail.sent() == {"employeeid": "E1"}


@pytest.mark.parametrize("check", [True, False])
def test_what_a_creation_needs(mail, check):
    assert "password or password_hash must be given" in mail.bad("iredmail_user", check=check, **ZOE)
    message = mail.bad("iredmail_user", check=check, email="zoe@elsewhere.example", password=PASSWORD)
    assert "the domain elsewhere.example is not hosted here: create it first" in message
    assert mail.backend.writes() == []


def test_an_alias_domain_is_no_domain(mail):
    mail.backend.seed(domains=[{"domain": "example.org", "alias_domains": ["example.net"]}])
    assert "the domain example.net is not hosted here" in mail.bad("iredmail_user", email="zoe@example.net", password=PASSWORD)


@pytest.mark.parametrize("taken", ["aliases", "lists", "users"])
def test_an_address_that_something_else_has(mail, taken):
    if taken == "users":
        mail.backend.seed(users=[{"mail": "ann@example.org", "aliases": ["zoe@example.org"]}])
    else:
        mail.backend.seed(**{taken: [{"mail": "zoe@example.org"}]})
    assert "the name is taken, perhaps by an account of another kind" in mail.bad("iredmail_user", **NEW)


TAKEN = {"users": "a mail user", "aliases": "an alias", "lists": "a mailing list"}


@pytest.mark.parametrize("taken", TAKEN)
@pytest.mark.parametrize(
    "module, kind, wish",
    [
        ("iredmail_user", "users", NEW),
        ("iredmail_user", "users", {**ZOE, "rename_from": "ann@example.org"}),
        ("iredmail_alias", "aliases", {"address": "zoe@example.org"}),
        ("iredmail_mailing_list", "lists", {"address": "zoe@example.org"}),
    ],
)
def test_check_mode_knows_that_an_address_is_taken(mail, taken, module, kind, wish):
    mail.backend.seed(users=[{"mail": "ann@example.org"}])
    if taken != kind:
        mail.backend.seed(**{taken: [{"mail": "zoe@example.org"}]})
        assert f"zoe@example.org is the address of {TAKEN[taken]} already" in mail.bad(module, check=True, **wish)
        assert mail.bad(module, **wish)
    else:
        assert mail(module, check=True, **wish)["changed"]


def test_check_mode_knows_of_lists_of_ldap(ldap):
    ldap.backend.seed(ldap_lists=[{"mail": "zoe@example.org"}], users=[{"mail": "ann@example.org"}])
    assert "zoe@example.org is the address of a list already" in ldap.bad("iredmail_user", check=True, **NEW)
    assert "is the address of a mail user already" in ldap.bad("iredmail_ldap_list", check=True, address="ann@example.org")


@pytest.mark.parametrize("daemon", ["wrong-token", "down"])
def test_check_mode_where_no_lists_are_set_up(mail, daemon):
    mail.backend.knobs.ml_daemon = daemon
    assert mail("iredmail_user", check=True, **NEW)["changed"]


def test_check_mode_asks_of_new_addresses_only(zoe):
    zoe("iredmail_user", check=True, **ZOE, name="Zed")
    assert zoe.read() == ["GET user/zoe@example.org"]


# What is read


def test_a_quota_is_megabytes_on_both(zoe, edition):
    zoe.quiet("iredmail_user", **ZOE, quota_mb=1024)
    user(zoe).quota_bytes = 5 * MB + 7  # an LDAP value of somebody else
    zoe.backend.store.touch(user(zoe))
    if edition == "ldap":
        zoe.quiet("iredmail_user", **ZOE, quota_mb=5)
        assert zoe.ok("iredmail_user_info", **ZOE)["users"][0]["quota_mb"] == 5
    zoe.ok("iredmail_user", **ZOE, quota_mb=6)
    zoe.quiet("iredmail_user", **ZOE, quota_mb=6)


def test_a_quota_above_what_a_user_may_have_is_named(zoe):
    zoe.backend.seed(domains=[{"domain": "example.org", "max_user_quota": 2048}])
    assert "the server accepted quota_mb and did not store it as asked" in zoe.bad("iredmail_user", **ZOE, quota_mb=4096)


def test_a_language_that_is_not_installed_is_named(zoe):
    assert "the server accepted language and did not store it" in zoe.bad("iredmail_user", **ZOE, language="tl_PH")


def test_only_what_differs_is_sent(zoe):
    zoe.ok("iredmail_user", **ZOE, name="Zoe", quota_mb=1024, enabled=True, employee_id="E1", services=["imap"])
    assert zoe.sent() == {"employeeid": "E1"}


def test_present_never_enables(zoe):
    user(zoe).active = False
    zoe.backend.store.touch(user(zoe))
    zoe.quiet("iredmail_user", **ZOE, name="Zoe")


# Fields that only one edition has or shows


LDAP_ONLY = {"given_name": "Z", "surname": "Z", "telephone_numbers": ["1"], "mobiles": ["1"]}


@pytest.mark.parametrize("option", LDAP_ONLY)
@pytest.mark.parametrize("check", [True, False])
def test_what_sql_does_not_have_is_refused_before_any_write(sql, option, check):
    for wish in (NEW, {"email": "bob@example.org"}):
        sql.backend.seed(users=[{"mail": "bob@example.org"}])
        message = sql.bad("iredmail_user", check=check, **wish, name="x", **{option: LDAP_ONLY[option]})
        assert f"{option} cannot be set: only the LDAP edition of iRedMail has that" in message
        assert sql.backend.writes() == []


def test_one_wrong_entry_does_not_stop_the_others(sql):
    result = sql("iredmail_user", users=[{**NEW, "surname": "x"}, {"email": "bob@example.org", "password": PASSWORD}])
    assert [item["changed"] for item in result["users"]] == [False, True]


HIDDEN = {"aliases": ["z@example.org"], "sender_bcc": "a@example.net", "recipient_bcc": "a@example.net"}


@pytest.mark.parametrize("option", HIDDEN)
def test_what_sql_may_not_show(sql, option):
    """A new user gets it, an existing one only where that was asked for."""
    wish = {**NEW, option: HIDDEN[option]}
    result = sql.ok("iredmail_user", **wish)
    assert result["users"][0]["unverified"] == [option] and getattr(user(sql), option) == HIDDEN[option]
    assert any(option in warning for warning in result["warnings"])
    assert sql.quiet("iredmail_user", **wish)["users"][0]["unverified"] == [option]
    result = sql.ok("iredmail_user", **wish, unreadable_fields="always")
    assert result["changed"] and sql.wrote() == ["PUT user/zoe@example.org"]
    result = sql.ok("iredmail_user", **wish, unreadable_fields="always_quiet")
    assert not result["changed"] and sql.wrote() == ["PUT user/zoe@example.org"]


def test_aliases_that_are_not_shown_can_be_added_and_removed(sql):
    sql.backend.seed(users=[{"mail": "zoe@example.org", "aliases": ["a@example.org", "b@example.org"]}])
    blind = {**ZOE, "unreadable_fields": "always_quiet"}
    sql.ok("iredmail_user", **blind, aliases=["c@example.org"], aliases_mode="add")
    assert sql.sent() == {"addAlias": "c@example.org"}
    sql.ok("iredmail_user", **blind, aliases=["a@example.org"], aliases_mode="remove")
    assert sql.sent() == {"removeAlias": "a@example.org"}
    assert user(sql).aliases == ["b@example.org", "c@example.org"]


def test_lists_are_replaced_or_changed_never_both(ldap):
    ldap.backend.seed(users=[{"mail": "zoe@example.org", "aliases": ["a@example.org", "b@example.org"]}])
    ldap.ok("iredmail_user", **ZOE, aliases=["b@example.org", "c@example.org"])
    assert ldap.sent() == {"aliases": "b@example.org,c@example.org"}
    ldap.ok("iredmail_user", **ZOE, aliases=["d@example.org"], aliases_mode="add")
    assert ldap.sent() == {"addAlias": "d@example.org"}
    ldap.ok("iredmail_user", **ZOE, aliases=["b@example.org", "x@example.org"], aliases_mode="remove")
    assert ldap.sent() == {"removeAlias": "b@example.org"}


def test_an_alias_in_another_domain_is_named(ldap):
    ldap.backend.seed(users=[{"mail": "zoe@example.org"}])
    assert "the server accepted aliases and did not store it" in ldap.bad("iredmail_user", **ZOE, aliases=["zoe@elsewhere.example"])


def test_ldap_keeps_no_user_without_a_name(ldap):
    ldap.backend.seed(users=[{"mail": "bob@example.org", "name": "Bob"}])
    for wish in (NEW, {"email": "bob@example.org"}):
        assert "name cannot be empty" in ldap.bad("iredmail_user", **wish, name="")
        assert ldap.backend.writes() == []


# Forwarding


@pytest.mark.parametrize(
    "before, wish, sent",
    [
        ([], {"forwarding": []}, None),
        (["zoe@example.org"], {"forwarding": []}, None),
        ([], {"forwarding": ["zoe@example.org"]}, None),
        ([], {"keep_local_copy": True}, None),
        ([], {"forwarding": ["a@example.net"]}, "a@example.net"),
        ([], {"forwarding": ["a@example.net", "ZOE@example.org"]}, "a@example.net,zoe@example.org"),
        ([], {"forwarding": ["a@example.net"], "keep_local_copy": True}, "a@example.net,zoe@example.org"),
        (["zoe@example.org", "a@example.net"], {"forwarding": ["a@example.net"]}, "a@example.net"),
        (["zoe@example.org", "a@example.net"], {"forwarding": ["a@example.net"], "keep_local_copy": True}, None),
        (["zoe@example.org", "a@example.net"], {"keep_local_copy": False}, "a@example.net"),
        (["a@example.net"], {"keep_local_copy": True}, "a@example.net,zoe@example.org"),
        (
            ["zoe@example.org", "a@example.net"],
            {"forwarding": ["b@example.net"], "forwarding_mode": "add"},
            "a@example.net,b@example.net,zoe@example.org",
        ),
        (["a@example.net"], {"forwarding": ["zoe@example.org"], "forwarding_mode": "add"}, "a@example.net,zoe@example.org"),
        (["a@example.net", "b@example.net"], {"forwarding": ["a@example.net"], "forwarding_mode": "remove"}, "b@example.net"),
        (["zoe@example.org", "a@example.net"], {"forwarding": ["a@example.net"], "forwarding_mode": "remove"}, ""),
        (["a@example.net"], {"forwarding": []}, ""),
    ],
)
def test_forwarding(zoe, before, wish, sent):
    """The own address alone is the same as nothing; beside others it keeps a copy."""
    user(zoe).forwarding = before
    zoe.backend.store.touch(user(zoe))
    zoe.ok("iredmail_user", **ZOE, **wish)
    assert [entry.body for entry in zoe.backend.writes()] == ([] if sent is None else [{"forwarding": sent}])
    zoe.quiet("iredmail_user", **ZOE, **wish)


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"forwarding": [], "keep_local_copy": False}, "keep_local_copy cannot be false while nothing is forwarded"),
        ({"keep_local_copy": False}, "keep_local_copy cannot be false while nothing is forwarded"),
        ({"forwarding": ["a@example.net", "zoe@example.org"], "keep_local_copy": False}, "holds the own address"),
        ({"forwarding": ["zoe@example.org"], "forwarding_mode": "remove"}, "give keep_local_copy as false"),
        ({"forwarding": ["no address"]}, "forwarding ['no address']: it is not a mail address"),
    ],
)
def test_forwarding_that_loses_mail_or_contradicts_itself(zoe, wish, words):
    for check in (True, False):
        assert words in zoe.bad("iredmail_user", check=check, **ZOE, **wish)
        assert zoe.backend.writes() == []


def test_a_forwarding_that_ldap_drops_is_named(ldap):
    ldap.backend.seed(users=[{"mail": "zoe@example.org"}])
    message = ldap.bad("iredmail_user", **ZOE, forwarding=["nobody@example.org", "a@example.net"])
    assert "the server accepted forwarding and did not store it as asked" in message


# Services


def test_services_are_added_and_removed_one_by_one(zoe):
    zoe.ok("iredmail_user", **ZOE, services=["pop3", "imap"], services_mode="remove")
    assert zoe.sent() == {"removeService": "imap,pop3"}
    zoe.ok("iredmail_user", **ZOE, services=["imap", "smtp"])
    assert zoe.sent() == {"addService": "imap"}


def test_an_exact_set_never_replaces_the_attribute(sql):
    """Which would take the internal services away with it."""
    sql.backend.seed(users=[{"mail": "zoe@example.org"}])
    sql.ok("iredmail_user", **ZOE, services=["imap", "smtp", "deliver"], services_mode="set")
    assert set(sql.sent()) == {"removeService"}
    assert {"internal", "lda", "lmtp", "doveadm"} < set(user(sql).services)


def test_an_exact_set_is_refused_on_ldap(ldap):
    ldap.backend.seed(users=[{"mail": "zoe@example.org"}])
    exact = {"services": ["imap", "smtp", "deliver"], "services_mode": "set"}
    for wish in (ZOE, {**NEW, "email": "new@example.org"}):
        for services in (exact, {**exact, "services": []}):
            assert "services_mode cannot be set: the LDAP edition keeps services there" in ldap.bad("iredmail_user", **wish, **services)
            assert ldap.backend.writes() == []
    ldap.ok("iredmail_user", **ZOE, **exact, force_services=True)
    assert set(ldap.sent()) == {"removeService"}
    assert {"mail", "internal", "forward", "shadowaddress", "displayedInGlobalAddressBook"} < set(user(ldap).services)
    assert "pop3" not in user(ldap).services
    ldap.quiet("iredmail_user", **ZOE, **exact)


def test_internal_services_are_not_for_removal(zoe):
    assert "services: mail is internal" in zoe.bad("iredmail_user", **ZOE, services=["mail"], services_mode="remove")
    assert len(zoe.backend.log) == 0


def test_words_that_the_edition_does_not_know(sql, ldap):
    ldap.backend.seed(users=[{"mail": "zoe@example.org"}])
    ldap.ok("iredmail_user", **ZOE, services=["VPN"])
    ldap.quiet("iredmail_user", **ZOE, services=["vpn"])
    sql.start({"users": [{"mail": "zoe@example.org"}]}, {"edition": "sql"})
    assert "services: the SQL edition of iRedMail knows no vpn" in sql.bad("iredmail_user", **ZOE, services=["vpn"])
    assert sql.backend.writes() == []


def test_a_service_without_a_column_is_named(sql):
    sql.backend.seed(users=[{"mail": "zoe@example.org"}])
    assert "the server accepted services and did not store it" in sql.bad("iredmail_user", **ZOE, services=["smtptls"])


# Renaming


def test_renaming(zoe):
    wish = {"email": "zed@example.org", "rename_from": "Zoe@Example.org", "name": "Zed"}
    result = zoe.ok("iredmail_user", **wish)
    assert zoe.wrote() == ["POST user/zoe@example.org/change_email/zed@example.org", "PUT user/zed@example.org"]
    assert result["users"][0]["action"] == "update" and sorted(result["users"][0]["fields"]) == ["email", "name"]
    zoe.quiet("iredmail_user", **wish)
    zoe.backend.seed(users=[{"mail": "zoe@example.org"}])
    assert "zoe@example.org cannot become zed@example.org: zed@example.org and zoe@example.org both exist" in zoe.bad(
        "iredmail_user", **wish
    )


def test_renaming_of_nobody_creates(mail):
    mail.ok("iredmail_user", **NEW, rename_from="nobody@example.org")
    assert mail.wrote() == ["POST user/zoe@example.org"]


@pytest.mark.parametrize(
    "old, words", [("zoe@example.net", "which is in another domain"), ("z+e@example.org", "no way to such an account")]
)
def test_renaming_that_cannot_be(zoe, old, words):
    assert words in zoe.bad("iredmail_user", **ZOE, rename_from=old)
    assert len(zoe.backend.log) == 0


# Deletion


@pytest.mark.parametrize("days, path", [(None, ""), (0, "/keep_mailbox_days/0"), (30, "/keep_mailbox_days/30")])
def test_deletion(zoe, days, path):
    zoe.ok("iredmail_user", **ZOE, state="absent", keep_mailbox_days=days)
    assert zoe.wrote() == [f"DELETE user/zoe@example.org{path}"]
    (left,) = zoe.backend.store.deleted_mailboxes
    assert (left["due"] is None) == (not days)
    zoe.quiet("iredmail_user", **ZOE, state="absent", keep_mailbox_days=days)


def test_days_are_checked_and_matter_to_deletions_only(zoe):
    assert "it must be from 0 to 3650" in zoe.bad("iredmail_user", **ZOE, state="absent", keep_mailbox_days=4000)
    zoe.quiet("iredmail_user", **ZOE, keep_mailbox_days=30)


def test_pruning_within_a_domain_keeps_mailboxes_as_asked(mail):
    mail.backend.seed(users=[{"mail": f"{name}@{domain}"} for name in ("zoe", "ann", "bob") for domain in ("example.org", "example.net")])
    prune = {"prune": True, "prune_scope": {"domain": "Example.org"}, "prune_limit": "2", "keep": ["b*"]}
    mail.ok("iredmail_user", users=[ZOE], keep_mailbox_days=90, **prune)
    assert mail.wrote() == ["DELETE user/ann@example.org/keep_mailbox_days/90"]
    mail.quiet("iredmail_user", users=[ZOE], keep_mailbox_days=90, **prune)


@pytest.mark.parametrize(
    "module, entries",
    [
        ("iredmail_user", {"users": [ZOE]}),
        ("iredmail_alias", {"aliases": [{"address": "team@example.org"}]}),
        ("iredmail_mailing_list", {"mailing_lists": [{"address": "news@example.org"}]}),
        ("iredmail_greylisting", {"greylisting_settings": [{"account": "zoe@example.org"}]}),
    ],
)
@pytest.mark.parametrize("listing", ["empty", "error"])
def test_a_misspelt_domain_prunes_nothing_and_says_so(zoe, module, entries, listing):
    zoe.backend.knobs.missing_domain_listing = listing
    prune = {"prune": True, "prune_limit": "5"}
    for check in (True, False):
        message = zoe.bad(module, check=check, **entries, **prune, prune_scope={"domain": "exmaple.org"})
        assert message == "iRedMail: prune_scope: the server hosts no domain exmaple.org"
        assert zoe.backend.writes() == []
    assert "prune_scope: it is not a domain" in zoe.bad(module, **entries, **prune, prune_scope={"domain": "x"})
    assert "must not be empty" in zoe.bad(module, **entries, **prune, prune_scope={"domain": ""})
    assert "prune needs prune_limit" in zoe.bad(module, **entries, prune=True, prune_scope={"domain": "exmaple.org"})
    assert len(zoe.backend.log) == 0
    zoe.ok(module, **entries, prune_scope={"domain": "exmaple.org"})  # nothing is pruned


def test_who_must_not_be_in_a_domain_that_is_gone_is_not(zoe):
    """Although a listing of it may be refused."""
    zoe.quiet("iredmail_user", users=[{"email": f"u{number}@gone.example", "state": "absent"} for number in range(9)])


# Input that cannot be right


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"email": "zoe+list@example.org"}, "the server has no way to such an account: before the @ it may hold a-z, 0-9, _, # and -"),
        ({"email": "zoë@example.org"}, "no way to such an account"),
        ({"email": "o'neil@example.org"}, "no way to such an account"),
        ({"email": "zoe@exämple.org"}, "it is not a mail address that the server accepts"),
        ({"email": "zoe@localhost"}, "it is not a mail address that the server accepts"),
        ({"email": "zoe@example.averylongtopleveldomain"}, "it is not a mail address that the server accepts"),
        ({"email": "zoe"}, "it is not a mail address that the server accepts"),
        ({**ZOE, "quota_mb": -1}, "quota_mb -1: it must be 0 or more"),
        ({**ZOE, "language": "french"}, "it must be a language as the server spells it"),
        ({**NEW, "password_hash": "{SSHA}abc"}, "password and password_hash cannot be combined"),
        ({**ZOE, "password_hash": "$2y$10$abc"}, "it must begin with its scheme in braces"),
        ({**ZOE, "password_hash": "{BLF-CRYPT}$2y$10$abc"}, "bcrypt is written {CRYPT}"),
        ({**ZOE, "password": "Pässword-1"}, "the server accepts ASCII characters only"),
        ({**ZOE, "mailbox_folder": "a/b"}, "up to 20 letters and digits"),
        ({**ZOE, "maildir": "relative"}, "it must be an absolute path"),
        ({**ZOE, "aliases": ["zoe@example.org"]}, "aliases must not hold the address of the account itself"),
        ({**ZOE, "mobiles": ["1,2"]}, "nor hold a comma"),
        ({**ZOE, "name": "two\nlines"}, "it must be one line"),
        ({"users": [ZOE, {"email": "ZOE@example.org"}]}, "are the same user"),
    ],
)
def test_bad_input_sends_nothing(mail, wish, words):
    assert words in mail.bad("iredmail_user", **wish)
    assert len(mail.backend.log) == 0


# The account that does this


@pytest.fixture
def boss(panel, edition):
    """A mail user who administers the server, and what a task of theirs may not do to themselves."""
    password = "Pl4nted-for-the-boss"
    panel.start(
        {"users": [{"mail": "boss@example.org", "is_global_admin": True, "is_admin": True, "password": password}]}, {"edition": edition}
    )
    panel.login = {"api_url": panel.backend.api_url, "api_username": "Boss@example.org", "api_password": password}
    return panel


@pytest.mark.parametrize(
    "module, wish",
    [
        ("iredmail_user", {"email": "boss@example.org", "state": "absent"}),
        ("iredmail_user", {"email": "boss@example.org", "enabled": False}),
        ("iredmail_user", {"email": "boss@example.org", "global_admin": False}),
        ("iredmail_user", {"email": "chief@example.org", "rename_from": "boss@example.org"}),
        ("iredmail_user", {"email": "boss@example.org", "password": "An0ther-password", "update_password": "always"}),
        ("iredmail_user", {"email": "boss@example.org", "password": "An0ther-password", "update_password": "when_changed"}),
        ("iredmail_user", {"email": "boss@example.org", "password_hash": "{SSHA}abc", "update_password": "always"}),
        ("iredmail_domain", {"domain": "example.org", "state": "absent"}),
        ("iredmail_domain", {"domain": "example.org", "enabled": False}),
    ],
)
def test_the_acting_account_is_never_locked_out(boss, module, wish):
    for check in (True, False):
        assert "the account that the task works with" in boss.bad(module, check=check, login=boss.login, **wish)
        assert boss.backend.writes() == []


def test_the_acting_account_is_never_pruned(boss):
    boss.backend.seed(users=[{"mail": "zoe@example.org"}, {"mail": "ann@example.org"}])
    prune = {"prune": True, "prune_scope": {"domain": "example.org"}, "prune_limit": "1"}
    boss.ok("iredmail_user", login=boss.login, users=[ZOE], **prune)
    assert sorted(boss.backend.store.users) == ["boss@example.org", "zoe@example.org"]


def test_the_acting_account_can_be_changed_otherwise(boss):
    boss.ok("iredmail_user", login=boss.login, email="boss@example.org", name="The boss")
    kept = {"password": boss.login["api_password"], "update_password": "when_changed"}
    assert not boss.ok("iredmail_user", login=boss.login, email="boss@example.org", **kept)["changed"]
