# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Claimed addresses: certain ones, and the next free one for a key that finds it again."""

from __future__ import annotations

import pytest

RANGE = "192.0.2.0/24"
PRINTER = {"range": RANGE, "key_property": "Host", "key": "printer-1"}


@pytest.fixture
def ipam(micetro):
    micetro.backend.seed(
        definitions={"ipamRecords": ["Host", "Full name", {"name": "Wired", "type": "Boolean"}, {"name": "Port", "type": "Integer"}]},
        ranges=[RANGE, "198.51.100.0/30", "2001:db8::/120"],
    )
    return micetro


def record(ipam, address):
    return ipam.backend.store.address(address)


# By address


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7"])
def test_claim_and_release(ipam, address):
    """16.3.7: claimip of the incumbent ignores properties where the claim is there already, and ipprops the state."""
    wish = {"address": address.upper(), "custom_properties": {"Host": "a & b", "Wired": True, "Port": 5}}
    ipam.ok("micetro_ip_reservation", **wish)
    assert record(ipam, address).fields["claimed"] and record(ipam, address).custom == {"Host": "a & b", "Wired": "1", "Port": "5"}
    ipam.quiet("micetro_ip_reservation", **wish)
    ipam.ok("micetro_ip_reservation", address=address, custom_properties={"Wired": "no", "Port": ""})
    assert record(ipam, address).custom == {"Host": "a & b", "Wired": "0"}
    ipam.ok("micetro_ip_reservation", address=address, state="absent")
    assert ipam.wrote() == [f"PUT ipamRecords/{address}"]
    assert not record(ipam, address).fields["claimed"] and record(ipam, address).custom["Host"] == "a & b"
    ipam.quiet("micetro_ip_reservation", address=address, state="absent")


def test_address_that_no_range_holds(ipam):
    assert "no range holds the address 203.0.113.1" in ipam.bad("micetro_ip_reservation", address="203.0.113.1")
    ipam.quiet("micetro_ip_reservation", address="203.0.113.1", state="absent")


def test_a_missing_right_is_not_taken_for_an_absent_address(ipam):
    for state in ("present", "absent"):
        ipam.backend.fault("refusal", path="/ipamRecords/", code=1028, message="You do not have access to perform that action.")
        assert "lacks a right" in ipam.bad("micetro_ip_reservation", address="192.0.2.7", state=state)
        assert ipam.wrote() == []


def test_address_with_its_range(ipam):
    wish = {"address": "192.0.2.7", "range": RANGE}
    predicted = ipam("micetro_ip_reservation", check=True, **wish)
    assert {**predicted, "requests": 0} == {**ipam.ok("micetro_ip_reservation", **wish), "requests": 0}
    for wish in ({"address": "192.0.2.7", "range": "198.51.100.0/30"}, {"address": "192.0.2.7", "range": "2001:db8::/120"}):
        assert "the address is not in the range" in ipam.bad("micetro_ip_reservation", **wish)


def test_many_addresses_of_a_range_are_one_listing(ipam):
    wish = [{"address": f"192.0.2.{n}", "range": RANGE} for n in range(1, 101)]
    ipam.ok("micetro_ip_reservation", reservations=wish)
    result = ipam.quiet("micetro_ip_reservation", reservations=wish)
    # The login, the range, its 256 addresses.
    assert result["requests"] == {"reads": 3, "writes": 0}
    alone = [{"address": each["address"]} for each in wish]
    assert ipam.quiet("micetro_ip_reservation", reservations=alone)["requests"] == {"reads": 1 + 100, "writes": 0}


# By key


