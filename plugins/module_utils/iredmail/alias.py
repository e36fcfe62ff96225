# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alias accounts (chapters 4.5 and 5.3 of the iRedMail contract); the aliases of a user are an option of the user."""

from __future__ import annotations

from ..core.plan import Change
from ..core.task import ResourceTask
from . import values
from .accounts import ENABLED, NAME, Account, Info, Kind
from .client import SQL, IredmailClient
from .domain import FILTERS
from .edition import Item, at
from .scope import InDomain

ADDRESS = Item("address", clean=values.account, sql=at(values.lower, "address", "mail"), ldap=at(values.lower, "mail"))
MEMBERS = Item(
    "members",
    type="list",
    elements="str",
    mode="add",
    blind=True,
    adds="addMember",
    removes="removeMember",
    clean=values.address,
    sql=at(values.addresses, "members", "goto"),
    ldap=at(values.addresses, "mailForwardingAddress", "members", listed=False),
)


class AliasProfile(Account):
    key = ADDRESS
    route, listing = "alias", "aliases"
    fields = (
        NAME,
        ENABLED,
        Item("access_policy", api="accessPolicy", choices=values.ALIAS_POLICIES, only=SQL, sql=at(values.policy, "accesspolicy")),
        MEMBERS,
    )


class Alias(InDomain, Kind):
    kind, plural = "alias", "aliases"
    identities = ((ADDRESS,),)
    parts = (AliasProfile(),)
    renames = True

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        self.at_home(client, change)


ALIAS = Alias()
TASK = ResourceTask(ALIAS, IredmailClient)
INFO = Info(ALIAS, IredmailClient, domain={"type": "str"}, **FILTERS)
