# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""First passwords in real playbooks: kept before they are given, found again, and never shown."""

from __future__ import annotations

import json
import stat

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.plugins.action.people_secrets import ActionModule
from ansible_collections.workplace.onboarding.plugins.plugin_utils import controller_action
from ansible_collections.workplace.onboarding.tests.unit.plugins.action.secret_play import MODULE, PASSWORD, kept, ran
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import documented, yaml

ASK = {"logins": ["zoe", "gus"], "backends": ["ocs", "bluemind"], "path": "{{ playbook_dir }}/secrets", "vault_id": "people"}
TELL = {"content": "{{ had | to_json }}", "dest": "{{ playbook_dir }}/given.json", "mode": "0600"}


def asking(**changes):
    """Two tasks: ask for secrets, and write what was given to a file, out of sight."""
    return [
        {"name": "Ask", MODULE: {**ASK, **changes}, "register": "had"},
        {"name": "Tell", "ansible.builtin.copy": TELL, "no_log": True, "diff": False, "check_mode": False},
    ]


def given(folder):
    return json.loads((folder / "given.json").read_text())


def test_found_again_and_never_shown(tmp_path):
    first = ran(tmp_path, asking())
    assert first.status == 0, first.texts
    told = given(tmp_path)
    assert (told["changed"], told["created"], told["found"], told["rehearsed"]) == (True, ["zoe", "gus"], [], False)
    assert told["secrets"] == {login: kept(tmp_path / "secrets", login) for login in ("zoe", "gus")}
    secrets = {secret for each in told["secrets"].values() for secret in each.values()}
    assert len(secrets) == 2
    assert first.shown(secrets) == set()
    assert "no_log" in first.one("Ask")["censored"]

    again = ran(tmp_path, asking())
    assert given(tmp_path)["secrets"] == told["secrets"]
    assert (given(tmp_path)["changed"], given(tmp_path)["found"]) == (False, ["zoe", "gus"])
    assert again.status == 0 and again.shown(secrets) == set()
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()} == {0o600}


def test_check_mode_keeps_nothing(tmp_path):
    rehearsed = ran(tmp_path, asking(), "--check")
    told = given(tmp_path)
    assert rehearsed.status == 0 and not (tmp_path / "secrets").exists()
    assert (told["changed"], told["created"], told["rehearsed"]) == (True, ["zoe", "gus"], True)
    made_up = {secret for each in told["secrets"].values() for secret in each.values()}
    assert rehearsed.shown(made_up) == set()
    ran(tmp_path, asking(logins=["zoe"]))
    real = given(tmp_path)["secrets"]["zoe"]
    ran(tmp_path, asking(), "--check")
    told = given(tmp_path)
    assert (told["created"], told["found"], told["secrets"]["zoe"]) == (["gus"], ["zoe"], real)
    assert sorted(path.name for path in (tmp_path / "secrets").iterdir()) == [".lock", "zoe.vault"]


def test_whatever_is_wrong_no_secret_is_shown(tmp_path):
    ran(tmp_path, asking())
    secrets = {secret for login in ("zoe", "gus") for secret in kept(tmp_path / "secrets", login).values()}
    planted = ["Planted-in-known-1", "Planted-in-known-2", "Pl4nted \"quote' \\ back"]
    (tmp_path / "secrets" / "anna.vault").write_text("$ANSIBLE_VAULT;1.2;AES256;hr\n3031\n")
    (tmp_path / "secrets" / "eve.vault").write_text("Planted-in-known-1")
    for name in ("anna", "eve"):
        (tmp_path / "secrets" / f"{name}.vault").chmod(0o600)
    wrong = {
        "a vault id that is not known": ({"vault_id": "nobody"}, "the vault id nobody is not known to this run (known: people)"),
        "another vault id": ({"logins": ["zoe", "anna"]}, "anna.vault was encrypted with the vault id hr, not with people"),
        "no vault": ({"logins": ["zoe", "eve"]}, "eve.vault is not encrypted by ansible-vault"),
        "a name that leads out": ({"logins": ["zoe", "../gus"]}, "'../gus' is no login that a file can be named after"),
        "systems that exclude each other": ({"backends": ["ldapsaisie", "micetro"]}, "micetro wants at least 12"),
        "no systems": ({"backends": []}, "backends is needed"),
        "no vault at all": (
            {"vault_id": "{{ omit }}"},
            "store is directory but any of the following are missing: vault_id, vault_password_file",
        ),
        "no path": ({"path": "{{ omit }}"}, "store is directory but all of the following are missing: path"),
        "two vaults": ({"vault_password_file": "vault_password"}, "parameters are mutually exclusive: vault_id|vault_password_file"),
        "an unknown option": ({"known": {"zoe": {"ocs": "{{ planted[0] }}"}}, "colour": "blue"}, "colour"),
        "known in a list": ({"store": "tasks", "known": ["{{ planted[1] }}"]}, "dict"),
        "known of the wrong type": (
            {"store": "tasks", "known": {"zoe": ["{{ planted[2] }}"]}},
            "the store gave for zoe neither a text nor",
        ),
        "known": ({"store": "tasks", "known": {"zoe": {"ocs": "{{ planted[0] }}"}, "gus": "{{ planted[2] }}"}}, None),
    }
    tasks = [{"name": name, MODULE: {**ASK, **changes}, "ignore_errors": True} for name, (changes, _words) in wrong.items()]
    done = ran(tmp_path, tasks, variables={"planted": planted, "last": "of the variables"})
    for name, (_changes, words) in wrong.items():
        result = done.one(name)
        assert (words or "no_log") in result.get("msg", "") + result.get("censored", ""), (name, result)
        assert "defect" not in result.get("msg", "")
    assert done.shown([*secrets, *planted]) == set()


