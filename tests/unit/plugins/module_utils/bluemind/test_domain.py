# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.client import BluemindClient
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = {"domain": "example.org"}
NEW = {"domain": "new.example", "servers": ["bm-master"]}
LDAP = {
    "import_ldap_enabled": True,
    "import_ldap_hostname": "ldap.example.org",
    "import_ldap_protocol": "tls",
    "import_ldap_accept_certificate": True,
    "import_ldap_login_dn": "uid=admin,dc=example,dc=org",
    "import_ldap_base_dn": "dc=example,dc=org",
    "import_ldap_user_filter": "(mail=*)",
    "import_ldap_group_filter": "(objectClass=posixGroup)",
    "import_ldap_ext_id_attribute": "entryUUID",
    "import_ldap_relay_mailbox_group": "",
}


def stored(server, uid=DOMAIN["uid"]):
    return server.backend.store.domains[uid]


# Creating


def test_a_domain_that_can_have_users(bm):
    bm.ok("bluemind_domain", **NEW)
    create = bm.backend.writes()[0]
    assert create.body == {
        "name": "new.example",
        "label": "new.example",
        "description": None,
        "global": False,
        "aliases": [],
        "defaultAlias": "new.example",
        "properties": {},
    }
    assert ["bm-master", "mail/imap"] in stored(bm, "new.example").assignments
    bm.ok("bluemind_user", domain="new.example", login="zoe", family_name="Parable")
    assert stored(bm, "new.example").with_mailbox_name("zoe").value["dataLocation"] == "bm-master"


def test_a_domain_with_an_inner_name(bm):
    bm.ok("bluemind_domain", **NEW, uid="19a0b1c2d3e.internal", aliases=["other.example"], default_alias="other.example")
    value = stored(bm, "19a0b1c2d3e.internal").value
    assert (value["name"], value["defaultAlias"]) == ("19a0b1c2d3e.internal", "other.example")
    assert sorted(value["aliases"]) == ["new.example", "other.example"]
    assert "uid can only be chosen when the domain is created" in bm.bad("bluemind_domain", **NEW, uid="1.internal")


def test_without_a_server_it_is_said_that_nobody_can_be_in_it(bm):
    (warning,) = bm.ok("bluemind_domain", domain="new.example")["warnings"]
    assert "no server is assigned to it, so it can have no users yet: give servers" in warning


def test_a_name_that_another_domain_has(bm):
    assert "alias example.com conflict with domain" in bm.bad("bluemind_domain", **NEW, aliases=["example.com"])


# Names


def test_by_any_of_its_names(bm):
    bm.quiet("bluemind_domain", domain="example.com", aliases=["example.org"], default_alias="example.org")
    bm.quiet("bluemind_domain", domain="18fb0c2a9b1.internal")


def test_to_call_it_something_else(bm, pauses):
    """First what is new, then the default, then what goes."""
    bm.ok("bluemind_domain", domain="example.com", aliases=["town.example"], default_alias="town.example")
    assert bm.wrote() == ["POST domains/_aliases", "POST domains/_default_alias", "POST domains/_aliases"]
    assert sorted(stored(bm).value["aliases"]) == ["example.com", "town.example"] and stored(bm).value["defaultAlias"] == "town.example"
    bm.quiet("bluemind_domain", domain="example.com", aliases=["town.example"], default_alias="town.example")


def test_aliases_alone_are_one_task(bm):
    bm.ok("bluemind_domain", **HERE, aliases=["example.com", "town.example"])
    assert bm.wrote() == ["POST domains/_aliases"]


def test_the_default_must_be_a_name(bm):
    message = bm.bad("bluemind_domain", domain="example.com", aliases=[])
    assert "default_alias example.org must be one of the names of the domain: example.com" in message and bm.wrote() == []
    assert "default_alias other.example must be one of" in bm.bad("bluemind_domain", **HERE, default_alias="other.example")


def test_an_alias_in_use_stays_and_is_named(bm):
    bm.backend.seed(users=[person("zoe", emails=["zoe@example.com"])])
    message = bm.bad("bluemind_domain", **HERE, aliases=[])
    assert "changing the aliases of example.org failed: Alias example.com is still in use" in message


# Properties and settings


def test_the_properties_of_an_import(bm):
    secret = {"import_ldap_password": "Pl4nted-somewhere"}
    bm.ok("bluemind_domain", **HERE, properties=LDAP, secret_properties=secret, update_password="when_changed")
    properties = stored(bm).value["properties"]
    assert properties["import_ldap_enabled"] == "true" and properties["import_ldap_password"] == "Pl4nted-somewhere"
    bm.quiet("bluemind_domain", **HERE, properties=LDAP, secret_properties=secret, update_password="when_changed")
    bm.ok("bluemind_domain", **HERE, properties={"import_ldap_enabled": False}, description="x")
    assert stored(bm).value["properties"]["import_ldap_password"] == "Pl4nted-somewhere"
    (found,) = bm.ok("bluemind_domain_info", **HERE)["domains"]
    assert "import_ldap_password" not in found["properties"] and found["properties"]["import_ldap_hostname"] == "ldap.example.org"


