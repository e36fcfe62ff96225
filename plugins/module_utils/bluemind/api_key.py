# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys: of the account that the task works with, or of another one for which it acts (chapter 2 of the BlueMind contract)."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from typing import Any, Iterator, List, Mapping, Optional, Tuple

from ..core.errors import AuthError, BackendError, InvalidInput, Refused
from ..core.files import check_dest, new_file
from ..core.spec import hide
from ..core.task import Result, Task
from ..core.transport import segment
from .client import BluemindClient
from .subjects import USER, subjects

KEYS = "/auth/keys"
SECRET = re.compile(r"[A-Za-z0-9-]{20,128}")

Key = Mapping[str, Any]


def read_file(path: str) -> str:
    """The key in it; what is in another file is neither sent nor replaced."""
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read(1000).strip()
    except FileNotFoundError:
        return ""
    except OSError as exc:
        raise InvalidInput(f"{path} cannot be read: {exc.strerror}") from None
    except ValueError:
        text = "no text"
    if text and not SECRET.fullmatch(text):
        raise InvalidInput(f"{path} holds something else than an API key, so it was left alone")
    return text


@contextmanager
def bearer(client: BluemindClient, params: Mapping[str, Any], token: str) -> Iterator[BluemindClient]:
    """A second client, with this key or session; its requests count with those of the first."""
    other = BluemindClient({**params, "api_token": token})
    try:
        yield other
    finally:
        client.transport.reads += other.transport.reads
        client.transport.writes += other.transport.writes
        other.transport.close()


@contextmanager
def holder(client: BluemindClient, params: Mapping[str, Any]) -> Iterator[Tuple[BluemindClient, Mapping[str, Any]]]:
    """The client whose caller owns the keys, and who that is: the account itself, or the user for whom it acts."""
    if not params["user"]:
        if not client.acting():
            raise Refused("the core token belongs to nobody who could have keys: give user, whose keys are meant")
        yield client, client.account
        return
    client.acting()
    session, who = act_for(client, params["domain"], params["user"])
    with bearer(client, params, session) as other:
        try:
            yield other, who
        finally:
            with suppress(BackendError):  # it ends by itself too
                other.call("POST", "/auth/logout", write=False)


def act_for(client: BluemindClient, domain: str, name: str) -> Tuple[str, Mapping[str, Any]]:
    """A session of another user. The server opens none for who is archived, whose keys go on working all the same."""
    client.forget()
    found = subjects(client, domain).find(name, USER)
    home = client.domain(domain)
    user = client.call("GET", f"/users/{segment(home)}/{segment(found.uid)}/complete") if found else None
    if user is None:
        raise Refused(f"there is no user {name} in {domain}")
    if user["value"].get("archived"):
        raise Refused(
            f"{name} is suspended (archived), and the server lets nobody act for such an account, while its keys go on working: revoke keys before "
            "suspending. To revoke them now, activate the account, revoke them, and suspend it again"
        )
    opened = client.call("POST", "/auth/_su", write=False, params={"login": f"{user['value']['login']}@{home}"})
    if opened.get("status") != "Ok":
        raise Refused(f"the server does not let this account act for {name}: {opened.get('message') or opened.get('status')}")
    return str(opened["authKey"]), dict(opened["authUser"])


def listed(client: BluemindClient, name: Optional[str]) -> List[Key]:
    """The caller's keys, or those of one name."""
    keys = client.call("GET", KEYS) or ()
    return [key for key in keys if name is None or key.get("displayName") == name]


def revoke(client: BluemindClient, key: Key) -> None:
    """By its uid where the server gives one (5.7), else by the secret itself, which a fault may repeat."""
    try:
        client.call("DELETE", f"{KEYS}/{segment(key.get('uid') or key['sid'])}", repeat=True)
    except BackendError as exc:
        raise type(exc)(hide(str(exc), filter(None, [key.get("sid")])), status=exc.status, code=exc.code) from None


def revocable(client: BluemindClient, keys: List[Key]) -> List[Key]:
    """:raises Refused: for the key that the task works with, as far as the server shows it."""
    if any(key.get("sid") and key["sid"] == client.token for key in keys):
        raise Refused("it is the key that this task works with, so it was not revoked")
    return keys


