# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mail domains: defaults, backup MX and transport, alias domains, what is hidden in the panel, deletion."""

from __future__ import annotations

import pytest

HOME = {"domain": "example.org"}
LMTP = "lmtp:unix:private/dovecot-lmtp"


def domain(panel, name="example.org"):
    return panel.backend.store.domains[name]


def bodies(panel):
    return [entry.body for entry in panel.backend.writes()]


def test_what_the_creation_does_not_take_is_written_after_it(mail):
    mail.ok("iredmail_domain", domain="New.example", name="New", quota_mb=100, max_users=-1, catchall=["a@example.net"], enabled=True)
    assert bodies(mail) == [{"name": "New", "quota": "100", "numberOfUsers": "-1"}, {"catchall": "a@example.net"}]


def test_copies_never_travel_with_the_creation(mail):
    """One text of the reference says that they may (contract 11, no. 16)."""
    mail.ok("iredmail_domain", domain="new.example", sender_bcc="a@example.net")
    assert bodies(mail) == [None, {"senderBcc": "a@example.net"}]


def test_empty_clears(mail):
    mail.backend.seed(domains=[{**HOME, "name": "x", "catchall": ["a@example.net"], "language": "fr_FR", "min_password": 9}])
    mail.ok("iredmail_domain", **HOME, catchall=[], language="", min_password_length=0)
    assert mail.sent() == {"catchall": "", "language": "", "minPasswordLength": "0"}
    mail.quiet("iredmail_domain", **HOME, catchall=[], language="", min_password_length=0)


@pytest.mark.parametrize("check", [True, False])
def test_what_sql_does_not_have_is_refused(sql, check):
    for name in ("example.org", "new.example"):
        assert "max_lists cannot be set: only the LDAP edition" in sql.bad("iredmail_domain", check=check, domain=name, max_lists=5)
        assert "services: the SQL edition of iRedMail knows no mail of a domain" in sql.bad(
            "iredmail_domain", check=check, domain=name, services=["mail"]
        )
        assert sql.backend.writes() == []


def test_the_number_of_lists_is_chosen_once(ldap):
    ldap.ok("iredmail_domain", domain="new.example", max_lists=5)
    ldap.quiet("iredmail_domain", domain="new.example", max_lists=5)
    message = ldap.bad("iredmail_domain", domain="new.example", max_lists=6)
    assert "max_lists can only be chosen when the domain is created: it is 5, and 6 was asked for" in message


# Transport and backup MX


@pytest.mark.parametrize("form, wish", [(None, LMTP), ("dovecot", ""), (LMTP, "dovecot"), (LMTP, "")])
def test_transport(mail, form, wish):
    domain(mail).transport = form or "dovecot"
    mail.ok("iredmail_domain", **HOME, transport=wish)
    mail.quiet("iredmail_domain", **HOME, transport=wish)
    assert domain(mail).transport == (wish or "dovecot")


@pytest.mark.parametrize(
    "given, sent",
    [
        ("", None),
        ("mx.example.net", "mx.example.net"),
        ("[MX.example.net]:25", "[mx.example.net]"),
        ("relay:mx.example.net:587", "mx.example.net:587"),
        ("[192.0.2.25]", "192.0.2.25"),
        ("2001:db8::25", "[2001:db8::25]"),
    ],
)
def test_backup_mx(mail, given, sent):
    wish = {**HOME, "backup_mx": True, "primary_mx": given}
    mail.ok("iredmail_domain", **wish)
    assert bodies(mail) == [{"is_backupmx": "yes", **({"primarymx": sent} if sent else {})}]
    mail.quiet("iredmail_domain", **wish)
    mail.quiet("iredmail_domain", **HOME, backup_mx=True)
    found = mail.ok("iredmail_domain_info", **HOME)["domains"][0]
    assert (found["backup_mx"], found["primary_mx"], found["transport"]) == (True, sent or "", "")


def test_the_primary_mx_is_changed_and_left_to_the_dns(mail):
    mail.ok("iredmail_domain", **HOME, backup_mx=True, primary_mx="a.example.net")
    mail.ok("iredmail_domain", **HOME, primary_mx="b.example.net")
    assert bodies(mail) == [{"is_backupmx": "yes", "primarymx": "b.example.net"}]
    mail.ok("iredmail_domain", **HOME, primary_mx="")
    assert bodies(mail) == [{"is_backupmx": "yes"}]
    mail.quiet("iredmail_domain", **HOME, primary_mx="")


