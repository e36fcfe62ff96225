# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Facts of the contract whose effect no recording shows: what is read after an edit, orders, who sees what."""

from __future__ import annotations

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

PASSWORD = "Str0ng-pass-word"
TERABYTE = 1024**4


class Client:
    def __init__(self, lab: Lab):
        self.lab = lab
        self.login = (lab.ocs.username, lab.ocs.app_password)

    def call(self, method: str, path: str, data=None, **options) -> tuple[int, object]:
        """The OCS code and the data."""
        options = {"auth": self.login, "params": {"format": "json"}} | options
        headers = {"OCS-APIRequest": "true"}
        answer = requests.request(method, f"{self.lab.ocs.url}/ocs/v2.php/cloud/{path}", data=data, headers=headers, timeout=10, **options)
        body = answer.json()["ocs"]
        return body["meta"]["statuscode"], body["data"]

    def edit(self, key: str, value: str) -> int:
        return self.call("PUT", "users/ed", {"key": key, "value": value})[0]

    def read(self, user_id: str = "ed") -> dict:
        return self.call("GET", f"users/{user_id}")[1]


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture
def client(shared_lab):
    shared_lab.ocs.reset()
    shared_lab.ocs.seed(users=[{"id": "ed", "password": PASSWORD, "displayname": "Ed", "email": "ed@lab.test"}], groups=["staff", "it"])
    return Client(shared_lab)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        *[(text, TERABYTE) for text in ("1 TB", "1TB", "1 tb", "1 T", "1024 GB")],
        ("1000 GB", 1073741824000),
        ("1.26 GB", 1395864371),
        ("1.2345 GB", 1288490189),
        ("5,5 GB", 5368709120),
        ("2.55 MB", 2621440),
        ("1073741825", 1073741824),
        ("1e9", 1000026931),
        ("0", 0),
        ("none", -3),
        ("default", -3),
        ("Default", 0),
        ("1 GiB", 1),
        ("1 EB", 1),
        ("10 XB", 10),
        ("101 TB", 111050674405380),
    ],
)
def test_quota_table(client, sent, read):
    """Contract 5.2."""
    assert client.edit("quota", sent) == 200
    assert client.read()["quota"]["quota"] == read


@pytest.mark.parametrize(
    ("key", "sent", "read"),
    [
        ("displayname", "  Padded ", "Padded"),
        ("displayname", "", "Ed"),
        ("displayname", "0", "Ed"),
        ("displayname", "<b>Bold</b>", "<b>Bold</b>"),
        ("email", " Ed.One@Lab.Test ", "ed.one@lab.test"),
        ("email", "", None),
        ("phone", "+33 1 23 45 67 89", "+33123456789"),
        ("twitter", "@handle", "handle"),
        ("fediverse", "@user@host.example", "user@host.example"),
        ("organisation", "ACME  ", "ACME  "),
        ("profile_enabled", "maybe", "maybe"),
        ("additional_mail", "Second@Lab.Test", ["second@lab.test"]),
        ("locale", "fr_FR", "fr_FR"),
        ("timezone", "Europe/Paris", "Europe/Paris"),
        ("manager", "nobody", "nobody"),
    ],
)
def test_what_is_kept(client, key, sent, read):
    """Contract 3.3."""
    assert client.edit(key, sent) == 200
    assert client.read()[key] == read


def test_texts_of_2048_characters(client):
    assert client.edit("organisation", "x" * 2048) == 200
    assert client.edit("organisation", "x" * 2049) == 101
    assert client.read()["organisation"] == "x" * 2048


def test_pages_are_cut_by_display_name_and_sorted_by_id(client):
    """Contract 3.1."""
    names = {"a1": "Zoe", "b2": "Adam", "c3": None, "d4": "Mia", "e5": None}
    client.lab.ocs.reset(fresh=True)
    client.lab.ocs.seed(
        users=[{"id": user_id, "displayname": name} for user_id, name in names.items()],
        tokens={"t": {"account": "admin", "login": "admin"}},
    )
    client.login = ("admin", "t")
    pages = [client.call("GET", "users", params={"format": "json", "limit": 3, "offset": offset})[1]["users"] for offset in (0, 3)]
    assert pages == [["admin", "c3", "e5"], ["a1", "b2", "d4"]]


