# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources as tables: one list of fields feeds the options, the requests, the comparison, the diff and the export."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from html.entities import codepoint2name
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Mapping, Optional, Sequence
from urllib.parse import quote, quote_plus

from .errors import BackendError, InvalidInput

if TYPE_CHECKING:
    from .client import Option
    from .plan import Change

Raw = Dict[str, Any]  # an object as the backend shows it

HIDDEN = "(hidden)"  # stands for every secret in diffs and reports
ASSIGNED = "(assigned by the server)"
CREATE, UPDATE, DELETE, CALL = "create", "update", "delete", "call"  # the last: of options that steer whatever is called
MODES = ("add", "set", "remove")
EMPTY: tuple[Any, ...] = (None, "", [], {})
PASSWORD_POLICIES = ("on_create", "when_changed", "always")
NUMBERED = re.compile(r"&#0*([0-9]{1,7});?|&#[xX]0*([0-9a-fA-F]{1,6});?|\\{1,4}u([0-9a-fA-F]{4})")  # characters, of HTML and JSON


class Unreadable:
    """What a field reads as when the answer does not hold it: it may be written, and cannot be compared."""

    def __repr__(self) -> str:
        return "UNREADABLE"

    def __deepcopy__(self, memo: Any) -> Unreadable:
        return self  # there is only one


UNREADABLE = Unreadable()


@dataclass(frozen=True)
class NotAllowed:
    """What a field reads as when it may not be written: no right, no such attribute."""

    reason: str


def same_text(value: Any) -> Any:
    return value