@pytest.mark.parametrize("off", ["default", "restore"])
def test_no_longer_a_backup_mx(mail, off):
    """What the transport is then nobody knows, so it goes alone and afterwards where it is given."""
    mail.backend.knobs.backupmx_off = off
    domain(mail).transport = "smtp:old.example.net"
    mail.ok("iredmail_domain", **HOME, backup_mx=True)
    wish = {**HOME, "backup_mx": False, "transport": LMTP, "name": "Home"}
    mail.ok("iredmail_domain", **wish)
    assert bodies(mail) == [{"is_backupmx": "no", "name": "Home"}, {"transport": LMTP}]
    mail.quiet("iredmail_domain", **wish)
    mail.ok("iredmail_domain", **HOME, backup_mx=True)
    mail.ok("iredmail_domain", **HOME, backup_mx=False, transport="")
    assert domain(mail).transport == "dovecot"


def test_a_transport_that_fails_after_the_rest(mail):
    mail.ok("iredmail_domain", **HOME, backup_mx=True)
    mail.backend.fault("refusal", method="PUT", skip=1, message="INVALID_DATA", times=None)
    result = mail("iredmail_domain", **HOME, backup_mx=False, transport=LMTP)
    assert result["msg"] == "example.org: transport was refused: INVALID_DATA" and result["changed"]
    assert domain(mail).backupmx is False


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"backup_mx": True, "transport": LMTP}, "transport and backup_mx cannot be combined"),
        ({"backup_mx": False, "primary_mx": "mx.example.net"}, "primary_mx needs backup_mx to be true"),
        ({"primary_mx": "mx.example.net"}, "primary_mx needs backup_mx to be true: the domain is no backup MX"),
        ({"primary_mx": "two words"}, "it must be a host or an address"),
    ],
)
def test_what_conflicts_is_never_sent(mail, wish, words):
    for name in ("example.org", "new.example"):
        assert words in mail.bad("iredmail_domain", domain=name, **wish)
        assert mail.backend.writes() == []


def test_the_transport_of_a_backup_mx_cannot_be_set(mail):
    mail.ok("iredmail_domain", **HOME, backup_mx=True)
    assert "the domain is a backup MX, unless backup_mx is given as false" in mail.bad("iredmail_domain", **HOME, transport=LMTP)


# Relay, aliases, services


@pytest.mark.parametrize(
    "given", ["[Relay.example.net]:587", "smtp:[relay.example.net]:587", "relay.example.net:25", "lmtp:[192.0.2.1]:24"]
)
@pytest.mark.parametrize("form", ["verbatim", "normalised"])
def test_an_outbound_relay_in_any_spelling(ldap, given, form):
    ldap.backend.knobs.relay_form = form
    ldap.ok("iredmail_domain", **HOME, outbound_relay=given)
    ldap.quiet("iredmail_domain", **HOME, outbound_relay=given)
    ldap.ok("iredmail_domain", **HOME, outbound_relay="")
    assert domain(ldap).relay == ""


def test_alias_domains(ldap):
    ldap.ok("iredmail_domain", **HOME, alias_domains=["B.example", "a.example"])
    assert ldap.sent() == {"aliasDomains": "a.example,b.example"}
    ldap.ok("iredmail_domain", **HOME, alias_domains=["c.example"], alias_domains_mode="add")
    assert ldap.sent() == {"addAliasDomain": "c.example"}
    ldap.ok("iredmail_domain", **HOME, alias_domains=["a.example"], alias_domains_mode="remove")
    assert ldap.sent() == {"removeAliasDomain": "a.example"}


def test_alias_domains_that_wait_for_their_proof_count(ldap):
    ldap.backend.seed(domains=[{**HOME, "alias_domains": ["a.example"], "pending_alias_domains": ["b.example"]}])
    ldap.quiet("iredmail_domain", **HOME, alias_domains=["a.example", "b.example"])


@pytest.mark.parametrize("check", [True, False])
def test_a_domain_cannot_be_the_alias_of_another(mail, check):
    mail.backend.seed(domains=[{"domain": "other.example"}])
    message = mail.bad("iredmail_domain", check=check, domain="new.example", alias_domains=["other.example"])
    assert "other.example cannot become an alias domain: it is a domain of its own here" in message and mail.backend.writes() == []


def test_the_number_of_aliases_is_no_list_of_domains(sql):
    """The SQL edition has a counter called aliases."""
    domain(sql).aliases_limit = 7
    assert "alias_domains" not in sql.ok("iredmail_domain_info", **HOME)["domains"][0]


def test_services_are_added_and_removed(ldap):
    ldap.ok("iredmail_domain", **HOME, services=["self-service"])
    assert ldap.sent() == {"addService": "self-service"}
    ldap.ok("iredmail_domain", **HOME, services=["mail", "self-service"], services_mode="set", force_services=True)
    assert ldap.sent() == {"removeService": "domainalias,recipientbcc,senderbcc"}
    ldap.ok("iredmail_domain", **HOME, services=["self-service"], services_mode="remove")
    assert ldap.sent() == {"removeService": "self-service"}
    ldap.quiet("iredmail_domain", **HOME, services=["mail"], services_mode="set")


