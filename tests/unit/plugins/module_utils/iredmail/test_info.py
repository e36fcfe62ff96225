# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the info modules return, and what they cost."""

from __future__ import annotations

import pytest

WORLD = {
    "domains": [{"domain": "example.org", "name": "One"}, {"domain": "example.net", "active": False}],
    "users": [
        {"mail": "zoe@example.org", "name": "Zoe", "forwarding": ["a@example.net"], "aliases": ["z@example.org"]},
        {"mail": "ann@example.org", "active": False},
        {"mail": "bob@example.net"},
    ],
    "aliases": [{"mail": "team@example.org", "members": ["zoe@example.org"]}, {"mail": "off@example.org", "active": False}],
    "lists": [{"mail": "news@example.org", "name": "News", "subscribers": {"normal": ["zoe@example.org"], "digest": ["x@example.com"]}}],
}


@pytest.fixture
def full(panel, edition):
    panel.start(WORLD, {"edition": edition})
    return panel


def names(found, key):
    return [entry[key] for entry in found]


@pytest.mark.parametrize(
    "module, options, plural, key, expected, reads",
    [
        ("iredmail_domain_info", {}, "domains", "domain", ["delegated.example", "example.net", "example.org"], ["domains"]),
        ("iredmail_domain_info", {"disabled_only": True, "names_only": True}, "domains", "domain", ["example.net"], ["domains"]),
        ("iredmail_domain_info", {"domain": "Example.org"}, "domains", "domain", ["example.org"], ["domain/example.org"]),
        ("iredmail_domain_info", {"domain": "nowhere.example"}, "domains", "domain", [], ["domain/nowhere.example"]),
        ("iredmail_user_info", {"domain": "example.org"}, "users", "email", ["ann@example.org", "zoe@example.org"], ["users/example.org"]),
        (
            "iredmail_user_info",
            {"domain": "example.org", "disabled_only": True},
            "users",
            "email",
            ["ann@example.org"],
            ["users/example.org"],
        ),
        ("iredmail_user_info", {"domain": "nowhere.example"}, "users", "email", [], ["users/nowhere.example"]),
        ("iredmail_user_info", {"email": "ZOE@example.org"}, "users", "email", ["zoe@example.org"], ["user/zoe@example.org"]),
        ("iredmail_user_info", {"email": "nobody@example.org"}, "users", "email", [], ["user/nobody@example.org"]),
        (
            "iredmail_user_info",
            {"names_only": True},
            "users",
            "email",
            ["ann@example.org", "bob@example.net", "zoe@example.org"],
            ["domains", "users/delegated.example", "users/example.net", "users/example.org"],
        ),
        (
            "iredmail_alias_info",
            {"domain": "example.org", "disabled_only": True},
            "aliases",
            "address",
            ["off@example.org"],
            ["aliases/example.org"],
        ),
        ("iredmail_mailing_list_info", {"domain": "example.org"}, "mailing_lists", "address", ["news@example.org"], ["mls/example.org"]),
        ("iredmail_admin_info", {"email": "admin@lab.test"}, "admins", "email", ["admin@lab.test"], ["admin/admin@lab.test"]),
    ],
)
def test_what_is_found_and_what_that_takes(full, module, options, plural, key, expected, reads):
    found = full.quiet(module, **options)
    assert names(found[plural], key) == expected
    assert full.read() == [f"GET {path}" for path in reads]
    if options.get("names_only"):
        assert all(set(entry) == {key} for entry in found[plural])


def test_a_listing_leaves_out_what_it_does_not_hold(full, edition):
    short = full.ok("iredmail_user_info", domain="example.org")["users"][1]
    whole = full.ok("iredmail_user_info", domain="example.org", full=True)["users"][1]
    assert full.read() == ["GET users/example.org", "GET user/ann@example.org", "GET user/zoe@example.org"]
    only = {
        "sql": {"forwarding", "keep_local_copy"},
        "ldap": {"language", "transport", "given_name", "surname", "mobiles", "telephone_numbers", "maildir"},
    }
    assert set(whole) - set(short) == only[edition] | ({"sender_bcc", "recipient_bcc"} if edition == "ldap" else set())
    assert whole["forwarding"] == ["a@example.net"] and whole["keep_local_copy"] is False


def test_secrets_are_not_read(full):
    full.backend.knobs.hidden_profiles = []
    full.backend.seed(users=[{"mail": "zoe@example.org", "password": "{SSHA512}c2VjcmV0LWhhc2g="}])
    assert "c2VjcmV0" not in str(full.ok("iredmail_user_info", email="zoe@example.org"))
    assert "c2VjcmV0" not in str(full.ok("iredmail_user", email="zoe@example.org", state="absent"))


def test_subscribers(full):
    full.backend.knobs.ml_shape = "nested"
    found = full.ok("iredmail_mailing_list_info", domain="example.org", with_subscribers=True)
    assert found["subscriptions"] == [
        {"address": "news@example.org", "subscription": "normal", "subscribers": ["zoe@example.org"]},
        {"address": "news@example.org", "subscription": "digest", "subscribers": ["x@example.com"]},
    ]
    for entry in found["subscriptions"]:
        full.quiet("iredmail_mailing_list_subscribers", **entry)


@pytest.mark.parametrize(
    "module, options, words",
    [
        ("iredmail_user_info", {"email": "zoe@example.org", "domain": "example.org"}, "email and domain cannot be combined"),
        ("iredmail_user_info", {"email": ""}, "email must not be empty"),
        ("iredmail_user_info", {"domain": " "}, "domain must not be empty"),
        ("iredmail_user_info", {"email": "z+e@example.org"}, "the server has no way to such an account"),
        ("iredmail_alias_info", {"domain": "no domain"}, "it is not a domain"),
        ("iredmail_domain_info", {"domain": "no domain"}, "it is not a domain"),
        ("iredmail_admin_info", {"email": " "}, "email must not be empty"),
    ],
)
def test_bad_input_sends_nothing(full, module, options, words):
    assert words in full.bad(module, **options)
    assert len(full.backend.log) == 0


def test_a_release_without_listings_says_so(panel, edition):
    panel.start(WORLD, {"edition": edition, "sql_version": "3.0", "ldap_version": "3.2"})
    assert "the server gives no listing of the users of example.org" in panel.bad("iredmail_user_info", domain="example.org")
