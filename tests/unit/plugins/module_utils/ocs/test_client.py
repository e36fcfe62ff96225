# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect: credentials, addresses, and every answer that is not the one hoped for."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core import transport
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.client import OcsClient
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import validate

from .conftest import TASKS

# Credentials


@pytest.mark.parametrize("way", ["account password", "app password", "bearer"])
def test_ways_to_log_in(nc, way):
    url = nc.backend.url
    login = {
        "account password": {"api_username": "admin", "api_password": nc.backend.password},
        "app password": {"api_username": "ADMIN", "api_password": nc.backend.app_password},
        "bearer": {"api_token": nc.backend.app_password},
    }[way]
    result = nc.ok("ocs_info", login={"api_url": url + "/", **login})
    assert result["account"] == {"userid": "admin", "groups": ["admin"], "full_administrator": True}
    kind = {"account password": "password", "app password": "app-password", "bearer": "bearer"}[way]
    assert {entry.auth for entry in nc.backend.log} == {kind}
    assert not any(entry.cookies for entry in nc.backend.log)


def test_a_token_wins_over_a_password(nc):
    nc.ok("ocs_info", login={**nc.wrong_connection(), "api_token": nc.backend.app_password})


@pytest.mark.parametrize("given", [{}, {"api_username": "admin"}, {"api_password": "secret"}, {"api_username": "", "api_password": "x"}])
def test_missing_credentials(nc, given):
    message = nc.bad("ocs_info", login={"api_url": nc.backend.url, **given})
    assert (
        message
        == "Credentials are needed: api_username and api_password (OCS_USERNAME, OCS_PASSWORD; an app password is best), or api_token (OCS_TOKEN)"
    )
    assert len(nc.backend.log) == 0


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("cloud.example.org", "https://"),
        ("ftp://cloud.example.org", "https://"),
        ("", "https://"),
        ("https://", "host"),
        ("https://admin:secret-in-url@cloud.example.org", "api_url must not hold credentials"),
        ("https://cloud.example.org/?a=b", "no ? and no #"),
    ],
)
def test_address_is_checked_before_the_first_request(nc, url, words):
    message = nc.bad("ocs_info", login={**nc.connection(), "api_url": url})
    assert words in message and message.count(". ") == 0
    assert "secret-in-url" not in message


def test_requests_is_missing(nc, monkeypatch):
    monkeypatch.setattr(transport, "REQUESTS_ERROR", "ImportError: No module named 'requests'")
    message = nc.bad("ocs_info")
    assert "requests" in message and "pip install" in message
    assert len(nc.backend.log) == 0


def test_missing_certificate_file(nc):
    assert nc.bad("ocs_info", login={**nc.connection(), "ca_path": "/nowhere/ca.pem"}) == "/nowhere/ca.pem does not exist"


# Answers to the first request


def first_answer(nc, kind, **details):
    nc.backend.fault(kind, times=None, **details)
    message = nc.bad("ocs_user", userid="zoe", email="zoe@example.org")
    assert nc.wrote() == []
    assert message.startswith("Nextcloud: ")
    return message


@pytest.mark.parametrize(
    ("kind", "details", "words", "requests"),
    [
        ("html", {"status": 404}, ["a web page", "HTTP 404", "api_url"], 1),
        ("html", {"status": 502}, ["a web page", "HTTP 502"], 4),
        ("truncate", {}, ["not complete JSON", "HTTP 200"], 1),
        ("empty", {}, ["empty", "HTTP 200"], 1),
        (
            "status",
            {"status": 412, "body": '{"message":"CSRF check failed"}', "content_type": "application/json"},
            ["OCS-APIRequest", "412"],
            1,
        ),
        ("throttle", {}, ["429", "does not say for how long"], 1),
        ("maintenance", {}, ["Service unavailable", "503"], 1),
        ("locked", {}, ["Internal Server Error", "996"], 1),
        ("lost", {}, ["before an answer to GET arrived"], 4),
        ("redirect", {"location": "https://new.example.org/login?token=1"}, ["redirects to https://new.example.org/login", "api_url"], 1),
        ("status", {"status": 200, "body": "[1, 2]", "content_type": "application/json"}, ["not complete JSON of OCS"], 1),
        ("status", {"status": 200, "body": '{"ocs": {"meta": {}}}', "content_type": "application/json"}, ["not complete JSON of OCS"], 1),
        ("refusal", {"code": 403, "message": "No"}, ["No (OCS 403)"], 1),
    ],
)
def test_bad_reply_is_one_clear_sentence(nc, kind, details, words, requests):
    message = first_answer(nc, kind, **details)
    for word in words:
        assert word in message
    assert "token=1" not in message
    assert len(nc.backend.log) == requests  # a lost connection and a busy proxy are tried again


