# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parameters of a search, and what each refuses (contract 3.1)."""

from __future__ import annotations

import re

from . import dn as names
from . import filters, php
from .auth import profiles
from .schema import PLACEHOLDER, Type

PATTERN = re.compile(r"[\w .@'_-]*")
STRICT = ("approx", "recursive", "withoutCache")
SCOPES = ("sub", "one", "base")


class BadParameter(Exception):
    """A code and what goes into its text."""


def defaults(call, kind: Type) -> dict:
    params = {
        "keepParamsBetweenSearches": False,
        "filter": None,
        "pattern": None,
        "predefinedFilter": False,
        "basedn": None,
        "scope": None,
        "sizelimit": 0,
        "attronly": False,
        "approx": False,
        "recursive": kind.recursive,
        "attributes": [],
        "onlyAccessible": True,
        "sortDirection": "ASC" if kind.sort else None,
        "sortBy": kind.sort,
        "sortlimit": 0,
        "displayFormat": kind.display,
        "nbObjectsByPage": kind.per_page,
        "withoutCache": False,
        "extraDisplayedColumns": False,
    }
    if call.directory_server.levels_type:
        params |= {"displaySubDn": None, "subDn": None}
    return params


def read(call, kind: Type) -> dict:
    """The parameters in force; those of the session are the start when they are to be kept."""
    keep = call.flag("keepParamsBetweenSearches")
    params = dict(call.session.params.get(kind.name) or defaults(call, kind)) if keep else defaults(call, kind)
    params["keepParamsBetweenSearches"] = keep
    readable = kind.readable(profiles(call))
    for read_one in (_filters, _places, _booleans, _shown, _sorting, _paging):
        read_one(call, kind, params, readable)
    if keep:
        call.session.params[kind.name] = params
    return params


def _filters(call, kind, params, readable) -> None:
    if text := call.request("filter"):
        simple = filters.simple(text)
        if simple is None or simple[0] not in readable:
            raise BadParameter("LSsearch_03", "filter")
        params["filter"] = text
    if text := call.request("predefinedFilter"):
        if text not in kind.predefined:
            raise BadParameter("LSsearch_03", "predefinedFilter")
        params["predefinedFilter"] = text
    if text := call.request("pattern"):
        if PATTERN.fullmatch(text):
            params["pattern"] = text
        else:
            # Not fatal: the pattern is forgotten and everything is found.
            call.error("LSsearch_17")
            params["pattern"] = None


def _places(call, kind, params, readable) -> None:
    if base := call.request("basedn"):
        if not names.is_below(names.key(base), names.key(call.directory_server.base)):
            raise BadParameter("LSsearch_02", base)
        params["basedn"] = base
    if (level := call.request("subDn")) is not None:
        if names.key(level) not in {names.key(dn) for dn in call.server.levels(call.directory_server)}:
            raise BadParameter("LSsearch_03", "subDn")
        params["subDn"] = level
    if scope := call.request("scope"):
        if scope not in SCOPES:
            raise BadParameter("LSsearch_03", "scope")
        params["scope"] = scope


def _booleans(call, kind, params, readable) -> None:
    for name in (*STRICT, "extraDisplayedColumns"):
        if (value := call.request(name)) is None:
            continue
        if name in STRICT and value.isdigit() and int(value) > 1:
            raise BadParameter("LSsearch_05", name)
        if name != "withoutCache":  # obeyed, and shown as false
            params[name] = php.is_true(value)


def _shown(call, kind, params, readable) -> None:
    if form := call.request("displayFormat"):
        if not set(PLACEHOLDER.findall(form)) <= readable:
            raise BadParameter("LSsearch_11", "displayFormat")
        params["displayFormat"] = form
    wanted = call.request_list("attributes")
    if wanted is not None:
        for name in wanted:
            if name not in readable:
                raise BadParameter("LSsearch_11", name)
        params["attributes"] = wanted


def _sorting(call, kind, params, readable) -> None:
    if direction := call.request("sortDirection"):
        if direction not in ("ASC", "DESC"):
            raise BadParameter("LSsearch_03", "sortDirection")
        params["sortDirection"] = direction
    if key := call.request("sortBy"):
        if key not in ("displayName", "subDn") and not (params["extraDisplayedColumns"] and key in kind.columns):
            raise BadParameter("LSsearch_03", "sortBy")
        if key == params["sortBy"]:
            # A defect: what is already the key is taken for a wish to turn the direction round.
            params["sortDirection"] = "DESC" if params["sortDirection"] == "ASC" else "ASC"
        params["sortBy"] = key
        params["sortDirection"] = params["sortDirection"] or "ASC"


def _paging(call, kind, params, readable) -> None:
    if (number := call.request("nbObjectsByPage")) is not None:
        if not number.isdigit() or int(number) < 1:
            raise BadParameter("LSsearch_03", "nbObjectsByPage")
        params["nbObjectsByPage"] = int(number)
