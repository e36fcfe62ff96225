# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The secrets of people: found where they are kept, made where there are none, and kept before anybody is given them.

One vault-encrypted file per person holds a secret for each system: ``{"login": …, "secrets": {system: secret}}``. Where one secret
serves several systems, each is named with it, so that a system that comes later never takes a secret from one that has it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, get_file_vault_secret, parse_vaulttext_envelope

from .kept_files import Directory, file_names
from .secret_policy import Policy, SecretError, common, generate

ENDING = ".vault"
_VERSION = 1


class Vault:
    """Encrypts with one vault id, and decrypts with nothing else, so that a file of other hands is noticed."""

    def __init__(self, secrets: list[tuple[str, Any]], label: str | None) -> None:
        self._library = VaultLib(secrets)
        self._label = label
        self._secret = secrets[0][1]

    @classmethod
    def of_run(cls, loader: Any, vault_id: str) -> Vault:
        """A vault id that the run was started with.

        Raises:
            SecretError: when the run knows no such vault id.
        """
        known = list(getattr(getattr(loader, "_vault", None), "secrets", None) or [])
        own = [(name, secret) for name, secret in known if name == vault_id]
        if not own:
            others = ", ".join(sorted({str(name) for name, _secret in known})) or "none"
            raise SecretError(
                f"the vault id {vault_id} is not known to this run (known: {others}): "
                f"start it with --vault-id {vault_id}@FILE, in AWX with a vault credential of that identifier"
            )
        return cls(own, vault_id)

    @classmethod
    def of_file(cls, loader: Any, path: str) -> Vault:
        """The password in a file, or printed by it when it is executable.

        Raises:
            SecretError: when it cannot be read or run, or is empty.
        """
        try:
            secret = get_file_vault_secret(filename=path, loader=loader)
            secret.load()
        except AnsibleError as error:
            raise SecretError(f"vault_password_file {path} cannot be used: {error}") from None
        return cls([("default", secret)], None)

    def encrypt(self, text: str) -> bytes:
        found: bytes = self._library.encrypt(text, secret=self._secret, vault_id=self._label)
        return found

    def decrypt(self, content: bytes, path: Path) -> str:
        """
        Raises:
            SecretError: names the file and what was tried, never what it holds.
        """
        if not self._library.is_encrypted(content):
            raise SecretError(f"{path} is not encrypted by ansible-vault")
        own = self._label or "default"
        try:
            label = parse_vaulttext_envelope(content)[3] or "default"
        except (AnsibleError, ValueError, IndexError):
            raise SecretError(f"{path} is damaged: its first line is not that of ansible-vault") from None
        if self._label and label != own:
            raise SecretError(f"{path} was encrypted with the vault id {label}, not with {own}")
        try:
            return str(self._library.decrypt(content).decode("utf-8"))
        except (AnsibleError, ValueError, TypeError):
            raise SecretError(f"{path} cannot be decrypted with the vault id {own}: another password, or a damaged file") from None


#: Gives the further secrets of a login, from its name and those that are kept.
Make = Callable[[str, Mapping[str, str]], dict[str, str]]


class Store(Protocol):
    """Where secrets are kept."""

    def load(self, logins: Iterable[str]) -> dict[str, dict[str, str]]: ...

    def keep(self, wanted: Iterable[str], make: Make, rehearse: bool) -> dict[str, dict[str, str]]: ...


class DirectoryStore:
    """One encrypted file per person."""

    def __init__(self, directory: Directory, vault: Vault) -> None:
        self.directory = directory
        self.vault = vault

    def load(self, logins: Iterable[str]) -> dict[str, dict[str, str]]:
        """The secrets of each login, empty where none are kept.

        Raises:
            SecretError: with every file that cannot be used, at once.
        """
        found, errors = {}, []
        for login, stem in file_names(logins).items():
            try:
                found[login] = self._secrets(self._content(login, stem))
            except SecretError as error:
                errors.append(str(error))
        if errors:
            more = [f"and {len(errors) - 20} more"] if len(errors) > 20 else []
            raise SecretError("; ".join([*errors[:20], *more]))
        return found

    def keep(self, wanted: Iterable[str], make: Make, rehearse: bool) -> dict[str, dict[str, str]]:
        """Keep what ``make`` gives for each login, and read it back; or only give it."""
        if rehearse:
            self.directory.check()
            return {login: {**make(login, found), **found} for login, found in self.load(wanted).items()}
        kept = {}
        stems = file_names(wanted)
        with self.directory.writing():
            for login in stems:
                kept[login] = self._extend(login, stems[login], make)
        return kept

    def _extend(self, login: str, stem: str, make: Make) -> dict[str, str]:
        path, name = self.directory.path / f"{stem}{ENDING}", f"{stem}{ENDING}"
        while True:
            old = self._content(login, stem)  # another run may have been here since
            before = self._secrets(old)
            added = make(login, before)
            if not added:
                return before
            now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            secrets = {**added, **before}
            new = {"version": _VERSION, "login": login, "created": now, **(old or {}), "secrets": secrets}
            content = self.vault.encrypt(json.dumps(new, indent=2, ensure_ascii=False) + "\n")
            if old is not None:
                self.directory.replace(name, content)
            elif not self.directory.create(name, content):
                continue  # written by a host with which no lock is shared: take what it wrote
            if self._secrets(self._content(login, stem)) != secrets:
                raise SecretError(f"{path} does not hold what was just written to it")
            return secrets

    def _content(self, login: str, stem: str) -> dict[str, Any] | None:
        path = self.directory.path / f"{stem}{ENDING}"
        raw = self.directory.read(f"{stem}{ENDING}")
        if raw is None:
            return None
        try:
            found = json.loads(self.vault.decrypt(raw, path))
        except SecretError:
            raise
        except ValueError:
            found = None
        if not isinstance(found, dict) or found.get("version") != _VERSION or not _is_map_of_texts(found.get("secrets")):
            raise SecretError(f"{path} holds something else than secrets of this collection")
        if str(found.get("login")).lower() != stem:
            raise SecretError(f"{path} holds the secrets of another login than {login}: it was renamed or copied")
        return found

    @staticmethod
    def _secrets(content: dict[str, Any] | None) -> dict[str, str]:
        return dict(content["secrets"]) if content else {}


