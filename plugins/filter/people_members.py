# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_members."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_members
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Objects with the groups that they are in
description:
  - Some servers say who is in a group and not which groups somebody is in. This turns one into the other, for all at once.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, groups
options:
  _input:
    description: Objects, each with O(key).
    type: list
    elements: dict
    required: true
  groups:
    description: Groups, each with O(key), and the keys of its members below C(attributes).
    type: list
    elements: dict
    required: true
  key:
    description: What names an object.
    type: str
    default: dn
  members:
    description: The attribute of a group that holds its members.
    type: str
    default: uniqueMember
"""

EXAMPLES = r"""
- name: Show who is in which group
  ansible.builtin.debug:
    msg: "{{ found_people.objects | workplace.onboarding.people_members(found_groups.objects) }}"
"""

RETURN = r"""
_value:
  description: A map from the key of each object to the object, with C(groups), the keys of its groups, added.
  type: dict
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import members_of
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_members(
    objects: Sequence[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]], key: str = "dn", members: str = "uniqueMember"
) -> dict[str, dict[str, Any]]:
    """See DOCUMENTATION."""
    return members_of(objects, groups, key, members)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_members": people_filter(people_members)}
