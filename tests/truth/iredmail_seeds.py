# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each exchange of the panel finds, and what it leaves behind: declared here, from the contract, never taken from the lab."""

from __future__ import annotations

PASSWORD, ADMIN_PASSWORD = "Correct-Horse1!", "Adm1n-Secret!"
POSTMASTER, OPS = "postmaster@example.com", "ops@admins.test"
JANE, BOB, OFF, EVE = "jane@example.com", "bob@example.com", "off@example.com", "eve@example.org"
BIRTH = "2024-01-05 10:00:00"
STORAGE = ["/var/vmail", "vmail1", "example.com/j/a/n/jane-2024.01.05.10.00.00/"]
SERVICES = (
    "internal doveadm lib-storage indexer-worker dsync quota-status mail smtp smtpsecured imap imapsecured deliver lda lmtp forward"
    " senderbcc recipientbcc shadowaddress displayedInGlobalAddressBook sogo"
).split()


def user(mail: str, **fields) -> dict:
    return {"mail": mail, "password": PASSWORD, "created": BIRTH, "password_changed": BIRTH, "services": list(SERVICES)} | fields


JANE_FIELDS = {
    "name": "Jane Doe",
    "given_name": "Jane",
    "surname": "Doe",
    "quota": 1024,
    "language": "en_US",
    "employee_id": "E42",
    "mobiles": ["12345678", "88888888"],
    "aliases": ["j.doe@example.com"],
    "forwarding": [JANE, BOB],
    "storage": STORAGE,
}

#: What every exchange finds.
WORLD = {
    "domains": [
        {
            "domain": "example.com",
            "name": "Example Ltd",
            "quota": 20480,
            "language": "en_US",
            "default_quota": 1024,
            "max_user_quota": 2048,
            "min_password": 10,
            "users_limit": 20,
            "disabled_user_profiles": ["bcc", "relay"],
            "catchall": ["info@example.com"],
            "alias_domains": ["example.net"],
            "admins": [OPS],
            "sender_bcc": "audit@example.com",
            "relay": "smtp:[192.0.2.9]:25",
            "created": BIRTH,
            "modified": "2024-02-01 09:00:00",
        }
    ],
    "admins": [
        {"mail": POSTMASTER, "password": ADMIN_PASSWORD, "is_global_admin": True, "created": BIRTH},
        {
            "mail": OPS,
            "name": "Ops",
            "password": ADMIN_PASSWORD,
            "language": "en_US",
            "max_domains": 5,
            "max_users": 100,
            "disable_viewing_mail_log": True,
            "created": BIRTH,
        },
    ],
    "users": [
        user(JANE, **JANE_FIELDS),
        user(BOB, name="Bob"),
        user(OFF, name="Off", active=False, language="en_US", storage=STORAGE),
    ],
}
SALES = {"mail": "sales@example.com", "name": "Sales", "members": [BOB, JANE], "created": BIRTH}
NEWS = {
    "mail": "news@example.com",
    "name": "News",
    "access_policy": "membersonly",
    "subject_prefix": "[news]",
    "max_message_size": 10240,
    "subscribers": {"normal": [BOB]},
}
TEAM = {"mail": "team@example.com", "name": "Team"}
WHITE = {"user1@example.org": "whitelist", "192.0.2.10": "whitelist", "@.partner.test": "whitelist"}
POLICY = {
    "bypass_spam_checks": False,
    "bypass_virus_checks": False,
    "bypass_banned_checks": False,
    "bypass_header_checks": True,
    "quarantine_spam": True,
    "quarantine_virus": True,
    "quarantine_banned": False,
    "quarantine_bad_header": False,
    "prefix_spam_in_subject": True,
    "always_insert_x_spam_headers": False,
    "spam_score": 4.0,
}
DEFAULT_POLICY = {name: name == "quarantine_virus" for name in POLICY if name != "spam_score"}
THROTTLE = {"period": 3600, "msg_size": 10485760, "max_msgs": 20, "max_quota": 1048576000}


