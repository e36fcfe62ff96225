# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of Micetro for names and addresses, with their samples."""

from __future__ import annotations

from ..contract import Case

DNS = {
    "definitions": {"dnsZones": ["Owner", {"name": "Public", "type": "Boolean"}]},
    "folders": [
        {"name": "Council", "contentType": "DNSZone", "id": 1},
        {"name": "Schools", "contentType": "DNSZone", "parentRef": "folders/1"},
    ],
    "dns_servers": ["ns1.example.org.", {"name": "ns2.example.org.", "views": ["internal", "external"]}],
    "zones": [
        {
            "name": "example.org.",
            "records": [
                {"name": "", "type": "SOA", "data": "ns1.example.org.\thostmaster.example.org.\t1\t28800\t7200\t604800\t86400"},
                {"name": "", "type": "NS", "data": "ns1"},
                {"name": "", "type": "MX", "data": "10\tmail"},
                {"name": "taken", "type": "A", "data": "192.0.2.9"},
                {"name": "desk-11", "type": "CNAME", "data": "taken"},
                {"name": "left-over", "type": "CNAME", "data": "taken"},
            ],
        },
        {"name": "example.net.", "server": "ns2.example.org.", "view": "internal"},
        {"name": "old.example.org."},
    ],
}
ONE_VIEW = {**DNS, "dns_servers": ["ns1.example.org.", "ns2.example.org."], "zones": [zone for zone in DNS["zones"] if "view" not in zone]}
ADDRESSES = {
    "definitions": {"ipamRecords": ["Owner", {"name": "Onboarding", "type": "Boolean"}, {"name": "Seats", "type": "Integer"}]},
    "ranges": ["192.0.2.0/24", "198.51.100.0/24"],
    "addresses": [{"address": "192.0.2.31", "claimed": True}],
}
DHCP = {
    "ranges": ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"],
    "dhcp_servers": [{"name": "dhcp1.example.org."}, {"name": "dhcp2.example.org."}, {"name": "ms1.example.org.", "type": "MSDHCP"}],
    "scopes": [
        {"name": "Desks", "range": "192.0.2.0/24"},
        {"name": "School", "range": "198.51.100.0/24", "server": "dhcp1.example.org."},
        {"name": "School copy", "range": "198.51.100.0/24", "server": "dhcp2.example.org."},
        {"name": "Library", "range": "203.0.113.0/24", "server": "ms1.example.org."},
    ],
    "reservations": [
        {"scope": "Desks", "addresses": ["192.0.2.200"], "name": "left over", "clientIdentifier": "00:00:5e:00:53:04"},
        {"scope": "Library", "addresses": ["203.0.113.9"], "name": "taken", "clientIdentifier": "00-00-5E-00-53-99", "type": "BOTH"},
    ],
}
FAILOVER = {
    **DHCP,
    "dhcp_servers": [*DHCP["dhcp_servers"], {"name": "ms2.example.org", "type": "MSDHCP"}],
    "scopes": [*DHCP["scopes"], {"name": "Library copy", "range": "203.0.113.0/24", "server": "ms2.example.org"}],
    "failovers": [{"name": "library", "primary": "ms1.example.org.", "secondary": "ms2.example.org"}],
}
READS = {"read_only": "design 4", "no_list_form": "design 4"}

