# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles that are given on single objects (chapter 7 of the Micetro contract)."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional, Sequence

from ..core.errors import InvalidInput, NotFound, Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from . import directory
from .client import MicetroClient, equals, ref_path

COLLECTIONS = {
    "address_space": "addressSpaces",
    "cloud_network": "cloudNetworks",
    "device": "devices",
    "dhcp_scope": "dhcpScopes",
    "dhcp_server": "dhcpServers",
    "dns_server": "dnsServers",
    "dns_view": "dnsViews",
    "dns_zone": "dnsZones",
    "folder": "folders",
    "range": "ranges",
}
TYPES = {collection: word for word, collection in COLLECTIONS.items()}


def reference(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]+/[^/?#\s]+", value):
        raise ValueError("it must be a reference of the server, such as dnsZones/31")
    return value


REF = Field("ref", clean=reference)
OBJECT_TYPE = Field("object_type", choices=tuple(COLLECTIONS), required=False)
NAME = Field("name", clean=directory.object_name)
ROLES = Field("roles", type="list", elements="str", mode="add", send=(UPDATE,), clean=directory.object_name, norm=str.casefold)


class Access(Part):
    """The roles of an object. Those of type General hold for all objects and are left out."""

    fields = (ROLES,)

    def get(self, client: MicetroClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        ref = want.values.get(REF.name) or self.named(client, want.values[OBJECT_TYPE.name], want.values[NAME.name])
        return self.read(client, ref)

    @staticmethod
    def named(client: MicetroClient, kind: str, name: str) -> str:
        rows = client.rows(f"/{COLLECTIONS[kind]}", COLLECTIONS[kind], filter=equals("name", name))
        refs = [row["ref"] for row in rows if row["name"].casefold() == name.casefold()]
        if len(refs) != 1:
            words = (
                f"{len(refs)} objects of type {kind} are called {name}: give the ref of the one that is meant, {', '.join(sorted(refs))}"
            )
            raise Refused(words if refs else f"no object of type {kind} is called {name}")
        return str(refs[0])

    @staticmethod
    def read(client: MicetroClient, ref: str) -> Raw:
        try:
            found = client.one(f"{ref_path(ref)}/access", "objectAccess")
        except NotFound as exc:
            raise Refused(f"no object has the reference {ref}", status=exc.status, code=exc.code) from None
        given = [each for each in found.get("identityAccess") or () if each["identityRef"].startswith("roles/") and not each.get("general")]
        return {
            "ref": found["ref"],
            "object_type": TYPES.get(ref.partition("/")[0], ""),
            "name": found["name"],
            "roles": [each["identityName"] for each in given],
            "refs": {each["identityName"].casefold(): each["identityRef"] for each in given},
        }

    def set(self, client: MicetroClient, change: Change, item: Field, value: Any) -> None:
        """In one call, which may be repeated."""
        added, removed = change.difference(ROLES)
        known, given = directory.look_up(client, "roles", added), (change.raw or {})["refs"]
        body = {
            "addRoles": [known[name.casefold()]["ref"] for name in added],
            "removeRoles": [given[name.casefold()] for name in removed],
        }
        client.put(f"{ref_path((change.raw or {})['ref'])}/access", **{name: refs for name, refs in body.items() if refs})


class ObjectAccess(Resource):
    kind, plural = "object", "objects"
    identities = ((REF,), (OBJECT_TYPE, NAME))
    parts = (Access(),)
    states = {"present": {}}

    def refine(self, values: dict[str, Any], state: str) -> None:
        if NAME.name in values and OBJECT_TYPE.name not in values:
            raise ValueError("name needs object_type: names are unique within a type only")

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        directory.resolve(client, wants, ROLES, "roles")
        known = client.listed.get("roles", {})
        for want in wants:
            general = [
                name
                for name in want.values.get(ROLES.name, ())
                if want.modes.get(ROLES.name) != "remove" and known.get(name.casefold(), {}).get("type") == "General"
            ]
            if general and not want.error:
                want.error = Refused(f"{', '.join(general)}: a role of type General holds for all objects and is not given on one")


OBJECT_ACCESS = ObjectAccess()
TASK = ResourceTask(OBJECT_ACCESS, MicetroClient)


class ObjectAccessInfo(InfoTask):
    """One object, or all objects of a type, which takes a request each."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if not (params["ref"] or params["object_type"]) or (params["ref"] and params["object_type"]):
            raise InvalidInput("give either ref, or object_type and (for one object of that type) name")
        if params["name"] is not None and not (params["object_type"] and params["name"].strip()):
            raise InvalidInput("name must not be empty, and needs object_type")

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        if params["ref"]:
            refs = [params["ref"]]
        elif params["name"]:
            refs = [Access.named(client, params["object_type"], params["name"])]
        else:
            collection = COLLECTIONS[params["object_type"]]
            refs = sorted(row["ref"] for row in client.rows(f"/{collection}", collection))
        return [Access.read(client, ref) for ref in refs]


INFO = ObjectAccessInfo(OBJECT_ACCESS, MicetroClient)
