# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Record sets: what is replaced and what stays, new ones in bulk, zones of one name, and what prune leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ZONE = {"zone": "example.org"}
WWW = {**ZONE, "name": "www", "type": "A"}
SOA = {"name": "", "type": "SOA", "data": "ns1.example.org.\thostmaster.example.org.\t1\t28800\t7200\t604800\t86400"}
NS = {"name": "", "type": "NS", "data": "ns1"}


@pytest.fixture
def dns(micetro):
    micetro.backend.seed(
        dns_servers=["ns1.example.org.", "ns2.example.org."],
        zones=[{"name": "example.org.", "records": [SOA, NS]}, {"name": "example.net."}],
    )
    return micetro


def records(dns, zone="dnsZones/1"):
    """What the zone holds besides its SOA and NS: type, name and data."""
    rows = (row.fields for row in dns.backend.store.find("zone", zone))
    return sorted((row["type"], row["name"], row["data"]) for row in rows if row["name"] or row["type"] not in ("SOA", "NS"))


def seed(dns, *rows, zone="dnsZones/1", **more):
    dns.backend.seed(records=[{"zone": zone, "name": name, "type": kind, "data": data, **more} for name, kind, data in rows])


# What is written


def test_data_that_changes_stays_the_same_record(dns):
    seed(dns, ("www", "A", "192.0.2.1"), ttl="300", comment="kept")
    dns.ok("micetro_dns_record", **WWW, data=["192.0.2.2"])
    assert dns.wrote() == ["PUT dnsRecords/3"]
    assert dns.backend.writes()[0].body["properties"] == {"data": "192.0.2.2"}
    (row,) = dns.backend.store.find("owner", "dnsZones/1", "www")
    assert (row.fields["data"], row.fields["ttl"], row.fields["comment"]) == ("192.0.2.2", "300", "kept")


@pytest.mark.parametrize(
    ("mode", "data", "after", "wrote"),
    [
        ("set", ["192.0.2.2", "192.0.2.3"], {"192.0.2.2", "192.0.2.3"}, ["PUT dnsRecords/3"]),
        ("set", ["192.0.2.3"], {"192.0.2.3"}, ["PUT dnsRecords/3", "DELETE dnsRecords/4"]),
        ("set", ["192.0.2.2"], {"192.0.2.2"}, ["DELETE dnsRecords/3"]),
        ("add", ["192.0.2.3"], {"192.0.2.1", "192.0.2.2", "192.0.2.3"}, ["POST dnsRecords"]),
        ("remove", ["192.0.2.1", "192.0.2.9"], {"192.0.2.2"}, ["DELETE dnsRecords/3"]),
        ("remove", ["192.0.2.1", "192.0.2.2"], set(), ["DELETE dnsRecords/3", "DELETE dnsRecords/4"]),
    ],
)
def test_modes(dns, mode, data, after, wrote):
    seed(dns, ("www", "A", "192.0.2.1"), ("www", "A", "192.0.2.2"), ttl="300")
    wish = {**WWW, "data": data, "data_mode": mode}
    predicted = dns("micetro_dns_record", check=True, **wish)
    assert {**predicted, "requests": 0} == {**dns.ok("micetro_dns_record", **wish), "requests": 0}
    assert dns.wrote() == wrote
    assert {each[2] for each in records(dns)} == after
    assert all(row.fields["ttl"] == "300" for row in dns.backend.store.find("owner", "dnsZones/1", "www"))
    dns.quiet("micetro_dns_record", **wish)
    dns.quiet("micetro_dns_record", **wish, ttl="300" if after else "60")


def test_removing_from_what_does_not_exist(dns):
    dns.quiet("micetro_dns_record", **WWW, data=["192.0.2.1"], data_mode="remove")


