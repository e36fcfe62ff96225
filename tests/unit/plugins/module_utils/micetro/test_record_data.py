# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one spelling of record data, of names and of identifiers (chapters 8, 10 and 12.13)."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro import names
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.record_data import canonical, text_of, wire
from hypothesis import given
from hypothesis import strategies as st

ZONE = "example.org."
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300).filter(
    lambda text: text_of(text).strip()
)


@pytest.mark.parametrize(
    ("kind", "spellings", "shown", "sent"),
    [
        ("A", ["192.0.2.1", " 192.0.2.1\t"], "192.0.2.1", "192.0.2.1"),
        ("AAAA", ["2001:DB8:0::1", "2001:db8::0001"], "2001:db8::1", "2001:db8::1"),
        ("MX", ["10\tmail", "010  MAIL.example.org.", "10 mail.Example.Org."], "10 mail.example.org.", "10\tmail.example.org."),
        ("CNAME", ["@", "EXAMPLE.org."], "example.org.", "example.org."),
        ("SRV", ["1\t2\t3\t.", "01 2 3 ."], "1 2 3 .", "1\t2\t3\t."),
        ("TXT", ["v=spf1 mx", '"v=spf1 mx"', '"v=spf1" " mx"', ' "v=spf1 " "mx" '], "v=spf1 mx", '"v=spf1 mx"'),
        ("TXT", ['say "hi"', '"say \\"hi\\""'], 'say "hi"', '"say \\"hi\\""'),
        ("TXT", ['"\\"all of it\\""'], '"\\"all of it\\""', '"\\"all of it\\""'),
        ("CAA", ["0 Issue ca.example.net", '0\tissue\t"ca.example.net"'], '0 issue "ca.example.net"', '0\tissue\t"ca.example.net"'),
        ("TLSA", ["3 1 1 ABcd 12", "3\t1\t1\tabcd12"], "3 1 1 abcd12", "3\t1\t1\tabcd12"),
        ("LOC", ["51  30 N", "51\t30\tN"], "51 30 N", "51\t30\tN"),
    ],
)
def test_spellings(kind, spellings, shown, sent):
    assert {canonical(kind, each, ZONE) for each in spellings} == {shown}
    assert wire(kind, shown) == sent
    assert canonical(kind, sent, ZONE) == shown == canonical(kind, shown, ZONE)


def test_letter_case_and_spaces_of_a_text_matter():
    assert len({canonical("TXT", each, ZONE) for each in ("a b", "a  b", "A b")}) == 3


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("A", "2001:db8::1", "'2001:db8::1' is not an IPv4 address"),
        ("AAAA", "192.0.2.1", "is not an IPv6 address"),
        ("A", "", "it is empty"),
        ("TXT", '""', "it is empty"),
        ("MX", "mail.example.org.", "the data of a MX record has 2 fields, such as 10 mail.example.org."),
        ("MX", "ten mail", "'ten' is not a number"),
        ("CNAME", "www.example.org", "www.example.org is relative to the zone example.org.: give it a dot at its end"),
        ("NS", "a b", "has 1 field, such as host.example.org."),
    ],
)
def test_what_cannot_be(kind, data, words):
    with pytest.raises(ValueError, match="^") as caught:
        canonical(kind, data, ZONE)
    assert words in str(caught.value)


@given(TEXT)
def test_any_text_survives_the_way_to_the_server_and_back(text):
    shown = canonical("TXT", text, ZONE)
    sent = wire("TXT", shown)
    assert canonical("TXT", sent, ZONE) == shown
    assert text_of(sent) == text_of(text)
    assert all(len(string.encode()) <= 2 * 255 for string in sent.split('" "'))


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("www", "www"),
        ("WWW.Example.org.", "www"),
        ("a.b", "a.b"),
        ("@", "@"),
        ("example.org.", "@"),
        ("*", "*"),
        ("_sip._tcp", "_sip._tcp"),
    ],
)
def test_names_of_records(given_name, name):
    assert names.relative(given_name, ZONE) == name
    assert names.within(name, ZONE) == name


@pytest.mark.parametrize("name", ["www.example.net.", "www.example.org", "example.org", "a b", "a..b", ".", "x" * 64])
def test_names_that_are_no_names_of_records(name):
    with pytest.raises(ValueError, match="zone|record"):
        names.relative(name, ZONE)


@pytest.mark.parametrize("written", ["00:00:5E:00:53:01", "00-00-5e-00-53-01", "0000.5e00.5301", "00005E005301", " 00 00 5e 00 53 01 "])
def test_hardware_addresses(written):
    assert names.client_identifier(written) == "00:00:5e:00:53:01"


def test_other_identifiers_stay_as_they_are():
    assert names.client_identifier(" Printer by the door ") == "Printer by the door"
    assert names.client_identifier("abc") == "abc"
    assert names.client_identifier("01:00:00:5e:00:53:01") == "01:00:00:5e:00:53:01"
