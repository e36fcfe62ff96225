# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Micetro says of itself and of the acting account (chapters 2 and 9 of the contract)."""

from __future__ import annotations

from typing import Any, Callable, Mapping

from ..core.errors import BackendError, Refused
from ..core.task import Result, Task
from . import rights
from .client import MicetroClient

#: What an account may be allowed to list, by the names of the collections on the wire.
LISTED = {
    "users": "users",
    "groups": "groups",
    "roles": "roles",
    "dns_servers": "dnsServers",
    "dns_zones": "dnsZones",
    "ranges": "ranges",
    "dhcp_servers": "dhcpServers",
}


def account(client: MicetroClient) -> Mapping[str, Any]:
    own = rights.own(client)
    names = {"groups": "groups", "roles": "roles", "group_roles": "groupRoles"}
    return {
        "username": own.get("name") or client.username,
        "readable": bool(own),
        **{name: [each["name"] for each in own.get(key) or ()] for name, key in names.items()},
    }


def capabilities(client: MicetroClient) -> Mapping[str, Any]:
    """By trying: since 25.1 listing users, groups and roles may need a right (chapter 6.1)."""
    return {"may_list": {name: _may_list(client, collection) for name, collection in LISTED.items()}}


def _may_list(client: MicetroClient, collection: str) -> bool:
    try:
        client.get(f"/{collection}", limit=1)
    except Refused:
        return False
    return True


def address_spaces(client: MicetroClient) -> list[Mapping[str, Any]]:
    return [
        {"ref": row["ref"], "name": row["name"], "description": row.get("description") or ""}
        for row in client.rows("/addressSpaces", "addressSpaces")
    ]


def system(client: MicetroClient) -> Mapping[str, Any]:
    return dict(client.one("/micetro", "systemInfo"))


GATHER: Mapping[str, Callable[[MicetroClient], Any]] = {
    "account": account,
    "address_spaces": address_spaces,
    "capabilities": capabilities,
    "system": system,
}


class Info(Task):
    """Reads what was asked for; the version, which needs no login, is always among it."""

    def work(self, client: MicetroClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        if params["gather"]:
            client.acting()
        result: Result = {"changed": False, "version": client.before_login().get("centralVersion", ""), "url": client.transport.base}
        for name in params["gather"]:
            try:
                result[name] = GATHER[name](client)
            except BackendError as exc:
                raise exc.reworded(f"{name} cannot be gathered: {exc}") from None
        return result


INFO = Info(
    MicetroClient,
    {"gather": {"type": "list", "elements": "str", "choices": list(GATHER), "default": ["account"]}},
)