def test_a_defect_tells_nothing_but_its_place(monkeypatch):
    """A text of Python's own may quote anything."""
    action = ActionModule.__new__(ActionModule)
    monkeypatch.setattr(controller_action.ActionBase, "run", lambda *_arguments: {})

    class Task:
        args = {"logins": ["zoe"]}
        check_mode = False

    def broken(_params, _check_mode):
        raise KeyError("Geheim-1")

    monkeypatch.setattr(action, "_task", Task, raising=False)
    monkeypatch.setattr(action, "work", broken, raising=False)
    monkeypatch.setattr(action, "rules", {}, raising=False)
    result = action.run()
    assert result["failed"] and "KeyError in test_people_secrets.py, line" in result["msg"] and "Geheim" not in json.dumps(result)


def test_what_was_kept_for_another_owner_is_set_aside(tmp_path):
    """With an employee number that YAML takes for a number, too."""
    first = ran(tmp_path, asking(logins=["zoe"], owners={"zoe": {"employee_number": 7}}))
    before = given(tmp_path)["secrets"]["zoe"]
    again = ran(tmp_path, asking(logins=["zoe"], owners={"zoe": {"employee_number": "7", "life": "1"}}))
    assert given(tmp_path)["secrets"]["zoe"] == before and given(tmp_path)["changed"] is False
    other = asking(logins=["zoe"], owners={"zoe": {"employee_number": "8", "life": 1}})
    for arguments in (("--check",), ()):
        done = ran(tmp_path, other, *arguments)
        assert given(tmp_path)["created"] == ["zoe"] and not set(given(tmp_path)["secrets"]["zoe"].values()) & set(before.values())
        words = "zoe.vault is of another person (employee 7): it is set aside"
        assert words in " ".join(done.texts["stderr"].split()) + " ".join(done.texts["stdout"].split())
        assert (tmp_path / "secrets" / "zoe.vault.former-1").exists() == (not arguments)
    for owner in ({"life": "x"}, 3, {"number": 3}):
        wrong = ran(tmp_path, [{"name": "Ask", MODULE: {**ASK, "owners": {"zoe": owner}}}])
        assert "owners must hold" in wrong.one("Ask")["msg"]
    assert first.shown(before.values()) == again.shown(before.values()) == set()


def test_it_works_on_the_controller_whatever_the_host(tmp_path):
    kinds = {"zoe": {"delegate_to": "far.example.org"}, "gus": {"become": True}, "anna": {"environment": {"HOME": "/nowhere"}}}
    done = ran(tmp_path, [{"name": login, MODULE: {**ASK, "logins": [login]}, **keywords} for login, keywords in kinds.items()])
    assert done.status == 0, done.texts["stdout"]
    assert all(set(kept(tmp_path / "secrets", login)) == {"ocs", "bluemind"} for login in kinds)


def test_password_file_and_policies(tmp_path):
    changes = {
        "vault_id": "{{ omit }}",
        "vault_password_file": "{{ playbook_dir }}/vault_password",
        "policies": {"ocs": {"min_length": 30}},
    }
    done = ran(tmp_path, asking(**changes))
    secrets = kept(tmp_path / "secrets", "zoe")
    assert done.status == 0 and len(secrets["ocs"]) == 30 and given(tmp_path)["secrets"]["zoe"] == secrets


