# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The engine over a backend in memory: what an object made of parts, found by several names, comes to be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core import engine
from ansible_collections.workplace.onboarding.plugins.module_utils.core.budget import Bucket
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import (
    AuthError,
    BackendError,
    InvalidInput,
    Lost,
    RateLimited,
    Refused,
    Unavailable,
    Unreachable,
)
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import (
    CALL,
    CREATE,
    DELETE,
    HIDDEN,
    UNREADABLE,
    UPDATE,
    Field,
    NotAllowed,
    Resource,
)
from ansible_collections.workplace.onboarding.tests.unit.plugins.module_utils.core.memory import (
    UID,
    Beside,
    Clock,
    Core,
    Desk,
    Person,
    Server,
    put,
    refused,
)

TITLE, PHONE = Field("title"), Field("phone", send=(UPDATE,))
EMAIL = Field("email")
ROLES = Field("roles", type="list", elements="str", mode="add")
PASSWORD = Field("password", secret=True)
ZOE, YVES = {"uid": "zoe"}, {"uid": "yves"}
SECRET = "pass-phrase-of-zoe"


def desk(*fields, resource=None, server=None, beside=(), core=None, **attributes):
    part = Core(*(fields or (TITLE, PHONE)), **(core or {}))
    return Desk(Person(part, *beside, **(resource or {})), server, **attributes)


def stored(*uids, **values):
    return Server(objects={uid: {"uid": uid, **values} for uid in uids})


def whole_number(value):
    if value < 0:
        raise ValueError("too few")
    return value


# One object


def test_create_update_delete():
    d = desk()
    result = d.converges({**ZOE, "title": "Clerk"})
    assert result["changed"] and result["summary"]["created"] == 1 and d.server.wrote() == [("create", "zoe")]
    assert result["diff"] == [{"before_header": "zoe", "after_header": "zoe", "before": {}, "after": {"uid": "zoe", "title": "Clerk"}}]
    result = d.converges({**ZOE, "title": "Boss"})
    assert result["people"] == [{"name": "zoe", "action": "update", "changed": True, "failed": False, "fields": ["title"]}]
    assert result["diff"][0]["before"] == {"title": "Clerk"} and result["diff"][0]["after"] == {"title": "Boss"}
    result = d.converges({**ZOE, "state": "absent"})
    assert result["summary"]["deleted"] == 1 and d.server.objects == {}


def test_only_given_options_are_managed():
    d = desk(server=stored("zoe", title="Clerk", phone="1"))
    d.converges({**ZOE, "phone": "2"})
    assert d.server.wrote() == [("set phone", "zoe")] and d.server.objects["zoe"]["title"] == "Clerk"


def test_an_empty_text_clears():
    d = desk(server=stored("zoe", title="Clerk"))
    d.converges({**ZOE, "title": ""})
    assert d.server.objects["zoe"]["title"] == ""


def test_empty_is_the_same_as_not_there():
    """A server that forgets what is cleared is not cleared again."""
    d = desk(Field("title", norm=str.casefold), server=stored("zoe", title=None))
    d.quiet({**ZOE, "title": ""})


def test_a_single_object_is_always_in_the_report():
    d = desk(server=stored("zoe", title="Clerk"))
    result = d.quiet(**ZOE, title="Clerk")
    assert result["people"] == [{"name": "zoe", "action": "none", "changed": False, "failed": False}]
    assert result["requests"] == {"reads": 1, "writes": 0}


def test_list_and_single_form_agree():
    one, many = desk(), desk()
    assert one(**ZOE, title="a", phone="b") == many({**ZOE, "title": "a", "phone": "b"})


def test_names_on_the_wire_may_differ_between_calls():
    d = desk(Field("full_name", api="displayname", create_as="displayName", source="name.full"))
    calls = []
    d.resource.parts[0].create = lambda client, change: (
        calls.append(change.wire(CREATE, d.resource.parts[0])),
        Core.create(d.resource.parts[0], client, change),
    )
    d.converges({**ZOE, "full_name": "Zoe Z"})
    assert calls == [{"displayName": "Zoe Z"}] and d.server.objects["zoe"]["name"] == {"full": "Zoe Z"}


# Rounds


def test_what_the_server_gives_a_new_object_is_taken_away_in_the_same_run():
    """What was to be empty needs nothing at a creation, until the server chose otherwise."""
    languages = Field("languages", type="list", elements="str")
    for wish, mode, left in (([], "set", []), (["en"], "remove", ["fr"])):
        d = desk(TITLE, languages)
        d.resource.parts[0].store = lambda server, change, sent: server.objects.update(
            zoe={"uid": "zoe", "title": "x", "languages": ["en", "fr"]}
        )
        d.converges({**ZOE, "title": "", "languages": wish, "languages_mode": mode})
        assert d.server.objects["zoe"] == {"uid": "zoe", "title": "", "languages": left}


def test_a_choice_of_the_server_that_no_update_undoes_is_left():
    d = desk(Field("kind", send=(CREATE,)))
    d.resource.parts[0].store = lambda server, change, sent: server.objects.update(zoe={"uid": "zoe", "kind": "plain"})
    d.ok({**ZOE, "kind": ""})


def test_what_a_creation_does_not_take_is_written_after_it():
    d = desk()
    d.converges({**ZOE, "title": "Clerk", "phone": "1"})
    assert d.server.wrote() == [("create", "zoe"), ("set phone", "zoe")]


def test_what_a_creation_loses_is_written_after_it():
    d = desk()
    create = d.resource.parts[0].create
    d.resource.parts[0].create = lambda client, change: (create(client, change), client.server.objects["zoe"].pop("title"))
    d.converges({**ZOE, "title": "Clerk"})
    assert d.server.wrote() == [("create", "zoe"), ("set title", "zoe")]


@pytest.mark.parametrize("effect", [True, False])
def test_a_creation_without_an_answer(effect):
    d = desk()
    d.server.fault("create", effect=effect)
    result = d.ok({**ZOE, "title": "Clerk", "phone": "1"})
    assert result["summary"]["created"] == 1 and result["changed"]
    assert d.server.count("create") == (1 if effect else 2)
    assert d.server.objects["zoe"] == {"uid": "zoe", "title": "Clerk", "phone": "1"}
    if effect:
        assert "created although the server answered: the connection broke" in result["warnings"][0]
    d.quiet({**ZOE, "title": "Clerk", "phone": "1"})


def test_a_creation_that_never_gets_an_answer():
    d = desk()
    d.server.fault("create", times=9)
    result = d({**ZOE, "title": "Clerk"})
    assert result["failed"] and result["msg"] == "zoe: the connection broke" and not result["changed"]
    assert d.server.count("create") == 2


def test_a_creation_that_failed_and_left_half_an_object():
    d = desk()
    d.server.fault("create", error=refused("error 101"))
    half = d.server
    d.resource.parts[0].create = lambda client, change: (
        half.objects.update(zoe={"uid": "zoe"}),
        Core.create(d.resource.parts[0], client, change),
    )
    result = d.ok({**ZOE, "title": "Clerk"})
    assert result["summary"]["created"] == 1 and half.objects["zoe"]["title"] == "Clerk" and "error 101" in result["warnings"][0]


def test_a_creation_that_is_refused():
    d = desk()
    d.server.fault("create", error=refused("no more licences", code=7))
    result = d({**ZOE, "title": "Clerk"})
    assert result["msg"] == "zoe: no more licences" and result["people"][0]["code"] == 7 and not result["changed"]
    assert d.server.count("create") == 1


def test_a_creation_that_is_accepted_and_not_kept():
    d = desk()
    d.resource.parts[0].create = lambda client, change: client.ask("create", "zoe", lambda: None)
    assert d.bad({**ZOE, "title": "Clerk"}) == "zoe: the server accepted the person and did not keep it"


@pytest.mark.parametrize("effect", [True, False])
def test_an_update_without_an_answer(effect):
    d = desk(server=stored("zoe", title="a", phone="b"))
    d.server.fault("set title", effect=effect)
    result = d.ok({**ZOE, "title": "A", "phone": "B"})
    assert result["changed"] and d.server.objects["zoe"] == {"uid": "zoe", "title": "A", "phone": "B"}
    assert d.server.count("set title") == (1 if effect else 2) and d.server.count("set phone") == 1


def test_an_update_that_never_gets_an_answer():
    d = desk(server=stored("zoe", title="a"))
    d.server.fault("set title", times=9)
    assert d.bad({**ZOE, "title": "A"}) == "zoe: the connection broke"
    assert d.server.count("set title") == 2


@pytest.mark.parametrize("effect", [True, False])
def test_a_deletion_without_an_answer(effect):
    d = desk(server=stored("zoe"))
    d.server.fault("delete", effect=effect)
    result = d.ok({**ZOE, "state": "absent"})
    assert result["changed"] and d.server.objects == {} and d.server.count("delete") == (1 if effect else 2)


def test_a_deletion_that_is_accepted_and_not_done():
    d = desk(server=stored("zoe"))
    d.resource.parts[0].delete = lambda client, change: client.ask("delete", "zoe", lambda: None)
    result = d({**ZOE, "state": "absent"})
    assert result["msg"] == "zoe: the server accepted the deletion, and the object is still there" and not result["changed"]


def test_a_refused_deletion():
    d = desk(server=stored("zoe"))
    d.server.fault("delete", error=refused("it is the last one"))
    result = d({**ZOE, "state": "absent"})
    assert result["msg"] == "zoe: it is the last one" and result["changed"] is False


def test_a_deletion_that_is_refused_halfway():
    d = desk(server=stored("zoe", title="a"))

    def delete(client, change):
        d.server.objects["zoe"]["title"] = ""
        raise refused("it is the last one")

    d.resource.parts[0].delete = delete
    result = d({**ZOE, "state": "absent"})
    assert result["msg"] == "zoe: it is the last one" and result["changed"]


def test_a_deletion_that_emptied_the_object_before_it_was_refused():
    d = desk(server=stored("zoe", title="a"))

    def delete(client, change):
        change.sent.add("what was in it")
        raise refused("it is the last one")

    d.resource.parts[0].delete = delete
    result = d({**ZOE, "state": "absent"})
    assert result["msg"] == "zoe: it is the last one" and result["changed"] and result["diff"]


