# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alias accounts (contract 4.5); the aliases of a user are something else."""

from __future__ import annotations

from . import limits, listing, profiles
from .accounts import free_address, free_new_address, home_of
from .errors import Refusal
from .objects import Alias
from .routes import WRITE
from .routing import router
from .values import changed_list, is_active, mails
from .versions import ALWAYS, RENAMED, before, since

CREATE = {"name": since(*RENAMED), "cn": before(*RENAMED, "name"), "accessPolicy": since("0", None), "members": ALWAYS}
UPDATE = CREATE | {"accountStatus": since("3.3", "3.5"), "addMember": ALWAYS, "removeMember": ALWAYS}
POLICIES = ("public", "domain", "subdomain", "membersonly", "moderatorsonly", "allowedonly", "membersandmoderatorsonly")
PROFILE = since("2.5", "2.7")


def _find(call) -> Alias:
    if (found := call.store.aliases.get(call.at["mail"])) is None:
        raise Refusal("NO_SUCH_ACCOUNT")
    return found


@router.add("GET", "/alias/{mail}", span=PROFILE)
def read_alias(call):
    return profiles.single(call, profiles.alias(call, _find(call)))


@router.add("GET", "/aliases/{domain}", span=since("3.3", "3.5"), parameters={"email_only": ALWAYS, "disabled_only": ALWAYS})
def list_aliases(call):
    name = call.at["domain"]
    found = sorted(call.store.aliases.of(name).items()) if listing.domain_of_listing(call, name) else []
    if call.params.get("disabled_only") == "yes":
        found = [(mail, alias) for mail, alias in found if not alias.active]
    listing.check_size(call, found)
    if call.params.get("email_only") == "yes":
        return [mail for mail, _alias in found]
    return listing.shaped([(mail, _row(call, alias)) for mail, alias in found], call.knobs.aliases_shape)


def _row(call, alias: Alias) -> dict:
    row = profiles.alias(call, alias)
    if not call.knobs.aliases_list_members:
        for key in ("members", "mailForwardingAddress", "goto"):
            row.pop(key, None)
    return row


@router.add("POST", "/alias/{mail}", effect=WRITE, kind="alias", parameters=CREATE)
def create_alias(call):
    mail = call.at["mail"]
    limits.room_for(call, home_of(call, mail), "aliases")
    free_address(call, mail)
    alias = Alias(mail, created=call.server.timestamp())
    _change(call, alias)
    call.store.add_alias(alias)


@router.add("PUT", "/alias/{mail}", effect=WRITE, kind="alias", parameters=UPDATE)
def update_alias(call):
    alias = _find(call)
    _change(call, alias)
    alias.modified = call.server.timestamp()


def _change(call, alias: Alias) -> None:
    sent = call.params

    def accepted(found: list[str]) -> list[str]:
        keep = call.knobs.missing_members == "keep"
        return [mail for mail in mails(found) if keep or call.store.exists_here(mail)]

    if "name" in sent:
        alias.name = sent["name"].strip()
    if sent.get("accessPolicy", "").strip().lower() in POLICIES:
        alias.access_policy = sent["accessPolicy"].strip().lower()
    if "accountStatus" in sent:
        alias.active = is_active(sent["accountStatus"])
    changed = changed_list(call, alias.members, "members", "addMember", "removeMember", accepted)
    if changed is not None:
        alias.members = changed


@router.add("DELETE", "/alias/{mail}", effect=WRITE, kind="alias")
def delete_alias(call):
    if call.at["mail"] not in call.store.aliases and call.knobs.missing_delete == "success":
        return
    call.store.remove_alias(_find(call))


@router.add("POST", "/alias/{mail}/change_email/{new_mail}", span=PROFILE, effect=WRITE, kind="alias")
def rename_alias(call):
    alias = _find(call)
    free_new_address(call, alias.mail, call.at["new_mail"])
    call.store.rename_alias(alias, call.at["new_mail"])
    alias.modified = call.server.timestamp()
