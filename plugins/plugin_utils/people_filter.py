# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver of the filters about people: plain values in, values that are never taken for templates out, one Ansible error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from ansible import template
from ansible.errors import AnsibleFilterError

from .people import PeopleError

_may_be_template = getattr(template, "is_trusted_as_template", lambda value: False)
_MARKS = ("{{", "{%", "{#", "#jinja2:")


def people_filter(function: Callable[..., Any]) -> Callable[..., Any]:
    """A pure function as a filter."""

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        given, named = [_plain(each) for each in args], {name: _plain(each) for name, each in kwargs.items()}
        try:
            return _untrusted(function(*given, **named))
        except PeopleError as error:
            raise AnsibleFilterError(str(error)) from error

    return wrapped


class _Template(Exception):
    """A value has to be asked for what it is."""


def _plain(value: Any) -> Any:
    """A copy without Ansible's own types: tagged or unsafe texts and numbers, lazy lists and maps, what map() and select() give."""
    try:
        return _stored(value)
    except _Template:
        return _asked(value)


def _stored(value: Any) -> Any:
    """The copy, of what lazy lists and maps hold: they are slow, as they look for a template in whatever is taken out of them."""
    if value is None or type(value) in (str, bool, int, float):
        return value
    if isinstance(value, str):
        if _may_be_template(value) and any(mark in value for mark in _MARKS):
            raise _Template
        return str.__str__(value)
    unwrapped = value._non_lazy_copy() if hasattr(value, "_non_lazy_copy") else value
    if isinstance(unwrapped, dict):
        return {_stored(key): _stored(each) for key, each in dict.items(unwrapped)}
    if isinstance(unwrapped, (list, tuple)):
        return [_stored(each) for each in unwrapped]
    raise _Template


def _asked(value: Any) -> Any:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {_asked(key): _asked(each) for key, each in value.items()}
    if isinstance(value, datetime):
        return datetime.combine(date.fromordinal(value.toordinal()), value.time())
    if isinstance(value, date):
        return date.fromordinal(value.toordinal())
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)):
        return [_asked(each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, float) else value


def _untrusted(value: Any) -> Any:
    """The value, in the form in which ansible-core never takes it for a template."""
    if hasattr(template, "trust_as_template"):  # since 2.19 nothing is one that is not marked as one
        return value
    from ansible.utils.unsafe_proxy import wrap_var

    return wrap_var(value)