def test_what_cannot_be_read_back():
    d = desk(server=stored("zoe", title="a"))
    edit = d.resource.parts[0].set
    d.resource.parts[0].set = lambda *args: (edit(*args), d.server.fault("get", error=Lost("cut")))
    result = d({**ZOE, "title": "A"})
    assert result["msg"] == "zoe: it was written, and what the server holds now could not be read: cut" and result["changed"]


# What sticks


@pytest.mark.parametrize("policy", ["fail", "warn"])
def test_a_dropped_value_is_named(policy):
    d = desk(server=stored("zoe", title="a", phone="b"))
    d.server.loses.add("title")
    result = d({**ZOE, "title": "A", "phone": "B"}, on_unconverged=policy)
    words = "zoe: the server accepted title and did not store it as asked"
    assert result["people"][0]["dropped"] == ["title"] and result["summary"]["dropped"] == 1
    assert result.get("failed", False) is (policy == "fail")
    assert (result["msg"] == words) if policy == "fail" else (result["warnings"] == [f"person {words}"])
    assert d.server.count("set title") == 1 and d.server.objects["zoe"]["phone"] == "B"


def test_a_dropped_value_of_a_creation():
    d = desk()
    d.server.loses.add("title")
    result = d({**ZOE, "title": "A"})
    assert result["people"][0]["dropped"] == ["title"] and d.server.wrote() == [("create", "zoe"), ("set title", "zoe")]


def test_what_was_not_kept_at_all_is_no_change():
    d = desk()
    d.resource.parts[0].store = lambda server, change, sent: None
    result = d({**ZOE, "title": "A"})
    assert result["failed"] and "did not keep it" in result["msg"] and result["changed"] is False and result["diff"] == []


def test_a_dropped_value_that_only_a_creation_takes():
    d = desk(Field("home", send=(CREATE,)))
    d.server.loses.add("home")
    result = d({**ZOE, "home": "/srv/zoe"})
    assert result["failed"] and result["people"][0]["dropped"] == ["home"] and d.server.wrote() == [("create", "zoe")]


def test_a_refused_field_does_not_stop_the_others():
    d = desk(Field("a"), Field("b"), Field("c"), server=stored("zoe"))
    d.server.fault("set b", error=refused("too long", code=5))
    result = d({**ZOE, "a": "1", "b": "2", "c": "3"})
    assert result["msg"] == "zoe: b was refused: too long" and result["people"][0]["code"] == 5 and result["changed"]
    assert d.server.objects["zoe"] == {"uid": "zoe", "a": "1", "c": "3"} and d.server.count("set b") == 1


def test_a_refusal_is_forgiven_if_the_value_is_there():
    d = desk(server=stored("zoe"))
    d.server.fault("set title", error=refused("notice: mail not sent"), effect=True)
    d.ok({**ZOE, "title": "A"})


def test_a_field_that_only_a_creation_takes():
    d = desk(Field("home", send=(CREATE,)), TITLE)
    d.converges({**ZOE, "home": "/srv/zoe", "title": "a"})
    result = d.predicted({**ZOE, "home": "/srv/other", "title": "b"})
    assert result["failed"] and d.server.wrote() == []
    assert "home can only be chosen when the person is created: it is '/srv/zoe', and '/srv/other' was asked for" in result["msg"]


