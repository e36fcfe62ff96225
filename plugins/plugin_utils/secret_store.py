# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The secrets of people: found where they are kept, made where there are none, and kept before anybody is given them.

One vault-encrypted file per person holds a secret for each system: ``{"login": …, "owner": …, "secrets": {system: secret}}``. Where one
secret serves several systems, each is named with it, so that a system that comes later never takes a secret from one that has it.
The owner tells a person from another one who has the login later.
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

from .hand_over import Records
from .kept_files import RECORDS, SECRETS, Directory, file_names
from .secret_policy import Policy, SecretError, common, generate

_VERSION = 1

#: Whose a login is: the employee number, where it is known, and the how manieth time the person has accounts.
Owner = Mapping[str, Any]


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

    def opens(self, content: bytes) -> bool:
        """Whether the password is that of a file, whatever vault id it is called by there."""
        try:
            return bool(self._library.is_encrypted(content) and self._library.decrypt(content))
        except (AnsibleError, ValueError, TypeError, IndexError):
            return False

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


#: Gives the further secrets of a login, from its name and those that are kept: also one in the place of one that is kept.
Make = Callable[[str, Mapping[str, str]], dict[str, str]]


class Store(Protocol):
    """Where secrets are kept. ``replaces``: also others than were kept. ``unsigned``: logins of which was loaded what has no owner yet."""

    replaces: bool
    unsigned: set[str]

    def load(self, logins: Iterable[str]) -> dict[str, dict[str, str]]: ...

    def keep(self, wanted: Iterable[str], make: Make, rehearse: bool) -> dict[str, dict[str, str]]: ...


class DirectoryStore:
    """One encrypted file per person.

    Args:
        owners: by login, whose it is. What is kept of somebody else is not theirs, and set aside when they get secrets.
    """

    replaces = True

    def __init__(self, directory: Directory, vault: Vault, owners: Mapping[str, Owner] | None = None) -> None:
        self.directory = directory
        self.vault = vault
        self.owners = owners or {}
        self.unsigned: set[str] = set()
        self.warnings: list[str] = []
        self._opened = False

    def load(self, logins: Iterable[str]) -> dict[str, dict[str, str]]:
        """The secrets of each login, empty where none of its owner are kept.

        Raises:
            SecretError: with every file that cannot be used, at once.
        """
        found, errors = {}, []
        for login, stem in file_names(logins).items():
            try:
                content = self._content(login, stem)
                own = not stranger(content, self.owners.get(login))
                found[login] = self._secrets(content if own else None)
                if content and own and self._signed(login, content) != content.get("owner"):
                    self.unsigned.add(login)
            except SecretError as error:
                errors.append(str(error))
        if errors:
            more = [f"and {len(errors) - 20} more"] if len(errors) > 20 else []
            raise SecretError("; ".join([*errors[:20], *more]))
        return found

    def keep(self, wanted: Iterable[str], make: Make, rehearse: bool) -> dict[str, dict[str, str]]:
        """Keep what ``make`` gives for each login, and read it back; or only give it."""
        stems = file_names(wanted)
        if rehearse:
            self.directory.check()
            self._try_password()
            for login, stem in stems.items():
                self._warn(login, stem, self._content(login, stem))
            return {login: {**found, **make(login, found)} for login, found in self.load(stems).items()}
        kept = {}
        with self.directory.writing():
            self._try_password()
            for login in stems:
                kept[login] = self._extend(login, stems[login], make)
        return kept

    def _try_password(self) -> None:
        """Refuse to make what those who know the vault password of the other files could not read."""
        if self._opened:
            return
        names = [f"{stem}{SECRETS}" for stem in self.directory.ends(SECRETS)]
        if names and not any(self.vault.opens(self.directory.read(name) or b"") for name in names):
            raise SecretError(
                f"another vault password was used in {self.directory.path}, so nothing is made: this one opens neither the newest nor the "
                f"oldest file there ({', '.join(names)}). Give the right one, or another directory"
            )

    def _warn(self, login: str, stem: str, content: dict[str, Any] | None) -> bool:
        """Tell of what is kept for somebody else who had the login, if that is so."""
        why = stranger(content, self.owners.get(login))
        if why:
            path = self.directory.path / f"{stem}{SECRETS}"
            self.warnings.append(f"{path} {why}: it is set aside, with the record of their hand-over, and {login} gets new secrets")
        return bool(why)

    def _signed(self, login: str, content: dict[str, Any] | None) -> dict[str, Any] | None:
        """The owner to be noted. What is known of them is not forgotten."""
        kept, now = _owner((content or {}).get("owner")), _owner(self.owners.get(login))
        if not now:
            return kept
        return {**now, "employee_number": now["employee_number"] or (kept or {}).get("employee_number")}

    def _extend(self, login: str, stem: str, make: Make) -> dict[str, str]:
        path, name = self.directory.path / f"{stem}{SECRETS}", f"{stem}{SECRETS}"
        while True:
            old = self._content(login, stem)  # another run may have been here since
            if self._warn(login, stem, old):
                self.directory.set_aside([f"{stem}{RECORDS}", name])  # in this order: nobody's record outlives their secrets
                old = None
            before, owner = self._secrets(old), self._signed(login, old)
            added = make(login, before)
            if not added and (old is None or owner == old.get("owner")):
                return before
            now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            secrets = {**before, **added}
            new: dict[str, Any] = {"version": _VERSION, "login": login, "created": now, **(old or {}), "secrets": secrets}
            if owner:
                new["owner"] = owner
            if replaced := {backend: secret for backend, secret in before.items() if backend in added}:
                new["former"] = [*(new.get("former") or []), {"until": now, "secrets": replaced}]
                Records(self.directory).withdraw(login, replaced)
            content = self.vault.encrypt(json.dumps(new, indent=2, ensure_ascii=False) + "\n")
            if old is not None:
                self.directory.replace(name, content)
            elif not self.directory.create(name, content):
                continue  # written by a host with which no lock is shared: take what it wrote
            if self._secrets(self._content(login, stem)) != secrets:
                raise SecretError(f"{path} does not hold what was just written to it")
            return secrets

    def _content(self, login: str, stem: str) -> dict[str, Any] | None:
        path = self.directory.path / f"{stem}{SECRETS}"
        raw = self.directory.read(f"{stem}{SECRETS}")
        if raw is None:
            return None
        text = self.vault.decrypt(raw, path)
        self._opened = True
        try:
            found = json.loads(text)
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

    replaces = False

    def __init__(self, known: Mapping[str, Any], backends: Iterable[str]) -> None:
        systems = list(backends)
        self.unsigned: set[str] = set()
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
        return {login: {**found, **make(login, found)} for login, found in self.load(wanted).items()}