@pytest.mark.parametrize(
    "wish, lost",
    [
        ({"services": ["self-service"], "services_mode": "set"}, "domainalias, mail, recipientbcc, senderbcc"),
        ({"services": [], "services_mode": "set"}, "domainalias, mail, recipientbcc, senderbcc"),
        ({"services": ["mail"], "services_mode": "remove"}, "mail"),
    ],
)
def test_delivery_is_not_stopped_by_accident(ldap, wish, lost):
    for name in ("example.org", "new.example"):
        for check in (True, False):
            assert f"services: without {lost}" in ldap.bad("iredmail_domain", check=check, domain=name, **wish)
            assert ldap.backend.writes() == []
    ldap.ok("iredmail_domain", **HOME, force_services=True, **wish)
    ldap.quiet("iredmail_domain", **HOME, **wish)


def test_a_domain_that_is_made_without_services_on_purpose(ldap):
    wish = {"domain": "new.example", "services": ["mail"], "services_mode": "set"}
    ldap.ok("iredmail_domain", **wish, force_services=True)
    assert domain(ldap, "new.example").services == ["mail"]
    ldap.quiet("iredmail_domain", **wish)


def test_services_of_delivery_are_nothing_of_sql(sql):
    sql.ok("iredmail_domain", **HOME, services=["self-service"])
    sql.ok("iredmail_domain", **HOME, services=[], services_mode="set")
    assert sql.sent() == {"removeService": "self-service"}


def test_what_the_panel_hides_is_set_by_differences(mail):
    mail.ok("iredmail_domain", **HOME, disabled_domain_profiles=["bcc", "relay"])
    assert mail.sent() == {"disableDomainProfile": "bcc,relay"}
    mail.ok("iredmail_domain", **HOME, disabled_domain_profiles=["relay", "advanced"], disabled_user_preferences=["wblist"])
    assert mail.sent() == {"disableDomainProfile": "advanced", "enableDomainProfile": "bcc", "disableUserPreference": "wblist"}
    mail.ok("iredmail_domain", **HOME, disabled_domain_profiles=[])
    assert mail.sent() == {"enableDomainProfile": "advanced,relay"}


@pytest.mark.parametrize(
    "wish, words",
    [
        ({**HOME, "disabled_domain_profiles": ["forwarding"]}, "it must be one of bcc, relay, catchall"),
        ({**HOME, "services": ["imap"]}, "it must be one of self-service, mail"),
        ({**HOME, "alias_domains": ["example.org"]}, "alias_domains must not hold the domain itself"),
        ({**HOME, "max_users": -2}, "it must be -1 or more"),
        ({**HOME, "outbound_relay": "a b"}, "it must be a host"),
        ({"domain": "exämple.org"}, "must be given in its ASCII form, which begins with xn--"),
        ({"domain": "localhost"}, "it is not a domain that the server accepts"),
        ({"domain": "-x.example"}, "it is not a domain that the server accepts"),
    ],
)
def test_bad_input_sends_nothing(mail, wish, words):
    assert words in mail.bad("iredmail_domain", **wish)
    assert len(mail.backend.log) == 0


# Deletion


@pytest.mark.parametrize("days, path", [(None, ""), (0, "/keep_mailbox_days/0"), (30, "/keep_mailbox_days/30")])
def test_deletion(mail, days, path):
    mail.backend.seed(users=[{"mail": "zoe@example.org"}])
    mail.ok("iredmail_domain", **HOME, state="absent", keep_mailbox_days=days)
    assert mail.wrote() == [f"DELETE domain/example.org{path}"]
    assert (mail.backend.store.deleted_mailboxes[0]["due"] is None) == (not days)
    mail.quiet("iredmail_domain", **HOME, state="absent", keep_mailbox_days=days)


def test_pruning(mail):
    mail.backend.seed(domains=[{"domain": "old.example"}])
    prune = {"prune": True, "prune_scope": "all", "prune_limit": "1", "keep": ["delegated.*"]}
    mail.ok("iredmail_domain", domains=[HOME], keep_mailbox_days=7, **prune)
    assert mail.wrote() == ["DELETE domain/old.example/keep_mailbox_days/7"]
    assert "prune_scope is the word all" in mail.bad("iredmail_domain", domains=[HOME], **{**prune, "prune_scope": {"domain": "x.example"}})


def test_many_domains_are_one_read(mail):
    mail.backend.seed(domains=[{"domain": f"d{number}.example", "quota": 5} for number in range(50)])
    wish = [{"domain": f"d{number}.example", "quota_mb": 5, "catchall": []} for number in range(50)]
    assert mail.quiet("iredmail_domain", domains=wish)["requests"]["reads"] == 2
