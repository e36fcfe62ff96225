# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: one object, and searches with all that the server offers."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import GROUPS, dn, group, seeded

PEOPLE = {"type": "LSpeople"}


def names(result):
    return [each["dn"].partition(",")[0].partition("=")[2] for each in result["objects"]]


def query(ls):
    """What the last search asked for."""
    last = [entry for entry in ls.backend.log if "/" not in ls.short(entry) and ls.short(entry) != "ansible"][-1]
    return {name: value for name, value in last.query.items() if name not in ("lang", "as_list")}


def test_one_object(ls):
    ls.backend.seed(objects=[group("staff", "zoe")])
    result = ls.ok("object_info", **PEOPLE, dn="UID=ZOE, ou=people,o=ls")
    (found,) = result["objects"]
    assert found["dn"] == dn("zoe") and found["attributes"]["description"] == ["one"] and found["attributes"]["givenName"] == "Zoe"
    assert "userPassword" not in found["attributes"]
    assert {"type": "LSpeople", "dn": dn("zoe"), "relation": "groups", "related": [f"cn=staff,{GROUPS}"]} in result["relations"]
    named = ls.ok("object_info", **PEOPLE, name="zoe", rdn="uid", container="ou=people,o=ls", details=True)
    assert named["objects"] == [found] and named["total"] == 1
    assert named["details"][0]["name"] == "Zoe Parable"
    assert named["details"][0]["attributes"]["gidNumber"] == {"label": "members (102001)", "value": "102001"}
    nobody = ls.ok("object_info", **PEOPLE, dn=dn("nobody"))
    assert nobody["objects"] == nobody["relations"] == [] and nobody["total"] == 0


def test_hashes_are_left_out(ls):
    ls.ok("object", **PEOPLE, dn=dn("zoe"), passwords={"userPassword": "An0ther-pw"}, update_password="always")
    assert "pwdHistory" not in ls.ok("object_info", **PEOPLE, dn=dn("zoe"))["objects"][0]["attributes"]
    assert ls.attributes(dn("zoe"))["pwdHistory"]


def test_everything_by_default(ls):
    ls.backend.seed(objects=[seeded(f"p{number}") for number in range(60)])
    result = ls.ok("object_info", **PEOPLE, attributes=["mail", "description", "userPassword"])
    assert len(result["objects"]) == result["total"] == 64 and "page" not in result
    assert {"type": "LSpeople", "dn": dn("zoe"), "attributes": {"mail": "zoe@example.org", "description": ["one"]}} in result["objects"]


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"filter": "(uid=z*)"}, {"filter": "(uid=z*)"}),
        ({"predefined_filter": "(jpegPhoto=*)"}, {"predefinedFilter": "(jpegPhoto=*)"}),
        ({"pattern": "zo", "approx": True}, {"pattern": "zo", "approx": "1"}),
        ({"basedn": "ou=people,o=ls"}, {"basedn": "ou=people,o=ls"}),
        ({"scope": "one"}, {"scope": "one", "recursive": "0"}),
        ({"scope": "sub", "recursive": True}, {"scope": "sub", "recursive": "1"}),
        ({"recursive": False}, {"recursive": "0"}),
        ({"display_format": "%{uid}"}, {"displayFormat": "%{uid}"}),
        ({"extra_displayed_columns": False}, {"extraDisplayedColumns": "0"}),
        ({"sort_by": "displayName", "sort_direction": "DESC"}, {"sortBy": "displayName", "sortDirection": "DESC"}),
        ({"without_cache": True}, {"withoutCache": "1"}),
        ({"details": True}, {"attributesDetails": "1"}),
        ({"attributes": ["mail", "cn"]}, {"attributes": ["mail", "cn"]}),
    ],
)
def test_what_is_sent(ls, options, sent):
    ls.ok("object_info", **PEOPLE, **options)
    assert query(ls) == {"all": "1", **sent}


def test_pages(ls):
    ls.backend.seed(objects=[seeded(f"p{number}") for number in range(5)])
    result = ls.ok("object_info", **PEOPLE, page=2, objects_per_page=4, sort_by="displayName")
    assert len(result["objects"]) == 4 and (result["page"], result["pages"], result["total"]) == (2, 3, 9)
    assert query(ls) == {"page": "2", "nbObjectsByPage": "4", "sortBy": "displayName"}
    assert "Fail to retrieve page #9" in ls.bad("object_info", **PEOPLE, page=9)
    assert ls.ok("object_info", **PEOPLE, all=False)["pages"] == 1


def test_what_was_found_is_what_was_asked_for(ls):
    """The server finds everything where it does not like a pattern, and turns round an order that it keeps anyway (chapter 3.1)."""
    for check in ("a&b", "a*"):
        assert "LSsearch_17" in ls.bad("object_info", **PEOPLE, pattern=check)
    policies = {"type": "pwdPolicy", "sort_by": "displayName"}
    assert names(ls.ok("object_info", **policies)) == ["default", "sysaccounts"]
    assert names(ls.ok("object_info", **policies, sort_direction="DESC")) == ["sysaccounts", "default"]
    assert names(ls.ok("object_info", **PEOPLE, sort_by="displayName", sort_direction="DESC")) == ["zoe", "gus", "guest", "coral"]


def test_a_type_that_is_not_for_this_account_is_no_empty_one(ls):
    ls.backend.seed(objects=[{"type": "LScompany", "attributes": {"ou": "acme"}}])
    assert "not authorized" in ls.bad("object_info", type="LScompany")
    assert ls.ok("object_info", type="LSgroup", filter="(cn=nobody)")["objects"] == []


def test_columns_details_and_a_map(ls):
    result = ls.ok("object_info", **PEOPLE, filter="(uid=zoe)", extra_displayed_columns=True, attributes=["loginShell", "gidNumber"])
    assert result["details"] == [{"dn": dn("zoe"), "name": "Zoe Parable", "columns": {"Mail": "zoe@example.org"}, "attributes": {}}]
    result = ls.ok("object_info", **PEOPLE, filter="(uid=zoe)", details=True, attributes=["gidNumber"], as_list=False)
    assert result["objects"] == {dn("zoe"): {"type": "LSpeople", "dn": dn("zoe")}}
    assert result["details"][0]["attributes"] == {"gidNumber": {"label": "members (102001)", "value": "102001"}}
    acme = {"type": "LScompany", "attributes": {"ou": "acme"}}
    ls.backend.seed(objects=[acme, {**seeded("inside"), "level": "ou=acme,ou=companies,o=ls"}])
    result = ls.ok("object_info", **PEOPLE, ldap_server=1, sub_dn="ou=acme,ou=companies,o=ls")
    assert names(result) == ["inside"] and result["details"][0]["columns"] == {"Company": "acme"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"dn": "zoe"}, "it is not a DN"),
        ({"dn": dn("zoe"), "pattern": "x"}, "pattern is of a search"),
        ({"dn": dn("zoe"), "attributes": ["mail"]}, "attributes is of a search"),
        ({"name": "zoe"}, "name, rdn and container must be given together"),
        ({"page": 0}, "page counts from 1"),
        ({"page": 1, "all": True}, "all objects cannot be asked for together with it"),
        ({"scope": "base", "recursive": True}, "scope base needs recursive false"),
        ({"sort_direction": "ASC"}, "sort_direction needs sort_by"),
        ({"attributes": ["displayName"]}, "a search says something else under displayName"),
        ({"type": "SELF"}, "it is not the name of a type"),
    ],
)
def test_what_cannot_be_asked(ls, options, words):
    assert words in ls.bad("object_info", **{**PEOPLE, **options}) and len(ls.backend.log) == 0
