# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Standalone admins, who have no mailbox here (contract 4.3); for global admins only."""

from __future__ import annotations

from . import passwords, profiles
from .errors import Refusal
from .limits import UNITS
from .objects import Admin
from .routes import GLOBAL, WRITE
from .routing import router
from .users import verify
from .values import domain_of, integer, is_active, is_yes, language
from .versions import ALWAYS, RENAMED, before, since

PROFILE = since("2.5", "2.7")
SWITCHES = {
    "disableViewingMailLog": "disable_viewing_mail_log",
    "disableManagingQuarantinedMails": "disable_managing_quarantined_mails",
}
LIMITS = {"maxDomains": "max_domains", "maxUsers": "max_users", "maxAliases": "max_aliases", "maxLists": "max_lists"}
PARAMETERS = {
    "name": since(*RENAMED),
    "cn": before(*RENAMED, "name"),
    "language": since(*RENAMED),
    "preferredLanguage": before(*RENAMED, "language"),
    "password": ALWAYS,
    "accountStatus": ALWAYS,
    "isGlobalAdmin": ALWAYS,
    "maxQuota": ALWAYS,
    "quotaUnit": ALWAYS,
    **dict.fromkeys(LIMITS, ALWAYS),
    **dict.fromkeys(SWITCHES, since("2.9", "3.1")),
}


def _find(call) -> Admin:
    if (found := call.store.admins.get(call.at["mail"])) is None:
        raise Refusal("NO_SUCH_ACCOUNT")
    return found


@router.add("GET", "/admin/{mail}", span=PROFILE, role=GLOBAL)
def read_admin(call):
    return profiles.single(call, profiles.admin(call, _find(call)))


@router.add("POST", "/admin/{mail}", span=PROFILE, role=GLOBAL, effect=WRITE, kind="admin", parameters=PARAMETERS)
def create_admin(call):
    mail = call.at["mail"]
    if call.store.hosted(domain_of(mail)):
        raise Refusal("CAN_NOT_BE_LOCAL_DOMAIN")
    if mail in call.store.admins:
        raise Refusal("ALREADY_EXISTS")
    secret = passwords.given(call)
    if secret is None:
        raise Refusal("PW_EMPTY")
    now = call.server.timestamp()
    admin = Admin(mail, password="" if passwords.dropped(call) else secret, created=now, password_changed=now)
    _change(call, admin)
    call.store.admins[mail] = admin


@router.add("PUT", "/admin/{mail}", span=PROFILE, role=GLOBAL, effect=WRITE, kind="admin", parameters=PARAMETERS)
def update_admin(call):
    admin = _find(call)
    secret = passwords.given(call)
    if secret is None and not call.knobs.since("2.8", "3.0"):
        raise Refusal("PW_EMPTY")
    if secret is not None and not passwords.dropped(call):
        admin.password, admin.password_changed = secret, call.server.timestamp()
    _change(call, admin)
    admin.modified = call.server.timestamp()


def _change(call, admin: Admin) -> None:
    sent = call.params
    if "name" in sent:
        admin.name = sent["name"].strip()
    if "language" in sent:
        admin.language = language(call, sent["language"])
    if "accountStatus" in sent:
        admin.active = is_active(sent["accountStatus"])
    if "isGlobalAdmin" in sent:
        admin.is_global_admin = is_yes(sent["isGlobalAdmin"])
    if admin.is_global_admin:
        _unlimited(admin)
    else:
        _limits(call, admin)


def _unlimited(admin: Admin) -> None:
    """A global admin has no limits: those that were sent are discarded."""
    for attribute in (*LIMITS.values(), "max_quota", "quota_unit"):
        setattr(admin, attribute, None)
    for attribute in SWITCHES.values():
        setattr(admin, attribute, False)


def _limits(call, admin: Admin) -> None:
    sent = call.params
    for name, attribute in LIMITS.items():
        if (value := integer(sent.get(name, ""))) is not None:
            setattr(admin, attribute, value)
    quota, unit = integer(sent.get("maxQuota", "")), sent.get("quotaUnit", "").strip().upper()
    if quota is not None and unit in UNITS:
        admin.max_quota, admin.quota_unit = quota, unit
    for name, attribute in SWITCHES.items():
        if name in sent:
            setattr(admin, attribute, is_yes(sent[name]))


@router.add("DELETE", "/admin/{mail}", span=PROFILE, role=GLOBAL, effect=WRITE, kind="admin")
def delete_admin(call):
    mail = call.at["mail"]
    if mail not in call.store.admins and call.knobs.missing_delete == "success":
        return
    del call.store.admins[_find(call).mail]
    for domain in call.store.domains.values():
        domain.admins = [admin for admin in domain.admins if admin != mail]


@router.add("POST", "/verify_password/admin/{mail}", span=PROFILE, role=GLOBAL, parameters={"password": ALWAYS})
def verify_admin_password(call):
    verify(call, call.store.admins.get(call.at["mail"]))
