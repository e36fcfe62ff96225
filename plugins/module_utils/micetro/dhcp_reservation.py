# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DHCP reservations of scopes (chapter 10 of the Micetro contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

from ..core.errors import BackendError, InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CALL, CREATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from . import names, zones
from .client import MicetroClient, ref_path

SCOPES = "dhcpScopes"
RESERVATIONS = "dhcpReservations"

SCOPE = Field("scope", clean=names.network, norm=str.casefold)
SERVER = Field("dhcp_server", required=False, norm=names.server_name)
CLIENT = Field("client_identifier", aliases=("mac",), api="clientIdentifier", clean=names.client_identifier, norm=str.casefold)
ADDRESSES = Field("addresses", type="list", elements="str", clean=names.address, clearable=False)
EVERYWHERE = Field("everywhere", type="bool")  # whether all scopes that are meant have the reservation, with the same addresses
ALL_SCOPES = Field("all_scopes", type="bool", send=(CALL,))
TEXTS = (
    Field("name"),
    Field("reservation_method", choices=("HardwareAddress", "ClientIdentifier"), api="reservationMethod", clearable=False),
    Field("type", choices=("DHCP", "BOOTP", "BOTH"), clearable=False),
    Field("description"),
    Field("ddns_host_name", api="ddnsHostName"),
    Field("filename"),
    Field("server_name", api="serverName"),
    Field("next_server", api="nextServer"),
)


class Reservation(Part):
    """What one client gets: one reservation, or the same one in each scope of a failover pair."""

    fields = (ADDRESSES, *TEXTS, EVERYWHERE)
    few = 0  # each server writes identifiers in its own way, so no filter finds one

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {"refs": want.values.get("refs", [want.values[SCOPE.name]])}  # what is pruned has the reference as its scope

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        """One reservation for all scopes of a want; each by itself for what prune may look at."""
        if "refs" in scope:
            return in_scopes(client, scope["refs"])
        refs = chosen(client, scope)
        if not refs:
            raise unknown(scope)
        return [raw for ref in refs for raw in in_scopes(client, [ref])]

    def create(self, client: MicetroClient, change: Change) -> None:
        for number, ref in enumerate(change.want.values["refs"]):
            try:
                add(client, ref, change, {})
            except Refused:
                # The server may have copied the first one to the partner of its pair.
                if not number or change.want.values[CLIENT.name] not in identifiers(client, ref):
                    raise

    def update(self, client: MicetroClient, change: Change) -> None:
        raw = change.raw or {}
        rows: Mapping[str, Raw] = raw["rows"]
        model = next(iter(rows.values()))
        present: Sequence[str] = raw["addresses"] if change.value(ADDRESSES.name) else model["addresses"]
        addresses = change.goals.get(ADDRESSES.name, present)
        for ref in change.want.values["refs"]:
            row = rows.get(ref)
            if row is None:
                try:
                    add(client, ref, change, {**model, "addresses": addresses})
                except BackendError as exc:
                    raise exc.reworded(f"{exc}; {ref} is without the reservation") from None
                wrote(change)
            elif set(row["addresses"]) != set(addresses):
                replace(client, ref, row, change, addresses)
            else:
                differing = {item.wire_name: change.goals[item.name] for item in TEXTS if differs(item, row, change)}
                if differing:
                    client.put(ref_path(row["ref"], RESERVATIONS), properties=differing)
                    wrote(change)

    def delete(self, client: MicetroClient, change: Change) -> None:
        for row in (change.raw or {})["rows"].values():
            client.discard(ref_path(row["ref"], RESERVATIONS))
            change.written = True


def wrote(change: Change) -> None:
    """From now on the scopes may differ, until the last of them is written."""
    change.written = change.goals[EVERYWHERE.name] = True


def differs(item: Field, row: Raw, change: Change) -> bool:
    return item.name in change.goals and not item.same(item.read(row), change.goals[item.name])


