# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: what people get because of who they are."""

from __future__ import annotations

DOCUMENTATION = r"""
name: entitled
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Tell what each person gets by rules
description:
  - Rules are data. They grant groups, roles and other options of an account for what is known of a person, such as the department.
  - The lists of all rules that hold are joined in the order of the rules, without repetitions. Of other values the last rule decides.
  - All that is wrong in the rules is reported at once.
positional: _input, rules, backend
options:
  _input:
    description: Person records, each with a login.
    type: list
    elements: dict
    required: true
  rules:
    description:
      - Maps of C(when), C(grant), and where needed C(not_when) and a C(name).
      - C(when) is a map from field (or C(extra[Header])) to a pattern or a list of patterns. It holds for somebody for whom each of its
        fields is like one of the patterns. V({}) is everybody. Patterns have C(*), C(?) and C([seq]), and letter case does not matter.
        V(null) is like what is unknown, and nothing else is. C(on_leave) is compared with V(true) or V(false).
      - A rule does not hold for somebody for whom all of C(not_when) holds.
      - C(grant) is a map from backend to options of the module for its users, as the examples show.
    type: list
    elements: dict
    required: true
  backend:
    description: The backend to look at, by the name it has in the rules. Without it, the result has a map for each backend.
    type: str
  present:
    description:
      - A map from login to the options of the account there is, for the O(backend). With it, each list that any rule may grant is complete,
        ready to be set exactly. First comes what the account has and no rule can grant, then what the rules grant.
      - So somebody who moves loses what only other people get, and keeps what nobody manages. Whoever is not in the map has no account yet.
    type: dict
  ignore_case:
    description: Whether the O(backend) takes V(Staff) and V(staff) for one name, when O(present) is compared.
    type: bool
    default: false
seealso:
  - plugin: workplace.onboarding.managed
    plugin_type: filter
  - plugin: workplace.onboarding.to_accounts
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show who gets what in Nextcloud
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.entitled(rules, 'ocs') }}"
  vars:
    rules:
      - name: Everybody who has a department
        when: {department: "*"}
        grant:
          ocs: {groups: [everybody], quota: 2 GB}
          bluemind: {groups: [everybody]}
      - name: IT in town, trainees apart
        when: {department: [it, dev*], site: [town-hall, harbour]}
        not_when: {job_title: "*trainee*"}
        grant:
          ocs: {groups: [it], quota: 20 GB}

- name: Show which groups people have after moving, of those that they have now
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.entitled(rules, 'ocs', present={'zoe.fable': {'groups': ['chess-club', 'it']}}) }}"
  vars:
    rules:
      - name: Everybody who has a department
        when: {department: "*"}
        grant:
          ocs: {groups: [everybody], quota: 2 GB}
          bluemind: {groups: [everybody]}
      - name: IT in town, trainees apart
        when: {department: [it, dev*], site: [town-hall, harbour]}
        not_when: {job_title: "*trainee*"}
        grant:
          ocs: {groups: [it], quota: 20 GB}
"""

RETURN = r"""
_value:
  description: A map from login to granted options, or from login to backend to options.
  type: dict
  sample:
    zoe.fable:
      groups: [everybody, it]
      quota: 20 GB
    basil.inkwell:
      groups: [everybody]
      quota: 2 GB
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.entitlements import entitled
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"entitled": people_filter(entitled)}
