# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may read or write a mailbox, a calendar, an address book or a list of tasks (chapter 13 of the BlueMind contract)."""

from __future__ import annotations

import sys
from typing import Any, Dict, List, Mapping, Optional, Sequence

from ..core.errors import InvalidInput, NotFound, Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from ..core.transport import segment
from . import containers, values
from .client import BluemindClient
from .containers import CONTAINER, KIND, NOT_BEFORE_5, OWNER, PATTERNS, VERBS, Right, Rules
from .directory import DOMAIN
from .subjects import EVERYBODY, GROUP, MAILSHARE, USER, learn, subjects

SUBJECTS = (USER, GROUP, EVERYBODY)
ADMINISTRATORS = {"systemManagement", "admin", "manageUserSharings"}  # roles that need no right on a container


def entry(value: Mapping[str, Any]) -> Dict[str, Any]:
    """A subject and a verb; to remove all that a subject has, only the subject."""
    return {"subject": values.name(value.get("subject") or ""), **({"verb": value["verb"]} if value.get("verb") else {})}


def right(value: Mapping[str, Any]) -> Right:
    return str(value["subject"]), str(value.get("verb") or "")


ENTRIES = Field(
    "entries",
    type="list",
    elements="dict",
    suboptions={"subject": {"type": "str", "required": True}, "verb": {"type": "str", "choices": list(VERBS)}},
    mode="add",
    send=(UPDATE,),
    clean=entry,
    norm=right,
)


class Acl(Part):
    """The rights on one container, those of its owner left out. Chapter 13: compared without what others imply."""

    fields = (ENTRIES,)
    few = sys.maxsize

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = read(client, want.values["descriptor"])
        strange = set(want.values["unknown"]) - set(found["uids"])
        if strange and want.modes.get(ENTRIES.name, ENTRIES.mode) != "remove":
            who = subjects(client, found["domain"]).names[0]
            raise Refused(f"no user and no group of {who} is called {', '.join(sorted(strange))}")
        given = [right(each) for each in want.values.get(ENTRIES.name, ())]
        if want.modes.get(ENTRIES.name, ENTRIES.mode) == "set":
            return found
        # What is implied is there: it need not be added, and what implies it has to go where it is removed.
        have = [right(each) for each in found[ENTRIES.name]]
        implied = [each for each in given if each not in have and rules(client, found).above(each[1]) & verbs(have, each[0])]
        return {**found, ENTRIES.name: found[ENTRIES.name] + [{"subject": subject, "verb": verb} for subject, verb in implied]}

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        """The whole list at once, with the owner's own rights, which nobody else may lose."""
        raw = change.raw or {}
        uids = {**raw["uids"], **change.want.values["uids"]}
        rights = rules(client, raw).compact(right(each) for each in value)
        entries = [*raw["own"], *({"subject": uids[subject], "verb": verb} for subject, verb in rights)]
        client.call("PUT", f"/containers/_manage/{segment(raw['container'])}/_acl", repeat=True, json=entries)


def verbs(rights: Sequence[Right], subject: str) -> set[str]:
    return {verb for name, verb in rights if name == subject}


def rules(client: BluemindClient, container: Mapping[str, Any]) -> Rules:
    return Rules(client.dialect, container["of_mailshare"])


def read(client: BluemindClient, descriptor: Mapping[str, Any]) -> Raw:
    """The rights of a container, its subjects by their names."""
    owner, book = containers.owner_of(descriptor), subjects(client, descriptor["domainUid"])
    found = client.call("GET", f"/containers/_manage/{segment(descriptor['uid'])}/_acl") or ()
    rights = [(str(each["subject"]), str(each["verb"])) for each in found]
    out: Raw = {
        "container": descriptor["uid"],
        "domain": book.names[0],
        "of_mailshare": owner.kind == MAILSHARE,
    }
    kind = containers.well_known(descriptor["uid"], owner)
    compact = rules(client, out).compact(rights)
    theirs = [(subject, verb) for subject, verb in compact if subject != owner.uid]
    called = book.called([subject for subject, _verb in theirs] + ([owner.uid] if kind else []))
    return {
        **out,
        **({"kind": kind, "owner": called[owner.uid]} if kind else {}),
        "own": [{"subject": subject, "verb": verb} for subject, verb in compact if subject == owner.uid],
        "uids": {called[subject]: subject for subject, _verb in theirs},
        ENTRIES.name: [{"subject": called[subject], "verb": verb} for subject, verb in sorted(theirs)],
    }


