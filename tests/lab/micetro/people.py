# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users, groups, roles, and who belongs to what (contract 6)."""

from __future__ import annotations

from .answer import Reply, done
from .crud import RULES, Rules, note, offer
from .errors import MEMBERSHIP, MISSING_VALUE, WEAK_PASSWORD, Refusal, invalid, no_access
from .kinds import GROUPS, ROLES, USERS, Kind
from .listing import listing
from .refs import resolve
from .rights import ALL_USERS, EDIT, LIST, SUPER_USER, require
from .routes import router
from .store import Obj, Relation

#: Which member lists a creation may carry, what they are called, and where they go.
INLINE = {
    USERS: {"groups": (GROUPS, "group_users", False), "roles": (ROLES, "user_roles", True)},
    GROUPS: {"groupMembers": (USERS, "group_users", True), "roles": (ROLES, "group_roles", True)},
    ROLES: {"users": (USERS, "user_roles", False), "groups": (GROUPS, "group_roles", False)},
}
BUILT_IN_REMOVAL = "Built-in objects can not be removed."
BUILT_IN_CHANGE = "Built-in objects can not be modified."


def check_password(call, fields: dict) -> None:
    if fields["authenticationType"] != "Internal":
        return
    if not fields["password"]:
        raise Refusal(MISSING_VALUE, "'password' is required.")
    if len(fields["password"]) < call.knobs.password_min_length:
        raise Refusal(WEAK_PASSWORD, f"The password must have at least {call.knobs.password_min_length} characters.")


def take_members(call, obj: Obj, given: dict) -> None:
    """Inline memberships are ignored, without a word, unless a knob says otherwise (contract 6.2)."""
    if obj.kind.collection not in call.knobs.inline_members:
        return
    for name, (kind, relation, is_left) in INLINE[obj.kind].items():
        for entry in given.get(name) or ():
            text = entry.get("ref") or entry.get("name") if isinstance(entry, dict) else entry
            member = resolve(call, kind, text)
            if not call.drops(name):
                pair = (obj.ref, member.ref) if is_left else (member.ref, obj.ref)
                getattr(call.store, relation).add(*pair)


def user_created(call, obj: Obj, given: dict) -> None:
    call.store.group_users.add(call.store.named(GROUPS, ALL_USERS)[0].ref, obj.ref)
    take_members(call, obj, given)


def change_user(call, obj: Obj, fields: dict) -> None:
    if "password" in fields or "authenticationType" in fields:
        check_password(call, obj.fields | fields)


def remove_user(call, obj: Obj) -> None:
    if obj.fields["name"].lower() == SUPER_USER:
        raise no_access(BUILT_IN_REMOVAL)


def change_group(call, obj: Obj, fields: dict) -> None:
    if obj.fields["builtIn"] and fields.get("name", obj.name) != obj.name:
        raise no_access(BUILT_IN_CHANGE)


def change_role(call, obj: Obj, fields: dict) -> None:
    if obj.fields["builtIn"]:
        raise no_access(BUILT_IN_CHANGE)
    check_role(call, fields)


def check_role(call, fields: dict) -> None:
    parts = fields.get("access") or []
    for part in parts:
        if not isinstance(part, dict) or not isinstance(part.get("objType"), str):
            raise invalid("access", part)
        for entry in part.get("accessEntries") or ():
            if not isinstance(entry, dict) or not entry.get("name") or entry.get("access") not in ("Allow", "Deny", "Unspecified"):
                raise invalid("accessEntries", entry)
    if "access" in fields:
        fields["access"] = [{"objType": part["objType"], "accessEntries": list(part.get("accessEntries") or ())} for part in parts]


def remove_built_in(call, obj: Obj) -> None:
    if obj.fields["builtIn"]:
        raise no_access(BUILT_IN_REMOVAL)


RULES[USERS] = Rules(check_password, user_created, change_user, remove=remove_user, own=("groups", "roles", "groupRoles"))
RULES[GROUPS] = Rules(created=take_members, change=change_group, remove=remove_built_in, own=("groupMembers", "roles", "builtin"))
RULES[ROLES] = Rules(check_role, take_members, change_role, remove=remove_built_in, own=("users", "groups"))

for _kind in (USERS, GROUPS, ROLES):
    offer(_kind, "POST", "GET", "PUT", "DELETE")


# Listings, narrowed by the query or by the path


