# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: people as the accounts of one backend."""

from __future__ import annotations

DOCUMENTATION = r"""
name: to_accounts
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Turn people into the accounts of one backend
description:
  - Makes of each person a map of module options, such as an entry for O(workplace.onboarding.ocs_user#module:users).
  - How is said by one map for each backend, from option to value. It is data, so a change is a line in your variables.
  - What is unknown of somebody leaves the option out. It is then not managed, and the server keeps what it has. Nothing is ever V(null).
positional: _input, options, entitlements
options:
  _input:
    description: Person records, as P(workplace.onboarding.from_hr_csv#filter) and P(workplace.onboarding.people#filter) return them.
    type: list
    elements: dict
    required: true
  options:
    description:
      - A map from option to a text, a number, V(true) or V(false), a list or map of such, or a choice.
      - In a text, C({field}) is the value of a field, C({field[0]}) its first character, and C({extra[Header]}) a value of another column.
        C({manager_login}), C({manager_email}) and C({manager_name}) are those of the manager, who may be named by login, e-mail address
        or employee number, if the manager is in the list.
      - A text needs all its fields. Only where there are nothing but fields and spaces, those that are unknown are passed over.
        C({on_leave}) alone is a boolean.
      - A choice is a map of C(from), a field, C(values), a map from its values to options, and C(default). Letter case does not matter.
        Without a C(default), any other value leaves the option out.
      - Of a list, items that are unknown are left out; a list of which nothing is left, too. An empty text or list clears.
    type: dict
    required: true
  entitlements:
    description:
      - What P(workplace.onboarding.entitled#filter) returns for this backend. Lists are joined with those of the map, and other
        values replace them.
    type: dict
    default: {}
seealso:
  - plugin: workplace.onboarding.entitled
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show the accounts of Nextcloud
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.to_accounts(accounts) }}"
  vars:
    accounts:
      userid: "{login}"
      display_name: "{given_name} {family_name}"
      email: "{email}"
      phone: "{phone}"
      manager: "{manager_login}"
      groups: ["{department}", "site-{site}"]
      quota: {from: department, values: {it: 20 GB, staff: 5 GB}, default: 2 GB}

- name: Show the mailboxes of iRedMail, with what the rules grant
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.to_accounts(mailboxes, people | workplace.onboarding.entitled(rules, 'iredmail')) }}"
  vars:
    mailboxes:
      email: "{login}@example.org"
      name: "{display_name}"
      employee_id: "{employee_number}"
      language: {from: language, values: {fr: fr_FR, en: en_US}}
    rules:
      - when: {}
        grant:
          iredmail: {quota_mb: 1024}
"""

RETURN = r"""
_value:
  description: A map of options for each person, in the same order.
  type: list
  elements: dict
  sample:
    - userid: zoe.fable
      display_name: Zoé Fable
      email: zoe.fable@example.org
      groups: [staff, site-town-hall]
      quota: 5 GB
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.accounts import to_accounts
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"to_accounts": people_filter(to_accounts)}
