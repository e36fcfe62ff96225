# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users have subscribed to: a share is invisible to whom it was given without it (chapter 13 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

from ..core.errors import BackendError, InvalidInput, NotFound, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, Field, NotAllowed, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from ..core.transport import segment
from . import containers, values
from .client import BluemindClient
from .containers import CONTAINER, KIND, OWNER, PATTERNS
from .directory import DOMAIN
from .subjects import USER as PERSON
from .subjects import learn, subjects

USER = Field("user", shared=True, clean=values.name)
OFFLINE = Field("offline_sync", type="bool", api="offlineSync")
AUTOMOUNT = Field("automount", type="bool")
NOBODY = ""  # stands for a user who does not exist, and so has subscribed to nothing
ONLY_5 = NotAllowed("BlueMind 4 mounts every subscription")


class Subscribed(Part):
    """The subscriptions of one user are one listing, and are made and ended together."""

    few = 0
    together = (CREATE, DELETE)
    fields = (OFFLINE, AUTOMOUNT)

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {DOMAIN.name: want.values[DOMAIN.name], USER.name: want.values[USER.name]}

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Optional[Iterable[Raw]]:
        book = subjects(client, str(scope[DOMAIN.name]))
        found = book.find(str(scope[USER.name]), PERSON)
        if found is None:
            return []
        rows = client.call("GET", f"/users/{segment(book.uid)}/subscriptions/{segment(found.uid)}") or ()
        name = book.name(found.uid)
        return [self.shown(client, row, {DOMAIN.name: book.names[0], USER.name: name, "uid": found.uid}) for row in rows]

    @staticmethod
    def shown(client: BluemindClient, row: Raw, whose: Mapping[str, Any]) -> Raw:
        return {
            **whose,
            "container": row["containerUid"],
            "offlineSync": bool(row.get("offlineSync")),
            "automount": row.get("automount", True) if client.dialect > 4 else ONLY_5,
            "own": bool(row.get("defaultContainer")) and row.get("owner") == whose["uid"],
            "row": row,
        }

    def write(self, client: BluemindClient, call: str, changes: Sequence[Change]) -> Mapping[str, BackendError]:
        """One call for each user."""
        due: Dict[Tuple[str, str], List[Change]] = {}
        for change in changes:
            whose = change.raw or change.want.values
            due.setdefault((whose[DOMAIN.name], whose["uid"]), []).append(change)
        errors: Dict[str, BackendError] = {}
        for (domain, uid), group in due.items():
            path = f"/users/{segment(client.domain(domain))}/subscriptions/{segment(uid)}"
            try:
                if call == CREATE:
                    client.call("POST", f"{path}/_subscribe", repeat=True, json=[wanted(client, change) for change in group])
                else:
                    gone = [change.want.values[CONTAINER.name] for change in group]
                    client.call("POST", f"{path}/_unsubscribe", repeat=True, json=gone)
            except BackendError as exc:
                if exc.fatal:
                    raise
                errors.update(dict.fromkeys((change.name for change in group), exc))
        return errors

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        raw = change.raw or {}
        if item is OFFLINE:
            where = f"/containers/_manage/{segment(raw['container'])}/{segment(raw['uid'])}/offlineSync"
            client.call("PUT" if value else "DELETE", where, repeat=True)
            return
        body = {"containerUid": raw["container"], "offlineSync": change.goals.get(OFFLINE.name, raw["offlineSync"]), "automount": value}
        path = f"/users/{segment(client.domain(raw[DOMAIN.name]))}/subscriptions/{segment(raw['uid'])}"
        client.call("POST", f"{path}/_automount", repeat=True, json=[body])


def wanted(client: BluemindClient, change: Change) -> Dict[str, Any]:
    """A new subscription. The server's own default is to mount it, and not to keep it offline."""
    values_of = {"containerUid": change.want.values[CONTAINER.name], "offlineSync": bool(change.goals.get(OFFLINE.name))}
    return {**values_of, "automount": change.want.values.get(AUTOMOUNT.name, True)} if client.dialect > 4 else values_of


