# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that can be subscribed to (contract 4.6)."""

from __future__ import annotations

from . import limits, listing, mlmmj, profiles
from .accounts import free_address, home_of
from .errors import Refusal
from .objects import MailingList
from .routes import WRITE
from .routing import router
from .values import domain_of, is_active, items, mails
from .versions import ALWAYS, before, since

LISTS = since("2.9", "3.1")
SUBSCRIBERS = since("3.2", "3.4")
OPTIONS = dict.fromkeys((*mlmmj.OPTIONS, "name", "accountStatus", "accessPolicy", "newsletter_description"), ALWAYS) | {
    "maxMailSize": before("3.4", "3.6", "max_message_size")
}
CREATE = OPTIONS | dict.fromkeys(("subscribers", "require_confirm", "subscription"), SUBSCRIBERS)
UPDATE = OPTIONS | dict.fromkeys(("add_subscribers", "remove_subscribers", "require_confirm", "subscription"), SUBSCRIBERS)
POLICIES = ("public", "domain", "subdomain", "membersonly", "moderatorsonly")


def _find(call) -> MailingList:
    mlmmj.reach(call)
    if (found := call.store.lists.get(call.at["mail"])) is None:
        raise Refusal("NO_SUCH_ACCOUNT")
    return found


def _profile(call, found: MailingList, with_subscribers: bool) -> dict:
    profile = profiles.mailing_list(call, found)
    return profile | {"subscribers": mlmmj.subscribers(call, found)} if with_subscribers else profile


@router.add("GET", "/mls/{domain}", span=since("3.0", "3.2"), parameters={"email_only": ALWAYS})
def list_mailing_lists(call):
    mlmmj.reach(call)
    name = call.at["domain"]
    found = sorted(call.store.lists.of(name).items()) if listing.domain_of_listing(call, name) else []
    if call.params.get("email_only") == "yes":
        return [mail for mail, _list in found]
    return listing.shaped([(mail, profiles.mailing_list(call, one)) for mail, one in found], call.knobs.mls_shape)


@router.add("GET", "/ml/{mail}", span=LISTS, parameters={"with_subscribers": SUBSCRIBERS})
def read_mailing_list(call):
    return profiles.single(call, _profile(call, _find(call), call.params.get("with_subscribers") == "yes"))


@router.add("POST", "/ml/{mail}", span=LISTS, effect=WRITE, kind="ml", parameters=CREATE)
def create_mailing_list(call):
    mlmmj.reach(call)
    mail = call.at["mail"]
    limits.room_for(call, home_of(call, mail), "lists")
    free_address(call, mail)
    postmaster = [f"postmaster@{domain_of(mail)}"]
    found = MailingList(mail, owner=postmaster, moderators=list(postmaster), created=call.server.timestamp())
    found.flags = dict(mlmmj.FLAGS)
    found.mlid = str(call.server.random.getrandbits(64))
    _account(call, found)
    mlmmj.set_options(call, found)
    mlmmj.subscribe(call, found, mails(items(call, call.params.get("subscribers", ""))))
    call.store.add_list(found)


@router.add("PUT", "/ml/{mail}", span=LISTS, effect=WRITE, kind="ml", parameters=UPDATE)
def update_mailing_list(call):
    found = _find(call)
    mlmmj.set_options(call, found)
    _account(call, found)
    mlmmj.unsubscribe(found, items(call, call.params.get("remove_subscribers", "")))
    mlmmj.subscribe(call, found, mails(items(call, call.params.get("add_subscribers", ""))))
    found.modified = call.server.timestamp()


def _account(call, found: MailingList) -> None:
    """The account row: the display name is written whether it was sent or not, and flags move the policy (contract 4.6)."""
    sent = call.params
    # A name that a fault loses was sent all the same.
    if "name" in sent or "name" not in call.sent:
        found.name = sent.get("name", "").strip()
    if "accountStatus" in sent:
        found.active = is_active(sent["accountStatus"])
    if sent.get("accessPolicy", "").strip().lower() in POLICIES:
        found.access_policy = sent["accessPolicy"].strip().lower()
    if "only_moderator_can_post" in sent:
        found.access_policy = "moderatorsonly"
    elif "only_subscriber_can_post" in sent:
        found.access_policy = "membersonly"


@router.add("DELETE", "/ml/{mail}", span=LISTS, effect=WRITE, kind="ml", parameters={"keep_archive": ALWAYS})
def delete_mailing_list(call):
    mlmmj.reach(call)
    found = call.store.lists.get(call.at["mail"])
    if found is None:
        wanted = call.knobs.missing_ml_delete or ("error" if call.knobs.is_ldap else "success")
        if wanted == "error":
            raise Refusal("ACCOUNT_NOT_EXIST")
        return
    remove(call, found, keep_archive=call.params.get("keep_archive", "yes") == "yes")


def remove(call, found: MailingList, keep_archive: bool) -> None:
    if keep_archive:
        call.store.archived_lists.append(found.mail)
    call.store.remove_list(found)
