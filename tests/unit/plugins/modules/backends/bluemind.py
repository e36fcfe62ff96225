# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of BlueMind with their samples, and how its simulated server is reached."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any, Optional

from ..contract import Case
from ..harness import Server
from .bluemind_shared import SHARED_CASES
from .bluemind_world import DOMAIN, both, person

STAMPS = ("created", "updated", "version", "born", "deleted", "passwordLastChange")
PASSING = ("sessions", "tasks", "numbers", "versions")  # that come and go with whatever is asked


class BluemindServer(Server):
    prefix = "bluemind"
    writing = r"^(?!.*(/auth/|/_search|/_searchUids|/_mget\w*|/_list|/_macl|/_quotas|/_byAdmin|/_role\w+)).*"
    marker = "bluemind_domain_info"

    password = "Lab-only-passphrase-of-admin0"  # the one that a new server has, admin, is part of many words

    def start(self, world: dict, knobs: Optional[dict] = None) -> None:
        super().start(world, knobs)
        self.backend.seed(users=[{"domain": "global.virt", "uid": "admin0_global.virt", "login": "admin0", "password": self.password}])

    def connection(self) -> dict[str, Any]:
        return {"api_url": self.backend.url, "api_username": self.backend.username, "api_password": self.password}

    def stored(self) -> Any:
        """Without what every request leaves behind, and without the times at which it came to be so."""
        state = copy.deepcopy(self.backend.state())
        for name in PASSING:
            state.pop(name)
        return timeless(state)

    def mark(self, text: str) -> dict[str, Any]:
        return {f"workplace.onboarding.{self.marker}": {"domain": domain_of(text)}}

    def marked(self, entry: Any, text: str) -> bool:
        return entry.path.endswith("/domains/_lookup") and entry.query.get("name") == domain_of(text)


def domain_of(text: str) -> str:
    return re.sub("[^a-z]+", "-", text) + ".example"


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: timeless(each) for key, each in value.items() if key not in STAMPS}
    return [timeless(each) for each in value] if isinstance(value, list) else value


SERVER = BluemindServer
PARITY_WORLD: dict[str, Any] = {
    "domains": [DOMAIN],
    "groups": [{"domain": "example.org", "name": "staff"}],
    "users": [person("una")],
    "generations": [{"id": 1, "at": 1_716_999_000_000}],
}

TOWN: dict[str, Any] = {
    "domains": [DOMAIN],
    "org_units": [
        {"domain": "example.org", "uid": "ou-town", "name": "Town"},
        {"domain": "example.org", "uid": "ou-school", "name": "School", "parentUid": "ou-town"},
    ],
    "groups": [{"domain": "example.org", "name": name} for name in ("staff", "it", "school")],
    "users": [person("coral", groups=["it"]), person("gus"), person("boss", profile="admin")],
    "external_users": [{"domain": "example.org", "uid": "x-dora", "last_name": "Example", "emails": ["dora@example.net"]}],
}
PIXEL = str(Path(__file__).with_name("pixel.png"))