def add(client: MicetroClient, ref: str, change: Change, model: Mapping[str, Any]) -> None:
    """A reservation in a scope: what was given, else as in the model."""
    fields = {item.wire_name: change.value(item.name) for item in (CLIENT, ADDRESSES, *TEXTS)}
    mine = {name: model.get(name) if value is None else value for name, value in fields.items()}
    if "addresses" in model:
        mine["addresses"] = model["addresses"]
    put_in(client, ref, mine)


def put_in(client: MicetroClient, ref: str, fields: Mapping[str, Any]) -> None:
    given = {name: value for name, value in fields.items() if value not in (None, "", [])}
    client.post(f"{ref_path(ref, SCOPES)}/{RESERVATIONS}", dhcpReservation={**given, "ownerRef": ref})


def replace(client: MicetroClient, ref: str, row: Raw, change: Change, addresses: Sequence[str]) -> None:
    """Other addresses take another reservation; if that one cannot be made, the old one comes back."""
    before = change.written, dict(change.goals)
    client.discard(ref_path(row["ref"], RESERVATIONS))
    wrote(change)
    try:
        add(client, ref, change, {**row, "addresses": addresses})
    except BackendError as exc:
        try:
            if exc.fatal:
                raise
            if exc.uncertain and change.want.values[CLIENT.name] in identifiers(client, ref):
                return  # it was made all the same
            put_in(client, ref, {item.wire_name: row[item.wire_name] for item in (CLIENT, ADDRESSES, *TEXTS)})
        except BackendError as again:
            gone = f"{exc}; the reservation of {' and '.join(row['addresses'])} was deleted before"
            words = gone if again is exc else f"{gone}, and putting it back failed too: {again}"
            raise exc.reworded(words) from None
        change.written, change.goals = before
        raise


def in_scopes(client: MicetroClient, refs: Sequence[str]) -> list[Raw]:
    """The reservations of some scopes, each of one client."""
    found: dict[str, dict[str, Raw]] = {}
    for ref in refs:
        for row in in_scope(client, ref):
            found.setdefault(names.client_identifier(row.get("clientIdentifier") or ""), {})[ref] = row
    return [merged(refs, identifier, rows) for identifier, rows in found.items() if identifier]


def in_scope(client: MicetroClient, ref: str) -> list[Raw]:
    """The reservations of a scope; what a server leaves out is empty."""
    found = client.rows(f"{ref_path(ref, SCOPES)}/{RESERVATIONS}", RESERVATIONS, sortBy="name", sortOrder="Ascending")
    unset = {item.wire_name: "" for item in TEXTS}
    return [{**unset, **row, "addresses": [names.address(each) for each in row.get("addresses") or ()]} for row in found]


def identifiers(client: MicetroClient, ref: str) -> set[str]:
    return {names.client_identifier(row.get("clientIdentifier") or "") for row in in_scope(client, ref)}


def merged(refs: Sequence[str], identifier: str, rows: Mapping[str, Raw]) -> Raw:
    """One reservation of several scopes. What differs between them reads as all the values, and is left out of an export."""
    each = {item.wire_name: list(dict.fromkeys(row[item.wire_name] or "" for row in rows.values())) for item in TEXTS}
    addresses = list(dict.fromkeys(address for row in rows.values() for address in row["addresses"]))
    return {
        "scope": ", ".join(refs),
        "clientIdentifier": identifier,
        "rows": rows,
        "addresses": addresses,
        "everywhere": len(rows) == len(refs) and all(set(row["addresses"]) == set(addresses) for row in rows.values()),
        **{name: values[0] if len(values) == 1 else ", ".join(values) for name, values in each.items()},
        "mixed": [item.name for item in TEXTS if len(each[item.wire_name]) > 1],
    }


