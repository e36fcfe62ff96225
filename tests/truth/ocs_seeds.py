# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the recordings of the OCS server found there, and which secrets they used: declared here, never taken from an answer."""

from __future__ import annotations

PASSWORD = "Str0ng-pass-word"
HOME_BYTES = 20_174_294  # of an account that has logged in
POLICY = "password_policy"
MEMBERS = ["form1", "m1", "m2", "race3", "race4", "race5"]


def user(user_id: str, **fields) -> dict:
    return {"id": user_id, "password": PASSWORD} | fields


#: Set before the recording of this name, and kept from then on.
BEFORE = {
    "flow.02.capabilities": {"tokens": {"token-of-flow": {"account": "admin", "login": "admin"}}},
    "ratelimit.edit-user.51st-call.v2": {"edits": {"admin": 50}},
    "ratelimit.edit-user.51st-call.v1": {"edits": {"admin": 50}},
    "ratelimit.edit-user.xml": {"edits": {"admin": 50}},
    "ratelimit.multi-value.6th-call": {"collection_edits": {"admin": 5}},
    "auth.bruteforce.11-plus-failures": {"failures": 11},
    "auth.bruteforce.blocked.v1": {"failures": 11},
    "auth.bruteforce.blocked-even-with-right-password": {"failures": 11},
    "auth.bruteforce.blocked.xml": {"failures": 11},
    "auth.plain-user.self": {
        "users": [user("rl1", phone="+493012345649", additional_mail={f"b{number}@lab.test": False for number in range(5)})]
    },
    "auth.disabled-user.right-password": {"users": [user("rl1", enabled=False)]},
    "auth.login-by-email": {"users": [user("rl2", email="rl2@lab.test", displayname="RL Two", quota="1 GB", language="fr")]},
    "users.list.limit3": {"remove_users": ["007"]},
    "users.disabled.none": {"users": [user("rl1", enabled=True)]},
    "users.disable.by-email": {"remove_users": ["details"], "users": [user("victim", email="victim@lab.test")]},
    "groups.list.special": {"groups": ["details", "users", "with space", "x/users"]},
    "users.groups.list": {"remove_groups": ["33b63d82e4d96a833f1dc6ef4b418f3f7e2d7c5d2cbda3ac39cb80195927eca3"]},
    "groups.delete.with-members": {"groups": ["tmpg"]},
    "groups.subadmins.after-recreate": {"groups": ["tmpg"]},
    "appconfig.get.bool-as-string": {"config": {POLICY: {"enforceNumericCharacters": "yes"}}},
    "appconfig.set.allow-unlimited-quota": {
        "remove_config": {POLICY: ["enforceNumericCharacters", "minLength"], "core": ["newUser.sendEmail"]}
    },
    "appconfig.apps.plain-user": {"remove_config": {"files": ["allow_unlimited_quota"]}},
    "apppassword.use-basic": {"tokens": {"token-of-admin": {"account": "admin", "login": "admin"}}},
    "users.edit.vendor-example-whole-userinfo-json.v2": {
        "tokens": {"token-of-admin": {"account": "admin", "login": "admin"}},
        "users": [user("ed1", email="ed1@lab.test")],
    },
    "users.edit.quota.1_TB": {"users": [user("ed1", email="ed1@lab.test")]},
    "users.edit.language.fr": {"users": [user("ed1", quota="none")]},
    "users.multi.additional_mail.key-equals-value-autoverified": {"users": [user("ed1", additional_mail={})]},
    "users.self.birthdate": {
        "tokens": {"token-of-ed1": {"account": "ed1", "login": "ed1"}},
        "users": [user("ed1", notify_email=None, first_login=1, last_login=1, used=HOME_BYTES)],
    },
    "users.get.self-language-follows-accept-language": {"users": [user("nolang")]},
    "users.edit.password.policy": {"users": [user("pw1", email="pw1@lab.test")]},
    "apppassword.survives-admin-password-change": {
        "tokens": {"token-of-pw1": {"account": "pw1", "login": "pw1"}},
        "users": [user("pw1", password="Third-ch4nge-word")],
    },
    "users.create.data-dir-exists": {"orphan_directories": ["orphan"]},
    "person.check.right": {"users": [user("ed1", email="ed1@lab.test")]},
    "person.check.disabled-user-right": {"users": [user("ed1", enabled=False)]},
    "person.check.by-email": {"users": [user("ed1", enabled=True)]},
    "person.check.unknown-user": {"failures": 0},
    "person.check.brute-force-throttled": {"failures": 11},
    "person.check.right-but-blocked": {"failures": 11},
    "apppassword.blocked-by-bruteforce": {"failures": 11},
    "apppassword.bearer-not-blocked-by-bruteforce": {"failures": 11, "remove_users": ["rl1", "pw1"], "users": [user("jar1")]},
    "users.search-by-phone": {"users": [user("ed1", phone="+33123456789")]},
    "users.get.fresh-user-first-read": {"users": [user("fresh9")]},
    "users.edit.password.history-same-again": {
        "users": [user("ed1", password="Hist0ry-one-word")],
        "config": {POLICY: {"historySize": "2"}},
    },
    "users.edit.password.policy-combined": {
        "config": {
            POLICY: {"enforceNumericCharacters": "1", "enforceUpperLowerCase": "1", "enforceSpecialCharacters": "1", "historySize": "0"}
        }
    },
    "users.edit.quota.exceeds-max_quota": {
        "remove_config": {POLICY: ["enforceNumericCharacters", "enforceUpperLowerCase", "enforceSpecialCharacters"]},
        "config": {"files": {"max_quota": str(2 * 1024**3)}},
    },
    "users.edit.quota.unlimited-forbidden": {
        "remove_config": {"files": ["max_quota"]},
        "config": {"files": {"allow_unlimited_quota": "0"}},
    },
    "users.create.email-required": {
        "remove_config": {"files": ["allow_unlimited_quota"]},
        "config": {"core": {"newUser.requireEmail": "yes"}},
    },
    "users.create.generated-userid": {
        "remove_config": {"core": ["newUser.requireEmail"]},
        "config": {"core": {"newUser.generateUserID": "yes"}},
    },
    "users.edit.displayname-when-self-change-forbidden.admin": {
        "remove_config": {"core": ["newUser.generateUserID"]},
        "users": [user("ed1", quota="none")],
    },
    "users.edit.password.empty-without-policy-app": {"apps": {POLICY: False}},
    "perm.delegated.users-list": {
        "apps": {POLICY: True},
        "users": [
            user("deleg1", groups=["dele"]),
            user(
                "form2",
                displayname="Par",
                email="par@lab.test",
                role="R2",
                quota="1 GB",
                groups=["grace0", "grace1", "grace2"],
                language=None,
            ),
        ],
        "delegated_groups": ["dele"],
    },
    "perm.subadmin.multi-group-list": {
        "users": [user(member, groups=["test", "staff"] if member in ("m1", "m2") else ["test"]) for member in MEMBERS[1:]]
        + [{"id": "form1", "subadmin": ["test", "staff"]}]
    },
    "perm.subadmin.numeric-id-lost": {"users": [{"id": "12345", "groups": ["test"]}]},
    "user.apps.admin": {
        "apps": dict.fromkeys(
            [
                "circles",
                "firstrunwizard",
                "nextcloud_announcements",
                "photos",
                "recommendations",
                "support",
                "survey_client",
                "updatenotification",
                "weather_status",
            ],
            False,
        )
    },
    "users.get.manager-dangling-after-delete": {"users": [user("minion", manager="boss")]},
    "groups.details.disabled-count": {"users": [user("m3", groups=["staff"], enabled=False)]},
    "ratelimit.second-admin-has-own-budget": {"users": [user("adm2", groups=["admin"]), user("q1")], "edits": {"admin": 50}},
    "ratelimit.bearer-same-budget": {"edits": {"admin": 50}},
    "ratelimit.allowlist.edit-after": {"edits": {"admin": 50}},
    "ratelimit.allowlisted-ip-not-limited": {"edits": {"admin": 50}, "allow_list": [{"ip": "127.0.0.1", "mask": 32}]},
    "bruteforcesettings.allowlist.get": {"allow_list": []},
    "order.plain-user-bad-body": {"users": [user("pl")]},
    "perm.delegated.recent": {"users": [user("d1", groups=["dele"])]},
    "users.edit.by-email-hits-owner": {"users": [user("mo", email="mo@lab.test")]},
    "users.details.xml-id-with-at": {"users": [user("bob@lab.test")]},
    "groups.update.body-groupId-overrides-path": {"groups": ["g1", "g2"]},
}