def jane(**fields) -> dict:
    return {"users": [{"mail": JANE, **fields}]}


def domain(**fields) -> dict:
    return {"domains": [{"domain": "example.com", **fields}]}


NO_EXAMPLE_COM = {"remove": {"domains": ["example.com"]}}
WITH_SALES, WITH_NEWS = {"aliases": [SALES]}, {"lists": [NEWS]}
WITH_ALL = {"ldap_lists": [{"mail": "all@example.com", "name": "Everyone", "members": [JANE]}]}

#: What an exchange finds besides.
BEFORE = {
    "domains names only": {"domains": [{"domain": "example.org"}]},
    "create domain": NO_EXAMPLE_COM,
    "domain profile after backup MX, SQL": domain(backupmx=True, transport="relay:[mx.example.net]:25"),
    "outbound relay removed and BCC set": domain(sender_bcc=""),
    "alias domains incremental": domain(alias_domains=["example.info"]),
    "domain services and disabled tabs": domain(disabled_domain_profiles=["aliases"]),
    "domain admins add and remove": {
        "users": [user("old@example.com", is_admin=True)],
        "domains": [{"domain": "example.com", "admins": [OPS, "old@example.com"]}],
    },
    "create admin": {"remove": {"admins": [OPS]}},
    "create user": {"remove": {"users": [JANE]}},
    "create user over account limit": domain(users_limit=3),
    "percent-encoded at sign": jane(name="Jane"),
    "JSON request body changes nothing": jane(name="Old"),
    "user profile, SQL": jane(forwarding=[]),
    "update user basics": jane(name="Old", active=False, language="", employee_id=""),
    "user profile after unlimited quota, LDAP": jane(quota=0),
    "reset forwarding keeping local copy": jane(forwarding=[]),
    "incremental forwarding": jane(forwarding=[BOB, JANE]),
    "user BCC set and removed": jane(sender_bcc="", recipient_bcc="audit@example.com"),
    "user services incremental": jane(services=["smtp", "pop3", "pop3secured"]),
    "LDAP phone numbers and names": jane(given_name="", surname="", mobiles=[]),
    "rename user": WITH_SALES,
    "users full, SQL": {"remove": {"users": [BOB]}},
    "users full, LDAP": {"remove": {"users": [BOB, OFF]}, **jane(forwarding=[JANE, BOB])},
    "alias profile, SQL": WITH_SALES,
    "alias profile, LDAP": WITH_SALES,
    "alias members incremental": WITH_SALES,
    "alias disabled": WITH_SALES,
    "rename alias": WITH_SALES,
    "aliases addresses only": WITH_SALES,
    "delete alias": WITH_SALES,
    "server crash": WITH_NEWS,
    "mailing list profile": WITH_NEWS,
    "mailing list with subscribers": {"lists": [NEWS | {"subscribers": {"normal": [BOB], "digest": [EVE]}}]},
    "mailing lists of a domain": {"lists": [TEAM, NEWS]},
    "add subscribers without confirmation": WITH_NEWS,
    "remove subscribers": {"lists": [NEWS | {"subscribers": {"normal": [BOB, EVE], "digest": [EVE]}}]},
    "delete mailing list without archive": WITH_NEWS,
    "list daemon token wrong": WITH_NEWS,
    "update unsubscribable list members": WITH_ALL,
    "get domain spam policy": {"spam_policies": {"example.com": POLICY}},
    "delete user spam policy": {"spam_policies": {JANE: POLICY}},
    "get user outbound throttle": {"throttle": {JANE: {"outbound": THROTTLE}}},
    "neutralise throttle": {"throttle": {"global": {"inbound": THROTTLE}}},
    "whitelist read, list reading": {"wblist": {"global": {"inbound": WHITE}}},
    "whitelist read, object reading": {"wblist": {"global": {"inbound": WHITE}}},
    "PUT removes given addresses": {"wblist": {"global": {"inbound": WHITE}}},
    "blacklist per user cleared": {"wblist": {JANE: {"outbound": {"a@b.test": "blacklist", "c@d.test": "whitelist"}}}},
    "greylisting read": {"greylisting_settings": {"example.com": False}},
    "greylisting read all": {"greylisting_settings": {"global": True, "example.com": False}},
    "greylisting inherit again": {"greylisting_settings": {"example.com": False}},
    "greylisting whitelist incremental": {"greylisting_whitelists": {"global": {"@old.test": ""}}},
    "greylisting whitelist read with automatic rows": {
        "greylisting_whitelists": {"global": {"192.0.2.0/24": ""}},
        "spf_domains": ["bigmail.test"],
        "spf_cron": {"bigmail.test": ["198.51.100.0/24"]},
    },
    "greylisting whitelist reset per user": {"greylisting_whitelists": {JANE: {"@old.test": ""}}},
    "SPF domains incremental": {"spf_domains": ["old.test"]},
}

