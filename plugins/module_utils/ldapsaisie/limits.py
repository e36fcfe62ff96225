# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is refused before the server would do it: it says success to much that does harm (chapter 6 of the LdapSaisie contract)."""

from __future__ import annotations

from typing import Any, Callable, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import RENAME, Change
from ..core.spec import DELETE, EMPTY
from . import names
from .attributes import TYPES, kind_of, secret
from .client import BAD_ATTRIBUTE, FORBIDDEN, UNKNOWN_TYPE, USUAL_TYPES, LdapsaisieClient
from .kinds import NO, WORDS, YES, listed

#: Attributes of the usual types with which an account is locked, and the values that do it.
LOCKS: dict[str, Callable[[Any], bool]] = {
    "pwdAccountLockedTime": lambda value: value not in EMPTY,
    "pwdReset": lambda value: value == YES,
    "shadowExpire": lambda value: isinstance(value, dict),  # a special date
}


def own_account(client: LdapsaisieClient, change: Change) -> None:
    """The account that the task works with keeps its name, its password and its memberships."""
    have = (change.raw or {}).get("attributes") or {}
    called = {names.rdn(change.raw["dn"])[1], *map(str, listed(have.get("mail")))} if change.raw else set()
    if {each.casefold() for each in called} & client.acting():
        if change.action == DELETE or change.step == RENAME or change.goals.get("passwords"):
            raise Refused("this is the account that the task works with: it cannot delete or rename itself, nor change its own password")
        locks = [name for name, value in change.goals.get("attributes", {}).items() if name in LOCKS and LOCKS[name](value)]
        if locks:
            raise Refused(f"this is the account that the task works with: it cannot lock itself out with {locks[0]}")
    for name, value in change.goals.get("attributes", {}).items():
        taken_out(client, name, have.get(name), value)
    if change.action == DELETE:
        for name in [name for name in have if "member" in name.casefold()]:
            taken_out(client, name, have[name], [])


def taken_out(client: LdapsaisieClient, name: str, have: Any, want: Any) -> None:
    """Its rights may come from there."""
    left = {names.key(str(each)) for each in listed(want)}
    for each in map(str, listed(have)):
        if "=" in each and names.key(each) not in left and names.rdn(each)[1].casefold() in client.acting():
            raise Refused(
                f"{name}: {each} is the account that the task works with, whose rights may come from there: it cannot be taken out"
            )


def values(change: Change) -> None:
    """Words that the server would take for no value at all (chapter 4)."""
    have, options = (change.raw or {}).get("attributes", {}), change.want.values
    for name, value in change.goals.get("attributes", {}).items():
        kind = kind_of(options, name)
        flag = have.get(name) in (YES, NO) and name not in (options.get(TYPES) or {})
        wrong = [word for word in listed(value) if flag and word not in (YES, NO) and str(word).strip().casefold() in WORDS]
        if wrong:
            raise Refused(f"attributes.{name} is {YES} or {NO}, and with {wrong[0]!r} the server would delete it")
        if kind.name == "date" and isinstance(value, str) and value and not any(letter.isdigit() for letter in value):
            raise Refused(
                f"attributes.{name}: {value!r} is what the server shows for a special date, and it would clear the attribute: give a map with "
                "value, which it takes, and label, which it shows"
            )


def passwords(change: Change) -> None:
    """Of an attribute that it does not know the server takes no password, and says success."""
    known = (change.raw or {}).get("attributes", {})
    missing = sorted(set(change.goals.get("passwords", {})) - set(known)) if known and not (change.raw or {}).get("listed") else []
    if missing:
        raise Refused(f"passwords.{missing[0]} cannot be set: the type has no such attribute, or the account may not read it")
    shown = sorted(name for name in change.goals.get("passwords", {}) if known.get(name) not in EMPTY and not secret(known[name]))
    if shown:
        raise Refused(f"passwords.{shown[0]} cannot be set: it is no secret, for the server shows its value")