class Sharing(Resource):
    kind, plural = "container", "containers"
    identities = ((CONTAINER,), (KIND, OWNER, DOMAIN))
    parts = (Acl(),)
    states = {"present": {}}

    def label(self, values: Mapping[str, Any]) -> str:
        if values.get(OWNER.name) and not values.get(CONTAINER.name):
            return f"{values.get(KIND.name) or 'container'} of {values[OWNER.name]}"
        return super().label(values)

    def finish(self, want: Want) -> None:
        if want.modes.get(ENTRIES.name, ENTRIES.mode) != "remove":
            bare = [each["subject"] for each in want.values.get(ENTRIES.name, ()) if "verb" not in each]
            if bare:
                raise ValueError(f"verb must be given for {', '.join(bare)}; only to remove all rights it may be left out")

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        client.forget()
        named = [(want.values.get(DOMAIN.name), want.values) for want in wants]
        people = [(domain, each["subject"]) for domain, values in named for each in values.get(ENTRIES.name, ())]
        learn(client, [*people, *((domain, values.get(OWNER.name)) for domain, values in named)])
        for want in wants:
            try:
                locate(client, want)
            except (NotFound, Refused) as exc:
                want.error = Refused(str(exc))
        found = containers.descriptors(client, (want.values[CONTAINER.name] for want in wants if not want.error))
        for want in wants:
            if want.error:
                continue
            descriptor = found.get(want.values[CONTAINER.name])
            if descriptor is None:
                want.error = Refused(f"there is no container {want.values[CONTAINER.name]}, or this account may not see it")
                continue
            want.values["descriptor"] = descriptor
            try:
                self.references(client, want, descriptor)
            except Refused as exc:
                want.error = exc
        twice = self._twice([want for want in wants if not want.error])
        if twice:
            raise InvalidInput("; ".join(fault for fault, both in twice[:5]))

    @staticmethod
    def references(client: BluemindClient, want: Want, descriptor: Mapping[str, Any]) -> None:
        """Call each subject by its own name, drop the owner, and bring the list into the form in which lists are compared."""
        book, owner = subjects(client, descriptor["domainUid"]), containers.owner_of(descriptor)
        given, mode = want.values.get(ENTRIES.name, []), want.modes.get(ENTRIES.name, ENTRIES.mode)
        book.learn(each["subject"] for each in given)
        rights: List[Right] = []
        uids: Dict[str, str] = {}
        unknown = []
        for subject, verb in map(right, given):
            if client.dialect == 4 and verb in NOT_BEFORE_5:
                raise Refused(f"BlueMind 4 has no verb {verb}")
            found = book.find(subject, *SUBJECTS)
            if found is None:
                unknown.append(subject)
            elif found.uid == owner.uid:
                if mode == "remove":
                    raise Refused(f"{subject} is the owner, whose rights are never taken away")
                continue
            elif found.kind == EVERYBODY and descriptor.get("type") == "mailboxacl" and owner.kind == USER and mode != "remove":
                raise Refused(f"{subject} means everybody, and the mailbox of a user cannot be shared with everybody")
            name = book.name(found.uid) if found else subject
            uids[name] = found.uid if found else subject
            rights.append((name, verb))
        names = Rules(client.dialect, owner.kind == MAILSHARE)
        if mode == "remove":
            everything = [(name, each) for name, verb in rights for each in ((verb, *sorted(names.above(verb))) if verb else VERBS)]
            rights = list(dict.fromkeys(everything))
        else:
            rights = names.compact(rights)
        want.values.update(uids=uids, unknown=unknown)
        if ENTRIES.name in want.values:
            want.values[ENTRIES.name] = [{"subject": name, "verb": verb} for name, verb in rights]

    def guard(self, client: BluemindClient, change: Change) -> None:
        """Who may share this only because of a right on it keeps that right."""
        raw, account = change.raw or {}, client.account
        if set(account.get("roles") or ()) & ADMINISTRATORS:
            return
        own = {name for name, uid in raw["uids"].items() if uid == account.get("uid")}
        held, left = ([right(each) for each in entries] for entries in (raw[ENTRIES.name], change.goals.get(ENTRIES.name, [])))
        names = {"Manage", *rules(client, raw).above("Manage")}
        for name in own:
            if verbs(held, name) & names and not verbs(left, name) & names:
                raise Refused(f"{name} is the account that the task works with: without Manage it could not go on")


def locate(client: BluemindClient, want: Want) -> None:
    """Turn kind and owner into the uid of a container. :raises Refused: where there is none."""
    kind, owner, domain = (want.values.pop(item.name, None) for item in (KIND, OWNER, DOMAIN))
    if owner is None:
        return
    if not (kind and domain):
        raise Refused("kind, owner and domain must be given together")
    uid = containers.named(subjects(client, domain), kind, owner)
    if want.values.setdefault(CONTAINER.name, uid) != uid:
        raise Refused(f"the {kind} of {owner} is {uid}, and {want.values[CONTAINER.name]} was given beside it")


SHARING = Sharing()
TASK = ResourceTask(SHARING, BluemindClient)


class SharingInfo(InfoTask):
    """One container, or those that an owner has."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if bool(params[CONTAINER.name]) == bool(params[OWNER.name]):
            raise InvalidInput("give either container, or owner and domain, and (for one of the owner's containers) kind")
        if params[OWNER.name] and not params[DOMAIN.name]:
            raise InvalidInput("owner needs domain")

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        client.forget()
        uids = [params[CONTAINER.name]] if params[CONTAINER.name] else self.of_owner(client, params)
        found = containers.descriptors(client, uids)
        if params[CONTAINER.name] and not found:
            raise Refused(f"there is no container {params[CONTAINER.name]}, or this account may not see it")
        return [read(client, found[uid]) for uid in uids if uid in found]

    @staticmethod
    def of_owner(client: BluemindClient, params: Mapping[str, Any]) -> List[str]:
        book = subjects(client, params[DOMAIN.name])
        if params[KIND.name]:
            return [containers.named(book, params[KIND.name], params[OWNER.name])]
        owner = book.find(params[OWNER.name])
        if owner is None:
            raise Refused(f"nobody is called {params[OWNER.name]} in {book.names[0]}")
        return [containers.uid_of(kind, owner) for kind, patterns in PATTERNS.items() if owner.kind in patterns]


INFO = SharingInfo(SHARING, BluemindClient)
