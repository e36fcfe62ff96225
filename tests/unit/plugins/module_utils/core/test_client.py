# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import multiprocessing
import os
import threading
import time

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.client import Client
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import (
    AuthError,
    InvalidInput,
    Refused,
    SessionLost,
    Unavailable,
)


class Teller(Client):
    """The verdict stands in the body, whatever the status."""

    name, env = "Teller", "TELLER"

    def __init__(self, verdicts=(), **params):
        options = {name: option.get("default") for name, option in self.options().items()}
        super().__init__({**options, "api_url": "http://teller.invalid", **params})
        self.verdicts, self.sent = list(verdicts), []
        self.transport.send = self.send

    def send(self, method, path, *, write, repeat, busy, **kwargs):
        self.sent.append((method, write, repeat))
        return self.verdicts.pop(0) if self.verdicts else "fine"

    def judge(self, response):
        if isinstance(response, Exception):
            raise response
        return response

    def login(self):
        return [self.call("GET", "/whoami", session=False)]


def test_a_call_is_a_write_unless_it_is_a_get_or_says_otherwise():
    client = Teller()
    for method, options in (("GET", {}), ("POST", {}), ("GET", {"write": True}), ("POST", {"write": False}), ("PUT", {"repeat": True})):
        assert client.call(method, "/x", **options) == "fine"
    assert client.sent == [("GET", False, True), ("POST", True, False), ("GET", True, False), ("POST", False, True), ("PUT", True, True)]


def test_a_route_may_have_another_verdict():
    assert Teller(["plain"]).call("GET", "/x", judge=str.upper) == "PLAIN"


def test_one_login_attempt_whoever_asks():
    client = Teller([AuthError("wrong password")] + ["root"] * 9)
    caught = []

    def ask():
        try:
            client.acting()
        except AuthError as exc:
            caught.append(str(exc))

    threads = [threading.Thread(target=ask) for _thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with pytest.raises(AuthError):
        client.call("GET", "/x")
    words = "the credentials were refused, and no second attempt was made (wrong password)"
    assert sorted(caught) == [f"not attempted, since {words}"] * 5 + [words] and len(client.sent) == 1


def test_the_login_is_remembered():
    client = Teller(["root"])
    assert client.acting() == client.acting() == {"root"} and len(client.sent) == 1


def logged_in(*verdicts):
    client = Teller(["root", *verdicts])
    client.acting()
    return client


def test_a_lost_session_is_renewed_once_and_the_request_sent_again():
    client = logged_in(SessionLost(AuthError("bound to another address")), "root", "done")
    assert client.call("POST", "/x") == "done"
    assert client.sent[1:] == [("POST", True, False), ("GET", False, True), ("POST", True, False)]


def test_a_session_that_is_lost_again_ends_everything():
    client = logged_in(SessionLost(AuthError("bound to another address")), "root", SessionLost(AuthError("bound to another address")))
    for _item in range(2):
        with pytest.raises(AuthError, match="bound to another address"):
            client.call("GET", "/x")
    assert len(client.sent) == 4


def test_what_only_looks_like_a_lost_session_is_reported_as_what_it_is():
    client = logged_in(SessionLost(Unavailable("it crashed")), "root", SessionLost(Unavailable("it crashed")), "fine")
    with pytest.raises(Unavailable, match="it crashed"):
        client.call("GET", "/x")
    assert client.call("GET", "/x") == "fine"


def test_a_session_that_many_lose_at_once_is_renewed_once():
    client = logged_in()
    both, logins = threading.Barrier(6), []
    lost = threading.local()

    def send(method, path, **_details):
        if path == "/whoami":
            logins.append(path)
        elif not getattr(lost, "before", False):
            lost.before = True
            both.wait(10)
            return SessionLost(AuthError("ended"))
        return "fine"

    client.transport.send = send
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(client.call("GET", "/x"))) for _thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["fine"] * 6 and len(logins) == 1


