# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mail users: reading, creation, renaming, removal, and all of a domain at once (contract 4.4). Changes are in `user_edit`."""

from __future__ import annotations

import json

from . import limits, listing, passwords, profiles, user_edit
from .accounts import free_address, free_new_address, home_of
from .errors import Refusal
from .objects import HIDDEN_SERVICES, User
from .routes import GLOBAL, WRITE
from .routing import router
from .values import integer, is_active, language
from .versions import ALWAYS, RENAMED, before, since

CREATE = {
    "name": since(*RENAMED),
    "cn": before(*RENAMED, "name"),
    "language": since(*RENAMED),
    "preferredLanguage": before(*RENAMED, "language"),
    "quota": since(*RENAMED),
    "mailQuota": before(*RENAMED, "quota"),
    "password": ALWAYS,
    "password_hash": since("3.5", "3.7"),
    "mailboxFormat": since("3.2", "3.4"),
    "mailboxFolder": since("3.2", "3.4"),
    "maildir": since("3.2", "3.4"),
}
UPDATE = CREATE | {
    "password_hash": since("3.2", "3.4"),
    "gn": since(None, "3.1"),
    "sn": since(None, "3.1"),
    "accountStatus": ALWAYS,
    "employeeid": ALWAYS,
    "transport": ALWAYS,
    "isGlobalAdmin": since("2.8", "3.0"),
    "forwarding": ALWAYS,
    "addForwarding": since("4.1", "4.2"),
    "removeForwarding": since("4.1", "4.2"),
    "senderBcc": since("3.3", "3.5"),
    "recipientBcc": since("3.3", "3.5"),
    "aliases": ALWAYS,
    "addAlias": ALWAYS,
    "removeAlias": ALWAYS,
    "services": since("2.8", "3.0"),
    "addService": since("2.8", "3.0"),
    "removeService": since("2.8", "3.0"),
    "telephoneNumber": since(None, "4.2"),
    "mobile": since(None, "4.2"),
}
BULK = {
    "accountStatus": ALWAYS,
    "password": ALWAYS,
    "language": since(*RENAMED),
    "preferredLanguage": before(*RENAMED, "language"),
    "transport": ALWAYS,
}
LISTINGS = since("3.3", "3.5")
PROFILE = since("2.5", "2.7")
#: Switched on for every new user; the rest is added by hand.
NEW_SERVICES = (
    "internal",
    "doveadm",
    "lib-storage",
    "indexer-worker",
    "dsync",
    "quota-status",
    "smtp",
    "smtpsecured",
    "pop3",
    "pop3secured",
    "pop3tls",
    "imap",
    "imapsecured",
    "imaptls",
    "managesieve",
    "managesievesecured",
    "sieve",
    "sievesecured",
    "sievetls",
    "deliver",
    "lda",
    "lmtp",
    "sogo",
    *HIDDEN_SERVICES,
)


def find(call) -> User:
    if (found := call.store.users.get(call.at["mail"])) is None:
        raise Refusal("NO_SUCH_ACCOUNT")
    return found


def changeable(call) -> User:
    """A normal admin keeps its hands off a global one."""
    found = find(call)
    if found.is_global_admin and not call.is_global:
        raise Refusal("PERMISSION_DENIED_UPDATE_GLOBAL_ADMIN_PROFILE")
    return found


@router.add("GET", "/user/{mail}", span=PROFILE)
def read_user(call):
    return profiles.single(call, profiles.user(call, find(call)))


@router.add("GET", "/users/{domain}", span=LISTINGS, parameters={"email_only": ALWAYS, "disabled_only": ALWAYS})
def list_users(call):
    name = call.at["domain"]
    users = call.store.users.of(name).values() if listing.domain_of_listing(call, name) else []
    if call.params.get("disabled_only") == "yes":
        users = [user for user in users if not user.active]
    listing.check_size(call, users)
    if call.params.get("email_only") == "yes":
        return sorted(user.mail for user in users)
    return listing.shaped_rows(_rows(call, users), call.knobs.users_shape)


