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
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Callable, Iterable, Mapping, Optional, Sequence, TypeVar

from .client import Client
from .errors import BackendError, InvalidInput, RateLimited, Refused
from .plan import NONE, Change, plan
from .spec import CREATE, DELETE, HIDDEN, UPDATE, Part, Raw, Resource, Want

Item = TypeVar("Item")

# Names of the counts in a summary; a count called "update" would be a method of a map in Jinja.
COUNTED = {CREATE: "created", UPDATE: "updated", DELETE: "deleted", NONE: "unchanged"}


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
    keep: tuple[str, ...] = ()


class Engine:
    """One run over one resource of one server."""

    def __init__(self, resource: Resource, client: Client, settings: Settings) -> None:
        self.resource, self.client, self.settings = resource, client, settings
        self.stopped: Optional[BackendError] = None  # why the rest is not attempted
        self._listed: dict[tuple[int, str], list[Raw]] = {}

    def run(self, wants: Sequence[Want]) -> list[Change]:
        """Bring every object to its wanted state; the changes, in the order of the wants, then what was pruned.

        :raises BackendError: for what concerns the whole run; what concerns one object is the ``error`` of its change.
        """
        self._check_prune(wants)
        self.client.acting()
        self.resource.resolve(self.client, wants)
        found = self.read(self.resource.parts, wants)
        changes = [self._plan(want, raw) for want, raw in zip(wants, found)]
        changes += self._plan_prune(wants)
        for change in changes:
            self._guard(change)
        self._plan_budgets(changes)
        if not self.settings.check_mode:
            self._apply([change for change in changes if change.due and not change.error])
        return changes

    # Reading

    def read(self, parts: Iterable[Part], wants: Sequence[Want]) -> list[Any]:
        """Each object as its needed parts show it: a Raw, None where there is none, or a BackendError."""
        found: list[Any] = [None] * len(wants)
        for number, part in enumerate(parts):
            if number == 0:
                found = self._read_part(part, wants, found)
                continue
            concerned = [
                index
                for index, want in enumerate(wants)
                if isinstance(found[index], dict) and any(item.name in want.values for item in part.fields)
            ]
            more = self._read_part(part, [wants[index] for index in concerned], [found[index] for index in concerned])
            for index, raw in zip(concerned, more):
                found[index] = {**found[index], **raw} if isinstance(raw, dict) else raw
        return found

    def _read_part(self, part: Part, wants: Sequence[Want], known: Sequence[Any]) -> list[Any]:
        if len(wants) > part.few:
            rows = self.listing(part, {})
            if rows is not None:
                index = {identity: raw for raw in rows for identity in self.resource.identify_raw(raw)}
                return [self._find(want, index) or part.nothing(want) for want in wants]

        def get(pair: tuple[Want, Any]) -> Any:
            want, raw = pair
            if want.error:
                return None
            try:
                found = part.get(self.client, want, raw)
                if found is None and raw is None and want.rename_from:
                    found = part.get(self.client, self._former(want), None)
                return found or part.nothing(want)
            except BackendError as exc:
                if exc.fatal:
                    raise
                return exc

        return self._each(get, list(zip(wants, known)), self.client.readers)

    def _former(self, want: Want) -> Want:
        """The same want under the name that it is renamed from."""
        key = self.resource.key[0].name
        return Want(want.rename_from or "", want.where, want.state, {**want.values, key: want.rename_from}, want.modes)

    def _find(self, want: Want, index: Mapping[Any, Raw]) -> Any:
        hits = {id(raw): raw for raw in (index.get(identity) for identity in self.resource.identify(want.values)) if raw is not None}
        if want.rename_from:
            former = [index[identity] for identity in self.resource.identify(self._former(want).values)[:1] if identity in index]
            hits = hits or {id(raw): raw for raw in former}
        if len(hits) > 1:
            names = " and ".join(
                sorted(self.resource.label({item.name: item.read(raw) for item in self.resource.keys}) for raw in hits.values())
            )
            return Refused(f"{want.name} names two different {self.resource.plural}: {names}")
        return next(iter(hits.values()), None)

    def listing(self, part: Part, scope: Mapping[str, Any]) -> Optional[list[Raw]]:
        """All objects of a scope, read once a run."""
        key = (id(part), json.dumps(scope, sort_keys=True))
        if key not in self._listed:
            rows = part.list(self.client, scope)
            if rows is None:
                return None
            self._listed[key] = list(rows)
        return self._listed[key]

    # Planning

    def _plan(self, want: Want, found: Any) -> Change:
        if isinstance(found, BackendError):
            return Change(self.resource, want, error=found)
        change = plan(self.resource, want, found, unreadable=self.settings.unreadable_fields)
        if found is not None and change.action != DELETE and not change.error:
            secrets = self._judge_secrets(change)
            if secrets:
                notes = change.notes
                change = plan(self.resource, want, found, unreadable=self.settings.unreadable_fields, secrets=secrets)
                change.notes = notes
            self._plan_rename(change)
        return change

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

    def _plan_rename(self, change: Change) -> None:
        key = self.resource.key[0]
        if change.want.rename_from and change.raw is not None and key.norm(key.read(change.raw)) != key.norm(change.want.values[key.name]):
            change.action, change.renamed = UPDATE, key.read(change.raw)
            change.before[key.name], change.after[key.name] = change.renamed, change.want.values[key.name]

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
        scopes = ", ".join([*resource.prune_scope, "or the word all"])
        if settings.prune_scope in (None, "", {}):
            raise InvalidInput(f"prune needs prune_scope, so that it cannot delete more than was meant: {scopes}")
        if settings.prune_scope != "all":
            if not isinstance(settings.prune_scope, dict) or set(settings.prune_scope) - set(resource.prune_scope):
                raise InvalidInput(f"prune_scope can hold {scopes}")
        if _limit(settings.prune_limit, 100) is None:
            raise InvalidInput(
                "prune needs prune_limit: how many may be deleted at most, as a number or as a share of the scope such as 5%"
            )
        if not wants:
            raise InvalidInput(f"prune with an empty list of {resource.plural} would delete everything in its scope")

    def _plan_prune(self, wants: Sequence[Want]) -> list[Change]:
        settings, resource = self.settings, self.resource
        if not settings.prune:
            return []
        scope = {} if settings.prune_scope == "all" else settings.prune_scope
        rows = self.listing(resource.parts[0], scope) or []
        listed = {identity for want in wants for identity in resource.identify(want.values)}
        changes = []
        for raw in rows:
            values = {item.name: item.read(raw) for item in resource.keys}
            name = resource.label(values)
            kept = any(fnmatch.fnmatchcase(name.casefold(), pattern.casefold()) for pattern in settings.keep)
            if kept or listed & set(resource.identify(values)):
                continue
            gone = next(state for state, implied in resource.states.items() if implied is None)
            change = plan(resource, Want(name, "prune", gone, values, {}), raw)
            try:
                resource.guard(self.client, change)
            except Refused:
                continue  # built in, or the account that does this
            changes.append(change)
        limit = _limit(settings.prune_limit, len(rows))
        if limit is None or len(changes) > limit:
            names = ", ".join(change.name for change in changes[:10]) + (", ..." if len(changes) > 10 else "")
            raise InvalidInput(
                f"prune would delete {len(changes)} of {len(rows)} {resource.plural} ({names}), more than prune_limit {settings.prune_limit} allows"
            )
        return changes

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
                    fits = all(need[name] + count <= (buckets[name].free() or 0) for name, count in cost.items())
                    if settings.rate_limit == "defer" and not fits:
                        change.deferred.append(item.name)
                        continue
                    for name, count in cost.items():
                        need[name] += count
        for name, calls in need.items():
            bucket = buckets[name]
            bucket.patience, bucket.closed = (settings.max_wait if settings.rate_limit == "wait" else 0.0), False
            seconds = bucket.delay(calls)
            if seconds > bucket.patience:
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
                (found,) = self.read(self.resource.parts, [change.want])
                fresh = self._plan(change.want, found)
                change.raw, change.goals, change.error = fresh.raw, fresh.goals, fresh.error
                if fresh.due and not fresh.error:
                    change.action = fresh.action
                    self._rounds([change])

    def _rounds(self, batch: Sequence[Change]) -> None:
        """Write, read, plan again; what is then still missing is written once more. Two rounds at most."""
        for last in (False, True):
            self._write(batch)
            batch = self._verify(batch, last)
            if not batch:
                return

    def _write(self, batch: Sequence[Change]) -> None:
        core = self.resource.parts[0]
        self._each(partial(self._attempt, partial(self._write_core, core)), batch, self._workers())
        for part in self.resource.parts[1:]:
            concerned = [c for c in batch if c.action != DELETE and c.raw is not None and not c.error and c.sending(UPDATE, part)]
            if concerned:
                self._each(partial(self._attempt, partial(self._update, part)), concerned, self._workers())

    def _write_core(self, core: Part, change: Change) -> None:
        if change.action == DELETE:
            core.delete(self.client, change)
            change.written = True
        elif change.raw is None:
            core.create(self.client, change)
            change.written = True
            change.sent |= {item.name for item in change.sending(CREATE, core)}
        else:
            if change.renamed:
                self.resource.rename(self.client, change)
                change.written = True
            if change.sending(UPDATE, core):
                self._update(core, change)

    def _update(self, part: Part, change: Change) -> None:
        before = len(change.sent)
        try:
            part.update(self.client, change)
        finally:
            change.written = change.written or len(change.sent) > before
            if self.settings.rate_limit == "defer":
                late = [name for name, exc in change.refused.items() if isinstance(exc, RateLimited)]
                change.deferred += late
                change.refused = {name: exc for name, exc in change.refused.items() if name not in late}

    def _attempt(self, write: Callable[[Change], None], change: Change) -> None:
        if self.stopped:
            change.error = change.error or Refused(f"not attempted: {self.stopped}")
            return
        change.attempted = True
        try:
            write(change)
        except BackendError as exc:
            change.error = exc
            if exc.fatal or self.settings.on_error == "stop":
                self.stopped = exc
        if change.refused and self.settings.on_error == "stop":
            self.stopped = next(iter(change.refused.values()))

    def _verify(self, batch: Sequence[Change], last: bool) -> list[Change]:
        """Read back what was attempted; the changes that a second round can complete."""
        tried = [change for change in batch if change.attempted and not (change.error and change.error.fatal)]
        if not tried:
            return []
        settle = max((part.settle for part in self.resource.parts), default=0.0)
        deadline = time.monotonic() + settle
        pause = 0.1
        while True:
            self._listed.clear()
            try:
                found = self.read(self._parts_of(tried), [change.want for change in tried])
            except BackendError as exc:
                found = [exc] * len(tried)
            left = [self._left(change, raw) for change, raw in zip(tried, found)]
            if time.monotonic() >= deadline or not any(left):
                break
            time.sleep(pause)
            pause *= 2
        again = []
        for change, raw, missing in zip(tried, found, left):
            if self._settle(change, raw, missing, last):
                again.append(change)
        return [] if self.stopped else again

    def _parts_of(self, changes: Sequence[Change]) -> list[Part]:
        core, *rest = self.resource.parts
        return [core, *(part for part in rest if any(change.action == CREATE or change.sending(UPDATE, part) for change in changes))]

    def _left(self, change: Change, raw: Any) -> list[str]:
        """What the object still lacks of its plan."""
        if change.action == DELETE:
            return [] if raw is None else ["state"]
        if not isinstance(raw, dict):
            return ["state"]
        again = plan(self.resource, change.want, raw)
        return [name for name in again.goals if name in change.goals]

    def _settle(self, change: Change, raw: Any, missing: list[str], last: bool) -> bool:
        """Judge one object that was read back; whether a second round can complete it."""
        failure, change.error = change.error, None
        if isinstance(raw, BackendError):
            change.error = failure or type(raw)(f"it was written and could not be read back: {raw}", status=raw.status, code=raw.code)
            return False
        if change.action == DELETE:
            change.written = raw is None
            if raw is not None:
                change.error = failure or Refused("the server accepted the deletion, and the object is still there")
            return False
        if raw is None:
            if failure and failure.uncertain and not last:
                return True
            change.error = failure or Refused(f"the server accepted the {self.resource.kind} and did not keep it")
            return False
        if change.raw is None:
            # It exists only since our call, which carried the secrets; what else it carried is compared below.
            change.written = True
            change.sent |= {item.name for item in self.resource.fields if item.secret and CREATE in item.send}
            if failure:
                change.notes.append(f"it was created although the server answered: {failure}")
        elif failure and not failure.uncertain:
            change.error = failure
            return False
        elif failure and any(name not in missing for name in change.goals):
            change.written = True
        change.raw = raw
        blind = {item.name for item in self.resource.fields if item.secret or item.name in change.unverified or item.name in change.quiet}
        change.refused = {name: exc for name, exc in change.refused.items() if name in missing or name in blind}
        change.dropped += [name for name in missing if name in change.sent]
        open_ = {name for name in change.goals if name in missing or name in blind}
        open_ -= {*change.sent, *change.refused, *change.deferred}
        if open_ and last:
            change.error = failure or Refused(f"{', '.join(sorted(open_))} could not be written")
        change.goals = {name: value for name, value in change.goals.items() if name in open_}
        return bool(open_) and not last

    # Helpers

    def _workers(self) -> int:
        return max(1, min(self.settings.workers, self.client.writers[1]))

    @staticmethod
    def _each(function: Callable[[Item], Any], items: Sequence[Item], workers: int) -> list[Any]:
        """Map with so many threads; a time-out or Ctrl-C leaves at once, without the rest."""
        if workers <= 1 or len(items) <= 1:
            return [function(item) for item in items]
        pool = ThreadPoolExecutor(min(workers, len(items)))
        try:
            return list(pool.map(function, items))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _limit(text: Optional[str], total: int) -> Optional[int]:
    """A count, or a share of the total rounded down; None if it is neither."""
    words = str(text if text is not None else "").strip()
    if words.endswith("%") and words[:-1].strip().isdigit():
        return total * int(words[:-1]) // 100
    return int(words) if words.isdigit() else None


