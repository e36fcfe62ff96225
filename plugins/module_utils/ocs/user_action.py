# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is done to an account and leaves no state: the welcome mail, and closing its devices (chapter 3.5)."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from ..core.errors import BackendError, InvalidInput, Lost
from ..core.spec import Want
from ..core.task import BULK, Result, Task
from . import values
from .client import OcsClient
from .user import USER, USERID, path


class UserAction(Task):
    """An operation: it has no wanted state, so it is a change each time."""

    def names(self, params: Mapping[str, Any]) -> list[str]:
        names: list[str] = params["users"] if params["users"] is not None else [params["userid"]]
        seen: dict[str, str] = {}
        for name in names:
            try:
                values.userid(name)
            except ValueError as exc:
                raise InvalidInput(f"userid {name!r}: {exc}") from None
            if seen.setdefault(name.casefold(), name) is not name:
                raise InvalidInput(f"{seen[name.casefold()]} and {name} are the same user")
        return names

    def work(self, client: OcsClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        names = self.names(params)
        client.acting()
        items: list[dict[str, Any]] = []
        stopped = ""
        for name in names:
            item: dict[str, Any] = {"name": name, "action": params["action"], "changed": False, "failed": False}
            try:
                why = stopped or self.act(client, name, params["action"], check_mode)
                item["changed"] = not why
                if why and params["on_error"] == "stop":
                    stopped = stopped or f"not attempted: {name}: {why}"
            except BackendError as exc:
                why = str(exc)
                if exc.fatal or params["on_error"] == "stop":
                    stopped = f"not attempted: {exc}"
            if why:
                item.update(failed=True, msg=why)
            items.append(item)
        failed = [item for item in items if item["failed"]]
        result: Result = {
            "changed": any(item["changed"] for item in items),
            "summary": {"total": len(items), "done": len(items) - len(failed), "failed": len(failed)},
            "users": items,
        }
        if failed:
            first = f"{failed[0]['name']}: {failed[0]['msg']}"
            result.update(failed=True, msg=first if len(items) == 1 else f"{len(failed)} of {len(items)} users failed, the first: {first}")
        return result

    @staticmethod
    def act(client: OcsClient, name: str, action: str, check_mode: bool) -> Optional[str]:
        """Do it; a sentence if it cannot be done."""
        raw = USER.parts[0].get(client, Want(name, "", "absent", {USERID.name: name}, {}), None)
        if raw is None:
            return "no account is called so"
        if action == "welcome" and not raw.get("email"):
            return "it has no e-mail address to which a welcome could be sent"
        if action == "wipe" and name.casefold() in client.acting():
            return "this is the account that the task works with: it cannot wipe itself"
        if "admin" in raw.get("groups", ()) and not client.is_admin:
            return str(client.not_for_delegates())
        if not check_mode:
            try:
                client.call("POST", f"{path(raw['id'])}/{action}", repeat=action == "wipe")
            except Lost as exc:
                return f"{exc}; whether it took effect cannot be read"
        return None


ACTION = UserAction(
    OcsClient,
    {
        "userid": {"type": "str", "aliases": ["name"]},
        "users": {"type": "list", "elements": "str"},
        "action": {"type": "str", "choices": ["welcome", "wipe"], "required": True},
        "on_error": BULK["on_error"],
    },
    mutually_exclusive=[("userid", "users")],
    required_one_of=[("userid", "users")],
)
