# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Nextcloud says of itself (chapters 2.3, 4.2, 4.4 and 5.2 of the OCS contract)."""

from __future__ import annotations

from typing import Any, Callable, Mapping

from ..core.errors import BackendError, Refused
from ..core.spec import UNREADABLE
from ..core.task import Result, Task
from .client import CLOUD, OcsClient
from .user import default_quota


def capabilities(client: OcsClient) -> Mapping[str, Any]:
    return dict(client.call("GET", f"{CLOUD}/capabilities"))


def account(client: OcsClient) -> Mapping[str, Any]:
    """The account that the task works with."""
    own = client.account
    return {"userid": own["id"], "groups": own.get("groups", []), "full_administrator": client.is_admin}


def quota(client: OcsClient) -> Mapping[str, Any]:
    default = default_quota(client)
    if default is UNREADABLE:
        raise Refused(f"reading the default quota needs a full administrator, and {client.account['id']} is not one")
    return {"default": default}


def apps(client: OcsClient) -> Mapping[str, Any]:
    known = client.as_admin("listing apps", "GET", f"{CLOUD}/apps")["apps"]
    enabled = client.as_admin("listing apps", "GET", f"{CLOUD}/apps", params={"filter": "enabled"})["apps"]
    return {"enabled": sorted(enabled), "disabled": sorted({*known} - {*enabled}), "always_enabled": sorted({*enabled} - {*known})}


def users(client: OcsClient) -> Mapping[str, Any]:
    return {"count": len(client.user_ids())}


def groups(client: OcsClient) -> Mapping[str, Any]:
    return {"count": len(client.call("GET", f"{CLOUD}/groups")["groups"])}


GATHER: Mapping[str, Callable[[OcsClient], Mapping[str, Any]]] = {
    "capabilities": capabilities,
    "account": account,
    "quota": quota,
    "apps": apps,
    "users": users,
    "groups": groups,
}


class Info(Task):
    """Reads what was asked for; the version and the state of this address are always among it."""

    def work(self, client: OcsClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        client.acting()
        known = capabilities(client)
        result: Result = {
            "changed": False,
            "version": known["version"]["string"],
            "url": client.transport.base,
            "brute_force": {name.replace("-", "_"): value for name, value in known["capabilities"].get("bruteforce", {}).items()},
        }
        for name in params["gather"]:
            try:
                result[name] = known["capabilities"] if name == "capabilities" else GATHER[name](client)
            except BackendError as exc:
                raise exc.reworded(f"{name} cannot be gathered: {exc}") from None
        return result


INFO = Info(
    OcsClient,
    {"gather": {"type": "list", "elements": "str", "choices": list(GATHER), "default": ["account"]}},
)
