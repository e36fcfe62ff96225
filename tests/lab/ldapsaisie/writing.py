# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What creation, modification and import have in common: uniqueness, generation, the directory's own refusals, the mail."""

from __future__ import annotations

from . import dn as names
from . import texts
from .directory import Entry, text_key
from .passwords import Password
from .schema import Attribute, Type, fill

FILTER_SPECIALS = frozenset("\\()")


class Refused(Exception):
    """The directory refuses: a code, what goes into its text, and the words of the library."""

    def __init__(self, code: str, detail: str, library: str | None):
        self.code, self.detail, self.library = code, detail, library
        super().__init__(code)

    def tell(self, call) -> None:
        call.error(self.code, self.detail)
        if self.library:
            call.plain_error(f"NetLdap-Error : {self.library}")


def check_uniqueness(call, kind: Type, changed: dict[str, list[str]]) -> dict[str, list[str]]:
    """Texts by attribute. The object itself is not left out: another case of the same name is taken (contract 3.3)."""
    errors = {}
    for name, values in changed.items():
        attribute = kind.attributes[name]
        if attribute.unique and any(_is_taken(call, kind, name, value) for value in values):
            text = (attribute.not_unique,) if attribute.not_unique else (texts.NOT_VALID, call.say(attribute.label))
            errors[name] = [call.say(*text)]
    return errors


def _is_taken(call, kind: Type, name: str, value: str) -> bool:
    if FILTER_SPECIALS & set(value):
        # The value is put into a filter as it is.
        classes = "".join(f"(objectClass={one})" for one in kind.classes)
        failure = "Unknown Net_LDAP2 Error (-7)"
        search = f"Base: {call.directory_server.base}\nFilter: (&({name}={value})(&{classes}))\nScope: sub: {failure}"
        raise Refused("LSldap_02", f"{failure}\nParameters:\n{search}", None)
    return bool(call.store.directory.equal(name, value, kind.class_set))


def generated(server, attribute: Attribute, attributes: dict[str, list[str]], taken: dict[str, int]) -> list[str] | None:
    """A value for an attribute that has none; numbers come from pools, which `taken` advances."""
    if attribute.generated_by:
        number = server.store.counters[attribute.generated_by]
        taken[attribute.generated_by] = number + 1
        return [str(number)]
    if isinstance(attribute.generate, str):
        return [fill(attribute.generate, attributes)]
    if attribute.generate:
        return attribute.generate(server, attributes)
    return attribute.default


def complete(call, kind: Type, values: dict[str, list[str]]) -> None:
    """Generate what a new object lacks; each mandatory attribute that cannot be is an error by its label."""
    for name, attribute in kind.attributes.items():
        if values.get(name):
            continue
        if not attribute.mandatory:
            # Defaults are for mandatory attributes only.
            if attribute.generate and (found := generated(call.server, attribute, values, call.taken)):
                values[name] = found
            continue
        if name in values and not (attribute.generate or attribute.generated_by):
            continue  # a boolean that was no boolean: deleted, although mandatory
        found = generated(call.server, attribute, values, call.taken)
        if found:
            values[name] = found
        else:
            call.error("LSattribute_06", call.say(attribute.label))


def use_counters(call) -> None:
    """Numbers are used up even by attempts that fail."""
    call.store.counters.update(call.taken)
    call.taken.clear()


def dn_of(call, kind: Type, values: dict[str, list[str]]) -> str:
    return f"{kind.rdn}={values[kind.rdn][0]},{kind.container},{call.top_dn}"


def check_entry(kind: Type, dn: str, values: dict[str, list[str]], value: str, verb: str) -> None:
    """What the directory itself refuses."""
    if not names.is_valid_rdn_value(value):
        raise Refused("LSldap_05", dn, f"{verb} LDAP_INVALID_DN_SYNTAX: LDAP_INVALID_DN_SYNTAX")
    for name, stored in values.items():
        compared = kind.attributes[name].kind.compared or text_key
        if len({compared(one) for one in stored}) < len(stored):
            raise Refused("LSldap_05", dn, f"{verb} Type or value exists: LDAP_TYPE_OR_VALUE_EXISTS")


def encoded(server, kind: Type, values: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: kind.attributes[name].kind.encode(server, stored) if stored else [] for name, stored in values.items()}


def add_entry(call, kind: Type, dn: str, values: dict[str, list[str]]) -> None:
    """`values` with passwords in clear text. An object that has come meanwhile is overwritten (contract 6.13)."""
    check_entry(kind, dn, values, values[kind.rdn][0], f"Could not add entry {dn}")
    if "object" in call.dropped:
        return
    kept = {name: stored for name, stored in values.items() if stored and name not in call.dropped}
    if call.half:
        kept = {name: stored for name, stored in kept.items() if kind.attributes[name].mandatory}
    stored = encoded(call.server, kind, kept)
    directory = call.store.directory
    call.server.make_parents(names.parent(dn))
    if there := directory.find(dn):
        directory.replace(there, stored)
    else:
        directory.add(dn, kind.classes, stored)
    if call.half:
        raise Refused("LSldap_05", dn, f"Could not add entry {dn} LDAP_OTHER: LDAP_OTHER")


def mail_passwords(call, kind: Type, form, dn: str, sent: dict[str, list[str]], attributes: dict[str, list[str]]) -> None:
    """Tell people their new password, unless the form says not to (contract 3.3)."""
    for name, values in sent.items():
        password = kind.attributes[name].kind
        if not isinstance(password, Password):
            continue
        wish = form.text(f"LSformElement_password_{name}_send")
        mailed = password.mailed if wish is None else wish not in ("", "0")
        to = (attributes.get("mail") or [""])[0]
        if not mailed:
            continue
        if not to:
            call.error("LSformElement_password_01")
        elif call.knobs.mail_fails or "bounce" in to:
            call.error("MAIL_01")
            call.error("MAIL_00", "mail() returned failure")
            call.error("LSformElement_password_02", to)
        else:
            call.server.mails.append({"kind": "password", "account": dn, "to": to, "password": values[0], "language": call.lang})
            call.messages.append(call.say(texts.MAIL_SENT))


def current(call, entry: Entry) -> Entry | None:
    """The entry if it is still there."""
    return call.store.directory.entries.get(entry.key)
