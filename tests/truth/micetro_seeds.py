# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the exchanges with Micetro found there: declared here, never taken from an answer."""

from __future__ import annotations

JDOE = {"name": "jdoe", "id": 31, "password": "Jdoe-pass-word-1"}
SERVER = {"name": "ns1.example.net."}
ZONE = {"name": "example.net."}
NETWORK = [
    {"name": "172.16.0.0/12", "isContainer": True},
    {"name": "172.16.17.0/24", "custom": {"Title": "lab", "Description": ""}},
    {"name": "172.16.12.0/24"},
]
EDITORS = {
    "name": "net-editors",
    "id": 12,
    "type": "Specific",
    "access": {"DNSZone": {"access_list": "Allow", "access_delete": "Deny"}},
}
TOKEN = "0123456789abcdef0123"

#: Before the first exchange of the one flow, which then goes on with what each leaves behind.
FLOW = {
    "dns_servers": [SERVER],
    "zones": [ZONE],
    "ranges": NETWORK,
    "dhcp_servers": [{"name": "dhcp1.example.net."}],
    "scopes": [{"name": "lab", "range": "172.16.17.0/24"}],
}

#: Before each other exchange, on a new server.
BEFORE = {
    "docs: create session": {"users": [JDOE]},
    "openapi: get object access": {
        "dns_servers": [SERVER],
        "zones": [ZONE],
        "roles": [EDITORS],
        "access": [{"object": "dnsZones/1", "roles": ["net-editors"]}],
    },
    "openapi: add a role to an object": {"dns_servers": [SERVER], "zones": [ZONE], "roles": [EDITORS]},
    "openapi: history": {"users": [JDOE], "events": [{"object": "users/31", "saveComment": "Managed by Ansible"}]},
    "openapi: same properties on many objects": {"users": [JDOE, {"name": "second", "id": 32}]},
    "openapi: create role with access": {"next_ids": {"roles": 12}},
    "openapi: ping address": {"ranges": NETWORK},
    "openapi: validate-only change request": {"dns_servers": [SERVER], "zones": [ZONE]},
    "morpheus v2: reserve by placeholder path": {"ranges": NETWORK, "definitions": {"ipamRecords": ["Name"]}},
    "live v2: no such address": {"ranges": NETWORK},
    "live v2: bulk records, one bad": {"dns_servers": [SERVER], "zones": [ZONE | {"id": 7}], "next_ids": {"dnsRecords": 40}},
    "live v2: custom property read back as text": {
        "ranges": ["10.0.0.0/16"],
        "next_ids": {"ipamRecords": 5},
        "definitions": {"ipamRecords": [{"name": "flag", "type": "Boolean"}, {"name": "count", "type": "Integer"}, "city"]},
        "addresses": [{"address": "10.0.1.120", "custom": {"flag": "1", "count": "5", "city": "Reykjavik"}}],
    },
    "inferred: connection cap": {"users": [JDOE], "sessions": {"another": "jdoe"}},
    "inferred: remove from All users": {"users": [JDOE]},
    "inferred: range exhausted": {
        "ranges": [{"name": "10.9.0.0/30", "id": 2}],
        "addresses": [{"address": "10.9.0.1", "claimed": True}, {"address": "10.9.0.2", "claimed": True}],
    },
    "inferred: AD user": {"next_ids": {"users": 32}},
}

KNOBS = {"inferred: connection cap": {"session_cap": 1}}

FAULTS = {"inferred: proxy error": {"kind": "html", "status": 502}}

#: Who the body of a login names; the administrator where nothing is said.
LOGINS = {"docs: create session": JDOE, "inferred: connection cap": JDOE}
