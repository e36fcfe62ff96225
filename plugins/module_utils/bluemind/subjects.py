# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is meant by a name, and what to call who is meant (chapters 5.6, 7, 8, 14 of the BlueMind contract).

Users are called by their logins, mailshares, groups and resources by their names, everybody by the name of the domain. What shares its name with
a user, or has none, is called by its uid.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any, Dict, Iterable, Mapping, NamedTuple, Optional

from ..core.errors import NotFound, Refused
from ..core.spec import Raw
from ..core.transport import segment
from . import directory, values
from .client import BluemindClient, domain_names

USER, GROUP, MAILSHARE, RESOURCE, EVERYBODY = "user", "group", "mailshare", "resource", "domain"
KINDS = {"USER": USER, "GROUP": GROUP, "MAILSHARE": MAILSHARE, "RESOURCE": RESOURCE}
MANY = 20  # names above which everything is read at once


class Entity(NamedTuple):
    uid: str
    kind: str


class Subjects:
    """The entries of one domain that can have or be given something; each is looked up once a run."""

    def __init__(self, client: BluemindClient, domain: Mapping[str, Any]) -> None:
        self.client, self.uid = client, str(domain["uid"])
        self.names = domain_names(domain)
        self._found: Dict[str, Optional[Entity]] = {}  # by the name that was asked for
        self._called: Dict[str, str] = {}  # uid -> name
        self.busy = False  # so many objects will have to be named that everything is read at once
        self._reading = threading.Lock()
        self._all: Optional[Dict[str, Dict[str, Entity]]] = None  # everything, by "box", "address", "group", "resource" and "uid"

    def learn(self, names: Iterable[str]) -> None:
        """Prepare to look for so many names: by three requests, where that is fewer."""
        if len({name.strip() for name in names} - set(self._found)) > MANY:
            self.read()

    def read(self) -> None:
        """Everything there is, once for all threads."""
        with self._reading:
            if self._all is None:
                with suppress(Refused):  # who may not list mailboxes may still look for one
                    self._all = self._read()
            self.busy = False

    def find(self, name: str, *kinds: str) -> Optional[Entity]:
        """A user by login, address or uid; a mailshare, a group or a resource by name, address or uid; the domain by any of its names.

        :param kinds: what it may be; default: anything. A user wins over a group of the same name.
        """
        text = name.strip()
        if text not in self._found:
            self._found[text] = self._look_up(text)
        found = self._found[text]
        if found and kinds and found.kind not in kinds:
            ways = {GROUP: self._group, RESOURCE: self._resource}
            others = (ways[kind](text) for kind in kinds if kind in ways and "@" not in text)
            return next(filter(None, others), None)
        return found

    def name(self, uid: str) -> str:
        """What to call it; the uid itself of what is there no longer."""
        return self.called([uid])[uid]

    def called(self, uids: Iterable[str]) -> Dict[str, str]:
        wanted = list(dict.fromkeys(uids))
        self._called.setdefault(self.uid, self.names[0])
        if self.busy and any(uid not in self._called for uid in wanted):
            self.read()
        unknown = [uid for uid in wanted if uid not in self._called]
        if unknown:
            rows = {row["uid"]: row["value"] for row in self.client.ask(f"/directory/{segment(self.uid)}/_mget", unknown) or ()}
            people = [uid for uid in unknown if rows.get(uid, {}).get("kind") in ("USER", "MAILSHARE")]
            boxes = self.client.ask(f"/mailboxes/{segment(self.uid)}/_mget", people) or () if people else ()
            logins = {row["uid"]: str(row["value"]["name"]) for row in boxes}
            for uid in unknown:
                name = logins.get(uid) or values.text(rows.get(uid, {}).get("displayName"))
                found = self.find(name) if name else None
                self._called[uid] = name if found and found.uid == uid else uid
        return {uid: self._called[uid] for uid in wanted}

    # The ways to one name

    def _look_up(self, text: str) -> Optional[Entity]:
        if text.casefold() in (*self.names, self.uid):
            return Entity(self.uid, EVERYBODY)
        if "@" in text:
            login, _at, place = text.lower().rpartition("@")
            return self._address(text.lower()) or (self._box(login) if place in (*self.names, self.uid) else None)
        return self._box(text.lower()) or self._group(text) or self._by_uid(text) or self._resource(text)

    def _address(self, text: str) -> Optional[Entity]:
        if self._all is not None:
            return self._all["address"].get(text)
        return _entity(self.client.call("GET", f"/directory/{segment(self.uid)}/_byEmail/{segment(text)}"))

    def _box(self, text: str) -> Optional[Entity]:
        if self._all is not None:
            return self._all["box"].get(text)
        row = self.client.call("GET", f"/mailboxes/{segment(self.uid)}/_byname", params={"name": text})
        if not row or row["value"].get("type") not in (USER, MAILSHARE):
            return None
        self._called[str(row["uid"])] = str(row["value"]["name"])
        return Entity(str(row["uid"]), row["value"]["type"])

    def _group(self, text: str) -> Optional[Entity]:
        if self._all is not None:
            return self._all["group"].get(text)
        row = self.client.call("GET", f"/groups/{segment(self.uid)}/byName/{segment(text)}")
        return Entity(str(row["uid"]), GROUP) if row else None

    def _by_uid(self, text: str) -> Optional[Entity]:
        if self._all is not None:
            return self._all["uid"].get(text)
        if set(text) & set("/ "):
            return None
        return _entity(self.client.call("GET", f"/directory/{segment(self.uid)}/entry-uid/{segment(text)}"))

    def _resource(self, text: str) -> Optional[Entity]:
        """By its label, if there is only one of that label."""
        if self._all is not None:
            return self._all["resource"].get(text)
        rows = [row["value"] for row in directory.search(self.client, self.uid, "RESOURCE", nameFilter=text)]
        hits = [row for row in rows if row.get("displayName") == text]
        return _entity(hits[0]) if len(hits) == 1 else None

    def _read(self) -> Dict[str, Dict[str, Entity]]:
        """Everything: names and addresses from the mailboxes, the rest from the directory."""
        out: Dict[str, Dict[str, Entity]] = {way: {} for way in ("box", "address", "group", "resource", "uid")}
        for row in self.client.call("GET", f"/mailboxes/{segment(self.uid)}/_list"):
            entity = Entity(str(row["uid"]), row["value"].get("type") or "")
            if entity.kind in (USER, MAILSHARE):
                out["box"][str(row["value"]["name"])] = entity
                self._called[entity.uid] = str(row["value"]["name"])
            for each in row["value"].get("emails") or ():
                local = str(each["address"]).partition("@")[0]
                everywhere = [f"{local}@{place}" for place in self.names] if each.get("allAliases") else []
                out["address"].update(dict.fromkeys([str(each["address"]).lower(), *everywhere], entity))
        labels: Dict[str, list[Raw]] = {}
        for row in directory.search(self.client, self.uid, *KINDS):
            entity = Entity(str(row["uid"]), KINDS[row["value"]["kind"]])
            out["uid"][entity.uid] = entity
            name = values.text(row["value"].get("displayName"))
            if entity.kind == GROUP:
                out["group"][name] = entity
            elif entity.kind == RESOURCE:
                labels.setdefault(name, []).append(row)
        out["resource"] = {name: Entity(str(rows[0]["uid"]), RESOURCE) for name, rows in labels.items() if len(rows) == 1}
        return out


