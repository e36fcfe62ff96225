# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spam policies: every PUT holds the whole policy, and what is not given keeps its value."""

from __future__ import annotations

import pytest

WHOLE = {
    "bypass_spam_checks",
    "bypass_virus_checks",
    "bypass_banned_checks",
    "bypass_header_checks",
    "quarantine_spam",
    "quarantine_virus",
    "quarantine_banned",
    "quarantine_bad_header",
    "prefix_spam_in_subject",
    "always_insert_x_spam_headers",
}
MODULE = "iredmail_spam_policy"


def stored(office, account="@example.org"):
    return office.backend.store.spam_policies.get(account)


def test_a_new_policy_names_everything(office):
    office.ok(MODULE, account="example.org", spam_score="4.50")
    assert office.wrote() == ["PUT spampolicy/domain/example.org"]
    assert office.sent() == {**dict.fromkeys(WHOLE, "no"), "quarantine_virus": "yes", "spam_score": "4.5"}
    assert len(office.read()) == 3  # the domain, the policy before and after
    office.quiet(MODULE, account="example.org", spam_score=4.5)
    assert len(office.read()) == 2


@pytest.mark.parametrize("reading", [{}, {"spampolicy_put": "merge"}, {"spampolicy_shape": "params"}])
def test_what_is_not_given_stays(office, reading):
    office.backend.change_knobs(reading)
    office.backend.seed(
        spam_policies={"example.org": {"quarantine_virus": False, "quarantine_spam": True, "spam_score": 4.0, "banned_rulenames": ["A", "b"]}}
    )
    result = office.ok(MODULE, account="example.org", bypass_virus_checks=True)
    assert result["spam_policies"][0]["fields"] == ["bypass_virus_checks"]
    assert {*office.sent()} == {*WHOLE, "spam_score", "banned_rulenames"}
    policy = stored(office)
    assert (policy["quarantine_virus"], policy["quarantine_spam"], policy["bypass_virus_checks"]) == (False, True, True)
    assert (policy["spam_score"], policy["banned_rulenames"]) == (4.0, ["A", "b"])


@pytest.mark.parametrize("reading", [{}, {"spampolicy_put": "merge"}])
def test_the_score_of_the_system_again(office, reading):
    """A blank number is ignored, so the policy is made anew."""
    office.backend.change_knobs(reading)
    office.backend.seed(spam_policies={"example.org": {"quarantine_spam": True, "spam_score": 4.0}})
    office.ok(MODULE, account="example.org", spam_score="")
    assert office.wrote() == ["DELETE spampolicy/domain/example.org", "PUT spampolicy/domain/example.org"]
    assert stored(office)["quarantine_spam"] and "spam_score" not in stored(office)
    office.quiet(MODULE, account="example.org", spam_score="")


def test_rules_keep_their_case_and_can_be_cleared(office):
    office.ok(MODULE, account="global", banned_rules=["No-EXE", "zip"])
    assert stored(office, "@.")["banned_rulenames"] == ["No-EXE", "zip"]
    office.ok(MODULE, account="global", banned_rules=["zip"], banned_rules_mode="remove")
    assert stored(office, "@.")["banned_rulenames"] == ["No-EXE"]
    office.ok(MODULE, account="global", banned_rules=[])
    assert not stored(office, "@.")["banned_rulenames"]
    office.quiet(MODULE, account="global", banned_rules=[])


def test_rules_on_a_release_without_them(office):
    office.backend.change_knobs({"banned_rulenames": False})
    assert "banned_rules and did not store it" in office.bad(MODULE, account="global", banned_rules=["zip"])
    office.ok(MODULE, account="global", quarantine_spam=True)


@pytest.mark.parametrize(
    ("account", "path"),
    [
        ("global", "spampolicy/global"),
        ("Example.org", "spampolicy/domain/example.org"),
        ("coral@example.org", "spampolicy/user/coral@example.org"),
    ],
)
def test_the_three_levels(office, account, path):
    office.ok(MODULE, account=account)
    office.ok(MODULE, account=account, state="absent")
    assert office.wrote() == [f"DELETE {path}"]
    office.quiet(MODULE, account=account, state="absent")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"spam_score": "high"}, "it must be a number"),
        ({"spam_score": "nan"}, "it must be a number"),
        ({"banned_rules": ["a,b"]}, "hold a comma"),
        ({"account": "exam ple"}, "or the word global"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(office, options, words):
    assert words in office.bad(MODULE, **{"account": "example.org", **options})
    assert len(office.backend.log) == 0


@pytest.mark.parametrize("module", ["iredmail_spam_policy", "iredmail_greylisting", "iredmail_greylisting_whitelist"])
def test_a_domain_that_is_not_hosted_here(office, module):
    for account in ("exmaple.org", "coral@exmaple.org"):
        assert "the server hosts no domain exmaple.org" in office.bad(module, account=account)
        office.quiet(module, account=account, state="absent")
