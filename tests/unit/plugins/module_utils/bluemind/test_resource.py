# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_shared import resource

HERE = {"domain": "example.org"}


def test_created_of_the_default_type(office):
    uid = office.ok("bluemind_resource", **HERE, name="Minibus", email="bus@example.org")["resources"][0]["id"]["uid"]
    assert office.sent() == {
        "typeIdentifier": "default",
        "label": "Minibus",
        "emails": [{"address": "bus@example.org", "allAliases": False, "isDefault": True}],
    }
    office.quiet("bluemind_resource", **HERE, name="Minibus")
    assert office.read() == ["POST directory/_search", f"GET resources/{uid}"]


def test_a_type_is_found_by_its_label_and_never_changed(office):
    office.ok("bluemind_resource", **HERE, name="Hall", email="hall@example.org", type="Room")
    assert office.sent()["typeIdentifier"] == "room"
    office.quiet("bluemind_resource", **HERE, name="Hall", type="room")
    assert "type can only be chosen when the resource is created" in office.bad("bluemind_resource", **HERE, name="Hall", type="default")
    assert "no resource type Car" in office.bad("bluemind_resource", **HERE, name="Hall", type="Car")


def test_properties_are_those_of_the_type(office):
    def set_to(**properties):
        return {**HERE, "name": "Library", "properties": properties}

    office.ok("bluemind_resource", **set_to(seats=24, screen=True))
    assert office.sent()["properties"] == [{"propertyId": "seats", "value": "24"}, {"propertyId": "screen", "value": "true"}]
    office.ok("bluemind_resource", **set_to(seats=""))
    assert office.entry("r-library").value["properties"] == [{"propertyId": "screen", "value": "true"}]
    office.quiet("bluemind_resource", **set_to(seats="", screen="true"))
    assert "properties.colour: the type room has only note, screen, seats" in office.bad("bluemind_resource", **set_to(colour="red"))
    assert "properties.screen: it must be true or false" in office.bad("bluemind_resource", **set_to(screen="perhaps"))
    assert "properties.seats: it must be a whole number" in office.bad("bluemind_resource", **set_to(seats="many"))
    plain = {**HERE, "name": "Old projector", "properties": {"colour": "red"}}
    assert "the type default has no properties" in office.bad("bluemind_resource", **plain)


def test_an_update_keeps_the_rest(office):
    office.ok("bluemind_resource", **HERE, name="Library", description="Quiet", emails=["books"], emails_mode="add")
    assert office.wrote() == ["POST resources/r-library"]
    assert office.sent()["reservationMode"] == "AUTO_ACCEPT_REFUSE" and office.sent()["dataLocation"] == "bm-master"
    shown = office.ok("bluemind_resource_info", **HERE, name="Library")["resources"][0]
    assert (shown["emails"], shown["email"], shown["description"]) == (["books", "library@example.org"], "library@example.org", "Quiet")


def test_two_of_one_name(office):
    office.backend.seed(resources=[resource("Library", uid="r-other", emails=["other@example.org"])])
    message = office.bad("bluemind_resource", **HERE, name="Library", description="Quiet")
    assert "2 resources are called Library" in message and "r-other" in message
    office.ok("bluemind_resource", **HERE, uid="r-other", description="Quiet")
    many = [{"name": f"Thing {number}", "state": "absent"} for number in range(30)]
    assert "names different resources" in office.bad("bluemind_resource", **HERE, resources=[*many, {"name": "Library", "hidden": True}])


def test_many_read_what_the_directory_does_not_show(office):
    office.backend.seed(resources=[resource(f"Thing {number}") for number in range(12)])
    names = [{"name": f"Thing {number}", "email": f"thing.{number}@example.org"} for number in range(12)]
    office.quiet("bluemind_resource", **HERE, resources=names)
    assert office.read() == ["POST directory/_search"]
    office.quiet("bluemind_resource", **HERE, resources=[*names[:11], {**names[11], "description": ""}])
    assert office.read() == ["POST directory/_search", "GET resources/r-thing-11"]


def test_needs_an_address(office):
    assert "email must be given to create" in office.bad("bluemind_resource", **HERE, name="Hall")
    assert "it cannot be empty" in office.bad("bluemind_resource", **HERE, name="Library", emails=[])


def test_deleted_by_a_task(office):
    office.ok("bluemind_resource", **HERE, name="Library", state="absent")
    assert office.wrote() == ["DELETE resources/r-library"]
    office.quiet("bluemind_resource", **HERE, name="Library", state="absent")


# Types


def test_a_type_without_an_identifier(office):
    result = office.ok("bluemind_resource_type", **HERE, label="Car", properties=[{"id": "seats"}])
    identifier = result["resource_types"][0]["id"]["identifier"]
    assert office.wrote() == [f"PUT resources/type/{identifier}"]
    assert office.sent() == {"label": "Car", "properties": [{"id": "seats", "label": "seats", "type": "String"}]}
    office.quiet("bluemind_resource_type", **HERE, label="Car")
    assert office.read() == ["GET resources/type", f"GET resources/type/{identifier}"]


def test_a_property_takes_the_place_of_the_one_with_its_id(office):
    places = {"id": "seats", "label": "Places", "type": "Number"}
    office.ok("bluemind_resource_type", **HERE, label="Room", properties=[places], properties_mode="add")
    assert {each["id"]: each["label"] for each in office.sent()["properties"]} == {"seats": "Places", "screen": "Screen", "note": "Note"}
    office.ok("bluemind_resource_type", **HERE, label="Room", properties=[{"id": "note"}], properties_mode="remove")
    assert {each["id"] for each in office.sent()["properties"]} == {"seats", "screen"}
    assert "seats stands twice" in office.bad("bluemind_resource_type", **HERE, label="Room", properties=[places, {**places, "label": "x"}])


def test_a_type_gets_another_label(office):
    office.ok("bluemind_resource_type", **HERE, identifier="room", label="Salle", templates={"fr": "Une salle"})
    kind = office.backend.store.domains["18fb0c2a9b1.internal"].resource_types["room"]
    assert kind["label"] == "Salle" and len(kind["properties"]) == 3
    office.ok("bluemind_resource_type", **HERE, label="Raum", rename_from="Salle", templates={"fr": ""})
    kind = office.backend.store.domains["18fb0c2a9b1.internal"].resource_types["room"]
    assert kind["label"] == "Raum" and kind["templates"] == {}


def test_an_identifier_that_a_type_of_another_label_has_is_not_in_the_way(office):
    office.ok("bluemind_resource_type", **HERE, label="Boat")
    office.ok("bluemind_resource_type", **HERE, label="Ship", rename_from="Boat")
    assert office.ok("bluemind_resource_type", **HERE, label="Boat")["summary"]["created"] == 1
    office.quiet("bluemind_resource_type", **HERE, resource_types=[{"label": "Boat"}, {"label": "Ship"}])


@pytest.mark.parametrize(
    ("given", "why"), [({"label": "default"}, "keeps it"), ({"label": "Room"}, "still referenced by Resource Library")]
)
def test_types_that_stay(office, given, why):
    assert why in office.bad("bluemind_resource_type", **HERE, **given, state="absent")
    office.quiet("bluemind_resource_type", **HERE, label="Car", state="absent")
