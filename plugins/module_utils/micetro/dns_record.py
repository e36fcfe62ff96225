# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DNS records, managed as sets: all records of one name and type in one zone (chapter 8 of the Micetro contract)."""

from __future__ import annotations

import re
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from ..core.errors import BackendError, BadReply, InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CALL, CREATE, DELETE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from . import names, record_data, zones
from .client import MicetroClient, equals, ref_path
from .directory import flag
from .names import APEX
from .zones import ZONES

RECORDS = "dnsRecords"
ALONE = ("CNAME", "DNAME", "SOA")  # types of which a name has one record
BULK = 1000  # records in one request
LONGEST_TTL = 2**31 - 1


def record_type(value: str) -> str:
    text = value.strip().upper()
    if not re.fullmatch("[A-Z][A-Z0-9-]*", text):
        raise ValueError("it is not the type of a record, such as A or MX")
    return text


def ttl(value: Any) -> str:
    """Seconds as text, or empty for the default of the zone (chapter 12.13)."""
    text = "" if value is None else str(value).strip()
    if text and not (re.fullmatch("[0-9]{1,10}", text) and int(text) <= LONGEST_TTL):
        raise ValueError("it must be a number of seconds, or empty for the default of the zone")
    return str(int(text)) if text else ""


ZONE = Field("zone", clean=names.zone_name)
SERVER = Field("server", required=False, norm=names.server_name)
VIEW = Field("view", required=False, norm=str.casefold)
NAME = Field("name")
TYPE = Field("type", clean=record_type)
DATA = Field("data", type="list", elements="str")
TTL = Field("ttl", clean=ttl)
COMMENT = Field("comment")
ENABLED = Field("enabled", type="bool")
FORCE = Field("force_naming_conflict", type="bool", send=(CALL,))
EACH = (TTL, COMMENT, ENABLED)  # what every record of a set has by itself


