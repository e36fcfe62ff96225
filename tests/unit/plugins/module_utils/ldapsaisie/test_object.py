# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of any type: what is compared, sent, refused and noticed."""

from __future__ import annotations

import json

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie import names
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import (
    PEOPLE,
    PIXEL,
    attributes,
    dn,
    group,
    person,
    seeded,
)

from .conftest import BOX

ZOE = {"type": "LSpeople", "dn": dn("zoe")}
MAILS = "LSformElement_password_userPassword_send"


# Kinds of attributes (chapter 4): attribute, declared kind, two values, and how the second one arrives at the server


KINDS = [
    ("title", "", "A", 5, {"title": "5"}),
    ("title", "", "x" * 3, "", {"title": ""}),
    ("serialNumber", "lines", "a\r\nb", "a\nc", {"serialNumber": "a\nc"}),
    ("description", "", ["a", "b"], ["c"], {"description": ["c"]}),
    ("description", "", ["a", "b"], [], {"description": [""]}),
    ("description", "ordered", ["a", "b"], ["b", "a"], {"description": ["b", "a"]}),
    ("employeeType", "", "a", "b", {"employeeType": "b"}),
    ("businessCategory", "", ["x", "y"], "z", {"businessCategory": ["z"]}),
    ("seeAlso", "dn", [dn("coral")], [dn("gus"), "UID=coral, ou=people,o=ls"], {"seeAlso": [dn("gus"), dn("coral")]}),
    ("manager", "dn", dn("coral"), "", {"manager": ""}),
    ("memberUid", {"type": "dn", "of": "LSpeople"}, [dn("coral")], ["UID=GUS,ou=people,o=ls"], {"memberUid": [dn("gus")]}),
    ("postalAddress", "", "1 Street\nTown", "2 Street\nTown", {"postalAddress": "2 Street\nTown"}),
    ("roomNumber", "", ["[a]1"], ["[b]2"], {"roomNumber": ["[b]2"]}),
    ("carLicense", "", [{"plate": "A"}], [{"plate": "B", "tags": ["x"]}], {"carLicense": ['{"plate": "B", "tags": ["x"]}']}),
    ("carLicense", "json", '{"plate": "A"}', {"plate": "B"}, {"carLicense": ['{"plate": "B"}']}),
    ("departmentNumber", "unit", 3600, 0, {"departmentNumber": ["0"]}),
    ("departmentNumber", "unit", 3600, "", {"departmentNumber": [""]}),
    ("employeeNumber", "quota", 5, 0, {"employeeNumber": "0"}),
    ("destinationIndicator", "mail_quota", "1000S", "2000S", {"destinationIndicator": "2000S"}),
    ("pwdLockout", "", True, False, {"pwdLockout": "no"}),
    ("pwdLockout", "boolean", "yes", "no", {"pwdLockout": "no"}),
    ("pwdLockout", "", True, "", {"pwdLockout": ""}),
    ("street", "date", "31/12/2027, 23:59:58", "01/01/2028, 00:00:00", {"street": "01/01/2028, 00:00:00"}),
    (
        "shadowExpire",
        "date",
        "31/12/2027",
        {"value": "0", "label": "Always (disable account)"},
        {"shadowExpire": "0"},
    ),
    ("ou", "", ["ssh-rsa AAAA one@example.org"], ["ssh-rsa BBBB two@example.org"], {"ou": ["ssh-rsa BBBB two@example.org"]}),
]


@pytest.mark.parametrize(("name", "kind", "first", "second", "sent"), KINDS, ids=[f"{each[0]}-{each[1]}" for each in KINDS])
def test_kinds(ls, name, kind, first, second, sent):
    types = {name: kind} if kind else {}
    ls.converges("object", **ls.box(attributes={name: first}, types=types))
    result = ls.converges("object", **ls.box(attributes={name: second}, types=types))
    assert [entry.body for entry in ls.last] == [sent]
    assert result["objects"][0]["fields"] == [f"attributes.{name}"]
    new = {"type": "LSlab", "dn": "cn=new,ou=lab,o=ls", "attributes": {name: first}, "attribute_types": types}
    ls.converges("object", **new)


@pytest.mark.parametrize(
    ("name", "kind", "value", "words"),
    [
        ("pwdLockout", "boolean", "true", "attributes.pwdLockout 'true': it is yes or no"),
        ("pwdLockout", "boolean", 1, "attributes.pwdLockout 1: it is yes or no"),
        ("departmentNumber", "unit", "1h", "it is a whole number"),
        ("carLicense", "json", "{", "it is a map, or its JSON text"),
        ("seeAlso", "dn", ["coral"], "it is not a DN"),
        ("street", "date", {"value": "0"}, "a map with value, which the server takes, and label"),
        ("title", "text", {"a": 1}, "it must be a text, a number or a boolean"),
        ("title", "", "********", "stands for a secret and is no value"),
        ("title", "word", "a", "title must be one of text, boolean, date, dn"),
        ("title", {"type": "text", "of": "LSpeople"}, "a", "only a dn is of other types"),
    ],
)
def test_bad_values_are_refused_before_the_first_request(ls, name, kind, value, words):
    message = ls.bad("object", **ls.box(attributes={name: value}, types={name: kind} if kind else {}))
    assert words in message and len(ls.backend.log) == 0


