# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind import values
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "given_text, stored, sent",
    [
        ("2 GB", "2 GB", 2097152),
        ("2048MB", "2 GB", 2097152),
        ("1.5 gib", "1536 MB", 1572864),
        ("7 kb", "7 KB", 7),
        ("1 TB", "1 TB", 1073741824),
        ("none", "none", 0),
        ("0", "none", 0),
    ],
)
def test_quotas(given_text, stored, sent):
    assert (values.quota(given_text), values.quota_sent(stored)) == (stored, sent)


@given(st.integers(0, 2**31 - 1))
def test_any_quota_that_is_read_can_be_given_back(size):
    assert values.quota(values.quota_read(size)) == values.quota_read(size) and values.quota_sent(values.quota_read(size)) == size


@pytest.mark.parametrize("text", ["", "2", "2 PB", "-1 GB", "0.1 KB", "two GB", "2 TB"])
def test_no_quotas(text):
    with pytest.raises(ValueError, match="it must be"):
        values.quota(text)


@pytest.mark.parametrize(
    "text, canonical",
    [
        ("2026-08-01T08:00:00+02:00", "2026-08-01T06:00:00Z"),
        ("2026-08-01 06:00:00Z", "2026-08-01T06:00:00Z"),
        ("2026-08-01T06:00:00.999+00:00", "2026-08-01T06:00:00Z"),
        ("", ""),
    ],
)
def test_moments(text, canonical):
    assert values.moment(text) == canonical and values.moment_read(values.moment_sent(canonical)) == canonical


@given(st.integers(-(10**12), 4 * 10**12))
def test_moments_are_compared_to_the_second(milliseconds):
    text = values.moment_read(milliseconds)
    assert values.moment(text) == text and values.moment_sent(text) == milliseconds // 1000 * 1000


@pytest.mark.parametrize("text, canonical", [("1990-04-28", "1990-04-28"), ("1990-04-28 00:00:00", "1990-04-28"), ("", "")])
def test_days(text, canonical):
    assert values.day(text) == canonical and values.day_read(values.day_sent(canonical)) == canonical


@pytest.mark.parametrize("text", ["28.4.1990", "1990-13-01", "1990-04-28T10:00:00", "soon"])
def test_no_days(text):
    with pytest.raises(ValueError, match="it must be a date"):
        values.day(text)


@pytest.mark.parametrize("text", ["", "-zoe", "zoe parable", "zoë", "z" * 65, "zoe@example.org"])
def test_no_logins(text):
    with pytest.raises(ValueError, match="it may hold up to 64"):
        values.login(text)


@pytest.mark.parametrize("text", ["subscriptions", "type", "_ou", "..", " "])
def test_uids_that_no_route_reaches(text):
    with pytest.raises(ValueError):
        values.uid(text)


@pytest.mark.parametrize("text", ["example", "exa mple.org", "-a.example", "example.org/x", ""])
def test_no_domains(text):
    with pytest.raises(ValueError, match="it must be the name of a domain"):
        values.domain(text)


def test_an_open_map_holds_texts():
    assert values.words({"a": True, "b": 1, "c": None, "d": "x"}) == {"a": "true", "b": "1", "c": "", "d": "x"}
    with pytest.raises(ValueError, match="a: it must be a text, a number or a boolean"):
        values.words({"a": ["x"]})
