# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from .kinds import DHCP_SCOPES
from .store import Obj


def show(call, obj: Obj, shown: dict) -> dict:
    from .view import short

    children = call.store.find("children", obj.ref)
    scopes = [short(scope) for scope in call.store.find("scopes", obj.ref)]
    shown["childRanges"] = [short(child) for child in children]
    shown["isLeaf"] = not children
    shown["numChildren"] = len(children)
    shown["dhcpScopes"] = scopes
    servers = [call.store.get(call.store.get(scope["ref"]).fields["dhcpServerRef"]) for scope in scopes]
    shown["authority"] = {
        "name": ", ".join(server.name for server in servers),
        "type": "DHCP" if servers else "None",
        "sources": [{"ref": server.ref, "name": server.name, "type": "DHCP"} for server in servers],
    }
    _version, first, last = call.store.bounds(obj)
    size = last - first + 1
    shown["utilizationPercentage"] = call.server.used_addresses(obj) * 100 // size
    return shown


def scopes_of(call, obj: Obj) -> list[Obj]:
    return [scope for scope in call.store.find("scopes", obj.ref) if scope.kind is DHCP_SCOPES]
