# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from .objects import Admin, Alias, Domain, LdapList, MailingList, User
from .values import domain_of


class Accounts(dict):
    """Accounts by address, and again by domain."""

    def __init__(self, pairs=()):
        super().__init__()
        self._by_domain: dict[str, dict] = {}
        for mail, account in pairs:
            self[mail] = account

    def __setitem__(self, mail: str, account) -> None:
        super().__setitem__(mail, account)
        self._by_domain.setdefault(domain_of(mail), {})[mail] = account

    def __delitem__(self, mail: str) -> None:
        super().__delitem__(mail)
        del self._by_domain[domain_of(mail)][mail]

    def of(self, domain: str) -> dict:
        return self._by_domain.get(domain, {})


@dataclass
class Store:
    """The databases of the simulated panel: accounts, and the policies of the mail filters."""

    domains: dict[str, Domain] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=Accounts)
    admins: dict[str, Admin] = field(default_factory=Accounts)
    aliases: dict[str, Alias] = field(default_factory=Accounts)
    lists: dict[str, MailingList] = field(default_factory=Accounts)
    ldap_lists: dict[str, LdapList] = field(default_factory=Accounts)
    spam_policies: dict[str, dict] = field(default_factory=dict)  # account: parameters
    throttle: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)  # account: direction: numbers
    wblist: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)  # account: direction: sender: colour
    greylisting: dict[str, bool] = field(default_factory=dict)  # account: active
    greylisting_whitelists: dict[str, dict[str, str]] = field(default_factory=dict)  # account: sender: comment
    spf_domains: list[str] = field(default_factory=list)
    deleted_mailboxes: list[dict] = field(default_factory=list)
    archived_lists: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.rows: dict[str, tuple] = {}  # rendered users, see `users`
        self.allocated: Counter[str] = Counter()  # MB by domain
        self._occupied: dict[str, str] = {}  # address: the account that has it
        self._alias_domains: dict[str, str] = {}
        self._refer: set[str] = set()  # users that name somebody else

    # Domains

    def add_domain(self, domain: Domain) -> Domain:
        self.domains[domain.domain] = domain
        self.index_domain(domain)
        return domain

    def index_domain(self, domain: Domain) -> None:
        """After a change of its alias domains."""
        for alias in [alias for alias, target in self._alias_domains.items() if target == domain.domain]:
            del self._alias_domains[alias]
        for alias in (*domain.alias_domains, *domain.pending_alias_domains):
            self._alias_domains[alias] = domain.domain

    def domain_in_use(self, name: str) -> bool:
        return name in self.domains or name in self._alias_domains

    def hosted(self, name: str) -> bool:
        return self.domain_in_use(name)

    def remove_domain(self, domain: Domain) -> None:
        name = domain.domain
        for accounts, remove in (
            (self.users, self.remove_user),
            (self.aliases, self.remove_alias),
            (self.lists, self.remove_list),
            (self.ldap_lists, self.remove_ldap_list),
        ):
            for account in list(accounts.of(name).values()):
                remove(account)
        domain.alias_domains, domain.pending_alias_domains = [], []
        self.index_domain(domain)
        self._forget_policies(f"@{name}")
        del self.domains[name]

    # The one namespace of addresses (contract 10.3)

    def owner_of(self, address: str) -> str | None:
        """The account that has this address, be it its own or an additional one."""
        return self._occupied.get(address)

    def occupy(self, account: str, addresses) -> None:
        for address in addresses:
            self._occupied[address] = account

    def leave(self, addresses) -> None:
        for address in addresses:
            self._occupied.pop(address, None)

    def exists_here(self, address: str) -> bool:
        """False only for an address in a hosted domain that nobody has."""
        return address in self._occupied or domain_of(address) not in self.domains

    # Users

    def add_user(self, user: User) -> User:
        self.users[user.mail] = user
        self.allocated[user.domain] += user.quota
        self.occupy(user.mail, (user.mail, *user.aliases))
        self.touch(user)
        return user

    def remove_user(self, user: User) -> None:
        self.leave((user.mail, *user.aliases))
        self.allocated[user.domain] -= user.quota
        del self.users[user.mail]
        self.rows.pop(user.mail, None)
        self._refer.discard(user.mail)
        self.repoint(user.mail, None)
        for alias in user.aliases:
            self.repoint(alias, None)
        self._forget_policies(user.mail)

    def set_quota(self, user: User, quota: int) -> None:
        self.allocated[user.domain] += quota - user.quota
        user.quota, user.quota_bytes = quota, None

    def set_aliases(self, user: User, aliases: list[str]) -> None:
        self.leave(user.aliases)
        user.aliases = aliases
        self.occupy(user.mail, aliases)

    def touch(self, user: User) -> None:
        """After a change of the user."""
        self.rows.pop(user.mail, None)
        if user.sender_bcc or user.recipient_bcc or any(target != user.mail for target in user.forwarding):
            self._refer.add(user.mail)
        else:
            self._refer.discard(user.mail)

    def rename_user(self, user: User, mail: str) -> None:
        """The mailbox stays where it is; whoever names the user names the new address (contract 4.4)."""
        old, quota = user.mail, user.quota
        self.leave((old, *user.aliases))
        del self.users[old]
        self.rows.pop(old, None)
        self._refer.discard(old)
        self.allocated[domain_of(old)] -= quota
        user.mail = mail
        user.aliases = [alias for alias in user.aliases if alias != mail]
        user.forwarding = [mail if target == old else target for target in user.forwarding]
        self.add_user(user)
        self.repoint(old, mail)
        self._move_policies(old, mail)

    # Other accounts

    def add_alias(self, alias: Alias) -> Alias:
        self.aliases[alias.mail] = alias
        self.occupy(alias.mail, (alias.mail,))
        return alias

    def remove_alias(self, alias: Alias) -> None:
        self.leave((alias.mail,))
        del self.aliases[alias.mail]
        self.repoint(alias.mail, None)

    def rename_alias(self, alias: Alias, mail: str) -> None:
        old = alias.mail
        self.leave((old,))
        del self.aliases[old]
        alias.mail = mail
        self.add_alias(alias)
        self.repoint(old, mail)

    def add_list(self, mailing_list: MailingList) -> MailingList:
        self.lists[mailing_list.mail] = mailing_list
        self.occupy(mailing_list.mail, (mailing_list.mail, *mailing_list.extra_addresses))
        return mailing_list

    def remove_list(self, mailing_list: MailingList) -> None:
        self.leave((mailing_list.mail, *mailing_list.extra_addresses))
        del self.lists[mailing_list.mail]
        self.repoint(mailing_list.mail, None)

    def add_ldap_list(self, ldap_list: LdapList) -> LdapList:
        self.ldap_lists[ldap_list.mail] = ldap_list
        self.occupy(ldap_list.mail, (ldap_list.mail,))
        return ldap_list

    def remove_ldap_list(self, ldap_list: LdapList) -> None:
        self.set_list_members(ldap_list, [])
        self.leave((ldap_list.mail,))
        del self.ldap_lists[ldap_list.mail]
        self.repoint(ldap_list.mail, None)

    def list_members(self, ldap_list: LdapList) -> list[str]:
        return [user.mail for user in self.users.values() if ldap_list.mail in user.member_of]

    def set_list_members(self, ldap_list: LdapList, mails: list[str]) -> None:
        wanted = set(mails)
        for user in self.users.values():
            is_member = ldap_list.mail in user.member_of
            if is_member == (user.mail in wanted):
                continue
            if is_member:
                user.member_of.remove(ldap_list.mail)
            else:
                user.member_of.append(ldap_list.mail)
            self.rows.pop(user.mail, None)

    # References

    def repoint(self, old: str, new: str | None) -> None:
        """Everything that names an address names another one, or nobody."""
        for domain in self.domains.values():
            domain.catchall = _replaced(domain.catchall, old, new)
            domain.admins = _replaced(domain.admins, old, new)
            _repoint_bcc(domain, old, new)
        for alias in self.aliases.values():
            if old in alias.members:
                alias.members = _replaced(alias.members, old, new)
        for mailing_list in self.lists.values():
            for name in ("owner", "moderators", "subscription_moderators"):
                setattr(mailing_list, name, _replaced(getattr(mailing_list, name), old, new))
            mailing_list.subscribers = {kind: _replaced(mails, old, new) for kind, mails in mailing_list.subscribers.items()}
        for mail in list(self._refer):
            user = self.users[mail]
            user.forwarding = _replaced(user.forwarding, old, new)
            _repoint_bcc(user, old, new)
            self.touch(user)

    def _policies(self) -> tuple[dict, ...]:
        return self.spam_policies, self.throttle, self.wblist, self.greylisting, self.greylisting_whitelists

    def _forget_policies(self, account: str) -> None:
        for rows in self._policies():
            rows.pop(account, None)

    def _move_policies(self, old: str, new: str) -> None:
        for rows in self._policies():
            if old in rows:
                rows[new] = rows.pop(old)

    # The state file

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, state: dict) -> Store:
        store = cls(**state | dict.fromkeys(("domains",), {}) | {name: Accounts() for name in ACCOUNTS})
        for values in state["domains"].values():
            store.add_domain(Domain(**values))
        for name, (kind, add) in ACCOUNTS.items():
            for values in state[name].values():
                add(store, kind(**values))
        return store


def _replaced(mails: list[str], old: str, new: str | None) -> list[str]:
    if old not in mails:
        return mails
    kept = [new if mail == old else mail for mail in mails]
    return [mail for mail in dict.fromkeys(kept) if mail is not None]


def _repoint_bcc(holder: Domain | User, old: str, new: str | None) -> None:
    if holder.sender_bcc == old:
        holder.sender_bcc = new or ""
    if holder.recipient_bcc == old:
        holder.recipient_bcc = new or ""


def _add_admin(store: Store, admin: Admin) -> None:
    store.admins[admin.mail] = admin


ACCOUNTS = {
    "users": (User, Store.add_user),
    "admins": (Admin, _add_admin),
    "aliases": (Alias, Store.add_alias),
    "lists": (MailingList, Store.add_list),
    "ldap_lists": (LdapList, Store.add_ldap_list),
}
