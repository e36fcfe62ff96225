# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses claimed in IPAM, by themselves or as the next free one of a range (chapter 9 of the Micetro contract)."""

from __future__ import annotations

import re
from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CREATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask, Result
from ..core.transport import segment
from . import addresses, names, properties
from .addresses import ADDRESSES
from .client import MicetroClient, equals
from .properties import CUSTOM

HOLD = 60  # seconds for which a free address is ours until it is claimed

ADDRESS = Field("address", clean=names.address, assigned=True)
RANGE = Field("range", clean=names.network)
KEY_PROPERTY = Field("key_property")
KEY = Field("key")
CLAIMED = Field("claimed", type="bool")
FIRST = (
    Field("exclude_dhcp", type="bool", api="excludeDHCP", send=(CREATE,)),
    Field("ping", type="bool", send=(CREATE,)),
    Field("start_address", api="startAddress", send=(CREATE,), clean=names.address),
)


class Claim(Part):
    """An address that is claimed. Every address of a range has a record, so being there says nothing."""

    fields = (CLAIMED, CUSTOM)

    def get(self, client: MicetroClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        if ADDRESS.name not in want.values:
            return by_key(client, want)
        found = addresses.record(client, want.values[ADDRESS.name])
        if found is None and want.state == "present":
            raise Refused(f"no range holds the address {want.values[ADDRESS.name]}")
        return described(found) if found and found.get("claimed") else None

    def scope(self, want: Want) -> Mapping[str, Any]:
        if KEY.name in want.values:
            return {item.name: want.values[item.name] for item in (RANGE, KEY_PROPERTY)}
        return {RANGE.name: want.values["within"]} if "within" in want.values else {}

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Optional[Iterable[Raw]]:
        """The claimed addresses of a range, or all that have a key."""
        if not scope.get(RANGE.name):
            return None
        found = the_range(client, str(scope[RANGE.name]))
        name = scope.get(KEY_PROPERTY.name)
        if not name:
            return [described(row) for row in addresses.records(client, found) if row.get("claimed")]
        return [keyed(row, found, str(name)) for row in addresses.records(client, found) if properties.text(row, str(name))]

    def create(self, client: MicetroClient, change: Change) -> None:
        values = change.want.values
        address = values.get(ADDRESS.name) or take(client, change, HOLD)
        key = {values[KEY_PROPERTY.name]: values[KEY.name]} if KEY.name in values else {}
        claim(client, address, {"claimed": True, **key, **change.goals.get(CUSTOM.name, {})})

    def update(self, client: MicetroClient, change: Change) -> None:
        claimed = {name: change.goals[name] for name in (CLAIMED.name,) if name in change.goals}
        claim(client, (change.raw or {})["address"], {**claimed, **change.goals.get(CUSTOM.name, {})})

    def delete(self, client: MicetroClient, change: Change) -> None:
        """Never by DELETE, which clears whatever else is known of the address."""
        raw = change.raw or {}
        claim(client, raw["address"], {"claimed": False, **({raw[KEY_PROPERTY.name]: ""} if KEY_PROPERTY.name in raw else {})})


def claim(client: MicetroClient, address: str, values: Mapping[str, Any]) -> None:
    client.put(f"/{ADDRESSES}/{segment(address)}", ref=address, objType="IPAddress", properties=values)


def take(client: MicetroClient, change: Change, hold: int = 0) -> str:
    """The next free address of the range. :raises Refused: if there is none."""
    name = change.want.values[RANGE.name]
    found = addresses.next_free(client, the_range(client, name), hold, **change.steering(CREATE))
    if found is None:
        raise Refused(f"no address of the range {name} is free")
    return found


def the_range(client: MicetroClient, name: str) -> Raw:
    found = addresses.find_range(client, name)
    if found is None:
        raise Refused(f"no range is called {name}")
    return found


def by_key(client: MicetroClient, want: Want) -> Optional[Raw]:
    """The address that has this key, claimed or not: the next task is to have the same one."""
    name, key = want.values[KEY_PROPERTY.name], want.values[KEY.name]
    found = the_range(client, want.values[RANGE.name])
    narrowed = equals(name, key) if re.fullmatch(r"\w+", name) else None
    hits = [row for row in addresses.records(client, found, filter=narrowed) if properties.text(row, name) == key]
    if len(hits) > 1:
        raise Refused(f"several addresses have it: {' and '.join(row['address'] for row in hits)}")
    return keyed(hits[0], found, name) if hits else None


def described(row: Raw) -> Raw:
    return {
        **row,
        "address": names.address(row["address"]),
        "claimed": bool(row.get("claimed")),
        "customProperties": row.get("customProperties") or {},
    }


def keyed(row: Raw, found: Raw, name: str) -> Raw:
    return {**described(row), RANGE.name: names.network(found["name"]), KEY_PROPERTY.name: name, KEY.name: properties.text(row, name)}


class IpReservation(Resource):
    kind, plural = "IP reservation", "reservations"
    identities = ((ADDRESS,), (RANGE, KEY_PROPERTY, KEY))
    parts = (Claim(),)
    states = {"present": {CLAIMED.name: True}, "absent": None}
    steering = FIRST
    prune_scope = ("range", "key_property")

    def refine(self, values: dict[str, Any], state: str) -> None:
        stray = [item.name for item in (KEY_PROPERTY, KEY) if ADDRESS.name in values and item.name in values]
        if stray:
            raise ValueError(f"{' and '.join(stray)} find an address, so they cannot be given together with address")
        name, custom = values.get(KEY_PROPERTY.name), values.get(CUSTOM.name) or {}
        if name in custom and custom[name] != values.get(KEY.name):
            raise ValueError(f"custom_properties.{name} is the key property, and its value is given as key")

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        for want in wants:
            values = want.values
            if RANGE.name not in values:
                continue
            found = addresses.find_range(client, values[RANGE.name])
            if found is None:
                want.error = Refused(f"no range is called {values[RANGE.name]}")
                continue
            values[RANGE.name] = names.network(found["name"])
            if ADDRESS.name in values:
                if not addresses.in_range(values[ADDRESS.name], found):
                    want.error = Refused(f"the address is not in the range {values[RANGE.name]}")
                values["within"] = values.pop(RANGE.name)
            elif values[KEY_PROPERTY.name] not in properties.definitions(client, ADDRESSES):
                want.error = properties.undefined([values[KEY_PROPERTY.name]], "addresses")
        self._refuse_twice(wants)
        properties.resolve(client, wants, ADDRESSES, "addresses")

    def _refuse_twice(self, wants: Sequence[Want]) -> None:
        """One range may have been named by its block and by its reference."""
        first: dict[Any, Want] = {}
        for want in wants:
            for identity in () if want.error else self.identify(want.values):
                other = first.setdefault(identity, want)
                if other is not want:
                    want.error = Refused(f"{other.where} ({other.name}) names the same address")

    def rehearse(self, client: MicetroClient, change: Change) -> None:
        if change.action == CREATE and ADDRESS.name not in change.want.values:
            take(client, change)

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        """By its address, which finds it wherever its key is kept."""
        kept = (ADDRESS.name, CUSTOM.name)
        return {name: value for name, value in super().export(raw, parts).items() if name in kept}


IP_RESERVATION = IpReservation()
TASK = ResourceTask(IP_RESERVATION, MicetroClient)


class IpReservationInfo(InfoTask):
    """Claimed addresses: one, those of a range, or those with a key."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        given = [item.name for item in IP_RESERVATION.keys if params[item.name]]
        if "address" in given and len(given) > 1:
            raise InvalidInput("address cannot be combined with range, key_property or key")
        if not given or (given != ["address"] and "range" not in given):
            raise InvalidInput("address or range must be given")
        if "key" in given and "key_property" not in given:
            raise InvalidInput("key needs key_property, the custom property that holds it")

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        if params["address"]:
            try:
                found = addresses.record(client, names.address(params["address"]))
            except ValueError as exc:
                raise InvalidInput(f"address {params['address']!r}: {exc}") from None
            return [described(found)] if found and found.get("claimed") else []
        scope = {"range": params["range"], "key_property": params["key_property"]}
        rows = [raw for raw in IP_RESERVATION.parts[0].list(client, scope) or () if raw["claimed"]]
        return [raw for raw in rows if not params["key"] or raw["key"] == params["key"]]

    def more(self, rows: Sequence[Any], params: Mapping[str, Any]) -> Result:
        return {"addresses": [facts(raw) for raw in rows]}


def facts(row: Raw) -> dict[str, Any]:
    """What is known of an address, in the words of this collection."""
    return {
        "address": names.address(row["address"]),
        "ref": row.get("addrRef") or "",
        "state": row.get("state") or "",
        "claimed": bool(row.get("claimed")),
        "custom_properties": dict(row.get("customProperties") or {}),
        "dns_records": [
            {key: record.get(key) or "" for key in ("name", "type", "data")}
            for record in (host.get("dnsRecord") or {} for host in row.get("dnsHosts") or ())
        ],
        "dhcp_reservations": [
            {"name": each.get("name") or "", "client_identifier": names.client_identifier(each.get("clientIdentifier") or "")}
            for each in row.get("dhcpReservations") or ()
        ],
        "dhcp_leases": [{key: each.get(key) or "" for key in ("name", "mac", "state")} for each in row.get("dhcpLeases") or ()],
        "last_seen": row.get("lastSeenDate") or "",
    }


INFO = IpReservationInfo(IP_RESERVATION, MicetroClient)
