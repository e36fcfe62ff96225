# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nobody knows about the server (chapter 11 of the contract): the modules of policies work under every reading of it."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.lab.iredmail.readings import READINGS
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.iredmail_policies import POLICY_CASES

CASES = [case for case in POLICY_CASES if not {"read_only", "operation"} & set(case.traits)]
#: Readings that concern one module, by the number of the uncertainty; the others are tried on all.
ONLY = {
    "8": ["iredmail_spam_policy"],
    "9": ["iredmail_throttle"],
    "10": ["iredmail_wblist"],
    "11": ["iredmail_greylisting"],
    "12": ["iredmail_greylisting_whitelist"],
    "18": ["iredmail_spam_policy"],
}
ELSEWHERE = ("6", "7", "13", "15", "16", "17", "20", "21", "22", "25", "26", "27", "28")  # see the accounts, and test_ldif.py
HIDDEN = "2-managed-domains-hidden"  # see test_domain_admins.py
WITHOUT_RULES = ("18-no-banned-rules", "19-current-text")


def tried():
    for reading in READINGS:
        number = reading.partition("-")[0]
        for case in CASES:
            if number in ELSEWHERE or case.name not in ONLY.get(number, [case.name]) or (reading == HIDDEN and case.variant == "sql"):
                continue
            yield pytest.param(reading, case, id=f"{reading} {case.label}")


@pytest.mark.parametrize(("reading", "case"), list(tried()))
def test_every_reading(panel, reading, case):
    panel.start(case.world, {**case.knobs, **READINGS[reading]})
    for wish in filter(None, (case.create, case.update, case.absent)):
        if reading in WITHOUT_RULES:
            wish = {name: value for name, value in wish.items() if not name.startswith("banned_rules")}
        predicted = panel(case.name, check=True, **wish)
        assert panel.wrote() == []
        result = panel.ok(case.name, **wish)
        assert result["changed"] and {**predicted, "requests": 0} == {**result, "requests": 0}
        panel.quiet(case.name, **wish)
        panel.quiet(case.name, **{case.plural: [wish]})


@pytest.mark.parametrize("case", [pytest.param(case, id=case.label) for case in CASES])
@pytest.mark.parametrize("knobs", [{}, {"unauth_style": "redirect"}])
def test_a_session_that_ends_in_between(panel, case, knobs):
    for skip in range(1, 5):
        panel.start(case.world, {**case.knobs, **knobs})
        panel.backend.fault("expire", skip=skip)
        panel.ok(case.name, **case.create)
        panel.backend.faults.clear()
        panel.quiet(case.name, **case.create)
