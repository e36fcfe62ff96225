# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Zones: several of one name, what cannot be changed, masters, folders, and custom properties."""

from __future__ import annotations

import pytest

NEW = {"name": "school.example.org", "server": "ns1.example.org"}


@pytest.fixture
def dns(micetro):
    micetro.backend.seed(
        definitions={"dnsZones": ["Owner", {"name": "Public", "type": "Boolean"}]},
        folders=[{"name": name, "contentType": "DNSZone"} for name in ("Council", "Schools")],
        dns_servers=["ns1.example.org.", {"name": "ns2.example.org.", "views": ["inside", "outside"]}],
        zones=["example.org."],
    )
    return micetro


def zones(dns):
    return {zone.ref: zone for zone in dns.backend.store.all(dns.backend.store.get("dnsZones/1").kind)}


def references(dns):
    return [zone.ref for zone in dns.backend.store.tables["dnsZones"]]


def test_create(dns):
    """16.3.6: the incumbent crashes on a zone that exists, and never sets adIntegrated."""
    wish = {**NEW, "ad_integrated": True, "dynamic": True, "custom_properties": {"Owner": "Coral", "Public": True}}
    dns.ok("micetro_dns_zone", **wish)
    (body,) = [entry.body for entry in dns.backend.writes()]
    assert body["dnsZone"]["name"] == "school.example.org." and body["dnsZone"]["type"] == "Primary"
    zone = zones(dns)["dnsZones/2"]
    assert zone.fields["adIntegrated"] and zone.fields["authority"] == "[Active Directory]"
    assert zone.custom == {"Owner": "Coral", "Public": "1"}
    dns.quiet("micetro_dns_zone", **wish)
    dns.quiet("micetro_dns_zone", name="school.example.org.", server="[Active Directory]")
    dns.quiet("micetro_dns_zone", zones=[{**wish, "name": "SCHOOL.example.org"}])


def test_zones_of_one_name(dns):
    dns.backend.seed(
        zones=[
            {"name": "example.org.", "server": "ns2.example.org.", "view": "inside", "type": "Secondary"},
            {"name": "example.org.", "server": "ns2.example.org.", "view": "outside", "type": "Secondary"},
        ]
    )
    dns.quiet("micetro_dns_zone", name="example.org", type="Primary")
    dns.quiet("micetro_dns_zone", name="example.org", server="ns2.example.org", view="INSIDE", type="Secondary")
    for wish in (
        {"name": "example.org", "server": "ns2.example.org"},
        {"zones": [{"name": "example.org", "server": "ns2.example.org"}] * 1},
    ):
        assert "several zones are called example.org." in dns.bad("micetro_dns_zone", **wish, state="absent")
    # The same by a listing, which more than twenty zones are worth.
    others = [{"name": f"other{n}.example.org", "server": "ns1.example.org."} for n in range(25)]
    dns.ok("micetro_dns_zone", zones=others)
    result = dns(
        "micetro_dns_zone",
        zones=[
            *others,
            {"name": "example.org", "type": "Primary"},
            {"name": "example.org", "view": "inside", "type": "Secondary"},
            {"name": "example.org", "server": "ns2.example.org", "enabled": False},
        ],
    )
    assert result["summary"]["failed"] == 1 and result["summary"]["unchanged"] == 27
    assert "names different zones" in result["msg"] and dns.wrote() == []
    dns.ok("micetro_dns_zone", name="example.org", view="inside", state="absent")
    assert dns.wrote() == ["DELETE dnsZones/2"]


def test_old_words_for_the_types(dns):
    dns.backend.seed(zones=[{"name": "other.example.org.", "server": "ns2.example.org.", "view": "inside", "type": "Secondary"}])
    dns.backend.knobs.old_zone_types = True
    dns.quiet("micetro_dns_zone", name="example.org", type="Primary")
    dns.quiet("micetro_dns_zone", name="other.example.org", type="Secondary")


