# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IPAM records: one for every address of a range, made when first looked at (contract 9)."""

from __future__ import annotations

from .addresses import text_of
from .answer import created, done, ok
from .crud import RULES, Rules, note, read, set_properties
from .dates import shown_date
from .errors import ADDRESSES_UNAVAILABLE, BUSY, Refusal, invalid, not_found
from .kinds import IPAM_RECORDS, RANGES
from .listing import names_of, page
from .ranges import seen
from .refs import resolve
from .rights import EDIT, LIST, require
from .routes import router
from .store import Obj
from .view import view


class Addresses:
    """The addresses from one to another, as a sequence that costs nothing until it is looked into."""

    def __init__(self, version: int, first: int, last: int):
        self.version = version
        self.numbers = range(first, last + 1)

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [text_of(self.version, number) for number in self.numbers[index]]
        return text_of(self.version, self.numbers[index])

    def __iter__(self):
        return (text_of(self.version, number) for number in self.numbers)


def check_claim(call, obj: Obj, fields: dict) -> None:
    check_range(call, obj)
    hold = call.server.hold_on(obj.fields["address"])
    if fields.get("claimed") and hold and hold.username != call.user.name:
        raise Refusal(BUSY, f"The address {obj.fields['address']} is held by another user.")


def check_range(call, obj: Obj) -> None:
    wanted = call.text("requireRangeRef")
    if wanted:
        required = resolve(call, RANGES, wanted)
        if required not in call.store.ranges_with(obj.fields["address"]):
            raise invalid("requireRangeRef", wanted)


def claim_changed(call, obj: Obj) -> None:
    if obj.fields["claimed"]:
        call.store.holds.pop(obj.fields["address"], None)


RULES[IPAM_RECORDS] = Rules(change=check_claim, changed=claim_changed)


@router.add("GET", "ipamRecords/{address}")
def read_record(call, address):
    check_range(call, resolve(call, IPAM_RECORDS, address))
    return read(call, IPAM_RECORDS, address)


@router.add("PUT", "ipamRecords/{address}")
def change_record(call, address):
    return set_properties(call, IPAM_RECORDS, address)


@router.add("DELETE", "ipamRecords/{address}")
def clear_record(call, address):
    """The record itself can not go: its claim and its properties do, and with force what points at it."""
    obj = resolve(call, IPAM_RECORDS, address)
    require(call, EDIT, IPAM_RECORDS, obj)
    if not call.drops("claimed"):
        call.store.change(obj, {"claimed": False})
    if not call.drops("ipamRecord"):
        obj.custom.clear()
        call.store.holds.pop(obj.fields["address"], None)
        if call.flag("forceRemoval"):
            for other in (*call.store.find("host", obj.fields["address"]), *call.store.find("reserved", obj.fields["address"])):
                call.store.remove(other)
    note(call, "Deletion", obj, f"Cleared {obj.name}")
    return done()


@router.add("GET", "ipamRecords/{address}/range")
def range_of(call, address):
    obj = resolve(call, IPAM_RECORDS, address)
    require(call, LIST, IPAM_RECORDS, obj)
    around = call.store.ranges_with(obj.fields["address"])
    if not around:
        raise not_found(address)
    return ok({"range": view(call, around[0])})


@router.add("POST", "ipamRecords/{address}/ping")
def ping(call, address):
    """What answers is remembered as seen."""
    obj = resolve(call, IPAM_RECORDS, address)
    require(call, LIST, IPAM_RECORDS, obj)
    alive = obj.fields["address"] in call.store.alive
    if alive:
        now = shown_date(call.server.clock.now())
        call.store.change(obj, {"lastSeenDate": now, "lastDiscoveryDate": now, "discoveryType": "Ping"})
    return created({"alive": alive, "pingTime": int(alive), "lastSeenDate": obj.fields["lastSeenDate"]})


@router.add("GET", "ranges/{range}/ipamRecords")
def list_records(call, ref):
    obj = seen(call, ref)
    if obj.extra.get("addresses_unavailable"):
        raise Refusal(ADDRESSES_UNAVAILABLE, "The addresses of the range are not available.")
    addresses = Addresses(*call.store.bounds(obj))

    def show(address: str) -> dict:
        return view(call, call.server.ipam_record(address))

    return page(call, "ipamRecords", addresses, show, names_of(call, IPAM_RECORDS))
