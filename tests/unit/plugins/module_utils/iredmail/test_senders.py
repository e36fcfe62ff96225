# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts and senders: what is accepted, in which form, and what the server would silently drop."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail import senders

FORMS = {
    "192.0.2.1": "192.0.2.1",
    " 192.0.2.0/24 ": "192.0.2.0/24",
    "192.0.2.1/32": "192.0.2.1/32",
    "2001:DB8:0:0::1": "2001:db8::1",
    "2001:DB8:0::/32": "2001:db8::/32",
    "Boss+news@Example.com": "boss+news@example.com",
    "@Example.com": "@example.com",
    "@.Example.com": "@.example.com",
    "@.Test": "@.test",
}
NEITHER = ["", "@", "a@", "a b@example.com", "a,b@example.com", "a@b@example.com", "example.com", "192.0.2.256", "@..", "@exa mple.com", "1.2.3"]


@pytest.mark.parametrize(("given", "stored"), FORMS.items())
@pytest.mark.parametrize("everybody", [True, False])
def test_forms(given, stored, everybody):
    clean = senders.sender(everybody)
    assert clean(given) == clean(stored) == stored
    assert senders.stored(given) == stored


@pytest.mark.parametrize("given", NEITHER)
def test_what_is_no_sender(given):
    with pytest.raises(ValueError, match="it "):
        senders.sender(everybody=True)(given)


def test_everybody():
    assert senders.sender(everybody=True)("@.") == "@."
    with pytest.raises(ValueError, match="it must be an IP address"):
        senders.sender(everybody=False)("@.")


def test_an_address_within_a_network_is_no_network():
    with pytest.raises(ValueError, match=r"the network is 192\.0\.2\.0/24"):
        senders.sender(everybody=True)("192.0.2.7/24")


@pytest.mark.parametrize(
    ("row", "account"), [("@.", "global"), ("@example.org", "example.org"), ("Coral@example.org", "coral@example.org")]
)
def test_accounts(row, account):
    assert senders.stored_account(row) == account == senders.account(f" {account.upper()} ")


@pytest.mark.parametrize("name", ["", "everybody", "@example.org", "a+b@example.org", "a@b", "@."])
def test_what_is_no_account(name):
    with pytest.raises(ValueError, match="or the word global"):
        senders.account(name)
