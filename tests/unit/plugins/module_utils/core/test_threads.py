# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core import threads
from ansible_collections.workplace.onboarding.plugins.module_utils.core.threads import in_threads


def test_results_are_in_the_order_of_the_items():
    def slow_first(number):
        time.sleep(0.05 if number == 0 else 0)
        return number * number

    assert in_threads(slow_first, range(50), 8) == [number * number for number in range(50)]


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_never_more_at_once_than_asked_for(workers):
    under_way, most, lock = set(), [], threading.Lock()

    def note(number):
        with lock:
            under_way.add(number)
            most.append(len(under_way))
        time.sleep(0.005)
        with lock:
            under_way.remove(number)

    in_threads(note, range(30), workers)
    assert max(most) == workers


def test_after_an_error_no_further_item_is_begun():
    begun = []

    def fail(number):
        begun.append(number)
        time.sleep(0.01 if number else 0)
        raise ValueError(number)

    with pytest.raises(ValueError, match="^0$"):
        in_threads(fail, range(100), 4)
    assert len(begun) <= 4


def test_a_time_out_leaves_at_once_and_the_process_ends():
    program = f"""
        import runpy, signal, sys, time
        in_threads = runpy.run_path({threads.__file__!r})["in_threads"]
        class TimeIsUp(BaseException): pass
        def ring(number, frame): raise TimeIsUp
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        begun = []
        try:
            in_threads(lambda item: (begun.append(item), time.sleep(3600)), range(100), 8)
        except TimeIsUp:
            print(len(begun))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "8\n"
