# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quotas in KiB, and the limits of the domain (contract 4.8, 5.1, 10)."""

from __future__ import annotations

from .errors import invalid
from .store import Domain


def setting(domain: Domain, name: str) -> int:
    text = domain.settings.get(name) or "0"
    return int(text) if text.lstrip("-").isdigit() else 0


def default(domain: Domain, quota: int | None, kind: str) -> int | None:
    """At creation: the default of the domain, else its maximum, else none. `kind`: user or publicfolder."""
    if quota is not None:
        return quota
    return setting(domain, f"mailbox_default_{kind}_quota") or setting(domain, f"mailbox_max_{kind}_quota") or None


def check(domain: Domain, uid: str, quota: int | None, kind: str) -> None:
    most = setting(domain, f"mailbox_max_{kind}_quota")
    if most and (not quota or quota > most):
        raise invalid(f"Invalid quota for {uid}. Quota must be less than {most // 1024} MiB")