@pytest.mark.parametrize("word", ["Yes", "NO", " yes", ["true"], "oui"])
def test_other_spellings_of_yes_and_no_are_none(ls, word):
    ls.ok("object", **ls.box(attributes={"pwdLockout": True}))
    assert "is yes or no, and with" in ls.bad("object", **ls.box(attributes={"pwdLockout": word})) and ls.wrote() == []
    ls.quiet("object", **ls.box(attributes={"pwdLockout": ["yes"]}))


@pytest.mark.parametrize("word", ["true", "TRUE", "1", 0])
def test_words_with_which_the_server_would_delete_a_boolean(ls, word):
    ls.ok("object", **ls.box(attributes={"pwdLockout": True}))
    for check in (True, False):
        message = ls.bad("object", check=check, **ls.box(attributes={"pwdLockout": word}))
        assert "attributes.pwdLockout is yes or no" in message and ls.wrote() == []
    assert ls.attributes(BOX)["pwdLockout"] == ["TRUE"]
    # Where nothing tells that it is one, reading back does.
    result = ls("object", type="LSlab", dn="cn=new,ou=lab,o=ls", attributes={"pwdLockout": word})
    assert result["failed"] and result["objects"][0]["dropped"] == ["attributes.pwdLockout"]
    # A text may hold these words.
    ls.ok("object", **ls.box(attributes={"title": "yes"}))
    ls.converges("object", **ls.box(attributes={"title": word}, types={"title": "text"}))


def test_the_label_of_a_special_date_is_not_sent_back(ls):
    disabled = "Always (disable account)"
    ls.ok("object", **ls.box(attributes={"shadowExpire": "0"}, types={"shadowExpire": {"type": "text"}}), on_unconverged="warn")
    ls.quiet("object", **ls.box(attributes={"shadowExpire": disabled}, types={"shadowExpire": "date"}))
    ls.ok("object", **ls.box(attributes={"shadowExpire": "31/12/2027"}))
    message = ls.bad("object", **ls.box(attributes={"shadowExpire": disabled}, types={"shadowExpire": "date"}))
    assert "it would clear the attribute" in message and ls.wrote() == []


def test_one_value_only(ls):
    message = ls.bad("object", **ls.box(attributes={"title": ["a", "b"]}))
    assert message == f"{BOX}: attributes.title cannot be set: it holds one value only" and ls.wrote() == []
    ls.converges("object", **ls.box(attributes={"title": ["a"]}))


def test_what_the_server_would_take_for_the_same_number_is_cleared_first(ls):
    ls.ok("object", **ls.box(attributes={"title": "10", "description": ["1e3", "x"]}))
    ls.converges("object", **ls.box(attributes={"title": "10.0", "description": ["1000", "x"], "mail": "a@example.org"}))
    assert [entry.body for entry in ls.last] == [
        {"title": "10.0", "description": ["1000", "x"], "mail": ["a@example.org"]},
        {"title": ""},
        {"title": "10.0"},
        {"description": [""]},
        {"description": ["1000", "x"]},
    ]


def test_nothing_is_cleared_for_a_value_that_is_refused(ls):
    ls.ok("object", **ls.box(attributes={"title": "10"}))
    message = ls.bad("object", **ls.box(attributes={"title": "10.0", "carLicense": [{"x": "y"}]}))
    assert "Component Plate must be defined" in message and ls.attributes(BOX)["title"] == ["10"]


def test_what_cannot_be_cleared_first_is_reported(ls):
    ls.ok("object", **ls.box(attributes={"o": "042"}))
    result = ls("object", **ls.box(attributes={"o": "42", "title": "new"}))
    assert result["failed"] and result["objects"][0]["dropped"] == ["attributes.o"]
    assert ls.attributes(BOX)["o"] == ["042"] and ls.attributes(BOX)["title"] == ["new"]


# Reading


def test_an_unchanged_object_takes_one_request(ls):
    result = ls.quiet("object", **ZOE, attributes={"mail": "zoe@example.org", "description": ["one"]})
    assert ls.read() == [f"LSpeople/{dn('zoe')}"] and result["requests"] == {"reads": 2, "writes": 0}


