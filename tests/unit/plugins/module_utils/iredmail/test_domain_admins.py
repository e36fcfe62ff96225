# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Administrators of a domain: shown by the domain or by each account, as the edition has it."""

from __future__ import annotations

import pytest

MODULE = "iredmail_domain_admins"
ORG = {"domain": "example.org"}


def admins(office):
    return sorted(office.backend.store.domains["example.org"].admins)


@pytest.mark.parametrize(
    ("mode", "given", "after"),
    [
        ("add", ["Coral@example.org", "msp@example.com", "former@example.org"], ["coral@example.org", "former@example.org", "msp@example.com"]),
        ("remove", ["former@example.org", "gus@example.org", "gone@example.org"], []),
        ("set", ["msp@example.com"], ["msp@example.com"]),
        ("set", [], []),
    ],
)
def test_modes(office, mode, given, after):
    wish = {**ORG, "admins": given, "admins_mode": mode, "candidates": ["former@example.org", "gus@example.org", "long.gone@example.com"]}
    office.ok(MODULE, **wish)
    assert admins(office) == after
    assert office.wrote() == ["PUT domain/admins/example.org"] and "removeAllAdmins" not in office.sent()
    office.quiet(MODULE, **wish)


def test_sql_cannot_name_the_others(sql_office):
    for check in (True, False):
        message = sql_office.bad(MODULE, check=check, **ORG, admins=["coral@example.org"], admins_mode="set")
        assert "candidates must name everybody" in message and sql_office.wrote() == []
    sql_office.ok(MODULE, **ORG, admins=["coral@example.org"], admins_mode="set", candidates=["gus@example.org"])
    assert admins(sql_office) == ["coral@example.org", "former@example.org"]


def test_ldap_needs_no_candidates(ldap_office):
    ldap_office.ok(MODULE, **ORG, admins=["coral@example.org"], admins_mode="set")
    assert admins(ldap_office) == ["coral@example.org"]
    ldap_office.quiet(MODULE, **ORG, admins=["coral@example.org"], admins_mode="set")
    assert ldap_office.read() == ["GET domain/example.org"]


@pytest.mark.parametrize("mode", ["add", "set"])
def test_who_does_not_exist(office, mode):
    for check in (True, False):
        wish = {**ORG, "admins": ["coral@example.org", "nobody@example.org"], "admins_mode": mode, "candidates": []}
        assert "no account is called nobody@example.org: create it first" in office.bad(MODULE, check=check, **wish)
        assert office.wrote() == []


def test_a_domain_that_is_not_hosted_here(office):
    assert "the server hosts no domain example.edu" in office.bad(MODULE, domain="example.edu", admins=["coral@example.org"])


def test_oneself(office):
    me = office.backend.username
    office.backend.seed(domains=[{"domain": "example.org", "admins": [me, "former@example.org"]}])
    assert "it cannot take a domain from itself" in office.bad(MODULE, **ORG, admins=[me], admins_mode="remove")
    office.ok(MODULE, **ORG, admins=[], admins_mode="set", candidates=[me, "former@example.org"])
    assert admins(office) == [me]
    office.quiet(MODULE, **ORG, admins=[], admins_mode="set", candidates=[me, "former@example.org"])


@pytest.mark.parametrize("knobs", [{}, {"sql_isglobaladmin_key": False}])
def test_who_manages_everything(sql_office, knobs):
    sql_office.backend.change_knobs(knobs)
    sql_office.backend.seed(users=[{"mail": "boss@example.org", "is_global_admin": True}])
    sql_office.quiet(MODULE, **ORG, admins=["boss@example.org"])
    sql_office.quiet(MODULE, **ORG, admins=["boss@example.org"], admins_mode="remove")
    sql_office.quiet(MODULE, **ORG, admins=["former@example.org"], admins_mode="set", candidates=["boss@example.org"])


def test_what_cannot_be_read(sql_office):
    """Nothing shows what an administrator manages; a mail user who is none is known to manage nothing."""
    sql_office.backend.change_knobs({"sql_managed_domains_key": None})
    wish = {**ORG, "admins": ["msp@example.com", "former@example.org"]}
    result = sql_office.quiet(MODULE, **wish)
    assert result["domains"][0]["unverified"] == ["admins"] and any("admins" in warning for warning in result["warnings"])
    assert sql_office.ok(MODULE, **wish, unreadable_fields="always_quiet")["changed"] is False
    assert admins(sql_office) == ["former@example.org", "msp@example.com"]
    assert sql_office.sent() == {"addAdmin": "former@example.org,msp@example.com"}
    sql_office.ok(MODULE, **wish, admins_mode="remove", unreadable_fields="always_quiet")
    assert admins(sql_office) == []
    exact = {**wish, "admins_mode": "set", "candidates": [], "unreadable_fields": "always"}
    assert "so nobody can be removed" in sql_office.bad(MODULE, **exact) and sql_office.wrote() == []
    sql_office.ok(MODULE, **ORG, admins=["gus@example.org"])
    assert admins(sql_office) == ["gus@example.org"]


def test_requests(sql_office):
    """The domain, and each named account once; one without a mailbox takes two."""
    sql_office.quiet(MODULE, **ORG, admins=["former@example.org"])
    assert sql_office.read() == ["GET domain/example.org", "GET user/former@example.org"]
