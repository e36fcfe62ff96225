# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Samples of the modules for mail policies, administrators of domains and subscribers."""

from __future__ import annotations

from dataclasses import replace

from ..contract import Case

OFFICE = {
    "domains": [
        {"domain": "example.org", "admins": ["former@example.org"]},
        *({"domain": f"school{number}.example.org"} for number in range(30)),
    ],
    "users": [
        {"mail": "coral@example.org"},
        {"mail": "gus@example.org"},
        {"mail": "former@example.org", "is_admin": True},
    ],
    "admins": [{"mail": "msp@example.com"}],
    "lists": [
        {"mail": "news@example.org", "name": "News", "subscribers": {"normal": ["gus@example.org"], "digest": ["dora@example.net"]}},
        *({"mail": f"list{number}@example.org"} for number in range(30)),
    ],
    "wblist": {"school2.example.org": {"inbound": {"spam@example.com": "blacklist"}}},
}
NOWHERE = "nowhere.example.net"


def on_each_edition(case: Case) -> list[Case]:
    return [
        replace(case, variant="sql", knobs={"edition": "sql"}),
        replace(case, variant="ldap", knobs={"edition": "ldap"}, parity=()),
    ]


EVERYWHERE = [
    Case(
        "iredmail_spam_policy",
        "iredmail.spam_policy:TASK",
        world=OFFICE,
        create={"account": "Example.org", "quarantine_spam": True, "quarantine_virus": False, "spam_score": "4.50", "banned_rules": ["NO-EXE"]},
        update={
            "account": "example.org",
            "bypass_spam_checks": True,
            "bypass_virus_checks": True,
            "bypass_banned_checks": True,
            "bypass_header_checks": True,
            "quarantine_spam": False,
            "quarantine_virus": True,
            "quarantine_banned": True,
            "quarantine_bad_header": True,
            "prefix_spam_in_subject": True,
            "always_insert_x_spam_headers": True,
            "spam_score": "-3",
            "banned_rules": ["no-zip"],
            "banned_rules_mode": "add",
        },
        absent={"account": "example.org", "state": "absent"},
        many=lambda number: {"account": f"person{number}@example.org", "spam_score": str(number)},
        three=[{"account": "global", "spam_score": "5"}, {"account": NOWHERE}, {"account": "coral@example.org"}],
        drop={"method": "PUT", "path": "/spampolicy/", "fields": ["spam_score"], "times": None},
        dropped="spam_score",
        examples={"domains": [{"domain": "example.org"}], "spam_policies": {"coral@example.org": {"quarantine_spam": True}}},
        parity=({"account": "example.org", "spam_score": "4"}, {"account": "example.org", "quarantine_spam": True}),
    ),
    Case(
        "iredmail_throttle",
        "iredmail.throttle:TASK",
        world=OFFICE,
        create={"account": "coral@example.org", "direction": "outbound", "period": 3600, "max_messages": 20},
        update={
            "account": "coral@example.org",
            "direction": "outbound",
            "period": 60,
            "max_message_size": 10485760,
            "max_messages": 0,
            "max_total_size": 1048576000,
        },
        absent={"account": "coral@example.org", "direction": "outbound", "state": "absent"},
        many=lambda number: {"account": f"person{number}@example.org", "direction": "inbound", "period": 60, "max_messages": number},
        three=[
            {"account": "global", "direction": "inbound", "period": 60, "max_messages": 1},
            {"account": "global", "direction": "outbound", "max_messages": 1},
            {"account": "example.org", "direction": "inbound", "period": 60, "max_messages": 1},
        ],
        drop={"method": "POST", "path": "/throttle/", "fields": ["max_quota"], "times": None},
        dropped="max_total_size",
        examples={"domains": [{"domain": "example.org"}], "throttle": {"news@example.org": {"inbound": {"period": 60, "max_msgs": 5}}}},
        parity=(
            {"account": "global", "direction": "outbound", "period": 3600, "max_messages": 200},
            {"account": "global", "direction": "outbound", "state": "absent"},
        ),
    ),
    Case(
        "iredmail_greylisting",
        "iredmail.greylisting:TASK",
        world=OFFICE,
        create={"account": "example.org"},
        update={"account": "example.org", "state": "disabled"},
        absent={"account": "example.org", "state": "absent"},
        many=lambda number: {"account": f"person{number}@example.org", "state": "disabled"},
        three=[{"account": "global"}, {"account": NOWHERE}, {"account": "coral@example.org", "state": "disabled"}],
        drop={"method": "POST", "path": "/greylisting/", "fields": ["status"], "times": None},
        dropped="enabled",
        examples={
            "domains": [{"domain": "example.org"}, {"domain": "example.net"}],
            "greylisting_settings": {"global": False, "example.net": False},
        },
        parity=({"account": "example.org", "state": "disabled"}, {"account": "example.org", "state": "absent"}),
    ),
    Case(
        "iredmail_greylisting_whitelist",
        "iredmail.greylisting_whitelist:TASK",
        world=OFFICE,
        create={"account": "example.org", "senders": ["192.0.2.0/24", "2001:DB8:0::/32", "@.Example.com", "boss@example.net"]},
        update={"account": "example.org", "senders": ["@example.com", "192.0.2.0/24"], "senders_mode": "set"},
        absent={"account": "example.org", "state": "absent"},
        many=lambda number: {"account": f"person{number}@example.org", "senders": [f"192.0.2.{number}"]},
        three=[
            {"account": "global", "senders": ["192.0.2.1"]},
            {"account": NOWHERE, "senders": ["192.0.2.1"]},
            {"account": "coral@example.org", "senders": ["192.0.2.1"]},
        ],
        drop={"method": "POST", "path": "/whitelists", "fields": ["addSenders"], "times": None},
        dropped="senders",
        examples={"domains": [{"domain": "example.org"}], "greylisting_whitelists": {"coral@example.org": {"192.0.2.9": ""}}},
        parity=({"account": "global", "senders": ["192.0.2.1"]}, {"account": "global", "state": "absent"}),
    ),
    Case(
        "iredmail_wblist",
        "iredmail.wblist:TASK",
        world=OFFICE,
        create={"account": "example.org", "direction": "inbound", "list": "whitelist", "addresses": ["192.0.2.0/24", "@.", "2001:DB8:0::1"]},
        update={
            "account": "example.org",
            "direction": "inbound",
            "list": "whitelist",
            "addresses": ["@.", "@.example.com"],
            "addresses_mode": "set",
        },
        absent={"account": "example.org", "direction": "inbound", "list": "whitelist", "state": "absent"},
        many=lambda number: {
            "account": f"person{number}@example.org",
            "direction": "outbound",
            "list": "blacklist",
            "addresses": [f"192.0.2.{number}"],
        },
        three=[
            {"account": f"school{number}.example.org", "direction": "inbound", "list": "whitelist", "addresses": ["spam@example.com"]}
            for number in (1, 2, 3)
        ],
        drop={"method": "POST", "path": "/wblist/", "fields": ["addresses"], "times": None},
        dropped="addresses",
        examples={
            "domains": [{"domain": "example.org"}, {"domain": "pupils.example.org"}],
            "wblist": {
                "example.org": {"inbound": {"@partner.example.com": "blacklist"}},
                "coral@example.org": {"outbound": {"192.0.2.9": "whitelist"}},
            },
        },
        parity=(
            {"account": "global", "direction": "inbound", "list": "blacklist", "addresses": ["@example.com"]},
            {"account": "global", "direction": "inbound", "list": "whitelist", "addresses": ["@example.com"], "move": True},
        ),
    ),
    Case(
        "iredmail_domain_admins",
        "iredmail.domain_admins:TASK",
        world=OFFICE,
        create={"domain": "example.org", "admins": ["Coral@example.org", "msp@example.com"]},
        update={
            "domain": "example.org",
            "admins": ["gus@example.org", "msp@example.com"],
            "admins_mode": "set",
            "candidates": ["coral@example.org", "gus@example.org", "former@example.org"],
        },
        many=lambda number: {"domain": f"school{number}.example.org", "admins": ["gus@example.org"]},
        three=[
            {"domain": "school1.example.org", "admins": ["gus@example.org"]},
            {"domain": "school2.example.org", "admins": ["nobody@example.org"]},
            {"domain": "school3.example.org", "admins": ["msp@example.com"]},
        ],
        drop={"method": "PUT", "path": "/domain/admins/", "fields": ["addAdmin"], "times": None},
        dropped="admins",
        traits={"no_absent_state": "iRedMail 4.2"},
        examples={
            "domains": [
                {"domain": "example.org", "admins": ["former.colleague@example.com"]},
                {"domain": "example.net", "admins": ["gus@example.org"]},
            ],
            "users": [{"mail": "coral@example.org"}, {"mail": "gus@example.org", "is_admin": True}],
            "admins": [{"mail": "former.colleague@example.com"}],
        },
        parity=(
            {"domain": "example.org", "admins": ["una@example.org"]},
            {"domain": "example.org", "admins": ["una@example.org"], "admins_mode": "remove"},
        ),
    ),
    Case(
        "iredmail_mailing_list_subscribers",
        "iredmail.mailing_list_subscribers:TASK",
        world=OFFICE,
        create={"address": "news@example.org", "subscribers": ["Coral@example.org", "visitor+news@example.com"]},
        update={
            "address": "news@example.org",
            "subscribers": ["coral@example.org", "hazel@example.net"],
            "subscribers_mode": "set",
            "subscription": "digest",
        },
        many=lambda number: {"address": f"list{number}@example.org", "subscribers": ["gus@example.org"]},
        three=[
            {"address": "list1@example.org", "subscribers": ["gus@example.org"]},
            {"address": "nothing@example.org", "subscribers": ["gus@example.org"]},
            {"address": "list2@example.org", "subscribers": ["gus@example.org"]},
        ],
        drop={"method": "PUT", "path": "/ml/", "fields": ["add_subscribers"], "times": None},
        dropped="subscribers",
        traits={"no_absent_state": "iRedMail 4.6"},
        examples={
            "domains": [{"domain": "example.org"}],
            "lists": [
                {"mail": "news@example.org", "subscribers": {"digest": ["gus@example.org"]}},
                {"mail": "minutes@example.org", "subscribers": {"normal": ["basil@example.net", "gus@example.org"]}},
            ],
        },
        parity=(
            {"address": "news@example.org", "subscribers": ["una@example.org"]},
            {"address": "news@example.org", "subscribers": ["una@example.org"], "subscription": "nomail"},
        ),
    ),
    Case(
        "iredmail_greylisting_spf_domains",
        "iredmail.greylisting_spf_domains:SPF_DOMAINS",
        create={"domains": ["Example.com"], "unreadable_fields": "always"},
        update={"domains": ["example.net"], "domains_mode": "set"},
        traits={"operation": "iRedMail 7.6", "no_list_form": "iRedMail 7.6"},
        parity=({"domains": ["example.com"]}, {"domains": [], "domains_mode": "set"}),
    ),
    Case(
        "iredmail_policy_info",
        "iredmail.policy_info:INFO",
        world={
            **OFFICE,
            "spam_policies": {"global": {"quarantine_virus": False}, "example.org": {"quarantine_spam": True, "spam_score": 4.5, "banned_rulenames": ["NO-EXE"]}},
            "throttle": {"coral@example.org": {"inbound": {"period": 60, "max_msgs": 5}, "outbound": {"period": 0}}},
            "greylisting_settings": {"global": True, "coral@example.org": False},
            "greylisting_whitelists": {"global": {"192.0.2.1": "", "192.0.2.2": "AUTO-UPDATE: example.com"}, "example.org": {"@example.com": ""}},
            "wblist": {"coral@example.org": {"inbound": {"192.0.2.1": "whitelist", "@.": "blacklist"}}},
        },
        create={"accounts": ["global", "example.org", "Coral@example.org", "gus@example.org"]},
        writer=(
            "iredmail_spam_policy",
            "iredmail_throttle",
            "iredmail_greylisting",
            "iredmail_greylisting_whitelist",
            "iredmail_wblist",
        ),
        traits={"read_only": "design 4", "no_list_form": "design 4"},
        examples={"domains": [{"domain": "example.org"}], "greylisting_settings": {"global": True}},
        parity=({"accounts": ["global", "example.org"]}, {"accounts": ["coral@example.org"], "gather": ["throttles"]}),
    ),
]
LDIF = Case(
    "iredmail_ldif",
    "iredmail.ldif:LDIF",
    world=OFFICE,
    create={"kind": "user", "name": "coral@example.org", "dest": "coral.ldif"},
    variant="ldap",
    knobs={"edition": "ldap"},
    traits={"operation": "iRedMail 4.12", "writes_a_file": "iRedMail 4.12", "no_list_form": "iRedMail 4.12"},
    examples={"users": [{"mail": "coral@example.org"}]},
    parity=(
        {"kind": "domain", "name": "example.org", "dest": "example.ldif"},
        {"kind": "user", "name": "una@example.org", "dest": "una.ldif"},
    ),
)

POLICY_CASES: list[Case] = [*(case for each in EVERYWHERE for case in on_each_edition(each)), LDIF]
