# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords meet what every system asks for, by our own policies and by the simulated servers."""

from __future__ import annotations

import itertools
import string

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils import secret_policy
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_policy import (
    CLASSES,
    POLICIES,
    Policy,
    SecretError,
    common,
    generate,
    policies,
)
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import CASES, SERVERS
from hypothesis import example, given, settings
from hypothesis import strategies as st

TOGETHER = [
    names
    for count in range(1, len(POLICIES) + 1)
    for names in itertools.combinations(POLICIES, count)
    if not {"ldapsaisie", "micetro"} <= set(names)
]
ACCOUNTS = {
    case.backend: case
    for case in reversed(CASES)
    if case.secret and case.name in ("bluemind_user", "iredmail_user", "ldapsaisie_object", "micetro_user", "ocs_user")
}


@pytest.fixture(scope="module")
def lab():
    with Lab() as running:
        yield running


@pytest.mark.parametrize("names", TOGETHER, ids=" ".join)
def test_one_secret_suits_all(names):
    chosen = policies(names)
    made = [generate(common(chosen.values())) for _number in range(50)]
    assert len(set(made)) == 50
    for secret in made:
        assert [policy.faults(secret) for policy in chosen.values()] == [[]] * len(names)
        assert not set(secret) & set("Il1O0 :;,'\"`\\/{}[]()<>&|$~^_")
        assert secret[0].isalnum() and secret[-1].isalnum()
        assert len(secret) == (10 if "ldapsaisie" in names else 20)
        assert all(set(secret) & set(characters) for characters in CLASSES.values())


@pytest.mark.parametrize("backend", sorted(ACCOUNTS))
def test_the_servers_take_them(backend, lab):
    """The policies are what the servers ask for, as far as the simulated ones know."""
    case = ACCOUNTS[backend]
    server = SERVERS[backend](getattr(lab, backend))
    server.start(case.world, case.knobs)
    policy = POLICIES[backend]
    for secret in [generate(policy) for _number in range(5)] + [_shortest(policy)]:
        created = server.run(case.task, {**case.create, case.secret_option: case.planted(secret)})
        assert not created.get("failed"), created["msg"]
        server.start(case.world, case.knobs)


@pytest.mark.parametrize("backend", ["iredmail", "ldapsaisie", "micetro", "ocs"])
def test_the_servers_refuse_what_the_policies_refuse(backend, lab):
    """Otherwise they would be stricter than needed."""
    case = ACCOUNTS[backend]
    server = SERVERS[backend](getattr(lab, backend))
    server.start(case.world, case.knobs)
    short = _shortest(POLICIES[backend])[1:]
    assert POLICIES[backend].faults(short)
    assert server.run(case.task, {**case.create, case.secret_option: case.planted(short)})["failed"]


def _shortest(policy):
    return ("A" + "a2" * policy.min_length)[: policy.min_length - 2] + "-b"


@pytest.mark.parametrize(
    ("system", "secret", "words"),
    [
        ("ocs", "Schlüssel 12+", []),
        ("ocs", "Schlüssel", ["has fewer than 10 characters", "has no digit", "has no special character"]),
        ("bluemind", "pass phrase", []),
        ("bluemind", "Schlüssel", ["has characters that are not taken"]),
        ("ldapsaisie", "a:B2345678", ["has characters that are not taken"]),
    ],
)
def test_what_others_made_is_judged_by_what_is_known(system, secret, words):
    assert POLICIES[system].refuses(secret) == words


def test_those_that_exclude_each_other_are_named():
    with pytest.raises(SecretError) as error:
        common(policies(["ocs", "ldapsaisie", "iredmail", "micetro"]).values())
    assert str(error.value).startswith("micetro wants at least 12 characters and ldapsaisie takes at most 10: no secret suits both.")
    assert "people_secrets_per: backend" in str(error.value) and "people_secrets_policies" in str(error.value)
    assert "ocs" not in str(error.value) and "iredmail" not in str(error.value)


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (
            {"ocs": {"characters": "ABab23-"}, "iredmail": {"characters": "ABCD23-"}},
            "ocs wants a small letter and iredmail takes none of those",
        ),
        ({"ocs": {"characters": "ab23-", "required": []}}, "iredmail wants a capital letter and ocs takes none of those"),
        (
            {"ocs": {"characters": "abc", "required": []}, "iredmail": {"characters": "xyz", "required": []}},
            "ocs and iredmail have no character in common",
        ),
    ],
)
def test_characters_may_exclude_each_other(overrides, words):
    with pytest.raises(SecretError) as error:
        common(policies(["ocs", "iredmail"], overrides).values())
    assert str(error.value).startswith(f"{words}: no secret suits both.")


def test_three_may_exclude_each_other():
    three = [Policy(name, characters=characters) for name, characters in (("a", "xy"), ("b", "yz"), ("c", "xz"))]
    with pytest.raises(SecretError, match="a and b and c: there is no character that is taken"):
        common(three)


@pytest.mark.parametrize(
    "secret",
    [
        "a" * 32,
        "0123456789abcdef0123456789abcdef",
        "{SSHA}c2FsdHNhbHQ=",
        "{SSHA512}c2FsdHNhbHQ=",
        "{SHA}c2FsdA==",
        "$argon2id$v=19$m=1",
        "$2a$10$abcdefgh",
        "PBKDF2SHA256:4096:aa:bb",
        "100:aabb:ccdd",
        "with a space",
        "accentué1A-",
    ],
)
def test_bluemind_would_take_it_for_a_hash_or_not_at_all(secret):
    assert POLICIES["bluemind"].faults(secret)


