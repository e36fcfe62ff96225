# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The object types: their names, their fields, and who may touch them."""

from __future__ import annotations

from dataclasses import dataclass, field

TEXT, FLAG, NUMBER, REF, TEXTS, REFS, TREE = "text", "flag", "number", "ref", "texts", "refs", "tree"
EMPTY = {TEXT: "", FLAG: False, NUMBER: 0, REF: "", TEXTS: (), REFS: (), TREE: None}


@dataclass(frozen=True)
class Field:
    type: str = TEXT
    values: tuple[str, ...] = ()
    default: object = None  # None: the empty value of its type
    required: bool = False  # at the creation
    fixed: bool = False  # after the creation
    filled: bool = False  # by the server: ignored at the creation, refused in a change
    optional: bool = False  # not in answers while unset
    hidden: bool = False  # never in answers

    @property
    def empty(self):
        """A new value each time, for lists."""
        value = EMPTY[self.type] if self.default is None else self.default
        return list(value) if isinstance(value, (tuple, list)) else value


@dataclass(frozen=True, eq=False)
class Kind:
    collection: str  # in paths and references
    singular: str  # key of one object
    obj_type: str
    legacy: str  # how the unversioned API spells the collection
    fields: dict[str, Field] = field(default_factory=dict)
    custom: bool = False  # has custom properties
    definable: bool = False  # accepts property definitions (contract 7)
    unique: bool = True  # names are


def text(**more) -> Field:
    return Field(TEXT, **more)


def flag(**more) -> Field:
    return Field(FLAG, **more)


def ref(**more) -> Field:
    return Field(REF, **more)


NAME = text(required=True)
STAMPS = {"created": text(filled=True), "lastModified": text(filled=True)}

