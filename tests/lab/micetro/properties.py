# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values on their way in: built-in fields and custom properties of an object."""

from __future__ import annotations

from .addresses import is_address
from .errors import MISSING_VALUE, READ_ONLY, UNKNOWN_PROPERTY, Refusal, invalid
from .kinds import FLAG, NUMBER, REFS, TEXT, TEXTS, TREE, Field, Kind
from .names import HOST
from .store import Obj

TRUE, FALSE = ("true", "1"), ("false", "0", "")


def as_map(properties: object) -> dict:
    """The map of v2, or the list of `name` and `value` that the unversioned API wanted (contract 6.2)."""
    if isinstance(properties, list) and all(isinstance(entry, dict) and "name" in entry for entry in properties):
        return {entry["name"]: entry.get("value") for entry in properties}
    if not isinstance(properties, dict):
        raise invalid("properties", properties)
    return properties


def typed(name: str, field: Field, value: object):
    """A value as it is stored; null empties (contract 12.2)."""
    if value is None:
        return field.empty
    if field.type == FLAG:
        if isinstance(value, bool):
            return value
        lowered = str(value).lower()
        if lowered in TRUE or lowered in FALSE:
            return lowered in TRUE
        raise invalid(name, value)
    if field.type == NUMBER:
        if isinstance(value, bool) or not str(value).isdecimal():
            raise invalid(name, value)
        return int(value)
    if field.type in (TEXTS, REFS):
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(part, str) for part in values):
            raise invalid(name, value)
        return list(values)
    if field.type == TREE:
        if not isinstance(value, (list, dict)):
            raise invalid(name, value)
        return value
    if isinstance(value, (dict, list, bool)):
        raise invalid(name, value)
    value = str(value)
    if field.type == TEXT and field.values and value not in field.values and value != "":
        raise invalid(name, value)
    return value


def given_fields(kind: Kind, given: dict, own: tuple[str, ...] = ()) -> dict:
    """The fields of a creation; what the server fills in is ignored, what it does not know is refused. `own`: of the handler."""
    fields = {name: field.empty for name, field in kind.fields.items()}
    for name, value in given.items():
        if name in ("ref", "customProperties", *own):
            continue
        field = kind.fields.get(name)
        if field is None:
            raise unknown(name)
        if not field.filled:
            fields[name] = typed(name, field, value)
    for name, field in kind.fields.items():
        if field.required and given.get(name) in (None, ""):
            raise Refusal(MISSING_VALUE, f"'{name}' is required.")
    return fields


def unknown(name: str) -> Refusal:
    return Refusal(UNKNOWN_PROPERTY, "Unknown property")


def read_only(name: str) -> Refusal:
    return Refusal(READ_ONLY, f"The property '{name}' is read-only.")


def custom_value(definition: dict, value: object) -> str:
    """Custom properties are text whatever their type: true is "1", 5 is "5" (contract 7)."""
    name, kind = definition["name"], definition["type"]
    if definition["readOnly"]:
        raise read_only(name)
    if value is None:
        value = ""
    if isinstance(value, (dict, list)):
        raise invalid(name, value)
    if kind == "Boolean":
        lowered = str(value).lower()
        if lowered not in (*TRUE, *FALSE):
            raise invalid(name, value)
        return "" if value == "" else "1" if lowered in TRUE else "0"
    text = {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
    if definition["mandatory"] and not text:
        raise Refusal(MISSING_VALUE, f"'{name}' is required.")
    if text and not _fits(kind, text):
        raise invalid(name, value)
    if text and definition["listItems"] and text not in definition["listItems"]:
        raise invalid(name, value)
    return text


def _fits(kind: str, text: str) -> bool:
    if kind == "Integer":
        return text.removeprefix("-").isdecimal()
    if kind == "HexStr":
        return all(character in "0123456789abcdefABCDEF" for character in text)
    if kind == "IPAddress":
        return is_address(text)
    if kind == "IPOrHostname":
        return is_address(text) or bool(HOST.fullmatch(text))
    return True


def given_custom(call, kind: Kind, given: object) -> dict[str, str]:
    """Custom properties of a new object, with the defaults of those not given."""
    definitions = call.store.definitions.get(kind.collection, {})
    values = {name: definition["defaultValue"] for name, definition in definitions.items() if definition["defaultValue"]}
    for name, value in as_map(given or {}).items():
        if name not in definitions:
            raise unknown(name)
        values[name] = custom_value(definitions[name], value)
    for name, definition in definitions.items():
        if definition["mandatory"] and not values.get(name):
            raise Refusal(MISSING_VALUE, f"'{name}' is required.")
    return {name: value for name, value in values.items() if name not in call.dropped}


def changes_of(call, obj: Obj, properties: dict, clear_others: bool) -> tuple[dict, dict]:
    """Which fields and custom properties a SetProperties changes; refuses what may not be changed."""
    kind = obj.kind
    definitions = call.store.definitions.get(kind.collection, {})
    fields, custom = {}, {}
    for name, value in properties.items():
        if name in kind.fields:
            field = kind.fields[name]
            new = typed(name, field, value)
            if (field.fixed or field.filled) and new != obj.fields.get(name, field.empty):
                raise read_only(name)
            if field.required and new in ("", None):
                raise invalid(name, value)
            fields[name] = new
        elif name in definitions:
            custom[name] = custom_value(definitions[name], value)
        elif name in ("ref", "addrRef", "groups", "roles", "groupRoles", "groupMembers", "users", "state"):
            raise read_only(name)
        else:
            raise unknown(name)
    if clear_others:
        for name, field in kind.fields.items():
            if name not in fields and not (field.required or field.fixed or field.filled or field.hidden):
                fields[name] = field.empty
        custom = {name: "" for name in obj.custom} | custom
    return (
        {name: value for name, value in fields.items() if name not in call.dropped},
        {name: value for name, value in custom.items() if name not in call.dropped},
    )