def test_the_next_free_address_and_the_same_one_each_time(ipam):
    ipam.backend.seed(addresses=[{"address": "192.0.2.1", "claimed": True}])
    result = ipam.ok("micetro_ip_reservation", check=True, **PRINTER)
    assert result["reservations"][0]["id"]["address"] == "(assigned by the server)" and ipam.wrote() == []
    result = ipam.ok("micetro_ip_reservation", **PRINTER)
    assert result["reservations"][0]["id"] == {"address": "192.0.2.2", **PRINTER}
    assert result["diff"][0]["after"]["address"] == "192.0.2.2"
    assert ipam.wrote() == ["GET ranges/1/nextFreeAddress", "PUT ipamRecords/192.0.2.2"]
    assert ipam.backend.writes()[0].query["temporaryClaimTime"] == "60"
    assert record(ipam, "192.0.2.2").custom == {"Host": "printer-1"}
    again = ipam.quiet("micetro_ip_reservation", **PRINTER)
    assert again["reservations"][0]["id"]["address"] == "192.0.2.2"
    # The login, the definitions, the range, one filtered read.
    assert again["requests"] == {"reads": 4, "writes": 0}
    assert ipam.backend.log[-1].query["filter"] == 'Host="printer-1"'


def test_several_new_addresses_are_different_ones(ipam):
    wish = [{**PRINTER, "key": f"host {n}"} for n in range(30)]
    result = ipam.ok("micetro_ip_reservation", reservations=wish, workers=4)
    assert len({item["id"]["address"] for item in result["reservations"]}) == 30
    again = ipam.quiet("micetro_ip_reservation", reservations=wish)
    assert again["requests"] == {"reads": 4, "writes": 0}


def test_where_to_look_for_a_free_address(ipam):
    ipam.backend.seed(
        dhcp_servers=["dhcp1.example.org."],
        scopes=[{"name": "Desks", "range": RANGE, "pools": [("192.0.2.1", "192.0.2.19")]}],
        alive=["192.0.2.20"],
    )
    result = ipam.ok("micetro_ip_reservation", **PRINTER, exclude_dhcp=True, ping=True, start_address="192.0.2.5")
    assert result["reservations"][0]["id"]["address"] == "192.0.2.21"
    query = ipam.backend.writes()[0].query
    assert (query["excludeDHCP"], query["ping"], query["startAddress"]) == ("true", "true", "192.0.2.5")
    ipam.quiet("micetro_ip_reservation", **PRINTER, exclude_dhcp=False, start_address="192.0.2.100")


def test_release_clears_the_key(ipam):
    ipam.ok("micetro_ip_reservation", **PRINTER, custom_properties={"Wired": True})
    result = ipam.ok("micetro_ip_reservation", **PRINTER, state="absent")
    assert ipam.wrote() == ["PUT ipamRecords/192.0.2.1"] and result["changed"]
    assert record(ipam, "192.0.2.1").custom == {"Wired": "1"} and not record(ipam, "192.0.2.1").fields["claimed"]
    ipam.quiet("micetro_ip_reservation", **PRINTER, state="absent")


def test_an_address_with_the_key_that_is_claimed_no_more(ipam):
    ipam.backend.seed(addresses=[{"address": "192.0.2.99", "custom": {"Host": "printer-1"}}])
    for wish in (PRINTER, {"reservations": [PRINTER, *({**PRINTER, "key": f"h{n}"} for n in range(25))]}):
        result = ipam("micetro_ip_reservation", check=True, **wish)
        assert result["reservations"][0]["id"]["address"] == "192.0.2.99"
    ipam.ok("micetro_ip_reservation", **PRINTER)
    assert ipam.wrote() == ["PUT ipamRecords/192.0.2.99"] and record(ipam, "192.0.2.99").fields["claimed"]
    ipam.quiet("micetro_ip_reservation", **PRINTER)


def test_the_key_in_another_letter_case_is_another_one(ipam):
    """The filter of the server finds it, and the comparison does not."""
    ipam.backend.seed(addresses=[{"address": "192.0.2.99", "claimed": True, "custom": {"Host": "Printer-1"}}])
    assert ipam.ok("micetro_ip_reservation", **PRINTER)["reservations"][0]["id"]["address"] == "192.0.2.1"


def test_two_addresses_with_one_key(ipam):
    ipam.backend.seed(addresses=[{"address": f"192.0.2.{n}", "claimed": True, "custom": {"Host": "printer-1"}} for n in (8, 9)])
    assert "several addresses have it: 192.0.2.8 and 192.0.2.9" in ipam.bad("micetro_ip_reservation", **PRINTER)
    others = [{**PRINTER, "key": f"h{n}", "state": "absent"} for n in range(25)]
    assert "names different reservations: 192.0.2.8 and 192.0.2.9" in ipam.bad("micetro_ip_reservation", reservations=[PRINTER, *others])


