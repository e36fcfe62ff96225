# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the account that the task works with has its rights from, so that it does not lose them (chapters 5.6, 8 and 12 of the BlueMind contract)."""

from __future__ import annotations

from ..core.transport import segment
from .client import BluemindClient


def is_home(client: BluemindClient, domain: str) -> bool:
    """Whether the account is of this domain; the core token is of none."""
    return bool(client.account) and client.domain(domain) == client.account.get("domainUid")


def groups(client: BluemindClient) -> set[str]:
    """The uids of the groups that the account is in, by itself or through other groups."""
    home, uid = str(client.account["domainUid"]), str(client.account["uid"])
    return client.look_up("own groups", lambda: set(client.call("GET", f"/users/{segment(home)}/{segment(uid)}/groupUids") or ()))


def gives_rights(client: BluemindClient, group: str) -> bool:
    """Whether a group of its domain, or one that this group is in, has roles to give."""
    where = f"/groups/{segment(str(client.account['domainUid']))}"
    above = [item["uid"] for item in client.call("GET", f"{where}/{segment(group)}/parents") or ()]
    return any(client.call("GET", f"{where}/{segment(uid)}/roles") for uid in (group, *above))


def units(client: BluemindClient) -> set[str]:
    """The uids of the org units that the account administers, by itself or through its groups."""
    home, uid = str(client.account["domainUid"]), str(client.account["uid"])

    def ask() -> set[str]:
        found = client.ask(f"/directory/_ou/{segment(home)}/_byAdmin", sorted(groups(client)), administrator=uid)
        return {unit["uid"] for unit in found or ()}

    return client.look_up("own units", ask)