def test_a_property_is_removed(bm):
    bm.ok("bluemind_domain", **HERE, properties={"colour": "blue"})
    bm.ok("bluemind_domain", **HERE, properties={"colour": ""})
    assert stored(bm).value["properties"] == {}


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"properties": {"lang": "fr", "domain_max_users": 5}}, "properties must not hold domain_max_users, lang"),
        ({"properties": {"mail_routing_relay": "x"}}, "it is a setting, so give it in settings"),
        ({"properties": {"filehosting_retention": 365, "im_public_auth": True}}, "filehosting_retention, im_public_auth"),
        ({"properties": {"mailbox_max_user_quota": "0"}}, "mailbox_max_user_quota"),
        ({"properties": {"import_ldap_password": "Pl4nted"}}, "give it in secret_properties"),
        ({"properties": {"import_ad_lastupdate": "1"}}, "import_ad_lastupdate is written by the server itself"),
        ({"settings": {"import_ldap_enabled": True}}, "settings must not hold import_ldap_enabled: give it in properties"),
        ({"properties": {"x": "1"}, "secret_properties": {"x": "2"}}, "x stands in both properties and secret_properties"),
        ({"domain": "no domain"}, "it must be the name of a domain"),
    ],
)
def test_what_cannot_be(bm, wish, words):
    message = bm.bad("bluemind_domain", **{**HERE, **wish})
    assert words in message and "Pl4nted" not in message and len(bm.backend.log) == 0


def test_settings_of_the_server_do_not_become_those_of_the_domain(bm):
    bm.backend.seed(domains=[{**DOMAIN, "settings": {"theme": "dark"}}])
    own = dict(stored(bm).settings)
    bm.ok("bluemind_domain", **HERE, settings={"lang": "de", "domain_max_users": 20})
    assert stored(bm).settings == {**own, "lang": "de", "domain_max_users": "20"}


def test_an_empty_setting_is_the_one_of_the_server(bm):
    wish = {**HERE, "settings": {"lang": "", "domain_max_users": ""}}
    bm.ok("bluemind_domain", **HERE, settings={"lang": "de", "domain_max_users": 20})
    bm.ok("bluemind_domain", **wish)
    assert not {"lang", "domain_max_users"} & set(stored(bm).settings)
    bm.quiet("bluemind_domain", **wish)


# Servers


def test_a_server_by_name_with_and_without_a_tag(bm):
    bm.backend.seed(domains=[{"name": "bare.example", "servers": []}])
    wish = {"domain": "bare.example", "servers": ["bm-master.example.test:mail/imap"]}
    bm.ok("bluemind_domain", **wish)
    assert stored(bm, "bare.example").assignments == [["bm-master", "mail/imap"]]
    bm.quiet("bluemind_domain", **wish)
    bm.ok("bluemind_domain", domain="bare.example", servers=["192.0.2.10"])
    assert len(stored(bm, "bare.example").assignments) == 11
    bm.ok("bluemind_domain", **wish, servers_mode="set")
    assert stored(bm, "bare.example").assignments == [["bm-master", "mail/imap"]]


def test_servers_and_tags_that_are_gone_need_not_be_removed(bm):
    for server in ("nowhere", "nowhere:mail/imap", "bm-master:no/such/tag"):
        bm.quiet("bluemind_domain", **HERE, servers=[server], servers_mode="remove")
    bm.ok("bluemind_domain", **HERE, servers=["bm-master:bm/cal"], servers_mode="remove")
    assert ["bm-master", "bm/cal"] not in stored(bm).assignments


def test_servers_and_tags_that_do_not_exist(bm):
    assert "there is no server other: those that exist are bm-master" in bm.bad("bluemind_domain", **NEW | {"servers": ["other"]})
    message = bm.bad("bluemind_domain", **NEW | {"servers": ["bm-master:mail/pop"]})
    assert "the server bm-master is not tagged mail/pop: its tags are " in message and bm.wrote() == []


# Deleting


def test_a_deletion_empties_the_domain_first(bm):
    bm.backend.seed(users=[person("zoe")])
    bm.ok("bluemind_domain", **HERE, state="absent")
    assert bm.wrote() == ["DELETE domains/_items", f"DELETE domains/{DOMAIN['uid']}"]
    bm.quiet("bluemind_domain", **HERE, state="absent")


