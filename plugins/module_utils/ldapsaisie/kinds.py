# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kinds of attributes: how a value is given, compared and sent (chapter 4 of the LdapSaisie contract)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping

from ..core.spec import EMPTY, Field
from . import names

YES, NO = "yes", "no"
#: With these the server deletes a boolean, as with "yes" and "no" in other letters.
WORDS = frozenset(("true", "false", "1", "0", "on", "off", "y", "n", "t", "f", YES, NO, "oui", "non", "vrai", "faux"))


def listed(value: Any) -> list[Any]:
    """The values of an attribute, whether it holds one or several."""
    return [each for each in value if each not in EMPTY] if isinstance(value, list) else [] if value in EMPTY else [value]


def text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (dict, list)):
        raise ValueError("it must be a text, a number or a boolean, or a list of them")
    return str(value)


def boolean(value: Any) -> str:
    word = text(value)
    if word not in (YES, NO):
        raise ValueError("it is yes or no; with any other word the server would delete it")
    return word


def date(value: Any) -> Any:
    """A text, or what the server takes and what it shows for a special value."""
    if not isinstance(value, dict):
        return text(value)
    if set(value) != {"value", "label"}:
        raise ValueError("a special date is a map with value, which the server takes, and label, which it shows")
    return {name: text(each) for name, each in value.items()}


def whole(value: Any) -> int:
    word = text(value).strip()
    if not re.fullmatch("[0-9]+", word):
        raise ValueError("it is a whole number")
    return int(word)


def composite(value: Any) -> Any:
    """A JSON object, or a text that is one."""
    found = value
    if isinstance(value, str):
        try:
            found = json.loads(value)
        except ValueError:
            found = None
    if not isinstance(found, dict):
        raise ValueError("it is a map, or its JSON text")
    return found


def canonical(value: Any) -> str:
    """What can be compared, whatever the server shows."""
    try:
        return json.dumps(composite(value), sort_keys=True)
    except ValueError:
        return str(value)


def number(value: Any) -> str:
    """The server shows 0 as nothing."""
    word = str(value).strip()
    return str(int(word)) if word.isdecimal() and int(word) else "" if word.isdecimal() else word


def without_suffix(value: Any) -> str:
    return str(value).rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, eq=False)
class Kind(Field):
    """How the values of one attribute are treated: of an open map the field of one key."""

    wire: Callable[[Any], str] = str
    brackets: bool = False  # the server understands a list only
    carried: bool = False  # each modification must carry it, for what does not is taken as clearing it (chapter 3.4)

    def given(self, value: Any) -> Any:
        """A value, or a list of values without repetitions; an empty text clears. :raises ValueError: with a sentence."""
        if not isinstance(value, list):
            return "" if value in EMPTY else self.clean(value)
        distinct: dict[Any, Any] = {}
        for each in listed(value):
            clean = self.clean(each)
            distinct.setdefault(self.norm(clean), clean)
        return list(distinct.values())

    def same(self, have: Any, want: Any) -> bool:
        left, right = ([word for word in map(self.norm, listed(value)) if word != ""] for value in (have, want))
        return left == right if self.ordered else set(left) == set(right)

    def goal(self, have: Any, want: Any, mode: str, keep: Iterable[Any] = ()) -> Any:
        return want

    def fields(self, name: str, value: Any, many: bool) -> list[tuple[str, str]]:
        """How a form carries it. Without brackets only the last of several fields counts (chapter 1.1)."""
        words = [self.wire(each) for each in listed(value)]
        if many or self.brackets:
            return [(f"{name}[]", word) for word in words or [""]]
        return [(name, words[0] if words else "")]


class Reference(Kind):
    """DNs: those that are there already keep the spelling of the server."""

    def goal(self, have: Any, want: Any, mode: str, keep: Iterable[Any] = ()) -> Any:
        known = {self.norm(each): each for each in listed(have)}
        spelled = [known.get(self.norm(each), each) for each in listed(want)]
        return spelled if isinstance(want, list) else "".join(spelled)


KINDS = {
    kind.name: kind
    for kind in (
        Kind(name="text", clean=text, norm=str),
        Kind(name="boolean", clean=boolean),
        Kind(
            name="date",
            clean=date,
            norm=lambda value: value["label"] if isinstance(value, dict) else str(value),
            wire=lambda value: str(value["value"] if isinstance(value, dict) else value),
        ),
        Reference(name="dn", clean=lambda value: names.dn(text(value)), norm=names.key),
        Kind(name="json", clean=composite, norm=canonical, wire=json.dumps),
        Kind(name="lines", clean=text, norm=lambda value: str(value).replace("\r\n", "\n")),
        Kind(name="mail_quota", clean=text, norm=without_suffix),
        Kind(name="maildir", clean=text, carried=True),
        Kind(name="ordered", clean=text, norm=str, ordered=True),
        Kind(name="quota", clean=whole, norm=number),
        Kind(name="unit", clean=whole, norm=number, brackets=True),
    )
}


def declared(types: Any) -> dict[str, dict[str, Any]]:
    """The option ``attribute_types``, each entry as a map with ``type`` and ``of``. :raises ValueError: with a sentence."""
    out = {}
    for name, given in types.items():
        entry = given if isinstance(given, dict) else {"type": given}
        if entry.get("type") not in KINDS or set(entry) - {"type", "of"}:
            raise ValueError(f"{name} must be one of {', '.join(KINDS)}, or a map with type and, for a dn, of")
        of = entry.get("of") or []
        out[name] = {"type": entry["type"], "of": of if isinstance(of, list) else [of]}
        if out[name]["of"] and entry["type"] != "dn":
            raise ValueError(f"{name}: only a dn is of other types")
    return out


def kind_of(name: str, value: Any, types: Mapping[str, Any]) -> Kind:
    """What was declared, or else what the value itself tells."""
    if name in types:
        return KINDS[types[name]["type"]]
    first = next(iter(listed(value)), "")
    return KINDS["json" if isinstance(first, dict) else "boolean" if isinstance(first, bool) else "text"]


def loosely_same(have: Any, want: Iterable[str]) -> bool:
    """Whether the server would take these for what it holds and write nothing: it compares numbers in texts as numbers (chapter 4)."""
    left, right = [str(each) for each in listed(have)], list(want)
    return left != right and len(left) == len(right) and all(map(_loosely, left, right))


def _loosely(one: str, other: str) -> bool:
    if one == other:
        return True
    numeric = re.compile(r"[ \t\n\r\v\f]*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t\n\r\v\f]*")
    return bool(numeric.fullmatch(one) and numeric.fullmatch(other)) and float(one) == float(other)
