# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook hand_over: each person's secrets reach their owner once, by the user's own tasks, and that is recorded."""

from __future__ import annotations

import json

import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.unit.plugins.action.secret_play import HAND_OVER, MODULE, kept, ran
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import documented

LETTER = """\
- name: Write a letter
  ansible.builtin.lineinfile:
    path: "{{ playbook_dir }}/../letters.jsonl"
    line: "{{ {people_secret_login: people_secret_value} | to_json }}"
    create: true
    mode: "0600"
    insertbefore: BOF
    regexp: never
- name: Fail for somebody
  ansible.builtin.fail:
    msg: Out of paper
  when: people_secret_login == (unlucky | default('nobody'))
"""


@pytest.fixture
def secrets(tmp_path):
    """The secrets of three people, and a file of tasks that appends to a file of letters."""
    ask = {"logins": ["anna", "gus", "zoe"], "backends": ["ocs", "bluemind"], "path": "{{ playbook_dir }}/secrets", "vault_id": "people"}
    assert ran(tmp_path, [{"name": "Ask", MODULE: ask}]).status == 0
    (tmp_path / "letter.yml").write_text(LETTER.replace("{{ playbook_dir }}/..", str(tmp_path)))
    return tmp_path / "secrets"


def hand_over(folder, *arguments, **variables):
    """Run the playbook by its name; the letters that it wrote."""
    letters = folder / "letters.jsonl"
    letters.unlink(missing_ok=True)
    values = {
        "people_secrets_path": str(folder / "secrets"),
        "people_secrets_vault_id": "people",
        "hand_over_tasks_file": str(folder / "letter.yml"),
        "hand_over_means": "letter",
        "hand_over_by": "the registry",
        **variables,
    }
    done = ran(folder, None, "-e", json.dumps(values), *arguments, playbook="workplace.onboarding.hand_over")
    written = [json.loads(line) for line in letters.read_text().splitlines()] if letters.exists() else []
    everybody = {secret for path in (folder / "secrets").glob("*.vault") for secret in kept(folder / "secrets", path.stem).values()}
    assert done.shown(everybody) == set()
    return done, {login: value for letter in written for login, value in letter.items()}


def said(done):
    return done.one("Say who was given theirs")["msg"]


def test_each_person_once(tmp_path, secrets):
    done, letters = hand_over(tmp_path, "--check")
    assert done.status == 0 and letters == {} and list(secrets.glob("*.json")) == []
    assert said(done) == ["Would be handed over: anna, gus, zoe", "Handed over before: 0"]

    done, letters = hand_over(tmp_path, unlucky="gus")
    assert letters == {login: kept(secrets, login) for login in ("anna", "gus", "zoe")}
    assert done.status != 0 and said(done) == ["Handed over: anna, zoe", "Failed: gus", "Handed over before: 0"]
    record = json.loads((secrets / "zoe.handed_over.json").read_text())
    assert record.pop("at").endswith("Z")
    assert record == {
        "version": 1,
        "login": "zoe",
        "state": "done",
        "by": "the registry",
        "means": "letter",
        "systems": ["ocs", "bluemind"],
    }

    done, letters = hand_over(tmp_path)
    assert done.status == 0 and letters == {}
    assert said(done)[0] == "Handed over: nobody" and said(done)[-1] == "Handed over before: 2"
    assert said(done)[1].startswith("Begun or failed before") and said(done)[1].endswith(": gus")

    done, letters = hand_over(tmp_path, hand_over_again="unfinished")
    assert list(letters) == ["gus"] and done.status == 0
    done, letters = hand_over(tmp_path, hand_over_again="zoe", hand_over_logins="zoe,anna")
    assert list(letters) == ["zoe"] and said(done) == ["Handed over: zoe", "Handed over before: 1"]


