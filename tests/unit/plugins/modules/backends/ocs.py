# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of Nextcloud with their samples, and how its simulated server is reached."""

from __future__ import annotations

from typing import Any

from ..contract import Case
from ..harness import Server


class OcsServer(Server):
    prefix = "ocs"
    writing = "^(?!.*(person/check|password_policy))"

    def connection(self) -> dict[str, Any]:
        return {"api_url": self.backend.url, "api_username": self.backend.username, "api_password": self.backend.app_password}

    def plain_connection(self) -> dict[str, Any]:
        return {**self.connection(), "api_password": self.backend.password}

    def stored(self) -> Any:
        return self.backend.state()

    marker = "ocs_group_info"

    def mark(self, text: str) -> dict[str, Any]:
        return {f"workplace.onboarding.{self.marker}": {"groupid": text}}

    def marked(self, entry: Any, text: str) -> bool:
        return entry.query.get("search") == text


OCS_PEOPLE = {"groups": ["staff", "it", "school"], "users": [{"id": "boss"}, {"id": "coral"}, {"id": "gus"}]}

SERVER = OcsServer
PARITY_WORLD = {
    "groups": ["staff", "it", "school"],
    "users": [{"id": "nobody", "email": "nobody@example.org"}],
}
CASES = [
    Case(
        "ocs_user",
        "ocs.user:TASK",
        world=OCS_PEOPLE,
        create={
            "userid": "zoe",
            "display_name": "Zoe Parable",
            "email": "Zoe@Example.org",
            "password": "Pl4nted-in-an-option",
            "groups": ["staff"],
            "subadmin_groups": ["school"],
            "quota": "1.26 GB",
            "language": "fr",
            "locale": "fr_FR",
            "timezone": "Europe/Paris",
            "manager": "boss",
            "phone": "+33 1 99 00 12 34",
            "address": "1 Sample Street",
            "website": "https://example.org/zoe",
            "twitter": "@zoe",
            "bluesky": "zoe.example.org",
            "fediverse": "@zoe@social.example.org",
            "organisation": "Sample Council",
            "role": "Clerk",
            "headline": "At the desk",
            "biography": "Born in a test.",
            "pronouns": "she/her",
            "profile_enabled": True,
            "additional_emails": ["zoe.two@example.org"],
            "notify_email": "zoe.two@example.org",
            "enabled": True,
        },
        update={
            "userid": "ZOE",
            "display_name": "Zoe Fable",
            "email": "zoe.fable@example.org",
            "password": "Pl4nted-in-an-option-again",
            "update_password": "when_changed",
            "groups": ["it"],
            "groups_mode": "set",
            "subadmin_groups": ["school"],
            "subadmin_groups_mode": "remove",
            "quota": "none",
            "language": "de",
            "locale": "de_DE",
            "timezone": "Europe/Berlin",
            "manager": "",
            "phone": "",
            "address": "2 Sample Street",
            "website": "",
            "twitter": "zoe2",
            "bluesky": "",
            "fediverse": "zoe2@social.example.org",
            "organisation": "Sample School",
            "role": "Teacher",
            "headline": "",
            "biography": "Moved in a test.",
            "pronouns": "",
            "profile_enabled": False,
            "additional_emails": ["zoe.three@example.org", "zoe.four@example.org"],
            "notify_email": "zoe.four@example.org",
            "enabled": False,
        },
        absent={"userid": "zoe", "state": "absent"},
        many=lambda number: {"userid": f"person{number}", "email": f"person{number}@example.org"},
        three=[
            {"userid": "ann", "email": "ann@example.org", "locale": "fr_FR"},
            {"userid": "bob", "email": "bob@example.org", "locale": "xx_XX"},
            {"userid": "cid", "email": "cid@example.org", "locale": "fr_FR"},
        ],
        drop={"method": "PUT", "path": "/users/zoe$", "fields": ["organisation"], "times": None},
        dropped="organisation",
        secret="Pl4nted-in-an-option",
        examples={
            "groups": ["staff", "it"],
            "users": [
                {"id": "basil"},
                {"id": "former.colleague"},
                {"id": "hazel", "groups": ["school"]},
                {"id": "svc-school", "groups": ["school"]},
                {"id": "left.over", "groups": ["school"]},
            ],
        },
        parity=({"userid": "una", "email": "una@example.org", "groups": ["staff"]}, {"userid": "una", "quota": "5 GB", "groups": ["it"]}),
    ),
    Case(
        "ocs_group",
        "ocs.group:TASK",
        world=OCS_PEOPLE,
        create={"groupid": "R&D / Équipe 50%+1", "display_name": "Research", "members": ["coral", "GUS"], "subadmins": ["coral"]},
        update={
            "groupid": "R&D / Équipe 50%+1",
            "display_name": "Research and more",
            "members": ["boss"],
            "members_mode": "set",
            "subadmins": ["boss"],
        },
        absent={"groupid": "R&D / Équipe 50%+1", "state": "absent"},
        many=lambda number: {"groupid": f"group {number}", "members": ["coral"]},
        three=[{"groupid": "a", "members": ["gus"]}, {"groupid": "b", "members": ["nobody"]}, {"groupid": "c", "members": ["coral"]}],
        drop={"method": "PUT", "path": "/groups/", "fields": ["displayname"], "times": None},
        dropped="display_name",
        examples={"groups": ["temps"], "users": [{"id": "coral"}, {"id": "gus"}]},
        parity=({"groupid": "new", "members": ["una"]}, {"groups": [{"groupid": "new", "state": "absent"}, {"groupid": "other"}]}),
    ),
    Case(
        "ocs_app",
        "ocs.app:TASK",
        create={"app": "admin_audit"},
        update={"app": "admin_audit", "state": "disabled"},
        many=lambda number: {"app": f"app{number}", "state": "disabled"},
        three=[{"app": "admin_audit"}, {"app": "of_nobody"}, {"app": "activity", "state": "disabled"}],
        drop={"method": "DELETE", "path": "/apps/admin_audit", "fields": ["enabled"], "times": None},
        dropped="enabled",
        traits={"no_absent_state": "OCS 4.2"},
        parity=({"app": "weather_status", "state": "disabled"}, {"apps": [{"app": "weather_status", "state": "enabled"}]}),
    ),
    Case(
        "ocs_app_config",
        "ocs.app_config:TASK",
        create={"app": "files", "key": "default_quota", "value": "5 GB"},
        update={"app": "files", "key": "default_quota", "value": "10 GB"},
        absent={"app": "files", "key": "default_quota", "state": "absent"},
        many=lambda number: {"app": "files", "key": f"key{number}", "value": str(number)},
        three=[
            {"app": "files", "key": "max_quota", "value": "1"},
            {"app": "files", "key": "enabled", "value": "no"},
            {"app": "core", "key": "newUser.sendEmail", "value": "no"},
        ],
        drop={"method": "POST", "path": "/config/apps/files/default_quota", "fields": ["value"], "times": None},
        dropped="value",
        parity=({"app": "files", "key": "default_quota", "value": "1 GB"}, {"app": "files", "key": "default_quota", "state": "absent"}),
    ),
    Case(
        "ocs_ip_allowlist",
        "ocs.ip_allowlist:TASK",
        create={"ip": "192.0.2.10"},
        update={"ip": "192.0.2.10", "mask": 32, "apply_to_rate_limit": True},
        absent={"ip": "192.0.2.10", "state": "absent"},
        many=lambda number: {"ip": f"198.51.100.{number}", "mask": 32},
        three=[{"ip": "192.0.2.1"}, {"ip": "192.0.2.2"}, {"ip": "2001:db8::1", "mask": 64}],
        refusal={"kind": "status", "method": "POST", "path": "ipwhitelist", "skip": 1, "status": 400, "body": "[]"},
        drop={"method": "POST", "path": "apply_allowlist_to_ratelimit", "fields": ["value"], "times": None},
        dropped="apply_to_rate_limit",
        parity=({"ip": "192.0.2.7"}, {"networks": [{"ip": "192.0.2.0", "mask": 24, "apply_to_rate_limit": True}]}),
    ),
    Case(
        "ocs_user_action",
        "ocs.user_action:ACTION",
        world={"users": [{"id": f"person{number}", "email": f"person{number}@example.org"} for number in range(30)]},
        create={"userid": "person1", "action": "welcome"},
        many=lambda number: f"person{number}",
        beside={"action": "welcome"},
        traits={"operation": "OCS 3.5"},
        examples={
            "users": [
                {"id": "zoe", "email": "zoe@example.org"},
                {"id": "gus", "email": "gus@example.org"},
                {"id": "coral", "email": "coral@example.org"},
            ]
        },
        parity=({"userid": "una", "action": "welcome"}, {"users": ["una", "nobody"], "action": "wipe"}),
    ),
    Case(
        "ocs_app_password",
        "ocs.app_password:APP_PASSWORD",
        create={"state": "absent"},
        traits={"operation": "OCS 2.2", "no_list_form": "OCS 2.2"},
        parity=({"dest": "{{ playbook_dir }}/app_password"}, {"state": "absent"}),
    ),
    Case(
        "ocs_user_info",
        "ocs.user:INFO",
        world={
            "users": [
                {
                    "id": "zoe",
                    "email": "zoe@example.org",
                    "groups": ["a/b", "staff"],
                    "subadmin": ["staff"],
                    "quota": "1.3 GB",
                    "language": "fr",
                    "additional_mail": {"two@example.org": True},
                    "notify_email": "two@example.org",
                    "phone": "+33199001234",
                    "enabled": False,
                },
                {"id": "12345"},
                {"id": "It's me @home"},
                {"id": "details"},
            ]
        },
        writer="ocs_user",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"users": [{"id": "zoe", "groups": ["school"], "enabled": False}]},
        parity=({"group": "staff"}, {"userid": "una"}),
    ),
    Case(
        "ocs_group_info",
        "ocs.group:INFO",
        world={
            "groups": ["empty", {"id": "a/b", "displayname": "Slashed"}],
            "users": [{"id": "007", "groups": ["a/b"], "subadmin": ["a/b"]}, {"id": "12345", "groups": ["a/b", "R&D 50%+1"]}],
        },
        create={"members": True},
        writer="ocs_group",
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"users": [{"id": "coral", "groups": ["it"]}]},
        parity=({"members": True}, {"groupid": "staff"}),
    ),
    Case(
        "ocs_info",
        "ocs.info:INFO",
        create={"gather": ["capabilities", "account", "quota", "apps", "users", "groups"]},
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        parity=({"gather": ["account", "users", "groups", "apps"]}, {"gather": ["capabilities"]}),
    ),
    Case(
        "ocs_request",
        "ocs.request:REQUEST",
        create={
            "method": "POST",
            "path": "/ocs/v2.php/cloud/users",
            "body": {"userid": "zoe", "email": "zoe@example.org"},
            "secret_body": {"password": "Pl4nted-in-an-option"},
        },
        secret="Pl4nted-in-an-option",
        traits={"operation": "OCS 1.1", "no_list_form": "OCS 1.1", "not_predictable": "OCS 1.1"},
        parity=(
            {"method": "POST", "path": "/ocs/v2.php/cloud/groups", "body": {"groupid": "new"}},
            {"path": "/ocs/v2.php/cloud/groups", "query": {"search": "staff"}},
        ),
    ),
]
