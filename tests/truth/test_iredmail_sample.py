# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls of the vendor's page for Python programs, as requests of our own: what they really do (contract 0, 4.13).

The page was written for the first releases: another envelope, and names of parameters that later ones ignore without a word.
"""

from __future__ import annotations

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

DOMAIN, MAIL = "sample.example", "kim@sample.example"
FIRST = {"sql_version": "2.4.0", "ldap_version": "2.6.0"}
GOOD_PASSWORD = "Page-Horse1!"
PERSON = {"cn": "Kim Fiction", "preferredLanguage": "en_US", "mailQuota": 2048}
EDITIONS = ["mysql", "pgsql", "ldap"]


class Page:
    """Sends what the page sends: the cookies of the login are carried by hand, and no answer but that of the login is looked at."""

    def __init__(self, panel):
        self.panel, self.cookies = panel, None

    def log_in(self) -> dict:
        answer = requests.post(
            f"{self.panel.api_url}/login", data={"username": self.panel.username, "password": self.panel.password}, timeout=10
        )
        self.cookies = answer.cookies
        return answer.json()

    def send(self, method: str, path: str, form: dict | None = None) -> dict:
        return requests.request(method, f"{self.panel.api_url}/{path}", data=form, cookies=self.cookies, timeout=10).json()

    def create_domain(self) -> dict:
        return self.send("POST", f"domain/{DOMAIN}", {"defaultQuota": "1024"})

    def create_user(self, password: str) -> dict:
        return self.send("POST", f"user/{MAIL}", PERSON | {"password": password})


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture(params=EDITIONS)
def page(shared_lab, request):
    shared_lab.iredmail.reset(edition=request.param)
    return Page(shared_lab.iredmail)


@pytest.fixture
def old(page):
    page.panel.change_knobs(FIRST)
    return page


def test_the_page_in_its_own_order_makes_no_user(old):
    """It removes the domain before it makes a user in it."""
    assert old.log_in() == {"success": True}
    assert old.create_domain() == {"success": True}
    assert old.panel.state()["domains"][DOMAIN]["default_quota"] == 1024
    assert old.send("DELETE", f"domain/{DOMAIN}") == {"success": True}
    assert DOMAIN not in old.panel.state()["domains"]
    reason = "NO_SUCH_DOMAIN" if old.panel.knobs.is_ldap else "INVALID_DOMAIN_NAME"
    assert old.create_user(GOOD_PASSWORD) == {"success": False, "msg": reason}
    assert old.send("DELETE", f"user/{MAIL}") == {"success": True}
    assert old.panel.state()["users"] == {}


def test_the_pages_kind_of_password_is_refused(old):
    """Lower case and underscores only, against the rules that a panel has by default."""
    old.log_in()
    old.create_domain()
    answer = old.create_user("password_for_kim")
    assert answer["success"] is False
    assert set(answer["msg"].split(",")) == {"PW_NO_UPPERCASE", "PW_NO_DIGIT_NUMBER"}
    assert old.panel.state()["users"] == {}


def test_a_user_on_the_release_that_the_page_was_written_for(old):
    old.log_in()
    old.create_domain()
    assert old.create_user(GOOD_PASSWORD) == {"success": True}
    made = old.panel.state()["users"][MAIL]
    assert (made["name"], made["language"], made["quota"]) == ("Kim Fiction", "en_US", 2048)
    assert old.send("DELETE", f"user/{MAIL}") == {"success": True}
    state = old.panel.state()
    assert (state["users"], [mailbox["mail"] for mailbox in state["deleted_mailboxes"]]) == ({}, [MAIL])


def test_nothing_can_be_read_back_there(old):
    """The first releases had no profiles: only login, creation and removal."""
    old.log_in()
    old.create_domain()
    for path in (f"domain/{DOMAIN}", f"user/{MAIL}"):
        assert requests.get(f"{old.panel.api_url}/{path}", cookies=old.cookies, timeout=10).status_code == 405
    assert requests.get(f"{old.panel.api_url}/domains", cookies=old.cookies, timeout=10).status_code == 404


def test_on_a_current_release_the_login_looks_failed(page):
    """It looks for a key that is called otherwise today."""
    assert page.log_in() == {"_success": True}


def test_on_a_current_release_a_user_is_made_but_not_as_asked(page):
    """Success, while name, language and quota are ignored: the domain's defaults are stored."""
    page.log_in()
    assert page.create_domain() == {"_success": True}
    assert page.create_user(GOOD_PASSWORD) == {"_success": True}
    made = page.panel.state()["users"][MAIL]
    assert (made["name"], made["language"], made["quota"]) == ("", "", 1024)
    assert page.send("DELETE", f"user/{MAIL}") == {"_success": True}
    assert page.send("DELETE", f"domain/{DOMAIN}") == {"_success": True}
    assert DOMAIN not in page.panel.state()["domains"]
