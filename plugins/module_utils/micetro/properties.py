# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom properties: text whatever their type, and refused where nobody defined them (chapter 7 of the Micetro contract)."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from ..core.errors import Refused
from ..core.spec import Field, Raw, Want
from .client import MicetroClient

WORDS = {**dict.fromkeys(("true", "1", "yes", "on"), "1"), **dict.fromkeys(("false", "0", "no", "off"), "0")}
NAME = "custom_properties"


def texts(value: Mapping[str, Any]) -> dict[str, str]:
    """Values as text; a boolean stays a word until the definition says whether it is one."""
    out = {}
    for name, each in value.items():
        if isinstance(each, (dict, list)):
            raise ValueError(f"{name} must be a text, a number or a boolean")
        out[name] = "" if each is None else str(each).lower() if isinstance(each, bool) else str(each)
    return out


CUSTOM = Field(NAME, type="dict", api="customProperties", clean=texts, decode=lambda value: texts(value or {}))


def definitions(client: MicetroClient, collection: str) -> Mapping[str, Raw]:
    """What is defined for a type of objects, by name; read once for all items of a loop."""
    key = f"{collection}/propertyDefinitions"
    if key not in client.listed:
        found = client.one(f"/{collection}/1/propertyDefinitions", "propertyDefinitions")  # the 1 stands for any object
        client.listed[key] = {definition["name"]: definition for definition in found}
    return client.listed[key]


def resolve(client: MicetroClient, wants: Sequence[Want], collection: str, noun: str) -> None:
    """Refuse properties that are not defined, and spell booleans as the server will."""
    for want in wants:
        given = want.values.get(NAME)
        if want.error or not given:
            continue
        known = definitions(client, collection)
        missing = sorted(set(given) - set(known))
        if missing:
            want.error = undefined(missing, noun)
        for name in set(given) & {name for name, definition in known.items() if definition.get("type") == "Boolean"}:
            word = given[name].lower()
            if word and word not in WORDS:
                want.error = Refused(f"{NAME}.{name} is true or false, not {given[name]!r}")
            want.values[NAME] = given = {**given, name: WORDS.get(word, word)}


def undefined(names: Sequence[str], noun: str) -> Refused:
    words = f"no custom property of {noun} is called {' or '.join(names)}"
    return Refused(f"{words}: define {'it' if len(names) == 1 else 'them'} first, for example with micetro_custom_property")


def text(row: Raw, name: str) -> str:
    """The value of a custom property of an object, empty where there is none."""
    value = (row.get("customProperties") or {}).get(name)
    return "" if value is None else str(value)
