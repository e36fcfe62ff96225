# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session of the vendor's own client, the package `bluecat-libraries`, unmodified, against a lab.

It runs in an environment of its own, so that nothing it needs gets in the way:

    python -m venv E && E/bin/pip install bluecat-libraries
    MICETRO_URL=... MICETRO_USERNAME=... MICETRO_PASSWORD=... LAB_CONTROL=... E/bin/python tests/truth/bluecat_session.py
"""

from __future__ import annotations

import json
import os
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable

from bluecat_libraries.http_client import ClientError, GeneralError, UnexpectedResponse
from bluecat_libraries.http_client.version import Version
from bluecat_libraries.micetro.apiv2 import Client, MediaType
from bluecat_libraries.micetro.apiv2.exceptions import MicetroV2ErrorResponse

URL, CONTROL = os.environ["MICETRO_URL"], os.environ["LAB_CONTROL"]
LOGIN = (os.environ["MICETRO_USERNAME"], os.environ["MICETRO_PASSWORD"])
USER, GROUP, ROLE, ZONE, RANGE = "session.user", "session group", "session role", "session.example.", "10.77.0.0/24"
PASSWORD = "Session-pass-word-1"


def control(path: str, body: dict) -> None:
    """Tell the lab something by its control interface, never through a proxy."""
    request = urllib.request.Request(f"{CONTROL}/micetro/{path}", json.dumps(body).encode(), method="POST")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()


def fault(kind: str, **details) -> None:
    control("faults", {"kind": kind, **details})


def refused(call: Callable, *args, error: type[Exception] = MicetroV2ErrorResponse, **kwargs):
    try:
        call(*args, **kwargs)
    except error as refusal:
        assert type(refusal) is error, f"{type(refusal).__name__} instead of {error.__name__}"
        return refusal
    raise AssertionError("the call was not refused")


def probe_and_login(client: Client) -> None:
    assert client.micetro_url == URL
    assert client.micetro_version == Version(26, 1, 0)
    assert not client.is_authenticated

    missing = refused(client.http_get, "/users")
    assert (missing.code, missing.message, missing.response.status_code) == (5002, "Missing Session ID.", 401)
    wrong = refused(client.authenticate, LOGIN[0], "wrong on purpose")
    assert (wrong.message, wrong.response.status_code) == ("Invalid username or password.", 401)
    assert not client.is_authenticated

    assert client.authenticate(*LOGIN) == client.auth
    assert client.is_authenticated
    assert refused(client.authenticate, *LOGIN, error=ClientError).message == "Client is already authenticated."
    assert client.authenticate(*LOGIN, refresh_token=True).startswith("Basic ")


def people(client: Client) -> None:
    user = {"name": USER, "password": PASSWORD, "fullName": "Session User", "authenticationType": "Internal"}
    ref = client.http_post("/users", json={"user": user, "saveComment": "session"}, expected_status_codes=[201])["result"]["ref"]
    assert refused(client.http_post, "/users", json={"user": user}).response.status_code == 400
    group = client.http_post("/groups", json={"group": {"name": GROUP}}, expected_status_codes=[201])["result"]["ref"]
    role = client.http_post("/roles", json={"role": {"name": ROLE}}, expected_status_codes=[201])["result"]["ref"]

    for path in (f"/{group}/{ref}", f"/{ref}/{role}", f"/{group}/{role}"):
        assert client.http_put(path, json={"saveComment": "session"}, expected_status_codes=[204]) == ""
    change = {"ref": ref, "objType": "User", "properties": {"description": "changed"}}
    assert client.http_put(f"/{ref}", json=change, expected_status_codes=[204]) == ""

    for path in (f"/{ref}", f"/users/{ref}", f"/users/{USER}"):
        seen = client.http_get(path)["result"]["user"]
        assert (seen["fullName"], seen["description"]) == ("Session User", "changed")
    assert [entry["name"] for entry in seen["groups"]] == ["All users", GROUP]
    assert [entry["name"] for entry in seen["roles"]] == [ROLE]
    assert "password" not in seen
    page = client.http_get("/users", params={"filter": f"name={USER}", "limit": 1, "offset": 0, "sortBy": "name"})
    assert (page["result"]["users"], page["result"]["totalResults"]) == ([seen], 1)
    # The HTTP library below this client drops the dot that asks for oneself, and the whole list comes back.
    assert "users" in client.http_get("/users/.")["result"]

    assert client.http_delete(f"/{group}/{ref}", params={"saveComment": "session"}, expected_status_codes=[204]) == ""
    assert client.http_delete(f"/{ref}", expected_status_codes=[204]) == ""
    assert refused(client.http_delete, f"/{ref}").code == 2049
    assert refused(client.http_get, f"/users/{USER}").response.status_code == 400
    assert refused(client.http_delete, "/roles/1").code == 1028
    for other in (group, role):
        client.http_delete(f"/{other}")


def network(client: Client) -> None:
    zone = client.http_post("/dnsZones", json={"dnsZone": {"name": ZONE, "type": "Primary"}})["result"]["ref"]
    records = [{"name": "good", "type": "A", "data": "10.77.0.9"}, {"name": "bad", "type": "A", "data": "nope"}]
    made = client.http_post("/dnsRecords", json={"dnsZoneRef": zone, "dnsRecords": records}, expected_status_codes=[201])["result"]
    assert made["objRefs"][1] == "unknown/0" and len(made["errors"]) == 1
    client.http_put("/" + made["objRefs"][0], json={"properties": {"ttl": "300"}}, expected_status_codes=[204])
    # It writes the space of a filter as +, which the server does not undo: nothing is found.
    found = client.http_get(f"/{zone}/dnsRecords", params={"filter": "type=A and name=good"})["result"]
    assert found == {"dnsRecords": [], "totalResults": 0}
    found = client.http_get(f"/{zone}/dnsRecords", params="filter=type=A%20and%20name=good")["result"]
    assert [record["ttl"] for record in found["dnsRecords"]] == ["300"]
    client.http_delete("/" + made["objRefs"][0], params={"forceRemoval": True}, expected_status_codes=[204])

    client.http_post("/ranges", json={"range": {"name": RANGE}}, expected_status_codes=[201])
    assert client.http_get(f"/ranges/{RANGE}/nextFreeAddress", params={"temporaryClaimTime": 60})["result"] == {"address": "10.77.0.1"}
    claim = {"ref": "10.77.0.1", "objType": "IPAddress", "properties": {"claimed": True}}
    client.http_put("/ipamRecords/10.77.0.1", json=claim, expected_status_codes=[204])
    assert client.http_get("/ipamRecords/10.77.0.1")["result"]["ipamRecord"]["state"] == "Claimed"
    # One free address after the other, until there is none: that answer has no body, which this client takes for an error.
    block = client.http_post("/ranges", json={"range": {"name": "10.77.1.0/30"}})["result"]["ref"]
    for number in (1, 2):
        client.http_put(f"/ipamRecords/10.77.1.{number}", json={"properties": {"claimed": True}})
    assert refused(client.http_get, f"/{block}/nextFreeAddress", error=UnexpectedResponse).response.status_code == 204


def answers(client: Client) -> None:
    tree = ET.fromstring(client.http_get("/users", headers={"Accept": MediaType.XML}))
    assert tree.findtext("users/element/name") == LOGIN[0]
    assert refused(client.http_get, "/users", expected_status_codes=[201], error=UnexpectedResponse).response.status_code == 200
    assert refused(client.http_patch, "/users/1", json={}).response.status_code == 405
    assert refused(client.http_get, "/nope").response.status_code == 404

    fault("html", status=502)
    assert refused(client.http_get, "/users", error=UnexpectedResponse).response.status_code == 502
    fault("status", status=500, body="{nothing", content_type="application/json")
    assert refused(client.http_get, "/users", error=UnexpectedResponse).response.status_code == 500
    fault("refusal", code=1028, message="You do not have access to perform that action.")
    assert refused(client.http_get, "/users").code == 1028
    fault("lost")
    assert refused(client.http_get, "/users", error=GeneralError).message == "The request to Micetro REST API v2 failed."
    # An error without a content type, without the `error` key, or a truncated answer is beyond it.
    fault("throttle")
    refused(client.http_get, "/users", error=KeyError)
    fault("status", status=400, body="{}", content_type="application/json")
    refused(client.http_get, "/users", error=KeyError)
    # A refusal other than the two known messages still counts as a successful login.
    fault("refusal", code=1028, message="You do not have access to perform that action.")
    with Client(URL) as other:
        other.authenticate(*LOGIN)
        assert other.is_authenticated

    client.clear_token()
    assert refused(client.http_get, "/users").code == 5002


def main() -> None:
    control("seed", {"dns_servers": ["ns1.example.org."]})
    with Client(URL) as client:
        for part in (probe_and_login, people, network, answers):
            part(client)
    print("OK")


if __name__ == "__main__":
    main()
