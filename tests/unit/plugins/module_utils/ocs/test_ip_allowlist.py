# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest


def entries(nc):
    return [(entry["ip"], entry["mask"]) for entry in nc.backend.store.allow_list.values()]


def test_networks(nc):
    nc.ok("ocs_ip_allowlist", networks=[{"ip": "192.0.2.10"}, {"ip": "198.51.100.0", "mask": 24}, {"ip": "2001:DB8:0::1"}])
    assert entries(nc) == [("192.0.2.10", 32), ("198.51.100.0", 24), ("2001:db8::1", 128)]
    nc.quiet("ocs_ip_allowlist", networks=[{"ip": "192.0.2.10", "mask": 32}, {"ip": "2001:db8::0001"}])
    nc.ok("ocs_ip_allowlist", ip="198.51.100.0", mask=24, state="absent")
    nc.quiet("ocs_ip_allowlist", ip="198.51.100.0", mask=24, state="absent")
    assert len(entries(nc)) == 2


def test_the_switch(nc):
    nc.ok("ocs_ip_allowlist", ip="192.0.2.10", apply_to_rate_limit=True)
    assert nc.backend.store.setting("bruteforcesettings", "apply_allowlist_to_ratelimit") == "1"
    nc.quiet("ocs_ip_allowlist", ip="192.0.2.10", apply_to_rate_limit=True)
    nc.backend.seed(config={"bruteforcesettings": {"apply_allowlist_to_ratelimit": "true"}})
    nc.quiet("ocs_ip_allowlist", ip="192.0.2.10", apply_to_rate_limit=True)
    nc.ok("ocs_ip_allowlist", ip="192.0.2.10", apply_to_rate_limit=False)
    nc.quiet("ocs_ip_allowlist", ip="192.0.2.10")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"ip": "192.0.2.300"}, "it is not an IP address"),
        ({"ip": "192.0.2.0/24"}, "it is not an IP address"),
        ({"ip": "192.0.2.1", "mask": 64}, "has 32 bits"),
        ({"ip": "192.0.2.1", "mask": 0}, "length of a network prefix"),
        ({"networks": [{"ip": "192.0.2.1"}, {"ip": "192.0.2.1", "mask": 32}]}, "are the same network"),
        (
            {"networks": [{"ip": "192.0.2.1", "apply_to_rate_limit": True}, {"ip": "192.0.2.2", "apply_to_rate_limit": False}]},
            "one switch for the whole list",
        ),
    ],
)
def test_bad_input_is_refused_before_the_first_request(nc, options, words):
    assert words in nc.bad("ocs_ip_allowlist", **options)
    assert len(nc.backend.log) == 0


def test_prune(nc):
    nc.backend.seed(allow_list=[{"ip": "192.0.2.1", "mask": 32}, {"ip": "192.0.2.2", "mask": 32}, {"ip": "10.0.0.0", "mask": 8}])
    nc.ok("ocs_ip_allowlist", networks=[{"ip": "192.0.2.1"}], prune=True, prune_scope="all", prune_limit="50%", keep=["10.0.0.0/8"])
    assert entries(nc) == [("192.0.2.1", 32), ("10.0.0.0", 8)]


def test_bad_replies_outside_of_ocs(nc):
    nc.backend.fault("html", path="ipwhitelist", status=404)
    assert "a web page" in nc.bad("ocs_ip_allowlist", ip="192.0.2.1")
    nc.backend.fault("status", path="ipwhitelist", status=404, body="{}", content_type="application/json")
    assert "HTTP 404" in nc.bad("ocs_ip_allowlist", ip="192.0.2.1")
