# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The data set `demo`: the mail of a small town council and its school before ten people join; everybody is made up."""

from __future__ import annotations

DOMAIN = "example.org"
PASSWORD = "Demo-only-passw0rd"

DOMAINS = [
    {
        "domain": DOMAIN,
        "name": "Example Town",
        "language": "en_US",
        "quota": 204800,
        "default_quota": 2048,
        "max_user_quota": 20480,
        "users_limit": 200,
    },
    {"domain": "school.example", "name": "Example School", "language": "en_US", "default_quota": 1024, "disabled_user_profiles": ["bcc"]},
]
USERS = [
    {"mail": f"postmaster@{DOMAIN}", "name": "Postmaster", "password": PASSWORD, "quota": 1024},
    {"mail": f"it.desk@{DOMAIN}", "name": "IT desk", "password": PASSWORD, "quota": 4096, "employee_id": "E001"},
    {"mail": f"robin.retired@{DOMAIN}", "name": "Robin Retired", "password": PASSWORD, "quota": 1024, "active": False},
    {"mail": "office@school.example", "name": "School office", "password": PASSWORD, "quota": 1024, "forwarding": [f"it.desk@{DOMAIN}"]},
]
ALIASES = [
    {"mail": f"staff@{DOMAIN}", "name": "All staff", "access_policy": "domain", "members": [f"it.desk@{DOMAIN}"]},
    {"mail": f"council@{DOMAIN}", "name": "Council", "access_policy": "public", "members": []},
    {"mail": "teachers@school.example", "name": "Teachers", "access_policy": "membersonly", "members": ["office@school.example"]},
]
LISTS = [
    {"mail": f"news@{DOMAIN}", "name": "Town news", "access_policy": "membersonly", "subscribers": {"normal": [f"it.desk@{DOMAIN}"]}},
]
