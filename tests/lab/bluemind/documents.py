# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documents of the API (contract 18), one for each kind of object."""

from __future__ import annotations

from .model import DATE, FLAG, NUMBER, TEXT, Choice, Field, Flag, Kind, Listing, Map, Number, Record, Unique
from .vcards import VCARD

EMAIL = Record({"address": TEXT, "allAliases": FLAG, "isDefault": FLAG})
EMAILS = Listing(EMAIL, unordered=True)
ROUTING = Choice("internal", "external", "none", default="none")
ACCOUNT_TYPE = Choice("FULL", "SIMPLE", "FULL_AND_VISIO", default="FULL")
FEATURES = Unique(Choice("AI"))
KINDS = Choice(
    *("USER", "GROUP", "RESOURCE", "MAILSHARE", "CALENDAR", "ADDRESSBOOK", "DOMAIN", "ORG_UNIT", "EXTERNALUSER"),
    later={"SHARED_MAILBOX": 57},
)
VERB = Choice(
    *("Invitation", "Freebusy", "SendOnBehalf", "Read", "Write", "Manage", "All"),
    later={"SendAs": 50, "ReadExtended": 50, "Visible": 57},
)

BASE = {"orgUnitUid": TEXT, "emails": EMAILS, "hidden": FLAG, "archived": FLAG, "system": FLAG, "dataLocation": TEXT}

USER = Record(
    BASE
    | {
        "login": TEXT,
        "password": TEXT,
        "passwordLastChange": DATE,
        "passwordMustChange": FLAG,
        "passwordNeverExpires": FLAG,
        "contactInfos": VCARD,
        "routing": ROUTING,
        "accountType": ACCOUNT_TYPE,
        "loginCaps": Field(Flag(True), since=57),
        "deleted": Field(FLAG, since=57),
        "quota": NUMBER,
        "mailboxCopyGuid": TEXT,
        "properties": Map(),
        "features": Field(FEATURES, since=57),
    }
)
GROUP = Record(
    BASE
    | {
        "name": TEXT,
        "description": TEXT,
        "properties": Map(),
        "hiddenMembers": FLAG,
        "mailArchived": FLAG,
        "memberCount": Number(primitive=True),
    }
)
EXTERNAL_USER = Record(BASE | {"contactInfos": VCARD})
MAILSHARE = Record(BASE | {"name": TEXT, "quota": NUMBER, "routing": Choice("internal", "external", "none"), "card": VCARD})
SHARED_MAILBOX = USER  # a user-like mailbox without a login
RESOURCE = Record(
    BASE
    | {
        "label": TEXT,
        "typeIdentifier": TEXT,
        "description": TEXT,
        "reservationMode": Choice("OWNER_MANAGED", "AUTO_ACCEPT", "AUTO_ACCEPT_REFUSE", default="AUTO_ACCEPT_REFUSE"),
        "properties": Listing(Record({"propertyId": TEXT, "value": TEXT})),
    }
)
RESOURCE_TYPE = Record(
    {
        "label": TEXT,
        "properties": Listing(Record({"id": TEXT, "label": TEXT, "type": Choice("Number", "String", "Boolean")})),
        "templates": Map(),
    }
)
ORG_UNIT = Record({"name": TEXT, "parentUid": TEXT})
ORG_UNIT_QUERY = Record({"from": Number(0, True), "size": Number(-1, True), "query": TEXT, "managableKinds": Listing(KINDS)})
DOMAIN = Record(
    {
        "label": TEXT,
        "name": TEXT,
        "description": TEXT,
        "properties": Map(),
        "global": FLAG,
        "aliases": Unique(TEXT),
        "defaultAlias": TEXT,
    }
)
SERVER = Record(
    {"ip": TEXT, "fqdn": TEXT, "name": TEXT, "tags": Listing(TEXT, unordered=True), "tagConfigurations": Field(Map(Kind()), since=57)}
)
MAILBOX = Record(
    {
        "name": TEXT,
        "system": FLAG,
        "hidden": FLAG,
        "archived": FLAG,
        "type": TEXT,
        "routing": ROUTING,
        "emails": EMAILS,
        "dataLocation": TEXT,
        "quota": NUMBER,
        "deleted": Field(FLAG, since=57),
    }
)
MAILBOX_QUOTA = Record({"used": NUMBER, "quota": NUMBER, "uid": Field(TEXT, since=57)})
MEMBER = Record({"type": Choice("user", "group", "external_user"), "uid": TEXT})
PASSWORD_CHANGE = Record({"currentPassword": TEXT, "newPassword": TEXT})
GROUP_QUERY = Record({"name": TEXT, "properties": Map()})

