# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request of the user's own, over a client that answers what it is told to."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.client import Client
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import Lost, NotFound, Refused, Unreachable
from ansible_collections.workplace.onboarding.plugins.module_utils.core.request import Request

SECRET = "pass-phrase-of-zoe"


class Answer:
    def __init__(self, status=200, body=None, text=""):
        self.status_code, self.body, self.text = status, body, text

    def json(self):
        if self.body is None:
            raise ValueError
        return self.body


class Desk(Client):
    """Success is status 200; a request is known to write by its path."""

    name, env = "Desk", "DESK"
    answers: list = []
    sent: list = []
    locked: list = []

    def __init__(self, params):
        super().__init__(params)
        self.transport.send = self.send

    def login(self):
        return ["root"]

    @classmethod
    def writes(cls, method, path, query):
        return True if path.startswith("/write") else super().writes(method, path, query)

    def send(self, method, path, *, write, repeat, busy, **kwargs):
        self.sent.append({"method": method, "path": path, "write": write, "repeat": repeat, **kwargs})
        if not self.answers:
            return Answer(body={"fine": True})
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def judge(self, response):
        if response.status_code == 404:
            raise NotFound("no such thing", status=404)
        if response.status_code != 200:
            raise Refused(f"no: {response.text or response.body}", status=response.status_code)
        return response.body

    @contextmanager
    def exclusive(self):
        self.locked.append(len(self.sent))
        yield


class OneWriter(Desk):
    one_writer = True


@pytest.fixture
def desk():
    """Runs a request; its client's notes are those of this test."""
    Desk.answers, Desk.sent, Desk.locked = [], [], []

    def run(check=False, client=Desk, **options):
        task = Request(client)
        defaults = {name: option.get("default") for name, option in task.options.items()}
        return task.run({**defaults, "api_url": "http://desk.invalid", **options}, check)

    return run


def test_a_read(desk):
    Desk.answers = [Answer(body=[1, 2])]
    result = desk(path="/things", query={"a": "1"})
    assert {**result, "requests": 0} == {"changed": False, "sent": True, "status": 200, "answer": [1, 2], "requests": 0}
    assert Desk.sent == [{"method": "GET", "path": "/things", "write": False, "repeat": True, "params": {"a": "1"}}]


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ({}, False),
        ({"method": "POST"}, True),
        ({"method": "PUT"}, True),
        ({"method": "DELETE"}, True),
        ({"path": "/write/this"}, True),
        ({"method": "POST", "changes": False}, False),
        ({"changes": True}, True),
    ],
)
def test_what_counts_as_a_change(desk, options, changed):
    """Check mode sends it only where it is none, and it is repeated only then."""
    options = {"path": "/things", **options}
    assert desk(**options)["changed"] is changed
    assert Desk.sent[0]["write"] is changed and Desk.sent[0]["repeat"] is not changed
    Desk.sent.clear()
    foretold = desk(check=True, **options)
    assert foretold["changed"] is changed and foretold["sent"] is not changed and len(Desk.sent) == (not changed)


def test_a_route_that_is_known_to_write_does(desk):
    for options in ({"method": "PUT", "path": "/things"}, {"path": "/write/this"}, {"path": "/%77rite/th%69s"}):
        assert desk(check=True, **options)["sent"] is False
        assert "is known to write" in desk(changes=False, **options)["msg"] and Desk.sent == []


@pytest.mark.parametrize(
    "path", ["things", "//elsewhere", "/a?b=c", "/a#b", "/a b", "/a/../b", "/./a", "/a\\b", "/..", "", "/a/%2e%2e/b", "/%2E/b", "/.%2e"]
)
def test_paths_that_are_none(desk, path):
    assert "path must begin with one slash" in desk(path=path)["msg"] and Desk.sent == []


