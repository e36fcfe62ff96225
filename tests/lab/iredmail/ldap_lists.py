# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that cannot be subscribed to, of the LDAP edition alone (contract 4.7)."""

from __future__ import annotations

from . import ldap, limits, mailing_lists, profiles
from .accounts import free_address, home_of
from .errors import Refusal
from .objects import LdapList
from .routes import WRITE
from .routing import router
from .values import changed_list, items
from .versions import ALWAYS, LDAP_ONLY, RENAMED, before, since

CREATE = {"name": since(*RENAMED), "cn": before(*RENAMED, "name"), "accessPolicy": ALWAYS, "members": ALWAYS}
UPDATE = CREATE | {"addMember": ALWAYS, "removeMember": ALWAYS}

POLICIES = ("public", "domain", "subdomain", "membersonly", "moderatorsonly", "allowedonly", "membersandmoderatorsonly")


def _known(call, mails: list[str]) -> list[str]:
    """A member is a user who carries the list: others cannot be stored."""
    return [mail for mail in mails if mail in call.store.users]


def _find(call) -> LdapList:
    if (found := call.store.ldap_lists.get(call.at["mail"])) is None:
        raise Refusal("NO_SUCH_ACCOUNT")
    return found


def _account(call, found: LdapList) -> None:
    if "name" in call.params:
        found.name = call.params["name"].strip()
    if call.params.get("accessPolicy", "").strip().lower() in POLICIES:
        found.access_policy = call.params["accessPolicy"].strip().lower()


@router.add("GET", "/maillist/{mail}", span=since(None, "2.7"))
def read_ldap_list(call):
    return profiles.single(call, ldap.ldap_list(call, _find(call)))


@router.add("POST", "/maillist/{mail}", span=LDAP_ONLY, effect=WRITE, kind="maillist", parameters=CREATE)
def create_ldap_list(call):
    mail = call.at["mail"]
    limits.room_for(call, home_of(call, mail), "lists")
    free_address(call, mail)
    found = call.store.add_ldap_list(LdapList(mail))
    _account(call, found)
    call.store.set_list_members(found, _known(call, items(call, call.params.get("members", ""))))


@router.add("PUT", "/maillist/{mail}", span=LDAP_ONLY, effect=WRITE, kind="maillist", parameters=UPDATE)
def update_ldap_list(call):
    found = _find(call)
    _account(call, found)
    current = call.store.list_members(found)
    changed = changed_list(call, current, "members", "addMember", "removeMember", lambda mails: _known(call, mails))
    if changed is not None:
        call.store.set_list_members(found, changed)


@router.add("DELETE", "/maillist/{mail}", span=LDAP_ONLY, effect=WRITE, kind="maillist", parameters={"archive": ALWAYS})
def delete_ldap_list(call):
    """Also takes the address of a list that can be subscribed to; only there `archive` means something."""
    mail = call.at["mail"]
    if found := call.store.ldap_lists.get(mail):
        call.store.remove_ldap_list(found)
    elif found := call.store.lists.get(mail):
        mailing_lists.remove(call, found, keep_archive=call.params.get("archive", "yes") == "yes")
    elif call.knobs.missing_delete == "error":
        raise Refusal("NO_SUCH_ACCOUNT")
