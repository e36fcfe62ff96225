# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A backend without HTTP: a client and parts over dictionaries, which count calls and misbehave on demand."""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from ansible_collections.workplace.onboarding.plugins.module_utils.core.client import Client
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import BackendError, Lost, Refused
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import CREATE, UNREADABLE, Field, Part, Resource, Want
from ansible_collections.workplace.onboarding.plugins.module_utils.core.task import ResourceTask

UID = Field("uid", norm=str.casefold)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, []

    def monotonic(self) -> float:
        return self.now

    __call__ = monotonic

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Fault:
    call: str
    name: str
    error: Optional[BackendError]
    effect: bool
    times: int


@dataclass
class Server:
    """What is stored, what was asked, and what goes wrong."""

    objects: dict = field(default_factory=dict)  # uid -> object
    beside: dict = field(default_factory=dict)  # part -> uid -> what that part holds
    log: list = field(default_factory=list)  # (call, name)
    faults: list = field(default_factory=list)
    omits: set = field(default_factory=set)  # keys that no answer holds
    loses: set = field(default_factory=set)  # places whose values are not stored
    lock: Any = field(default_factory=threading.Lock)

    def fault(self, call: str, name: str = "", error: Optional[BackendError] = None, effect: bool = False, times: int = 1) -> None:
        self.faults.append(Fault(call, name, error or Lost("the connection broke"), effect, times))

    def wrote(self) -> list:
        return [entry for entry in self.log if entry[0] not in ("get", "list")]

    def count(self, call: str) -> int:
        return sum(1 for entry in self.log if entry[0].startswith(call))


class MemoryClient(Client):
    name, env = "Memory", "MEMORY"
    writers = (1, 4)

    def __init__(self, server: Server, params: Any = None, **attributes: Any) -> None:
        options = {name: option.get("default") for name, option in self.options().items()}
        super().__init__({**options, "api_url": "http://memory.invalid", **(params or {})})
        self.server = server
        vars(self).update(attributes)

    def login(self) -> list:
        return ["root"]

    def ask(self, call: str, name: str, effect: Callable[[], Any], write: bool = True) -> Any:
        with self.server.lock:
            self.server.log.append((call, name))
            if write:
                self.transport.writes += 1
            else:
                self.transport.reads += 1
            for fault in self.server.faults:
                if fault.call == call and fault.name in ("", name) and fault.times:
                    fault.times -= 1
                    if fault.effect:
                        effect()
                    raise fault.error
            return effect()


def put(raw: dict, item: Field, value: Any) -> None:
    *path, last = item.path
    for step in path:
        raw = raw.setdefault(step, {})
    if item.is_map:
        raw.setdefault(last, {}).update(value)
    else:
        raw[last] = value


class Core(Part):
    """The object itself. ``whole``: an update replaces all of it."""

    def __init__(self, *fields: Field, whole: bool = False, listed: bool = False, **attributes: Any) -> None:
        self.fields, self.whole, self.listed = fields, whole, listed
        vars(self).update(attributes)

    def get(self, client: MemoryClient, want: Want, raw: Any) -> Any:
        def find() -> Any:
            for uid, stored in client.server.objects.items():
                if "uid" in want.values:
                    if uid.casefold() == want.values["uid"].casefold():
                        return self.shown(client.server, stored)
                elif stored.get("email") == want.values["email"]:
                    return self.shown(client.server, stored)
            return None

        return client.ask("get", want.values.get("uid") or want.values["email"], find, write=False)

    def shown(self, server: Server, stored: dict) -> dict:
        """What an answer holds: everything, but for what ``server.omits``."""
        raw = copy.deepcopy(stored)
        for item in self.fields:
            if item.path[0] in server.omits:
                raw.pop(item.path[0], None)
            elif item.read(raw) is UNREADABLE and stored.get(item.name) is not UNREADABLE:
                put(raw, item, {} if item.is_map else [] if item.is_list else None)
        return raw

    def list(self, client: MemoryClient, scope: Any) -> Any:
        if not self.listed:
            return None
        rows = [raw for raw in client.server.objects.values() if all(raw.get(name) == value for name, value in scope.items())]
        return client.ask("list", "", lambda: [self.shown(client.server, raw) for raw in rows], write=False)

    def create(self, client: MemoryClient, change: Any) -> None:
        sent = {item: change.goals[item.name] for item in change.sending(CREATE, self)}
        client.ask("create", change.name, lambda: self.store(client.server, change, sent))

    def store(self, server: Server, change: Any, sent: dict) -> None:
        raw = server.objects.setdefault(change.want.values["uid"], {"uid": change.want.values["uid"]})
        for item, value in sent.items():
            if item.name not in server.loses:
                put(raw, item, item.encode(value))

    def update(self, client: MemoryClient, change: Any) -> None:
        if not self.whole:
            return super().update(client, change)

        def replace() -> None:
            merged = change.merged(self)
            for name in client.server.loses:
                merged[name] = change.raw.get(name)
            client.server.objects[change.raw["uid"]] = merged

        return client.ask("update", change.name, replace)

    def set(self, client: MemoryClient, change: Any, item: Field, value: Any) -> None:
        def edit() -> None:
            if item.name not in client.server.loses:
                put(client.server.objects[change.raw["uid"]], item, item.encode(value))

        client.ask(f"set {item.name}", change.name, edit)

    def delete(self, client: MemoryClient, change: Any) -> None:
        client.ask("delete", change.name, lambda: client.server.objects.pop(change.raw["uid"]))