def test_a_fault_never_repeats_the_secret():
    for policy in POLICIES.values():
        for secret in ("Geheim-é 1", "x", "Geheim" * 100):
            assert secret not in " ".join(policy.faults(secret)) or secret == "x"


@st.composite
def any_policy(draw, name):
    characters = draw(st.sampled_from([secret_policy.PRINTABLE, string.ascii_letters, "abcXYZ789-_", string.digits, "IlO01", "abcdefgh"]))
    return {
        "min_length": (least := draw(st.integers(1, 30))),
        "max_length": draw(st.one_of(st.none(), st.integers(least, 40))),
        "required": draw(st.lists(st.sampled_from(sorted(CLASSES)), unique=True)),
        "kinds": draw(st.integers(0, 4)),
        "characters": characters,
    }


LAX = {"min_length": 1, "max_length": None, "required": [], "kinds": 0, "characters": secret_policy.PRINTABLE}


@settings(max_examples=300, deadline=None)
@example(one=dict(LAX, required=["digit"]), other=dict(LAX, kinds=2, characters="IlO01"))
@example(one=dict(LAX, required=["special"], max_length=2), other=dict(LAX, min_length=2))
@given(one=any_policy("one"), other=any_policy("other"))
def test_any_two_policies_are_met_or_refused(one, other):
    """A secret that passes both by a check that shares nothing with ours, or an error; and an error only where there is none."""
    overrides = {"one": one, "other": other}
    try:
        secret = generate(common(policies(["one", "other"], overrides).values()))
    except SecretError:
        assert _impossible(one, other)
        return
    for policy in (one, other):
        assert policy["min_length"] <= len(secret) <= (policy["max_length"] or 999)
        assert set(secret) <= set(policy["characters"])
        kinds = {_kind(each) for each in secret}
        assert set(policy["required"]) <= kinds
        assert len(kinds) >= policy["kinds"]


def _kind(character):
    return "digit" if character.isdigit() else "upper" if character.isupper() else "lower" if character.islower() else "special"


def _impossible(one, other):
    taken = set(one["characters"]) & set(other["characters"])
    kinds = {_kind(each) for each in taken}
    required = {*one["required"], *other["required"]}
    longest = min(one["max_length"] or 999, other["max_length"] or 999)
    wanted = max(one["kinds"], other["kinds"], len(required))
    least = max(one["min_length"], other["min_length"])
    return not taken or not required <= kinds or len(kinds) < wanted or least > longest or wanted > longest


@pytest.mark.parametrize(
    ("backends", "overrides", "words"),
    [
        (["elsewhere"], {}, "elsewhere is no system that a policy is known of"),
        (["ocs"], {"ocs": {"minimum": 3}}, "policies, ocs: minimum is unknown"),
        (["ocs"], {"ocs": {"min_length": "many"}}, "policies, ocs: min_length must be a number"),
        (["ocs"], {"ocs": {"min_length": True}}, "policies, ocs: min_length must be a number"),
        (["ocs"], {"ocs": {"max_length": 0}}, "policies, ocs: max_length must be a number of at least 1"),
        (["ocs"], {"ocs": {"max_length": 9}}, "ocs: at least 10 and at most 9 characters is impossible"),
        (["ocs"], {"ocs": {"required": "upper"}}, "required must be a list"),
        (["ocs"], {"ocs": {"required": ["capital"]}}, "choose from upper, lower, digit, special"),
        (["ocs"], {"ocs": {"characters": "abcé"}}, "printable ASCII"),
        (["ocs"], {"ocs": {"characters": "", "required": []}}, "there is no character that is taken"),
        (["ocs"], {"ocs": {"refused": ["("]}}, "is no regular expression"),
        (["ocs"], {"ocs": {"kinds": 5}}, "there are only 4 kinds"),
        (["ocs"], {"ocs": {"needed": "yes"}}, "needed must be true or false"),
        (["ocs"], {"ocs": "long"}, "give what differs"),
        (["ocs"], {"ocs": {"min_length": 1, "max_length": 2}}, "2 characters are too few"),
    ],
)
def test_overrides_that_make_no_sense(backends, overrides, words):
    with pytest.raises(SecretError) as error:
        policies(backends, overrides)
    assert words in str(error.value)


def test_overrides_of_a_known_and_an_unknown_system():
    chosen = policies(
        ["ocs", "sixth"], {"ocs": {"min_length": "24"}, "sixth": {"max_length": 30, "characters": string.ascii_letters + "23-"}}
    )
    secret = generate(common(chosen.values()))
    assert len(secret) == 24
    assert not [policy.faults(secret) for policy in chosen.values() if policy.faults(secret)]


def test_nothing_to_make_it_for():
    with pytest.raises(SecretError):
        common([])


def test_a_policy_that_refuses_everything_ends():
    with pytest.raises(SecretError, match="no secret could be made that ocs takes"):
        generate(policies(["ocs"], {"ocs": {"refused": [".*"]}})["ocs"])
