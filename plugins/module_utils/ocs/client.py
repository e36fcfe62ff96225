# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The OCS dialect of Nextcloud: envelope, verdicts, paging, the edit budget. Chapters are those of the OCS contract."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Mapping, Optional

from ..core.budget import Bucket
from ..core.client import Client, Option, redirected
from ..core.errors import AuthError, BackendError, BadReply, InvalidInput, Lost, NotFound, RateLimited, Refused, Unavailable
from ..core.transport import segment

CLOUD = "/ocs/v2.php/cloud"
CONFIG = "/ocs/v2.php/apps/provisioning_api/api/v1/config/apps"
ADDRESS = "api_url must be the address of a Nextcloud, without /index.php, /ocs or another page"
PAGE = 500  # accounts per page of a listing, chapter 6
OK = (100, 200)
EDITS, ADDRESSES = "edits", "address edits"  # budgets, chapter 2.4
SUSPECT = 3200  # milliseconds of delay that the server announces after five failures
PASSWORD_CHECKS = "password checks"  # wrong ones, chapter 5.3
CHECKS = ("/person/check", "/api/v1/validate")  # they answer a POST and change nothing
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def group_segment(group: str) -> str:
    """A group id in ``/groups/{id}``: the server decodes it twice (chapter 1.6)."""
    return segment(segment(group))


