# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lab's own machinery: clock, knobs, faults, log, line troubles, control interface, command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Str0ng-pass-word"


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture
def lab(shared_lab):
    shared_lab.ocs.reset()
    shared_lab.ocs.seed(users=[{"id": "zoe", "password": PASSWORD, "email": "zoe@example.org"}], groups=["staff"])
    shared_lab.clock.reset()
    return shared_lab


def call(lab, method: str, path: str, url: str | None = None, **options) -> requests.Response:
    options = {"headers": {"OCS-APIRequest": "true"}, "auth": (lab.ocs.username, lab.ocs.app_password), "timeout": 10} | options
    return requests.request(method, f"{url or lab.ocs.url}/ocs/v2.php/cloud/{path}", params={"format": "json"}, **options)


def edit(lab, key: str = "role", value: str = "Tester", **options) -> requests.Response:
    return call(lab, "PUT", "users/zoe", data={"key": key, "value": value}, **options)


def zoe(lab) -> dict:
    return call(lab, "GET", "users/zoe").json()["ocs"]["data"]


def test_the_clock_frees_rate_slots_one_by_one(lab):
    lab.ocs.knobs.edit_limit = 2
    statuses = [edit(lab).status_code]
    lab.clock.advance(300)
    statuses += [edit(lab).status_code, edit(lab).status_code]
    lab.clock.advance(301)
    statuses += [edit(lab).status_code, edit(lab).status_code]
    assert statuses == [200, 200, 429, 200, 429]


def test_wrong_passwords_block_the_address_for_half_an_hour(lab):
    wrong = {"auth": ("zoe", "wrong")}
    assert [call(lab, "GET", "user", **wrong).status_code for _unused in range(12)] == [401] * 11 + [429]
    assert call(lab, "GET", "users").status_code == 429
    lab.clock.advance(1801)
    assert call(lab, "GET", "users").status_code == 200
    assert [entry.login for entry in lab.ocs.log][-1] is True


def test_the_crossing_password_check_crashes(lab):
    def check(password):
        return requests.post(
            f"{lab.ocs.url}/ocs/v2.php/person/check",
            {"login": "zoe", "password": password},
            headers={"OCS-APIRequest": "true"},
            timeout=10,
        ).status_code

    assert [check("wrong") for _unused in range(12)] == [400] * 10 + [500, 429]


def test_a_good_login_forgives_only_its_own_failures(lab):
    lab.ocs.seed(failures=5)
    for _unused in range(5):
        call(lab, "GET", "user", auth=("zoe", "wrong"))
    assert call(lab, "GET", "user", auth=("zoe", PASSWORD)).status_code == 200
    assert len(lab.ocs.brute_force.failures) == 5


def test_a_write_is_what_the_call_does(lab):
    edit(lab)
    call(lab, "GET", "users")
    base = lab.ocs.url + "/ocs/v2.php"
    options = {"headers": {"OCS-APIRequest": "true"}, "timeout": 10}
    requests.post(f"{base}/person/check", {"login": "zoe", "password": PASSWORD}, **options)
    requests.post(f"{base}/apps/password_policy/api/v1/validate", {"password": "x"}, **options)
    requests.get(f"{base}/core/getapppassword", auth=(lab.ocs.username, lab.ocs.password), **options)
    assert [entry.path.rpartition("/")[2] for entry in lab.ocs.writes()] == ["zoe", "getapppassword"]
    first = lab.ocs.log[0]
    assert (first.method, first.who, first.auth, first.login, first.status, first.code) == ("PUT", "admin", "app-password", True, 200, 200)
    assert first.body == {"key": "role", "value": "Tester"}


@pytest.mark.parametrize(
    ("kind", "details", "status", "stored"),
    [
        ("status", {"status": 418, "body": "no"}, 418, False),
        ("refusal", {"code": 101}, 400, False),
        ("html", {"status": 502}, 502, False),
        ("empty", {}, 200, False),
        ("throttle", {}, 429, False),
        ("maintenance", {}, 503, False),
        ("locked", {}, 500, False),
        ("locked", {"effect": True}, 500, True),
        ("truncate", {}, 200, True),
        ("drop", {"fields": ["role"]}, 200, False),
        ("delay", {"seconds": 0.01}, 200, True),
    ],
)
def test_faults_above_http(lab, kind, details, status, stored):
    lab.ocs.fault(kind, method="PUT", path="/users/zoe$", **details)
    assert edit(lab).status_code == status
    assert (zoe(lab)["role"] == "Tester") is stored
    assert edit(lab).status_code == 200


