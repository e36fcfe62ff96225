# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DHCP servers, scopes, and what is in scopes (contract 10)."""

from __future__ import annotations

import re

from .addresses import canonical, is_address, number_of
from .answer import created, done, ok
from .crud import ALL, RULES, Rules, create, note, offer
from .errors import BUSY, DUPLICATE, Refusal, invalid, not_found
from .kinds import (
    DHCP_EXCLUSIONS,
    DHCP_GROUPS,
    DHCP_POOLS,
    DHCP_RESERVATIONS,
    DHCP_SCOPES,
    DHCP_SERVERS,
    DHCP_SUPERSCOPES,
    RANGES,
    Kind,
)
from .listing import listing, page
from .ranges import free_address, holds
from .refs import resolve, resolve_any, server_type_of
from .rights import EDIT, LIST, require
from .routes import router
from .store import Obj

OWNERS = (DHCP_SCOPES, DHCP_SERVERS, DHCP_GROUPS)
MICROSOFT_ONLY = ("type", "description")
ISC_ONLY = ("ddnsHostName", "filename", "serverName", "nextServer")
LEASE_FIELDS = {"name", "type", "mac", "duid", "clientIdentifierType", "address", "lease", "state", "dhcpScopeRef"}
HEX = re.compile(r"[0-9A-Fa-f]{12}")


def normal_mac(text: str, server_type: str) -> str:
    """Every server writes hardware addresses in its own way."""
    digits = re.sub(r"[:.\-\s]", "", text)
    if not HEX.fullmatch(digits):
        raise invalid("clientIdentifier", text)
    if server_type == "MSDHCP":
        return "-".join(digits[i : i + 2] for i in range(0, 12, 2)).upper()
    if server_type == "IOS":
        return ".".join(digits[i : i + 4] for i in range(0, 12, 4)).lower()
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2)).lower()


class Draft:
    """A reservation to be, for `server_type_of`."""

    def __init__(self, fields: dict):
        self.fields = fields


def check_reservation(call, fields: dict, obj: Obj | None = None) -> None:
    owner = resolve_any(call, OWNERS, fields["ownerRef"])
    fields["ownerRef"] = owner.ref
    server_type = server_type_of(call, Draft(fields))
    if fields["reservationMethod"] == "HardwareAddress" and fields["clientIdentifier"]:
        fields["clientIdentifier"] = normal_mac(fields["clientIdentifier"], server_type)
    for address in fields["addresses"]:
        if not is_address(address) or not in_owner(call, owner, address):
            raise invalid("addresses", address)
    fields["addresses"] = [canonical(address) for address in fields["addresses"]]
    # What a server has no use for it drops without a word.
    for name in MICROSOFT_ONLY if server_type != "MSDHCP" else ISC_ONLY:
        fields[name] = ""
    for other in call.store.find("reservations", owner.ref):
        if other is obj:
            continue
        if fields["clientIdentifier"] and other.fields["clientIdentifier"] == fields["clientIdentifier"]:
            raise Refusal(DUPLICATE, f"A reservation for '{fields['clientIdentifier']}' already exists.")
        if set(other.fields["addresses"]) & set(fields["addresses"]):
            raise Refusal(DUPLICATE, f"A reservation for '{fields['addresses'][0]}' already exists.")


def in_owner(call, owner: Obj, address: str) -> bool:
    if owner.kind is not DHCP_SCOPES:
        return True
    version, first, last = call.store.bounds(call.store.get(owner.fields["rangeRef"]))
    return number_of(address)[0] == version and first <= number_of(address)[1] <= last


def reservation_created(call, obj: Obj, given: dict) -> None:
    """Microsoft servers copy a reservation to the partner of a failover pair."""
    owner = call.store.get(obj.fields["ownerRef"])
    if server_type_of(call, obj) != "MSDHCP" or owner.kind is not DHCP_SCOPES:
        return
    for pair in call.store.failovers:
        if pair["primaryServerRef"] == owner.fields["dhcpServerRef"]:
            for scope in call.store.find("scopes", owner.fields["rangeRef"]):
                if scope.fields["dhcpServerRef"] == pair["secondaryServerRef"]:
                    call.store.add(DHCP_RESERVATIONS, obj.fields | {"ownerRef": scope.ref})


def change_reservation(call, obj: Obj, fields: dict) -> None:
    """Another address is another reservation; the same one may come as plain text."""
    if "addresses" in fields and fields["addresses"] != obj.fields["addresses"]:
        raise invalid("addresses", fields["addresses"])
    complete = obj.fields | fields
    check_reservation(call, complete, obj)
    fields.update({name: complete[name] for name in fields})


