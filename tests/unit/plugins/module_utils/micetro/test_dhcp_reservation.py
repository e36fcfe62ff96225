# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reservations: hardware addresses in every spelling, scopes of failover pairs, and addresses that change."""

from __future__ import annotations

import pytest

MAC = "00:00:5e:00:53:01"
DESK = {"scope": "Desks", "mac": MAC}
PAIR = {"scope": "198.51.100.0/24", "mac": MAC, "all_scopes": True}


@pytest.fixture
def dhcp(micetro):
    micetro.backend.seed(
        ranges=["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"],
        dhcp_servers=[
            {"name": "isc1.example.org."},
            {"name": "isc2.example.org."},
            {"name": "ms1.example.org.", "type": "MSDHCP"},
            {"name": "ms2.example.org.", "type": "MSDHCP"},
            {"name": "ios.example.org.", "type": "IOS"},
        ],
        scopes=[
            {"name": "Desks", "range": "192.0.2.0/24"},
            {"name": "School", "range": "198.51.100.0/24", "server": "isc1.example.org."},
            {"name": "School copy", "range": "198.51.100.0/24", "server": "isc2.example.org."},
            {"name": "Library", "range": "203.0.113.0/24", "server": "ms1.example.org."},
            {"name": "Library copy", "range": "203.0.113.0/24", "server": "ms2.example.org."},
            {"name": "Router", "range": "192.0.2.0/24", "server": "ios.example.org."},
        ],
        failovers=[{"name": "library", "primary": "ms1.example.org.", "secondary": "ms2.example.org."}],
    )
    return micetro


def held(dhcp, scope):
    """Identifier, addresses and name of what a scope holds."""
    rows = (row.fields for row in dhcp.backend.store.find("reservations", scope))
    return sorted((row["clientIdentifier"], row["addresses"], row["name"]) for row in rows)


@pytest.mark.parametrize(("scope", "stored"), [("Desks", MAC), ("Router", "0000.5e00.5301")])
@pytest.mark.parametrize("written", ["00-00-5E-00-53-01", "0000.5e00.5301", "00005e005301"])
def test_identifiers_are_compared_whatever_their_form(dhcp, scope, stored, written):
    wish = {"scope": scope, "addresses": ["192.0.2.10"]}
    dhcp.ok("micetro_dhcp_reservation", mac=written, **wish)
    dhcp.quiet("micetro_dhcp_reservation", mac=MAC, **wish)
    (row,) = dhcp.backend.store.tables["dhcpReservations"]
    assert row.fields["clientIdentifier"] == stored


def test_only_what_differs_is_sent(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer", filename="boot.img")
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="scanner", filename="boot.img", next_server="")
    assert [entry.body["properties"] for entry in dhcp.backend.writes()] == [{"name": "scanner"}]
    dhcp.ok("micetro_dhcp_reservation", **DESK, filename="")
    assert dhcp.wrote() == ["PUT dhcpReservations/1"]
    dhcp.quiet("micetro_dhcp_reservation", **DESK)
    assert held(dhcp, "dhcpScopes/1") == [(MAC, ["192.0.2.10"], "scanner")]