def test_time_to_live_comment_and_state_are_those_of_each_record(dns):
    """16.3.8: the incumbent does not see that a time to live or a comment changed."""
    seed(dns, ("www", "A", "192.0.2.1"), ttl="300", comment="old")
    seed(dns, ("www", "A", "192.0.2.2"))
    result = dns.ok("micetro_dns_record", **WWW, ttl="60", comment="", enabled=False)
    assert result["diff"][0]["before"] == {"ttl": "300, ", "comment": "old, ", "enabled": True}
    assert [entry.body["properties"] for entry in dns.backend.writes()] == [
        {"ttl": "60", "comment": "", "enabled": False},
        {"ttl": "60", "enabled": False},
    ]
    dns.quiet("micetro_dns_record", **WWW, ttl="060", comment="", enabled=False)
    dns.ok("micetro_dns_record", **WWW, ttl="")
    assert {row.fields["ttl"] for row in dns.backend.store.find("owner", "dnsZones/1", "www")} == {""}


def test_other_data_without_a_new_time_to_live_keeps_that_of_the_set(dns):
    seed(dns, ("www", "A", "192.0.2.1"), ttl="300")
    dns.ok("micetro_dns_record", **WWW, data=["192.0.2.2"], data_mode="add")
    assert dns.backend.writes()[0].body["dnsRecords"][0]["ttl"] == "300"


@pytest.mark.parametrize(
    ("kind", "stored", "given_data"),
    [
        ("MX", "10\tmail", "10   MAIL.Example.org."),
        ("MX", "10\tmail.example.org.", "010 mail"),
        ("TXT", '"v=spf1 a & b # c" " -all"', "v=spf1 a & b # c -all"),
        ("CNAME", "www", "www.example.org."),
        ("SRV", "1\t2\t443\twww.example.net.", "1 2 443 WWW.example.net."),
        ("AAAA", "2001:db8::1", "2001:0DB8:0:0::1"),
    ],
)
def test_the_same_data_spelled_otherwise(dns, kind, stored, given_data):
    """12.13; and 16.3.8: data with & and # breaks the addresses that the incumbent builds."""
    seed(dns, ("host", kind, stored))
    dns.quiet("micetro_dns_record", **ZONE, name="HOST.example.org.", type=kind.lower(), data=[given_data])


def test_records_of_the_zone_itself(dns):
    wish = {**ZONE, "name": "@", "type": "MX", "data": ["10 mail", "20 mail.example.net."]}
    dns.ok("micetro_dns_record", **wish)
    assert records(dns) == [("MX", "", "10\tmail.example.org."), ("MX", "", "20\tmail.example.net.")]
    dns.quiet("micetro_dns_record", **wish)
    dns.quiet("micetro_dns_record", **{**wish, "name": "example.org."})


def test_references_that_change_with_each_edit(dns):
    dns.backend.knobs.record_refs_change = True
    seed(dns, ("www", "A", "192.0.2.1"), ("www", "A", "192.0.2.2"))
    for wish in ({"data": ["192.0.2.2", "192.0.2.3"]}, {"ttl": "60"}, {"data": ["192.0.2.4"], "comment": "new"}, {"state": "absent"}):
        dns.ok("micetro_dns_record", **WWW, **wish)
        dns.quiet("micetro_dns_record", **WWW, **wish)


def test_an_edit_whose_answer_is_lost_is_not_made_twice(dns):
    dns.backend.knobs.record_refs_change = True
    seed(dns, ("www", "A", "192.0.2.1"))
    dns.backend.fault("lost", method="PUT")
    dns.ok("micetro_dns_record", **WWW, data=["192.0.2.2"])
    assert records(dns) == [("A", "www", "192.0.2.2")]


def test_what_took_effect_before_a_refusal_is_a_change(dns):
    seed(dns, ("www", "A", "192.0.2.1"), ("www", "A", "192.0.2.2"))
    for wish, method in (
        ({"data": ["192.0.2.3", "192.0.2.4"]}, "PUT"),
        ({"data": ["192.0.2.3"]}, "DELETE"),
        ({"state": "absent"}, "DELETE"),
    ):
        skip = 0 if wish.get("data") and method == "DELETE" else 1
        dns.backend.fault("refusal", method=method, skip=skip, times=None, code=1028, message="No.")
        before = records(dns)
        result = dns("micetro_dns_record", **wish, **WWW)
        assert result["failed"] and result["changed"] == (records(dns) != before), wish
        assert result["changed"]
        dns.backend.faults.clear()
        dns.ok("micetro_dns_record", **WWW, data=["192.0.2.1", "192.0.2.2"])


