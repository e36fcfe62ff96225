# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The verdict on answers, and what a request of the user's own may do (chapters 1 and 2)."""

from __future__ import annotations

import json

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import (
    AuthError,
    BadReply,
    InvalidInput,
    Lost,
    NotFound,
    Refused,
    Unavailable,
)
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie import names
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.client import LdapsaisieClient, Partly, UnknownLogin
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.kinds import loosely_same
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import dn

REFUSED = '{"errors": ["(Code LSsession_11) LSsession : no"]}'


class Answer:
    def __init__(self, text, status=200, kind="application/json", **headers):
        self.text, self.status_code, self.content = text, status, headers.pop("content", text.encode())
        self.headers = {"Content-Type": kind, **headers}
        self.request = self
        self.headers.setdefault("Authorization", "Basic")

    def json(self):
        return json.loads(self.text)


def client(**more):
    params = {name: option.get("default") for name, option in LdapsaisieClient.options().items()}
    return LdapsaisieClient({**params, "api_url": "http://ls.invalid", "api_username": "a", "api_password": "b", **more})


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (Answer(REFUSED), Refused, "LSsession : no (LSsession_11)"),
        (Answer(REFUSED, 404), Refused, "LSsession : no (LSsession_11)"),
        (Answer('{"errors": ["La page est &eacute;gar&eacute;e"]}', 404), NotFound, "La page est égarée (HTTP 404)"),
        (Answer('{"success": false, "fields_errors": []}', 400), Refused, "refused without a reason (HTTP 400)"),
        (Answer('{"success": false, "fields_errors": {"sn": ["a<li>b"], "cn": "c"}}', 400), Refused, "sn: a b; cn: c (HTTP 400)"),
        (Answer('{"success": false, "warnings": ["No x"], "errors": {"0": "Some"}}', 400), Refused, "Some; No x (HTTP 400)"),
        (Answer('{"success": false, "messages": ["partially"], "errors": ["m"]}', 400), Partly, "it was written"),
        (Answer('{"errors": ["(Code LSauth_01) x", "(Code LSsession_10) y"]}'), AuthError, "x; y"),
        (Answer('{"errors": ["(Code LSauth_01) x", "(Code LSauth_01) x", "(Code LSsession_10) y"]}'), UnknownLogin, "x; y"),
        (Answer('{"errors": ["(Code LSldap_01) x"]}'), Unavailable, "its directory does not answer"),
        (Answer('{"errors": ["x"]}', 401), AuthError, "x (HTTP 401)"),
        (Answer("<html>", 401, "text/html"), AuthError, "something between here and LdapSaisie"),
        (Answer("<html>", 404, "text/html"), BadReply, "a name with a slash cannot be reached"),
        (Answer(REFUSED + REFUSED, 500), BadReply, "not one document of LdapSaisie (HTTP 500, application/json)"),
        (Answer("", 200, "text/html"), BadReply, "not one document"),
        (Answer("[]"), BadReply, "the answer is not of LdapSaisie"),
        (Answer('{"objects": []}'), Refused, "refused without a reason"),
        (Answer('{"success": "yes"}'), Refused, "refused without a reason"),
        (Answer('{"success": false, "errors": ["An exception\\n#1"]}', 500), Lost, "An exception #1 (HTTP 500)"),
        (Answer('{"success": false, "errors": ["not a<b>c<"]}', 400), Refused, "not a c< (HTTP 400)"),
        (Answer(REFUSED, kind="text/csv", content=b"\xff"), BadReply, "not one document"),
    ],
)
def test_verdicts(answer, error, words):
    with pytest.raises(error) as caught:
        client().judge(answer)
    assert words in str(caught.value) and caught.type is error


def test_success():
    assert client().judge(Answer('{"success": true, "errors": ["x"]}', 500))["errors"] == ["x"]
    assert client().judge(Answer("a;b\n", kind="text/csv;charset=UTF-8")) == "a;b\n"


def test_the_values_of_a_row_are_not_repeated():
    """A refused import repeats each row, its password too."""
    row = '{"data": {"userPassword": ["s3cret"]}, "errors": {"globals": ["bad"], "attrs": {"sn": ["empty"]}}}'
    with pytest.raises(Refused) as caught:
        client().judge(Answer(f'{{"success": false, "errors": [{row}]}}', 400))
    assert str(caught.value) == "bad; sn: empty (HTTP 400)"


