# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which servers work for a domain, and as what (chapter 3 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Optional

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Want
from ..core.transport import segment
from . import values
from .client import BluemindClient

BASE = "/servers/default"
SERVERS = Field("servers", type="list", elements="str", mode="add", send=(UPDATE,), clean=values.name)


class Servers(Part):
    """Each as ``server:tag``."""

    fields = (SERVERS,)

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = client.call("GET", f"{BASE}/{segment((raw or {})['uid'])}/assignments") or ()
        return {SERVERS.name: sorted(f"{each['serverUid']}:{each['tag']}" for each in found)}

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        where = f"{BASE}/{segment((change.raw or {})['uid'])}/assignments"
        for verb, entries in zip(("_assign", "_unassign"), change.difference(item)):
            for entry in entries:
                server, _colon, tag = entry.partition(":")
                client.call("POST", f"{where}/{segment(server)}/{verb}", repeat=True, params={"tag": tag})
                change.written = True


def resolve(client: BluemindClient, want: Want) -> None:
    """Write each server with its uid, and one without a tag once for each tag that it has. :raises Refused: for what does not exist, unless it
    is to be removed."""
    given = want.values.get(SERVERS.name)
    if not given:
        return
    known = client.look_up("servers", lambda: {item["uid"]: item["value"] for item in client.call("GET", f"{BASE}/_complete")})
    by_name = {
        str(name): uid for uid, value in known.items() for name in (value.get("name"), value.get("fqdn"), value.get("ip"), uid) if name
    }
    out = []
    for entry in given:
        name, colon, tag = entry.partition(":")
        if want.modes.get(SERVERS.name, SERVERS.mode) == "remove" and (name not in by_name or colon):
            out.append(f"{by_name.get(name, name)}:{tag}")
            continue
        if name not in by_name:
            raise Refused(f"there is no server {name}: those that exist are {', '.join(sorted(known))}")
        uid = by_name[name]
        tags = known[uid].get("tags") or []
        if colon and tag not in tags:
            raise Refused(f"the server {name} is not tagged {tag}: its tags are {', '.join(sorted(tags))}")
        out += [f"{uid}:{each}" for each in ([tag] if colon else sorted(tags))]
    want.values[SERVERS.name] = list(dict.fromkeys(out))