PEOPLE_CASES: list[Case] = [
    *both(
        "bluemind_domain",
        "bluemind.domain:TASK",
        world={"domains": [DOMAIN, {"name": "former.example"}]},
        create={
            "domain": "Sample.example",
            "uid": "19a0b1c2d3e.internal",
            "label": "Sample Council",
            "description": "Of a test",
            "aliases": ["sample.test"],
            "properties": {"import_ldap_enabled": True, "import_ldap_hostname": "ldap.example.org", "import_ldap_protocol": "tls"},
            "secret_properties": {"import_ldap_password": "Pl4nted-in-an-option"},
            "servers": ["bm-master"],
            "settings": {"lang": "de", "mailbox_max_user_quota": 2097152, "domain_max_users": 20},
        },
        update={
            "domain": "sample.example",
            "label": "Sample School",
            "description": "",
            "aliases": ["other.example"],
            "default_alias": "other.example",
            "properties": {"import_ldap_protocol": "ssl", "colour": "blue"},
            "secret_properties": {"import_ldap_password": "Pl4nted-in-an-option-again"},
            "update_password": "when_changed",
            "servers": ["bm-master:mail/imap", "bm-master:mail/smtp"],
            "servers_mode": "set",
            "settings": {"lang": "", "mailbox_max_user_quota": 4194304, "domain_max_users": "", "timezone": "Europe/Berlin"},
        },
        absent={"domain": "sample.example", "state": "absent"},
        many=lambda number: {"domain": f"domain{number}.example", "servers": ["bm-master:mail/imap"]},
        three=[
            {"domain": "a.example", "servers": ["bm-master"]},
            {"domain": "b.example", "servers": ["bm-master"], "settings": {"lang": "tlh"}},
            {"domain": "c.example", "servers": ["bm-master"]},
        ],
        drop={"method": "POST", "path": "/domains/19a0b1c2d3e.internal$", "fields": ["label"], "times": None},
        dropped="label",
        secret="Pl4nted-in-an-option",
        secret_key="import_ldap_password",
        examples={"domains": [DOMAIN, {"name": "former.example"}]},
        parity=(
            {"domain": "new.example", "servers": ["bm-master"]},
            {"domains": [{"domain": "new.example", "state": "absent"}, {"domain": "other.example", "servers": ["bm-master"]}]},
        ),
    ),
    *both(
        "bluemind_user",
        "bluemind.user:TASK",
        world=TOWN,
        create={
            "login": "Zoe",
            "domain": "example.com",
            "uid": "u-zoe",
            "external_id": "ldap://entry/42+1",
            "password": "Pl4nted-in-an-option",
            "email": "Zoe@Example.org",
            "emails": ["zoe", "zoe.parable@example.com"],
            "account_type": "FULL",
            "quota": "2048 MB",
            "routing": "internal",
            "data_location": "bm-master",
            "org_unit": "town/school",
            "archived": False,
            "hidden": True,
            "password_must_change": True,
            "password_never_expires": False,
            "properties": {"employee": 42, "colour": "blue"},
            "photo": PIXEL,
            "given_name": "Zoé",
            "additional_names": "Ann",
            "family_name": "Parable",
            "name_prefix": "Dr",
            "name_suffix": "Jr",
            "nickname": "Zo",
            "birthday": "1990-04-28",
            "job_title": "Clerk",
            "company": "Sample Council",
            "division": "Services",
            "department": "Desk",
            "manager": "The boss",
            "assistant": "Gus",
            "note": "First line\nSecond line",
            "phone": "+33 1 99 00 12 34",
            "mobile": "+33 6 99 00 12 34",
            "home_phone": "+33 1 99 00 12 35",
            "fax": "+33 1 99 00 12 36",
            "street": "1 Sample Street",
            "postal_code": "75000",
            "city": "Sampleville",
            "region": "Somewhere",
            "country": "France",
            "website": "https://example.org/zoe",
            "roles": ["hasCTI"],
            "language": "de",
            "timezone": "Europe/Berlin",
            "settings": {"day_weekstart": "sunday", "showweekends": False},
            "forwarding": ["Zoe@Elsewhere.example"],
            "keep_local_copy": False,
            "vacation": True,
            "vacation_subject": "Away",
            "vacation_text": "Back soon",
            "vacation_start": "2026-08-01T08:00:00+02:00",
            "groups": ["Staff"],
        },
        update={
            "login": "zoe",
            "domain": "example.org",
            "password": "Pl4nted-in-an-option-again",
            "update_password": "when_changed",
            "email": "zoe.fable@example.org",
            "emails": ["zoe@example.org", "z.fable"],
            "account_type": "FULL_AND_VISIO",
            "quota": "none",
            "org_unit": "",
            "archived": True,
            "hidden": False,
            "password_must_change": True,
            "password_never_expires": True,
            "properties": {"employee": 43, "colour": ""},
            "photo": "",
            "given_name": "Zoé",
            "additional_names": "",
            "family_name": "Fable",
            "name_prefix": "",
            "name_suffix": "",
            "display_name": "Zoé F.",
            "nickname": "",
            "birthday": "",
            "job_title": "Teacher",
            "company": "Sample School",
            "division": "",
            "department": "",
            "manager": "",
            "assistant": "",
            "note": "",
            "phone": "+33 1 99 00 99 99",
            "mobile": "",
            "home_phone": "",
            "fax": "",
            "street": "2 Sample Street",
            "postal_code": "",
            "city": "",
            "region": "",
            "country": "",
            "website": "",
            "roles": ["hasOutlook"],
            "roles_mode": "set",
            "language": "",
            "timezone": "Europe/Rome",
            "settings": {"day_weekstart": "", "showweekends": True},
            "forwarding": [],
            "keep_local_copy": True,
            "vacation": True,
            "vacation_subject": "Gone",
            "vacation_text": "",
            "vacation_html": "<p>For good</p>",
            "vacation_start": "",
            "vacation_end": "2026-09-01T00:00:00Z",
            "groups": ["it"],
            "groups_mode": "set",
            "profile": "admin",
        },
        absent={"login": "zoe", "domain": "example.org", "state": "absent"},
        many=lambda number: {"login": f"person{number}", "domain": "example.org", "family_name": f"Person {number}"},
        three=[
            {"login": "ann", "domain": "example.org", "family_name": "Ann"},
            {"login": "bob", "domain": "example.org", "family_name": "Bob", "email": "gus@example.org"},
            {"login": "cid", "domain": "example.org", "family_name": "Cid", "groups": ["staff"]},
        ],
        drop={"method": "POST", "path": "/users/18fb0c2a9b1.internal/u-zoe$", "fields": ["title"], "times": None},
        dropped="job_title",
        secret="Pl4nted-in-an-option",
        examples={
            **TOWN,
            "users": [
                person("gus"),
                person("hazel.parable"),
                person("basil", groups=["staff"]),
                person("team"),
                person("left.over", orgUnitUid="ou-school"),
                person("teacher.one", orgUnitUid="ou-school"),
            ],
        },
        parity=(
            {"login": "uma", "domain": "example.org", "family_name": "Uma", "groups": ["staff"]},
            {"login": "una", "domain": "example.org", "quota": "5 GB", "groups": ["staff"]},
        ),
    ),
    *both(
        "bluemind_group",
        "bluemind.group:TASK",
        world=TOWN,
        create={
            "name": "R&D / Équipe 50%+1",
            "domain": "example.org",
            "uid": "g-research",
            "external_id": "ldap://group/7",
            "description": "Research",
            "email": "Research@example.org",
            "emails": ["research"],
            "hidden": True,
            "hidden_members": True,
            "mail_archived": False,
            "data_location": "bm-master",
            "org_unit": "Town",
            "properties": {"colour": "blue"},
            "roles": ["hasCTI"],
            "members": ["coral", "gus@example.org"],
            "member_groups": ["STAFF"],
            "external_members": ["dora@example.net"],
        },
        update={
            "name": "r&d / équipe 50%+1",
            "domain": "example.com",
            "description": "",
            "email": "lab@example.org",
            "emails": ["lab@example.org"],
            "hidden": False,
            "hidden_members": False,
            "mail_archived": True,
            "org_unit": "",
            "properties": {"colour": ""},
            "roles": ["hasOutlook"],
            "roles_mode": "set",
            "members": ["boss"],
            "members_mode": "set",
            "member_groups": ["it"],
            "external_members": ["dora@example.net"],
            "external_members_mode": "remove",
        },
        absent={"name": "R&D / Équipe 50%+1", "domain": "example.org", "state": "absent"},
        many=lambda number: {"name": f"group {number}", "domain": "example.org", "members": ["coral"]},
        three=[
            {"name": "a", "domain": "example.org", "members": ["gus"]},
            {"name": "b", "domain": "example.org", "email": "gus@example.org"},
            {"name": "c", "domain": "example.org", "member_groups": ["staff"]},
        ],
        drop={"method": "POST", "path": "/groups/18fb0c2a9b1.internal/g-research$", "fields": ["mailArchived"], "times": None},
        dropped="mail_archived",
        examples={
            "domains": [DOMAIN],
            "groups": [{"domain": "example.org", "name": name} for name in ("temps", "former")],
            "users": [person("coral"), person("gus")],
        },
        parity=(
            {"name": "new", "domain": "example.org", "members": ["una"]},
            {"domain": "example.org", "groups": [{"name": "new", "state": "absent"}, {"name": "other"}]},
        ),
    ),
    *both(
        "bluemind_domain_info",
        "bluemind.domain:INFO",
        world={
            "domains": [
                {**DOMAIN, "settings": {"lang": "de"}, "properties": {"import_ldap_password": "hidden", "colour": "blue"}},
                {"name": "old.example", "aliases": ["older.example"]},
            ]
        },
        writer="bluemind_domain",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"domains": [DOMAIN]},
        parity=({}, {"domain": "example.org", "gather": []}),
    ),
    *both(
        "bluemind_user_info",
        "bluemind.user_info:INFO",
        world={
            **TOWN,
            "users": [
                *TOWN["users"],
                person(
                    "zoe",
                    emails=[
                        {"address": "zoe@example.org", "allAliases": True, "isDefault": True},
                        {"address": "z.parable@example.com"},
                    ],
                    groups=["it", "staff"],
                    orgUnitUid="ou-school",
                    archived=True,
                    quota=12345,
                    roles=["hasCTI", "somethingUnheardOf"],
                    settings={"lang": "it", "odd": "1"},
                    properties={"employee": "42"},
                    filter={
                        "rules": [],
                        "forwarding": {"enabled": True, "localCopy": False, "emails": ["zoe@elsewhere.example"]},
                        "vacation": {
                            "enabled": True,
                            "start": 1785564000000,
                            "end": None,
                            "subject": "Away",
                            "text": "Back soon",
                            "textHtml": "",
                        },
                    },
                ),
            ],
        },
        create={"domain": "example.com", "gather": ["details", "roles", "settings", "mail", "groups"]},
        writer="bluemind_user",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={**TOWN, "users": [person("zoe", orgUnitUid="ou-school", groups=["school"]), person("gus", archived=True)]},
        parity=({"domain": "example.org", "gather": ["details", "groups"]}, {"domain": "example.org", "login": "una"}),
    ),
    *both(
        "bluemind_group_info",
        "bluemind.group:INFO",
        world={
            **TOWN,
            "groups": [*TOWN["groups"], {"domain": "example.org", "name": "Ältere & Co", "emails": ["alt@example.org"]}],
            "members": {"g-school": ["u-coral", "u-gus", "g-it", "x-dora"]},
        },
        create={"gather": ["members", "roles"], "domain": "example.org"},
        writer="bluemind_group",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples=TOWN,
        parity=({"domain": "example.org", "gather": ["members", "roles"]}, {"domain": "example.org", "name": "staff"}),
    ),
    *both(
        "bluemind_request",
        "bluemind.request:REQUEST",
        create={"method": "PUT", "path": "/global_settings", "body": {"lang": "de"}},
        traits={"operation": "BlueMind 1", "no_list_form": "BlueMind 1", "not_predictable": "BlueMind 1"},
        examples={"domains": [DOMAIN]},
        parity=({"path": "/system/installation/version"}, {"method": "PUT", "path": "/global_settings", "body": {"lang": "de"}}),
    ),
]
CASES = [*PEOPLE_CASES, *SHARED_CASES]
