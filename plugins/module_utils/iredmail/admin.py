# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Administrators without a mailbox (chapters 4.3 and 5.4 of the iRedMail contract)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Mapping, Optional

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, UNREADABLE, UPDATE, Raw, Want
from ..core.task import ResourceTask
from . import values
from .accounts import ENABLED, NAME, PASSWORD, Info, Kind, Profile
from .client import IredmailClient
from .edition import Item, at


def limit(name: str, api: str, setting: str) -> Item:
    return Item(
        name,
        type="int",
        api=api,
        clean=values.number(-1),
        sql=at(values.integer, f"settings.{setting}"),
        ldap=at(values.integer, f"accountSetting.{setting}"),
    )


def right(name: str, api: str, setting: str, service: str) -> Item:
    """What the server stores as a prohibition (contract 4.3)."""
    return Item(
        name,
        type="bool",
        api=api,
        encode=lambda value: not value,
        sql=at(lambda value: not values.flag(value), f"settings.{setting}"),
        ldap=at(lambda value: service not in values.addresses(value), "disabledService"),
    )


def shown_quota(value: Any) -> Any:
    """A number of MB; what has no unit cannot be told (contract 5.4)."""
    return UNREADABLE if value is None else values.quota_text(value)


EMAIL = Item("email", clean=values.account, sql=at(values.lower, "username", "mail"), ldap=at(values.lower, "mail"))
GLOBAL_ADMIN = Item(
    "global_admin",
    type="bool",
    api="isGlobalAdmin",
    sql=at(values.all_domains, "isglobaladmin", "managed_domains", known=True),
    ldap=at(values.flag, "domainGlobalAdmin"),
)
MAX_QUOTA = Item("max_quota", api="maxQuota", clean=values.quota, sql=at(shown_quota, "quota_mb"), ldap=at(shown_quota, "quota_mb"))
LIMITS = (
    limit("max_domains", "maxDomains", "create_max_domains"),
    MAX_QUOTA,
    limit("max_users", "maxUsers", "create_max_users"),
    limit("max_aliases", "maxAliases", "create_max_aliases"),
    limit("max_lists", "maxLists", "create_max_lists"),
    right("view_mail_log", "disableViewingMailLog", "disable_viewing_mail_log", "view_mail_log"),
    right("manage_quarantine", "disableManagingQuarantinedMails", "disable_managing_quarantined_mails", "manage_quarantined_mails"),
)


class AdminProfile(Profile):
    key = EMAIL
    route = "admin"
    fields = (
        PASSWORD,
        NAME,
        replace(ENABLED, send=(CREATE, UPDATE)),
        Item("language", clean=values.language, sql=at(values.text, "language"), ldap=at(values.text, "preferredLanguage")),
        GLOBAL_ADMIN,
        *LIMITS,
    )

    def prepared(self, row: Raw) -> Raw:
        return {**row, "quota_mb": quota_mb(values.settings(row.get("settings", row.get("accountSetting"))))}

    def created(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        return with_unit(super().created(client, change))

    def updated(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        return with_unit(super().updated(client, change))

    def update(self, client: IredmailClient, change: Change) -> None:
        """Who ceases to be a global administrator gets limits in a request of its own: as long as it is one they are discarded."""
        params = self.updated(client, change)
        if change.goals.get(GLOBAL_ADMIN.name) is False and len(params) > 1:
            client.form("PUT", self.path(change.name), {GLOBAL_ADMIN.wire_name: params.pop(GLOBAL_ADMIN.wire_name)}, repeat=True)
            change.sent.add(GLOBAL_ADMIN.name)
        client.form("PUT", self.path(change.name), params, repeat=True)
        self.confirm_password(client, change)


def quota_mb(settings: Mapping[str, Any]) -> Optional[int]:
    """The quota in MB; None where none is shown, or a number whose unit nobody knows."""
    shown = values.text(settings.get("create_max_quota"))
    unit = next((values.text(settings[key]) for key in ("create_quota_unit", "create_max_quota_unit", "quotaUnit") if key in settings), "")
    if not shown:
        return 0 if unit else None
    try:
        return values.quota_size(shown if not shown.isdigit() else f"{shown}{unit}")
    except ValueError:
        return None


def with_unit(params: dict[str, Any]) -> dict[str, Any]:
    """A quota travels as number and unit, both together."""
    if MAX_QUOTA.wire_name in params:
        number, unit = values.SIZE.findall(params[MAX_QUOTA.wire_name])[0]
        params.update({MAX_QUOTA.wire_name: number, "quotaUnit": unit or "MB"})
    return params


class Admin(Kind):
    kind, plural = "administrator", "admins"
    identities = ((EMAIL,),)
    parts = (AdminProfile(),)
    created_by = (PASSWORD.name,)

    def finish(self, want: Want) -> None:
        """A global administrator has no limits, so the server discards them (contract 4.3)."""
        super().finish(want)
        if want.values.get(GLOBAL_ADMIN.name):
            for item in LIMITS:
                want.values.pop(item.name, None)

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        if change.action == CREATE and client.hosts(values.domain_of(change.name)):
            raise Refused(
                "its domain is hosted here: make its mail user an administrator instead, with global_admin of iredmail_user or with "
                "iredmail_domain_admins"
            )
        limited = [item.name for item in LIMITS if item.name in change.goals]
        if limited and change.raw and GLOBAL_ADMIN.read(change.raw) is True and change.goals.get(GLOBAL_ADMIN.name) is not False:
            raise Refused(
                f"{', '.join(limited)} cannot be set: a global administrator has no limits, unless global_admin is given as false"
            )


ADMIN = Admin()
TASK = ResourceTask(ADMIN, IredmailClient)
INFO = Info(ADMIN, IredmailClient, email={"type": "str", "required": True})  # the server has no listing of its administrators
