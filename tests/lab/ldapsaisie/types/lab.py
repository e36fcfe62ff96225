# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A type with one attribute per value type."""

from __future__ import annotations

from ..dates import DATE_TIME, Date
from ..kinds import Boolean, Image, JsonComposite, Labeled, MailQuota, Postal, Quota, Reference, Select, SshKey, Unit
from ..passwords import Password
from ..schema import ADMIN_READS, Attribute, IoFormat, Type, by_name
from .accounts import SECONDS
from .people import ACCOUNT_DISABLED

PEOPLE = {"LSpeople": "%{cn}"}


def _open(name: str, label: str, kind=None, **more) -> Attribute:
    options = {"kind": kind} if kind else {}
    return Attribute(name, label, create=True, modify=True, **options, **more)


def lab() -> Type:
    return Type(
        "LSlab",
        rdn="cn",
        container="ou=lab",
        classes=("top", "device", "extensibleObject"),
        display="%{cn}",
        attributes=by_name(
            _open("cn", "Lab text", mandatory=True, unique=True),
            _open("title", "Lab title"),
            _open("description", "Lab texts", multiple=True),
            _open("serialNumber", "Lab serial"),
            _open("employeeType", "Lab select", Select({"a": "Alpha", "b": "Bravo", "c": "Charlie"})),
            _open("businessCategory", "Lab box", Select({"x": "Xray", "y": "Yankee", "z": "Zulu"}), multiple=True),
            _open("seeAlso", "Lab objects", Reference(PEOPLE), multiple=True),
            _open("manager", "Lab object", Reference(PEOPLE)),
            _open("memberUid", "Lab objects by uid", Reference(PEOPLE, "uid"), multiple=True),
            _open("labeledURI", "Lab addresses", multiple=True),
            _open("mail", "Lab mails", multiple=True),
            _open("telephoneNumber", "Lab telephone"),
            _open("postalAddress", "Lab postal address", Postal()),
            _open("roomNumber", "Lab labeled", Labeled(), multiple=True),
            _open(
                "carLicense",
                "Lab composite",
                JsonComposite({"plate": ("Plate", True, False), "tags": ("Tags", False, True)}),
                multiple=True,
            ),
            _open("departmentNumber", "Lab unit", Unit(SECONDS)),
            _open("employeeNumber", "Lab quota", Quota(1024)),
            _open("destinationIndicator", "Lab mail quota", MailQuota()),
            _open("pwdLockout", "Lab boolean", Boolean()),
            _open("street", "Lab date", Date("ldap", DATE_TIME)),
            _open("st", "Lab naive date", Date("ldap", "%Y-%m-%d")),
            _open("shadowExpire", "Lab shadow", Date("days", specials=ACCOUNT_DISABLED)),
            _open("jpegPhoto", "Lab image", Image()),
            _open("userPassword", "Lab password", Password()),
            _open("ou", "Lab keys", SshKey(), multiple=True),
            Attribute("displayName", "Lab display", create=True),
            _open("o", "Lab organisation", mandatory=True, default=["default-org"]),
            Attribute("l", "Lab read only", rights=ADMIN_READS),
            Attribute("initials", "Lab hidden", rights={}),
            Attribute("info", "Lab generated", mandatory=True, generate="auto-%{cn}", rights=ADMIN_READS),
        ),
        keywords=("cn", "title", "description"),
        io_formats=by_name(IoFormat("labcsv", ",", {"cn": "cn", "title": "title", "desc": "description", "active": "pwdLockout"})),
    )