def chosen(client: MicetroClient, values: Mapping[str, Any]) -> list[str]:
    """The references of the scopes that are meant; none if there is none. :raises Refused: if it is not clear which."""
    wanted, server = str(values.get(SCOPE.name) or ""), str(values.get(SERVER.name) or "")
    servers = {ref: row["name"] for ref, row in zones.all_of(client, "dhcpServers").items()} if server else {}
    found = [
        ref
        for ref, row in zones.all_of(client, SCOPES).items()
        if wanted.casefold() in (ref.casefold(), str(row.get("name")).casefold(), names.network(row.get("range") or ""))
        and (not server or names.server_name(servers.get(row["dhcpServerRef"], "")) == names.server_name(server))
    ]
    if len(found) > 1 and not values.get(ALL_SCOPES.name):
        on = {ref: row["name"] for ref, row in zones.all_of(client, "dhcpServers").items()}
        places = ", ".join(sorted(on.get(zones.all_of(client, SCOPES)[ref]["dhcpServerRef"], ref) for ref in found))
        raise Refused(
            f"{len(found)} scopes are called {wanted} (on {places}): say with dhcp_server which is meant, or set all_scopes to true"
        )
    return found


def unknown(values: Mapping[str, Any]) -> Refused:
    server = values.get(SERVER.name)
    return Refused(f"no scope is called {values[SCOPE.name]}" + (f" on {server}" if server else ""))


class DhcpReservation(Resource):
    kind, plural = "DHCP reservation", "reservations"
    identities = ((SCOPE, SERVER, CLIENT),)
    parts = (Reservation(),)
    states = {"present": {EVERYWHERE.name: True}, "absent": None}
    steering = (ALL_SCOPES,)
    prune_scope = ("scope", "dhcp_server", "all_scopes")

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        if SCOPE.name not in scope:
            raise ValueError("it must name a scope: no listing holds the reservations of all of them")
        return scope

    def identify(self, values: Mapping[str, Any]) -> list[tuple[int, tuple[Any, ...]]]:
        """By each of its scopes too, so that prune knows what is listed for several at once."""
        refs = [ref for ref in values.get("refs") or [values.get(SCOPE.name)] if str(ref).startswith(SCOPES + "/")]
        out = super().identify(values)
        return out + [(1, (ref, CLIENT.norm(values[CLIENT.name]))) for ref in refs if out]

    def identify_raw(self, raw: Raw) -> list[tuple[int, tuple[Any, ...]]]:
        """By all of its scopes together: as part of others it is another reservation."""
        return super().identify({item.name: item.read(raw) for item in self.keys})

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        first: dict[Any, Want] = {}
        for want in wants:
            want.values["refs"] = []
            try:
                refs = chosen(client, want.values)
            except Refused as exc:
                want.error = exc
                continue
            if not refs:
                if want.state != "absent":
                    want.error = unknown(want.values)
                continue
            want.values.update({SCOPE.name: ", ".join(refs), "refs": refs})
            want.values.pop(SERVER.name, None)
            for ref in refs:
                other = first.setdefault((ref, CLIENT.norm(want.values[CLIENT.name])), want)
                if other is not want:
                    want.error = Refused(f"{other.where} ({other.name}) names the same reservation")

    def guard(self, client: MicetroClient, change: Change) -> None:
        if change.action == CREATE and ADDRESSES.name not in change.goals:
            raise Refused(f"addresses must be given to create the DHCP reservation {change.name}")

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        hidden = (EVERYWHERE.name, *raw.get("mixed", ()))
        return {name: value for name, value in super().export(raw, parts).items() if name not in hidden}


DHCP_RESERVATION = DhcpReservation()
TASK = ResourceTask(DHCP_RESERVATION, MicetroClient)


class DhcpReservationInfo(InfoTask):
    """The reservations of a scope."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if not params[SCOPE.name]:
            raise InvalidInput("scope must be given")

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        named = {SCOPE.name: names.network(params[SCOPE.name]), SERVER.name: params[SERVER.name]}
        wanted = params[CLIENT.name] and names.client_identifier(params[CLIENT.name])
        rows = DHCP_RESERVATION.parts[0].list(client, named) or ()
        given = {name: value for name, value in named.items() if value}
        return [{**raw, **given} for raw in rows if not wanted or CLIENT.norm(raw[CLIENT.wire_name]) == CLIENT.norm(wanted)]


INFO = DhcpReservationInfo(DHCP_RESERVATION, MicetroClient)