@pytest.mark.parametrize("change", [{"type": "Forward", "masters": ["192.0.2.1"]}, {"dynamic": True}])
def test_what_cannot_be_changed_is_refused(dns, change):
    for check in (True, False):
        assert "can only be chosen when the DNS zone is created" in dns.bad("micetro_dns_zone", check=check, name="example.org", **change)
        assert dns.wrote() == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"name": "new.example.org"}, "server must be given to create the DNS zone new.example.org."),
        ({**NEW, "server": "ns9.example.org"}, "no DNS server is called ns9.example.org"),
        ({**NEW, "server": "ns2.example.org"}, "which view of ns2.example.org? It has inside, outside: give view"),
        ({**NEW, "server": "ns2.example.org", "view": "beside"}, "no view beside of ns2.example.org? It has inside, outside: give view"),
        ({**NEW, "type": "Secondary"}, "masters must be given to create a zone of the type Secondary"),
        ({**NEW, "folder": "Nowhere"}, "no folder of zones is called Nowhere"),
        (
            {**NEW, "custom_properties": {"Colour": "red"}},
            "no custom property of zones is called Colour: define it first, for example with",
        ),
        ({**NEW, "custom_properties": {"Public": "perhaps"}}, "custom_properties.Public is true or false, not 'perhaps'"),
    ],
)
def test_what_cannot_be_created_is_said_in_check_mode_too(dns, wish, words):
    for check in (True, False):
        assert words in dns.bad("micetro_dns_zone", check=check, **wish)
        assert dns.wrote() == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"name": "a b"}, "name 'a b': it is not the name of a zone"),
        ({"name": ""}, "name must be given and not empty"),
        ({**NEW, "masters": ["ns1"]}, "masters ['ns1']: it is not an IP address"),
        ({**NEW, "custom_properties": {"Owner": ["a"]}}, "Owner must be a text, a number or a boolean"),
        ({"zones": [NEW, {**NEW, "name": "School.example.org."}]}, "are the same DNS zone"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(dns, wish, words):
    assert words in dns.bad("micetro_dns_zone", **wish)
    assert len(dns.backend.log) == 0


def test_masters_are_an_option_of_the_zone_and_the_others_stay(dns):
    wish = {**NEW, "type": "Secondary", "masters": ["192.0.2.1"]}
    dns.ok("micetro_dns_zone", **wish)
    assert dns.wrote() == ["POST dnsZones"]
    dns.backend.store.get("dnsZones/2").extra["options"] = {"additional": {"notify": "yes"}}
    dns.ok("micetro_dns_zone", **NEW, masters=["2001:DB8::1"], masters_mode="add")
    assert dns.wrote() == ["PUT dnsZones/2/options"]
    assert dns.backend.store.get("dnsZones/2").extra == {
        "masters": ["192.0.2.1", "2001:db8::1"],
        "options": {"zonetype": "Secondary", "additional": {"notify": "yes"}},
    }
    dns.quiet("micetro_dns_zone", **NEW, masters=["2001:db8::1", "192.0.2.1"])


def test_folders(dns):
    dns.backend.seed(
        folders=[
            {"name": "Inner", "contentType": "DNSZone", "parentRef": "folders/1", "id": 11},
            {"name": "Ranges", "contentType": "Range"},
        ]
    )
    for folder, ref in (
        ("Schools", "folders/2"),
        ("council/inner", "folders/11"),
        ("inner", "folders/11"),
        ("folders/1", "folders/1"),
        ("", ""),
    ):
        dns.ok("micetro_dns_zone", name="example.org", folder=folder)
        assert dns.backend.store.get("dnsZones/1").fields["folderRef"] == ref
        dns.quiet("micetro_dns_zone", name="example.org", folder=folder)
    dns.quiet("micetro_dns_zone", name="example.org")
    assert "GET folders" not in dns.read()
    dns.ok("micetro_dns_zone", **NEW, folder="Inner")
    assert dns.backend.store.get("dnsZones/2").fields["folderRef"] == "folders/11"
    assert "no folder of zones is called Ranges" in dns.bad("micetro_dns_zone", name="example.org", folder="Ranges")


@pytest.mark.parametrize(("given_value", "stored"), [(True, "1"), ("yes", "1"), ("0", "0"), (False, "0"), ("", "")])
def test_custom_properties_are_read_back_as_text(dns, given_value, stored):
    """Chapter 7; 16.3.7: booleans of the incumbent never converge."""
    dns.ok("micetro_dns_zone", name="example.org", custom_properties={"Public": "true" if stored != "1" else "false"})
    dns.ok("micetro_dns_zone", name="example.org", custom_properties={"Public": given_value})
    assert dns.backend.store.get("dnsZones/1").custom.get("Public", "") == stored
    dns.quiet("micetro_dns_zone", name="example.org", custom_properties={"Public": given_value})


def test_only_what_differs_is_sent(dns):
    dns.ok("micetro_dns_zone", name="example.org", custom_properties={"Owner": "Gus", "Public": True})
    dns.ok("micetro_dns_zone", name="example.org", enabled=False, custom_properties={"Owner": "Gus", "Public": False})
    assert [entry.body["properties"] for entry in dns.backend.writes()] == [{"enabled": False, "Public": "0"}]


def test_the_root_hints_stay(dns):
    dns.backend.seed(zones=[{"name": ".", "type": "Hint"}, {"name": "old.example.org."}])
    assert "the root hints of a server cannot be deleted" in dns.bad("micetro_dns_zone", name=".", state="absent")
    result = dns.ok("micetro_dns_zone", zones=[{"name": "example.org"}], prune=True, prune_scope="all", prune_limit="5")
    assert [item["name"] for item in result["zones"]] == ["old.example.org./ns1.example.org."]


def test_prune_in_a_server_or_a_view(dns):
    for name, server, view in (("b", "ns2", "inside"), ("c", "ns2", "inside"), ("c", "ns2", "outside"), ("d", "ns1", "")):
        dns.backend.seed(zones=[{"name": f"{name}.example.org.", "server": f"{server}.example.org.", "view": view}])
    wish = {"zones": [{"name": "b.example.org"}, {"name": "example.org"}], "prune": True, "prune_limit": "5"}
    result = dns("micetro_dns_zone", check=True, **wish, prune_scope={"server": "ns2.example.org", "view": "outside"})
    assert [item["name"] for item in result["zones"]] == ["c.example.org./ns2.example.org./outside"]
    result = dns.ok("micetro_dns_zone", **wish, prune_scope={"server": "NS2.example.org."})
    assert result["summary"]["deleted"] == 2 and len(zones(dns)) == 3
    result = dns.ok("micetro_dns_zone", **wish, prune_scope="all")
    assert sorted(zone.fields["name"] for zone in zones(dns).values()) == ["b.example.org.", "example.org."]


def test_one_zone_of_several_is_deleted_and_no_other(dns):
    """The secondary of another server is no sign that the primary is still there."""
    dns.backend.seed(zones=[{"name": "example.org.", "server": "ns2.example.org.", "view": "inside", "type": "Secondary"}])
    others = [{"name": f"other{n}.example.org", "state": "absent"} for n in range(25)]
    gone = {"name": "example.org", "state": "absent"}
    for wish in (gone, {"zones": [gone]}, {"zones": [gone, *others]}):
        for check in (True, False):
            assert "several zones are called example.org. (ns1.example.org., ns2.example.org. in the view inside)" in dns.bad(
                "micetro_dns_zone", check=check, **wish
            )
            assert dns.wrote() == []
    dns.ok("micetro_dns_zone", **gone, server="ns1.example.org")
    assert dns.wrote() == ["DELETE dnsZones/1"] and references(dns) == ["dnsZones/2"]
    dns.quiet("micetro_dns_zone", **gone, server="ns1.example.org")


@pytest.mark.parametrize("count", [1, 25])
def test_the_scopes_of_a_zone_are_part_of_it(dns, count):
    dns.backend.seed(zones=[{"name": "example.org.", "dnsScopeName": "north"}])
    others = [{"name": f"other{n}.example.org"} for n in range(count - 1)]
    dns.ok("micetro_dns_zone", zones=[{"name": "example.org"}, *others], state="absent")
    assert dns.wrote() == ["DELETE dnsZones/1"]


@pytest.mark.parametrize("count", [1, 25])
def test_a_pruned_zone_is_gone_though_another_has_its_name(dns, count):
    for server, view in (("ns2", "inside"), ("ns2", "outside")):
        dns.backend.seed(zones=[{"name": "b.example.org.", "server": f"{server}.example.org.", "view": view}])
    dns.backend.seed(zones=[f"c{n}.example.org." for n in range(count)])
    wish = {"zones": [{"name": "example.org"}], "prune": True, "prune_limit": "50"}
    assert dns.ok("micetro_dns_zone", **wish, prune_scope={"view": "inside"})["summary"]["deleted"] == 1
    dns.backend.fault("drop", method="DELETE", fields=["dnsZone"])
    assert "accepted the deletion, and the object is still there" in dns.bad("micetro_dns_zone", **wish, prune_scope="all")
    assert dns.ok("micetro_dns_zone", **wish, prune_scope="all")["summary"]["deleted"] == 1 and references(dns) == ["dnsZones/1"]


@pytest.mark.parametrize("count", [0, 25])
def test_one_zone_named_in_two_ways(dns, count):
    others = [{"name": f"other{n}.example.org", "state": "absent"} for n in range(count)]
    for state in ("present", "absent"):
        both = [{"name": "example.org", "server": "ns1.example.org", "state": state}, {"name": "example.org", "enabled": False}]
        assert "are the same DNS zone" in dns.bad("micetro_dns_zone", zones=[*both, *others])
        assert dns.wrote() == []


@pytest.mark.parametrize(
    ("scope", "words"), [({"server": "nss1"}, "no DNS server is called nss1"), ({"view": "insde"}, "no view is called insde")]
)
def test_a_server_or_a_view_that_does_not_exist(dns, scope, words):
    wish = {"zones": [{"name": "example.org"}], "prune": True, "prune_limit": "5", "prune_scope": scope}
    assert words in dns.bad("micetro_dns_zone", **wish)
    assert words in dns.bad("micetro_dns_zone_info", **scope)


def test_a_thousand_unchanged_zones(dns):
    dns.backend.seed(zones=[{"name": f"z{n}.example.org."} for n in range(1500)])
    result = dns.quiet("micetro_dns_zone", zones=[{"name": f"z{n}.example.org", "enabled": True} for n in range(1000)])
    # The login, the views, two pages of zones.
    assert result["requests"] == {"reads": 1 + 1 + 2, "writes": 0}


def test_a_hundred_new_zones(dns):
    wish = [{"name": f"z{n}.example.org", "server": "ns1.example.org"} for n in range(100)]
    result = dns.ok("micetro_dns_zone", zones=wish)
    # The login, the views, the servers, and the zones before and after.
    assert result["requests"] == {"reads": 5, "writes": 100}


def test_info(dns):
    dns.backend.seed(
        zones=[{"name": "b.example.org.", "server": "ns2.example.org.", "view": "inside", "type": "Secondary", "folderRef": "folders/2"}]
    )
    assert dns.ok("micetro_dns_zone_info", name="B.example.org")["zones"] == [
        {
            "name": "b.example.org.",
            "server": "ns2.example.org.",
            "view": "inside",
            "type": "Secondary",
            "dynamic": False,
            "ad_integrated": False,
            "enabled": True,
            "folder": "Schools",
            "custom_properties": {},
            "masters": [],
        }
    ]
    assert [zone["name"] for zone in dns.ok("micetro_dns_zone_info", server="ns1.example.org")["zones"]] == ["example.org."]
    assert dns.ok("micetro_dns_zone_info", view="outside")["zones"] == []
    assert "it is not the name of a zone" in dns.bad("micetro_dns_zone_info", name="a b")
