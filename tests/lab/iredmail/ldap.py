# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the LDAP edition shows: attributes, each a list of texts; what has no value is missing (contract 5)."""

from __future__ import annotations

import calendar
import time

from . import mlmmj
from .objects import Admin, Alias, Domain, LdapList, MailingList, User
from .sql import admin_settings
from .values import domain_of

SUFFIX = "o=domains,dc=example,dc=com"
ADMIN_SUFFIX = "o=domainAdmins,dc=example,dc=com"
#: The attributes of a user that a collection carries (contract 5.5).
LISTED = (
    "mail",
    "cn",
    "uid",
    "accountStatus",
    "mailQuota",
    "employeeNumber",
    "title",
    "senderRelayHost",
    "shadowAddress",
    "mailForwardingAddress",
    "memberOfGroup",
    "enabledService",
    "disabledService",
    "domainGlobalAdmin",
    "shadowLastChange",
)
UNITS = (("TB", 1024 * 1024), ("GB", 1024), ("MB", 1))


def attributes(**values) -> dict[str, list[str]]:
    """Texts and lists of texts as attributes; empty ones are left out."""
    return {
        name: list(value) if isinstance(value, (list, tuple)) else [str(value)]
        for name, value in values.items()
        if value not in ("", None, [], ())
    }


def dn(call, profile: dict) -> str:
    if "domainName" in profile:
        return f"domainName={profile['domainName'][0]},{SUFFIX}"
    mail = profile["mail"][0]
    return account_dn(call, mail)


def account_dn(call, mail: str) -> str:
    store = call.store
    if mail in store.admins:
        return f"mail={mail},{ADMIN_SUFFIX}"
    unit = "Users" if mail in store.users else "Aliases" if mail in store.aliases else "Groups"
    return f"mail={mail},ou={unit},domainName={domain_of(mail)},{SUFFIX}"


def with_unit(megabytes: int) -> str:
    """`N:UNIT`, in the largest unit that leaves no rest."""
    unit, factor = next((unit, factor) for unit, factor in UNITS if megabytes % factor == 0)
    return f"{megabytes // factor}:{unit}"


def status(active: bool) -> str:
    return "active" if active else "disabled"


