# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of any type (chapters 3.1 to 3.5 and 6 of the LdapSaisie contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import NotFound, Refused
from ..core.plan import Change
from ..core.spec import CALL, CREATE, DELETE, EMPTY, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from . import attributes, limits, names
from .attributes import TYPES, Attributes, Images, pictures, secret
from .client import BAD_ATTRIBUTE, LdapsaisieClient, Partly, place, texts
from .form import Form, changed_fields, form, loose
from .kinds import listed

SHADOWED = frozenset(("name", "dn", "displayName"))  # a row of a search says something else under these words
UNKNOWN_FORM = "LSform_07"
LOGIN = "userPassword"  # the one password that a directory knows by itself

TYPE = Field("type", shared=True, clean=names.object_type)
DN = Field("dn", clean=names.dn, norm=names.key)
NAME = Field("name", clean=names.new_value)
RDN = Field("rdn", shared=True, clean=str.strip)
CONTAINER = Field("container", shared=True, clean=names.dn, norm=names.key)
ATTRIBUTES = Attributes("attributes", type="dict")
CREATE_ATTRIBUTES = Attributes("create_attributes", type="dict", initial=True)
IMAGES = Images("images", type="dict", clean=pictures)
PASSWORDS = Field("passwords", type="dict", secret=True)
ENTRY_FORM = Field("data_entry_form", api="dataEntryForm", send=(CREATE,))
MAIL = Field("send_password_mail", type="bool", send=(CALL,))
RECURSIVE = Field("allow_recursive_delete", type="bool", send=(DELETE,))
CHILD_TYPES = Field("child_types", type="list", elements="str", send=(DELETE,), clean=names.object_type)


