# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The four calls of the vendor's page for Python programs, in our own words: what they really do (contract 0, point 1)."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

HEADERS = {"OCS-APIRequest": "true"}
PERSON = {
    "userid": "thomas.dupond",
    "password": "",
    "displayName": "thomas",
    "email": "thomas.dupond@mail.com",
    "groups": ["test"],
    "subadmin": [],
    "quota": "1 TB",
    "language": "fr",
}


@pytest.fixture(scope="module")
def lab():
    with Lab() as lab:
        lab.ocs.seed(groups=["test"])
        yield lab


def call(lab, method: str, path: str = "", **options) -> requests.Response:
    login = (lab.ocs.username, lab.ocs.password)
    return requests.request(method, f"{lab.ocs.url}/ocs/v2.php/cloud/users{path}", headers=HEADERS, auth=login, timeout=10, **options)


def code(answer: requests.Response) -> str:
    """No format is asked for, so the answer is XML."""
    assert answer.headers["content-type"].partition(";")[0] in ("application/xml", "text/xml")
    return ET.fromstring(answer.content).findtext("meta/statuscode")


def test_create(lab):
    answer = call(lab, "POST", json=PERSON)
    assert (answer.status_code, code(answer)) == (200, "200")
    assert ET.fromstring(answer.content).findtext("data/id") == "thomas.dupond"
    assert [(mail["kind"], mail["to"], mail["password_link"]) for mail in lab.ocs.mails] == [("welcome", PERSON["email"], True)]


def test_whole_object_edit_fails_and_changes_nothing(lab):
    before = call(lab, "GET", "/thomas.dupond").text
    changed = {key: value for key, value in PERSON.items() if key != "userid"} | {"displayName": "Thomas D", "quota": "2 TB"}
    answer = call(lab, "PUT", "/thomas.dupond", json=changed)
    assert (answer.status_code, code(answer)) == (500, "996")
    assert call(lab, "GET", "/thomas.dupond").text == before


def test_read(lab):
    answer = call(lab, "GET", "/thomas.dupond")
    assert (answer.status_code, code(answer)) == (200, "200")
    person = ET.fromstring(answer.content).find("data")
    assert (person.findtext("displayname"), person.findtext("email"), person.findtext("language")) == ("thomas", PERSON["email"], "fr")
    assert person.findtext("quota/quota") == str(1024**4)
    assert [group.text for group in person.find("groups")] == ["test"]


def test_delete(lab):
    answer = call(lab, "DELETE", "/thomas.dupond")
    assert (answer.status_code, code(answer)) == (200, "200")
    assert call(lab, "GET", "/thomas.dupond").status_code == 404