def test_a_thousand_unchanged_objects_take_one_search(ls):
    ls.backend.seed(objects=[seeded(f"p{number}", description=["x", str(number)]) for number in range(1000)])
    people = [
        {
            "type": "LSpeople",
            "dn": dn(f"p{number}"),
            "attributes": {**attributes(f"p{number}"), "description": [str(number), "x"], "loginShell": False, "shadowMax": ""},
            "create_attributes": {"personalTitle": "Mme"},
            "passwords": {"userPassword": "Ignored-pw"},
        }
        for number in range(1000)
    ]
    result = ls.quiet("object", objects=people, workers=8)
    assert result["requests"] == {"reads": 2, "writes": 0} and ls.read() == ["LSpeople"]
    assert result["summary"]["unchanged"] == 1000


def test_attributes_that_a_search_does_not_show_are_read_one_by_one(ls):
    """Under the name of this attribute a search shows the name of the object."""
    ls.backend.seed(objects=[{"type": "LSlab", "attributes": {"cn": f"b{n}", "displayName": "D"}} for n in range(25)])
    boxes = [{"type": "LSlab", "dn": f"cn=b{n},ou=lab,o=ls", "attributes": {"displayName": "D"}} for n in range(25)]
    ls.quiet("object", objects=boxes)
    assert len(ls.read()) == 26


def test_an_unknown_attribute_is_named_whatever_the_way(ls):
    for options in (
        {"dn": dn("zoe")},
        {"dn": dn("zoe"), "check": True},
        {"dn": dn("new")},
        {"dn": dn("new"), "check": True},
    ):
        message = ls.bad("object", type="LSpeople", attributes={"nosuch": "x"}, **options)
        assert "nosuch" in message and "the type has no such attribute, or the account may not read it" in message
        assert ls.wrote() == []
    many = [{**ZOE, "attributes": {"nosuch": "x"}}, *(person(f"p{number}") for number in range(25))]
    result = ls("object", objects=many)
    assert result["summary"]["failed"] == 1 and result["summary"]["created"] == 25


def test_what_the_account_may_not_read_is_refused_and_what_it_may_not_write_is_noticed(ls):
    assert "attributes.initials cannot be set" in ls.bad("object", **ls.box(attributes={"initials": "x"}))
    assert ls.wrote() == []
    result = ls("object", **ls.box(attributes={"l": "Town", "title": "t"}))
    assert result["failed"] and result["objects"][0]["dropped"] == ["attributes.l"]
    assert "the server accepted attributes.l and did not store it as asked" in result["msg"]


def test_secrets_belong_into_passwords(ls):
    message = ls.bad("object", **ZOE, attributes={"userPassword": "Zoe-pw-999"})
    assert "it is a secret, so it belongs into passwords" in message and ls.wrote() == []
    message = ls.bad("object", **ZOE, passwords={"userPassword": "********"})
    assert "stands for a secret and is none" in message and len(ls.backend.log) == 0


def test_another_spelling_of_the_dn(ls):
    """It costs an administrator his rights (chapter 1.2)."""
    other = "UID=ZOE, OU=people,O=ls"
    ls.converges("object", type="LSpeople", dn=other, attributes={"givenName": "Zoë", "sn": "Parable"})
    assert [ls.short(entry) for entry in ls.last] == [f"LSpeople/{dn('zoe')}/modify"]
    ls.ok("object", type="LSpeople", dn=other, attributes={"sn": "Fable"})
    assert ls.wrote() == [f"LSpeople/{dn('zoe')}/modify"]
    ls.converges("object", type="LSpeople", dn=other, state="absent")
    assert ls.attributes(dn("zoe")) is None


def test_nothing_is_absent_that_could_not_be_read(ls):
    for kind, words in (("LScompany", "not authorized"), ("LSnope", "LSsession_04")):
        one = {"type": kind, "dn": "ou=acme,ou=companies,o=ls", "state": "absent"}
        assert words in ls.bad("object", **one)
        many = [{"type": kind, "dn": f"ou=c{number},ou=companies,o=ls", "state": "absent"} for number in range(25)]
        result = ls("object", objects=many, check=True)
        assert result["summary"]["failed"] == 25 and words in result["msg"]


def test_a_repaired_server_is_understood_too(ls):
    """Other statuses, and empty maps that are maps (chapter 12)."""
    ls.backend.change_knobs({"strict_status": True, "empty_as_object": True})
    ls.converges("object", **person("new", description=["a"]))
    ls.converges("object", type="LSpeople", dn=dn("new"), attributes={"description": []})
    assert "LSsession_04" in ls.bad("object", type="LSnope", dn="cn=a,o=ls")
    ls.converges("object", type="LSpeople", dn=dn("new"), state="absent")
    message = ls.bad("object", login=ls.wrong_connection(), **ZOE)
    assert "credentials were refused" in message and "is api_access on for accounts of this type?" in message


def test_a_directory_that_does_not_answer_is_asked_again(ls, pauses):
    ls.backend.fault("refusal", code="LSldap_01", path="zoe", times=2)
    ls.quiet("object", **ZOE)
    assert pauses == [0.5, 1.0]
    ls.backend.change_knobs({"ldap_down": True})
    assert "its directory does not answer" in ls.bad("object", **ZOE)
    assert len(ls.backend.log) == 4 and ls.wrote() == []


