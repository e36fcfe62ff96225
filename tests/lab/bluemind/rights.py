# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles, and what they allow (contract 2, 12, 15)."""

from __future__ import annotations

from dataclasses import dataclass, field

from .errors import ServerFault
from .store import Domain, Entry

GLOBAL = "global.virt"
ADMIN0 = "admin0_global.virt"
DELEGABLE = (
    *("hasMail", "hasMailWebapp", "hasCalendar", "hasEAS", "hasDAV", "hasTbird"),
    *("hasOutlook", "hasCTI", "hasAdminConsole", "mailForwarding", "apiDocs"),
)
SELF = (
    *("selfChangePassword", "selfChangeSettings", "selfChangeMailIdentities"),
    *("selfChangeMailboxFilter", "selfManageVCard", "selfManageDevice"),
)
ON_UNITS = (
    *("manageUser", "manageUserPassword", "manageUserVCard", "managerUserSettings", "manageUserDevice", "manageUserSharings"),
    *("manageUserSubscriptions", "managerUserMailIdentities", "manageGroup", "manageGroupMembers", "manageMailbox"),
    *("manageMailboxFilter", "manageMailshare", "manageResource", "manageExternalUser", "manageOU", "showOU"),
)
OF_DOMAINS = ("admin", "manageResourceType", "manageRestore", *ON_UNITS)
OF_SYSTEM = (
    *("systemManagement", "domainManager", "manageDomain", "manageServer", "manageDataProtect", "manageSystemConf"),
    *("manageSubscription", "domainMaxValues", "sudo"),
)
#: What an administrator of a domain may do there.
COVERED_BY_ADMIN = frozenset(OF_DOMAINS) | {"mailForwarding", "hasAdminConsole"}

USER_PROFILE = ("hasCalendar", "hasEAS", "hasDAV", "hasTbird", "hasOutlook", "hasMailWebapp", "mailForwarding", *SELF, "readDomainFilters")
ADMIN_PROFILE = (*USER_PROFILE, "admin", "hasAdminConsole")


@dataclass(slots=True)
class Caller:
    uid: str
    login: str
    domain: str
    core: bool = False  # the core token
    system: bool = False  # may do everything: the core token and admin0
    roles: frozenset[str] = frozenset()
    units: dict[str, list[str]] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()


def system_caller() -> Caller:
    return Caller("system", "system", GLOBAL, core=True, system=True, roles=frozenset({"systemManagement"}))


def caller_of(domain: Domain, entry: Entry, limited: bool = False) -> Caller:
    system = domain.uid == GLOBAL and "systemManagement" in entry.roles
    roles = frozenset({"selfChangePassword"}) if limited else frozenset(resolved(domain, entry))
    groups = frozenset(group.uid for group in domain.ancestors(entry.uid))
    units = {} if limited else on_units(domain, entry, groups)
    return Caller(entry.uid, entry.value["login"], domain.uid, False, system and not limited, roles, units, groups)


def resolved(domain: Domain, entry: Entry) -> list[str]:
    """The effective roles: its own and those of its groups."""
    found = list(entry.roles)
    for group in domain.ancestors(entry.uid):
        found += group.roles
    return list(dict.fromkeys(found))


def on_units(domain: Domain, entry: Entry, groups) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit in domain.of("ORG_UNIT"):
        roles = [role for uid in (entry.uid, *groups) for role in unit.administrators.get(uid, ())]
        if roles:
            found[unit.uid] = list(dict.fromkeys(roles))
    return found


def allowed(
    caller: Caller | None, roles: tuple[str, ...], domain: Domain | None, entry: Entry | None = None, unit: str | None = None
) -> bool:
    if caller is None:
        return False
    if caller.system:
        return True
    if any(role in caller.roles and role in OF_SYSTEM for role in roles):
        return True
    if domain is None or caller.domain != domain.uid:
        return False
    if any(role in caller.roles for role in roles) or ("admin" in caller.roles and not COVERED_BY_ADMIN.isdisjoint(roles)):
        return True
    if not caller.units:
        return False
    wanted = unit or (entry.value.get("orgUnitUid") if entry else None)
    return any(role in caller.units.get(above, ()) for above in domain.unit_chain(wanted) for role in roles)


def check(call, *roles: str, domain: Domain | None = None, entry: Entry | None = None, unit: str | None = None) -> None:
    """One of the roles, on the domain or on the org unit of the entry."""
    if not allowed(call.caller, roles, domain, entry, unit):
        place = ""
        if entry is not None and domain is not None:
            place = f"on dirEntry {entry.uid}@{domain.uid} "
        elif domain is not None:
            place = f"on domain {domain.uid} "
        raise denied(call, roles, place)


def check_self_or(call, own: str, *roles: str, domain: Domain, entry: Entry) -> None:
    """Its own role where the caller is the entry itself."""
    caller = call.caller
    if caller and caller.uid == entry.uid and caller.domain == domain.uid and own in caller.roles:
        return
    check(call, *roles, domain=domain, entry=entry)


def denied(call, roles: tuple[str, ...], place: str) -> ServerFault:
    caller = call.caller
    who = f"{caller.uid}@{caller.domain}" if caller else "anonymous@null"
    return ServerFault("PERMISSION_DENIED", f"{who} Doesnt have role {','.join(roles)} {place}")


def check_reader(call, domain: Domain) -> None:
    """Whoever is of the domain may look things up in it."""
    caller = call.caller
    if not (caller and (caller.system or caller.domain == domain.uid)):
        raise denied(call, ("admin",), f"on domain {domain.uid} ")
