# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The routes, in the order in which they are tried (contract 1.1): GET and POST on all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from . import create, export, importing, modify, relation, remove, search, show

READ, WRITE = "read", "write"
OBJECT = r"/api/1\.0/object/([^/]+)"


@dataclass(frozen=True)
class Route:
    name: str
    pattern: re.Pattern
    handler: object
    effect: str


ROUTES = tuple(
    Route(name, re.compile(OBJECT + pattern + "/?"), handler, effect)
    for name, pattern, handler, effect in (
        ("search", "", search.search, READ),
        ("create", "/create", create.create, WRITE),
        ("import", "/import", importing.import_rows, WRITE),
        ("export", "/export", export.export_rows, READ),
        ("modify", "/([^/]+)/modify", modify.modify, WRITE),
        ("remove", "/([^/]+)/remove", remove.remove, WRITE),
        ("relation", "/([^/]+)/relation/([^/]+)", relation.relate, WRITE),
        ("show", "/([^/]+)", show.show, READ),
    )
)


def match(method: str, raw_path: str) -> tuple[Route | None, tuple[str, ...]]:
    if method in ("GET", "POST"):
        for route in ROUTES:
            if found := route.pattern.fullmatch(raw_path):
                return route, tuple(unquote_plus(segment, errors="replace") for segment in found.groups())
    return None, ()


def is_write(call) -> bool:
    """By what the call does, not by its verb: GET deletes, a relation is only read without additions and removals."""
    route = call.handler
    if route is None or route.effect == READ:
        return False
    if route.name == "relation":
        return call.request_list("add") is not None or call.request_list("remove") is not None
    return not (route.name == "import" and call.flag("justTry"))