# In bulk


def many(count, zone="example.org"):
    return [{"zone": zone, "name": f"h{n}", "type": "A", "data": [f"198.51.100.{n % 250}"], "ttl": "300"} for n in range(count)]


def test_a_hundred_new_sets_are_one_request_for_each_zone(dns):
    wish = many(100) + many(100, "example.net")
    result = dns.ok("micetro_dns_record", records=wish)
    assert dns.wrote() == ["POST dnsRecords"] * 2
    assert result["summary"]["created"] == 200
    assert {entry.body["dnsZoneRef"] for entry in dns.backend.writes()} == {"dnsZones/1", "dnsZones/2"}
    # The login, two zones, one listing of each, before and after.
    assert result["requests"] == {"reads": 1 + 2 + 2 + 2, "writes": 2}
    dns.quiet("micetro_dns_record", records=wish)


def test_a_thousand_unchanged_sets_are_one_lookup_and_the_pages_of_the_zone(dns):
    """2,002 records on the server are three pages."""
    seed(dns, *((f"h{n}", "A", f"198.51.100.{n % 250}") for n in range(1000)), ttl="300")
    seed(dns, *((f"other{n}", "A", "198.51.100.1") for n in range(1000)))
    result = dns.quiet("micetro_dns_record", records=many(1000))
    assert result["requests"] == {"reads": 1 + 1 + 3, "writes": 0}


def test_one_set_costs_one_filtered_read(dns):
    seed(dns, ("www", "A", "192.0.2.1"))
    result = dns.quiet("micetro_dns_record", **WWW, data=["192.0.2.1"])
    assert dns.read() == ["GET addressSpaces", "GET dnsZones", "GET dnsZones/1/dnsRecords"]
    assert dns.backend.log[-1].query["filter"] == 'name="www" and type="A"'
    assert result["requests"] == {"reads": 3, "writes": 0}


def test_what_fails_among_many_is_named_and_the_others_are_there(dns):
    """Chapter 8: HTTP 201, unknown/0, and messages in no order. 16.3.8: the incumbent makes warnings of them."""
    seed(dns, ("b", "TXT", "in the way"))
    dns.backend.seed(ranges=["203.0.113.0/24"], addresses=[{"address": "203.0.113.7", "claimed": True}])
    wish = [
        {**ZONE, "name": "a", "type": "A", "data": ["192.0.2.1"]},
        {**ZONE, "name": "b", "type": "CNAME", "data": ["a"]},
        {**ZONE, "name": "c", "type": "A", "data": ["203.0.113.7", "203.0.113.8"]},
        {**ZONE, "name": "d", "type": "A", "data": ["192.0.2.2"]},
    ]
    result = dns("micetro_dns_record", records=wish, return_all=True)
    assert result["failed"] and [item["failed"] for item in result["records"]] == [False, True, True, False]
    assert "naming conflict" in result["records"][1]["msg"] and "claimed" not in result["records"][1]["msg"]
    assert "203.0.113.7 is claimed" in result["records"][2]["msg"] and "conflict" not in result["records"][2]["msg"]
    assert records(dns) == [
        ("A", "a", "192.0.2.1"),
        ("A", "c", "203.0.113.8"),
        ("A", "d", "192.0.2.2"),
        ("TXT", "b", "in the way"),
    ]


def test_a_naming_conflict_can_be_forced(dns):
    seed(dns, ("www", "TXT", "there"))
    wish = {**ZONE, "name": "www", "type": "CNAME", "data": ["host"]}
    assert "naming conflict" in dns.bad("micetro_dns_record", **wish)
    dns.ok("micetro_dns_record", **wish, force_naming_conflict=True)
    dns.quiet("micetro_dns_record", **wish)


def test_a_zone_that_is_refused_does_not_stop_the_other(dns):
    dns.backend.fault("refusal", method="POST", path="/dnsRecords", code=1028, message="You do not have access to perform that action.")
    result = dns("micetro_dns_record", records=[*many(1), *many(1, "example.net")], return_all=True)
    assert sorted(item["failed"] for item in result["records"]) == [False, True]
    assert "lacks a right" in result["msg"]


