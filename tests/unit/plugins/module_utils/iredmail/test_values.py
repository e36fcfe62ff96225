# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values as the server stores them: given, refused, read."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import UNREADABLE, NotAllowed
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail import edition, values
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "function, given_value, stored",
    [
        (values.domain, " Example.ORG ", "example.org"),
        (values.domain, "xn--bcher-kva.example", "xn--bcher-kva.example"),
        (values.domain, "a_b.example.org", "a_b.example.org"),
        (values.account, "Zoe.Parable&co#1@Example.org", "zoe.parable&co#1@example.org"),
        (values.account, "-x@example.org", "-x@example.org"),
        (values.address, "O'Neil+list=a/b@Example.org", "o'neil+list=a/b@example.org"),
        (values.address, "Root@localhost", "root@localhost"),
        (values.optional_address, " ", ""),
        (values.quota, "2048 gb", "2TB"),
        (values.quota, "0", "0"),
        (values.quota, "0TB", "0"),
        (values.maildir, "//Var/vmail//Zoe/", "/var/vmail/zoe"),
        (values.outbound_relay, "", ""),
        (values.outbound_relay, "[Relay.example.org]:25", "smtp:[relay.example.org]"),
        (values.outbound_relay, "relay.example.org:587", "smtp:relay.example.org:587"),
        (values.outbound_relay, "lmtp:[192.0.2.1]:24", "lmtp:192.0.2.1:24"),
        (values.primary_mx, "[2001:DB8::1]:25", "[2001:db8::1]"),
        (values.header, "X-A :  b: c ", "X-A: b: c"),
        (values.header_name, "X-A:", "X-A"),
        (values.footer, "a\r\nb\n\n", "a\nb"),
        (values.language, " fr_FR ", "fr_FR"),
        (values.password_hash, "{ssha512}x", "{ssha512}x"),
    ],
)
def test_what_is_stored(function, given_value, stored):
    assert function(given_value) == stored
    assert function(stored) == stored


@pytest.mark.parametrize(
    "function, given_value",
    [
        *(
            (values.domain, text)
            for text in ("", "org", "a..b", "-a.org", "a.b", "ex ample.org", "example.org.", "münchen.example", "a.org/x", ".org")
        ),
        *(
            (values.account, text)
            for text in (
                "",
                "@example.org",
                "a@b@example.org",
                ".a@example.org",
                "a b@example.org",
                "a'b@example.org",
                "a@example." + "x" * 16,
            )
        ),
        *(
            (values.address, text)
            for text in ("", "a", "a@", "a@-b", "a@b.", "a..b@example.org", "a,b@example.org", "a b@example.org", "é@example.org")
        ),
        *((values.item, text) for text in ("", "a,b", "a\nb")),
        *((values.quota, text) for text in ("", "5", "5KB", "1.5GB", "TB")),
        *((values.primary_mx, text) for text in ("a b", "[a", "a:b", "a:123456")),
        *((values.header, text) for text in ("", "X", "X:", ": b", "X Y: b", "X: a\nY: b")),
        *((values.header_name, text) for text in ("", "X,Y", "X Y", "X:Y")),
        *((values.language, text) for text in ("fr", "FR_fr", "fr-FR")),
        *((values.password_hash, text) for text in ("", "x", "{SSHA}", "{NONE}x", "SSHA512x")),
    ],
)
def test_what_is_refused(function, given_value):
    with pytest.raises(ValueError, match="^[a-zA-Z]"):
        function(given_value)


@given(st.from_regex(values.LOCAL_PART, fullmatch=True))
def test_every_account_has_a_route(local):
    """The pattern of the panel: what is accepted here must not be answered with 404."""
    import re

    from ansible_collections.workplace.onboarding.tests.lab.iredmail.values import MAIL_PATTERN

    assert re.fullmatch(MAIL_PATTERN, values.account(f"{local}@example.org"), re.ASCII)


@pytest.mark.parametrize(
    "function, read, meaning",
    [
        (values.text, ["x "], "x"),
        (values.text, None, ""),
        (values.text, [], ""),
        (values.integer, "", 0),
        (values.integer, ["5"], 5),
        (values.flag, ["yes"], True),
        (values.flag, 0, False),
        (values.active, 1, True),
        (values.active, ["disabled"], False),
        (values.addresses, "B@x.org, a@x.org,,", ["a@x.org", "b@x.org"]),
        (values.addresses, ["A@x.org", ""], ["a@x.org"]),
        (values.megabytes, "2:TB", 2097152),
        (values.megabytes, ["5GB"], 5120),
        (values.megabytes, 7, 7),
        (values.from_bytes, ["1073741825"], 1024),
        (values.from_bytes, None, 0),
        (values.policy, "allowedonly", "moderatorsonly"),
        (values.policy, None, "public"),
        (values.all_domains, ["ALL"], True),
        (values.all_domains, ["example.org"], False),
        (values.all_domains, 1, True),
        (values.settings, "a:1;b:x:y;;c", {"a": "1", "b": "x:y"}),
        (values.settings, ["a:1"], {"a": "1"}),
        (values.settings, None, {}),
        (values.path, "/Var//mail/Zoe/", "/var/mail/zoe"),
    ],
)
def test_what_is_read(function, read, meaning):
    assert function(read) == meaning


@pytest.mark.parametrize(
    "payload, rows",
    [
        ([{"mail": "a"}], [("", {"mail": "a"})]),
        ({"a": {"mail": "a"}}, [("a", {"mail": "a"})]),
        ([["dn", {"mail": "a"}]], [("", {"mail": "a"})]),
        ([{"dn": "x", "ldif": {"mail": "a"}}], [("", {"mail": "a"})]),
        (["a"], [("a", {})]),
        (None, []),
        ({}, []),
    ],
)
def test_collections_in_any_shape(payload, rows):
    assert edition.rows_of(payload) == rows


def test_three_answers_besides_a_value():
    """A key that is missing says something in LDAP and nothing in SQL, but for the settings."""
    fields = (
        edition.Item("name", sql=edition.at(values.text, "name"), ldap=edition.at(values.text, "cn")),
        edition.Item(
            "size", sql=edition.at(values.integer, "settings.size"), ldap=edition.at(values.integer, "accountSetting.size", listed=False)
        ),
        edition.Item(
            "copy", sql=edition.at(values.lower, "bcc", "sender_bcc", sure=False), ldap=edition.at(values.lower, "bccTo", listed=False)
        ),
        edition.Item("phone", only="ldap", ldap=edition.at(values.many, "mobile")),
        edition.Item("format", sql=edition.at(values.lower, "format")),
    )

    def read(row, which, listed=False):
        return edition.translated(fields, row, which, listed=listed)

    nowhere = NotAllowed("only the LDAP edition of iRedMail has it")
    assert read({"name": "x"}, "sql") == {"name": "x", "size": UNREADABLE, "copy": UNREADABLE, "phone": nowhere, "format": UNREADABLE}
    assert read({"settings": {}, "sender_bcc": "A@x"}, "sql") == {
        "name": UNREADABLE,
        "size": 0,
        "copy": "a@x",
        "phone": nowhere,
        "format": UNREADABLE,
    }
    assert read({"mail": "x"}, "ldap") == {"name": "", "size": 0, "copy": "", "phone": [], "format": UNREADABLE}
    assert read({"mail": "x"}, "ldap", True) == {"name": "", "size": UNREADABLE, "copy": UNREADABLE, "phone": [], "format": UNREADABLE}
    assert read({}, "ldap")["name"] is UNREADABLE
