# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls, and what they may do (contract 2)."""

from __future__ import annotations

import fnmatch

from . import dn as names
from .answer import Answer
from .directory import Entry, text_key
from .passwords import is_right
from .schema import Type
from .texts import AUTHENTICATION_REQUIRED

#: Types whose objects can log in, and by which attributes.
LOGIN_TYPES = {"LSpeople": ("uid", "mail"), "LSsysaccount": ("uid",)}


def authenticate(call) -> Answer | None:
    """None when the call has a user; a session makes the credentials unimportant (contract 1.5)."""
    session = call.session
    if session.user:
        call.auth, call.who = "session", session.user
    else:
        login, password = call.credentials or ("", "")
        if not login:
            return _unauthenticated(call)
        if call.knobs.auth_method != "HTTP":
            return call.refused("LSauth_08", call.knobs.auth_method)
        _choose_directory(call)
        call.auth, call.who, call.login = "password", login, False
        entry = _identified(call, login)
        if entry is None or not _password_is_right(call, entry, password):
            call.error("LSauth_01")
            return call.refused("LSsession_10", strict=401)
        call.login = True
        session.user, session.type = entry.dn, _type_of(call, entry)
    if call.login or call.switch("LSsession_refresh"):
        session.admin = names.key(session.user) in {names.key(dn) for dn in call.store.admins}
        session.searches = {}
    if (level := call.form.text("LSsession_topDn")) is not None:
        session.top_dn = level
    return None


def _unauthenticated(call) -> Answer:
    text = call.say(AUTHENTICATION_REQUIRED)
    answer = call.reply({"errors": [text]}, 401)
    answer.headers["www-authenticate"] = f'Basic realm="{text}", charset="UTF-8"'
    return answer


def _choose_directory(call) -> None:
    """Only the body chooses; an unknown index is the first one (contract 1.6)."""
    wanted = call.form.text("LSsession_ldapserver") or "0"
    call.session.server = int(wanted) if wanted.isdigit() and int(wanted) < len(call.server.servers) else 0
    call.session.top_dn = call.form.text("LSsession_topDn")


def _identified(call, login: str) -> Entry | None:
    found = [entry for entry in _candidates(call, login) if names.is_below(entry.key, names.key(call.top_dn))]
    if len(found) == 1:
        return found[0]
    call.error("LSauth_02" if found else "LSauth_01")
    return None


def _candidates(call, login: str) -> list[Entry]:
    found: dict[int, Entry] = {}
    for name, attributes in LOGIN_TYPES.items():
        if name not in call.knobs.api_access:
            continue
        kind = call.server.types[name]
        for attribute in attributes:
            # The name is put into a filter as it is: a star is a wildcard (contract 2).
            if "*" in login:
                entries = _like(call.store.directory.with_classes(kind.class_set), attribute, text_key(login))
            else:
                entries = call.store.directory.equal(attribute, login, kind.class_set)
            found.update((entry.id, entry) for entry in entries)
    return list(found.values())


def _like(entries: list[Entry], attribute: str, pattern: str) -> list[Entry]:
    return [entry for entry in entries if any(fnmatch.fnmatchcase(text_key(v), pattern) for v in entry.attributes.get(attribute, ()))]


def _password_is_right(call, entry: Entry, password: str) -> bool:
    if call.knobs.authorization_header and ":" in password:
        return False
    return is_right(entry.attributes.get("userPassword", []), password)


def _type_of(call, entry: Entry) -> str:
    return next(name for name in LOGIN_TYPES if call.server.is_of_type(entry, name))


# Rights


def profiles(call, entry: Entry | None = None, dn: str | None = None) -> frozenset[str]:
    """What the caller is to an object. The spelling of the DN counts: the admin profile is lost with another case (contract 1.2)."""
    session = call.session
    found = {"user", session.type}
    if entry is None:
        return frozenset(found | {"admin"} if session.admin else found)
    if dn is None or names.spelling(dn) == names.spelling(entry.dn):
        if session.admin:
            found.add("admin")
        if entry.dn == session.user:
            found.add("self")
    return frozenset(found)


def in_menu(call, kind: Type) -> bool:
    """Is the type listed for this directory, and may the caller see anything of it."""
    return kind.name in call.directory_server.types and bool(kind.readable(profiles(call)))