DIR_ENTRY = Record(
    {
        "displayName": TEXT,
        "entryUid": TEXT,
        "accountType": TEXT,
        "kind": TEXT,
        "features": Field(FEATURES, since=57),
        "path": TEXT,
        "email": TEXT,
        "hidden": FLAG,
        "system": FLAG,
        "archived": FLAG,
        "emails": TEXT,
        "orgUnitUid": TEXT,
        "orgUnitPath": Kind(),
        "dataLocation": TEXT,
        "deleted": Field(FLAG, since=57),
        "minId": Field(Number(primitive=True), since=57),
    }
)
DIR_QUERY = Record(
    {
        "order": Record({"by": Choice("kind", "displayname", default="displayname"), "dir": Choice("asc", "desc", default="asc")}),
        "nameFilter": TEXT,
        "hiddenFilter": Flag(True),
        "emailFilter": TEXT,
        "nameOrEmailFilter": TEXT,
        "stateFilter": Choice("Archived", "Active", "All"),
        "systemFilter": Flag(True),
        "deletedFilter": Field(FLAG, since=57),
        "kindsFilter": Listing(KINDS, default=None),
        "entries": Listing(TEXT, default=None),
        "orgUnitIds": Listing(NUMBER, default=None),
        "accountTypeFilter": Choice("FULL", "SIMPLE", "FULL_AND_VISIO"),
        "from": Number(0, True),
        "size": Number(-1, True),
        "entryUidFilter": Listing(TEXT, default=None),
        "onlyManagable": FLAG,
        "dataLocation": TEXT,
        "lightResults": Field(FLAG, since=57),
    }
)

ACL_ENTRY = Record({"subject": TEXT, "verb": VERB})
CONTAINER = Record(
    {
        "uid": TEXT,
        "name": TEXT,
        "owner": TEXT,
        "type": TEXT,
        "defaultContainer": FLAG,
        "readOnly": FLAG,
        "domainUid": TEXT,
        "ownerDisplayname": TEXT,
        "ownerDirEntryPath": TEXT,
        "settings": Map(),
        "deleted": FLAG,
        "datalocation": TEXT,
        "internalId": Number(primitive=True),
        "writable": FLAG,
        "verbs": Unique(VERB),
        "offlineSync": FLAG,
        "automount": Field(Flag(True), since=50),
        "subscribed": Field(FLAG, since=50),
    }
)
CONTAINER_CHANGE = Record({"name": TEXT, "defaultContainer": FLAG, "deleted": FLAG})
CONTAINER_QUERY = Record(
    {"type": TEXT, "name": TEXT, "verb": Listing(VERB, default=None), "owner": TEXT, "readonly": Kind(), "size": NUMBER}
)
SUBSCRIPTION = Record({"containerUid": TEXT, "offlineSync": FLAG, "automount": Field(Flag(True), since=50)})
SUBSCRIBED = Record(
    {
        "containerUid": TEXT,
        "offlineSync": FLAG,
        "containerType": TEXT,
        "owner": TEXT,
        "defaultContainer": FLAG,
        "name": TEXT,
        "ownerDisplayName": TEXT,
        "ownerDirEntryPath": TEXT,
        "automount": Field(Flag(True), since=50),
    }
)

AUTH_USER = Record(
    {
        "uid": TEXT,
        "domainUid": TEXT,
        "displayName": TEXT,
        "value": USER,
        "roles": Unique(TEXT),
        "rolesByOU": Kind(),
        "settings": Map(),
        "features": Field(FEATURES, since=57),
    }
)
LOGIN_RESPONSE = Record({"status": TEXT, "message": TEXT, "authKey": TEXT, "latd": TEXT, "authUser": AUTH_USER})
API_KEY = Record({"uid": Field(TEXT, since=57), "sid": TEXT, "displayName": TEXT, "subject": TEXT, "domainUid": TEXT})
RETENTION = Record({"daily": NUMBER, "weekly": NUMBER, "monthly": NUMBER})
WIPE_MODE = Choice("AccountOnlyRemoteWipe", "RemoteWipe")
DEVICE = Record(
    {
        "identifier": TEXT,
        "owner": TEXT,
        "type": TEXT,
        "wipeDate": DATE,
        "wipeBy": TEXT,
        "unwipeDate": DATE,
        "unwipeBy": TEXT,
        "isWipe": Field(FLAG, until=49),
        "isWiped": Field(FLAG, since=50),
        "wipeMode": Field(WIPE_MODE, since=50),
        "hasPartnership": FLAG,
        "policy": NUMBER,
        "lastSync": DATE,
        "protocolVersion": Field(NUMBER, since=50),
    }
)
