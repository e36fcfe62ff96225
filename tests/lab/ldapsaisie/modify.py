# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/[dn]/modify` (contract 3.4), which never tells whether anything changed."""

from __future__ import annotations

from . import dn as names
from . import dynamic, forms, texts, writing
from .answer import Answer
from .auth import profiles
from .dates import PasswordHistory
from .directory import Entry
from .passwords import Password
from .php import Form
from .schema import Type
from .show import locate

KEPT_PASSWORDS = 3


def modify(call, type_name: str, dn: str):
    located = locate(call, type_name, dn)
    if isinstance(located, Answer):
        return located
    kind, entry = located
    writable = kind.writable(profiles(call, entry, dn))
    if not writable:
        return call.refused("LSsession_11")
    # The answer speaks of the object as it was.
    body = {"dn": dn, "type": kind.name, "name": kind.name_of(entry.attributes), "success": True}
    values, errors = forms.read(call, kind, call.form, forms.MODIFY, writable)
    if errors:
        return call.reply(body | {"success": False, "fields_errors": errors})
    try:
        errors = yield from update(call, kind, entry, call.form, values)
    except writing.Refused as refused:
        refused.tell(call)
        return call.reply(body | {"success": False})
    if errors:
        return call.reply(body | {"success": False, "fields_errors": errors})
    call.session.purge(kind.name)
    # Any error, even one left behind in the session, makes it a partial modification (contract 1.5).
    call.messages.append(call.say(texts.PARTIALLY if call.errors else texts.MODIFIED))
    return call.reply(body | {"success": not call.errors})


def update(call, kind: Type, entry: Entry, form: Form, values: dict[str, list[str]]):
    """A generator: carries out the changes, returns texts by field where a value is taken."""
    old = entry.attributes
    changed = {name: new for name, new in values.items() if not kind.attributes[name].kind.unchanged(old.get(name, []), new)}
    errors = writing.check_uniqueness(call, kind, changed)
    if errors:
        return errors
    passwords = {name: new for name, new in changed.items() if isinstance(kind.attributes[name].kind, Password)}
    changed |= _consequences(call, kind, old, changed)
    new_name = (changed.get(kind.rdn) or [names.rdn_value(entry.dn)])[0]
    writing.check_entry(kind, entry.dn, changed, new_name, "Could not modify the entry:")
    yield
    writing.use_counters(call)
    changed = {name: new for name, new in changed.items() if name not in call.dropped}
    _store(call, kind, entry, changed)
    if not call.dropped:
        dynamic.refresh(call, kind, changed)
    writing.mail_passwords(call, kind, form, entry.dn, passwords, entry.attributes)
    return {}


def _consequences(call, kind: Type, old: dict, changed: dict) -> dict[str, list[str]]:
    """What else is written: dependants of what changes, and mandatory attributes that are missing and can be generated."""
    dependants = {name for changing in changed for name in kind.attributes[changing].dependants}
    more: dict[str, list[str]] = {}
    for name, attribute in kind.attributes.items():
        missing = attribute.mandatory and not old.get(name) and name not in changed
        if missing or (name in dependants and name not in changed):
            found = writing.generated(call.server, attribute, old | changed | more, call.taken)
            if found:
                more[name] = found
    return more


def _store(call, kind: Type, entry: Entry, changed: dict[str, list[str]]) -> None:
    directory = call.store.directory
    if writing.current(call, entry) is not entry:
        raise writing.Refused("LSldap_05", entry.dn, "Could not modify the entry: No such object: LDAP_NO_SUCH_OBJECT")
    stored = writing.encoded(call.server, kind, changed) | _password_policy(call, kind, entry, changed)
    # Values set and values cleared go in two operations.
    directory.replace(entry, {name: new for name, new in stored.items() if new})
    if call.half:
        raise writing.Refused("LSldap_06", entry.dn, "Could not modify the entry: Other: LDAP_OTHER")
    directory.replace(entry, {name: new for name, new in stored.items() if not new})
    if kind.rdn in changed and changed[kind.rdn][0] != names.rdn_value(entry.dn):
        _rename(call, kind, entry, changed[kind.rdn][0])


def _rename(call, kind: Type, entry: Entry, value: str) -> None:
    directory = call.store.directory
    old_dn, new_dn = entry.dn, f"{kind.rdn}={value},{names.parent(entry.dn)}"
    if (there := directory.find(new_dn)) and there is not entry:
        raise writing.Refused("LSldap_05", old_dn, "Could not modify the entry: Already exists: LDAP_ALREADY_EXISTS")
    referring = [(relation, other) for relation in kind.relations.values() for other in directory.equal(relation.attribute, old_dn)]
    directory.move(entry, new_dn)
    old_key = names.key(old_dn)
    for relation, other in referring:
        values = [new_dn if names.key(value) == old_key else value for value in other.attributes.get(relation.attribute, [])]
        directory.replace(other, {relation.attribute: values})


def _password_policy(call, kind: Type, entry: Entry, changed: dict) -> dict[str, list[str]]:
    """What the directory notes when a password changes."""
    attribute = kind.attributes.get("pwdHistory")
    if attribute is None or not changed.get("userPassword"):
        return {}
    assert isinstance(attribute.kind, PasswordHistory)
    now = call.server.clock.now()
    policy = call.store.directory.find((entry.attributes.get("pwdPolicySubentry") or ["cn=default,ou=ppolicies,o=ls"])[0])
    kept = int((policy.attributes.get("pwdInHistory") or ["0"])[0]) if policy else KEPT_PASSWORDS
    old = [attribute.kind.entry(now, hashed) for hashed in entry.attributes.get("userPassword", [])]
    history = [*entry.attributes.get("pwdHistory", []), *old]
    return {"pwdChangedTime": kind.attributes["pwdChangedTime"].kind.at(now), "pwdHistory": history[-kept:] if kept else []}