# Creating


def test_a_creation_costs(ls):
    """The login; the object, twice (the second time with the lock held); where it will be put; the creation; the object."""
    result = ls.ok("object", **person("new"))
    assert result["requests"] == {"reads": 5, "writes": 1}
    assert result["objects"][0]["id"] == {"dn": dn("new"), "type": "LSpeople"}


def test_a_name_instead_of_a_dn(ls):
    named = {"type": "LSpeople", "name": "zoe", "rdn": "uid", "container": PEOPLE}
    ls.quiet("object", **named, attributes={"sn": "Parable"})
    assert "cannot be combined" in ls.bad("object", **named, dn=dn("zoe"))
    assert "name, rdn and container must be given together" in ls.bad("object", type="LSpeople", name="zoe")
    assert "dn and type or name and rdn and container and type must be given" in ls.bad("object", dn=dn("zoe"))
    assert "are the same object" in ls.bad("object", objects=[named, {"type": "LSpeople", "dn": "UID=ZOE,ou=people,o=ls"}])


def test_what_all_entries_share_stands_beside_the_list(ls):
    entries = [{"name": "zoe"}, {"dn": dn("coral")}, {"type": "LSgroup", "dn": "cn=staff,ou=groups,o=ls"}]
    result = ls.quiet("object", type="LSpeople", rdn="uid", container=PEOPLE, objects=entries, return_all=True)
    assert [each["name"] for each in result["objects"]] == [dn("zoe"), dn("coral"), "cn=staff,ou=groups,o=ls"]


@pytest.mark.parametrize("name", ["a,b", "a+b", 'a"b', "a;b", "#a", "a/b", "a\\b"])
def test_names_that_the_server_cannot_spell(ls, name):
    message = ls.bad("object", type="LSlab", name=name, rdn="cn", container="ou=lab,o=ls")
    assert "the server cannot name an object with" in message and len(ls.backend.log) == 0


def test_the_server_chooses_the_container(ls):
    for check in (True, False):
        message = ls.bad("object", check=check, **{**person("new"), "dn": "uid=new,ou=elsewhere,o=ls"})
        assert "the server puts new objects of this type into ou=people,o=ls, not into ou=elsewhere,o=ls" in message
        assert ls.wrote() == []
    # Of a type without objects it is only known afterwards.
    ls.backend.seed(remove=[BOX])
    result = ls("object", type="LSlab", dn="cn=new,ou=elsewhere,o=ls")
    assert result["failed"] and "the server created it as cn=new,ou=lab,o=ls" in result["msg"]
    assert result["changed"] is True


def test_the_server_chooses_what_names_an_object(ls):
    """And it knows that attribute in its own spelling only."""
    wish = {**person("new"), "dn": "UID=new, OU=people,o=ls"}
    ls.converges("object", **wish)
    assert ls.attributes(dn("new"))
    for check in (True, False):
        message = ls.bad("object", check=check, **{**person("other"), "dn": "description=other,ou=people,o=ls"})
        assert "the server names objects of this type by uid, not by description" in message and ls.wrote() == []


def test_attributes_of_new_objects_only(ls):
    wish = {"type": "LSlab", "dn": "cn=new,ou=lab,o=ls", "create_attributes": {"displayName": "D", "title": "first"}}
    ls.converges("object", **wish)
    assert ls.attributes(wish["dn"])["displayName"] == ["D"]
    ls.quiet("object", **{**wish, "create_attributes": {"displayName": "E", "title": "second", "l": "never"}})
    # A new person's picture is not in the form of a creation: it comes with a modification.
    ls.converges("object", **person("new"), create_attributes={"sambaHomeDrive": "Y:"}, images={"jpegPhoto": PIXEL})
    assert ls.attributes(dn("new"))["sambaHomeDrive"] == ["Y:"]
    result = ls("object", type="LSlab", dn="cn=other,ou=lab,o=ls", create_attributes={"l": "Town"})
    assert result["failed"] and result["objects"][0]["dropped"] == ["create_attributes.l"]
    message = ls.bad("object", **{**wish, "attributes": {"title": "x"}})
    assert "title stands in both attributes and create_attributes" in message


def test_what_can_only_be_chosen_at_creation(ls):
    new = {"type": "LSlab", "dn": "cn=new,ou=lab,o=ls"}
    ls.converges("object", **new, attributes={"displayName": "D"})
    assert ls("object", **new, attributes={"displayName": "E"})["objects"][0]["dropped"] == ["attributes.displayName"]


