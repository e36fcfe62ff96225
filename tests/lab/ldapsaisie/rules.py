# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules that the configuration puts on values: each says what is wrong with one, as texts for `say`."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
CLASSES = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^a-zA-Z0-9]")


def matches(pattern: str, text: str):
    compiled = re.compile(pattern)
    return lambda value: [] if compiled.fullmatch(value) else [(text,)]


def email(value: str) -> list[tuple]:
    return [] if EMAIL.fullmatch(value) else [("Given email address is invalid.",)]


def password(message: str, shortest: int, longest: int | None = None, kinds: int = 0):
    """One text per broken rule, then what the configuration adds."""

    def check(value: str) -> list[tuple]:
        broken = []
        if len(value) < shortest:
            broken.append(("Password is too short (minimum: %s).", shortest))
        if longest and len(value) > longest:
            broken.append(("Password is too long (maximum: %s).", longest))
        found = sum(bool(re.search(pattern, value)) for pattern in CLASSES)
        if found < kinds:
            broken.append(("Password match with only %s rule(s) (at least %s are required).", found, kinds))
        return [*broken, (message,)] if broken else []

    return check