class Beside(Part):
    """Something that belongs to an object and is read and written elsewhere."""

    def __init__(self, name: str, *fields: Field, **attributes: Any) -> None:
        self.name, self.fields = name, fields
        vars(self).update(attributes)

    def shelf(self, client: MemoryClient) -> dict:
        return client.server.beside.setdefault(self.name, {})

    def get(self, client: MemoryClient, want: Want, raw: Any) -> Any:
        shelf = client.server.beside.get(self.name, {})
        return client.ask("get", f"{self.name} {raw['uid']}", lambda: copy.deepcopy(shelf.get(raw["uid"])), write=False)

    def nothing(self, want: Want) -> Any:
        return {item.wire_name: [] if item.is_list else None for item in self.fields}

    def set(self, client: MemoryClient, change: Any, item: Field, value: Any) -> None:
        def edit() -> None:
            if item.name not in client.server.loses:
                put(self.shelf(client).setdefault(change.raw["uid"], self.nothing(change.want)), item, value)

        client.ask(f"set {item.name}", change.name, edit)


class Person(Resource):
    """Whatever the test says."""

    kind, plural = "person", "people"
    identities = ((UID,),)
    prune_scope = ("site",)

    def __init__(self, *parts: Part, **attributes: Any) -> None:
        self.parts = parts
        vars(self).update(attributes)

    def clean_scope(self, scope: Any) -> Any:
        if str(scope.get("site", "")).isdigit():
            raise ValueError("a site is no number")
        return {name: str(value).lower() for name, value in scope.items()}

    def check_scope(self, client: MemoryClient, scope: Any) -> None:
        if scope and scope["site"] not in ("paris", "lyon"):
            raise Refused(f"prune_scope: there is no site {scope['site']}")

    def rename(self, client: MemoryClient, change: Any) -> None:
        def move() -> None:
            if "rename" not in client.server.loses:
                moved = client.server.objects.pop(change.renamed)
                client.server.objects[change.want.values["uid"]] = {**moved, "uid": change.want.values["uid"]}

        client.ask("rename", change.name, move)


RATE = {"rate_limit": {"type": "str", "default": "wait"}, "max_wait": {"type": "int", "default": 900}}


class Desk:
    """A resource on a server, run as a task."""

    def __init__(self, resource: Resource, server: Optional[Server] = None, **attributes: Any) -> None:
        self.resource, self.server = resource, server or Server()
        kind = type(
            "TestClient",
            (MemoryClient,),
            {name: attributes.pop(name) for name in ("one_writer", "writers", "readers") if name in attributes},
        )
        self.client = kind(self.server, **attributes)
        self.task = ResourceTask(resource, kind, **RATE)

    def params(self, *people: dict, **options: Any) -> dict:
        defaults = {name: option.get("default") for name, option in self.task.options.items()}
        return {**defaults, **({"people": list(people)} if people else {}), **options}

    def __call__(self, *people: dict, check: bool = False, **options: Any) -> dict:
        """One run; the log then holds this run only."""
        del self.server.log[:]
        result = self.task.run(self.params(*people, **options), check, opened=lambda: self.client)
        assert "exception" not in result, result["exception"]
        return result

    def ok(self, *people: dict, **options: Any) -> dict:
        result = self(*people, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def bad(self, *people: dict, **options: Any) -> str:
        result = self(*people, **options)
        assert result.get("failed"), result
        return result["msg"]

    def quiet(self, *people: dict, **options: Any) -> dict:
        result = self.ok(*people, **options)
        assert result["changed"] is False and self.server.wrote() == [], (result, self.server.wrote())
        return result

    def predicted(self, *people: dict, **options: Any) -> dict:
        """A run that check mode predicts exactly, without writing."""
        before = copy.deepcopy((self.server.objects, self.server.beside))
        foretold = self(*people, check=True, **options)
        assert self.server.wrote() == [] and before == (self.server.objects, self.server.beside)
        result = self(*people, **options)
        assert {**foretold, "requests": 0} == {**result, "requests": 0}
        return result

    def converges(self, *people: dict, **options: Any) -> dict:
        """A predicted run that succeeds and leaves nothing to do."""
        result = self.predicted(*people, **options)
        assert not result.get("failed"), result["msg"]
        wrote = self.server.wrote()
        self.quiet(*people, **options)
        self.server.log[:] = wrote
        return result


def refused(words: str = "no such value", **details: Any) -> Refused:
    return Refused(words, **details)
