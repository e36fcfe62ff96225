# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding what a path names (contract 4.1)."""

from __future__ import annotations

from .errors import ServerFault, not_found
from .rights import check_reader
from .store import Domain


def directory(call, name: str, reader: bool = True) -> Domain:
    """The domain of a directory service: its uid, or an alias of it."""
    domain = call.store.domain(name)
    if domain is None:
        raise not_found(f"domain {name} not found")
    if reader:
        check_reader(call, domain)
    return domain


def container_domain(call, uid: str) -> Domain:
    """Settings, subscriptions and resource types are found by the uid alone."""
    domain = call.store.domains.get(uid)
    if domain is None:
        raise ServerFault("UNKNOWN", f"container {uid} not found")
    check_reader(call, domain)
    return domain
