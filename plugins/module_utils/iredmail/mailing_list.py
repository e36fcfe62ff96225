# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mailing lists that people subscribe to (chapters 4.6 and 5.3 of the iRedMail contract)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Iterable, Mapping

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Raw
from ..core.task import ResourceTask, Result
from . import values
from .accounts import ENABLED, NAME, Account, Info, Kind, effective
from .client import IredmailClient, place, text
from .edition import Item, Shown, at, row_of
from .scope import InDomain

KINDS = ("normal", "digest", "nomail")  # of subscriptions

# What the server adds by itself, besides what it was given.
OWN_HEADERS = ("x-mailing-list", "reply-to", "precedence", "list-*")
OWN_REMOVALS = ("dkim-signature", "authentication-results")


@dataclass(frozen=True, eq=False)
class Headers(Item):
    """Headers, with or without their values. Those of some names the server adds by itself: they are neither removed nor sent back."""

    own: tuple[str, ...] = ()

    def goal(self, have: Any, want: Any, mode: str, keep: Iterable[Any] = ()) -> Any:
        kept = [element for element in have if self.added(element)] if isinstance(have, list) else []
        return super().goal(have, want, mode, [*keep, *kept])

    def added(self, element: str) -> bool:
        """Whether it may be there because the server added it."""
        name = title(element)
        return any(name.startswith(own[:-1]) if own.endswith("*") else name == own for own in self.own)

    def ours(self, change: Change) -> list[str]:
        """What is to be sent."""
        removing = change.want.modes.get(self.name, self.mode) == "remove"
        named = {self.norm(element) for element in change.want.values[self.name] if not removing}
        return [element for element in change.goals[self.name] if self.norm(element) in named or not self.added(element)]


def title(header: str) -> str:
    return header.partition(":")[0].strip().lower()


def spelling(header: str) -> str:
    """A header for comparison: the letter case of its name does not count."""
    return f"{title(header)}:{header.partition(':')[2].strip()}"


def lines(value: Any) -> list[str]:
    rows = value.splitlines() if isinstance(value, str) else value or ()
    return [str(row).strip() for row in rows if str(row).strip()]


def names(value: Any) -> list[str]:
    return [each.rstrip(":").strip() for each in values.many(value)]


def shown(read: Callable[[Any], Any], *keys: str) -> Shown:
    """What mlmmj keeps; an option that is missing is unknown."""
    return at(read, *keys, known=False)


def flag(name: str) -> Item:
    return Item(name, type="bool", alike=shown(values.flag, name))


def people(name: str, key: str, clearable: bool = True) -> Item:
    return Item(name, type="list", elements="str", api=key, clearable=clearable, clean=values.address, alike=shown(values.addresses, key))


ADDRESS = Item("address", clean=values.account, sql=at(values.lower, "address", "mail"), ldap=at(values.lower, "mail"))
POLICY = Item(
    "access_policy",
    api="accessPolicy",
    choices=values.LIST_POLICIES,
    clearable=False,
    resend=True,
    sql=at(values.policy, "accesspolicy"),
    ldap=at(values.policy, "accessPolicy"),
)
ONLY_MODERATORS, ONLY_SUBSCRIBERS = flag("only_moderator_can_post"), flag("only_subscriber_can_post")
POSTING = {ONLY_MODERATORS: "moderatorsonly", ONLY_SUBSCRIBERS: "membersonly"}  # the policy that either brings with it, whatever its value
MODERATE_SUBSCRIPTION = flag("moderate_subscription")
SUBSCRIPTION_MODERATORS = people("subscription_moderators", "subscription_moderators")
CUSTOM_HEADERS = Headers(
    name="custom_headers",
    type="list",
    elements="str",
    own=OWN_HEADERS,
    clean=values.header,
    norm=spelling,
    encode="\n".join,
    alike=shown(lines, "custom_headers"),
)
REMOVE_HEADERS = Headers(
    name="remove_headers",
    type="list",
    elements="str",
    own=OWN_REMOVALS,
    clean=values.header_name,
    norm=str.lower,
    alike=shown(names, "remove_headers"),
)
KEEP_ARCHIVE = Field("keep_archive", type="bool", send=(DELETE,))