class OcsClient(Client):
    """One account of one Nextcloud."""

    name, env = "Nextcloud", "OCS"
    body_formats = ("form", "json", "raw")
    writers = (1, 8)  # SQLite loses writes of more than one writer, chapter 6

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__(params)
        self.account: dict[str, Any] = {}
        self.owners: dict[str, str] = {}  # e-mail address -> account, of the accounts that this run has listed
        self._groups: Optional[set[str]] = None
        headers = self.transport.session.headers
        headers.update({"OCS-APIRequest": "true", "Accept": "application/json", "User-Agent": "workplace.onboarding"})
        if params["api_token"]:
            headers["Authorization"] = f"Bearer {params['api_token']}"
        elif params["api_username"] and params["api_password"]:
            self.transport.session.auth = (params["api_username"].encode(), params["api_password"].encode())
        else:
            raise InvalidInput(
                "Credentials are needed: api_username and api_password (OCS_USERNAME, OCS_PASSWORD; an app password is best), "
                "or api_token (OCS_TOKEN)"
            )
        limit, window = params.get("edit_limit", 50), params.get("edit_window", 600)
        if limit < 0 or not 0 < window < 10**6 or params.get("max_wait", 0) < 0:
            raise InvalidInput("edit_limit and max_wait must not be negative, and edit_window must be a number of seconds above 0")
        self.buckets = {
            name: Bucket(name, calls, seconds, sleep=self.transport.sleep, margin=min(2.0, seconds / 50))
            for name, calls, seconds in ((EDITS, limit, window), (ADDRESSES, 5 if limit else 0, min(60, window)))
        }
        self.password_checks = Bucket(PASSWORD_CHECKS, 5, 1800, sleep=self.transport.sleep)

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {
            **super().options(),
            "edit_limit": {"type": "int", "default": 50, "env": "OCS_EDIT_LIMIT"},
            "edit_window": {"type": "float", "default": 600, "env": "OCS_EDIT_WINDOW"},
        }

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        if method == "GET":
            return path.rstrip("/").endswith("/getapppassword")  # which makes one (chapter 2.2)
        return not path.endswith(CHECKS)

    # The dialect

    def busy(self, response: Any) -> bool:
        """A blocked address, maintenance and the edit limit do not pass in a moment."""
        if response.status_code == 429:
            return bool(response.headers.get("Retry-After"))
        return "X-Nextcloud-Maintenance-Mode" not in response.headers

    def judge(self, response: Any) -> Any:
        """The data of an envelope that says success (chapters 1.1, 1.2, 1.7)."""
        status = response.status_code
        if 300 <= status < 400:
            raise redirected(response)
        try:
            envelope = response.json()
        except ValueError:
            raise self._not_ocs(response) from None
        try:
            meta, data = envelope["ocs"]["meta"], envelope["ocs"]["data"]
            code, words = meta["statuscode"], str(meta.get("message") or "").strip()
        except (KeyError, TypeError):
            if status == 412:
                raise Refused(
                    "the header OCS-APIRequest did not arrive (HTTP 412): something between here and the server removes it", status=status
                ) from None
            raise self._not_ocs(response) from None
        if code in OK and meta.get("status") == "ok":
            return data
        if isinstance(data, dict) and isinstance(data.get("data"), dict):  # refusals of app config, chapter 1.2
            words = words or str(data["data"].get("message", ""))
        raise self._refusal(code, words)(f"{words.rstrip('.') or 'refused without a reason'} (OCS {code})", status=status, code=code)

    @staticmethod
    def _refusal(code: int, words: str) -> Any:
        if code == 997:
            return AuthError
        if code in (404, 998):
            return NotFound
        if code in (429, 503):
            return Unavailable
        return Lost if code in (996, 999) else Refused

    @staticmethod
    def _not_ocs(response: Any) -> BackendError:
        status, kind = response.status_code, response.headers.get("Content-Type", "").split(";")[0]
        if status == 429 and not response.content:
            return RateLimited("the server allows no more calls for now (HTTP 429) and does not say for how long", status=status)
        if status == 429:
            return Unavailable("the server or a proxy before it allows no more calls for now (HTTP 429)", status=status)
        if not response.content:
            return BadReply(f"the answer is empty (HTTP {status})", status=status)
        if kind.endswith("html"):
            return BadReply(f"the answer is a web page and not OCS (HTTP {status}); {ADDRESS}", status=status)
        hint = f"; {ADDRESS}" if status == 404 else ""
        return BadReply(f"the answer is not complete JSON of OCS (HTTP {status}, {kind or 'no content type'}){hint}", status=status)

    def login(self) -> Iterable[str]:
        """Read the own account: the one login attempt of a run."""
        try:
            self.account = self.call("GET", f"{CLOUD}/user")
        except NotFound as exc:
            raise BackendError(f"{ADDRESS} ({exc})", status=exc.status, code=exc.code) from None
        except Unavailable as exc:
            if exc.code == 429:
                raise Unavailable(
                    f"the server refuses this address after too many wrong passwords ({exc}): wait half an hour, or use api_token",
                    status=exc.status,
                    code=exc.code,
                ) from None
            raise
        return {str(self.account["id"]).casefold()}

    def advice(self, refusal: AuthError) -> str:
        return ": check the account and its password; where it logs in with a second factor, an app password is needed"

    @property
    def is_admin(self) -> bool:
        """Whether the account is a full administrator, and not one of delegated rights."""
        self.acting()
        return "admin" in self.account.get("groups", ())

    def not_for_delegates(self) -> Refused:
        """What a delegated administrator is told about the members of the group admin."""
        return Refused(f"members of the group admin can be managed by a full administrator only, and {self.account['id']} is not one")

    def form(self, method: str, path: str, fields: Mapping[str, Any], *, write: bool = True, repeat: bool = True, **kwargs: Any) -> Any:
        """Send text fields; a list travels as ``name[]`` (chapter 1.5)."""
        return self.call(method, path, write=write, repeat=repeat, data=dict(fields), headers=FORM, **kwargs)

    def suspected(self) -> bool:
        """Whether this address has so many wrong passwords against it, of whatever program, that no more may be risked (chapter 2.3)."""
        guard = self.call("GET", f"{CLOUD}/capabilities")["capabilities"].get("bruteforce") or {}
        return int(guard.get("delay", 0)) >= SUSPECT and not guard.get("allow-listed")

    def edit(self, bucket: str, path: str, key: str, value: str, repeat: bool = True) -> None:
        """Write one key of an account, within its budget."""
        while True:
            self.buckets[bucket].take()
            try:
                self.form("PUT", path, {"key": key, "value": value}, repeat=repeat)
                return
            except RateLimited:
                self.buckets[bucket].refused()

    def plain(self, method: str, path: str, **kwargs: Any) -> Any:
        """A call of a route that is no OCS and answers bare JSON."""
        return self.as_admin("managing the allow list", method, path, judge=self._judge_plain, **kwargs)

    def _judge_plain(self, response: Any) -> Any:
        status = response.status_code
        if 300 <= status < 400 or status == 412 or status == 429 or status >= 500:
            return self.judge(response)
        try:
            data = response.json()
        except ValueError:
            raise self._not_ocs(response) from None
        if status < 300:
            return data
        words = str(data.get("message", "")) if isinstance(data, dict) else ""
        kind = {401: AuthError, 404: NotFound}.get(status, Refused)
        raise kind(f"{words or 'refused without a reason'} (HTTP {status})", status=status)

    def as_admin(self, what: str, method: str, path: str, **kwargs: Any) -> Any:
        """A call that only a full administrator may make (chapter 2.5)."""
        try:
            return self.call(method, path, **kwargs)
        except Refused as exc:
            if exc.status == 403 and not self.is_admin:
                raise Refused(
                    f"{what} needs a full administrator, and {self.account['id']} is not one ({exc})", status=exc.status, code=exc.code
                ) from None
            raise

    def pages(self, path: str, key: str, **params: str) -> Iterator[Any]:
        """All entries of a listing. It ends with an empty page: a short one proves nothing (chapter 3.1).

        Never side by side: the first reading of an account that never logged in makes its storage, which is a write.
        """
        offset = 0
        while True:
            page = self.call("GET", path, params={**params, "limit": PAGE, "offset": offset})[key]
            yield from page.values() if isinstance(page, dict) else page
            if not page:
                return
            offset += PAGE

    # What several resources ask

    def groups_exist(self, wanted: Iterable[str]) -> set[str]:
        """Which of these group ids exist; ids are compared with their case (chapter 4.1)."""
        wanted = set(wanted)
        if wanted and (self._groups is None or wanted - self._groups):
            self._groups = {str(group) for group in self.call("GET", f"{CLOUD}/groups")["groups"]}
        return wanted & (self._groups or set())

    def user_ids(self) -> dict[str, str]:
        """Every account id by its case-folded form; cheap, and without the side effect of reading accounts (chapter 3.1)."""
        return {str(userid).casefold(): str(userid) for userid in self.call("GET", f"{CLOUD}/users")["users"]}

    def config(self, app: str, key: str, default: str = "") -> str:
        path = f"{CONFIG}/{segment(app)}/{segment(key)}"
        return str(self.as_admin("reading app config", "GET", path, params={"defaultValue": default})["data"])

    def set_config(self, app: str, key: str, value: str) -> None:
        path = f"{CONFIG}/{segment(app)}/{segment(key)}"
        self.as_admin("changing app config", "POST", path, data={"value": value}, repeat=True)

    def config_keys(self, app: str) -> list[str]:
        return list(self.as_admin("reading app config", "GET", f"{CONFIG}/{segment(app)}")["data"])