@pytest.mark.parametrize(
    ("method", "path", "query", "writes"),
    [
        ("GET", "/api/1.0/object/LSpeople", {}, False),
        ("POST", "/api/1.0/object/LSpeople", {}, False),
        ("GET", "/api/1.0/object/LSpeople/x", {}, False),
        ("GET", "/api/1.0/object/LSpeople/x/remove", {}, True),
        ("GET", "/api/1.0/object/LSpeople/x/remove/", {}, True),
        ("POST", "/api/1.0/object/LSpeople/create", {}, True),
        ("POST", "/api/1.0/object/LSpeople/import", {"justTry": 1}, False),
        ("POST", "/api/1.0/object/LSpeople/import", {"justTry": "0"}, True),
        ("POST", "/api/1.0/object/LSpeople/export", {}, False),
        ("GET", "/api/1.0/object/LSpeople/x/relation/groups", {}, False),
        ("GET", "/api/1.0/object/LSpeople/x/relation/groups", {"add[]": "y"}, True),
        ("GET", "/api/1.0/object/LSpeople/x/relation/groups", {" add": "y"}, True),
        ("POST", "/api/1.0/object/LSpeople/x/relation/groups", {}, None),  # the body may say so
        ("GET", "/api/1.0/object/LSpeople/x/remove", {"justTry": "1"}, True),
        ("POST", "/api/1.0/object/LSpeople/create", {"justTry": "1"}, True),
        ("POST", "/api/1.0/object/LSpeople/x/import", {"justTry": "1"}, True),
        ("POST", "/api/1.0/object/LSpeople/import", {"justTry": "false"}, True),
        ("GET", "/api/1.0/object/LSpeople/x/remov%65", {}, True),
        ("GET", "/api/1.0/object/LSpeople/x/Remove", {}, True),
        ("GET", "/api/1.0/object/LSpeople/x/customAction/y", {}, None),
        ("POST", "/api/2.0/object/LSpeople", {}, None),
        ("GET", "/", {}, None),
    ],
)
def test_what_writes_is_told_by_the_path(method, path, query, writes):
    assert LdapsaisieClient.writes(method, path, query) is writes


def test_check_mode_deletes_nothing(ls):
    for path in ("remove", "remov%65"):
        wish = {"path": f"/api/1.0/object/LSpeople/{dn('zoe')}/{path}", "query": {"justTry": "1"}}
        assert ls.ok("request", check=True, **wish)["sent"] is False and ls.attributes(dn("zoe"))
        assert "is known to write" in ls.bad("request", changes=False, **wish) and ls.attributes(dn("zoe"))


def test_a_request_that_failed_after_it_was_carried_out(ls):
    ls.ok("object", type="LSpeople", dn=dn("zoe"), attributes={"mail": "bounce@example.org"})
    wish = {"method": "POST", "path": f"/api/1.0/object/LSpeople/{dn('zoe')}/modify"}
    password = {"userPassword": 'An"<b>r-pw', "LSformElement_password_userPassword_send": "1"}
    result = ls("request", **wish, secret_body=password)
    assert result["failed"] and result["changed"] is True and "it was written, and something after that failed" in result["msg"]
    ls.backend.fault("lost", path="/modify$")
    assert "whether it was carried out is not known" in ls.bad("request", **wish, body={"sn": "Fable"})


@pytest.mark.parametrize("echo", ['x<y>"z\\é', "x&lt;y&gt;&quot;z\\&eacute;"])
def test_a_secret_is_found_as_the_server_quotes_it(ls, echo):
    """Errors without a code are HTML (chapter 1.3)."""
    body = json.dumps({"success": False, "errors": [f"echo {echo}"], "fields_errors": {"sn": [echo]}})
    wish = {"secret_body": {"userPassword": 'x<y>"z\\é'}, "path": f"/api/1.0/object/LSpeople/{dn('zoe')}/modify", "method": "POST"}
    for more in ({}, {"status_code": [400]}):
        ls.backend.fault("status", path="/modify$", status=400, content_type="application/json", body=body)
        result = ls("request", **wish, **more)
        assert "z\\" not in str(result) and "echo (hidden)" in str(result)
    ls.backend.fault("status", path="/modify$", status=400, content_type="application/json", body=body)
    password = {"passwords": wish["secret_body"], "update_password": "always"}
    assert "echo (hidden)" in ls.bad("object", type="LSpeople", dn=dn("zoe"), **password)


ODD = [
    {"content_type": "text/csv", "body": "a;b\n"},
    {"content_type": "application/json", "body": '{"success": true}'},
    {"content_type": "application/json", "body": '{"success": true, "objects": 5, "attributes": 7, "relations": "x", "name": "n"}'},
    {"content_type": "application/json", "body": '{"success": true, "objects": [1], "attributes": null, "relations": {}, "name": "n"}'},
    {"content_type": "application/json", "body": '{"success": true, "objects": [{"name": "x"}], "attributes": {}, "relations": []'},
]


