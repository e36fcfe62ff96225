# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each system takes for a password, what several take in common, and making one. Nothing is read or written here."""

from __future__ import annotations

import itertools
import re
import secrets
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

#: The kinds of characters that policies speak of. Printable ASCII is all that every system takes (iRedMail, contract 6: PW_NON_ASCII).
CLASSES: dict[str, str] = {
    "upper": string.ascii_uppercase,
    "lower": string.ascii_lowercase,
    "digit": string.digits,
    "special": string.punctuation,
}
PRINTABLE = "".join(CLASSES.values())

#: What secrets are made of: nothing that is mistaken for another when read from paper (I l 1 O 0), nothing that is hard to find on a
#: keyboard or that ends a value in a form, a URL, a shell or a template.
UNAMBIGUOUS = "ABCDEFGHJKLMNPQRSTUVWXYZ" + "abcdefghijkmnopqrstuvwxyz" + "23456789" + "+-=.@#%!?*"

#: How long a secret is where the policy leaves a choice.
LENGTH = 20

_TRIES = 10_000


class SecretError(ValueError):
    """Why secrets cannot be made, read or kept: a text for a user, without any secret in it."""


@dataclass(frozen=True)
class Policy:
    """What passes for a password."""

    backend: str
    min_length: int = 8
    max_length: int | None = None
    required: frozenset[str] = frozenset()  # kinds of which there must be one each
    kinds: int = 1  # of how many kinds at least
    characters: str = PRINTABLE  # the only ones it may hold
    refused: tuple[str, ...] = ()  # patterns that no secret may match as a whole
    needed: bool = True  # whether an account cannot be created without a password
    evidence: str = ""

    def faults(self, secret: str) -> list[str]:
        """What is wrong with a secret, in words that do not repeat it; empty: it passes."""
        found = []
        if len(secret) < self.min_length:
            found.append(f"has fewer than {self.min_length} characters")
        if self.max_length is not None and len(secret) > self.max_length:
            found.append(f"has more than {self.max_length} characters")
        if set(secret) - set(self.characters):
            found.append("has characters that are not taken")
        held = {kind for kind, characters in CLASSES.items() if set(secret) & set(characters)}
        found += [f"has no {WORDS[kind]}" for kind in CLASSES if kind in self.required - held]
        if len(held) < self.kinds:
            found.append(f"has fewer than {self.kinds} kinds of characters")
        if any(re.fullmatch(pattern, secret, re.DOTALL) for pattern in self.refused):
            found.append("looks like the hash of a password, and would be taken for one")
        return found

    def refuses(self, secret: str) -> list[str]:
        """What is wrong with a secret that was made elsewhere: it may hold characters of which nothing is known, and spaces."""
        return replace(self, characters=self.characters + (secret if self.characters == PRINTABLE else " ")).faults(secret)


WORDS = {"upper": "capital letter", "lower": "small letter", "digit": "digit", "special": "special character"}

#: Each system, with the chapter of its contract that says so.
POLICIES: dict[str, Policy] = {
    policy.backend: policy
    for policy in (
        Policy(
            "bluemind",
            # Space is taken too, but a secret has none.
            characters=string.ascii_letters + string.digits + "@#$%^&*-_!+=[]{}|\\:',.?/`~\"();<>",
            refused=(
                r"\{SSHA\d*\}.*",
                r"\{SHA\}.*",
                r"\$argon2id.*",
                r"\$2a.*",
                r"PBKDF2SHA256:.*",
                r"[^:]*:[^:]*:[^:]*",
                r"[0-9a-z]{32}",
            ),
            needed=False,
            evidence="BlueMind 5.4: characters, and values that look like a hash are stored as the hash; length and strength are a setting",
        ),
        Policy(
            "iredmail",
            required=frozenset({"upper", "digit", "special"}),
            evidence="iRedMail 6: by default 8 characters with a capital letter, a digit and a special one; a domain may set other lengths",
        ),
        Policy(
            "ldapsaisie",
            min_length=8,
            max_length=10,
            kinds=3,
            # A colon ends the name where the site gets the credentials in a header (chapter 2), and eight asterisks are the mask.
            characters=PRINTABLE.replace(":", ""),
            refused=(r"\*{8}",),
            evidence="LdapSaisie 10, userPassword of LSpeople: 8 to 10 characters, three of four kinds",
        ),
        Policy(
            "micetro",
            min_length=12,
            max_length=100,
            evidence="Micetro 6.1: 12 characters by default since 25.1, before that 4 to 100",
        ),
        Policy(
            "ocs",
            min_length=10,
            max_length=469,
            required=frozenset({"upper", "lower", "digit", "special"}),
            needed=False,
            evidence="OCS 3.2 and 5.3: 10 characters and at most 469 bytes; kinds of characters are settings, met beforehand",
        ),
    )
}

