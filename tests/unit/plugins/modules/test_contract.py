# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every module promises, tried on every module: each ``test_`` with ``contract_row`` is one row of ``contract_matrix.md``."""

from __future__ import annotations

import importlib
import json
import os

import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import CASES, SERVERS
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.contract import (
    MATRIX,
    ON_CONTROLLER,
    ROWS,
    SACRED,
    SACRED_NOUNS,
    TRAITS,
    contract_row,
    table,
)
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import (
    COLLECTION,
    ROOT,
    documented,
    parsed,
    validate,
)

MODULES = sorted({path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")} - {"__init__", *ON_CONTROLLER})
BY_LABEL = {case.label: case for case in CASES}


def done(server, case, options, **more):
    """Run, and insist that it worked."""
    result = server.run(case.task, options, **more)
    assert not result.get("failed"), result["msg"]
    return result


def rehearsed(server, case, options):
    """Run in check mode, which writes nothing, then really: both results must tell the same."""
    predicted = server.run(case.task, options, check_mode=True)
    assert server.backend.writes() == []
    assert predicted["requests"]["writes"] == 0
    result = server.run(case.task, options)
    assert told(predicted) == told(result)
    return result


def told(result):
    return {key: value for key, value in result.items() if key != "requests"}


def assert_quiet(server, case, options):
    again = done(server, case, options)
    assert again["changed"] is False
    assert again["requests"]["writes"] == 0
    assert server.backend.writes() == []
    assert again.get("diff", []) == []
    return again


# Rows


@contract_row(CASES, "operation")
def test_second_run_is_quiet(case, server):
    """The same task again changes nothing and writes nothing, as one object and in a list."""
    first = done(server, case, case.create)
    assert first["changed"] is ("read_only" not in case.traits)
    assert_quiet(server, case, case.create)
    if "no_list_form" not in case.traits:
        assert_quiet(server, case, case.listed(case.create))


@contract_row(CASES)
def test_check_mode_writes_nothing(case, server):
    """Whatever is asked for, check mode leaves the server as it is."""
    before = server.stored()
    wishes = [wish for wish in (case.create, case.update, case.absent) if wish]
    if case.many:
        wishes.append(case.listed(*map(case.many, range(25))))
    if case.three:
        wishes.append(case.listed(*case.three))
    for wish in wishes or [{}]:
        result = server.run(case.task, wish, check_mode=True)
        assert server.backend.writes() == []
        assert result["requests"]["writes"] == 0
    assert server.stored() == before


@contract_row(CASES, "not_predictable")
def test_check_mode_predicts_creation(case, server):
    """Check mode of a new object tells what the run then tells: changed, summary, items, diff, warnings."""
    result = rehearsed(server, case, case.create)
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is ("read_only" not in case.traits)


@contract_row(CASES, "read_only", "operation", "not_predictable")
def test_check_mode_predicts_update(case, server):
    """Check mode of an update tells what the run then tells; after it the server is quiet."""
    done(server, case, case.create)
    result = rehearsed(server, case, case.update)
    assert not result.get("failed"), result["msg"]
    (item,) = result[case.plural]
    assert item["action"] == "update" and item["changed"] and item["fields"]
    assert_quiet(server, case, case.update)


@contract_row(CASES, "read_only", "operation", "no_absent_state")
def test_absent_is_predicted_done_and_quiet(case, server):
    """Deletion: check mode, run, and a second run that has nothing to do."""
    done(server, case, case.create)
    result = rehearsed(server, case, case.absent)
    assert result["changed"] is True
    assert [item["action"] for item in result[case.plural]] == ["delete"]
    assert_quiet(server, case, case.absent)


@contract_row(CASES, "read_only", "no_list_form")
def test_list_form_equals_single_form(case, server, clock, monkeypatch):
    """One object, and a list of that one object: same result, same writes, same state of the server."""
    moment, seen = clock.now(), []
    monkeypatch.setattr(clock, "now", lambda: moment)  # servers say when things happened
    if "operation" in case.traits:
        one = case.many(1)
        alone = {**case.beside, case.task.rules["mutually_exclusive"][0][0]: one}
        steps = [(alone, case.listed(one))]
    else:
        steps = [(wish, case.listed(wish)) for wish in (case.create, case.update, case.absent) if wish]
    for form in (0, 1):
        server.start(case.world, case.knobs)
        results, writes = [], []
        for step in steps:
            results.append(told(done(server, case, step[form])))
            writes.append([(entry.method, entry.path, entry.body) for entry in server.backend.writes()])
        seen.append((results, writes, server.stored()))
    assert seen[0][0] == seen[1][0]
    assert seen[0][1] == seen[1][1]
    assert seen[0][2] == seen[1][2]


@contract_row(CASES, "read_only", "operation", "no_list_form")
def test_one_broken_among_three(case, server):
    """The others are done, the report is whole, and the task fails."""
    if case.refusal:
        server.backend.fault(**case.refusal)
    result = server.run(case.task, {**case.listed(*case.three), "return_all": True})
    assert result["failed"] and result["changed"]
    items = result[case.plural]
    assert [item["failed"] for item in items] == [False, True, False]
    assert [item["changed"] for item in items][::2] == [True, True]
    assert items[1]["msg"] and items[1]["msg"] in result["msg"] and items[1]["name"] in result["msg"]
    assert result["summary"]["failed"] == 1 and result["summary"]["total"] == 3
    others = case.listed(case.three[0], case.three[2])
    assert_quiet(server, case, others)


@contract_row(CASES, "read_only", "operation", "no_list_form")
def test_one_invalid_among_three(case, server):
    """An entry that can be right nowhere refuses the whole list before a request; with on_invalid: continue, only itself."""
    keys = [item.name for item in case.task.resource.keys if not item.option().get("choices")]
    nameless = {name: "" if isinstance(value, str) and name in keys else value for name, value in case.three[1].items()}
    wish = {**case.listed(case.three[0], nameless, case.three[2]), "return_all": True}
    refused = server.run(case.task, wish)
    assert refused["failed"] and not refused["changed"] and not any(refused["requests"].values())
    result = server.run(case.task, {**wish, "on_invalid": "continue"})
    assert result["failed"] and result["changed"]
    items = result[case.plural]
    assert [item["failed"] for item in items] == [False, True, False]
    assert [item["changed"] for item in items] == [True, False, True]
    assert items[1]["msg"] in refused["msg"] and f"{case.plural}[1]" in items[1]["msg"]
    assert_quiet(server, case, case.listed(case.three[0], case.three[2]))


@contract_row(CASES, "read_only", "operation")
def test_dropped_value_is_named(case, server):
    """What the server accepts and does not store fails the task by name; with on_unconverged=warn it warns."""
    done(server, case, case.create)
    server.backend.fault("drop", **case.drop)
    result = server.run(case.task, case.update)
    assert result["failed"]
    (item,) = result[case.plural]
    assert item["dropped"] == [case.dropped]
    assert case.dropped in result["msg"] and result["summary"]["dropped"] == 1

    result = server.run(case.task, {**case.update, "on_unconverged": "warn"})
    assert not result.get("failed")
    assert result[case.plural][0]["dropped"] == [case.dropped]
    assert any(case.dropped in warning for warning in result["warnings"])


@contract_row(CASES, "read_only", "operation")
def test_lost_answer_is_read_back(case, server):
    """A write whose answer is lost after it took effect is found to be done, and nothing is done twice."""
    for wish in filter(None, (case.create, case.update, case.absent)):
        for method in ("POST", "PUT", "DELETE"):
            server.backend.fault("lost", method=method, path=server.writing)
        result = done(server, case, wish)
        assert result["changed"] is True
        assert any(entry.fault == "lost" for entry in server.backend.log)
        server.backend.faults.clear()
        assert_quiet(server, case, wish)


@contract_row(CASES)
def test_one_login_attempt(case, server):
    """With wrong credentials there is one login attempt and one request, however many objects and workers."""
    wishes = [case.create]
    if case.many and "no_list_form" not in case.traits:
        workers = {"workers": 8} if "workers" in case.task.options else {}
        wishes += [{**case.listed(*map(case.many, range(count))), **workers} for count in (15, 30)]
    for wish in wishes:
        for check_mode in (True, False):
            result = server.run(case.task, wish, check_mode=check_mode, **server.wrong_connection())
            assert result["failed"] and not result["changed"]
            assert "credentials were refused" in result["msg"]
            assert server.logins() == 1
            assert len(server.backend.log) == 1
    # A loop keeps its client: the items after the first do not try again.
    server.backend.log.clear()
    params = validate(case.task, {**server.wrong_connection(), **case.create})
    client = case.task.open(params)
    for _item in range(3):
        assert "credentials were refused" in case.task.run(params, False, opened=lambda: client)["msg"]
    assert server.logins() == len(server.backend.log) == 1


@contract_row(CASES)
def test_requests_are_counted(case, server):
    """The counts of requests in the result are those of the server's log."""
    for wish in [wish for wish in (case.create, case.update, case.absent) if wish] or [{}]:
        result = done(server, case, wish)
        assert result["requests"]["writes"] == len(server.backend.writes())
        assert result["requests"]["reads"] == len(server.backend.log) - len(server.backend.writes())


@contract_row(CASES)
def test_secrets_are_nowhere(case, server, monkeypatch):
    """No credential and no secret option in what a module prints, whatever the server answers, and however the secret was given."""
    other = f"{case.secret}-of-another"
    wishes = [case.create]
    if "no_list_form" not in case.traits:
        objects = [case.many(1), case.many(2)] if "operation" in case.traits else [case.create, dict(case.many(1))]
        if case.secret:
            objects[1][case.secret_option] = case.planted(other)
        # One after the other, so that a fault hits the object whose secret it repeats.
        monkeypatch.setattr(case.task.client, "readers", 1)
        in_order = {"workers": 1} if "workers" in case.task.options else {}
        wishes.append({**case.listed(*objects), **in_order})

    for wish in wishes:
        for connection in (server.connection(), server.wrong_connection()):
            planted = [connection["api_password"], *filter(None, [case.secret])]
            assert_hidden(server, case, wish, planted, connection)
            assert_hidden(server, case, {**wish, "timeout": "soon"}, planted, connection)  # Ansible's own complaint
        connection = server.connection()
        planted = [connection["api_password"], *filter(None, [case.secret])]
        echo = f"{' '.join(planted)} {other}"
        for fault in (
            {"kind": "refusal", "code": 101, "message": echo},
            {"kind": "refusal", "code": 403, "message": echo},
            {"kind": "refusal", "code": 503, "message": echo},
            {"kind": "refusal", "code": 997, "message": echo},
            {"kind": "status", "status": 500, "body": echo},
            {"kind": "status", "status": 400, "body": json.dumps({"message": echo}), "content_type": "application/json"},
            {"kind": "redirect", "location": f"https://elsewhere.example.org/{planted[0]}?password={planted[0]}"},
            {"kind": "truncate"},
        ):
            # The login, the next request (of the run or the first object), and the first write: it repeats secrets of that object.
            for where in ({"times": None}, {"skip": 1}, {"method": "POST"}):
                assert_hidden(server, case, wish, planted, connection, {**where, **fault})
        server.start(case.world, case.knobs)

    connection = server.connection()
    for name, value in connection.items():
        monkeypatch.setenv(f"{case.backend}_{name[len('api_') :]}".upper(), value)
    assert_hidden(server, case, wishes[0], [connection["api_password"]], {"api_url": connection["api_url"], "_ansible_verbosity": 4})


def assert_hidden(server, case, wish, planted, connection, fault=None):
    for check_mode in (True, False):
        if fault:
            server.start(case.world, case.knobs)
            server.backend.fault(**fault)
        text = server.printed(case.task, wish, check_mode, **connection)
        assert "changed" in parsed(text) or parsed(text)["failed"]
        for value in planted:
            assert value not in text, (wish, check_mode)
        if case.secret:
            assert f"{case.secret}-of-another" not in text, (wish, check_mode)
        if case.secret and fault:
            # What stands in a list is not hidden by Ansible: the result must not hold it in the first place.
            server.start(case.world, case.knobs)
            server.backend.fault(**fault)
            assert case.secret not in json.dumps(server.run(case.task, wish, check_mode, **connection), default=repr)


@contract_row(CASES)
def test_options_are_documented(case):
    """Option spec and documentation agree both ways: names, types, defaults, choices, aliases, elements, suboptions, environment."""
    document = documentation(case.name)
    compare_options(case.name, case.task.options, document["options"])


@contract_row(CASES)
def test_results_are_documented(case, server):
    """Every key of a result, and of its items, stands in RETURN."""
    described = yaml.safe_load(documented(case.name, "RETURN"))
    driver = {"changed", "failed", "msg", "diff", "warnings", "status", "code"}
    wishes = [wish for wish in (case.create, case.update, case.absent) if wish] or [{}]
    for wish in wishes:
        result = server.run(case.task, {**wish, "instance": "a name"})
        assert set(result) - driver <= set(described)
        assert result["instance"] == "a name"
        for key, value in result.items():
            contained = described.get(key, {}).get("contains")
            if contained:
                for item in value if isinstance(value, list) else [value]:
                    assert set(item) <= set(contained), key
    assert all("description" in entry and "type" in entry and "returned" in entry for entry in described.values())


@contract_row(CASES)
def test_environment_is_the_fallback(case, server, monkeypatch):
    """Each connection option can come from its environment variable, and an option wins over it."""
    prefix = case.backend.upper()
    samples = {"str": ("text", "text"), "bool": ("no", False), "path": ("/dev/null", "/dev/null"), "int": ("7", 7), "float": ("2.5", 2.5)}
    for name, option in case.task.connection.items():
        variable = f"{prefix}_{name[len('api_') :] if name.startswith('api_') else name}".upper()
        assert option["env"] == variable
        given, meant = (option["choices"][-1],) * 2 if "choices" in option else samples[option["type"]]
        monkeypatch.setenv(variable, given)
        required = {} if name == "api_url" else {"api_url": "http://localhost"}
        assert validate(case.task, {**required, **case.create})[name] == meant
        monkeypatch.delenv(variable)
    for name, value in server.connection().items():
        monkeypatch.setenv(f"{prefix}_{name[len('api_') :]}".upper(), value)
    monkeypatch.setenv(f"{prefix}_INSTANCE", "by environment")
    result = server.run(case.task, case.create, check_mode=True, api_url=server.connection()["api_url"])
    assert not result.get("failed"), result["msg"]
    assert result["instance"] == "by environment"


@contract_row(CASES)
def test_module_and_action_run_the_task(case, monkeypatch):
    """Module and action plugin of this name run this very task."""
    module = importlib.import_module(f"{COLLECTION}.modules.{case.name}")
    run = []
    monkeypatch.setattr(module, "run", run.append)
    module.main()
    assert run == [case.task]
    action = importlib.import_module(f"{COLLECTION}.action.{case.name}")
    assert action.ActionModule.task is case.task


@contract_row(CASES)
def test_module_is_in_the_action_group(case):
    """The action group of the backend holds the module, so that module_defaults reach it; and the documentation says so."""
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert case.name in runtime["action_groups"][case.backend]
    groups = {group for entry in runtime["action_groups"]["all"] if isinstance(entry, dict) for group in entry["metadata"]["extend_group"]}
    assert case.backend in groups
    membership = documentation(case.name)["attributes"]["action_group"]["membership"]
    assert f"workplace.onboarding.{case.backend}" in membership


@contract_row(CASES, needs="writer")
def test_what_info_returns_changes_nothing(case, server):
    """What an info module returns, given to the module that writes, is a no-op: one by one and as the list."""
    result = done(server, case, case.create)
    for name in [case.writer] if isinstance(case.writer, str) else case.writer:
        writer = BY_LABEL[case.label.replace(case.name, name)]
        assert result[writer.plural]
        assert_quiet(server, writer, {writer.plural: result[writer.plural]})
        for entry in result[writer.plural]:
            assert_quiet(server, writer, entry)
        # The same where every list becomes exactly what was returned.
        exact = {option: "set" for option in writer.task.options if option.endswith("_mode")}
        assert_quiet(server, writer, {writer.plural: result[writer.plural], **exact})


# Modules that only the controller runs


@pytest.mark.parametrize("name", ON_CONTROLLER)
def test_what_runs_on_the_controller_is_documented(name):
    """Options, promises and results are told, there is an action plugin, and it is tested."""
    action = importlib.import_module(f"{COLLECTION}.action.{name}").ActionModule
    document = documentation(name)
    compare_options(name, action.options, document["options"])
    assert document["attributes"]["action"]["support"] == "full"
    results = yaml.safe_load(documented(name, "RETURN"))
    assert all("description" in entry and "type" in entry and "returned" in entry for entry in results.values())
    assert (ROOT / "tests" / "unit" / "plugins" / "action" / f"test_{name}.py").exists()


# The documentation, read as the documentation tools do


def documentation(name):
    """The documentation of a module with its fragments."""
    own = yaml.safe_load(documented(name, "DOCUMENTATION"))
    merged = {"options": dict(own.get("options", {})), "attributes": dict(own.get("attributes", {}))}
    assert own["module"] == name
    for fragment in own.get("extends_documentation_fragment", ()):
        file_name, _dot, variable = fragment.removeprefix("workplace.onboarding.").partition(".")
        holder = importlib.import_module(f"{COLLECTION}.doc_fragments.{file_name}").ModuleDocFragment
        part = yaml.safe_load(getattr(holder, (variable or "documentation").upper()))
        for chapter in merged:
            twice = set(merged[chapter]) & set(part.get(chapter, {}))
            assert not twice, f"{fragment} repeats {twice}"
            merged[chapter].update(part.get(chapter, {}))
    return merged


def compare_options(where, spec, described):
    assert set(spec) == set(described), where
    for name, option in spec.items():
        told_of, here = described[name], f"{where}.{name}"
        assert told_of.get("type", "str") == option.get("type", "str"), here
        for trait, nothing in (("default", None), ("choices", None), ("aliases", []), ("elements", None), ("required", False)):
            assert told_of.get(trait, nothing) == option.get(trait, nothing), f"{here}: {trait}"
        text = told_of["description"]
        text = text if isinstance(text, str) else " ".join(text)
        assert text.strip()
        if "env" in option:
            assert f"E({option['env']})" in text, f"{here}: environment"
        if "options" in option or "suboptions" in told_of:
            compare_options(here, option["options"], told_of["suboptions"])


# The matrix itself


def test_every_module_is_listed():
    assert sorted({case.name for case in CASES}) == MODULES
    assert len(CASES) == len(BY_LABEL)
    assert {case.name for case in CASES if case.parity} == set(MODULES)
    assert {case.backend for case in CASES} <= set(SERVERS)


def test_traits_come_from_the_closed_list():
    for case in CASES:
        assert set(case.traits) <= set(TRAITS), case.name
        assert all(section.strip() for section in case.traits.values()), case.name
    assert {trait for row in ROWS.values() for trait in row.excused_by} <= set(TRAITS)


def test_nothing_excuses_people_from_the_sacred_rows():
    assert set(SACRED) <= set(ROWS)
    for case in CASES:
        if case.name.endswith(SACRED_NOUNS):
            assert not [row for row in SACRED if ROWS[row].excuse(case)], case.name


def test_samples_are_whole():
    """A row that has nothing to try would pass: each module brings the samples that its rows need."""
    for case in CASES:
        if {"read_only", "operation"} & set(case.traits):
            continue
        assert case.create and case.update and case.three and case.many and case.drop and case.dropped, case.name
        assert case.absent or "no_absent_state" in case.traits, case.name
        assert bool(case.secret) == bool(case.secret_option), case.name
        assert not case.secret or case.create[case.secret_option] == case.planted(case.secret), case.name
        managed = {item.name for item in case.task.resource.fields if item.name in case.task.options}
        # A variant of the server may lack a field: another one then has the sample.
        sampled = {name for other in CASES if other.name == case.name for name in (*other.create, *other.update)}
        assert managed <= sampled, f"{case.name}: no sample of {managed - sampled}"


def test_matrix_is_the_committed_one():
    if os.environ.get("CONTRACT_MATRIX") == "write":
        MATRIX.write_text(table(CASES), encoding="utf-8")
    assert MATRIX.read_text(encoding="utf-8") == table(CASES), "run this test with CONTRACT_MATRIX=write and look at the difference"
