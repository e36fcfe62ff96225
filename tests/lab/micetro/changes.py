# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Change requests: changes to be approved, applied at once, or only checked (contract 11)."""

from __future__ import annotations

from .answer import created
from .crud import RULES, Rules, create, note, offer
from .dates import shown_date
from .dns import zone_of
from .errors import BAD_REQUEST, Refusal, invalid
from .kinds import CHANGE_REQUESTS, CHANGES, DHCP_RESERVATIONS, DNS_RECORDS, DNS_ZONES
from .listing import listing
from .properties import changes_of, given_fields
from .refs import resolve
from .rights import EDIT, require
from .routes import READ, WRITE, router

offer(CHANGE_REQUESTS, "GET", "PUT", "DELETE")
RULES[CHANGE_REQUESTS] = Rules()

#: Which kind of object a list of changes is about, and how its entries call it.
ABOUT = {
    "dnsRecordChanges": (DNS_RECORDS, "dnsRecord"),
    "dhcpReservationChanges": (DHCP_RESERVATIONS, "dhcpReservation"),
    "dnsZoneChanges": (DNS_ZONES, "dnsZone"),
}
NOTHING = "changeRequests/0"


@router.add("GET", "changeRequests")
def list_requests(call):
    """Those still to be decided, without their changes, unless asked for more."""
    requests = call.store.all(CHANGE_REQUESTS)
    if not call.flag("includeProcessedRequests"):
        requests = [request for request in requests if request.fields["state"] == "Pending"]
    reply = listing(call, CHANGE_REQUESTS, requests)
    if not call.flag("includeChanges"):
        for shown in reply.result["changeRequests"]:
            for name in CHANGES:
                shown.pop(name, None)
    return reply


def by_action(call) -> str:
    return READ if call.text("action") == "Validate" else WRITE


@router.add("POST", "changeRequests", effect=by_action)
def add(call):
    action = call.text("action") or "Request"
    if action not in ("Request", "Apply", "Validate"):
        raise invalid("action", action)
    changes = [(name, change) for name in ABOUT for change in call.args.get(name) or ()]
    if not changes and not call.args.get("customPropertyChanges"):
        raise Refusal(BAD_REQUEST, "The change request has no changes.")
    errors = [problem for name, change in changes if (problem := problem_of(call, *ABOUT[name], change))]
    if errors:
        # What is wrong with the changes is no refusal: it arrives with 201, and nothing is stored.
        return created({"errors": errors})
    if action == "Validate":
        return created({"ref": NOTHING})
    if action == "Apply":
        for name, change in changes:
            apply(call, *ABOUT[name], change)
    given = {name: call.args[name] for name in CHANGES if call.args.get(name)}
    given |= {"action": action, "saveComment": call.comment, "requestDate": call.text("requestDate")}
    obj = create(call, CHANGE_REQUESTS, given | {"customProperties": call.args.get("customProperties") or {}})
    now = shown_date(call.server.clock.now())
    filled = {"requester": call.user.name, "state": "Applied" if action == "Apply" else "Pending"}
    if changes:
        filled["objType"] = ABOUT[changes[0][0]][0].obj_type
    if action == "Apply":
        filled["processedDate"] = now
    call.store.change(obj, filled)
    return created({"ref": obj.ref})


def parts(name: str, change: object) -> tuple[str, dict, dict]:
    if not isinstance(change, dict):
        raise invalid(name, change)
    return str(change.get("type", "")), change.get(f"{name}Before") or {}, change.get(f"{name}After") or {}


def problem_of(call, kind, name: str, change: object) -> dict | None:
    try:
        check(call, kind, name, change)
    except Refusal as refusal:
        return {"message": refusal.message, "type": "Error"}
    return None


def check(call, kind, name: str, change: object) -> None:
    """The same checks as without a change request; nothing is stored."""
    verb, before, after = parts(name, change)
    if before.get("ref"):
        obj = resolve(call, kind, before["ref"])
        require(call, EDIT, kind, obj)
        if after:
            fields, _custom = changes_of(call, obj, {key: value for key, value in after.items() if key != "ref"}, False)
            RULES[kind].change(call, obj, fields)
        return
    if not after:
        raise invalid(name, change)
    if kind is DNS_RECORDS:
        after = after | {"dnsZoneRef": zone_of(call, after.get("dnsZoneRef")).ref}
    require(call, EDIT, kind)
    RULES[kind].create(call, given_fields(kind, after, RULES[kind].own))


def apply(call, kind, name: str, change: dict) -> None:
    _verb, before, after = parts(name, change)
    if not before.get("ref"):
        zone = {"dnsZoneRef": zone_of(call, after.get("dnsZoneRef")).ref} if kind is DNS_RECORDS else {}
        create(call, kind, after, zone)
        return
    obj = resolve(call, kind, before["ref"])
    if after:
        fields, custom = changes_of(call, obj, {key: value for key, value in after.items() if key != "ref"}, False)
        RULES[kind].change(call, obj, fields)
        call.store.change(obj, fields)
        obj.custom.update(custom)
        note(call, "Modification", obj, f"Modified {obj.name}")
    else:
        RULES[kind].remove(call, obj)
        note(call, "Deletion", obj, f"Removed {obj.name}")
        call.store.remove(obj)
