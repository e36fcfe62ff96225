# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pruning within one domain."""

from __future__ import annotations

from typing import Any, Mapping

from ..core.errors import InvalidInput
from ..core.task import ResourceTask, Result
from . import values
from .client import IredmailClient


class DomainTask(ResourceTask):
    """Of objects that may be pruned by domain, whose letter case does not count. The client refuses one that is not hosted here."""

    def work(self, client: IredmailClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        scope = params["prune_scope"] if params["prune"] else None
        client.pruned = ""
        if isinstance(scope, dict) and scope.get("domain"):
            try:
                client.pruned = values.domain(str(scope["domain"]))
            except ValueError as exc:
                raise InvalidInput(f"prune_scope: {exc}") from None
            params = {**params, "prune_scope": {**scope, "domain": client.pruned}}
        return super().work(client, params, check_mode)