class GivenStore:
    """Kept by somebody else, who told what there is and is told what to keep."""

    def __init__(self, known: Mapping[str, Any], backends: Iterable[str]) -> None:
        systems = list(backends)
        self._known: dict[str, dict[str, str]] = {}
        for login, secrets in known.items():
            if isinstance(secrets, str) and secrets:
                secrets = dict.fromkeys(systems or ["all"], secrets)
            if not secrets:
                continue
            if not _is_map_of_texts(secrets):
                raise SecretError(f"the store gave for {login} neither a text nor a dictionary from system to text")
            self._known[login] = dict(secrets)

    def load(self, logins: Iterable[str]) -> dict[str, dict[str, str]]:
        file_names(logins)  # the same logins are refused wherever they are kept
        return {login: dict(self._known.get(login, {})) for login in logins}

    def keep(self, wanted: Iterable[str], make: Make, rehearse: bool) -> dict[str, dict[str, str]]:
        return {login: {**make(login, found), **found} for login, found in self.load(wanted).items()}


def _is_map_of_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) and isinstance(each, str) and each for key, each in value.items())


@dataclass
class Wanted:
    """What a run asks for.

    Attributes:
        logins: of whom. backends: the systems in use. accounts: by login, only these of the systems.
        one_each: whether every system has a secret of its own.
        chosen: the policy of each system.
        create: whether what is missing is made. rehearse: whether that is only pretended.
    """

    logins: list[str]
    backends: list[str]
    chosen: Mapping[str, Policy]
    accounts: Mapping[str, list[str]] = field(default_factory=dict)
    one_each: bool = False
    create: bool = True
    rehearse: bool = False

    def of(self, login: str) -> list[str]:
        return self.accounts.get(login, self.backends)

    def make(self, login: str, kept: Mapping[str, str]) -> dict[str, str]:
        """The secrets that a login lacks, made for the occasion."""
        lacking = [backend for backend in self.of(login) if backend not in kept]
        if self.one_each:
            return {backend: generate(self.chosen[backend]) for backend in lacking}
        served = set(kept.values())
        one = served.pop() if len(served) == 1 else ""
        made: dict[str, str] = {}
        fresh = ""
        for backend in lacking:
            if one and not self.chosen[backend].faults(one):
                made[backend] = one
            else:
                fresh = made[backend] = fresh or generate(common(self.chosen.values()))
        return made


@dataclass
class Obtained:
    """What came of it: by login the secrets of the systems asked for, and who had them before."""

    secrets: dict[str, dict[str, str]]
    created: list[str]
    found: list[str]
    missing: list[str]
    warnings: list[str]


def obtain(wanted: Wanted, store: Store) -> Obtained:
    """The secrets of all logins, each of them kept by the store and read back from it.

    Raises:
        SecretError: when there is one that cannot be had. What was made until then is kept, and found the next time.
    """
    strangers = [login for login in wanted.accounts if login not in wanted.logins]
    if strangers:
        raise SecretError(f"accounts names {strangers[0]}, who is not among the logins")
    unknown = sorted({backend for login in wanted.logins for backend in wanted.of(login)} - set(wanted.backends))
    if unknown:
        raise SecretError(f"accounts names {unknown[0]}, which is not among the backends")
    if wanted.create and not wanted.one_each and wanted.backends:
        common(wanted.chosen.values())  # impossible for anybody: said before anything is made
    logins = list(dict.fromkeys(wanted.logins))
    have = store.load(logins)
    lacking = {login: gap for login in logins if (gap := [each for each in wanted.of(login) if each not in have[login]])}
    warnings = []
    if wanted.create and lacking:
        for login, secrets in store.keep(lacking, wanted.make, wanted.rehearse).items():
            if have[login] and not wanted.one_each and len(set(secrets.values())) > len(set(have[login].values())):
                warnings.append(
                    f"{login}: the secret that is kept does not suit {', '.join(lacking[login])}, so there is another one for it"
                )
            have[login] = secrets
    return Obtained(
        secrets={
            login: {name: have[login][name] for name in (wanted.of(login) if wanted.backends else have[login]) if name in have[login]}
            for login in logins
        },
        created=list(lacking) if wanted.create else [],
        found=[login for login in logins if have[login] and login not in lacking],
        missing=[] if wanted.create else [login for login in logins if not have[login] or login in lacking],
        warnings=warnings,
    )
