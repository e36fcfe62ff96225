# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module of this collection is: options and a function. The two drivers run it; nothing here knows Ansible."""

from __future__ import annotations

import re
import traceback
from typing import Any, Callable, Dict, Iterator, Mapping, Sequence, Type

from . import transport
from .client import Client, Option
from .engine import Engine, Settings
from .errors import BackendError, InvalidInput
from .report import outcome
from .spec import HIDDEN, Part, Resource, hide

Result = Dict[str, Any]
URL_CREDENTIALS = re.compile(r"//[^/?#\s]+@")

BULK: dict[str, Option] = {
    "workers": {"type": "int"},
    "on_error": {"type": "str", "choices": ["continue", "stop"], "default": "continue"},
    "on_invalid": {"type": "str", "choices": ["refuse", "continue"], "default": "refuse"},
    "on_unconverged": {"type": "str", "choices": ["fail", "warn"], "default": "fail"},
    "return_all": {"type": "bool", "default": False},
}
UNREADABLE_FIELDS: dict[str, Option] = {
    "unreadable_fields": {"type": "str", "choices": ["on_create", "always", "always_quiet"], "default": "on_create"},
}
PRUNE: dict[str, Option] = {
    "prune": {"type": "bool", "default": False},
    "prune_scope": {"type": "raw"},
    "prune_limit": {"type": "str"},
    "keep": {"type": "list", "elements": "str", "default": []},
}