@pytest.mark.parametrize(
    ("options", "kwargs"),
    [
        ({"body": {"a": 1}}, {"json": {"a": 1}}),
        ({"body": [1]}, {"json": [1]}),
        ({"body": {"a": 1}, "body_format": "form"}, {"data": {"a": 1}}),
        ({"body": "text", "body_format": "raw"}, {"data": b"text"}),
        ({"body": {"a": 1}, "secret_body": {"pin": SECRET}}, {"json": {"a": 1, "pin": SECRET}}),
        ({"secret_body": {"pin": SECRET}}, {"json": {"pin": SECRET}}),
    ],
)
def test_bodies(desk, options, kwargs):
    desk(method="POST", path="/things", **options)
    assert {name: value for name, value in Desk.sent[0].items() if name in ("json", "data")} == kwargs


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"body": [1], "secret_body": {"pin": SECRET}}, "body must be a map too"),
        ({"body": {"pin": 1}, "secret_body": {"pin": SECRET}}, "pin stands in both"),
        ({"body": [1], "body_format": "form"}, "a form needs a map"),
        ({"body": {"a": 1}, "body_format": "raw"}, "a raw body is a text"),
    ],
)
def test_bodies_that_are_none(desk, options, words):
    result = desk(method="POST", path="/things", **options)
    assert words in result["msg"] and SECRET not in json.dumps(result) and Desk.sent == []


def test_secrets_are_taken_out_of_the_answer(desk):
    Desk.answers = [Answer(body={"echo": f"<{SECRET}>", "list": [SECRET, 1234, 5], "pin": 1234})]
    result = desk(method="POST", path="/things", secret_body={"pass": SECRET, "pin": 1234})
    assert result["answer"] == {"echo": "<(hidden)>", "list": ["(hidden)", "(hidden)", 5], "pin": "(hidden)"}
    Desk.answers = [Answer(500, text=f"echo {SECRET}")]
    assert desk(method="POST", path="/things", secret_body={"pass": SECRET})["msg"] == "Desk: no: echo (hidden)"


def test_refusals_that_are_accepted(desk):
    Desk.answers = [Answer(404, body={"why": "gone"}), Answer(404, text="gone"), Answer(404)]
    result = desk(method="DELETE", path="/things", status_code=[200, 404])
    assert (result["changed"], result["status"], result["answer"], result["refusal"]) == (False, 404, {"why": "gone"}, "no such thing")
    assert desk(path="/things", status_code=[404])["answer"] == "gone"
    assert desk(path="/things", status_code=[500])["msg"] == "Desk: no such thing"


def test_a_status_that_is_not_accepted(desk):
    Desk.answers = [Answer(body={"echo": SECRET})]
    result = desk(method="PUT", path="/things", secret_body={"pass": SECRET}, status_code=[201])
    assert "answered with HTTP 200, which status_code does not name: it was carried out" in result["msg"]
    assert (result["failed"], result["changed"], result["sent"], result["status"]) == (True, True, True, 200)
    assert result["answer"] == {"echo": "(hidden)"}
    result = desk(path="/things", status_code=[201])
    assert "carried out" not in result["msg"] and result["changed"] is False


@pytest.mark.parametrize("failure", [Lost("the connection broke"), Unreachable("no route")])
def test_without_an_answer_there_is_no_status_to_accept(desk, failure):
    Desk.answers = [failure]
    assert desk(path="/things", status_code=[200, 404])["msg"] == f"Desk: {failure}"
    Desk.answers = [failure]
    doubt = "; whether it was carried out is not known" if failure.uncertain else ""
    assert desk(method="PUT", path="/things", status_code=[200, 404])["msg"] == f"Desk: {failure}{doubt}"


class Halfway(Lost):
    written = True


def test_what_was_carried_out_and_failed_afterwards_is_a_change(desk):
    Desk.answers = [Halfway("no mail could be sent"), Halfway("no mail could be sent")]
    result = desk(method="PUT", path="/things")
    assert (result["msg"], result["failed"], result["changed"], result["sent"]) == ("Desk: no mail could be sent", True, True, True)
    assert desk(path="/things")["changed"] is False


def test_a_refusal_that_is_accepted_may_have_been_carried_out(desk, monkeypatch):
    def judge(self, response):
        raise Halfway("no mail could be sent", status=400)

    monkeypatch.setattr(Desk, "judge", judge)
    Desk.answers = [Answer(400, body={}), Answer(400, body={})]
    assert desk(method="PUT", path="/things", status_code=[400])["changed"] is True
    assert desk(path="/things", status_code=[400])["changed"] is False


def test_a_server_with_one_writer_is_locked_while_something_is_written(desk):
    desk(method="PUT", path="/things", client=OneWriter)
    assert Desk.locked == [0] and len(Desk.sent) == 1
    desk(path="/things", client=OneWriter)
    desk(method="PUT", path="/things")
    assert Desk.locked == [0]


def test_a_client_may_be_shared(desk):
    results = []
    threads = [threading.Thread(target=lambda: results.append(desk(path="/things"))) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result["status"] for result in results] == [200] * 4
