# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in and out, acting for others, API keys (contract 2)."""

from __future__ import annotations

from . import passwords, sessions
from .documents import API_KEY, AUTH_USER, LOGIN_RESPONSE
from .errors import ServerFault
from .rights import ADMIN0, check, on_units
from .routes import STRING, VOID, internal, router
from .store import Domain, Entry
from .usersettings import merged

IN_MAINTENANCE = "Authentication denied while system is in maintenance mode"
TOKEN, PASSWORD, EXPIRED, NONE, ARCHIVED = "TOKEN", "PASSWORD", "PASSWORDEXPIRED", "NONE", "ARCHIVED"


def denied(call, message: str | None = None) -> dict:
    """Wrong credentials are a success for HTTP."""
    call.auth, call.login = "password", False
    return LOGIN_RESPONSE.write(LOGIN_RESPONSE.make(status="Bad", message=message, authUser=None), call.view)


def kind_of(call, domain: Domain, entry: Entry, secret: str) -> str:
    """Which kind of secret it is: in the order of the providers."""
    session = sessions.live_session(call, secret)
    if session and (session.domain, session.uid) == (domain.uid, entry.uid):
        return TOKEN
    if secret == call.server.core_token and entry.uid == ADMIN0:
        return TOKEN
    key = call.store.api_keys.get(secret)
    if key and (key["domainUid"], key["subject"]) == (domain.uid, entry.uid):
        return TOKEN
    if not passwords.is_right(entry, secret):
        return NONE
    return EXPIRED if sessions.expired(call, domain, entry) else PASSWORD


def user_document(call, domain: Domain, entry: Entry, limited: bool = False) -> dict:
    groups = [group.uid for group in domain.ancestors(entry.uid)]
    value = {
        "uid": entry.uid,
        "domainUid": domain.uid,
        "displayName": entry.item.display_name,
        "value": entry.value,
        "roles": sessions.roles_of(domain, entry, limited),
        "rolesByOU": {} if limited else on_units(domain, entry, groups),
        "settings": merged(call, domain, entry),
        "features": entry.value["features"],
    }
    return AUTH_USER.write(value, call.view)


def opened(call, domain: Domain, entry: Entry, status: str = "Ok") -> dict:
    limited = status == "Expired"
    answer = {
        "status": status,
        "message": None,
        "authKey": sessions.open_session(call, domain, entry, limited),
        "latd": f"{entry.value['login']}@{domain.uid}",
    }
    return answer | {"authUser": user_document(call, domain, entry, limited)}


@router.add("POST", "/auth/login", anonymous=True)
@router.add("POST", "/auth/loginWithParams", anonymous=True)
def log_in(call):
    login, secret = call.query.get("login", ""), call.text() or ""
    call.auth, call.who = "password", login
    found = sessions.find_account(call, login) if login and secret else None
    if call.store.maintenance and not (found and found[0].value["global"]):
        return denied(call, IN_MAINTENANCE)
    if found is None or found[1].value["archived"]:
        return denied(call)
    domain, entry = found
    kind = kind_of(call, domain, entry, secret)
    if kind == NONE:
        return denied(call, f"Result auth is NO for login: {login}")
    if call.knobs.login_needs_profile and not sessions.in_profile(domain, entry):
        return denied(call)
    call.login = True
    return opened(call, domain, entry, "Expired" if kind == EXPIRED else "Ok")


@router.add("POST", "/auth/validate", anonymous=True)
def validate(call):
    login, secret = call.query.get("login", ""), call.text() or ""
    call.auth, call.who, call.login = "password", login, False
    found = sessions.find_account(call, login) if login and secret else None
    if found is None:
        return NONE
    domain, entry = found
    if entry.value["archived"]:
        return ARCHIVED if call.generation >= 50 else NONE
    kind = kind_of(call, domain, entry, secret)
    call.login = kind != NONE
    return kind


@router.add("POST", "/auth/logout", anonymous=True, returns=VOID)
def log_out(call):
    call.store.sessions.pop(call.key or "", None)


