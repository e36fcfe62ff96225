# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of Micetro with their samples, and how its simulated server is reached."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import unquote

from ..contract import Case
from ..harness import Server
from .micetro_network import ADDRESSES, DHCP, NETWORK_CASES, ONE_VIEW

STAMPS = ("created", "lastModified", "lastLogin")


class MicetroServer(Server):
    prefix = "micetro"
    marker = "micetro_user_info"

    def connection(self) -> dict[str, Any]:
        return {"api_url": self.backend.url, "api_username": self.backend.username, "api_password": self.backend.password}

    def stored(self) -> Any:
        """Without the times at which it came to be so, and without the empty places that looking leaves behind."""
        state = copy.deepcopy(self.backend.state())
        state["definitions"] = {collection: defined for collection, defined in state["definitions"].items() if defined}
        for event in state["events"]:
            del event["timestamp"]
        looked_at = state["tables"]["ipamRecords"]  # the record of an address is made when somebody looks at it
        looked_at["rows"] = [{**row, "id": 0} for row in looked_at["rows"] if row["fields"]["claimed"] or row["custom"]]
        looked_at["last"] = 0
        for table in state["tables"].values():
            for row in table["rows"]:
                row["fields"] = {name: value for name, value in row["fields"].items() if name not in STAMPS}
        return state

    def mark(self, text: str) -> dict[str, Any]:
        return {f"workplace.onboarding.{self.marker}": {"name": text}}

    def marked(self, entry: Any, text: str) -> bool:
        return unquote(entry.path).endswith(f"/users/{text}")


SERVER = MicetroServer
PARITY_WORLD: dict[str, Any] = {
    **ADDRESSES,
    **DHCP,
    **ONE_VIEW,
    "definitions": {**ADDRESSES["definitions"], **ONE_VIEW["definitions"]},
    "groups": ["staff", "it"],
    "users": ["una"],
    "roles": [{"name": "Zone editors", "type": "Specific"}],
}

VIEWERS = "DNS Viewers (built-in)"
SECRET = "Pl4nted-in-an-option"
PEOPLE = {
    "groups": ["staff", "it", "school"],
    "users": ["coral", "gus"],
    "roles": ["Editors", {"name": "Zone editors", "type": "Specific"}, {"name": "Zone owners", "type": "Specific"}],
    "zones": ["example.org.", "example.net."],
}