# Zones


def test_zones_of_one_name(dns):
    """The primary is meant unless something else is said; two primaries have to be told apart."""
    dns.backend.seed(zones=[{"name": "example.org.", "server": "ns2.example.org.", "type": "Secondary"}])
    dns.ok("micetro_dns_record", **WWW, data=["192.0.2.1"])
    assert records(dns) == [("A", "www", "192.0.2.1")]
    dns.backend.seed(zones=[{"name": "example.org.", "server": "ns2.example.org.", "view": "inside"}])
    assert dns.bad("micetro_dns_record", **WWW, data=["192.0.2.1"]) == (
        "www.example.org. A: several zones are called example.org. (ns1.example.org., ns2.example.org. in the view inside): "
        "say with server and view which is meant"
    )
    dns.quiet("micetro_dns_record", **WWW, server="NS1.example.org", data=["192.0.2.1"])
    dns.ok("micetro_dns_record", **WWW, view="Inside", data=["192.0.2.2"])
    assert records(dns, "dnsZones/4") == [("A", "www", "192.0.2.2")] and records(dns) == [("A", "www", "192.0.2.1")]
    both = [{**WWW, "server": "ns1.example.org.", "data": ["192.0.2.3"]}, {**WWW, "view": "inside", "data": ["192.0.2.3"]}]
    dns.ok("micetro_dns_record", records=both)
    dns.quiet("micetro_dns_record", records=both)
    for zone in ("dnsZones/1", "dnsZones/4"):
        assert records(dns, zone) == [("A", "www", "192.0.2.3")]


def test_the_zone_itself_is_meant_and_not_one_of_its_scopes(dns):
    """Chapter 8: where several are primary, the one without a scope name."""
    dns.backend.seed(zones=[{"name": "example.net.", "server": "ns2.example.org.", "dnsScopeName": "north"}])
    dns.ok("micetro_dns_record", zone="example.net", name="www", type="A", data=["192.0.2.1"])
    assert records(dns, "dnsZones/2") == [("A", "www", "192.0.2.1")] and records(dns, "dnsZones/3") == []


def test_one_set_named_in_two_ways(dns):
    message = dns.bad(
        "micetro_dns_record", records=[{**WWW, "data": ["192.0.2.1"]}, {**WWW, "server": "ns1.example.org", "data": ["192.0.2.2"]}]
    )
    assert "records[0] (www.example.org. A) names the same record set" in message
    assert records(dns) == [("A", "www", "192.0.2.1")]


def test_zone_that_does_not_exist(dns):
    wish = {"zone": "example.com", "name": "www", "type": "A"}
    for check in (True, False):
        message = dns.bad("micetro_dns_record", check=check, **wish, data=["192.0.2.1"])
        assert "no zone is called example.com.: create it first, for example with micetro_dns_zone" in message
        assert dns.wrote() == []
    dns.quiet("micetro_dns_record", **wish, state="absent")


def test_records_that_cannot_be_read_are_not_taken_for_none(dns):
    """520, which a client of another product takes for an empty zone."""
    dns.backend.seed(zones=[{"name": "example.org.", "records_unavailable": True}])
    message = dns.bad("micetro_dns_record", **WWW, data=["192.0.2.1"])
    assert "not available (520)" in message and dns.wrote() == []


# Bad input


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({**WWW, "data": []}, "data []: it cannot be empty"),
        ({**WWW, "data": ["x"]}, "data 'x': 'x' is not an IPv4 address"),
        ({**WWW, "data": ["192.0.2.1"], "ttl": "1h"}, "ttl '1h': it must be a number of seconds"),
        ({**WWW, "data": ["192.0.2.1"], "state": "absent"}, "state absent removes the whole set, so it takes no data"),
        ({**ZONE, "name": "www.example.org", "type": "A", "data": ["192.0.2.1"]}, "give it a dot at its end"),
        ({**ZONE, "name": "www.example.net.", "type": "A", "data": ["192.0.2.1"]}, "it is not in the zone example.org."),
        ({**ZONE, "name": "www", "type": "CNAME", "data": ["a", "b"]}, "a name has one CNAME record only"),
        ({**ZONE, "name": "", "type": "A"}, "zone and name and type must be given and not empty"),
        ({"records": [{**WWW, "data": ["192.0.2.1"]}, {**WWW, "name": "WWW.example.org."}]}, "are the same DNS record set"),
        (
            {"records": [WWW], "prune": True, "prune_scope": {"name": "x"}, "prune_limit": "1"},
            "prune_scope is the word all, or a map with zone",
        ),
    ],
)
def test_bad_input_is_refused_before_the_first_request(dns, options, words):
    assert words in dns.bad("micetro_dns_record", **options)
    assert len(dns.backend.log) == 0