def test_a_redirect_and_skipped_requests(lab):
    lab.ocs.fault("redirect", skip=1, location="/elsewhere")
    answers = [edit(lab, allow_redirects=False) for _unused in range(3)]
    assert [answer.status_code for answer in answers] == [200, 302, 200]
    assert answers[1].headers["location"] == "/elsewhere"


def test_a_lost_answer_has_taken_effect(lab):
    lab.ocs.fault("lost", method="PUT")
    with pytest.raises(requests.ConnectionError):
        edit(lab)
    assert zoe(lab)["role"] == "Tester"
    assert lab.ocs.writes()[0].status is None


def test_bad_request_leaves_a_half_made_account(lab):
    lab.ocs.fault("bad_request", method="POST")
    answer = call(lab, "POST", "users", json={"userid": "half", "password": PASSWORD, "groups": ["staff"], "quota": "1 GB"})
    assert (answer.status_code, answer.json()["ocs"]["meta"]["statuscode"]) == (400, 101)
    half = call(lab, "GET", "users/half").json()["ocs"]["data"]
    assert (half["groups"], half["quota"]["quota"]) == ([], -3)


def test_dropped_fields_of_a_creation_and_of_other_calls(lab):
    lab.ocs.fault("drop", times=None, fields=["quota", "groups", "enabled"])
    person = {"userid": "kim", "password": PASSWORD, "displayName": "Kim", "groups": ["staff"], "quota": "1 GB"}
    assert call(lab, "POST", "users", json=person).status_code == 200
    assert call(lab, "POST", "users/kim/groups", data={"groupid": "staff"}).status_code == 200
    assert call(lab, "PUT", "users/kim/disable").status_code == 200
    kim = call(lab, "GET", "users/kim").json()["ocs"]["data"]
    assert (kim["displayname"], kim["groups"], kim["quota"]["quota"], kim["enabled"]) == ("Kim", [], -3, True)


def test_mails(lab):
    edit(lab, "email", "new@example.org")
    edit(lab, "email", "new@example.org")
    edit(lab, "password", "An0ther-pass-word")
    edit(lab, "additional_mail", "more@example.org")
    assert [(mail["kind"], mail["to"]) for mail in lab.ocs.mails] == [
        ("email-changed", "zoe@example.org"),
        ("password-changed", "new@example.org"),
        ("verification", "more@example.org"),
    ]


def test_older_servers_have_no_email_fallback(lab):
    assert call(lab, "GET", "users/zoe@example.org").json()["ocs"]["data"]["id"] == "zoe"
    lab.ocs.knobs.email_fallback = False
    assert call(lab, "GET", "users/zoe@example.org").status_code == 404


def test_the_delegated_admin_is_no_admin(lab):
    assert call(lab, "GET", "users", auth=lab.ocs.delegated).status_code == 200
    assert call(lab, "GET", "apps", auth=lab.ocs.delegated).status_code == 403


@pytest.mark.parametrize("trouble", [{"refuse": True}, {"reset": "before"}, {"reset": "after"}, {"cut_after": 40}])
def test_troubles_on_the_line(lab, trouble):
    with lab.ocs.wire(**trouble) as url, pytest.raises(requests.RequestException):
        edit(lab, url=url)
    took_effect = "reset" in trouble and trouble["reset"] == "after" or "cut_after" in trouble
    assert (zoe(lab)["role"] == "Tester") is took_effect


def test_troubles_end_after_some_connections(lab):
    with lab.ocs.wire(reset="before", connections=1) as url:
        with pytest.raises(requests.ConnectionError):
            edit(lab, url=url)
        assert edit(lab, url=url).status_code == 200


def test_a_stalled_line(lab):
    with lab.ocs.wire(stall=0.5) as url, pytest.raises(requests.ReadTimeout):
        edit(lab, url=url, timeout=0.2)


