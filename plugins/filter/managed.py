# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: everything that rules may grant."""

from __future__ import annotations

DOCUMENTATION = r"""
name: managed
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Tell everything that rules may grant in a list option
description:
  - Collects the values that any rule may grant to anybody in one option of one backend. These are what is managed. Whatever else an
    account has is left alone.
positional: _input, backend, option
options:
  _input:
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
    description: The backend, by the name it has in the rules.
    type: str
    required: true
  option:
    description: The option, such as V(groups).
    type: str
    required: true
seealso:
  - plugin: workplace.onboarding.entitled
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show the managed groups of Nextcloud
  ansible.builtin.debug:
    msg: "{{ rules | workplace.onboarding.managed('ocs', 'groups') }}"
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
  description: The values, each once, in the order of the rules.
  type: list
  elements: raw
  sample: [everybody, it]
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.entitlements import managed_values
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"managed": people_filter(managed_values)}