def test_a_new_set_needs_data(dns):
    assert "data must be given to create the DNS record set" in dns.bad("micetro_dns_record", **WWW, ttl="60")
    assert dns.wrote() == []


def test_the_soa_stays(dns):
    for check in (True, False):
        assert "cannot do without its SOA" in dns.bad("micetro_dns_record", check=check, **ZONE, name="@", type="SOA", state="absent")
    (soa,) = dns.ok("micetro_dns_record_info", zone="example.org", type="SOA")["records"]
    assert "cannot do without its SOA" in dns.bad("micetro_dns_record", **soa, data_mode="remove")
    assert dns.wrote() == []


# Prune


def prune(dns, scope, check=False, limit="10", keep=()):
    wish = {"records": [{**WWW, "data": ["192.0.2.1"]}], "prune": True, "prune_scope": scope, "prune_limit": limit, "keep": list(keep)}
    return dns("micetro_dns_record", check=check, **wish)


def test_prune_never_touches_soa_and_the_zones_own_name_servers(dns):
    seed(dns, ("www", "A", "192.0.2.1"), ("old", "A", "192.0.2.2"), ("sub", "NS", "ns.example.net."), ("old", "TXT", "x"))
    seed(dns, ("left", "A", "192.0.2.3"), zone="dnsZones/2")
    predicted = prune(dns, {"zone": "Example.org"}, check=True)
    assert dns.wrote() == []
    result = prune(dns, {"zone": "Example.org"})
    assert {**predicted, "requests": 0} == {**result, "requests": 0} and result["summary"]["deleted"] == 3
    assert records(dns) == [("A", "www", "192.0.2.1")]
    assert len(dns.backend.store.find("zone", "dnsZones/1")) == 3 and records(dns, "dnsZones/2") == [("A", "left", "192.0.2.3")]


def test_prune_of_some_types(dns):
    seed(dns, ("www", "A", "192.0.2.1"), ("old", "A", "192.0.2.2"), ("old", "TXT", "x"), ("keep", "TXT", "x"))
    result = prune(dns, {"zone": "example.org.", "types": ["txt", "SOA"]}, keep=["keep.*"])
    assert result["summary"]["deleted"] == 1, result
    assert records(dns) == [("A", "old", "192.0.2.2"), ("A", "www", "192.0.2.1"), ("TXT", "keep", "x")]
    assert prune(dns, {"zone": "example.org.", "types": ["NS"]})["summary"]["deleted"] == 1
    assert [row.fields["type"] for row in dns.backend.store.find("zone", "dnsZones/1") if not row.fields["name"]] == ["SOA"]


@pytest.mark.parametrize("scope", [{"zone": "example.org", "server": "ns1.example.org"}, {"zone": "example.org"}])
@pytest.mark.parametrize("more", [{}, {"server": "ns1.example.org."}])
@pytest.mark.parametrize("count", [1, 30])
def test_prune_knows_what_is_listed_however_the_zone_is_named(dns, scope, more, count):
    dns.backend.seed(zones=[{"name": "example.org.", "server": "ns2.example.org.", "type": "Secondary"}])
    wish = [{**WWW, **more, "name": f"h{n}", "data": ["192.0.2.1"]} for n in range(count)]
    dns.ok("micetro_dns_record", records=wish)
    seed(dns, ("old", "A", "192.0.2.2"))
    result = dns.ok("micetro_dns_record", records=wish, prune=True, prune_scope=scope, prune_limit="100%")
    assert result["summary"]["deleted"] == 1 and len(records(dns)) == count


