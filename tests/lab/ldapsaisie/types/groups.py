# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from .. import rules
from ..kinds import Reference
from ..schema import ADMIN_READS, Attribute, Type, by_name

NAME_RULE = "Name must contain alphanumeric values only."
MEMBERS = {"LSpeople": "%{cn} (%{uidNumber})", "LSsysaccount": "%{uid}"}
WORLD_READS = {"admin": "w", "user": "r"}


def group() -> Type:
    return Type(
        "LSgroup",
        rdn="cn",
        container="ou=groups",
        classes=("top", "lsgroup", "posixGroup"),
        display="%{cn}",
        attributes=by_name(
            Attribute(
                "cn",
                "Name",
                mandatory=True,
                create=True,
                modify=True,
                rules=(rules.matches(r"[A-Za-z0-9]+", NAME_RULE),),
                unique=True,
                rights=WORLD_READS,
            ),
            Attribute("gidNumber", "Identifier", mandatory=True, generated_by="gidNumber", unique=True, modify=True),
            Attribute("uniqueMember", "Members", Reference(MEMBERS), multiple=True, create=True, modify=True, rights=WORLD_READS),
            Attribute("description", "Description", multiple=True, create=True, modify=True),
            Attribute("lsGodfatherDn", "Accountable", Reference({"LSpeople": "%{cn}"}), create=True, modify=True),
        ),
        keywords=("cn", "description"),
        rdn_order=True,
    )


def uid_uri(_server, attributes):
    """The address of the members, asking for their uid."""
    address = attributes.get("lsDynGroupMemberDnURI")
    return [address[0].replace("??", "?uid?", 1)] if address else None


def dynamic_group() -> Type:
    people = {"LSpeople": "%{cn}"}
    lists = [
        Attribute(name, kind=Reference(people, key), multiple=True, rights=ADMIN_READS)
        for name, key in (("lsDynGroupMemberDn", "dn"), ("lsDynGroupMemberUid", "uid"), ("uniqueMember", "dn"), ("memberUid", "uid"))
    ]
    return Type(
        "LSdyngroup",
        rdn="cn",
        container="ou=dyngroups",
        classes=("top", "lsdyngroup", "posixGroup"),
        display="%{cn}",
        attributes=by_name(
            Attribute("cn", "Name", mandatory=True, create=True, modify=True, rules=(rules.matches(r"[A-Za-z0-9]+", NAME_RULE),)),
            Attribute("gidNumber", "Identifier", mandatory=True, generated_by="gidNumber", modify=True),
            Attribute("lsDynGroupMemberDnURI", "Members", mandatory=True, create=True, modify=True, dependants=("lsDynGroupMemberUidURI",)),
            Attribute("lsDynGroupMemberUidURI", mandatory=True, generate=uid_uri, rights=ADMIN_READS),
            *lists,
            Attribute("description", "Description", multiple=True, create=True, modify=True),
            Attribute("lsGodfatherDn", "Accountable", Reference(people), create=True, modify=True),
        ),
        keywords=("cn", "description"),
    )
