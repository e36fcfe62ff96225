# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""System accounts, password policies, companies."""

from __future__ import annotations

from .. import rules
from ..kinds import Boolean, Reference, Select, Unit
from ..passwords import Password
from ..schema import ADMIN_READS, Attribute, Relation, Type, by_name
from .common import password_policy_attributes

PASSWORD_RULE = "This password must contain at least 12 characters."
DEFAULT_POLICY = "cn=sysaccounts,ou=ppolicies,o=ls"
SECONDS = {1: "seconds", 60: "minutes", 3600: "hours", 86400: "days"}
QUALITY = {
    "0": "Don't check",
    "1": "If password is already hashed (can't check it), accept it",
    "2": "If password is already hashed (can't check it), refuse it",
}
SYSTEM_READS = {"admin": "w", "LSsysaccount": "r"}


def system_account() -> Type:
    policy = password_policy_attributes()
    policy[-1].mandatory = True
    policy[-1].default = [DEFAULT_POLICY]
    return Type(
        "LSsysaccount",
        rdn="uid",
        container="ou=sysaccounts",
        classes=("top", "lssysaccount"),
        display="%{uid}",
        attributes=by_name(
            *policy,
            Attribute("uid", "Identifier", mandatory=True, create=True, modify=True, rights=SYSTEM_READS),
            Attribute(
                "userPassword",
                "Password",
                Password(),
                mandatory=True,
                create=True,
                modify=True,
                rules=(rules.password(PASSWORD_RULE, 12),),
            ),
            Attribute("description", "Description", multiple=True, create=True, modify=True, rights=SYSTEM_READS),
        ),
        keywords=("uid", "description"),
        relations=by_name(Relation("groups", "LSgroup", "uniqueMember")),
    )


def _switch(name: str) -> Attribute:
    return Attribute(name, kind=Boolean(), create=True, modify=True)


def _number(name: str) -> Attribute:
    return Attribute(name, create=True, modify=True, rules=(rules.matches(r"\d+", "This value must be a number."),))


def _duration(name: str) -> Attribute:
    return Attribute(name, kind=Unit(SECONDS), create=True, modify=True)


def password_policy() -> Type:
    return Type(
        "pwdPolicy",
        rdn="cn",
        container="ou=ppolicies",
        classes=("top", "device", "pwdPolicy"),
        display="%{cn}",
        attributes=by_name(
            Attribute("cn", "Name", mandatory=True, create=True, modify=True),
            Attribute("pwdAttribute", mandatory=True, default=["userPassword"], rights=ADMIN_READS),
            _switch("pwdAllowUserChange"),
            _switch("pwdSafeModify"),
            _number("pwdInHistory"),
            Attribute("pwdCheckQuality", kind=Select(QUALITY), create=True, modify=True),
            _number("pwdMinLength"),
            Attribute("pwdCheckModule", create=True, modify=True),
            _duration("pwdMaxAge"),
            _duration("pwdMinAge"),
            _duration("pwdExpireWarning"),
            _number("pwdGraceAuthNLimit"),
            _switch("pwdLockout"),
            _number("pwdMaxFailure"),
            _number("pwdMaxRecordedFailure"),
            _duration("pwdLockoutDuration"),
            _duration("pwdFailureCountInterval"),
            _switch("pwdMustChange"),
        ),
        keywords=("cn",),
        sort="displayName",
    )


def company() -> Type:
    return Type(
        "LScompany",
        rdn="ou",
        container="ou=companies",
        classes=("top", "lscompany"),
        display="%{ou}",
        attributes=by_name(
            Attribute("ou", "Name", mandatory=True, create=True),
            Attribute("description", "Description", create=True, modify=True),
            Attribute("lsGodfatherDn", "Accountable(s)", Reference({"LSpeople": "%{cn}"}), multiple=True, create=True, modify=True),
        ),
        keywords=("ou", "description"),
    )
