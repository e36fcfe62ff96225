# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Nextcloud stores for a value: the cleaning, refusing and comparing of single fields. Pure functions.

Each takes a given value, returns what the server will hold, and raises ``ValueError`` with half a sentence.
"""

from __future__ import annotations

import math
import re
from typing import Any, Callable, Optional

UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
QUOTA = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGTP]?B|[KMGTP])?", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\d+)?", re.IGNORECASE | re.ASCII)
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
UNLIMITED = -3
LARGEST = 2.0**60  # bytes; what no disk holds and no server counts


def quota(value: str) -> str:
    """The text that the server stores (chapter 5.2): "1.3 GB" for "1.26 GB". ``none`` and ``default`` are words."""
    text = str(value).strip()
    if text in ("none", "default"):
        return text
    match = QUOTA.fullmatch(text)
    if NUMBER.fullmatch(text):
        size = float(text)
    elif match:
        size = float(match[1]) * 1024 ** "BKMGTP".index((match[2] or "B")[0].upper())
    else:
        size = math.inf
    if size > LARGEST:
        raise ValueError(
            "it must be none, default, a number of bytes, or a number with B, KB, MB, GB, TB or PB, such as 5 GB; the server would misread it"
        )
    return quota_text(math.floor(size + 0.5) if match or size < 1024 else size)


def quota_text(size: float) -> str:
    """A size in bytes as the server renders it: whole KB, then one decimal of the already rounded value."""
    if size < 1024:
        return f"{size} B"
    amount = float(math.floor(size / 1024 + 0.5))
    unit = 1
    while amount >= 1024 and unit < len(UNITS) - 1:
        amount = math.floor(amount / 1024 * 10 + 0.5) / 10
        unit += 1
    return f"{amount:.1f}".replace(".0", "") + f" {UNITS[unit]}"


def quota_read(value: Any) -> str:
    """The stored text that belongs to what was read: bytes, -3 or (older servers) the word none."""
    if value in ("none", "default"):
        return str(value)
    size = int(float(value))
    return "none" if size < 0 else quota_text(size)


def email(value: str) -> str:
    """The server does not check an address at creation, and an invitation to a wrong one locks the account out."""
    text = value.strip().lower()
    if text and not EMAIL.fullmatch(text):
        raise ValueError("it is not an e-mail address that the server accepts, such as zoe@example.org")
    return text


def address(value: str) -> str:
    """One of a list of addresses, where none is empty."""
    if not value.strip():
        raise ValueError("an address in a list must not be empty")
    return email(value)


def phone(value: str) -> str:
    """International form without separators; national numbers depend on the server and cannot be compared."""
    text = value.strip()
    if not text:
        return ""
    digits = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+[1-9][0-9]{5,14}", digits) or "(0)" in text:
        raise ValueError("it must be in international form, such as +33 1 99 00 12 34")
    return digits


def handle(value: str) -> str:
    return value.strip().lstrip("@")


def website(value: str) -> str:
    if value and not re.match(r"https?://", value):
        raise ValueError("it must begin with https:// or http://")
    return value


def userid(value: str) -> str:
    if not value.strip():
        raise ValueError("it must not be empty")
    if value != value.strip():
        raise ValueError("it has spaces around it")
    if len(value) > 64:
        raise ValueError("it has more than 64 characters")
    if not re.fullmatch(r"[a-zA-Z0-9 _.@'-]+", value) or not value.strip("."):
        raise ValueError("it may hold a-z, A-Z, 0-9, spaces and _.@-' only")
    return value


def groupid(value: str) -> str:
    if value in ("", "0") or not value.strip():
        raise ValueError("a group cannot be called that")
    if value != value.strip():
        raise ValueError("the name of a group must not have spaces around it")
    if any(part in ("", ".", "..") for part in value.split("/")):
        raise ValueError("the parts of its name between slashes must not be empty, . or ..: they are lost on the way to the server")
    if len(value) > 64:
        raise ValueError("the name of a group must not be longer than 64 characters: the server would keep a hash instead")
    return value


def subadmin_group(value: str) -> str:
    if groupid(value) == "admin":
        raise ValueError("nobody can be sub-admin of the group admin")
    return value


def text(longest: int, *, strip: bool = False, never: tuple[str, ...] = ()) -> Callable[[str], str]:
    """A check of free text of at most so many characters."""

    def clean(value: str) -> str:
        out = value.strip() if strip else value
        if out in never:
            raise ValueError("the server would ignore it")
        if len(out) > longest:
            raise ValueError(f"it has more than {longest} characters")
        return out

    return clean


def password(value: str) -> str:
    if len(value.encode()) > 469:
        raise ValueError("it has more than 469 bytes")
    if not value.strip():
        raise ValueError("it holds only spaces")
    return value


def empty(value: Optional[str]) -> str:
    """An unset address reads as null."""
    return value or ""


def flag(value: Any) -> bool:
    return str(value).lower() in ("1", "true", "yes")
