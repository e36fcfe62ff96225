# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One backend is down, or one person is refused by one: everybody else is done, and the run says what to do again."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.cast import TODAY, TOMORROW, cast, joiner
from ansible_collections.workplace.onboarding.tests.people.town import BACKENDS

DAY = [*cast(hazel_mock={"end_date": TODAY}, zoe_parable={"department": "school"}), joiner(start_date=TOMORROW)]
WHO = ["hazel.mock", "zoe.parable", "wren.vellum"]
ADDRESS = {
    "ocs": "OCS_URL",
    "bluemind": "BLUEMIND_URL",
    "iredmail": "IREDMAIL_URL",
    "micetro": "MICETRO_URL",
    "ldapsaisie": "LDAPSAISIE_URL",
}


@pytest.fixture(scope="module")
def whole(settled):
    """What there is when nothing goes wrong."""
    town, saved = settled
    town.restore(saved)
    town.hr(DAY)
    run = town.run("reconcile", TOMORROW)
    assert run.code == 0, run
    return look.accounts(town.lab)


@pytest.mark.parametrize("down", BACKENDS)
def test_a_backend_that_is_down(whole, town, down):
    before = look.accounts(town.lab)
    town.hr(DAY)
    backend = town.lab.backends[down]
    with backend.wire(refuse=True) as url:
        address = town.environment[ADDRESS[down]].replace(backend.url, url)
        run = town.run("reconcile", TOMORROW, {ADDRESS[down]: address})
    assert run.code != 0 and run.writes[down] == 0, run
    assert look.accounts(town.lab) == {**whole, down: before[down]}, "everybody is done everywhere else"
    assert run.says(down) or run.says(address.split("//")[1].split("/")[0]), run
    again = town.run("reconcile", TOMORROW)
    assert again.code == 0 and {name for name, writes in again.writes.items() if writes} == {down}, again
    assert look.accounts(town.lab) == whole


def test_a_person_that_a_backend_refuses(whole, town):
    town.hr(DAY)
    town.lab.iredmail.fault("refusal", method="POST", path="wren.vellum", message="QUOTA_EXCEEDED", times=None)
    run = town.run("reconcile", TOMORROW)
    there = look.accounts(town.lab)
    assert there["iredmail"] == {name: each for name, each in whole["iredmail"].items() if "wren" not in name}
    assert {**there, "iredmail": {}} == {**whole, "iredmail": {}}, "everybody else, and she everywhere else"
    assert run.code != 0 and run.says("QUOTA_EXCEEDED", "wren.vellum"), run
    assert run.says("run it again for wren.vellum"), run

    town.lab.iredmail.faults.clear()
    again = town.run("onboard", TOMORROW, onboard_only=["wren.vellum"])
    assert again.code == 0 and {name for name, writes in again.writes.items() if writes} == {"iredmail"}, again
    assert look.accounts(town.lab) == whole
    assert town.run("reconcile", TOMORROW).quiet


def test_people_only(whole, town):
    before = look.accounts(town.lab)
    town.hr(DAY)
    run = town.run("reconcile", TOMORROW, people_only=["hazel.mock"])
    assert run.code == 0, run
    there = look.accounts(town.lab)
    assert not there["ocs"]["hazel.mock"]["open"] and there["ocs"]["zoe.parable"] == before["ocs"]["zoe.parable"]
    assert "wren.vellum" not in there["ocs"]
    assert town.run("reconcile", TOMORROW, people_only=WHO[1:]).code == 0
    assert look.accounts(town.lab) == whole
    assert town.run("reconcile", TOMORROW).quiet