def test_busy_proxy_that_says_for_how_long(nc, pauses):
    nc.backend.fault("html", status=503)
    assert nc.ok("ocs_info")["version"] == "32.0.1"
    assert len(pauses) == 1


def test_wrong_password_is_tried_once(nc):
    message = nc.bad("ocs_user", login=nc.wrong_connection(), users=[{"userid": f"u{n}", "email": f"u{n}@x.org"} for n in range(30)])
    assert "credentials were refused" in message and "no second attempt" in message
    assert len(nc.backend.log) == nc.logins() == 1


def test_blocked_address(nc):
    nc.backend.seed(failures=11)
    message = nc.bad("ocs_info")
    assert "too many wrong passwords" in message and "api_token" in message
    assert len(nc.backend.log) == 1
    nc.ok("ocs_info", login={"api_url": nc.backend.url, "api_token": nc.backend.app_password})


def test_credentials_that_stop_working_in_between(nc):
    """The first refusal ends the run; what was done stays in the report."""
    nc.backend.fault("refusal", method="POST", path="/users$", skip=1, times=None, code=997)
    people = [{"userid": f"u{n}", "email": f"u{n}@x.org"} for n in range(4)]
    result = nc("ocs_user", users=people, return_all=True)
    assert result["failed"]
    assert [item["changed"] for item in result["users"]] == [True, False, False, False]
    assert "not attempted" in result["users"][3]["msg"]
    assert sum(1 for entry in nc.backend.log if entry.code == 997) == 1
    assert result["requests"]["writes"] == 2


@pytest.mark.filterwarnings("ignore:Unverified HTTPS")
@pytest.mark.parametrize("certificate", ["untrusted", "wrong-host"])
def test_untrusted_certificate(nc, lab, tmp_path, certificate):
    authority = tmp_path / "ca.pem"
    authority.write_bytes(lab.ca_pem)
    with nc.backend.wire(tls=True, certificate=certificate) as url:
        login = {**nc.connection(), "api_url": url, "ca_path": str(authority)}
        message = nc.bad("ocs_info", login=login)
        assert "is not trusted" in message and "ca_path" in message and "0x" not in message
        nc.ok("ocs_info", login={**login, "validate_certs": False})


def test_trusted_certificate(nc, lab, tmp_path):
    authority = tmp_path / "ca.pem"
    authority.write_bytes(lab.ca_pem)
    with nc.backend.wire(tls=True) as url:
        nc.ok("ocs_info", login={**nc.connection(), "api_url": url, "ca_path": str(authority)})
        assert "is not trusted" in nc.bad("ocs_info", login={**nc.connection(), "api_url": url})


def test_nobody_listens(nc):
    with nc.backend.wire(refuse=True) as url:
        message = nc.bad("ocs_info", login={**nc.connection(), "api_url": url})
    assert message.startswith(f"Nextcloud: Cannot connect to {url}, is api_url right? ") and "0x" not in message


def test_cut_body(nc):
    with nc.backend.wire(cut_after=20) as url:
        message = nc.bad("ocs_info", login={**nc.connection(), "api_url": url, "retries": 0})
    assert "Traceback" not in message and url in message


