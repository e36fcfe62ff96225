# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Knobs:
    """What can be turned on the simulated server. Most password and quota rules are app config, as on the real one."""

    latency: float = 0.0  # seconds added to every answer
    gzip: bool = True  # compress when the client asks for it

    edit_limit: int = 50  # PUT users/{id}: calls per window and acting account (contract 2.4)
    edit_window: float = 600.0
    collection_limit: int = 5  # PUT users/{id}/additional_mail
    collection_window: float = 60.0

    brute_force: bool = True  # contract 2.3
    token_auth_enforced: bool = False  # only app passwords may log in
    two_factor_enforced: bool = False
    allowed_admin_ranges: list[str] = field(default_factory=list)  # networks where admins are admins; empty: everywhere

    maintenance: bool = False
    trusted_domains: list[str] = field(default_factory=lambda: ["127.0.0.1", "localhost"])
    web_server: str = "nginx"  # or "apache": refuses %2F itself (contract 1.6)
    debug: bool = False  # the 996 message carries the exception text

    product: str = "Nextcloud"  # what status.php says
    version: str = "32.0.1"
    email_fallback: bool = True  # off: as servers before 31 (contract 9)
    page_order: str = "displayname"  # or "id": order in which listings are cut into pages (contract 3.1)

    default_language: str = "en"
    force_language: str | None = None
    default_phone_region: str | None = None
    allow_user_to_change_display_name: bool = True
