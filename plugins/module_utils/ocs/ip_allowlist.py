# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses that the brute-force guard lets pass (chapters 2.3 and 2.4 of the OCS contract)."""

from __future__ import annotations

import ipaddress
from typing import Any, Iterable, Mapping, Optional

from ..core.errors import InvalidInput
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from .client import OcsClient
from .values import flag

ENTRIES = "/index.php/apps/bruteforcesettings/ipwhitelist"
SWITCH = ("bruteforcesettings", "apply_allowlist_to_ratelimit")


def address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value.strip()))
    except ValueError:
        raise ValueError("it is not an IP address; the length of a prefix is given as mask") from None


def prefix(value: int) -> int:
    if not 0 < value <= 128:
        raise ValueError("it must be the length of a network prefix, such as 24 or 32")
    return value


IP = Field("ip", clean=address)
MASK = Field("mask", type="int", clean=prefix, required=False)
SWITCHED = Field("apply_to_rate_limit", type="bool", send=(UPDATE,), decode=flag)


class Entry(Part):
    """One network; read by the one listing that there is."""

    few = 0

    def list(self, client: OcsClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return [{**entry, "ip": address(entry["ip"])} for entry in client.plain("GET", ENTRIES) or ()]

    def create(self, client: OcsClient, change: Change) -> None:
        client.plain("POST", ENTRIES, json={name: change.want.values[name] for name in ("ip", "mask")})

    def delete(self, client: OcsClient, change: Change) -> None:
        client.plain("DELETE", f"{ENTRIES}/{int((change.raw or {})['id'])}", repeat=True)


class Reach(Part):
    """Whether the list also lifts the limit of edits: one switch for the whole server."""

    fields = (SWITCHED,)

    def get(self, client: OcsClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        return {"apply_to_rate_limit": client.config(*SWITCH)}

    def set(self, client: OcsClient, change: Change, item: Field, value: Any) -> None:
        client.set_config(*SWITCH, "1" if value else "0")


class AllowList(Resource):
    kind, plural = "network", "networks"
    identities = ((IP, MASK),)
    parts = (Entry(), Reach())

    def refine(self, values: dict[str, Any], state: str) -> None:
        """Without a mask the address alone is meant."""
        if "ip" in values:
            widest = ipaddress.ip_address(values["ip"]).max_prefixlen
            if values.setdefault("mask", widest) > widest:
                raise ValueError(f"mask {values['mask']}: an address such as {values['ip']} has {widest} bits")

    def wants(self, params: Mapping[str, Any]) -> list[Want]:
        wants = super().wants(params)
        if len({want.values[SWITCHED.name] for want in wants if want.state == "present" and SWITCHED.name in want.values}) > 1:
            raise InvalidInput(f"{SWITCHED.name} is one switch for the whole list: give it the same value everywhere")
        return wants


ALLOW_LIST = AllowList()
TASK = ResourceTask(ALLOW_LIST, OcsClient)