def test_a_data_entry_form(ls):
    """Its defaults overwrite what was given, and what it does not show is ignored: a modification sets both."""
    wish = {**person("new", description=["mine"], loginShell=True), "data_entry_form": "simple"}
    ls.converges("object", **wish)
    stored = ls.attributes(dn("new"))
    assert stored["description"] == ["mine"] and stored["loginShell"] == ["/bin/bash"]
    assert [ls.short(entry) for entry in ls.last] == ["LSpeople/create", f"LSpeople/{dn('new')}/modify"]
    plain = person("other")
    plain["attributes"].pop("gidNumber")
    ls.converges("object", **plain, data_entry_form="simple")
    assert ls.attributes(dn("other"))["description"] == ["Create with the simple data entry form"]


def test_an_unknown_data_entry_form_is_noticed(ls):
    result = ls("object", **person("new"), data_entry_form="nosuch")
    assert result["failed"] and result["objects"][0]["dropped"] == ["data_entry_form"] and result["changed"] is True


def test_empty_attributes_of_a_new_object(ls):
    ls.converges("object", **{**person("new", description=[], shadowMax=""), "data_entry_form": "simple"})
    assert "description" not in ls.attributes(dn("new"))


def test_what_is_refused_is_named(ls):
    wish = person("new", mail="nonsense", personalTitle="Dr")
    message = ls.bad("object", **wish)
    assert "mail: Given email address is invalid." in message and "personalTitle: Invalid value" in message
    message = ls.bad("object", type="LSpeople", dn=dn("new"), attributes={"sn": "x"})
    assert "The value of the attribute Full Name can't be generated" in message
    message = ls.bad("object", **ZOE, attributes={"mail": "nonsense", "sn": "kept"})
    assert message == f"{dn('zoe')}: attributes was refused: mail: Given email address is invalid. (HTTP 400)"


def test_what_the_server_makes_of_another_attribute_is_written_once_more(ls):
    """A new cn replaces gecos, whatever comes with it (chapter 3.4)."""
    ls.converges("object", **ZOE, attributes={"cn": "Zoe Parable", "gecos": "Mine"})
    ls.converges("object", **ZOE, attributes={"cn": "Zoe Fable", "gecos": "Mine"})
    assert ls.attributes(dn("zoe"))["gecos"] == ["Mine"] and [entry.body for entry in ls.last] == [{"cn": "Zoe Fable"}, {"gecos": "Mine"}]
    people = [{"type": "LSpeople", "dn": dn(f"p{n}"), "attributes": {"cn": f"P{n}", "gecos": "Mine"}} for n in range(25)]
    ls.backend.seed(objects=[seeded(f"p{n}", gecos="Mine") for n in range(25)])
    ls.converges("object", objects=people)


# References


def test_references_that_do_not_exist_are_refused_by_name(ls):
    wish = {"attributes": {"seeAlso": [dn("nobody"), "UID=Coral,ou=people,o=ls"]}, "types": {"seeAlso": {"type": "dn", "of": ["LSpeople"]}}}
    for check in (True, False):
        message = ls.bad("object", check=check, **ls.box(**wish))
        assert f"attributes.seeAlso: there is no LSpeople called {dn('nobody')}" in message and ls.wrote() == []
    wish["attributes"]["seeAlso"].pop(0)
    ls.converges("object", **ls.box(**wish))
    assert ls.attributes(BOX)["seeAlso"] == [dn("coral")]
    # Without the types, the server drops it and reading back tells.
    result = ls("object", **ls.box(attributes={"seeAlso": [dn("nobody"), dn("coral")]}, types={"seeAlso": "dn"}))
    assert result["failed"]
    result = ls("object", **ls.box(attributes={"seeAlso": [dn("nobody")]}, types={"seeAlso": "dn"}))
    assert result["failed"] and result["objects"][0]["dropped"] == ["attributes.seeAlso"]


def test_no_more_values_than_the_server_takes(ls):
    members = [f"m{number}@example.org" for number in range(1100)]
    for check in (True, False):
        assert "more than the 1000 that the server takes" in ls.bad("object", check=check, **ls.box(attributes={"mail": members}))
        assert ls.wrote() == []
    ls.converges("object", **ls.box(attributes={"mail": members[:900]}))


# What each modification must carry


def test_a_maildir_is_carried_along(ls):
    ls.backend.seed(attributes={"LSlab": {"mailbox": {"kind_name": "maildir"}, "other": {"kind_name": "maildir"}}})
    ls.backend.seed(objects=[{"type": "LSlab", "attributes": {"cn": "box", "mailbox": "/var/mail/box", "other": "/o"}}])
    types = {"mailbox": "maildir", "other": "maildir"}
    ls.converges("object", **ls.box(attributes={"title": "A"}, types=types))
    assert [entry.body for entry in ls.last] == [{"mailbox": "/var/mail/box", "other": "/o", "title": "A"}]
    ls.converges("object", **ls.box(attributes={"mailbox": "/var/mail/new"}, types=types))
    assert ls.attributes(BOX)["mailbox"] == ["/var/mail/new"] and ls.attributes(BOX)["other"] == ["/o"]
    ls.converges("object", **ls.box(dn="cn=crate,ou=lab,o=ls", rename_from="box", types=types))
    assert ls.attributes("cn=crate,ou=lab,o=ls")["mailbox"] == ["/var/mail/new"]