@dataclass(frozen=True, eq=False)
class Field:
    """One option of an object, and how it travels."""

    name: str  # of the option
    type: str = "str"
    elements: str = ""  # type of the elements of a list
    suboptions: Mapping[str, Option] = field(default_factory=dict)  # of each element of a list of maps
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    api: str = ""  # name on the wire; default: the name of the option
    create_as: str = ""  # name in the create call, if it differs
    source: str = ""  # dotted path in what the API returns; default: the name on the wire
    send: tuple[str, ...] = (CREATE, UPDATE)  # the calls that take it
    mode: str = "set"  # of a list, where none is given: "add" for memberships, "set" for lists that the object owns
    ordered: bool = False  # whether the order of a list matters
    protected: tuple[str, ...] = ()  # elements that no mode removes
    blind: bool = False  # of a list: elements are added and removed by calls that need not know the others, so also where it is unreadable
    secret: bool = False  # never read, shown or compared; sent as ``update_password`` says
    readable: bool = True  # false: no reading ever holds it
    resend: bool = False  # joins every update of its part
    clearable: bool = True  # whether an empty value can be stored
    required: bool = True  # of a key field: whether each entry of a list must give it, and an identity is incomplete without it
    shared: bool = False  # of a key field: may stand beside the list, for the entries that do not give it
    assigned: bool = False  # the server chooses it where it is not given
    needs: str = ""  # another option that must be written before: deferred together with it
    twin: str = ""  # of an open map (type dict): the option that holds its secret values
    unset: Any = None  # of an open map: what a key reads as that is not there
    initial: bool = False  # for a new object only: of one that exists it is neither compared nor written
    clean: Callable[[Any], Any] = same_text  # a given value (or element) -> what the server will store; ValueError says why not
    decode: Callable[[Any], Any] = same_text  # what was read -> the value of the option
    encode: Callable[[Any], Any] = same_text  # the value of the option -> what is sent
    norm: Callable[[Any], Any] = same_text  # a value that is not empty (or an element: then hashable) -> what is compared

    @property
    def wire_name(self) -> str:
        return self.api or self.name

    @property
    def is_list(self) -> bool:
        return self.type == "list"

    @property
    def is_map(self) -> bool:
        return self.type == "dict"

    @cached_property
    def path(self) -> list[str]:
        """Where it stands in what the API returns."""
        return (self.source or self.wire_name).split(".")

    def option(self) -> Option:
        out: Option = {"type": self.type}
        if self.elements:
            out["elements"] = self.elements
        if self.suboptions:
            out["options"] = dict(self.suboptions)
        if self.choices:
            out["choices"] = list(self.choices)
        if self.aliases:
            out["aliases"] = list(self.aliases)
        if self.secret or any(word in self.name for word in ("password", "secret", "token", "key")):
            out["no_log"] = self.secret
        return out

    def accept(self, value: Any) -> Any:
        """The given value as the server will store it; ``ValueError`` with a sentence if it cannot."""
        if self.is_list:
            out = [self.clean(element) for element in value if value != [""]]  # an empty text arrives so, and clears
            if not self.clearable and not out:
                raise ValueError("it cannot be empty")
            seen: dict[Any, Any] = {}
            for element in out:
                seen.setdefault(self.norm(element), element)
            return list(seen.values())
        if value == "" and not self.clearable:
            raise ValueError("it cannot be empty")
        return self.clean(value)

    def read(self, raw: Raw) -> Any:
        """The value in an object that was read: ``UNREADABLE`` where the answer does not hold it."""
        value: Any = raw
        for step in self.path:
            if not isinstance(value, dict) or step not in value:
                return UNREADABLE
            value = value[step]
        if isinstance(value, (Unreadable, NotAllowed)):
            return value
        return self.decode(value)

    def readings(self, raw: Raw, want: Any) -> dict[str, Any]:
        """What was read of all that is compared and reported by itself: each wanted key of an open map, or the value as a whole."""
        have = self.read(raw) if self.readable else UNREADABLE
        if not self.is_map:
            return {self.name: have}
        keys = {f"{self.name}.{key}": key for key in want}
        if isinstance(have, (Unreadable, NotAllowed)):
            return dict.fromkeys(keys, have)
        return {label: (have or {}).get(key, self.unset) for label, key in keys.items()}

    def entry(self, key: str, values: Mapping[str, Any]) -> Field:
        """Of an open map: the field that a key is compared as, where the options of the object (``values``) tell."""
        return self

    def goal(self, have: Any, want: Any, mode: str, keep: Iterable[Any] = ()) -> Any:
        """The value that the object must end up with.

        :param keep: elements that no mode removes, besides those that are ``protected``.
        """
        if not self.is_list:
            return want
        have = [] if have is None or have is UNREADABLE else have
        named = {self.norm(element) for element in want}
        kept = {self.norm(element) for element in (*self.protected, *keep)}
        if mode == "remove":
            return [element for element in have if self.norm(element) not in named or self.norm(element) in kept]
        if mode == "add":
            known = {self.norm(element) for element in have}
            return have + [element for element in want if self.norm(element) not in known]
        return [*want, *(element for element in have if self.norm(element) in kept - named)]

    def same(self, have: Any, want: Any) -> bool:
        if self.is_list:
            left, right = ([self.norm(element) for element in value or ()] for value in (have, want))
            return left == right if self.ordered else set(left) == set(right)
        if have in EMPTY or want in EMPTY:
            return have in EMPTY and want in EMPTY
        return bool(self.norm(have) == self.norm(want))


@dataclass
class Want:
    """What one object must become: only what was given."""

    name: str  # for people
    where: str  # "users[2]", in messages
    state: str
    values: dict[str, Any]  # option -> clean value
    modes: dict[str, str]
    update_password: str = "on_create"
    rename_from: Optional[str] = None
    accepts: dict[str, Any] = field(default_factory=dict)  # option -> further reading that satisfies it, or UNREADABLE
    keeps: dict[str, Sequence[Any]] = field(default_factory=dict)  # option -> elements that no mode removes, as ``resolve`` found out
    error: Optional[BackendError] = None  # found before the plan: a reference that does not exist, for example

    @property
    def secrets(self) -> list[str]:
        values = [each for value in self.values.values() for each in (value.values() if isinstance(value, dict) else [value])]
        return [value for value in values if isinstance(value, Secret)]

    def hide(self, text: str) -> str:
        """A text without the secrets of this object, which a server may have repeated."""
        return hide(text, self.secrets)


