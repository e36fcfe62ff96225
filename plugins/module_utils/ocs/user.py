# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts of Nextcloud (chapter 3 of the OCS contract)."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from ..core.errors import AlreadyThere, InvalidInput, Lost, NotFound, RateLimited, Refused, Unavailable
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UNREADABLE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask, Result, one_way
from ..core.transport import segment
from . import values
from .client import ADDRESSES, CLOUD, EDITS, OcsClient, group_segment

LATER = (UPDATE,)  # what the creation does not take
RESERVED = ("details", "disabled", "recent")  # routes of their own; another letter case reaches the account (chapter 1.6)


def path(userid: str) -> str:
    return f"{CLOUD}/users/{segment(userid.upper() if userid.casefold() in RESERVED else userid)}"


def short_text(name: str) -> Field:
    return Field(name, send=LATER, clean=values.text(2048))


USERID = Field("userid", aliases=("name",), source="id", clean=values.userid, norm=str.casefold)
GROUPS = Field("groups", type="list", elements="str", create_as="groups[]", mode="add", clean=values.groupid)
SUBADMIN = Field(
    "subadmin_groups", type="list", elements="str", create_as="subadmin[]", source="subadmin", mode="add", clean=values.subadmin_group
)
ADDITIONAL = Field("additional_emails", type="list", elements="str", source="additional_mail", send=LATER, clean=values.address)
NOTIFY = Field("notify_email", send=LATER, needs="additional_emails", clean=values.email, decode=values.empty)
ENABLED = Field("enabled", type="bool", send=LATER)


