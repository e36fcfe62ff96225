# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server's quota arithmetic, losses included (contract 5.2)."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from .errors import OcsError
from .php import is_numeric, php_int

UNLIMITED = -3
UNITS = {unit: 1024**power for power, unit in enumerate("bkmgtp")} | {f"{unit}b": 1024**power for power, unit in enumerate("kmgtp", 1)}
LEADING_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?")
UNIT_AT_END = re.compile(r"[kmgtp]?b?\Z")


def half_up(number: float, decimals: int) -> float:
    scaled = abs(number) * 10**decimals
    return math.copysign(math.floor(scaled + 0.5) / 10**decimals, number)


def parse(text: str) -> float | None:
    """Bytes, or None for what the server does not understand. `1 GiB` is 1 byte and `Default` is 0."""
    text = text.lower()
    if is_numeric(text):
        return float(text)
    unit = UNIT_AT_END.search(text).group()
    if not unit:
        return None
    number = LEADING_NUMBER.match(text)
    return half_up((float(number.group()) if number else 0.0) * UNITS[unit], 0)


def render(size: float) -> str:
    """The text that is stored: each step rounds what the step before has rounded."""
    if size < 1024:
        return f"{size:.14g} B"
    size = half_up(size / 1024, 0)
    if size < 1024:
        return f"{size:.14g} KB"
    for unit in ("MB", "GB", "TB"):
        size = half_up(size / 1024, 1)
        if size < 1024:
            return f"{size:.14g} {unit}"
    return f"{half_up(size / 1024, 1):.14g} PB"


@lru_cache(maxsize=4096)
def stored_bytes(text: str) -> int:
    """What reading a stored text gives; only 14 digits survive."""
    if text == "none":
        return UNLIMITED
    size = parse(text)
    return UNLIMITED if size is None else int(float(f"{size:.14g}"))


def default_text(store) -> str:
    """The quota of accounts that have none of their own."""
    if default := store.setting("files", "default_quota"):
        return default
    if unlimited_allowed(store):
        return "none"
    return store.setting("files", "quota_preset", "1 GB, 5 GB, 10 GB").partition(",")[0].strip()


def unlimited_allowed(store) -> bool:
    return store.setting("files", "allow_unlimited_quota", "1") == "1"


def accepted_text(store, wanted: str) -> str:
    """What is stored for the quota asked for."""
    if wanted == "default":
        return wanted
    if wanted == "none":
        if not unlimited_allowed(store):
            raise OcsError(101, "Unlimited quota is forbidden on this instance")
        return wanted
    size = parse(wanted)
    if size is None:
        raise OcsError(101, "Invalid quota value: %s", wanted)
    if size < 0:
        raise ValueError("Failed to set quota to invalid value ?")
    limit = php_int(store.setting("files", "max_quota", "-1"))
    if limit != -1 and size > limit:
        raise OcsError(101, "Invalid quota value. %s is exceeding the maximum quota", wanted)
    return render(size)


def reading(store, account) -> dict:
    """The `quota` member of a user object."""
    quota = stored_bytes(default_text(store) if account.quota == "default" else account.quota)
    if quota <= 0:
        return {"free": UNLIMITED, "used": account.used, "total": UNLIMITED, "relative": 0, "quota": quota}
    relative = half_up(account.used / quota * 100, 2)
    return {
        "free": max(0, quota - account.used),
        "used": account.used,
        "total": quota,
        "relative": int(relative) if relative == int(relative) else relative,
        "quota": quota,
    }
