# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret is printed, logged or returned: however it was given, whatever fails, in both drivers, at -vvvv, in check and diff mode.

A secret written literally into a play, a loop item or the keyword ``environment`` is printed by Ansible itself: not tested, but documented.
"""

from __future__ import annotations

import base64
import json
import urllib.parse

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.parity.play import play

USER = "workplace.onboarding.ocs_user"
SECRETS = {
    "direct": "direct-5ecret-value",
    "awkward": "back\\slash \"quote' é5ecret",
    "listed": "listed-5ecret-value",
    "listed_awkward": "list\\ed \"quote' ü5ecret",
    "from_vault": "vaulted-5ecret-value",
    "token": "token-5ecret-value",
    "in_url": "url-5ecret-value",
    "wrong": "wrong-5ecret-value",
}
LOGIN = {"api_username": "{{ login }}", "api_password": "{{ login_password }}"}  # as module_defaults
TRACE = """\
import os, syslog

def keep(*words):
    with open(os.environ["SYSLOG_FILE"], "a") as stream:
        print(*words, file=stream)

syslog.syslog = keep
"""


def cases():
    """By name: options, and keywords of the task."""
    yield "direct", {"userid": "ann", "password": "{{ direct }}"}, {}
    yield "from the environment", {"userid": "ann", "password": "{{ direct }}", "api_password": "{{ omit }}"}, {}
    yield "awkward", {"userid": "awkward", "password": "{{ awkward }}"}, {}
    yield "from a vault", {"userid": "bob", "password": "{{ from_vault }}", "update_password": "always"}, {}
    listed = [{"userid": "cid", "password": "{{ listed }}"}, {"userid": "dan", "password": "{{ listed_awkward }}"}]
    yield "listed", {"users": listed, "return_all": True}, {}
    yield "as a text", {"users": "{{ [{'userid': 'cid', 'password': listed}] | to_json }}", "return_all": True}, {}
    yield "looked up in a loop", {"userid": "{{ item }}", "password": "{{ lookup('vars', item) }}"}, {"loop": ["direct", "from_vault"]}
    yield "refused", {"userid": "refused", "password": "{{ direct }}", "update_password": "always"}, {}
    refused = [{"userid": "refused-listed", "password": "{{ listed }}"}, {"userid": "refused-awkward", "password": "{{ listed_awkward }}"}]
    yield "refused in a list", {"users": refused, "update_password": "always"}, {}
    yield "refused and stopped", {"users": refused, "update_password": "always", "on_error": "stop"}, {}
    yield "bad choice", {"userid": "ann", "password": "{{ direct }}", "state": "{{ direct }}"}, {}
    yield "bad choice in a list", {"users": [{"userid": "ann", "password": "{{ listed }}", "state": "{{ listed }}"}]}, {}
    yield "unknown option", {"userid": "ann", "password": "{{ awkward }}", "colour": "blue"}, {}
    yield "unknown option in a list", {"users": [{"userid": "ann", "password": "{{ listed_awkward }}", "colour": "blue"}]}, {}
    yield "bad value", {"users": [{"userid": "ann", "password": "{{ listed }}", "quota": "{{ listed }}"}]}, {}
    yield "broken text", {"users": "{{ [{'userid': 'cid', 'password': listed_awkward}] | to_json }}]"}, {}
    yield "crash", {"userid": "crash", "password": "{{ direct }}", "quota": "1 GB"}, {}
    yield "crash in a list", {"users": [{"userid": "crash-listed", "password": "{{ listed_awkward }}", "quota": "1 GB"}]}, {}
    yield "dead service", {"userid": "ann", "password": "{{ direct }}", "api_url": "http://127.0.0.1:9", "retries": 0}, {}
    yield "in the address", {"userid": "ann", "api_url": "http://admin:{{ in_url }}@127.0.0.1:9"}, {}
    yield "no server", {"userid": "ann", "password": "{{ direct }}"}, {"delegate_to": "nowhere"}
    yield "wrong password", {"userid": "ann", "api_password": "{{ wrong }}"}, {}
    yield "wrong token", {"userid": "ann", "api_token": "{{ token }}"}, {}


TASKS = [
    {"name": f"{name}, {'predicted' if check else 'done'}", "check_mode": check, "diff": True, **keywords, USER: options}
    for name, options, keywords in cases()
    for check in (True, False)
    if not check or not name.startswith(("bad", "unknown", "broken", "as a text", "in the address", "no server"))  # nothing to predict
]
APP_PASSWORD = "workplace.onboarding.ocs_app_password"
TASKS += [
    {"name": "app password in a file", APP_PASSWORD: {"dest": "{{ playbook_dir }}/app_password"}},
    {"name": "app password", APP_PASSWORD: {}, "no_log": True},
]


def prepare(lab):
    people = ("refused", "refused-listed", "refused-awkward", "crash", "crash-listed")
    lab.ocs.seed(users=[{"id": name, "email": f"{name}@example.org"} for name in people])
    lab.ocs.knobs.edit_limit = 1000
    for name, secret in (("refused", "direct"), ("refused-listed", "listed"), ("refused-awkward", "listed_awkward")):
        words = f"{SECRETS[secret]} is a bad password"
        lab.ocs.fault("refusal", method="PUT", path=f"/users/{name}$", code=107, message=words, times=None)
    for name, secret in (("crash", "direct"), ("crash-listed", "listed_awkward")):
        data = {"id": name, "enabled": True, "groups": [], "subadmin": [], "quota": {"quota": SECRETS[secret]}}
        odd = json.dumps({"ocs": {"meta": {"status": "ok", "statuscode": 200, "message": "OK"}, "data": data}})
        lab.ocs.fault("status", path=f"/users/{name}$", status=200, body=odd, content_type="application/json", times=None)


@pytest.fixture(scope="module", params=[True, False], ids=["in process", "ordinary"])
def played(request, tmp_path_factory):
    """The results by task, everything that was printed or logged, and all secrets."""
    folder = tmp_path_factory.mktemp("play")
    (folder / "sitecustomize.py").write_text(TRACE)
    (folder / "vault_password").write_text("opensesame")
    vaulted = VaultLib([("default", VaultSecret(b"opensesame"))]).encrypt(SECRETS["from_vault"]).decode().splitlines()
    with Lab() as lab:
        prepare(lab)
        done = play(
            folder,
            TASKS,
            in_process=request.param,
            arguments=["-vvvv", "--diff", "--vault-password-file", "vault_password"],
            environment={
                "OCS_URL": lab.ocs.url,
                "OCS_PASSWORD": lab.ocs.password,
                "PYTHONPATH": str(folder),
                "SYSLOG_FILE": str(folder / "syslog"),
            },
            variables={**SECRETS, "from_vault": None, "login": lab.ocs.username, "login_password": lab.ocs.password},
            files={"vault.yml": "from_vault: !vault |\n" + "".join(f"  {line}\n" for line in vaulted)},
            module_defaults={"group/workplace.onboarding.ocs": LOGIN},
        )
        made = [token for token in lab.ocs.state()["tokens"] if token != lab.ocs.app_password]
    syslog = folder / "syslog"
    texts = {
        **done.printed,
        "results": json.dumps(done.results, ensure_ascii=False),
        "syslog": syslog.read_text() if syslog.exists() else "",
    }
    return done, texts, [*SECRETS.values(), lab.ocs.password, *made]


def forms(secret):
    """A secret as it would stand in a text, also after quoting."""
    yield secret
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield repr(secret)[1:-1]
    yield secret.replace("'", "''")  # YAML
    yield urllib.parse.quote(secret)
    yield urllib.parse.quote_plus(secret)
    yield base64.b64encode(secret.encode()).decode()
    yield base64.b64encode(f"admin:{secret}".encode()).decode()


@pytest.mark.parametrize("where", ["stdout", "stderr", "log", "results", "syslog"])
def test_no_secret_anywhere(played, where):
    _done, texts, secrets = played
    lines = [line for secret in secrets for form in forms(secret) for line in texts[where].splitlines() if form in line]
    assert sorted({line[:300] for line in lines}) == []


def test_the_tasks_did_what_they_are_called(played):
    """Otherwise there was nothing to leak."""
    done, texts, secrets = played
    assert len(secrets) == len(SECRETS) + 1 + 2
    failing = "as a text", "refused", "bad", "unknown", "broken", "crash", "dead", "in the address", "no server", "wrong"
    for name, results in done.results.items():
        expected = name.startswith(failing) and not name.startswith("refused") or name.startswith("refused") and name.endswith("done")
        assert {event.split()[-1] for event, _result in results} == {
            "unreachable" if "no server" in name else "failed" if expected else "ok"
        }, name
    assert "is a bad password" in texts["results"]
    assert "ValueError" in texts["results"]
