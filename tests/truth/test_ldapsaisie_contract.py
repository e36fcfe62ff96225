# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Facts of the LdapSaisie contract that no recording shows, and what the lab adds: knobs, faults, corruption by writes at once."""

from __future__ import annotations

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

PASSWORD = "Zoe5-pass"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
ZOE = "uid=zoe,ou=people,o=ls"
BOX = "cn=box,ou=lab,o=ls"
STAFF = "cn=staff,ou=groups,o=ls"
COMPANY = "ou=acme,ou=companies,o=ls"
NOON = 1_800_000_000  # 2027-01-15 08:00:00 UTC
LOGON = "LSsession_10"


class Client:
    """Sends no cookies unless asked to."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.server = lab.ldapsaisie
        self.login = (self.server.username, self.server.password)

    def send(self, method: str, path: str, data=None, **options) -> requests.Response:
        params = {"lang": "en_US"} | options.pop("params", {})
        options = {"auth": self.login, "timeout": 10, "allow_redirects": False} | options
        return requests.request(method, f"{self.server.url}/api/1.0/object/{path}", params=params, data=data, **options)

    def get(self, path: str, **params) -> dict:
        return self.send("GET", path, params=params).json()

    def post(self, path: str, data=None, **options) -> dict:
        return self.send("POST", path, data, **options).json()

    def read(self, attribute: str, dn: str = BOX, kind: str = "LSlab", **params):
        return self.get(f"{kind}/{dn}", **params)["attributes"][attribute]

    def set(self, data, dn: str = BOX, kind: str = "LSlab") -> dict:
        return self.post(f"{kind}/{dn}/modify", data)

    def person(self, uid: str = "kim", **more) -> dict:
        fields = {
            "uid": uid,
            "sn": "Test",
            "cn": f"{uid} Test",
            "mail": f"{uid}@example.org",
            "userPassword": PASSWORD,
            "gidNumber": "102100",
        }
        return self.post("LSpeople/create", fields | more)


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture
def client(shared_lab):
    server = shared_lab.ldapsaisie
    shared_lab.clock.reset()
    server.reset()
    person = {"uid": "zoe", "sn": "Sample", "cn": "Zoe Sample", "mail": "zoe@example.org", "userPassword": PASSWORD, "gidNumber": 102100}
    server.seed(
        objects=[
            {"type": "LSgroup", "attributes": {"cn": "staff", "gidNumber": 102100}},
            {"type": "LSgroup", "attributes": {"cn": "it", "gidNumber": 102101}},
            {"type": "LSpeople", "attributes": person},
            {"type": "LSlab", "attributes": {"cn": "box"}},
            {"type": "LScompany", "attributes": {"ou": "acme"}},
        ]
    )
    return Client(shared_lab)


# Requests and answers (contract 1.1 - 1.4)


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ("description[]=a&description[]=b", ["a", "b"]),
        ("description[0]=a&description[1]=b", ["a", "b"]),
        ("description[7]=a&description[3]=b", ["a", "b"]),
        ("description=a&description=b", ["b"]),
        ("description[]=a&description=b", ["b"]),
    ],
)
def test_lists_in_forms(client, body, stored):
    client.send("POST", f"LSlab/{BOX}/modify", body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert client.read("description") == stored


def test_the_body_wins_over_the_query(client):
    answer = client.send("POST", "LSlab", {"pattern": "box"}, params={"pattern": "nothing"})
    assert answer.json()["total"] == 1


def test_a_form_that_is_too_big_is_empty(client):
    client.server.knobs.post_max_size = 10
    assert client.set({"title": "a rather long one"})["success"] is True
    assert client.read("title") is None


def test_variables_beyond_the_limit_are_dropped(client):
    client.server.knobs.max_input_vars = 5
    assert client.set({"description[]": [str(number) for number in range(9)]})["success"] is True
    assert client.read("description") == [str(number) for number in range(6)]


def test_variables_of_other_fields_count_too(client):
    client.server.knobs.max_input_vars = 5
    client.set([*[("description[]", str(number)) for number in range(6)], ("title", "lost")])
    assert client.read("title") is None


def test_a_creation_by_multipart(client):
    fields = {name: (None, value) for name, value in {"cn": "multi", "title": "T"}.items()}
    answer = client.send("POST", "LSlab/create", files=fields | {"jpegPhoto": ("a.png", PNG, "image/png")})
    assert answer.json()["success"] is True
    assert client.read("title", "cn=multi,ou=lab,o=ls") == "T"
    assert client.read("jpegPhoto", "cn=multi,ou=lab,o=ls") == base64.b64encode(PNG).decode()


def test_a_file_that_is_too_big_is_not_there(client):
    client.server.knobs.upload_max_filesize = 5
    answer = client.send("POST", f"LSlab/{BOX}/modify", files={"jpegPhoto": ("a.png", PNG, "image/png")})
    assert answer.json()["success"] is True
    assert client.read("jpegPhoto") is None


def test_a_plus_in_a_path_is_a_space(client):
    assert client.post("LSlab/create", {"cn": "a b"})["success"] is True
    assert client.send("GET", "LSlab/cn=a+b,ou=lab,o=ls").status_code == 200
    assert client.send("GET", "LSlab/cn=a%2Bb,ou=lab,o=ls").status_code == 404


def test_encoded_slashes_when_the_web_server_lets_them_through(client):
    client.post("LSlab/create", {"cn": "a/b"})
    assert client.send("GET", "LSlab/cn=a%2Fb,ou=lab,o=ls").headers["content-type"].startswith("text/html")
    client.server.knobs.encoded_slashes = True
    assert client.send("GET", "LSlab/cn=a%2Fb,ou=lab,o=ls").json()["dn"] == "cn=a/b,ou=lab,o=ls"


@pytest.mark.parametrize("value", ["a,b", "a+b", 'a"b', "a;b", "a<b", "#a"])
def test_rdn_values_are_not_escaped(client, value):
    answer = client.send("POST", "LSlab/create", {"cn": value})
    assert answer.status_code == 400
    assert "LSldap_05" in answer.json()["errors"][0]
    assert "LDAP_INVALID_DN_SYNTAX" in answer.json()["errors"][1]


def test_errors_without_a_code_are_html(client):
    errors = client.post("LSlab/create", {"cn": 'a"b'})["errors"]
    assert 'a"b' in errors[0]
    assert "a&quot;b" in errors[1]


def test_the_spelling_of_answers(client):
    client.set({"title": "é/"})
    answer = client.send("GET", f"LSlab/{BOX}")
    assert b'"title":"\\u00e9\\/"' in answer.content
    assert b'    "type": "LSlab"' in client.send("GET", f"LSlab/{BOX}", params={"pretty": ""}).content


@pytest.mark.parametrize("auth", [None, ("zoe", "wrong"), ("zoe", PASSWORD)])
def test_every_call_without_a_cookie_gets_one(client, auth):
    answer = client.send("GET", "LSpeople", auth=auth)
    assert answer.headers["set-cookie"].startswith("PHPSESSID=")
    assert answer.headers["cache-control"] == "no-store, no-cache, must-revalidate"
    assert "set-cookie" not in client.send("GET", "LSpeople", auth=auth, cookies=dict(answer.cookies)).headers


def test_empty_maps_can_be_objects(client):
    assert client.get("LSlab", pattern="nothing")["objects"] == []
    client.server.knobs.empty_as_object = True
    assert client.get("LSlab", pattern="nothing")["objects"] == {}
    assert client.get(f"LSpeople/{ZOE}")["relations"]["groups"] == {}


@pytest.mark.parametrize(
    ("path", "auth", "strict"),
    [
        ("LSpeople", ("zoe", "wrong"), 401),
        ("LSnope", None, 404),
        (f"LSpeople/{ZOE}/remove", "plain", 403),
        ("LSpeople?filter=nonsense", None, 400),
        (f"LSpeople/{ZOE}/relation/nope", None, 404),
    ],
)
def test_statuses_of_a_repaired_server(client, path, auth, strict):
    auth = client.server.plain if auth == "plain" else auth or client.login
    usual = client.send("POST", path, auth=auth)
    assert usual.status_code == (500 if path.endswith("/nope") else 200)
    client.server.knobs.strict_status = True
    assert client.send("POST", path, auth=auth).status_code == strict


def test_the_default_language_is_configured(client):
    def denied(**params):
        return client.send("GET", "LSpeople", auth=("zoe", "x"), params={"lang": None} | params).json()["errors"][0]

    assert "incorrects" in denied()
    assert "incorrects" not in denied(lang="de_DE")
    client.server.knobs.default_lang = "en_US"
    assert "incorrects" not in denied()


# Sessions (contract 1.5)


def opened(client, **options) -> dict[str, str]:
    return dict(client.send("GET", "LSlab", **options).cookies)


def test_a_cookie_that_nobody_gave_is_no_login(client):
    assert client.send("GET", "LSlab", auth=None, cookies={"PHPSESSID": "invented"}).status_code == 401
    assert client.send("GET", "LSlab", cookies={"PHPSESSID": "invented"}).status_code == 200
    assert client.send("GET", "LSlab", auth=None, cookies={"PHPSESSID": "invented"}).status_code == 200


def test_a_write_in_the_same_session_ends_the_stale_list(client):
    cookies = opened(client)
    client.post("LSlab/create", {"cn": "other"})
    assert client.send("GET", "LSlab", cookies=cookies).json()["total"] == 1
    client.send("POST", f"LSlab/{BOX}/modify", {"title": "x"}, cookies=cookies)
    assert client.send("GET", "LSlab", cookies=cookies).json()["total"] == 2


def test_a_stale_list_shows_old_values_but_show_does_not(client):
    cookies = opened(client, params={"attributes": "title"})
    client.set({"title": "new"})
    listed = client.send("GET", "LSlab", cookies=cookies, params={"attributes": "title"}).json()["objects"][BOX]
    assert listed["title"] is None
    assert client.send("GET", f"LSlab/{BOX}", cookies=cookies).json()["attributes"]["title"] == "new"
    refreshed = client.send("GET", "LSlab", cookies=cookies, params={"attributes": "title", "refresh": ""}).json()
    assert refreshed["objects"][BOX]["title"] == "new"


def test_profiles_are_found_at_the_login(client):
    cookies = opened(client)
    client.server.seed(admins=[])
    assert client.send("GET", "LSlab", cookies=cookies).json()["total"] == 1
    assert client.send("GET", f"LSlab/{BOX}").json().keys() == {"errors"}
    assert client.send("GET", "LSlab", cookies=cookies, params={"LSsession_refresh": ""}).json()["total"] == 0


def test_an_error_left_behind_is_told_once(client):
    cookies = opened(client)
    assert client.send("GET", "LSlab", cookies=cookies, params={"pattern": "a&b", "page": "9"}).status_code == 500
    answer = client.send("GET", "LSlab", cookies=cookies).json()
    assert answer["success"] is True
    assert "LSsearch_17" in answer["errors"][0]
    assert "errors" not in client.send("GET", "LSlab", cookies=cookies).json()


# Logins and rights (contract 2)


@pytest.mark.parametrize(
    ("login", "password", "right"),
    [
        ("zoe", PASSWORD, True),
        ("ZOE", PASSWORD, True),
        ("zoe@example.org", PASSWORD, True),
        ("zo*", PASSWORD, True),
        ("*", PASSWORD, False),
        ("zoe", "", False),
        ("zoe", "********", False),
    ],
)
def test_logins(client, login, password, right):
    assert client.send("GET", "LSpeople", auth=(login, password)).json().get("success", False) is right
    assert client.server.log[-1].login is right


def test_an_authentication_method_without_api(client):
    client.server.knobs.auth_method = "CAS"
    answer = client.send("GET", "LSpeople")
    assert (answer.status_code, answer.json().keys()) == (200, {"errors"})
    assert "LSauth_08" in answer.json()["errors"][0]


def test_a_colon_in_a_password_of_a_raw_header(client):
    client.server.seed(objects=[{"type": "LSpeople", "attributes": {"uid": "zoe", "userPassword": "Zoe5:pas"}}])
    assert client.send("GET", "LSpeople", auth=("zoe", "Zoe5:pas")).json()["success"] is True
    client.server.knobs.authorization_header = True
    assert LOGON in client.send("GET", "LSpeople", auth=("zoe", "Zoe5:pas")).json()["errors"][-1]


def test_what_a_plain_user_may_do(client):
    plain = {"auth": client.server.plain}
    assert client.send("GET", "LSlab", **plain).json()["objects"] == []
    assert "LSsession_11" in client.send("GET", f"LSlab/{BOX}", **plain).json()["errors"][0]
    assert "LSsession_11" in client.send("POST", f"LSpeople/{ZOE}/remove", **plain).json()["errors"][0]
    guest = "uid=guest,ou=people,o=ls"
    assert client.send("POST", f"LSpeople/{guest}/modify", {"userPassword": "N3w-guest"}, **plain).json()["success"] is True
    assert client.send("GET", "LSpeople", auth=("guest", "N3w-guest")).json()["success"] is True


def test_another_case_of_the_dn_loses_the_admin_profile(client):
    assert "uid" in client.get(f"LSpeople/{ZOE}")["attributes"]
    assert "uid" not in client.get("LSpeople/uid=ZOE,ou=people,o=ls")["attributes"]
    assert "LSsession_11" in client.post("LSpeople/uid=ZOE,ou=people,o=ls/remove")["errors"][0]
    assert client.set({"sn": "Spaced"}, "uid=zoe, ou=people, o=ls", "LSpeople")["success"] is True


# Levels (contract 1.6)


def test_levels(client):
    cookies = dict(client.send("POST", "LScompany", {"LSsession_ldapserver": "1"}).cookies)
    client.send("POST", "LSgroup/create", {"LSsession_topDn": COMPANY, "cn": "sub"}, cookies=cookies)
    client.server.seed(
        objects=[{"type": "LSpeople", "level": COMPANY, "attributes": {"uid": "ann", "cn": "Ann Acme", "gidNumber": 102100}}]
    )
    found = client.post("LSpeople", {"LSsession_ldapserver": "1"})
    ann = f"uid=ann,ou=people,{COMPANY}"
    assert found["objects"][ann] == {"name": "Ann Acme", "Company": "acme"}
    assert found["objects"][ZOE]["Company"] == ""
    assert {"subDn", "displaySubDn"} <= found["params"].keys()
    assert list(client.post("LSpeople", {"LSsession_ldapserver": "1", "subDn": COMPANY})["objects"]) == [ann]
    assert "LSsearch_03" in client.post("LSpeople", {"LSsession_ldapserver": "1", "subDn": "ou=none,o=ls"})["errors"][0]
    below = client.send("GET", "LSgroup", cookies=cookies).json()
    assert list(below["objects"]) == [f"cn=sub,ou=groups,{COMPANY}"]


# Searches (contract 3.1)


@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        ({"filter": "(uid=ZOE)"}, 1),
        ({"filter": "(uid=z*e)"}, 1),
        ({"filter": "(gidNumber>=102100)"}, 1),
        ({"filter": "(cn~=zoy)"}, 1),
        ({"filter": "(description=*)"}, 0),
        ({"filter": "(lsGodfatherDn=uid=zoe, ou=people,o=ls)"}, 1),
        ({"pattern": "EXAMPLE.org"}, 1),
        ({"pattern": "sample", "filter": "(uid=guest)"}, 0),
        ({"scope": "one", "basedn": "ou=people,o=ls", "recursive": "0"}, 2),
        ({"scope": "one", "basedn": "o=ls", "recursive": "0"}, 0),
        ({"scope": "sub", "basedn": "o=ls", "recursive": "0"}, 2),
        ({"scope": "one", "basedn": "o=ls"}, 2),
        ({"predefinedFilter": "(!(jpegPhoto=*))"}, 2),
    ],
)
def test_what_is_found(client, wanted, total):
    client.server.seed(objects=[{"type": "LSpeople", "attributes": {"uid": "guest", "lsGodfatherDn": [ZOE]}}])
    assert client.get("LSpeople", **wanted)["total"] == total


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"filter": "(|(uid=zoe)(uid=guest))"}, "LSsearch_03"),
        ({"filter": "(uid:caseExactMatch:=zoe)"}, "LSsearch_03"),
        ({"filter": "(sambaNTPassword=*)"}, "LSsearch_03"),
        ({"approx": "7"}, "LSsearch_05"),
        ({"withoutCache": "7"}, "LSsearch_05"),
        ({"nbObjectsByPage": "many"}, "LSsearch_03"),
        ({"attributes": "sambaNTPassword"}, "LSsearch_11"),
        ({"sortBy": "uid"}, "LSsearch_03"),
    ],
)
def test_what_a_search_refuses(client, wanted, code):
    answer = client.send("GET", "LSpeople", params=wanted)
    assert (answer.status_code, list(answer.json())) == (200, ["errors"])
    assert f"(Code {code})" in answer.json()["errors"][0]


@pytest.mark.parametrize("pattern", ["a*", "a|b", "a!b", "a<b", "a(b", "a=b"])
def test_a_bad_pattern_finds_everything(client, pattern):
    answer = client.get("LSpeople", pattern=pattern)
    assert (answer["success"], answer["total"]) == (True, 2)
    assert "LSsearch_17" in answer["errors"][0]


def test_pages(client):
    assert [client.get("LSpeople", page=page, nbObjectsByPage=1)["page"] for page in ("-3", "x", "2")] == [1, 1, 2]
    assert client.send("GET", "LSpeople", params={"page": 3, "nbObjectsByPage": 1}).status_code == 500


def test_the_sort_defect(client):
    def names(**params):
        return [entry["name"] for entry in client.get("pwdPolicy", as_list="", **params)["objects"]]

    assert names() == ["default", "sysaccounts"]
    assert names(sortBy="displayName") == ["sysaccounts", "default"]
    assert names(sortBy="displayName", sortDirection="DESC") == ["default", "sysaccounts"]


def test_an_attribute_unreadable_on_one_object_is_missing_there(client):
    client.server.seed(objects=[{"type": "LSpeople", "bare": True, "attributes": {"uid": "odd", "gidNumber": "99"}}])
    found = client.get("LSpeople", attributes="gidNumber")["objects"]
    assert found["uid=odd,ou=people,o=ls"]["gidNumber"] is None
    assert found[ZOE]["gidNumber"] == "102100"


def test_unknown_parameters_are_ignored(client):
    assert client.get("LSpeople", sizelimit="1", nonsense="1")["total"] == 2


# Creation (contract 3.3)


def test_defaults_of_optional_attributes_are_not_applied_and_numbers_are_used_up(client):
    before = client.server.store.counters["uidNumber"]
    assert "fields_errors" in client.post("LSpeople/create", {"uid": "kim"})
    assert client.person()["success"] is True
    shown = client.get("LSpeople/uid=kim,ou=people,o=ls")["attributes"]
    assert shown["uidNumber"] == str(before + 1)
    assert (shown["givenName"], shown["shadowMax"], shown["personalTitle"]) == ("toto", None, "M.")


def test_duplicate_values_are_refused_by_the_directory(client):
    answer = client.send("POST", "LSlab/create", {"cn": "dup", "description[]": ["x", "X"]})
    assert answer.status_code == 400
    assert "LDAP_TYPE_OR_VALUE_EXISTS" in answer.json()["errors"][1]
    assert client.send("GET", "LSlab/cn=dup,ou=lab,o=ls").status_code == 404


def test_an_existing_dn_without_a_rule_says_nothing(client):
    fields = {"uid": "svc", "userPassword": "a-long-s3cret"}
    assert client.post("LSsysaccount/create", fields)["success"] is True
    assert client.post("LSsysaccount/create", fields) == {"success": False, "fields_errors": []}


def test_texts_of_people_in_french(client):
    answer = client.post("LSpeople/create", {"uid": "zoe"}, params={"lang": "fr_FR"})
    assert answer["fields_errors"] == {"uid": ["Cet identifiant est déjà utilisé."]}
    assert "Nom complet" in answer["errors"][1]


# Modification (contract 3.4)


def test_an_empty_modification_generates_what_is_missing(client):
    person = {"uid": "old", "sn": "Old", "cn": "Old One", "mail": "o@example.org", "gidNumber": 102100, "userPassword": PASSWORD}
    client.server.seed(objects=[{"type": "LSpeople", "bare": True, "attributes": person}])
    dn = "uid=old,ou=people,o=ls"
    assert client.read("gecos", dn, "LSpeople") is None
    assert client.set({}, dn, "LSpeople")["success"] is True
    shown = client.get(f"LSpeople/{dn}")["attributes"]
    generated = ("gecos", "sambaHomeDrive", "sambaHomePath", "sambaProfilePath", "sambaLogonScript")
    assert [shown[name] for name in generated] == ["Old One", "Z:", "\\\\SERVER\\old", "\\SERVER\\profiles\\old", "logon.bat"]
    assert shown["sambaPwdLastSet"] is None


def test_a_maildir_that_is_not_sent_is_cleared(client):
    client.server.seed(attributes={"LSlab": {"homePhone": {"kind_name": "maildir"}}})
    client.set({"homePhone": "/mail/box"})
    assert client.read("homePhone") == "/mail/box"
    client.set({"title": "x"})
    assert client.read("homePhone") is None


def test_a_rename_takes_memberships_and_references_along(client):
    client.get(f"LSpeople/{ZOE}/relation/groups", add=STAFF)
    client.set({"lsGodfatherDn[]": ZOE}, "uid=guest,ou=people,o=ls", "LSpeople")
    assert client.set({"uid": "zora"}, ZOE, "LSpeople")["dn"] == ZOE
    new = "uid=zora,ou=people,o=ls"
    assert client.read("uniqueMember", STAFF, "LSgroup") == [new]
    assert client.read("lsGodfatherDn", "uid=guest,ou=people,o=ls", "LSpeople") == [new]
    assert client.get(f"LSpeople/{new}")["relations"]["groups"] == {STAFF: "staff"}
    assert client.get("LSpeople", filter="(uid=zora)")["total"] == 1
    assert client.get("LSpeople", filter="(uid=zoe)")["total"] == 0


def test_another_case_of_ones_own_name_is_taken(client):
    assert client.set({"uid": "ZOE"}, ZOE, "LSpeople")["fields_errors"] == {"uid": ["This identifier is already used."]}


def test_values_taken_elsewhere(client):
    assert client.set({"gidNumber": "102101"}, STAFF, "LSgroup")["fields_errors"]


# Values (contract 4)


@pytest.mark.parametrize(
    ("attribute", "sent", "shown"),
    [
        ("title", "  Padded  Twice ", "  Padded  Twice "),
        ("title", "1\r\n2", "1\r\n2"),
        ("pwdLockout", "yes", "yes"),
        ("pwdLockout", "no", "no"),
        ("pwdLockout", "true", None),
        ("pwdLockout", "1", None),
        ("employeeType", "b", "b"),
        ("street", "01/02/2028, 03:04:05", "01/02/2028, 03:04:05"),
        ("st", "2028-02-30", "2028-03-01"),
        ("shadowExpire", "31/04/2028", "01/05/2028"),
        ("shadowExpire", "0", "Always (disable account)"),
        ("shadowExpire", "Always (disable account)", None),
        ("postalAddress", "1 rue X$Paris", "1 rue X\nParis"),
        ("departmentNumber", "7200", 7200),
        ("departmentNumber", "0", None),
        ("employeeNumber", "3", 3),
        ("destinationIndicator", "5S", "5"),
        ("userPassword", "anything", "********"),
        ("manager", ZOE, ZOE),
        ("manager", "uid=ghost,ou=people,o=ls", None),
        ("manager", STAFF, None),
        ("jpegPhoto", base64.b64encode(PNG).decode(), None),
        ("l", "x", None),
        ("info", "x", "auto-box"),
    ],
)
def test_single_values(client, attribute, sent, shown):
    assert client.set({attribute: sent})["success"] is True
    assert client.read(attribute) == shown


@pytest.mark.parametrize(
    ("attribute", "sent"),
    [
        ("employeeType", "Bravo"),
        ("employeeType", "B"),
        ("street", "2028-02-01"),
        ("st", "2028-13-01"),
        ("departmentNumber", "one"),
        ("employeeNumber", "ten"),
        ("destinationIndicator", "5"),
        ("roomNumber[]", "12"),
        ("carLicense[]", "[1]"),
        ("o", ""),
        ("cn", ""),
    ],
)
def test_refused_values(client, attribute, sent):
    answer = client.send("POST", f"LSlab/{BOX}/modify", {attribute: sent, "title": "not stored either"})
    assert answer.status_code == 400
    assert list(answer.json()["fields_errors"]) == [attribute.removesuffix("[]")]
    assert client.read("title") is None


@pytest.mark.parametrize(
    ("attribute", "value", "clearing", "after"),
    [
        ("title", "x", {"title": ""}, None),
        ("description[]", "x", {"description[]": ""}, []),
        ("street", "01/02/2028, 03:04:05", {"street": ""}, None),
        ("pwdLockout", "yes", {"pwdLockout": ""}, None),
        ("employeeType", "a", {"employeeType": ""}, None),
        ("manager", ZOE, {"manager": ""}, None),
        ("manager", ZOE, {"manager": "uid=ghost,ou=people,o=ls"}, None),
        ("shadowExpire", "0", {"shadowExpire": "Always (disable account)"}, None),
        ("departmentNumber", "60", {"departmentNumber": ""}, 60),
        ("departmentNumber", "60", {"departmentNumber": "0"}, 60),
        ("departmentNumber", "60", {"departmentNumber[]": "0"}, None),
        ("departmentNumber", "60", {"departmentNumber[]": ""}, None),
        ("employeeNumber", "3", {"employeeNumber": ""}, None),
        ("destinationIndicator", "5S", {"destinationIndicator": ""}, "5"),
        ("roomNumber[]", "[home]1", {"roomNumber[]": ""}, ["[home]1"]),
        ("carLicense[]", '{"plate": "A"}', {"carLicense[]": ""}, [{"plate": "A"}]),
        ("userPassword", "x", {"userPassword": ""}, "********"),
    ],
)
def test_clearing(client, attribute, value, clearing, after):
    name = attribute.removesuffix("[]")
    client.set({attribute: value})
    assert client.read(name) not in (None, [])
    assert client.set(clearing)["success"] is True
    assert client.read(name) == after


@pytest.mark.parametrize(
    ("attribute", "sent", "details"),
    [
        ("departmentNumber[]", "0", {"value": 0, "valueWithUnit": 0, "unitSill": 1, "unitLabel": "seconds"}),
        ("departmentNumber", "7200", {"value": 7200, "valueWithUnit": 2, "unitSill": 3600, "unitLabel": "hours"}),
        ("employeeType", "b", {"label": "Bravo", "value": "b"}),
        ("ou[]", "ssh-ed25519 AAAA zoe@example.org", [{"type": "ssh-ed25519", "mail": "zoe@example.org", "value": "AAAA"}]),
        ("seeAlso[]", ZOE, {ZOE: {"name": "Zoe Sample", "object_type": "LSpeople"}}),
        ("manager", ZOE, None),
        ("userPassword", "x", "********"),
    ],
)
def test_details(client, attribute, sent, details):
    client.set({attribute: sent})
    shown = client.read(attribute.removesuffix("[]"), details="")
    if attribute == "ou[]":
        # Which part the value is no recording tells.
        shown[0]["value"] = details[0]["value"]
    assert shown == details


@pytest.mark.parametrize(("old", "new", "kept"), [("10", "10.0", True), ("1e3", "1000", True), ("042", "42", True), (" 10", "10", True)])
def test_the_loose_comparison_skips_writes(client, old, new, kept):
    client.set({"title": old})
    assert client.set({"title": new})["success"] is True
    assert (client.read("title") == old) is kept
    client.set({"title": ""})
    client.set({"title": new})
    assert client.read("title") == new


def test_what_is_not_equal_even_loosely(client):
    for value in ("a", "A", "10 ", "10", "0x1A"):
        client.set({"title": value})
        assert client.read("title") == value


def test_unknown_components_of_a_composite_are_dropped(client):
    client.set({"carLicense[]": json.dumps({"plate": "A", "colour": "red"})})
    assert client.read("carLicense") == [{"plate": "A"}]


def test_a_main_group_that_is_gone_reads_as_nothing(client):
    client.post(f"LSgroup/{STAFF}/remove")
    assert client.read("gidNumber", ZOE, "LSpeople") is None


# Passwords (contract 3.3, 4, 6.7)


def test_passwords(client):
    client.lab.clock.advance(NOON - client.lab.clock.now())
    assert client.set({"userPassword": PASSWORD}, ZOE, "LSpeople")["messages"] == ["The object has been modified successfully."]
    assert client.read("pwdChangedTime", ZOE, "LSpeople") is None
    client.set({"userPassword": "N3w-pass!"}, ZOE, "LSpeople")
    shown = client.get(f"LSpeople/{ZOE}")["attributes"]
    assert shown["pwdChangedTime"][:16] == shown["sambaPwdLastSet"][:16] == "15/01/2027, 08:0"
    assert shown["shadowLastChange"] == "15/01/2027"
    assert len(shown["pwdHistory"]) == 1
    assert client.send("GET", "LSpeople", auth=("zoe", "N3w-pass!")).json()["success"] is True
    assert client.server.mails == [
        {"kind": "password", "account": ZOE, "to": "zoe@example.org", "password": "N3w-pass!", "language": "en_US"}
    ]


def test_a_hash_is_hashed_again(client):
    hashed = "{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    client.server.seed(objects=[{"type": "LSsysaccount", "attributes": {"uid": "svc", "userPassword": "a-long-s3cret"}}])
    client.set({"userPassword": hashed}, "uid=svc,ou=sysaccounts,o=ls", "LSsysaccount")
    assert client.send("GET", "LSpeople", auth=("svc", hashed)).json()["success"] is True


@pytest.mark.parametrize(("knob", "mail"), [(True, "kim@example.org"), (False, "Bounce@example.org"), (False, "bounce@example.org")])
def test_mail_that_fails(client, knob, mail):
    client.server.knobs.mail_fails = knob
    answer = client.person(mail=mail)
    failed = knob or "bounce" in mail
    assert answer["success"] is True
    assert ("errors" in answer) is failed
    assert len(client.server.mails) == (not failed)


def test_a_password_without_an_address_to_send_it_to(client):
    answer = client.send("POST", f"LSlab/{BOX}/modify", {"userPassword": "x", "LSformElement_password_userPassword_send": "1"})
    assert (answer.status_code, answer.json()["messages"]) == (400, ["The object has been partially modified."])
    assert "LSformElement_password_01" in answer.json()["errors"][0]


def test_the_form_decides_about_the_mail(client):
    client.person("kim", LSformElement_password_userPassword_send="0")
    assert client.server.mails == []
    client.set({"userPassword": "x", "mail[]": "box@example.org", "LSformElement_password_userPassword_send": "1"})
    assert [mail["to"] for mail in client.server.mails] == ["box@example.org"]


# Relations, removal (contract 3.5, 3.6)


def test_relations(client):
    path = f"LSpeople/{ZOE}/relation/groups"
    both = ["cn=it,ou=groups,o=ls", STAFF]
    assert client.post(path, {"add[]": both})["relatedObjects"] == both
    assert client.post(path, {"add[]": STAFF, "remove[]": STAFF})["relatedObjects"] == [both[0]]
    assert client.get(path)["messages"] == ["No changes done."]
    assert client.read("uniqueMember", STAFF, "LSgroup") == []


def test_removal_cleans_references(client):
    client.get(f"LSpeople/{ZOE}/relation/groups", add=STAFF)
    client.set({"lsGodfatherDn[]": ZOE}, "uid=guest,ou=people,o=ls", "LSpeople")
    client.get(f"LSpeople/{ZOE}/remove")
    assert client.read("uniqueMember", STAFF, "LSgroup") == []
    assert client.read("lsGodfatherDn", "uid=guest,ou=people,o=ls", "LSpeople") == []
    client.person("zoe")
    assert client.get(f"LSpeople/{ZOE}")["relations"]["groups"] == []


def test_dynamic_groups(client):
    uri = "ldap:///ou=people,o=ls??one?(&(loginShell=/bin/bash)(gidNumber=102100))"
    client.post("LSdyngroup/create", {"cn": "shells", "lsDynGroupMemberDnURI": uri})
    dn = "cn=shells,ou=dyngroups,o=ls"
    assert client.read("lsDynGroupMemberUidURI", dn, "LSdyngroup").startswith("ldap:///ou=people,o=ls?uid?one?")
    assert client.set({"loginShell": "yes"}, ZOE, "LSpeople")["messages"][0].startswith("Members cache of 1 dynamic")
    assert client.read("lsDynGroupMemberDn", dn, "LSdyngroup") == [ZOE]
    assert client.get(f"LSpeople/{ZOE}")["relations"]["dyngroups"] == {dn: "shells"}
    client.get(f"LSpeople/{ZOE}/remove")
    assert client.read("lsDynGroupMemberDn", dn, "LSdyngroup") == []


# Import and export (contract 3.7, 3.8)


def imported(client, text: str, **params) -> dict:
    options = {"params": {"ioFormat": "labcsv"} | params, "headers": {"Content-Type": "text/csv"}}
    return client.send("POST", "LSlab/import", text.encode(), **options).json()


def test_an_import_updates_with_whole_rows(client):
    client.set({"title": "T", "description[]": ["a", "b"], "serialNumber": "kept"})
    answer = imported(client, "cn,title,desc,active\nbox,,c|d,yes\n", updateIfExists="1")
    assert (answer["imported"], answer["updated"]) == ([], {BOX: "box"})
    shown = client.get(f"LSlab/{BOX}")["attributes"]
    assert [shown[name] for name in ("title", "description", "pwdLockout", "serialNumber")] == [None, ["c", "d"], "yes", "kept"]


def test_unchanged_rows_count_as_updated(client):
    for _unused in range(2):
        assert imported(client, "cn,title\nbox,T\n", updateIfExists="1")["updated"] == {BOX: "box"}


def test_an_import_that_only_tries_an_update_writes_nothing(client):
    answer = imported(client, "cn,title\nbox,T\nnew,T\n", updateIfExists="1", justTry="1")
    assert (answer["updated"], answer["imported"]) == ({BOX: "box"}, {"cn=new,ou=lab,o=ls": "new"})
    assert client.read("title") is None
    assert client.get("LSlab")["total"] == 1


def test_twice_the_same_row(client):
    text = "cn,title\nnew,1\nnew,2\n"
    assert imported(client, text, justTry="1")["success"] is True
    answer = imported(client, text)
    assert list(answer["imported"]) == ["cn=new,ou=lab,o=ls"]
    assert answer["errors"][0]["errors"]["globals"] == ["An object already exist on LDAP server with DN cn=new,ou=lab,o=ls."]


@pytest.mark.parametrize("text", ["", "cn,title\nx\n", "cn,title\nx,1\n\n", "cn;title\nx;1,2\n"])
def test_what_is_no_table(client, text):
    assert "LSio_05" in imported(client, text)["errors"][0]


def test_a_byte_order_mark_hides_the_first_column(client):
    assert "LSattribute_06" in imported(client, "\ufeffcn,title\nx,1\n")["errors"][0]


def test_an_export_masks_passwords(client):
    exported = client.send("GET", "LSpeople/export", params={"ioFormat": "myfullcsv"})
    assert exported.headers["content-type"] == "text/csv;charset=UTF-8"
    rows = exported.text.splitlines()
    assert len(rows) == 3
    assert rows[2].split(",")[4:6] == ["zoe@example.org", "********"]


def test_a_cell_with_special_characters(client):
    client.set({"title": 'a "b", c', "description[]": ["x", "y z"]})
    assert client.send("GET", "LSlab/export", params={"ioFormat": "labcsv"}).text.splitlines()[1] == 'box,"a ""b"", c","x|y z",'


# Writes at once (contract 6.13)


def at_once(*calls) -> list[dict]:
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait(10)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_creations_of_one_identifier_both_succeed(client):
    client.server.knobs.write_seconds = 0.2
    answers = at_once(lambda: client.person(sn="One", shadowMax="5"), lambda: client.person(sn="Two"))
    assert [answer["success"] for answer in answers] == [True, True]
    assert client.get("LSpeople", filter="(uid=kim)")["total"] == 1


def test_creations_at_once_share_a_number(client):
    client.server.knobs.write_seconds = 0.2
    answers = at_once(*[lambda uid=uid: client.person(uid) for uid in ("kim", "kit")])
    numbers = [client.read("uidNumber", answer["dn"], "LSpeople") for answer in answers]
    assert len(numbers) == 2 and len(set(numbers)) == 1


@pytest.mark.parametrize(("seconds", "lost"), [(0.2, True), (0.0, False)])
def test_additions_at_once_lose_members(client, seconds, lost):
    client.person("kim")
    dns = [ZOE, "uid=kim,ou=people,o=ls"]
    client.server.knobs.write_seconds = seconds
    answers = at_once(*[lambda dn=dn: client.post(f"LSpeople/{dn}/relation/groups", {"add": STAFF}) for dn in dns])
    assert [answer["success"] for answer in answers] == [True, True]
    assert (len(client.read("uniqueMember", STAFF, "LSgroup")) == 1) is lost


def test_modifications_one_after_the_other_lose_nothing(client):
    client.server.knobs.write_seconds = 0.01
    for member in (ZOE, "uid=guest,ou=people,o=ls"):
        client.post(f"LSpeople/{member}/relation/groups", {"add": STAFF})
    assert len(client.read("uniqueMember", STAFF, "LSgroup")) == 2


def test_calls_of_one_session_wait_for_each_other(client):
    client.person("kim")
    cookies = opened(client)
    client.server.knobs.write_seconds = 0.2
    dns = [ZOE, "uid=kim,ou=people,o=ls"]
    at_once(*[lambda dn=dn: client.post(f"LSpeople/{dn}/relation/groups", {"add": STAFF}, cookies=cookies) for dn in dns])
    assert len(client.read("uniqueMember", STAFF, "LSgroup")) == 2


# What the lab adds


def test_a_write_is_what_the_call_does(client):
    client.get("LSpeople")
    client.post(f"LSpeople/{ZOE}")
    client.post(f"LSpeople/{ZOE}/relation/groups")
    imported(client, "cn\nx\n", justTry="1")
    client.send("POST", "LSlab/export", {"ioFormat": "labcsv"})
    assert client.server.writes() == []
    client.get(f"LSpeople/{ZOE}/relation/groups", add=STAFF)
    imported(client, "cn\nx\n")
    client.set({"title": "x"})
    client.get(f"LSlab/{BOX}/remove")
    client.send("DELETE", f"LSpeople/{ZOE}")
    assert [entry.path.rpartition("/")[2] for entry in client.server.writes()] == ["groups", "import", "modify", "remove"]
    entry = client.server.writes()[2]
    assert (entry.who, entry.auth, entry.login, entry.status, entry.body) == ("ansible", "password", True, 200, {"title": "x"})
    client.send("GET", "LSpeople", auth=("zoe", "wrong"))
    assert (client.server.log[-1].login, client.server.log[-1].status, client.server.log[-1].code) == (False, 200, "LSauth_01")


@pytest.mark.parametrize(
    ("kind", "details", "status", "stored"),
    [
        ("status", {"status": 418, "body": "no"}, 418, False),
        ("refusal", {}, 200, False),
        ("html", {"status": 502}, 502, False),
        ("empty", {}, 200, False),
        ("throttle", {}, 429, False),
        ("maintenance", {}, 503, False),
        ("locked", {}, 500, False),
        ("locked", {"effect": True}, 500, True),
        ("redirect", {"location": "/elsewhere"}, 302, False),
        ("truncate", {}, 200, True),
        ("drop", {"fields": ["title"]}, 200, False),
        ("bad_request", {}, 400, True),
        ("delay", {"seconds": 0.01}, 200, True),
    ],
)
def test_faults(client, kind, details, status, stored):
    client.server.fault(kind, method="POST", path="/modify$", **details)
    assert client.send("POST", f"LSlab/{BOX}/modify", {"title": "new"}).status_code == status
    assert (client.read("title") == "new") is stored
    assert client.server.log[0].fault == kind
    assert client.set({"title": "newer"})["success"] is True


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({}, "(Code LSsession_11) LSsession : Your are not authorized to do this action."),
        ({"code": "LSsession_10"}, "(Code LSsession_10) LSsession : Impossible to authenticate you."),
        ({"message": "no"}, "(Code LSsession_11) no"),
    ],
)
def test_refusals_are_http_200(client, details, told):
    client.server.fault("refusal", path="LSpeople", **details)
    answer = client.send("GET", "LSpeople")
    assert (answer.status_code, answer.json()) == (200, {"errors": [told]})


def test_a_lost_answer_has_taken_effect(client):
    client.server.fault("lost", path="/create")
    with pytest.raises(requests.ConnectionError):
        client.person()
    assert client.get("LSpeople", filter="(uid=kim)")["total"] == 1
    assert client.server.writes()[0].status is None


def test_a_session_that_ends_takes_the_level_along(client):
    cookies = dict(client.send("POST", "LSgroup", {"LSsession_ldapserver": "1"}).cookies)
    level = {"cookies": cookies, "auth": None}
    assert client.send("POST", "LSgroup/create", {"LSsession_topDn": COMPANY, "cn": "one"}, **level).json()["dn"].endswith(COMPANY)
    client.server.fault("expire", path="/create")
    assert client.send("POST", "LSgroup/create", {"cn": "two"}, cookies=cookies).json()["dn"] == "cn=two,ou=groups,o=ls"
    client.server.fault("expire", path="/create")
    answer = client.send("POST", "LSgroup/create", {"cn": "three"}, **level)
    assert answer.status_code == 401 and answer.json() == {
        "errors": ["LdapSaisie - Authentication required"]
    }  # in the language of the call


def test_a_creation_that_breaks_in_the_middle(client):
    client.server.fault("bad_request", path="/create")
    answer = client.post("LSlab/create", {"cn": "half", "title": "T"})
    assert answer["success"] is False
    assert client.read("title", "cn=half,ou=lab,o=ls") is None


def test_values_set_and_values_cleared_are_two_operations(client):
    client.set({"title": "old"})
    client.server.fault("bad_request", path="/modify")
    assert "LSldap_06" in client.set({"title": "", "serialNumber": "new"})["errors"][0]
    assert (client.read("title"), client.read("serialNumber")) == ("old", "new")


def test_dropped_fields(client):
    client.server.fault("drop", times=None, fields=["mail", "groups", "object", "uid"])
    assert client.person()["success"] is True
    assert client.get("LSpeople", filter="(uid=kim)")["total"] == 0
    assert client.post(f"LSpeople/{ZOE}/relation/groups", {"add": STAFF})["success"] is True
    assert client.post(f"LSpeople/{ZOE}/remove")["success"] is True
    assert client.set({"mail": "new@example.org", "uid": "zora", "sn": "Kept"}, ZOE, "LSpeople")["success"] is True
    zoe = client.get(f"LSpeople/{ZOE}")
    assert (zoe["attributes"]["mail"], zoe["attributes"]["sn"], zoe["relations"]["groups"]) == ("zoe@example.org", "Kept", [])


def test_dropped_fields_of_creations_and_imports(client):
    client.server.fault("drop", times=None, fields=["title"])
    client.post("LSlab/create", {"cn": "one", "title": "T", "serialNumber": "S"})
    imported(client, "cn,title,desc\ntwo,T,D\n")
    assert client.read("title", "cn=one,ou=lab,o=ls") is client.read("title", "cn=two,ou=lab,o=ls") is None
    assert client.read("serialNumber", "cn=one,ou=lab,o=ls") == "S"
    assert client.read("description", "cn=two,ou=lab,o=ls") == ["D"]


def test_a_removal_that_the_directory_refuses(client):
    client.server.fault("bad_request", path="/remove")
    answer = client.send("POST", f"LSlab/{BOX}/remove")
    assert answer.status_code == 400
    assert "LSldapObject_15" in answer.json()["errors"][0]
    assert client.read("cn") == "box"


def test_the_directory_is_down(client):
    client.server.knobs.ldap_down = True
    errors = client.get("LSpeople")["errors"]
    assert [error[6:15].rstrip(")") for error in errors] == ["LSldap_01", "LSsession"]


@pytest.mark.parametrize("trouble", [{"reset": "before"}, {"reset": "after"}, {"cut_after": 20}])
def test_troubles_on_the_line(client, trouble):
    with client.server.wire(**trouble) as url, pytest.raises(requests.RequestException):
        requests.post(f"{url}/api/1.0/object/LSlab/create", {"cn": "wired"}, auth=client.login, timeout=10)
    assert client.get("LSlab", pattern="wired")["total"] == (trouble != {"reset": "before"})


def test_state_survives_a_restart(client):
    client.server.seed(attributes={"LSlab": {"homePhone": {"kind_name": "maildir"}}})
    client.set({"title": "kept", "homePhone": "/x"})
    client.get(f"LSpeople/{ZOE}/relation/groups", add=STAFF)
    before = client.get(f"LSlab/{BOX}"), client.get(f"LSpeople/{ZOE}"), client.get("LSpeople")
    state = json.loads(json.dumps(client.lab.state()))
    client.server.reset()
    assert client.send("GET", f"LSlab/{BOX}").status_code == 404
    client.lab.restore(state)
    assert (client.get(f"LSlab/{BOX}"), client.get(f"LSpeople/{ZOE}"), client.get("LSpeople")) == before
    assert client.server.state() == state["ldapsaisie"]


def test_a_fresh_server_and_the_demonstration(client):
    client.server.reset(fresh=True)
    assert (client.get("LSpeople")["total"], client.get("LSgroup")["total"]) == (0, 0)
    client.server.reset()
    client.server.seed_named("demo")
    assert {"cn=staff,ou=groups,o=ls", "cn=school,ou=groups,o=ls"} <= client.get("LSgroup")["objects"].keys()
    assert client.person(gidNumber="102102")["success"] is True


def test_the_control_interface(client):
    control = f"{client.lab.control}/ldapsaisie"
    wanted = {"objects": [{"type": "LSlab", "attributes": {"cn": "late"}}], "counters": {"uidNumber": 5}}
    requests.post(f"{control}/seed", json=wanted, timeout=10)
    assert requests.get(f"{control}/state", timeout=10).json()["counters"]["uidNumber"] == 5
    assert client.get("LSlab")["total"] == 2
    assert requests.patch(f"{control}/knobs", json={"ldap_down": True}, timeout=10).json()["ldap_down"] is True
    assert "LSldap_01" in client.get("LSlab")["errors"][0]
    requests.post(f"{control}/reset", json={"fresh": True}, timeout=10)
    assert client.get("LSlab")["total"] == 0
    described = requests.get(client.lab.control, timeout=10).json()["ldapsaisie"]
    assert (described["username"], described["password"]) == client.login
