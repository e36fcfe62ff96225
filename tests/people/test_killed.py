# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Killed at any write and run again, a run ends in the same state, and no secret is lost.

By default at some of the writes; with KILL_AT=all at every one.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
from datetime import timedelta

import pytest
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.cast import TODAY, cast, joiner
from ansible_collections.workplace.onboarding.tests.people.town import kill

LATER = TODAY + timedelta(days=35)
GUS = {"end_date": TODAY - timedelta(days=1)}  # whose days of grace are over then
# A joiner, one who is made early, a mover, a wedding, a leaver, and one who goes on leave.
DAY = [
    *cast(
        zoe_parable={"department": "school"},
        coral_lantern={"on_leave": True},
        dot_margin={"family_name": "Wed", "login": "dot.wed"},
        hazel_mock={"end_date": LATER - timedelta(days=1)},
        gus_sandbox=GUS,
    ),
    joiner(start_date=LATER),
    joiner(12, given_name="Ada", login="ada.vellum", start_date=LATER + timedelta(days=4)),
]
LIMITS = {"people_limits": {"suspend": {}, "delete": {}}}
EVERY = os.environ.get("KILL_AT") == "all"
SAMPLES = 6


class Trap:
    """Kills a run when its Nth write is there: before it takes effect, or after, and either way nobody hears of it."""

    def __init__(self, lab, nth, after):
        self.lab, self.nth, self.after = lab, nth, after
        self.process, self.writes, self.at = None, 0, ""

    def __enter__(self):
        self.original = {}
        for name, backend in self.lab.backends.items():
            self.original[name] = backend.app._answer
            backend.app._answer = self._listening(name, backend.app)
        return self

    def __exit__(self, *_exc):
        for name, backend in self.lab.backends.items():
            backend.app._answer = self.original[name]

    def _listening(self, name, app):
        writes, original = is_write(app), app._answer

        def answer(call, fault):
            if self.at:
                return None  # whatever was under way is lost with its sender
            if not writes(call):
                return original(call, fault)
            self.writes += 1
            if self.writes != self.nth:
                return original(call, fault)
            self.at = f"{name}: {call.method} {call.raw_path}"
            if self.after:
                done = original(call, fault)
                if inspect.iscoroutine(done):  # of the simulated LdapSaisie, which has nothing to wait for here
                    with contextlib.suppress(StopIteration):
                        done.send(None)
            os.killpg(self.process.pid, 9)
            return None

        return answer


def is_write(app):
    module = importlib.import_module(type(app).__module__)
    return getattr(module, "is_write", lambda call: call.match is not None and call.match.route.write)


@pytest.fixture(scope="module")
def eve(settled):
    """The town in which one person has left already."""
    town, saved = settled
    town.restore(saved)
    town.hr(cast(gus_sandbox=GUS))
    run = town.run("reconcile", TODAY)
    assert run.code == 0, run
    return town, town.save()


@pytest.fixture(scope="module")
def whole(eve):
    """An unbroken run: how many writes it needs, what there is then, and what is remembered."""
    town, saved = eve
    town.restore(saved)
    town.hr(DAY)
    with Trap(town.lab, 0, False) as trap:
        run = town.run("reconcile", LATER, **LIMITS)
    assert run.code == 0 and trap.writes == sum(run.writes.values()) > 40, run
    assert town.run("reconcile", LATER, **LIMITS).quiet
    assert "gus.sandbox" not in look.accounts(town.lab)["ocs"]
    return trap.writes, look.accounts(town.lab), remembered(town)


def remembered(town):
    """The state file."""
    return json.loads(town.state)


def points():
    """Which write, as a share of all, and whether it takes effect."""
    if EVERY:
        return [(None, after) for after in (False, True)]
    return [((number + 0.5) / SAMPLES, bool(number % 2)) for number in range(SAMPLES)]


@pytest.mark.parametrize(("share", "after"), points())
def test_killed_and_run_again(whole, eve, share, after):
    writes, accounts, state = whole
    town, saved = eve
    for nth in range(1, writes + 1) if share is None else [1 + int(share * writes)]:
        town.restore(saved)
        town.hr(DAY)
        with Trap(town.lab, nth, after) as trap:
            process = trap.process = town.start("reconcile", LATER, **LIMITS)
            try:
                process.communicate(timeout=300)
            finally:
                kill(process)
        where = f"killed {'after' if after else 'before'} write {nth} of {writes}, {trap.at}"
        assert trap.at and process.returncode == -9, where
        kept = town.secrets()
        made = {
            (backend, name): login
            for backend, there in look.accounts(town.lab).items()
            for name in there
            for login in [name.partition("@")[0]]
            if login in ("wren.vellum", "ada.vellum") and backend != "ocs"
        }
        for (backend, name), login in made.items():
            assert look.lets_in(town.lab, backend, name, kept[login][backend]), f"{where}: the secret of {name} on {backend} is lost"

        again = town.run("reconcile", LATER, **LIMITS)
        assert again.code == 0, f"{where}\n{again}"
        assert look.accounts(town.lab) == accounts, where
        assert remembered(town) == state, where
        secrets = town.secrets()
        assert {login: {name: secrets[login].get(name) for name in each} for login, each in kept.items()} == kept, (
            f"{where}: a second secret"
        )
        for login in ("wren.vellum", "ada.vellum"):
            for backend, secret in secrets[login].items():
                name = f"{login}@example.org" if backend == "iredmail" else login
                if name in look.accounts(town.lab)[backend]:
                    assert look.lets_in(town.lab, backend, name, secret), f"{where}: {login} cannot log in on {backend}"
        for backend, name in (("bluemind", "hazel.mock"), ("micetro", "hazel.mock"), ("micetro", "coral.lantern")):
            assert not look.lets_in(town.lab, backend, name, secrets[name][backend]), f"{where}: {name} can still log in on {backend}"
        assert town.run("reconcile", LATER, **LIMITS).quiet, where
