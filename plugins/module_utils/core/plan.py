# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must happen to one object: the comparison of what is there with what is wanted. Sends nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from .errors import BackendError, Refused
from .spec import ASSIGNED, CREATE, DELETE, HIDDEN, UNREADABLE, UPDATE, Field, NotAllowed, Part, Raw, Resource, Want

NONE = "none"
EMPTY: tuple[Any, ...] = (None, "", [], {})


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
    renamed: Optional[str] = None

    error: Optional[BackendError] = None
    attempted: bool = False
    written: bool = False
    sent: set[str] = field(default_factory=set)
    refused: dict[str, BackendError] = field(default_factory=dict)
    deferred: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.want.name

    @property
    def fields(self) -> list[str]:
        """What differs, as the report names it."""
        if self.action == UPDATE:
            return sorted({*self.after, *self.before})
        return []

    @property
    def due(self) -> bool:
        """Whether there is anything to write."""
        if self.action == UPDATE:
            return bool(self.renamed or set(self.goals) - set(self.deferred))
        return self.action != NONE

    @property
    def changed(self) -> bool:
        """Whether the object was changed, or (before anything was attempted) will be."""
        if self.attempted:
            return self.written
        return self.due and self.error is None and (self.action != UPDATE or bool(self.after or self.before or self.renamed))

    def sending(self, call: str, part: Part) -> list[Field]:
        """The fields of a part that this call has to carry."""
        return [item for item in part.fields if call in item.send and item.name in self.goals and item.name not in self.deferred]

    def wire(self, call: str, part: Part) -> dict[str, Any]:
        """The same as names and values on the wire."""
        return {
            (call == CREATE and item.create_as) or item.wire_name: item.encode(self.goals[item.name]) for item in self.sending(call, part)
        }

    def value(self, name: str) -> Any:
        """What was asked for, changed or not; None if it was not given."""
        return self.want.values.get(name)

    def resent(self, part: Part) -> dict[str, Any]:
        """Current values, on the wire, that an update of this part would blank if it did not repeat them."""
        out = {}
        for item in part.fields:
            if not item.resend or item.name in self.goals or self.raw is None:
                continue
            value = item.read(self.raw)
            if isinstance(value, NotAllowed) or value is UNREADABLE:
                raise Refused(f"{item.name} must be given: an update repeats it and its present value cannot be read")
            out[item.wire_name] = item.encode(value)
        return out

    def refuse(self, item: Field, exc: BackendError) -> None:
        self.refused[item.name] = exc


def plan(
    resource: Resource, want: Want, raw: Optional[Raw], *, unreadable: str = "on_create", secrets: Mapping[str, Any] | None = None
) -> Change:
    """Compare.

    :param unreadable: when to send fields that cannot be read: on_create, always, always_quiet.
    :param secrets: by option, whether the secret is the wanted one already (True, False, None: cannot tell); as
        ``update_password`` demands, see the engine. None: leave secrets out, as when reading back.
    """
    change = Change(resource, want, raw, error=want.error)
    if change.error:
        return change
    if resource.states[want.state] is None:
        if raw is not None:
            change.action = DELETE
            change.before = {name: value for name, value in resource.export(raw, resource.parts).items() if value not in EMPTY}
    elif raw is None:
        _plan_create(change)
    else:
        _plan_update(change, raw, unreadable, secrets)
    return change


def _plan_create(change: Change) -> None:
    resource, want = change.resource, change.want
    missing = [name for name in resource.created_by if want.values.get(name) in EMPTY]
    if missing:
        change.error = Refused(f"{' and '.join(missing)} must be given to create the {resource.kind} {want.name}")
        return
    change.action = CREATE
    change.after = {item.name: want.values.get(item.name, ASSIGNED if item.assigned else None) for item in resource.key}
    for item in resource.fields:
        value = want.values.get(item.name)
        if value is not None:
            value = item.goal([], value, want.modes.get(item.name, item.mode))
        if value in EMPTY:
            if item.assigned and value is None:
                change.after[item.name] = ASSIGNED
            continue
        change.goals[item.name] = value
        change.after[item.name] = HIDDEN if item.secret else value
        if not item.readable and not item.secret:
            change.unverified.append(item.name)


def _plan_update(change: Change, raw: Raw, unreadable: str, secrets: Mapping[str, Any] | None) -> None:
    want = change.want
    change.action = UPDATE
    for item in change.resource.fields:
        value = want.values.get(item.name)
        if value is None:
            continue
        if item.secret:
            if secrets and secrets.get(item.name) is False:
                _differ(change, item, value, HIDDEN, HIDDEN)
            continue
        have = item.read(raw) if item.readable else UNREADABLE
        if want.accepts.get(item.name) is UNREADABLE:
            have = UNREADABLE
        if isinstance(have, NotAllowed):
            change.error = Refused(f"{item.name} cannot be set: {have.reason}")
        elif have is UNREADABLE:
            change.unverified.append(item.name)
            if unreadable == "always_quiet":
                change.goals[item.name] = item.goal(None, value, want.modes.get(item.name, item.mode))
                change.quiet.add(item.name)
            elif unreadable == "always":
                _differ(change, item, item.goal(None, value, want.modes.get(item.name, item.mode)), None, value)
        elif item.is_map:
            _compare_map(change, item, have if isinstance(have, dict) else {}, value)
        else:
            goal = item.goal(have, value, want.modes.get(item.name, item.mode))
            further = want.accepts.get(item.name)
            if not item.same(have, goal) and not (further is not None and item.same(have, further)):
                _differ(change, item, goal, have, goal)
    if not change.goals:
        change.action = NONE


def _compare_map(change: Change, item: Field, have: Mapping[str, Any], want: Mapping[str, Any]) -> None:
    """Only the given keys of an open map are managed, and each is reported by itself."""
    for key, value in want.items():
        if item.norm(have.get(key)) != item.norm(value):
            change.goals.setdefault(item.name, {})[key] = value
            change.before[f"{item.name}.{key}"], change.after[f"{item.name}.{key}"] = have.get(key), value


def _differ(change: Change, item: Field, goal: Any, before: Any, after: Any) -> None:
    if UPDATE not in item.send:
        change.error = Refused(
            f"{item.name} can only be chosen when the {change.resource.kind} is created: it is {before!r}, and {after!r} was asked for"
        )
        return
    change.goals[item.name] = goal
    change.before[item.name], change.after[item.name] = before, after
