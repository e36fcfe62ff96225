# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Samples of the modules for what people share, and for the server itself."""

from __future__ import annotations

from typing import Any

from ..contract import Case
from .bluemind_world import DOMAIN, both, person

HERE = DOMAIN["name"]
NIGHT = 1_716_999_000_000  # of an old backup, in milliseconds


def mailshare(name: str, **more: Any) -> dict[str, Any]:
    return {"domain": HERE, "uid": f"ms-{name}", "name": name, "emails": [f"{name}@{HERE}"], **more}


def resource(name: str, **more: Any) -> dict[str, Any]:
    address = f"{name.lower().replace(' ', '.')}@{HERE}"
    return {"domain": HERE, "uid": f"r-{name.lower().replace(' ', '-')}", "label": name, "emails": [address], **more}


def unit(uid: str, name: str, parent: Any = None) -> dict[str, Any]:
    return {"domain": HERE, "uid": uid, "name": name, "parentUid": parent}


def outsider(login: str, **more: Any) -> dict[str, Any]:
    return {"domain": HERE, "uid": f"x-{login}", "last_name": login.title(), "emails": [f"{login}@example.net"], **more}


ROOM: dict[str, Any] = {
    "domain": HERE,
    "uid": "room",
    "label": "Room",
    "properties": [
        {"id": "seats", "label": "Seats", "type": "Number"},
        {"id": "screen", "label": "Screen", "type": "Boolean"},
        {"id": "note", "label": "Note", "type": "String"},
    ],
    "templates": {},
}
OFFICE: dict[str, Any] = {
    "domains": [DOMAIN],
    "resource_types": [ROOM],
    "org_units": [unit("ou-town", "Town"), unit("ou-school", "School", "ou-town")],
    "groups": [{"domain": HERE, "name": "staff"}],
    "users": [person("una"), person("coral"), person("gus"), person("hazel"), person("olive")],
    "mailshares": [mailshare("office"), mailshare("press")],
    "resources": [resource("Library", typeIdentifier="room"), resource("Old projector")],
    "external_users": [outsider("sage"), outsider("left.over")],
}
CROWD = {**OFFICE, "users": [*OFFICE["users"], *(person(f"person{number}") for number in range(8))]}
BESIDE: dict[str, Any] = {"domain": HERE}
READ_ONLY = {"read_only": "design 4", "no_list_form": "design 4"}

