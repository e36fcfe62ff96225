# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class Refusal(Exception):
    """A failure that the panel reports in its envelope; `code` is the `_msg`, maybe several joined by commas."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Denied(Refusal):
    """The wrong role: JSON or a redirect, as `denied_style` says."""

    def __init__(self):
        super().__init__("PERMISSION_DENIED")


class LoginRequired(Exception):
    """Nobody is logged in: JSON or a redirect, as `unauth_style` says."""


class OtherAddress(Exception):
    """The cookie of somebody who logged in from another address (contract 1.3)."""


class Crash(Exception):
    """An uncaught exception of the panel: 500 as text."""
