# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All mail policies of some accounts, as the modules that write them accept them."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from ..core.engine import Engine, Settings
from ..core.errors import BackendError, InvalidInput
from ..core.spec import Resource, Want
from ..core.task import Result, Task
from .client import IredmailClient
from .greylisting import SETTING
from .greylisting_whitelist import WHITELIST
from .senders import ACCOUNT, account
from .spam_policy import SPAM_POLICY
from .throttle import DIRECTION, THROTTLE
from .wblist import LIST, WBLIST

ONE: Sequence[Mapping[str, str]] = ({},)
DIRECTIONS = [{DIRECTION.name: direction} for direction in DIRECTION.choices]
#: Each kind of policy, and how many of it an account can have.
KINDS: tuple[tuple[Resource, Sequence[Mapping[str, str]]], ...] = (
    (SPAM_POLICY, ONE),
    (THROTTLE, DIRECTIONS),
    (SETTING, ONE),
    (WHITELIST, ONE),
    (WBLIST, [{**direction, LIST.name: colour} for direction in DIRECTIONS for colour in LIST.choices]),
)


class PolicyInfo(Task):
    """What is not set is left out."""

    def work(self, client: IredmailClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        accounts = self.accounts(params)
        client.acting()
        result: Result = {"changed": False}
        for resource, variants in KINDS:
            if resource.plural in params["gather"]:
                wanted = [{ACCOUNT.name: name, **variant} for name in accounts for variant in variants]
                wants = [Want(resource.label(names), "", "absent", dict(names), {}) for names in wanted]  # absent: an empty list is none
                found = Engine(resource, client, Settings()).read(resource.parts, wants)
                for want, raw in zip(wants, found):
                    if isinstance(raw, BackendError):
                        raise type(raw)(f"the {resource.kind} of {want.name} cannot be read: {raw}", status=raw.status, code=raw.code)
                result[resource.plural] = [resource.export(raw, resource.parts) for raw in found if raw]
        return result

    @staticmethod
    def accounts(params: Mapping[str, Any]) -> list[str]:
        found = []
        for name in params["accounts"]:
            try:
                found.append(account(name))
            except ValueError as exc:
                raise InvalidInput(f"accounts {name!r}: {exc}") from None
        return list(dict.fromkeys(found))


INFO = PolicyInfo(
    IredmailClient,
    {
        "accounts": {"type": "list", "elements": "str", "required": True},
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": [resource.plural for resource, _variants in KINDS],
            "default": [resource.plural for resource, _variants in KINDS],
        },
    },
)
