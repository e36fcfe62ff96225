# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session of the vendor's own client, `netbluemind4` or `netbluemind5`, unmodified, against a lab.

The two overwrite one another, so each needs an environment of its own. The lab is told to be of the generation of the one that is there:

    python -m venv E && E/bin/pip install netbluemind5
    BLUEMIND_URL=... BLUEMIND_TOKEN=... LAB_CONTROL=... E/bin/python tests/truth/netbluemind_session.py
"""

from __future__ import annotations

import base64
import importlib
import os
from importlib.metadata import PackageNotFoundError, version
from types import SimpleNamespace

import requests

DOMAIN, PASSWORD = "session.test", "Session-pass-word-1"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


def installed() -> tuple[int, str]:
    """Which of the two it is: nothing in their common package tells."""
    found = []
    for generation in (4, 5):
        try:
            found.append((generation, version(f"netbluemind{generation}")))
        except PackageNotFoundError:
            pass
    assert len(found) == 1, "exactly one of netbluemind4 and netbluemind5 has to be installed"
    return found[0]


def api(path: str):
    """The class of a module, both of which have one name."""
    module = importlib.import_module(f"netbluemind.{path}")
    return getattr(module, path.rpartition(".")[2])


def made(path: str, **attributes):
    thing = api(path)()
    for name, value in attributes.items():
        assert hasattr(thing, name), name
        setattr(thing, name, value)
    return thing


def constant(path: str, name: str):
    return api(path)[name]


def refused(call, *arguments) -> tuple:
    """Code, kind and message of a refusal."""
    try:
        call(*arguments)
    except api_fault() as fault:
        return fault.args
    raise AssertionError("the call was not refused")


def api_fault() -> type:
    return importlib.import_module("netbluemind.python.client").ServerFault


class Session:
    def __init__(self, generation: int):
        self.generation = generation
        client = importlib.import_module("netbluemind.python.client").BMClient
        self.client = client(os.environ["BLUEMIND_URL"], os.environ["BLUEMIND_TOKEN"])
        self.anonymous = client(os.environ["BLUEMIND_URL"])

    def instance(self, path: str, *arguments):
        return self.client.instance(api(path), *arguments)

    def finish(self, task) -> SimpleNamespace:
        status = self.client.waitTask(task)
        return SimpleNamespace(state=status.state.name, last=status.lastLogEntry)

    def run(self) -> None:
        for part in (
            self.log_in,
            self.installation,
            self.domain,
            self.user,
            self.user_details,
            self.group,
            self.others,
            self.containers,
            self.filters,
            self.directory,
            self.backup,
            self.removal,
        ):
            part()

    # The parts, in order

    def log_in(self) -> None:
        self.anonymous.login("admin0@global.virt", "admin")
        assert self.anonymous.apiKey
        assert refused(self.anonymous.login, "admin0@global.virt", "wrong") == (None, None, "Bad login/pass")
        auth = self.instance("authentication.api.IAuthentication")
        assert auth.getCurrentUser().value.login == "admin0"
        assert auth.validate("admin0@global.virt", "admin", "session").name == "PASSWORD"

    def installation(self) -> None:
        assert self.client.installation().getInfos().softwareVersion.startswith(f"{self.generation}.")
        assert self.client.installation().getSystemState().name == "CORE_STATE_RUNNING"
        assert self.client.installation().getSubscriptionInformations().valid
        assert "bm-master" in [server.uid for server in self.client.servers("default").allComplete()]

    def domain(self) -> None:
        domains = self.client.domains()
        assert domains.get(DOMAIN) is None
        fields = {"name": DOMAIN, "label": DOMAIN, "description": "A session", "global_": False}
        assert refused(domains.create, DOMAIN, made("domain.api.Domain", **fields))[0] in (0, None)  # nulls crash
        properties = {"import_ldap_enabled": False, "import_ldap_hostname": "ldap.test", "domain_max_users": None}
        domains.create(DOMAIN, made("domain.api.Domain", **fields, aliases=[], properties=properties))
        item = domains.findByNameOrAliases(DOMAIN)
        assert (item.uid, item.value.defaultAlias, item.value.properties["import_ldap_enabled"]) == (DOMAIN, DOMAIN, "false")
        assert self.finish(domains.setAliases(DOMAIN, ["alias.test"])).state == "Success"
        domains.setDefaultAlias(DOMAIN, "alias.test")
        domains.setDefaultAlias(DOMAIN, DOMAIN)
        settings = self.client.domainSettings(DOMAIN)
        settings.set({"lang": "en"})
        assert settings.get()["lang"] == "en"

    def person(self, family: str | None = "Session"):
        card = "addressbook.api.VCard"
        name = made(f"{card}IdentificationName", familyNames=family, givenNames="Sam")
        empty: dict = {"tels": [], "emails": [], "impps": [], "langs": []}
        return made(
            card,
            identification=made(f"{card}Identification", name=name),
            communications=made(f"{card}Communications", **empty),
        )

    def account(self, **fields):
        plain = {"login": "sam", "emails": [], "properties": {}, "contactInfos": self.person(), "password": PASSWORD}
        kinds = {"routing": constant("mailbox.api.MailboxRouting", "internal")}
        kinds["accountType"] = constant("directory.api.BaseDirEntryAccountType", "FULL")
        return made("user.api.User", **plain | kinds | fields)

    def user(self) -> None:
        users = self.client.users(DOMAIN)
        assert refused(users.create, "u-sam", self.account())[::2] == ("INVALID_PARAMETER", "Datalocation must be set")
        self.client.servers("default").assign("bm-master", DOMAIN, "mail/imap")
        assert refused(users.create, "u-sam", self.account(contactInfos=self.person(None)))[0] == "EMPTY_LASTNAME"
        assert refused(users.create, "u-sam", self.account(contactInfos=made("addressbook.api.VCard")))[0] in (0, None)
        users.create("u-sam", self.account())
        assert refused(users.create, "u-sam2", self.account())[0] == "ALREADY_EXISTS"
        item = users.getComplete("u-sam")
        assert (item.displayName, item.value.login, item.value.password) == ("Sam Session", "sam", None)
        assert [(email.address, email.isDefault) for email in item.value.emails] == [(f"sam@{DOMAIN}", True)]
        assert users.getComplete("u-nobody") is None
        assert users.byEmail(f"sam@{DOMAIN}").uid == users.byLogin("sam").uid == "u-sam"
        assert users.byEmail(f"sam+x@{DOMAIN}") is None
        item.value.hidden = True
        users.update("u-sam", item.value)
        assert users.getComplete("u-sam").value.hidden
        assert "u-sam" in users.allUids()

    def user_details(self) -> None:
        users = self.client.users(DOMAIN)
        users.setRoles("u-sam", ["hasMail"])
        assert users.getRoles("u-sam") == ["hasMail"]
        users.setExtId("u-sam", "emp-1")
        assert users.byExtId("emp-1").externalId == "emp-1"
        users.setPassword("u-sam", made("user.api.ChangePassword", newPassword="An0ther-pass"))
        self.anonymous.login(f"sam@{DOMAIN}", "An0ther-pass")
        users.setPhoto("u-sam", PIXEL)
        assert bytes(users.getPhoto("u-sam")).startswith(b"\x89PNG")
        assert users.getComplete("u-sam").value.contactInfos.identification.photo
        settings = self.client.userSettings(DOMAIN)
        settings.setOne("u-sam", "lang", "de")
        assert (settings.getOne("u-sam", "lang"), settings.getOne("u-sam", "nope")) == ("de", None)
        assert settings.get("u-sam")["timezone"] == "Europe/Paris"
        self.keys()
        archived = users.getComplete("u-sam").value
        archived.archived = True
        users.update("u-sam", archived)
        assert self.instance("authentication.api.IAuthentication").su(f"sam@{DOMAIN}").status.name == "Bad"
        archived.archived = False
        users.update("u-sam", archived)

    def keys(self) -> None:
        own = self.instance("authentication.api.IAuthentication").su(f"sam@{DOMAIN}").authKey
        keys = api("authentication.api.IAPIKeys")(own, os.environ["BLUEMIND_URL"])
        keys.create("session")
        (key,) = keys.list()
        self.anonymous.login(f"sam@{DOMAIN}", key.sid)
        keys.delete(key.uid if self.generation == 5 else key.sid)
        assert keys.list() == []

    def group(self) -> None:
        groups = self.client.groups(DOMAIN)
        fields = {"name": "crew", "properties": {}}
        assert refused(groups.create, "g-crew", made("group.api.Group", **fields))[0] in (0, None)  # emails are null
        groups.create(
            "g-crew", made("group.api.Group", **fields, emails=[made("core.api.Email", address=f"CREW@{DOMAIN}", isDefault=True)])
        )
        assert groups.byName("crew").value.emails[0].address == f"crew@{DOMAIN}"
        member = made("group.api.Member", type=constant("group.api.MemberType", "user"), uid="u-sam")
        for group in ("g-crew", f"{DOMAIN}_user_group"):
            groups.add(group, [member])
            assert [(found.type.name, found.uid) for found in groups.getMembers(group)] == [("user", "u-sam")]
        if self.generation == 4:
            assert refused(groups.add, "g-crew", [member])[0] == "INVALID_PARAMETER"
        else:
            groups.add("g-crew", [member])
        assert "hasCalendar" in self.client.users(DOMAIN).getResolvedRoles("u-sam")
        assert self.client.users(DOMAIN).memberOfGroups("u-sam") == ["g-crew", f"{DOMAIN}_user_group"]
        assert groups.getComplete("g-crew").value.memberCount == 1
        groups.remove("g-crew", [member])
        assert groups.getMembers("g-crew") == []

    def others(self) -> None:
        shares = self.instance("mailshare.api.IMailshare", DOMAIN)
        share = {"name": "info", "emails": [], "routing": constant("mailbox.api.MailboxRouting", "internal")}
        shares.create("ms-info", made("mailshare.api.Mailshare", **share))
        assert [item.displayName for item in shares.allComplete()] == ["info"]
        units = self.instance("directory.api.IOrgUnits", DOMAIN)
        units.create("ou", made("directory.api.OrgUnit", name="Unit"))
        units.setAdministratorRoles("ou", "u-sam", ["manageUser"])
        assert units.getAdministratorRoles("ou", "u-sam", []) == ["manageUser"]
        units.removeAdministrator("u-sam")
        units.delete("ou")
        kinds = self.instance("resource.api.type.IResourceTypes", DOMAIN)
        kinds.create("room", made("resource.api.type.ResourceTypeDescriptor", label="Room", properties=[], templates={}))
        assert [kind.identifier for kind in kinds.getTypes()] == ["default", "room"]
        resources = self.instance("resource.api.IResources", DOMAIN)
        address = made("core.api.Email", address=f"hall@{DOMAIN}", isDefault=True)
        hall = {"label": "Hall", "typeIdentifier": "room", "emails": [address], "properties": []}
        resources.create("r-hall", made("resource.api.ResourceDescriptor", **hall))
        assert resources.get("r-hall").reservationMode.name == "AUTO_ACCEPT_REFUSE"
        people = self.instance("externaluser.api.IExternalUser", DOMAIN)
        outside = made("core.api.Email", address="out@partner.test", isDefault=True)
        people.create("x-out", made("externaluser.api.ExternalUser", emails=[outside], contactInfos=self.person()))
        assert people.getComplete("x-out").displayName == "Sam Session"
        people.delete("x-out")
        assert refused(people.delete, "x-out")[0] == "UNKNOWN"

    def containers(self) -> None:
        calendar = self.client.containerMgmt("calendar:Default:u-sam")
        before = {(entry.subject, entry.verb.name) for entry in calendar.getAccessControlList()}
        assert {("u-sam", "All"), (DOMAIN, "Invitation")} <= before
        assert (("u-sam", "Manage") in before) is (self.generation == 5)
        verb = constant("core.container.model.acl.Verb", "Read")
        calendar.setAccessControlList([made("core.container.model.acl.AccessControlEntry", subject="g-crew", verb=verb)])
        after = {(entry.subject, entry.verb.name) for entry in calendar.getAccessControlList()}
        assert ("g-crew", "Read") in after and (DOMAIN, "Invitation") not in after
        assert (("g-crew", "Freebusy") in after) is (self.generation == 5)
        query = made("core.container.api.ContainerQuery", type="calendar", owner="u-sam")
        (found,) = self.instance("core.container.api.IContainers").all(query)
        assert (found.uid, found.ownerDirEntryPath) == ("calendar:Default:u-sam", f"{DOMAIN}/users/u-sam")
        subscriptions = self.instance("user.api.IUserSubscription", DOMAIN)
        subscriptions.subscribe(
            "u-sam", [made("core.container.api.ContainerSubscription", containerUid="calendar:r-hall", offlineSync=False)]
        )
        assert "calendar:r-hall" in [found.containerUid for found in subscriptions.listSubscriptions("u-sam", "calendar")]
        subscriptions.unsubscribe("u-sam", ["calendar:r-hall"])

    def filters(self) -> None:
        mailboxes = self.client.mailboxes(DOMAIN)
        current = mailboxes.getMailboxFilter("u-sam")
        assert not current.vacation.enabled
        current.vacation.enabled, current.vacation.subject, current.vacation.text = True, "Away", "Soon back"
        current.forwarding.enabled, current.forwarding.emails = True, ["Sam@Partner.test"]
        mailboxes.setMailboxFilter("u-sam", current)
        read = mailboxes.getMailboxFilter("u-sam")
        assert (read.vacation.subject, list(read.forwarding.emails)) == ("Away", ["sam@partner.test"])
        assert mailboxes.getMailboxQuota("u-sam").used == 0
        assert mailboxes.byEmail(f"sam@{DOMAIN}").value.type.name == "user"
        if self.generation == 5:
            assert mailboxes.getMailboxVacation("u-sam").subject == "Away"

    def directory(self) -> None:
        directory = self.client.directory(DOMAIN)
        everything = {item.uid for item in directory.search(made("directory.api.DirEntryQuery")).values}
        assert {"u-sam", f"{DOMAIN}_user_group", DOMAIN} <= everything  # nulls find what is hidden, too
        query = made("directory.api.DirEntryQuery", hiddenFilter=True, systemFilter=True, size=-1)
        found = {item.uid for item in directory.search(query).values}
        assert "g-crew" in found and "u-sam" not in found
        assert directory.findByEntryUid("u-sam").path == f"{DOMAIN}/users/u-sam"
        assert directory.changeset(0).version > 0
        assert "systemManagement" in [role.id for role in self.instance("role.api.IRoles").getRoles()]

    def backup(self) -> None:
        protect = self.instance("dataprotect.api.IDataProtect")
        done = self.finish(protect.saveAll())
        assert (done.state, done.last) == ("Success", "Backup finished successfully")
        assert not protect.getAvailableGenerations()[-1].withErrors
        assert protect.getRetentionPolicy().daily == 1

    def removal(self) -> None:
        users = self.client.users(DOMAIN)
        assert self.finish(users.delete("u-sam")) == SimpleNamespace(state="Success", last="User deleted")
        assert users.getComplete("u-sam") is None
        failed = self.finish(self.instance("mailshare.api.IMailshare", DOMAIN).delete("ms-none"))
        assert (failed.state, failed.last) == ("InError", "mailshare ms-none not found")
        domains = self.client.domains()
        assert "deleteDomainItems" in refused(domains.delete, DOMAIN)[2]
        assert self.finish(domains.deleteDomainItems(DOMAIN)).state == "Success"
        domains.delete(DOMAIN)
        assert domains.get(DOMAIN) is None


def main() -> None:
    generation, release = installed()
    knobs = {"dialect": generation, "software_version": release}
    with requests.Session() as http:
        http.trust_env = False
        http.patch(f"{os.environ['LAB_CONTROL']}/bluemind/knobs", json=knobs, timeout=10).raise_for_status()
    Session(generation).run()
    print("OK")


if __name__ == "__main__":
    main()
