# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plan, apply, verify, prune: how any number of objects of any resource come to be what was asked for.

Check mode is the plan without ``apply``; there is no other difference.
"""

from __future__ import annotations

import fnmatch
import json
import math
import re
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Iterable, Mapping, Optional, Sequence

from .client import Client
from .errors import AlreadyThere, BackendError, BadReply, InvalidInput, RateLimited, Refused
from .plan import RENAME, Change, option, plan
from .spec import (
    ASSIGNED,
    CREATE,
    DELETE,
    EMPTY,
    UNREADABLE,
    UPDATE,
    Field,
    NotAllowed,
    Part,
    Raw,
    Resource,
    Unreadable,
    Want,
    complete,
    known,
)
from .threads import in_threads


@dataclass(frozen=True)
class Settings:
    """How a run behaves; each is an option of the modules."""

    check_mode: bool = False
    workers: int = 1
    on_error: str = "continue"  # continue | stop
    on_unconverged: str = "fail"  # fail | warn
    unreadable_fields: str = "on_create"  # on_create | always | always_quiet
    rate_limit: str = "wait"  # wait | fail | defer
    max_wait: float = 900  # seconds
    prune: bool = False
    prune_scope: Any = None  # a map, or the word "all"
    prune_limit: Optional[str] = None  # "5" or "10%"
    prune_with: Mapping[str, Any] = field(default_factory=dict)  # options that steer the deletions
    keep: tuple[str, ...] = ()


class Engine:
    """One run over one resource of one server."""

    def __init__(self, resource: Resource, client: Client, settings: Settings) -> None:
        self.resource, self.client, self.settings = resource, client, settings
        self.stopped = ""  # why the rest is not attempted
        self._listed: dict[tuple[int, str], list[Raw]] = {}
        self._prunable: Mapping[str, Any] = {}  # the scope of prune, {} for everything

    def run(self, wants: Sequence[Want]) -> list[Change]:
        """Bring every object to its wanted state; the changes, in the order of the wants, then what was pruned.

        :raises BackendError: for what concerns the whole run; what concerns one object is the ``error`` of its change.
        """
        self._check_prune(wants)
        self.client.acting()
        invalid = {id(want) for want in wants if want.error}
        sound = [want for want in wants if id(want) not in invalid]
        self.resource.resolve(self.client, sound)
        found = iter(self.read(self.resource.parts, sound))
        changes = [self._plan(want, None if id(want) in invalid else next(found)) for want in wants]
        self._refuse_twice(changes)
        pruned = self._plan_prune(changes)
        for change in changes + pruned:
            self._guard(change)
        self._plan_budgets(changes)
        if self.settings.on_error == "stop":
            self._stop_after_first(changes)
        if not self.settings.check_mode:
            self._apply([change for change in changes if change.due and not change.error])
        self._spare(pruned, changes)
        if not self.settings.check_mode:
            self._apply([change for change in pruned if not change.error])
        return changes + pruned

    @staticmethod
    def _spare(pruned: Sequence[Change], changes: Sequence[Change]) -> None:
        """Delete nothing while an entry of the list failed: it may be a misspelt name of what would be deleted."""
        failed = next((change for change in changes if change.error or change.refused or change.dropped), None)
        if failed:
            for change in pruned:
                change.error = change.error or Refused(f"not attempted: nothing is pruned while an entry of the list fails ({failed.name})")

    def _stop_after_first(self, changes: Sequence[Change]) -> None:
        """What is known before the first write stops what comes after it, in check mode too."""
        faults = (number for number, change in enumerate(changes) if change.error)
        first = next(faults, len(changes))
        for change in changes[first + 1 :]:
            if change.due and not change.error:
                change.error = Refused(f"not attempted: {changes[first].want.hide(str(changes[first].error))}")

    # Reading

    def read(self, parts: Iterable[Part], wants: Sequence[Want], before: Sequence[Any] = ()) -> list[Any]:
        """Each object as these parts show it, where a given option needs them: a Raw, None where there is none, or a BackendError.

        :param before: the objects as they were read before, if the first part is not among these.
        """
        found: list[Any] = list(before) or [None] * len(wants)
        for part in parts:
            if part is self.resource.parts[0]:
                found = self._read_part(part, wants, [None] * len(wants))
                continue
            concerned = [
                index
                for index, want in enumerate(wants)
                if isinstance(found[index], dict) and any(item.name in want.values for item in part.fields)
            ]
            more = self._read_part(part, [wants[index] for index in concerned], [found[index] for index in concerned])
            for index, raw in zip(concerned, more):
                found[index] = raw if isinstance(raw, BackendError) else {**found[index], **(raw or {})}
        return found

    def _read_part(self, part: Part, wants: Sequence[Want], before: Sequence[Optional[Raw]]) -> list[Any]:
        listed = self._listings(part, wants)
        index: dict[Any, list[Raw]] = {}
        for rows in listed.values():
            for raw in rows if isinstance(rows, list) else ():
                for identity in self.resource.identify_raw(raw):
                    index.setdefault(identity, []).append(raw)

        def look_up(want: Want, raw: Optional[Raw], asked: Want) -> list[Raw]:
            rows = listed.get(_scope(part.scope(want)))
            if isinstance(rows, BackendError):
                raise rows
            if rows is None:
                found = part.get(self.client, want, raw)
                return [] if found is None else [found]
            names = (raw and self.resource.identify_raw(raw)) or self.resource.identify(want.values)
            hits = [row for name in names for row in index.get(name, ())]
            if hits and part.partial and any(self._lacks(part, asked, row) for row in hits):
                found = part.get(self.client, want, hits[0])
                return [] if found is None else [found]
            return hits

        def find(pair: tuple[Want, Optional[Raw]]) -> Any:
            want, raw = pair
            if want.error:
                return None
            try:
                hits = look_up(want, raw, want) if raw else [row for name in self._names(want) for row in look_up(name, None, want)]
                found = self._one(want, hits)
            except BackendError as exc:
                if exc.fatal:
                    raise
                return exc
            return part.nothing(want) if found is None else found

        alone = part.partial or any(rows is None for rows in listed.values())
        return in_threads(find, list(zip(wants, before)), self.client.readers if alone else 1)

    def _listings(self, part: Part, wants: Sequence[Want]) -> dict[str, Any]:
        """By scope: the rows of its listing, None where there is none that is worth its request, or why it could not be read."""
        scopes: dict[str, tuple[Mapping[str, Any], int]] = {}
        for want in wants:
            scope = part.scope(want)
            key = _scope(scope)
            scopes[key] = (scope, scopes.get(key, (scope, 0))[1] + 1)

        def rows(scope: Mapping[str, Any]) -> Any:
            try:
                return self.listing(part, scope)
            except BackendError as exc:
                if exc.fatal or not scope:
                    raise
                return exc

        due = {key: scope for key, (scope, count) in scopes.items() if count > part.few}
        found = dict(zip(due, in_threads(rows, list(due.values()), self.client.readers)))
        return {key: found.get(key) for key in scopes}

    @staticmethod
    def _lacks(part: Part, want: Want, row: Raw) -> bool:
        """Whether a row of a listing does not hold all that is to be compared."""
        asked = (item for item in part.fields if item.name in want.values and not (item.secret or item.initial) and item.readable)
        return any(UNREADABLE in item.readings(row, want.values[item.name]).values() for item in asked)

    def _names(self, want: Want) -> list[Want]:
        """The same want once for each identity that it gives, and once under the name that it is renamed from."""
        first, *others = self.resource.identities
        if not others and not want.rename_from:
            return [want]
        keys = {item.name for item in self.resource.keys}
        rest = {name: value for name, value in want.values.items() if name not in keys}

        def named(identity: Sequence[Field]) -> dict[str, Any]:
            return {item.name: want.values[item.name] for item in identity if known(want.values.get(item.name))}

        names = [named(identity) for identity in self.resource.identities if complete(identity, want.values)]
        if want.rename_from and self.resource.states[want.state] is not None:
            names.append({**named(first), first[0].name: want.rename_from})
        return [replace(want, values={**rest, **name}) for name in names]

    def _one(self, want: Want, hits: Sequence[Raw]) -> Optional[Raw]:
        different = list({tuple(self.resource.identify_raw(raw)): raw for raw in hits}.values()) if len(hits) > 1 else hits
        if len(different) > 1:
            names = " and ".join(
                sorted(self.resource.label({item.name: item.read(raw) for item in self.resource.keys}) for raw in different)
            )
            if want.rename_from:
                raise Refused(f"{want.rename_from} cannot become {want.name}: {names} both exist")
            raise Refused(f"{want.name} names different {self.resource.plural}: {names}")
        return different[0] if different else None

    def listing(self, part: Part, scope: Mapping[str, Any]) -> Optional[list[Raw]]:
        """All objects of a scope, read once a run."""
        key = (id(part), _scope(scope))
        if key not in self._listed:
            rows = part.list(self.client, scope)
            if rows is None:
                return None
            self._listed[key] = list(rows)
        return self._listed[key]

    # Planning

    def _plan(self, want: Want, found: Any, secrets: Mapping[str, Optional[bool]] | None = None) -> Change:
        """:param secrets: what was found out about them before; see ``plan``."""
        if isinstance(found, BackendError):
            return Change(self.resource, want, error=found)
        change = plan(self.resource, want, found, unreadable=self.settings.unreadable_fields, secrets=secrets)
        if found is not None and change.action != DELETE and not change.error and not secrets:
            try:
                secrets = self._judge_secrets(change)
            except BackendError as exc:
                if exc.fatal:
                    raise
                return Change(self.resource, want, found, error=exc)
            if secrets:
                notes = change.notes
                change = plan(self.resource, want, found, unreadable=self.settings.unreadable_fields, secrets=secrets)
                change.notes = notes
        return change

    def _refuse_twice(self, changes: Sequence[Change]) -> None:
        """Two entries that found the same object, each under another name of it, would undo one another."""
        seen: dict[Any, Change] = {}
        for change in changes:
            names = tuple(self.resource.identify_raw(change.raw)) if change.raw and not change.error else ()
            first = seen.setdefault(names, change) if names else change
            if first is not change:
                for each in (first, change):
                    each.error = Refused(
                        f"{first.want.where} ({first.name}) and {change.want.where} ({change.name}) are the same {self.resource.kind}"
                    )

    def _judge_secrets(self, change: Change) -> dict[str, Optional[bool]]:
        """By option: False where the secret must be written. ``cannot tell`` never writes."""
        out: dict[str, Optional[bool]] = {}
        for item in self.resource.fields:
            if item.secret and item.name in change.want.values and change.want.update_password != "on_create":
                always = change.want.update_password == "always"
                out[item.name] = False if always else self.resource.password_matches(self.client, change, item)
                if out[item.name] is None:
                    change.notes.append(f"whether {item.name} is the wanted one cannot be told, so it was left alone")
        return out

    def _guard(self, change: Change) -> None:
        if change.error or not change.due:
            return
        try:
            self.resource.guard(self.client, change)
            for part in self.resource.parts:
                if change.action == UPDATE and change.sending(UPDATE, part):
                    change.resent(part)
            if self.settings.check_mode:
                self.resource.rehearse(self.client, change)
        except BackendError as exc:
            if exc.fatal:
                raise
            change.error = exc

    # Pruning

    def _check_prune(self, wants: Sequence[Want]) -> None:
        settings, resource = self.settings, self.resource
        if not settings.prune:
            return
        scopes = "the word all" + "".join(f", or a map with {name}" for name in resource.prune_scope)
        if settings.prune_scope in (None, "", {}):
            raise InvalidInput(f"prune needs prune_scope, so that it cannot delete more than was meant: it is {scopes}")
        if settings.prune_scope != "all":
            if not isinstance(settings.prune_scope, dict) or set(settings.prune_scope) - set(resource.prune_scope):
                raise InvalidInput(f"prune_scope is {scopes}")
            empty = sorted(name for name, value in settings.prune_scope.items() if value in EMPTY)
            if empty:
                raise InvalidInput(f"prune_scope: {' and '.join(empty)} must not be empty, which would delete more than was meant")
        try:
            self._prunable = resource.clean_scope({} if settings.prune_scope == "all" else settings.prune_scope)
        except (TypeError, ValueError) as exc:
            raise InvalidInput(f"prune_scope: {exc}") from None
        if _limit(settings.prune_limit, 100) is None:
            raise InvalidInput(
                "prune needs prune_limit: how many may be deleted at most, as a number or as a share of the scope such as 5%"
            )
        if not any(resource.states[want.state] is not None for want in wants):
            raise InvalidInput(f"prune with an empty list of {resource.plural} would delete everything in its scope")

    def _plan_prune(self, changes: Sequence[Change]) -> list[Change]:
        settings, resource = self.settings, self.resource
        if not settings.prune:
            return []
        resource.check_scope(self.client, self._prunable)
        rows = self.listing(resource.parts[0], self._prunable)
        if rows is None:
            raise InvalidInput(f"prune is not possible: the server does not list its {resource.plural}")
        listed = {identity for change in changes for want in self._names(change.want) for identity in resource.identify(want.values)}
        listed |= {identity for change in changes if change.raw for identity in resource.identify_raw(change.raw)}
        gone = next(state for state, implied in resource.states.items() if implied is None)
        pruned = []
        for raw in rows:
            values = {item.name: value for item in resource.keys if known(value := item.read(raw))}
            name = resource.label(values)
            if listed & set(resource.identify(values)) or self._kept({name, *map(str, values.values())}):
                continue
            change = plan(resource, Want(name, "prune", gone, {**values, **settings.prune_with}, {}), raw)
            try:
                resource.guard(self.client, change)
            except Refused:
                continue  # built in, or the account that does this
            pruned.append(change)
        limit = _limit(settings.prune_limit, len(rows))
        if limit is None or len(pruned) > limit:
            names = ", ".join(change.name for change in pruned[:10]) + (", ..." if len(pruned) > 10 else "")
            raise InvalidInput(
                f"prune would delete {len(pruned)} of {len(rows)} {resource.plural} ({names}), more than prune_limit {settings.prune_limit} allows"
            )
        return pruned

    def _kept(self, names: Iterable[str]) -> bool:
        """Whether one of these names of an object is spared from pruning, by itself or by a pattern."""
        folded = [name.casefold() for name in names]
        return any(
            name == pattern or fnmatch.fnmatchcase(name, pattern) for pattern in map(str.casefold, self.settings.keep) for name in folded
        )

    # Budgets

    def _plan_budgets(self, changes: Sequence[Change]) -> None:
        """Add up what the changes cost and refuse, or defer, what takes longer than may be waited for."""
        settings, buckets = self.settings, self.client.buckets
        need = dict.fromkeys(buckets, 0)
        for change in changes:
            if not change.due or change.error or change.action == DELETE:
                continue
            for part in self.resource.parts:
                for item in part.fields:
                    if item.name not in change.goals or (
                        change.action == CREATE and CREATE in item.send and part is self.resource.parts[0]
                    ):
                        continue
                    cost = {name: count for name, count in part.cost(change, item).items() if buckets[name].limit}
                    if settings.rate_limit == "defer":
                        left = {name: (buckets[name].free() or 0) - need[name] for name in cost}
                        late = item.needs in (*change.deferred, *change.partly)
                        if late or any(count > left[name] for name, count in cost.items()):
                            if late or not item.is_list or any(left[name] <= 0 for name, count in cost.items() if count):
                                change.deferred.append(item.name)
                                continue
                            change.partly.append(item.name)
                            cost = {name: min(count, left[name]) for name, count in cost.items()}
                    for name, count in cost.items():
                        need[name] += count
        delays = {name: buckets[name].delay(calls) for name, calls in need.items()}
        seconds, patience = sum(delays.values()), settings.max_wait if settings.rate_limit == "wait" else 0.0
        for name, calls in need.items():
            bucket = buckets[name]
            # What is left of the patience after the planned waiting is shared out: in all it is never exceeded.
            bucket.patience, bucket.closed = max(0.0, delays[name] + (patience - seconds) / len(need)), False
            if delays[name] and seconds > patience:
                ways = f"set max_wait to {math.ceil(seconds)}" if settings.rate_limit == "wait" else "set rate_limit to wait"
                raise RateLimited(
                    f"{calls} {name} are needed and the server allows {bucket.limit} in {bucket.window:g} seconds, so this takes about "
                    f"{max(1, math.ceil(seconds / 60))} minutes: {ways}, set rate_limit to defer and run again later, give fewer "
                    f"{self.resource.plural}, or have this address exempted on the server"
                )

    # Writing

    def _apply(self, todo: Sequence[Change]) -> None:
        if not self.client.one_writer:
            self._rounds(todo)
            return
        for change in todo:
            with self.client.exclusive():
                if not self.stopped:
                    self._plan_afresh(change)
                if change.due and not change.error:
                    self._rounds([change])
            self._stop_at(change)

    def _plan_afresh(self, change: Change) -> None:
        """Make the plan of what the object is now that nobody else writes it."""
        self._listed.clear()
        try:
            (found,) = self.read(self.resource.parts, [change.want])
            fresh = self._plan(change.want, found, change.secrets)
            self._guard(fresh)
        except BackendError as exc:  # what was done to the objects before this one must be reported
            fresh = Change(self.resource, change.want, error=exc)
        fresh.deferred, fresh.notes = change.deferred, change.notes
        vars(change).update(vars(fresh))

    def _rounds(self, batch: Sequence[Change]) -> None:
        """Write, read, plan again; what is then still missing is written once more, and that is all.

        A creation and a renaming are rounds of their own.
        """
        while batch:
            for change in batch:
                change.steps.append(change.step)
            self._write(batch)
            batch = self._verify(batch)

    def _write(self, batch: Sequence[Change]) -> None:
        for part in self.resource.parts:
            due = [(call, change) for change in batch if (call := self._call(change, part))]
            for call in part.together:
                self._attempt_together(part, call, [change for which, change in due if which == call])
            alone = [(call, change) for call, change in due if call not in part.together]
            in_threads(partial(self._attempt, part), alone, self._workers())

    def _call(self, change: Change, part: Part) -> str:
        """What this round has to do here; nothing if the object failed already."""
        if change.error:
            return ""
        if change.step != UPDATE:
            return change.step if part is self.resource.parts[0] else ""
        return UPDATE if change.sending(UPDATE, part) else ""

    def _attempt(self, part: Part, due: tuple[str, Change]) -> None:
        call, change = due
        if self._held(change):
            return
        sent = len(change.sent)
        try:
            if call == RENAME:
                self.resource.rename(self.client, change)
            else:
                getattr(part, call)(self.client, change)
            self._done(part, call, change)
        except Exception as exc:
            self._failed(part, call, change, _understood(exc))
        change.written = change.written or len(change.sent) > sent
        self._defer(change)
        self._stop_at(change)

    def _attempt_together(self, part: Part, call: str, changes: Sequence[Change]) -> None:
        changes = [change for change in changes if not self._held(change)]
        if not changes:
            return
        try:
            errors = part.write(self.client, call, changes)
        except Exception as exc:
            errors = dict.fromkeys((change.name for change in changes), _understood(exc))
        for change in changes:
            if change.name in errors:
                self._failed(part, call, change, errors[change.name])
            else:
                self._done(part, call, change)
            self._defer(change)
            self._stop_at(change)

    def _held(self, change: Change) -> bool:
        """Whether the run was stopped before this object."""
        if self.stopped:
            words = f"{', '.join(sorted(change.pending))} not written" if change.attempted else "not attempted"
            change.error = change.error or Refused(f"{words}: {self.stopped}")
            return True
        change.attempted = True
        return False

    def _done(self, part: Part, call: str, change: Change) -> None:
        if call == RENAME:
            change.sent.add(self.resource.key[0].name)
        elif call != DELETE:
            change.sent |= {item.name for item in change.sending(call, part)} - set(change.refused)
        change.written = change.written or call != UPDATE or bool(change.sent)

    def _failed(self, part: Part, call: str, change: Change, exc: BackendError) -> None:
        """An update that was refused concerns its part only; anything else concerns the whole object."""
        if call != UPDATE or exc.fatal or exc.uncertain:
            change.error = exc
            return
        for item in change.sending(UPDATE, part):
            if item.name not in change.sent:
                change.refuse(item, exc)

    def _defer(self, change: Change) -> None:
        """What the budget no longer allowed waits for the next run, if that was asked for."""
        if self.settings.rate_limit == "defer":
            late = [name for name, exc in change.refused.items() if isinstance(exc, RateLimited)]
            change.deferred += late
            change.refused = {name: exc for name, exc in change.refused.items() if name not in late}

    def _stop_at(self, change: Change) -> None:
        """Let what happened to this object end the run, if nothing else can succeed or it was asked for."""
        failure = change.error or next(iter(change.refused.values()), None)
        if failure and not self.stopped and (failure.fatal or self.settings.on_error == "stop"):
            self.stopped = change.want.hide(str(failure))

    def _verify(self, batch: Sequence[Change]) -> list[Change]:
        """Read back what was attempted; the changes that another round can complete."""
        tried = [change for change in batch if change.attempted and not (change.error and change.error.fatal)]
        if not tried:
            return []
        parts = self._written(tried)
        deadline = time.monotonic() + max((part.settle for part in parts), default=0.0)
        pause = 0.1
        while True:
            self._listed.clear()
            try:
                found = self.read(parts, [change.want for change in tried], [change.raw for change in tried])
            except Exception as exc:
                found = [_understood(exc)] * len(tried)
            left = [self._left(change, raw, parts) for change, raw in zip(tried, found)]
            patience = deadline - time.monotonic()
            if patience <= 0 or not any(map(self._may_settle, tried, left)):
                break
            time.sleep(min(pause, patience))
            pause *= 2
        again = [change for change, raw, missing in zip(tried, found, left) if self._settle(change, raw, missing)]
        if self.stopped:
            for change in again:
                change.error = Refused(f"{', '.join(sorted(change.pending))} not written: {self.stopped}")
            return []
        return again

    @staticmethod
    def _may_settle(change: Change, left: Mapping[str, Any]) -> bool:
        """Whether waiting may show what is missing now."""
        if change.error:
            return bool(left) and change.error.uncertain
        return bool({*change.sent, "state"} & set(left))

    def _written(self, changes: Sequence[Change]) -> list[Part]:
        """The parts that were written: all of an object that was created, deleted or renamed."""
        return [part for part in self.resource.parts if any(change.step != UPDATE or change.sending(UPDATE, part) for change in changes)]

    def _left(self, change: Change, raw: Any, parts: Sequence[Part]) -> dict[str, Any]:
        """What the object still lacks of its plan, by option, as far as these parts show it."""
        if change.action == DELETE:
            return {} if raw is None else {"state": None}
        if not isinstance(raw, dict):
            return {"state": None}
        again = plan(self.resource, change.want, raw, created=CREATE in change.steps)
        counts = {*change.goals, *self._watched(change, parts)}
        left = {name: goal for name, goal in again.goals.items() if name in counts}
        if again.renamed:
            left[self.resource.key[0].name] = None
        return left

    @staticmethod
    def _watched(change: Change, parts: Sequence[Part]) -> set[str]:
        """What was not to be written: what a new object was to be without, and what was as wanted before a write that may have undone it."""
        judged = {*map(option, (*change.refused, *change.dropped)), *change.deferred, *change.partly}
        fields = [item for part in parts for item in part.fields if UPDATE in item.send and not item.secret]
        given = {item.name for item in fields if item.name in change.want.values}
        return given - judged if change.raw is not None else given

    def _moved(self, change: Change, raw: Raw) -> bool:
        """Whether anything that was asked for reads otherwise than before; where all was to go, whether anything does."""
        everything, key = change.action == DELETE, self.resource.key[0]
        if change.renamed and key.norm(key.read(raw)) != key.norm(change.renamed):
            return True
        for item in self.resource.fields:
            if item.secret or not item.readable or not (everything or item.name in change.want.values):
                continue
            before, after = (item.readings(each, change.want.values.get(item.name, {})) for each in (change.raw or {}, raw))
            for label, have in before.items():
                now = after[label]
                if (
                    not isinstance(have, (Unreadable, NotAllowed))
                    and not isinstance(now, (Unreadable, NotAllowed))
                    and not item.same(have, now)
                ):
                    return True
        return False

    def _settle(self, change: Change, raw: Any, left: Mapping[str, Any]) -> bool:
        """Judge one object that was read back; whether another round can complete it."""
        failure, change.error = change.error, None
        unanswered = failure is not None and failure.uncertain
        if isinstance(raw, BackendError):
            words = f"{failure}; whether it took effect" if failure else "it was written, and what the server holds now"
            error = type(failure or raw)
            change.error = error(f"{words} could not be read: {raw}", status=raw.status, code=raw.code)
            return False
        if change.action == DELETE:
            change.written = raw is None or bool(change.sent) or self._moved(change, raw)
        if (raw is None) != (change.action == DELETE):
            if unanswered and not change.spent:
                return True
            gone = f"accepted the {self.resource.kind} and did not keep it"
            words = gone if raw is None else "accepted the deletion, and the object is still there"
            change.error = failure or next(iter(change.refused.values()), None) or Refused(f"the server {words}")
            if raw is None and change.raw is None and failure is None:
                change.written = False  # a creation that was said to have succeeded
            return False
        if raw is None:
            return False
        if change.raw is None:
            secrets = {item.name for item in self.resource.parts[0].fields if item.secret and CREATE in item.send}
            if isinstance(failure, AlreadyThere):
                secrets &= set(change.goals)
                change.goals = {name: goal for name, goal in change.goals.items() if name not in secrets}
            else:
                # It exists only since our call, which carried the secrets; what else it carried is compared below.
                change.written = True
                change.sent |= secrets
            for item in [*self.resource.keys, *self.resource.fields]:
                if change.after.get(item.name) is ASSIGNED and known(item.read(raw)):
                    change.after[item.name] = item.read(raw)
            change.goals = {**change.goals, **left}
            # What the creation lost, an update may store.
            change.sent -= {item.name for item in self.resource.fields if item.name in left and UPDATE in item.send}
            if isinstance(failure, AlreadyThere):
                alone = f", so its {' and '.join(sorted(secrets))} was left alone" if secrets else ""
                change.notes.append(f"somebody else created it meanwhile{alone}")
            elif failure:
                doubt = (
                    "" if failure.uncertain or not secrets & set(change.goals) else "; if somebody else did that, the password is theirs"
                )
                change.notes.append(f"it was created although the server answered: {failure}{doubt}")
        else:
            change.written = change.written or self._moved(change, raw)
            if failure and not unanswered:
                change.error = failure
                return False
            if failure and change.pending - set(left) - self._blind(change):
                change.written = True
        self.resource.observe(change, raw)
        change.raw = raw
        return self._judge(change, left, failure)

    def _judge(self, change: Change, left: Mapping[str, Any], failure: Optional[BackendError]) -> bool:
        """Compare what the server holds with what was sent; whether another round can complete it."""
        key = self.resource.key[0].name
        barred: dict[str, BackendError] = {}
        for item in self.resource.fields:
            if item.name not in change.goals or item.secret:
                continue
            for label, reading in item.readings(change.raw or {}, change.goals[item.name]).items():
                if isinstance(reading, NotAllowed):
                    barred[label] = Refused(f"it cannot be set: {reading.reason}")
                elif reading is UNREADABLE and label not in change.unverified:
                    change.unverified.append(label)
                elif reading is not UNREADABLE and label in change.unverified and item.name not in change.want.accepts:
                    change.unverified.remove(label)  # of a new object: it was not known before whether this server shows it
        blind = self._blind(change)
        refused = {label: exc for label, exc in change.refused.items() if option(label) in left or option(label) in blind}
        change.written = change.written or len(refused) < len(change.refused)  # it was done all the same
        change.refused = refused
        change.refused.update(barred)
        undone = self._undone(change, left)
        again = {} if change.spent else undone
        for name in set(undone) | (change.sent & set(left)):
            goal = left[name]
            labels = [f"{name}.{each}" for each in goal if each not in again.get(name, ())] if isinstance(goal, dict) else [name]
            change.dropped += [label for label in labels if label not in change.dropped and (label not in again)]
        pending = {name for name in change.pending if name in left or name in blind}
        pending -= {*change.sent, *map(option, change.refused), *change.deferred}
        change.goals = {**{name: left.get(name, goal) for name, goal in change.goals.items() if name in pending}, **again}
        change.sent -= set(again)
        pending |= set(again)
        change.renamed = change.renamed if key in pending else None
        if pending and change.spent:
            change.error = failure or Refused(f"{', '.join(sorted(pending))} could not be written")
        return bool(pending) and not change.spent

    @staticmethod
    def _undone(change: Change, left: Mapping[str, Any]) -> dict[str, Any]:
        """What was as wanted before the write and is no longer, such as what the server makes of another value: it is written once more."""
        out = {}
        for name, goal in left.items():
            if name not in change.pending:
                out[name] = goal
            elif isinstance(goal, dict) and name in change.sent:
                rest = {key: each for key, each in goal.items() if key not in change.goals[name]}
                out.update({name: rest} if rest else {})
        return out

    def _blind(self, change: Change) -> set[str]:
        """The options of which no reading tells whether they were written."""
        return {item.name for item in self.resource.fields if item.secret} | change.quiet | {option(label) for label in change.unverified}

    # Helpers

    def _workers(self) -> int:
        return max(1, min(self.settings.workers, self.client.writers[1]))


def _scope(scope: Mapping[str, Any]) -> str:
    return json.dumps(scope, sort_keys=True) if scope else ""


def _limit(text: Optional[str], total: int) -> Optional[int]:
    """A count, or a share of the total rounded down; None if it is neither."""
    words = str(text if text is not None else "").strip()
    number = words.rstrip("%").strip()
    if not re.fullmatch("[0-9]{1,9}%?", number + words[len(words.rstrip("%")) :]):
        return None
    if not words.endswith("%"):
        return int(number)
    return total * int(number) // 100 if int(number) <= 100 else None


def _understood(exc: Exception) -> BackendError:
    """While writing, an answer of a shape that no code expects is a lost one: what was done before must be reported."""
    return exc if isinstance(exc, BackendError) else BadReply(f"an answer was not understood ({type(exc).__name__}: {exc})")
