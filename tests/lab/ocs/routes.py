# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import inspect
import re
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass

from .errors import Crash
from .php import php_int

# Who may call (contract 2.5); the texts of the refusals are in `pipeline`.
ANYBODY, LOGGED_IN, SUB_ADMIN, DELEGATED, ADMIN = "anybody", "logged-in", "sub-admin", "delegated", "admin"
DELEGATED_OR_SUB_ADMIN = "delegated-or-sub-admin"
READ, WRITE = "read", "write"


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str
    default: object
    required: bool


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern
    handler: Callable
    role: str
    effect: str
    limit: str | None  # the rate limit that it draws on
    stores: str | None  # the field that it stores, or "key" for an edit: what a `drop` fault may lose
    parameters: tuple[Parameter, ...]

    def bind(self, call) -> dict:
        """The handler's arguments, with the types that the server insists on. A body field beats the path (contract 1.5)."""
        arguments = {}
        for parameter in self.parameters:
            value = call.body.get(parameter.name)
            if value is None:
                value = call.match.in_path.get(parameter.name)
            if value is None:
                value = call.query.get(parameter.name)
            arguments[parameter.name] = self._typed(parameter, value)
        return arguments

    def _typed(self, parameter: Parameter, value):
        if value is None:
            if parameter.required:
                raise Crash(f"{self.handler.__name__}(): Argument ${parameter.name} must be of type {parameter.kind}, null given")
            return parameter.default
        if parameter.kind == "int" and isinstance(value, (str, int)):
            return php_int(str(value))
        if not isinstance(value, {"str": str, "list": list, "dict": dict}.get(parameter.kind, ())):
            raise Crash(f"{self.handler.__name__}(): Argument ${parameter.name} must be of type {parameter.kind}")
        return value


@dataclass(frozen=True)
class Match:
    route: Route | None
    in_path: dict
    other_method: bool  # the path exists, for another method


def compiled(path: str) -> re.Pattern:
    pattern = re.sub(r"\{(\w+)(?::([^}]+))?\}", lambda part: f"(?P<{part[1]}>{part[2] or '[^/]+'})", path)
    return re.compile(pattern + r"\Z", re.DOTALL)


def parameters_of(handler: Callable) -> tuple[Parameter, ...]:
    """What the signature says, after the call itself; optional ones have a default."""
    _call, *named = inspect.signature(handler).parameters.values()
    return tuple(
        Parameter(
            parameter.name,
            str(parameter.annotation).removesuffix(" | None"),
            None if parameter.default is parameter.empty else parameter.default,
            parameter.default is parameter.empty,
        )
        for parameter in named
    )


class Router:
    """Routes in the order of the real server, which decides collisions."""

    def __init__(self):
        self.routes: list[Route] = []

    def add(
        self, method: str, path: str, *, role: str = LOGGED_IN, effect: str = READ, limit: str | None = None, stores: str | None = None
    ):
        """Register a handler. `{x}` is one path segment, `{x:.+}` may hold slashes; all its arguments are parameters of the call."""

        def register(handler: Callable) -> Callable:
            self.routes.append(Route(method, compiled(path), handler, role, effect, limit, stores, parameters_of(handler)))
            return handler

        return register

    def match(self, method: str, path: str) -> Match:
        other_method = False
        for route in self.routes:
            if found := route.pattern.match(path):
                if route.method == method:
                    return Match(route, found.groupdict(), False)
                other_method = True
        return Match(None, {}, other_method)


def decode_again(group_id: str) -> str:
    """Group ids in paths are decoded a second time, with + as space (contract 1.6)."""
    return urllib.parse.unquote_plus(group_id)
