# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Org units, and who administers them (chapter 12 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence

from ..core.errors import BackendError, InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from . import directory, values
from .client import BluemindClient
from .directory import DOMAIN, UID, Entry, InDomain
from .subjects import GROUP, USER, subjects
from .whole import EntryInfo


def path_of(value: str) -> str:
    """Names with slashes between them, from the top."""
    names = [values.line(name) for name in value.strip().strip("/").split("/")]
    if not all(names):
        raise ValueError("it must be a name, or names with a slash between them such as Town/School")
    return "/".join(names)


def above(path: str) -> str:
    return path.rpartition("/")[0]


def roles_of(value: Any) -> Dict[str, List[str]]:
    """A map of roles by subject; one role may be given as a text."""
    out: Dict[str, List[str]] = {}
    for subject, roles in value.items():
        listed = [roles] if isinstance(roles, str) else roles or []
        if not isinstance(listed, list) or not all(isinstance(role, str) for role in listed):
            raise ValueError(f"{subject}: it must be a list of roles")
        out[values.name(str(subject))] = sorted({role.strip() for role in listed if role.strip()})
    return out


PATH = Field("path", clean=path_of)
ADMINISTRATORS = Field("administrators", type="dict", send=(UPDATE,), clean=roles_of, norm=tuple, unset=[])


class Unit(Entry):
    """A unit by its path. Those of one list are created from the top down and deleted from the bottom up."""

    route = "directory/_ou"
    few = 0
    together = (CREATE, DELETE)
    fields = (PATH,)

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        for domain in self.places(client, scope):
            client.known.pop(directory.units_key(client.domain(domain)), None)
            for path, uid in directory.org_units(client, client.domain(domain)).items():
                yield {DOMAIN.name: domain, UID.name: uid, PATH.name: path}

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        rows = self.list(client, {DOMAIN.name: want.values[DOMAIN.name]})
        return next((row for row in rows if want.values.get(UID.name, row[UID.name]) == row[UID.name] and named(want, row)), None)

    def write(self, client: BluemindClient, call: str, changes: Sequence[Change]) -> Mapping[str, BackendError]:
        errors: Dict[str, BackendError] = {}
        for change in sorted(changes, key=lambda change: depth(change) if call == CREATE else -depth(change)):
            try:
                getattr(self, call)(client, change)
            except BackendError as exc:
                if exc.fatal:
                    raise
                errors[change.name] = exc
                client.known.pop(directory.units_key(client.domain(change.want.values[DOMAIN.name])), None)  # it may be there all the same
        return errors

    def create(self, client: BluemindClient, change: Change) -> None:
        domain, path = client.domain(change.want.values[DOMAIN.name]), str(change.want.values[PATH.name])
        units, uid = directory.org_units(client, domain), change.after[UID.name]
        parent = {"parentUid": directory.org_unit(client, domain, above(path))} if above(path) else {}
        client.call("PUT", self.path(client, domain, uid), json={"name": path.rpartition("/")[2], **parent})
        client.known[directory.units_key(domain)] = {**units, path: uid}

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        """A unit can have another name, and no other place."""
        where = self.of(client, change)
        found = client.call("GET", f"{where}/complete")
        if found is None:
            raise Refused("it is gone")
        client.call("POST", where, repeat=True, json={**found["value"], "name": str(value).rpartition("/")[2]})

    def delete(self, client: BluemindClient, change: Change) -> None:
        """Its administrators are those of nothing then, so they do not hold it back; what is in it does."""
        where = self.of(client, change)
        for uid in client.call("GET", f"{where}/_administrators", params={"hierarchical": "false"}) or ():
            client.call("POST", f"{where}/{segment(uid)}/_set", repeat=True, json=[])
        client.call("DELETE", where)


def named(want: Want, row: Raw) -> bool:
    return UID.name in want.values or want.values.get(PATH.name) == row[PATH.name]


def depth(change: Change) -> int:
    return str(PATH.read(change.raw) if change.raw else change.want.values[PATH.name]).count("/")


