# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The data set `demo`: a small town council and its school before ten people join; everybody is made up."""

from __future__ import annotations

PASSWORD = "Demo-only-passw0rd"

USERS = [
    {
        "name": "zoe.sample",
        "fullName": "Zoë Sample",
        "email": "zoe.sample@example.org",
        "description": "IT team",
        "password": PASSWORD,
        "groups": ["it", "staff"],
        "roles": ["DNS Administrators (built-in)"],
    },
    {
        "name": "robin.retired",
        "fullName": "Robin Retired",
        "email": "robin.retired@example.org",
        "description": "Left last year",
        "password": PASSWORD,
        "groups": ["staff"],
    },
]

GROUPS = [
    {"name": "staff", "description": "Everybody who works here", "roles": ["IPAM Viewers (built-in)"]},
    {"name": "it", "description": "IT team", "roles": ["IPAM Administrators (built-in)"]},
    {"name": "school", "description": "School"},
    {"name": "council", "description": "Council"},
]

ROLES = [
    {
        "name": "Zone editors",
        "description": "May edit the zones it is added to",
        "type": "Specific",
        "access": {"DNSZone": {"access_list": "Allow", "access_editOther": "Allow"}},
    },
    {"name": "Desk moves", "description": "May edit ranges", "access": {"Range": {"access_list": "Allow", "access_editOther": "Allow"}}},
]

DNS_SERVERS = [{"name": "ns1.example.org."}]

ZONES = [
    {
        "name": "example.org.",
        "records": [
            {"name": "", "type": "NS", "data": "ns1.example.org."},
            {"name": "ns1", "type": "A", "data": "192.0.2.2"},
            {"name": "www", "type": "A", "data": "192.0.2.10"},
            {"name": "intranet", "type": "CNAME", "data": "www.example.org."},
            {"name": "", "type": "MX", "data": "10\tmail.example.org."},
        ],
    },
    {"name": "2.0.192.in-addr.arpa.", "records": [{"name": "10", "type": "PTR", "data": "www.example.org."}]},
]

RANGES = [
    {"name": "192.0.2.0/24", "custom": {"Title": "Offices"}},
    {"name": "192.0.2.128/26", "custom": {"Title": "Desks"}},
    {"name": "198.51.100.0/24", "custom": {"Title": "School"}},
]

DEFINITIONS = {
    "ipamRecords": ["Owner", {"name": "Onboarding", "type": "Boolean"}],
    "dnsZones": ["Owner"],
    "dnsRecords": ["Owner"],
}

DHCP_SERVERS = [{"name": "dhcp1.example.org."}]

SCOPES = [{"name": "Desks", "range": "192.0.2.128/26", "pools": [("192.0.2.160", "192.0.2.180")]}]