class Entry(Part):
    """The object, of which one call shows all and one search many."""

    fields = (ATTRIBUTES, CREATE_ATTRIBUTES, IMAGES, PASSWORDS)
    partial = True

    def get(self, client: LdapsaisieClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        asked = {name for item in (ATTRIBUTES, IMAGES) for name in want.values.get(item.name, ())}
        return shown(client, want.values[TYPE.name], (raw or want.values)[DN.name], asked)

    def scope(self, want: Want) -> Mapping[str, Any]:
        return want.values.get("listing") or {TYPE.name: want.values[TYPE.name]}

    def list(self, client: LdapsaisieClient, scope: Mapping[str, Any]) -> Optional[Iterable[Raw]]:
        """All objects of a type, with the attributes that are compared; None where the server does not take one of them."""
        kind = scope[TYPE.name]
        asked = [("attributes[]", name) for name in scope.get(ATTRIBUTES.name, ()) if name not in SHADOWED]
        narrowed = [(name, str(scope[name])) for name in ("basedn", "filter") if scope.get(name)]
        try:
            rows = client.search(kind, [("all", "1"), ("recursive", "1"), *narrowed, *asked], sure=True)["objects"]
        except Refused as exc:
            if exc.code == BAD_ATTRIBUTE:
                return None
            raise
        return [
            {TYPE.name: kind, DN.name: row["dn"], "listed": True, "attributes": {name: row[name] for _word, name in asked if name in row}}
            for row in rows
        ]

    def create(self, client: LdapsaisieClient, change: Change) -> None:
        sent = form(change, CREATE)
        query = [("dataEntryForm", change.want.values[ENTRY_FORM.name])] if change.value(ENTRY_FORM.name) else []
        found = client.send(place(change.want.values[TYPE.name], "create"), [*sent.fields, *query], files=sent.files)
        dn = str(found.get("dn") or change.name)
        client.note(change.want.values[TYPE.name], dn)
        complain(change, found)
        if UNKNOWN_FORM in str(found.get("errors")):
            change.dropped.append(ENTRY_FORM.name)
        if names.key(dn) != names.key(change.name):
            change.written = True
            raise Refused(f"the server created it as {dn}, where it puts objects of this type: it is there now")

    def update(self, client: LdapsaisieClient, change: Change) -> None:
        modify(client, change, form(change, UPDATE))
        for name, value in loose(change).items():
            # What the server took for the present value is cleared first; a mandatory attribute cannot be. That it would take the new
            # one is known by now.
            try:
                modify(client, change, changed_fields(change, {name: ""}))
            except Refused:
                continue
            modify(client, change, changed_fields(change, {name: value}))
        tried = change.want.update_password == "when_changed" and LOGIN in change.goals.get(PASSWORDS.name, {})
        if tried and not self.stored(client, change):
            change.dropped.append(f"{PASSWORDS.name}.{LOGIN}")

    @staticmethod
    def stored(client: LdapsaisieClient, change: Change) -> bool:
        """Whether the new password is one to log in with; so was found out that it was not, before."""
        dn = (change.raw or {})[DN.name]
        return client.knows(names.rdn(dn)[1], str(change.goals[PASSWORDS.name][LOGIN])) is not False

    def delete(self, client: LdapsaisieClient, change: Change) -> None:
        limits.nothing_below(client, change)
        dn = client.spelled(change.want.values[TYPE.name], (change.raw or {})[DN.name])
        try:
            client.send(place(change.want.values[TYPE.name], dn, "remove"), [])
        except NotFound:
            return


def shown(client: LdapsaisieClient, kind: str, dn: str, asked: Iterable[str]) -> Optional[Raw]:
    """One object under its DN as the server spells it, which a reading lacks attributes without (chapter 1.2)."""
    dn = client.noted(kind, dn) or dn
    found = client.show(kind, dn)
    if found and set(asked) - set(found["attributes"]):
        spelled = client.spelled(kind, dn, again=True)
        if spelled != dn:
            dn, found = spelled, client.show(kind, spelled)
    return found and {TYPE.name: kind, DN.name: dn, **{part: found[part] for part in ("attributes", "relations")}}


def modify(client: LdapsaisieClient, change: Change, sent: Form) -> None:
    kind, dn = change.want.values[TYPE.name], (change.raw or {})[DN.name]
    try:
        found = client.send(place(kind, client.spelled(kind, dn), "modify"), sent.fields, files=sent.files)
    except Partly as exc:
        change.notes.append(str(exc))
    else:
        complain(change, found)
    change.written = True


def complain(change: Change, found: Raw) -> None:
    """What the server complains of although it succeeded, such as a mail that it could not send."""
    change.notes += [f"it was written, and the server complained: {text}" for text in texts(found.get("errors"))]


class Object(Resource):
    kind, plural = "object", "objects"
    identities = ((DN, TYPE), (NAME, RDN, CONTAINER, TYPE))
    parts = (Entry(),)
    steering = (
        Field(TYPES, type="dict", send=()),
        ENTRY_FORM,
        MAIL,
        RECURSIVE,
        CHILD_TYPES,
    )
    prune_scope = ("type", "basedn", "filter")
    renames = True

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        if TYPE.name not in scope:
            raise ValueError("it must name a type: it is a map with type, and perhaps basedn and filter")
        return {**scope, TYPE.name: names.object_type(str(scope[TYPE.name]))}

    def label(self, values: Mapping[str, Any]) -> str:
        return str(values.get(DN.name) or values.get(NAME.name) or "")

    def refine(self, values: dict[str, Any], state: str) -> None:
        parts = [values.pop(item.name, None) for item in (NAME, RDN, CONTAINER)]
        if parts[0] and values.get(DN.name):
            raise ValueError("dn and name cannot be combined")
        if not values.get(DN.name) and any(parts):
            if not all(parts):
                raise ValueError("name, rdn and container must be given together")
            values[DN.name] = f"{parts[1]}={parts[0]},{parts[2]}"
        attributes.normal(values)
        naming, value = names.rdn(values.get(DN.name, ""))
        given = values.get(ATTRIBUTES.name) or {}
        for name in [name for name in given if name.casefold() == naming.casefold()]:
            if listed(given[name]) != [value]:
                raise ValueError(
                    f"attributes.{name} must be as in the DN: to rename an object give its new DN, and its present one as rename_from"
                )
            values[ATTRIBUTES.name] = {other: each for other, each in given.items() if other != name}
        options = [item.name for item in Entry.fields]
        for index, option in enumerate(options):
            for other in options[index + 1 :]:
                twice = sorted(set(values.get(option) or ()) & set(values.get(other) or ()))
                if twice:
                    raise ValueError(f"{', '.join(twice)} stands in both {option} and {other}")
        if attributes.MASK in (values.get(PASSWORDS.name) or {}).values():
            raise ValueError(f"passwords: {attributes.MASK} stands for a secret and is none")

    def finish(self, want: Want) -> None:
        """Spell ``rename_from`` as a DN: it may be the bare name."""
        former = want.rename_from
        if not former:
            return
        naming, value = names.rdn(want.name)
        if "=" not in former:
            former = want.rename_from = f"{naming}={former},{names.parent(want.name)}"
        if names.key(names.parent(former)) != names.key(names.parent(want.name)) or names.rdn(former)[0].casefold() != naming.casefold():
            raise ValueError(f"rename_from {former!r}: the server cannot move an object, nor name it by another attribute")
        names.new_value(value)

    def resolve(self, client: LdapsaisieClient, wants: Sequence[Want]) -> None:
        """Which search holds each object: one for a type, with all that is compared of any of its objects."""
        asked: dict[str, set[str]] = {}
        for want in wants:
            names_of = asked.setdefault(want.values[TYPE.name], set())
            secrets = () if want.update_password == "on_create" else (PASSWORDS,)
            names_of |= {name for item in (ATTRIBUTES, IMAGES, *secrets) for name in want.values.get(item.name, ())}
        for want in wants:
            kind, dn = want.values[TYPE.name], want.name
            outside = client.top_dn and not names.below(dn, client.top_dn)
            # A search begins at the level: what lies elsewhere is read by itself.
            want.values["listing"] = {TYPE.name: kind, **({DN.name: dn} if outside else {ATTRIBUTES.name: sorted(asked[kind])})}

    def guard(self, client: LdapsaisieClient, change: Change) -> None:
        if change.action == DELETE and change.raw and change.raw.get("listed"):
            whole = shown(client, change.raw[TYPE.name], change.raw[DN.name], ())
            change.raw = whole or change.raw
            change.before = {name: value for name, value in self.export(change.raw, self.parts).items() if value not in EMPTY}
        limits.own_account(client, change)
        if change.action == DELETE:
            return
        limits.values(change)
        limits.passwords(change)
        limits.references(client, change)
        if change.action == CREATE:
            limits.landing(client, change)
        form(change, CREATE if change.action == CREATE else UPDATE).check(client)

    def rehearse(self, client: LdapsaisieClient, change: Change) -> None:
        if change.action == DELETE:
            limits.nothing_below(client, change)

    def password_matches(self, client: LdapsaisieClient, change: Change, item: Field) -> Optional[bool]:
        """Only a login tells (chapter 6.7)."""
        given = change.want.values[item.name]
        if set(given) != {LOGIN}:
            return None
        return client.knows(names.rdn((change.raw or {})[DN.name])[1], str(given[LOGIN]))

    def rename(self, client: LdapsaisieClient, change: Change) -> None:
        """Modify the attribute that names the object; memberships follow (chapter 3.4)."""
        naming, value = names.rdn(change.name)
        modify(client, change, changed_fields(change, {naming: value}))
        client.note(change.want.values[TYPE.name], f"{naming}={value},{names.parent((change.raw or {})[DN.name])}")

    def observe(self, change: Change, raw: Raw) -> None:
        """Passwords that were not stored, and what a modification emptied because it did not carry it (chapter 3.4)."""
        now = raw["attributes"]
        sent = (change.goals.get(PASSWORDS.name) or {}) if PASSWORDS.name in change.sent else {}
        change.dropped += [f"{PASSWORDS.name}.{name}" for name in sent if now.get(name) in EMPTY]
        if change.raw is None or not change.written:
            return
        asked = {name for item in Entry.fields for name in change.goals.get(item.name) or ()}
        for name, before in change.raw["attributes"].items():
            if before in EMPTY or secret(before) or name in asked or now.get(name, before) not in EMPTY:
                continue
            words = f"the server emptied {name}: if it is of the kind maildir, say so in {TYPES}"
            if not sent:  # a new password ends what the directory noted about the old one
                change.dropped.append(f"{ATTRIBUTES.name}.{name}")
                words += f". It held {before!r}"
            change.notes.append(words)

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        found = {name: value for name, value in raw["attributes"].items() if not secret(value)}
        return {TYPE.name: raw[TYPE.name], DN.name: raw[DN.name], **({ATTRIBUTES.name: found} if found else {})}


OBJECT = Object()
TASK = ResourceTask(OBJECT, LdapsaisieClient)