@pytest.mark.parametrize("arguments", [(), ("--check",)], ids=["run", "check"])
def test_without_a_store_only_what_has_to_be_made(tmp_path, arguments):
    done = ran(tmp_path, asking(store="none", backends=["ocs", "bluemind", "iredmail", "ldapsaisie", "micetro"]), *arguments)
    told = given(tmp_path)
    assert done.status == 0 and told["throwaway"] == ["iredmail", "ldapsaisie", "micetro"]
    assert (told["changed"], told["created"], told["rehearsed"]) == (False, [], bool(arguments))
    assert set(told["secrets"]["zoe"]) == {"iredmail", "ldapsaisie", "micetro"}
    assert done.shown({*told["secrets"]["zoe"].values()}) == set()
    assert not (tmp_path / "secrets").exists()


def test_examples(tmp_path):
    """The tasks of the documentation run as they stand, and change nothing the second time."""
    tasks = yaml.safe_load(documented("people_secrets", "EXAMPLES"))
    variables = {"secrets_folder": str(tmp_path / "secrets"), "secrets_password_file": str(tmp_path / "vault_password")}
    for again in (False, True):
        done = ran(tmp_path, tasks, variables=variables)
        assert done.status == 0 and "[WARNING]" not in done.texts["stderr"] + done.texts["stdout"], done.texts["stdout"]
        assert {done.one(task["name"])["changed"] for task in tasks} == {not again}


# The tasks of the role

ROLE = {
    "people_backends": ["bluemind", "micetro", "ocs"],
    "people_plan": {"secrets": {"gus": ["micetro"], "zoe": ["bluemind", "micetro"]}},
    "people_secrets_path": "{{ playbook_dir }}/secrets",
    "people_secrets_vault_id": "people",
}
STORE = """\
- name: Keep
  ansible.builtin.copy:
    content: "{{ people_secret_value | to_json }}"
    dest: "{{ playbook_dir }}/store/{{ people_secret_login }}"
    mode: "0600"
  when: people_secret_action == 'put' and not (lossy | default(false))
- name: Tell whose it is
  ansible.builtin.lineinfile:
    path: "{{ playbook_dir }}/told_{{ people_secret_action }}"
    line: "{{ people_secret_login }} {{ people_secret_owner | to_json }}"
    create: true
    mode: "0600"
- name: Look
  ansible.builtin.stat:
    path: "{{ playbook_dir }}/store/{{ people_secret_login }}"
  register: store_found
  when: people_secret_action == 'get'
- name: Give
  ansible.builtin.set_fact:
    people_secret_value: "{{ lookup('ansible.builtin.file', store_found.stat.path) | from_json }}"
  when: people_secret_action == 'get' and store_found.stat.exists
"""
#: The variables of the role, but the one that is for it, in which any of the secrets stands.
LEFT = {
    "content": """Left: {% for name in query('varnames', '^people_secret') if name != 'people_secrets' and people_secrets.values()
      | map('dict2items') | flatten | map(attribute='value') | select('in', lookup('vars', name, default='') | to_json) | list
      %}{{ name }} {% endfor %}""",
    "dest": "{{ playbook_dir }}/left",
    "mode": "0600",
}


def by_role(folder, *arguments, rehearsal=False, **variables):
    """Run the tasks of the role; what they gave."""
    folder.mkdir(exist_ok=True)
    (folder / "store.yml").write_text(STORE)
    (folder / "store").mkdir(exist_ok=True)
    (folder / "given.json").unlink(missing_ok=True)
    role = {"name": "workplace.onboarding.people", "tasks_from": "secrets"}
    told = {**TELL, "content": "{{ {'secrets': people_secrets, 'created': people_secrets_created} | to_json }}"}
    tasks = [
        {"name": "Have secrets", "ansible.builtin.include_role": role, "vars": {"people_rehearsal": rehearsal}},
        {"name": "Tell", "ansible.builtin.copy": told, "no_log": True, "diff": False, "check_mode": False},
        {"name": "Look for secrets", "ansible.builtin.copy": LEFT, "no_log": True, "diff": False, "check_mode": False},
    ]
    done = ran(folder, tasks, *arguments, variables={**ROLE, **variables})
    if done.status == 0:
        found = {secret for each in given(folder)["secrets"].values() for secret in each.values()}
        assert not found or done.shown(found) == set()
    return done


