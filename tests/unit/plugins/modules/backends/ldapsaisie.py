# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of LdapSaisie with their samples, and how its simulated server is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..contract import Case
from ..harness import Server

PEOPLE, GROUPS = "ou=people,o=ls", "ou=groups,o=ls"
PIXEL = str(Path(__file__).with_name("pixel.png"))
OF_A_MOMENT = ("sambaPwdLastSet", "pwdChangedTime", "pwdHistory")  # attributes


class LdapsaisieServer(Server):
    prefix = "ldapsaisie"
    writing = "/(create|modify|remove|import|relation/[a-z_]+)$"

    def connection(self) -> dict[str, Any]:
        return {"api_url": self.backend.url, "api_username": self.backend.username, "api_password": self.backend.password}

    def stored(self) -> Any:
        state = self.backend.state()
        for entry in state["entries"]:
            entry["attributes"] = {name: value for name, value in entry["attributes"].items() if name not in OF_A_MOMENT}
        return state

    marker = "ldapsaisie_object_info"

    def mark(self, text: str) -> dict[str, Any]:
        return {f"workplace.onboarding.{self.marker}": {"type": "LSgroup", "filter": f"(cn={text})"}}

    def marked(self, entry: Any, text: str) -> bool:
        return entry.query.get("filter") == f"(cn={text})"


def dn(name: str) -> str:
    return f"uid={name},{PEOPLE}"


def attributes(name: str, **more: Any) -> dict:
    """What a person needs."""
    first = name.split(".")[0].capitalize()
    mail = f"{name}@example.org"
    return {"givenName": first, "sn": "Parable", "cn": f"{first} Parable", "mail": mail, "gidNumber": 102001, **more}


def person(name: str, **more: Any) -> dict:
    """A new person, as an object."""
    return {"type": "LSpeople", "dn": dn(name), "attributes": attributes(name, **more), "passwords": {"userPassword": "Fill3r-pw"}}


def seeded(name: str, **more: Any) -> dict:
    """A person who is there already."""
    return {"type": "LSpeople", "attributes": {"uid": name, **attributes(name, userPassword="Seed3d-pw"), **more}}


def group(name: str, *members: str, **more: Any) -> dict:
    return {"type": "LSgroup", "attributes": {"cn": name, "uniqueMember": [dn(member) for member in members], **more}}


