# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookups of Micetro, in a real ansible-playbook: what they give by query and by lookup, and that they change nothing."""

from __future__ import annotations

import ast
import importlib

import pytest
import yaml
from ansible_collections.workplace.onboarding.plugins.doc_fragments.lookup import ModuleDocFragment
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.client import MicetroClient
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import COLLECTION, ROOT, play

NAMES = ("micetro_free_ip", "micetro_ip_info")
RANGE = "192.0.2.0/24"


@pytest.fixture(scope="module")
def lab():
    with Lab() as running:
        yield running


@pytest.fixture
def ipam(lab):
    lab.micetro.reset()
    lab.micetro.seed(
        definitions={"ipamRecords": ["Owner"]},
        ranges=[RANGE, "198.51.100.0/30", "198.51.100.16/30", "2001:db8::/126"],
        addresses=[
            {"address": "192.0.2.1", "claimed": True},
            {"address": "192.0.2.30", "claimed": True, "custom": {"Owner": "Gus Sample"}},
            {"address": "198.51.100.17", "claimed": True},
        ],
        holds=[{"address": "192.0.2.2"}],
        alive=["192.0.2.3"],
        dhcp_servers=["dhcp1.example.org."],
        scopes=[{"name": "Desks", "range": RANGE, "pools": [("192.0.2.4", "192.0.2.6")]}],
        zones=["example.org."],
        records=[{"zone": "example.org.", "name": "printer", "type": "A", "data": "192.0.2.30"}],
    )
    return lab.micetro


def documented(name, variable):
    tree = ast.parse((ROOT / "plugins" / "lookup" / f"{name}.py").read_text(encoding="utf-8"))
    (text,) = (node.value.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == variable)
    return yaml.safe_load(text)


def run(folder, ipam, tasks, **connection):
    given = {"api_url": ipam.url, "api_username": ipam.username, "api_password": ipam.password, **connection}
    done = play(folder, tasks, given, "micetro", {})
    return done, done.stdout + done.stderr


def holds(claim):
    return {"name": claim, "ansible.builtin.assert": {"that": claim}}


def fails(expression, words):
    """A task that needs what a lookup refuses, and says why."""
    shown = {"ansible.builtin.debug": {"msg": "{{ %s }}" % expression}}
    return [
        {
            "name": f"Refused: {words}",
            "block": [{**shown, "register": "never"}, holds("never is not defined")],
            "rescue": [holds(f"{words!r} in ansible_failed_result.msg")],
        },
    ]


FREE = "workplace.onboarding.micetro_free_ip"
INFO = "workplace.onboarding.micetro_ip_info"


def test_values(ipam, tmp_path):
    before = ipam.store.holds.copy()
    done, shown = run(
        tmp_path,
        ipam,
        [
            holds(f"lookup('{FREE}', '{RANGE}') == '192.0.2.3'"),
            holds(f"query('{FREE}', '{RANGE}') == ['192.0.2.3']"),
            holds(f"query('{FREE}', '{RANGE}', 'ranges/4') == ['192.0.2.3', '2001:db8::']"),
            holds(f"query('{FREE}', ['{RANGE}'], count=3) == ['192.0.2.3', '192.0.2.4', '192.0.2.5']"),
            holds(f"query('{FREE}', '{RANGE}', count=2, exclude_dhcp=true, ping=true) == ['192.0.2.7', '192.0.2.8']"),
            holds(f"query('{FREE}', '{RANGE}', start_address='192.0.2.29', count=2) == ['192.0.2.29', '192.0.2.31']"),
            holds(f"lookup('{FREE}', '{RANGE}', count=2) == '192.0.2.3,192.0.2.4'"),
            holds(f"query('{FREE}', '2001:db8::/126', count=4) | length == 4"),
            holds(f"lookup('{INFO}', '192.0.2.30').claimed is true"),
            holds(f"lookup('{INFO}', '192.0.2.30').custom_properties == {{'Owner': 'Gus Sample'}}"),
            holds(f"lookup('{INFO}', '192.0.2.30').dns_records[0].name == 'printer'"),
            holds(f"query('{INFO}', '192.0.2.1', '192.0.2.2', '2001:DB8::1') | map(attribute='state') == ['Claimed', 'Held', 'Free']"),
            holds(f"query('{INFO}', ['192.0.2.1']) is not mapping"),
            *fails(f"query('{FREE}', '198.51.100.0/30', count=3)", "3 free addresses of 198.51.100.0/30 were asked for, and it has 2"),
            *fails(f"query('{FREE}', '198.51.100.16/30', count=2)", "2 free addresses of 198.51.100.16/30 were asked for, and it has 1"),
            *fails(f"query('{FREE}', '203.0.113.0/24')", "no range is called 203.0.113.0/24"),
            *fails(f"query('{FREE}', '{RANGE}', count=0)", "count must be at least 1"),
            *fails(f"query('{FREE}', '{RANGE}', start_address='198.51.100.1')", "is not in the range"),
            *fails(f"query('{INFO}', '203.0.113.1')", "no range holds the address 203.0.113.1"),
            *fails(f"query('{INFO}', 'printer')", "it is not an IP address"),
        ],
    )
    assert done.returncode == 0, shown
    assert "[WARNING]" not in shown
    assert ipam.writes() == [] and ipam.store.holds == before
    assert not [entry for entry in ipam.log if "temporaryClaimTime" in entry.query]


def test_wrong_credentials_are_tried_once_and_shown_nowhere(ipam, tmp_path):
    expression = f"query('{INFO}', '192.0.2.1', '192.0.2.2')"
    done, shown = run(tmp_path, ipam, fails(expression, "the credentials were refused"), api_password="Wr0ng-in-a-lookup")
    assert done.returncode == 0 and len(ipam.log) == 1, shown
    assert "Wr0ng-in-a-lookup" not in shown


def test_options_win_over_the_environment(ipam, tmp_path):
    right = f"api_password='{ipam.password}', instance='the lab'"
    done, shown = run(
        tmp_path,
        ipam,
        [
            holds(f"lookup('{FREE}', '{RANGE}', {right}) == '192.0.2.3'"),
            *fails(f"query('{FREE}', '203.0.113.0/24', {right})", "the lab: no range is called"),
        ],
        api_password="wrong",
    )
    assert done.returncode == 0, shown


@pytest.mark.parametrize("name", NAMES)
def test_examples(name, ipam, tmp_path):
    tasks = documented(name, "EXAMPLES")
    assert tasks and all(task["name"] for task in tasks)
    done, shown = run(tmp_path, ipam, tasks)
    assert done.returncode == 0 and "[WARNING]" not in shown, shown
    assert ipam.writes() == []


def test_connection_options_are_those_of_the_modules():
    """But for the comment, which goes with changes."""
    described = yaml.safe_load(ModuleDocFragment.MICETRO)["options"]
    options = {name: option for name, option in MicetroClient.options().items() if name != "save_comment"}
    assert set(described) == set(options)
    for name, option in options.items():
        assert described[name]["env"] == [{"name": option["env"]}]
        for trait in ("type", "default", "choices", "required"):
            assert described[name].get(trait) == option.get(trait), (name, trait)


@pytest.mark.parametrize("name", NAMES)
def test_documentation(name):
    document = documented(name, "DOCUMENTATION")
    assert document["name"] == name and document["extends_documentation_fragment"] == ["workplace.onboarding.lookup.micetro"]
    assert documented(name, "RETURN")["_raw"]["type"] == "list"
    assert importlib.import_module(f"{COLLECTION}.lookup.{name}").LookupModule
