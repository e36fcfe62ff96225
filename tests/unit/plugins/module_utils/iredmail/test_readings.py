# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A life of every kind of account under every reading of the uncertainty register (contract 11): created, changed, deleted, quiet between."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.lab.iredmail import READINGS

PASSWORD = "Pl4nted-for-a-life"
WORLD = {
    "domains": [{"domain": "example.org", "language": "de_DE", "default_quota": 1024}],
    "users": [{"mail": f"{name}@example.org", "password": PASSWORD} for name in ("ann", "bob", "cid", "dan", "eve", "fay", "gil")],
}
OTHERS = {"only_on_sql": ("access_policy",), "only_on_ldap": ("given_name", "mobiles", "max_lists")}

# Module, what is created and what it becomes.
LIVES = {
    "iredmail_domain": (
        {
            "domain": "new.example",
            "name": "New",
            "transport": "lmtp:unix:private/dovecot-lmtp",
            "max_user_quota_mb": 2048,
            "max_lists": 5,
            "sender_bcc": "ann@example.org",
            "outbound_relay": "smtp:[192.0.2.25]:587",
            "alias_domains": ["alias.example"],
            "catchall": ["ann@example.org"],
            "disabled_user_profiles": ["bcc"],
        },
        {
            "domain": "new.example",
            "name": "Newer",
            "max_user_quota_mb": 0,
            "backup_mx": True,
            "primary_mx": "MX.example.net:25",
            "sender_bcc": "",
            "outbound_relay": "",
            "alias_domains": ["other.example"],
            "catchall": [],
            "disabled_user_profiles": ["relay"],
        },
        {"domain": "new.example", "keep_mailbox_days": 30},
    ),
    "iredmail_user": (
        {
            "email": "zoe@example.org",
            "password": PASSWORD,
            "name": "Zoe",
            "given_name": "Zoe",
            "mobiles": ["+33699001234"],
            "quota_mb": 0,
            "global_admin": True,
            "forwarding": ["ann@example.org"],
            "keep_local_copy": True,
            "aliases": ["z@example.org"],
            "sender_bcc": "bob@example.org",
            "services": ["pop3"],
            "services_mode": "remove",
        },
        {
            "email": "zoe@example.org",
            "password": PASSWORD + "-2",
            "update_password": "when_changed",
            "name": "Zoë",
            "global_admin": False,
            "quota_mb": 2048,
            "forwarding": ["bob@example.org"],
            "aliases": ["y@example.org"],
            "sender_bcc": "",
            "enabled": False,
        },
        {"email": "zoe@example.org", "keep_mailbox_days": 30},
    ),
    "iredmail_alias": (
        {"address": "team@example.org", "name": "Team", "access_policy": "domain", "members": ["ann@example.org", "x@example.net"]},
        {"address": "team@example.org", "enabled": False, "access_policy": "public", "members": ["bob@example.org"], "members_mode": "set"},
        {"address": "team@example.org"},
    ),
    "iredmail_mailing_list": (
        {
            "address": "news@example.org",
            "name": "News",
            "access_policy": "membersonly",
            "owners": ["ann@example.org"],
            "max_message_size": 1024,
            "custom_headers": ["X-List: news"],
            "extra_addresses": ["bulletin@example.org"],
        },
        {
            "address": "news@example.org",
            "access_policy": "moderatorsonly",
            "moderators": ["bob@example.org"],
            "max_message_size": 0,
            "custom_headers": [],
            "extra_addresses": [],
            "footer_text": "News\n",
        },
        {"address": "news@example.org", "keep_archive": False},
    ),
    "iredmail_ldap_list": (
        {"address": "all@example.org", "name": "All", "access_policy": "domain", "members": ["ann@example.org", "bob@example.org"]},
        {"address": "all@example.org", "name": "Everybody", "members": ["bob@example.org"], "members_mode": "remove"},
        {"address": "all@example.org"},
    ),
    "iredmail_admin": (
        {"email": "ops@admins.example", "password": PASSWORD, "name": "Ops", "max_quota": "2TB", "max_users": 5, "view_mail_log": False},
        {
            "email": "ops@admins.example",
            "password": PASSWORD + "-2",
            "update_password": "when_changed",
            "max_quota": "500GB",
            "max_users": 0,
            "view_mail_log": True,
            "enabled": False,
        },
        {"email": "ops@admins.example"},
    ),
}


def known(wish, edition):
    """Without what only the other edition has."""
    return {name: value for name, value in wish.items() if name not in OTHERS["only_on_sql" if edition == "ldap" else "only_on_ldap"]}


@pytest.mark.parametrize("reading", ["default", *READINGS])
@pytest.mark.parametrize("module", LIVES)
def test_a_life(panel, edition, module, reading):
    if (module, edition) == ("iredmail_ldap_list", "sql"):
        panel.start(WORLD, {**READINGS.get(reading, {}), "edition": edition})
        assert "only the LDAP edition" in panel.bad(module, **LIVES[module][0])
        return
    born, grown, gone = (known(wish, edition) for wish in LIVES[module])
    plural = panel.tasks[module].resource.plural
    for crowd in (False, True):  # read one by one, and found in a listing
        panel.start(WORLD, {**READINGS.get(reading, {}), "edition": edition})
        key = panel.tasks[module].resource.key[0].name
        beside = [{key: panel.neighbour(module, number), "state": "absent"} for number in range(7)] if crowd else []
        for wish, done in ((born, "created"), (grown, "updated"), ({**gone, "state": "absent"}, "deleted")):
            asked = {plural: [wish, *beside]} if crowd else wish
            result = panel.ok(module, **asked)
            assert result["summary"][done] == 1, result
            panel.quiet(module, **asked)


@pytest.mark.parametrize("reading", ["default", *READINGS])
def test_the_session_is_renewed(panel, edition, reading):
    panel.start(WORLD, {**READINGS.get(reading, {}), "edition": edition})
    panel.backend.fault("expire", method="GET", path="/user/")
    panel.ok("iredmail_user", email="ann@example.org", name="Ann", quota_mb=100)
    panel.quiet("iredmail_user", email="ann@example.org", name="Ann", quota_mb=100)


@pytest.mark.parametrize("reading", ["default", *READINGS])
@pytest.mark.parametrize("module", ["iredmail_domain_info", "iredmail_user_info", "iredmail_alias_info", "iredmail_mailing_list_info"])
def test_what_is_read_changes_nothing(panel, edition, module, reading):
    world = {
        **WORLD,
        "aliases": [{"mail": "team@example.org", "name": "Team", "members": ["ann@example.org"]}],
        "lists": [{"mail": "news@example.org", "name": "News", "subscribers": {"normal": ["ann@example.org"]}}],
    }
    panel.start(world, {**READINGS.get(reading, {}), "edition": edition})
    writer = module[: -len("_info")]
    plural = panel.tasks[writer].resource.plural
    for full in (False, True):
        found = panel.ok(module, full=full)[plural]
        assert found
        panel.quiet(writer, **{plural: found})
