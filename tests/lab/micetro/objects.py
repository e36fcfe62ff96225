# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access, history and property definitions: the sub-resources that every type has (contract 7)."""

from __future__ import annotations

from .answer import Reply, done, ok
from .crud import note
from .errors import DUPLICATE, INVALID_VALUE, MISSING_VALUE, UNKNOWN_PROPERTY, Refusal, invalid, no_access
from .kinds import ADDRESS_SPACES, DNS_VIEWS, GROUPS, IPAM_RECORDS, KINDS, ROLES, USERS, Kind
from .listing import page
from .refs import resolve, resolve_any
from .rights import EDIT, LIST, is_super, require
from .routes import router
from .store import Obj

PROPERTY_TYPES = ("String", "HexStr", "Boolean", "IPAddress", "Integer", "IPOrHostname")
DEFINITION = {
    "id": "",
    "name": "",
    "type": "String",
    "system": False,
    "mandatory": False,
    "readOnly": False,
    "multiLine": False,
    "defaultValue": "",
    "listItems": [],
    "parentProperty": "",
    "definedBy": "",
}
EVENT_FIELDS = {"id", "eventType", "objType", "objRef", "objName", "timestamp", "username", "userAddress", "saveComment", "eventText"}


# Access


def entries(bits: dict[str, str]) -> list[dict]:
    return [{"name": name, "access": access} for name, access in bits.items()]


def role_bits(role: Obj, kind: Kind) -> dict[str, str]:
    return {
        entry["name"]: entry["access"]
        for part in role.fields["access"]
        if part["objType"] == kind.obj_type
        for entry in part["accessEntries"]
    }


def identities(call, obj: Obj) -> dict[str, dict]:
    """General roles reach every object; specific ones those they were added to; the rest is set on the object itself."""
    found = {}
    for role in call.store.all(ROLES):
        general = role.fields["type"] == "General"
        bits = role_bits(role, obj.kind)
        if (general and bits) or role.ref in obj.roles:
            found[role.ref] = (role, general, bits)
    for ref, bits in obj.acl.items():
        identity = call.store.get(ref)
        if identity:
            _unused, general, before = found.get(ref, (identity, False, {}))
            found[ref] = (identity, general, before | bits)
    return {
        ref: {
            "identityRef": ref,
            "identityName": identity.name,
            "general": general,
            "inherited": general,
            "accessEntries": entries(bits),
        }
        for ref, (identity, general, bits) in found.items()
    }


def built_in(identity: Obj) -> bool:
    return bool(identity.fields.get("builtIn")) or identity.fields["name"].lower() == "administrator"


def read_access(call, kind: Kind, text: str) -> Reply:
    obj = resolve(call, kind, text)
    require(call, LIST, kind, obj)
    found = identities(call, obj)
    if call.flag("excludeBuiltinIdentities"):
        found = {ref: entry for ref, entry in found.items() if not built_in(call.store.get(ref))}
    if wanted := call.text("identityRef"):
        ref = resolve_any(call, (USERS, GROUPS, ROLES), wanted).ref
        found = {ref: found[ref]} if ref in found else {}
    return ok({"objectAccess": {"ref": obj.ref, "name": obj.name, "identityAccess": list(found.values())}})


def write_access(call, kind: Kind, text: str) -> Reply:
    """`addRoles` and `removeRoles` may be repeated; `identityAccess` replaces."""
    obj = resolve(call, kind, text)
    require(call, EDIT, kind, obj)
    add = [resolve(call, ROLES, ref) for ref in call.args.get("addRoles") or ()]
    remove = [resolve(call, ROLES, ref) for ref in call.args.get("removeRoles") or ()]
    acl = _acl(call) if call.args.get("identityAccess") is not None else None
    if acl is not None and not call.drops("identityAccess"):
        obj.acl = acl
    if not call.drops("addRoles"):
        obj.roles.update({role.ref: None for role in add})
    if not call.drops("removeRoles"):
        for role in remove:
            obj.roles.pop(role.ref, None)
            obj.acl.pop(role.ref, None)
    note(call, "Modification", obj, f"Modified access of {obj.name}")
    return done()


def _acl(call) -> dict[str, dict[str, str]]:
    acl = {}
    for entry in call.args["identityAccess"]:
        identity = resolve_any(call, (USERS, GROUPS, ROLES), entry.get("identityRef"))
        acl[identity.ref] = {}
        for bit in entry.get("accessEntries") or ():
            if bit.get("access") not in ("Allow", "Deny", "Unspecified"):
                raise invalid("access", bit.get("access"))
            acl[identity.ref][str(bit.get("name"))] = bit["access"]
    return acl


# History


