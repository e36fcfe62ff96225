# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each exchange with BlueMind finds on the server: declared here, never taken from an answer."""

from __future__ import annotations

UID, NAME = "5f1e0c2a9b1.internal", "example.test"
AT = 1_716_999_000_000
SESSION, KEY = "6f0f3a90-8f6b-4a0b-8a1c-2d7b35a6c111", "9f0c7f1e-7a4e-4f0e-9b1b-5d0a5d1c0001"
TASK, BACKUP = "0d6d2a7e-52fe-4b44-9c43-0000000000aa", "7b1a1b52-0d57-4a38-8d0c-0000000000bb"
APPLICATIONS = ["hasMail", "hasCalendar", "selfChangePassword"]

SERVER = {"uid": "bm-master", "fqdn": "bm.example.test", "name": "bm-master", "tags": ["mail/imap", "bm/core", "mail/smtp"]}
DOMAIN = {
    "uid": UID,
    "name": NAME,
    "label": NAME,
    "description": f"Domain of {NAME}",
    "servers": [["bm-master", "mail/imap"]],
}
JANE = {
    "uid": "u-jdoe",
    "login": "jdoe",
    "password": "pw",
    "first_name": "Jane",
    "last_name": "Doe",
    "emails": [f"jdoe@{NAME}", {"address": f"jdoe@{UID}"}],
    "roles": APPLICATIONS,
}
ANN = {
    "uid": "u-asmith",
    "login": "asmith",
    "first_name": "Ann",
    "last_name": "Smith",
    "emails": [f"asmith@{NAME}", {"address": f"asmith@{UID}"}],
}
NOBODY = {"uid": "u-x", "login": "nobody", "last_name": "X"}
LOCAL = {"name": "local.lan", "label": "local.lan", "servers": [["bm-master", "mail/imap"]]}
SALES = {"uid": "g-sales", "name": "sales", "emails": [f"sales@{NAME}"]}
EMEA = {"uid": "g-emea", "name": "emea"}
BOB = {"uid": "x-bob", "first_name": "Jane", "last_name": "Doe", "emails": ["bob@partner.test"], "dataLocation": "bm-master"}
SHARE = {"uid": "ms-info", "name": "info", "emails": [f"info@{NAME}"]}
ROOM = {
    "uid": "room",
    "label": "Room",
    "properties": [{"id": "seats", "label": "Seats", "type": "Number"}],
    "templates": {"en": "Seats: ${Seats}"},
}
ROOM_A = {
    "uid": "r-a",
    "label": "Room A",
    "typeIdentifier": "room",
    "emails": [f"room-a@{NAME}"],
    "properties": [{"propertyId": "seats", "value": "12"}],
}
UNITS = [{"uid": "ou-fr", "name": "France"}, {"uid": "ou-paris", "name": "Paris", "parentUid": "ou-fr"}]
FILTER = {
    "rules": [],
    "forwarding": {"enabled": True, "localCopy": True, "emails": ["jane@partner.test"]},
    "vacation": {
        "enabled": True,
        "start": 1719784800000,
        "end": 1720994400000,
        "text": "Back soon",
        "textHtml": "<p>Back soon</p>",
        "subject": "Out of office",
    },
}
RULE = {
    "id": 12,
    "client": "bluemind",
    "type": "GENERIC",
    "trigger": "IN",
    "deferred": False,
    "active": True,
    "name": "copy",
    "clientProperties": {},
    "conditions": [],
    "actions": [{"name": "REDIRECT", "clientProperties": {}, "emails": ["boss@example.test"], "keepCopy": True}],
    "stop": True,
}
UNSET = {"enabled": False, "start": None, "end": None, "text": None, "textHtml": None, "subject": None}
DELETION = {"steps": 2.0, "progress": 3.0, "log": ["Deleting user u-jdoe@5f1e0c2a9b1.internal", "Deleting user mailbox ..."]}
SAVING = {"steps": 5.0, "begun": 1.0, "progress": 5.0, "log": ["Starting backup on all servers"], "looks": 1}
SAVED = {"state": "Success", "last": "Backup finished successfully", "result": "Backup finished successfully"}
IN_ROOM = {"resource_types": [ROOM], "resources": [ROOM_A]}
IN_SALES = {"groups": [SALES, EMEA], "external_users": [BOB], "members": {"g-sales": ["u-jdoe", "g-emea", "x-bob"]}}
NO_JANE = {"remove": ["u-jdoe"]}
NUMBERED = {"users": [{"uid": "u-jdoe", "login": "jdoe", "external_id": "emp-0042"}]}
ONE_ADDRESS = {"users": [{"uid": "u-jdoe", "login": "jdoe", "emails": [f"jdoe@{NAME}"]}]}


def profiles(domain: str) -> list[str]:
    return [f"{domain}_user_group", f"{domain}_admin_group"]


#: Before every exchange, on a new server.
ALWAYS = {"servers": [SERVER], "domains": [DOMAIN], "users": [JANE]}