class Account(Part):
    """All that Nextcloud knows of an account is read together, and written one by one: an edit takes one key (chapter 3.3)."""

    fields = (
        GROUPS,
        SUBADMIN,
        Field("email", clean=values.email, decode=values.empty),
        ADDITIONAL,
        NOTIFY,
        Field(
            "display_name", api="displayname", create_as="displayName", clean=values.text(64, strip=True, never=("", "0")), clearable=False
        ),
        Field("quota", source="quota.quota", clean=values.quota, decode=values.quota_read, clearable=False),
        Field("language", clearable=False),
        Field("locale", send=LATER, clearable=False),
        Field("timezone", send=LATER, clearable=False),
        Field("manager"),
        Field("phone", send=LATER, clean=values.phone),
        short_text("address"),
        Field("website", send=LATER, clean=values.website),
        Field("twitter", send=LATER, clean=values.handle),
        Field("bluesky", send=LATER, clean=values.handle),
        Field("fediverse", send=LATER, clean=values.handle),
        short_text("organisation"),
        short_text("role"),
        short_text("headline"),
        short_text("biography"),
        short_text("pronouns"),
        Field("profile_enabled", type="bool", send=LATER, decode=values.flag, encode=lambda value: "1" if value else "0"),
        Field("password", secret=True, clean=values.password),
        ENABLED,
    )

    def get(self, client: OcsClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        userid = want.values[USERID.name]
        try:
            found: Raw = client.call("GET", path(userid))
        except NotFound:
            return None
        if found["id"].casefold() == userid.casefold():
            return found
        if USER.states[want.state] is None:
            return None
        # The server looks an unknown id up among the e-mail addresses (chapter 0, 3).
        raise Refused(f"no account is called so, and it is the e-mail address of the account {found['id']}, so none can be created")

    def list(self, client: OcsClient, scope: Mapping[str, Any]) -> Iterator[Raw]:
        where = f"{CLOUD}/groups/{group_segment(scope['group'])}" if scope else CLOUD
        try:
            for raw in client.pages(f"{where}/users/details", "users"):
                if raw.get("email"):
                    client.owners.setdefault(raw["email"].casefold(), raw["id"])
                yield raw
        except NotFound:
            if not scope:
                raise
            raise Refused(f"the group {scope['group']} does not exist") from None

    def create(self, client: OcsClient, change: Change) -> None:
        try:
            client.form("POST", f"{CLOUD}/users", {"userid": change.want.values["userid"], **change.wire(CREATE, self)}, repeat=False)
        except Refused as exc:
            if exc.code == 102:
                raise AlreadyThere(str(exc), status=exc.status, code=exc.code) from None
            raise

    def update(self, client: OcsClient, change: Change) -> None:
        confirm(client, (change.raw or {})["id"])
        late = change.action == CREATE and "email" in {item.name for item in change.sending(UPDATE, self)}
        super().update(client, change)
        if late and "email" in change.sent and not change.value("password"):
            # The creation failed before it sent the invitation, without which nobody can log in (chapter 3.2).
            client.call("POST", f"{self.path(change)}/welcome")

    def delete(self, client: OcsClient, change: Change) -> None:
        try:
            confirm(client, (change.raw or {})["id"])
        except NotFound:
            return
        client.call("DELETE", self.path(change))

    @staticmethod
    def path(change: Change) -> str:
        """By the id that was read, never by what was asked for."""
        return path(change.raw["id"] if change.raw else change.want.values["userid"])

    def set(self, client: OcsClient, change: Change, item: Field, value: Any) -> None:
        where = self.path(change)
        if item is ENABLED:
            client.call("PUT", f"{where}/{'enable' if value else 'disable'}", repeat=True)
        elif item in (GROUPS, SUBADMIN):
            added, removed = change.difference(item)
            for method, groups in (("POST", added), ("DELETE", removed)):
                for group in groups:
                    move(client, change, method, where, "groups" if item is GROUPS else "subadmins", group)
        elif item is ADDITIONAL:
            added, removed = change.difference(item)
            for address in added:
                client.edit(EDITS, where, "additional_mail", address, repeat=False)
                change.written = True
            for address in removed:
                client.edit(ADDRESSES, f"{where}/additional_mail", address, "")
                change.written = True
        else:
            if item is NOTIFY and value:  # only a verified address is taken; replacing it by itself verifies it (chapter 3.4)
                client.edit(ADDRESSES, f"{where}/additional_mail", value, value)
                change.written = True
            client.edit(EDITS, where, item.wire_name, item.encode(value), repeat=not item.secret)

    def cost(self, change: Change, item: Field) -> Mapping[str, int]:
        if item in (ENABLED, GROUPS, SUBADMIN):
            return {}
        if item is ADDITIONAL:
            added, removed = change.difference(item)
            return {EDITS: len(added), ADDRESSES: len(removed)}
        return {EDITS: 1, ADDRESSES: 1} if item is NOTIFY and change.goals[item.name] else {EDITS: 1}


def confirm(client: OcsClient, userid: str) -> None:
    """Look once more, just before a write, whether the account is still there: else the server would write to whom it takes the id
    for the e-mail address of (chapter 0). :raises NotFound: where it is gone."""
    if "@" not in userid:
        return
    found = client.call("GET", path(userid))
    if found["id"] != userid:
        raise NotFound(f"the account {userid} is gone, and this is now the e-mail address of {found['id']}")


def move(client: OcsClient, change: Change, method: str, account: str, collection: str, group: str) -> None:
    """Let an account join (POST) or leave (DELETE) a group or its sub-admins, whose removal alone is not idempotent (chapter 3.6)."""
    repeat = (method, collection) != ("DELETE", "subadmins")
    client.form(method, f"{account}/{collection}", {"groupid": group}, repeat=repeat)
    change.written = True


class User(Resource):
    kind, plural = "user", "users"
    identities = ((USERID,),)
    parts = (Account(),)
    prune_scope = ("group",)
    may_be_unreadable = True  # default against explicit quota, storage errors

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: values.groupid(str(value)) for name, value in scope.items()}

    def wants(self, params: Mapping[str, Any]) -> list[Want]:
        wants = super().wants(params)
        if params["rate_limit"] == "defer" and any(want.update_password == "always" and "password" in want.values for want in wants):
            raise InvalidInput(
                "update_password: always writes the same accounts first each time, so rate_limit: defer would never reach the others"
            )
        return wants

    def finish(self, want: Want) -> None:
        notify, listed = want.values.get(NOTIFY.name), want.values.get(ADDITIONAL.name)
        if notify and listed is not None:
            mode = want.modes.get(ADDITIONAL.name, ADDITIONAL.mode)
            if (mode == "set" and notify not in listed) or (mode == "remove" and notify in listed):
                raise ValueError("notify_email must be one of additional_emails")

    def resolve(self, client: OcsClient, wants: Sequence[Want]) -> None:
        client.owners.clear()
        present = [want for want in wants if self.states[want.state] is not None]
        named = {
            want.name: {
                group
                for item in (GROUPS, SUBADMIN)
                if want.modes.get(item.name, item.mode) != "remove"
                for group in want.values.get(item.name, ())
            }
            for want in present
        }
        exist = client.groups_exist({group for groups in named.values() for group in groups})
        default: Any = None
        for want in present:
            missing = sorted(named[want.name] - exist)
            if missing:
                words = f"the group {missing[0]} does not exist" if len(missing) == 1 else f"the groups {', '.join(missing)} do not exist"
                want.error = Refused(f"{words}: create {'it' if len(missing) == 1 else 'them'} first, for example with ocs_group")
            if want.values.get("quota") == "default":
                default = default or default_quota(client)
                want.accepts["quota"] = default

    def guard(self, client: OcsClient, change: Change) -> None:
        have = set(GROUPS.read(change.raw)) if change.raw and GROUPS.read(change.raw) is not UNREADABLE else set()
        want = set(change.goals.get("groups", have))
        if USERID.norm(change.name) in client.acting():
            if change.action == DELETE or change.goals.get("enabled") is False:
                raise Refused("this is the account that the task works with: it cannot be disabled or deleted by itself")
            left = {"admin"} & (have - want) if client.is_admin else have - want
            if left:
                raise Refused(
                    f"this is the account that the task works with: it cannot leave the group {min(left)}, which may give it its rights"
                )
        elif "admin" in have | want and not client.is_admin:
            raise client.not_for_delegates()
        if change.action == CREATE and change.name.casefold() in client.owners:
            self.parts[0].get(client, change.want, None)  # refuses, unless this server does not take ids for addresses
        if str(change.goals.get("quota", "")).endswith(" B") and change.goals["quota"] != "0 B":
            change.notes.append(f"a quota of {change.goals['quota']} is meant in bytes: for more, name the unit, as in 5 GB")
        main = change.goals.get("email") or values.empty((change.raw or {}).get("email"))
        if main and main in change.goals.get(ADDITIONAL.name, ()):
            raise Refused(f"additional_emails must not hold the main address {main}")
        if main and main == change.goals.get(NOTIFY.name):
            raise Refused("notify_email is one of additional_emails, or empty for the main address")
        have_further = list((change.raw or {}).get("additional_mail") or ())
        further = change.goals.get(ADDITIONAL.name, have_further)
        if change.goals.get(NOTIFY.name) and change.goals[NOTIFY.name] not in further:
            raise Refused(f"notify_email {change.goals[NOTIFY.name]} is none of its additional_emails: add it there too")
        if change.action == CREATE and not ({"password", "email"} & set(change.goals)):
            raise Refused(
                f"no account is called {change.name}; to create it, a password is needed, or an email to which its invitation is sent"
            )

    def rehearse(self, client: OcsClient, change: Change) -> None:
        wanted = change.goals.get("password")
        if not wanted:
            return
        try:
            verdict = client.form("POST", "/ocs/v2.php/apps/password_policy/api/v1/validate", {"password": wanted}, write=False)
        except (NotFound, Refused):
            return  # the app with the policy is off
        if not verdict.get("passed"):
            raise Refused(f"password was refused: {verdict.get('reason', 'it does not follow the policy')}", code=107)

    def password_matches(self, client: OcsClient, change: Change, item: Field) -> Optional[bool]:
        """By a call that logs nobody in; a wrong answer counts against this address, so only few are asked for (chapter 5.3)."""
        if not client.password_checks.free() or client.suspected():
            return None
        try:
            client.form(
                "POST",
                "/ocs/v2.php/person/check",
                {"login": (change.raw or {})["id"], "password": change.want.values[item.name]},
                write=False,
                repeat=False,
            )
        except Refused as exc:
            if exc.code != 102:
                return None
            try:
                client.password_checks.take()
            except RateLimited:
                return None
            return False
        except (NotFound, Lost, Unavailable):  # Unavailable: this address is blocked for checks, and not for a bearer token
            return None
        return True


