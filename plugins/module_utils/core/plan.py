# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must happen to one object: the comparison of what is there with what is wanted. Sends nothing itself."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from .errors import BackendError, Refused
from .spec import ASSIGNED, CALL, CREATE, DELETE, EMPTY, HIDDEN, UNREADABLE, UPDATE, Field, NotAllowed, Part, Raw, Resource, Want, known

NONE, RENAME = "none", "rename"


@dataclass
class Change:
    """One object on its way. The plan is kept as it was made; what happened to it is written beside it."""

    resource: Resource
    want: Want
    raw: Optional[Raw] = None
    action: str = NONE  # none, create, update, delete
    goals: dict[str, Any] = field(default_factory=dict)  # option -> value that the object must end up with; only what differs
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    quiet: set[str] = field(default_factory=set)  # goals that are sent each time and are no change
    unverified: list[str] = field(default_factory=list)  # what cannot be read back
    notes: list[str] = field(default_factory=list)
    renamed: Optional[str] = None  # its former name, until it has the new one
    secrets: dict[str, Optional[bool]] = field(default_factory=dict)  # option -> whether the secret is the wanted one: see ``plan``

    error: Optional[BackendError] = None
    attempted: bool = False
    steps: list[str] = field(default_factory=list)  # one for each round that was begun
    written: bool = False
    sent: set[str] = field(default_factory=set)  # options; of a deletion, what is gone already although the object may stay
    refused: dict[str, BackendError] = field(default_factory=dict)
    deferred: list[str] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)  # lists of which this run can write a part; the rest is deferred
    dropped: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.want.name

    @property
    def ids(self) -> dict[str, Any]:
        """What the backend calls the object, where its name alone may not say it."""
        out = {}
        for item in self.resource.ids:
            now = item.read(self.raw) if self.raw else self.want.values.get(item.name)
            value = self.after.get(item.name, now)
            if known(value):
                out[item.name] = value
        return out

    @property
    def fields(self) -> list[str]:
        """What differs and is written, as the report names it."""
        if self.action == UPDATE:
            return sorted(self.undeferred({**self.after, **self.before}))
        return []

    def undeferred(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Without what waits for another run."""
        return {label: value for label, value in values.items() if option(label) not in self.deferred}

    @property
    def pending(self) -> set[str]:
        """The options that still have to be written."""
        return {*self.goals, *([self.resource.key[0].name] if self.renamed else [])}

    @property
    def step(self) -> str:
        """What a round has to do. After a creation and a renaming the rest waits for the next round, which knows the object."""
        if self.action == DELETE or self.raw is None:
            return DELETE if self.action == DELETE else CREATE
        return RENAME if self.renamed else UPDATE

    @property
    def spent(self) -> bool:
        """Whether that was tried twice already."""
        return self.steps.count(self.step) > 1

    @property
    def due(self) -> bool:
        """Whether there is anything to write."""
        if self.action == UPDATE:
            return bool(self.renamed or set(self.goals) - set(self.deferred))
        return self.action != NONE

    @property
    def changed(self) -> bool:
        """Whether the object was changed, or (before anything was attempted) will be."""
        if self.action == UPDATE and not (self.after or self.before or self.renamed):
            return False  # only what is sent each time and is no change
        return self.written if self.attempted else self.due and self.error is None

    def sending(self, call: str, part: Part) -> list[Field]:
        """The fields of a part that this call has to carry."""
        return [item for item in part.fields if call in item.send and item.name in self.goals and item.name not in self.deferred]

    def wire(self, call: str, part: Part) -> dict[str, Any]:
        """The same as names and values on the wire; an update repeats what it would blank otherwise."""
        out = self.resent(part) if call == UPDATE else {}
        for item in self.sending(call, part):
            out[(call == CREATE and item.create_as) or item.wire_name] = item.encode(self.goals[item.name])
        return out

    def steering(self, call: str) -> dict[str, Any]:
        """The options that steer this call, as names and values on the wire."""
        given = {item: self.want.values.get(item.name) for item in self.resource.steering if {call, CALL} & set(item.send)}
        return {item.wire_name: item.encode(value) for item, value in given.items() if value is not None}

    def merged(self, part: Part, call: str = UPDATE) -> Raw:
        """The whole object as an update (or a creation) has to send it: what was read, keys unknown here too, overlaid with what differs.

        A secret that is not written is left out, for what was read in its place is a mask.
        """
        out = copy.deepcopy(self.raw or {})
        sending = self.sending(call, part)
        for item in part.fields:
            if item not in sending and not item.secret:
                continue
            *path, last = item.path
            place = out
            for step in path:
                if not isinstance(place.get(step), dict):
                    place[step] = {}
                place = place[step]
            before = place.pop(last, None)
            if item in sending:
                value = item.encode(self.goals[item.name])
                place[last] = {**(before or {}), **value} if item.is_map else value
        return out

    def value(self, name: str) -> Any:
        """What was asked for, changed or not; None if it was not given."""
        return self.want.values.get(name)

    def difference(self, item: Field) -> tuple[list[Any], list[Any]]:
        """What has to be added to a list, and what removed; of one that cannot be read, what was given."""
        have, want = item.read(self.raw) if self.raw else [], self.goals[item.name]
        if have is UNREADABLE:
            return ([], want) if self.want.modes.get(item.name, item.mode) == "remove" else (want, [])
        before, after = ({item.norm(element): element for element in value or ()} for value in (have, want))
        return (
            [element for key, element in after.items() if key not in before],
            [element for key, element in before.items() if key not in after],
        )

    def resent(self, part: Part) -> dict[str, Any]:
        """Current values, on the wire, that an update of this part would blank if it did not repeat them."""
        out = {}
        for item in part.fields:
            if not item.resend or item.name in self.goals or self.raw is None:
                continue
            value = item.read(self.raw) if item.readable and not item.secret else UNREADABLE
            if value is UNREADABLE:
                value = self.want.values.get(item.name, UNREADABLE)
            if isinstance(value, NotAllowed) or value is UNREADABLE:
                raise Refused(f"{item.name} must be given: an update repeats it and its present value cannot be read")
            out[item.wire_name] = item.encode(value)
        return out

    def refuse(self, item: Field, exc: BackendError, key: str = "") -> None:
        """The server did not take this field, or this key of an open map."""
        self.refused[f"{item.name}.{key}" if key else item.name] = exc


def plan(
    resource: Resource,
    want: Want,
    raw: Optional[Raw],
    *,
    unreadable: str = "on_create",
    secrets: Mapping[str, Any] | None = None,
    created: bool = False,
) -> Change:
    """Compare.

    :param unreadable: when to send fields that cannot be read: on_create, always, always_quiet.
    :param secrets: by option, whether the secret is the wanted one already (True, False, None: cannot tell); as
        ``update_password`` demands, see the engine. None: leave secrets out, as when reading back.
    :param created: whether this run created the object, so that what is only for new ones is compared too.
    """
    change = Change(resource, want, raw, error=want.error, secrets=dict(secrets or {}))
    if change.error:
        return change
    if raw is not None:
        resource.regard(want, raw)
    if resource.states[want.state] is None:
        if raw is not None:
            change.action = DELETE
            change.before = {name: value for name, value in resource.export(raw, resource.parts).items() if value not in EMPTY}
    elif raw is None:
        _plan_create(change)
    else:
        _plan_update(change, raw, unreadable, created)
    return change


def _plan_create(change: Change) -> None:
    resource, want = change.resource, change.want
    missing = [name for name in resource.created_by if want.values.get(name) in EMPTY]
    if missing:
        change.error = Refused(f"{' and '.join(missing)} must be given to create the {resource.kind} {want.name}")
        return
    change.action = CREATE
    names = {item.name: want.values.get(item.name, ASSIGNED if item.assigned else None) for item in resource.key}
    change.after = {name: value for name, value in names.items() if value is not None}
    for item in resource.fields:
        value = want.values.get(item.name)
        if value is not None:
            value = item.goal([], value, want.modes.get(item.name, item.mode))
        if value in EMPTY:
            if item.assigned and value is None:
                change.after[item.name] = ASSIGNED
            continue
        change.goals[item.name] = value
        change.after.update((label, HIDDEN if item.secret else each) for label, _key, each in _each(item, value))
        if not item.readable and not item.secret:
            change.unverified += [label for label, _key, _value in _each(item, value)]


def _plan_update(change: Change, raw: Raw, unreadable: str, created: bool) -> None:
    want, key = change.want, change.resource.key[0]
    if want.rename_from and key.norm(key.read(raw)) != key.norm(want.values[key.name]):
        change.renamed = key.read(raw)
        change.before[key.name], change.after[key.name] = change.renamed, want.values[key.name]
    for item in change.resource.fields:
        value = want.values.get(item.name)
        if value is None or (item.initial and not created):
            continue
        if item.secret:
            if change.secrets.get(item.name) is False:
                for label, name, each in _each(item, value):
                    _differ(change, item, label, name, each, HIDDEN, HIDDEN)
            continue
        readings = item.readings(raw, value)
        for label, name, each in _each(item, value):
            have = UNREADABLE if want.accepts.get(item.name) is UNREADABLE else readings[label]
            _compare(change, item, label, name, have, each, unreadable)
    change.action = UPDATE if change.goals or change.renamed else NONE


def _each(item: Field, value: Any) -> list[tuple[str, Optional[str], Any]]:
    """All that is compared and reported by itself, with its name in the report: each key of an open map, or the value as a whole."""
    return [(f"{item.name}.{key}", key, each) for key, each in value.items()] if item.is_map else [(item.name, None, value)]


def _compare(change: Change, item: Field, label: str, key: Optional[str], have: Any, want: Any, unreadable: str) -> None:
    mode, further = change.want.modes.get(item.name, item.mode), change.want.accepts.get(item.name)
    entry = item if key is None else item.entry(key, change.want.values)
    if isinstance(have, NotAllowed):
        change.error = Refused(f"{label} cannot be set: {have.reason}")
    elif have is not UNREADABLE:
        goal = entry.goal(have, want, mode, change.want.keeps.get(item.name, ()))
        if entry.is_list and have and not goal and not entry.clearable:
            change.error = Refused(f"{label} cannot become empty: it is {have!r} now")
        if not entry.same(have, goal) and not (further is not None and entry.same(have, further)):
            _differ(change, item, label, key, goal, have, goal)
    else:
        change.unverified.append(label)
        if unreadable == "on_create":
            return
        if item.is_list and mode != "set" and not item.blind:
            change.error = Refused(
                f"{label} cannot be read, so nothing can be added or removed: give all of it, with {item.name}_mode: set"
            )
        elif unreadable == "always":
            _differ(change, item, label, key, want, None, want)
        else:
            change.quiet.add(item.name)
            _aim(change, item, key, want)


def _differ(change: Change, item: Field, label: str, key: Optional[str], goal: Any, before: Any, after: Any) -> None:
    if UPDATE not in item.send:
        change.error = Refused(
            f"{label} can only be chosen when the {change.resource.kind} is created: it is {before!r}, and {after!r} was asked for"
        )
    _aim(change, item, key, goal)
    change.before[label], change.after[label] = before, after


def _aim(change: Change, item: Field, key: Optional[str], goal: Any) -> None:
    if key is None:
        change.goals[item.name] = goal
    else:
        change.goals.setdefault(item.name, {})[key] = goal


def option(label: str) -> str:
    """The option that a name in the report belongs to: that of a key of an open map is ``option.key``."""
    return label.partition(".")[0]