def test_a_maildir_that_nobody_declared_is_noticed(ls):
    ls.backend.seed(attributes={"LSlab": {"mailbox": {"kind_name": "maildir"}}})
    ls.backend.seed(objects=[{"type": "LSlab", "attributes": {"cn": "box", "mailbox": "/var/mail/box"}}])
    result = ls("object", **ls.box(attributes={"title": "A"}))
    assert result["failed"] and result["objects"][0]["dropped"] == ["attributes.mailbox"]
    assert "the server emptied mailbox: if it is of the kind maildir" in result["warnings"][0]
    assert result["warnings"][0].endswith("It held '/var/mail/box'")


# Images


def test_images(ls):
    ls.converges("object", **ls.box(images={"jpegPhoto": PIXEL}))
    assert ls.attributes(BOX)["jpegPhoto"]
    result = ls.converges("object", **ls.box(images={"jpegPhoto": ""}))
    assert result["diff"][0]["before"]["images.jpegPhoto"].startswith("image of 70 bytes, sha256 ")
    assert [entry.body for entry in ls.last] == [{"jpegPhoto_delete": "1"}]
    message = ls.bad("object", **ls.box(images={"jpegPhoto": "no/such/file"}))
    assert "no/such/file cannot be read" in message and len(ls.backend.log) == 0
    message = ls.bad("object", **ls.box(images={"jpegPhoto": __file__}))
    assert "File type is not valid" in message
    message = ls.bad("object", **ls.box(images={"nosuch": PIXEL}))
    assert "images.nosuch cannot be set" in message


# Passwords


def test_passwords_are_sent_without_a_mail_and_when_they_are_due(ls):
    ls.ok("object", **person("new"))
    assert ls.bodies()[0][MAILS] == "0" and ls.backend.mails == []
    new = {"type": "LSpeople", "dn": dn("new")}
    ls.quiet("object", **new, passwords={"userPassword": "An0ther-pw"})
    ls.quiet("object", **new, passwords={"userPassword": "Fill3r-pw"}, update_password="when_changed")
    result = ls.converges("object", **new, passwords={"userPassword": "An0ther-pw"}, update_password="when_changed")
    assert result["objects"][0]["fields"] == ["passwords.userPassword"]
    assert [entry.body for entry in ls.last] == [{"userPassword": "An0ther-pw", MAILS: "0"}] and ls.backend.mails == []
    result = ls.ok("object", **new, passwords={"userPassword": "An0ther-pw"}, update_password="always")
    assert result["changed"] is True
    ls.ok("object", **new, passwords={"userPassword": "M4iled-pw"}, update_password="always", send_password_mail=True)
    assert [mail["password"] for mail in ls.backend.mails] == ["M4iled-pw"]


def test_where_a_login_cannot_tell_passwords_are_left_alone(ls):
    ls.ok("object", **ls.box(passwords={"userPassword": "one"}, update_password="always"))
    result = ls.quiet("object", **ls.box(passwords={"userPassword": "two"}, update_password="when_changed"))
    assert result["warnings"] == [f"object {BOX}: whether passwords is the wanted one cannot be told, so it was left alone"]
    ls.backend.change_knobs({"api_access": ["LSsysaccount"]})
    result = ls.quiet("object", **ZOE, passwords={"userPassword": "An0ther-pw"}, update_password="when_changed")
    assert "cannot be told" in result["warnings"][0]


def test_a_password_that_is_not_stored_is_noticed(ls):
    ls.backend.fault("drop", path="/modify$", fields=["userPassword"])
    result = ls("object", **ls.box(passwords={"userPassword": "one"}, update_password="always"))
    assert result["failed"] and result["objects"][0]["dropped"] == ["passwords.userPassword"]


def test_a_password_that_can_be_tried_is_tried_again(ls):
    """Where one is there already nothing else tells that the new one was lost."""
    wish = {**ZOE, "passwords": {"userPassword": "An0ther-pw"}, "update_password": "when_changed"}
    ls.backend.fault("drop", path="/modify$", fields=["userPassword"])
    result = ls("object", **wish)
    assert result["failed"] and result["objects"][0]["dropped"] == ["passwords.userPassword"]
    ls.converges("object", **wish)


@pytest.mark.parametrize("policy", ["on_create", "when_changed", "always"])
@pytest.mark.parametrize("many", [1, 25])
def test_what_is_no_password_is_refused(ls, policy, many):
    """The server takes no notice of an attribute that it does not know, and shows one that is none."""
    for name in ("nosuch", "title"):
        dns = [f"cn={name}{policy}{number},ou=lab,o=ls" for number in range(many)]
        new = [{"type": "LSlab", "dn": each, "passwords": {name: "s3cret"}} for each in dns]
        if name == "nosuch":
            for check in (True, False):
                assert "the type has no such attribute" in ls.bad("object", check=check, objects=new, update_password=policy)
                assert ls.wrote() == []
        ls.backend.seed(objects=[{"type": "LSlab", "attributes": {"cn": names.rdn(each)[1], "title": "shown"}} for each in dns])
        for check in (True, False):
            result = ls("object", check=check, objects=new, update_password=policy)
            assert ls.wrote() == [] and bool(result.get("failed")) is (policy == "always"), result
            if policy == "always":
                assert f"passwords.{name} cannot be set" in result["msg"] and "s3cret" not in json.dumps(result)


