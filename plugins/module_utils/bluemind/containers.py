# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Containers, which hold what people share: how they are called, whose they are, what a right on one implies (chapter 13 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Set, Tuple

from ..core.errors import Refused
from ..core.spec import Field, Raw
from . import values
from .client import BluemindClient
from .subjects import EVERYBODY, MAILSHARE, RESOURCE, USER, Entity, Subjects

PATTERNS: Mapping[str, Mapping[str, str]] = {  # kind -> kind of its owner -> uid
    "mailbox": {USER: "mailbox:acls-{}", MAILSHARE: "mailbox:acls-{}"},
    "calendar": {USER: "calendar:Default:{}", RESOURCE: "calendar:{}"},
    "contacts": {USER: "book:Contacts_{}", EVERYBODY: "addressbook_{}"},
    "todolist": {USER: "todolist:default_{}"},
}
PLACES = {"users": USER, "mailshares": MAILSHARE, "resources": RESOURCE}  # in the path of a directory entry -> kind

CONTAINER = Field("container", clean=values.name)
KIND = Field("kind", choices=tuple(PATTERNS))
OWNER = Field("owner", clean=values.name)

VERBS = ("Visible", "Invitation", "Freebusy", "SendOnBehalf", "SendAs", "Read", "ReadExtended", "Write", "Manage", "All")
NOT_BEFORE_5 = ("Visible", "SendAs", "ReadExtended")
IMPLIED: Mapping[int, Mapping[str, Tuple[str, ...]]] = {
    4: {"Read": ("Invitation",), "Write": ("Read", "SendOnBehalf"), "All": ("Write", "Manage")},
    5: {
        "Freebusy": ("Invitation",),
        "SendAs": ("SendOnBehalf",),
        "Read": ("Freebusy",),
        "ReadExtended": ("Read",),
        "Write": ("Read",),
        "All": ("Write", "Manage", "SendOnBehalf", "SendAs", "ReadExtended"),
    },
}

Right = Tuple[str, str]  # subject, verb


class Rules:
    """What a right brings with it, on one container of one generation of the server."""

    def __init__(self, dialect: int, of_mailshare: bool) -> None:
        self.implied = dict(IMPLIED[dialect])
        if dialect == 5 and of_mailshare:  # the server adds and removes it by itself (chapter 10)
            self.implied["Write"] = (*self.implied["Write"], "SendAs")

    def below(self, verb: str) -> Set[str]:
        """All that a verb implies."""
        out: Set[str] = set()
        for each in self.implied.get(verb, ()):
            out |= {each} | self.below(each)
        return out

    def above(self, verb: str) -> Set[str]:
        """All that imply a verb."""
        return {each for each in VERBS if verb in self.below(each)}

    def compact(self, rights: Iterable[Right]) -> List[Right]:
        """Without what other rights of the same subject imply."""
        known = list(dict.fromkeys(rights))
        return [(subject, verb) for subject, verb in known if not self.above(verb) & {other for name, other in known if name == subject}]


def uid_of(kind: str, owner: Entity) -> str:
    return PATTERNS[kind][owner.kind].format(owner.uid)


def named(subjects: Subjects, kind: str, owner: str) -> str:
    """The uid of the container of this kind that an owner has. :raises Refused: if nobody who has one is called so."""
    found = subjects.find(owner, *PATTERNS[kind])
    if found is None:
        raise Refused(f"no {' or '.join(PATTERNS[kind])} is called {owner} in {subjects.names[0]}, so there is no such {kind}")
    return uid_of(kind, found)


def descriptors(client: BluemindClient, uids: Iterable[str]) -> Dict[str, Raw]:
    """Those that exist, as far as this account may see them."""
    wanted = list(dict.fromkeys(uids))
    return {row["uid"]: row for row in client.ask("/containers/_manage/_mget", wanted) or ()} if wanted else {}


def owner_of(descriptor: Mapping[str, Any]) -> Entity:
    """Whose it is; of an unknown kind where that is none of ours."""
    uid = values.text(descriptor.get("owner"))
    if uid == descriptor.get("domainUid"):
        return Entity(uid, EVERYBODY)
    place = values.text(descriptor.get("ownerDirEntryPath")).split("/")
    return Entity(uid, PLACES.get(place[1], "") if len(place) == 3 else "")


def well_known(uid: str, owner: Entity) -> str:
    """The kind of which this owner has this container; nothing for further calendars and the like."""
    kinds = (kind for kind, patterns in PATTERNS.items() if owner.kind in patterns and uid_of(kind, owner) == uid)
    return next(kinds, "")
