# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ranges of addresses, and what is free in them (chapter 9 of the Micetro contract)."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Iterator, Mapping, Optional

from ..core.errors import BackendError, Refused
from ..core.spec import Raw
from ..core.transport import segment
from .client import MicetroClient, encoded, equals, ref_path
from .names import address, network

RANGES = "ranges"
ADDRESSES = "ipamRecords"


def find_range(client: MicetroClient, name: str) -> Optional[Raw]:
    """A range by its block or its reference; one that was found is remembered for all items of a loop."""
    kept = client.listed.setdefault("ranges by name", {})
    if name not in kept:
        if name.startswith(RANGES + "/"):
            found = client.unless_absent(ref_path(name), "range")
        else:  # a name with a slash is no path everywhere (chapter 4)
            rows = client.rows(f"/{RANGES}", RANGES, filter=equals("name", network(name)), sortBy="name", sortOrder="Ascending")
            found = next((row for row in rows if network(row["name"]) == network(name)), None)
        if found is None:
            return None
        kept[name] = found
    return dict(kept[name])


def in_range(text: str, found: Mapping[str, Any]) -> bool:
    wanted, first, last = (ip_address(each) for each in (text, found["from"], found["to"]))
    return wanted.version == first.version and int(first) <= int(wanted) <= int(last)


def next_free(client: MicetroClient, found: Mapping[str, Any], hold: int = 0, **query: Any) -> Optional[str]:
    """The next free address of a range, or None.

    :param hold: seconds for which it is held for us: then the request, a GET, is a write.
    """
    query = {**query, **({"temporaryClaimTime": hold} if hold else {})}
    answer = client.call("GET", f"{ref_path(found['ref'])}/nextFreeAddress{encoded(query)}", write=bool(hold), repeat=not hold)
    text = answer.get("address") if isinstance(answer, dict) else None
    return address(text) if text else None


def several_free(client: MicetroClient, found: Mapping[str, Any], count: int, start: Optional[str] = None, **query: Any) -> Iterator[str]:
    """So many different free addresses, none of which is held. :raises Refused: if there are fewer."""
    given, last = 0, ip_address(found["to"])
    while given < count:
        free = next_free(client, found, startAddress=start, **query) if start is None or int(ip_address(start)) <= int(last) else None
        if free is None or (given and start is not None and int(ip_address(free)) < int(ip_address(start))):
            raise Refused(f"{count} free addresses of {found['name']} were asked for, and it has {given or 'none'}")
        yield free
        given, start = given + 1, str(ip_address(free) + 1)


def record(client: MicetroClient, text: str) -> Optional[Raw]:
    """What is known of an address; None where no range holds it."""
    found: Optional[Raw] = client.unless_absent(f"/{ADDRESSES}/{segment(text)}", "ipamRecord")
    if found and address(found["address"]) != text:
        raise BackendError(f"the server answers with the address {found['address']} when asked for {text}")
    return found


def records(client: MicetroClient, found: Mapping[str, Any], **query: Any) -> Iterator[Raw]:
    return client.rows(f"{ref_path(found['ref'])}/{ADDRESSES}", ADDRESSES, **query, sortBy="address", sortOrder="Ascending")
