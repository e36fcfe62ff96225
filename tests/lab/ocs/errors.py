# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class OcsError(Exception):
    """A refusal with an OCS code; `message` is translated, `%s` stand for `arguments`."""

    def __init__(self, code: int, message: str = "", *arguments: str, data: object = (), throttled_ms: int = 0):
        super().__init__(message)
        self.code = code
        self.message = message
        self.arguments = arguments
        self.data = [] if data == () else data
        self.throttled_ms = throttled_ms


class Crash(Exception):
    """An uncaught exception of the real server: 500/996."""


class Unauthorised(Exception):
    """Wrong credentials."""


class Blocked(Exception):
    """The address had too many failed logins (contract 2.3)."""


class RateLimited(Exception):
    """Too many edits (contract 2.4)."""