OVERRIDES = tuple(item.name for item in fields(Policy) if item.name not in ("backend", "evidence"))


def policies(backends: Iterable[str], overrides: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Policy]:
    """The policy of each system.

    Args:
        backends: names as in POLICIES, or of systems that the overrides describe.
        overrides: by name of the system, what differs there: any of min_length, max_length, required, kinds, characters, refused, needed.

    Raises:
        SecretError: for a system that nobody knows, and for overrides that make no sense.
    """
    overrides = overrides or {}
    found, errors = {}, []
    for backend in backends:
        changes = overrides.get(backend)
        if backend not in POLICIES and changes is None:
            errors.append(f"{backend} is no system that a policy is known of ({', '.join(POLICIES)}): say in policies what it takes")
            continue
        try:
            found[backend] = _overridden(POLICIES.get(backend) or Policy(backend, min_length=12), changes or {})
            _possible(found[backend])
        except SecretError as error:
            errors.append(str(error))
        except ValueError as error:
            errors.append(f"policies, {backend}: {error}")
    if errors:
        raise SecretError("; ".join(errors))
    return found


def common(chosen: Iterable[Policy]) -> Policy:
    """The strictest policy: what passes it passes them all.

    Raises:
        SecretError: when there is no such secret, with the two systems that exclude each other.
    """
    chosen = list(chosen)
    if not chosen:
        raise SecretError("no system was named for which a secret could be made")
    for pair in itertools.permutations(chosen, 2):
        if reason := _exclusion(*pair):
            raise SecretError(
                f"{reason}: no secret suits both. Give each system a secret of its own (people_secrets_per: backend; of the module, "
                "per: backend), or say what your servers really ask for (people_secrets_policies; of the module, policies)"
            )
    longest = [policy.max_length for policy in chosen if policy.max_length is not None]
    merged = Policy(
        backend=" and ".join(policy.backend for policy in chosen),
        min_length=max(policy.min_length for policy in chosen),
        max_length=min(longest) if longest else None,
        required=frozenset().union(*(policy.required for policy in chosen)),
        kinds=max(policy.kinds for policy in chosen),
        characters="".join(each for each in PRINTABLE if all(each in policy.characters for policy in chosen)),
        refused=tuple(dict.fromkeys(pattern for policy in chosen for pattern in policy.refused)),
        needed=any(policy.needed for policy in chosen),
    )
    _possible(merged)  # what only three or more together exclude
    return merged


def generate(policy: Policy) -> str:
    """A new secret that passes the policy: random by the operating system, easy to read, letter or digit at both ends.

    All secrets of that form are equally likely. It has all four kinds of characters wherever the policy takes them.

    Raises:
        SecretError: when the policy takes none that is made of such characters.
    """
    letters = _alphabet(policy)
    length = max(policy.min_length, min(LENGTH, policy.max_length or LENGTH))
    ends = [each for each in letters if each.isalnum() or length <= 2] or list(letters)  # two ends alone must hold what is required
    wanted = [kind for kind in CLASSES if set(CLASSES[kind]) & set(letters)]
    for _try in range(_TRIES):
        inner = [secrets.choice(letters) for _place in range(length - 2)]
        secret = "".join([secrets.choice(ends), *inner, secrets.choice(ends)][:length])
        if (len(wanted) > length or all(set(secret) & set(CLASSES[kind]) for kind in wanted)) and not policy.faults(secret):
            return secret
    raise SecretError(f"no secret could be made that {policy.backend} takes")