def outcome(changes: Sequence[Change], *, all_of_them: bool, on_unconverged: str, resource: Resource) -> dict[str, Any]:
    """The report of a run: the same in check mode."""
    summary = {"total": len(changes), **dict.fromkeys((*COUNTED.values(), "failed", "dropped", "unverified", "deferred"), 0)}
    items, diff, warnings = [], [], []
    failed: list[str] = []
    for change in changes:
        item = report(change)
        if change.dropped and on_unconverged == "fail":
            item["failed"] = True
        if item["failed"]:
            failed.append(f"{change.name}: {item['msg']}")
        elif change.dropped:
            warnings.append(f"{resource.kind} {change.name}: {item['msg']}")
        summary["failed" if item["failed"] else COUNTED[item["action"]]] += 1
        for what in ("dropped", "unverified", "deferred"):
            summary[what] += what in item
        warnings += [f"{resource.kind} {change.name}: {note}" for note in change.notes]
        touched = item["action"] != NONE or item["failed"] or change.unverified or change.notes
        if touched or all_of_them:
            items.append(item)
        if change.changed:
            diff.append({"before_header": change.name, "after_header": change.name, "before": change.before, "after": change.after})
    for what, words in (
        ("unverified", "cannot be read back, so whether they are as wanted is unknown"),
        ("deferred", "wait for the next run: the server's budget is used up"),
    ):
        names = sorted({name for change in changes for name in getattr(change, what)})
        if names:
            warnings.append(f"{', '.join(names)} of {summary[what]} {resource.plural} {words}")
    result: dict[str, Any] = {
        "changed": any(change.changed for change in changes),
        "summary": summary,
        resource.plural: items,
        "diff": diff,
    }
    if warnings:
        result["warnings"] = warnings[:20] + ([f"and {len(warnings) - 20} more warnings"] if len(warnings) > 20 else [])
    if failed:
        alone = len(changes) == 1
        result["failed"] = True
        result["msg"] = failed[0] if alone else f"{len(failed)} of {len(changes)} {resource.plural} failed, the first: {failed[0]}"
    return result


def report(change: Change) -> dict[str, Any]:
    """One object of the report. Its own secrets are taken out of every text, whoever put them there."""
    item: dict[str, Any] = {"name": change.name, "action": change.action, "changed": change.changed, "failed": False}
    if change.fields:
        item["fields"] = change.fields
    for what in ("dropped", "unverified", "deferred"):
        if getattr(change, what):
            item[what] = sorted(getattr(change, what))
    words = []
    if change.error:
        words.append(str(change.error))
    words += [f"{name} was refused: {exc}" for name, exc in change.refused.items()]
    if words:
        item["failed"] = True
    if change.dropped:
        words.append(f"the server accepted {', '.join(sorted(change.dropped))} and did not store it as asked")
    if words:
        text = "; ".join(words)
        for secret in change.want.secrets:
            text = text.replace(secret, HIDDEN)
        item["msg"] = text
    for exc in [change.error, *change.refused.values()]:
        if exc and exc.code is not None:
            item.setdefault("code", exc.code)
    return item