@pytest.mark.parametrize("count", [1, 25])
@pytest.mark.parametrize("ambiguous", [True, False])
def test_what_is_pruned_is_read_back(dns, count, ambiguous):
    if ambiguous:
        dns.backend.seed(zones=[{"name": "example.org.", "server": "ns2.example.org.", "type": "Secondary"}])
    seed(dns, ("www", "A", "192.0.2.1"), *((f"old{n}", "A", "192.0.2.2") for n in range(count)))
    dns.backend.fault("drop", method="DELETE", fields=["dnsRecord"])
    result = prune(dns, {"zone": "example.org"}, limit="50")
    assert "accepted the deletion, and the object is still there" in result["msg"]
    assert result["summary"]["failed"] == 1 and result["summary"]["deleted"] == count - 1 and len(records(dns)) == 2
    assert prune(dns, {"zone": "example.org"})["summary"]["deleted"] == 1


def test_prune_above_its_limit_or_without_a_zone(dns):
    seed(dns, ("old", "A", "192.0.2.2"), ("older", "A", "192.0.2.2"))
    assert "prune would delete 2 of 2" in prune(dns, {"zone": "example.org"}, limit="1")["msg"]
    assert "prune is not possible" in prune(dns, "all")["msg"]
    assert "no zone is called example.com." in prune(dns, {"zone": "example.com"})["msg"]
    assert len(records(dns)) == 2


# Info


def test_info(dns):
    seed(dns, ("www", "A", "192.0.2.1"), ttl="300")
    seed(dns, ("www", "A", "192.0.2.2"), ("", "MX", "10\tmail"), comment="x")
    assert dns.ok("micetro_dns_record_info", zone="example.org", name="www")["records"] == [
        {"zone": "example.org.", "name": "www", "type": "A", "data": ["192.0.2.1", "192.0.2.2"], "enabled": True}
    ]
    found = dns.ok("micetro_dns_record_info", zone="example.org")["records"]
    assert [(each["name"], each["type"]) for each in found] == [("@", "MX"), ("@", "NS"), ("www", "A")]
    dns.quiet("micetro_dns_record", records=found)
    (soa,) = dns.ok("micetro_dns_record_info", zone="example.org", type="soa")["records"]
    dns.quiet("micetro_dns_record", **soa)
    assert "no zone is called example.com." in dns.bad("micetro_dns_record_info", zone="example.com")
    assert dns.bad("micetro_dns_record_info") == "zone must be given"


# Whatever it was

DATA = {
    "A": st.sampled_from(["192.0.2.1", "192.0.2.2", "192.0.2.3"]),
    "MX": st.sampled_from(["10 mail", "20 mail.example.net.", "10 MAIL.example.org."]),
    "TXT": st.text('ab "\\;#&+%é', min_size=1, max_size=6).filter(lambda text: text.strip(' "\\')),
}


def states(kind):
    more = {
        "ttl": st.sampled_from(["", "300", "60"]),
        "comment": st.sampled_from(["", "a comment", "100% & more"]),
        "enabled": st.booleans(),
        "data_mode": st.sampled_from(["add", "set", "remove"]),
    }
    return st.fixed_dictionaries({"data": st.lists(DATA[kind], min_size=1, max_size=3)}, optional=more)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(dns, data):
    kind = data.draw(st.sampled_from(sorted(DATA)))
    first, second = data.draw(states(kind)), data.draw(states(kind))
    dns.start({"zones": [{"name": "example.org.", "records": [SOA, NS]}]})
    for state in (first, second, first):
        wish = {**ZONE, "name": "host", "type": kind, **state}
        predicted = dns("micetro_dns_record", check=True, **wish)
        assert dns.wrote() == []
        result = dns.ok("micetro_dns_record", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        dns.quiet("micetro_dns_record", **wish)
        dns.quiet("micetro_dns_record", records=[wish])
        dns.quiet("micetro_dns_record", records=dns.ok("micetro_dns_record_info", zone="example.org")["records"])
