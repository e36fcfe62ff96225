# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the filters about people have in common: documentation that is true, examples that run, one Ansible error, values that stay values."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import subprocess
import sys

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_csv import people_from_csv

NAMES = ["from_hr_csv", "people", "logins", "phases", "in_phase", "entitled", "managed", "to_accounts", "people_changes"]
WINDOWS = (
    "Matricule;Identifiant;Prénom;Nom;Arrivée;Départ;Absence longue\n"
    "0101;zoe.fable;Zoé;Fable;01/09/2026;;Non\n"
    "0102;noel.exemple;Noël;d'Exemple;01/09/2026;31/12/2026;Oui\n"
)
FILES = {
    "people.csv": "login,Employee number,given_name,family_name,email,department,site,start_date\n"
    "zoe.fable,0101,Zoé,Fable,zoe.fable@example.org,it,town-hall,2026-01-05\n"
    "basil.inkwell,0001,Basil,Inkwell,basil.inkwell@example.org,staff,harbour,2020-01-01\n",
    "effectifs.csv": "Identifiant;Prénom;Nom;Courriel;Service\nzoe.fable;Zoé;Fable;zoe.fable@example.org;it\n",
    "effectifs-excel.csv": WINDOWS.encode("cp1252"),
    "people.json": json.dumps([{"login": "zoe.fable", "employee_number": 101, "on_leave": False}]),
}


def plugin(name):
    return importlib.import_module(f"ansible_collections.workplace.onboarding.plugins.filter.{name}")


def filter_of(name):
    (function,) = plugin(name).FilterModule().filters().values()
    return function


def play(folder, plays):
    """Run plays in an ansible-playbook of their own, beside the files."""
    for name, content in FILES.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "playbook.yml").write_text(yaml.safe_dump(plays, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "ansible.cfg").write_text(
        "[defaults]\nlocalhost_warning = false\n[inventory]\ninventory_unparsed_warning = false\n", encoding="utf-8"
    )
    environment = {**os.environ, "HOME": str(folder), "ANSIBLE_HOME": str(folder / "home"), "ANSIBLE_CONFIG": str(folder / "ansible.cfg")}
    command = [sys.executable, "-m", "ansible", "playbook", "playbook.yml"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120)
    return run.returncode, run.stdout + run.stderr


def a_play(tasks, **variables):
    return {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": variables, "tasks": tasks}


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_is_true(name):
    module = plugin(name)
    documentation = yaml.safe_load(module.DOCUMENTATION)
    assert list(module.FilterModule().filters()) == [documentation["name"]] == [name]
    options = list(documentation["options"].items())
    parameters = list(inspect.signature(filter_of(name)).parameters.values())
    assert [option for option, _about in options[1:]] == [parameter.name for parameter in parameters[1:]]
    assert options[0][0] == "_input"
    assert [about.get("required", False) for _option, about in options] == [each.default is inspect.Parameter.empty for each in parameters]
    for (option, about), parameter in zip(options[1:], parameters[1:]):
        if not about.get("required"):
            default = list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
            assert (about.get("default") or None) == (default or None), option
    positional = documentation["positional"].split(", ")
    assert positional == [option for option, _about in options][: len(positional)]
    assert yaml.safe_load(module.RETURN)["_value"]["type"] in ("list", "dict")


def test_every_example_runs(tmp_path):
    plays = []
    for name in NAMES:
        tasks = yaml.safe_load(plugin(name).EXAMPLES)
        assert any(f"workplace.onboarding.{name}" in str(task) for task in tasks)
        people = {"name": "The people of the examples", "ansible.builtin.set_fact": {"people": people_from_csv(FILES["people.csv"])}}
        plays.append(a_play([people, *tasks]))
    code, output = play(tmp_path, plays)
    assert code == 0, output
    assert "[WARNING]" not in output and "[DEPRECATION" not in output, output


def test_ansible_doc_shows_them(tmp_path):
    full = [f"workplace.onboarding.{name}" for name in NAMES]
    command = [sys.executable, "-m", "ansible", "doc", "-t", "filter", "-j", *full]
    run = subprocess.run(command, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60)
    assert sorted(json.loads(run.stdout)) == sorted(full), run.stderr


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("from_hr_csv", ["login\n"], "there is a header, but nobody below it"),
        ("people", [[{"login": "zoe", "mail": "z"}]], "entry 1 (zoe): 'mail' is no field, did you mean email?"),
        ("logins", [[], "zoe"], "The input of logins has 1 error"),
        ("phases", [[], "today"], "today is 'today'"),
        ("in_phase", [[], "retired", "2026-01-01"], "not 'retired'"),
        ("entitled", [[], "it"], "the rules are 'it'"),
        ("managed", ["it", "ocs", "groups"], "the rules are 'it'"),
        ("to_accounts", [[], {"a": "{x}"}], "a: 'x' is no field"),
        ("people_changes", [[], "state"], "what is remembered is 'state'"),
    ],
)
def test_it_raises_an_error_of_ansible(name, arguments, words):
    with pytest.raises(AnsibleFilterError) as caught:
        filter_of(name)(*arguments)
    assert words in str(caught.value)


