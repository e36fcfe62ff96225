# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Photos and icons of entries (contract 5.6)."""

from __future__ import annotations

from . import pictures
from .errors import not_found
from .lookup import directory
from .rights import check, check_self_or
from .routes import BYTES, VOID, router
from .store import Domain, Entry

KINDS = {"users": "USER", "mailshares": "MAILSHARE"}


def find(call, domain_name: str, uid: str) -> tuple[Domain, Entry]:
    domain = directory(call, domain_name)
    kind = KINDS[call.raw_path.split("/")[2]]
    entry = domain.get(kind, uid)
    if entry is None:
        raise not_found(f"{kind.title()} {uid} not found in domain {domain.uid}")
    if not call.match.route.write:
        return domain, entry
    if kind == "USER":
        check_self_or(call, "selfManageVCard", "manageUserVCard", domain=domain, entry=entry)
    else:
        check(call, "manageMailshare", domain=domain, entry=entry)
    return domain, entry


def store(call, domain: Domain, entry: Entry, photo: str | None) -> None:
    entry.photo = photo
    card = entry.value.get("contactInfos") or entry.value.get("card")
    if card:
        card["identification"]["photo"] = photo is not None
    domain.touch(entry.item, call.actor, call.server.now_ms())


def read(call, domain_name: str, uid: str):
    """A default picture where there is none."""
    return find(call, domain_name, uid)[1].photo or pictures.DEFAULT


def write(call, domain_name: str, uid: str):
    domain, entry = find(call, domain_name, uid)
    store(call, domain, entry, pictures.encoded(call.bytes()))


def delete(call, domain_name: str, uid: str):
    domain, entry = find(call, domain_name, uid)
    if entry.photo is not None:
        store(call, domain, entry, None)


for place in KINDS:
    router.add("GET", f"/{place}/{{domainUid}}/{{uid}}/photo", returns=BYTES)(read)
    router.add("GET", f"/{place}/{{domainUid}}/{{uid}}/icon", returns=BYTES)(read)
    router.add("POST", f"/{place}/{{domainUid}}/{{uid}}/photo", returns=VOID, write=True, stores="photo")(write)
    router.add("DELETE", f"/{place}/{{domainUid}}/{{uid}}/photo", returns=VOID, write=True, stores="photo")(delete)
