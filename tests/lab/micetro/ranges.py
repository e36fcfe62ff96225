# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Address ranges, and what is free in them (contract 9)."""

from __future__ import annotations

from .addresses import block_of, canonical, is_address, number_of, prefix_length, text_of
from .answer import Reply, ok
from .crud import RULES, Rules, offer
from .errors import BUSY, DUPLICATE, Refusal, invalid, no_access
from .kinds import FOLDERS, RANGES
from .listing import listing, names_of, page
from .refs import resolve
from .rights import EDIT, LIST, require, visible
from .routes import READ, WRITE, router
from .store import Obj
from .view import view

TRIES = 1000


def check_range(call, fields: dict) -> None:
    """The name says the block; a block may lie inside another one or beside it, not across its edge."""
    try:
        fields["from"], fields["to"] = block_of(fields["name"])
    except ValueError:
        if not (is_address(fields["from"]) and is_address(fields["to"])):
            raise invalid("name", fields["name"]) from None
        fields["from"], fields["to"] = canonical(fields["from"]), canonical(fields["to"])
    version, first = number_of(fields["from"])
    last = number_of(fields["to"])[1]
    if last < first:
        raise invalid("to", fields["to"])
    for other in call.store.table(RANGES):
        other_version, other_first, other_last = call.store.bounds(other)
        if other_version != version or last < other_first or other_last < first:
            continue
        if (first, last) == (other_first, other_last):
            raise Refusal(DUPLICATE, f"An object with the name '{fields['name']}' already exists.")
        inside, around = other_first <= first and last <= other_last, first <= other_first and other_last <= last
        if not inside and not around:
            raise Refusal(DUPLICATE, f"The range '{fields['name']}' overlaps with '{other.name}'.")
    fields["parentRef"] = parent_of(call, version, first, last)
    if "/" in fields["name"] and not fields["isContainer"]:
        fields["subnet"] = True
    if fields["folderRef"]:
        fields["folderRef"] = resolve(call, FOLDERS, fields["folderRef"]).ref


def parent_of(call, version: int, first: int, last: int) -> str:
    found = []
    for other in call.store.table(RANGES):
        other_version, other_first, other_last = call.store.bounds(other)
        if other_version == version and other_first <= first and last <= other_last and (first, last) != (other_first, other_last):
            found.append((other_last - other_first, other.ref))
    return min(found)[1] if found else ""


def adopt(call, obj: Obj, given: dict | None = None) -> None:
    """Blocks that lie inside a new range become its children."""
    version, first, last = call.store.bounds(obj)
    for other in call.store.find("children", obj.fields["parentRef"]):
        other_version, other_first, other_last = call.store.bounds(other)
        if other is not obj and other_version == version and first <= other_first and other_last <= last:
            call.store.change(other, {"parentRef": obj.ref})


def remove_range(call, obj: Obj) -> None:
    if not obj.fields["parentRef"]:
        raise no_access("Root ranges can not be removed.")
    for child in call.store.find("children", obj.ref):
        call.store.change(child, {"parentRef": obj.fields["parentRef"]})
    for scope in call.store.find("scopes", obj.ref):
        if not call.flag("forceRemoval"):
            raise Refusal(BUSY, f"The range '{obj.name}' has the DHCP scope '{scope.name}'.")
        call.store.remove(scope)


RULES[RANGES] = Rules(check_range, adopt, remove=remove_range, own=("childRanges", "isLeaf", "numChildren", "dhcpScopes", "authority"))
offer(RANGES, "POST", "GET", "PUT", "DELETE")


@router.add("GET", "ranges")
def list_ranges(call):
    ranges = call.store.all(RANGES)
    for name, field in (("folderRef", "folderRef"), ("adSiteRef", "adSiteRef"), ("cloudNetworkRef", "cloudNetworkRef")):
        if wanted := call.text(name):
            ref = resolve(call, FOLDERS, wanted).ref if name == "folderRef" else wanted
            ranges = [obj for obj in ranges if obj.fields[field] == ref]
    text = call.text("filter").strip().strip('"')
    if is_address(text):
        # A bare address finds the ranges around it.
        around = {obj.ref for obj in call.store.ranges_with(text)}
        ranges = visible(call, RANGES, [obj for obj in ranges if obj.ref in around])
        return page(call, "ranges", ranges, lambda obj: view(call, obj), names_of(call, RANGES), filtered=False)
    return listing(call, RANGES, ranges)


def seen(call, text: str) -> Obj:
    obj = resolve(call, RANGES, text)
    require(call, LIST, RANGES, obj)
    return obj


@router.add("GET", "ranges/{range}/subranges")
def subranges(call, ref):
    return listing(call, RANGES, call.store.find("children", seen(call, ref).ref))