def test_a_domain_that_cannot_be_emptied_stays(bm):
    bm.backend.fault("task_error", method="DELETE", path="_items", message="a mailbox is locked")
    assert "deleting what is in example.org failed: a mailbox is locked" in bm.bad("bluemind_domain", **HERE, state="absent")
    assert DOMAIN["uid"] in bm.backend.store.domains


def test_a_domain_that_was_emptied_and_stays_was_changed(bm):
    bm.backend.seed(users=[person("zoe"), person("gus")])
    bm.backend.fault("refusal", method="DELETE", path=f"{DOMAIN['uid']}$", code="FORBIDDEN", message="not on Sundays", times=2)
    result = bm("bluemind_domain", **HERE, state="absent")
    assert result["failed"] and result["changed"]
    assert (
        result["msg"].startswith("example.org: ") and "entries are deleted, and the domain itself is not: not on Sundays" in result["msg"]
    )
    result = bm("bluemind_domain", **HERE, state="absent")
    assert result["failed"] and not result["changed"] and result["msg"] == "example.org: not on Sundays (FORBIDDEN)"
    bm.ok("bluemind_domain", **HERE, state="absent")


def test_a_deletion_that_ends_halfway_tells_how_far_it_came(bm, monkeypatch):
    """The task has deleted somebody when it ends in error."""
    bm.backend.seed(users=[person("zoe"), person("gus")])
    bm.backend.fault("task_error", method="DELETE", path="_items", message="a mailbox is locked")
    wait = BluemindClient.wait
    monkeypatch.setattr(BluemindClient, "wait", lambda *args: (bm.backend.seed(remove=["u-zoe"]), wait(*args))[1])
    result = bm("bluemind_domain", **HERE, state="absent")
    assert result["failed"] and result["changed"]
    assert result["msg"].startswith("example.org: 1 of its ") and result["msg"].endswith("failed: a mailbox is locked")
    assert result["domains"][0]["action"] == "delete"


def test_what_is_never_deleted(bm):
    assert "it is the domain of the server's own administration" in bm.bad("bluemind_domain", domain="global.virt", state="absent")
    message = bm.bad("bluemind_domain", account=bm.delegate, domain="lab.test", state="absent")
    assert "it is the domain of the account that the task works with" in message and bm.wrote() == []


def test_prune_spares_the_servers_own(bm):
    bm.backend.seed(domains=["left.example"])
    result = bm.ok("bluemind_domain", domains=[HERE], prune=True, prune_scope="all", prune_limit="1", keep=["lab.test"])
    assert [item["name"] for item in result["domains"]] == ["left.example"]


# Cost


def test_unchanged_domains_cost_one_listing(bm):
    bm.backend.seed(domains=[f"d{number}.example" for number in range(100)])
    result = bm.quiet("bluemind_domain", domains=[{"domain": f"d{number}.example", "label": f"d{number}.example"} for number in range(100)])
    assert result["requests"] == {"reads": 2, "writes": 0}


NAMES = st.lists(st.sampled_from(["example.com", "one.example", "two.example"]), unique=True)
CHOICES = {
    "label": st.sampled_from(["Town", "School"]),
    "description": st.sampled_from(["", "Of a test"]),
    "aliases": NAMES,
    "aliases_mode": st.sampled_from(["add", "set"]),
    "default_alias": st.just("new.example"),
    "properties": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["", "1", True])),
    "settings": st.dictionaries(st.sampled_from(["lang", "theme", "domain_max_users"]), st.sampled_from(["", "5", "fr"])).filter(
        lambda each: each.get("lang") != "5" and each.get("domain_max_users") != "fr"
    ),
    "servers": st.lists(st.sampled_from(["bm-master:mail/imap", "bm-master:mail/smtp", "bm-master:bm/es"]), unique=True),
    "servers_mode": st.sampled_from(["add", "set", "remove"]),
}
STATES = st.fixed_dictionaries({}, optional=CHOICES)


@pytest.mark.parametrize("uid", ["new.example", "19a0b1c2d3e.internal"])
@given(first=STATES, second=STATES, dialect=st.sampled_from([4, 5]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(server, uid, first, second, dialect):
    server.start({}, {"dialect": dialect, "shuffle_sets": True})
    for state in (first, second, first):
        wish = {"domain": "new.example", "uid": uid, **state}
        predicted = server("bluemind_domain", check=True, **wish)
        assert server.wrote() == []
        result = server.ok("bluemind_domain", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        server.quiet("bluemind_domain", **wish)
        server.quiet("bluemind_domain", domains=[wish])
        exported = server.ok("bluemind_domain_info")["domains"]
        server.quiet("bluemind_domain", domains=exported, aliases_mode="set", servers_mode="set")
