# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Single values: what the server will store for them, or why they are refused."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs import values
from ansible_collections.workplace.onboarding.tests.lab.ocs import quota as server
from hypothesis import assume, given, settings
from hypothesis import strategies as st

UNITS = ["", " B", "B", " KB", "kb", "K", " MB", "mB", "M", " GB", "GB", " g", " TB", "T", " PB"]
NUMBERS = st.one_of(
    st.integers(0, 5000).map(str),
    st.integers(0, 2**53).map(str),
    st.decimals(0, 4000, places=3).map(str),
    st.decimals(0, 4000, places=1).map(str),
)


class Store:
    """A server without rules for quotas."""

    @staticmethod
    def setting(_app, _key, default=""):
        return default


@given(NUMBERS, st.sampled_from(UNITS))
@settings(max_examples=400, deadline=None)
def test_quota_is_what_the_server_stores(number, unit):
    """Our arithmetic against the lab's own, which is checked by recordings; and the stored text stays as it is."""
    text = number + unit
    assume(server.parse(text) <= values.LARGEST)
    stored, theirs = values.quota(text), server.accepted_text(Store, text)
    assert values.quota(stored) == stored
    assert values.quota_read(server.stored_bytes(stored)) == stored
    assert values.quota_read(server.stored_bytes(theirs)) == stored
    if unit or "." not in number:  # the server keeps fractions of a byte, and reads them as whole ones
        assert theirs == stored


@pytest.mark.parametrize(
    ("wanted", "stored"),
    [
        ("1 TB", "1 TB"),
        ("1TB", "1 TB"),
        ("1 t", "1 TB"),
        ("1024 GB", "1 TB"),
        ("1000 GB", "1000 GB"),
        ("1.26 GB", "1.3 GB"),
        ("1.2345 GB", "1.2 GB"),
        ("2.55 MB", "2.5 MB"),
        ("1073741825", "1 GB"),
        ("1e9", "953.7 MB"),
        ("0", "0 B"),
        ("none", "none"),
        ("default", "default"),
        (" 5 GB ", "5 GB"),
        ("101 TB", "101 TB"),
    ],
)
def test_quota_of_the_contract(wanted, stored):
    assert values.quota(wanted) == stored


@pytest.mark.parametrize(
    "wanted",
    [
        "1 GiB",
        "1 Go",
        "Default",
        "NONE",
        "unlimited",
        "abc",
        "1 EB",
        "10 XB",
        "-1",
        "-3",
        "5,5 GB",
        "1 000 MB",
        "GB",
        ".5 GB",
        "1e",
        "٣ GB",
        "1e400",
        "9" * 400,
        "1025 PB",
    ],
)
def test_quota_that_the_server_would_misread(wanted):
    with pytest.raises(ValueError, match="the server would misread it"):
        values.quota(wanted)


@pytest.mark.parametrize(
    ("read", "text"), [(-3, "none"), ("none", "none"), (0, "0 B"), (1395864371, "1.3 GB"), ("5368709120", "5 GB"), (1.5e9, "1.4 GB")]
)
def test_quota_that_was_read(read, text):
    assert values.quota_read(read) == text


@pytest.mark.parametrize("good", ["zoe", "Jean d'Arc @home", "a.b_c-d@example.org", "12345", "0", "x" * 64, "details"])
def test_userid(good):
    assert values.userid(good) == good


@pytest.mark.parametrize("bad", ["", " ", " zoe", "zoe ", "x" * 65, "a/b", "a+b", "50%", "zoë", ".", "..", "a\nb"])
def test_bad_userid(bad):
    with pytest.raises(ValueError, match="it "):
        values.userid(bad)


@pytest.mark.parametrize("good", ["R&D / Équipe 50%+1", "a/b", "users", "x" * 64, "test", "Test"])
def test_groupid(good):
    assert values.groupid(good) == good


@pytest.mark.parametrize("bad", ["", "0", " ", " spaced", "spaced ", "x" * 65])
def test_bad_groupid(bad):
    with pytest.raises(ValueError, match="group"):
        values.groupid(bad)


def test_sub_admin_of_admin():
    with pytest.raises(ValueError, match="sub-admin of the group admin"):
        values.subadmin_group("admin")


@pytest.mark.parametrize(
    ("given", "kept"), [(" Zoe@Example.ORG ", "zoe@example.org"), ("", ""), ("o'neil+x@a-b.example.org", "o'neil+x@a-b.example.org")]
)
def test_email(given, kept):
    assert values.email(given) == kept


@pytest.mark.parametrize("bad", ["zoe", "zoe@localhost", "zoë@example.org", "a b@example.org", "@example.org", "zoe@exa_mple.org"])
def test_bad_email(bad):
    with pytest.raises(ValueError, match="e-mail"):
        values.email(bad)


@pytest.mark.parametrize(("given", "kept"), [("+33 1 99 00 12 34", "+33199001234"), ("+49 (30) 123-456", "+4930123456"), ("", "")])
def test_phone(given, kept):
    assert values.phone(given) == kept


@pytest.mark.parametrize("bad", ["0033199001234", "01 99 00 12 34", "+33 (0)1 99 00 12 34", "+", "phone"])
def test_bad_phone(bad):
    with pytest.raises(ValueError, match="international"):
        values.phone(bad)


def test_other_texts():
    assert values.handle(" @zoe ") == "zoe"
    assert values.website("") == ""
    with pytest.raises(ValueError, match="https://"):
        values.website("example.org")
    assert values.text(4, strip=True)(" abcd ") == "abcd"
    with pytest.raises(ValueError, match="more than 4"):
        values.text(4)("abcde")
    with pytest.raises(ValueError, match="ignore"):
        values.text(64, strip=True, never=("", "0"))(" 0 ")
    with pytest.raises(ValueError, match="469 bytes"):
        values.password("é" * 235)
    with pytest.raises(ValueError, match="only spaces"):
        values.password("   ")
    assert [values.flag(text) for text in ("1", "true", True, "0", "", "false")] == [True, True, True, False, False, False]
