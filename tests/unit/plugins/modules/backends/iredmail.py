# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of iRedMail with their samples, and how its simulated server is reached."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from ..contract import Case
from ..harness import Server
from .iredmail_policies import POLICY_CASES


class IredmailServer(Server):
    prefix = "iredmail"
    writing = "^(?!.*(/api/login|/verify_password/))"
    marker = "iredmail_user_info"

    def connection(self) -> dict[str, Any]:
        return {"api_url": self.backend.api_url, "api_username": self.backend.username, "api_password": self.backend.password}

    def stored(self) -> Any:
        """Without the moments at which something was written."""
        return timeless(self.backend.state())

    def mark(self, text: str) -> dict[str, Any]:
        return {f"workplace.onboarding.{self.marker}": {"email": f"{text.replace(', ', '-').replace(' ', '-')}@example.org"}}

    def marked(self, entry: Any, text: str) -> bool:
        return unquote(entry.path).endswith(f"/user/{text.replace(', ', '-').replace(' ', '-')}@example.org")


def timeless(state: Any) -> Any:
    if isinstance(state, dict):
        return {name: timeless(value) for name, value in state.items() if name not in ("created", "modified", "password_changed", "due")}
    if isinstance(state, list):
        return [timeless(value) for value in state]
    return re.sub(r"-\d{4}(\.\d\d){5}", "", state) if isinstance(state, str) else state


SERVER = IredmailServer
PARITY_WORLD = {
    "domains": [{"domain": "example.org"}],
    "users": [{"mail": "coral@example.org", "maildir": "/var/vmail/vmail1/example.org/coral"}],
    "lists": [{"mail": "minutes@example.org", "name": "Minutes"}],
}
EDITIONS = ("sql", "ldap")
HERE = {
    "domains": [{"domain": "example.org", "default_quota": 1024, "language": "de_DE"}],
    "users": [{"mail": f"{name}@example.org"} for name in ("ann", "bob", "cid")],
}
EXAMPLES = {
    "domains": [{"domain": "example.org"}],
    "users": [{"mail": f"{name}@example.org"} for name in ("basil", "coral", "gus", "former.colleague", "left.over")],
}


def on_each(name: str, task_path: str, *, sql: Any = None, ldap: Any = None, **samples: Any) -> list[Case]:
    """A case for each edition. ``sql`` and ``ldap`` hold what differs there: further options of a sample, or other values of the case."""
    cases = []
    for edition, special in zip(EDITIONS, (sql or {}, ldap or {})):
        own = {
            key: {**samples[key], **value} if key in ("create", "update") and key in samples else value for key, value in special.items()
        }
        cases.append(Case(name, task_path, **{**samples, **own}, variant=edition, knobs={"edition": edition}))
    return cases