def test_an_email_finds_its_first_owner(client):
    """Contract 8, point 6."""
    client.lab.ocs.seed(users=[{"id": "second", "email": "ed@lab.test"}])
    assert client.read("ED@lab.test")["id"] == "ed"
    assert client.call("DELETE", "users/ed@lab.test") == (200, [])
    assert client.read("ed@lab.test")["id"] == "second"
    assert client.call("POST", "users", {"userid": "ed@lab.test", "password": PASSWORD})[0] == 102


def test_an_address_is_verified_by_naming_it_twice(client):
    """Contract 3.4."""
    assert client.edit("additional_mail", "more@lab.test") == 200
    assert client.edit("notify_email", "more@lab.test") == 101
    assert client.call("PUT", "users/ed/additional_mail", {"key": "more@lab.test", "value": "more@lab.test"})[0] == 200
    assert client.edit("notify_email", "more@lab.test") == 200
    assert client.read()["notify_email"] == "more@lab.test"


def test_leaving_a_group_keeps_the_right_to_manage_it(client):
    """Contract 3.6, 4.1."""
    client.lab.ocs.seed(users=[{"id": "ed", "groups": ["staff", "it"], "subadmin": ["staff", "it"]}])
    client.call("DELETE", "users/ed/groups", {"groupid": "staff"})
    assert (client.read()["groups"], client.read()["subadmin"]) == (["it"], ["staff", "it"])
    client.call("DELETE", "groups/it")
    assert (client.read()["groups"], client.read()["subadmin"]) == ([], ["staff"])


def test_a_sub_admin_sees_only_the_id_of_an_admin(client):
    """Contract 3.1."""
    client.lab.ocs.seed(users=[{"id": "admin", "groups": ["admin", "staff"]}, {"id": "ed", "groups": ["staff"], "subadmin": ["staff"]}])
    _unused, data = client.call("GET", "users/details", auth=("ed", PASSWORD))
    assert data["users"]["admin"] == {"id": "admin"}
    assert "storageLocation" not in data["users"]["ed"]
    assert client.call("GET", "users/admin", auth=("ed", PASSWORD))[0] == 998


def test_the_order_of_checks_at_creation(client):
    """Contract 3.2: each refusal hides the ones after it."""
    wrong = {"userid": "ed", "groups[]": "nope", "subadmin[]": "nope", "password": "x" * 470, "quota": "lots", "language": "xx"}
    better = [("userid", "a/b"), ("groups[]", "staff"), ("subadmin[]", "it"), ("password", "weak"), ("userid", "new")]
    better += [("password", PASSWORD), ("quota", "1 GB")]
    codes = [client.call("POST", "users", wrong)[0]]
    for key, value in better:
        wrong[key] = value
        codes.append(client.call("POST", "users", wrong)[0])
    assert codes == [102, 104, 109, 101, 101, 107, 101, 102]
    left = client.read("new")
    assert (left["groups"], left["subadmin"], left["quota"]["quota"], left["language"]) == (["staff"], ["it"], -3, "en")


@pytest.mark.parametrize("word", ["details", "disabled", "recent"])
def test_reserved_words(client, word):
    """Contract 1.6: reading collides with a route, writing does not."""
    assert client.call("POST", "users", {"userid": word, "password": PASSWORD})[0] == 200
    assert "users" in client.read(word)
    assert client.read(word.upper())["id"] == word
    assert client.call("DELETE", f"users/{word}")[0] == 200


def test_a_details_list_whose_only_key_is_zero_is_an_array(client):
    client.lab.ocs.seed(users=[{"id": "0"}, {"id": "1"}])
    assert isinstance(client.call("GET", "users/details", params={"format": "json", "limit": 1})[1]["users"], list)
    assert client.call("GET", "users", params={"format": "json", "limit": 2})[1]["users"] == [0, 1]


def test_the_default_quota_follows_the_app_config(client):
    """Contract 5.2."""
    client.lab.ocs.seed(config={"files": {"allow_unlimited_quota": "0"}})
    assert client.read()["quota"]["quota"] == 1024**3
    client.lab.ocs.seed(config={"files": {"default_quota": "2 GB"}})
    assert client.read()["quota"]["quota"] == 2 * 1024**3


def test_a_wiped_account_loses_its_app_passwords(client):
    client.lab.ocs.seed(tokens={"t": {"account": "ed", "login": "ed"}})
    assert client.call("GET", "user", auth=("ed", "t"))[0] == 200
    assert client.call("POST", "users/ed/wipe")[0] == 200
    assert client.call("GET", "user", auth=("ed", "t"))[0] == 997
