# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import hashlib

from .kinds import Kind

MASK = "********"


def hash_password(scheme: str, clear: str, salt: bytes = b"") -> str:
    if scheme == "MD5":
        return "{MD5}" + base64.b64encode(hashlib.md5(clear.encode()).digest()).decode()
    return "{SSHA}" + base64.b64encode(hashlib.sha1(clear.encode() + salt).digest() + salt).decode()


def is_right(stored: list[str], clear: str) -> bool:
    return bool(clear) and any(_matches(value, clear) for value in stored)


def _matches(stored: str, clear: str) -> bool:
    scheme, _unused, encoded = stored.removeprefix("{").partition("}")
    salt = base64.b64decode(encoded)[20:] if scheme == "SSHA" else b""
    return hash_password(scheme, clear, salt) == stored


class Password(Kind):
    """Clear text in, a mask out; whatever looks hashed already is hashed again (contract 4)."""

    def __init__(self, scheme: str = "SSHA", mailed: bool = False):
        self.scheme = scheme
        self.mailed = mailed

    def parse(self, env, attribute, raw):
        return [value for value in raw.values if value != ""] or None  # cannot be cleared

    def unchanged(self, old, new):
        return is_right(old, new[0])

    def encode(self, server, values):
        return [hash_password(self.scheme, value, server.random.randbytes(4)) for value in values]

    def one(self, env, attribute, value):
        return MASK