def test_another_address_is_another_reservation(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer", filename="boot.img")
    result = dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])
    assert dhcp.wrote() == ["DELETE dhcpReservations/1", "POST dhcpScopes/1/dhcpReservations"]
    assert result["reservations"][0]["fields"] == ["addresses"]
    assert held(dhcp, "dhcpScopes/1") == [(MAC, ["192.0.2.11"], "printer")]
    assert dhcp.backend.store.get("dhcpReservations/2").fields["filename"] == "boot.img"
    dhcp.quiet("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])


def test_an_address_that_is_refused_leaves_the_old_reservation(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer")
    dhcp.ok("micetro_dhcp_reservation", scope="Desks", mac="00:00:5e:00:53:02", addresses=["192.0.2.11"])
    assert "A reservation for '192.0.2.11' already exists" in dhcp.bad("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])
    assert held(dhcp, "dhcpScopes/1")[0] == (MAC, ["192.0.2.10"], "printer")


@pytest.mark.parametrize("method", ["DELETE", "POST"])
@pytest.mark.parametrize("effect", [True, False])
def test_answers_that_are_lost_while_an_address_changes(dhcp, method, effect):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer")
    dhcp.backend.fault("lost", method=method, effect=effect)
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])
    assert held(dhcp, "dhcpScopes/1") == [(MAC, ["192.0.2.11"], "printer")]
    dhcp.quiet("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])


@pytest.mark.parametrize(
    ("mode", "addresses", "after"),
    [
        ("add", ["192.0.2.11"], ["192.0.2.10", "192.0.2.11"]),
        ("remove", ["192.0.2.11"], ["192.0.2.10"]),
        ("set", ["192.0.2.12", "192.0.2.10"], ["192.0.2.10", "192.0.2.12"]),
    ],
)
def test_modes(dhcp, mode, addresses, after):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"])
    wish = {**DESK, "addresses": addresses, "addresses_mode": mode}
    dhcp.ok("micetro_dhcp_reservation", **wish)
    (found,) = held(dhcp, "dhcpScopes/1")
    assert sorted(found[1]) == after
    dhcp.quiet("micetro_dhcp_reservation", **wish)


@pytest.mark.parametrize("failure", ["html", "refusal"])
def test_an_address_change_that_fails_for_good_says_what_became_of_the_old_reservation(dhcp, failure):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer")
    details = {"status": 502} if failure == "html" else {"code": 1, "message": "No."}
    dhcp.backend.fault(failure, method="POST", times=None, **details)
    result = dhcp("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])
    assert result["failed"] and result["changed"] and held(dhcp, "dhcpScopes/1") == []
    assert "the reservation of 192.0.2.10 was deleted before, and putting it back failed too" in result["msg"]
    dhcp.backend.faults.clear()
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer")
    dhcp.backend.fault(failure, method="POST", **details)
    dhcp.backend.fault(failure, method="POST", skip=1, **details)
    result = dhcp("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.11"])
    assert result["failed"] and not result["changed"]
    assert held(dhcp, "dhcpScopes/1") == [(MAC, ["192.0.2.10"], "printer")]


def test_the_last_address_stays(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], name="printer")
    for check in (True, False):
        message = dhcp.bad("micetro_dhcp_reservation", check=check, **DESK, addresses=["192.0.2.10"], addresses_mode="remove")
        assert "addresses cannot become empty" in message and dhcp.wrote() == []
    assert held(dhcp, "dhcpScopes/1") == [(MAC, ["192.0.2.10"], "printer")]


# Failover pairs


def test_which_scope_of_a_pair_has_to_be_said(dhcp):
    """16.3.10: the incumbent makes a reservation in every scope of a range."""
    wish = {"scope": "198.51.100.0/24", "mac": MAC, "addresses": ["198.51.100.10"]}
    for check in (True, False):
        assert "2 scopes are called 198.51.100.0/24 (on isc1.example.org., isc2.example.org.): say with dhcp_server" in dhcp.bad(
            "micetro_dhcp_reservation", check=check, **wish
        )
        assert dhcp.wrote() == []
    dhcp.ok("micetro_dhcp_reservation", **wish, dhcp_server="ISC2.example.org")
    assert held(dhcp, "dhcpScopes/2") == [] and len(held(dhcp, "dhcpScopes/3")) == 1
    dhcp.quiet("micetro_dhcp_reservation", scope="dhcpScopes/3", mac=MAC, addresses=["198.51.100.10"])
    dhcp.quiet("micetro_dhcp_reservation", scope="school COPY", mac=MAC, addresses=["198.51.100.10"])


def test_every_scope_of_a_pair(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.10"], name="printer")
    for scope in ("dhcpScopes/2", "dhcpScopes/3"):
        assert held(dhcp, scope) == [(MAC, ["198.51.100.10"], "printer")]
    dhcp.quiet("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.10"])
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.11"])
    for scope in ("dhcpScopes/2", "dhcpScopes/3"):
        assert held(dhcp, scope) == [(MAC, ["198.51.100.11"], "printer")]
    dhcp.ok("micetro_dhcp_reservation", **PAIR, state="absent")
    assert dhcp.backend.store.table(dhcp.backend.store.tables["dhcpReservations"].kind).rows == {}


@pytest.mark.parametrize("wish", [{"addresses": ["198.51.100.10"]}, {}, {"name": "printer"}])
def test_a_pair_of_which_one_scope_lacks_it(dhcp, wish):
    dhcp.backend.seed(reservations=[{"scope": "School copy", "addresses": ["198.51.100.10"], "name": "printer", "clientIdentifier": MAC}])
    dhcp.ok("micetro_dhcp_reservation", **PAIR, **wish)
    assert dhcp.wrote() == ["POST dhcpScopes/2/dhcpReservations"]
    assert held(dhcp, "dhcpScopes/2") == held(dhcp, "dhcpScopes/3")
    dhcp.quiet("micetro_dhcp_reservation", **PAIR, **wish)


def test_a_pair_whose_scopes_differ(dhcp):
    for scope, address, name in (("School", "198.51.100.10", "printer"), ("School copy", "198.51.100.11", "scanner")):
        dhcp.backend.seed(reservations=[{"scope": scope, "addresses": [address], "name": name, "clientIdentifier": MAC}])
    both = ["198.51.100.10", "198.51.100.11"]
    for wish in ({"name": "printer"}, {"addresses": both}, {"addresses": ["198.51.100.10"]}):
        dhcp.ok("micetro_dhcp_reservation", **PAIR, **wish)
        assert held(dhcp, "dhcpScopes/2") == held(dhcp, "dhcpScopes/3")
        dhcp.quiet("micetro_dhcp_reservation", **PAIR, **wish)


def test_a_server_that_copies_to_its_partner(dhcp):
    wish = {
        "scope": "203.0.113.0/24",
        "mac": MAC,
        "all_scopes": True,
        "addresses": ["203.0.113.10"],
        "type": "DHCP",
        "description": "By the door",
    }
    result = dhcp.ok("micetro_dhcp_reservation", **wish)
    assert "warnings" not in result
    for scope in ("dhcpScopes/4", "dhcpScopes/5"):
        assert held(dhcp, scope) == [("00-00-5E-00-53-01", ["203.0.113.10"], "")]
    dhcp.quiet("micetro_dhcp_reservation", **wish)


def test_what_a_server_has_no_use_for_is_named(dhcp):
    """It drops it without a word."""
    message = dhcp.bad("micetro_dhcp_reservation", **DESK, addresses=["192.0.2.10"], description="By the door")
    assert "the server accepted description and did not store it" in message


# Refusals


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({**DESK, "scope": "Nowhere", "addresses": ["192.0.2.10"]}, "no scope is called Nowhere"),
        ({**DESK, "dhcp_server": "ms1.example.org", "addresses": ["192.0.2.10"]}, "no scope is called Desks on ms1.example.org"),
        (DESK, "addresses must be given to create the DHCP reservation"),
        ({**DESK, "addresses": ["192.0.2.10"], "addresses_mode": "remove"}, "addresses must be given to create the DHCP reservation"),
        ({**DESK, "addresses": ["203.0.113.1"]}, "Invalid value '203.0.113.1' for 'addresses'"),
    ],
)
def test_refused(dhcp, wish, words):
    assert words in dhcp.bad("micetro_dhcp_reservation", **wish)
    assert held(dhcp, "dhcpScopes/1") == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({**DESK, "addresses": ["x"]}, "addresses ['x']: it is not an IP address"),
        ({**DESK, "addresses": []}, "addresses []: it cannot be empty"),
        ({"scope": "Desks", "mac": " "}, "scope and client_identifier must be given"),
        ({"reservations": [DESK, {**DESK, "mac": "0000.5E00.5301"}]}, "are the same DHCP reservation"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(dhcp, wish, words):
    assert words in dhcp.bad("micetro_dhcp_reservation", **wish)
    assert len(dhcp.backend.log) == 0


def test_one_scope_named_in_two_ways(dhcp):
    message = dhcp.bad("micetro_dhcp_reservation", reservations=[{**DESK, "addresses": ["192.0.2.10"]}, {**DESK, "scope": "dhcpScopes/1"}])
    assert "names the same reservation" in message


def test_prune(dhcp):
    for scope, address, number in (("Desks", "192.0.2.20", 2), ("Desks", "192.0.2.21", 3), ("School", "198.51.100.20", 2)):
        dhcp.backend.seed(
            reservations=[{"scope": scope, "addresses": [address], "name": f"n{number}", "clientIdentifier": f"00:00:5e:00:53:0{number}"}]
        )
    wish = {"reservations": [{**DESK, "addresses": ["192.0.2.10"]}], "prune": True, "prune_limit": "5", "keep": ["*:03"]}
    predicted = dhcp("micetro_dhcp_reservation", check=True, **wish, prune_scope={"scope": "dhcpScopes/1"})
    result = dhcp.ok("micetro_dhcp_reservation", **wish, prune_scope={"scope": "Desks"})
    assert {**predicted, "requests": 0} == {**result, "requests": 0} and result["summary"]["deleted"] == 1
    assert [found[0] for found in held(dhcp, "dhcpScopes/1")] == [MAC, "00:00:5e:00:53:03"] and len(held(dhcp, "dhcpScopes/2")) == 1
    assert "say with dhcp_server" in dhcp.bad("micetro_dhcp_reservation", **wish, prune_scope={"scope": "198.51.100.0/24"})


@pytest.mark.parametrize("skip", [0, 1])
@pytest.mark.parametrize("effect", [True, False])
def test_a_pair_of_which_one_server_loses_its_answer(dhcp, skip, effect):
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.10"], name="printer")
    dhcp.backend.fault("lost", method="POST", skip=skip, effect=effect)
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.11"])
    for scope in ("dhcpScopes/2", "dhcpScopes/3"):
        assert held(dhcp, scope) == [(MAC, ["198.51.100.11"], "printer")]


@pytest.mark.parametrize("wish", [{"addresses": ["198.51.100.11"]}, {"name": "scanner"}, {"state": "absent"}])
def test_a_pair_of_which_one_server_fails_for_good(dhcp, wish):
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.10"], name="printer")
    before = held(dhcp, "dhcpScopes/3")
    for method in ("PUT", "DELETE"):
        dhcp.backend.fault("refusal", method=method, skip=1, times=None, code=1, message="No.")
    result = dhcp("micetro_dhcp_reservation", **PAIR, **wish)
    assert result["failed"] and result["changed"]
    assert held(dhcp, "dhcpScopes/2") != before and held(dhcp, "dhcpScopes/3") == before


def test_a_pair_of_which_one_server_takes_nothing(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.10"], name="printer")
    dhcp.backend.fault("html", method="POST", skip=1, times=None, status=502)
    result = dhcp("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.11"])
    assert result["failed"] and result["changed"] and held(dhcp, "dhcpScopes/3") == []
    assert "dhcpScopes/3 is without the reservation" in result["msg"]


def test_an_address_that_one_scope_of_a_pair_lacks(dhcp):
    both = ["198.51.100.10", "198.51.100.11"]
    dhcp.backend.seed(reservations=[{"scope": "School", "addresses": both, "name": "printer", "clientIdentifier": MAC}])
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=both[:1], addresses_mode="add")
    assert dhcp.wrote() == ["POST dhcpScopes/3/dhcpReservations"]
    assert held(dhcp, "dhcpScopes/2") == held(dhcp, "dhcpScopes/3") == [(MAC, both, "printer")]