class Task:
    """Options plus ``work``, a function of a client and the options.

    ``rules`` are the keyword arguments of an argument spec besides the options: required_if, mutually_exclusive and so on.
    """

    def __init__(self, client_class: Type[Client], options: Mapping[str, Option], **rules: Any) -> None:
        self.client = client_class
        self.connection = client_class.options()
        self.options = {**self.connection, **options}
        self.rules = rules

    def open(self, params: Mapping[str, Any]) -> Client:
        """A client; it sends nothing before it must. :raises InvalidInput: for an address without a scheme, for example."""
        if transport.REQUESTS_ERROR:
            raise InvalidInput("The Python library requests is needed where this task runs: install it with pip install requests")
        return self.client(params)

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        """:param hidden: whether the result of the task is shown to nobody (``no_log``).
        :raises InvalidInput: for what cannot be right, before anything is opened."""

    def work(self, client: Any, params: Mapping[str, Any], check_mode: bool) -> Result:
        raise NotImplementedError

    def run(
        self, params: Mapping[str, Any], check_mode: bool, *, hidden: bool = False, opened: Callable[[], Client] | None = None
    ) -> Result:
        """The result, a failure too.

        :param opened: gives a client that is kept over several runs; default: open one for this run.
        """
        sent = {"reads": 0, "writes": 0}
        try:
            self.check(params, hidden)
            client = (opened or (lambda: self.open(params)))()
            reads, writes = client.transport.reads, client.transport.writes
            try:
                result = self.work(client, params, check_mode)
            except BackendError as exc:
                result = failure(exc, client.name)
            sent = {"reads": client.transport.reads - reads, "writes": client.transport.writes - writes}
            if not opened:
                client.transport.close()
        except BackendError as exc:
            result = failure(exc, self.client.name)
        except Exception as exc:  # out of an action it would end the loop, and out of a module its words would be shown as they are
            result = {"changed": False, "failed": True, "msg": f"{type(exc).__name__}: {exc}", "exception": traceback.format_exc()}
        if result.get("failed") and "summary" not in result:
            result = self.concealed(result, params)
        if "warnings" in result:  # an ordinary module hands them to Ansible one by one, which then masks nothing in them
            secrets = self.secrets(params, within_lists=False)
            result["warnings"] = [hide(warning, secrets) for warning in result["warnings"]]
        result["requests"] = sent
        if params.get("instance"):
            result["instance"] = params["instance"]
        return result

    def secrets(self, params: Mapping[str, Any], within_lists: bool = True) -> set[str]:
        """The values that must never be shown. Those of a long list are taken out of its report object by object."""
        return set(secrets_of(self.options, params, within_lists))

    def concealed(self, result: Result, params: Mapping[str, Any]) -> Result:
        """A failure of the whole run, without any secret in its words (nor in the source that a traceback quotes)."""
        secrets = self.secrets(params)
        return {name: hide(value, secrets) if isinstance(value, str) else value for name, value in result.items()}

    def shown(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The options as an ordinary module repeats them: without secrets, and a list of objects is counted."""
        options = {word: option for name, option in self.options.items() for word in (name, *option.get("aliases", ()))}

        def of(option: Option, value: Any) -> Any:
            if value is None or isinstance(value, bool):
                return value
            if "options" in option and isinstance(value, list):
                return f"{len(value)} entries"
            if "options" in option or option.get("no_log"):
                return HIDDEN
            return URL_CREDENTIALS.sub(f"//{HIDDEN}@", value) if isinstance(value, str) else value

        return {name: of(options.get(name, {}), value) for name, value in params.items()}


def secrets_of(options: Mapping[str, Option], params: Mapping[str, Any], within_lists: bool = True) -> Iterator[str]:
    for name, option in options.items():
        value = params.get(name)
        if option.get("no_log"):
            yield from _texts(value)
        elif isinstance(value, dict):
            yield from secrets_of(option.get("options") or {}, value)
        elif within_lists and isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    yield from secrets_of(option.get("options") or {}, entry)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value)


def failure(exc: BackendError, backend: str) -> Result:
    """The result of a task that could do nothing."""
    words = str(exc)
    out: Result = {"changed": False, "failed": True, "msg": words if isinstance(exc, InvalidInput) else f"{backend}: {words}"}
    if exc.status is not None:
        out["status"] = exc.status
    if exc.code is not None:
        out["code"] = exc.code
    return out


class ResourceTask(Task):
    """Brings one object or many of a resource to their wanted state."""

    def __init__(self, resource: Resource, client_class: Type[Client], **options: Option) -> None:
        self.resource = resource
        bulk = {**BULK, **options}
        if any(not item.readable and not item.secret for item in resource.fields) or resource.may_be_unreadable:
            bulk.update(UNREADABLE_FIELDS)
        if any(implied is None for implied in resource.states.values()) and type(resource.parts[0]).list is not Part.list:
            bulk.update(PRUNE)
        first = resource.key[0].name
        rules: dict[str, Any] = {"mutually_exclusive": [(first, resource.plural)]}
        rules["required_one_of"] = [(*(identity[0].name for identity in resource.identities), resource.plural)]
        super().__init__(client_class, {**resource.options(), **bulk}, **rules)

    def work(self, client: Any, params: Mapping[str, Any], check_mode: bool) -> Result:
        resource = self.resource
        if params.get("prune") and params[resource.plural] is None:
            raise InvalidInput(f"prune needs the list {resource.plural}: it deletes what the list does not name")
        wants = resource.wants(params)
        settings = Settings(
            check_mode=check_mode,
            workers=params["workers"] or client.writers[0],
            **{name: params[name] for name in Settings.__dataclass_fields__ if name in params and name not in ("workers", "keep")},
            keep=tuple(params.get("keep") or ()),
            prune_with=resource.steered(params),
        )
        changes = Engine(resource, client, settings).run(wants)
        return outcome(
            changes,
            all_of_them=params["return_all"] or params[resource.plural] is None,
            on_unconverged=params["on_unconverged"],
            resource=resource,
        )


class InfoTask(Task):
    """Reads objects and returns them as the module that writes them accepts them."""

    def __init__(self, resource: Resource, client_class: Type[Client], **options: Option) -> None:
        self.resource = resource
        keys = {item.name: item.option() for item in resource.keys}
        super().__init__(client_class, {**keys, **options})

    def work(self, client: Any, params: Mapping[str, Any], check_mode: bool) -> Result:
        client.acting()
        rows = list(self.rows(client, params))
        return {
            "changed": False,
            self.resource.plural: [self.resource.export(raw, self.parts(params)) for raw in rows],
            **self.more(rows, params),
        }

    def parts(self, params: Mapping[str, Any]) -> Sequence[Part]:
        """The parts that are read; what the others hold is left out."""
        return self.resource.parts

    def rows(self, client: Any, params: Mapping[str, Any]) -> Sequence[Any]:
        raise NotImplementedError

    def more(self, rows: Sequence[Any], params: Mapping[str, Any]) -> Result:
        """What is worth knowing about the objects and cannot be written."""
        return {}


def one_way(params: Mapping[str, Any], *ways: str) -> None:
    """An info module looks for its objects in one way; an empty name would silently mean all of them."""
    given = [way for way in ways if params[way] is not None]
    if len(given) > 1:
        raise InvalidInput(f"{' and '.join(given)} cannot be combined: give one of them")
    if given and not params[given[0]].strip():
        raise InvalidInput(f"{given[0]} must not be empty")
