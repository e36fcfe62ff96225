# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@lru_cache
def parsed(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in version.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))


@dataclass(frozen=True)
class Span:
    """In which releases something exists (contract 12). None for an edition: never."""

    sql: str | None = "0"
    ldap: str | None = "0"
    until: tuple[str, str] | None = None  # the first releases (SQL, LDAP) without it
    stands_for: str | None = None  # today's name of a parameter

    def covers(self, knobs) -> bool:
        return _covers(self, knobs.is_ldap, knobs.version)


@lru_cache(maxsize=4096)
def _covers(span: Span, is_ldap: bool, version: tuple[int, ...]) -> bool:
    first = span.ldap if is_ldap else span.sql
    if first is None or version < parsed(first):
        return False
    return span.until is None or version < parsed(span.until[is_ldap])


def since(sql: str | None, ldap: str | None) -> Span:
    return Span(sql, ldap)


def before(sql: str, ldap: str, stands_for: str) -> Span:
    """An old name of a parameter, and the releases that dropped it."""
    return Span(until=(sql, ldap), stands_for=stands_for)


ALWAYS = Span()
LDAP_ONLY = Span(sql=None)

#: Where the parameters got their present names (contract 12).
RENAMED = ("2.6", "2.8")
