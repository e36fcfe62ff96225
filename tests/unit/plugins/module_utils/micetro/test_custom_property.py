# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Definitions of custom properties."""

from __future__ import annotations

import pytest

OWNER = {"object_type": "dns_zone", "name": "Owner"}


def defined(m, kind="dns_zone"):
    return {entry["name"]: entry for entry in m.ok("micetro_custom_property_info", object_type=kind)["properties"]}


def test_creation_sends_what_is_given(micetro):
    micetro.ok("micetro_custom_property", **OWNER, list_items=["School", "Town hall"])
    (entry,) = micetro.backend.writes()
    assert entry.body["propertyDefinition"] == {"name": "Owner", "type": "String", "listItems": ["School", "Town hall"]}
    micetro.quiet("micetro_custom_property", **OWNER, type="String", list_items=["School", "Town hall"], mandatory=False, default_value="")


@pytest.mark.parametrize("status", [201, 204])
def test_either_answer_to_a_creation(micetro, status):
    """The vendor's document says 204, and a live server answered 201 (chapter 3)."""
    micetro.backend.change_knobs({"definition_status": status})
    assert micetro.ok("micetro_custom_property", **OWNER)["changed"]


def test_an_update_sends_the_whole_definition(micetro):
    micetro.ok("micetro_custom_property", **OWNER, list_items=["School"], multi_line=True)
    micetro.ok("micetro_custom_property", **OWNER, mandatory=True)
    (entry,) = micetro.backend.writes()
    assert entry.body["propertyDefinition"] == {
        "name": "Owner",
        "type": "String",
        "mandatory": True,
        "readOnly": False,
        "multiLine": True,
        "defaultValue": "",
        "listItems": ["School"],
        "parentProperty": "",
    }


def test_addresses_take_no_list_of_values(micetro):
    """Not even an empty one (chapter 7)."""
    wish = {"object_type": "ip_address", "name": "Owner"}
    micetro.ok("micetro_custom_property", **wish)
    micetro.ok("micetro_custom_property", **wish, mandatory=True)
    assert "listItems" not in micetro.backend.writes()[0].body["propertyDefinition"]
    assert "the server takes none" in micetro.bad("micetro_custom_property", **wish, list_items=["x"]) and len(micetro.backend.log) == 0


def test_the_order_of_the_list_matters(micetro):
    micetro.ok("micetro_custom_property", **OWNER, list_items=["a", "b"])
    assert micetro.ok("micetro_custom_property", **OWNER, list_items=["b", "a"])["changed"]
    assert defined(micetro)["Owner"]["list_items"] == ["b", "a"]


@pytest.mark.parametrize(("word", "stored"), [("yes", "1"), ("True", "1"), ("false", "0"), ("0", "0")])
def test_a_boolean_default_is_kept_as_a_digit(micetro, word, stored):
    wish = {"object_type": "range", "name": "Open", "type": "Boolean", "default_value": word}
    micetro.ok("micetro_custom_property", **wish)
    micetro.quiet("micetro_custom_property", **wish)
    assert defined(micetro, "range")["Open"]["default_value"] == stored


def test_a_letter_case_is_another_property(micetro):
    micetro.ok("micetro_custom_property", properties=[OWNER, {**OWNER, "name": "owner"}])
    assert {"Owner", "owner"} <= set(defined(micetro))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"type": "Integer", "list_items": ["1"]}, "only a String has them"),
        ({"type": "Boolean", "default_value": "perhaps"}, "it is no boolean"),
        ({"name": ".."}, "it must be a name"),
    ],
)
def test_what_is_refused_before_the_first_request(micetro, options, words):
    assert words in micetro.bad("micetro_custom_property", **{**OWNER, **options}) and len(micetro.backend.log) == 0


@pytest.mark.parametrize("options", [{"state": "absent"}, {"mandatory": True}])
def test_what_the_system_defines_is_left_alone(micetro, options):
    message = micetro.bad("micetro_custom_property", object_type="range", name="Title", **options)
    assert "defined by the system" in message and micetro.wrote() == []


def test_only_administrators_define(micetro):
    message = micetro.bad("micetro_custom_property", login=micetro.login(micetro.backend.viewer), **OWNER)
    assert "You do not have access" in message


def test_names_with_slashes_and_spaces(micetro):
    wish = {**OWNER, "name": "Who / where 50%"}
    micetro.ok("micetro_custom_property", **wish)
    micetro.ok("micetro_custom_property", **wish, mandatory=True)
    micetro.ok("micetro_custom_property", **wish, state="absent")
    assert defined(micetro) == {}


def test_prune_within_a_type(micetro):
    micetro.backend.seed(definitions={"ranges": ["Room", "Floor"], "devices": ["Room"]})
    wish = {"properties": [{"object_type": "range", "name": "Floor"}], "prune": True, "prune_limit": "5"}
    result = micetro.ok("micetro_custom_property", **wish, prune_scope={"object_type": "range"})
    assert [item["name"] for item in result["properties"]] == ["range/Room"]
    assert set(defined(micetro, "range")) == {"Title", "Description", "Floor"} and set(defined(micetro, "device")) == {"Room"}


def test_one_listing_for_each_type(micetro):
    micetro.ok("micetro_custom_property", properties=[OWNER, {**OWNER, "name": "Place"}, {"object_type": "range", "name": "Room"}])
    again = [{**OWNER}, {**OWNER, "name": "Place"}, {"object_type": "range", "name": "Room"}]
    micetro.quiet("micetro_custom_property", properties=again)
    assert sorted(micetro.read()) == ["GET addressSpaces", "GET dnsZones/1/propertyDefinitions", "GET ranges/1/propertyDefinitions"]
