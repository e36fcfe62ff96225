# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Session, verdicts and editions: what an answer of the server means, and what is made of a server that is none."""

from __future__ import annotations

import pytest

ANN = {"email": "ann@example.org", "name": "Ann"}
WORLD = {"domains": [{"domain": "example.org"}], "users": [{"mail": "ann@example.org", "name": "Ann"}]}


@pytest.fixture
def ann(panel, edition):
    panel.start(WORLD, {"edition": edition})
    return panel


def test_one_login_and_one_read(ann):
    result = ann.quiet("iredmail_user", **ANN)
    assert result["requests"] == {"reads": 2, "writes": 0}
    assert ann.read() == ["GET user/ann@example.org"]


@pytest.mark.parametrize("style", ["json", "redirect"])
def test_a_session_that_ends_is_renewed_once(ann, style):
    ann.backend.knobs.unauth_style = style
    ann.backend.fault("expire", method="PUT", path="/user/")
    ann.ok("iredmail_user", **{**ANN, "name": "Annie"})
    logins = [entry for entry in ann.backend.log if entry.path.endswith("/login")]
    assert len(logins) == 2 and ann.backend.store.users["ann@example.org"].name == "Annie"
    assert ann.wrote() == ["PUT user/ann@example.org"] * 2  # the first was not looked at


def test_a_session_that_crashes_the_panel_is_renewed_too(ann):
    ann.backend.knobs.expired_style = "crash"
    ann.backend.fault("expire", method="GET", path="/user/")
    ann.quiet("iredmail_user", **ANN)


def test_a_fresh_session_that_is_lost_ends_the_run_with_a_hint(ann):
    ann.backend.fault("expire", path="/user/", times=None)
    message = ann.bad("iredmail_user", **ANN)
    assert "the session was lost right after a new login" in message and "IPv4/IPv6" in message
    assert sum(entry.path.endswith("/login") for entry in ann.backend.log) == 2


@pytest.mark.parametrize("style", ["json", "redirect"])
def test_a_refusal_is_no_lost_session(ann, style):
    """Both come as redirects on some releases: that to the login page is worth a new login, that to the domains is a refusal."""
    ann.backend.knobs.denied_style = style
    username, password = ann.backend.delegated
    login = {"api_url": ann.backend.api_url, "api_username": username, "api_password": password}
    message = ann.bad("iredmail_user", login=login, **ANN)
    assert "a global administrator is needed" in message and "PERMISSION_DENIED" in message
    assert sum(entry.path.endswith("/login") for entry in ann.backend.log) == 1
    assert ann.backend.writes() == []


def test_no_permission_is_not_absence(ann):
    """Else a new account would be created."""
    username, password = ann.backend.delegated
    login = {"api_url": ann.backend.api_url, "api_username": username, "api_password": password}
    result = ann("iredmail_user", login=login, email="new@example.org", password="Pl4nted-for-none")
    assert result["failed"] and ann.backend.writes() == []


@pytest.mark.parametrize(
    "knobs, words",
    [
        ({"product": "enterprise"}, "this is iRedMail Enterprise Edition, whose API is another one: iRedAdmin-Pro is needed"),
        ({"envelope": "plain"}, "this release of iRedAdmin-Pro is too old: SQL 2.6 or LDAP 2.8 is needed"),
        ({"api_enabled": False}, "the API must be enabled there (ENABLE_RESTFUL_API) (HTTP 404)"),
        ({"prefix": "/panel"}, "api_url must be the address of the API of iRedAdmin-Pro with its path"),
        ({"api_clients": ["192.0.2.0/24"]}, "this address may not use the API"),
        ({"api_clients": ["192.0.2.0/24"], "api_clients_at_login": False}, "this address may not use the API"),
        ({"login_ip_list": ["192.0.2.0/24"]}, "this address may not log in (ADMIN_LOGIN_IP_LIST"),
    ],
)
def test_servers_that_are_not_spoken_to(ann, knobs, words):
    url = ann.connection()["api_url"]
    ann.backend.change_knobs(knobs)
    for check in (True, False):
        message = ann.bad("iredmail_user", check=check, login={**ann.connection(), "api_url": url}, **ANN)
        assert words in message
        assert ann.backend.writes() == []


@pytest.mark.parametrize("edition_option", ["auto", "right"])
@pytest.mark.parametrize("shape", [None, "list", "dict", "pairs"])
def test_the_edition_without_the_name_of_the_cookie(ann, edition, edition_option, shape, monkeypatch):
    """Something on the way may rename cookies: then the shape of the domains tells, or the option."""
    from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail import client

    monkeypatch.setattr(client, "COOKIE", client.re.compile("no such cookie"))
    ann.backend.knobs.domains_shape = shape
    option = edition if edition_option == "right" else "auto"
    ann.quiet("iredmail_user", login={**ann.connection(), "edition": option}, **ANN)
    assert ann.read() == [*(["GET domains"] if option == "auto" else []), "GET user/ann@example.org"]


@pytest.mark.parametrize(
    "module, wish",
    [
        ("iredmail_user", ANN),
        ("iredmail_user", {"email": "new@example.org", "password": "Pl4nted-for-none"}),
        ("iredmail_user", {"email": "ann@example.org", "state": "absent"}),
        ("iredmail_user_info", {"domain": "example.org"}),
    ],
)
def test_the_cookie_knows_the_edition_better_than_the_option(ann, edition, module, wish):
    other = {"sql": "ldap", "ldap": "sql"}[edition]
    message = ann.bad(module, login={**ann.connection(), "edition": other}, **wish)
    assert message == f"edition is {other}, and the cookie of the server says that it is the {edition.upper()} edition"
    assert ann.read() == [] and ann.backend.writes() == []