class Administrators(Part):
    """The roles that users and groups have on a unit. Chapter 12: a call for each of them."""

    fields = (ADMINISTRATORS,)

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        where = UNIT.path(client, (raw or {})[DOMAIN.name], (raw or {})[UID.name])
        uids = client.call("GET", f"{where}/_administrators", params={"hierarchical": "false"}) or ()
        called = subjects(client, (raw or {})[DOMAIN.name]).called(sorted(uids))
        found = {called[uid]: sorted(client.ask(f"{where}/{segment(uid)}", []) or ()) for uid in sorted(uids)}
        return {ADMINISTRATORS.name: found, "uids": {name: uid for uid, name in called.items()}}

    def update(self, client: BluemindClient, change: Change) -> None:
        raw = change.raw or {}
        where = UNIT.path(client, raw[DOMAIN.name], raw[UID.name])
        uids = {**raw.get("uids", {}), **change.want.values.get("uids", {})}
        for name, roles in change.goals[ADMINISTRATORS.name].items():
            try:
                client.call("POST", f"{where}/{segment(uids[name])}/_set", repeat=True, json=roles)
            except BackendError as exc:
                if exc.fatal or exc.uncertain:
                    raise
                change.refuse(ADMINISTRATORS, exc, name)
            else:
                change.sent.add(ADMINISTRATORS.name)


UNIT = Unit()


class OrgUnit(InDomain):
    kind, plural = "org unit", "org_units"
    identities = ((PATH, DOMAIN), (UID, DOMAIN))
    parts = (UNIT, Administrators())
    created_by = ("path",)
    renames = True
    prune_scope = ("domain",)

    def label(self, values: Mapping[str, Any]) -> str:
        return str(values.get(PATH.name) or "") or super().label(values)

    def wants(self, params: Mapping[str, Any]) -> List[Want]:
        wants = super().wants(params)
        for want in wants:
            if want.rename_from:
                want.rename_from = path_of(want.rename_from)
                if above(want.rename_from) != above(want.values[PATH.name]):
                    raise InvalidInput(
                        f"{want.name}: a unit stays where it is, so {want.rename_from} cannot become {want.values[PATH.name]}"
                    )
        return wants

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        coming = {(want.values[DOMAIN.name], want.values.get(PATH.name)) for want in wants if want.state == "present" and not want.error}
        for want in wants:
            parent = above(want.values.get(PATH.name, ""))
            if want.error or not parent or want.state != "present" or (want.values[DOMAIN.name], parent) in coming:
                continue
            if parent not in directory.org_units(client, client.domain(want.values[DOMAIN.name])):
                want.error = Refused(f"there is no org unit {parent}: create it first, or list it too")

    def references(self, client: BluemindClient, want: Want, domain: str, names: Sequence[str]) -> None:
        given = want.values.get(ADMINISTRATORS.name)
        if not given:
            return
        book = subjects(client, domain)
        found = {subject: book.find(subject, USER, GROUP) for subject in given}
        unknown = sorted(subject for subject, entity in found.items() if entity is None)
        if unknown:
            raise Refused(f"no user and no group is called {', '.join(unknown)}")
        wrong = sorted({role for roles in given.values() for role in roles} - self.roles(client))
        if wrong:
            raise Refused(f"the server knows no role {', '.join(wrong)}")
        uids = {book.name(entity.uid): entity.uid for entity in found.values() if entity}
        called = {uid: name for name, uid in uids.items()}
        want.values["uids"] = uids
        want.values[ADMINISTRATORS.name] = {called[entity.uid]: given[subject] for subject, entity in found.items() if entity}

    @staticmethod
    def roles(client: BluemindClient) -> set[str]:
        return set(client.look_up("roles", lambda: {role["id"] for role in client.call("GET", "/roles/descriptors")}))

    def guard(self, client: BluemindClient, change: Change) -> None:
        """A unit stays where it is, and nobody takes away what the task may be working with."""
        super().guard(client, change)
        raw = change.raw or {}
        path = change.goals.get(PATH.name) if change.action == UPDATE else None
        if path and above(path) != above(PATH.read(raw)):
            raise Refused(f"a unit stays where it is: {PATH.read(raw)} cannot become {path}")
        own = client.account.get("uid")
        for name, roles in change.goals.get(ADMINISTRATORS.name, {}).items():
            if raw.get("uids", {}).get(name) == own and set(ADMINISTRATORS.read(raw)[name]) - set(roles):
                raise Refused(f"administrators.{name}: this is the account that the task works with, so it keeps its roles")

    def rename(self, client: BluemindClient, change: Change) -> None:
        UNIT.set(client, change, PATH, change.want.values[PATH.name])


ORG_UNIT = OrgUnit()
TASK = ResourceTask(ORG_UNIT, BluemindClient)


class OrgUnitInfo(EntryInfo):
    """Units with their administrators, which takes a request for each unit and one for each administrator."""

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        found = super().rows(client, params)
        part = self.resource.parts[1]
        return [{**raw, **(part.get(client, Want("", "", "present", {}, {}), raw) or {})} for raw in found]


INFO = OrgUnitInfo(ORG_UNIT, BluemindClient)
