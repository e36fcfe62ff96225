# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .addresses import is_address
from .kinds import BY_COLLECTION

READ, WRITE = "read", "write"


@dataclass(frozen=True)
class Route:
    method: str
    parts: tuple[str, ...]  # lower-case words, and "{...}" for references
    handler: Callable
    effect: str | Callable  # READ, WRITE, or a function of the call
    public: bool  # needs no credentials


@dataclass(frozen=True)
class Match:
    route: Route | None
    refs: tuple[str, ...] = ()
    other_method: bool = False  # the path exists, for another method
    collection: str = ""


class Router:
    """Words match whatever their case; a reference may be `31`, a name, `users/31`, or a CIDR with its slash (contract 4)."""

    def __init__(self):
        self.routes: dict[str, list[Route]] = {}
        self._match = lru_cache(maxsize=4096)(self._search)

    def add(self, method: str, path: str, *, effect: str | Callable | None = None, public: bool = False):
        def register(handler: Callable) -> Callable:
            parts = tuple(part if part.startswith("{") else part.lower() for part in path.split("/"))
            chosen = effect or (READ if method == "GET" else WRITE)
            self.routes.setdefault(parts[0], []).append(Route(method, parts, handler, chosen, public))
            return handler

        return register

    def match(self, method: str, path: str, slash_in_names: bool) -> Match:
        """`path` is still encoded."""
        parts = path.split("/") if slash_in_names else urllib.parse.unquote(path).split("/")
        decoded = [urllib.parse.unquote(part) for part in parts]
        if len(decoded) > 1 and not decoded[-1]:
            decoded.pop()
        return self._match(method, tuple(decoded))

    def _search(self, method: str, parts: tuple[str, ...]) -> Match:
        other_method = False
        for route in self.routes.get(parts[0].lower(), ()):
            refs = _fit(route.parts, parts)
            if refs is not None:
                if route.method == method:
                    return Match(route, refs, False, parts[0])
                other_method = True
        return Match(None, (), other_method, parts[0])


def _fit(wanted: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...] | None:
    if not wanted:
        return None if parts else ()
    if not parts:
        return None
    if not wanted[0].startswith("{"):
        return _fit(wanted[1:], parts[1:]) if wanted[0] == parts[0].lower() else None
    rest = _fit(wanted[1:], parts[1:])
    if rest is not None:
        return (parts[0], *rest)
    if len(parts) > 1 and (parts[0].lower() in BY_COLLECTION or _is_cidr(parts)):
        rest = _fit(wanted[1:], parts[2:])
        if rest is not None:
            return (f"{parts[0]}/{parts[1]}", *rest)
    return None


def _is_cidr(parts: tuple[str, ...]) -> bool:
    return parts[1].isdecimal() and is_address(parts[0])


router = Router()