def check_scope(call, fields: dict) -> None:
    around, server = resolve(call, RANGES, fields["rangeRef"]), resolve(call, DHCP_SERVERS, fields["dhcpServerRef"])
    fields["rangeRef"], fields["dhcpServerRef"] = around.ref, server.ref
    if any(scope.fields["dhcpServerRef"] == server.ref for scope in call.store.find("scopes", around.ref)):
        raise Refusal(DUPLICATE, f"The range '{around.name}' already has a scope on '{server.name}'.")


def remove_scope(call, obj: Obj) -> None:
    for kind, index in (
        (DHCP_RESERVATIONS, "reservations"),
        (DHCP_POOLS, DHCP_POOLS.collection),
        (DHCP_EXCLUSIONS, DHCP_EXCLUSIONS.collection),
    ):
        for inner in call.store.find(index, obj.ref):
            if inner.kind is kind:
                call.store.remove(inner)


def remove_server(call, obj: Obj) -> None:
    for scope in call.store.find("scopes", obj.ref):
        if not call.flag("forceRemoval"):
            raise Refusal(BUSY, f"The server '{obj.name}' has the scope '{scope.name}'.")
        remove_scope(call, scope)
        call.store.remove(scope)


def check_block(call, fields: dict) -> None:
    scope = resolve(call, DHCP_SCOPES, fields["dhcpScopeRef"])
    fields["dhcpScopeRef"] = scope.ref
    for name in ("from", "to"):
        if not is_address(fields[name]) or not in_owner(call, scope, fields[name]):
            raise invalid(name, fields[name])
    if number_of(fields["from"])[1] > number_of(fields["to"])[1]:
        raise invalid("to", fields["to"])
    fields["name"] = fields["name"] or f"{fields['from']} - {fields['to']}"


def change_block(call, obj: Obj, fields: dict) -> None:
    check_block(call, obj.fields | fields)


def check_group(call, fields: dict) -> None:
    fields["ownerRef"] = resolve_any(call, (DHCP_SERVERS, DHCP_SCOPES), fields["ownerRef"]).ref


def check_superscope(call, fields: dict) -> None:
    fields["dhcpServerRef"] = resolve(call, DHCP_SERVERS, fields["dhcpServerRef"]).ref


def superscope_created(call, obj: Obj, given: dict) -> None:
    for text in call.args.get("dhcpScopeRefs") or ():
        call.store.change(resolve(call, DHCP_SCOPES, text), {"superscope": obj.name})


def remove_superscope(call, obj: Obj) -> None:
    for scope in call.store.find("scopes", obj.fields["dhcpServerRef"]):
        if scope.fields["superscope"] == obj.name:
            call.store.change(scope, {"superscope": ""})


RULES[DHCP_SERVERS] = Rules(
    remove=remove_server,
    own=("proxy", "resolvedAddress", "useHTTPS", "enablePassword", "subtype", "haMode", "security", "dhcpv6", "applianceRef"),
)
RULES[DHCP_SCOPES] = Rules(check_scope, remove=remove_scope, own=("available", "range"))
RULES[DHCP_RESERVATIONS] = Rules(check_reservation, reservation_created, change_reservation)
RULES[DHCP_POOLS] = Rules(check_block, change=change_block, own=("role",))
RULES[DHCP_EXCLUSIONS] = Rules(check_block, change=change_block)
RULES[DHCP_GROUPS] = Rules(check_group)
RULES[DHCP_SUPERSCOPES] = Rules(check_superscope, superscope_created, remove=remove_superscope, own=("scopeCount",))

offer(DHCP_SERVERS, *ALL)
offer(DHCP_SCOPES, *ALL)
offer(DHCP_SUPERSCOPES, *ALL)
for _kind in (DHCP_RESERVATIONS, DHCP_POOLS, DHCP_EXCLUSIONS, DHCP_GROUPS):
    offer(_kind, "GET", "PUT", "DELETE")


def owned(call, owner_kind: Kind, kind: Kind, text: str):
    owner = resolve(call, owner_kind, text) if "/" not in text else resolve_any(call, OWNERS, text)
    require(call, LIST, owner.kind, owner)
    index = "reservations" if kind is DHCP_RESERVATIONS else kind.collection
    if kind is DHCP_GROUPS:
        objs = [group for group in call.store.all(DHCP_GROUPS) if group.fields["ownerRef"] == owner.ref]
    else:
        objs = [obj for obj in call.store.find(index, owner.ref) if obj.kind is kind]
    return listing(call, kind, objs)


def add_owned(call, owner_kind: Kind, kind: Kind, field: str, text: str):
    owner = resolve(call, owner_kind, text) if "/" not in text else resolve_any(call, OWNERS, text)
    require(call, EDIT, owner.kind, owner)
    return created({"ref": create(call, kind, call.part(kind.singular), {field: owner.ref}).ref})


def offer_owned(owner_kind: Kind, kind: Kind, field: str) -> None:
    path = f"{owner_kind.collection}/{{owner}}/{kind.collection}"
    router.add("GET", path)(lambda call, owner: owned(call, owner_kind, kind, owner))
    router.add("POST", path)(lambda call, owner: add_owned(call, owner_kind, kind, field, owner))


