# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The data set `demo`: the mail of a small town council and its school; everybody is made up.

The people whom a demo brings in are not here: only the domain, its groups, and two who are there already.
"""

from __future__ import annotations

DOMAIN = "example.org"
UID = "18fb0c2a9b1.internal"
PASSWORD = "Demo-only-passw0rd"

DOMAINS = [
    {
        "uid": UID,
        "name": DOMAIN,
        "aliases": ["example.com"],
        "label": "Example Town",
        "description": "Town council and school",
        "settings": {"lang": "en", "mailbox_default_user_quota": "2097152", "mailbox_max_user_quota": "20971520"},
    }
]
ORG_UNITS = [
    {"domain": DOMAIN, "uid": "ou-town", "name": "Town"},
    {"domain": DOMAIN, "uid": "ou-school", "name": "School", "parentUid": "ou-town"},
]
GROUPS = [
    {"domain": DOMAIN, "uid": "g-staff", "name": "staff", "description": "Staff", "emails": [f"staff@{DOMAIN}"]},
    {"domain": DOMAIN, "uid": "g-it", "name": "it", "description": "IT team", "emails": [f"it@{DOMAIN}"]},
    {"domain": DOMAIN, "uid": "g-school", "name": "school", "description": "School", "emails": [f"school@{DOMAIN}"]},
    {"domain": DOMAIN, "uid": "g-council", "name": "council", "description": "Council"},
]
USERS = [
    {
        "domain": DOMAIN,
        "login": "pat.placeholder",
        "password": PASSWORD,
        "first_name": "Pat",
        "last_name": "Placeholder",
        "emails": [f"pat.placeholder@{DOMAIN}"],
        "groups": ["staff", "it"],
        "profile": "admin",
    },
    {
        "domain": DOMAIN,
        "login": "robin.retired",
        "password": PASSWORD,
        "first_name": "Robin",
        "last_name": "Retired",
        "emails": [f"robin.retired@{DOMAIN}"],
        "groups": ["staff"],
        "profile": "user",
        "archived": True,
    },
]
MAILSHARES = [{"domain": DOMAIN, "uid": "ms-info", "name": "info", "emails": [f"info@{DOMAIN}"]}]
RESOURCE_TYPES = [
    {"domain": DOMAIN, "uid": "room", "label": "Room", "properties": [{"id": "seats", "label": "Seats", "type": "Number"}], "templates": {}}
]
RESOURCES = [
    {
        "domain": DOMAIN,
        "uid": "r-hall",
        "label": "Town hall",
        "typeIdentifier": "room",
        "emails": [f"hall@{DOMAIN}"],
        "properties": [{"propertyId": "seats", "value": "80"}],
    }
]
GENERATIONS = [{"id": 1, "outcome": "ok", "at": 1_716_999_000_000}]

THINGS = {
    "domains": DOMAINS,
    "org_units": ORG_UNITS,
    "groups": GROUPS,
    "users": USERS,
    "mailshares": MAILSHARES,
    "resource_types": RESOURCE_TYPES,
    "resources": RESOURCES,
    "generations": GENERATIONS,
}