def references(client: LdapsaisieClient, change: Change) -> None:
    """DNs of objects that do not exist: the server drops them without a word, even all of them (chapter 4)."""
    have, types = (change.raw or {}).get("attributes", {}), change.want.values.get(TYPES) or {}
    for name, value in change.goals.get("attributes", {}).items():
        of = types.get(name, {}).get("of")
        if not of:
            continue
        known = set(map(str, listed(have.get(name))))
        spelled = {each: each if each in known else existing(client, of, each) for each in listed(value)}
        missing = [each for each, found in spelled.items() if not found]
        if missing:
            raise Refused(f"attributes.{name}: there is no {' or '.join(of)} called {' or '.join(missing)}")
        goal = [spelled[each] for each in value] if isinstance(value, list) else spelled.get(value, value)
        change.goals["attributes"][name] = change.after[f"attributes.{name}"] = goal


def existing(client: LdapsaisieClient, of: Sequence[str], dn: str) -> Optional[str]:
    """The DN, as the server spells it, of an object of one of these types; None if there is none."""
    for kind in of:
        if client.noted(kind, dn) or client.show(kind, dn) is not None:
            return client.spelled(kind, dn)
    return None


def landing(client: LdapsaisieClient, change: Change) -> None:
    """The server itself decides where it puts a new object, and leaves out attributes that it does not know."""
    kind, container = change.want.values["type"], names.parent(change.name)
    if client.top_dn and not names.below(change.name, client.top_dn):
        raise Refused(f"a new object is put below top_dn, {client.top_dn}")
    try:
        names.new_value(names.rdn(change.name)[1])
    except ValueError as exc:
        raise Refused(str(exc)) from None
    asked = sorted(
        {name for option in ("attributes", "create_attributes", "images", "passwords") for name in change.want.values.get(option, ())}
    )
    example, known = client.containers.get(kind, (None, set()))
    if example is None or not set(asked) <= known:
        level = [("subDn", client.top_dn)] if client.top_dn else []
        try:
            rows = client.search(
                kind,
                [
                    ("recursive", "0"),
                    ("scope", "one"),
                    ("nbObjectsByPage", "1"),
                    *level,
                    *(("attributes[]", name) for name in asked),
                ],
            )["objects"]
        except Refused as exc:
            why = " (the type has no such attribute, or the account may not read it)" if exc.code == BAD_ATTRIBUTE else ""
            raise Refused(f"{exc}{why}", status=exc.status, code=exc.code) from None
        example = rows[0]["dn"] if rows else ""
        client.containers[kind] = (example, known | set(asked))
    usual, naming = names.parent(example), names.rdn(example)[0]
    if usual and names.key(usual) != names.key(container):
        raise Refused(f"the server puts new objects of this type into {usual}, not into {container}")
    if naming and naming.casefold() != names.rdn(change.name)[0].casefold():
        raise Refused(f"the server names objects of this type by {naming}, not by {names.rdn(change.name)[0]}")
    change.want.values["naming"] = naming or names.rdn(change.name)[0]  # as it spells the attribute


def nothing_below(client: LdapsaisieClient, change: Change) -> None:
    """The server deletes what lies below without asking (chapter 3.5)."""
    allowed = change.value("allow_recursive_delete")
    dn, own = change.name, change.want.values["type"]
    for kind in dict.fromkeys([own, *(change.value("child_types") or USUAL_TYPES)]):
        if kind in client.unknown_types:
            continue
        try:
            some = ("all", "1") if allowed else ("nbObjectsByPage", "2")
            rows = client.search(kind, [("basedn", dn), ("recursive", "1"), some])["objects"]
        except Refused as exc:
            if exc.code not in (UNKNOWN_TYPE, FORBIDDEN):
                raise
            client.unknown_types.add(kind)
            continue
        below = [row["dn"] for row in rows if names.key(row["dn"]) != names.key(dn)]
        if below and not allowed:
            raise Refused(f"{below[0]} lies below it and would be deleted with it: set allow_recursive_delete to true if that is meant")
        for each in below:
            if names.rdn(each)[1].casefold() in client.acting():
                raise Refused(f"{each}, the account that the task works with, lies below it and would be deleted with it")
