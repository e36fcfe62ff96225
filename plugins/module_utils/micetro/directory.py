# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users, groups and roles by name (chapters 4 and 13 of the Micetro contract)."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.spec import Field, Raw, Want
from .client import MicetroClient, equals, named

SINGULAR = {"users": "user", "groups": "group", "roles": "role"}
KEPT = ("ref", "name", "type", "adIntegrated")  # of each object, for all items of a loop
FEW = 3  # up to so many users are looked up one by one: a listing holds all of them


def object_name(value: str) -> str:
    """A name that the server keeps as it is, and that can be a path."""
    if not value.strip() or value != value.strip() or not value.isprintable() or value in (".", ".."):
        raise ValueError("it must be a name, without spaces around it and without control characters")
    return value


def flag(value: Any) -> bool:
    return str(value).casefold() in ("true", "1")


def rows(client: MicetroClient, collection: str, **query: Any) -> Iterator[Raw]:
    """A listing, in an order that stays the same from page to page."""
    return client.rows(f"/{collection}", collection, **query, sortBy="name", sortOrder="Ascending")


def find(client: MicetroClient, collection: str, name: str) -> Optional[Raw]:
    """The object of exactly this name, letter case aside, whatever else the server would take it for (chapter 12.1)."""
    path = named(collection, name)
    if name.isdecimal() or "/" in name:  # an id, or two segments
        narrowed = rows(client, collection, filter=equals("name", name))
        return next((row for row in narrowed if row["name"].casefold() == name.casefold()), None)
    found: Optional[Raw] = client.unless_absent(path, SINGULAR[collection])
    if found and found["name"].casefold() != name.casefold():
        raise Refused(f"the server answers with the {SINGULAR[collection]} {found['name']} when asked for {name}, so nothing was done")
    return found


def everything(client: MicetroClient, collection: str) -> Mapping[str, Raw]:
    """All objects by folded name, listed once for all items of a loop."""
    return _remember(client, collection, rows(client, collection), whole=True)


def look_up(client: MicetroClient, collection: str, names: Iterable[str]) -> Mapping[str, Raw]:
    """The objects of these names that exist, and perhaps others, by folded name. A name that is not remembered is looked for again."""
    known = client.listed.get(collection, {})
    new = {name.casefold(): name for name in names if name.casefold() not in known}
    if not new:
        return known
    if collection == "users" and len(new) <= FEW:
        return _remember(client, collection, filter(None, (find(client, collection, name) for name in new.values())))
    return everything(client, collection)


def _remember(client: MicetroClient, collection: str, found: Iterable[Raw], whole: bool = False) -> Mapping[str, Raw]:
    fresh = {row["name"].casefold(): {key: row.get(key) for key in KEPT} for row in found}
    client.listed[collection] = fresh if whole else {**client.listed.get(collection, {}), **fresh}
    return client.listed[collection]


def resolve(client: MicetroClient, wants: Sequence[Want], item: Field, collection: str) -> None:
    """Look up what a list of names refers to: what does not exist is an error, and the others get the server's own spelling."""
    concerned = [want for want in wants if want.state == "present" and item.name in want.values]
    named_by = {id(want): want.values[item.name] for want in concerned if want.modes.get(item.name, item.mode) != "remove"}
    found = look_up(client, collection, {name for names in named_by.values() for name in names}) if named_by else {}
    for want in concerned:
        missing = sorted(name for name in named_by.get(id(want), ()) if name.casefold() not in found)
        if missing:
            noun = SINGULAR[collection]
            words = f"no {noun} is called {' or '.join(missing)}: create {'it' if len(missing) == 1 else 'them'} first, for example with micetro_{noun}"
            want.error = Refused(f"{want.error}; {words}" if want.error else words)
        want.values[item.name] = [found[name.casefold()]["name"] if name.casefold() in found else name for name in want.values[item.name]]