def test_a_name_that_nobody_can_log_in_with(ls):
    ls.backend.seed(objects=[{"type": "LSlab", "dn": "cn=a:b,ou=lab,o=ls", "attributes": {"cn": "a:b"}}])
    odd = {"type": "LSlab", "dn": "cn=a:b,ou=lab,o=ls", "passwords": {"userPassword": "x"}}
    assert "cannot be told" in ls.quiet("object", **odd, update_password="when_changed")["warnings"][0]


def test_what_a_new_password_ends_is_no_loss(ls):
    """The directory forgets what it noted about the old one; what else is emptied with it is told."""
    ls.backend.seed(attributes={"LSpeople": {"mailbox": {"kind_name": "maildir"}}})
    ls.backend.seed(objects=[{"type": "LSpeople", "attributes": {"uid": "zoe", "mailbox": "/var/mail/zoe"}}])
    result = ls.ok("object", **ZOE, passwords={"userPassword": "An0ther-pw"}, update_password="always")
    assert result["warnings"] == [
        f"object {dn('zoe')}: the server emptied mailbox: if it is of the kind maildir, say so in attribute_types"
    ]


def test_what_fails_after_the_write_is_a_warning(ls):
    """A mail that cannot be sent: the answer is 400, or success with errors (chapters 1.3 and 3.4)."""
    ls.ok("object", **ZOE, attributes={"mail": "bounce@example.org"})
    result = ls.ok("object", **ZOE, passwords={"userPassword": "An0ther-pw"}, update_password="always", send_password_mail=True)
    assert result["changed"] is True and "it was written, and something after that failed" in result["warnings"][0]
    result = ls.ok("object", **person("new", mail="bounce@example.com"), send_password_mail=True)
    assert result["changed"] is True and "the server complained" in result["warnings"][0]
    assert "An0ther-pw" not in json.dumps(result)


# Renaming


def test_renaming(ls):
    ls.backend.seed(objects=[{"type": "LSgroup", "attributes": {"cn": "staff", "uniqueMember": [dn("zoe")]}}])
    wish = {"type": "LSpeople", "dn": dn("zoe.fable"), "rename_from": dn("zoe"), "attributes": {"sn": "Fable"}}
    result = ls.converges("object", **wish)
    assert result["diff"][0]["before"] == {"dn": dn("zoe"), "attributes.sn": "Parable"}
    assert [entry.body for entry in ls.last] == [{"uid": "zoe.fable"}, {"sn": "Fable"}]
    assert ls.group("staff") == [dn("zoe.fable")]
    ls.quiet("object", **{**wish, "rename_from": "zoe"})


def test_what_a_name_cannot_become(ls):
    wish = {"type": "LSpeople", "dn": dn("gus"), "rename_from": "zoe"}
    assert "both exist" in ls.bad("object", **wish)
    for former in ("uid=zoe,ou=elsewhere,o=ls", "cn=zoe,ou=people,o=ls"):
        assert "cannot move an object" in ls.bad("object", **{**wish, "rename_from": former})
    assert "the server cannot name an object with +" in ls.bad("object", type="LSpeople", dn=dn("a+b"), rename_from="zoe")
    message = ls.bad("object", **ZOE, attributes={"uid": "other"})
    assert "attributes.uid must be as in the DN" in message and len(ls.backend.log) == 0
    ls.quiet("object", **ZOE, attributes={"uid": "zoe"})


# Deleting


def level(ls, *people):
    company = "ou=acme,ou=companies,o=ls"
    inside = [{**seeded(name), "level": company} for name in people]
    ls.backend.seed(objects=[{"type": "LScompany", "attributes": {"ou": "acme"}}, *inside])
    return {"type": "LScompany", "dn": company, "state": "absent", "ldap_server": 1}


def test_what_has_something_below_is_not_deleted_unasked(ls):
    wish = level(ls, "inside")
    for check in (True, False):
        message = ls.bad("object", check=check, **wish)
        assert "uid=inside,ou=people,ou=acme,ou=companies,o=ls lies below it" in message and ls.wrote() == []
    ls.converges("object", **wish, allow_recursive_delete=True)
    wish = level(ls)
    ls.converges("object", **wish)