class ListProfile(Account):
    key = ADDRESS
    route, listing = "ml", "mls"
    fields = (
        replace(NAME, resend=True),
        replace(ENABLED, send=(CREATE, UPDATE)),
        POLICY,
        flag("is_newsletter"),
        Item("newsletter_description", clean=values.line, alike=shown(values.text, "newsletter_description", "description")),
        flag("close_list"),
        ONLY_MODERATORS,
        ONLY_SUBSCRIBERS,
        flag("disable_subscription"),
        flag("disable_subscription_confirm"),
        flag("disable_digest_subscription"),
        flag("disable_digest_text"),
        flag("disable_nomail_subscription"),
        flag("moderated"),
        flag("moderate_non_subscriber_post"),
        flag("disable_retrieving_old_posts"),
        flag("only_subscriber_can_get_old_posts"),
        flag("disable_retrieving_subscribers"),
        flag("disable_send_copy_to_sender"),
        flag("notify_owner_when_sub_unsub"),
        flag("notify_sender_when_moderated"),
        flag("disable_archive"),
        MODERATE_SUBSCRIPTION,
        SUBSCRIPTION_MODERATORS,
        people("extra_addresses", "extra_addresses"),
        people("owners", "owner", clearable=False),
        people("moderators", "moderators"),
        Item("max_message_size", type="int", clean=values.number(), alike=shown(values.integer, "max_message_size")),
        Item("subject_prefix", clean=values.line, alike=shown(values.text, "subject_prefix")),
        CUSTOM_HEADERS,
        REMOVE_HEADERS,
        Item("footer_text", clean=values.footer, alike=shown(values.shown_footer, "footer_text")),
        Item("footer_html", clean=values.footer, alike=shown(values.shown_footer, "footer_html")),
    )

    def prepared(self, row: Raw) -> Raw:
        """The options of mlmmj may stand one level down."""
        nested = [each for each in row.values() if isinstance(each, dict)]
        return {name: value for each in (*nested, row) for name, value in each.items()}

    def delete(self, client: IredmailClient, change: Change) -> None:
        """A DELETE has no body, so the option stands in the query."""
        steering = {name: text(value) for name, value in change.steering(DELETE).items()}
        client.call("DELETE", self.path(change.name), params=steering or None, repeat=True)

    def created(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        """That only subscribers may post is so by default; otherwise an update says it, which knows what the server made of the policy."""
        return self.consistent(change, super().created(client, change), (ONLY_MODERATORS,))

    def updated(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        return self.consistent(change, super().updated(client, change), tuple(POSTING))

    def update(self, client: IredmailClient, change: Change) -> None:
        """Switching a rule off also moves the policy, so that has to be written once more, afterwards (contract 4.6)."""
        params = self.updated(client, change)
        off = {item.wire_name: False for item in POSTING if change.goals.get(item.name) is False}
        if off:
            repeated = {name: params[name] for name in (NAME.wire_name, POLICY.wire_name)}
            client.form("PUT", self.path(change.name), {**repeated, **off}, repeat=True)
            change.written = True
        client.form("PUT", self.path(change.name), params, repeat=True)

    @staticmethod
    def consistent(change: Change, params: dict[str, Any], rules: tuple[Item, ...]) -> dict[str, Any]:
        """Leave out what would move something else: the mere presence of some parameters does (contract 4.6)."""
        for item, policy in POSTING.items():
            if item in rules and change.goals.get(item.name) is True:
                params[POLICY.wire_name] = policy
            else:
                params.pop(item.wire_name, None)
        nobody = SUBSCRIPTION_MODERATORS.wire_name in params and not change.goals[SUBSCRIPTION_MODERATORS.name]
        if nobody and not effective(change, MODERATE_SUBSCRIPTION):
            del params[SUBSCRIPTION_MODERATORS.wire_name]
            params[MODERATE_SUBSCRIPTION.wire_name] = False  # wipes them; their own parameter would switch it on
        for headers in (CUSTOM_HEADERS, REMOVE_HEADERS):
            if headers.wire_name in params:
                params[headers.wire_name] = headers.encode(headers.ours(change))
        return params


class MailingList(InDomain, Kind):
    kind, plural = "mailing list", "mailing_lists"
    identities = ((ADDRESS,),)
    parts = (ListProfile(),)
    steering = (KEEP_ARCHIVE,)

    def refine(self, values: dict[str, Any], state: str) -> None:
        if values.get(MODERATE_SUBSCRIPTION.name) is False and values.get(SUBSCRIPTION_MODERATORS.name):
            raise ValueError("subscription_moderators cannot be given while moderate_subscription is false")
        if values.get(ONLY_MODERATORS.name) and values.get(ONLY_SUBSCRIBERS.name):
            raise ValueError("only_moderator_can_post and only_subscriber_can_post cannot be combined")

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        self.at_home(client, change)
        policy = effective(change, POLICY)
        for item, implied in POSTING.items():
            goal = change.goals.get(item.name)
            if change.action == CREATE and goal is (item is ONLY_SUBSCRIBERS):
                continue  # so it is made
            if goal is True and POLICY.name in change.want.values and policy != implied:
                raise Refused(f"{item.name} means access_policy {implied}, and {policy} was asked for")
            if goal is False and policy == implied:
                raise Refused(f"{item.name} cannot be false while access_policy is {policy}: give another one")


MAILING_LIST = MailingList()
TASK = ResourceTask(MAILING_LIST, IredmailClient)


class MailingListInfo(Info):
    """Lists, on demand with their subscribers, which takes a request a list."""

    def work(self, client: IredmailClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        result = super().work(client, params, check_mode)
        if params["with_subscribers"]:
            result["subscriptions"] = [each for entry in result[MAILING_LIST.plural] for each in subscriptions(client, entry[ADDRESS.name])]
        return result


def subscriptions(client: IredmailClient, address: str) -> list[dict[str, Any]]:
    """Who is subscribed, by kind."""
    found = MAILING_LIST.profile.prepared(row_of(client.read(f"/ml/{place(address)}", with_subscribers="yes")))
    by_kind: dict[str, list[str]] = {}
    for each in found.get("subscribers") or ():
        mail, kind = (each, KINDS[0]) if isinstance(each, str) else (each["mail"], each.get("subscription") or KINDS[0])
        by_kind.setdefault(kind, []).append(mail.lower())
    return [{"address": address, "subscription": kind, "subscribers": sorted(mails)} for kind, mails in by_kind.items()]


INFO = MailingListInfo(
    MAILING_LIST,
    IredmailClient,
    domain={"type": "str"},
    names_only={"type": "bool", "default": False},
    full={"type": "bool", "default": False},
    with_subscribers={"type": "bool", "default": False},
)
