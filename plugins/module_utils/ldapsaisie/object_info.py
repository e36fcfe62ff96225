# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading objects: one of them, or a search with all that the server offers (chapters 3.1 and 3.2 of the LdapSaisie contract)."""

from __future__ import annotations

from typing import Any, Mapping

from ..core.errors import InvalidInput
from ..core.spec import Raw
from ..core.task import InfoTask, Result
from .client import LdapsaisieClient
from .object import DN, OBJECT, SHADOWED, TYPE, shown

#: What a search takes: option, name on the wire, type.
SEARCH = (
    ("filter", "filter", "str"),
    ("predefined_filter", "predefinedFilter", "str"),
    ("pattern", "pattern", "str"),
    ("approx", "approx", "bool"),
    ("basedn", "basedn", "str"),
    ("sub_dn", "subDn", "str"),
    ("scope", "scope", "str"),
    ("recursive", "recursive", "bool"),
    ("display_format", "displayFormat", "str"),
    ("extra_displayed_columns", "extraDisplayedColumns", "bool"),
    ("sort_by", "sortBy", "str"),
    ("sort_direction", "sortDirection", "str"),
    ("page", "page", "int"),
    ("objects_per_page", "nbObjectsByPage", "int"),
    ("without_cache", "withoutCache", "bool"),
)
CHOICES = {"scope": ["sub", "one", "base"], "sort_direction": ["ASC", "DESC"]}
PAGED = ("page", "objects_per_page")
UPWARDS = "ASC"
OTHER_WAY = {"ASC": "DESC", "DESC": "ASC"}


class ObjectInfo(InfoTask):
    """One object as it is shown, or what a search finds."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if params["dn"] is not None or params["name"] is not None:
            given = [name for name, _wire, _type in SEARCH if params[name] is not None] + ["attributes"] * bool(params["attributes"])
            if given:
                raise InvalidInput(f"{', '.join(given)} is of a search, which one object named by dn or name is not")
        for name in PAGED:
            if params[name] is not None and (params["all"] or params[name] < 1):
                raise InvalidInput(f"{name} counts from 1, and all objects cannot be asked for together with it")
        if params["scope"] in ("one", "base") and params["recursive"]:
            raise InvalidInput(f"a recursive search goes all the way down: scope {params['scope']} needs recursive false")
        shadowed = sorted(SHADOWED & set(params["attributes"]))
        if shadowed:
            raise InvalidInput(f"a search says something else under {' and '.join(shadowed)}: read the object by its dn")
        if params["sort_direction"] and not params["sort_by"]:
            raise InvalidInput("sort_direction needs sort_by")

    def work(self, client: LdapsaisieClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        values = {item.name: params[item.name] for item in OBJECT.keys if params[item.name] is not None}
        try:
            values = {name: next(item for item in OBJECT.keys if item.name == name).accept(value) for name, value in values.items()}
            OBJECT.refine(values, "present")
        except ValueError as exc:
            raise InvalidInput(str(exc)) from None
        client.acting()
        if values.get(DN.name):
            found = self.one(client, values, params["details"])
        else:
            found = self.many(client, values[TYPE.name], params)
        if not params["as_list"]:
            found["objects"] = {each[DN.name]: each for each in found["objects"]}
        return {"changed": False, **found}

    @staticmethod
    def one(client: LdapsaisieClient, values: Mapping[str, Any], details: bool) -> Result:
        """Under the spelling of the server: with another one most attributes are missing (chapter 1.2)."""
        kind, dn = values[TYPE.name], values[DN.name]
        raw = shown(client, kind, dn, ())
        if raw is None:
            return {"objects": [], "relations": [], "details": [], "total": 0}
        spelled = client.spelled(kind, dn)
        if spelled != raw[DN.name]:
            raw = shown(client, kind, spelled, ()) or raw
        more = client.show(kind, spelled, "details") if details else None
        related = raw["relations"].items()
        return {
            "objects": [OBJECT.export(raw, OBJECT.parts)],
            "relations": [{TYPE.name: kind, DN.name: raw[DN.name], "relation": name, "related": list(each)} for name, each in related],
            "details": [{DN.name: raw[DN.name], "name": more["name"], "attributes": more["attributes"]}] if more else [],
            "total": 1,
        }

    def many(self, client: LdapsaisieClient, kind: str, params: Mapping[str, Any]) -> Result:
        asked = list(dict.fromkeys(params["attributes"]))
        query = [(wire, self.word(params[name])) for name, wire, _type in SEARCH if params[name] is not None]
        if params["scope"] in ("one", "base") and params["recursive"] is None:
            query.append(("recursive", "0"))
        paged = any(params[name] is not None for name in PAGED)
        if params["all"] or (params["all"] is None and not paged):
            query.append(("all", "1"))
        query += [("attributesDetails", "1")] * params["details"] + [("attributes[]", name) for name in asked]
        found = client.search(kind, query, sure=True)
        direction = params["sort_direction"] or UPWARDS
        if params["sort_by"] and found["params"].get("sortDirection") not in (None, direction):
            # The server turns round an order that it keeps anyway (chapter 3.1).
            turned = [pair for pair in query if pair[0] != "sortDirection"] + [("sortDirection", OTHER_WAY[direction])]
            found = client.search(kind, turned)
        rows = found["objects"]
        plain = [] if params["details"] else asked
        out: Result = {
            "objects": [self.row(kind, row, plain) for row in rows],
            "details": [self.beside(row, asked, params["details"]) for row in rows],
            "total": int(found.get("total", len(rows))),
            "params": found.get("params") or {},
        }
        return {**out, **{option: int(found[wire]) for option, wire in (("page", "page"), ("pages", "nbPages")) if wire in found}}

    @staticmethod
    def row(kind: str, row: Raw, asked: list[str]) -> Raw:
        raw = {TYPE.name: kind, DN.name: row["dn"], "attributes": {name: row[name] for name in asked if name in row}}
        return OBJECT.export(raw, OBJECT.parts)

    @staticmethod
    def beside(row: Raw, asked: list[str], detailed: bool) -> Raw:
        """What the object module does not take: the name, columns and the level under their labels, and detailed values."""
        columns = {name: value for name, value in row.items() if name not in ("dn", "name", *asked)}
        attributes = {name: row[name] for name in asked if name in row} if detailed else {}
        return {DN.name: row["dn"], "name": row.get("name"), "columns": columns, "attributes": attributes}

    @staticmethod
    def word(value: Any) -> str:
        """Booleans are 1 and 0: any word is true (chapter 1.1)."""
        return str(int(value)) if isinstance(value, bool) else str(value)


INFO = ObjectInfo(
    OBJECT,
    LdapsaisieClient,
    type={**TYPE.option(), "required": True},
    **{name: {"type": kind, **({"choices": CHOICES[name]} if name in CHOICES else {})} for name, _wire, kind in SEARCH},
    attributes={"type": "list", "elements": "str", "default": []},
    details={"type": "bool", "default": False},
    all={"type": "bool"},
    as_list={"type": "bool", "default": True},
)
