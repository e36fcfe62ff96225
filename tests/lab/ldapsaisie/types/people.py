# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from .. import dn as names
from .. import rules
from ..dates import DATE_TIME, Date
from ..kinds import Boolean, Image, Reference, Select, Text
from ..passwords import Password, hash_password
from ..schema import ADMIN_READS, Attribute, EntryForm, IoFormat, Relation, Type, by_name
from .common import SELF_READS, password_policy_attributes

SID = "S-1-5-21-2421470416-3566881284-3047381809"
PASSWORD_RULE = (
    "Your password must contain from 8 to 10 characters and contains at least one caracter that match with 3 of this types :"
    "<ul><li>Uppercase unaccent character</li><li>Lowercase unaccent character</li><li>Digit</li>"
    "<li>Anything that is not a letter or a digit</li></ul>"
)
IDENTIFIER_RULE = "Identifier must contain alphanumeric values, dots (.) and dashes (-) only."
NUMBER_RULE = "The password validity must be an positive integer."
INACTIVITY_RULE = "The inactivity delay must be an positive integer."
ACCOUNT_DISABLED = {"0": "Always (disable account)"}
FLAGS = {
    "U": "Regular user account",
    "D": "Disabled account",
    "N": "No password is needed",
    "X": "The password never expires",
    "L": "Locked account",
}
WORLD_READS = {"admin": "w", "user": "r"}
OWN_WORLD_READS = {"admin": "w", "self": "w", "user": "r"}
OWN = {"admin": "w", "self": "w"}


def main_group(server, number: str) -> str | None:
    """A group by its number; its label."""
    if number == "0":
        return "None"
    found = server.store.directory.equal("gidNumber", number, server.types["LSgroup"].class_set)
    return f"{names.rdn_value(found[0].dn)} ({number})" if found else None


def _sid(offset: int, source: str):
    def generate(_server, attributes):
        number = int((attributes.get(source) or ["0"])[0])
        return [f"{SID}-{2 * number + offset}"]

    return generate


def _samba_hash(_server, attributes):
    # Nobody can read it: which hash it is does not matter.
    return [hash_password("MD5", attributes["userPassword"][0])] if attributes.get("userPassword") else None


def _now(kind: Date):
    return lambda server, attributes: kind.at(server.clock.now()) if attributes.get("userPassword") else None


def _samba_time(name: str, **more) -> Attribute:
    return Attribute(name, kind=Date("seconds", DATE_TIME), **more)


def _own() -> list[Attribute]:
    return [
        Attribute(
            "uid",
            "Identifier",
            mandatory=True,
            create=True,
            modify=True,
            rights=SELF_READS,
            rules=(rules.matches(r"[A-Za-z0-9._-]+", IDENTIFIER_RULE),),
            unique=True,
            not_unique="This identifier is already used.",
            dependants=("homeDirectory", "sambaHomePath", "sambaProfilePath"),
        ),
        Attribute("givenName", "First Name", mandatory=True, default=["toto"], create=True, modify=True, rights=SELF_READS),
        Attribute("sn", "Last Name", mandatory=True, create=True, modify=True, rights=WORLD_READS),
        Attribute("cn", "Full Name", mandatory=True, create=True, modify=True, rights=WORLD_READS, dependants=("gecos",)),
        Attribute("mail", "E-mail address", mandatory=True, create=True, modify=True, rights=WORLD_READS, rules=(rules.email,)),
        Attribute(
            "personalTitle",
            "Civility",
            Select({"M.": "Mr", "Mme": "Mrs"}),
            mandatory=True,
            default=["M."],
            create=True,
            modify=True,
            rights=WORLD_READS,
        ),
        Attribute("description", "Description", multiple=True, create=True, modify=True, rights=WORLD_READS),
        Attribute(
            "userPassword",
            "Password",
            Password("MD5", mailed=True),
            mandatory=True,
            create=True,
            modify=True,
            rights=OWN,
            rules=(rules.password(PASSWORD_RULE, 8, 10, kinds=3),),
            dependants=("sambaLMPassword", "sambaNTPassword", "sambaPwdLastSet", "shadowLastChange"),
        ),
        Attribute("lsRecoveryHash", rights=OWN),
        Attribute("jpegPhoto", "Picture", Image(), modify=True, rights=OWN_WORLD_READS),
        Attribute("lsGodfatherDn", "Accountable(s)", Reference({"LSpeople": "%{cn}"}), multiple=True, create=True, modify=True),
    ]