def test_redirects_are_not_followed_with_a_password(nc):
    nc.backend.fault("redirect", location=f"{nc.backend.url}/ocs/v2.php/cloud/user")
    assert "redirects" in nc.bad("ocs_info")
    assert len(nc.backend.log) == 1


def test_proxy_that_removes_the_header(nc):
    client = OcsClient(validate(TASKS["ocs_info"], nc.plain_connection()))
    del client.transport.session.headers["OCS-APIRequest"]
    with pytest.raises(Exception, match="OCS-APIRequest did not arrive"):
        client.acting()


def test_messages_are_never_matched(nc):
    """A server that speaks French: codes decide."""
    nc.backend.seed(users=[{"id": "admin", "language": "fr"}, {"id": "zoe", "groups": ["staff"]}])
    nc.ok("ocs_user", userid="zoe", groups=["it"], groups_mode="set", quota="2 GB")
    nc.ok("ocs_user", userid="zoe", state="absent")
    nc.ok("ocs_group", groupid="it", state="absent")
    nc.quiet("ocs_group", groupid="it", state="absent")
    assert "OCS 101" in nc.bad("ocs_user", userid="bob", email="b@example.org", language="xx")


def test_one_connection_is_kept(nc):
    nc.ok("ocs_user", userid="zoe", email="zoe@example.org", role="Clerk")
    assert len({entry.connection for entry in nc.backend.log}) == 1


# The delegated administrator


def test_delegate_manages_people_and_groups(nc):
    nc.ok("ocs_group", login=nc.delegate, groupid="council", display_name="Council")
    nc.ok("ocs_user", login=nc.delegate, userid="zoe", email="zoe@example.org", groups=["council"], role="Clerk")
    nc.quiet("ocs_user", login=nc.delegate, userid="zoe", groups=["council"], role="Clerk")
    nc.ok("ocs_user", login=nc.delegate, userid="zoe", state="absent")


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("ocs_app", {"app": "admin_audit"}),
        ("ocs_app_config", {"app": "files", "key": "default_quota", "value": "1 GB"}),
        ("ocs_ip_allowlist", {"ip": "192.0.2.1"}),
        ("ocs_info", {"gather": ["apps"]}),
        ("ocs_info", {"gather": ["quota"]}),
    ],
)
def test_delegate_is_told_what_needs_a_full_administrator(nc, module, options):
    for check in (True, False):
        message = nc.bad(module, login=nc.delegate, check=check, **options)
        assert "needs a full administrator, and delegate is not one" in message
        assert nc.wrote() == []


@pytest.mark.parametrize(
    "options",
    [
        {"userid": "chief", "enabled": False},
        {"userid": "chief", "state": "absent"},
        {"userid": "chief", "role": "Thief"},
        {"userid": "new", "email": "new@example.org", "groups": ["admin"]},
        {"userid": "zoe", "groups": ["admin"]},
    ],
)
def test_delegate_leaves_administrators_alone(nc, options):
    nc.backend.seed(users=[{"id": "chief", "groups": ["admin"]}, {"id": "zoe"}])
    for check in (True, False):
        message = nc.bad("ocs_user", login=nc.delegate, check=check, **options)
        assert "full administrator only, and delegate is not one" in message
        assert nc.wrote() == []


def test_delegate_and_the_default_quota(nc):
    """It may not ask what the default is: the report says so, and nothing is written each time."""
    nc.backend.seed(users=[{"id": "zoe"}])
    result = nc("ocs_user", login=nc.delegate, userid="zoe", quota="default")
    assert not result.get("failed") and nc.wrote() == []
    assert result["users"][0]["unverified"] == ["quota"] and result["warnings"]
    sent = nc("ocs_user", login=nc.delegate, userid="zoe", quota="default", unreadable_fields="always_quiet")
    assert not sent.get("failed") and sent["changed"] is False
    assert nc.wrote() == ["PUT zoe quota"]
