# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may do what (contract 6.1 and 7): roles give permissions, a Deny beats every Allow, nothing said is no right."""

from __future__ import annotations

from .errors import no_access
from .kinds import (
    ADDRESS_SPACES,
    CHANGE_REQUESTS,
    DEVICES,
    DHCP_EXCLUSIONS,
    DHCP_GROUPS,
    DHCP_POOLS,
    DHCP_RESERVATIONS,
    DHCP_SCOPES,
    DHCP_SERVERS,
    DHCP_SUPERSCOPES,
    DNS_RECORDS,
    DNS_SERVERS,
    DNS_VIEWS,
    DNS_ZONES,
    INTERFACES,
    IPAM_RECORDS,
    PEOPLE,
    RANGES,
    Kind,
)
from .store import Obj

LIST, EDIT, DELETE, ADMIN_USER = "access_list", "access_editOther", "access_delete", "access_adminUser"
ALLOW, DENY = "Allow", "Deny"
SUPER_USER = "administrator"
SUPER_ROLE = "Administrators (built-in)"
ALL_USERS = "All users"

#: Whose rights count for objects that live inside others.
PARENTS = {
    DNS_RECORDS: (DNS_ZONES, "dnsZoneRef"),
    DNS_VIEWS: (DNS_SERVERS, "dnsServerRef"),
    IPAM_RECORDS: (RANGES, None),
    DHCP_RESERVATIONS: (DHCP_SCOPES, "ownerRef"),
    DHCP_GROUPS: (DHCP_SCOPES, "ownerRef"),
    DHCP_POOLS: (DHCP_SCOPES, "dhcpScopeRef"),
    DHCP_EXCLUSIONS: (DHCP_SCOPES, "dhcpScopeRef"),
    DHCP_SUPERSCOPES: (DHCP_SERVERS, "dhcpServerRef"),
    INTERFACES: (DEVICES, "deviceRef"),
}

DNS_TYPES = (DNS_SERVERS.obj_type, DNS_ZONES.obj_type)
DHCP_TYPES = (DHCP_SERVERS.obj_type, DHCP_SCOPES.obj_type)
IPAM_TYPES = (RANGES.obj_type, DEVICES.obj_type)
EVERY_TYPE = (*DNS_TYPES, *DHCP_TYPES, *IPAM_TYPES, CHANGE_REQUESTS.obj_type, "Folder")


def access_list(types: tuple[str, ...], *permissions: str) -> list[dict]:
    return [{"objType": name, "accessEntries": [{"name": bit, "access": ALLOW} for bit in permissions]} for name in types]


#: In this order, so that their references are those of the recordings.
BUILT_IN_ROLES = {
    SUPER_ROLE: access_list(EVERY_TYPE, LIST, EDIT, DELETE) + access_list(("Suite",), ADMIN_USER),
    "DNS Administrators (built-in)": access_list(DNS_TYPES, LIST, EDIT, DELETE),
    "DHCP Administrators (built-in)": access_list(DHCP_TYPES, LIST, EDIT, DELETE),
    "IPAM Administrators (built-in)": access_list(IPAM_TYPES, LIST, EDIT, DELETE),
    "User Administrators (built-in)": access_list(("Suite",), ADMIN_USER),
    "DNS Viewers (built-in)": access_list(DNS_TYPES, LIST),
    "IPAM Viewers (built-in)": access_list(IPAM_TYPES, LIST),
    "Approvers (built-in)": access_list((CHANGE_REQUESTS.obj_type,), LIST, EDIT),
    "Requesters (built-in)": access_list((CHANGE_REQUESTS.obj_type,), LIST),
}


def roles_of(store, user: Obj) -> list[Obj]:
    """Directly and through groups."""
    refs = dict.fromkeys(store.user_roles.of_left(user.ref))
    for group in store.group_users.of_right(user.ref):
        refs.update(dict.fromkeys(store.group_roles.of_left(group)))
    return [store.get(ref) for ref in refs]


def is_super(call) -> bool:
    store, user = call.store, call.user
    if user.fields["name"].lower() == SUPER_USER:
        return True
    return any(role.fields["name"] == SUPER_ROLE for role in roles_of(store, user))


def is_user_admin(call) -> bool:
    return is_super(call) or _decide(
        [
            entry["access"]
            for role in roles_of(call.store, call.user)
            for part in role.fields["access"]
            for entry in part["accessEntries"]
            if entry["name"] == ADMIN_USER
        ]
    )


def allowed(call, permission: str, kind: Kind, obj: Obj | None = None) -> bool:
    if is_super(call):
        return True
    if kind in PEOPLE:
        reading = permission == LIST and (not call.knobs.list_needs_user_admin or obj is call.user)
        return reading or is_user_admin(call)
    if kind is ADDRESS_SPACES:
        return permission == LIST
    if kind in PARENTS:
        kind, obj = _parent(call, kind, obj)
        permission = LIST if permission == LIST else EDIT
    return _decide(_said(call, permission, kind, obj))


def _parent(call, kind: Kind, obj: Obj | None) -> tuple[Kind, Obj | None]:
    parent_kind, field = PARENTS[kind]
    if obj is None:
        return parent_kind, None
    if field is None:
        around = call.store.ranges_with(obj.fields["address"])
        return parent_kind, around[0] if around else None
    parent = call.store.get(obj.fields[field])
    return (parent.kind if parent else parent_kind), parent


def _said(call, permission: str, kind: Kind, obj: Obj | None) -> list[str]:
    roles = roles_of(call.store, call.user)
    said = []
    for role in roles:
        if role.fields["type"] != "General" and (obj is None or role.ref not in obj.roles):
            continue
        for part in role.fields["access"]:
            if part["objType"] == kind.obj_type:
                said += [entry["access"] for entry in part["accessEntries"] if entry["name"] == permission]
    if obj is not None:
        identities = {call.user.ref, *(role.ref for role in roles), *call.store.group_users.of_right(call.user.ref)}
        said += [bits[permission] for identity, bits in obj.acl.items() if identity in identities and permission in bits]
    return said


def _decide(said: list[str]) -> bool:
    return DENY not in said and ALLOW in said


def require(call, permission: str, kind: Kind, obj: Obj | None = None) -> None:
    if not allowed(call, permission, kind, obj):
        raise no_access()


def visible(call, kind: Kind, objs: list[Obj]) -> list[Obj]:
    """What a listing shows: no right to the type and none to any object is a refusal, not an empty list (contract 3)."""
    if is_super(call) or kind is ADDRESS_SPACES:
        return objs
    if kind in PEOPLE:
        require(call, LIST, kind)
        return objs
    seen = [obj for obj in objs if allowed(call, LIST, kind, obj)]
    if not seen:
        require(call, LIST, kind)
    return seen