#: Turned after the login, for one exchange.
KNOBS = {
    "login from address outside admin IP list": {"login_ip_list": ["192.0.2.0/24"]},
    "login with old envelope": {"sql_version": "2.5.0", "ldap_version": "2.7.0"},
    "client address not allowed to use the API": {"api_clients": ["192.0.2.0/24"]},
    "not logged in, redirect reading": {"unauth_style": "redirect"},
    "cookie used from another client address": {"client_address": "192.0.2.77"},
    "wrong role, redirect reading": {"denied_style": "redirect"},
    "API switched off": {"api_enabled": False},
    "server crash": {"header_colon_crash": True},
    "domain profile, SQL, settings as string": {"settings_shape": "string"},
    "list daemon token wrong": {"ml_daemon": "wrong-token"},
    "whitelist read, object reading": {"wblist_shape": "dict"},
}

#: What befalls the exchange.
FAULTS = {"exception text as reason": {"kind": "refusal", "message": "OperationalError(2006, 'MySQL server has gone away')"}}

#: Exchanges marked for any edition whose recorded payload is that of SQL.
SQL_ONLY = ("mailing list with subscribers", "domains disabled only")

GONE = None
ALL_GONE = {f"users/{mail}": GONE for mail in (JANE, BOB, OFF)}

