# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the text of a reference to an object (contract 4)."""

from __future__ import annotations

from .addresses import canonical, is_address
from .errors import AMBIGUOUS, NOT_FOUND, RECORD_NOT_FOUND, Refusal, not_found
from .kinds import BY_COLLECTION, DHCP_RESERVATIONS, DNS_RECORDS, DNS_ZONES, IPAM_RECORDS, USERS, Kind
from .store import Obj


def resolve(call, kind: Kind, text: object) -> Obj:
    """Whether the caller may see it is another question; see `rights`."""
    if not isinstance(text, str) or not text:
        raise not_found(str(text))
    if kind is USERS and text == ".":
        return call.user
    wanted, rest = _split(text)
    if wanted is not None and wanted is not kind:
        raise not_found(text)
    if kind is IPAM_RECORDS:
        return _address(call, rest)
    found = call.store.table(kind).rows.get(int(rest)) if rest.isdecimal() else None
    if found is None:
        found = _only(kind, rest, _by_name(call, kind, rest))
    if found is None:
        if kind is DNS_RECORDS:
            raise Refusal(RECORD_NOT_FOUND, f"The resource '{rest}' was not found.")
        raise not_found(rest)
    return found


def resolve_any(call, kinds: tuple[Kind, ...], text: object) -> Obj:
    """An object of one of several types: by its full reference, else by whatever fits."""
    wanted, _rest = _split(text) if isinstance(text, str) else (None, "")
    if wanted in kinds:
        return resolve(call, wanted, text)
    for kind in kinds:
        try:
            return resolve(call, kind, text)
        except Refusal as refusal:
            if refusal.code not in (NOT_FOUND, RECORD_NOT_FOUND):
                raise
    raise not_found(str(text))


def _split(text: str) -> tuple[Kind | None, str]:
    kind, rest = None, text
    while "/" in rest:
        collection, _unused, after = rest.partition("/")
        if collection.lower() not in BY_COLLECTION or not after:
            break
        kind, rest = BY_COLLECTION[collection.lower()], after
    return kind, rest


def _only(kind: Kind, text: str, found: list[Obj]) -> Obj | None:
    if len(found) > 1:
        raise Refusal(AMBIGUOUS, f"The name '{text}' is ambiguous.")
    return found[0] if found else None


def _by_name(call, kind: Kind, name: str) -> list[Obj]:
    if kind is DNS_ZONES and name.count(":") == 2:
        return zones_by_triple(call, name)
    if kind is DNS_RECORDS:
        return _records_by_name(call, name)
    found = call.store.named(kind, name)
    if kind is DHCP_RESERVATIONS:
        # Kea knows no names (contract 10).
        found = [reservation for reservation in found if server_type_of(call, reservation) != "Kea"]
    return found


def zones_by_triple(call, text: str) -> list[Obj]:
    """`server:view:zone`; a view without a name is empty."""
    server_name, view_name, zone_name = text.split(":")
    found = []
    for zone in call.store.named(DNS_ZONES, zone_name):
        view = call.store.get(zone.fields["dnsViewRef"])
        server = view and call.store.get(view.fields["dnsServerRef"])
        if server and server.name.lower() == server_name.lower() and view.name.lower() == view_name.lower():
            found.append(zone)
    return found


def _records_by_name(call, name: str) -> list[Obj]:
    """`host.zone.`"""
    if not name.endswith("."):
        return []
    for dots in range(name.count(".")):
        host, zone_name = _cut(name, dots)
        zones = call.store.named(DNS_ZONES, zone_name)
        if zones:
            return [record for zone in zones for record in call.store.find("owner", zone.ref, host.casefold())]
    return []


def _cut(name: str, labels: int) -> tuple[str, str]:
    parts = name.split(".")
    return ".".join(parts[:labels]), ".".join(parts[labels:])


def server_type_of(call, reservation: Obj) -> str:
    owner = call.store.get(reservation.fields["ownerRef"])
    while owner is not None:
        if "dhcpServerRef" in owner.fields:
            owner = call.store.get(owner.fields["dhcpServerRef"])
        elif "ownerRef" in owner.fields:
            owner = call.store.get(owner.fields["ownerRef"])
        else:
            return owner.fields["type"]
    return "Unknown"


def _address(call, text: str) -> Obj:
    """An IPAM record exists for every address of a range (contract 9)."""
    if text.isdecimal():
        found = call.store.table(IPAM_RECORDS).rows.get(int(text))
        if found:
            return found
    if not is_address(text) or not call.store.ranges_with(text):
        raise not_found(text)
    return call.server.ipam_record(canonical(text))
