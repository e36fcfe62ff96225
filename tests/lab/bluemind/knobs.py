# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Knobs:
    """What can be turned on the simulated server. Most limits are domain settings, as on the real one."""

    dialect: int = 5  # 4: as 4.9; 5: as 5.7 (contract 19)
    early5: bool = False  # with dialect 5: as 5.0, without what only the 5.7 client knows
    superset: bool = False  # documents hold the keys of all generations
    software_version: str | None = None  # None: that of the generation
    release_name: str | None = None  # None: the first two numbers of it

    latency: float = 0.0  # seconds added to every answer
    task_polls: int | None = 2  # a task ends after so many looks at its status; None: only with time
    task_seconds: float | None = 2.0  # or after so many seconds of the lab's clock; None: only with looks
    session_idle: float = 1200.0  # contract 2
    suspension_ends_sessions: bool = False  # it is meant to, and does not (contract 2)
    login_needs_profile: bool = False  # refuse a user who is in no profile group

    password_min_length: int = 0  # the optional policy; it does not bind the core token and admin0 (contract 5.4)
    body_limit: int | None = None  # bytes; the front proxy has 10 MB (contract 1.1)
    shuffle_sets: bool = False  # arrays without an order come in a new one each time (contract 23)
    backup: str = "ok"  # or warnings, script, errors, unsuitable: how the next backups end (contract 16)
    subscription_kind: str = "PROD"

    @property
    def generation(self) -> int:
        if self.dialect == 4:
            return 49
        return 50 if self.early5 else 57

    @property
    def version(self) -> str:
        return self.software_version or {49: "4.9.3884", 50: "5.0.70012", 57: "5.7.3268"}[self.generation]

    @property
    def release(self) -> str:
        return self.release_name or ".".join(self.version.split(".")[:2])