@router.add("POST", "/auth/logout/backchannel", anonymous=True, returns=VOID, since=50)
def backchannel(_call):
    """For single sign-on; nothing here."""


@router.add("GET", "/auth/ping", anonymous=True, returns=VOID)
def ping(_call):
    """The session has been used."""


@router.add("GET", "/auth", anonymous=True)
def current_user(call):
    if call.caller is None:
        raise ServerFault("PERMISSION_DENIED", "not authorized call")
    if call.caller.core:
        return None
    domain = call.store.domains[call.caller.domain]
    limited = call.auth == "session" and call.store.sessions[call.key].limited
    return user_document(call, domain, domain.entries[call.caller.uid], limited)


@router.add("POST", "/auth/_su")
@router.add("POST", "/auth/_suWithParams")
def act_for(call):
    login = call.query.get("login", "")
    local, at, place = login.partition("@")
    if not at:
        raise ServerFault("UNKNOWN", f"Invalid login {login}")
    domain = call.store.domain(place)
    entry = domain.with_mailbox_name(local) if domain else None
    if entry is not None and entry.kind != "USER":
        entry = None
    check(call, "sudo", domain=domain, entry=entry)
    if entry is None or entry.value["archived"]:
        return LOGIN_RESPONSE.write(LOGIN_RESPONSE.make(status="Bad", authUser=None), call.view)
    return opened(call, domain, entry)


@internal.add("DELETE", "/sessionsmgmt/{latd}/logout", returns=VOID)
def close_sessions(call, name: str):
    """Not behind the front proxy. 4.x wants login@domain, 5.x the uid of the entry."""
    check(call, "systemManagement")
    for domain in call.store.domains.values():
        for entry in domain.of("USER"):
            if name == (f"{entry.value['login']}@{domain.uid}" if call.generation < 50 else entry.uid):
                call.server.close_sessions(domain.uid, entry.uid)


# API keys: always those of the caller


def owner(call) -> tuple[str, str]:
    if call.caller is None:
        raise ServerFault("PERMISSION_DENIED", "Invalid securityContext")
    return call.caller.uid, call.caller.domain


def keys_of(call) -> list[dict]:
    uid, domain = owner(call)
    return [key for key in call.store.api_keys.values() if (key["subject"], key["domainUid"]) == (uid, domain)]


def make_key(call, sid: str) -> dict:
    uid, domain = owner(call)
    name = call.query.get("displayName", "")
    if not name.strip():
        raise ServerFault("UNKNOWN", "API key display name cannot be empty")
    key = {"uid": call.server.invented(), "sid": sid, "displayName": name, "subject": uid, "domainUid": domain}
    call.store.api_keys[sid] = key
    return key


@router.add("GET", "/auth/keys", anonymous=True)
def list_keys(call):
    return [API_KEY.write(key, call.view) for key in keys_of(call)]


@router.add("PUT", "/auth/keys", anonymous=True, write=True)
def create_key(call):
    return API_KEY.write(make_key(call, call.server.invented()), call.view)


@router.add("PUT", "/auth/keys/{key}", anonymous=True, write=True, until=50)
def store_key(call, sid: str):
    return API_KEY.write(make_key(call, sid), call.view)


@router.add("PUT", "/auth/keys/_put", anonymous=True, write=True, since=57, returns=STRING)
def put_key(call):
    sid = call.text()
    if not sid:
        raise ServerFault("UNKNOWN", "API key cannot be empty")
    return make_key(call, sid)["uid"]


@router.add("GET", "/auth/keys/{sid}", anonymous=True, until=50)
def read_key(call, sid: str):
    found = [key for key in keys_of(call) if key["sid"] == sid]
    return API_KEY.write(found[0], call.view) if found else None


@router.add("DELETE", "/auth/keys/{sid}", anonymous=True, returns=VOID, write=True, stores="key")
def delete_key(call, name: str):
    """By sid, from 5.7 on by uid. Of an unknown one: nothing happens."""
    by = "uid" if call.generation >= 57 else "sid"
    for key in keys_of(call):
        if key[by] == name:
            del call.store.api_keys[key["sid"]]