def history(call, kind: Kind, text: str) -> Reply:
    obj = resolve(call, kind, text)
    require(call, LIST, kind, obj)
    return events(call, call.store.events_of(obj.ref))


def events(call, found: list[dict]) -> Reply:
    """The newest first."""
    found = found[::-1]
    for argument, name in (("eventType", "eventType"), ("username", "username")):
        if wanted := call.text(argument).lower():
            found = [event for event in found if event[name].lower() == wanted]
    return page(call, "events", found, lambda event: event, EVENT_FIELDS)


# Property definitions


def definitions(call, kind: Kind) -> dict[str, dict]:
    return call.store.definitions.setdefault(kind.collection, {})


def may_define(call, kind: Kind) -> None:
    if not is_super(call):
        raise no_access()
    if not kind.definable:
        raise Refusal(INVALID_VALUE, f"Objects of type {kind.obj_type} can not have custom properties.")


def given_definition(call, kind: Kind, before: dict) -> dict:
    given = call.part("propertyDefinition")
    if kind is IPAM_RECORDS and given.keys() & {"cloudTags", "listItems"}:
        raise Refusal(UNKNOWN_PROPERTY, "Unknown property")
    known = given.keys() & DEFINITION.keys() - {"id", "definedBy"}
    definition = before | {name: DEFINITION[name] if given[name] is None else given[name] for name in known if name not in call.dropped}
    if not definition["name"]:
        raise Refusal(MISSING_VALUE, "'name' is required.")
    if definition["type"] not in PROPERTY_TYPES:
        raise invalid("type", definition["type"])
    return definition | {"defaultValue": str(definition["defaultValue"])}


def list_definitions(call, kind: Kind) -> Reply:
    return ok({"propertyDefinitions": list(definitions(call, kind).values())})


def one_definition(call, kind: Kind, name: str) -> dict:
    found = definitions(call, kind).get(name)
    if found is None:
        raise Refusal(UNKNOWN_PROPERTY, "Unknown property")
    return found


def add_definition(call, kind: Kind) -> Reply:
    may_define(call, kind)
    definition = given_definition(call, kind, DEFINITION)
    name = definition["name"]
    if name in definitions(call, kind) or name in kind.fields:
        raise Refusal(DUPLICATE, f"An object with the name '{name}' already exists.")
    if not call.drops("propertyDefinition"):
        definitions(call, kind)[name] = definition
    return Reply(call.knobs.definition_status, None if call.knobs.definition_status == 204 else {})


def change_definition(call, kind: Kind, name: str) -> Reply:
    """A renamed property keeps its values."""
    may_define(call, kind)
    before = one_definition(call, kind, name)
    after = given_definition(call, kind, before)
    if after["name"] != name and after["name"] in definitions(call, kind):
        raise Refusal(DUPLICATE, f"An object with the name '{after['name']}' already exists.")
    call.store.definitions[kind.collection] = {
        after["name"] if other == name else other: after if other == name else kept for other, kept in definitions(call, kind).items()
    }
    if after["name"] != name:
        for obj in call.store.table(kind):
            if name in obj.custom:
                obj.custom[after["name"]] = obj.custom.pop(name)
    return done()


def remove_definition(call, kind: Kind, name: str) -> Reply:
    may_define(call, kind)
    if one_definition(call, kind, name)["system"]:
        raise no_access("System properties can not be removed.")
    if not call.drops("propertyDefinition"):
        del definitions(call, kind)[name]
        for obj in call.store.table(kind):
            obj.custom.pop(name, None)
    return done()


def offer_sub_resources(kind: Kind, path: str) -> None:
    router.add("GET", path + "/{ref}/access")(lambda call, ref: read_access(call, kind, ref))
    router.add("PUT", path + "/{ref}/access")(lambda call, ref: write_access(call, kind, ref))
    router.add("GET", path + "/{ref}/history")(lambda call, ref: history(call, kind, ref))
    # The reference is a placeholder: definitions are per type.
    one = path + "/{ref}/propertyDefinitions"
    router.add("GET", one)(lambda call, ref: list_definitions(call, kind))
    router.add("POST", one)(lambda call, ref: add_definition(call, kind))
    router.add("GET", one + "/{property}")(lambda call, ref, name: ok({"propertyDefinition": one_definition(call, kind, name)}))
    router.add("PUT", one + "/{property}")(lambda call, ref, name: change_definition(call, kind, name))
    router.add("DELETE", one + "/{property}")(lambda call, ref, name: remove_definition(call, kind, name))


for _kind in KINDS:
    if _kind is not DNS_VIEWS:  # views are read only
        offer_sub_resources(_kind, _kind.collection)
offer_sub_resources(ADDRESS_SPACES, "organizations")