#: Domains and all that receives mail in them, on each edition.
ACCOUNT_CASES = [
    *on_each(
        "iredmail_domain",
        "iredmail.domain:TASK",
        create={
            "domain": "Sample.example",
            "name": "Sample Council",
            "enabled": True,
            "quota_mb": 20480,
            "language": "fr_FR",
            "transport": "lmtp:unix:private/dovecot-lmtp",
            "default_user_quota_mb": 1024,
            "max_user_quota_mb": 4096,
            "max_users": 20,
            "max_aliases": -1,
            "min_password_length": 10,
            "max_password_length": 64,
            "catchall": ["ann@example.org"],
            "services": ["self-service"],
            "disabled_domain_profiles": ["bcc", "relay"],
            "disabled_user_profiles": ["forwarding"],
            "disabled_user_preferences": ["wblist"],
        },
        update={
            "domain": "sample.example",
            "name": "Sample School",
            "enabled": False,
            "quota_mb": 0,
            "language": "",
            "default_user_quota_mb": 2048,
            "max_user_quota_mb": 0,
            "max_users": 0,
            "max_aliases": 30,
            "min_password_length": 0,
            "max_password_length": 0,
            "backup_mx": True,
            "primary_mx": "[mx.example.net]:25",
            "catchall": [],
            "services": ["self-service"],
            "services_mode": "remove",
            "disabled_domain_profiles": ["advanced", "relay"],
            "disabled_user_profiles": ["forwarding"],
            "disabled_user_profiles_mode": "remove",
            "disabled_user_preferences": ["quarantine"],
            "disabled_user_preferences_mode": "add",
        },
        absent={"domain": "sample.example", "state": "absent", "keep_mailbox_days": 30},
        many=lambda number: {"domain": f"domain{number}.example", "max_users": number},
        three=[{"domain": "a.example"}, {"domain": "b.example", "services": ["self-service"]}, {"domain": "c.example"}],
        refusal={"kind": "refusal", "method": "PUT", "path": "b.example$", "message": "PERMISSION_DENIED", "times": None},
        drop={"method": "PUT", "path": "/domain/sample.example$", "fields": ["name"], "times": None},
        dropped="name",
        examples=EXAMPLES,
        sql={"create": {"sender_bcc": "audit@example.org", "alias_domains": ["sample.test"], "outbound_relay": "[relay.example.net]:587"}},
        ldap={
            "create": {
                "sender_bcc": "audit@example.org",
                "recipient_bcc": "audit@example.org",
                "alias_domains": ["sample.test"],
                "outbound_relay": "[relay.example.net]:587",
                "max_lists": 5,
            },
            "update": {"sender_bcc": "", "alias_domains": ["other.test"], "outbound_relay": "smtp:[192.0.2.25]:25"},
            "parity": (
                {"domain": "new.example", "name": "New", "catchall": ["coral@example.org"]},
                {"domains": [{"domain": "new.example", "state": "absent"}, {"domain": "other.example"}]},
            ),
        },
    ),
    *on_each(
        "iredmail_user",
        "iredmail.user:TASK",
        world=HERE,
        create={
            "email": "Zoe@Example.org",
            "password": "Pl4nted-in-an-option",
            "name": "Zoe Parable",
            "quota_mb": 2048,
            "enabled": True,
            "language": "fr_FR",
            "employee_id": "E42",
            "transport": "dovecot",
            "global_admin": False,
            "forwarding": ["ann@example.org", "zoe@elsewhere.example"],
            "keep_local_copy": True,
            "sender_bcc": "audit@example.net",
            "recipient_bcc": "audit@example.net",
            "aliases": ["zoe.parable@example.org"],
            "services": ["pop3", "pop3secured"],
            "services_mode": "remove",
            "mailbox_format": "mdbox",
            "mailbox_folder": "Mailbox",
            "maildir": "/var/vmail/vmail1/example.org/Zoe/",
        },
        update={
            "email": "zoe@example.org",
            "name": "Zoe Fable",
            "quota_mb": 0,
            "enabled": False,
            "language": "",
            "employee_id": "",
            "transport": "",
            "global_admin": True,
            "forwarding": ["bob@example.org"],
            "keep_local_copy": False,
            "services": ["pop3"],
        },
        absent={"email": "zoe@example.org", "state": "absent", "keep_mailbox_days": 30},
        many=lambda number: {"email": f"person{number}@example.org", "password": f"Pl4nted-for-{number}", "name": f"Person {number}"},
        three=[
            {"email": "dan@example.org", "password": "Pl4nted-in-an-option"},
            {"email": "eve@nowhere.example", "password": "Pl4nted-in-an-option"},
            {"email": "fay@example.org", "password": "Pl4nted-in-an-option", "enabled": True},
        ],
        drop={"method": "PUT", "path": "/user/zoe%40example.org$", "fields": ["employeeid"], "times": None},
        dropped="employee_id",
        secret="Pl4nted-in-an-option",
        sql={
            "update": {
                "password": "Pl4nted-in-an-option-again",
                "update_password": "when_changed",
                "maildir": "/var/vmail/vmail1/example.org/z",
            }
        },
        ldap={
            "create": {
                "given_name": "Zoe",
                "surname": "Parable",
                "telephone_numbers": ["+33199001234"],
                "mobiles": ["+33699001234", "+33699005678"],
            },
            "update": {
                "password_hash": "{SSHA}0Fvq2oYf1l3xq3gq0mQbK3nHcQ5WmHk0",
                "given_name": "Zed",
                "surname": "",
                "telephone_numbers": [],
                "mobiles": ["+33699005678"],
                "aliases": ["zed@example.org"],
                "aliases_mode": "add",
                "sender_bcc": "",
            },
            "examples": EXAMPLES,
            "parity": (
                {"email": "una@example.org", "password": "Pl4nted-for-a-parity", "aliases": ["u@example.org"]},
                {"users": [{"email": "una@example.org", "quota_mb": 1}, {"email": "coral@example.org", "state": "absent"}]},
            ),
        },
    ),
    *on_each(
        "iredmail_alias",
        "iredmail.alias:TASK",
        world=HERE,
        create={
            "address": "Team@example.org",
            "name": "The team",
            "enabled": True,
            "members": ["ann@example.org", "someone@elsewhere.example"],
        },
        update={
            "address": "team@example.org",
            "name": "Another team",
            "enabled": False,
            "members": ["bob@example.org"],
            "members_mode": "set",
        },
        absent={"address": "team@example.org", "state": "absent"},
        many=lambda number: {"address": f"alias{number}@example.org", "members": ["ann@example.org"]},
        three=[{"address": "a@example.org"}, {"address": "bob@example.org"}, {"address": "c@example.org", "enabled": False}],
        drop={"method": "PUT", "path": "/alias/team", "fields": ["name"], "times": None},
        dropped="name",
        sql={"create": {"access_policy": "domain"}, "update": {"access_policy": "membersonly"}, "examples": EXAMPLES},
        ldap={
            "examples": EXAMPLES,
            "parity": (
                {"address": "new@example.org", "members": ["coral@example.org"]},
                {"aliases": [{"address": "new@example.org", "state": "absent"}, {"address": "other@example.org"}]},
            ),
        },
    ),
    *on_each(
        "iredmail_mailing_list",
        "iredmail.mailing_list:TASK",
        world=HERE,
        create={
            "address": "News@example.org",
            "name": "News",
            "enabled": True,
            "access_policy": "membersonly",
            "is_newsletter": True,
            "newsletter_description": "What is new",
            "close_list": True,
            "only_moderator_can_post": False,
            "only_subscriber_can_post": True,
            "disable_subscription": True,
            "disable_subscription_confirm": True,
            "disable_digest_subscription": True,
            "disable_digest_text": True,
            "disable_nomail_subscription": True,
            "moderated": True,
            "moderate_non_subscriber_post": True,
            "disable_retrieving_old_posts": False,
            "only_subscriber_can_get_old_posts": False,
            "disable_retrieving_subscribers": False,
            "disable_send_copy_to_sender": False,
            "notify_owner_when_sub_unsub": True,
            "notify_sender_when_moderated": True,
            "disable_archive": True,
            "moderate_subscription": True,
            "subscription_moderators": ["ann@example.org"],
            "extra_addresses": ["bulletin@example.org"],
            "owners": ["ann@example.org"],
            "moderators": ["ann@example.org", "bob@example.org"],
            "max_message_size": 1048576,
            "subject_prefix": "[news]",
            "custom_headers": ["X-List: news"],
            "remove_headers": ["X-Spam-Score"],
            "footer_text": "-- \nNews of the council\n",
            "footer_html": "<hr>",
        },
        update={
            "address": "news@example.org",
            "name": "All news",
            "enabled": False,
            "access_policy": "public",
            "is_newsletter": False,
            "newsletter_description": "",
            "only_subscriber_can_post": False,
            "moderated": False,
            "disable_retrieving_old_posts": True,
            "moderate_subscription": False,
            "subscription_moderators": [],
            "extra_addresses": [],
            "owners": ["bob@example.org"],
            "owners_mode": "add",
            "moderators": [],
            "max_message_size": 0,
            "subject_prefix": "",
            "custom_headers": ["X-Other: more"],
            "remove_headers": [],
            "footer_text": "",
            "footer_html": "<p>",
        },
        absent={"address": "news@example.org", "state": "absent", "keep_archive": False},
        many=lambda number: {"address": f"list{number}@example.org", "subject_prefix": f"[{number}]"},
        three=[{"address": "a@example.org"}, {"address": "bob@example.org"}, {"address": "c@example.org", "moderated": True}],
        drop={"method": "PUT", "path": "/ml/news", "fields": ["footer_html"], "times": None},
        dropped="footer_html",
        sql={"examples": EXAMPLES},
        ldap={
            "examples": EXAMPLES,
            "parity": (
                {"address": "news@example.org", "owners": ["coral@example.org"]},
                {"mailing_lists": [{"address": "news@example.org", "name": "News"}, {"address": "none@example.org", "state": "absent"}]},
            ),
        },
    ),
    Case(
        "iredmail_ldap_list",
        "iredmail.ldap_list:TASK",
        world=HERE,
        variant="ldap",
        knobs={"edition": "ldap"},
        create={
            "address": "All@example.org",
            "name": "Everyone",
            "access_policy": "domain",
            "members": ["ann@example.org", "bob@example.org"],
        },
        update={
            "address": "all@example.org",
            "name": "Nearly everyone",
            "access_policy": "public",
            "members": ["bob@example.org", "cid@example.org"],
            "members_mode": "set",
        },
        absent={"address": "all@example.org", "state": "absent"},
        many=lambda number: {"address": f"group{number}@example.org", "members": ["ann@example.org"]},
        three=[{"address": "a@example.org"}, {"address": "bob@example.org"}, {"address": "c@example.org", "members": ["cid@example.org"]}],
        drop={"method": "PUT", "path": "/maillist/all", "fields": ["accessPolicy"], "times": None},
        dropped="access_policy",
        examples=EXAMPLES,
        parity=(
            {"address": "all@example.org", "members": ["coral@example.org"]},
            {"ldap_lists": [{"address": "all@example.org", "state": "absent"}, {"address": "some@example.org"}]},
        ),
    ),
    *on_each(
        "iredmail_admin",
        "iredmail.admin:TASK",
        world=HERE,
        create={
            "email": "Ops@admins.example",
            "password": "Pl4nted-in-an-option",
            "name": "Operations",
            "enabled": True,
            "language": "fr_FR",
            "global_admin": False,
            "max_domains": 5,
            "max_quota": "2048GB",
            "max_users": 100,
            "max_aliases": -1,
            "max_lists": 10,
            "view_mail_log": False,
            "manage_quarantine": True,
        },
        update={
            "email": "ops@admins.example",
            "password": "Pl4nted-in-an-option-again",
            "update_password": "when_changed",
            "name": "Operators",
            "enabled": False,
            "language": "",
            "max_domains": 0,
            "max_quota": "500GB",
            "max_users": 0,
            "max_aliases": 10,
            "max_lists": -1,
            "view_mail_log": True,
            "manage_quarantine": False,
        },
        absent={"email": "ops@admins.example", "state": "absent"},
        many=lambda number: {"email": f"admin{number}@admins.example", "password": f"Pl4nted-for-{number}", "name": f"Admin {number}"},
        three=[
            {"email": "a@admins.example", "password": "Pl4nted-in-an-option"},
            {"email": "b@example.org", "password": "Pl4nted-in-an-option"},
            {"email": "c@admins.example", "password": "Pl4nted-in-an-option"},
        ],
        drop={"method": "PUT", "path": "/admin/ops", "fields": ["name"], "times": None},
        dropped="name",
        secret="Pl4nted-in-an-option",
        sql={"examples": EXAMPLES},
        ldap={
            "examples": EXAMPLES,
            "parity": (
                {"email": "new@admins.example", "password": "Pl4nted-for-a-parity", "max_users": 5},
                {"admins": [{"email": "new@admins.example", "state": "absent"}]},
            ),
        },
    ),
    *on_each(
        "iredmail_domain_info",
        "iredmail.domain:INFO",
        world={
            "domains": [
                {
                    "domain": "example.org",
                    "name": "Example Town",
                    "quota": 2048,
                    "language": "fr_FR",
                    "users_limit": 20,
                    "aliases_limit": -1,
                    "lists_limit": 3,
                    "catchall": ["ann@example.org"],
                    "relay": "smtp:[relay.example.net]:587",
                    "alias_domains": ["sample.test"],
                    "disabled_user_profiles": ["bcc"],
                    "sender_bcc": "audit@example.org",
                },
                {"domain": "backup.example", "name": "Backup", "backupmx": True, "transport": "relay:[mx.example.net]:25"},
            ]
        },
        create={"full": True},
        writer="iredmail_domain",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        sql={},
        ldap={"examples": EXAMPLES, "parity": ({"names_only": True}, {"domain": "example.org"})},
    ),
    *on_each(
        "iredmail_user_info",
        "iredmail.user:INFO",
        world={
            "domains": [{"domain": "example.org"}],
            "users": [
                {
                    "mail": "zoe@example.org",
                    "name": "Zoe",
                    "quota": 1024,
                    "forwarding": ["zoe@example.org", "zoe@elsewhere.example"],
                    "aliases": ["z@example.org"],
                    "sender_bcc": "audit@example.net",
                    "active": False,
                },
                {"mail": "a&b.c@example.org", "forwarding": ["ann@example.net"], "quota_bytes": 5000000},
            ],
        },
        create={"domain": "example.org", "full": True},
        writer="iredmail_user",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        ldap={"examples": EXAMPLES, "parity": ({"domain": "example.org"}, {"email": "coral@example.org"})},
    ),
    *on_each(
        "iredmail_alias_info",
        "iredmail.alias:INFO",
        world={
            **HERE,
            "aliases": [
                {
                    "mail": "team@example.org",
                    "name": "Team",
                    "access_policy": "membersonly",
                    "members": ["ann@example.org"],
                    "active": False,
                },
                {"mail": "empty@example.org", "access_policy": "allowedonly"},
            ],
        },
        create={"domain": "example.org"},
        writer="iredmail_alias",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        ldap={"examples": EXAMPLES, "parity": ({"domain": "example.org"}, {"address": "new@example.org"})},
    ),
    *on_each(
        "iredmail_mailing_list_info",
        "iredmail.mailing_list:INFO",
        world={
            **HERE,
            "lists": [
                {
                    "mail": "news@example.org",
                    "name": "News",
                    "custom_headers": ["X-List: news"],
                    "subscribers": {"normal": ["ann@example.org"]},
                },
                {"mail": "staff@example.org", "name": "Staff", "access_policy": "moderatorsonly", "subscription_moderators": []},
            ],
        },
        create={"domain": "example.org", "with_subscribers": True},
        writer="iredmail_mailing_list",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        ldap={"examples": EXAMPLES, "parity": ({"domain": "example.org"}, {"address": "news@example.org"})},
    ),
    *on_each(
        "iredmail_admin_info",
        "iredmail.admin:INFO",
        world={"admins": [{"mail": "ops@admins.example", "name": "Ops", "max_users": 5, "max_quota": 2, "quota_unit": "TB"}]},
        create={"email": "ops@admins.example"},
        writer="iredmail_admin",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        ldap={"examples": EXAMPLES, "parity": ({"email": "admin@lab.test"}, {"email": "none@admins.example"})},
    ),
]

REQUEST_CASES = on_each(
    "iredmail_request",
    "iredmail.request:REQUEST",
    world=HERE,
    create={
        "method": "POST",
        "path": "/user/zoe@example.org",
        "body": {"name": "Zoe Parable"},
        "secret_body": {"password": "Pl4nted-in-an-option"},
    },
    secret="Pl4nted-in-an-option",
    examples=EXAMPLES,
    traits={"operation": "iRedMail 1.5", "no_list_form": "iRedMail 1.5", "not_predictable": "iRedMail 7.1"},
    parity=(
        {"method": "PUT", "path": "/users/example.org", "body": {"language": "fr_FR"}},
        {"path": "/domains", "query": {"name_only": "yes"}},
    ),
)
CASES = [*ACCOUNT_CASES, *POLICY_CASES, *REQUEST_CASES]