@pytest.mark.parametrize("answer", ODD)
@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("object", {"dn": dn("zoe"), "attributes": {"sn": "Fable"}}),
        ("object", {"dn": dn("zoe"), "state": "absent"}),
        ("object", {"objects": [{"type": "LSpeople", "dn": dn(f"p{number}"), "state": "absent"} for number in range(25)]}),
        ("relation", {"dn": dn("zoe"), "relation": "groups", "related": []}),
        ("object_info", {"dn": dn("zoe")}),
        ("object_info", {}),
        ("import", {"io_format": "mycsv", "content": "login\nx\n", "columns": {"login": "uid"}}),
    ],
)
def test_an_answer_of_another_shape_is_one_sentence_and_no_absence(ls, answer, module, options):
    ls.backend.fault("status", path="LSpeople", status=200, times=None, **answer)
    options = {"type": "LSpeople", **options} if "objects" not in options else options
    message = ls.bad(module, **options)
    assert "the answer" in message and "\n" not in message and ls.wrote() == []


def test_a_search_is_no_object_that_may_be_missing(ls):
    """Before a deletion it tells what lies below."""
    gone = {"status": 404, "content_type": "application/json", "body": '{"errors": ["gone"]}'}
    ls.backend.fault("status", path="LScompany$", **gone)
    assert "gone" in ls.bad("object", type="LSpeople", dn=dn("zoe"), state="absent") and ls.attributes(dn("zoe"))


def test_a_request_of_the_users_own_in_check_mode(ls):
    path = f"/api/1.0/object/LSpeople/{dn('zoe')}/relation/groups"
    wish = {"method": "POST", "path": path, "body": {"add[]": "cn=staff,ou=groups,o=ls"}}
    result = ls.ok("request", check=True, **wish)
    assert result["sent"] is False and result["changed"] is True and ls.group("staff") == []
    assert ls.ok("request", **wish)["answer"]["messages"] == ["Objects in relation updated."] and ls.group("staff") == [dn("zoe")]


def test_the_language_is_always_sent(ls):
    ls.ok("object", type="LSpeople", dn=dn("zoe"), attributes={"sn": "Fable"})
    ls.ok("object_info", type="LSpeople")
    ls.ok("request", path="/api/1.0/object/LSpeople")
    assert {entry.query["lang"] for entry in ls.backend.log} == {"en_US"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"api_password": None}, "Credentials are needed"),
        ({"api_username": "a:b"}, "must not hold a colon or a star"),
        ({"api_username": "a*"}, "must not hold a colon or a star"),
    ],
)
def test_credentials_that_cannot_be(options, words):
    with pytest.raises(InvalidInput, match=words):
        client(**options)


@pytest.mark.parametrize("ending", ["", "/", "/api", "/api/1.0", "/api/1.0/"])
def test_addresses(ending):
    assert client(api_url=f"http://ls.invalid/saisie{ending}").transport.base == "http://ls.invalid/saisie"


def test_too_many_values_are_not_sent():
    with pytest.raises(InvalidInput, match="1001 values"):
        client().send("LSlab/x/modify", [("a[]", "x")] * 1001)
    with pytest.raises(InvalidInput, match="1001 values"):
        client().body({}, {"a[]": ["x"] * 1000, "b": "y"}, "form")


def test_names():
    assert names.key("UID = Zoe ,ou=people,  o=ls") == "uid=zoe,ou=people,o=ls"
    assert names.key(r"cn=a\2Cb\C3\A9,o=ls") == names.key("CN=a\\,be\u0301, o=ls") and names.key("cn=straße") != names.key("cn=strasse")
    assert names.rdn(r"cn=a\,b=c,o=ls") == ("cn", r"a\,b=c") and names.parent(r"cn=a\,b=c, o=ls") == "o=ls"
    assert names.below("uid=a,o=ls", "O=LS") and names.below("o=ls", "o=ls") and not names.below("uid=a,o=xls", "o=ls")


@pytest.mark.parametrize(
    ("have", "want", "same"),
    [
        ("10", ["10.0"], True),
        ("1e3", ["1000"], True),
        (" 10", ["10"], True),
        ("042", ["42"], True),
        ("10", ["10"], False),
        ("a", ["A"], False),
        ("", ["0"], False),
        (["1", "b"], ["1.0", "b"], True),
        (["1", "b"], ["b", "1.0"], False),
        ("0x1A", ["26"], False),
    ],
)
def test_what_the_server_takes_for_the_same(have, want, same):
    assert loosely_same(have, want) is same