@pytest.mark.parametrize("key", ['say "hi"', "a\\b", "a=b & (c)", "ü", "with space"])
@pytest.mark.parametrize("name", ["Host", "Full name"])
def test_awkward_keys(ipam, name, key):
    wish = {"range": RANGE, "key_property": name, "key": key}
    ipam.ok("micetro_ip_reservation", **wish)
    ipam.quiet("micetro_ip_reservation", **wish)
    assert record(ipam, "192.0.2.1").custom == {name: key}


@pytest.mark.parametrize("exhausted", ["204", "empty"])
def test_nothing_is_free(ipam, exhausted):
    ipam.backend.knobs.exhausted = exhausted
    ipam.backend.seed(addresses=[{"address": f"198.51.100.{n}", "claimed": True} for n in (1, 2)])
    for check in (True, False):
        message = ipam.bad("micetro_ip_reservation", check=check, range="198.51.100.0/30", key_property="Host", key="x")
        assert "no address of the range 198.51.100.0/30 is free" in message


def test_lost_answers(ipam):
    ipam.backend.fault("lost", path="nextFreeAddress")
    ipam.backend.fault("lost", method="PUT")
    result = ipam.ok("micetro_ip_reservation", **PRINTER)
    assert result["changed"]
    ipam.quiet("micetro_ip_reservation", **PRINTER)
    claimed = [row for row in ipam.backend.store.tables["ipamRecords"] if row.fields["claimed"]]
    assert len(claimed) == 1


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (
            {**PRINTER, "key_property": "Nobody"},
            "no custom property of addresses is called Nobody: define it first, for example with micetro_custom_property",
        ),
        ({**PRINTER, "range": "203.0.113.0/24"}, "no range is called 203.0.113.0/24"),
        ({"address": "192.0.2.7", "custom_properties": {"Nobody": "x"}}, "no custom property of addresses is called Nobody"),
        ({"address": "192.0.2.7", "custom_properties": {"Wired": "perhaps"}}, "custom_properties.Wired is true or false"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(ipam, wish, words):
    for check in (True, False):
        assert words in ipam.bad("micetro_ip_reservation", check=check, **wish)
        assert ipam.wrote() == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"address": "192.0.2"}, "address '192.0.2': it is not an IP address"),
        (
            {"address": "192.0.2.7", "key_property": "Host", "key": "x"},
            "key_property and key find an address, so they cannot be given together",
        ),
        ({"range": RANGE, "key": "x"}, "address or range and key_property and key must be given"),
        ({**PRINTER, "custom_properties": {"Host": "other"}}, "custom_properties.Host is the key property"),
        ({"reservations": [dict(PRINTER), dict(PRINTER)]}, "are the same IP reservation"),
        ({"reservations": [{"address": "2001:db8::1"}, {"address": "2001:DB8:0::1"}]}, "are the same IP reservation"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(ipam, wish, words):
    assert words in ipam.bad("micetro_ip_reservation", **wish)
    assert len(ipam.backend.log) == 0


def test_one_range_named_in_two_ways(ipam):
    message = ipam.bad("micetro_ip_reservation", reservations=[PRINTER, {**PRINTER, "range": "ranges/1"}])
    assert "names the same address" in message
    ipam.quiet("micetro_ip_reservation", **{**PRINTER, "range": "ranges/1"})


# Prune


def claimed(ipam):
    return sorted(row.fields["address"] for row in ipam.backend.store.tables["ipamRecords"] if row.fields["claimed"])


@pytest.mark.parametrize("count", [1, 25])
@pytest.mark.parametrize("wish", [PRINTER, {"address": "192.0.2.50"}, {"address": "192.0.2.50", "range": RANGE}])
def test_prune_spares_what_is_listed_however_it_is_named(ipam, wish, count):
    ipam.backend.seed(
        addresses=[
            {"address": "192.0.2.50", "claimed": True, "custom": {"Host": "printer-1"}},
            {"address": "192.0.2.60", "claimed": True, "custom": {"Host": "old"}},
            {"address": "192.0.2.70", "claimed": True},
            {"address": "198.51.100.1", "claimed": True, "custom": {"Host": "elsewhere"}},
        ]
    )
    others = [{"address": f"192.0.2.{200 + n}", "state": "absent"} for n in range(count - 1)]
    if wish is PRINTER:
        others = [{**PRINTER, "key": f"h{n}", "state": "absent"} for n in range(count - 1)]
    options = {"reservations": [wish, *others], "prune": True, "prune_limit": "5"}
    ipam.ok("micetro_ip_reservation", **options, prune_scope={"range": RANGE, "key_property": "Host"})
    assert claimed(ipam) == ["192.0.2.50", "192.0.2.70", "198.51.100.1"]
    assert record(ipam, "192.0.2.60").custom == {}
    ipam.ok("micetro_ip_reservation", **options, prune_scope={"range": RANGE})
    assert claimed(ipam) == ["192.0.2.50", "198.51.100.1"]
    assert "prune is not possible" in ipam.bad("micetro_ip_reservation", **options, prune_scope="all")


def test_a_key_property_that_does_not_exist(ipam):
    wish = {"reservations": [PRINTER], "prune": True, "prune_limit": "5", "prune_scope": {"range": RANGE, "key_property": "Hsot"}}
    assert "no custom property of addresses is called Hsot" in ipam.bad("micetro_ip_reservation", **wish)
    assert ipam.wrote() == []
    assert "no custom property of addresses is called Hsot" in ipam.bad("micetro_ip_reservation_info", range=RANGE, key_property="Hsot")


def test_a_range_of_several_address_spaces_has_to_be_named_by_its_reference(ipam):
    ranges = [{"ref": f"ranges/{n}", "name": RANGE, "from": "192.0.2.0", "to": "192.0.2.255"} for n in (1, 7)]
    for module, wish in (
        ("micetro_ip_reservation", PRINTER),
        ("micetro_ip_reservation_info", {"range": RANGE}),
    ):
        ipam.answer("/ranges$", {"ranges": ranges, "totalResults": 2})
        message = ipam.bad(module, **wish)
        assert f"several ranges are called {RANGE}: give the reference of the one that is meant, ranges/1 or ranges/7" in message
        assert ipam.wrote() == []
    wish = {"reservations": [{**PRINTER, "range": "ranges/1"}, {**PRINTER, "key": "h2"}]}
    for changed in (True, False):
        ipam.answer("/ranges$", {"ranges": ranges, "totalResults": 2}, times=None)
        result = ipam("micetro_ip_reservation", **wish, return_all=True)
        assert [item["failed"] for item in result["reservations"]] == [False, True] and result["changed"] is changed
        assert result["reservations"][0]["id"] == {"address": "192.0.2.1", **PRINTER, "range": "ranges/1"}


# Info


def test_info(ipam):
    ipam.backend.seed(
        addresses=[
            {"address": "192.0.2.50", "claimed": True, "custom": {"Host": "printer-1"}},
            {"address": "192.0.2.51", "claimed": True},
            {"address": "192.0.2.52", "custom": {"Host": "gone"}},
        ],
        zones=["example.org."],
        records=[{"zone": "example.org.", "name": "printer", "type": "A", "data": "192.0.2.50"}],
    )
    result = ipam.ok("micetro_ip_reservation_info", range=RANGE)
    assert result["reservations"] == [
        {"address": "192.0.2.50", "custom_properties": {"Host": "printer-1"}},
        {"address": "192.0.2.51", "custom_properties": {}},
    ]
    assert result["addresses"][0]["dns_records"] == [{"name": "printer", "type": "A", "data": "192.0.2.50"}]
    for wish in ({"address": "192.0.2.50"}, {"range": RANGE, "key_property": "Host"}, {**PRINTER}):
        assert [each["address"] for each in ipam.ok("micetro_ip_reservation_info", **wish)["reservations"]] == ["192.0.2.50"]
    assert ipam.ok("micetro_ip_reservation_info", address="192.0.2.52")["reservations"] == []
    for wish in ({}, {"key": "x"}, {"address": "x", "range": RANGE}, {"range": RANGE, "key": "x"}, {"address": "x"}):
        assert ipam.bad("micetro_ip_reservation_info", **wish)
        assert len(ipam.backend.log) <= 1
