# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many users in one call: what that costs. The login is one request, and counted in what the results say."""

from __future__ import annotations

import pytest

DOMAINS = ["example.org", "example.net"]
PASSWORD = "Pl4nted-for-many"
HASH = "{PLAIN}" + PASSWORD


def mails(count):
    return [f"u{number}@{DOMAINS[number % 2]}" for number in range(count)]


@pytest.fixture
def crowd(panel, edition):
    """A thousand users in two domains."""
    users = [
        {"mail": mail, "name": mail, "quota": 1024, "language": "fr_FR", "password": HASH, "aliases": [f"a{mail}"]} for mail in mails(1000)
    ]
    panel.start({"domains": [{"domain": name} for name in DOMAINS], "users": users}, {"edition": edition})
    return panel


def people(**options):
    return [{"email": mail, "name": mail, "quota_mb": 1024, "enabled": True, **options} for mail in mails(1000)]


def test_unchanged_is_one_read_for_each_domain(crowd):
    result = crowd.quiet("iredmail_user", users=people(services=["imap"], employee_id="", global_admin=False))
    assert result["requests"] == {"reads": 1 + len(DOMAINS), "writes": 0}
    assert sorted(crowd.read()) == ["GET users/example.net", "GET users/example.org"]


@pytest.mark.parametrize(
    "options, missing",
    [
        ({"language": "fr_FR"}, "ldap"),
        ({"transport": ""}, "ldap"),
        ({"sender_bcc": ""}, "both"),
        ({"forwarding": []}, "sql"),
        ({"keep_local_copy": True}, "sql"),
        ({"aliases": []}, "sql"),
        ({"mailbox_format": "maildir"}, "ldap"),
    ],
)
def test_a_field_that_the_listing_lacks_costs_one_read_a_user(crowd, edition, options, missing):
    wish = people(**options)
    if "aliases" in options:
        wish = [{**each, "aliases": [f"a{each['email']}"]} for each in wish]
    result = crowd.quiet("iredmail_user", users=wish)
    extra = 1000 if missing in (edition, "both") else 0
    assert result["requests"] == {"reads": 1 + len(DOMAINS) + extra, "writes": 0}


@pytest.mark.parametrize("options", [{"given_name": ""}, {"surname": ""}, {"mobiles": []}, {"telephone_numbers": []}])
def test_the_same_of_what_only_ldap_has(crowd, edition, options):
    if edition == "ldap":
        assert crowd.quiet("iredmail_user", users=people(**options))["requests"]["reads"] == 1003
    else:
        assert "only the LDAP edition" in crowd.bad("iredmail_user", users=people(**options))


def test_only_those_who_need_it_are_read_by_themselves(crowd, edition):
    wish = people()
    for each in wish[:7]:
        each.update({"forwarding": []} if edition == "sql" else {"language": "fr_FR"})
    assert crowd.quiet("iredmail_user", users=wish)["requests"]["reads"] == 1 + len(DOMAINS) + 7


def test_a_password_costs_one_question_a_user(crowd):
    result = crowd.quiet("iredmail_user", users=people(password=PASSWORD), update_password="when_changed")
    assert result["requests"] == {"reads": 1 + len(DOMAINS) + 1000, "writes": 0}
    assert crowd.quiet("iredmail_user", users=people(password=PASSWORD))["requests"]["reads"] == 1 + len(DOMAINS)


def test_few_changes_are_read_back_one_by_one_and_many_in_a_listing(crowd):
    wish = people()
    wish[0]["quota_mb"] = 2048
    result = crowd.ok("iredmail_user", users=wish)
    assert result["requests"] == {"reads": 1 + len(DOMAINS) + 1, "writes": 1}
    assert crowd.read()[-1] == "GET user/u0@example.org"
    for each in wish[:200]:
        each["quota_mb"] = 4096
    result = crowd.ok("iredmail_user", users=wish)
    assert result["requests"] == {"reads": 1 + len(DOMAINS) + len(DOMAINS), "writes": 200}
    crowd.quiet("iredmail_user", users=wish)


def test_creating_looks_up_each_domain_once(crowd):
    wish = [{"email": f"new{number}@{DOMAINS[number % 2]}", "password": PASSWORD, "name": "New"} for number in range(100)]
    result = crowd.ok("iredmail_user", users=wish)
    assert result["requests"] == {"reads": 1 + 2 + 2 + 2, "writes": 100}


def test_absent_users_of_a_domain_that_is_not_there(crowd):
    gone = [{"email": f"u{number}@nowhere.example", "state": "absent"} for number in range(10)]
    assert crowd.quiet("iredmail_user", users=gone)["requests"]["reads"] == 2


def test_a_directory_that_gives_no_list_of_that_size(panel):
    """Then each user is read by itself, and nothing can be pruned."""
    panel.start({"users": [{"mail": f"u{number}@example.org"} for number in range(20)]}, {"edition": "ldap", "ldap_sizelimit": 10})
    wish = [{"email": f"u{number}@example.org", "quota_mb": 0} for number in range(20)]
    assert panel.quiet("iredmail_user", users=wish)["requests"]["reads"] == 1 + 1 + 20
    prune = {"prune": True, "prune_scope": {"domain": "example.org"}, "prune_limit": "5"}
    assert "the server does not list its users" in panel.bad("iredmail_user", users=wish, **prune)


def test_a_release_without_listings(panel, edition):
    panel.start(
        {"users": [{"mail": f"u{number}@example.org"} for number in range(8)]},
        {"edition": edition, "sql_version": "3.0", "ldap_version": "3.2"},
    )
    wish = [{"email": f"u{number}@example.org", "quota_mb": 0} for number in range(8)]
    assert panel.quiet("iredmail_user", users=wish)["requests"]["reads"] == 1 + 1 + 8
    panel.ok("iredmail_user", users=[{**each, "quota_mb": 10} for each in wish])


def test_workers_write_at_once_and_never_twice(crowd):
    wish = people(employee_id="E1")[:100]
    result = crowd.ok("iredmail_user", users=wish, workers=4)
    assert result["summary"]["updated"] == 100 and len(set(crowd.wrote())) == 100
