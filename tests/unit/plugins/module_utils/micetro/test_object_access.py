# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles on single objects."""

from __future__ import annotations

import pytest

ZONE = {"object_type": "dns_zone", "name": "example.org."}


@pytest.fixture
def m(micetro):
    micetro.backend.seed(
        roles=[{"name": name, "type": "Specific"} for name in ("Editors", "Owners")],
        users=["coral"],
        groups=["it"],
        dns_servers=[{"name": "ns1.example.org.", "views": ["", "inside"]}],
        zones=["example.org.", "example.net."],
        ranges=["192.0.2.0/24"],
    )
    return micetro


def roles(m, **which):
    (found,) = m.ok("micetro_object_access_info", **which)["objects"]
    return found["roles"]


def test_roles_are_added_and_removed_in_one_call(m):
    m.ok("micetro_object_access", **ZONE, roles=["Editors"])
    m.ok("micetro_object_access", **ZONE, roles=["owners"], roles_mode="set")
    (entry,) = m.backend.writes()
    assert entry.path.endswith("/dnsZones/1/access")
    assert entry.body == {"addRoles": ["roles/11"], "removeRoles": ["roles/10"], "saveComment": "Changed by Ansible"}
    assert roles(m, **ZONE) == ["Owners"]


@pytest.mark.parametrize(("mode", "after"), [("add", ["Editors", "Owners"]), ("set", ["Owners"]), ("remove", ["Editors"])])
def test_modes(m, mode, after):
    m.ok("micetro_object_access", ref="dnsZones/1", roles=["Editors", *(["Owners"] if mode == "remove" else [])])
    m.ok("micetro_object_access", **ZONE, roles=["Owners"], roles_mode=mode)
    assert sorted(roles(m, ref="dnsZones/1")) == after
    m.quiet("micetro_object_access", ref="dnsZones/1", roles=["Owners"], roles_mode=mode)


def test_what_is_set_for_users_and_groups_is_left_alone(m):
    m.backend.seed(access=[{"object": "dnsZones/1", "acl": {"coral": {"access_list": "Allow"}, "it": {"access_list": "Deny"}}}])
    m.quiet("micetro_object_access", **ZONE, roles=[], roles_mode="set")


def test_a_range_is_named_by_its_network(m):
    m.ok("micetro_object_access", object_type="range", name="192.0.2.0/24", roles=["Editors"])
    assert roles(m, object_type="range", name="192.0.2.0/24") == ["Editors"]


def test_a_name_that_several_have(m):
    m.backend.seed(zones=[{"name": "example.org.", "view": "inside"}])
    message = m.bad("micetro_object_access", **ZONE, roles=["Editors"])
    assert "2 objects of type dns_zone are called example.org.: give the ref of the one that is meant, dnsZones/1, dnsZones/3" in message
    m.ok("micetro_object_access", ref="dnsZones/3", roles=["Editors"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"object_type": "dns_zone", "name": "example.com."}, "no object of type dns_zone is called example.com."),
        ({"ref": "dnsZones/99"}, "no object has the reference dnsZones/99"),
        ({**ZONE, "roles": ["Editor"]}, "no role is called Editor"),
        ({**ZONE, "roles": ["DNS Viewers (built-in)"]}, "a role of type General holds for all objects"),
        ({**ZONE, "ref": "dnsZones/2"}, "names different objects"),
    ],
)
def test_what_cannot_be_done(m, options, words):
    assert words in m.bad("micetro_object_access", **{"roles": ["Editors"], **options}) and m.wrote() == []


@pytest.mark.parametrize("options", [{"name": "example.org."}, {"object_type": "dns_zone"}, {"ref": "1"}, {"ref": "dnsZones/../users/1"}])
def test_what_is_refused_before_the_first_request(m, options):
    message = m.bad("micetro_object_access", objects=[{**options, "roles": ["Editors"]}])
    assert message and len(m.backend.log) == 0


def test_no_right_to_see_the_object(m):
    message = m.bad("micetro_object_access", login=m.login(m.backend.delegated), **ZONE, roles=["Editors"])
    assert "You do not have access" in message and m.wrote() == []


def test_info(m):
    m.ok("micetro_object_access", **ZONE, roles=["Editors"])
    found = m.ok("micetro_object_access_info", object_type="dns_zone")["objects"]
    assert found == [
        {"ref": "dnsZones/1", "object_type": "dns_zone", "name": "example.org.", "roles": ["Editors"]},
        {"ref": "dnsZones/2", "object_type": "dns_zone", "name": "example.net.", "roles": []},
    ]
    for options in ({}, {"ref": "dnsZones/1", "object_type": "dns_zone"}):
        assert "give either ref, or object_type" in m.bad("micetro_object_access_info", **options)
