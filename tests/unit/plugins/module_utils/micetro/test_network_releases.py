# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Zones, records, addresses and reservations on servers that answer in other ways than the usual one (chapters 1 to 5 and 17)."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.micetro_network import NETWORK_CASES

WAYS = {
    "no envelope": {"envelope": False},
    "hosts come back absolute": {"relative_data": False},
    "references change": {"record_refs_change": True},
    "plus is a space": {"plus_is_space": True},
    "slashes separate": {"slash_in_names": False},
    "short pages": {"default_limit": 2, "unstable_order": True},
    "old words": {"old_zone_types": True},
    "other statuses": {"not_found_status": 404, "no_access_status": 403, "record_not_found_status": 400},
    "no or in filters, names of fields cut short": {"or_filters": False, "partial_field_names": True},
    "Latin-1 without a charset": {"latin1_without_charset": True},
}
WRITING = [case for case in NETWORK_CASES if case.absent]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", [pytest.param(case, id=case.label) for case in WRITING])
def test_from_nothing_to_nothing(micetro, case, way):
    micetro.start(case.world, WAYS[way])
    for wish in (case.create, case.update, case.absent):
        for form in (wish, {case.plural: [wish]}):
            predicted = micetro.run(case.task, form, check_mode=True)
            result = micetro.run(case.task, form)
            assert not result.get("failed"), result["msg"]
            assert {**predicted, "requests": 0} == {**result, "requests": 0}
            again = micetro.run(case.task, form)
            assert not again["changed"] and micetro.wrote() == []


def test_non_ascii_text(micetro):
    """Before 11.1.0 a body without a charset was taken for Latin-1."""
    micetro.start({"zones": ["example.org."]}, {"latin1_without_charset": True})
    wish = {"zone": "example.org", "name": "host", "type": "TXT", "data": ["Zoë & é"], "comment": "für Zoë"}
    micetro.ok("micetro_dns_record", **wish)
    micetro.quiet("micetro_dns_record", **wish)
    (row,) = micetro.backend.store.find("owner", "dnsZones/1", "host")
    assert (row.fields["data"], row.fields["comment"]) == ('"Zoë & é"', "für Zoë")
