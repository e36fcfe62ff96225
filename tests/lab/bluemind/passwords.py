# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords: which are refused, which are taken for hashes, and whether one is right (contract 5.4)."""

from __future__ import annotations

import base64
import hashlib
import re

from .errors import ServerFault, invalid
from .store import Entry

ALLOWED = re.compile(r"""[A-Za-z0-9 @#$%^&*\-_!+=\[\]{}|\\:',.?/`~"();<>]*""")
HASHES = re.compile(r"\{SSHA\d*\}.*|\{SHA\}.*|\$argon2id.*|\$2a.*|PBKDF2SHA256:\d+:.*|\d+:[^:]+:[^:]+|[0-9a-z]{32}", re.DOTALL)


def looks_hashed(password: str) -> bool:
    return HASHES.fullmatch(password) is not None


def check(call, password: str) -> None:
    if not password.strip():
        raise ServerFault("INVALID_PASSWORD", "Password must not be blank")
    if not looks_hashed(password) and not ALLOWED.fullmatch(password):
        raise invalid(f"Invalid character in password ({password})")
    bound = call.caller is None or not call.caller.system
    if bound and len(password) < call.knobs.password_min_length:
        raise ServerFault("INVALID_PASSWORD", f"Password must have at least {call.knobs.password_min_length} characters")


def store(entry: Entry, password: str | None, now: int) -> None:
    entry.password = password
    entry.hashed = password is not None and looks_hashed(password)
    entry.value["passwordLastChange"] = now if password is not None else None


def is_right(entry: Entry, password: str) -> bool:
    if entry.password is None:
        return False
    return _matches_hash(entry.password, password) if entry.hashed else entry.password == password


def _matches_hash(stored: str, password: str) -> bool:
    """The old algorithms; nothing is right for the others, whose secrets the lab does not know."""
    content = password.encode()
    try:
        if stored.startswith("{SHA}"):
            return base64.b64decode(stored[5:]) == hashlib.sha1(content, usedforsecurity=False).digest()
        if stored.startswith("{SSHA}"):
            raw = base64.b64decode(stored[6:])
            return raw[:20] == hashlib.sha1(content + raw[20:], usedforsecurity=False).digest()
    except ValueError:
        return False
    return hashlib.md5(content, usedforsecurity=False).hexdigest() == stored
