# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who calls: core token, session or API key (contract 2)."""

from __future__ import annotations

from .errors import Unauthorised
from .rights import GLOBAL, caller_of, resolved, system_caller
from .store import Domain, Entry, Session

LIFETIME_UNIT = 86_400_000


def authenticate(call) -> None:
    """Header, or else a query parameter; absent is anonymous, empty or unknown is refused."""
    key = call.headers.get("x-bm-apikey")
    if key is None:
        key = call.query.get("apikey")
    if key is None:
        return
    call.key, call.login = key, False
    if key and key == call.server.core_token:
        call.auth, call.caller = "core-token", system_caller()
    elif session := live_session(call, key):
        call.auth, call.caller = "session", _caller(call, session.domain, session.uid, session.limited)
        session.used = call.server.clock.now()
    elif found := call.store.api_keys.get(key):
        # `archived` is not looked at: the keys of a suspended user keep working.
        call.auth, call.caller = "api-key", _caller(call, found["domainUid"], found["subject"])
    if call.caller is None:
        raise Unauthorised
    call.login, call.who = True, call.caller.login


def live_session(call, sid: str) -> Session | None:
    session = call.store.sessions.get(sid)
    if session and call.server.clock.now() - session.used > call.knobs.session_idle:
        del call.store.sessions[sid]
        return None
    return session


def _caller(call, domain_uid: str, uid: str, limited: bool = False):
    domain = call.store.domains.get(domain_uid)
    entry = domain.get("USER", uid) if domain else None
    return caller_of(domain, entry, limited) if entry else None


def open_session(call, domain: Domain, entry: Entry, limited: bool = False) -> str:
    sid = call.server.invented()
    call.store.sessions[sid] = Session(entry.uid, domain.uid, call.server.clock.now(), limited)
    return sid


def find_account(call, login: str) -> tuple[Domain, Entry] | None:
    """`admin0`, login@domainUid, or an address of the user; login@alias only as an address."""
    if "@" not in login:
        login = f"{login}@{GLOBAL}" if login == "admin0" else login + "@"
    local, _unused, place = login.lower().rpartition("@")
    domain = call.store.domain(place)
    if domain is None:
        return None
    if place == domain.uid:
        entry = domain.with_mailbox_name(local)
        if entry and entry.kind == "USER":
            return domain, entry
    entry = domain.by_address(f"{local}@{place}")
    return (domain, entry) if entry and entry.kind == "USER" else None


def expired(call, domain: Domain, entry: Entry) -> bool:
    if entry.value["passwordMustChange"]:
        return True
    days = domain.settings.get("password_lifetime")
    if not days or entry.value["passwordNeverExpires"] or entry.value["passwordLastChange"] is None:
        return False
    return call.server.now_ms() - entry.value["passwordLastChange"] > int(days) * LIFETIME_UNIT


def in_profile(domain: Domain, entry: Entry) -> bool:
    return domain.uid == GLOBAL or any(group.value["properties"].get("is_profile") == "true" for group in domain.ancestors(entry.uid))


def roles_of(domain: Domain, entry: Entry, limited: bool) -> list[str]:
    return ["selfChangePassword"] if limited else resolved(domain, entry)
