# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access rights of containers, which 4.x keeps literally and 5.x compacts and expands (contract 13)."""

from __future__ import annotations

from .errors import ServerFault
from .store import Container, Domain

IMPLIED_5 = {
    "Freebusy": ("Invitation",),
    "SendAs": ("SendOnBehalf",),
    "Read": ("Freebusy",),
    "ReadExtended": ("Read",),
    "Write": ("Read",),
    "All": ("Write", "Manage", "SendOnBehalf", "SendAs", "ReadExtended"),
}
IMPLIED_4 = {"Read": ("Invitation",), "Write": ("Read", "SendOnBehalf"), "All": ("Write", "Manage")}


def expanded(verb: str, generation: int) -> list[str]:
    """The verb and all that it implies."""
    implied = IMPLIED_4 if generation < 50 else IMPLIED_5
    found = [verb]
    for part in implied.get(verb, ()):
        found += [name for name in expanded(part, generation) if name not in found]
    return found


def compacted(entries: list[list[str]], generation: int) -> list[list[str]]:
    kept = []
    for subject, verb in dict.fromkeys((subject, verb) for subject, verb in entries):
        others = [other for name, other in entries if name == subject and other != verb]
        if not any(verb in expanded(other, generation) for other in others):
            kept.append([subject, verb])
    return kept


def store(domain: Domain, container: Container, entries: list[dict], generation: int) -> None:
    """Replace the whole list."""
    for entry in entries:
        if entry is None or not entry["subject"] or not entry["verb"]:
            raise ServerFault("FAILURE", "Access control entry needs a subject and a verb")
    owner = domain.entries.get(container.owner)
    if container.type == "mailboxacl" and owner and owner.kind == "USER" and any(entry["subject"] == domain.uid for entry in entries):
        raise ServerFault("FORBIDDEN", "Public sharing for user mailbox is forbidden")
    pairs = [[entry["subject"], entry["verb"]] for entry in entries]
    if generation < 50:
        container.acl = pairs
        return
    if container.type == "mailboxacl" and owner and owner.kind == "MAILSHARE":
        pairs = _mailshare(container.acl, pairs)
    container.acl = compacted(pairs, generation)


def _mailshare(before: list[list[str]], pairs: list[list[str]]) -> list[list[str]]:
    """Write brings SendAs, and takes it away with it."""
    writers = {subject for subject, verb in pairs if verb == "Write"}
    lost = {subject for subject, verb in before if verb == "Write"} - writers
    kept = [pair for pair in pairs if not (pair[0] in lost and pair[1] == "SendAs")]
    return kept + [[subject, "SendAs"] for subject in sorted(writers) if [subject, "SendAs"] not in kept]


def shown(domain: Domain | None, container: Container, generation: int) -> list[dict]:
    if generation < 50:
        return [{"subject": subject, "verb": verb} for subject, verb in container.acl]
    owner = domain.entries.get(container.owner) if domain else None
    pairs = dict.fromkeys(
        (subject, each)
        for subject, verb in container.acl
        if not (owner and owner.kind == "USER" and subject == container.owner)
        for each in expanded(verb, generation)
    )
    if owner and owner.kind == "USER":
        pairs |= dict.fromkeys((container.owner, verb) for verb in expanded("All", generation))
    return [{"subject": subject, "verb": verb} for subject, verb in pairs]


def verbs_of(call, container: Container) -> set[str]:
    """What the caller may do with a container."""
    caller = call.caller
    if caller.system or (caller.domain == container.domain and (caller.uid == container.owner or "admin" in caller.roles)):
        return set(expanded("All", call.generation))
    if caller.domain != container.domain:
        return set()
    return granted(container, {caller.uid, *caller.groups}, call.generation)


def granted(container: Container, subjects: set[str], generation: int) -> set[str]:
    subjects = subjects | {container.domain}
    return {each for subject, verb in container.acl if subject in subjects for each in expanded(verb, generation)}
