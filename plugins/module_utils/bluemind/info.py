# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a BlueMind says of itself (chapters 3 and 4 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Callable, List, Mapping

from ..core.errors import BackendError
from ..core.task import Result, Task
from .client import BluemindClient

INSTALLATION = "/system/installation"


def subscription(client: BluemindClient) -> Mapping[str, Any]:
    return {
        "kind": client.call("GET", f"{INSTALLATION}/subscriptionKind"),
        "productive": client.call("GET", f"{INSTALLATION}/subscriptionProductiveValid"),
    }


def servers(client: BluemindClient) -> List[Mapping[str, Any]]:
    rows = client.call("GET", "/servers/default/_complete") or ()
    return [
        {
            "uid": row["uid"],
            **{name: row["value"].get(name) for name in ("name", "fqdn", "ip")},
            "tags": sorted(row["value"].get("tags") or ()),
        }
        for row in sorted(rows, key=lambda row: str(row["uid"]))
    ]


def domains(client: BluemindClient) -> List[Mapping[str, Any]]:
    """Without the management domain, which holds nobody."""
    rows = [row for row in client.call("GET", "/domains") or () if not row["value"].get("global")]
    return [
        {
            "uid": row["uid"],
            "default_alias": row["value"].get("defaultAlias"),
            "aliases": sorted(row["value"].get("aliases") or ()),
            "label": row["value"].get("label"),
        }
        for row in sorted(rows, key=lambda row: str(row["uid"]))
    ]


GATHER: Mapping[str, Callable[[BluemindClient], Any]] = {"subscription": subscription, "servers": servers, "domains": domains}


class Info(Task):
    """Version and state are told to everybody; what else is asked for needs a login."""

    def work(self, client: BluemindClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        if params["gather"]:
            client.acting()
        told = client.call("GET", f"{INSTALLATION}/_infos")
        state = str(client.call("GET", f"{INSTALLATION}/state"))
        prefix = "CORE_STATE_"
        result: Result = {
            "changed": False,
            "version": told.get("softwareVersion"),
            "release": told.get("releaseName"),
            "state": state[len(prefix) :].lower() if state.startswith(prefix) else state,
            "url": client.transport.base,
        }
        for name in params["gather"]:
            try:
                result[name] = GATHER[name](client)
            except BackendError as exc:
                raise exc.reworded(f"{name} cannot be gathered: {exc}") from None
        return result


INFO = Info(
    BluemindClient,
    {"gather": {"type": "list", "elements": "str", "choices": list(GATHER), "default": []}},
)
