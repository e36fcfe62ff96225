# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The card of a person (chapters 5.1 and 5.3 of the BlueMind contract).

What is a value by itself is read and written where it stands. Telephone numbers, the postal address and the web site are found in lists by
their type; what else is in those lists stays as it is.
"""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional

from ..core.spec import Field, Raw
from . import values

CARD = "value.contactInfos"
KEY = "contactInfos"
PLAIN = {"voice", "pref", "text"}  # types of a telephone number that say nothing about where it rings
PHONES = {"phone": {"work"}, "mobile": {"cell"}, "home_phone": {"home"}, "fax": {"work", "fax"}}
ADDRESS = {"street": "streetAddress", "postal_code": "postalCode", "city": "locality", "region": "region", "country": "countryName"}
WEBSITE = "website"
NAMES = {"given_name": "givenNames", "additional_names": "additionalNames", "family_name": "familyNames"}  # in the order of a display name


def line(name: str, path: str, **more: Any) -> Field:
    return Field(name, **{"source": f"{CARD}.{path}", "decode": values.text, "encode": values.empty_is_null, "clean": values.line, **more})


def listed(name: str) -> Field:
    """What stands in a list of the card, and is made a value of its own while reading: see ``shown``."""
    return Field(name, source=f"card.{name}", clean=values.line)


GIVEN_NAME = line("given_name", "identification.name.givenNames")
FAMILY_NAME = line("family_name", "identification.name.familyNames", clearable=False)
DISPLAY_NAME = line("display_name", "identification.formatedName.value", clearable=False)

FIELDS: tuple[Field, ...] = (
    GIVEN_NAME,
    line("additional_names", "identification.name.additionalNames"),
    FAMILY_NAME,
    line("name_prefix", "identification.name.prefixes"),
    line("name_suffix", "identification.name.suffixes"),
    DISPLAY_NAME,
    line("nickname", "identification.nickname.value"),
    line("birthday", "identification.birthday", clean=values.day, decode=values.day_read, encode=values.day_sent),
    line("job_title", "organizational.title"),
    line("company", "organizational.org.company"),
    line("division", "organizational.org.division"),
    line("department", "organizational.org.department"),
    line("manager", "related.manager"),
    line("assistant", "related.assistant"),
    line("note", "explanatory.note", clean=str.strip),
    *map(listed, (*PHONES, *ADDRESS, WEBSITE)),
)


def types(entry: Mapping[str, Any]) -> set[str]:
    """The types of a number or an address, in lower case."""
    words = (values.text(each.get("value")) for each in entry.get("parameters") or () if values.text(each.get("label")).upper() == "TYPE")
    return {word.strip().lower() for text in words for word in text.split(",")}


def typed(*words: str) -> list[dict[str, str]]:
    return [{"label": "TYPE", "value": word} for word in words]


def numbers(card: Mapping[str, Any], kind: set[str]) -> Iterator[dict[str, Any]]:
    return (tel for tel in (card.get("communications") or {}).get("tels") or () if types(tel) - PLAIN == kind)


def postal(card: Mapping[str, Any]) -> Optional[dict[str, Any]]:
    """The address at work, else the first one that is not the home."""
    found = [each["address"] for each in card.get("deliveryAddressing") or () if each.get("address")]
    at_work = [each for each in found if "work" in types(each)]
    return next(iter(at_work or [each for each in found if "home" not in types(each)]), None)


def shown(card: Mapping[str, Any]) -> Raw:
    """The options of ``listed`` as a card has them."""
    address = postal(card) or {}
    urls = (card.get("explanatory") or {}).get("urls") or []
    return {
        **{name: values.text(next(numbers(card, kind), {}).get("value")) for name, kind in PHONES.items()},
        **{name: values.text(address.get(key)) for name, key in ADDRESS.items()},
        WEBSITE: values.text(urls[0].get("value")) if urls else "",
    }


def whole(card: Optional[Mapping[str, Any]]) -> dict[str, Any]:
    """A card in which every value of its own has its place, and no list is null: a client may have stored null for what holds them, and sent
    back it would crash the server (chapter 1.7)."""
    out = dict(card or {})
    reached = out.pop("communications", None)
    if reached is not None:
        out["communications"] = {name: each for name, each in reached.items() if each is not None}
    for item in FIELDS:
        place, (*steps, last) = out, item.path
        if steps[: len(CARD.split("."))] == CARD.split("."):
            for step in steps[len(CARD.split(".")) :]:
                place[step] = dict(place.get(step) or {})
                place = place[step]
            place.setdefault(last, None)
    return out


def write(card: dict[str, Any], goals: Mapping[str, Any]) -> None:
    """Put the options of ``listed`` into a card."""
    for name, kind in PHONES.items():
        if name in goals:
            tels = _list(card, "communications", "tels")
            _put(tels, list(numbers(card, kind)), goals[name], typed(*sorted(kind - {"fax"}), "fax" if "fax" in kind else "voice"))
    if set(ADDRESS) & set(goals):
        address = postal(card)
        if address is None:
            address = {"parameters": typed("work")}
            _list(card, "deliveryAddressing").append({"address": address})
        for name, key in ADDRESS.items():
            if name in goals:
                address[key] = goals[name] or None
    if WEBSITE in goals:
        urls = _list(card, "explanatory", "urls")
        _put(urls, urls[:1], goals[WEBSITE], [])


def _list(card: dict[str, Any], *path: str) -> list[Any]:
    *steps, last = path
    place = card
    for step in steps:
        if not isinstance(place.get(step), dict):
            place[step] = {}
        place = place[step]
    if not isinstance(place.get(last), list):
        place[last] = []
    found: list[Any] = place[last]
    return found


def _put(entries: list[Any], found: list[Any], value: str, parameters: list[dict[str, str]]) -> None:
    """Give the first of the found entries a value, or add one; without a value remove them all."""
    if not value:
        entries[:] = [each for each in entries if not any(each is gone for gone in found)]
    elif found:
        found[0]["value"] = value
    else:
        entries.append({"value": value, "parameters": parameters})


def composed(name: Mapping[str, Any]) -> str:
    """The display name that the server makes of the others (chapter 5.3)."""
    return " ".join(part for part in (values.text(name.get(key)).strip() for key in NAMES.values()) if part)


def rename(card: dict[str, Any], before: Mapping[str, Any], goals: Mapping[str, Any]) -> None:
    """Let the server make the display name of the new names, where it was made of the old ones."""
    known = before.get("identification") or {}
    made = composed(known.get("name") or {}) == values.text((known.get("formatedName") or {}).get("value")).strip()
    if set(NAMES) & set(goals) and DISPLAY_NAME.name not in goals and made and before:
        card["identification"]["formatedName"] = {**(card["identification"].get("formatedName") or {}), "value": None}