def _rows(call, users) -> list[tuple[str, str]]:
    """As JSON text, which is kept until the user or a knob changes: a listing of thousands is read again and again."""
    kept, knobs = call.store.rows, repr(call.knobs)
    rows = []
    for user in users:
        row = kept.get(user.mail)
        if row is None or row[0] != knobs:
            row = kept[user.mail] = (knobs, json.dumps(profiles.user_row(call, user)))
        rows.append((user.mail, row[1]))
    rows.sort()
    return rows


@router.add("POST", "/user/{mail}", effect=WRITE, kind="user", parameters=CREATE)
def create_user(call):
    mail = call.at["mail"]
    domain = home_of(call, mail)
    limits.room_for(call, domain, "users")
    free_address(call, mail)
    secret = passwords.given(call, domain.min_password, domain.max_password)
    if secret is None:
        raise Refusal("PW_EMPTY")
    now = call.server.timestamp()
    user = User(mail, password="" if passwords.dropped(call) else secret, created=now, password_changed=now)
    user.storage = call.server.storage_of(mail)
    user.services = list(NEW_SERVICES)
    user.language = domain.language
    quota = integer(call.params.get("quota", ""))
    if quota is None or (quota == 0 and call.knobs.is_ldap):
        quota = domain.default_quota
    user_edit.mailbox(call, user)
    user_edit.names(call, user)
    quota = user_edit.capped(domain, quota)
    limits.room_for_quota(call, domain, quota)
    user.quota = quota
    call.store.add_user(user)


@router.add("PUT", "/user/{mail}", effect=WRITE, kind="user", parameters=UPDATE)
def update_user(call):
    user_edit.apply(call, changeable(call))


@router.add("DELETE", "/user/{mail}", effect=WRITE, kind="user")
@router.add("DELETE", "/user/{mail}/keep_mailbox_days/{number}", span=PROFILE, effect=WRITE, kind="user")
def delete_user(call):
    due = limits.purge_date(call)
    if call.at["mail"] not in call.store.users and call.knobs.missing_delete == "success":
        return
    user = changeable(call)
    call.server.keep_mailbox(user, call.who, due)
    call.store.remove_user(user)


@router.add("POST", "/user/{mail}/change_email/{new_mail}", span=PROFILE, effect=WRITE, kind="user")
def rename_user(call):
    user = changeable(call)
    free_new_address(call, user.mail, call.at["new_mail"])
    call.store.rename_user(user, call.at["new_mail"])
    user.modified = call.server.timestamp()


@router.add("PUT", "/users/{domain}", span=PROFILE, effect=WRITE, kind="user", parameters=BULK)
def update_users(call):
    name = call.at["domain"]
    if not listing.domain_of_listing(call, name):
        return
    domain, sent = call.store.domains[name], call.params
    allowed = call.knobs.since("5.3", "5.3") if call.knobs.bulk_password is None else call.knobs.bulk_password
    secret = passwords.given(call, domain.min_password, domain.max_password) if allowed else None
    for user in call.store.users.of(name).values():
        if "accountStatus" in sent:
            user.active = is_active(sent["accountStatus"])
        if "language" in sent:
            user.language = language(call, sent["language"])
        if "transport" in sent:
            user.transport = sent["transport"].strip()
        if secret is not None and not passwords.dropped(call):
            user.password, user.password_changed = secret, call.server.timestamp()
        user.modified = call.server.timestamp()
        call.store.touch(user)


@router.add("POST", "/verify_password/user/{mail}", span=PROFILE, role=GLOBAL, parameters={"password": ALWAYS})
def verify_user_password(call):
    verify(call, call.store.users.get(call.at["mail"]))


def verify(call, account) -> None:
    """SQL looks at active rows only; a missing account looks like a wrong password (contract 7.4)."""
    inactive = call.knobs.verify_inactive or ("check" if call.knobs.is_ldap else "fail")
    seen = account is not None and (account.active or inactive == "check")
    if not seen or not passwords.matches(account.password, call.params.get("password", "")):
        raise Refusal("INVALID_CREDENTIALS")