class RecordSet(Part):
    """All records of a name and type."""

    fields = (DATA, *EACH)
    together = (CREATE,)

    def get(self, client: MicetroClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        zone = want.values.get("place")
        if zone is None:
            return None
        name, kind = want.values[NAME.name], want.values[TYPE.name]
        # How the name of the zone itself is spelled in a filter is not known.
        narrowed = " and ".join(filter(None, [equals("name", name) if name != APEX else None, equals("type", kind)]))
        return next(
            (found for found in sets(zone, listing(client, zone, filter=narrowed)) if (found["name"], found["type"]) == (name, kind)), None
        )

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {"place": want.values.get("place")}

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Optional[Iterable[Raw]]:
        if "place" in scope:
            return sets(scope["place"], listing(client, scope["place"])) if scope["place"] else []
        if not scope.get("zone"):
            return None
        return in_prune_scope(client, scope)

    def nothing(self, want: Want) -> Optional[Raw]:
        """Where something is to be removed, no record is an empty set."""
        if want.state == "absent" or want.modes.get(DATA.name) != "remove":
            return None
        return {**want.values, "records": [], DATA.name: []}

    def write(self, client: MicetroClient, call: str, changes: Sequence[Change]) -> Mapping[str, BackendError]:
        """New sets, many at once for each zone. An answer may say 201 and hold refusals; nothing is rolled back."""
        errors: dict[str, BackendError] = {}
        batches: dict[tuple[str, bool], list[tuple[Change, Raw]]] = {}
        for change in changes:
            batch = batches.setdefault((change.want.values["place"]["ref"], bool(change.value(FORCE.name))), [])
            batch += [(change, record) for record in new_records(change, change.goals[DATA.name])]
        for (ref, force), batch in batches.items():
            for start in range(0, len(batch), BULK):
                part = batch[start : start + BULK]
                try:
                    failures = add(client, ref, [record for _change, record in part], force)
                except BackendError as exc:
                    errors.update((change.name, exc) for change, _record in part)
                else:
                    errors.update((part[number][0].name, exc) for number, exc in failures.items())
        return errors

    def update(self, client: MicetroClient, change: Change) -> None:
        """Records that stay get what differs, others become the new ones, and what is left over is added or removed."""
        rows = (change.raw or {})["records"]
        wanted = {item.name: change.goals[item.name] for item in EACH if item.name in change.goals}
        goal = change.goals.get(DATA.name, [row[DATA.name] for row in rows])
        kept, gone = [row for row in rows if row[DATA.name] in goal], [row for row in rows if row[DATA.name] not in goal]
        new = [data for data in goal if data not in {row[DATA.name] for row in rows}]
        for row in kept:
            differing = {name: value for name, value in wanted.items() if row[name] != value}
            if differing:
                client.put(ref_path(row["ref"], RECORDS), properties=differing)
                change.written = True
        kind = change.want.values[TYPE.name]
        for row, data in zip(gone, new):
            client.put(ref_path(row["ref"], RECORDS), properties={**wanted, DATA.name: record_data.wire(kind, data)})
            change.written = True
        for row in gone[len(new) :]:
            client.discard(ref_path(row["ref"], RECORDS))
            change.written = True
        if new[len(gone) :]:
            records = new_records(change, new[len(gone) :])
            failed = add(client, change.want.values["place"]["ref"], records, bool(change.value(FORCE.name)))
            change.written = change.written or len(failed) < len(records)
            for exc in failed.values():
                raise exc

    def delete(self, client: MicetroClient, change: Change) -> None:
        for row in (change.raw or {})["records"]:
            client.discard(ref_path(row["ref"], RECORDS))
            change.written = True


def listing(client: MicetroClient, zone: Raw, **query: Any) -> Iterator[Raw]:
    return client.rows(f"{ref_path(zone['ref'], ZONES)}/{RECORDS}", RECORDS, **query, sortBy="name", sortOrder="Ascending")


def sets(zone: Raw, rows: Iterable[Raw]) -> list[Raw]:
    """Records by name and type. What differs between those of one set reads as all the values, and is left out of an export."""
    found: dict[tuple[str, str], list[Raw]] = {}
    for row in rows:
        name, kind = names.within(row["name"], zone["zone"]), str(row["type"]).upper()
        read = {"ref": row["ref"], "data": read_data(kind, row["data"], zone["zone"]), "comment": row.get("comment") or ""}
        found.setdefault((name, kind), []).append({**read, "ttl": read_ttl(row.get("ttl")), "enabled": flag(row.get("enabled", True))})
    out = []
    for (name, kind), records in found.items():
        each = {item.name: list(dict.fromkeys(record[item.name] for record in records)) for item in EACH}
        out.append(
            {
                **{key: value for key, value in zone.items() if key != "ref"},
                "place": zone,
                "name": name,
                "type": kind,
                "data": list(dict.fromkeys(record["data"] for record in records)),
                **{key: values[0] if len(values) == 1 else ", ".join(map(str, values)) for key, values in each.items()},
                "mixed": [key for key, values in each.items() if len(values) > 1],
                "records": records,
            }
        )
    return out


def read_data(kind: str, data: str, zone: str) -> str:
    """What the server holds is never refused: at worst it is compared as it is."""
    for text in (data, data + "."):
        try:
            return record_data.canonical(kind, text, zone)
        except ValueError:
            pass
    return " ".join(data.split())


def read_ttl(value: Any) -> str:
    try:
        return ttl(value)
    except ValueError:
        return str(value)


def new_records(change: Change, data: Iterable[str]) -> list[Raw]:
    """Records to be added to a set; where no time to live is given they get that of the others."""
    values, raw = change.want.values, change.raw or {}
    name = values[ZONE.name] if values[NAME.name] == APEX else values[NAME.name]
    given = {item.name: values.get(item.name) for item in EACH}
    if given[TTL.name] is None and TTL.name not in raw.get("mixed", ()):
        given[TTL.name] = raw.get(TTL.name)
    more = {key: value for key, value in given.items() if value not in (None, "")}
    kind = values[TYPE.name]
    return [{"name": name, "type": kind, "data": record_data.wire(kind, each), **more} for each in data]


def add(client: MicetroClient, ref: str, records: Sequence[Raw], force: bool) -> dict[int, Refused]:
    """Add records to a zone: which of them failed, and why. The messages name records and stand in no order (chapter 8)."""
    steering = {"forceOverrideOfNamingConflictCheck": True} if force else {}
    found = client.post(f"/{RECORDS}", dnsRecords=[{**record, "dnsZoneRef": ref} for record in records], dnsZoneRef=ref, **steering)
    if not isinstance(found, dict) or not isinstance(found.get("objRefs"), list):
        raise BadReply("the answer to new records does not say which of them were added")
    refs, messages = found["objRefs"], [str(message).rstrip(".") for message in found.get("errors") or ()]
    failed = {}
    for number, record in enumerate(records):
        if number >= len(refs) or re.search(r"^$|unknown|[/#]0\W*$", str(refs[number] or "")):
            mine = [message for message in messages if mentions(message, record["name"])] or messages
            failed[number] = Refused("; ".join(dict.fromkeys(mine)) or f"the server did not add {record['name']} and did not say why")
    return failed


def mentions(message: str, name: str) -> bool:
    return bool(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", message, re.IGNORECASE))


def where(client: MicetroClient, values: Mapping[str, Any]) -> Optional[Raw]:
    """The zone that is meant: its reference, and the options that name it in one way only."""
    name = values[ZONE.name]
    rows = zones.known(client, [name]).get(name, ())
    row = zones.choose(client, rows, name, values.get(SERVER.name) or "", values.get(VIEW.name) or "")
    if row is None:
        return None
    place = {"ref": row["ref"], ZONE.name: name}
    if len(rows) > 1:
        views = [view["name"] for view in zones.views_of(client, row)]
        place.update({SERVER.name: row["authority"], VIEW.name: views[0] if len(views) == 1 else ""})
    return place


def in_prune_scope(client: MicetroClient, scope: Mapping[str, Any]) -> Iterator[Raw]:
    """The record sets that prune may look at: never the SOA, and the zone's own NS only where the types name it."""
    zone, types = where(client, scope), scope["types"]
    if zone is None:
        raise Refused(f"prune_scope: no zone is called {scope[ZONE.name]}")
    for found in sets(zone, listing(client, zone)):
        own = found["type"] == "SOA" or (found["type"] == "NS" and found["name"] == APEX)
        if found["type"] in types if types else not own:
            yield found


class DnsRecord(Resource):
    kind, plural = "DNS record set", "records"
    identities = ((ZONE, SERVER, VIEW, NAME, TYPE),)
    parts = (RecordSet(),)
    steering = (FORCE,)
    created_by = ("data",)
    prune_scope = ("zone", "types", "server", "view")

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        types = scope.get("types") or ()
        values = {item.name: item.accept(str(scope.get(item.name) or "")) for item in (ZONE, SERVER, VIEW)}
        return {**values, "types": [record_type(str(each)) for each in ([types] if isinstance(types, str) else types)]}

    def label(self, values: Mapping[str, Any]) -> str:
        if not all(values.get(item.name) for item in (ZONE, NAME, TYPE)):
            return ""
        name, zone = str(values[NAME.name]), str(values[ZONE.name])
        place = ", ".join(str(values[item.name]) for item in (SERVER, VIEW) if values.get(item.name))
        host = zone if name == APEX else name if name.endswith(".") else f"{name}.{zone}"
        return f"{host} {values[TYPE.name]}" + (f" ({place})" if place else "")

    def refine(self, values: dict[str, Any], state: str) -> None:
        """Spell name and data in the one way that can be compared."""
        if not all(values.get(item.name) for item in (ZONE, NAME, TYPE)):
            return
        zone, kind = values[ZONE.name], values[TYPE.name]
        try:
            values[NAME.name] = names.relative(values[NAME.name], zone)
        except ValueError as exc:
            raise ValueError(f"name {values[NAME.name]!r}: {exc}") from None
        if state == "absent" and DATA.name in values:
            raise ValueError("state absent removes the whole set, so it takes no data: to remove some of it, set data_mode to remove")
        spelled: dict[str, None] = {}
        for each in values.get(DATA.name, ()):
            try:
                spelled[record_data.canonical(kind, each, zone)] = None
            except ValueError as exc:
                raise ValueError(f"data {each!r}: {exc}") from None
        if kind in ALONE and len(spelled) > 1:
            raise ValueError(f"a name has one {kind} record only")
        if DATA.name in values:
            if not spelled:
                raise ValueError("data []: it cannot be empty")
            values[DATA.name] = list(spelled)

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        zones.known(client, [want.values[ZONE.name] for want in wants])
        first: dict[Any, Want] = {}
        for want in wants:
            try:
                place = where(client, want.values)
            except Refused as exc:
                want.error = exc
                continue
            if place is None:
                if want.state != "absent":
                    want.error = Refused(f"no zone is called {want.values[ZONE.name]}: create it first, for example with micetro_dns_zone")
                continue
            named = {key: value for key, value in want.values.items() if key not in (SERVER.name, VIEW.name)}
            want.values = {**named, **place, "place": place}
            (identity,) = self.identify(want.values)
            other = first.setdefault(identity, want)
            if other is not want:
                want.error = Refused(f"{other.where} ({other.name}) names the same record set")

    def guard(self, client: MicetroClient, change: Change) -> None:
        if change.raw:
            change.want.values.setdefault("place", change.raw["place"])  # of what is pruned, which nobody looked up
        if change.want.values[TYPE.name] == "SOA" and (change.action == DELETE or change.goals.get(DATA.name) == []):
            raise Refused("a zone cannot do without its SOA record")

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        return {name: value for name, value in super().export(raw, parts).items() if name not in raw.get("mixed", ())}


DNS_RECORD = DnsRecord()
TASK = ResourceTask(DNS_RECORD, MicetroClient)


class DnsRecordInfo(InfoTask):
    """The record sets of a zone."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if not params[ZONE.name]:
            raise InvalidInput("zone must be given")

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        values = {item.name: params[item.name] or "" for item in DNS_RECORD.keys}
        try:
            values[ZONE.name] = names.zone_name(values[ZONE.name])
            values[TYPE.name] = values[TYPE.name] and record_type(values[TYPE.name])
            values[NAME.name] = values[NAME.name] and names.relative(values[NAME.name], values[ZONE.name])
        except ValueError as exc:
            raise InvalidInput(str(exc)) from None
        zone = where(client, values)
        if zone is None:
            raise Refused(f"no zone is called {values[ZONE.name]}")
        narrowed = equals("type", values[TYPE.name]) if values[TYPE.name] else None
        found = sets(zone, listing(client, zone, filter=narrowed))
        return sorted(
            (
                each
                for each in found
                if values[NAME.name] in ("", each["name"])
                and (each["type"] == values[TYPE.name] or (each["type"] != "SOA" and not values[TYPE.name]))
            ),
            key=lambda each: (each["name"] != APEX, each["name"], each["type"]),
        )


INFO = DnsRecordInfo(DNS_RECORD, MicetroClient)