def test_a_system_that_was_added_since_is_told(tmp_path, secrets):
    hand_over(tmp_path, hand_over_logins="zoe")
    more = {"logins": ["zoe"], "backends": ["ocs", "micetro"], "per": "backend", "path": str(secrets), "vault_id": "people"}
    assert ran(tmp_path, [{"name": "More", MODULE: more}]).status == 0
    done, letters = hand_over(tmp_path, hand_over_logins="zoe")
    assert letters == {} and said(done)[-1].endswith("nothing was handed over to (-e hand_over_again with the logins): zoe")


def test_no_variable_keeps_a_secret(tmp_path, secrets):
    hand_over(tmp_path, hand_over_logins="zoe")
    role = {"name": "workplace.onboarding.people", "tasks_from": "hand_over"}
    left = "{{ query('vars', *query('varnames', '^people_(secret|hand)'), default='') | to_json }}"
    tasks = [
        {"name": "Hand over", "ansible.builtin.include_role": role},
        {"name": "Leave", "ansible.builtin.copy": {"content": left, "dest": "{{ playbook_dir }}/left", "mode": "0600"}, "no_log": True},
    ]
    variables = {
        "people_secrets_path": str(secrets),
        "people_secrets_vault_id": "people",
        "people_hand_over_tasks_file": str(tmp_path / "letter.yml"),
    }
    done = ran(tmp_path, tasks, variables=variables)
    assert done.status == 0 and said(done) == ["Handed over: anna, gus", "Handed over before: 1"]
    text = (tmp_path / "left").read_text()
    assert "anna" in text
    assert not [secret for login in ("anna", "gus", "zoe") for secret in kept(secrets, login).values() if secret in text]


def test_out_of_a_store_of_yours(tmp_path, secrets):
    (tmp_path / "store.yml").write_text(
        "- ansible.builtin.set_fact: {people_secret_value: Geheim-fuer-zoe}\n  when: people_secret_login == 'zoe'\n"
    )
    store = {"people_secrets_store": "tasks", "people_secrets_tasks_file": str(tmp_path / "store.yml")}
    done, letters = hand_over(tmp_path, **store, hand_over_logins="zoe,gus")
    assert done.shown(["Geheim-fuer-zoe"]) == set()
    assert letters == {"zoe": {"all": "Geheim-fuer-zoe"}}
    assert done.status != 0 and said(done)[1] == "Failed: gus"
    assert "No secret of gus is kept" in done.texts["stdout"]
    done, letters = hand_over(tmp_path, **store)
    assert done.status != 0 and letters == {} and "Needed are" in done.texts["stdout"]


def test_examples(tmp_path):
    """The tasks of the documentation run as they stand; who was given hers is passed over the second time."""
    tasks = yaml.safe_load(documented("people_hand_over", "EXAMPLES"))
    (tmp_path / "secrets").mkdir(mode=0o700)
    (tmp_path / "secrets" / "coral.vault").touch(mode=0o600)
    seen = []
    for _time in range(2):
        done = ran(tmp_path, tasks, variables={"secrets_folder": str(tmp_path / "secrets")})
        assert done.status == 0 and "[WARNING]" not in done.texts["stderr"] + done.texts["stdout"], done.texts["stdout"]
        seen.append([done.one(task["name"]).get("changed") for task in tasks])
    assert seen == [[False, True, True], [False, False, False]]


def test_options(tmp_path):
    wrong = {
        "no login": ({"state": "done"}, "state is done but all of the following are missing: login"),
        "both": ({"login": "zoe", "logins": ["gus"]}, "parameters are mutually exclusive"),
        "leads out": ({"login": "../zoe", "state": "begun"}, "is no login"),
        "not begun": ({"login": "zoe", "state": "done"}, "no hand-over to zoe was begun"),
    }
    path = tmp_path / "secrets"
    tasks = [{"name": name, HAND_OVER: {"path": str(path), **changes}, "ignore_errors": True} for name, (changes, _words) in wrong.items()]
    done = ran(tmp_path, tasks)
    assert all(words in done.one(name)["msg"] for name, (_changes, words) in wrong.items())