class ApiKey(Task):
    """An operation, made repeatable by the name of the key and by the file that holds it."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        dest, present = params["dest"], params["state"] == "present"
        if params["name"] is not None and not params["name"].strip():
            raise InvalidInput("name must not be empty")
        if present and not params["name"]:
            raise InvalidInput("name must be given: the keys of an account are told apart by it")
        if not present and not params["name"] and not params["user"]:
            raise InvalidInput("give name, the key to revoke, or user, to revoke all keys of that account")
        if present and not dest and not hidden:
            raise InvalidInput("the key would be printed: give dest, a file to keep it in, or set no_log to true on this task")
        if dest and present:
            check_dest(dest)
        elif dest and os.path.isdir(dest):
            raise InvalidInput(f"{dest} is a folder: dest must name a file")

    def work(self, client: BluemindClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        kept = read_file(params["dest"]) if params["dest"] else ""
        with holder(client, params) as (owner, who):
            held = bool(kept) and self.works(client, params, kept, who)
            keys = listed(owner, params["name"])
            if params["state"] == "absent":
                return self.remove(owner, params["dest"], revocable(client, keys), check_mode)
            if keys and (held or not params["dest"]):
                return {"changed": False}
            return self.make(owner, params, revocable(client, keys), check_mode)

    @staticmethod
    def works(client: BluemindClient, params: Mapping[str, Any], secret: str, who: Mapping[str, Any]) -> bool:
        """Whether the server knows the key in the file, and takes it for one of this account."""
        with bearer(client, params, secret) as other:
            try:
                found = other.call("GET", "/auth", session=False)
            except AuthError:
                return False
        if not found or (found["uid"], found["domainUid"]) != (who["uid"], who["domainUid"]):
            raise Refused(f"{params['dest']} holds a key of another account, so it was left alone")
        return True

    @staticmethod
    def make(owner: BluemindClient, params: Mapping[str, Any], old: List[Key], check_mode: bool) -> Result:
        """A new key; then those of the same name, whose secret nobody here knows, are revoked."""
        if check_mode:
            return {"changed": True}

        def ask() -> str:
            return str(owner.call("PUT", KEYS, params={"displayName": params["name"]})["sid"])

        result: Result = {"changed": True}
        if params["dest"]:
            with new_file(params["dest"]) as stream:  # made first: a key that cannot be kept would be lost
                stream.write(ask() + "\n")
        else:
            result["api_key"] = ask()
        for key in old:
            revoke(owner, key)
        return result

    @staticmethod
    def remove(owner: BluemindClient, dest: Optional[str], keys: List[Key], check_mode: bool) -> Result:
        there = bool(dest) and os.path.exists(str(dest))
        if not check_mode:
            for key in keys:
                revoke(owner, key)
            left = {key.get("uid") or key.get("sid") for key in listed(owner, None)} & {key.get("uid") or key.get("sid") for key in keys}
            if left:
                raise Refused(f"the server accepted the deletion, and {len(left)} of {len(keys)} keys are still there")
            if there:
                os.unlink(str(dest))
        return {"changed": bool(keys) or there, "revoked": len(keys)}


OF_USER: Mapping[str, Any] = {"domain": {"type": "str"}, "user": {"type": "str"}}
TOGETHER = [("domain", "user")]

API_KEY = ApiKey(
    BluemindClient,
    {
        "name": {"type": "str"},
        **OF_USER,
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "dest": {"type": "path"},
    },
    required_together=TOGETHER,
)


class ApiKeyInfo(Task):
    """The names of the keys. Where the server shows the keys themselves, they are left out."""

    def work(self, client: BluemindClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        with holder(client, params) as (owner, who):
            keys = listed(owner, None)
        rows = [{"name": key.get("displayName"), **({"uid": key["uid"]} if key.get("uid") else {})} for key in keys]
        login = f"{(who.get('value') or {}).get('login')}@{who['domainUid']}"
        return {"changed": False, "account": login, "api_keys": sorted(rows, key=lambda row: (str(row["name"]), row.get("uid", "")))}


INFO = ApiKeyInfo(BluemindClient, OF_USER, required_together=TOGETHER)