BY_TASKS = {"people_secrets_store": "tasks", "people_secrets_tasks_file": "{{ playbook_dir }}/store.yml", "people_secrets_per": "backend"}


@pytest.mark.parametrize("kind", [{}, BY_TASKS], ids=["directory", "tasks"])
def test_role_keeps_before_it_gives(tmp_path, kind):
    rehearsed = by_role(tmp_path, rehearsal=True, **kind) if kind else by_role(tmp_path, "--check")
    assert rehearsed.status == 0, rehearsed.texts["stdout"]
    made_up = given(tmp_path)["secrets"]
    assert {login: sorted(made_up[login]) for login in made_up} == {"gus": ["micetro"], "zoe": ["bluemind", "micetro"]}
    assert not (tmp_path / "secrets").exists() and list((tmp_path / "store").iterdir()) == []
    done = by_role(tmp_path, **kind)
    assert done.status == 0, done.texts["stdout"]
    assert given(tmp_path)["created"] == ["gus", "zoe"]
    first = given(tmp_path)["secrets"]
    assert first != made_up and by_role(tmp_path, **kind).status == 0
    assert given(tmp_path) == {"secrets": first, "created": []}
    if kind:
        assert {path.name: json.loads(path.read_text()) for path in (tmp_path / "store").iterdir()} == first
        assert first["zoe"]["bluemind"] != first["zoe"]["micetro"]
    else:
        assert {login: kept(tmp_path / "secrets", login) for login in first} == first
        assert first["zoe"]["bluemind"] == first["zoe"]["micetro"]


def test_role_tells_your_tasks_and_the_module_whose_it_is(tmp_path):
    owners = {"gus": {"employee_number": None, "life": 1}, "zoe": {"employee_number": "7", "life": 2}}
    plan = {**ROLE["people_plan"], "owners": owners}
    assert by_role(tmp_path, **BY_TASKS, people_plan=plan).status == 0
    for action in ("get", "put"):
        told = (tmp_path / f"told_{action}").read_text().splitlines()
        assert {line.partition(" ")[0]: json.loads(line.partition(" ")[2]) for line in told} == owners
    assert by_role(tmp_path, people_plan=plan).status == 0
    content = VaultLib([("people", VaultSecret(PASSWORD.encode()))]).decrypt((tmp_path / "secrets" / "zoe.vault").read_bytes())
    assert json.loads(content)["owner"] == owners["zoe"]


@pytest.mark.parametrize("kind", [{}, BY_TASKS], ids=["directory", "tasks"])
def test_role_leaves_secrets_in_no_variable_but_the_one(tmp_path, kind):
    assert by_role(tmp_path, **kind).status == 0
    assert (tmp_path / "left").read_text().split() == ["Left:"]


def test_role_with_nothing_to_do(tmp_path):
    done = by_role(tmp_path, people_plan={"secrets": {}})
    assert done.status == 0 and given(tmp_path) == {"secrets": {}, "created": []}
    assert not (tmp_path / "secrets").exists()


def test_role_adds_to_what_your_store_has(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "zoe").write_text('{"ocs": "Kept-before-2", "bluemind": "Kept-before-3"}')
    assert by_role(tmp_path, **BY_TASKS).status == 0
    store = json.loads((tmp_path / "store" / "zoe").read_text())
    assert store == {"ocs": "Kept-before-2", **given(tmp_path)["secrets"]["zoe"]}
    assert store["bluemind"] == "Kept-before-3" and len(store) == 3


def test_role_stops_when_your_store_forgets(tmp_path):
    done = by_role(tmp_path, **BY_TASKS, lossy=True)
    assert done.status != 0 and not (tmp_path / "given.json").exists()
    assert "does not give back the secrets of gus, zoe" in " ".join(done.texts["stdout"].split())
    once = by_role(tmp_path, **BY_TASKS, lossy=True, people_secrets_readable=False)
    assert once.status == 0 and given(tmp_path)["created"] == ["gus", "zoe"]


def test_role_says_what_is_missing(tmp_path):
    done = by_role(tmp_path, people_secrets_store="tasks")
    assert done.status != 0 and "people_secrets_tasks_file is needed" in done.texts["stdout"]
    done = by_role(tmp_path, people_secrets_path="/nowhere/at/all")
    assert done.status != 0 and "/nowhere/at does not exist: create it, or mount the volume" in done.texts["stdout"]
