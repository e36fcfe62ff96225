# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plain client of the simulated panel, for the tests of the contract."""

from __future__ import annotations

import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab


class Client:
    """Logs in, calls, and reads what the panel has stored; follows no redirect."""

    def __init__(self, lab: Lab):
        self.lab, self.panel = lab, lab.iredmail
        self.http = requests.Session()

    def log_in(self, username: str | None = None, password: str | None = None) -> requests.Response:
        form = {"username": username or self.panel.username, "password": password or self.panel.password}
        return self.send("POST", "login", form)

    def send(self, method: str, path: str, form=None, **options) -> requests.Response:
        options = {"timeout": 10, "allow_redirects": False} | options
        return self.http.request(method, f"{self.panel.api_url}/{path}", data=form, **options)

    def reason(self, method: str, path: str, form=None, **options) -> str | None:
        """The reason of a failure; None for success."""
        answer = self.send(method, path, form, **options)
        assert answer.headers["content-type"] == "application/json", answer.text
        body = answer.json()
        assert body.keys() == ({"_success"} if body["_success"] else {"_success", "_msg"})
        return None if body["_success"] else body["_msg"]

    def read(self, path: str, **options):
        answer = self.send("GET", path, **options).json()
        assert answer["_success"], answer
        return answer["_data"]

    def must(self, method: str, path: str, **form) -> None:
        assert self.reason(method, path, form) is None

    def put(self, path: str, **form) -> None:
        self.must("PUT", path, **form)

    def post(self, path: str, **form) -> None:
        self.must("POST", path, **form)

    def stored(self, kind: str, name: str) -> dict:
        return self.panel.state()[kind][name]

    @property
    def edition(self) -> str:
        return "ldap" if self.panel.knobs.is_ldap else "sql"
