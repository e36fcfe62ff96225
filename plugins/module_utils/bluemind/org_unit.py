# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Org units, and who administers them (chapter 12 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence

from ..core.errors import BackendError, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from . import directory, own, values
from .client import BluemindClient
from .directory import DOMAIN, UID, Entry, InDomain
from .subjects import GROUP, USER, prepare, subjects
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
GOING = "going"  # in ``client.known``: domain and path, or uid, of what this run is to delete
COMING = "coming"  # and domain and path of what is to be there
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
        units = directory.org_units(client, domain)
        parent = {"parentUid": directory.org_unit(client, domain, above(path))} if above(path) else {}
        document = {"name": path.rpartition("/")[2], **parent}
        directory.put(change, lambda uid: client.call("PUT", self.path(client, domain, uid), json=document))
        client.known[directory.units_key(domain)] = {**units, path: change.after[UID.name]}

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        """A unit can have another name, and no other place."""
        where = self.of(client, change)
        found = client.call("GET", f"{where}/complete")
        if found is None:
            raise Refused("it is gone")
        client.call("POST", where, repeat=True, json={**found["value"], "name": str(value).rpartition("/")[2]})

    def delete(self, client: BluemindClient, change: Change) -> None:
        """Its administrators are those of nothing then, so they do not hold it back; what is in it does, and is looked for first."""
        where, removed = self.of(client, change), []
        if client.call("GET", f"{where}/_children"):
            raise Refused("there are org units in it")
        try:
            for uid in client.call("GET", f"{where}/_administrators", params={"hierarchical": "false"}) or ():
                removed.append(uid)
                client.call("POST", f"{where}/{segment(uid)}/_set", repeat=True, json=[])
                change.sent.add(ADMINISTRATORS.name)
            client.call("DELETE", where)
        except BackendError as exc:
            if exc.fatal or ADMINISTRATORS.name not in change.sent:
                raise
            raise exc.reworded(f"administrators were removed from it, and it is still there: {exc}") from None


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

    def finish(self, want: Want) -> None:
        if want.rename_from:
            want.rename_from = path_of(want.rename_from)
            if above(want.rename_from) != above(want.values[PATH.name]):
                raise ValueError(f"a unit stays where it is, so {want.rename_from} cannot become {want.values[PATH.name]}")

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        client.known[GOING] = {
            (want.values[DOMAIN.name], want.values.get(item.name)) for want in wants if want.state == "absent" for item in (PATH, UID)
        }
        coming: set[tuple[str, str]] = set()  # domain and path
        named = [want for want in wants if want.state == "present" and not want.error and want.values.get(PATH.name)]
        for want in sorted(named, key=lambda want: str(want.values[PATH.name]).count("/")):
            domain, path = want.values[DOMAIN.name], want.values[PATH.name]
            if above(path) and (domain, above(path)) not in coming:
                if above(path) not in directory.org_units(client, client.domain(domain)):
                    want.error = Refused(f"there is no org unit {above(path)}: create it first, or list it too")
                    continue
            coming.add((domain, path))
        client.known[COMING] = coming

    def prepare(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        managed = [want.values for want in wants if ADMINISTRATORS.name in want.values]
        prepare(client, ((given[DOMAIN.name], given[ADMINISTRATORS.name]) for given in managed))

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
        return client.look_up("roles", lambda: {role["id"] for role in client.call("GET", "/roles/descriptors")})

    def guard(self, client: BluemindClient, change: Change) -> None:
        """A unit stays where it is, and nobody takes away what the task may be working with."""
        super().guard(client, change)
        raw = change.raw or {}
        if change.action == DELETE and change.want.where != "prune":  # of what is pruned nobody knows yet what goes with it
            self.check_empty(client, raw)
        path = change.goals.get(PATH.name) if change.action == UPDATE else None
        if path and above(path) != above(PATH.read(raw)):
            raise Refused(f"a unit stays where it is: {PATH.read(raw)} cannot become {path}")
        if not raw or not own.is_home(client, raw[DOMAIN.name]):
            return
        if change.action == DELETE and raw[UID.name] in own.units(client):
            raise Refused("the account that the task works with administers it, so it stays")
        for name, roles in change.goals.get(ADMINISTRATORS.name, {}).items():
            subject = raw.get("uids", {}).get(name)
            if not subject or not set(ADMINISTRATORS.read(raw)[name]) - set(roles):
                continue
            if subject in own.groups(client):
                raise Refused(f"administrators.{name}: the account that the task works with is in this group, so it keeps its roles")
            if subject == client.account.get("uid"):
                raise Refused(f"administrators.{name}: this is the account that the task works with, so it keeps its roles")

    @staticmethod
    def check_empty(client: BluemindClient, raw: Raw) -> None:
        """:raises Refused: while there are units in it that do not go in this run, or that come."""
        domain, going = raw[DOMAIN.name], client.known.get(GOING, ())
        units = directory.org_units(client, client.domain(domain)).items()
        staying = {path for path, uid in units if not {(domain, path), (domain, uid)} & set(going)}
        staying |= {path for place, path in client.known.get(COMING, ()) if place == domain}
        inside = sorted(path for path in staying if path.startswith(f"{PATH.read(raw)}/"))
        if inside:
            raise Refused(f"there are org units in it: {', '.join(inside)}")

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
