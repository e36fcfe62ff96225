# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sample directory that the recordings of LdapSaisie began with, and the passwords they used: declared here, never taken from an answer."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

#: When the recordings were made; the directory shows the day.
RECORDED_AT = datetime(2026, 11, 22, 1, 6, 20, tzinfo=UTC).timestamp()

PASSWORDS = {
    "admin": "Adm1n-pass",
    "eeggs": "Egg5-pass",
    "hmartin": "H3nri-pass",
    "henri.martin@ls.com": "H3nri-pass",
    "ansible": "a-long-s3rvice-secret",
}

#: Recordings with a password that was wrong on purpose.
WRONG = ("auth.bad_password", "auth.bad_password.default_lang", "session.cookie_beats_bad_password")
EMPTY = ("auth.empty_password",)
BEARER = ("auth.bearer",)

#: Which recording's answer brought the cookie that later ones send.
COOKIES = {"SESSION-A": "session.first", "SESSION-B": "ldap_down.before", "SESSION-C": "server.second.login"}

#: Request bodies that the recordings only describe.
BODIES = {"lab.too_many_values": "&".join(f"description%5B%5D=v{number}" for number in range(1500))}

#: Knobs of single recordings; all others have the defaults.
KNOBS = {
    "auth.api_access_off": {"api_access": ["LSsysaccount"]},
    "ldap_down.search": {"ldap_down": True},
    "ldap_down.show_with_session": {"ldap_down": True},
    "ldap_down.create": {"ldap_down": True},
}

SID = "S-1-5-21-2421470416-3566881284-3047381809"
COMPANY = "ou=company1,ou=companies,o=ls"

#: uid, givenName, sn, cn, mail, gidNumber, then where, and what is special.
PEOPLE = [
    ("hmartin", "Henri", "MARTIN", "Henri MARTIN", "henri.martin@ls.com", 102001, "o=ls"),
    ("s.ldapsaisie", "Secretariat", "LdapSaisie", "Secretariat LdapSaisie", "secretariat@ldapsaisie.biz", 70000, "o=ls"),
    ("ls", "Ldap", "Saisie", "LdapSaisie", "ldap.saisie@ls.com", 102001, "o=ls"),
    ("erwpa", "Erwan", "PAGEARD", "Erwan PAGE", "erwan.page@ldapsaisie.biz", 102009, "o=ls"),
    ("user1", "prenom1", "nom1", "prenom1 nom1", "user1@ls.com", 101009, COMPANY),
    ("user2", "prenom2", "nom2", "prenom2 nom2", "user2@ls.com", 102001, COMPANY),
    ("eeggs", "Easter", "Eggs", "Easter Eggs", "easter.eggs@ls.com", 102009, "o=ls"),
    ("invite", "Utilisateur", "de passage", "Utilisateur de passage", "invite@ldapsaisie.biz", 101009, "o=ls"),
    ("demo", "Demonstration", "LdapSaisie", "Demonstration LdapSaisie", "demo@ls.com", 70000, "o=ls"),
    ("admin", "Administration", "LdapSaisie", "Administration LdapSaisie", "admin@ls.com", 70000, "o=ls"),
]
MORE = {
    "hmartin": {
        "uidNumber": 101022,
        "homeDirectory": "/home/com",
        "lsGodfatherDn": ["uid=eeggs,ou=people,o=ls"],
        "sambaSID": f"{SID}-203044",
        "sambaPrimaryGroupSID": f"{SID}-205003",
    },
    "eeggs": {"uidNumber": 10000008, "loginShell": "yes"},
    "admin": {"jpegPhoto": base64.b64encode(b"\xff\xd8\xff").decode()},
}
GROUPS = {
    "adminldap": (70000, []),
    "invite": (101009, []),
    "ls": (102001, []),
    "informatique": (102009, []),
    "direction": (102007, ["hmartin", "eeggs"]),
    "administratif": (102005, []),
    "communication": (102013, []),
    "testpasdn": (102010, ["erwpa"]),
    "secretariat": (102011, ["hmartin"]),
    "test34": (102012, []),
}


def person(uid: str, given_name: str, name: str, full_name: str, mail: str, group: int, level: str) -> dict:
    attributes = {
        "uid": uid,
        "givenName": given_name,
        "sn": name,
        "cn": full_name,
        "mail": mail,
        "gidNumber": group,
        "personalTitle": "M.",
        "loginShell": "no",
        "sambaAcctFlags": ["U"],
        "userPassword": PASSWORDS.get(uid, "N0body-uses"),
    }
    return {"type": "LSpeople", "level": level, "bare": True, "attributes": attributes | MORE.get(uid, {})}


def members(uids: list[str]) -> list[str]:
    return [f"uid={uid},ou=people,o=ls" for uid in uids]


def named(kind: str, rdn: str, name: str, **attributes) -> dict:
    return {"type": kind, "attributes": {rdn: name} | attributes}


UNIX_USERS = "ldap:///ou=people,o=ls??one?(!(loginShell=/bin/false))"

SAMPLE = {
    "remove": ["uid=ansible,ou=sysaccounts,o=ls"],
    "objects": [
        *[named("LScompany", "ou", f"company{number}") for number in range(1, 5)],
        *[named("LSgroup", "cn", name, gidNumber=number, uniqueMember=members(uids)) for name, (number, uids) in GROUPS.items()],
        *[person(*fields) for fields in PEOPLE],
        *[named("LSsysaccount", "uid", uid, userPassword="N0body-uses-it") for uid in ("mail", "samba", "ldapsaisie")],
        named("LSsysaccount", "uid", "ansible", userPassword=PASSWORDS["ansible"]),
        named(
            "LSdyngroup",
            "cn",
            "UnixUsers",
            gidNumber=800024,
            lsDynGroupMemberDnURI=UNIX_USERS,
            lsDynGroupMemberDn=members(["eeggs"]),
            lsDynGroupMemberUid=["eeggs"],
            uniqueMember=members(["eeggs"]),
            memberUid=["eeggs"],
            description="Users who can login on unix machines",
            lsGodfatherDn=members(["admin"]),
        ),
    ],
    "counters": {"uidNumber": 800_000, "gidNumber": 800_002},
    "admins": [*members(["admin", "eeggs"]), "uid=ansible,ou=sysaccounts,o=ls"],
}
