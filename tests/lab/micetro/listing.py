# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable, Sequence

from .answer import Reply, ok
from .errors import BAD_FILTER, Refusal, invalid
from .filters import compiled
from .kinds import DHCP_SUPERSCOPES, GROUPS, IPAM_RECORDS, RANGES, ROLES, USERS, Kind
from .rights import visible
from .store import Obj
from .view import view

#: Fields of answers that are computed, so that filters and sorting know them.
COMPUTED = {
    USERS: ("groups", "roles", "groupRoles"),
    GROUPS: ("groupMembers", "roles"),
    ROLES: ("users", "groups"),
    RANGES: ("childRanges", "isLeaf", "numChildren", "dhcpScopes", "utilizationPercentage", "authority"),
    IPAM_RECORDS: ("addrRef", "state", "dnsHosts", "dhcpReservations", "dhcpLeases", "ptrStatus", "extraneousPTR", "usage"),
    DHCP_SUPERSCOPES: ("scopeCount",),
}


def listing(call, kind: Kind, objs: list[Obj], plural: str = "") -> Reply:
    """One page of a collection, of what the caller may see."""
    return page(call, plural or kind.collection, visible(call, kind, objs), lambda obj: view(call, obj), names_of(call, kind))


def names_of(call, kind: Kind) -> set[str]:
    names = {name for name, field in kind.fields.items() if not field.hidden}
    return names | {"ref", *COMPUTED.get(kind, ()), *call.store.definitions.get(kind.collection, ())}


def page(call, plural: str, items: Sequence, show: Callable[[object], dict], names: set[str], filtered: bool = True) -> Reply:
    """Filter, sort, cut; `totalResults` is before the cut (contract 15.9)."""
    text = call.text("filter").strip() if filtered else ""
    if text:
        test = compiled(text, lambda name: known(name, names, call.knobs.partial_field_names), call.knobs.or_filters)
        items = [item for item in items if test(reader(show(item)))]
    items = arranged(call, items, show, names)
    total, offset, limit = len(items), call.number("offset") or 0, call.number("limit")
    target = position(call, items, show)
    if target is not None:
        offset = target
    elif call.knobs.ignores_offset:
        offset = 0
    limit = limit or call.knobs.default_limit
    items = items[offset:] if not limit else items[offset : offset + limit]
    result = {plural: [show(item) for item in items], "totalResults": total}
    return ok(result | {"offset": target} if target is not None else result)


def known(name: str, names: set[str], partial: bool) -> str:
    if name in names:
        return name
    lowered = name.lower()
    found = [other for other in names if other.lower() == lowered]
    if not found and partial:
        found = [other for other in names if other.lower().startswith(lowered)]
    if len(found) != 1:
        raise Refusal(BAD_FILTER, f"Unknown field '{name}' in filter.")
    return found[0]


def reader(shown: dict) -> Callable:
    custom = shown.get("customProperties") or {}

    def read(name: str | None):
        if name is None:
            return list(shown.values())
        return shown[name] if name in shown else custom.get(name)

    return read


def arranged(call, items: Sequence, show: Callable, names: set[str]) -> Sequence:
    by = call.text("sortBy")
    order = call.text("sortOrder").lower() or "ascending"
    if order not in ("ascending", "descending"):
        raise invalid("sortOrder", call.text("sortOrder"))
    if by:
        by = known(by, names, False)
        if items and isinstance(items[0], Obj) and by in items[0].kind.fields:
            return sorted(items, key=lambda obj: sort_key(obj.fields.get(by)), reverse=order == "descending")
        return sorted(items, key=lambda item: sort_key(reader(show(item))(by)), reverse=order == "descending")
    if call.knobs.unstable_order and items:
        start = call.server.random.randrange(len(items))
        items = [*items[start:], *items[:start]]
    return items


def sort_key(value) -> tuple:
    if isinstance(value, (int, float)):
        return 0, value, ""
    return 1, 0, str(value or "").casefold()


def position(call, items: Sequence, show: Callable) -> int | None:
    """Where the page that `targetRef` asks for begins; None when it is not in the list."""
    wanted = call.text("targetRef").lower()
    if not wanted:
        return None
    for index, item in enumerate(items):
        refs = (item.ref, item.name) if isinstance(item, Obj) else (show(item).get("addrRef", ""), show(item).get("address", ""))
        if wanted in (ref.lower() for ref in refs):
            return index
    return None
