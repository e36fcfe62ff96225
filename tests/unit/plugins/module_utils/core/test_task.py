# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core import task as task_module
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import BadReply, InvalidInput, Refused
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import HIDDEN, Field
from ansible_collections.workplace.onboarding.plugins.module_utils.core.task import InfoTask, ResourceTask, Task, one_way
from ansible_collections.workplace.onboarding.tests.unit.plugins.module_utils.core.memory import (
    Beside,
    Core,
    Desk,
    MemoryClient,
    Person,
    Server,
)

SECRET = "pass-phrase-of-zoe"
RESOURCE = Person(Core(Field("title"), Field("password", secret=True), listed=True), Beside("photo", Field("photo")))


class Local(MemoryClient):
    def __init__(self, params):
        super().__init__(Server(), {name: params.get(name) for name in self.options()})


class Operation(Task):
    """An operation without a state: same drivers, same shape of a result."""

    def check(self, params, hidden):
        if params.get("what") == "nonsense":
            raise InvalidInput("what cannot be nonsense")

    def work(self, client, params, check_mode):
        failure = params.get("failure")
        if failure:
            raise failure
        client.ask("run", "x", lambda: None)
        client.ask("look", "x", lambda: None, write=False)
        return {"changed": not check_mode}


OPERATION = Operation(Local, {"what": {"type": "str"}, "failure": {}, "pin": {"type": "str", "no_log": True}})


def params(**options):
    defaults = {name: option.get("default") for name, option in OPERATION.options.items()}
    return {**defaults, "api_url": "http://memory.invalid", "api_password": "connection-phrase", **options}


def test_an_operation():
    assert OPERATION.run(params(), False) == {"changed": True, "requests": {"reads": 1, "writes": 1}}
    assert OPERATION.run(params(instance="north"), True) == {"changed": False, "requests": {"reads": 1, "writes": 1}, "instance": "north"}


def test_requests_are_those_of_one_run():
    client = Local(params())
    for _run in range(2):
        assert OPERATION.run(params(), False, opened=lambda: client)["requests"] == {"reads": 1, "writes": 1}


def test_bad_input_is_refused_before_anything_is_opened():
    def opened():
        raise AssertionError("opened")

    result = OPERATION.run(params(what="nonsense"), False, opened=opened)
    assert result == {"changed": False, "failed": True, "msg": "what cannot be nonsense", "requests": {"reads": 0, "writes": 0}}


def test_a_bad_address_is_bad_input():
    assert "api_url must begin with https://" in OPERATION.run(params(api_url="memory"), False)["msg"]


@pytest.mark.parametrize(
    "failure, words",
    [
        (Refused("not today", status=403, code=7), "Memory: not today"),
        (BadReply("the answer is empty"), "Memory: the answer is empty"),
        (InvalidInput("a group cannot hold itself"), "a group cannot hold itself"),
        (KeyError("surprise"), "KeyError: 'surprise'"),
    ],
)
def test_failures_are_results(failure, words):
    result = OPERATION.run(params(failure=failure), False)
    assert result["failed"] and result["msg"] == words and result["changed"] is False
    if isinstance(failure, Refused):
        assert result["status"] == 403 and result["code"] == 7


@pytest.mark.parametrize("secret", ["connection-phrase", "1234-pin", "it's a\\secret"])
def test_a_failure_of_the_whole_run_shows_no_secret(secret):
    for failure in (Refused(f"echo {secret}"), KeyError(f"echo {secret}")):
        result = OPERATION.run(params(api_password=secret, pin=secret, failure=failure), False)
        assert secret not in str(result.values()) and repr(secret)[1:-1] not in result["msg"] and HIDDEN in result["msg"]


def test_a_warning_shows_no_secret():
    class Warned(Operation):
        def work(self, client, params, check_mode):
            return {"changed": False, "warnings": [f"the server said {params['pin']!r}", "look out"]}

    warned = Warned(Local, OPERATION.options)
    assert warned.run(params(pin=SECRET), False)["warnings"] == [f"the server said '{HIDDEN}'", "look out"]


def test_without_requests(monkeypatch):
    monkeypatch.setattr(task_module.transport, "REQUESTS_ERROR", "ImportError")
    assert "The Python library requests is needed" in OPERATION.run(params(), False)["msg"]


def test_what_is_shown_of_the_options():
    task = ResourceTask(RESOURCE, MemoryClient)
    shown = task.shown(
        {
            "api_url": "https://u:connection-phrase@host",
            "api_password": "connection-phrase",
            "password": SECRET,
            "title": "a",
            "people": [{"uid": "a", "password": SECRET}, {"uid": "b"}],
            "validate_certs": True,
            "photo": None,
        }
    )
    assert "phrase" not in str(shown) and shown["people"] == "2 entries" and shown["title"] == "a" and shown["validate_certs"] is True


def test_secrets_of_the_options():
    task = ResourceTask(RESOURCE, MemoryClient)
    options = {"api_password": "one", "password": "two", "people": [{"password": "three", "title": "x"}, {"password": None}]}
    assert task.secrets(options) == {"one", "two", "three"} and task.secrets(options, within_lists=False) == {"one", "two"}


def test_options_follow_from_the_resource():
    options = ResourceTask(RESOURCE, MemoryClient).options
    assert {"workers", "on_error", "on_unconverged", "return_all", "prune", "prune_scope", "prune_limit", "keep"} <= set(options)
    assert "unreadable_fields" not in options
    assert "unreadable_fields" in ResourceTask(Person(Core(Field("x", readable=False))), MemoryClient).options
    assert "unreadable_fields" in ResourceTask(Person(Core(), may_be_unreadable=True), MemoryClient).options
    assert not {"prune", "keep"} & set(ResourceTask(Person(Core(), states={"on": {}, "off": {}}), MemoryClient).options)


def test_single_form_or_list_form_and_never_both():
    assert ResourceTask(RESOURCE, MemoryClient).rules == {"mutually_exclusive": [("uid", "people")], "required_one_of": [("uid", "people")]}


class People(InfoTask):
    def parts(self, params):
        return self.resource.parts[:1] if params["title"] else self.resource.parts

    def rows(self, client, params):
        core, photo = self.resource.parts
        return [{**raw, **(photo.get(client, None, raw) or {})} for raw in core.list(client, {})]

    def more(self, rows, params):
        return {"count": len(rows)}


def test_what_an_info_task_returns_changes_nothing():
    desk = Desk(
        RESOURCE, Server(objects={"zoe": {"uid": "zoe", "title": "a", "password": "***"}}, beside={"photo": {"zoe": {"photo": "x"}}})
    )
    info = People(RESOURCE, MemoryClient, title={"type": "bool"})
    result = info.run({"title": False, "uid": None}, True, opened=lambda: desk.client)
    assert result["people"] == [{"uid": "zoe", "title": "a", "photo": "x"}] and result["count"] == 1 and result["changed"] is False
    desk.quiet(*result["people"])
    assert "photo" not in info.run({"title": True, "uid": None}, False, opened=lambda: desk.client)["people"][0]


def test_an_info_task_is_asked_in_one_way():
    one_way({"uid": "zoe", "group": None}, "uid", "group")
    one_way({"uid": None, "group": None}, "uid", "group")
    with pytest.raises(InvalidInput, match="uid and group cannot be combined"):
        one_way({"uid": "zoe", "group": "it"}, "uid", "group")
    with pytest.raises(InvalidInput, match="uid must not be empty"):
        one_way({"uid": " ", "group": None}, "uid", "group")