@router.add("GET", "ranges/{range}/statistics")
def statistics(call, ref):
    obj = seen(call, ref)
    _version, first, last = call.store.bounds(obj)
    size, used = last - first + 1, call.server.used_addresses(obj)
    inside = sum(b - a + 1 for _v, a, b in (call.store.bounds(child) for child in call.store.find("children", obj.ref)))
    return ok(
        {
            "used": str(used),
            "free": str(size - used),
            "numInSubranges": str(inside),
            "percentInSubranges": str(inside * 100 // size),
        }
    )


# Free addresses. With a temporary claim these are writes, although they are GET requests.


def holds(call) -> str:
    return WRITE if call.text("temporaryClaimTime") not in ("", "0") else READ


def search_space(call, obj: Obj) -> tuple[int, int, int]:
    """Without the network and broadcast addresses of an IPv4 subnet."""
    version, first, last = call.store.bounds(obj)
    if version == 4 and obj.fields["subnet"] and last - first > 1:
        return version, first + 1, last - 1
    return version, first, last


def is_free(call, obj: Obj, version: int, number: int, exclude_dhcp: bool, ping: bool) -> bool:
    address = text_of(version, number)
    known = call.store.address(address)
    return (
        call.server.state_of(call, address, known is not None and known.fields["claimed"]) == "Free"
        and not (exclude_dhcp and in_pool(call, obj, number))
        and not (ping and address in call.store.alive)
        and not any(
            first <= number <= last for _v, first, last in (call.store.bounds(child) for child in call.store.find("children", obj.ref))
        )
    )


def in_pool(call, obj: Obj, number: int) -> bool:
    for scope in call.store.find("scopes", obj.ref):
        for pool in call.store.find("dhcpAddressPools", scope.ref):
            if number_of(pool.fields["from"])[1] <= number <= number_of(pool.fields["to"])[1]:
                return True
    return False


def start_of(call, version: int, first: int, last: int) -> int:
    text = call.text("startAddress")
    if not text:
        return first
    if not is_address(text) or number_of(text)[0] != version or not first <= number_of(text)[1] <= last:
        raise invalid("startAddress", text)
    return number_of(text)[1]


@router.add("GET", "ranges/{range}/nextFreeAddress", effect=holds)
def next_free_address(call, ref):
    return free_address(call, seen(call, ref))


def free_address(call, obj: Obj) -> Reply:
    seconds = call.number("temporaryClaimTime") or 0
    if seconds:
        require(call, EDIT, RANGES, obj)
    number = find_free(call, obj)
    if number is None:
        return Reply(204) if call.knobs.exhausted == "204" else ok({})
    address = text_of(search_space(call, obj)[0], number)
    if seconds and not call.drops("temporaryClaimTime"):
        call.server.hold(address, seconds, call.user.name)
    return ok({"address": address})


def find_free(call, obj: Obj) -> int | None:
    version, first, last = search_space(call, obj)
    start, exclude, ping = start_of(call, version, first, last), call.flag("excludeDHCP"), call.flag("ping")
    if call.flag("random"):
        for _try in range(TRIES):
            number = call.server.random.randint(start, last)
            if is_free(call, obj, version, number, exclude, ping):
                return number
    number = start
    while number <= last:
        if is_free(call, obj, version, number, exclude, ping):
            return number
        number += 1
    return None


@router.add("GET", "ranges/{range}/availableAddressBlocks", effect=holds)
def available_blocks(call, ref):
    obj = seen(call, ref)
    version, first, last = call.store.bounds(obj)
    width = 32 if version == 4 else 128
    mask = call.number("mask")
    if not mask:
        size = call.number("size") or 1
        mask = prefix_length(version, size)
    if mask > width:
        raise invalid("mask", mask)
    size, limit, seconds = 1 << (width - mask), call.number("limit") or 1, call.number("temporaryClaimTime") or 0
    if seconds:
        require(call, EDIT, RANGES, obj)
    taken = taken_blocks(call, obj)
    start = start_of(call, version, first, last)
    block, found = -(-start // size) * size, []
    while block + size - 1 <= last and len(found) < limit:
        clash = next((end for begin, end in taken if begin < block + size and block <= end), None)
        if clash is None:
            found.append({"from": text_of(version, block), "to": text_of(version, block + size - 1)})
            block += size
        else:
            block = -(-(clash + 1) // size) * size
    if seconds:
        for entry in found:
            for number in range_of(entry):
                call.server.hold(text_of(version, number), seconds, call.user.name)
    return ok({"addressBlocks": found})


def range_of(entry: dict):
    return range(number_of(entry["from"])[1], number_of(entry["to"])[1] + 1)


def taken_blocks(call, obj: Obj) -> list[tuple[int, int]]:
    """Children, used addresses, and the edges of a subnet, in order."""
    version, first, last = call.store.bounds(obj)
    taken = [call.store.bounds(child)[1:] for child in call.store.find("children", obj.ref)]
    taken += [(number, number) for number in call.server.used_numbers(version) if first <= number <= last]
    taken += [(number, number) for number in call.server.held_numbers(version) if first <= number <= last]
    if obj.fields["subnet"] and not call.flag("ignoreSubnetFlag"):
        _version, inner_first, inner_last = search_space(call, obj)
        taken += [(first, first)] * (inner_first != first) + [(last, last)] * (inner_last != last)
    return sorted(taken)


@router.add("GET", "ranges/{range}/addressBlocks")
def address_blocks(call, ref):
    """What lies in no child."""
    obj = seen(call, ref)
    version, first, last = call.store.bounds(obj)
    blocks, at = [], first
    for begin, end in sorted(call.store.bounds(child)[1:] for child in call.store.find("children", obj.ref)):
        if begin > at:
            blocks.append({"from": text_of(version, at), "to": text_of(version, begin - 1)})
        at = end + 1
    if at <= last:
        blocks.append({"from": text_of(version, at), "to": text_of(version, last)})
    return ok({"addressBlocks": blocks})


@router.add("GET", "ranges/{range}/inheritAccess")
def inherit_access(call, ref):
    return ok({"inheritAccess": seen(call, ref).fields["inheritAccess"]})