def _alphabet(policy: Policy) -> str:
    """The characters to make a secret of: the unambiguous ones, and others of a kind only where the policy leaves none of those."""
    found = "".join(each for each in UNAMBIGUOUS if each in policy.characters)
    for kind in sorted(CLASSES, key=lambda each: each not in policy.required):  # those that are required first
        held = [each for each in CLASSES if set(CLASSES[each]) & set(found)]
        if kind not in held and (kind in policy.required or len(held) < policy.kinds):
            found += "".join(each for each in CLASSES[kind] if each in policy.characters)
    return found or policy.characters


def _possible(policy: Policy) -> None:
    """Refuse a policy that nothing can pass, in words."""
    name = policy.backend
    if policy.max_length is not None and policy.min_length > policy.max_length:
        raise SecretError(f"{name}: at least {policy.min_length} and at most {policy.max_length} characters is impossible")
    lacking = [WORDS[kind] for kind in CLASSES if kind in policy.required and not set(CLASSES[kind]) & set(policy.characters)]
    if lacking:
        raise SecretError(f"{name}: a {lacking[0]} is required, and none is among the characters that are taken")
    if not policy.characters:
        raise SecretError(f"{name}: there is no character that is taken")
    if sum(bool(set(characters) & set(policy.characters)) for characters in CLASSES.values()) < policy.kinds:
        raise SecretError(f"{name}: {policy.kinds} kinds of characters are required, and fewer are taken")
    if policy.max_length is not None and max(policy.kinds, len(policy.required)) > policy.max_length:
        raise SecretError(f"{name}: {policy.max_length} characters are too few for all the kinds that are required")


def _exclusion(one: Policy, other: Policy) -> str:
    """Why nothing passes both, as far as ``one`` asks for what ``other`` does not take."""
    if other.max_length is not None and one.min_length > other.max_length:
        return f"{one.backend} wants at least {one.min_length} characters and {other.backend} takes at most {other.max_length}"
    for kind in CLASSES:
        if kind in one.required and not set(CLASSES[kind]) & set(one.characters) & set(other.characters):
            return f"{one.backend} wants a {WORDS[kind]} and {other.backend} takes none of those"
    if not set(one.characters) & set(other.characters):
        return f"{one.backend} and {other.backend} have no character in common"
    return ""


@dataclass
class _Checked:
    """The overrides of one system, of the right types."""

    given: Mapping[str, Any]
    used: dict[str, Any] = field(default_factory=dict)

    def number(self, name: str, least: int) -> None:
        value = self.given[name]
        if value is None and name == "max_length":
            self.used[name] = None
        elif isinstance(value, bool) or not re.fullmatch(r"\d{1,4}", str(value)) or int(value) < least:
            raise ValueError(f"{name} must be a number of at least {least}")
        else:
            self.used[name] = int(value)

    def words(self, name: str) -> Sequence[str]:
        value = self.given[name]
        if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(each, str) for each in value):
            raise ValueError(f"{name} must be a list of texts")
        return value


def _overridden(policy: Policy, changes: Mapping[str, Any]) -> Policy:
    if not isinstance(changes, Mapping):
        raise ValueError("give what differs, such as {min_length: 14}")
    unknown = [str(name) for name in changes if name not in OVERRIDES]
    if unknown:
        raise ValueError(f"{unknown[0]} is unknown; there are {', '.join(OVERRIDES)}")
    checked = _Checked(changes)
    for name in changes:
        if name == "kinds":
            checked.number(name, 0)
            if checked.used[name] > len(CLASSES):
                raise ValueError(f"there are only {len(CLASSES)} kinds of characters")
        elif name in ("min_length", "max_length"):
            checked.number(name, 1)
        elif name == "required":
            kinds = checked.words(name)
            if set(kinds) - set(CLASSES):
                raise ValueError(f"required: choose from {', '.join(CLASSES)}")
            checked.used[name] = frozenset(kinds)
        elif name == "refused":
            checked.used[name] = tuple(map(_pattern, checked.words(name)))
        elif name == "characters":
            if not isinstance(changes[name], str) or set(changes[name]) - set(PRINTABLE):
                raise ValueError("characters must be a text of printable ASCII characters, without a space")
            checked.used[name] = str(changes[name])
        elif not isinstance(changes[name], bool):
            raise ValueError(f"{name} must be true or false")
        else:
            checked.used[name] = changes[name]
    return replace(policy, **checked.used)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"refused: {text!r} is no regular expression ({error})") from None
    return text