def test_a_refused_new_login_is_the_last():
    client = logged_in(SessionLost(AuthError("ended")), AuthError("wrong password"))
    refused = r"the credentials were refused, and no second attempt was made \(wrong password\)"
    for words in (f"^{refused}$", f"^not attempted, since {refused}$"):
        with pytest.raises(AuthError, match=words):
            client.call("GET", "/x")
    assert len(client.sent) == 3


def test_other_refusals_end_nothing():
    client = Teller([Refused("no"), Unavailable("maintenance"), "fine"])
    for error in (Refused, Unavailable):
        with pytest.raises(error):
            client.call("GET", "/x")
    assert client.call("GET", "/x") == "fine"


def test_a_test_of_somebodys_password_is_no_failed_login():
    """A client judges such a call by itself, so that the refusal stands outside the rule of the one attempt."""
    client = Teller(["no", "fine"])
    assert client.call("POST", "/check", write=False, judge=lambda response: response == "yes") is False
    assert client.call("GET", "/x") == "fine"


@pytest.mark.parametrize("name", ["ca_path", "client_cert", "client_key"])
def test_files_that_do_not_exist_are_bad_input(name):
    with pytest.raises(InvalidInput, match="/nowhere/file.pem does not exist"):
        Teller(**{name: "/nowhere/file.pem"})


def test_connection_options(tmp_path):
    pem = tmp_path / "file.pem"
    pem.touch()
    session = Teller(ca_path=str(pem), client_cert=str(pem), client_key=str(pem)).transport.session
    assert (session.verify, session.cert) == (str(pem), (str(pem), str(pem)))
    session = Teller(ca_path=str(pem), client_cert=str(pem), validate_certs=False).transport.session
    assert (session.verify, session.cert) == (False, str(pem))


def test_options_are_the_same_for_every_backend():
    options = Teller.options()
    assert all(option["env"].startswith("TELLER_") for option in options.values())
    assert {name for name, option in options.items() if option.get("no_log")} == {"api_password", "api_token"}


def hold(folder, url, seconds, entered, out):
    import os

    os.environ["XDG_RUNTIME_DIR"] = folder
    with Teller(api_url=url).exclusive():
        out.put(("in", time.monotonic()))
        entered.set()
        time.sleep(seconds)
        out.put(("out", time.monotonic()))


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_one_writer_per_server(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    if kind == "threads":
        import queue

        maker, event, out = threading.Thread, threading.Event(), queue.Queue()
    else:
        context = multiprocessing.get_context("fork")
        maker, event, out = context.Process, context.Event(), context.Queue()
    other = maker(target=hold, args=(str(tmp_path), "http://teller.invalid/api/", 0.3, event, out))
    other.start()
    assert event.wait(10)
    with Teller(api_url="http://another.invalid").exclusive():
        free = time.monotonic()
    with Teller(api_url="http://teller.invalid/api").exclusive():
        entered = time.monotonic()
    other.join()
    moments = dict(out.get(timeout=5) for _moment in range(2))
    assert free < moments["out"] <= entered


def test_a_server_has_one_lock_however_its_address_is_spelled(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for url in ("http://teller.invalid/api", "HTTP://Teller.INVALID:80/api/"):
        with Teller(api_url=url).exclusive():
            pass
    assert len(list(tmp_path.iterdir())) == 1
    for url in ("http://teller.invalid/API", "https://teller.invalid/api", "http://teller.invalid:8080/api"):
        with Teller(api_url=url).exclusive():
            pass
    assert len(list(tmp_path.iterdir())) == 4


def test_a_program_that_is_not_told_of_the_folder_takes_the_same_lock(monkeypatch):
    asked = []
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(os, "access", lambda folder, mode: bool(asked.append(folder)))
    with Teller(api_url="http://cron.invalid").exclusive():
        pass
    assert asked == [f"/run/user/{os.getuid()}"]


def test_the_lock_is_given_back_after_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    client = Teller()
    with pytest.raises(Refused), client.exclusive():
        raise Refused("no")
    with client.exclusive():
        pass
