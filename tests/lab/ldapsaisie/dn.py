# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Distinguished names, as far as the server can spell them: it never escapes anything (contract 1.2)."""

from __future__ import annotations

import re
from functools import lru_cache

SPACES = re.compile(r"\s+")
AROUND = re.compile(r"\s*([,=])\s*")
SEPARATOR = re.compile(r"\s*,\s*")


@lru_cache(200_000)
def key(dn: str) -> str:
    """What the directory compares: without case and needless spaces."""
    return SPACES.sub(" ", AROUND.sub(r"\1", dn.strip())).lower()


@lru_cache(200_000)
def spelling(dn: str) -> str:
    """What the access checks compare: spaces do not count, case does."""
    return AROUND.sub(r"\1", dn.strip())


def is_dn(text: str) -> bool:
    return bool(text) and all("=" in part for part in text.split(","))


def parent(dn: str) -> str:
    return SEPARATOR.split(dn, maxsplit=1)[1] if "," in dn else ""


def rdn_value(dn: str) -> str:
    return SEPARATOR.split(dn, maxsplit=1)[0].partition("=")[2]


def is_below(dn_key: str, base_key: str) -> bool:
    """At or below the base, both as keys."""
    return dn_key == base_key or dn_key.endswith("," + base_key)


def is_valid_rdn_value(value: str) -> bool:
    """Values are pasted into the DN unescaped (contract 1.2)."""
    return not re.search(r'[,+";<]|^#', value)