@pytest.mark.parametrize("all_scopes", [True, False])
@pytest.mark.parametrize("scope", [{"scope": "198.51.100.0/24", "all_scopes": True}, {"scope": "School"}])
def test_prune_spares_what_is_listed_in_other_words(dhcp, scope, all_scopes):
    others = [f"00:00:5e:00:54:{n:02x}" for n in range(25)]
    for each in ("School", "School copy"):
        for number, mac in enumerate([MAC, *others]):
            dhcp.backend.seed(reservations=[{"scope": each, "addresses": [f"198.51.100.{10 + number}"], "clientIdentifier": mac}])
    wish = {**PAIR, "all_scopes": all_scopes, **({} if all_scopes else {"dhcp_server": "isc1.example.org"})}
    dhcp.backend.fault("drop", method="DELETE", fields=["dhcpReservation"])
    options = {"reservations": [wish], "prune": True, "prune_limit": "99", "prune_scope": scope}
    predicted = dhcp("micetro_dhcp_reservation", check=True, **options)
    result = dhcp("micetro_dhcp_reservation", **options)
    assert "accepted the deletion, and the object is still there" in result["msg"] and result["summary"]["failed"] == 1
    assert result["summary"]["deleted"] == predicted["summary"]["deleted"] - 1
    dhcp.ok("micetro_dhcp_reservation", **options)
    assert [found[0] for found in held(dhcp, "dhcpScopes/2")] == [MAC]
    copies = 1 if scope.get("all_scopes") and all_scopes else 0 if scope.get("all_scopes") else 26
    assert len(held(dhcp, "dhcpScopes/3")) == copies
    dhcp.quiet("micetro_dhcp_reservation", **options)


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ({"scope": "Desksss"}, "no scope is called Desksss"),
        ({"scope": "Desks", "dhcp_server": "isc2.example.org"}, "no scope is called Desks on isc2.example.org"),
        ({"dhcp_server": "isc1.example.org"}, "prune_scope: it must name a scope"),
        ("all", "prune_scope: it must name a scope"),
    ],
)
def test_prune_needs_a_scope_that_exists(dhcp, scope, words):
    wish = {"reservations": [{**DESK, "addresses": ["192.0.2.10"]}], "prune": True, "prune_limit": "5"}
    for check in (True, False):
        assert words in dhcp.bad("micetro_dhcp_reservation", check=check, **wish, prune_scope=scope)
        assert dhcp.wrote() == []


