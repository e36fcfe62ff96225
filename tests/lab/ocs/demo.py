# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The data set `demo`: a small town council and its school; everybody is made up."""

from __future__ import annotations

PASSWORD = "Demo-only-passw0rd"

GROUPS = [
    {"id": "staff", "displayname": "Staff"},
    {"id": "it", "displayname": "IT team"},
    {"id": "school", "displayname": "School"},
    {"id": "council", "displayname": "Council"},
    {"id": "a/b & c", "displayname": "A group with an awkward name"},
]

PEOPLE = [
    ("zoe.sample", "Zoë Sample", ["staff", "it"], {"subadmin": ["school"], "quota": "20 GB", "language": "en"}),
    ("max.muster", "Max Muster", ["staff"], {"quota": "5 GB", "language": "de", "manager": "zoe.sample"}),
    ("jeanne.exemple", "Jeanne Exemple", ["staff", "council"], {"language": "fr", "phone": "+33123456789"}),
    ("pat.placeholder", "Pat Placeholder", ["school"], {"quota": "1 GB"}),
    ("kim.fiction", "Kim Fiction", ["school"], {"quota": "1 GB", "role": "Teacher"}),
    ("robin.retired", "Robin Retired", ["staff"], {"enabled": False}),
]

USERS = [
    {"id": user_id, "displayname": name, "email": f"{user_id}@example.org", "password": PASSWORD, "groups": groups} | more
    for user_id, name, groups, more in PEOPLE
]
