# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ..dates import DATE_TIME, Date, PasswordHistory
from ..kinds import Boolean, Reference
from ..schema import ADMIN, ADMIN_READS, Attribute

SELF_READS = {"admin": "w", "self": "r"}
SELF_READS_ONLY = {"admin": "r", "self": "r"}


def moment() -> Date:
    return Date("ldap", DATE_TIME)


def password_policy_attributes() -> list[Attribute]:
    """What the directory itself notes about a password."""
    return [
        Attribute("pwdChangedTime", kind=moment(), rights=SELF_READS_ONLY),
        Attribute("pwdGraceUseTime", kind=moment(), multiple=True, rights=SELF_READS_ONLY),
        Attribute("pwdFailureTime", kind=moment(), multiple=True, rights=SELF_READS_ONLY),
        Attribute("pwdAccountLockedTime", kind=moment(), modify=True, rights=SELF_READS),
        Attribute("pwdHistory", kind=PasswordHistory(), multiple=True, rights=ADMIN_READS),
        Attribute("pwdReset", kind=Boolean(), modify=True, rights=ADMIN),
        Attribute("pwdPolicySubentry", kind=Reference({"pwdPolicy": None}), create=True, modify=True, rights=ADMIN),
    ]