#: What a documented exchange changes, and nothing else: an attribute's new value, a new object's attributes, or GONE.
EFFECTS = {
    "login ok": {},
    "login with old envelope": {},
    "create domain": {
        "domains/example.com": {
            "name": "Example Ltd",
            "quota": 20480,
            "language": "en_US",
            "transport": "dovecot",
            "default_quota": 1024,
            "max_user_quota": 2048,
            "users_limit": 20,
            "aliases_limit": 30,
            "active": True,
            "admins": [],
        }
    },
    "update domain basics": {
        "domains/example.com/active": False,
        "domains/example.com/quota": 40960,
        "domains/example.com/max_password": 64,
    },
    "set backup MX with primary": {
        "domains/example.com/backupmx": True,
        "domains/example.com/transport": "relay:[mx.example.net]:25",
        "domains/example.com/own_transport": "dovecot",
    },
    "catch-all set": {"domains/example.com/catchall": ["info@example.com", "ops@example.com"]},
    "catch-all removed": {"domains/example.com/catchall": []},
    "outbound relay removed and BCC set": {"domains/example.com/relay": "", "domains/example.com/sender_bcc": "audit@example.com"},
    "alias domains reset": {"domains/example.com/alias_domains": ["example.info", "example.net"]},
    "alias domains incremental": {"domains/example.com/alias_domains": ["example.biz"]},
    "domain services and disabled tabs": {
        "domains/example.com/services": ["mail", "domainalias", "senderbcc", "recipientbcc", "self-service"],
        "domains/example.com/disabled_domain_profiles": ["bcc", "relay"],
        "domains/example.com/disabled_user_profiles": ["bcc", "relay", "forwarding"],
        "domains/example.com/disabled_user_preferences": ["wblist"],
    },
    "domain admins add and remove": {
        "domains/example.com/admins": [OPS, JANE],
        f"users/{JANE}/is_admin": True,
        "users/old@example.com/is_admin": False,
    },
    "domain admins remove all": {"domains/example.com/admins": []},
    "delete domain": {"domains/example.com": GONE, **ALL_GONE, "deleted_mailboxes": {JANE: None, BOB: None, OFF: None}},
    "delete domain keep 30 days": {"domains/example.com": GONE, **ALL_GONE, "deleted_mailboxes": {JANE: 30, BOB: 30, OFF: 30}},
    "create admin": {
        f"admins/{OPS}": {
            "name": "Ops",
            "password": ADMIN_PASSWORD,
            "active": True,
            "is_global_admin": False,
            "max_domains": 5,
            "max_quota": 2,
            "quota_unit": "TB",
            "max_users": 100,
            "max_aliases": None,
            "disable_viewing_mail_log": True,
            "disable_managing_quarantined_mails": False,
        }
    },
    "update admin": {
        f"admins/{OPS}/is_global_admin": True,
        f"admins/{OPS}/max_domains": None,
        f"admins/{OPS}/max_users": None,
        f"admins/{OPS}/disable_viewing_mail_log": False,
    },
    "delete admin": {f"admins/{OPS}": GONE, "domains/example.com/admins": []},
    "verify admin password, match": {},
    "create user": {f"users/{JANE}": {"name": "Jane Doe", "password": PASSWORD, "language": "en_US", "quota": 1024, "active": True}},
    "create user with hash and mailbox layout": {
        "users/arch@example.com": {
            "password": "{SSHA}0Fvq2oYf1l3xq3gq0mQbK3nHcQ5WmHk0",
            "mailbox_format": "mdbox",
            "mailbox_folder": "mdbox",
            "quota": 1024,
            "language": "en_US",
        }
    },
    "update user basics": {
        f"users/{JANE}/name": "Jane Doe",
        f"users/{JANE}/quota": 2048,
        f"users/{JANE}/active": True,
        f"users/{JANE}/language": "en_US",
        f"users/{JANE}/employee_id": "E42",
        f"users/{JANE}/transport": "dovecot",
    },
    "user quota unlimited": {f"users/{JANE}/quota": 0},
    "reset forwarding keeping local copy": {f"users/{JANE}/forwarding": [BOB, JANE]},
    "incremental forwarding": {f"users/{JANE}/forwarding": [JANE, EVE]},
    "user BCC set and removed": {f"users/{JANE}/sender_bcc": "audit@example.com", f"users/{JANE}/recipient_bcc": ""},
    "user aliases reset": {f"users/{JANE}/aliases": ["doe@example.com", "j.doe@example.com"]},
    "user aliases cleared": {f"users/{JANE}/aliases": []},
    "user services incremental": {f"users/{JANE}/services": ["smtp", "sogo"]},
    "unknown SQL service silently ignored": {},
    "promote to global admin": {f"users/{JANE}/is_global_admin": True},
    "LDAP phone numbers and names": {
        f"users/{JANE}/telephone_numbers": ["12345678"],
        f"users/{JANE}/mobiles": ["12345678", "88888888"],
        f"users/{JANE}/given_name": "Jane",
        f"users/{JANE}/surname": "Doe",
    },
    "reset password by hash": {f"users/{JANE}/password": "{SSHA512}c3ludGhldGljIGV4YW1wbGU="},
    "non-ASCII name": {f"users/{JANE}/name": "Jørn"},
    "rename user": {
        f"users/{JANE}": GONE,
        "users/jane.doe@example.com": JANE_FIELDS | {"forwarding": ["jane.doe@example.com", BOB], "password": PASSWORD},
        "aliases/sales@example.com/members": [BOB, "jane.doe@example.com"],
    },
    "bulk update of a domain's users": {
        **{f"users/{mail}/language": "de_DE" for mail in (JANE, BOB, OFF)},
        **{f"users/{mail}/transport": "dovecot" for mail in (JANE, BOB, OFF)},
    },
    "delete user": {f"users/{JANE}": GONE, "deleted_mailboxes": {JANE: None}},
    "delete user keep 7 days": {f"users/{JANE}": GONE, "deleted_mailboxes": {JANE: 7}},
    "delete user keep forever": {f"users/{JANE}": GONE, "deleted_mailboxes": {JANE: None}},
    "create alias": {"aliases/sales@example.com": {"name": "Sales", "access_policy": "public", "members": [BOB, JANE], "active": True}},
    "alias members incremental": {"aliases/sales@example.com/members": [JANE, EVE]},
    "alias disabled": {"aliases/sales@example.com/active": False},
    "rename alias": {
        "aliases/sales@example.com": GONE,
        "aliases/shop@example.com": {"name": "Sales", "members": [BOB, JANE]},
    },
    "delete alias": {"aliases/sales@example.com": GONE},
    "create mailing list": {
        "lists/news@example.com": {
            "name": "News",
            "access_policy": "membersonly",
            "subject_prefix": "[news]",
            "max_message_size": 10240,
            "owner": [POSTMASTER],
            "active": True,
        }
    },
    "create mailing list with subscribers": {
        "lists/team@example.com": {"name": "Team", "owner": [JANE], "subscribers": {"normal": [BOB, JANE]}, "unconfirmed": {}}
    },
    "add subscribers without confirmation": {"lists/news@example.com/subscribers": {"normal": [BOB], "digest": [EVE]}},
    "remove subscribers": {"lists/news@example.com/subscribers": {"normal": [BOB], "digest": []}},
    "delete mailing list without archive": {"lists/news@example.com": GONE},
    "create unsubscribable list": {
        "ldap_lists/all@example.com": {"name": "Everyone", "access_policy": "domain"},
        f"users/{JANE}/member_of": ["all@example.com"],
        f"users/{BOB}/member_of": ["all@example.com"],
    },
    "update unsubscribable list members": {f"users/{OFF}/member_of": ["all@example.com"]},
    "set domain spam policy": {"spam_policies/@example.com": POLICY},
    "spam policy with banned rules": {"spam_policies/@.": DEFAULT_POLICY | {"banned_rulenames": ["ALLOW_MS_WORD", "ALLOW_MS_EXCEL"]}},
    "delete user spam policy": {f"spam_policies/{JANE}": GONE},
    "set user outbound throttle": {f"throttle/{JANE}": {"outbound": THROTTLE}},
    "whitelist add": {"wblist/@.": {"inbound": WHITE}},
    "PUT removes given addresses": {"wblist/@.": {"inbound": {"user1@example.org": "whitelist", "@.partner.test": "whitelist"}}},
    "blacklist per user cleared": {f"wblist/{JANE}": {"outbound": {"c@d.test": "whitelist"}}},
    "invalid wblist address silently dropped": {},
    "greylisting disable for domain": {"greylisting/@example.com": False},
    "greylisting inherit again": {"greylisting/@example.com": GONE},
    "greylisting whitelist incremental": {"greylisting_whitelists/@.": {"192.0.2.0/24": "", "@example.org": ""}},
    "greylisting whitelist reset per user": {f"greylisting_whitelists/{JANE}": {"@.partner.test": ""}},
    "SPF domains incremental": {"spf_domains": ["bigmail.test"]},
}


#: Inferred exchanges which answer success: what they change. All inferred ones that are not named here change nothing.
INFERRED_EFFECTS = {
    "neutralise throttle": {"throttle/@.": {"inbound": dict.fromkeys(THROTTLE, 0)}},
}
