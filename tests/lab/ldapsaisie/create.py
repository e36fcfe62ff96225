# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/create` (contract 3.3)."""

from __future__ import annotations

from . import forms, writing
from .answer import Answer
from .auth import in_menu, profiles
from .schema import Type
from .texts import ADDED


def create(call, type_name: str):
    kind = call.type(type_name)
    if kind is None:
        return call.unknown_type()
    if not in_menu(call, kind):
        return call.refused("LSsession_11")
    values, errors = _read(call, kind)
    if errors:
        # Uniqueness is looked at only when every field is well formed.
        return _failed(call, errors)
    try:
        errors = writing.check_uniqueness(call, kind, values)
        before = len(call.errors)
        writing.complete(call, kind, values)
        failed = bool(errors) or len(call.errors) > before
        yield
        writing.use_counters(call)
        if failed:
            return _failed(call, errors)
        dn = writing.dn_of(call, kind, values)
        if call.store.directory.find(dn):
            return _failed(call, {})
        yield
        writing.add_entry(call, kind, dn, values)
    except writing.Refused as refused:
        refused.tell(call)
        return _failed(call, {})
    call.session.purge(kind.name)
    writing.mail_passwords(call, kind, call.form, dn, values, values)
    call.messages.append(call.say(ADDED))
    return call.reply({"success": True, "type": kind.name, "dn": dn, "name": kind.name_of(values)})


def _read(call, kind: Type) -> tuple[dict, dict]:
    """The submitted values; the defaults of a data entry form overwrite them."""
    wanted = call.request("dataEntryForm")
    entry_form = kind.entry_forms.get(wanted) if wanted else None
    if wanted and entry_form is None:
        call.error("LSform_07", wanted)
    writable = kind.writable(profiles(call))
    values, errors = forms.read(call, kind, call.form, forms.CREATE, writable, entry_form and entry_form.shown)
    if entry_form and not errors:
        imposed, errors = forms.read(call, kind, forms.form_of(entry_form.defaults), forms.CREATE, writable)
        values |= imposed
    return values, errors


def _failed(call, errors: dict) -> Answer:
    return call.reply({"success": False, "fields_errors": call.map(errors)})
