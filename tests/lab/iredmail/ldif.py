# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Exports of the LDAP edition, with what the profiles hide (contract 4.12)."""

from __future__ import annotations

import base64

from . import domains, ldap
from .answer import Plain
from .errors import Refusal
from .routes import GLOBAL
from .routing import router
from .versions import since

SINCE = since(None, "2.7")


def _exported(call, name: str, object_class: str, profile: dict):
    settings = profile.pop("accountSetting", [])
    if isinstance(settings, dict):
        settings = [f"{key}:{','.join(value) if isinstance(value, list) else value}" for key, value in settings.items()]
    profile = {"objectClass": [object_class], **profile, **({"accountSetting": settings} if settings else {})}
    if call.knobs.ldif_shape == "structure":
        return {"dn": name, "attributes": profile}
    lines = [f"dn: {name}"]
    for attribute, values in profile.items():
        lines += [_line(attribute, value) for value in values]
    text = "\n".join(lines) + "\n"
    return Plain(text) if call.knobs.ldif_shape == "plain" else text


def _line(attribute: str, value: str) -> str:
    if value.isascii() and value.isprintable() and value[:1] not in (" ", ":", "<"):
        return f"{attribute}: {value}"
    return f"{attribute}:: {base64.b64encode(value.encode()).decode()}"


def _account(call, accounts: dict):
    if (found := accounts.get(call.at["mail"])) is None:
        raise Refusal("NO_SUCH_ACCOUNT")
    return found


@router.add("GET", "/ldif/domain/{domain}", span=SINCE)
def export_domain(call):
    profile = ldap.domain(call, domains.find(call, call.at["domain"]))
    profile.pop("catchall", None)
    return _exported(call, ldap.dn(call, profile), "mailDomain", profile)


@router.add("GET", "/ldif/catchall/{domain}", span=SINCE)
def export_catchall(call):
    """The hidden account that receives what nobody else does."""
    domain = domains.find(call, call.at["domain"])
    if not domain.catchall:
        raise Refusal("NO_SUCH_ACCOUNT")
    mail = f"@{domain.domain}"
    name = f"mail={mail},ou=Users,domainName={domain.domain},{ldap.SUFFIX}"
    profile = ldap.attributes(mail=mail, accountStatus="active", mailForwardingAddress=domain.catchall, enabledService=["mail", "deliver"])
    return _exported(call, name, "mailUser", profile)


@router.add("GET", "/ldif/admin/{mail}", span=SINCE, role=GLOBAL)
def export_admin(call):
    found = _account(call, call.store.admins)
    profile = ldap.admin(call, found)
    del profile["objectClass"]
    return _exported(call, ldap.account_dn(call, found.mail), "mailAdmin", profile | {"userPassword": [found.password]})


@router.add("GET", "/ldif/user/{mail}", span=SINCE)
def export_user(call):
    found = _account(call, call.store.users)
    more = {"userPassword": [found.password], "mailboxFormat": [found.mailbox_format], "mailboxFolder": [found.mailbox_folder]}
    return _exported(call, ldap.account_dn(call, found.mail), "mailUser", ldap.user_attributes(call, found) | more)


@router.add("GET", "/ldif/maillist/{mail}", span=SINCE)
def export_list(call):
    if found := call.store.lists.get(call.at["mail"]):
        profile = ldap.list_attributes(found)
        return _exported(call, ldap.account_dn(call, found.mail), "mailList", profile)
    found = _account(call, call.store.ldap_lists)
    profile = ldap.ldap_list(call, found)
    profile.pop("members", None)
    return _exported(call, ldap.account_dn(call, found.mail), "mailList", profile)


@router.add("GET", "/ldif/alias/{mail}", span=SINCE)
def export_alias(call):
    found = _account(call, call.store.aliases)
    return _exported(call, ldap.account_dn(call, found.mail), "mailAlias", ldap.alias(call, found))
