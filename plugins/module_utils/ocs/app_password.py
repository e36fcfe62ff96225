# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""App passwords of the account that the task works with (chapter 2.2 of the OCS contract)."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import Any, Iterator, Mapping, Optional

from ..core.errors import AuthError, InvalidInput, Refused
from ..core.files import check_dest, new_file
from ..core.task import Result, Task
from .client import OcsClient

CORE = "/ocs/v2.php/core"


TOKEN = re.compile(r"[A-Za-z0-9-]{20,128}")


def read_file(path: str) -> Optional[str]:
    """The app password in it; what is in another file is neither sent nor removed."""
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read(1000).strip()
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise InvalidInput(f"{path} cannot be read: {exc.strerror}") from None
    except ValueError:
        text = "no text"
    if text and not TOKEN.fullmatch(text):
        raise InvalidInput(f"{path} holds something else than an app password, so it was left alone")
    return text or None


class AppPassword(Task):
    """An operation, made repeatable by a file: a password that is there and works is not made again."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        dest = params["dest"]
        if params["state"] == "present" and not dest and not hidden:
            raise InvalidInput("the app password would be printed: give dest, a file to keep it in, or set no_log to true on this task")
        if dest and params["state"] == "present":
            check_dest(dest)
        elif dest and os.path.isdir(dest):
            raise InvalidInput(f"{dest} is a folder: dest must name a file")

    def work(self, client: OcsClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        dest = params["dest"]
        kept = read_file(dest) if dest else None
        works = bool(kept) and self.works(client, params, str(kept))
        if params["state"] == "present":
            return {"changed": False} if works else self.make(client, dest, check_mode)
        return self.revoke(client, params, kept if works else None, check_mode)

    @contextmanager
    def bearer(self, client: OcsClient, params: Mapping[str, Any], secret: str) -> Iterator[OcsClient]:
        """A second client, with this app password; its requests count with those of the first."""
        other = OcsClient({**params, "api_token": secret})
        try:
            yield other
        finally:
            client.transport.reads += other.transport.reads
            client.transport.writes += other.transport.writes
            other.transport.close()

    def works(self, client: OcsClient, params: Mapping[str, Any], secret: str) -> bool:
        """Whether the server knows it. As a bearer, since a wrong one is not counted as a failed login (chapter 2.1)."""
        with self.bearer(client, params, secret) as other:
            try:
                whose = other.acting()
            except AuthError:
                return False
        if whose != client.acting():
            raise Refused(f"{params['dest']} holds an app password of another account, {min(whose)}, so it was left alone")
        return True

    def make(self, client: OcsClient, dest: Optional[str], check_mode: bool) -> Result:
        client.acting()
        if check_mode:
            return {"changed": True}
        if not dest:
            return {"changed": True, "app_password": self.ask(client)}
        with new_file(dest) as stream:  # made first: a password that cannot be kept would be lost
            stream.write(self.ask(client) + "\n")
        return {"changed": True}

    @staticmethod
    def ask(client: OcsClient) -> str:
        try:
            return str(client.call("GET", f"{CORE}/getapppassword", write=True)["apppassword"])
        except Refused as exc:
            if exc.code == 403:
                raise Refused(
                    f"an app password is made with the account's own password, not with another app password ({exc})", status=403, code=403
                ) from None
            raise

    def revoke(self, client: OcsClient, params: Mapping[str, Any], kept: Optional[str], check_mode: bool) -> Result:
        """The one in the file, or (without a file) the one that this task logs in with."""
        dest = params["dest"]
        if dest:
            if not os.path.exists(dest):
                return {"changed": False}
            if not check_mode:
                if kept:
                    with self.bearer(client, params, kept) as other:
                        other.call("DELETE", f"{CORE}/apppassword")
                os.unlink(dest)
            return {"changed": True}
        client.acting()
        if not check_mode:
            client.call("DELETE", f"{CORE}/apppassword")
        return {"changed": True}


APP_PASSWORD = AppPassword(
    OcsClient,
    {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}, "dest": {"type": "path"}},
)