NETWORK_CASES = [
    Case(
        "micetro_dns_zone",
        "micetro.dns_zone:TASK",
        world=DNS,
        create={
            "name": "school.example.org",
            "server": "NS2.example.org",
            "view": "External",
            "type": "Secondary",
            "dynamic": False,
            "ad_integrated": False,
            "enabled": True,
            "folder": "Council/Schools",
            "masters": ["192.0.2.53"],
            "custom_properties": {"Owner": "Coral Sample", "Public": True},
        },
        update={
            "name": "School.example.org.",
            "server": "ns2.example.org.",
            "view": "external",
            "ad_replication_type": "To_All_DNS_Servers_In_AD_Domain",
            "ad_partition": "DomainDnsZones.example.org",
            "enabled": False,
            "folder": "",
            "masters": ["192.0.2.53", "2001:db8::53"],
            "custom_properties": {"Owner": "", "Public": "no"},
        },
        absent={"name": "school.example.org", "state": "absent"},
        many=lambda number: {"name": f"zone{number}.example.org", "server": "ns1.example.org."},
        three=[
            {"name": "a.example.org", "server": "ns1.example.org"},
            {"name": "b.example.org", "server": "ns9.example.org"},
            {"name": "c.example.org", "server": "ns1.example.org"},
        ],
        drop={"method": "PUT", "path": "/options$", "fields": ["dnsZoneOptions"], "times": None},
        dropped="masters",
        examples=ONE_VIEW,
        parity=(
            {"name": "new.example.org", "server": "ns1.example.org"},
            {"zones": [{"name": "new.example.org", "state": "absent"}, {"name": "other.example.org", "server": "ns1.example.org"}]},
        ),
    ),
    Case(
        "micetro_dns_record",
        "micetro.dns_record:TASK",
        world=DNS,
        create={
            "zone": "example.org",
            "name": "www",
            "type": "A",
            "data": ["192.0.2.20", "192.0.2.21"],
            "ttl": "3600",
            "comment": "Two servers",
            "enabled": True,
            "force_naming_conflict": False,
        },
        update={
            "zone": "Example.org.",
            "name": "WWW.example.org.",
            "type": "a",
            "data": ["192.0.2.22", "192.0.2.21", "192.0.2.23"],
            "ttl": "",
            "comment": "Three servers",
            "enabled": False,
        },
        absent={"zone": "example.org", "name": "www", "type": "A", "state": "absent"},
        many=lambda number: {"zone": "example.org", "name": f"host{number}", "type": "A", "data": [f"198.51.100.{number}"]},
        three=[
            {"zone": "example.org", "name": "a", "type": "A", "data": ["192.0.2.1"]},
            {"zone": "example.org", "name": "taken", "type": "CNAME", "data": ["a"]},
            {"zone": "example.org", "name": "c", "type": "TXT", "data": ["some text"]},
        ],
        drop={"method": "PUT", "path": "/dnsRecords/", "fields": ["comment"], "times": None},
        dropped="comment",
        examples=ONE_VIEW,
        parity=(
            {"zone": "example.org", "name": "una", "type": "A", "data": ["192.0.2.40"]},
            {"records": [{"zone": "example.org", "name": "una", "type": "A", "state": "absent"}]},
        ),
    ),
    Case(
        "micetro_ip_reservation",
        "micetro.ip_reservation:TASK",
        world=ADDRESSES,
        create={"address": "192.0.2.30", "custom_properties": {"Owner": "Coral Sample", "Onboarding": True, "Seats": 2}},
        update={
            "address": "192.0.2.30",
            "range": "192.0.2.0/24",
            "custom_properties": {"Owner": "Gus Sample", "Onboarding": "no", "Seats": ""},
        },
        absent={"address": "192.0.2.30", "state": "absent"},
        many=lambda number: {"address": f"198.51.100.{number}", "range": "198.51.100.0/24"},
        three=[
            {"address": "192.0.2.1"},
            {"address": "203.0.113.1"},
            {"range": "192.0.2.0/24", "key_property": "Owner", "key": "printer-1"},
        ],
        drop={"method": "PUT", "path": "/ipamRecords/", "fields": ["Owner"], "times": None},
        dropped="custom_properties.Owner",
        examples=ADDRESSES,
        parity=(
            {"address": "192.0.2.40"},
            {"reservations": [{"address": "192.0.2.40", "state": "absent"}, {"address": "192.0.2.41"}]},
        ),
    ),
    Case(
        "micetro_dhcp_reservation",
        "micetro.dhcp_reservation:TASK",
        world=DHCP,
        create={
            "scope": "198.51.100.0/24",
            "mac": "00-00-5E-00-53-01",
            "addresses": ["198.51.100.10"],
            "name": "printer-1",
            "reservation_method": "HardwareAddress",
            "ddns_host_name": "printer-1",
            "filename": "boot.img",
            "server_name": "boot",
            "next_server": "192.0.2.5",
            "all_scopes": True,
        },
        update={
            "scope": "198.51.100.0/24",
            "client_identifier": "0000.5e00.5301",
            "addresses": ["198.51.100.11"],
            "name": "printer-2",
            "ddns_host_name": "",
            "filename": "other.img",
            "server_name": "",
            "next_server": "192.0.2.6",
            "all_scopes": True,
        },
        absent={"scope": "198.51.100.0/24", "mac": "00:00:5e:00:53:01", "all_scopes": True, "state": "absent"},
        many=lambda number: {"scope": "Desks", "mac": f"00:00:5e:00:54:{number:02x}", "addresses": [f"192.0.2.{number + 10}"]},
        three=[
            {"scope": "Desks", "mac": "00:00:5e:00:53:0a", "addresses": ["192.0.2.10"]},
            {"scope": "Library", "mac": "00:00:5e:00:53:0b", "addresses": ["203.0.113.9"]},
            {"scope": "Library", "mac": "00:00:5e:00:53:0c", "addresses": ["203.0.113.10"], "type": "DHCP", "description": "Library"},
        ],
        drop={"path": "/dhcpReservations", "fields": ["name"], "times": None},
        dropped="name",
        examples=DHCP,
        parity=(
            {"scope": "Desks", "mac": "00:00:5e:00:53:21", "addresses": ["192.0.2.41"]},
            {"reservations": [{"scope": "Desks", "mac": "00:00:5e:00:53:21", "state": "absent"}]},
        ),
    ),
    Case(
        "micetro_dhcp_reservation",
        "micetro.dhcp_reservation:TASK",
        variant="Microsoft",
        world=FAILOVER,
        create={
            "scope": "203.0.113.0/24",
            "mac": "00:00:5e:00:53:01",
            "addresses": ["203.0.113.20"],
            "name": "printer-1",
            "type": "DHCP",
            "description": "By the door",
            "all_scopes": True,
        },
        update={
            "scope": "203.0.113.0/24",
            "mac": "00:00:5E:00:53:01",
            "addresses": ["203.0.113.20"],
            "name": "printer-2",
            "type": "BOTH",
            "description": "",
            "all_scopes": True,
        },
        absent={"scope": "203.0.113.0/24", "mac": "00005e005301", "all_scopes": True, "state": "absent"},
        many=lambda number: {"scope": "Desks", "mac": f"00:00:5e:00:54:{number:02x}", "addresses": [f"192.0.2.{number + 10}"]},
        three=[
            {"scope": "203.0.113.0/24", "mac": "00:00:5e:00:53:0a", "addresses": ["203.0.113.10"], "dhcp_server": "ms2.example.org"},
            {"scope": "203.0.113.0/24", "mac": "00:00:5e:00:53:0b", "addresses": ["203.0.113.11"]},
            {"scope": "203.0.113.0/24", "mac": "00:00:5e:00:53:0c", "addresses": ["203.0.113.12"], "dhcp_server": "MS1.example.org"},
        ],
        drop={"method": "PUT", "path": "/dhcpReservations/", "fields": ["name"], "times": None},
        dropped="name",
    ),
    Case(
        "micetro_dns_zone_info",
        "micetro.dns_zone:INFO",
        world={
            **DNS,
            "zones": [
                *DNS["zones"],
                {"name": "example.org.", "server": "ns2.example.org.", "view": "internal", "type": "Secondary", "folderRef": "folders/2"},
                {"name": "example.org.", "server": "ns2.example.org.", "view": "external", "custom": {"Owner": "x", "Public": "1"}},
            ],
        },
        writer="micetro_dns_zone",
        traits=READS,
        examples=ONE_VIEW,
        parity=({"name": "example.org"}, {"server": "ns1.example.org"}),
    ),
    Case(
        "micetro_dns_record_info",
        "micetro.dns_record:INFO",
        world=DNS,
        create={"zone": "example.org"},
        writer="micetro_dns_record",
        traits=READS,
        examples=ONE_VIEW,
        parity=({"zone": "example.org"}, {"zone": "example.org", "type": "MX"}),
    ),
    Case(
        "micetro_ip_reservation_info",
        "micetro.ip_reservation:INFO",
        world={
            **ADDRESSES,
            "addresses": [
                {"address": "192.0.2.31", "claimed": True, "custom": {"Owner": "Coral Sample", "Onboarding": "1", "Seats": "2"}},
                {"address": "192.0.2.32", "claimed": True},
                {"address": "192.0.2.33", "custom": {"Owner": "nobody any more"}},
            ],
        },
        create={"range": "192.0.2.0/24"},
        writer="micetro_ip_reservation",
        traits=READS,
        examples=ADDRESSES,
        parity=({"range": "192.0.2.0/24"}, {"address": "192.0.2.40"}),
    ),
    Case(
        "micetro_dhcp_reservation_info",
        "micetro.dhcp_reservation:INFO",
        world=DHCP,
        create={"scope": "Library"},
        writer="micetro_dhcp_reservation",
        traits=READS,
        examples=DHCP,
        parity=({"scope": "Desks"}, {"scope": "Desks", "mac": "00:00:5e:00:53:21"}),
    ),
]
