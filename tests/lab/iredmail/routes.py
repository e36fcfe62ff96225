# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .values import DOMAIN_PATTERN, MAIL_PATTERN
from .versions import ALWAYS, Span

# Who may call. An admin needs to manage the domain that the path names; CREATOR is not held to that.
ANYBODY, ADMIN, CREATOR, GLOBAL = "anybody", "admin", "creator", "global"
READ, WRITE = "read", "write"
METHODS = ("GET", "POST", "PUT", "DELETE")
PLACES = {
    "domain": DOMAIN_PATTERN,
    "mail": MAIL_PATTERN,
    "new_mail": MAIL_PATTERN,
    "number": r"\d+",
    "account": f"global|{MAIL_PATTERN}|{DOMAIN_PATTERN}",
    "direction": "inbound|outbound",
    "colour": "whitelist|blacklist",
}


@dataclass(frozen=True)
class Route:
    handler: Callable
    role: str
    effect: str
    span: Span
    kind: str | None  # of the objects that it writes, for `drop` faults
    parameters: Mapping[str, Span]

    def known(self, sent: dict[str, str], knobs) -> dict[str, str]:
        """The parameters that this release knows, by their present names; all others are ignored."""
        found = {}
        for name, value in sent.items():
            span = self.parameters.get(name)
            if span is not None and span.covers(knobs):
                found[span.stands_for or name] = value
        return found


@dataclass
class Resource:
    """One path and its methods."""

    pattern: re.Pattern
    methods: dict[str, Route] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    route: Route | None
    in_path: dict[str, str]
    allowed: tuple[str, ...]


class Router:
    def __init__(self):
        self._by_template: dict[str, Resource] = {}
        self._by_first: dict[str, list[Resource]] = defaultdict(list)

    def add(
        self,
        method: str,
        template: str,
        *,
        role: str = ADMIN,
        effect: str = READ,
        span: Span = ALWAYS,
        kind: str | None = None,
        parameters: Mapping[str, Span] | None = None,
    ):
        """Register a handler; the names in braces are keys of `PLACES`."""

        def register(handler: Callable) -> Callable:
            route = Route(handler, role, effect, span, kind, parameters or {})
            self._resource(template).methods[method] = route
            return handler

        return register

    def _resource(self, template: str) -> Resource:
        if template not in self._by_template:
            pattern = re.sub(r"\{(\w+)\}", lambda place: f"(?P<{place[1]}>{PLACES[place[1]]})", template)
            resource = Resource(re.compile(pattern, re.ASCII))
            self._by_template[template] = resource
            self._by_first[template.split("/")[1]].append(resource)
        return self._by_template[template]

    def match(self, method: str, path: str, knobs) -> Match | None:
        """None: no such path in this edition and release."""
        for resource in self._by_first.get(path.split("/", 2)[1], ()):
            found = resource.pattern.fullmatch(path)
            if not found:
                continue
            allowed = tuple(name for name in METHODS if name in resource.methods and resource.methods[name].span.covers(knobs))
            if allowed:
                in_path = {name: text.lower() for name, text in found.groupdict().items()}
                return Match(resource.methods[method] if method in allowed else None, in_path, allowed)
        return None
