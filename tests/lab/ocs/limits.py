# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections import defaultdict, deque

from .errors import RateLimited


class Limits:
    """Rolling windows per acting account: each call frees its slot when its own time is over (contract 2.4)."""

    def __init__(self, clock):
        self._clock = clock
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def consume(self, kind: str, account_id: str, limit: int, window: float) -> None:
        calls = self._calls[kind, account_id]
        now = self._clock.now()
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= limit:
            raise RateLimited
        calls.append(now)

    def fill(self, kind: str, account_id: str, count: int) -> None:
        self._calls[kind, account_id] = deque([self._clock.now()] * count)
