# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Budgets of calls that a server allows in a rolling window, planned before the first write and kept while writing."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from typing import Callable

from .errors import RateLimited


class Bucket:
    """At most ``limit`` calls in any ``window`` seconds; 0 means no limit.

    A server counts calls of other programs too, so a bucket may be emptier than it looks: ``refused`` is told of
    such an answer and the next ``take`` waits.
    """

    def __init__(
        self,
        name: str,
        limit: int,
        window: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        margin: float = 0.0,
    ) -> None:
        """:param margin: seconds by which a slot is taken to free later, since the server counts a call when it arrives there."""
        self.name, self.limit, self.window = name, limit, window
        self._held = window + margin
        self.patience = 0.0  # seconds of waiting that this run may still spend
        self.closed = False  # the patience is at its end: every further call fails at once
        self._clock, self._sleep, self._lock = clock, sleep, threading.Lock()
        self._taken: deque[float] = deque()
        self._not_before = self._waited_until = 0.0

    def delay(self, calls: int) -> float:
        """Seconds after which the last of so many further calls can be made."""
        if not self.limit or not calls:
            return 0.0
        with self._lock:
            start = at = max(self._clock(), self._not_before)
            taken = deque(self._taken, maxlen=self.limit)
            for _call in range(calls):
                if len(taken) == self.limit:
                    at = max(at, taken[0] + self._held)
                taken.append(at)
            return at - start + max(0.0, self._not_before - self._clock())

    def free(self) -> int | None:
        """How many calls can be made at once, or None where there is no limit."""
        if not self.limit:
            return None
        with self._lock:
            now = self._clock()
            return 0 if now < self._not_before else self.limit - sum(1 for at in self._taken if at + self._held > now)

    def take(self) -> None:
        """Wait for a free slot and use it; ``RateLimited`` when that would take longer than the patience."""
        while True:
            with self._lock:
                now = self._clock()
                full = 0 < self.limit <= len(self._taken)
                at = max(self._not_before, self._taken[0] + self._held if full else 0.0)
                if at <= now:
                    if full:
                        self._taken.popleft()
                    if self.limit:
                        self._taken.append(now)
                    return
                wait = at - max(now, self._waited_until)  # several threads wait for the same time
                if self.closed or wait > self.patience:
                    self.closed = True
                    away = self.window if at == self._not_before else at - now  # others used it up: nobody knows when
                    minutes = max(1, math.ceil(away / 60))
                    raise RateLimited(f"the server's budget of {self.name} is used up: run again in about {minutes} minutes")
                if wait > 0:
                    self.patience, self._waited_until = self.patience - wait, at
            self._sleep(at - now)

    def refused(self) -> None:
        """The server says that the budget is used up: by whom is unknown, so the next try waits for a part of the window."""
        with self._lock:
            self._not_before = self._clock() + max(self.window / 20, 0.1)
            if self._taken:
                self._taken.pop()  # a refused call uses no slot
