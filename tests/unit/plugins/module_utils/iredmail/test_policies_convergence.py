# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever is set and whatever is wanted: one run leads there, check mode says so before, and the next run is quiet."""

from __future__ import annotations

from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.iredmail_policies import OFFICE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MODES = st.sampled_from(["add", "set", "remove"])
SENDERS = st.lists(st.sampled_from(["192.0.2.1", "192.0.2.0/24", "2001:DB8::1", "@.example.com", "Boss@example.com"]), unique=True)
LIMIT = st.sampled_from([-1, 0, 1, 10**12])
FLAGS = (
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
)
STATES = {
    "iredmail_spam_policy": st.fixed_dictionaries(
        {"account": st.just("example.org")},
        optional={
            **dict.fromkeys(FLAGS, st.booleans()),
            "spam_score": st.sampled_from(["", "0", "4.50", "-3", "12"]),
            "banned_rules": st.lists(st.sampled_from(["NO-EXE", "zip"]), unique=True),
            "banned_rules_mode": MODES,
        },
    ),
    "iredmail_throttle": st.fixed_dictionaries(
        {"account": st.just("coral@example.org"), "direction": st.just("inbound"), "period": st.sampled_from([1, 3600])},
        optional={"max_message_size": LIMIT, "max_messages": LIMIT, "max_total_size": LIMIT},
    ),
    "iredmail_greylisting": st.fixed_dictionaries(
        {"account": st.just("global"), "state": st.sampled_from(["enabled", "disabled", "absent"])}
    ),
    "iredmail_greylisting_whitelist": st.fixed_dictionaries(
        {"account": st.just("global")}, optional={"senders": SENDERS, "senders_mode": MODES}
    ),
    "iredmail_wblist": st.fixed_dictionaries(
        {
            "account": st.just("global"),
            "direction": st.just("inbound"),
            "list": st.sampled_from(["whitelist", "blacklist"]),
            "move": st.just(True),
        },
        optional={"addresses": SENDERS, "addresses_mode": MODES},
    ),
    "iredmail_domain_admins": st.fixed_dictionaries(
        {"domain": st.just("example.org"), "candidates": st.just(["coral@example.org", "former@example.org", "msp@example.com"])},
        optional={
            "admins": st.lists(st.sampled_from(["coral@example.org", "Former@example.org", "msp@example.com"]), unique=True),
            "admins_mode": MODES,
        },
    ),
    "iredmail_mailing_list_subscribers": st.fixed_dictionaries(
        {"address": st.just("news@example.org")},
        optional={
            "subscribers": st.lists(st.sampled_from(["Gus@example.org", "a+b@example.com", "dora@example.net"]), unique=True),
            "subscribers_mode": MODES,
            "subscription": st.sampled_from(["normal", "digest", "nomail"]),
        },
    ),
}
WISH = st.sampled_from(sorted(STATES)).flatmap(lambda module: st.tuples(st.just(module), st.lists(STATES[module], min_size=2, max_size=3)))


@given(wish=WISH, edition=st.sampled_from(["sql", "ldap"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_states_converge_in_one_run(panel, wish, edition):
    module, states = wish
    panel.start(OFFICE, {"edition": edition})
    for state in states:
        predicted = panel(module, check=True, **state)
        assert panel.wrote() == []
        result = panel.ok(module, **state)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        panel.quiet(module, **state)