def _unix() -> list[Attribute]:
    return [
        Attribute("uidNumber", "Numeric identifier", mandatory=True, generated_by="uidNumber", dependants=("sambaSID",)),
        Attribute(
            "gidNumber",
            "Main group",
            Select(main_group),
            mandatory=True,
            create=True,
            modify=True,
            dependants=("sambaPrimaryGroupSID",),
        ),
        Attribute(
            "loginShell",
            "Shell",
            Boolean("/bin/bash", "/bin/false"),
            mandatory=True,
            default=["/bin/false"],
            create=True,
            modify=True,
        ),
        Attribute("homeDirectory", "Home directory", mandatory=True, generate="/home/%{uid}"),
        Attribute("gecos", "Gecos", mandatory=True, generate="%{cn}", modify=True),
        Attribute("shadowExpire", "Account expiration", Date("days", specials=ACCOUNT_DISABLED), modify=True),
        Attribute("shadowMax", "Password validity", create=True, modify=True, rules=(rules.matches(r"[1-9]\d*", NUMBER_RULE),)),
        Attribute("shadowInactive", "Inactivity", create=True, modify=True, rules=(rules.matches(r"[1-9]\d*", INACTIVITY_RULE),)),
        Attribute("shadowLastChange", "Last change", days := Date("days"), generate=_now(days), rights=ADMIN_READS),
    ]


def _samba() -> list[Attribute]:
    times = [_samba_time(name, modify=True) for name in ("sambaLogonTime", "sambaLogoffTime", "sambaKickoffTime")]
    password_times = [_samba_time(name, modify=True) for name in ("sambaPwdMustChange", "sambaPwdCanChange")]
    seconds = Date("seconds", DATE_TIME)
    return [
        Attribute("sambaSID", "Samba identifier", mandatory=True, generate=_sid(1000, "uidNumber"), rights=ADMIN_READS),
        Attribute("sambaPrimaryGroupSID", "Samba group", mandatory=True, generate=_sid(1001, "gidNumber"), rights=ADMIN_READS),
        Attribute("sambaAcctFlags", "Flags", Select(FLAGS), multiple=True, mandatory=True, default=["U"], create=True, modify=True),
        Attribute("sambaHomeDrive", "Home drive", mandatory=True, default=["Z:"], modify=True),
        Attribute("sambaHomePath", "Home path", mandatory=True, generate="\\\\SERVER\\%{uid}", rights=ADMIN_READS),
        Attribute("sambaProfilePath", "Profile path", mandatory=True, generate="\\SERVER\\profiles\\%{uid}", rights=ADMIN_READS),
        Attribute("sambaLogonScript", "Logon script", mandatory=True, default=["logon.bat"], rights=ADMIN_READS),
        *times,
        _samba_time("sambaPwdLastSet", generate=_now(seconds), rights=ADMIN_READS),
        *password_times,
        Attribute("sambaLMPassword", kind=Text(), generate=_samba_hash, rights={}),
        Attribute("sambaNTPassword", kind=Text(), generate=_samba_hash, rights={}),
    ]


#: Columns of the CSV formats, and the attributes behind them.
SHORT = {
    "login": "uid",
    "civility": "personalTitle",
    "firstname": "givenName",
    "name": "sn",
    "mail": "mail",
    "password": "userPassword",
    "gid": "gidNumber",
    "shell": "loginShell",
}
FULL = (*SHORT.values(), "cn", "description", "lsGodfatherDn")


def people() -> Type:
    return Type(
        "LSpeople",
        rdn="uid",
        container="ou=people",
        classes=("top", "lspeople", "posixAccount", "shadowAccount", "sambaSamAccount"),
        display="%{cn}",
        attributes=by_name(*password_policy_attributes(), *_own(), *_unix(), *_samba()),
        keywords=("givenName", "sn", "cn", "uid", "mail"),
        recursive=True,
        per_page=25,
        columns={"mail": ("Mail", "%{mail}")},
        predefined=("(jpegPhoto=*)", "(!(jpegPhoto=*))"),
        relations=by_name(
            Relation("groups", "LSgroup", "uniqueMember"),
            Relation("dyngroups", "LSdyngroup", "lsDynGroupMemberDn", writable=False),
            Relation("godfather", "LSpeople", "lsGodfatherDn"),
            Relation("group_godfather", "LSgroup", "lsGodfatherDn"),
            Relation("dyngroup_godfather", "LSdyngroup", "lsGodfatherDn"),
        ),
        io_formats=by_name(
            IoFormat("mycsv", ";", SHORT, {"cn": "%{personalTitle} %{givenName} %{sn}"}),
            IoFormat("myfullcsv", ",", {name: name for name in FULL}),
        ),
        entry_forms={
            "simple": EntryForm(
                ("uid", "personalTitle", "givenName", "sn", "cn", "mail", "userPassword"),
                {
                    "description": ["Create with the simple data entry form"],
                    "loginShell": ["no"],
                    "gidNumber": ["102001"],
                },
            )
        },
    )