for _owner in OWNERS:
    offer_owned(_owner, DHCP_RESERVATIONS, "ownerRef")
for _owner in (DHCP_SERVERS, DHCP_SCOPES):
    offer_owned(_owner, DHCP_GROUPS, "ownerRef")
offer_owned(DHCP_SCOPES, DHCP_POOLS, "dhcpScopeRef")
offer_owned(DHCP_SCOPES, DHCP_EXCLUSIONS, "dhcpScopeRef")


@router.add("GET", "dhcpServers/{server}/dhcpScopes")
def scopes_of_server(call, server):
    return listing(call, DHCP_SCOPES, call.store.find("scopes", resolve(call, DHCP_SERVERS, server).ref))


@router.add("GET", "dhcpScopes/{scope}/leases")
def leases(call, scope):
    obj = resolve(call, DHCP_SCOPES, scope)
    require(call, LIST, DHCP_SCOPES, obj)
    found = [lease for lease in call.store.leases if lease["dhcpScopeRef"] == obj.ref]
    return page(call, "dhcpLeases", found, lambda lease: lease, LEASE_FIELDS)


@router.add("POST", "dhcpScopes/{scope}/leases")
def add_lease(call, scope):
    obj = resolve(call, DHCP_SCOPES, scope)
    require(call, EDIT, DHCP_SCOPES, obj)
    given = call.part("dhcpLease")
    if not is_address(str(given.get("address"))) or not in_owner(call, obj, given["address"]):
        raise invalid("address", given.get("address"))
    if not call.drops("dhcpLease"):
        known = {"name": "", "state": "Active", "dhcpScopeRef": obj.ref}
        call.store.leases.append(known | {name: given[name] for name in given.keys() & LEASE_FIELDS} | {"dhcpScopeRef": obj.ref})
    return done()


@router.add("DELETE", "dhcpScopes/{scope}/leases/{lease}")
def release(call, scope, lease):
    obj = resolve(call, DHCP_SCOPES, scope)
    require(call, EDIT, DHCP_SCOPES, obj)
    found = [entry for entry in call.store.leases if (entry["dhcpScopeRef"], entry["address"]) == (obj.ref, lease)]
    if not found:
        raise not_found(lease)
    call.store.leases.remove(found[0])
    return done()


@router.add("GET", "dhcpServers/{server}/failoverRelationships")
def failovers(call, server):
    obj = resolve(call, DHCP_SERVERS, server)
    require(call, LIST, DHCP_SERVERS, obj)
    found = [pair for pair in call.store.failovers if obj.ref in (pair["primaryServerRef"], pair["secondaryServerRef"])]
    return ok({"dhcpFailoverRelationships": found, "totalResults": len(found)})


@router.add("GET", "dhcpScopes/{scope}/nextFreeReservationAddress", effect=holds)
def next_free_reservation(call, scope):
    """Free, in the scope, and in no pool."""
    obj = resolve(call, DHCP_SCOPES, scope)
    require(call, LIST, DHCP_SCOPES, obj)
    call.args["excludeDHCP"] = True
    return free_address(call, call.store.get(obj.fields["rangeRef"]))


# Options: a PUT replaces them all; a ticket that is out of date is refused


def read_options(call, kind: Kind, text: str):
    obj = resolve(call, kind, text)
    require(call, LIST, kind, obj)
    return ok({"ticket": obj.extra.get("ticket", 1), "dhcpOptions": obj.extra.get("options", [])})


def write_options(call, kind: Kind, text: str):
    obj = resolve(call, kind, text)
    require(call, EDIT, kind, obj)
    options = call.args.get("dhcpOptions")
    if not isinstance(options, list) or not all(isinstance(option, dict) and option.get("option") for option in options):
        raise invalid("dhcpOptions", options)
    ticket = call.number("ticket")
    if ticket is not None and ticket != obj.extra.get("ticket", 1):
        raise Refusal(BUSY, "The options have been changed by somebody else.")
    if not call.drops("dhcpOptions"):
        obj.extra["options"] = [{"option": option["option"], "value": str(option.get("value", ""))} for option in options]
        obj.extra["ticket"] = obj.extra.get("ticket", 1) + 1
    note(call, "Modification", obj, f"Modified options of {obj.name}")
    return done()


def offer_options(kind: Kind) -> None:
    router.add("GET", kind.collection + "/{ref}/options")(lambda call, ref: read_options(call, kind, ref))
    router.add("PUT", kind.collection + "/{ref}/options")(lambda call, ref: write_options(call, kind, ref))


for _kind in (DHCP_SERVERS, DHCP_SCOPES, DHCP_RESERVATIONS, DHCP_GROUPS, DHCP_POOLS):
    offer_options(_kind)
