# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which rendering an edition uses (contract 5)."""

from __future__ import annotations

from . import ldap, sql


def _edition(call):
    return ldap if call.knobs.is_ldap else sql


def domain(call, found) -> dict:
    return _edition(call).domain(call, found)


def user(call, found) -> dict:
    return _edition(call).user(call, found)


def user_row(call, found) -> dict:
    """What a collection shows of a user."""
    return _edition(call).user_row(call, found)


def admin(call, found) -> dict:
    return _edition(call).admin(call, found)


def alias(call, found) -> dict:
    return _edition(call).alias(call, found)


def mailing_list(call, found) -> dict:
    return _edition(call).mailing_list(call, found)


def single(call, profile: dict):
    """One LDAP object may come with its name, or one level down (contract 5)."""
    shape = call.knobs.ldap_profile_shape
    if not call.knobs.is_ldap or shape == "flat":
        return profile
    name = ldap.dn(call, profile)
    return [name, profile] if shape == "pair" else {"dn": name, "ldif": profile}
