# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains whose mail servers greylisting lets pass, found by their SPF records (chapters 4.11 and 7.6 of the iRedMail contract)."""

from __future__ import annotations

from typing import Any, Mapping

from ..core.errors import InvalidInput
from ..core.spec import MODES
from ..core.task import Result, Task
from . import values
from .client import IredmailClient
from .greylisting_whitelist import automatic_rows
from .senders import GLOBAL

PARAMETERS = {"add": "addDomains", "set": "domains", "remove": "removeDomains"}


class SpfDomains(Task):
    """An operation, for no call reads this list. Sending it again does no harm."""

    def work(self, client: IredmailClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        domains, mode = self.domains(params), params["domains_mode"]
        client.acting()
        unverified = domains
        if mode != "remove":
            shown = {domain for domain in automatic_rows(client, GLOBAL)[0].values() if domain}
            unverified = [domain for domain in domains if domain not in shown]
        due = bool(domains) or mode == "set"
        if due and not check_mode:
            client.form("POST", "/greylisting/whitelist_spf_domains", {PARAMETERS[mode]: domains}, repeat=True)
        return {"changed": due and params["unreadable_fields"] == "always", "domains": domains, "unverified": unverified}

    @staticmethod
    def domains(params: Mapping[str, Any]) -> list[str]:
        found = []
        for name in params["domains"]:
            try:
                found += [values.domain(name)] if name else []
            except ValueError as exc:
                raise InvalidInput(f"domains {name!r}: {exc}") from None
        return sorted(set(found))


SPF_DOMAINS = SpfDomains(
    IredmailClient,
    {
        "domains": {"type": "list", "elements": "str", "required": True},
        "domains_mode": {"type": "str", "choices": list(MODES), "default": "add"},
        "unreadable_fields": {"type": "str", "choices": ["always", "always_quiet"], "default": "always_quiet"},
    },
)
