# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The route table: a tree of literal and wildcard segments, without backtracking (contract 1.1)."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

GENERATIONS = (49, 50, 57)
VOID, JSON, STRING, BYTES = "void", "json", "string", "bytes"


class Route(NamedTuple):
    handler: Callable
    returns: str  # void: 200 without a body; otherwise null is 204
    write: bool
    stores: str | None  # what a `drop` fault may lose by not calling the handler
    anonymous: bool


class Match(NamedTuple):
    route: Route
    arguments: list[str]


@dataclass
class Node:
    literals: dict[str, Node] = field(default_factory=dict)
    wildcard: Node | None = None
    routes: dict[str, Route] = field(default_factory=dict)


class Router:
    """One tree per generation of the server."""

    def __init__(self):
        self.trees = {generation: Node() for generation in GENERATIONS}

    def add(
        self,
        method: str,
        path: str,
        *,
        returns: str = JSON,
        write: bool = False,
        stores: str | None = None,
        anonymous: bool = False,
        since: int = 0,
        until: int = 99,
    ):
        """Register a handler; it gets the call and the wildcard segments, in their order."""

        def register(handler: Callable) -> Callable:
            for generation, node in self.trees.items():
                if not since <= generation <= until:
                    continue
                for segment in path.strip("/").split("/"):
                    if segment.startswith("{"):
                        node.wildcard = node = node.wildcard or Node()
                    else:
                        node = node.literals.setdefault(segment, Node())
                node.routes[method] = Route(handler, returns, write, stores, anonymous)
            return handler

        return register

    def match(self, generation: int, method: str, path: str) -> Match | None:
        """Where a path below /api leads. Empty segments are skipped here; `handled` looks at them."""
        node = self.trees[generation]
        arguments = []
        for segment in path.split("/"):
            if not segment:
                continue
            if literal := node.literals.get(segment):
                node = literal
            elif node.wildcard:
                node = node.wildcard
                # Form rules: + is a space (contract 1.1).
                arguments.append(urllib.parse.unquote_plus(segment))
            else:
                return None
        route = node.routes.get(method)
        return Match(route, arguments) if route else None


#: The table of routes, and that of what the front proxy does not show; importing the modules of handlers fills them.
router = Router()
internal = Router()
