# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]`: search and list (contract 3.1)."""

from __future__ import annotations

import json
from typing import NamedTuple

from . import dn as names
from . import filters, parameters
from .answer import HTML, Answer
from .auth import in_menu, profiles
from .directory import Entry
from .schema import Type, fill

UNCACHED = ("keepParamsBetweenSearches", "nbObjectsByPage", "sortBy", "sortDirection")


class Found(NamedTuple):
    """A result as it was when it was found."""

    entry: Entry
    dn: str
    attributes: dict[str, list[str]]


def search(call, type_name: str) -> Answer:
    if type_name == "SELF":
        return Answer(200, b"", HTML)
    kind = call.type(type_name)
    if kind is None:
        return call.unknown_type()
    try:
        params = parameters.read(call, kind)
    except parameters.BadParameter as bad:
        return call.refused(*bad.args, strict=400)
    found = results(call, kind, params)
    body = {"success": True, "objects": None, "total": len(found), "params": params}
    if not call.switch("all"):
        wanted = call.request("page") or "1"
        page = int(wanted) if wanted.isdigit() and int(wanted) else 1
        size = params["nbObjectsByPage"]
        pages = max(1, -(-len(found) // size))
        if page > pages:
            return call.fatal(f"Fail to retrieve page #{page}.")
        found = found[(page - 1) * size : page * size]
        body |= {"page": page, "nbPages": pages}
    body["objects"] = _objects(call, kind, params, found)
    return call.reply(body)


def results(call, kind: Type, params: dict) -> list[Found]:
    """Sorted; from the session's cache unless that is refused (contract 1.5)."""
    session = call.session
    wanted = {name: value for name, value in params.items() if name not in UNCACHED}
    place = (kind.name, json.dumps([wanted, session.server, session.top_dn]))
    if call.flag("withoutCache") or call.switch("refresh") or place not in session.searches:
        session.searches[place] = _run(call, kind, params)
    found = session.searches[place]
    return _sorted(call, kind, params, found) if params["sortBy"] else found


def _run(call, kind: Type, params: dict) -> list[Found]:
    if not in_menu(call, kind):
        return []  # a success all the same (contract 2)
    base, scope = _place(call, kind, params)
    base_key = names.key(base)
    tests = [filters.parse(text) for text in (params["filter"], params["predefinedFilter"]) if text]
    entries = _candidates(call, kind, params["filter"])
    if kind.rdn_order and scope == "one" and not tests and not params["pattern"]:
        entries = sorted(entries, key=_rdn_order)
    found = []
    for entry in entries:
        if not _in_scope(entry.key, base_key, scope):
            continue
        if not all(test(entry.attributes) for test in tests):
            continue
        if params["pattern"] and not filters.contains(entry, kind.keywords, params["pattern"], params["approx"]):
            continue
        if kind.readable(profiles(call, entry)):
            found.append(Found(entry, entry.dn, entry.attributes))
    return found


def _candidates(call, kind: Type, text: str | None) -> list[Entry]:
    """Those that an index knows, where there is one for the filter."""
    attribute, operator, value = filters.simple(text) if text else ("", "", "")
    if operator == "=" and "*" not in value and "\\" not in value and call.server.compared(attribute):
        return call.store.directory.equal(attribute, value, kind.class_set)
    return call.store.directory.with_classes(kind.class_set)


def _place(call, kind: Type, params: dict) -> tuple[str, str]:
    top = params.get("subDn") or call.top_dn
    if params["recursive"]:
        # Whatever scope was asked for.
        return params["basedn"] or top, "sub"
    return params["basedn"] or f"{kind.container},{top}", params["scope"] or "one"


def _in_scope(key: str, base_key: str, scope: str) -> bool:
    if scope == "base":
        return key == base_key
    if scope == "one":
        return key.endswith("," + base_key) and "," not in key[: -len(base_key) - 1]
    return names.is_below(key, base_key)


def _rdn_order(entry: Entry) -> tuple[int, str]:
    rdn = entry.key.partition(",")[0]
    return len(rdn.encode()), rdn


def _sorted(call, kind: Type, params: dict, found: list[Found]) -> list[Found]:
    key = params["sortBy"]
    if key == "subDn":
        text = _level_name(call)
    else:
        template = params["displayFormat"] if key == "displayName" else kind.columns[key][1]

        def text(one: Found) -> str:
            return fill(template, one.attributes)

    return sorted(found, key=lambda one: text(one).lower(), reverse=params["sortDirection"] == "DESC")


def _level_name(call):
    levels = {names.key(dn): name for dn, name in call.server.levels(call.directory_server).items()}

    def name_of(found: Found) -> str:
        return next((name for level, name in levels.items() if found.entry.key.endswith("," + level)), "")

    return name_of


def _objects(call, kind: Type, params: dict, found: list[Found]) -> list | dict:
    detailed = call.switch("attributesDetails")
    columns = list(kind.columns.values()) if params["extraDisplayedColumns"] else []
    wanted = [kind.attributes[name] for name in params["attributes"]]
    server = call.directory_server
    # The objects that are the levels do not say in which one they are.
    level_name = _level_name(call) if server.levels_type not in (None, kind.name) else None
    rows: dict[str, dict] = {}
    for one in found:
        row = {"name": fill(params["displayFormat"], one.attributes)}
        for label, template in columns:
            row[label] = fill(template, one.attributes)
        if level_name:
            row[server.levels_label] = level_name(one)
        if wanted:
            readable = kind.readable(profiles(call, one.entry))
            for attribute in wanted:
                if attribute.name in readable:
                    show = attribute.kind.detail if detailed else attribute.kind.show
                    row[attribute.name] = show(call, attribute, one.attributes.get(attribute.name, []))
            if "displayName" in row:
                # The server takes an attribute of this name for its own word for the name of the object.
                row["displayName"] = row["name"]
        rows[one.dn] = row
    if call.switch("as_list"):
        return [row | {"dn": dn} for dn, row in rows.items()]
    return call.map(rows)
