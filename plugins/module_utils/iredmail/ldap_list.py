# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of the LDAP edition that nobody can subscribe to (chapters 4.7 and 5.3 of the iRedMail contract)."""

from __future__ import annotations

from typing import Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import Want
from ..core.task import ResourceTask
from . import values
from .accounts import NAME, Kind, Profile
from .client import LDAP, IredmailClient
from .edition import Item, at

ADDRESS = Item("address", clean=values.account, ldap=at(values.lower, "mail"))
MEMBERS = Item(
    "members",
    type="list",
    elements="str",
    mode="add",
    blind=True,
    adds="addMember",
    removes="removeMember",
    clean=values.account,
    ldap=at(values.addresses, "members", known=False),
)


class ListProfile(Profile):
    key = ADDRESS
    route = "maillist"
    fields = (
        NAME,
        Item("access_policy", api="accessPolicy", choices=values.ALIAS_POLICIES, ldap=at(values.policy, "accessPolicy")),
        MEMBERS,
    )


class LdapList(Kind):
    kind, plural = "list", "ldap_lists"
    identities = ((ADDRESS,),)
    parts = (ListProfile(),)

    def resolve(self, client: IredmailClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        if client.edition != LDAP:
            raise Refused("only the LDAP edition of iRedMail has lists of this kind: use iredmail_mailing_list or iredmail_alias")

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        self.at_home(client, change)


LDAP_LIST = LdapList()
TASK = ResourceTask(LDAP_LIST, IredmailClient)
