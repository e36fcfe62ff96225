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
    assert len(office.read()) == 3  # the policy, its domain, and the policy again
    office.quiet(MODULE, account="example.org", spam_score=4.5)
    assert office.read() == ["GET spampolicy/domain/example.org"]


@pytest.mark.parametrize("reading", [{}, {"spampolicy_put": "merge"}, {"spampolicy_shape": "params"}])
def test_what_is_not_given_stays(office, reading):
    office.backend.change_knobs(reading)
    office.backend.seed(
        spam_policies={
            "example.org": {"quarantine_virus": False, "quarantine_spam": True, "spam_score": 4.0, "banned_rulenames": ["A", "b"]}
        }
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


SCORED = {"example.org": {"bypass_virus_checks": True, "quarantine_virus": False, "spam_score": 4.0}}


def test_a_score_that_cannot_be_cleared_leaves_all_as_it_was(office):
    office.backend.seed(spam_policies=SCORED)
    before = dict(stored(office))
    office.backend.fault("refusal", method="PUT", path="spampolicy", message="PERMISSION_DENIED")
    result = office(MODULE, account="example.org", spam_score="", quarantine_spam=True)
    assert result["failed"] and not result["changed"]
    assert result["msg"].count("(PERMISSION_DENIED); the policy was put back as it was") == 1
    assert {name: stored(office)[name] for name in before} == before


@pytest.mark.parametrize("kind", [{"kind": "refusal", "message": "PERMISSION_DENIED"}, {"kind": "html", "status": 502}])
def test_a_policy_that_is_lost_is_told_once(office, kind):
    office.backend.seed(spam_policies=SCORED)
    office.backend.fault(method="PUT", path="spampolicy", times=None, **kind)
    result = office(MODULE, account="example.org", spam_score="")
    assert result["failed"] and result["changed"] and stored(office) is None
    assert result["msg"].count("the policy was deleted") == 1 and result["msg"].count("could not be written again") == 1
    office.backend.faults.clear()
    office.ok(MODULE, account="example.org", bypass_virus_checks=True, quarantine_virus=False, spam_score="")
    assert stored(office)["bypass_virus_checks"]


def test_an_answer_that_was_lost_while_the_score_was_cleared(office):
    office.backend.seed(spam_policies=SCORED)
    office.backend.fault("html", method="PUT", path="spampolicy", status=403, effect=True)
    assert office.ok(MODULE, account="example.org", spam_score="")["changed"]
    assert office.wrote() == ["DELETE spampolicy/domain/example.org", "PUT spampolicy/domain/example.org"]
    assert "spam_score" not in stored(office) and stored(office)["bypass_virus_checks"]


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
        wish = {"senders": ["192.0.2.1"]} if module.endswith("whitelist") else {}
        assert "the server hosts no domain exmaple.org" in office.bad(module, account=account, **wish)
        office.quiet(module, account=account, state="absent")
