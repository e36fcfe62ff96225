# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects as answers show them."""

from __future__ import annotations

from . import ipam_view, range_view
from .kinds import (
    CHANGE_REQUESTS,
    DEVICES,
    DHCP_SCOPES,
    DHCP_SUPERSCOPES,
    DNS_RECORDS,
    DNS_ZONES,
    GROUPS,
    IPAM_RECORDS,
    RANGES,
    ROLES,
    USERS,
)
from .names import relative_data
from .store import Obj

OLD_ZONE_TYPES = {"Primary": "Master", "Secondary": "Slave"}


def view(call, obj: Obj) -> dict:
    shown = plain(obj)
    special = SPECIAL.get(obj.kind)
    return special(call, obj, shown) if special else shown


def plain(obj: Obj) -> dict:
    """The stored fields; those that are optional only when set."""
    shown = {"ref": obj.ref}
    for name, field in obj.kind.fields.items():
        value = obj.fields.get(name, field.empty)
        if not field.hidden and not (field.optional and (value is None or value == field.empty)):
            shown[name] = value
    if obj.kind.custom:
        shown["customProperties"] = dict(obj.custom)
    return shown


def short(obj: Obj) -> dict:
    """An object inside another one; the type is in the singular (contract 4)."""
    return {"ref": obj.ref, "objType": obj.kind.obj_type, "name": obj.name}


def shorts(call, refs: list[str]) -> list[dict]:
    return [short(call.store.get(ref)) for ref in refs]


def _user(call, obj: Obj, shown: dict) -> dict:
    store = call.store
    groups = store.group_users.of_right(obj.ref)
    through = dict.fromkeys(role for group in groups for role in store.group_roles.of_left(group))
    if call.knobs.password_in_reads:
        shown["password"] = ""
    shown["groups"] = shorts(call, groups)
    shown["roles"] = shorts(call, store.user_roles.of_left(obj.ref))
    shown["groupRoles"] = shorts(call, list(through))
    return shown


def _group(call, obj: Obj, shown: dict) -> dict:
    shown["groupMembers"] = shorts(call, call.store.group_users.of_left(obj.ref))
    shown["roles"] = shorts(call, call.store.group_roles.of_left(obj.ref))
    return shown


def _role(call, obj: Obj, shown: dict) -> dict:
    shown["users"] = shorts(call, call.store.user_roles.of_right(obj.ref))
    shown["groups"] = shorts(call, call.store.group_roles.of_right(obj.ref))
    general = obj.fields["type"] == "General"
    shown["access"] = [{"objType": part["objType"], "general": general, "accessEntries": part["accessEntries"]} for part in shown["access"]]
    return shown


def _zone(call, obj: Obj, shown: dict) -> dict:
    if call.knobs.old_zone_types:
        shown["type"] = OLD_ZONE_TYPES.get(shown["type"], shown["type"])
    return shown


def _record(call, obj: Obj, shown: dict) -> dict:
    if call.knobs.relative_data:
        zone = call.store.get(obj.fields["dnsZoneRef"])
        shown["data"] = relative_data(obj.fields["type"], obj.fields["data"], zone.name)
    return shown


def _scope(call, obj: Obj, shown: dict) -> dict:
    around = call.store.get(obj.fields["rangeRef"])
    shown["range"] = around.name if around else ""
    shown["available"] = sum(_size(pool) for pool in call.store.find("dhcpAddressPools", obj.ref))
    return shown


def _size(pool: Obj) -> int:
    from .addresses import number_of

    return number_of(pool.fields["to"])[1] - number_of(pool.fields["from"])[1] + 1


def _superscope(call, obj: Obj, shown: dict) -> dict:
    scopes = call.store.find("scopes", obj.fields["dhcpServerRef"])
    shown["scopeCount"] = sum(scope.fields["superscope"] == obj.name for scope in scopes)
    return shown


def _device(call, obj: Obj, shown: dict) -> dict:
    shown["interfaces"] = [plain(interface) for interface in call.store.find("interfaces", obj.ref)]
    return shown


def _change_request(call, obj: Obj, shown: dict) -> dict:
    return {name: value for name, value in shown.items() if value != "" or name == "requester"}


SPECIAL = {
    USERS: _user,
    GROUPS: _group,
    ROLES: _role,
    DNS_ZONES: _zone,
    DNS_RECORDS: _record,
    RANGES: range_view.show,
    IPAM_RECORDS: ipam_view.show,
    DHCP_SCOPES: _scope,
    DHCP_SUPERSCOPES: _superscope,
    DEVICES: _device,
    CHANGE_REQUESTS: _change_request,
}