#: Who may do what.
PEOPLE_CASES = [
    Case(
        "micetro_user",
        "micetro.user:TASK",
        world=PEOPLE,
        create={
            "name": "zoe",
            "full_name": "Zoe Parable",
            "description": "At the desk",
            "email": "zoe@example.org",
            "password": SECRET,
            "groups": ["Staff", "it"],
            "roles": [VIEWERS],
        },
        update={
            "name": "ZOE",
            "full_name": "Zoe Fable",
            "description": "",
            "email": "zoe.fable@example.org",
            "authentication_type": "AD",
            "external_id": "CN=Zoe Fable,DC=example,DC=org",
            "groups": ["school"],
            "groups_mode": "set",
            "roles": [VIEWERS],
            "roles_mode": "remove",
        },
        absent={"name": "zoe", "state": "absent"},
        many=lambda number: {"name": f"person{number}", "password": f"Passw0rd-of-{number:09}", "groups": ["staff"]},
        three=[
            {"name": "ann", "password": "Long-en0ugh-for-it", "groups": ["it"]},
            {"name": "bob", "password": "t00-short"},
            {"name": "cid", "authentication_type": "RADIUS", "roles": ["Editors"]},
        ],
        drop={"method": "PUT", "path": "/users/[0-9]+$", "fields": ["fullName"], "times": None},
        dropped="full_name",
        secret=SECRET,
        examples={
            "groups": ["staff", "school", "it", "temps"],
            "users": [
                {"name": "hazel", "groups": ["it"]},
                {"name": "sage", "groups": ["staff"], "roles": [VIEWERS]},
                {"name": "olive", "groups": ["temps"]},
                {"name": "fern", "groups": ["temps"]},
                {"name": "svc-temps", "groups": ["temps"]},
                {"name": "left.over", "groups": ["temps"]},
            ],
        },
        parity=(
            {"name": "zac", "authentication_type": "RADIUS", "groups": ["staff"], "roles": [VIEWERS]},
            {"users": [{"name": "una", "full_name": "Una", "groups": ["it"]}, {"name": "zed", "state": "absent"}]},
        ),
    ),
    Case(
        "micetro_user_info",
        "micetro.user:INFO",
        world={
            "groups": [{"name": "directory", "adIntegrated": True}],
            "users": [
                {"name": "12345", "fullName": "Number", "groups": ["staff", "directory"], "roles": [VIEWERS]},
                {"name": "CORP\\zoe", "authenticationType": "AD", "externalID": "CN=Zoe", "email": "zoe@example.org"},
                {"name": "It's me / 50%"},
            ],
        },
        writer="micetro_user",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"groups": ["it"], "users": [{"name": "coral", "groups": ["it"]}]},
        parity=({"group": "staff"}, {"name": "una"}),
    ),
    Case(
        "micetro_group",
        "micetro.group:TASK",
        world=PEOPLE,
        create={"name": "R&D / Équipe 50%+1", "description": "Research", "members": ["coral", "GUS"], "roles": ["Editors"]},
        update={
            "name": "R&D / ÉQUIPE 50%+1",
            "description": "Research and more",
            "members": ["deputy"],
            "members_mode": "set",
            "roles": [VIEWERS],
            "external_id": "CN=Research",
            "ad_integrated": False,
        },
        absent={"name": "R&D / Équipe 50%+1", "state": "absent"},
        many=lambda number: {"name": f"group {number}", "members": ["coral"]},
        three=[{"name": "a", "members": ["gus"]}, {"name": "b", "members": ["nobody"]}, {"name": "c", "members": ["coral"]}],
        drop={"method": "PUT", "path": "/groups/[0-9]+$", "fields": ["description"], "times": None},
        dropped="description",
        examples={"groups": ["everybody", "temps", {"name": "it", "members": ["deputy"]}], "users": ["coral", "gus"]},
        parity=({"name": "new", "members": ["una"]}, {"groups": [{"name": "staff", "state": "absent"}, {"name": "other"}]}),
    ),
    Case(
        "micetro_group_info",
        "micetro.group:INFO",
        world={"groups": [{"name": "a/b", "members": ["12345", "coral"], "roles": [VIEWERS]}, {"name": "empty", "adIntegrated": True}]},
        writer="micetro_group",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"groups": ["it"]},
        parity=({}, {"name": "staff"}),
    ),
    Case(
        "micetro_role",
        "micetro.role:TASK",
        world=PEOPLE,
        create={
            "name": "Range editors",
            "type": "Specific",
            "description": "Ranges of the school",
            "access": {"Range": {"access_list": "allow", "access_delete": "deny"}, "DNSZone": {"access_list": "allow"}},
            "users": ["coral"],
            "groups": ["school"],
        },
        update={
            "name": "Range editors",
            "type": "General",
            "description": "",
            "access": {"Range": {"access_delete": "unset", "access_editOther": "allow"}, "DNSZone": {"access_list": "deny"}},
            "users": ["gus"],
            "users_mode": "set",
            "groups": ["school"],
            "groups_mode": "remove",
        },
        absent={"name": "Range editors", "state": "absent"},
        many=lambda number: {"name": f"role {number}", "users": ["coral"]},
        three=[{"name": "a", "users": ["gus"]}, {"name": "b", "users": ["nobody"]}, {"name": "c", "groups": ["it"]}],
        drop={"method": "PUT", "path": "/roles/[0-9]+$", "fields": ["description"], "times": None},
        dropped="description",
        examples={"groups": ["it"], "users": [{"name": "gus", "roles": [VIEWERS]}], "roles": ["Unused"]},
        parity=({"name": "new", "users": ["una"]}, {"roles": [{"name": "Zone editors", "access": {"DNSZone": {"access_list": "allow"}}}]}),
    ),
    Case(
        "micetro_role_info",
        "micetro.role:INFO",
        world={
            "roles": [{"name": "a/b", "type": "Specific", "access": {"DNSZone": {"access_list": "Deny", "access_delete": "Unspecified"}}}]
        },
        writer="micetro_role",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        parity=({}, {"name": VIEWERS}),
    ),
    Case(
        "micetro_object_access",
        "micetro.object_access:TASK",
        world={**PEOPLE, "zones": [*PEOPLE["zones"], *(f"zone{number}.example.org." for number in range(30))]},
        create={"object_type": "dns_zone", "name": "example.org.", "roles": ["Zone editors"]},
        update={"object_type": "dns_zone", "name": "example.org.", "roles": ["zone owners"], "roles_mode": "set"},
        many=lambda number: {"object_type": "dns_zone", "name": f"zone{number}.example.org.", "roles": ["Zone editors"]},
        three=[
            {"object_type": "dns_zone", "name": "example.org.", "roles": ["Zone editors"]},
            {"object_type": "dns_zone", "name": "elsewhere.example.", "roles": ["Zone editors"]},
            {"ref": "dnsZones/2", "roles": ["Zone owners"]},
        ],
        drop={"method": "PUT", "path": "/access$", "fields": ["addRoles", "removeRoles"], "times": None},
        dropped="roles",
        traits={"no_absent_state": "Micetro 7"},
        examples={
            "roles": [{"name": "Zone editors", "type": "Specific"}, {"name": "Range editors", "type": "Specific"}],
            "zones": ["example.org.", "example.net."],
            "ranges": ["192.0.2.0/24"],
            "access": [{"object": "dnsZones/2", "roles": ["Zone editors"]}],
        },
        parity=(
            {"object_type": "dns_zone", "name": "example.org.", "roles": ["Zone editors"]},
            {"objects": [{"ref": "dnsZones/1", "roles": []}, {"ref": "dnsZones/2", "roles": []}], "roles_mode": "set"},
        ),
    ),
    Case(
        "micetro_object_access_info",
        "micetro.object_access:INFO",
        world={**PEOPLE, "access": [{"object": "dnsZones/2", "roles": ["Zone editors", "Zone owners"]}]},
        create={"object_type": "dns_zone"},
        writer="micetro_object_access",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"zones": ["example.org."]},
        parity=({"object_type": "dns_zone"}, {"ref": "dnsZones/1"}),
    ),
    Case(
        "micetro_custom_property",
        "micetro.custom_property:TASK",
        world={"definitions": {"dnsZones": ["Location"]}},
        create={
            "object_type": "dns_zone",
            "name": "Owner",
            "type": "String",
            "mandatory": True,
            "multi_line": True,
            "default_value": "School",
            "list_items": ["School", "Town hall"],
            "parent_property": "Location",
        },
        update={
            "object_type": "dns_zone",
            "name": "Owner",
            "mandatory": False,
            "read_only": True,
            "multi_line": False,
            "default_value": "",
            "list_items": ["Museum"],
            "list_items_mode": "add",
            "parent_property": "",
        },
        absent={"object_type": "dns_zone", "name": "Owner", "state": "absent"},
        many=lambda number: {"object_type": "dns_record", "name": f"Property {number}"},
        three=[
            {"object_type": "range", "name": "Room", "type": "Integer"},
            {"object_type": "range", "name": "name"},
            {"object_type": "ip_address", "name": "Monitored", "type": "Boolean", "default_value": "no"},
        ],
        drop={"method": "PUT", "path": "/propertyDefinitions/Owner$", "fields": ["multiLine"], "times": None},
        dropped="multi_line",
        examples={"definitions": {"ranges": ["Room"]}},
        parity=(
            {"object_type": "dns_zone", "name": "Contact"},
            {"properties": [{"object_type": "dns_zone", "name": "Contact", "state": "absent"}, {"object_type": "range", "name": "Title"}]},
        ),
    ),
    Case(
        "micetro_custom_property_info",
        "micetro.custom_property:INFO",
        world={
            "definitions": {"ranges": [{"name": "Open", "type": "Boolean", "defaultValue": "1"}, {"name": "Room", "listItems": ["1", "2"]}]}
        },
        create={"object_type": "range"},
        writer="micetro_custom_property",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        parity=({"object_type": "range"}, {"object_type": "dns_zone", "name": "Contact"}),
    ),
    Case(
        "micetro_info",
        "micetro.info:INFO",
        create={"gather": ["account", "address_spaces", "capabilities", "system"]},
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        parity=({"gather": ["account", "capabilities"]}, {"gather": ["address_spaces"]}),
    ),
]

REQUEST_CASES = [
    Case(
        "micetro_request",
        "micetro.request:REQUEST",
        create={
            "method": "POST",
            "path": "/users",
            "body": {"saveComment": "By a request"},
            "secret_body": {"user": {"name": "zoe", "password": SECRET, "authenticationType": "Internal"}},
        },
        secret=SECRET,
        traits={"operation": "Micetro 3", "no_list_form": "Micetro 3", "not_predictable": "Micetro 12.12"},
        parity=({"method": "POST", "path": "/groups", "body": {"group": {"name": "new"}}}, {"path": "/dnsServers"}),
    )
]
CASES = [*PEOPLE_CASES, *NETWORK_CASES, *REQUEST_CASES]
