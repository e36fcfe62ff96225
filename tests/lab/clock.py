# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time


class Clock:
    """The one clock of the lab: rate windows, brute force and timestamps all ask it, so that tests can move it."""

    def __init__(self):
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since the epoch, as the lab sees them."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds

    def reset(self) -> None:
        self.offset = 0.0
