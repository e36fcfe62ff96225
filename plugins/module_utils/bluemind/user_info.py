# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading users (chapters 5, 14 and 21 of the BlueMind contract)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Mapping, Sequence

from ..core.errors import InvalidInput, Refused
from ..core.spec import Part, Raw, Want
from ..core.task import Result
from . import membership, values
from .client import BluemindClient, domain_names
from .directory import DOMAIN, ORG_UNIT, UID
from .user import ARCHIVED, LOGIN, USER
from .whole import EntryInfo

DETAILS = "details"
ACCOUNT, ROLES, SETTINGS, MAIL, GROUPS = USER.parts
GATHERED = {"roles": ROLES, "settings": SETTINGS, "mail": MAIL, "groups": GROUPS}


class UserInfo(EntryInfo):
    """One user, those of a domain or of an org unit of it, or all; how much of each is asked for."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        super().check(params, hidden)
        if params[ORG_UNIT.name] is not None and not params[DOMAIN.name]:
            raise InvalidInput(f"{ORG_UNIT.name} needs domain")

    def parts(self, params: Mapping[str, Any]) -> Sequence[Part]:
        return [ACCOUNT, *(part for name, part in GATHERED.items() if name in params["gather"])]

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        client.forget()
        given = self.given(params)
        if DOMAIN.name in given:
            given[DOMAIN.name] = domain_names(client.domain_named(given[DOMAIN.name]))[0]
        if set(given) - {DOMAIN.name}:
            found = ACCOUNT.get(client, Want("", "", "present", given, {}), None)
            rows = [found] if found else []
        else:
            listed = ACCOUNT.list(client, {**given, ORG_UNIT.name: params[ORG_UNIT.name]})
            if listed is None:
                raise Refused("the account that the task works with may not see all mailboxes: name one user")
            rows = list(listed)
        rows = [raw for raw in rows if not raw["value"].get("system") and params[ARCHIVED.name] in (None, ARCHIVED.read(raw))]
        client.known[membership.EVERY] = len(rows) > membership.FEW
        with ThreadPoolExecutor(client.readers) as pool:
            rows = list(filter(None, pool.map(lambda raw: self.read(client, params, raw), rows)))
        return sorted(rows, key=lambda raw: (raw[DOMAIN.name], str(LOGIN.read(raw))))

    def read(self, client: BluemindClient, params: Mapping[str, Any], raw: Raw) -> Raw:
        """What the listing does not hold; nothing of somebody who is gone since."""
        every = {membership.GROUPS.name: [], membership.PROFILE.name: "", DOMAIN.name: raw[DOMAIN.name]}
        want = Want("", "", "present", every, {membership.GROUPS.name: "set"})
        if DETAILS in params["gather"] and not raw["value"].get("contactInfos"):
            raw = ACCOUNT.get(client, want, raw) or {}
        for part in self.parts(params)[1:]:
            raw = {**raw, **(part.get(client, want, raw) or {})} if raw else raw
        return raw

    def more(self, rows: Sequence[Raw], params: Mapping[str, Any]) -> Result:
        def about(raw: Raw) -> dict[str, Any]:
            value = raw["value"]
            changed = values.moment_read(value.get("passwordLastChange")) or None
            return {
                LOGIN.name: LOGIN.read(raw),
                DOMAIN.name: raw[DOMAIN.name],
                UID.name: raw[UID.name],
                "display_name": raw.get("displayName"),
                **({"password_changed": changed, "has_photo": bool(raw["photo"])} if "photo" in raw else {}),
            }

        return {"about": [about(raw) for raw in rows]}


INFO = UserInfo(
    USER,
    BluemindClient,
    org_unit={"type": "str"},
    archived={"type": "bool"},
    gather={"type": "list", "elements": "str", "choices": [DETAILS, *GATHERED], "default": [DETAILS]},
)
