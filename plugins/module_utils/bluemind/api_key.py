# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API keys: of the account that the task works with, or of another one for which it acts (chapter 2 of the BlueMind contract)."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from typing import Any, Iterator, List, Mapping, Optional, Tuple

from ..core.errors import AuthError, BackendError, BadReply, InvalidInput, Refused
from ..core.files import check_dest, new_file
from ..core.spec import hide
from ..core.task import Result, Task, failure
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
    if not isinstance(opened, dict):
        raise BadReply(f"the answer to acting for {name} is not one of BlueMind")
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
        raise exc.reworded(hide(str(exc), filter(None, [key.get("sid")]))) from None


def revoke_all(client: BluemindClient, keys: List[Key], result: Result, before: str) -> Result:
    """The result, or a failure that tells how far it came. :param before: what was done already, in words."""
    for number, key in enumerate(keys):
        try:
            revoke(client, key)
        except BackendError as exc:
            if not (before or number):
                raise
            words = f"{before}{number} of {len(keys)} keys that are to go were revoked, and the next one was not: {exc}"
            return {
                **result,
                **failure(exc.reworded(words), client.name),
                "changed": True,
                "revoked": number,
            }
    return result


def name_of(key: Key) -> Any:
    """What a key is told apart by."""
    return key.get("uid") or key.get("sid")


def new_key(client: BluemindClient, name: str, old: List[Key]) -> str:
    """A new key. One whose answer was lost is revoked, since its secret is known to nobody, and another one is made."""
    for last in (False, True):
        try:
            made = client.call("PUT", KEYS, params={"displayName": name})
            if not isinstance(made, dict) or not made.get("sid"):
                raise BadReply("the answer holds no key")
            return str(made["sid"])
        except BackendError as exc:
            if not exc.uncertain:
                raise
            known = set(map(name_of, old))
            for key in listed(client, name):
                if name_of(key) not in known:
                    revoke(client, key)
            if last:
                raise
    raise AssertionError("unreachable")  # pragma: no cover


def revocable(client: BluemindClient, keys: List[Key]) -> List[Key]:
    """:raises Refused: for the key that the task works with, as far as the server shows it; it may be given as a password (chapter 2)."""
    if any(key.get("sid") and key["sid"] in (client.token, client.password) for key in keys):
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
            mine = [key for key in keys if held and key.get("sid") in (None, kept)]  # the one in the file, or it cannot be told
            if not mine and (params["dest"] or not keys):
                return self.make(owner, params, revocable(client, keys), check_mode)
            # Of a former run that could not revoke them.
            others = revocable(client, [key for key in keys if key not in mine]) if params["dest"] else []
            found: Result = {"changed": bool(others), "revoked": len(others)} if others else {"changed": False}
            return found if check_mode else revoke_all(owner, others, found, "")

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

        result: Result = {"changed": True}
        if params["dest"]:
            with new_file(params["dest"]) as stream:  # made first: a key that cannot be kept would be lost
                stream.write(new_key(owner, params["name"], old) + "\n")
        else:
            result["api_key"] = new_key(owner, params["name"], old)
        return revoke_all(owner, old, result, "the new key is there, and ")

    @staticmethod
    def remove(owner: BluemindClient, dest: Optional[str], keys: List[Key], check_mode: bool) -> Result:
        there = bool(dest) and os.path.exists(str(dest))
        result: Result = {"changed": bool(keys) or there, "revoked": len(keys)}
        if check_mode:
            return result
        result = revoke_all(owner, keys, result, "")
        if result.get("failed"):
            return result
        left = {name_of(key) for key in listed(owner, None)} & set(map(name_of, keys))
        if left:
            why = Refused(f"the server accepted the deletion, and {len(left)} of {len(keys)} keys are still there")
            return {**failure(why, owner.name), "changed": len(left) < len(keys), "revoked": len(keys) - len(left)}
        if there:
            os.unlink(str(dest))
        return result


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