def test_what_a_person_says_is_never_taken_for_a_template():
    people = filter_of("from_hr_csv")("login,job_title,department\nzoe,{{ 6 * 7 }},{{ 1 / 0 }}\n")
    accounts = filter_of("to_accounts")(people, {"title": "{job_title}", "groups": ["{department}"]})
    templar = Templar(loader=DataLoader(), variables={"people": people, "accounts": accounts})
    assert templar.template(people)[0]["job_title"] == "{{ 6 * 7 }}"
    assert templar.template(accounts) == [{"title": "{{ 6 * 7 }}", "groups": ["{{ 1 / 0 }}"]}]


def holds(claim):
    return {"name": claim, "ansible.builtin.assert": {"that": claim}}


def test_a_whole_pipeline_in_a_playbook(tmp_path):
    """Variables of a playbook, lazily templated and tagged as Ansible does, through every filter."""
    prefix = "workplace.onboarding"
    variables = {
        "domain": "example.org",
        "day": "2026-09-01",
        "columns": {
            "Matricule": "employee_number",
            "Prénom": "given_name",
            "Nom": "family_name",
            "Arrivée": "start_date",
            "Départ": "end_date",
        },
        "hr": "Matricule;Prénom;Nom;Arrivée;Départ;department\n2;Zoé;Fable;01/09/2026;;it\n1;Zoe;Fable;;31/08/2026;staff\n3;Noël;d'Exemple;02/09/2026;;\n",
        "named": "{{ hr | %s.from_hr_csv('auto', columns, required=['employee_number']) | %s.logins(assigned={'2': 'zf'}) }}"
        % (prefix, prefix),
        "listed": [{"login": "{{ 'g' ~ 'us' }}", "start_date": "{{ day }}", "extra": {"Mail": "gus@{{ domain }}"}}],
        "rules": [{"when": {"department": "{{ ['it', 'staff'] }}"}, "grant": {"ocs": {"groups": ["{{ domain }}"]}}}],
        "accounts": {"userid": "{login}", "email": "{login}@{{ domain }}", "quota": {"from": "department", "values": {"it": "20 GB"}}},
        "memory": [{"login": "zoe.fable", "employee_number": "2"}],
    }
    claims = [
        "named | map(attribute='login') == ['zf', 'zoe.fable', 'noel.dexemple']",
        f"(listed | {prefix}.people)[0].login == 'gus'",
        f"(listed | {prefix}.people)[0].extra.Mail == 'gus@example.org'",
        f"named | {prefix}.phases(day) == {{'zf': 'active', 'zoe.fable': 'leaving', 'noel.dexemple': 'preboarding'}}",
        f"named | selectattr('department') | {prefix}.in_phase('active', today=day) | map(attribute='login') == ['zf']",
        f"named | {prefix}.in_phase('gone', today=day, policy={{'grace_days': 0}}) | map(attribute='login') == ['zoe.fable']",
        f"rules | {prefix}.managed('ocs', 'groups') == ['example.org']",
        f"(named | {prefix}.entitled(rules)).zf == {{'ocs': {{'groups': ['example.org']}}}}",
        f"(named | {prefix}.entitled(rules, 'ocs', present={{'zf': {{'groups': ['x']}}}})).zf.groups == ['x', 'example.org']",
        f"(named | {prefix}.to_accounts(accounts, named | {prefix}.entitled(rules, 'ocs')))[0] == "
        "{'userid': 'zf', 'email': 'zf@example.org', 'quota': '20 GB', 'groups': ['example.org']}",
        f"(named | {prefix}.people_changes(memory)).errors[0].login == 'zoe.fable'",
        f"(named | {prefix}.people_changes(memory)).renamed[0].fields.login == ['zoe.fable', 'zf']",
    ]
    code, output = play(tmp_path, [a_play([holds(claim) for claim in claims], **variables)])
    assert code == 0, output
    assert "[WARNING]" not in output and "[DEPRECATION" not in output, output


def test_a_file_in_any_encoding_is_read_when_it_is_named_and_else_refused_with_advice(tmp_path):
    encodings = ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "mac_roman", "cp850"]
    read = "| workplace.onboarding.from_hr_csv('auto', {'Prénom': 'given_name'})"
    advice = "read it by ansible.builtin.slurp and b64decode(encoding="
    tasks = []
    for encoding in encodings:
        (tmp_path / f"{encoding}.csv").write_bytes("login;Prénom\nzoe;Zoé\n".encode(encoding))
        tasks.append({"name": "Fetch", "ansible.builtin.slurp": {"src": str(tmp_path / f"{encoding}.csv")}, "register": "fetched"})
        tasks.append(holds(f"(fetched.content | ansible.builtin.b64decode(encoding='{encoding}') {read})[0].given_name == 'Zoé'"))
        if not encoding.startswith("utf-8"):
            wrong = {"name": "Read", "ansible.builtin.set_fact": {"people": "{{ fetched.content | ansible.builtin.b64decode %s }}" % read}}
            rescue = [holds(f"{advice!r} in ansible_failed_result.msg"), holds("people is not defined")]
            tasks.append({"name": "Not named", "block": [wrong, {"name": "Never", "ansible.builtin.meta": "end_play"}], "rescue": rescue})
    tasks.append(holds("fetched is defined"))
    code, output = play(tmp_path, [a_play(tasks)])
    assert code == 0, output
    assert f"rescued={len(encodings) - 2}" in output, output