def narrowed(call, kind: Kind, **refs: str) -> Reply:
    store = call.store
    objs = store.all(kind)
    relations = {
        (USERS, "groupRef"): (GROUPS, store.group_users, True),
        (USERS, "roleRef"): (ROLES, store.user_roles, False),
        (GROUPS, "userRef"): (USERS, store.group_users, False),
        (GROUPS, "roleRef"): (ROLES, store.group_roles, False),
        (ROLES, "userRef"): (USERS, store.user_roles, True),
        (ROLES, "groupRef"): (GROUPS, store.group_roles, True),
    }
    for name in ("groupRef", "roleRef", "userRef"):
        text = refs.get(name) or call.text(name)
        if text and (kind, name) in relations:
            other_kind, relation, is_left = relations[kind, name]
            other = resolve(call, other_kind, text)
            if name in refs:
                require(call, LIST, other_kind, other)
            wanted = relation.of_left(other.ref) if is_left else relation.of_right(other.ref)
            members = set(wanted)
            objs = [obj for obj in objs if obj.ref in members]
    return listing(call, kind, objs)


@router.add("GET", "users")
def list_users(call):
    return narrowed(call, USERS)


@router.add("GET", "groups")
def list_groups(call):
    return narrowed(call, GROUPS)


@router.add("GET", "roles")
def list_roles(call):
    return narrowed(call, ROLES)


@router.add("GET", "groups/{group}/users")
def users_of_group(call, group):
    return narrowed(call, USERS, groupRef=group)


@router.add("GET", "roles/{role}/users")
def users_of_role(call, role):
    return narrowed(call, USERS, roleRef=role)


@router.add("GET", "users/{user}/groups")
def groups_of_user(call, user):
    return narrowed(call, GROUPS, userRef=user)


@router.add("GET", "roles/{role}/groups")
def groups_of_role(call, role):
    return narrowed(call, GROUPS, roleRef=role)


@router.add("GET", "users/{user}/roles")
def roles_of_user(call, user):
    return narrowed(call, ROLES, userRef=user)


@router.add("GET", "groups/{group}/roles")
def roles_of_group(call, group):
    return narrowed(call, ROLES, groupRef=group)


# Memberships are written from the container or the holder only (contract 6.2)


def join(call, relation: Relation, left: Obj, right: Obj, *names: str) -> Reply:
    require(call, EDIT, left.kind, left)
    if relation.has(left.ref, right.ref) and call.knobs.repeated_member_fails:
        raise Refusal(MEMBERSHIP, f"'{right.name}' is already there.")
    if not call.drops(*names):
        relation.add(left.ref, right.ref)
        note(call, "Modification", left, f"Added {right.name}")
    return done()


def part(call, relation: Relation, left: Obj, right: Obj, *names: str) -> Reply:
    require(call, EDIT, left.kind, left)
    if not relation.has(left.ref, right.ref) and call.knobs.missing_member_fails:
        raise Refusal(MEMBERSHIP, f"'{right.name}' is not there.")
    if not call.drops(*names):
        relation.remove(left.ref, right.ref)
        note(call, "Modification", left, f"Removed {right.name}")
    return done()


def editable(group: Obj, user: Obj) -> None:
    """Members of external groups come from outside, and so do externally managed users (contract 6.1)."""
    if group.fields["adIntegrated"]:
        raise Refusal(MEMBERSHIP, "The members of an external group can not be edited.")
    if user.fields["authenticationType"] in ("ADGroup", "External"):
        raise Refusal(MEMBERSHIP, "Externally managed users can not be added to local groups.")


@router.add("PUT", "groups/{group}/users/{user}")
def add_user_to_group(call, group, user):
    left, right = resolve(call, GROUPS, group), resolve(call, USERS, user)
    require(call, EDIT, GROUPS, left)
    editable(left, right)
    return join(call, call.store.group_users, left, right, "groups", "groupMembers")


@router.add("DELETE", "groups/{group}/users/{user}")
def remove_user_from_group(call, group, user):
    left, right = resolve(call, GROUPS, group), resolve(call, USERS, user)
    require(call, EDIT, GROUPS, left)
    if left.name == ALL_USERS:
        raise no_access("Users can not be removed from this group.")
    if left.fields["adIntegrated"]:
        editable(left, right)
    return part(call, call.store.group_users, left, right, "groups", "groupMembers")


@router.add("PUT", "users/{user}/roles/{role}")
def add_role_to_user(call, user, role):
    return join(call, call.store.user_roles, resolve(call, USERS, user), resolve(call, ROLES, role), "roles", "users")


@router.add("DELETE", "users/{user}/roles/{role}")
def remove_role_from_user(call, user, role):
    return part(call, call.store.user_roles, resolve(call, USERS, user), resolve(call, ROLES, role), "roles", "users")


@router.add("PUT", "groups/{group}/roles/{role}")
def add_role_to_group(call, group, role):
    return join(call, call.store.group_roles, resolve(call, GROUPS, group), resolve(call, ROLES, role), "roles", "groups")


@router.add("DELETE", "groups/{group}/roles/{role}")
def remove_role_from_group(call, group, role):
    return part(call, call.store.group_roles, resolve(call, GROUPS, group), resolve(call, ROLES, role), "roles", "groups")


def half_made(given: dict) -> list[str]:
    """What a failure in the middle of a creation has stored already."""
    return [name for name in ("name", "password", "authenticationType") if name in given]