def test_many_unchanged(dhcp):
    wish = [{"scope": "Desks", "mac": f"00:00:5e:00:54:{n:02x}", "addresses": [f"192.0.2.{n}"], "name": f"n{n}"} for n in range(1, 201)]
    result = dhcp.ok("micetro_dhcp_reservation", reservations=wish)
    assert result["requests"]["writes"] == 200
    # The login, the scopes, the reservations of one scope.
    assert dhcp.quiet("micetro_dhcp_reservation", reservations=wish)["requests"] == {"reads": 3, "writes": 0}


def test_info(dhcp):
    dhcp.ok("micetro_dhcp_reservation", **PAIR, addresses=["198.51.100.10"], name="printer", next_server="192.0.2.5")
    found = dhcp.ok("micetro_dhcp_reservation_info", scope="198.51.100.0/24", dhcp_server="isc2.example.org")["reservations"]
    assert found == [
        {
            "scope": "198.51.100.0/24",
            "dhcp_server": "isc2.example.org",
            "client_identifier": MAC,
            "addresses": ["198.51.100.10"],
            "name": "printer",
            "reservation_method": "HardwareAddress",
            "description": "",
            "ddns_host_name": "",
            "filename": "",
            "server_name": "",
            "next_server": "192.0.2.5",
        }
    ]
    dhcp.quiet("micetro_dhcp_reservation", reservations=found)
    assert dhcp.ok("micetro_dhcp_reservation_info", scope="School", mac="00-00-5E-00-53-01")["reservations"]
    assert dhcp.ok("micetro_dhcp_reservation_info", scope="School", mac="00:00:5e:00:53:02")["reservations"] == []
    assert dhcp.bad("micetro_dhcp_reservation_info") == "scope must be given"
    assert "no scope is called Dsks" in dhcp.bad("micetro_dhcp_reservation_info", scope="Dsks")
