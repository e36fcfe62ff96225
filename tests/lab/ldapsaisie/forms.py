# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a form takes out of a request, and what it refuses (contract 3.3, 3.4)."""

from __future__ import annotations

from collections.abc import Iterable

from .kinds import Invalid
from .passwords import Password
from .php import Form
from .schema import Attribute, Type
from .texts import MANDATORY

CREATE, MODIFY = "create", "modify"


def read(
    call, kind: Type, form: Form, purpose: str, writable: Iterable[str], shown: Iterable[str] | None = None
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Values to store by attribute, and texts about those refused. What is unknown, frozen or forbidden is ignored."""
    values: dict[str, list[str]] = {}
    errors: dict[str, list[str]] = {}
    for name, attribute in kind.attributes.items():
        if not getattr(attribute, purpose) or name not in writable or (shown is not None and name not in shown):
            continue
        raw = attribute.kind.pick(form, name)
        if raw is None:
            continue
        if attribute.mandatory and not raw.file and not any(raw.values) and not isinstance(attribute.kind, Password):
            errors[name] = [call.say(MANDATORY)]
            continue
        try:
            parsed = attribute.kind.parse(call, attribute, raw)
            _check(attribute, parsed or [])
        except Invalid as invalid:
            errors[name] = call.say_all(invalid.texts)
        else:
            if parsed is not None:
                values[name] = parsed
    return values, errors


def _check(attribute: Attribute, values: list[str]) -> None:
    texts = [text for value in values for rule in attribute.rules for text in rule(value)]
    if texts:
        raise Invalid(*texts)


def form_of(rows: dict[str, list[str]]) -> Form:
    """The form that an imported row fills in."""
    return Form({name: {str(index): value for index, value in enumerate(values)} for name, values in rows.items()})