WORLD = {"objects": [group("staff"), group("it"), group("school", gidNumber=102500), seeded("coral"), seeded("gus")]}
SERVER = LdapsaisieServer
PARITY_WORLD = WORLD
COLUMNS = {"desc": "description", "active": "pwdLockout"}  # of the format labcsv
CASES = [
    Case(
        "ldapsaisie_object",
        "ldapsaisie.object:TASK",
        world=WORLD,
        create={
            "type": "LSpeople",
            "rdn": "uid",
            "name": "zoe.parable",
            "container": PEOPLE,
            "attributes": attributes(
                "zoe.parable",
                personalTitle="Mme",
                loginShell=True,
                description=["Clerk", "R&D 50%+1, Équipe"],
                lsGodfatherDn=["UID=coral, ou=people,o=ls"],
                shadowMax=90,
                shadowExpire="31/12/2027",
            ),
            "create_attributes": {"shadowInactive": "10"},
            "images": {"jpegPhoto": PIXEL},
            "passwords": {"userPassword": "Pl4nted-pw"},
            "attribute_types": {"lsGodfatherDn": {"type": "dn", "of": ["LSpeople"]}},
        },
        update={
            "type": "LSpeople",
            "dn": "UID=zoe.parable, ou=people,o=ls",
            "attributes": {
                "sn": "Fable",
                "cn": "Zoe Fable",
                "loginShell": "no",
                "description": ["Teacher"],
                "lsGodfatherDn": [dn("gus")],
                "shadowMax": "",
                "shadowExpire": {"value": "0", "label": "Always (disable account)"},
            },
            "create_attributes": {"shadowInactive": "20"},
            "images": {"jpegPhoto": ""},
            "passwords": {"userPassword": "Pl4nted-p2"},
            "update_password": "when_changed",
            "attribute_types": {"lsGodfatherDn": "dn", "shadowExpire": "date"},
        },
        absent={"type": "LSpeople", "dn": dn("zoe.parable"), "state": "absent"},
        many=lambda number: person(f"person{number}"),
        three=[person("ann"), person("bob", personalTitle="Dr"), person("cid")],
        drop={"method": "POST", "path": "/modify$", "fields": ["description"], "times": None},
        dropped="attributes.description",
        secret="Pl4nted-pw",
        secret_key="userPassword",
        examples={
            "objects": [
                group("staff", gidNumber=102100),
                group("it"),
                seeded("gus"),
                seeded("temp.one", description=["temporary"]),
                seeded("temp.two", description=["temporary"]),
                seeded("hazel.parable"),
                seeded("left"),
            ]
        },
        parity=(
            person("una", description=["x"]),
            {"type": "LSpeople", "dn": dn("una"), "attributes": {"sn": "Fable"}, "create_attributes": {"shadowMax": 9}},
        ),
    ),
    Case(
        "ldapsaisie_relation",
        "ldapsaisie.relation:TASK",
        world={
            "objects": [
                *(seeded(name) for name in ("coral", "gus", "zoe", *(f"person{number}" for number in range(30)))),
                *(group(name) for name in ("staff", "it", "school")),
            ]
        },
        create={"type": "LSpeople", "dn": dn("zoe"), "relation": "groups", "related": [f"cn=staff,{GROUPS}", f"CN=IT, {GROUPS}"]},
        update={
            "type": "LSpeople",
            "dn": "uid=ZOE, ou=people,o=ls",
            "relation": "groups",
            "related": [f"cn=school,{GROUPS}", f"cn=IT,{GROUPS}"],
            "related_mode": "set",
            "related_type": "LSgroup",
        },
        many=lambda number: {"type": "LSpeople", "dn": dn(f"person{number}"), "relation": "groups", "related": [f"cn=staff,{GROUPS}"]},
        three=[
            {"type": "LSpeople", "dn": dn("coral"), "relation": "groups", "related": [f"cn=staff,{GROUPS}"]},
            {"type": "LSpeople", "dn": dn("gus"), "relation": "groups", "related": [f"cn=nobody,{GROUPS}"]},
            {"type": "LSpeople", "dn": dn("zoe"), "relation": "groups", "related": [f"cn=staff,{GROUPS}"]},
        ],
        drop={"method": "POST", "path": "/relation/groups$", "fields": ["groups"], "times": None},
        dropped="related",
        traits={"no_absent_state": "LdapSaisie 3.6"},
        examples={"objects": [group("staff"), group("it", "coral"), group("temps", "coral"), seeded("coral"), seeded("gus")]},
        parity=(
            {"type": "LSpeople", "dn": dn("gus"), "relation": "groups", "related": [f"cn=staff,{GROUPS}"]},
            {"type": "LSpeople", "dn": dn("coral"), "relation": "groups", "related": [], "related_mode": "set"},
        ),
    ),
    Case(
        "ldapsaisie_object_info",
        "ldapsaisie.object_info:INFO",
        world={
            "objects": [
                group("staff", "zoe"),
                group("it"),
                seeded("coral"),
                seeded(
                    "zoe",
                    description=["one", "two"],
                    lsGodfatherDn=[dn("coral")],
                    shadowExpire="0",
                    loginShell=True,
                    sambaLogonTime="31/12/2027, 23:59:58",
                ),
            ]
        },
        create={"type": "LSpeople", "dn": "UID=zoe,ou=people,o=ls", "details": True},
        writer=("ldapsaisie_object", "ldapsaisie_relation"),
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"objects": [group("staff", "coral"), seeded("coral"), seeded("gus")]},
        parity=({"type": "LSpeople", "attributes": ["mail", "description"]}, {"type": "LSgroup", "pattern": "staff"}),
    ),
    Case(
        "ldapsaisie_import",
        "ldapsaisie.importing:IMPORT",
        world=WORLD,
        create={
            "type": "LSpeople",
            "io_format": "mycsv",
            "content": "login;civility;firstname;name;mail;password;gid;shell\nann;Mme;Ann;Parable;ann@example.org;Pl4nted-pw;102001;no\n",
            "columns": {
                "login": "uid",
                "civility": "personalTitle",
                "firstname": "givenName",
                "name": "sn",
                "password": "userPassword",
                "gid": "gidNumber",
                "shell": "loginShell",
            },
        },
        secret="Pl4nted-pw",
        traits={"operation": "LdapSaisie 3.7", "no_list_form": "LdapSaisie 3.7"},
        parity=(
            {"type": "LSlab", "io_format": "labcsv", "content": "cn,title,desc,active\nlab1,One,a|b,yes\n", "columns": COLUMNS},
            {"type": "LSlab", "io_format": "labcsv", "content": "cn,title\nlab2,Two\nlab1,Other\n", "update_existing": True},
        ),
    ),
    Case(
        "ldapsaisie_export",
        "ldapsaisie.export:EXPORT",
        world=WORLD,
        create={"type": "LSpeople", "io_format": "mycsv", "dest": "people.csv"},
        traits={"operation": "LdapSaisie 3.8", "writes_a_file": "LdapSaisie 3.8", "no_list_form": "LdapSaisie 3.8"},
        parity=(
            {"type": "LSpeople", "io_format": "mycsv", "dest": "{{ playbook_dir }}/people.csv"},
            {"type": "LSlab", "io_format": "labcsv", "dest": "{{ playbook_dir }}/lab.csv"},
        ),
    ),
    Case(
        "ldapsaisie_request",
        "ldapsaisie.request:REQUEST",
        world=WORLD,
        create={
            "method": "POST",
            "path": "/api/1.0/object/LSpeople/uid=coral,ou=people,o=ls/modify",
            "body": {"description": "At the desk"},
            "secret_body": {"userPassword": "Pl4nted-pw"},
        },
        secret="Pl4nted-pw",
        traits={"operation": "LdapSaisie 1.1", "no_list_form": "LdapSaisie 1.1", "not_predictable": "LdapSaisie 6.11"},
        examples={"objects": [group("invite", description=["Guests"])]},
        parity=(
            {"method": "POST", "path": "/api/1.0/object/LSgroup/create", "body": {"cn": "new"}},
            {"path": "/api/1.0/object/LSgroup", "query": {"all": "1"}},
        ),
    ),
]