def default_quota(client: OcsClient) -> Any:
    """The stored text that ``default`` amounts to now, or ``UNREADABLE`` for an account that may not ask (chapter 5.2)."""
    try:
        stored = client.config("files", "default_quota")
        unlimited = client.config("files", "allow_unlimited_quota", "1") == "1"
        if not stored and not unlimited:
            stored = client.config("files", "quota_preset", "1 GB").split(",")[0]
        return values.quota(stored) if stored and stored != "none" else "none"
    except (Refused, ValueError):
        return UNREADABLE


USER = User()
RATE: dict[str, Any] = {
    "rate_limit": {"type": "str", "choices": ["wait", "fail", "defer"], "default": "wait"},
    "max_wait": {"type": "int", "default": 900},
}
TASK = ResourceTask(USER, OcsClient, **RATE)


class UserInfo(InfoTask):
    """Accounts by id, by group, by search or all of them."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        one_way(params, "userid", "group", "search")
        try:
            self.scope(params)
        except ValueError as exc:
            raise InvalidInput(f"group {params['group']!r}: {exc}") from None

    @staticmethod
    def scope(params: Mapping[str, Any]) -> Mapping[str, Any]:
        return USER.clean_scope({"group": params["group"]} if params["group"] else {})

    def rows(self, client: OcsClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        account = USER.parts[0]
        if params["userid"] is not None:
            found = account.get(client, Want(params["userid"], "", "absent", {"userid": params["userid"]}, {}), None)
            return [found] if found else []
        rows: Iterable[Raw] = (
            client.pages(f"{CLOUD}/users/details", "users", search=params["search"])
            if params["search"]
            else account.list(client, self.scope(params)) or ()
        )
        found_rows = sorted((raw for raw in rows if "enabled" in raw), key=lambda raw: str(raw["id"]).casefold())
        return [raw for raw in found_rows if params["enabled"] in (None, raw["enabled"])]

    def more(self, rows: Sequence[Raw], params: Mapping[str, Any]) -> Result:
        def usage(raw: Raw) -> dict[str, Any]:
            quota = raw.get("quota") if isinstance(raw.get("quota"), dict) else {}
            return {
                "userid": raw["id"],
                "first_login": raw.get("firstLoginTimestamp"),
                "last_login": raw.get("lastLoginTimestamp"),
                "used_bytes": (quota or {}).get("used"),
                "free_bytes": (quota or {}).get("free"),
                "backend": raw.get("backend"),
            }

        return {"usage": [usage(raw) for raw in rows]}


INFO = UserInfo(
    USER,
    OcsClient,
    group={"type": "str"},
    search={"type": "str"},
    enabled={"type": "bool"},
)