#: Besides, before the exchange of this name (without its generation), or of those whose name begins so where there is a dot at the end.
#: A list is seeded one after the other.
BEFORE = {
    "IAPIKeys.": {"api_keys": [{"sid": KEY, "uid": "k-1", "displayName": "ansible", "login": f"jdoe@{UID}"}]},
    "IAPIKeys.create": {"api_keys": []},
    "IAuthentication.login.with-an-api-key-as-password": {"api_keys": [{"sid": KEY, "login": f"jdoe@{UID}"}]},
    "IDomains.create.uid-with-existing-alias": {"domains": [LOCAL]},
    "IDomains.deleteDomainItems": {"domains": [LOCAL]},
    "IDomains.delete": [{"domains": [LOCAL]}, {"remove": [["local.lan", uid] for uid in (*profiles("local.lan"), "bmhiddensysadmin")]}],
    "IDomains.setDefaultAlias": {"domains": [DOMAIN | {"aliases": [NAME, "alias2.test"], "defaultAlias": NAME}]},
    "IDomains.getRoles": {"domains": [DOMAIN | {"roles": ["hasMail"]}]},
    "IDomainSettings.get": {"domains": [DOMAIN | {"settings": {"mailbox_max_user_quota": "0", "mailbox_default_user_quota": "0"}}]},
    "IServer.assign": {"domains": [LOCAL | {"servers": []}]},
    "IUser.create": NO_JANE,
    "IUser.create.uid-user-whose-vcard-has-no-communications-object": NO_JANE,
    "IUser.create.without-the-needed-role": {"users": [NOBODY]},
    "IUser.createWithExtId.": NO_JANE,
    "IUser.allUids": [{"users": [ANN]}, {"remove": ["bmhiddensysadmin"]}],
    "IUser.getComplete": NUMBERED,
    "IUser.byEmail": NUMBERED,
    "IUser.byLogin": NUMBERED,
    "IUser.byExtId": NUMBERED,
    "IUser.update.unknown-uid": NO_JANE,
    "IUser.setRoles.uid-of-a-simple-account": {"users": [NOBODY | {"uid": "u-simple", "login": "simple", "accountType": "SIMPLE"}]},
    "IUser.getRoles": {"users": [{"uid": "u-jdoe", "login": "jdoe", "roles": ["hasMail"]}]},
    "IUser.getResolvedRoles": {"users": [{"uid": "u-jdoe", "login": "jdoe", "roles": ["hasMail", "selfChangePassword"]}]},
    "IUser.getUsersWithRoles": {"users": [{"uid": "u-jdoe", "login": "jdoe", "roles": ["hasAdminConsole"]}]},
    "IUser.memberOf": {"groups": [SALES], "users": [ANN], "members": {"g-sales": ["u-jdoe", "u-asmith"]}},
    "IUser.memberOfGroups": {"groups": [SALES], "members": {"g-sales": ["u-jdoe"]}},
    "IUser.getFeatures": {"users": [{"uid": "u-jdoe", "login": "jdoe", "features": ["AI"]}]},
    "IUser.deletePhoto": {"users": [{"uid": "u-jdoe", "login": "jdoe", "photo": "iVBORw0KGgo="}]},
    "BMClient.waitTask.for-a-user-deletion-request-1": {"tasks": {TASK: DELETION}},
    "BMClient.waitTask.for-a-user-deletion-request-2": {"tasks": {TASK: DELETION | {"looks": 1}}},
    "BMClient.waitTask.for-a-user-deletion-request-3": {"tasks": {TASK: DELETION | {"state": "Success", "last": "User deleted"}}},
    "ITask.status.of-a-failed-task": {"tasks": {TASK: {"steps": 2.0, "state": "InError", "last": "Cannot delete myself"}}},
    "ITask.getCurrentLogs": {"tasks": {TASK: DELETION}},
    "BMClient.waitTask.for-a-backup-request-1": {"tasks": {BACKUP: SAVING}},
    "BMClient.waitTask.for-a-backup-request-2": {"tasks": {BACKUP: SAVING | SAVED}},
    "IUserSettings.get": {"users": [{"uid": "u-jdoe", "login": "jdoe", "settings": {"theme": "default"}}]},
    "IUserSettings.getOne": {"users": [{"uid": "u-jdoe", "login": "jdoe", "settings": {"lang": "en"}}]},
    "IMailboxes.getMailboxQuota": {"users": [{"uid": "u-jdoe", "login": "jdoe", "quota": 2097152, "used": 1234}]},
    "IMailboxes.getMailboxQuotas": {"users": [{"uid": "u-jdoe", "login": "jdoe", "quota": 2097152, "used": 1234}]},
    "IMailboxes.": ONE_ADDRESS,
    "IMailboxes.list": {"remove": profiles(UID)},
    "IMailboxes.setMailboxAccessControlList": {"users": [ANN]},
    "IMailboxes.getMailboxAccessControlList": {"users": [ANN], "acls": {"mailbox:acls-u-jdoe": [["u-asmith", "Write"]]}},
    "IMailboxes.getMailboxVacation": {"users": [{"uid": "u-jdoe", "login": "jdoe", "filter": FILTER}]},
    "IMailboxes.getMailboxForwarding": {"users": [{"uid": "u-jdoe", "login": "jdoe", "filter": FILTER}]},
    "IMailboxes.getMailboxFilter.": {
        "users": [
            {
                "uid": "u-jdoe",
                "login": "jdoe",
                "filter": {"rules": [RULE], "forwarding": {"enabled": False, "localCopy": False, "emails": []}, "vacation": UNSET},
            }
        ]
    },
    "IContainerManagement.setAccessControlList": {"groups": [SALES]},
    "IUserSubscription.": {"users": [ANN]},
    "IUserSubscription.listSubscriptions": {
        "users": [
            {"uid": "u-jdoe", "login": "jdoe", "subscriptions": {"calendar:Default:u-asmith": {"offlineSync": False, "automount": True}}}
        ]
    },
    "IUserSubscription.unsubscribe": {
        "users": [
            {"uid": "u-jdoe", "login": "jdoe", "subscriptions": {"calendar:Default:u-asmith": {"offlineSync": False, "automount": True}}}
        ]
    },
    "IGroup.": {"groups": [SALES, EMEA], "external_users": [BOB]},
    "IGroup.create": {"remove": ["g-sales"]},
    "IGroup.create.uid-group-with-emails-unset": {"remove": ["g-sales"]},
    "IGroup.getComplete": {"users": [ANN], "members": {"g-sales": ["u-jdoe", "u-asmith"]}},
    "IGroup.byName": {"users": [ANN], "members": {"g-sales": ["u-jdoe", "u-asmith"]}},
    "IGroup.byEmail": {"users": [ANN], "members": {"g-sales": ["u-jdoe", "u-asmith"]}},
    "IGroup.get": {"users": [ANN], "members": {"g-sales": ["u-jdoe", "u-asmith"]}},
    "IGroup.search": {"users": [ANN], "members": {f"{UID}_user_group": ["u-jdoe", "u-asmith"]}, "remove": [f"{UID}_admin_group"]},
    "IGroup.allUids": {"remove": ["g-emea"]},
    "IGroup.add.uid-a-parent-group": {"members": {"g-sales": ["g-emea"]}},
    "IGroup.add.uid-members-all-present-already": {"members": {"g-sales": ["u-jdoe"]}},
    "IGroup.getMembers": IN_SALES,
    "IGroup.getExpandedUserMembers": IN_SALES,
    "IGroup.remove": IN_SALES,
    "IExternalUser.getComplete": {"external_users": [BOB]},
    "IExternalUser.delete": {"external_users": [BOB]},
    "IMailshare.": {"mailshares": [SHARE]},
    "IMailshare.create": {"remove": ["ms-info"]},
    "IResourceTypes.get": IN_ROOM,
    "IResourceTypes.getTypes": IN_ROOM,
    "IResourceTypes.delete.": IN_ROOM,
    "IResources.": IN_ROOM,
    "IResources.create": {"remove": ["r-a"]},
    "IOrgUnits.": {"org_units": UNITS, "administrators": {"ou-paris": {"u-jdoe": ["manageUser"]}}},
    "IOrgUnits.create": {"administrators": {"ou-paris": {}}, "remove": ["ou-paris"]},
    "IOrgUnits.setAdministratorRoles": {"administrators": {"ou-paris": {}}},
    "IOrgUnits.listByAdministrator": {"remove": ["ou-fr"]},
    "IOrgUnits.delete.with-members": {"users": [{"uid": "u-jdoe", "login": "jdoe", "orgUnitUid": "ou-paris"}]},
    "IDirectory.getEntries": {"remove": ["bmhiddensysadmin"]},
    "IDirectory.getByRoles": {"users": [{"uid": "u-jdoe", "login": "jdoe", "roles": ["hasAdminConsole"]}]},
    "IDataProtect.": {"servers": [SERVER | {"tags": ["bm/pgsql"]}], "generations": [{"id": 17, "at": AT}]},
    "ISystemConfiguration.getValues": {"system_conf": {"external_url": "mail.example.test"}},
    "wire.x-bm-warnmessage-header": {"remove": ["u-jdoe", "bmhiddensysadmin"]},
}

#: Knobs of single exchanges; all others have those of their generation.
KNOBS = {"wire.x-bm-warnmessage-header": {"software_version": "0.1"}}

#: What a proxy does, not the server.
FAULTS = {
    "wire.5xx-with-a-non-json-body-proxy-error-page": {"kind": "html", "status": 502},
    "wire.redirect-answer-http-https-request-1": {
        "kind": "redirect",
        "location": "http://bm.example.test/api/users/5f1e0c2a9b1.internal/u-x/complete",
    },
}

#: Who calls where the exchange says "jdoe" or "nobody".
LOGINS = {"jdoe": f"jdoe@{UID}", "nobody": f"nobody@{UID}"}