SHARED_CASES: list[Case] = [
    *both(
        "bluemind_mailshare",
        "bluemind.mailshare:TASK",
        world=OFFICE,
        create={
            "domain": HERE,
            "name": "election",
            "email": "election@example.org",
            "emails": ["vote"],
            "quota": "2 GB",
            "routing": "internal",
            "data_location": "bm-master",
            "org_unit": "Town/School",
            "hidden": True,
        },
        update={
            "domain": "example.com",
            "name": "ELECTION",
            "email": "vote@example.com",
            "emails": ["ballot@example.org", "vote"],
            "quota": "none",
            "org_unit": "",
            "hidden": False,
        },
        absent={"domain": HERE, "name": "election", "state": "absent"},
        many=lambda number: {"domain": HERE, "name": f"share{number}", "email": f"share{number}@example.org"},
        three=[
            {"domain": HERE, "name": "first", "email": "first@example.org"},
            {"domain": HERE, "name": "coral"},
            {"domain": HERE, "name": "third", "quota": "1 GB"},
        ],
        drop={"method": "POST", "path": "/mailshares/", "fields": ["quota"], "times": None},
        dropped="quota",
        examples={"domains": [DOMAIN], "mailshares": [mailshare("election")]},
        parity=(
            {**BESIDE, "name": "press", "email": "press@example.org"},
            {**BESIDE, "mailshares": [{"name": "press", "hidden": True}, {"name": "office", "state": "absent"}]},
        ),
    ),
    *both(
        "bluemind_mailshare_info",
        "bluemind.mailshare:INFO",
        world={
            **OFFICE,
            "mailshares": [mailshare("office", quota=1024, orgUnitUid="ou-school", hidden=True), mailshare("bare", emails=[])],
        },
        create={"domain": "example.com"},
        writer="bluemind_mailshare",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE}, {"domain": HERE, "name": "office"}),
    ),
    *both(
        "bluemind_resource_type",
        "bluemind.resource_type:TASK",
        world=OFFICE,
        create={
            "domain": HERE,
            "label": "Car / voiture 50%",
            "properties": [{"id": "seats", "label": "Seats", "type": "Number"}, {"id": "electric", "type": "Boolean"}],
            "templates": {"en": "A car with ${Seats} seats", "fr": "Une voiture"},
        },
        update={
            "domain": HERE,
            "label": "Car / voiture 50%",
            "properties": [{"id": "seats", "label": "Places", "type": "Number"}, {"id": "colour"}],
            "templates": {"en": "", "de": "Ein Auto"},
        },
        absent={"domain": HERE, "label": "Car / voiture 50%", "state": "absent"},
        many=lambda number: {"domain": HERE, "label": f"Type {number}", "properties": [{"id": "size"}]},
        three=[
            {"domain": HERE, "label": "First"},
            {"domain": "nowhere.example", "label": "Second"},
            {"domain": HERE, "label": "Third", "identifier": "third"},
        ],
        drop={"method": "POST", "path": "/type/", "fields": ["properties"], "times": None},
        dropped="properties",
        examples={"domains": [DOMAIN]},
        parity=(
            {**BESIDE, "label": "Car"},
            {**BESIDE, "resource_types": [{"label": "Car", "properties": [{"id": "seats"}]}, {"label": "Bike"}]},
        ),
    ),
    *both(
        "bluemind_resource_type_info",
        "bluemind.resource_type:INFO",
        world={**OFFICE, "resource_types": [{**ROOM, "templates": {"en": "${Seats} seats"}}]},
        create={"domain": HERE},
        writer="bluemind_resource_type",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE}, {"domain": HERE, "label": "Room"}),
    ),
    *both(
        "bluemind_resource",
        "bluemind.resource:TASK",
        world=OFFICE,
        create={
            "domain": HERE,
            "name": "Hall / salle 50%",
            "email": "hall@example.org",
            "type": "Room",
            "description": "Upstairs",
            "reservation_policy": "AUTO_ACCEPT",
            "properties": {"seats": 40, "screen": True},
            "org_unit": "ou-town",
            "hidden": True,
        },
        update={
            "domain": HERE,
            "name": "Hall / salle 50%",
            "email": "town.hall@example.org",
            "emails": ["hall@example.com"],
            "type": "room",
            "description": "",
            "reservation_policy": "OWNER_MANAGED",
            "properties": {"seats": "50", "screen": ""},
            "org_unit": "Town/School",
            "hidden": False,
        },
        absent={"domain": HERE, "name": "Hall / salle 50%", "state": "absent"},
        many=lambda number: {"domain": HERE, "name": f"Thing {number}", "email": f"thing{number}@example.org"},
        three=[
            {"domain": HERE, "name": "First", "email": "first@example.org"},
            {"domain": HERE, "name": "Second", "email": "second@example.org", "properties": {"colour": "red"}},
            {"domain": HERE, "name": "Third", "email": "third@example.org", "type": "Room", "properties": {"note": "n"}},
        ],
        drop={"method": "POST", "path": "/resources/", "fields": ["description"], "times": None},
        dropped="description",
        examples={"domains": [DOMAIN], "resource_types": [ROOM], "resources": [resource("Old projector")]},
        parity=(
            {**BESIDE, "name": "Hall", "email": "hall@example.org", "type": "Car"},
            {**BESIDE, "resources": [{"name": "Hall", "hidden": True}, {"name": "Old projector", "state": "absent"}]},
        ),
    ),
    *both(
        "bluemind_resource_info",
        "bluemind.resource:INFO",
        world={
            **OFFICE,
            "resources": [
                resource(
                    "Library",
                    typeIdentifier="room",
                    description="Quiet",
                    properties=[{"propertyId": "seats", "value": "24"}],
                    orgUnitUid="ou-school",
                ),
                resource("Old projector", hidden=True, emails=["old@example.org", "older@example.com"]),
            ],
        },
        create={"domain": HERE},
        writer="bluemind_resource",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE}, {"domain": HERE, "name": "Library"}),
    ),
    *both(
        "bluemind_external_user",
        "bluemind.external_user:TASK",
        world=OFFICE,
        create={
            "domain": HERE,
            "email": "zoe+town@example.net",
            "external_id": "hr/0042",
            "given_name": "Zoe",
            "family_name": "Parable",
            "job_title": "Clerk",
            "company": "Town hall",
            "phone": "+33 1 99 00 12 34",
            "city": "Paris",
            "org_unit": "Town",
            "hidden": True,
        },
        update={
            "domain": HERE,
            "email": "zoe+town@example.net",
            "external_id": "hr/0042",
            "given_name": "Zoé",
            "additional_names": "Ann",
            "family_name": "Fable",
            "name_prefix": "Dr",
            "name_suffix": "Jr",
            "display_name": "Zoé F.",
            "nickname": "Zo",
            "birthday": "1990-04-28",
            "job_title": "",
            "company": "School",
            "division": "North",
            "department": "Library",
            "manager": "Pat Placeholder",
            "assistant": "Robin Retired",
            "note": "Met at the fair",
            "phone": "",
            "mobile": "+33 6 99 00 12 34",
            "home_phone": "+33 1 99 00 12 35",
            "fax": "+33 1 99 00 12 36",
            "street": "1 Sample Street",
            "postal_code": "75001",
            "city": "Lyon",
            "region": "Rhone",
            "country": "France",
            "website": "https://example.net/zoe",
            "org_unit": "",
            "hidden": False,
        },
        absent={"domain": HERE, "email": "zoe+town@example.net", "state": "absent"},
        many=lambda number: {"domain": HERE, "email": f"person{number}@example.net", "family_name": f"Number {number}"},
        three=[
            {"domain": HERE, "email": "ann@example.net", "family_name": "Ann"},
            {"domain": HERE, "email": "coral@example.org", "family_name": "Coral"},
            {"domain": HERE, "email": "cid@example.net", "family_name": "Cid"},
        ],
        drop={"method": "POST", "path": "/externaluser/", "fields": ["company"], "times": None},
        dropped="company",
        examples={"domains": [DOMAIN], "external_users": [outsider("left.over")]},
        parity=(
            {**BESIDE, "email": "zoe@example.net", "family_name": "Parable"},
            {
                **BESIDE,
                "external_users": [{"email": "zoe@example.net", "city": "Paris"}, {"email": "left.over@example.net", "state": "absent"}],
            },
        ),
    ),
    *both(
        "bluemind_external_user_info",
        "bluemind.external_user:INFO",
        world={**OFFICE, "external_users": [outsider("sage", first_name="Sage", external_id="hr-1"), outsider("hid", hidden=True)]},
        create={"domain": HERE},
        writer="bluemind_external_user",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE}, {"domain": HERE, "email": "sage@example.net"}),
    ),
    *both(
        "bluemind_org_unit",
        "bluemind.org_unit:TASK",
        world=OFFICE,
        create={"domain": HERE, "path": "Town/R&D 50%", "administrators": {"coral@example.org": ["manageUser"], "staff": "manageGroup"}},
        update={"domain": HERE, "path": "Town/R&D 50%", "administrators": {"coral": [], "gus": ["manageUser", "manageGroup"]}},
        absent={"domain": HERE, "path": "Town/R&D 50%", "state": "absent"},
        many=lambda number: {"domain": HERE, "path": f"Town/Unit {number}"},
        three=[
            {"domain": HERE, "path": "Harbour"},
            {"domain": HERE, "path": "Nowhere/Unit"},
            {"domain": HERE, "path": "Harbour/Pier"},
        ],
        drop={"method": "POST", "path": "u-coral/_set", "fields": ["administrators"], "times": None},
        dropped="administrators.coral",
        examples={"domains": [DOMAIN], "users": [person("coral")]},
        parity=(
            {**BESIDE, "path": "Harbour"},
            {
                **BESIDE,
                "org_units": [{"path": "Harbour", "administrators": {"una": ["manageUser"]}}, {"path": "Town/School", "state": "absent"}],
            },
        ),
    ),
    *both(
        "bluemind_org_unit_info",
        "bluemind.org_unit:INFO",
        world={**OFFICE, "administrators": {"ou-school": {"u-coral": ["manageUser", "manageGroup"], "g-staff": ["showOU"]}}},
        create={"domain": HERE},
        writer="bluemind_org_unit",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE}, {"domain": HERE, "path": "Town/School"}),
    ),
    *both(
        "bluemind_sharing",
        "bluemind.sharing:TASK",
        world=CROWD,
        create={
            "domain": HERE,
            "kind": "mailbox",
            "owner": "office",
            "entries": [{"subject": "coral@example.org", "verb": "Write"}, {"subject": "staff", "verb": "Read"}],
        },
        update={
            "domain": HERE,
            "kind": "mailbox",
            "owner": "office@example.org",
            "entries": [{"subject": "coral", "verb": "All"}, {"subject": "u-gus", "verb": "SendOnBehalf"}],
            "entries_mode": "set",
        },
        many=lambda number: {
            "domain": HERE,
            "kind": ("mailbox", "calendar", "contacts", "todolist")[number % 4],
            "owner": f"person{number // 4}",
            "entries": [{"subject": "staff", "verb": "Read"}],
        },
        three=[
            {"domain": HERE, "kind": "calendar", "owner": "coral", "entries": [{"subject": "gus", "verb": "Read"}]},
            {"domain": HERE, "kind": "calendar", "owner": "gus", "entries": [{"subject": "nobody", "verb": "Read"}]},
            {"container": "calendar:r-library", "entries": [{"subject": "una", "verb": "Manage"}]},
        ],
        drop={"method": "PUT", "path": "_acl", "fields": ["acl"], "times": None},
        dropped="entries",
        traits={"no_absent_state": "BlueMind 13"},
        examples=OFFICE,
        parity=(
            {**BESIDE, "kind": "calendar", "owner": "una", "entries": [{"subject": "staff", "verb": "Read"}]},
            {**BESIDE, "containers": [{"kind": "mailbox", "owner": "una", "entries": [{"subject": "staff", "verb": "Write"}]}]},
        ),
    ),
    *both(
        "bluemind_sharing_info",
        "bluemind.sharing:INFO",
        world={
            **OFFICE,
            "groups": [{"domain": HERE, "name": "staff"}, {"domain": HERE, "name": "gus"}],
            "acls": {
                "mailbox:acls-u-coral": [["g-gus", "Write"], ["u-gus", "SendOnBehalf"], ["u-gone", "Read"]],
                "calendar:Default:u-coral": [["u-coral", "All"], [DOMAIN["uid"], "Invitation"], ["g-staff", "Read"], ["g-staff", "Write"]],
            },
        },
        create={"domain": HERE, "owner": "coral"},
        writer="bluemind_sharing",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE, "owner": "una"}, {"domain": HERE, "kind": "calendar", "owner": "una"}),
    ),
    *both(
        "bluemind_subscription",
        "bluemind.subscription:TASK",
        world=CROWD,
        create={"domain": HERE, "user": "coral@example.org", "kind": "mailbox", "owner": "office", "offline_sync": True},
        update={"domain": HERE, "user": "coral", "container": "mailbox:acls-ms-office", "offline_sync": False},
        five={"update": {"automount": False}},
        absent={"domain": HERE, "user": "coral", "kind": "mailbox", "owner": "office", "state": "absent"},
        many=lambda number: {
            "domain": HERE,
            "user": f"person{number % 4}",
            "kind": "mailbox",
            "owner": f"person{number // 4}",
        },
        three=[
            {"domain": HERE, "user": "coral", "kind": "mailbox", "owner": "press"},
            {"domain": HERE, "user": "nobody", "kind": "mailbox", "owner": "press"},
            {"domain": HERE, "user": "gus", "kind": "calendar", "owner": "Library"},
        ],
        drop={"method": "DELETE", "path": "offlineSync", "fields": ["subscriptions"], "times": None},
        dropped="offline_sync",
        examples=OFFICE,
        parity=(
            {**BESIDE, "user": "una", "kind": "mailbox", "owner": "una"},
            {**BESIDE, "subscriptions": [{"user": "una", "container": f"addressbook_{DOMAIN['uid']}", "state": "absent"}]},
        ),
    ),
    *both(
        "bluemind_subscription_info",
        "bluemind.subscription:INFO",
        world=OFFICE,
        create={"domain": HERE, "user": "coral"},
        writer="bluemind_subscription",
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE, "user": "una"}, {"domain": HERE, "kind": "calendar", "owner": "una"}),
    ),
    *both(
        "bluemind_api_key",
        "bluemind.api_key:API_KEY",
        world={**OFFICE, "api_keys": [{"sid": "lab-only-api-key-of-coral-0000000", "login": "coral@example.org"}]},
        create={"domain": HERE, "user": "coral", "state": "absent"},
        traits={"operation": "BlueMind 2", "no_list_form": "BlueMind 2"},
        examples={**OFFICE, "api_keys": [{"sid": "lab-only-api-key-of-coral-0000000", "login": "coral@example.org"}]},
        parity=({"name": "nightly", "dest": "{{ playbook_dir }}/api_key"}, {"domain": HERE, "user": "una", "state": "absent"}),
    ),
    *both(
        "bluemind_api_key_info",
        "bluemind.api_key:INFO",
        world={**OFFICE, "api_keys": [{"sid": "lab-only-api-key-of-coral-0000000", "login": "coral@example.org"}]},
        create={"domain": HERE, "user": "coral"},
        traits=READ_ONLY,
        examples=OFFICE,
        parity=({"domain": HERE, "user": "una"}, {}),
    ),
    *both(
        "bluemind_backup",
        "bluemind.backup:BACKUP",
        world={"generations": [{"id": 1, "at": NIGHT}]},
        create={"max_age": "1d"},
        traits={"operation": "BlueMind 16", "no_list_form": "BlueMind 16", "not_predictable": "BlueMind 16"},
        examples={"generations": [{"id": 1, "at": NIGHT}]},
        parity=({"max_age": "9999d"}, {}),
    ),
    *both(
        "bluemind_backup_info",
        "bluemind.backup:INFO",
        world={"generations": [{"id": 1, "at": NIGHT}, {"id": 2, "outcome": "errors"}]},
        traits=READ_ONLY,
        examples={"generations": [{"id": 1, "at": NIGHT}]},
        parity=({}, {}),
    ),
    *both(
        "bluemind_info",
        "bluemind.info:INFO",
        create={"gather": ["subscription", "servers", "domains"]},
        traits=READ_ONLY,
        parity=({}, {"gather": ["servers", "domains"]}),
    ),
]
