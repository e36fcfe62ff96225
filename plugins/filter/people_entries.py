# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_entries."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_entries
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: The entries of a plan for the module of one backend, with secrets
description:
  - What P(workplace.onboarding.people_plan#filter) decided for one backend, each entry with the secret that it needs. A new account gets that of
    the person, and one that is to be locked gets a random one that nobody knows.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
  - The result holds secrets. Never loop over it.
positional: _input, backend
options:
  _input:
    description: The plan.
    type: dict
    required: true
  backend:
    description: Name of the backend.
    type: str
    required: true
  secrets:
    description: By login and backend.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Bring the accounts to the wanted state
  workplace.onboarding.ocs_user:
    users: "{{ people_plan | workplace.onboarding.people_entries('ocs', secrets=people_secrets) }}"
    return_all: true
"""

RETURN = r"""
_value:
  description: One map of module options for each account, in the order of the plan.
  type: list
  elements: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import with_secrets
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_entries(plan: Mapping[str, Any], backend: str, secrets: Mapping[str, Mapping[str, str]] | None = None) -> list[dict[str, Any]]:
    """See DOCUMENTATION."""
    return with_secrets(plan, secrets or {}, backend)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_entries": people_filter(people_entries)}