def stranger(content: Mapping[str, Any] | None, owner: Owner | None) -> str:
    """Why what is kept is not for the owner of the login, in words; empty: it is, or nothing says otherwise."""
    kept, now = _owner((content or {}).get("owner")), _owner(owner)
    if not kept or not now:
        return ""
    if kept["employee_number"] and now["employee_number"] and kept["employee_number"] != now["employee_number"]:
        return f"is of another person (employee {kept['employee_number']})"
    return "" if kept["life"] == now["life"] else "is of before the accounts of the login were deleted"


def _owner(owner: Any) -> dict[str, Any] | None:
    if not isinstance(owner, Mapping):
        return None
    number = owner.get("employee_number")
    return {"employee_number": str(number) if number else None, "life": owner.get("life") or 1}


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

    def lacking(self, login: str, kept: Mapping[str, str]) -> list[str]:
        """The systems for which there is no secret, or, where any are made, none that they take."""
        return [name for name in self.of(login) if name not in kept or (self.create and self.chosen[name].refuses(kept[name]))]

    def make(self, login: str, kept: Mapping[str, str]) -> dict[str, str]:
        """The secrets that a login lacks, made for the occasion."""
        lacking = self.lacking(login, kept)
        if self.one_each:
            return {backend: generate(self.chosen[backend]) for backend in lacking}
        served = {secret for backend, secret in kept.items() if backend not in lacking}
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
    """What came of it: by login the secrets of the systems asked for, who had them before, and whose owner was noted."""

    secrets: dict[str, dict[str, str]]
    created: list[str]
    found: list[str]
    missing: list[str]
    noted: list[str]
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
    lacking = {login: gap for login in logins if (gap := wanted.lacking(login, have[login]))}
    unfit = {
        login: {name: " and ".join(wanted.chosen[name].refuses(have[login][name])) for name in gap if name in have[login]}
        for login, gap in lacking.items()
    }
    wrong = [f"{login}: the secret that your tasks keep for {name} {why}" for login, each in unfit.items() for name, why in each.items()]
    if wrong and not store.replaces:
        more = [f"and {len(wrong) - 20} more"] if len(wrong) > 20 else []
        words = "Change that in your store, or say what your servers really ask for (people_secrets_policies; of the module, policies)"
        raise SecretError(f"{'; '.join([*wrong[:20], *more])}. {words}")
    noted = [login for login in logins if login in store.unsigned and login not in lacking] if wanted.create else []
    warnings = []
    if wanted.create and (lacking or noted):
        for login, secrets in store.keep([*lacking, *noted], wanted.make, wanted.rehearse).items():
            before, new = have[login], [name for name in lacking.get(login, ()) if name not in have[login]]
            if before and new and not wanted.one_each and not {secrets[name] for name in new} <= set(before.values()):
                warnings.append(f"{login}: the secret that is kept does not suit {', '.join(new)}, so there is another one for it")
            warnings += [
                f"{login}: the secret that was kept for {name} {why}, so there is another one for it"
                for name, why in unfit.get(login, {}).items()
            ]
            have[login] = secrets
    return Obtained(
        secrets={
            login: {name: have[login][name] for name in (wanted.of(login) if wanted.backends else have[login]) if name in have[login]}
            for login in logins
        },
        created=list(lacking) if wanted.create else [],
        found=[login for login in logins if have[login] and login not in lacking],
        missing=[] if wanted.create else [login for login in logins if not have[login] or login in lacking],
        noted=noted,
        warnings=warnings,
    )