def subjects(client: BluemindClient, domain: str) -> Subjects:
    """Those of a domain, by any of its names. :raises NotFound: for an unknown domain."""
    item = client.domain_named(domain)
    return client.look_up(f"subjects of {item['uid']}", lambda: Subjects(client, item))


def learn(client: BluemindClient, names: Iterable[tuple[Any, Any]]) -> None:
    """Prepare to look for all names of a run, given with their domains."""
    by_domain: Dict[str, set[str]] = {}
    for domain, name in names:
        if domain and name:
            by_domain.setdefault(str(domain), set()).add(str(name))
    for domain, wanted in by_domain.items():
        with suppress(NotFound):  # it is refused where it is needed
            subjects(client, domain).learn(wanted)


def prepare(client: BluemindClient, lists: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Prepare to look for the names of many objects, each given as its domain and its names, and to name whom those objects hold."""
    objects: Dict[str, list[Iterable[str]]] = {}
    for domain, names in lists:
        objects.setdefault(domain, []).append(names)
    for domain, found in objects.items():
        with suppress(NotFound):  # it is refused where it is needed
            book = subjects(client, domain)
            book.busy = len(found) > MANY
            book.learn(name for names in found for name in names)


def _entity(entry: Optional[Mapping[str, Any]]) -> Optional[Entity]:
    kind = KINDS.get(str(entry.get("kind"))) if entry else None
    return Entity(str(entry["entryUid"]), kind) if entry and kind else None
