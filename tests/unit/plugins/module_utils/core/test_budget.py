# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.budget import Bucket
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import RateLimited
from ansible_collections.workplace.onboarding.tests.unit.plugins.module_utils.core.memory import Clock
from hypothesis import given, settings
from hypothesis import strategies as st


def bucket(limit=3, window=60, patience=1e9):
    clock = Clock()
    made = Bucket("edits", limit, window, clock=clock, sleep=clock.sleep)
    made.patience = patience
    return made, clock


def test_the_limit_is_a_rolling_window():
    b, clock = bucket()
    times = []
    for _call in range(8):
        b.take()
        times.append(clock.now - 1000)
        clock.now += 10
    assert times == [0, 10, 20, 60, 70, 80, 120, 130]


def test_no_limit():
    b, clock = bucket(limit=0)
    for _call in range(100):
        b.take()
    assert clock.slept == [] and b.free() is None and b.delay(1000) == 0


def test_free_and_delay():
    b, clock = bucket()
    assert (b.free(), b.delay(3), b.delay(4), b.delay(7), b.delay(0)) == (3, 0, 60, 120, 0)
    b.take()
    clock.now += 20
    assert (b.free(), b.delay(2), b.delay(3)) == (2, 0, 40)
    clock.now += 40
    assert b.free() == 3


def test_patience():
    b, clock = bucket(limit=1, patience=100)
    b.take()
    b.take()
    assert clock.slept == [60] and b.patience == 40
    with pytest.raises(RateLimited, match="the server's budget of edits is used up: run again in about 1 minutes"):
        b.take()
    clock.now += 600
    b.take()
    assert b.closed
    with pytest.raises(RateLimited):
        b.take()
    assert clock.slept == [60]


def test_a_refusal_of_the_server_waits_for_a_part_of_the_window():
    b, clock = bucket(limit=10, window=600)
    b.take()
    b.refused()
    assert b.free() == 0 and b.delay(1) == pytest.approx(30, abs=31)
    b.take()
    assert clock.slept == [30] and b.free() == 9


def test_a_refusal_where_no_limit_is_known():
    b, clock = bucket(limit=0, window=600)
    b.refused()
    b.take()
    assert clock.slept == [30]


def test_a_refusal_without_patience():
    b, clock = bucket(patience=0)
    b.refused()
    with pytest.raises(RateLimited):
        b.take()


def test_several_threads_wait_for_the_same_time_and_pay_for_it_once():
    clock, gate = Clock(), threading.Barrier(4)

    def sleep(seconds):
        gate.wait(5)
        clock.now = max(clock.now, 1060)
        gate.wait(5)

    b = Bucket("edits", 4, 60, clock=clock, sleep=sleep)
    b.patience = 70
    for _call in range(4):
        b.take()
    failures = []

    def work():
        try:
            b.take()
        except RateLimited as exc:
            failures.append(exc)
            gate.abort()

    threads = [threading.Thread(target=work) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [] and b.patience == 10


@settings(max_examples=60, deadline=None)
@given(limit=st.integers(1, 5), window=st.integers(1, 50), steps=st.lists(st.integers(0, 30), max_size=25), more=st.integers(1, 12))
def test_never_more_than_the_server_allows_and_never_longer_than_said(limit, window, steps, more):
    b, clock = bucket(limit, window)
    taken = []

    def take():
        b.take()
        taken.append(clock.now)

    for step in steps:
        clock.now += step
        take()
    promised, before = b.delay(more), clock.now
    for _call in range(more):
        take()
    assert clock.now - before == pytest.approx(promised)
    assert all(taken[index + limit] - taken[index] >= window for index in range(len(taken) - limit))
