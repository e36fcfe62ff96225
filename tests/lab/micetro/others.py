# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Address spaces, folders, devices and their interfaces (contract 9 and 11)."""

from __future__ import annotations

from .answer import created, done, ok
from .crud import ALL, RULES, Rules, create, note, offer, read, remove, set_properties
from .errors import invalid, no_access
from .kinds import ADDRESS_SPACES, DEVICES, DHCP_SCOPES, DNS_ZONES, FOLDERS, INTERFACES, RANGES, Kind
from .listing import listing
from .refs import resolve
from .rights import EDIT, LIST, require
from .routes import router
from .store import Obj
from .view import short

#: What can lie in a folder, and where an object says in which one.
FOLDER_FIELD = {DNS_ZONES: "folderRef", RANGES: "folderRef", DHCP_SCOPES: "folderRef", FOLDERS: "parentRef"}

offer(ADDRESS_SPACES, *ALL)
offer(FOLDERS, *ALL)
offer(DEVICES, *ALL)
offer(INTERFACES, "POST", "GET", "PUT", "DELETE")


def remove_space(call, obj: Obj) -> None:
    if obj.name == "<default>":
        raise no_access("Built-in objects can not be removed.")


def remove_folder(call, obj: Obj) -> None:
    for kind in FOLDER_FIELD:
        for inner in call.store.table(kind):
            if folder_of(inner) == obj.ref:
                put_into(call, inner, "")


def check_interface(call, fields: dict) -> None:
    if fields["deviceRef"]:
        fields["deviceRef"] = resolve(call, DEVICES, fields["deviceRef"]).ref


def remove_device(call, obj: Obj) -> None:
    for interface in call.store.find("interfaces", obj.ref):
        call.store.remove(interface)


RULES[ADDRESS_SPACES] = Rules(remove=remove_space)
RULES[FOLDERS] = Rules(remove=remove_folder)
RULES[DEVICES] = Rules(remove=remove_device, own=("interfaces",))
RULES[INTERFACES] = Rules(check_interface)


# Organizations are the address spaces under their newer name


def renamed(shown: dict) -> dict:
    return shown | {"ref": shown["ref"].replace(ADDRESS_SPACES.collection, "organizations")}


@router.add("GET", "organizations")
def list_organizations(call):
    reply = listing(call, ADDRESS_SPACES, call.store.all(ADDRESS_SPACES), "organizations")
    reply.result["organizations"] = [renamed(shown) for shown in reply.result["organizations"]]
    return reply


@router.add("POST", "organizations")
def add_organization(call):
    require(call, EDIT, ADDRESS_SPACES)
    return created(renamed({"ref": create(call, ADDRESS_SPACES, call.part("organization")).ref}))


@router.add("GET", "organizations/{ref}")
def read_organization(call, ref):
    return ok({"organization": renamed(read(call, ADDRESS_SPACES, ref).result["addressSpace"])})


@router.add("PUT", "organizations/{ref}")
def change_organization(call, ref):
    return set_properties(call, ADDRESS_SPACES, ref)


@router.add("DELETE", "organizations/{ref}")
def remove_organization(call, ref):
    return remove(call, ADDRESS_SPACES, ref)


# Folders


def folder_of(obj: Obj) -> str:
    return obj.fields.get(FOLDER_FIELD[obj.kind]) or obj.extra.get("folderRef", "")


def put_into(call, obj: Obj, folder: str) -> None:
    field = FOLDER_FIELD[obj.kind]
    if field in obj.kind.fields:
        call.store.change(obj, {field: folder})
    else:
        obj.extra[field] = folder


@router.add("GET", "folders/{folder}/objects")
def objects_of_folder(call, folder):
    obj = resolve(call, FOLDERS, folder)
    require(call, LIST, FOLDERS, obj)
    inside = [short(other) for kind in FOLDER_FIELD for other in call.store.table(kind) if folder_of(other) == obj.ref]
    return ok({"objects": inside, "totalResults": len(inside)})


def where(call, kind: Kind, text: str):
    obj = resolve(call, kind, text)
    require(call, LIST, kind, obj)
    return ok({"folder": folder_of(obj)})


def place(call, kind: Kind, text: str, folder: str):
    obj, target = resolve(call, kind, text), resolve(call, FOLDERS, folder)
    require(call, EDIT, kind, obj)
    if kind is not FOLDERS and kind.obj_type != target.fields["contentType"]:
        raise invalid("contentType", kind.obj_type)
    if not call.drops("folderRef"):
        put_into(call, obj, target.ref)
        note(call, "Modification", obj, f"Moved {obj.name} to {target.name}")
    return done()


def take_out(call, kind: Kind, text: str):
    obj = resolve(call, kind, text)
    require(call, EDIT, kind, obj)
    if not call.drops("folderRef"):
        put_into(call, obj, "")
        note(call, "Modification", obj, f"Moved {obj.name} out of its folder")
    return done()


def offer_folders(kind: Kind) -> None:
    path = kind.collection + "/{ref}/folders"
    router.add("GET", path)(lambda call, ref: where(call, kind, ref))
    router.add("DELETE", path)(lambda call, ref: take_out(call, kind, ref))
    router.add("PUT", path + "/{folder}")(lambda call, ref, folder: place(call, kind, ref, folder))
    router.add("DELETE", path + "/{folder}")(lambda call, ref, folder: take_out(call, kind, ref))


for _kind in FOLDER_FIELD:
    offer_folders(_kind)


# Interfaces


@router.add("GET", "interfaces")
def list_interfaces(call):
    interfaces = call.store.all(INTERFACES)
    if wanted := call.text("deviceRef"):
        interfaces = call.store.find("interfaces", resolve(call, DEVICES, wanted).ref)
    return listing(call, INTERFACES, interfaces)


@router.add("GET", "devices/{device}/interfaces")
def interfaces_of(call, device):
    return listing(call, INTERFACES, call.store.find("interfaces", resolve(call, DEVICES, device).ref))


@router.add("POST", "devices/{device}/interfaces")
def add_interface(call, device):
    obj = resolve(call, DEVICES, device)
    require(call, EDIT, DEVICES, obj)
    return created({"ref": create(call, INTERFACES, call.part("interface"), {"deviceRef": obj.ref}).ref})
