# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, field

from .directory import Directory


@dataclass
class Store:
    """What the simulated server keeps: the directory, the pools of numbers, and a little configuration."""

    directory: Directory
    counters: dict[str, int] = field(default_factory=lambda: {"uidNumber": 800_000, "gidNumber": 800_000})
    admins: list[str] = field(default_factory=list)  # DNs with the admin profile
    attributes: dict[str, dict[str, dict]] = field(default_factory=dict)  # more attributes, by type and name

    def as_json(self) -> dict:
        return {
            "entries": self.directory.as_json(),
            "counters": self.counters,
            "admins": self.admins,
            "attributes": self.attributes,
        }