def test_the_own_account_below_is_not_deleted_with_it(ls):
    wish = level(ls, "inside", "boss")
    ls.backend.seed(admins=[ls.backend.account_dn, "uid=boss,ou=people,ou=acme,ou=companies,o=ls"])
    as_boss = {**ls.connection(), "api_username": "boss", "api_password": "Seed3d-pw"}
    for check in (True, False):
        message = ls.bad("object", login=as_boss, check=check, **wish, allow_recursive_delete=True)
        assert "the account that the task works with, lies below it" in message and ls.wrote() == []


def test_only_the_types_that_are_named_are_looked_for(ls):
    wish = level(ls, "inside")
    ls.ok("object", check=True, **wish, child_types=["LSgroup"])
    assert "lies below" in ls.bad("object", **wish, child_types=["LSpeople"])


def test_pruning(ls):
    ls.backend.seed(objects=[seeded(name, description=["temporary"]) for name in ("t1", "t2", "t3")])
    wish = {
        "objects": [{"type": "LSpeople", "dn": dn("t1")}],
        "prune": True,
        "prune_scope": {"type": "LSpeople", "filter": "(description=temporary)"},
        "prune_limit": "1",
    }
    assert "more than prune_limit 1 allows" in ls.bad("object", **wish)
    ls.converges("object", **{**wish, "prune_limit": "2"})
    assert ls.attributes(dn("t1")) and ls.attributes(dn("zoe")) and not ls.attributes(dn("t3"))
    assert "must name a type" in ls.bad("object", **{**wish, "prune_scope": "all"})


# The account that the task works with


def test_the_own_account_is_safe(ls):
    own = {"type": "LSsysaccount", "dn": ls.backend.account_dn}
    for wish in (
        {"state": "absent"},
        {"dn": "uid=other,ou=sysaccounts,o=ls", "rename_from": "ansible"},
        {"passwords": {"userPassword": "Another-passphrase"}, "update_password": "always"},
    ):
        for check in (True, False):
            assert "this is the account that the task works with" in ls.bad("object", check=check, **{**own, **wish})
            assert ls.wrote() == []
    ls.backend.seed(objects=[{"type": "LSgroup", "attributes": {"cn": "staff", "uniqueMember": [ls.backend.account_dn]}}])
    staff = {"type": "LSgroup", "dn": "cn=staff,ou=groups,o=ls"}
    assert "it cannot be taken out" in ls.bad("object", **staff, attributes={"uniqueMember": [dn("zoe")]})
    ls.converges("object", **staff, attributes={"uniqueMember": [dn("zoe"), ls.backend.account_dn]})


@pytest.mark.parametrize("login", ["coral", "CORAL", "coral@example.org"])
def test_the_own_account_is_safe_by_whatever_name_it_logs_in(ls, login):
    ls.backend.seed(objects=[group("staff", "coral")], admins=[ls.backend.account_dn, dn("coral")])
    as_coral = {**ls.connection(), "api_username": login, "api_password": "Seed3d-pw"}
    own = {"type": "LSpeople", "dn": dn("coral")}
    others = [{"type": "LSpeople", "dn": dn(f"p{number}"), "state": "absent"} for number in range(25)]
    staff = {"type": "LSgroup", "dn": "cn=staff,ou=groups,o=ls"}
    password = {"passwords": {"userPassword": "An0ther-pw"}, "update_password": "always"}
    for module, wish in (
        ("object", {**own, "state": "absent"}),
        ("object", {"objects": [{**own, "state": "absent"}, *others]}),
        ("object", {**own, **password}),
        ("object", {"objects": [{**own, **password}, *others]}),
        ("object", {**own, "dn": dn("other"), "rename_from": "coral"}),
        ("object", {**own, "attributes": {"shadowExpire": {"value": "0", "label": "Always (disable account)"}}}),
        ("object", {**own, "attributes": {"pwdReset": True}}),
        ("object", {**staff, "state": "absent"}),
        ("object", {**staff, "attributes": {"uniqueMember": []}}),
        ("relation", {**own, "relation": "groups", "related": [], "related_mode": "set"}),
    ):
        for check in (True, False):
            assert "this is the account that the task works with" in (message := ls.bad(module, login=as_coral, check=check, **wish)) or (
                "is the account that the task works with" in message
            )
            assert ls.wrote() == []


# Trouble


@pytest.mark.parametrize("fault", [{"kind": "bad_request"}, {"kind": "lost"}, {"kind": "truncate"}, {"kind": "html", "status": 502}])
def test_a_write_that_breaks_in_the_middle_is_completed(ls, fault):
    ls.backend.fault(path="/(modify|create)$", **fault)
    result = ls.ok("object", **ls.box(attributes={"title": "A", "description": []}))
    assert result["changed"] is True
    ls.quiet("object", **ls.box(attributes={"title": "A", "description": []}))


def test_a_lost_creation_is_not_repeated(ls):
    ls.backend.fault("lost", path="/create$")
    ls.ok("object", **person("new"))
    assert ls.wrote() == ["LSpeople/create"]