class Secret(str):
    """A value that must never be shown."""

    def __repr__(self) -> str:
        return HIDDEN


def sealed(value: Any) -> Any:
    """A given secret, or a map of secrets, as values that are not shown by accident."""
    if isinstance(value, dict):
        return {key: Secret(each) for key, each in value.items() if each not in EMPTY}
    return Secret(value) if isinstance(value, str) else value


def hide(text: str, secrets: Iterable[str]) -> str:
    """A text without secrets, in whatever way they were quoted on their way into it."""
    forms = sorted({form for secret in secrets for form in spellings(secret)}, key=len, reverse=True)

    def cover(text: str) -> str:
        for form in forms:
            text = text.replace(form, HIDDEN)
        return text

    return cover_numbered(text, cover)


def cover_numbered(text: str, cover: Callable[[str], str]) -> str:
    """A text as ``cover`` leaves it; with its numbered characters spelled out where that brings a further secret to light."""
    text = cover(text)
    plain = NUMBERED.sub(_character, text)
    covered = text if plain == text else cover(plain)
    return text if covered == plain else covered


def _character(match: re.Match[str]) -> str:
    number = int(match[1]) if match[1] else int(match[2] or match[3], 16)
    return match[0] if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


def spellings(secret: str) -> set[str]:
    """A secret as Python, JSON, addresses and HTML quote it."""
    escaped = secret.replace("\\", "\\\\")
    forms = {secret, escaped, escaped.replace("'", "\\'"), escaped.replace('"', '\\"'), repr(str(secret))[1:-1]}
    named = "".join(f"&{codepoint2name[ord(each)]};" if ord(each) in codepoint2name else each for each in secret)
    markup = {escape(secret), escape(secret, quote=False), named}
    forms |= markup | {form.replace("&#x27;", "&#039;") for form in markup} | {form.replace("'", "&#039;") for form in markup}
    quoted = json.dumps(secret)[1:-1]
    return forms | {quoted, quoted.replace("/", "\\/"), quote(secret), quote(secret, safe=""), quote_plus(secret)}


