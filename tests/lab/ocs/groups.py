# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups (contract 4.1); their ids are case-sensitive, untrimmed, and decoded twice in paths (contract 1.6)."""

from __future__ import annotations

import hashlib

from . import listing
from .auth import sees_everybody
from .errors import Crash, OcsError
from .routes import DELEGATED, DELEGATED_OR_SUB_ADMIN, SUB_ADMIN, WRITE, decode_again
from .routing import router
from .store import Group, ascii_lower

LONGEST_ID = 64
LONGEST_NAME = 255


def group_object(call, group_id: str) -> dict:
    group = call.store.groups[group_id]
    accounts = call.store.accounts
    return {
        "id": group.id,
        "displayname": group.displayname,
        "usercount": len(group.members),
        "disabled": sum(1 for key in group.members if not accounts[key].enabled),
        "canAdd": True,
        "canRemove": True,
    }


def _found(call, search: str, limit: int | None, offset: int | None) -> list[str]:
    lowered = ascii_lower(search)
    ids = [
        group.id
        for group in call.store.groups.values()
        if not search or lowered in ascii_lower(group.id) or lowered in ascii_lower(group.displayname)
    ]
    return listing.window(sorted(ids), limit, offset)


@router.add("GET", "/cloud/groups", role=SUB_ADMIN)
def list_groups(call, search: str = "", limit: int | None = None, offset: int | None = 0):
    return {"groups": _found(call, search, limit, offset)}


@router.add("GET", "/cloud/groups/details", role=DELEGATED_OR_SUB_ADMIN)
def list_group_details(call, search: str = "", limit: int | None = None, offset: int | None = 0):
    return {"groups": [group_object(call, group_id) for group_id in _found(call, search, limit, offset)]}


@router.add("GET", "/cloud/groups/{groupId:.+}/users")
def list_members(call, groupId: str):
    group = _group(call, decode_again(groupId), 404)
    if not (sees_everybody(call) or group.id in call.account.subadmin or group.id in call.account.groups):
        raise OcsError(403)
    return {"users": [account.id for account in call.store.members(group.id)]}


def _group(call, group_id: str, unknown: int) -> Group:
    if group_id not in call.store.groups:
        raise OcsError(unknown, "The requested group could not be found")
    return call.store.groups[group_id]


@router.add("GET", "/cloud/groups/{groupId:.+}/users/details")
def list_member_details(call, groupId: str, search: str = "", limit: int | None = None, offset: int | None = 0):
    group = _group(call, decode_again(groupId), 998)
    if not (sees_everybody(call) or group.id in call.account.subadmin):
        raise OcsError(998, "The requested group could not be found")
    page = listing.window(listing.matching(call.store.members(group.id), search), limit, offset)
    return {"users": listing.details(call, page)}


@router.add("GET", "/cloud/groups/{groupId:.+}/subadmins", role=DELEGATED)
def list_subadmins(call, groupId: str):
    # The only group path that is decoded once.
    if groupId not in call.store.groups:
        raise OcsError(101, "Group does not exist")
    return [account.id for account in call.store.ordered("id") if groupId in account.subadmin]


@router.add("POST", "/cloud/groups", role=DELEGATED, effect=WRITE, stores="fields")
def create_group(call, groupid: str, displayname: str = ""):
    if groupid in ("", "0"):
        raise OcsError(101, "Invalid group name")
    if groupid in call.store.groups:
        raise OcsError(102, "group exists")
    if len(groupid) > LONGEST_NAME:
        raise Crash("value too long")
    group_id = groupid if len(groupid) <= LONGEST_ID else hashlib.sha256(groupid.encode()).hexdigest()
    if group_id in call.store.groups:
        raise OcsError(103, "Not supported by backend")
    call.store.groups[group_id] = Group(group_id, displayname.strip() or groupid)
    return []


@router.add("GET", "/cloud/groups/{groupId:.+}", role=SUB_ADMIN)
def read_group(call, groupId: str):
    return list_members(call, groupId)


@router.add("PUT", "/cloud/groups/{groupId:.+}", role=DELEGATED, effect=WRITE, stores="key")
def edit_group(call, groupId: str, key: str, value: str):
    if key != "displayname":
        raise OcsError(999)
    group_id = decode_again(groupId)
    if group_id not in call.store.groups:
        raise OcsError(998, "Group does not exist")
    if not value.strip():
        raise OcsError(101, "Not supported by backend")
    call.store.groups[group_id].displayname = value.strip()
    return []


@router.add("DELETE", "/cloud/groups/{groupId:.+}", role=DELEGATED, effect=WRITE, stores="group")
def delete_group(call, groupId: str):
    group_id = decode_again(groupId)
    if group_id not in call.store.groups:
        raise OcsError(101)
    if group_id == "admin":
        raise OcsError(102)
    call.store.remove_group(group_id)
    return []