#: Knobs of the recordings whose name begins so; all others have the defaults.
KNOBS = {
    "maintenance.": {"maintenance": True},
    "users.edit.phone.national-with-default-region": {"default_phone_region": "FR"},
    "users.edit.displayname-when-self-change-forbidden.": {"allow_user_to_change_display_name": False},
    "user.fields.display-name-forbidden": {"allow_user_to_change_display_name": False},
    "users.edit.language-under-force_language": {"force_language": "de"},
    "users.get.under-force_language": {"force_language": "de"},
    "auth.token_auth_enforced.": {"token_auth_enforced": True},
    "person.check.token_auth_enforced": {"token_auth_enforced": True},
    "auth.2fa-enforced.": {"two_factor_enforced": True},
    "error.996-with-debug-on": {"debug": True},
    "auth.allowed_admin_ranges.": {"allowed_admin_ranges": ["192.0.2.0/24"]},
    "apache.": {"web_server": "apache"},
}

#: The password of an account from the recording of this name on; `PASSWORD` where nothing is said.
PASSWORDS = {
    "flow.27.check-password-right": {"thomas.dupond": "Flow-pass-word-1"},
    "password-check.right": {"pw1": "N3w-pass-word"},
}

#: Recordings with a password that was wrong on purpose, besides those with `wrong-password` in their name.
WRONG = ("auth.bruteforce.11-plus-failures", "auth.bruteforce.blocked.v1", "auth.unknown-user", "password-check.wrong")

EMPTY = ("auth.empty-password",)
BOGUS_TOKEN = ("auth.bearer-bogus",)