def test_the_wrong_edition_is_noticed(ann, edition, monkeypatch):
    """By what is shown, where the cookie does not tell."""
    from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail import client

    monkeypatch.setattr(client, "COOKIE", client.re.compile("no such cookie"))
    other = {"sql": "ldap", "ldap": "sql"}[edition]
    message = ann.bad("iredmail_domain", login={**ann.connection(), "edition": other}, domain="example.org", name="x")
    assert "is the option edition right?" in message and ann.backend.writes() == []


@pytest.mark.parametrize("prefix", ["", "/mail/panel"])
def test_the_panel_may_live_anywhere(ann, prefix):
    ann.backend.knobs.prefix = prefix
    ann.quiet("iredmail_user", **ANN)


def test_what_the_server_says_is_told(ann):
    message = ann.bad("iredmail_user", email="new@example.org", password="weak")
    for words in ("the password is too short", "needs an upper-case letter", "needs a digit", "PW_NO_DIGIT_NUMBER"):
        assert words in message
    ann.backend.fault("refusal", method="PUT", message="SOMETHING_NEW")
    assert "SOMETHING_NEW" in ann.bad("iredmail_user", **{**ANN, "name": "x"})


def test_the_words_of_an_exception_are_no_refusal(ann):
    """What the server did before it failed must be read."""
    ann.backend.fault("refusal", method="PUT", message="OperationalError(2006, 'gone away')", effect=True)
    result = ann.ok("iredmail_user", **{**ANN, "name": "Annie"})
    assert result["changed"] and ann.backend.store.users["ann@example.org"].name == "Annie"
    ann.backend.fault("refusal", method="PUT", message="OperationalError(2006, 'gone away')", times=None)
    assert "the server failed: OperationalError" in ann.bad("iredmail_user", **{**ANN, "name": "Other"})


@pytest.mark.parametrize("fault", [{"kind": "html", "status": 502}, {"kind": "empty"}, {"kind": "truncate"}, {"kind": "locked"}])
def test_an_answer_that_is_none(ann, fault):
    ann.backend.fault(method="GET", path="/user/", times=None, **fault)
    assert ann.bad("iredmail_user", **ANN) and ann.backend.writes() == []


@pytest.mark.parametrize("status", [200, 401, 403])
@pytest.mark.parametrize("path", ["/login", "/user/"])
def test_a_page_of_something_else_is_shown(ann, status, path):
    ann.backend.fault("status", path=path, status=status, body="<html>\n <title>Sign in</title>", content_type="text/html", times=None)
    message = ann.bad("iredmail_user", **ANN)
    assert f'(HTTP {status}, text/html): "<html> <title>Sign in</title>"' in message
    assert "api_url" in message and "proxy" in message and "single sign-on" in message
    assert ann.backend.writes() == []


@pytest.mark.parametrize("quoted", ["Pl4nted&for-the-page", "Pl4nted&amp;for-the-page", "Pl4nted%26for-the-page"])
def test_a_page_that_repeats_the_password(ann, quoted):
    """What is cut off in the middle of it would not be recognised later."""
    ann.backend.fault("status", path="/user/", method="POST", status=403, body="x" * 70 + quoted, content_type="text/html", times=None)
    message = ann.bad("iredmail_user", email="new@example.org", password="Pl4nted&for-the-page")
    assert "xxx" in message and "Pl4n" not in message


@pytest.mark.parametrize("location", ["https://sso.example.net/login", "https://sso.example.net/login?next=1", "//sso.example.net/a/login"])
def test_a_redirect_to_another_host_is_no_lost_session(ann, location):
    ann.backend.fault("redirect", path="/user/", location=location, times=None)
    message = ann.bad("iredmail_user", **ANN)
    assert f"the server redirects to {location.split('?')[0]} (HTTP 30" in message and "session" not in message
    assert sum(entry.path.endswith("/login") for entry in ann.backend.log) == 1


@pytest.mark.parametrize("location", ["/iredadmin/login", "http://inner.example.net/login?msg=SESSION_EXPIRED"])
def test_a_redirect_to_the_login_of_the_panel(ann, location):
    """Behind a proxy the panel may know itself by another name."""
    ann.backend.fault("redirect", path="/user/", location=location)
    ann.quiet("iredmail_user", **ANN)
    assert sum(entry.path.endswith("/login") for entry in ann.backend.log) == 2


def test_fields_travel_as_a_form(ann):
    ann.ok("iredmail_user", email="ann@example.org", name="Ánn & Co, =1", forwarding=["b@example.net", "A@example.net"], enabled=False)
    assert ann.sent() == {"name": "Ánn & Co, =1", "forwarding": "a@example.net,b@example.net", "accountStatus": "disabled"}


def test_nothing_but_documented_parameters_is_ever_sent(ann):
    """A misspelt one would be ignored, and reported as success."""
    from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail import admin, alias, domain, ldap_list, mailing_list, user
    from ansible_collections.workplace.onboarding.tests.lab.iredmail import admins, aliases, domains, ldap_lists, mailing_lists, users

    for ours, theirs in (
        (domain.DOMAINS, domains.UPDATE | domains.CREATE),
        (user.USER, users.UPDATE),
        (alias.ALIAS, aliases.UPDATE),
        (mailing_list.MAILING_LIST, mailing_lists.UPDATE),
        (ldap_list.LDAP_LIST, ldap_lists.UPDATE),
        (admin.ADMIN, admins.PARAMETERS),
    ):
        names = {
            name
            for item in ours.fields
            if item.name != "keep_local_copy"
            for name in (item.adds, item.removes, item.resets and item.wire_name)
        }
        assert names - {"", False} <= set(theirs), ours.kind
