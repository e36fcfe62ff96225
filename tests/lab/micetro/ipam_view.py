# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IPAM records: what is known of one address (contract 9)."""

from __future__ import annotations

from .dates import shown_date
from .store import Obj


def state_of(call, address: str, claimed: bool) -> str:
    """Computed, never stored."""
    store = call.store
    if store.find("host", address) or store.find("reserved", address) or any(lease["address"] == address for lease in store.leases):
        return "Assigned"
    if claimed:
        return "Claimed"
    if call.server.hold_on(address):
        return "Held"
    return "Pending" if call.server.is_requested(address) else "Free"


def show(call, obj: Obj, shown: dict) -> dict:
    from .view import view

    store, address = call.store, obj.fields["address"]
    del shown["ref"]
    shown["addrRef"] = obj.ref
    hosts = store.find("host", address)
    status = "Unknown"
    shown["dnsHosts"] = []
    for host in hosts:
        status = _ptr_status(call, host)
        related = [view(call, record) for record in related_records(call, host)]
        shown["dnsHosts"].append({"dnsRecord": view(call, host), "ptrStatus": status, "relatedRecords": related})
    shown["ptrStatus"] = status
    shown["extraneousPTR"] = False
    shown["dhcpReservations"] = [view(call, reservation) for reservation in store.find("reserved", address)]
    shown["dhcpLeases"] = [lease for lease in store.leases if lease["address"] == address]
    shown["usage"] = 0
    shown["state"] = state_of(call, address, obj.fields["claimed"])
    hold = call.server.hold_on(address)
    if shown["state"] == "Held" and hold:
        shown["holdInfo"] = {"expiryTime": shown_date(hold.expires), "username": hold.username}
    return shown


def _ptr_status(call, host: Obj) -> str:
    wanted = f"{host.fields['name']}.{call.store.get(host.fields['dnsZoneRef']).name}".lower().lstrip(".")
    pointers = [record.fields["data"].lower() for record in related_records(call, host) if record.fields["type"] == "PTR"]
    if not pointers:
        return "Unknown"
    return "OK" if wanted in pointers else "Verify"


def related_records(call, record: Obj) -> list[Obj]:
    """What points at a host or belongs to it: CNAME, MX, TXT of its name, and the PTR of its address."""
    import ipaddress

    from .kinds import DNS_ZONES

    store = call.store
    zone = store.get(record.fields["dnsZoneRef"])
    name = f"{record.fields['name']}.{zone.name}".lower().lstrip(".")
    found = [other for other in store.find("owner", zone.ref, record.fields["name"].casefold()) if other.fields["type"] in ("TXT", "MX")]
    found += [other for other in store.find("target", name) if other not in found]
    if record.fields["type"] in ("A", "AAAA"):
        pointer = ipaddress.ip_address(record.fields["data"]).reverse_pointer + "."
        for dots in range(1, pointer.count(".")):
            labels = pointer.split(".")
            for reverse in store.named(DNS_ZONES, ".".join(labels[dots:])):
                found += [r for r in store.find("owner", reverse.ref, ".".join(labels[:dots])) if r.fields["type"] == "PTR"]
    return [other for other in found if other is not record]
