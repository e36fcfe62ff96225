# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Greylisting: on, off or inherited; senders that pass it; and a list of domains that nobody can read."""

from __future__ import annotations

import pytest

SETTING, WHITELIST, SPF = "iredmail_greylisting", "iredmail_greylisting_whitelist", "iredmail_greylisting_spf_domains"


@pytest.fixture(params=["row", "rows", "status"])
def shaped(office, request):
    office.backend.change_knobs({"greylisting_shape": request.param})
    return office


@pytest.mark.parametrize("empty", ["object", "null", "list"])
def test_on_off_and_inherited(shaped, empty):
    shaped.backend.change_knobs({"greylisting_empty": empty})
    settings = shaped.backend.store.greylisting
    for state, stored in (("enabled", True), ("disabled", False), ("absent", None), ("disabled", False)):
        shaped.ok(SETTING, account="coral@example.org", state=state)
        assert settings.get("coral@example.org") is stored and len(shaped.wrote()) == 1
        shaped.quiet(SETTING, account="coral@example.org", state=state)


def test_all_settings_are_one_request(office):
    wish = [{"account": f"person{number}@example.org", "state": "disabled"} for number in range(300)]
    office.ok(SETTING, greylisting_settings=wish)
    assert office.read() == ["GET domain/example.org", "GET greylisting/all", "GET greylisting/all"]
    office.quiet(SETTING, greylisting_settings=wish)
    assert office.read() == ["GET domain/example.org", "GET greylisting/all"]


def test_prune_by_domain(office):
    office.backend.seed(greylisting_settings={"global": True, "example.org": True, "coral@example.org": False, "school1.example.org": True})
    wish = {"greylisting_settings": [{"account": "example.org"}], "prune": True, "prune_limit": "1"}
    office.ok(SETTING, **wish, prune_scope={"domain": "example.org"})
    assert office.wrote() == ["DELETE greylisting/coral@example.org"]
    assert "prune would delete 2 of 3" in office.bad(SETTING, **wish, prune_scope="all")


@pytest.fixture(params=["rows", "rows_without_comments", "strings"])
def listed(office, request):
    office.backend.change_knobs({"greylisting_whitelist_shape": request.param})
    office.backend.seed(greylisting_whitelists={"global": {"192.0.2.1": "", "192.0.2.2": "AUTO-UPDATE: example.com"}})
    office.shows_comments = request.param == "rows"
    return office


def whitelist(office, account="@."):
    return sorted(office.backend.store.greylisting_whitelists.get(account, {}))


def test_senders_are_added_and_removed(listed):
    listed.ok(WHITELIST, account="global", senders=["192.0.2.3", "2001:DB8::0"])
    assert listed.sent() == {"addSenders": "192.0.2.3,2001:db8::"}
    listed.quiet(WHITELIST, account="global", senders=["192.0.2.3", "2001:db8:0::"])
    listed.ok(WHITELIST, account="global", senders=["192.0.2.1", "192.0.2.9"], senders_mode="remove")
    assert listed.sent() == {"removeSenders": "192.0.2.1"}
    assert whitelist(listed) == ["192.0.2.2", "192.0.2.3", "2001:db8::"]


def test_what_the_job_of_the_server_wrote(listed):
    """It is there where somebody names it, and is left alone where nobody does."""
    listed.quiet(WHITELIST, account="global", senders=["192.0.2.2"])
    if listed.shows_comments:
        listed.ok(WHITELIST, account="global", senders=["192.0.2.3"], senders_mode="set")
        assert listed.sent() == {"addSenders": "192.0.2.3", "removeSenders": "192.0.2.1"}
        listed.quiet(WHITELIST, account="global", senders=["192.0.2.3"], senders_mode="set")
        listed.ok(WHITELIST, account="global", state="absent")
        assert whitelist(listed) == ["192.0.2.2"]
        listed.quiet(WHITELIST, account="global", state="absent")
    listed.ok(WHITELIST, account="global", senders=["192.0.2.2"], senders_mode="remove")
    assert "192.0.2.2" not in whitelist(listed)


def test_the_global_list_is_not_made_exact_without_comments(listed):
    for wish in ({"senders": ["192.0.2.3"], "senders_mode": "set"}, {"state": "absent"}):
        if listed.shows_comments:
            assert listed("iredmail_greylisting_whitelist", check=True, account="global", **wish)["changed"]
            continue
        for check in (True, False):
            assert "does not show which of the global senders" in listed.bad(WHITELIST, check=check, account="global", **wish)
            assert listed.wrote() == []
        listed.ok(WHITELIST, check=True, account="global", force=True, **wish)
    # To name all that there is is no danger, and neither is another list.
    listed.ok(WHITELIST, account="global", senders=["192.0.2.1", "192.0.2.2", "192.0.2.3"], senders_mode="set")
    listed.ok(WHITELIST, account="example.org", senders=["192.0.2.3"])
    listed.ok(WHITELIST, account="example.org", senders=[], senders_mode="set")
    assert whitelist(listed, "@example.org") == []
    if not listed.shows_comments:
        listed.ok(WHITELIST, account="global", senders=["192.0.2.3"], senders_mode="set", force=True)
        assert whitelist(listed) == ["192.0.2.3"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"senders": ["@."]}, "it must be an IP address"),
        ({"senders": ["192.0.2.1/24"]}, "the network is 192.0.2.0/24"),
        ({"senders": ["192.0.2.1"], "state": "absent"}, "set senders_mode to remove"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(office, options, words):
    assert words in office.bad(WHITELIST, account="example.org", **options)
    assert len(office.backend.log) == 0


def test_domains_are_sent_and_only_the_job_shows_them(office):
    assert office.ok(SPF, domains=["Example.com", "example.net"])["unverified"] == ["example.com", "example.net"]
    assert (office.wrote(), office.sent()) == (["POST greylisting/whitelist_spf_domains"], {"addDomains": "example.com,example.net"})
    office.backend.seed(spf_cron={"example.com": ["198.51.100.0/24"]})
    result = office.ok(SPF, domains=["example.com", "example.net"])
    assert (result["changed"], result["unverified"]) == (False, ["example.net"])
    result = office.ok(SPF, domains=["example.com"], domains_mode="remove", unreadable_fields="always")
    assert (result["changed"], result["unverified"], office.backend.store.spf_domains) == (True, ["example.com"], ["example.net"])
    office.ok(SPF, domains=[], domains_mode="set")
    assert office.backend.store.spf_domains == []
    office.quiet(SPF, domains=[])


def test_domains_in_check_mode(office):
    result = office(SPF, check=True, domains=["example.com"], unreadable_fields="always")
    assert result["changed"] and office.wrote() == []
    assert "domains 'nonsense': it is not a domain" in office.bad(SPF, domains=["nonsense"])
    assert len(office.backend.log) == 0


@pytest.mark.parametrize("module", [SETTING, WHITELIST])
def test_a_release_without_it(office, module):
    office.backend.change_knobs({"sql_version": "2.6", "ldap_version": "2.8"})
    assert office.bad(module, account="example.org") == (
        "iRedMail: this server has no greylisting in its API: that takes iRedAdmin-Pro SQL 2.7 or LDAP 2.9, or later"
    )
    assert "SQL 2.7 or LDAP 2.9" in office.bad(SPF, domains=["example.com"])
    assert "SQL 2.7 or LDAP 2.9" in office.bad("iredmail_policy_info", accounts=["global"], gather=["throttles", "greylisting_settings"])