def days(timestamp: str) -> str:
    """`shadowLastChange` counts days."""
    return str(calendar.timegm(time.strptime(timestamp, "%Y-%m-%d %H:%M:%S")) // 86400) if timestamp else ""


def _settings(call, settings: dict):
    """An object since 3.0, before that a list of `key:value` (contract 12)."""
    settings = {key: value for key, value in settings.items() if value not in (0, "", [], None)}
    if call.knobs.settings_shape == "dict" and call.knobs.since("2.8", "3.0"):
        return settings
    return [f"{key}:{','.join(value) if isinstance(value, list) else value}" for key, value in settings.items()]


def domain(call, found: Domain) -> dict:
    knobs, store = call.knobs, call.store
    maximum = with_unit(found.max_user_quota) if knobs.maxuserquota_unit and found.max_user_quota else found.max_user_quota
    profile = attributes(
        domainName=found.domain,
        cn=found.name,
        accountStatus=status(found.active),
        domainBackupMX="yes" if found.backupmx else "",
        mtaTransport=found.transport,
        enabledService=found.services,
        domainAliasName=found.alias_domains,
        domainPendingAliasName=found.pending_alias_domains,
        domainAdmin=found.admins,
        domainSenderBccAddress=found.sender_bcc,
        domainRecipientBccAddress=found.recipient_bcc,
        senderRelayHost=found.relay,
        disclaimer=found.disclaimer,
        domainCurrentUserNumber=len(store.users.of(found.domain)),
        domainCurrentAliasNumber=len(store.aliases.of(found.domain)),
        domainCurrentListNumber=len(store.lists.of(found.domain)) + len(store.ldap_lists.of(found.domain)),
    )
    if knobs.since("2.9", "3.1"):
        profile["domainCurrentQuotaSize"] = [str(store.allocated[found.domain])]
    profile["accountSetting"] = _settings(
        call,
        {
            "domainQuota": with_unit(found.quota) if found.quota else None,
            "defaultQuota": found.default_quota,
            "maxUserQuota": maximum,
            "numberOfUsers": found.users_limit,
            "numberOfAliases": found.aliases_limit,
            "numberOfLists": found.lists_limit,
            "minPasswordLength": found.min_password,
            "maxPasswordLength": found.max_password,
            "defaultLanguage": found.language,
            "disabledDomainProfile": found.disabled_domain_profiles,
            "disabledUserProfile": found.disabled_user_profiles,
            "disabledUserPreference": found.disabled_user_preferences,
        },
    )
    if found.catchall and knobs.since("2.8", "3.0"):
        profile["catchall"] = list(found.catchall)
    return profile


def user_attributes(call, found: User) -> dict:
    """All that the directory holds, but for the objects' classes."""
    local = found.mail.partition("@")[0]
    base, node, directory = found.storage
    return attributes(
        mail=found.mail,
        cn=found.name or local,
        uid=local,
        sn=found.surname,
        givenName=found.given_name,
        accountStatus=status(found.active),
        mailQuota=found.bytes or "",
        preferredLanguage=found.language,
        employeeNumber=found.employee_id,
        mobile=found.mobiles,
        telephoneNumber=found.telephone_numbers,
        mtaTransport=found.transport,
        shadowAddress=found.aliases,
        mailForwardingAddress=found.forwarding,
        memberOfGroup=found.member_of,
        enabledService=[*found.services, "domainadmin"] if found.is_admin or found.is_global_admin else found.services,
        domainGlobalAdmin="yes" if found.is_global_admin else "",
        userSenderBccAddress=found.sender_bcc,
        userRecipientBccAddress=found.recipient_bcc,
        homeDirectory="/".join(part.rstrip("/") for part in (base, node, directory) if part) + "/",
        storageBaseDirectory=base,
        mailMessageStore="/".join(part for part in (node, directory) if part),
        shadowLastChange=days(found.password_changed),
    )


def user(call, found: User) -> dict:
    profile = user_attributes(call, found)
    _expose(call, profile, found.password)
    return profile


def _expose(call, profile: dict, password: str) -> None:
    if "userPassword" not in call.knobs.hidden_profiles and password:
        scheme, end, rest = password.partition("}")
        profile["userPassword"] = [scheme.lower() + end + rest if call.knobs.hash_reencoded else password]


def user_row(call, found: User) -> dict:
    profile = user_attributes(call, found)
    return {name: profile[name] for name in LISTED if name in profile}


def admin(call, found: Admin) -> dict:
    disabled = {
        "view_mail_log": found.disable_viewing_mail_log,
        "manage_quarantined_mails": found.disable_managing_quarantined_mails,
    }
    profile = {"objectClass": ["mailAdmin"]} | attributes(
        mail=found.mail,
        cn=found.name,
        accountStatus=status(found.active),
        preferredLanguage=found.language,
        domainGlobalAdmin="yes" if found.is_global_admin else "",
        enabledService=[name for name, off in disabled.items() if not off],
        disabledService=[name for name, off in disabled.items() if off],
    )
    settings = admin_settings(call, found, with_switches=False)
    if settings:
        profile["accountSetting"] = _settings(call, settings)
    _expose(call, profile, found.password)
    return profile


def alias(call, found: Alias) -> dict:
    profile = attributes(
        mail=found.mail,
        cn=found.name,
        accountStatus=status(found.active),
        enabledService=["mail", "deliver"],
    )
    if found.members:
        profile[call.knobs.ldap_alias_members_key] = list(found.members)
    return profile


def ldap_list(call, found: LdapList) -> dict:
    profile = attributes(
        mail=found.mail, cn=found.name, accountStatus="active", enabledService=["mail", "deliver"], accessPolicy=found.access_policy
    )
    if key := call.knobs.ldap_list_members_key:
        profile[key] = call.store.list_members(found)
    return profile


def list_attributes(found: MailingList) -> dict:
    return attributes(
        mail=found.mail,
        cn=found.name,
        accountStatus=status(found.active),
        accessPolicy=found.access_policy,
        enabledService=["mail", "deliver", "mlmmj"],
        mailingListID=found.mlid,
    )


def mailing_list(call, found: MailingList) -> dict:
    return mlmmj.merged(call, list_attributes(found), found)
