# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which zone is meant: one name may exist on several servers and in several views (chapter 8 of the Micetro contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.spec import Raw
from .client import MicetroClient, equals
from .names import server_name

ZONES = "dnsZones"
NEW_TYPES = {"Master": "Primary", "Slave": "Secondary"}  # what older servers say
FEW = 20  # up to so many zones are looked up by name, more by one listing


def zone_type(value: Any) -> str:
    return NEW_TYPES.get(str(value), str(value))


def all_of(client: MicetroClient, collection: str) -> Mapping[str, Raw]:
    """All objects of a collection by reference, listed once for all items of a loop."""
    key = f"all {collection}"
    if key not in client.listed:
        found = client.rows(f"/{collection}", collection, sortBy="name", sortOrder="Ascending")
        client.listed[key] = {row["ref"]: row for row in found}
    return client.listed[key]


def every(client: MicetroClient) -> list[Raw]:
    return list(client.rows(f"/{ZONES}", ZONES, sortBy="name", sortOrder="Ascending"))


def called(client: MicetroClient, name: str) -> list[Raw]:
    """The zones of this name, wherever they are."""
    found = client.rows(f"/{ZONES}", ZONES, filter=equals("name", name), sortBy="name", sortOrder="Ascending")
    return [row for row in found if row["name"].casefold() == name.casefold()]


def known(client: MicetroClient, names: Iterable[str]) -> Mapping[str, Sequence[Raw]]:
    """The zones of these names that exist, by name; those that were found are remembered for all items of a loop."""
    kept: dict[str, Any] = client.listed.setdefault("zones by name", {})
    new = sorted({name for name in names if name not in kept})
    if len(new) > FEW:
        for row in every(client):
            if row["name"].casefold() in new:
                kept.setdefault(row["name"].casefold(), []).append(row)
    else:
        kept.update((name, rows) for name in new if (rows := called(client, name)))
    return kept


def views_of(client: MicetroClient, row: Raw) -> list[Raw]:
    """The views that the zone is in."""
    refs = dict.fromkeys([*(row.get("dnsViewRefs") or ()), row.get("dnsViewRef")])
    views = all_of(client, "dnsViews")
    return [views[ref] for ref in refs if ref in views]


def servers_of(client: MicetroClient, row: Raw) -> list[str]:
    """The servers that the zone is on, by name; one that Active Directory holds has them all, and that word besides."""
    names = [row.get("authority") or ""]
    if row.get("adIntegrated"):
        servers = all_of(client, "dnsServers")
        names += [servers[view["dnsServerRef"]]["name"] for view in views_of(client, row) if view["dnsServerRef"] in servers]
    return names


def choose(client: MicetroClient, rows: Sequence[Raw], name: str, server: str, view: str) -> Optional[Raw]:
    """The zone that is meant: the primary one, unless the server or the view says another. :raises Refused: if that leaves several."""
    found = [
        row
        for row in rows
        if (not server or server_name(server) in map(server_name, servers_of(client, row)))
        and (not view or view.casefold() in [each["name"].casefold() for each in views_of(client, row)])
    ]
    best = [row for row in found if zone_type(row["type"]) == "Primary" and not row.get("dnsScopeName")] or found
    if len(best) > 1:
        places = ", ".join(sorted(place(client, row) for row in best))
        raise Refused(f"several zones are called {name} ({places}): say with server and view which is meant")
    return best[0] if best else None


def place(client: MicetroClient, row: Raw) -> str:
    """Where a zone is, for people."""
    views = [view["name"] for view in views_of(client, row) if view["name"]]
    return f"{row.get('authority')} in the view {views[0]}" if views else str(row.get("authority"))
