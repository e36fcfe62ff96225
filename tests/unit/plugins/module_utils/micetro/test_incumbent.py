# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The faults of the collection that was there before (chapter 16 of the contract), each by its number: none of them is ours.

Left out: the inventory of 16.3.13 and the module of ranges of 16.2, which have no counterpart here.
"""

from __future__ import annotations

import ast
import json

import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import ROOT, documented, parsed, play

from .conftest import TASKS

VIEWERS = "DNS Viewers (built-in)"
SUPER = "Administrators (built-in)"
ZOE = {"name": "zoe", "password": "L0ng-enough-for-it", "groups": ["staff"], "roles": [VIEWERS]}
WWW = {"zone": "example.org", "name": "www", "type": "A", "data": ["192.0.2.20"]}
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("micetro_*.py"))


@pytest.fixture
def m(micetro):
    micetro.backend.seed(
        groups=["staff", "it"],
        users=["coral"],
        definitions={
            "ipamRecords": [{"name": "Open", "type": "Boolean"}, {"name": "Seats", "type": "Integer"}, "Owner"],
            "dnsZones": [{"name": "Open", "type": "Boolean"}],
        },
        dns_servers=["ns1.example.org.", "ns2.example.org."],
        zones=["example.org."],
        ranges=["192.0.2.0/24", "198.51.100.0/24"],
        dhcp_servers=["dhcp1.example.org.", "dhcp2.example.org."],
        scopes=[
            {"name": "All desks", "range": "192.0.2.0/24"},
            {"name": "School", "range": "198.51.100.0/24"},
            {"name": "School copy", "range": "198.51.100.0/24", "server": "dhcp2.example.org."},
        ],
    )
    return micetro


def records(m, **which):
    return m.ok("micetro_dns_record_info", zone="example.org", **which)["records"]


# 16.1 It does not run on current Ansible


@pytest.mark.parametrize("folder", ["module_utils", "modules"])
def test_16_1_nothing_of_the_controller_where_modules_run(folder):
    for path in (ROOT / "plugins" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            assert not [name for name in names if name.split(".")[0] == "ansible" and not name.startswith("ansible.module_utils")], path


@pytest.mark.parametrize("module", MODULES)
def test_16_1_every_module_starts_and_answers(m, module):
    wishes = {"micetro_object_access_info": {"object_type": "dns_zone"}, "micetro_custom_property_info": {"object_type": "range"}}
    result = parsed(m.printed(TASKS[module], wishes.get(module, {}), **m.wrong_connection()))
    assert "exception" not in result and "Traceback" not in json.dumps(result)
    assert "refused" in result["msg"] or "required" in result["msg"] or "give" in result["msg"]


def test_16_1_and_16_3_9_lookups(m, tmp_path):
    """A lookup of an address is a list for query; options do what they say; several addresses are several."""
    m.backend.seed(reservations=[{"scope": "All desks", "addresses": ["192.0.2.1"]}], alive=["192.0.2.2"])
    free, info = "workplace.onboarding.micetro_free_ip", "workplace.onboarding.micetro_ip_info"
    checks = [
        f"query('{info}', '192.0.2.9') | length == 1",
        f"query('{info}', '192.0.2.9')[0].state == 'Free'",
        f"query('{free}', '192.0.2.0/24', count=3) | unique | length == 3",
        f"lookup('{free}', '192.0.2.0/24', ping=true) == '192.0.2.3'",
        f"lookup('{free}', '192.0.2.0/24', ping=false) == '192.0.2.2'",
    ]
    tasks = [{"name": check, "ansible.builtin.assert": {"that": check}} for check in checks]
    run = play(tmp_path, tasks, m.connection(), "micetro", {})
    assert run.returncode == 0, run.stdout + run.stderr
    asked = [entry.query for entry in m.backend.log if entry.path.endswith("nextFreeAddress")]
    assert "true" not in {query.get("excludeDHCP") for query in asked}
    assert {query.get("ping") for query in asked} >= {"true"} and m.wrote() == []


# 16.2 Requests per task


@pytest.mark.parametrize(
    ("module", "wish", "create", "again", "absent"),
    [
        ("micetro_user", ZOE, 9, 4, 4),
        ("micetro_group", {"name": "new", "members": ["coral"], "roles": [VIEWERS]}, 9, 4, 4),
        ("micetro_role", {"name": "new", "users": ["coral"], "groups": ["it"]}, 9, 4, 5),  # has the acting account this role?
        ("micetro_custom_property", {"object_type": "dns_zone", "name": "Owner"}, 4, 2, 4),
        ("micetro_object_access", {"ref": "dnsZones/1", "roles": ["Editors"]}, 5, 3, 0),
    ],
)
def test_16_2_requests_of_a_task(m, module, wish, create, again, absent):
    m.backend.seed(roles=[{"name": "Editors", "type": "Specific"}])
    m.ok(module, **wish)
    assert len(m.backend.log) == create
    m.quiet(module, **wish)
    assert len(m.backend.log) == again
    if absent:
        m.ok(module, **{key: wish[key] for key in ("name", "object_type") if key in wish}, state="absent")
        assert len(m.backend.log) == absent


def test_16_2_one_connection_for_all_requests(m):
    m.ok("micetro_user", **ZOE)
    assert len(m.backend.log) > 5 and len({entry.connection for entry in m.backend.log}) == 1


def test_16_2_certificates_are_verified(m):
    with m.backend.wire(tls=True) as url:
        message = m.bad("micetro_user", login={**m.connection(), "api_url": url}, **ZOE)
    assert "is not trusted" in message and len(m.backend.log) == 0


def test_16_2_retries_and_time_outs_are_real(m, pauses):
    m.backend.fault("status", method="GET", path="/users/zoe", status=503, times=2)
    assert m.ok("micetro_user", **ZOE)["changed"] and len(pauses) == 2
    m.backend.fault("delay", method="GET", path="/users/zoe", seconds=3)
    assert "within 1 seconds" in m.bad("micetro_user", login={**m.connection(), "timeout": 1, "retries": 0}, **ZOE)


# 16.3 Correctness


def test_16_3_1_what_is_omitted_stays(m):
    m.ok("micetro_user", **ZOE)
    m.quiet("micetro_user", name="zoe")
    m.quiet("micetro_role", name=SUPER)
    m.ok("micetro_group", name="it", members=["zoe"], roles=[VIEWERS])
    m.ok("micetro_group", name="it", description="changed")
    m.ok("micetro_role", name="Editors", users=["zoe"], groups=["it"])
    m.ok("micetro_role", name="Editors", description="changed")
    assert m.shown("micetro_user_info", "zoe")["roles"] == [VIEWERS, "Editors"]
    assert m.shown("micetro_role_info", SUPER)["users"] == ["administrator"]
    assert m.shown("micetro_group_info", "it")["members"] == ["zoe"]
    assert m.shown("micetro_role_info", "Editors")["groups"] == ["it"]


@pytest.mark.parametrize(("of_group", "of_role"), [("Group", "Role"), ("Groups", "Roles"), ("", "")])
def test_16_3_2_no_flip_flop(m, of_group, of_role):
    """Whatever the type of a member is called, its reference decides."""
    m.ok("micetro_user", **ZOE)
    ref = m.ok("micetro_user_info", name="zoe")["details"][0]["ref"]
    member = {
        "groups": {"ref": "groups/2", "objType": of_group, "name": "staff"},
        "roles": {"ref": "roles/6", "objType": of_role, "name": VIEWERS},
    }
    m.answer("/users/zoe", {"user": {"ref": ref, "name": "zoe", **{key: [each] for key, each in member.items()}}}, times=None)
    for mode in ("add", "set", "add", "set"):
        m.quiet("micetro_user", **ZOE, groups_mode=mode, roles_mode=mode)


def test_16_3_3_users_are_changed_and_only_where_they_differ(m):
    m.ok("micetro_user", **ZOE, full_name="Zoe", description="Desk", email="zoe@example.org")
    for wish in ({"description": "Counter"}, {"email": "z@example.org"}, {"full_name": "Zoe Fable"}):
        result = m.ok("micetro_user", name="zoe", **wish)
        assert result["users"][0]["fields"] == list(wish)
        assert set(m.backend.writes()[0].body["properties"]) <= {"description", "email", "fullName"}
        m.quiet("micetro_user", name="zoe", **wish)
    assert m.shown("micetro_user_info", "zoe")["full_name"] == "Zoe Fable"
    m.ok("micetro_user", name="zoe", email="y@example.org")
    assert m.shown("micetro_user_info", "zoe")["full_name"] == "Zoe Fable"


def test_16_3_4_groups_again_changed_and_absent(m):
    m.ok("micetro_group", name="ops", description="Operations")
    m.quiet("micetro_group", name="ops", description="Operations")
    assert m.ok("micetro_group", name="ops", description="Operators")["groups"][0]["fields"] == ["description"]
    assert m.ok("micetro_group", name="ops", state="absent")["changed"]
    assert m.ok("micetro_group_info", name="ops")["groups"] == []


def test_16_3_5_descriptions_of_roles(m):
    m.ok("micetro_role", name="Editors", description="a")
    result = m.ok("micetro_role", name="Editors", description="b")
    assert result["changed"] and "warnings" not in result and m.wrote() == ["PUT roles/10"]
    assert m.shown("micetro_role_info", "Editors")["description"] == "b"


def test_16_3_6_zones_again_and_in_active_directory(m):
    wish = {"name": "school.example.org", "server": "ns1.example.org", "ad_integrated": True}
    m.ok("micetro_dns_zone", **wish)
    m.quiet("micetro_dns_zone", **wish)
    (found,) = m.ok("micetro_dns_zone_info", name="school.example.org")["zones"]
    assert found["ad_integrated"] is True


@pytest.mark.parametrize("custom", [{"Open": True}, {"Open": False}, {"Seats": 5}, {"Seats": "0"}, {"Owner": "Coral Sample"}])
def test_16_3_7_custom_properties_converge(m, custom):
    m.ok("micetro_ip_reservation", address="192.0.2.9")
    assert m.ok("micetro_ip_reservation", address="192.0.2.9", custom_properties=custom)["changed"]  # although it is claimed already
    m.quiet("micetro_ip_reservation", address="192.0.2.9", custom_properties=custom)
    assert m.ok("micetro_ip_reservation", address="192.0.2.9", state="absent")["changed"]
    m.quiet("micetro_ip_reservation", address="192.0.2.9", state="absent")


def test_16_3_8_records_change(m):
    m.ok("micetro_dns_record", **WWW, ttl="3600", comment="a")
    assert m.ok("micetro_dns_record", **WWW, ttl="300", comment="b")["records"][0]["fields"] == ["comment", "ttl"]
    m.ok("micetro_dns_record", **{**WWW, "data": ["192.0.2.21"]})
    assert [record["data"] for record in records(m, name="www")] == [["192.0.2.21"]]


@pytest.mark.parametrize("text", ["a & b # c", "50%+1", 'v=DKIM1; p="x"', "=|!^@$"])
def test_16_3_8_data_with_signs_of_its_own(m, text):
    wish = {"zone": "example.org", "name": "text", "type": "TXT", "data": [text]}
    m.ok("micetro_dns_record", **wish)
    m.quiet("micetro_dns_record", **wish)
    assert len(records(m, type="TXT")) == 1


def test_16_3_8_a_record_that_is_refused_fails_the_task(m):
    result = m(
        "micetro_dns_record", records=[WWW, {**WWW, "name": "www", "type": "CNAME", "data": ["example.net."]}, {**WWW, "name": "ftp"}]
    )
    assert result["failed"] and result["summary"]["failed"] == 1


def test_16_3_10_errors_are_sentences_and_one_scope_is_meant(m):
    wish = {"scope": "198.51.100.0/24", "mac": "00:00:5e:00:53:01", "addresses": ["198.51.100.9"]}
    message = m.bad("micetro_dhcp_reservation", **wish)
    assert isinstance(message, str) and "dhcp2.example.org" in message and m.wrote() == []
    m.ok("micetro_dhcp_reservation", **wish, dhcp_server="dhcp2.example.org")
    assert len([line for line in m.wrote() if line.startswith("POST")]) == 1


@pytest.mark.parametrize(
    ("module", "wish", "method"),
    [
        ("micetro_user", {"name": "coral", "email": "coral@example.org"}, "PUT"),
        ("micetro_user", {"name": "coral", "state": "absent"}, "DELETE"),
        ("micetro_group", {"name": "it", "state": "absent"}, "DELETE"),
        ("micetro_dns_zone", {"name": "example.org", "state": "absent"}, "DELETE"),
        ("micetro_ip_reservation", {"address": "192.0.2.9"}, "PUT"),
    ],
)
def test_16_3_11_what_the_server_refuses_fails(m, module, wish, method):
    m.backend.fault("refusal", method=method, code=1050, message="Not with me", times=None)
    result = m(module, **wish)
    assert result["failed"] and "Not with me (1050)" in result["msg"] and not result["changed"]


def test_16_3_11_credentials_and_addresses_that_are_wrong(m):
    assert "Invalid username or password" in m.bad("micetro_user", login=m.wrong_connection(), **ZOE)
    assert "Cannot connect" in m.bad("micetro_user", login={**m.connection(), "api_url": "http://127.0.0.1:9"}, **ZOE)


def test_16_3_12_check_mode_looks_and_tells(m):
    result = m.ok("micetro_user", check=True, **ZOE)
    assert result["changed"] and result["diff"] and result["requests"]["reads"] > 0 and m.wrote() == []
    m.ok("micetro_dns_record", **WWW)
    again = m.ok("micetro_dns_record", check=True, records=[WWW])
    assert again["changed"] is False and again["diff"] == []


# 16.4 Documentation, naming, and the issues that it knew


@pytest.mark.parametrize("module", MODULES)
def test_16_4_examples_are_tasks_with_the_options_of_the_module(module):
    examples = yaml.safe_load(documented(module, "EXAMPLES"))
    ours = [task[f"workplace.onboarding.{module}"] for task in examples if f"workplace.onboarding.{module}" in task]
    assert ours
    options = yaml.safe_load(documented(module, "DOCUMENTATION"))["options"]
    bulk = {"prune", "prune_scope", "prune_limit", "keep", "return_all", "on_error", "workers"}
    for given in ours:
        assert set(given) <= set(options) | bulk | {alias for option in options.values() for alias in option.get("aliases", ())}


def test_16_4_issue_2_nobody_is_taken_out_of_all_users(m):
    m.ok("micetro_user", **ZOE)
    m.quiet("micetro_user", name="zoe", groups=["staff"], groups_mode="set")
    assert "All users" in m.shown("micetro_user_info", "zoe")["groups"]


def test_16_4_issue_3_names_beyond_ascii(m):
    wish = {**ZOE, "name": "Þórdís Æsudóttir", "full_name": "Þórdís"}
    m.ok("micetro_user", **wish)
    m.quiet("micetro_user", **wish)


def test_16_4_issues_7_and_8_several_zones_of_one_name(m):
    m.backend.seed(zones=[{"name": "example.org.", "server": "ns2.example.org."}])
    assert "ns2.example.org" in m.bad("micetro_dns_record", **WWW) and m.wrote() == []
    m.ok("micetro_dns_record", **WWW, server="ns2.example.org")
    m.quiet("micetro_dns_record", **WWW, server="ns2.example.org")


def test_16_4_issue_10_spaces_in_the_names_of_scopes(m):
    wish = {"scope": "All desks", "mac": "00:00:5e:00:53:01", "addresses": ["192.0.2.9"]}
    m.ok("micetro_dhcp_reservation", **wish)
    m.quiet("micetro_dhcp_reservation", **wish)


def test_16_4_no_session_is_left_in_a_file(m, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in ("HOME", "TMPDIR", "ANSIBLE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    m.ok("micetro_user", login={**m.connection(), "auth": "session"}, **ZOE)
    assert list(tmp_path.iterdir()) == []


def test_16_4_nothing_is_asked_of_the_unversioned_api(m):
    m.ok("micetro_user", **ZOE)
    m.ok("micetro_dns_record", **WWW)
    m.ok("micetro_ip_reservation", address="192.0.2.9")
    assert {entry.path.startswith("/mmws/api/v2/") for entry in m.backend.log} == {True}