class Part:
    """Fields that are read and written together. The first part of a resource is the object itself."""

    fields: tuple[Field, ...] = ()
    settle: float = 0.0  # seconds within which the server may still show the old value
    few: int = 20  # up to so many objects of a scope are read one by one, more by one listing (where there is one)
    partial: bool = False  # whether a row of the listing may lack fields that reading the object by itself holds
    together: tuple[str, ...] = ()  # the calls (create, update, delete) that take many objects at once: see ``write``

    def get(self, client: Any, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        """Read one object by the one identity that ``want`` gives; None if it does not exist.

        A further part gets the object read so far, and returns what it adds; None if that is nothing. A ``partial`` part gets the row
        of its listing that lacks a field, and returns the whole object.
        """
        raise NotImplementedError

    def scope(self, want: Want) -> Mapping[str, Any]:
        """Which listing holds this object: the argument of ``list``, such as its domain or its zone."""
        return {}

    def list(self, client: Any, scope: Mapping[str, Any]) -> Optional[Iterable[Raw]]:
        """Read all objects of a scope, or None where the backend has no listing that holds all fields of the part."""
        return None

    def nothing(self, want: Want) -> Optional[Raw]:
        """How an object reads that the backend does not hold, where that is not simply absence."""
        return None

    def create(self, client: Any, change: Change) -> None:
        """Create the object with every field of ``change.sending(CREATE)``."""
        raise NotImplementedError

    def update(self, client: Any, change: Change) -> None:
        """Write ``change.sending(UPDATE)``; by default one by one, so that one refusal does not stop the others."""
        for item in change.sending(UPDATE, self):
            try:
                self.set(client, change, item, change.goals[item.name])
            except BackendError as exc:
                if exc.fatal or exc.uncertain:
                    raise
                change.refuse(item, exc)
            else:
                change.sent.add(item.name)

    def set(self, client: Any, change: Change, item: Field, value: Any) -> None:
        """Write one field."""
        raise NotImplementedError

    def delete(self, client: Any, change: Change) -> None:
        raise NotImplementedError

    def write(self, client: Any, call: str, changes: Sequence[Change]) -> Mapping[str, BackendError]:
        """Make one of the calls ``together`` for many objects at once.

        :return: by the name of the object, why it was not written; refusals of single fields go to ``Change.refuse``.
        """
        raise NotImplementedError

    def cost(self, change: Change, item: Field) -> Mapping[str, int]:
        """Calls per bucket of the client that writing this field of this change takes."""
        return {}


class Resource:
    """Something with a wanted state: its names, its fields and the few things that only it knows."""

    kind: str = ""  # "user"
    plural: str = ""  # of the list option and the key of the report
    identities: tuple[tuple[Field, ...], ...] = ()  # the first complete one finds the object
    parts: tuple[Part, ...] = ()
    steering: tuple[Field, ...] = ()  # options that are sent with calls and never compared: see ``Change.steering``
    states: Mapping[str, Optional[Mapping[str, Any]]] = {"present": {}, "absent": None}  # what a state implies; None: must not exist
    prune_scope: tuple[str, ...] = ()  # what a scope of prune may name, besides the word ``all``
    renames: bool = False
    may_be_unreadable: bool = False  # whether a reading may lack a field that it normally holds
    created_by: tuple[str, ...] = ()  # options without which nothing can be created

    @property
    def key(self) -> tuple[Field, ...]:
        return self.identities[0]

    @cached_property
    def keys(self) -> list[Field]:
        return list(dict.fromkeys(item for identity in self.identities for item in identity))

    @cached_property
    def fields(self) -> list[Field]:
        return [item for part in self.parts for item in part.fields]

    @cached_property
    def ids(self) -> list[Field]:
        """What the backend calls an object, where its name alone may not say it."""
        return [item for item in dict.fromkeys([*self.keys, *self.fields]) if item.assigned or (item in self.keys and self.identities[1:])]

    def label(self, values: Mapping[str, Any]) -> str:
        """The name of an object, for people."""
        for identity in self.identities:
            if complete(identity, values):
                return "/".join(str(values[item.name]) for item in identity if known(values.get(item.name)))
        return ""

    def identify(self, values: Mapping[str, Any]) -> list[tuple[int, tuple[Any, ...]]]:
        """Every complete identity in comparable form."""
        return [
            (number, tuple(item.norm(values[item.name]) if known(values.get(item.name)) else None for item in identity))
            for number, identity in enumerate(self.identities)
            if complete(identity, values)
        ]

    def identify_raw(self, raw: Raw) -> list[tuple[int, tuple[Any, ...]]]:
        return self.identify({item.name: item.read(raw) for item in self.keys})

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        """An object as the module accepts it: giving it back changes nothing."""
        values = {}
        for item in [*self.keys, *(item for part in parts for item in part.fields if not item.secret)]:
            value = item.read(raw)
            if isinstance(value, (Unreadable, NotAllowed)) or (value in EMPTY and not item.clearable):
                continue
            if item.is_map and value:
                value = {key: each for key, each in value.items() if not isinstance(each, (Unreadable, NotAllowed))}
            values[item.name] = value
        return values

    # What a backend may have to say; nothing by default.

    def refine(self, values: dict[str, Any], state: str) -> None:
        """Check and complete the clean values of one object against each other; ``ValueError`` with a sentence. Sends nothing."""

    def finish(self, want: Want) -> None:
        """The same once modes and ``rename_from`` are known, too."""

    def resolve(self, client: Any, wants: Sequence[Want]) -> None:
        """Check references and fill ``accepts``, before anything is planned; a want that cannot be gets its ``error``.

        Where the backend speaks of references, the names in ``values`` may be replaced by what it understands.
        """

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a map given as ``prune_scope`` means, {} being everything; ``ValueError`` with a sentence. Sends nothing."""
        return scope

    def check_scope(self, client: Any, scope: Mapping[str, Any]) -> None:
        """Raise ``Refused`` for a scope that does not exist, where its listing would merely be empty: nobody would notice."""

    def regard(self, want: Want, raw: Raw) -> None:
        """Fill ``accepts`` and ``keeps`` with what only the object itself tells, each time before it is compared."""

    def guard(self, client: Any, change: Change) -> None:
        """Raise ``Refused`` for what must never be done: disabling oneself, deleting what is built in."""

    def observe(self, change: Change, raw: Raw) -> None:
        """Look at what was read back after a write for what nobody asked for; ``change.raw`` is still the object before it."""

    def rehearse(self, client: Any, change: Change) -> None:
        """Ask the server in check mode what it can say beforehand, and raise what it would answer."""

    def password_matches(self, client: Any, change: Change, item: Field) -> Optional[bool]:
        """Whether the password is the wanted one already; None: cannot tell."""
        return None

    def rename(self, client: Any, change: Change) -> None:
        """Give the object found as ``rename_from`` its new name."""
        raise NotImplementedError

    # Options

    def options(self) -> dict[str, Option]:
        """The options of one object at the top level, and of many under the plural."""
        entity: dict[str, Option] = {}
        implied = {name for values in self.states.values() for name in values or ()}  # given by the state, so no option
        for item in [*self.fields, *self.steering]:
            if item.name in implied:
                continue
            entity[item.name] = item.option()
            if item.is_list and item not in self.steering:
                entity[f"{item.name}_mode"] = {"type": "str", "choices": list(MODES)}
        if any(item.secret for item in self.fields):
            entity["update_password"] = {"type": "str", "choices": list(PASSWORD_POLICIES), "no_log": False}
        if self.renames:
            entity["rename_from"] = {"type": "str"}
        entity["state"] = {"type": "str", "choices": list(self.states)}
        defaults: dict[str, Any] = {f"{item.name}_mode": item.mode for item in self.fields if item.is_list}
        defaults["state"] = next(iter(self.states))
        if "update_password" in entity:
            defaults["update_password"] = PASSWORD_POLICIES[0]
        keys = {item.name: item.option() for item in self.keys}
        single, required = len(self.identities) == 1, {item.name: item.required and not item.shared for item in self.keys}
        return {
            **keys,
            **{name: {**option, "default": defaults[name]} if name in defaults else option for name, option in entity.items()},
            self.plural: {
                "type": "list",
                "elements": "dict",
                "options": {
                    **{name: {**option, "required": True} if single and required[name] else option for name, option in keys.items()},
                    **entity,
                },
            },
        }

    def wants(self, params: Mapping[str, Any]) -> list[Want]:
        """What was asked for, checked; ``InvalidInput`` names everything that cannot be.

        With ``on_invalid: continue`` an entry of a list that cannot be has it as its error instead.
        """
        listed = params[self.plural]
        shared = {"state", "update_password", *(item.name for item in self.steering), *(item.name for item in self.keys if item.shared)}
        names = [item.name for item in [*self.keys, *self.fields] if item.name not in shared]
        common = given({name: params[name] for name in params if name in shared or name.endswith("_mode")})
        if listed is None:
            entries: list[tuple[str, Mapping[str, Any]]] = [("", params)]
        else:
            stray = [name for name in names if params.get(name) is not None]
            if stray:
                raise InvalidInput(f"{', '.join(stray)} must stand in each entry of {self.plural}, not beside the list")
            entries = [(f"{self.plural}[{number}]", {**common, **given(entry)}) for number, entry in enumerate(listed)]
        found = [self._want(where, entry) for where, entry in entries]
        wants = [want for want, _wrong in found]
        twice = self._twice(wants)
        faults = [fault for _want, wrong in found for fault in wrong] + [fault for fault, _both in twice]
        if listed is not None and params.get("on_invalid") == "continue":
            each: list[tuple[str, tuple[Want, ...]]] = [(fault, (want,)) for want, wrong in found for fault in wrong]
            for fault, concerned in [*each, *twice]:
                for want in concerned:
                    want.error = InvalidInput(f"{want.error}; {fault}" if want.error else fault)
        elif faults:
            more = f" (and {len(faults) - 5} more)" if len(faults) > 5 else ""
            raise InvalidInput("; ".join(faults[:5]) + more)
        return wants

    def steered(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The steering options that were given for the whole task: they hold for what is pruned as well."""
        out = {}
        for item in self.steering:
            if params.get(item.name) is not None:
                try:
                    out[item.name] = item.accept(params[item.name])
                except ValueError as exc:
                    raise InvalidInput(f"{item.name} {params[item.name]!r}: {exc}") from None
        return out

    @cached_property
    def _taken(self) -> list[Field]:
        """The fields that an entry may give: one that is a key as well counts once, as what it is besides."""
        return list({item.name: item for item in [*self.keys, *self.fields, *self.steering]}.values())

    def _want(self, where: str, entry: Mapping[str, Any]) -> tuple[Want, list[str]]:
        values: dict[str, Any] = {}
        faults: list[str] = []
        label = self.label(entry)
        prefix = f"{where} ({label}): " if where and label else f"{where}: " if where else f"{label}: " if label else ""
        implied = self.states[entry["state"]] or {}
        for item in self._taken:
            value = entry.get(item.name)
            if value is None or (item.secret and value == ""):
                continue
            try:
                clean = item.accept(value)
            except ValueError as exc:
                shown = "" if item.secret else f" {value!r}"
                faults.append(f"{prefix}{item.name}{shown}: {exc}")
                continue
            values[item.name] = sealed(clean) if item.secret else clean
            twice = set(value) & set(entry.get(item.twin) or ()) if item.twin else set()
            if twice:
                faults.append(f"{prefix}{', '.join(sorted(twice))} stands in both {item.name} and {item.twin}")
        values.update(implied)
        try:
            self.refine(values, entry["state"])
        except ValueError as exc:
            faults.append(f"{prefix}{exc}")
        if not faults and not self.identify(values):
            names = " or ".join(" and ".join(item.name for item in identity if item.required) for identity in self.identities)
            faults.append(f"{prefix}{names} must be given and not empty")
        if entry.get("rename_from") and self.key[0].name not in values:
            faults.append(f"{prefix}rename_from needs {self.key[0].name}, the new name")
        want = Want(
            name=self.label(values),
            where=where,
            state=entry["state"],
            values=values,
            modes={name[: -len("_mode")]: mode for name, mode in entry.items() if name.endswith("_mode") and mode},
            update_password=entry.get("update_password") or PASSWORD_POLICIES[0],
            rename_from=entry.get("rename_from"),
        )
        if not faults:
            try:
                self.finish(want)
            except ValueError as exc:
                faults.append(f"{prefix}{exc}")
        return want, faults

    def _twice(self, wants: Sequence[Want]) -> list[tuple[str, tuple[Want, Want]]]:
        """Each pair of entries that are one object, and a sentence."""
        seen: dict[Any, Want] = {}
        faults = []
        for want in wants:
            names = self.identify(want.values)
            if want.rename_from:  # the name that it leaves is its own until then
                names += [name for name in self.identify({**want.values, self.key[0].name: want.rename_from}) if name not in names]
            for identity in names:
                first = seen.setdefault(identity, want)
                if first is not want:
                    faults.append((f"{first.where} ({first.name}) and {want.where} ({want.name}) are the same {self.kind}", (first, want)))
        return faults


def complete(identity: Sequence[Field], values: Mapping[str, Any]) -> bool:
    """Whether these values name an object by this identity."""
    return all(known(values.get(item.name)) for item in identity if item.required)


def known(value: Any) -> bool:
    """Whether it can name an object."""
    return value not in (None, "") and not isinstance(value, (Unreadable, NotAllowed))


def given(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value is not None}
