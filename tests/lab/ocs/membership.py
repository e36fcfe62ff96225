# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups and sub-admin rights of one account (contract 3.6)."""

from __future__ import annotations

from .auth import may_manage, may_manage_group, sees_everybody
from .errors import OcsError
from .groups import group_object
from .routes import DELEGATED, SUB_ADMIN, WRITE
from .routing import router
from .store import Account


@router.add("GET", "/cloud/users/{userId}/groups")
def groups_of(call, userId: str):
    return {"groups": _seen_groups(call, userId)}


@router.add("GET", "/cloud/users/{userId}/groups/details")
def group_details_of(call, userId: str):
    return {"groups": [group_object(call, group_id) for group_id in _seen_groups(call, userId)]}


def _seen_groups(call, user_id: str) -> list[str]:
    target = call.server.resolve(user_id)
    if target is None or not (sees_everybody(call) or may_manage(call, target)):
        raise OcsError(998)
    if target is call.account or sees_everybody(call):
        return list(target.groups)
    return [group_id for group_id in target.groups if group_id in call.account.subadmin]


@router.add("POST", "/cloud/users/{userId}/groups", role=SUB_ADMIN, effect=WRITE, stores="groups")
def join_group(call, userId: str, groupid: str = ""):
    if not groupid:
        raise OcsError(101)
    call.store.join(_member_to_change(call, userId, groupid), groupid)
    return []


def _member_to_change(call, user_id: str, group_id: str) -> Account:
    if group_id not in call.store.groups:
        raise OcsError(102)
    target = call.server.resolve(user_id)
    if target is None:
        raise OcsError(103)
    if not may_manage_group(call, group_id):
        raise OcsError(104)
    return target


@router.add("DELETE", "/cloud/users/{userId}/groups", role=SUB_ADMIN, effect=WRITE, stores="groups")
def leave_group(call, userId: str, groupid: str):
    if not groupid.strip():
        raise OcsError(101)
    target = _member_to_change(call, userId, groupid)
    if target is call.account:
        if not sees_everybody(call):
            raise OcsError(105, "Cannot remove yourself from this group as you are a sub-admin")
        if groupid == "admin":
            raise OcsError(105, "Cannot remove yourself from the admin group")
    elif not sees_everybody(call) and [group for group in target.groups if group in call.account.subadmin] == [groupid]:
        raise OcsError(105, "Not viable to remove user from the last group you are sub-admin of")
    call.store.leave(target, groupid)
    return []


@router.add("GET", "/cloud/users/{userId}/subadmins", role=DELEGATED)
def subadmin_groups_of(call, userId: str):
    return list(_existing(call, userId, 404).subadmin)


@router.add("GET", "/cloud/users/{userId}/subadmins/details", role=DELEGATED)
def subadmin_group_details_of(call, userId: str):
    return {"groups": [group_object(call, group_id) for group_id in _existing(call, userId, 404).subadmin]}


def _existing(call, user_id: str, unknown: int) -> Account:
    target = call.server.resolve(user_id)
    if target is None:
        raise OcsError(unknown, "User does not exist")
    return target


@router.add("POST", "/cloud/users/{userId}/subadmins", role=DELEGATED, effect=WRITE, stores="subadmin")
def promote(call, userId: str, groupid: str):
    target = _existing(call, userId, 101)
    if groupid not in call.store.groups:
        raise OcsError(102, "Group does not exist")
    if groupid == "admin":
        raise OcsError(103, "Cannot create sub-admins for admin group")
    target.subadmin[groupid] = None
    return []


@router.add("DELETE", "/cloud/users/{userId}/subadmins", role=DELEGATED, effect=WRITE, stores="subadmin")
def demote(call, userId: str, groupid: str):
    if groupid not in call.store.groups:
        raise OcsError(101, "Group does not exist")
    target = _existing(call, userId, 101)
    if groupid not in target.subadmin:
        raise OcsError(102, "User is not a sub-admin of this group")
    del target.subadmin[groupid]
    return []
