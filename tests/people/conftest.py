# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.people.cast import TODAY, cast
from ansible_collections.workplace.onboarding.tests.people.town import Town


@pytest.fixture(scope="session")
def lab():
    with Lab() as running:
        yield running


@pytest.fixture(scope="session")
def settled(lab, tmp_path_factory):
    """A town in which everybody has every account already, and what it is then."""
    town = Town(lab, tmp_path_factory.mktemp("town"))
    town.hr(cast())
    run = town.run("reconcile", TODAY)
    assert run.code == 0, run
    return town, town.save()


@pytest.fixture
def town(settled):
    town, saved = settled
    town.restore(saved)
    return town