def test_a_part_may_settle(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(engine, "time", clock)
    d = desk(core={"settle": 5.0}, server=stored("zoe", title="old"))
    late = []
    d.resource.parts[0].set = lambda client, change, item, value: client.ask("set title", "zoe", lambda: late.append(value))
    read = d.resource.parts[0].get

    def get(client, want, raw):
        if late and clock.now >= 1001:
            client.server.objects["zoe"]["title"] = late[0]
        return read(client, want, raw)

    d.resource.parts[0].get = get
    d.ok({**ZOE, "title": "new"})
    assert 1 <= sum(clock.slept) <= 2


def test_settling_has_an_end_and_is_not_spent_on_refusals(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(engine, "time", clock)
    d = desk(core={"settle": 5.0}, server=stored("zoe", title="old"))
    d.server.loses.add("title")
    assert "did not store it" in d.bad({**ZOE, "title": "new"})
    assert sum(clock.slept) == pytest.approx(5)
    clock.slept.clear()
    d.server.fault("set title", error=refused())
    d.bad({**ZOE, "title": "new"})
    assert clock.slept == []


def test_only_the_settling_of_written_parts_is_waited_for(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(engine, "time", clock)
    d = desk(beside=[Beside("photo", Field("photo"), settle=9.0)], server=stored("zoe", title="old"))
    d.server.loses.add("title")
    d.bad({**ZOE, "title": "new"})
    assert clock.slept == []


# Parts


def parts_desk(**attributes):
    return desk(beside=[Beside("roles", ROLES), Beside("photo", Field("photo"))], **attributes)


def test_a_new_object_gets_all_its_parts():
    d = parts_desk()
    d.converges({**ZOE, "title": "a", "roles": ["clerk"], "photo": "x"})
    assert d.server.wrote() == [("create", "zoe"), ("set roles", "zoe"), ("set photo", "zoe")]
    assert d.server.beside == {"roles": {"zoe": {"roles": ["clerk"]}}, "photo": {"zoe": {"photo": "x"}}}


def test_only_needed_parts_are_read_and_written_ones_verified():
    d = parts_desk(server=stored("zoe", title="a"))
    d.ok({**ZOE, "title": "a"})
    assert d.server.log == [("get", "zoe")]
    d.ok({**ZOE, "title": "a", "roles": ["clerk"]})
    assert d.server.log == [("get", "zoe"), ("get", "roles zoe"), ("set roles", "zoe"), ("get", "roles zoe")]
    d.ok({**ZOE, "title": "b", "roles": ["clerk"]})
    assert d.server.log == [("get", "zoe"), ("get", "roles zoe"), ("set title", "zoe"), ("get", "zoe")]


def test_a_part_that_cannot_be_read_is_one_objects_error():
    d = parts_desk(server=stored("zoe", "yves"))
    d.server.fault("get", "roles zoe", error=refused("no right to read roles"))
    result = d({**ZOE, "roles": ["clerk"]}, {**YVES, "roles": ["clerk"]})
    assert result["msg"] == "1 of 2 people failed, the first: zoe: no right to read roles"
    assert d.server.wrote() == [("set roles", "yves")]


def test_a_refused_part_does_not_stop_the_others():
    d = parts_desk(core={"whole": True}, server=stored("zoe", title="a", phone="1"))
    d.server.fault("update", error=refused("not this title"))
    result = d({**ZOE, "title": "b", "phone": "2", "roles": ["clerk"]})
    assert result["msg"] == "zoe: title, phone were refused: not this title" and result["changed"]
    assert d.server.beside["roles"]["zoe"] == {"roles": ["clerk"]}


def test_a_further_part_may_have_nothing():
    """Nothing said about a photo is not the absence of the person."""
    photo = Beside("photo", Field("photo"), nothing=lambda want: None)
    d = desk(beside=[photo], server=stored("zoe"))
    result = d.quiet({**ZOE, "photo": "x"})
    assert result["people"][0]["unverified"] == ["photo"]


class Memberships(Beside):
    """Read and written at the groups: one call of the API takes many people."""

    together = (UPDATE,)

    def write(self, client, call, changes):
        groups = {}
        for change in changes:
            for group in change.goals["groups"]:
                groups.setdefault(group, []).append(change)
        errors = {}
        for group, members in groups.items():
            try:
                client.ask(f"join {group}", "", lambda members=members: [self.join(client, change) for change in members])
            except BackendError as exc:
                if exc.fatal or exc.uncertain:
                    raise
                errors.update({change.name: exc for change in members})
        return errors

    def join(self, client, change):
        self.shelf(client)[change.raw["uid"]] = {"groups": change.goals["groups"]}


GROUPS = Field("groups", type="list", elements="str", mode="add")
PEOPLE = [{"uid": f"u{n}", "groups": ["staff"]} for n in range(5)]


def test_many_objects_in_one_call():
    d = desk(beside=[Memberships("groups", GROUPS)], server=stored(*(person["uid"] for person in PEOPLE)))
    result = d.converges(*PEOPLE)
    assert result["summary"]["updated"] == 5 and d.server.wrote() == [("join staff", "")]


def test_many_objects_in_one_call_that_gets_no_answer():
    d = desk(beside=[Memberships("groups", GROUPS)], server=stored(*(person["uid"] for person in PEOPLE)))
    d.server.fault("join staff", effect=True)
    assert d.ok(*PEOPLE)["summary"]["updated"] == 5 and d.server.count("join") == 1


def test_one_of_many_objects_in_one_call_is_refused():
    d = desk(beside=[Memberships("groups", GROUPS)], server=stored("u0", "u1"))
    d.server.fault("join admins", error=refused("not you"))
    result = d({"uid": "u0", "groups": ["staff"]}, {"uid": "u1", "groups": ["admins"]})
    assert [item["failed"] for item in result["people"]] == [False, True] and "groups was refused: not you" in result["msg"]


def test_creations_and_deletions_in_one_call():
    class Bulk(Core):
        together = (CREATE, DELETE)

        def write(self, client, call, changes):
            def effect():
                for change in changes:
                    if call == CREATE:
                        self.store(client.server, change, {item: change.goals[item.name] for item in change.sending(CREATE, self)})
                    else:
                        del client.server.objects[change.raw["uid"]]

            client.ask(f"bulk {call}", "", effect)
            return {}

    d = Desk(Person(Bulk(TITLE, PHONE)))
    d.converges({**ZOE, "title": "a"}, {**YVES, "phone": "1"})
    assert d.server.wrote() == [("bulk create", ""), ("set phone", "yves")]
    d.converges({**ZOE, "state": "absent"}, {**YVES, "state": "absent"})
    assert d.server.wrote() == [("bulk delete", "")]


# Whole-object updates


def test_a_whole_object_update_keeps_unknown_keys():
    d = desk(
        Field("title", source="job.title"), core={"whole": True}, server=stored("zoe", job={"title": "a", "grade": 3}, other={"deep": [1]})
    )
    d.converges({**ZOE, "title": "b"})
    assert d.server.objects["zoe"] == {"uid": "zoe", "job": {"title": "b", "grade": 3}, "other": {"deep": [1]}}


def test_a_whole_object_update_never_sends_a_mask_back():
    sent = []
    d = desk(TITLE, PASSWORD, core={"whole": True}, server=stored("zoe", title="a", password="********"))
    update = d.resource.parts[0].update
    d.resource.parts[0].update = lambda client, change: (sent.append(change.merged(d.resource.parts[0])), update(client, change))
    d.ok({**ZOE, "title": "b"})
    assert sent == [{"uid": "zoe", "title": "b"}]
    d.ok({**ZOE, "password": SECRET, "update_password": "always"})
    assert sent[1]["password"] == SECRET


class Resending(Core):
    """An update takes only what it is given, and blanks the name if it is not repeated."""

    def update(self, client, change):
        sent = change.wire(UPDATE, self)

        def effect():
            client.server.objects[change.raw["uid"]].update({"name": "", **sent})

        client.ask("update", change.name, effect)


NAME = Field("name", resend=True)


def test_a_field_that_joins_every_update():
    d = Desk(Person(Resending(NAME, TITLE)), stored("zoe", name="Zoe", title="a"))
    d.converges({**ZOE, "title": "b"})
    assert d.server.objects["zoe"] == {"uid": "zoe", "name": "Zoe", "title": "b"}


def test_a_field_that_joins_every_update_and_cannot_be_read():
    d = Desk(Person(Resending(NAME, TITLE), may_be_unreadable=True), stored("zoe", title="a"))
    d.server.omits.add("name")
    result = d.predicted({**ZOE, "title": "b"})
    assert d.server.wrote() == [] and "name must be given: an update repeats it and its present value cannot be read" in result["msg"]
    d.ok({**ZOE, "title": "b", "name": "Zoe"})
    assert d.server.objects["zoe"]["name"] == "Zoe"


# Identities


def two_names(*rows, few=20, **attributes):
    number = Field("number")
    return desk(
        EMAIL,
        number,
        TITLE,
        core={"few": few, "listed": True},
        resource={"identities": ((UID,), (EMAIL,))},
        server=Server(objects={row["uid"]: row for row in rows}),
        **attributes,
    )


FEW = pytest.mark.parametrize("few", [20, 0], ids=["one by one", "by listing"])


@FEW
def test_found_by_any_identity(few):
    d = two_names({"uid": "u1", "email": "zoe@example.org"}, few=few)
    result = d.converges({"email": "zoe@example.org", "title": "a"})
    assert d.server.objects["u1"]["title"] == "a" and result["people"][0]["id"] == {"uid": "u1", "email": "zoe@example.org"}
    d.converges({"uid": "u1", "title": "b"})
    d.quiet({"uid": "U1", "email": "zoe@example.org", "title": "b"})


@FEW
def test_identities_of_two_objects_are_an_error(few):
    d = two_names({"uid": "u1", "email": "a@example.org"}, {"uid": "u2", "email": "b@example.org"}, few=few)
    assert d.bad({"uid": "u1", "email": "b@example.org", "title": "x"}) == "u1: u1 names different people: u1 and u2"
    assert d.server.wrote() == []


def test_an_identity_that_two_objects_share_is_an_error():
    d = two_names({"uid": "u1", "email": "a@example.org"}, {"uid": "u2", "email": "a@example.org"}, few=0)
    assert "names different people: u1 and u2" in d.bad({"email": "a@example.org", "title": "x"})


@FEW
def test_a_new_value_of_an_identity_is_an_update(few):
    d = two_names({"uid": "u1", "email": "a@example.org"}, few=few)
    d.converges({"uid": "u1", "email": "b@example.org"})
    assert d.server.objects["u1"]["email"] == "b@example.org"


def test_a_listing_is_read_once_for_many():
    d = two_names(*({"uid": f"u{n}", "email": f"{n}@example.org", "title": "a"} for n in range(50)))
    d.quiet(*({"uid": f"u{n}", "title": "a"} for n in range(50)))
    assert d.server.log == [("list", "")]


def test_a_listing_of_a_further_part_goes_by_the_object_that_was_found():
    class Listed(Beside):
        few = 0

        def list(self, client, scope):
            return client.ask("list", "", lambda: [{"uid": uid, **row} for uid, row in self.shelf(client).items()], write=False)

    d = two_names({"uid": "u1", "email": "a@example.org"}, beside=[Listed("roles", ROLES)])
    d.server.beside["roles"] = {"u1": {"roles": ["clerk"]}}
    d.quiet({"email": "a@example.org", "roles": ["clerk"]})


class PerSite(Core):
    """A listing for each site; ``rows`` of it may lack what reading one person holds."""

    def scope(self, want):
        return {"site": want.values["uid"].partition("@")[2]}

    def list(self, client, scope):
        rows = client.ask("list", scope["site"], lambda: [dict(raw) for raw in client.server.objects.values()], write=False)
        return [{key: each for key, each in raw.items() if key != "phone"} for raw in rows if raw["uid"].endswith(f"@{scope['site']}")]


def sites(**attributes):
    people = [f"{name}@{site}" for site in ("north", "south", "west") for name in ("ann", "bob", "cid")]
    part = PerSite(TITLE, PHONE, few=2, **attributes)
    return people[:7], Desk(Person(part), stored(*people, title="a", phone="1"))


def test_one_listing_for_each_scope_that_has_many():
    people, d = sites()
    d.quiet(*({"uid": uid, "title": "a"} for uid in people))
    assert sorted(d.server.log) == [("get", "ann@west"), ("list", "north"), ("list", "south")]


def test_a_listing_that_fails_concerns_its_scope_only():
    people, d = sites()
    d.server.fault("list", "south", refused("no such site"))
    result = d(*({"uid": uid, "title": "b"} for uid in people), return_all=True)
    assert [item["failed"] for item in result["people"]] == [False] * 3 + [True] * 3 + [False]
    assert "no such site" in result["msg"] and result["summary"]["updated"] == 4


def test_a_row_that_lacks_a_wanted_field_is_read_by_itself():
    people, d = sites(partial=True)
    d.quiet(*({"uid": uid, "title": "a"} for uid in people[:3]))
    assert d.server.log == [("list", "north")]
    wishes = [{"uid": uid, "title": "a"} for uid in people[:3]]
    wishes[1]["phone"] = "1"
    d.quiet(*wishes)
    assert d.server.log == [("list", "north"), ("get", "bob@north")]
    wishes[1]["phone"] = "2"
    d.converges(*wishes)
    assert d.server.objects["bob@north"]["phone"] == "2"


def test_a_row_that_lacks_a_field_which_names_the_object_as_well():
    """Such as an identifier in another directory."""

    class Terse(Core):
        few, partial = 2, True

        def list(self, client, scope):
            return client.ask("list", "", lambda: [{"uid": uid} for uid in client.server.objects], write=False)

    d = Desk(Person(Terse(TITLE, EMAIL), identities=((UID,), (EMAIL,))), stored("ann", "bob", "cid", email="a@example.org"))
    d.server.objects["bob"]["email"], d.server.objects["cid"]["email"] = "b@example.org", "c@example.org"
    wishes = [{"uid": uid, "email": person["email"]} for uid, person in d.server.objects.items()]
    d.quiet(*wishes)
    assert sorted(d.server.log) == [("get", "ann"), ("get", "bob"), ("get", "cid"), ("list", "")]
    d.converges(*wishes[:2], {"uid": "cid", "email": "other@example.org"})
    assert d.server.objects["cid"]["email"] == "other@example.org"


def test_the_server_chooses_what_was_not_given():
    number = Field("number", type="int", assigned=True)
    d = desk(number, TITLE)
    create = d.resource.parts[0].create
    d.resource.parts[0].create = lambda client, change: (create(client, change), client.server.objects["zoe"].setdefault("number", 1003))
    foretold = d({**ZOE, "title": "a"}, check=True)
    assert foretold["diff"][0]["after"]["number"] == "(assigned by the server)" == foretold["people"][0]["id"]["number"]
    result = d.ok({**ZOE, "title": "a"})
    assert result["diff"][0]["after"]["number"] == 1003 == result["people"][0]["id"]["number"]
    d.quiet({**ZOE, "title": "a"})
    d.quiet({**ZOE, "title": "a", "number": 1003})


# Renaming


def renaming(*uids, few=20):
    return desk(TITLE, core={"few": few, "listed": True}, resource={"renames": True}, beside=[Beside("roles", ROLES)], server=stored(*uids))


RENAME = {"uid": "new", "rename_from": "old"}


@FEW
def test_rename(few):
    d = renaming("old", few=few)
    result = d.converges({**RENAME, "title": "a", "roles": ["clerk"]})
    assert d.server.objects == {"new": {"uid": "new", "title": "a"}} and d.server.beside["roles"] == {"new": {"roles": ["clerk"]}}
    assert result["people"][0]["fields"] == ["roles", "title", "uid"] and d.server.wrote()[0] == ("rename", "new")
    assert result["diff"][0]["before"]["uid"] == "old" and result["diff"][0]["after"]["uid"] == "new"


@FEW
def test_rename_of_what_is_renamed_already(few):
    renaming("new", few=few).quiet(RENAME)


@FEW
def test_rename_onto_another(few):
    d = renaming("old", "new", few=few)
    assert d.bad(RENAME) == "new: old cannot become new: new and old both exist" and d.server.wrote() == []


@FEW
def test_rename_of_nobody_creates(few):
    d = renaming(few=few)
    d.converges(RENAME)
    assert list(d.server.objects) == ["new"]


def test_rename_that_does_not_happen():
    d = renaming("old")
    d.server.loses.add("rename")
    result = d(RENAME)
    assert result["people"][0]["dropped"] == ["uid"] and result["failed"]


@pytest.mark.parametrize("effect", [True, False])
def test_rename_without_an_answer(effect):
    d = renaming("old")
    d.server.fault("rename", effect=effect)
    assert d.ok(RENAME)["changed"] and list(d.server.objects) == ["new"] and d.server.count("rename") == (1 if effect else 2)


def test_the_former_name_is_not_deleted_as_the_new_one():
    d = renaming("old")
    d.quiet({**RENAME, "state": "absent"})


@pytest.mark.parametrize("effect", [True, False])
def test_a_rename_that_was_refused_may_have_happened(effect):
    d = renaming("old")
    d.server.fault("rename", error=Refused("no"), effect=effect)
    result = d(RENAME)
    assert result["failed"] and result["changed"] is effect and list(d.server.objects) == ["new" if effect else "old"]


def test_rename_needs_the_new_name():
    d = two_names({"uid": "u1", "email": "a@example.org"})
    d.resource.renames = True
    assert "rename_from needs uid" in d.bad({"email": "a@example.org", "rename_from": "u1"})


# What cannot be read, may not be written, or is hidden


def unreadable(value=UNREADABLE, **attributes):
    return desk(Field("note"), TITLE, resource={"may_be_unreadable": True}, server=stored("zoe", note=value, title="a"), **attributes)


def test_unreadable_is_not_sent_and_said():
    d = unreadable()
    result = d.quiet({**ZOE, "note": "x"})
    assert result["people"][0]["unverified"] == ["note"] and result["summary"]["unverified"] == 1
    assert result["warnings"] == ["note of 1 people cannot be read back, so whether they are as wanted is unknown"]


@pytest.mark.parametrize("policy", ["always", "always_quiet"])
def test_unreadable_is_sent_each_time(policy):
    d = unreadable()
    d.resource.parts[0].set = lambda client, change, item, value: client.ask(f"set {item.name}", value, lambda: None)
    for _run in range(2):
        result = d.predicted({**ZOE, "note": "x"}, unreadable_fields=policy)
        assert d.server.wrote() == [("set note", "x")] and not result.get("failed")
        assert result["changed"] is (policy == "always") and result["people"][0]["unverified"] == ["note"]
        assert result["people"][0]["action"] == ("update" if policy == "always" else "none")


def test_a_refused_unreadable_field_is_named():
    d = unreadable()
    d.server.fault("set note", error=refused())
    assert d.bad({**ZOE, "note": "x"}, unreadable_fields="always_quiet") == "zoe: note was refused: no such value"


@pytest.mark.parametrize("mode", ["add", "remove"])
def test_nothing_is_added_to_a_list_that_cannot_be_read(mode):
    """Writing it would remove all that is unknown."""
    d = desk(ROLES, resource={"may_be_unreadable": True}, server=stored("zoe", roles=UNREADABLE))
    result = d.predicted({**ZOE, "roles": ["a"], "roles_mode": mode}, unreadable_fields="always")
    assert "roles cannot be read, so nothing can be added or removed" in result["msg"] and d.server.wrote() == []
    d.quiet({**ZOE, "roles": ["a"], "roles_mode": mode})


@pytest.mark.parametrize("send", [(CREATE, UPDATE), (UPDATE,)])
def test_unreadable_after_a_creation_is_written_once(send):
    d = desk(Field("note", send=send, readable=False))
    result = d.predicted({**ZOE, "note": "x"})
    assert d.server.objects["zoe"]["note"] == "x" and result["people"][0]["unverified"] == ["note"] and not result.get("failed")
    d.quiet({**ZOE, "note": "x"})


@pytest.mark.parametrize("send", [(CREATE, UPDATE), (UPDATE,)])
def test_a_reading_that_lacks_the_field_only_afterwards(send):
    d = desk(Field("note", send=send))
    d.server.omits.add("note")
    d.resource.parts[0].set = lambda client, change, item, value: client.ask(f"set {item.name}", value, lambda: None)
    result = d.ok({**ZOE, "note": "x"})
    assert result["people"][0]["unverified"] == ["note"] and d.server.count("set note") == (0 if CREATE in send else 1)


def test_what_may_not_be_written_is_refused_before_the_write():
    d = unreadable(NotAllowed("you have no right to it"))
    result = d.predicted({**ZOE, "note": "x", "title": "b"})
    assert result["msg"] == "zoe: note cannot be set: you have no right to it" and d.server.wrote() == []
    d.converges({**ZOE, "title": "b"})


def test_what_turns_out_not_to_be_writable_after_a_creation():
    d = desk(Field("note"), TITLE)
    d.resource.parts[0].store = lambda server, change, sent: server.objects.update(
        zoe={"uid": "zoe", "title": "a", "note": NotAllowed("no such attribute")}
    )
    result = d({**ZOE, "note": "x", "title": "a"})
    assert result["msg"] == "zoe: note was refused: it cannot be set: no such attribute" and result["changed"]


# Secrets


def hidden_everywhere(result, *secrets):
    return not any(secret in repr(result) for secret in (secrets or (SECRET,)))


def with_password(verdict=None, **attributes):
    def matches(client, change, item):
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    return desk(TITLE, PASSWORD, resource={"password_matches": matches}, **attributes)


def test_a_secret_is_sent_when_the_object_is_created_and_never_shown():
    d = with_password()
    result = d.converges({**ZOE, "password": SECRET})
    assert d.server.objects["zoe"]["password"] == SECRET and hidden_everywhere(result)
    assert result["diff"][0]["after"]["password"] == HIDDEN


@pytest.mark.parametrize(
    "policy, verdict, writes",
    [
        ("on_create", False, False),
        ("always", True, True),
        ("when_changed", False, True),
        ("when_changed", True, False),
        ("when_changed", None, False),
    ],
)
def test_update_password(policy, verdict, writes):
    d = with_password(verdict, server=stored("zoe", password="old"))
    result = d.predicted({**ZOE, "password": SECRET, "update_password": policy})
    assert result["changed"] is writes and (d.server.objects["zoe"]["password"] == SECRET) is writes and hidden_everywhere(result)
    assert ("cannot be told" in str(result.get("warnings"))) is (policy == "when_changed" and verdict is None)


def test_a_password_that_cannot_be_tested_is_one_objects_error():
    d = with_password(Lost("no answer"), server=stored("zoe", "yves"))
    result = d({**ZOE, "password": SECRET, "update_password": "when_changed"}, {**YVES, "title": "b"})
    assert result["msg"] == "1 of 2 people failed, the first: zoe: no answer" and d.server.wrote() == [("set title", "yves")]


def test_an_empty_secret_is_not_given():
    d = with_password(server=stored("zoe", password="old"))
    d.quiet({**ZOE, "password": "", "update_password": "always"})


def test_secrets_are_taken_out_of_the_servers_words():
    d = with_password(server=stored("zoe"))
    d.server.fault("set password", error=refused(f"'{SECRET}' is too weak"))
    result = d({**ZOE, "password": SECRET, "update_password": "always"}, YVES)
    assert hidden_everywhere(result) and f"'{HIDDEN}' is too weak" in result["msg"]
    d.server.fault("create", "paul", error=Lost(f"echo {SECRET}"), effect=True)
    result = d({"uid": "paul", "password": SECRET})
    assert hidden_everywhere(result) and f"echo {HIDDEN}" in result["warnings"][0]


def test_secrets_are_taken_out_of_the_reason_to_stop():
    d = with_password(server=stored("zoe", "yves"))
    d.server.fault("set password", error=Unavailable(f"blocked after {SECRET}"))
    result = d({**ZOE, "password": SECRET, "update_password": "always"}, {**YVES, "title": "b"})
    assert hidden_everywhere(result) and result["summary"]["failed"] == 2


# Open maps and their secret twins


ATTRIBUTES = Field("attributes", type="dict", twin="passwords")
PASSWORDS = Field("passwords", type="dict", secret=True, source="attributes")


def open_map(**have):
    return desk(ATTRIBUTES, PASSWORDS, resource={"may_be_unreadable": True}, server=stored("zoe", attributes=have) if have else None)


def test_only_given_keys_of_an_open_map_are_managed():
    d = open_map(mobile="1", room="2", empty="")
    result = d.converges({**ZOE, "attributes": {"mobile": "9", "room": "2", "floor": "3", "nothing": ""}})
    assert d.server.objects["zoe"]["attributes"] == {"mobile": "9", "room": "2", "floor": "3", "empty": ""}
    assert result["people"][0]["fields"] == ["attributes.floor", "attributes.mobile"]
    assert result["diff"][0]["before"] == {"attributes.mobile": "1", "attributes.floor": None}


def test_an_open_map_of_a_new_object_is_reported_by_key():
    d = open_map()
    result = d.converges({**ZOE, "attributes": {"a": "1"}, "passwords": {"pin": SECRET}})
    assert result["diff"][0]["after"] == {"uid": "zoe", "attributes.a": "1", "passwords.pin": HIDDEN}
    assert d.server.objects["zoe"]["attributes"] == {"a": "1", "pin": SECRET}


def test_a_lost_key_of_an_open_map_is_named():
    d = open_map(a="1", b="2")
    d.resource.parts[0].set = lambda client, change, item, value: client.ask(
        "set", "", lambda: put(client.server.objects["zoe"], item, {"a": value["a"]})
    )
    result = d({**ZOE, "attributes": {"a": "x", "b": "y"}})
    assert result["people"][0]["dropped"] == ["attributes.b"] and "accepted attributes.b and" in result["msg"]


def follows(d, setter, *others):
    """Writing ``setter`` makes the server choose all the others anew."""
    part, plain = d.resource.parts[0], type(d.resource.parts[0]).set

    def set_it(client, change, item, value):
        plain(part, client, change, item, value)
        if item.name == setter or (item.is_map and setter in value):
            for name in others:
                held = client.server.objects["zoe"]
                (held["attributes"] if item.is_map else held)[name] = "generated"

    part.set = set_it


def test_what_another_value_undoes_is_written_once_more():
    d = desk(server=stored("zoe", title="a", phone="1"))
    follows(d, "title", "phone")
    d.converges({**ZOE, "title": "b", "phone": "1"})
    assert d.server.wrote() == [("set title", "zoe"), ("set phone", "zoe")] and d.server.objects["zoe"]["phone"] == "1"
    d = desk(server=stored("zoe", title="a", phone="1"))
    follows(d, "title", "phone")
    d.server.loses.add("phone")
    result = d({**ZOE, "title": "b", "phone": "1"})
    assert result["failed"] and result["people"][0]["dropped"] == ["phone"] and d.server.count("set") == 2


def test_what_another_key_of_an_open_map_undoes_is_written_once_more():
    d = open_map(a="1", b="2")
    follows(d, "a", "b")
    d.converges({**ZOE, "attributes": {"a": "x", "b": "2"}})
    assert d.server.objects["zoe"]["attributes"] == {"a": "x", "b": "2"} and d.server.count("set") == 2
    d = open_map(a="1", b="2", c="3")
    d.resource.parts[0].set = lambda client, change, item, value: client.ask(
        "set", "", lambda: client.server.objects["zoe"].update(attributes={"a": "x", "b": "no", "c": "no"})
    )
    result = d({**ZOE, "attributes": {"a": "x", "b": "y", "c": "3"}})
    assert result["people"][0]["dropped"] == ["attributes.b", "attributes.c"] and d.server.count("set") == 2


def test_a_refused_key_of_an_open_map_is_named():
    d = open_map(a="1", b="2")

    def update(client, change):
        put(client.server.objects["zoe"], ATTRIBUTES, {"a": "x"})
        change.sent.add("attributes")
        change.refuse(ATTRIBUTES, refused("not a room"), "b")

    d.resource.parts[0].update = update
    result = d({**ZOE, "attributes": {"a": "x", "b": "y"}})
    assert "attributes.b was refused: not a room" in result["msg"]


def test_each_key_of_an_open_map_may_be_unreadable_or_forbidden():
    d = open_map(a=UNREADABLE, b="1")
    result = d.converges({**ZOE, "attributes": {"a": "x", "b": "2"}})
    assert result["people"][0]["unverified"] == ["attributes.a"] and result["people"][0]["fields"] == ["attributes.b"]
    d = open_map(a=NotAllowed("it is computed"), b="1")
    assert d.bad({**ZOE, "attributes": {"a": "x"}}) == "zoe: attributes.a cannot be set: it is computed"
    d.quiet({**ZOE, "attributes": {"b": "1"}})


def test_an_open_map_that_cannot_be_read_at_all():
    d = desk(ATTRIBUTES, resource={"may_be_unreadable": True}, server=stored("zoe"))
    d.server.omits.add("attributes")
    result = d.quiet({**ZOE, "attributes": {"a": "x"}})
    assert result["people"][0]["unverified"] == ["attributes.a"]


def test_a_key_may_not_be_open_and_secret():
    d = open_map()
    message = d.bad({**ZOE, "attributes": {"pin": "1", "a": "2"}, "passwords": {"pin": SECRET}})
    assert message == "people[0] (zoe): pin stands in both attributes and passwords" and d.server.log == []


def test_a_map_of_secrets_is_hidden_everywhere():
    d = open_map(a="1")
    d.server.fault("set passwords", error=refused(f"{SECRET} or 1234 is bad"))
    person = {**ZOE, "passwords": {"pin": SECRET, "code": 1234, "none": ""}, "update_password": "always"}
    result = d(person)
    assert hidden_everywhere(result, SECRET, "1234") and result["people"][0]["fields"] == ["passwords.code", "passwords.pin"]
    assert result["msg"] == f"zoe: passwords was refused: {HIDDEN} or {HIDDEN} is bad"
    assert d.ok(person)["changed"] and d.server.objects["zoe"]["attributes"] == {"a": "1", "pin": SECRET, "code": "1234"}


# Lists


@pytest.mark.parametrize(
    "mode, want, stays",
    [
        ("add", ["B", "c"], ["a", "b", "All", "c"]),
        ("set", ["c"], ["c", "All"]),
        ("set", [], ["All"]),
        ("remove", ["A", "all"], ["b", "All"]),
    ],
)
def test_list_modes_and_protected_values(mode, want, stays):
    groups = Field("groups", type="list", elements="str", norm=str.casefold, protected=("All",))
    d = desk(groups, server=stored("zoe", groups=["a", "b", "All"]))
    d.converges({**ZOE, "groups": want, "groups_mode": mode})
    assert d.server.objects["zoe"]["groups"] == stays


def test_removing_from_nobody_creates_without_it():
    d = desk(ROLES)
    d.converges({**ZOE, "roles": ["a"], "roles_mode": "remove"})
    assert d.server.objects["zoe"] == {"uid": "zoe"}


def test_the_order_of_a_list_may_matter():
    d = desk(Field("rules", type="list", elements="str", ordered=True), server=stored("zoe", rules=["a", "b"]))
    d.converges({**ZOE, "rules": ["b", "a"]})
    assert d.server.objects["zoe"]["rules"] == ["b", "a"]


# Hooks


def test_options_that_steer_are_sent_and_never_compared():
    keep, comment = Field("keep_days", type="int", api="keepDays", send=(DELETE,)), Field("comment", api="saveComment", send=(CALL,))
    d = desk(resource={"steering": (keep, comment)}, server=stored("zoe", title="a"))
    seen = []
    d.resource.guard = lambda client, change: seen.append({call: change.steering(call) for call in (CREATE, UPDATE, DELETE)})
    d.quiet({**ZOE, "title": "a", "keep_days": 7, "comment": "x"})
    d.ok({**ZOE, "state": "absent", "keep_days": 7, "comment": "x"})
    assert seen == [{CREATE: {"saveComment": "x"}, UPDATE: {"saveComment": "x"}, DELETE: {"keepDays": 7, "saveComment": "x"}}]
    assert "keep_days_mode" not in d.task.options


def test_other_states():
    states = {"enabled": {"enabled": True}, "disabled": {"enabled": False}, "absent": None}
    d = desk(Field("enabled", type="bool", send=(UPDATE,)), resource={"states": states})
    d.converges({**ZOE, "state": "disabled"})
    assert d.server.objects["zoe"]["enabled"] is False
    d.converges({**ZOE, "state": "enabled"})
    d.converges({**ZOE, "state": "absent"})
    assert "enabled" not in d.task.options and d.task.options["state"]["default"] == "enabled"


def test_present_never_enables():
    d = desk(Field("enabled", type="bool", send=(UPDATE,)), TITLE, server=stored("zoe", enabled=False, title="a"))
    d.quiet({**ZOE, "title": "a"})


def test_absence_may_read_as_something():
    d = desk(Field("on", type="bool"), server=stored("zoe"))
    d.resource.parts[0].nothing = lambda want: {"uid": want.values["uid"], "on": False}
    d.resource.parts[0].set = lambda client, change, item, value: client.ask(
        "set", change.name, lambda: client.server.objects.update(yves={"uid": "yves", "on": value})
    )
    d.quiet({**YVES, "on": False})
    d.converges({**YVES, "on": True})


def test_guard_stops_one_object_in_both_modes():
    def guard(client, change):
        if change.name in client.acting():
            raise Refused("this is the account that the task works with")

    d = desk(server=stored("root", "zoe"), resource={"guard": guard})
    result = d.predicted({"uid": "root", "state": "absent"}, {**ZOE, "state": "absent"})
    assert list(d.server.objects) == ["root"] and "root: this is the account" in result["msg"]


def test_rehearse_asks_in_check_mode_only():
    asked = []
    d = desk(resource={"rehearse": lambda client, change: asked.append(change.name)})
    d.ok({**ZOE, "title": "a"}, check=True)
    assert asked == ["zoe"]
    d.ok({**ZOE, "title": "a"})
    assert asked == ["zoe"]


def test_resolve_refuses_one_and_translates_another():
    def resolve(client, wants):
        for want in wants:
            if want.values.get("title") == "nobody":
                want.error = Refused("no such title")
            else:
                want.values["title"] = "titles/7"

    d = desk(resource={"resolve": resolve})
    result = d.predicted({**ZOE, "title": "nobody"}, {**YVES, "title": "Boss"})
    assert d.server.objects == {"yves": {"uid": "yves", "title": "titles/7"}} and "zoe: no such title" in result["msg"]


def test_a_further_reading_may_satisfy():
    d = desk(server=stored("zoe", title="5 GB"), resource={"resolve": lambda client, wants: wants[0].accepts.update(title="5 GB")})
    d.quiet({**ZOE, "title": "default"})
    d = desk(
        server=stored("zoe", title="5 GB"),
        resource={"may_be_unreadable": True, "resolve": lambda client, wants: wants[0].accepts.update(title=UNREADABLE)},
    )
    assert d.quiet({**ZOE, "title": "default"})["people"][0]["unverified"] == ["title"]


def test_what_takes_effect_later():
    """The write says which reading will do until then; that is no proof, so the field stays unverified."""

    class Later(Core):
        def set(self, client, change, item, value):
            change.want.accepts["title"] = change.before["title"]
            super().set(client, change, item, value)

    d = Desk(Person(Later(TITLE), guard=lambda client, change: change.unverified.append("title")), stored("zoe", title="a"))
    d.server.loses.add("title")
    result = d.predicted({**ZOE, "title": "b"})
    assert result["changed"] and not result.get("failed") and result["people"][0]["unverified"] == ["title"]


def test_what_a_creation_needs():
    d = desk(resource={"created_by": ("title",)})
    result = d.predicted(ZOE)
    assert result["msg"] == "zoe: title must be given to create the person zoe" and d.server.wrote() == []


# Many objects


def people(count, **values):
    return [{"uid": f"u{n}", **values} for n in range(count)]


def test_one_bad_object_does_not_stop_the_others_and_order_is_kept():
    d = desk(server=stored("u1"))
    d.server.fault("create", "u0", error=refused("no"))
    result = d(*people(4, title="a"))
    assert [(item["name"], item["action"], item["failed"]) for item in result["people"]] == [
        ("u0", "create", True),
        ("u1", "update", False),
        ("u2", "create", False),
        ("u3", "create", False),
    ]
    assert result["msg"] == "1 of 4 people failed, the first: u0: no" and result["changed"]
    assert result["summary"] == {
        "total": 4,
        "created": 2,
        "updated": 1,
        "deleted": 0,
        "unchanged": 0,
        "failed": 1,
        "dropped": 0,
        "unverified": 0,
        "deferred": 0,
    }


def test_stop_at_the_first_error():
    d = desk()
    d.server.fault("create", "u1", error=refused("no"))
    result = d(*people(4, title="a"), on_error="stop")
    assert list(d.server.objects) == ["u0"]
    assert [item.get("msg") for item in result["people"]] == [None, "no", "not attempted: no", "not attempted: no"]


def test_stop_at_an_error_that_is_known_before():
    d = desk(resource={"created_by": ("title",)})
    result = d.predicted({"uid": "u0", "title": "a"}, {"uid": "u1"}, {"uid": "u2", "title": "a"}, on_error="stop")
    assert list(d.server.objects) == ["u0"] and [item["failed"] for item in result["people"]] == [False, True, True]


def test_what_was_only_begun_when_the_run_stopped_is_not_called_done():
    d = desk()
    d.server.fault("create", "u1", error=refused("no"))
    result = d({"uid": "u0", "phone": "1"}, {"uid": "u1"}, on_error="stop")
    assert result["people"][0]["failed"] and result["people"][0]["changed"]
    assert result["people"][0]["msg"] == "phone not written: no"


@pytest.mark.parametrize("fatal", [AuthError, Unavailable, Unreachable])
def test_a_fatal_error_stops_everything_and_loses_nothing(fatal):
    d = desk()
    d.server.fault("create", "u2", error=fatal("gone"))
    result = d(*people(5, title="a"))
    assert result["changed"] and result["summary"]["created"] == 2 and result["summary"]["failed"] == 3
    assert [item.get("msg") for item in result["people"]] == [None, None, "gone", "not attempted: gone", "not attempted: gone"]


def test_a_fatal_error_while_reading_back_loses_nothing():
    d = desk()
    create = d.resource.parts[0].create
    d.resource.parts[0].create = lambda *args: (create(*args), d.server.fault("get", error=Unreachable("gone"), times=9))
    result = d(*people(2, title="a"))
    assert result["changed"] and "it was written, and what the server holds now could not be read: gone" in result["msg"]


@pytest.mark.parametrize("call", ["create", "get"])
def test_an_answer_that_nobody_understands_loses_nothing(call):
    d = desk()
    create = d.resource.parts[0].create

    def surprise(client, change):
        create(client, change)
        if change.name == "u1":
            if call == "create":
                raise KeyError("ocs")
            d.server.fault("get", "u1", error=TypeError("not a map"))

    d.resource.parts[0].create = surprise
    result = d(*people(3, title="a"))
    assert list(d.server.objects) == ["u0", "u1", "u2"] and result["summary"]["created"] >= 2 - 2 * (call == "get")
    assert "an answer was not understood" in str(result)


def test_a_fatal_error_before_the_first_write_fails_the_task():
    d = desk(server=stored("zoe"))
    d.server.fault("get", error=AuthError("wrong password"))
    assert d({**ZOE, "title": "b"}, YVES)["msg"] == "Memory: wrong password"


def test_return_all():
    d = desk(server=stored("u0", "u1", title="a"))
    wish = [{"uid": "u0", "title": "a"}, {"uid": "u1", "title": "b"}]
    assert [item["name"] for item in d(*wish, check=True)["people"]] == ["u1"]
    assert [item["name"] for item in d(*wish, return_all=True)["people"]] == ["u0", "u1"]


def test_warnings_have_an_end():
    d = with_password(server=stored(*(f"u{n}" for n in range(30))))
    result = d(*people(30, password=SECRET, update_password="when_changed"))
    assert len(result["warnings"]) == 21 and result["warnings"][-1] == "and 10 more warnings"


def test_the_count_of_what_is_unknown_is_not_cut_off():
    d = desk(Field("note", readable=False), PASSWORD, server=stored(*(f"u{n}" for n in range(30))))
    result = d(*people(30, note="x", password=SECRET, update_password="when_changed"))
    assert result["warnings"][0].startswith("note of 30 people cannot be read back")


def test_bad_input_sends_nothing():
    d = two_names()
    for message, wish in {
        "uid or email must be given and not empty": [{"title": "a"}],
        "are the same person": [{"uid": "a", "email": "x@example.org"}, {"uid": "b", "email": "x@example.org"}],
        "people[0] (Zoe) and people[1] (zoe) are the same person": [{"uid": "Zoe"}, {"uid": "zoe"}],
    }.items():
        assert message in d.bad(*wish) and d.server.log == []
    assert "title must stand in each entry of people" in d.bad(ZOE, title="a")


def test_invalid_entries_can_fail_alone():
    d = desk(Field("floor", type="int", clean=whole_number), server=stored("yves", floor=1))
    wish = [{**ZOE, "floor": 2}, {**YVES, "floor": -1}, {"uid": "", "floor": 3}, {"uid": "ida"}, {"uid": "IDA"}]
    result = d.predicted(*wish, on_invalid="continue", return_all=True)
    assert [item["failed"] for item in result["people"]] == [False, True, True, True, True]
    assert [item.get("msg", "") for item in result["people"]][1:] == [
        "people[1] (yves): floor -1: too few",
        "people[2]: uid must be given and not empty",
        *["people[3] (ida) and people[4] (IDA) are the same person"] * 2,
    ]
    assert d.server.objects == {"yves": {"uid": "yves", "floor": 1}, "zoe": {"uid": "zoe", "floor": 2}}
    assert {name for call, name in d.server.log} == {"zoe"}, "of the others nothing is asked"
    assert "floor -1: too few" in d.bad(*wish) and d.server.log == []


def test_a_single_invalid_object_is_always_refused():
    assert "must be given" in desk().bad(uid="", title="a", on_invalid="continue")


def test_nothing_is_pruned_beside_an_invalid_entry():
    d = prunable("zoe", "yves")
    result = d(ZOE, {"uid": ""}, on_invalid="continue", prune_limit="100%", **PARIS)
    assert result["failed"] and set(d.server.objects) >= {"zoe", "yves"} and d.server.wrote() == []


def test_an_empty_list_is_nothing_to_do():
    assert desk().quiet(people=[])["summary"]["total"] == 0


@pytest.mark.parametrize("asked, most", [(None, 1), (3, 3), (99, 4)])
def test_workers_are_capped_by_what_the_backend_bears(asked, most):
    busy, peak, gate = [0], [0], threading.Lock()

    def create(client, change):
        with gate:
            busy[0] += 1
            peak[0] = max(peak[0], busy[0])
        time.sleep(0.01)
        client.ask("create", change.name, lambda: client.server.objects.update({change.name: {"uid": change.name, "title": "a"}}))
        with gate:
            busy[0] -= 1

    d = desk()
    d.resource.parts[0].create = create
    d.ok(*people(12, title="a"), workers=asked)
    assert peak[0] == most


class TimeIsUp(BaseException):
    """As Ansible's ``timeout:`` and Ctrl-C arrive: in the main thread, wherever it is."""


@pytest.fixture
def alarm():
    def ring(*_args):
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("workers", [1, 4])
def test_an_interruption_leaves_at_once(alarm, workers):
    """What is queued must not be sent any more, and what is under way is not waited for."""
    d = desk(writers=(workers, 4))
    begun, release = [], threading.Event()

    def create(client, change):
        begun.append(change.name)
        release.wait(5)

    d.resource.parts[0].create = create
    started = time.monotonic()
    alarm(0.1)
    with pytest.raises(TimeIsUp):
        d(*people(100, title="a"))
    assert time.monotonic() - started < 2
    release.set()
    time.sleep(0.05)
    assert len(begun) == workers


# One writer


def test_one_writer_rereads_writes_and_verifies_under_the_lock():
    d = desk(one_writer=True)
    held = []
    exclusive = d.client.exclusive

    class Lock:
        def __enter__(self):
            self.inner = exclusive()
            self.inner.__enter__()
            held.append(len(d.server.log))

        def __exit__(self, *exc):
            held.append(len(d.server.log))
            return self.inner.__exit__(*exc)

    d.client.exclusive = Lock
    d.ok({**ZOE, "title": "a"}, {**YVES, "title": "a"})
    assert d.server.log[held[0] : held[1]] == [("get", "zoe"), ("create", "zoe"), ("get", "zoe")]
    assert d.server.log[held[2] : held[3]] == [("get", "yves"), ("create", "yves"), ("get", "yves")]


def test_one_writer_does_not_undo_what_another_did_meanwhile():
    d = desk(core={"whole": True}, one_writer=True, server=stored("zoe", title="a", phone="1"))

    def guard(client, change):  # between the plan and the lock
        if not d.server.wrote():
            d.server.objects["zoe"]["phone"] = "2"

    d.resource.guard = guard
    d.ok({**ZOE, "title": "b"})
    assert d.server.objects["zoe"] == {"uid": "zoe", "title": "b", "phone": "2"}


def test_one_writer_finds_the_work_done():
    d = desk(one_writer=True)
    d.resource.guard = lambda client, change: client.server.objects.setdefault("zoe", {"uid": "zoe", "title": "a"})
    result = d.ok({**ZOE, "title": "a"}, return_all=True)
    assert result["changed"] is False and d.server.wrote() == [] and result["summary"]["unchanged"] == 1


def test_one_writer_keeps_the_verdict_on_a_password():
    asked = []
    d = desk(TITLE, PASSWORD, one_writer=True, server=stored("zoe"), resource={"password_matches": lambda *args: asked.append(1) or False})
    d.ok({**ZOE, "password": SECRET, "update_password": "when_changed"})
    assert d.server.objects["zoe"]["password"] == SECRET and asked == [1]


@pytest.mark.parametrize("where", ["create", "get"])
def test_one_writer_and_a_fatal_error(where):
    d = desk(one_writer=True)
    if where == "create":
        d.server.fault("create", "u1", error=Unreachable("gone"))
    else:
        create = d.resource.parts[0].create
        d.resource.parts[0].create = lambda client, change: (create(client, change), d.server.fault("get", "u1", error=Unreachable("gone")))
    result = d(*people(3, title="a"))
    assert result["changed"] and list(d.server.objects) == ["u0"]
    assert [item.get("msg") for item in result["people"]] == [None, "gone", "not attempted: gone"]


def test_one_writer_stops_at_the_first_error():
    d = desk(one_writer=True)
    d.server.loses.add("title")
    d.server.fault("create", "u0", error=refused("no"))
    result = d(*people(2, title="a"), on_error="stop")
    assert result["people"][1]["msg"] == "not attempted: no" and d.server.objects == {}


def test_two_threads_with_one_writer_lose_no_update():
    server = stored("zoe", roles=[])

    def work(names):
        d = desk(ROLES, core={"whole": True}, one_writer=True, server=server)
        update = d.resource.parts[0].update
        d.resource.parts[0].update = lambda client, change: (time.sleep(0.005), update(client, change))
        for name in names:
            d.task.run(d.params({**ZOE, "roles": [name]}), False, opened=lambda: d.client)

    threads = [threading.Thread(target=work, args=([f"{letter}{n}" for n in range(8)],)) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.objects["zoe"]["roles"]) == 16


@pytest.mark.parametrize("shown", [True, False])
def test_what_a_new_object_may_not_show_is_verified_where_it_does(shown):
    """A resource that does not know says so beforehand; the server decides."""
    d = desk(TITLE, resource={"may_be_unreadable": True, "guard": lambda client, change: change.unverified.append("title")})
    d.server.omits = set() if shown else {"title"}
    assert d({**ZOE, "title": "x"}, check=True)["people"][0]["unverified"] == ["title"]
    assert d.ok({**ZOE, "title": "x"})["people"][0].get("unverified") == (None if shown else ["title"])


# Pruning


def prunable(*uids, **attributes):
    def guard(client, change):
        if change.action == DELETE and change.name == "root":
            raise Refused("this is the account that the task works with")

    d = desk(TITLE, core={"listed": True, "few": 0}, resource={"guard": guard}, server=stored(*uids, site="paris"), **attributes)
    d.server.objects["elsewhere"] = {"uid": "elsewhere", "site": "lyon"}
    return d


PARIS = {"prune": True, "prune_scope": {"site": "paris"}}


def test_prune_deletes_what_is_not_listed_in_its_scope():
    d = prunable("zoe", "yves", "xenia", "root")
    result = d.converges({"uid": "ZOE"}, prune_limit="2", **PARIS)
    assert sorted(d.server.objects) == ["elsewhere", "root", "zoe"]
    assert [(item["name"], item["action"]) for item in result["people"]] == [("yves", "delete"), ("xenia", "delete")]


def test_prune_everything():
    d = prunable("zoe", "yves")
    d.converges(ZOE, prune=True, prune_scope="all", prune_limit="100%")
    assert sorted(d.server.objects) == ["zoe"]


@pytest.mark.parametrize("keep", [["yves", "xen*"], ["YVES", "X?NIA"], ["[yx]*"]])
def test_prune_keeps(keep):
    prunable("zoe", "yves", "xenia").quiet(ZOE, keep=keep, prune_limit="0", **PARIS)


def test_prune_keeps_a_name_that_looks_like_a_pattern():
    prunable("zoe", "team[a]").quiet(ZOE, keep=["team[a]"], prune_limit="0", **PARIS)


@pytest.mark.parametrize(
    "limit, message",
    [
        ("1", "prune would delete 2 of 4 people (yves, xenia), more than prune_limit 1 allows"),
        ("49%", "more than prune_limit 49% allows"),
        (None, "prune needs prune_limit"),
        ("some", "prune needs prune_limit"),
        ("-1", "prune needs prune_limit"),
    ],
)
def test_prune_limit(limit, message):
    d = prunable("zoe", "yves", "xenia", "root")
    assert message in d.bad({**ZOE, "title": "x"}, {"uid": "new"}, prune_limit=limit, **PARIS)
    assert d.server.wrote() == []
    assert message in d.bad({**ZOE, "title": "x"}, check=True, prune_limit=limit, **PARIS)


def test_prune_limit_as_a_share():
    d = prunable("zoe", "yves", "xenia", "root")
    d.ok(ZOE, prune_limit="50%", **PARIS)


@pytest.mark.parametrize(
    "scope, message",
    [
        (None, "prune needs prune_scope"),
        ({}, "prune needs prune_scope"),
        ("paris", "prune_scope is the word all, or a map with site"),
        ({"sity": "paris"}, "prune_scope is the word all, or a map with site"),
        ({"site": "7"}, "prune_scope: a site is no number"),
    ],
)
def test_prune_scope(scope, message):
    d = prunable("zoe", "yves")
    assert message in d.bad(ZOE, prune=True, prune_limit="9", prune_scope=scope) and d.server.log == []


def test_prune_scope_as_the_server_spells_it():
    d = prunable("zoe", "yves")
    d.converges(ZOE, prune=True, prune_limit="1", prune_scope={"site": "PARIS"})
    assert sorted(d.server.objects) == ["elsewhere", "zoe"]


def test_a_prune_scope_that_does_not_exist_is_refused_before_any_write():
    d = prunable("zoe", "yves")
    message = d.bad({**ZOE, "title": "x"}, prune=True, prune_limit="9", prune_scope={"site": "pairs"})
    assert "there is no site pairs" in message and d.server.wrote() == []


def test_prune_with_an_empty_list():
    d = prunable("zoe", "yves")
    assert "would delete everything in its scope" in d.bad(people=[], prune_limit="9", **PARIS) and d.server.log == []


def test_prune_spares_what_is_listed_under_any_name():
    d = two_names({"uid": "u1", "email": "a@example.org"}, {"uid": "u2", "email": "b@example.org"})
    d.converges({"email": "a@example.org"}, prune=True, prune_scope="all", prune_limit="1")
    assert list(d.server.objects) == ["u1"]


def test_prune_spares_what_is_renamed():
    d = renaming("old", "other")
    d.converges(RENAME, prune=True, prune_scope="all", prune_limit="9")
    assert list(d.server.objects) == ["new"]
    d = renaming("old", "new")
    assert d(RENAME, prune=True, prune_scope="all", prune_limit="9")["failed"] and len(d.server.objects) == 2


def test_options_that_steer_stand_beside_the_list_for_all_of_it_and_for_what_is_pruned():
    days = Field("keep_days", type="int", send=(DELETE,), clean=whole_number)
    seen = {}

    def delete(client, change):
        seen[change.name] = change.steering(DELETE)
        Core.delete(d.resource.parts[0], client, change)

    d = desk(
        TITLE, core={"listed": True, "few": 0}, resource={"steering": (days,)}, server=stored("zoe", "yves", "xenia", "ann", site="paris")
    )
    d.resource.parts[0].delete = delete
    gone = [{**YVES, "state": "absent"}, {"uid": "xenia", "state": "absent", "keep_days": 7}]
    d.ok(ZOE, *gone, keep_days=30, prune_limit="1", **PARIS)
    assert seen == {"yves": {"keep_days": 30}, "xenia": {"keep_days": 7}, "ann": {"keep_days": 30}}
    assert "keep_days -1: too few" in d.bad(ZOE, keep_days=-1, prune_limit="1", **PARIS)


def test_prune_where_nothing_is_listed():
    d = desk(server=stored("zoe", "yves"))
    if "prune" in d.task.options:
        assert "prune is not possible" in d.bad(ZOE, prune=True, prune_scope="all", prune_limit="9")
        assert len(d.server.objects) == 2


# Budgets


def budgeted(limit=4, count=3, **attributes):
    clock = Clock()
    bucket = Bucket("edits", limit, 60, clock=clock, sleep=clock.sleep)

    class Metered(Core):
        def set(self, client, change, item, value):
            bucket.take()
            super().set(client, change, item, value)

        def cost(self, change, item):
            return {"edits": 1}

    d = Desk(Person(Metered(TITLE, PHONE)), stored(*(f"u{n}" for n in range(count))), buckets={"edits": bucket}, **attributes)
    d.clock, d.bucket = clock, bucket
    return d


def test_a_budget_is_waited_for():
    d = budgeted()
    d.ok(*people(3, title="a", phone="b"))
    assert sum(d.clock.slept) == 60 and d.server.count("set") == 6


def test_a_budget_of_a_creation_counts_only_what_it_does_not_take():
    d = budgeted(limit=3, count=0)
    d.ok(*people(3, title="a", phone="b"), rate_limit="fail")
    assert d.server.count("set phone") == 3


@pytest.mark.parametrize(
    "options, words",
    [
        ({"rate_limit": "fail"}, "set rate_limit to wait"),
        ({"max_wait": 59}, "set max_wait to 60"),
    ],
)
def test_a_plan_that_takes_too_long_is_refused_before_the_first_write(options, words):
    d = budgeted()
    message = d.bad(*people(3, title="a", phone="b"), **options)
    assert "6 edits are needed and the server allows 4 in 60 seconds, so this takes about 1 minutes" in message and words in message
    assert d.server.wrote() == [] and d.clock.slept == []
    assert d.bad(*people(3, title="a", phone="b"), check=True, **options) == message


def test_defer_writes_what_fits_and_goes_on_in_the_next_run():
    d = budgeted()
    wish = people(3, title="a", phone="b")
    result = d.predicted(*wish, rate_limit="defer")
    assert d.server.count("set") == 4 and d.clock.slept == [] and not result.get("failed")
    assert result["people"][2]["deferred"] == ["phone", "title"] and result["people"][2]["changed"] is False
    assert result["summary"]["deferred"] == 1 and "wait for the next run" in result["warnings"][0]
    d.clock.now += 60
    d.ok(*wish, rate_limit="defer")
    d.quiet(*wish, rate_limit="defer")


@pytest.mark.parametrize("whole", [False, True])
def test_defer_part_way_when_the_server_has_less_than_it_says(whole):
    d = budgeted(limit=9)
    if whole:
        d.resource.parts[0].update = lambda client, change: (
            d.bucket.take() or client.ask("update", change.name, lambda: client.server.objects[change.name].update(title="a", phone="b"))
        )
    taken = []
    take = d.bucket.take

    def limited():
        taken.append(1)
        if len(taken) > 1:
            raise RateLimited("used up")
        take()

    d.bucket.take = limited
    result = d.ok(*people(2, title="a", phone="b"), rate_limit="defer")
    assert result["people"][1]["deferred"] == ["phone", "title"]
    assert ("deferred" in result["people"][0]) is (not whole)
    assert [item["changed"] for item in result["people"]] == [True, False]


def test_the_patience_ends_in_the_middle():
    d = budgeted(limit=9)
    d.bucket.take = lambda: (unused for unused in ()).throw(RateLimited("used up"))
    result = d(*people(2, title="a"), rate_limit="fail")
    assert result["msg"] == "2 of 2 people failed, the first: u0: title was refused: used up" and not result["changed"]


# The lock itself


def test_the_lock_is_one_per_server_and_private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    d = desk()
    with d.client.exclusive():
        (lock,) = tmp_path.iterdir()
        assert lock.stat().st_mode & 0o777 == 0o600
        code = (
            "import fcntl, sys\n"
            "handle = open(sys.argv[1], 'r+')\n"
            "try:\n    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
            "except BlockingIOError:\n    sys.exit(3)\n"
        )
        assert subprocess.run([sys.executable, "-c", code, str(lock)], check=False).returncode == 3
    assert subprocess.run([sys.executable, "-c", code, str(lock)], check=False).returncode == 0


def test_the_lock_without_a_runtime_directory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "missing"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with desk().client.exclusive():
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700 and os.listdir(folder)


def test_resources_without_a_state_of_absence_have_no_prune():
    class Switch(Resource):
        kind, plural = "switch", "people"
        identities = ((UID,),)
        parts = (Core(Field("enabled", type="bool")),)
        states = {"enabled": {"enabled": True}, "disabled": {"enabled": False}}

    assert "prune" not in Desk(Switch()).task.options


def test_bad_settings_are_errors_of_the_whole_run():
    with pytest.raises(InvalidInput):
        engine.Engine(Person(Core()), desk().client, engine.Settings(prune=True)).run([])


# What a hostile reviewer found


@pytest.mark.parametrize("empty", ["", None, []])
def test_an_empty_value_of_a_prune_scope_is_not_everything(empty):
    d = desk(server=stored("zoe", "yves"), core={"listed": True})
    words = d.bad(ZOE, prune=True, prune_scope={"site": empty}, prune_limit="5")
    assert "site must not be empty" in words and d.server.log == []


def test_the_name_that_an_object_leaves_is_its_own_until_then():
    d = desk(server=stored("zoe"), resource={"renames": True})
    for other in ({"uid": "zoe", "state": "absent"}, {"uid": "zara", "rename_from": "zoe"}):
        for people in ([{"uid": "zora", "rename_from": "zoe"}, other], [other, {"uid": "zora", "rename_from": "zoe"}]):
            assert "are the same person" in d.bad(*people)
            assert d.server.log == []


@FEW
def test_two_entries_that_find_the_same_object_are_refused(few):
    d = two_names({"uid": "u1", "email": "zoe@example.org", "title": "a"}, few=few)
    result = d({"uid": "u1", "title": "b"}, {"email": "zoe@example.org", "state": "absent"})
    assert [item["failed"] for item in result["people"]] == [True, True] and d.server.wrote() == []
    assert "people[0] (u1) and people[1] (zoe@example.org) are the same person" in result["msg"]


def test_no_mode_empties_a_list_that_cannot_be_empty():
    owners = Field("owners", type="list", elements="str", clearable=False)
    d = desk(owners, server=stored("zoe", owners=["root"]))
    assert "owners cannot become empty" in d.bad({**ZOE, "owners": ["root"], "owners_mode": "remove"})
    assert d.server.wrote() == []


class Forgetful(Core):
    """Writing the telephone loses the title."""

    def set(self, client, change, item, value):
        super().set(client, change, item, value)
        client.server.objects[change.raw["uid"]].pop("title", None)


def test_what_a_write_undoes_is_named():
    d = Desk(Person(Forgetful(TITLE, PHONE)), stored("zoe", title="a", phone="1"))
    result = d({**ZOE, "title": "a", "phone": "2"})
    assert result["failed"] and result["people"][0]["dropped"] == ["title"]


class InSteps(Core):
    """Two requests for each write, of which the second may fail."""

    def update(self, client, change):
        for item in change.sending(UPDATE, self):
            self.set(client, change, item, change.goals[item.name])


def test_half_a_write_is_a_change():
    d = Desk(Person(InSteps(TITLE, PHONE)), stored("zoe", title="a", phone="1"))
    d.server.fault("set phone", "zoe", refused())
    result = d({**ZOE, "title": "b", "phone": "2"})
    assert result["failed"] and result["changed"] and d.server.objects["zoe"]["title"] == "b"


@pytest.mark.parametrize(
    "quoted", [repr, lambda secret: repr('"' + secret), ascii, json.dumps, urllib.parse.quote, urllib.parse.quote_plus]
)
def test_a_secret_is_hidden_however_it_is_quoted(quoted):
    secret = "Qu\\ote\"d 5ecret'x/%"
    d = desk(TITLE, PASSWORD)
    d.server.fault("create", "zoe", refused(f"cannot insert {quoted(secret)}"), times=9)
    words = d.bad({**ZOE, "password": secret})
    assert HIDDEN in words and "5ecret" not in words


# What an open map, a backend of its own mind and a new object may have to say


class OfWords(Field):
    """An open map of which some keys are compared without letter case."""

    def entry(self, key, values):
        return Field(key, norm=str.casefold) if key in values.get("loose", ()) else self


def test_each_key_of_an_open_map_is_compared_in_its_own_way():
    loose = Field("loose", type="list", elements="str", send=())
    d = desk(OfWords("attributes", type="dict"), resource={"steering": (loose,)}, server=stored("zoe", attributes={"a": "X", "b": "X"}))
    result = d.converges({**ZOE, "attributes": {"a": "x", "b": "x"}, "loose": ["a"]})
    assert result["people"][0]["fields"] == ["attributes.b"]
    assert d.server.objects["zoe"]["attributes"] == {"a": "X", "b": "x"}


def test_a_row_that_lacks_a_key_of_an_open_map_is_read_by_itself():
    server = stored(*(f"p{number}" for number in range(25)), attributes={"a": "1", "b": "2"})
    server.objects["p3"]["attributes"] = {"a": "1", "b": UNREADABLE}
    d = desk(ATTRIBUTES, core={"listed": True, "partial": True}, server=server)
    people = [{"uid": f"p{number}", "attributes": {"b": "2"}} for number in range(25)]
    d(*people)
    assert [entry for entry in d.server.log if entry[0] == "get"] == [("get", "p3")] and d.server.count("list") == 1


def test_what_is_for_new_objects_only():
    first = Field("first", initial=True)
    d = desk(TITLE, first)
    d.converges({**ZOE, "title": "a", "first": "x"})
    assert d.server.objects["zoe"]["first"] == "x"
    d.quiet({**ZOE, "first": "y"})
    d.converges({**ZOE, "title": "b", "first": "y"})
    assert d.server.objects["zoe"]["first"] == "x"


def test_what_is_for_new_objects_is_completed_and_verified_there():
    first = Field("first", initial=True)
    d = desk(TITLE, first)
    d.resource.parts[0].store = lambda server, change, sent: server.objects.update(zoe={"uid": "zoe"})  # keeps nothing
    d.ok({**ZOE, "first": "x"})
    assert d.server.objects["zoe"]["first"] == "x" and d.server.wrote()[-1] == ("set first", "zoe")
    d.server.objects.clear()
    d.server.loses.add("first")
    assert d({**ZOE, "first": "x"})["people"][0]["dropped"] == ["first"]


def test_a_row_may_lack_what_is_for_new_objects():
    people = [f"p{number}" for number in range(25)]
    d = desk(TITLE, Field("first", initial=True), core={"listed": True, "partial": True}, server=stored(*people, title="a"))
    d.server.omits.add("first")
    d.quiet(*({"uid": uid, "title": "a", "first": "x"} for uid in people))
    assert d.server.count("get") == 0


def test_a_resource_may_notice_what_nobody_asked_for():
    seen = []

    def observe(change, raw):
        seen.append((change.raw and dict(change.raw), dict(raw)))
        change.dropped.append("phone")

    d = desk(resource={"observe": observe}, server=stored("zoe", title="a"))
    result = d({**ZOE, "title": "b"})
    assert [(before["title"], after["title"]) for before, after in seen] == [("a", "b")]
    assert result["failed"] and result["people"][0]["dropped"] == ["phone"]
    d.quiet({**ZOE, "title": "b"})
    d({**YVES, "title": "new"})
    assert seen[-1][0] is None


def test_what_was_refused_and_done_all_the_same_is_a_change():
    d = desk(server=stored("zoe", title="a"))
    d.server.fault("set title", error=refused(), effect=True)
    result = d.ok({**ZOE, "title": "b"})
    assert result["changed"] is True and "msg" not in result["people"][0]


def test_the_secret_of_one_object_in_the_answer_about_another():
    d = with_password(server=stored("zoe", "yves"))
    d.server.fault("get", "yves", error=refused(f"{SECRET} and yves-of-all is no name"))
    result = d({**ZOE, "password": SECRET}, {**YVES, "password": "yves-of-all"})
    assert hidden_everywhere(result) and f"{HIDDEN} and {HIDDEN} is no name" in result["msg"]


@pytest.mark.parametrize("quoted", [repr, json.dumps, urllib.parse.quote])
def test_the_secret_of_one_object_in_quotes_in_the_answer_about_another(quoted):
    secret = "Qu\\ote\"d 5ecret'x/%"
    d = with_password(server=stored("zoe", "yves"))
    d.server.fault("get", "yves", error=refused(f"no room after {quoted(secret)}"))
    result = d({**ZOE, "password": secret}, YVES)
    assert "5ecret" not in repr(result) and HIDDEN in result["msg"]
