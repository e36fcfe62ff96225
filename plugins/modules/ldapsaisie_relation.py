#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ldapsaisie_relation
short_description: Manage relations between objects of an LdapSaisie
version_added: 0.1.0
description:
  - Adds objects to a relation of another object and removes them, for example the groups of a person. Which relations there are, the configuration of the type
    says; M(workplace.onboarding.ldapsaisie_object_info) lists them.
  - Objects are added and removed one by one, additions first, and the relation is read again afterwards, since of several at once the server looks only at
    the first.
  - What the account that the task works with belongs to is never taken from it.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ldapsaisie
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ldapsaisie
options:
  dn:
    description: DN of the object. Letter case and spaces do not matter.
    type: str
  type:
    description: Type of the object, for example V(LSpeople). Each needs it. Beside the list it holds for every entry that gives none.
    type: str
  relation:
    description: Name of the relation, for example V(groups). Each needs it. Beside the list it holds for every entry that gives none.
    type: str
  state:
    description: The object must exist; to end its relations set O(related_mode=set) with an empty list.
    type: str
    choices: [present]
    default: present
  related_mode:
    description: Whether the listed O(related) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    related:
      description: DNs of the objects in relation, which must exist. Always a list, for Ansible would take one text apart at the commas of the DN.
      type: list
      elements: str
    related_type:
      description: Type of O(related). Given, check mode can tell which of them do not exist; the server itself does so only when they are added.
      type: str
  relations:
    description: The relations to manage in one call.
    type: list
    elements: dict
    suboptions:
      dn:
        description: DN of the object. Letter case and spaces do not matter.
        type: str
        required: true
      type:
        description: Type of the object, for example V(LSpeople). Default is the value beside the list.
        type: str
      relation:
        description: Name of the relation, for example V(groups). Default is the value beside the list.
        type: str
      state:
        description: The object must exist.
        type: str
        choices: [present]
      related_mode:
        description: Whether the listed O(related) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.ldapsaisie_object
  - module: workplace.onboarding.ldapsaisie_object_info
"""

EXAMPLES = r"""
- name: Coral belongs to the staff, too
  workplace.onboarding.ldapsaisie_relation:
    type: LSpeople
    dn: uid=coral,ou=people,o=ls
    relation: groups
    related: ['cn=staff,ou=groups,o=ls']

- name: Groups of several people
  workplace.onboarding.ldapsaisie_relation:
    related_type: LSgroup
    relations:
      - type: LSpeople
        dn: uid=gus,ou=people,o=ls
        relation: groups
        related: ['cn=it,ou=groups,o=ls', 'cn=staff,ou=groups,o=ls']
        related_mode: set
      - type: LSpeople
        dn: uid=coral,ou=people,o=ls
        relation: groups
        related: ['cn=temps,ou=groups,o=ls']
        related_mode: remove
"""

RETURN = r"""
relations:
  description:
    - The relations that were changed, failed, or hold what the server dropped; with O(return_all) all of them, and always the one of the single form.
      In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: DN of the object and name of the relation., type: str, returned: always}
    action: {description: 'What it needed: V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: 'uid=coral,ou=people,o=ls groups', action: update, changed: true, failed: false, fields: [related]}]
summary:
  description: Counts of the relations by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 0, updated: 1, deleted: 0, unchanged: 9, failed: 0, dropped: 0, unverified: 0, deferred: 0}
requests:
  description: How many requests were sent, by what they do.
  returned: always
  type: dict
  contains:
    reads: {description: Requests that change nothing., type: int}
    writes: {description: Requests that change something., type: int}
  sample: {reads: 4, writes: 0}
instance:
  description: The O(instance) given.
  returned: when it was given
  type: str
"""

from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.relation import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
