# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import asdict, dataclass, field

PROPERTIES = (
    "phone",
    "address",
    "website",
    "twitter",
    "bluesky",
    "fediverse",
    "organisation",
    "role",
    "headline",
    "biography",
    "profile_enabled",
    "pronouns",
)


def ascii_lower(text: str) -> str:
    """Lower case as SQLite does it: ASCII letters only."""
    return text.lower() if text.isascii() else text.encode().lower().decode()


@dataclass(slots=True)
class Account:
    id: str
    password: str = ""
    displayname: str | None = None  # None: never given one
    email: str | None = None
    additional_mail: dict[str, bool] = field(default_factory=dict)  # address: verified
    notify_email: str | None = None
    enabled: bool = True
    quota: str = "default"
    language: str | None = None
    locale: str = ""
    timezone: str = ""
    first_day_of_week: int = -1
    manager: str = ""
    birthdate: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)  # in the order of joining
    subadmin: dict[str, None] = field(default_factory=dict)
    first_login: int = 0
    last_login: int = 0
    used: int = 0
    old_passwords: list[str] = field(default_factory=list)

    @property
    def shown_name(self) -> str:
        return self.id if self.displayname is None else self.displayname

    def matches(self, lowered: str) -> bool:
        """Substring search on id, name or e-mail (contract 3.1)."""
        return (
            lowered in ascii_lower(self.id)
            or bool(self.displayname and lowered in ascii_lower(self.displayname))
            or bool(self.email and lowered in ascii_lower(self.email))
        )


@dataclass(slots=True)
class Group:
    id: str
    displayname: str
    members: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Token:
    """An app password."""

    account: str
    login: str
    name: str = "lab"
    wiped: bool = False


@dataclass
class Store:
    """The database of the simulated server."""

    accounts: dict[str, Account] = field(default_factory=dict)  # by lower-case id
    groups: dict[str, Group] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    config: dict[str, dict[str, str]] = field(default_factory=dict)
    apps: dict[str, bool] = field(default_factory=dict)
    delegated_groups: list[str] = field(default_factory=list)
    orphan_directories: list[str] = field(default_factory=list)
    allow_list: dict[str, dict] = field(default_factory=dict)  # by entry number, as text
    allow_list_last: int = 0
    statuses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self._by_email: dict[str, dict[str, None]] = {}
        self._ordered: dict[str, list[Account]] = {}

    # Accounts

    def account(self, user_id: str) -> Account | None:
        return self.accounts.get(ascii_lower(user_id))

    def first_with_email(self, email: str) -> Account | None:
        owners = self._by_email.get(email.lower())
        return self.accounts[next(iter(owners))] if owners else None

    def with_email(self, email: str) -> list[Account]:
        return [self.accounts[key] for key in self._by_email.get(email.lower(), ())]

    def add(self, account: Account) -> Account:
        self.accounts[ascii_lower(account.id)] = account
        self._ordered.clear()
        if account.email:
            self._by_email.setdefault(account.email, {})[ascii_lower(account.id)] = None
        return account

    def remove(self, account: Account) -> None:
        key = ascii_lower(account.id)
        self.set_email(account, None)
        for group_id in account.groups:
            self.groups[group_id].members.pop(key, None)
        del self.accounts[key]
        self._ordered.clear()
        for secret in [secret for secret, token in self.tokens.items() if token.account == account.id]:
            del self.tokens[secret]

    def set_email(self, account: Account, email: str | None) -> None:
        key = ascii_lower(account.id)
        if account.email:
            self._by_email[account.email].pop(key, None)
        account.email = email or None
        if account.email:
            self._by_email.setdefault(account.email, {})[key] = None

    def set_displayname(self, account: Account, name: str | None) -> None:
        account.displayname = name
        self._ordered.clear()

    def ordered(self, order: str) -> list[Account]:
        """All accounts: by "id", or by "displayname", those never given one first (contract 3.1)."""
        if order not in self._ordered:
            self._ordered[order] = sorted(self.accounts.values(), key=_by_id if order == "id" else _by_name)
        return self._ordered[order]

    # Groups

    def join(self, account: Account, group_id: str) -> None:
        account.groups[group_id] = None
        self.groups[group_id].members[ascii_lower(account.id)] = None

    def leave(self, account: Account, group_id: str) -> None:
        account.groups.pop(group_id, None)
        self.groups[group_id].members.pop(ascii_lower(account.id), None)

    def members(self, group_id: str) -> list[Account]:
        return [self.accounts[key] for key in sorted(self.groups[group_id].members)]

    def remove_group(self, group_id: str) -> None:
        for account in self.accounts.values():
            account.groups.pop(group_id, None)
            account.subadmin.pop(group_id, None)
        del self.groups[group_id]

    # App config

    def setting(self, app: str, key: str, default: str = "") -> str:
        return self.config.get(app, {}).get(key, default)

    # The state file

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, state: dict) -> Store:
        store = cls(
            **state
            | {
                "accounts": {},
                "groups": {key: Group(**group) for key, group in state["groups"].items()},
                "tokens": {key: Token(**token) for key, token in state["tokens"].items()},
            }
        )
        for account in state["accounts"].values():
            store.add(Account(**account))
        return store


def _by_id(account: Account) -> str:
    return ascii_lower(account.id)


def _by_name(account: Account) -> tuple:
    named = account.displayname is not None
    return named, ascii_lower(account.displayname) if named else "", ascii_lower(account.id)
