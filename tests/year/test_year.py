# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A year in the life of a town: after every day each backend holds exactly what the rules say, and a second run has nothing to do.

By default 20 days of it; with YEAR_DAYS=all every day. YEAR_SEED tells another story; YEAR_PEOPLE is how many there are at first.
"""

from __future__ import annotations

import os
import random
import time
from datetime import date, timedelta

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.town import CHOIR, Town

from .hr import Office
from .oracle import BACKENDS, GRACE, Oracle

SEED = int(os.environ.get("YEAR_SEED", "5"))
PEOPLE = int(os.environ.get("YEAR_PEOPLE", "300"))
FIRST = date(2026, 1, 5)
ALL = range(365)
# Pairs, as mistakes last a day; then the days on which grace ends for who left in January; then the rest of the year.
CHOSEN = (0, 1, 2, 3, 8, 9, 10, 31, 32, 33, 36, 37, 60, 61, 120, 121, 190, 191, 300, 364)
DAYS = ALL if os.environ.get("YEAR_DAYS") == "all" else CHOSEN
MISSING_CLOSES_FROM = 35  # people_missing: report before, suspend from that day on
# Between two of the chosen days may lie months.
OPEN = {each: {"count": 1000} for each in ("create", "move", "rename")}
WIDE = {"people_limits": {**OPEN, "suspend": {"count": 1000}, "delete": {"count": 1000}}, "people_shrinkage_percent": 50}
NARROW = {"people_limits": {**OPEN, "suspend": {"count": 0}, "delete": {"count": 0}}, "people_shrinkage_percent": 50}
NARROW_EVERY = 7  # how often the brakes are tried before

MUST_HAPPEN = {
    *("made for somebody preboarding", "made for somebody active", "opened", "closed", "deleted", "moved", "renamed", "not renamed"),
    *("another login", "namesakes", "missing", "known late", "back within the days of grace", "stays closed, as somebody else closed it"),
    "forwarded to the next one up",
}


class Hands:
    """What administrators do by clicking, before the run of a day."""

    def __init__(self, lab: Lab, oracle: Oracle) -> None:
        self.lab, self.oracle, self.random = lab, oracle, random.Random(SEED)

    def meddle(self) -> None:
        people = [known for known in self.oracle.people.values() if known.accounts and known.left is None]
        for backend in ("ocs", "bluemind", "micetro", "ldapsaisie"):
            known = self.random.choice(people)
            have = known.accounts.get(backend)
            if have and not have["others"] and (have["open"] or backend != "micetro"):
                look.join(self.lab, backend, have["account"], CHOIR)  # a group that no rule knows stays
                have["others"] = {CHOIR}
        for backend in ("ocs", "bluemind", "iredmail"):
            known = self.random.choice(people)
            have = known.accounts.get(backend)
            if have and have["open"] and self.random.random() < 0.2:
                look.close(self.lab, backend, have["account"])  # whoever is closed by somebody else stays closed
                have["open"], have["by hand"] = False, True
            elif have and not have["open"] and not have["by hand"] and "row" in have and self.random.random() < 0.3:
                look.close(self.lab, backend, have["account"], False)  # and whoever has to be closed is closed again


def differences(held: dict, wanted: dict) -> list[str]:
    out = []
    for backend in BACKENDS:
        for name in sorted({*held[backend], *wanted[backend]}):
            here, there = held[backend].get(name), wanted[backend].get(name)
            if here is None or there is None:
                out.append(f"{backend} {name}: {'is not there' if here is None else 'should not be there'}")
            elif here != there:
                out += [
                    f"{backend} {name}: {key} is {here.get(key)!r}, not {there.get(key)!r}"
                    for key in there
                    if here.get(key) != there.get(key)
                ]
    return out


@pytest.fixture
def town(tmp_path):
    with Lab() as lab:
        yield Town(lab, tmp_path)


def test_a_year(town):
    print(f"\nseed {SEED}, {PEOPLE} people, {len(DAYS)} days")
    office, oracle = Office(SEED, PEOPLE, FIRST), Oracle()
    hands = Hands(town.lab, oracle)
    began, before, refused = time.monotonic(), {backend: {} for backend in BACKENDS}, 0
    for turn, number in enumerate(DAYS):
        today = FIRST + timedelta(days=number)
        office.until(today)
        if turn:
            hands.meddle()
        rows, missing = office.file(), "suspend" if number >= MISSING_CLOSES_FROM else "report"
        town.hr(rows)
        closing = oracle.seen["closed"] + oracle.seen["deleted"]
        oracle.day(rows, today, missing)
        closing = oracle.seen["closed"] + oracle.seen["deleted"] - closing
        if turn and closing and turn % NARROW_EVERY == 0:
            state = town.state
            run = town.run("reconcile", today, people_missing=missing, **NARROW)
            assert run.code and not any(run.writes.values()) and town.state == state, f"day {number}: the brakes did not hold\n{run}"
            assert run.says("Nothing was changed", "more than the 0 that people_limits"), run
            refused += 1
        run = town.run("reconcile", today, people_missing=missing, **WIDE)
        assert run.code == 0, f"day {number}, {today}\n{run}"
        held = look.accounts(town.lab)
        wrong = differences(held, oracle.accounts())
        assert not wrong, f"day {number}, {today}, {len(wrong)} differences:\n" + "\n".join(wrong[:40])
        nobody_went_too_early(before, held, rows, today)
        again = town.run("reconcile", today, people_missing=missing, **WIDE)
        assert again.quiet, f"day {number}, {today}: the second run had something to do\n{again}"
        before = look.accounts(town.lab)
        assert before == held
        print(
            f"day {number:3} {today} {len(rows)} people, {sum(run.writes.values()):4} writes, "
            f"{run.seconds:5.1f} s and {again.seconds:5.1f} s",
            flush=True,
        )
    print(f"{time.monotonic() - began:.0f} s; {refused} refused by brakes; {dict(sorted(oracle.seen.items()))}")
    assert set(oracle.seen) >= MUST_HAPPEN, f"this year never saw: {sorted(MUST_HAPPEN - set(oracle.seen))}"
    assert refused


def nobody_went_too_early(before: dict, held: dict, rows: list, today: date) -> None:
    """Whatever the oracle thinks: each account that is there no more was that of somebody whose last day is long enough ago."""
    for backend, numbers in (("bluemind", "number"), ("iredmail", "number")):
        ended = {row["employee_number"]: row["end_date"] for row in rows}
        still = {each[numbers] for each in held[backend].values()}
        for name, each in before[backend].items():
            if each[numbers] not in still:
                end = ended.get(each[numbers])
                assert end and today - end > timedelta(days=GRACE), f"{backend} {name} was deleted on {today}; the last day is {end}"
    for backend in ("ocs", "micetro", "ldapsaisie"):
        long_ago = sum(1 for row in rows if row["end_date"] and today - row["end_date"] > timedelta(days=GRACE))
        assert len(before[backend].keys() - held[backend].keys()) <= long_ago + len(held[backend].keys() - before[backend].keys())
