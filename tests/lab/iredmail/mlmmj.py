# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the list daemon keeps of a list, and how its options are read and shown (contract 4.6)."""

from __future__ import annotations

from .errors import Crash, Refusal
from .objects import MailingList
from .values import integer, is_yes, items, mails

#: The flags, with what a new list has.
FLAGS = {
    "is_newsletter": False,
    "close_list": False,
    "only_moderator_can_post": False,
    "only_subscriber_can_post": True,
    "disable_subscription": False,
    "disable_subscription_confirm": False,
    "disable_digest_subscription": False,
    "disable_digest_text": False,
    "disable_nomail_subscription": False,
    "moderated": False,
    "moderate_non_subscriber_post": False,
    "disable_retrieving_old_posts": True,
    "only_subscriber_can_get_old_posts": True,
    "disable_retrieving_subscribers": True,
    "disable_send_copy_to_sender": True,
    "notify_owner_when_sub_unsub": False,
    "notify_sender_when_moderated": False,
    "disable_archive": False,
    "moderate_subscription": False,
}
KINDS = ("normal", "digest", "nomail")
TEXTS = ("subject_prefix", "footer_text", "footer_html")
ADDRESSES = ("owner", "moderators")
OPTIONS = (*FLAGS, *TEXTS, *ADDRESSES, "subscription_moderators", "extra_addresses", "max_message_size", "custom_headers", "remove_headers")

TROUBLES = {
    "wrong-token": "INVALID_MLMMJADMIN_API_AUTH_TOKEN",
    "no-token": "NO_API_AUTH_TOKEN",
    "refused-address": "NOT_AUTHORIZED_API_CLIENT",
    "down": "ConnectionError(MaxRetryError(\"HTTPConnectionPool(host='127.0.0.1', port=7790): Connection refused\"))",
}


def reach(call) -> None:
    """Every call goes to the daemon, which may be set up wrongly."""
    if call.knobs.ml_daemon in TROUBLES:
        raise Refusal(TROUBLES[call.knobs.ml_daemon])


def flag(found: MailingList, name: str) -> str:
    return "yes" if found.flags.get(name, FLAGS[name]) else "no"


def merged(call, account: dict, found: MailingList) -> dict:
    """The account with the daemon's options, beside it or one level down."""
    knobs = call.knobs
    options = {name: flag(found, name) for name in FLAGS}
    options |= {
        "subscription_moderators": list(found.subscription_moderators),
        "owner": list(found.owner),
        "moderators": list(found.moderators),
        "extra_addresses": list(found.extra_addresses),
        "max_message_size": str(found.max_message_size) if knobs.ml_size_shape == "string" else found.max_message_size,
        "subject_prefix": found.subject_prefix,
        "custom_headers": [*found.custom_headers, *(header.format(mail=found.mail) for header in knobs.ml_added_headers)],
        "remove_headers": [*found.remove_headers, *knobs.ml_removed_headers],
        "footer_text": found.footer_text,
        "footer_html": found.footer_html,
        "newsletter_description": found.description,
    }
    return account | ({"options": options} if knobs.ml_shape == "nested" else options)


def subscribers(call, found: MailingList) -> list:
    pairs = [(mail, kind) for kind in KINDS for mail in found.subscribers.get(kind, ())]
    if call.knobs.ml_subscribers_shape == "strings":
        return [mail for mail, _kind in pairs]
    return [{"mail": mail, "subscription": kind} for mail, kind in pairs]


def set_options(call, found: MailingList) -> None:
    sent = call.params
    headers = _custom_headers(call)
    for name in FLAGS:
        if name in sent:
            found.flags[name] = is_yes(sent[name])
    if flag(found, "only_moderator_can_post") == "yes" and "only_moderator_can_post" in sent:
        found.flags |= {"moderated": True, "only_subscriber_can_post": False}
    for name in TEXTS:
        if name in sent:
            setattr(found, name, sent[name].strip() if name == "subject_prefix" else sent[name])
    if "newsletter_description" in sent:
        found.description = sent["newsletter_description"].strip()
    for name in ADDRESSES:
        if name in sent:
            setattr(found, name, mails(items(call, sent[name])))
    _subscription_moderators(call, found)
    if "extra_addresses" in sent:
        _extra_addresses(call, found)
    if "max_message_size" in sent:
        size = sent["max_message_size"].strip()
        found.max_message_size = 0 if not size else _or(integer(size), found.max_message_size)
    if headers is not None:
        found.custom_headers = headers
    if "remove_headers" in sent:
        names = [name.strip().rstrip(":") for name in sent["remove_headers"].split(",")]
        found.remove_headers = [f"{name}:" for name in dict.fromkeys(names) if name]


def _or(value, otherwise):
    return otherwise if value is None else value


def _custom_headers(call) -> list[str] | None:
    if "custom_headers" not in call.params:
        return None
    lines = [line.strip() for line in call.params["custom_headers"].splitlines()]
    lines = [line for line in lines if ":" in line]
    if call.knobs.header_colon_crash and any(line.count(":") > 1 for line in lines):
        raise Crash
    return lines


def _subscription_moderators(call, found: MailingList) -> None:
    sent = call.params
    if "subscription_moderators" in sent:
        found.subscription_moderators = mails(items(call, sent["subscription_moderators"]))
        found.flags["moderate_subscription"] = True
    if sent.get("moderate_subscription", "yes") != "yes":
        found.flags["moderate_subscription"] = False
        found.subscription_moderators = []


def _extra_addresses(call, found: MailingList) -> None:
    store = call.store
    wanted = mails(items(call, call.params["extra_addresses"]))
    free = [mail for mail in wanted if store.owner_of(mail) in (None, found.mail) and mail != found.mail]
    store.leave(found.extra_addresses)
    found.extra_addresses = free
    if found.mail in store.lists:
        store.occupy(found.mail, free)


def subscribe(call, found: MailingList, addresses: list[str]) -> None:
    """With confirmation, which is the default, there is a mail each time and no member (contract 4.6)."""
    kind = call.params.get("subscription", "normal")
    if kind not in KINDS:
        kind = "normal"
    present = found.subscribers.setdefault(kind, [])
    for mail in addresses:
        if mail in present:
            continue
        if call.params.get("require_confirm", "yes") == "yes":
            found.unconfirmed[mail] = kind
            call.server.mails.append({"kind": "subscription", "list": found.mail, "to": mail, "subscription": kind})
        else:
            found.unconfirmed.pop(mail, None)
            present.append(mail)


def unsubscribe(found: MailingList, addresses: list[str]) -> None:
    """All kinds at once."""
    for mail in addresses:
        found.unconfirmed.pop(mail, None)
        for present in found.subscribers.values():
            if mail in present:
                present.remove(mail)
