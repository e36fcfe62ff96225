# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who administers a domain (chapter 4.2 of the iRedMail contract)."""

from __future__ import annotations

import sys
from typing import Any, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CALL, UNREADABLE, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from . import values
from .client import IredmailClient, place
from .edition import row_of

MANAGED = ("managed_domains", "managedDomains")
EVERYTHING = "all"  # what a global administrator manages

DOMAIN = Field("domain", clean=values.domain)
ADMINS = Field("admins", type="list", elements="str", mode="add", blind=True, clean=values.account)
CANDIDATES = Field("candidates", type="list", elements="str", send=(CALL,), clean=values.account)


class Admins(Part):
    """The LDAP edition shows the administrators with the domain. The SQL edition shows with an account what it manages."""

    fields = (ADMINS,)
    few = sys.maxsize

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        domain, mode = want.values["domain"], want.modes.get(ADMINS.name, ADMINS.mode)
        named = want.values.get(ADMINS.name, [])
        found: Any
        profile = row_of(client.read(f"/domain/{place(domain)}"))
        if not profile:
            raise Refused(f"the server hosts no domain {domain}: create it first, for example with iredmail_domain")
        if client.is_ldap():
            found = values.addresses(profile.get("domainAdmin"))
            for address in set(named) - set(found):
                self.profile(client, address, must_exist=mode != "remove")
            return {"domain": domain, "admins": found}
        found = []
        for address in dict.fromkeys([*named, *(want.values.get(CANDIDATES.name, ()) if mode == "set" else ())]):
            row = self.profile(client, address, must_exist=address in named and mode != "remove")
            answer = _manages(row, domain, wanted=address in named and mode != "remove") if row else False
            if answer is None:
                return {"domain": domain, "admins": UNREADABLE}
            if answer:
                found.append(address)
        return {"domain": domain, "admins": found}

    @staticmethod
    def profile(client: IredmailClient, address: str, must_exist: bool) -> Raw:
        """A mail user, or an administrator without a mailbox. The server silently ignores who does not exist."""
        row = client.read(f"/user/{place(address)}") or client.read(f"/admin/{place(address)}")
        if row is None and must_exist:
            raise Refused(f"no account is called {address}: create it first, for example with iredmail_user or iredmail_admin")
        return row_of(row)

    def set(self, client: IredmailClient, change: Change, item: Field, value: Any) -> None:
        added, removed = change.difference(item)
        fields = {name: addresses for name, addresses in (("addAdmin", added), ("removeAdmin", removed)) if addresses}
        client.form("PUT", f"/domain/admins/{place(change.name)}", fields, repeat=True)


def _manages(row: Raw, domain: str, wanted: bool) -> Optional[bool]:
    """Whether an account of the SQL edition is an administrator of this domain; None if that is not shown.

    Who may do everything is one where that is wanted, and otherwise left alone: no call takes it away here.
    """
    for key in MANAGED:
        if key in row:
            managed = values.addresses(row[key])
            return domain in managed or (wanted and EVERYTHING in managed)
    return False if "isadmin" in row and not values.flag(row["isadmin"]) else None


class DomainAdmins(Resource):
    kind, plural = "domain", "domains"
    identities = ((DOMAIN,),)
    parts = (Admins(),)
    steering = (CANDIDATES,)
    states = {"present": {}}
    may_be_unreadable = True

    def resolve(self, client: IredmailClient, wants: Sequence[Want]) -> None:
        for want in wants:
            mode = want.modes.get(ADMINS.name, ADMINS.mode)
            own = sorted(client.acting() & set(want.values.get(ADMINS.name, ())))
            if mode == "remove" and own:
                want.error = Refused(f"{own[0]} is the account that the task works with: it cannot take a domain from itself")
            elif mode == "set" and ADMINS.name in want.values and CANDIDATES.name not in want.values and not client.is_ldap():
                want.error = Refused(
                    "the SQL edition does not say who administers a domain: with admins_mode set, candidates must name everybody who may have "
                    "to be removed"
                )
            want.keeps[ADMINS.name] = sorted(client.acting())

    def guard(self, client: IredmailClient, change: Change) -> None:
        if ADMINS.read(change.raw or {}) is UNREADABLE and change.want.modes.get(ADMINS.name) == "set":
            raise Refused(
                "the server does not show what an account administers, so nobody can be removed: set admins_mode to add or remove"
            )


DOMAIN_ADMINS = DomainAdmins()
TASK = ResourceTask(DOMAIN_ADMINS, IredmailClient)
