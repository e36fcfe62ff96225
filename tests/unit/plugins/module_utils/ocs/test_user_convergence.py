# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever an account is and whatever it is to become: one run brings it there, and the next has nothing to do."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GROUPS = st.lists(st.sampled_from(["staff", "it", "school", "R&D / 50%+1"]), unique=True)
ADDRESSES = st.lists(st.sampled_from(["a@example.org", "b@example.org", "C@example.org", "d@example.org"]), unique=True)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
CHOICES = {
    "email": st.sampled_from(["", "zoe@example.org", "ZOE@other.example.org"]),
    "display_name": st.sampled_from(["Zoe", " Zoë Parable ", "<b>Zoe</b>"]),
    "quota": st.sampled_from(["none", "default", "1.26 GB", "1e9", "0", "512 KB", "1000 GB", "5GB"]),
    "language": st.sampled_from(["fr", "de", "pt_BR", "en"]),
    "locale": st.sampled_from(["fr_FR", "de", "en_US"]),
    "timezone": st.sampled_from(["Europe/Paris", "UTC", "America/New_York"]),
    "manager": st.sampled_from(["", "boss", "somebody gone"]),
    "phone": st.sampled_from(["", "+33 1 99 00 12 34", "+4930123456"]),
    "website": st.sampled_from(["", "https://example.org/zoe"]),
    "twitter": st.sampled_from(["", "@zoe", "zoe_2"]),
    "fediverse": st.sampled_from(["", "@zoe@social.example.org"]),
    "bluesky": st.sampled_from(["", "zoe.example.org"]),
    **dict.fromkeys(("address", "organisation", "role", "headline", "biography", "pronouns"), TEXT),
    "profile_enabled": st.booleans(),
    "enabled": st.booleans(),
    "groups": GROUPS,
    "groups_mode": st.sampled_from(["add", "set", "remove"]),
    "subadmin_groups": GROUPS,
    "subadmin_groups_mode": st.sampled_from(["add", "set", "remove"]),
    "additional_emails": ADDRESSES,
    "additional_emails_mode": st.sampled_from(["add", "set", "remove"]),
    "notify_email": st.sampled_from(["", "a@example.org", "B@example.org"]),
}


def possible(state: dict) -> bool:
    """Notifications go to an address that the account has afterwards; others are refused, see test_user.py."""
    notify, mode = state.get("notify_email"), state.get("additional_emails_mode", "set")
    listed = [address.lower() for address in state.get("additional_emails", ())]
    return not notify or (mode != "remove" and notify.lower() in listed)


STATES = st.fixed_dictionaries({}, optional=CHOICES).filter(possible)


@given(first=STATES, second=STATES)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_states_converge_in_one_run(nc, first, second):
    nc.start({"groups": ["staff", "it", "school", "R&D / 50%+1"]})
    for state in ({"email": "zoe@example.org", "password": "long enough a password", **first}, second, first):
        wish = {"userid": "zoe", "max_wait": 3600, **state}  # what the earlier states cost is not known to a new run
        if wish.get("email") == "":
            wish["password"] = "long enough a password"
        predicted = nc("ocs_user", check=True, **wish)
        assert nc.wrote() == []
        result = nc.ok("ocs_user", **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        nc.quiet("ocs_user", **wish)
        nc.quiet("ocs_user", max_wait=wish.pop("max_wait"), users=[wish])
        exported = nc.ok("ocs_user_info", userid="zoe")["users"]
        nc.quiet("ocs_user", users=exported, groups_mode="set", subadmin_groups_mode="set")
