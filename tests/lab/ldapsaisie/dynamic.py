# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dynamic groups: their members are found by a filter and kept in the group."""

from __future__ import annotations

import re

from . import dn as names
from . import filters
from .directory import Entry
from .schema import Type
from .texts import MEMBERS_CACHE

URI = re.compile(r"ldap:///(?P<base>[^?]*)\?[^?]*\?(?P<scope>[^?]*)\?(?P<filter>.*)")


def refresh(call, kind: Type, changed: dict) -> None:
    """After a modification: groups whose filter looks at what changed are computed anew, and the answer says so."""
    server = call.server
    if kind.name == "LSdyngroup":
        for group in groups(server):
            compute(server, group)
        return
    if kind.name != "LSpeople" or not changed:
        return
    concerned = [group for group in groups(server) if filters.attributes_of(_address(group)["filter"]) & changed.keys()]
    for group in concerned:
        compute(server, group)
    if concerned:
        call.messages.append(call.say(MEMBERS_CACHE, len(concerned)))


def groups(server) -> list[Entry]:
    return [group for group in server.store.directory.with_classes(server.types["LSdyngroup"].class_set) if _address(group)]


def _address(group: Entry) -> dict | None:
    found = URI.fullmatch((group.attributes.get("lsDynGroupMemberDnURI") or [""])[0])
    return found.groupdict() if found else None


def compute(server, group: Entry) -> None:
    """The cached lists of members."""
    address = _address(group)
    base = names.key(address["base"])
    try:
        test = filters.parse(address["filter"])
    except ValueError:
        return
    people = server.store.directory.with_classes(server.types["LSpeople"].class_set)
    one = address["scope"] == "one"
    members = [
        person
        for person in people
        if (names.key(names.parent(person.dn)) == base if one else names.is_below(person.key, base)) and test(person.attributes)
    ]
    dns = [person.dn for person in members]
    uids = [names.rdn_value(person.dn) for person in members]
    server.store.directory.replace(group, {"lsDynGroupMemberDn": dns, "uniqueMember": dns, "lsDynGroupMemberUid": uids, "memberUid": uids})