USERS = Kind(
    "users",
    "user",
    "User",
    "Users",
    {
        "name": text(required=True, fixed=True),
        "password": text(hidden=True),
        "fullName": text(),
        "description": text(),
        "email": text(),
        "authenticationType": text(required=True, values=("Internal", "AD", "ADGroup", "RADIUS", "External")),
        "externalID": text(optional=True),
        "lastLogin": text(filled=True),
    },
)
GROUPS = Kind(
    "groups",
    "group",
    "Group",
    "Groups",
    {
        "name": NAME,
        "description": text(),
        "adIntegrated": flag(),
        "builtIn": flag(filled=True),
        "externalID": text(optional=True),
    },
)
ROLES = Kind(
    "roles",
    "role",
    "Role",
    "Roles",
    {
        "name": NAME,
        "description": text(),
        "type": text(values=("General", "Specific", "Legacy"), default="General"),
        "builtIn": flag(filled=True),
        "access": Field(TREE, default=()),
    },
)
ADDRESS_SPACES = Kind("addressSpaces", "addressSpace", "AddressSpace", "AddressSpaces", {"name": NAME, "description": text()})
DNS_SERVERS = Kind(
    "dnsServers",
    "dnsServer",
    "DNSServer",
    "DNSServers",
    {
        "name": NAME,
        "type": text(required=True, values=("Unknown", "MS", "BIND", "Generic", "Azure", "Route53", "NS1", "Akamai"), fixed=True),
        "address": text(),
        "state": text(filled=True, default="OK"),
        "enabled": flag(default=True),
    }
    | STAMPS,
    custom=True,
    definable=True,
)
DNS_VIEWS = Kind(
    "dnsViews", "dnsView", "DNSView", "DNSViews", {"name": text(), "dnsServerRef": ref(required=True, fixed=True)}, unique=False
)
ZONE_TYPES = (
    *("Master", "Slave", "Primary", "Secondary", "Hint", "Stub", "Forward"),
    *("Include", "Static-stub", "Options_Template", "Private", "Unknown"),
)
DNS_ZONES = Kind(
    "dnsZones",
    "dnsZone",
    "DNSZone",
    "DNSZones",
    {
        "name": text(required=True, fixed=True),
        "dynamic": flag(fixed=True),
        "adIntegrated": flag(),
        "adReplicationType": text(optional=True),
        "adPartition": text(optional=True),
        "dnsScopeName": text(optional=True, fixed=True),
        "dnsViewRef": ref(fixed=True),
        "dnsViewRefs": Field(REFS, optional=True, fixed=True),
        "sourceZoneRef": ref(filled=True, optional=True),
        "authority": text(fixed=True),
        "type": text(required=True, values=ZONE_TYPES),
        "dnssecSigned": flag(filled=True),
        "kskIDs": text(filled=True),
        "zskIDs": text(filled=True),
        "folderRef": ref(optional=True),
        "xdnsProfileRef": ref(optional=True),
        "enabled": flag(default=True, optional=True),
        "displayName": text(fixed=True),
    }
    | STAMPS,
    custom=True,
    definable=True,
    unique=False,
)
DNS_RECORDS = Kind(
    "dnsRecords",
    "dnsRecord",
    "DNSRecord",
    "DNSRecords",
    {
        "name": text(required=True),
        "type": text(required=True, fixed=True),
        "ttl": text(),
        "data": text(required=True),
        "comment": text(),
        "enabled": flag(default=True),
        "aging": Field(NUMBER, optional=True),
        "dnsZoneRef": ref(fixed=True),
    },
    custom=True,
    definable=True,
    unique=False,
)
RANGES = Kind(
    "ranges",
    "range",
    "Range",
    "Ranges",
    {
        "name": text(required=True, fixed=True),
        "from": text(fixed=True),
        "to": text(fixed=True),
        "parentRef": ref(fixed=True),
        "adSiteRef": ref(optional=True),
        "superscope": text(optional=True),
        "subnet": flag(),
        "locked": flag(),
        "autoAssign": flag(default=True),
        "hasSchedule": flag(filled=True),
        "hasMonitor": flag(filled=True),
        "inheritAccess": flag(default=True),
        "isContainer": flag(),
        "folderRef": ref(optional=True),
        "cloudNetworkRef": ref(optional=True),
    }
    | STAMPS,
    custom=True,
    definable=True,
    unique=False,
)
IPAM_RECORDS = Kind(
    "ipamRecords",
    "ipamRecord",
    "IPAddress",
    "IPAMRecords",
    {
        "address": text(fixed=True),
        "claimed": flag(),
        "discoveryType": text(filled=True, default="None"),
        "lastSeenDate": text(filled=True),
        "lastDiscoveryDate": text(filled=True),
        "lastKnownClientIdentifier": text(filled=True),
        "device": text(filled=True),
        "interface": text(filled=True),
    },
    custom=True,
    definable=True,
)
DHCP_SERVERS = Kind(
    "dhcpServers",
    "dhcpServer",
    "DHCPServer",
    "DHCPServers",
    {
        "name": NAME,
        "type": text(required=True, values=("Unknown", "MSDHCP", "ISC", "IOS", "Kea", "Meraki"), fixed=True),
        "address": text(optional=True),
        "username": text(optional=True),
        "password": text(hidden=True),
        "state": text(filled=True, default="OK"),
        "enabled": flag(default=True),
    },
    custom=True,
    definable=True,
)
DHCP_SCOPES = Kind(
    "dhcpScopes",
    "dhcpScope",
    "DHCPScope",
    "DHCPScopes",
    {
        "name": text(),
        "rangeRef": ref(required=True, fixed=True),
        "dhcpServerRef": ref(required=True, fixed=True),
        "superscope": text(),
        "description": text(),
        "enabled": flag(default=True),
        "preference": Field(NUMBER, optional=True),
    },
    unique=False,
)
DHCP_RESERVATIONS = Kind(
    "dhcpReservations",
    "dhcpReservation",
    "DHCPReservation",
    "DHCPReservations",
    {
        "name": text(),
        "clientIdentifier": text(),
        "reservationMethod": text(values=("HardwareAddress", "ClientIdentifier"), default="HardwareAddress"),
        "addresses": Field(TEXTS),
        "type": text(values=("DHCP", "BOOTP", "BOTH"), optional=True),
        "description": text(optional=True),
        "ddnsHostName": text(),
        "filename": text(),
        "serverName": text(),
        "nextServer": text(),
        "ownerRef": ref(fixed=True),
    },
    unique=False,
)
DHCP_GROUPS = Kind(
    "dhcpGroups",
    "dhcpGroup",
    "DHCPGroup",
    "DHCPGroups",
    {"name": NAME, "parentRef": ref(fixed=True), "ownerRef": ref(required=True, fixed=True)},
    unique=False,
)
DHCP_POOLS = Kind(
    "dhcpAddressPools",
    "dhcpAddressPool",
    "DHCPAddressPool",
    "DHCPAddressPools",
    {
        "name": text(),
        "from": text(),
        "to": text(),
        "failoverPeer": text(),
        "failoverRelationship": text(filled=True),
        "dhcpScopeRef": ref(fixed=True),
    },
    unique=False,
)
DHCP_EXCLUSIONS = Kind(
    "dhcpExclusions",
    "dhcpExclusion",
    "DHCPExclusion",
    "DHCPExclusions",
    {"name": text(), "from": text(), "to": text(), "dhcpScopeRef": ref(fixed=True)},
    unique=False,
)
DHCP_SUPERSCOPES = Kind(
    "dhcpSuperscopes",
    "superscope",
    "DHCPSuperscope",
    "DHCPSuperscopes",
    {"name": NAME, "description": text(), "dhcpServerRef": ref(required=True, fixed=True)} | STAMPS,
    unique=False,
)
FOLDERS = Kind(
    "folders",
    "folder",
    "Folder",
    "Folders",
    {"name": NAME, "contentType": text(required=True, fixed=True), "parentRef": ref(), "filter": text()},
    unique=False,
)
DEVICES = Kind("devices", "device", "Device", "Devices", {"name": NAME} | STAMPS, custom=True, definable=True)
INTERFACES = Kind(
    "interfaces",
    "interface",
    "Interface",
    "Interfaces",
    {"name": NAME, "clientIdentifier": text(), "addresses": Field(TEXTS), "deviceRef": ref(fixed=True)},
    custom=True,
    definable=True,
    unique=False,
)
CHANGES = ("dnsZoneChanges", "dnsRecordChanges", "dhcpReservationChanges", "customPropertyChanges")
CHANGE_REQUESTS = Kind(
    "changeRequests",
    "changeRequest",
    "ChangeRequest",
    "ChangeRequests",
    {
        "requester": text(filled=True),
        "state": text(filled=True, default="Pending"),
        "objType": text(filled=True, default="Unknown"),
        "action": text(values=("Request", "Apply", "Validate"), default="Request"),
        "creationDate": text(filled=True),
        "requestDate": text(),
        "processedDate": text(filled=True),
        "saveComment": text(),
    }
    | {name: Field(TREE, default=(), optional=True) for name in CHANGES},
    custom=True,
    definable=True,
    unique=False,
)

KINDS = (
    *(USERS, GROUPS, ROLES, ADDRESS_SPACES, DNS_SERVERS, DNS_VIEWS, DNS_ZONES, DNS_RECORDS, RANGES, IPAM_RECORDS),
    *(DHCP_SERVERS, DHCP_SCOPES, DHCP_RESERVATIONS, DHCP_GROUPS, DHCP_POOLS, DHCP_EXCLUSIONS, DHCP_SUPERSCOPES),
    *(FOLDERS, DEVICES, INTERFACES, CHANGE_REQUESTS),
)
BY_COLLECTION = {kind.collection.lower(): kind for kind in KINDS} | {"organizations": ADDRESS_SPACES}
BY_TYPE = {kind.obj_type: kind for kind in KINDS}
#: What only user administrators may touch.
PEOPLE = (USERS, GROUPS, ROLES)
