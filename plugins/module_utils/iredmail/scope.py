# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pruning within one domain."""

from __future__ import annotations

from typing import Any, Mapping

from ..core.errors import Refused
from ..core.spec import Resource
from . import values
from .client import IredmailClient


class InDomain(Resource):
    """Of objects that may be pruned by domain, whose letter case does not count."""

    prune_scope = ("domain",)

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: values.domain(str(value)) for name, value in scope.items()}

    def check_scope(self, client: IredmailClient, scope: Mapping[str, Any]) -> None:
        if scope and not client.hosts(scope["domain"]):
            raise Refused(f"prune_scope: the server hosts no domain {scope['domain']}")