@pytest.mark.parametrize(("certificate", "trusted"), [("good", True), ("wrong-host", False), ("untrusted", False)])
def test_certificates(lab, tmp_path, certificate, trusted):
    ca_file = tmp_path / "ca.pem"
    ca_file.write_bytes(lab.ca_pem)
    with lab.ocs.wire(tls=True, certificate=certificate) as url:
        if trusted:
            assert edit(lab, url=url, verify=str(ca_file)).status_code == 200
        else:
            with pytest.raises(requests.exceptions.SSLError):
                edit(lab, url=url, verify=str(ca_file))


def test_compressed_answers_and_kept_connections(lab):
    with requests.Session() as session:
        for _unused in range(3):
            answer = session.get(
                f"{lab.ocs.url}/ocs/v2.php/cloud/users/details",
                headers={"OCS-APIRequest": "true", "Accept": "application/json"},
                auth=(lab.ocs.username, lab.ocs.app_password),
                timeout=10,
            )
            assert answer.headers["content-encoding"] == "gzip"
            assert "zoe" in answer.json()["ocs"]["data"]["users"]
    assert len({entry.connection for entry in lab.ocs.log}) == 1


def test_state_survives_a_restart(lab):
    edit(lab)
    state = json.loads(json.dumps(lab.state()))
    before = zoe(lab)
    lab.ocs.reset()
    assert call(lab, "GET", "users/zoe").status_code == 404
    lab.restore(state)
    assert zoe(lab) == before


def test_the_control_interface(lab):
    control = f"{lab.control}/ocs"
    requests.post(f"{control}/seed", json={"name": "demo"}, timeout=10)
    requests.post(f"{control}/seed", json={"users": [{"id": "late", "groups": ["staff"]}]}, timeout=10)
    assert {"zoe.sample", "late"} <= requests.get(f"{control}/state", timeout=10).json()["accounts"].keys()
    assert requests.patch(f"{control}/knobs", json={"edit_limit": 1}, timeout=10).json()["edit_limit"] == 1
    assert requests.patch(f"{control}/knobs", json={"nonsense": 1}, timeout=10).status_code == 400
    assert [edit(lab).status_code, edit(lab).status_code] == [200, 429]
    assert [entry["status"] for entry in requests.get(f"{control}/log", timeout=10).json()] == [200, 429]
    assert requests.delete(f"{control}/log", timeout=10).json() == []
    requests.post(f"{lab.control}/clock", json={"advance": 601}, timeout=10)
    requests.post(f"{control}/faults", json={"kind": "html", "status": 503, "times": None}, timeout=10)
    assert edit(lab).status_code == 503
    assert requests.delete(f"{control}/faults", timeout=10).json() == []
    assert edit(lab, "email", "new@example.org").status_code == 200
    assert requests.get(f"{control}/mails", timeout=10).json()[0]["kind"] == "email-changed"
    requests.post(f"{control}/reset", json={"fresh": True}, timeout=10)
    assert list(requests.get(f"{control}/state", timeout=10).json()["accounts"]) == ["admin"]


@pytest.mark.parametrize("module", ["tests.lab", "ansible_collections.workplace.onboarding.tests.lab"])
def test_the_command_line(tmp_path, module):
    info_file, state_file = tmp_path / "info.json", tmp_path / "state.json"
    command = [
        sys.executable,
        "-m",
        module,
        "--port",
        "0",
        "--info-file",
        str(info_file),
        "--seed",
        "demo",
        "--state-file",
        str(state_file),
    ]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 20
        while not info_file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        info = json.loads(info_file.read_text(encoding="utf-8"))
        ocs = info["backends"]["ocs"]
        assert info["pid"] == process.pid
        answer = requests.get(
            f"{ocs['url']}/ocs/v2.php/cloud/users/zoe.sample",
            headers={"OCS-APIRequest": "true"},
            auth=(ocs["username"], ocs["app_password"]),
            timeout=10,
        )
        assert answer.status_code == 200
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")
    assert f"export OCS_URL={ocs['url']}" in out
    assert "zoe.sample" in json.loads(state_file.read_text(encoding="utf-8"))["ocs"]["accounts"]