class Subscription(Resource):
    kind, plural = "subscription", "subscriptions"
    identities = ((CONTAINER, USER, DOMAIN), (KIND, OWNER, USER, DOMAIN))
    parts = (Subscribed(),)
    prune_scope = ("domain", "user")

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        if set(scope) != {DOMAIN.name, USER.name}:
            raise ValueError("it must name both domain and user: subscriptions are listed by user")
        return scope

    def check_scope(self, client: BluemindClient, scope: Mapping[str, Any]) -> None:
        if subjects(client, str(scope[DOMAIN.name])).find(str(scope[USER.name]), PERSON) is None:
            raise Refused(f"prune_scope: no user of {scope[DOMAIN.name]} is called {scope[USER.name]}")

    def label(self, values: Mapping[str, Any]) -> str:
        what = values.get(CONTAINER.name) or (values.get(OWNER.name) and f"{values.get(KIND.name) or 'container'} of {values[OWNER.name]}")
        return f"{what} for {values[USER.name]}" if what and values.get(USER.name) else ""

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        client.forget()
        learn(client, ((want.values[DOMAIN.name], want.values.get(name)) for want in wants for name in (USER.name, OWNER.name)))
        for want in wants:
            try:
                self.locate(client, want)
            except (NotFound, Refused) as exc:
                want.error = Refused(str(exc))
        coming = [want for want in wants if not want.error and want.state == "present"]
        found = containers.descriptors(client, (want.values[CONTAINER.name] for want in coming))
        for want in coming:
            if want.values[CONTAINER.name] not in found:
                want.error = Refused(f"there is no container {want.values[CONTAINER.name]}, or this account may not see it")
            elif want.values.get(AUTOMOUNT.name) is not None and client.dialect == 4:
                want.error = Refused(f"automount cannot be set: {ONLY_5.reason}")
        twice = self._twice([want for want in wants if not want.error])
        if twice:
            raise InvalidInput("; ".join(fault for fault, both in twice[:5]))

    @staticmethod
    def locate(client: BluemindClient, want: Want) -> None:
        """Call domain, user and container by what the server calls them. What is to be absent may be of somebody who is gone."""
        given, gone = want.values, want.state == "absent"
        book = subjects(client, given[DOMAIN.name])
        given[DOMAIN.name] = book.names[0]
        kind, owner = given.pop(KIND.name, None), given.pop(OWNER.name, None)
        person = book.find(given[USER.name], PERSON)
        if person is None and not gone:
            raise Refused(f"no user is called {given[USER.name]} in {book.names[0]}")
        given["uid"] = person.uid if person else NOBODY
        given[USER.name] = book.name(person.uid) if person else given[USER.name]
        if owner is None:
            return
        if not kind:
            raise Refused("owner needs kind beside it")
        found = book.find(owner, *PATTERNS[kind])
        if found is None and not gone:
            containers.named(book, kind, owner)
        uid = containers.uid_of(kind, found) if found else f"no {kind} of {owner}"
        if given.setdefault(CONTAINER.name, uid) != uid and found:
            raise Refused(f"the {kind} of {owner} is {uid}, and {given[CONTAINER.name]} was given beside it")

    def guard(self, client: BluemindClient, change: Change) -> None:
        if change.action == DELETE and (change.raw or {}).get("own"):
            raise Refused("users keep the subscriptions to what is their own by default")


SUBSCRIPTION = Subscription()
TASK = ResourceTask(SUBSCRIPTION, BluemindClient)


class SubscriptionInfo(InfoTask):
    """What a user has subscribed to, or who has subscribed to a container."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if not params[DOMAIN.name]:
            raise InvalidInput("domain must be given")
        if bool(params[KIND.name]) != bool(params[OWNER.name]) or (params[CONTAINER.name] and params[OWNER.name]):
            raise InvalidInput("a container is named by container, or by kind and owner")
        if not (params[USER.name] or params[CONTAINER.name] or params[OWNER.name]):
            raise InvalidInput("give user, or container, or kind and owner")

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        client.forget()
        part, book = self.resource.parts[0], subjects(client, params[DOMAIN.name])
        container, users = params[CONTAINER.name], [params[USER.name]]
        if params[OWNER.name]:
            container = containers.named(book, params[KIND.name], params[OWNER.name])
        if not params[USER.name]:
            users = client.call("GET", f"/users/{segment(book.uid)}/subscriptions/_subscribers/{segment(container)}") or []
        elif book.find(params[USER.name], PERSON) is None:
            raise Refused(f"no user is called {params[USER.name]} in {book.names[0]}")
        rows = [row for user in users for row in part.list(client, {DOMAIN.name: book.names[0], USER.name: user}) or ()]
        rows = [row for row in rows if not container or row["container"] == container]
        owners = {row["container"]: containers.owner_of({**row["row"], "domainUid": book.uid}) for row in rows}
        called = book.called(owner.uid for owner in owners.values() if owner.kind)
        for row in rows:
            owner = owners[row["container"]]
            kind = containers.well_known(row["container"], owner)
            if kind:
                row.update(kind=kind, owner=called[owner.uid])
        return sorted(rows, key=lambda row: (row[USER.name], row["container"]))


INFO = SubscriptionInfo(SUBSCRIPTION, BluemindClient)
