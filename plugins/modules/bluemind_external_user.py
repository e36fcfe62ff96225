#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_external_user
short_description: Manage external users of a BlueMind
version_added: 0.1.0
description:
  - Creates, changes and deletes people who are known here by an address elsewhere. They have no mailbox and cannot log in, stand in the
    address book of the domain and can be members of groups, which M(workplace.onboarding.bluemind_group) manages.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
notes:
  - The O(prune_scope) of external users is V(all), or a map with C(domain) and, if wanted, C(org_unit).
options:
  email:
    description: Address of the external user, elsewhere. Together with the O(uid) of one it is its new address.
    type: str
  domain:
    description:
      - Domain that the external user belongs to, by its name, one of its aliases or its uid. May stand beside the list, for the entries
        that do not give it.
    type: str
  uid:
    description:
      - Uid of the external user. It finds one whatever its address, and is given to a new one. By default a new one gets one made of its
        address.
    type: str
  external_id:
    description: Id of the person in another system. It finds one, and is given to a new one. It cannot be changed later.
    type: str
  state:
    description: Whether the external user must exist.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    given_name:
      description: First name.
      type: str
    additional_names:
      description: Middle names.
      type: str
    family_name:
      description: Family name. A new one needs it.
      type: str
    name_prefix:
      description: What stands before the name, such as a title.
      type: str
    name_suffix:
      description: What stands after the name.
      type: str
    display_name:
      description: Name that others see. By default the server makes it of the others.
      type: str
    nickname:
      description: Nickname.
      type: str
    birthday:
      description: Date of birth, such as V(1990-04-28).
      type: str
    job_title:
      description: What the person does.
      type: str
    company:
      description: Company or organisation.
      type: str
    division:
      description: Division of the company.
      type: str
    department:
      description: Department of the company.
      type: str
    manager:
      description: Name of the superior.
      type: str
    assistant:
      description: Name of the assistant.
      type: str
    note:
      description: A note.
      type: str
    phone:
      description: Telephone at work.
      type: str
    mobile:
      description: Mobile telephone.
      type: str
    home_phone:
      description: Telephone at home.
      type: str
    fax:
      description: Fax at work.
      type: str
    street:
      description: Street and number of the address at work.
      type: str
    postal_code:
      description: Postal code of the address at work.
      type: str
    city:
      description: Town of the address at work.
      type: str
    region:
      description: Region of the address at work.
      type: str
    country:
      description: Country of the address at work.
      type: str
    website:
      description: Web site.
      type: str
    org_unit:
      description: Org unit that it belongs to, by its uid or its path such as V(Town/School). An empty text takes it out.
      type: str
    hidden:
      description: Whether address books leave it out.
      type: bool
    rename_from:
      description: Former address. Where an object is found under it, it gets the new one and keeps everything else.
      type: str
  external_users:
    description: The external users to manage in one call.
    type: list
    elements: dict
    suboptions:
      email:
        description: Address of the external user, elsewhere. Together with the O(uid) of one it is its new address.
        type: str
      domain:
        description:
          - Domain that the external user belongs to, by its name, one of its aliases or its uid. Default is the value beside the list.
        type: str
      uid:
        description:
          - Uid of the external user. It finds one whatever its address, and is given to a new one. By default a new one gets one made of
            its address.
        type: str
      external_id:
        description: Id of the person in another system. It finds one, and is given to a new one. It cannot be changed later.
        type: str
      state:
        description: Whether the external user must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_external_user_info
  - module: workplace.onboarding.bluemind_group
"""

EXAMPLES = r"""
- name: Somebody from the town hall
  workplace.onboarding.bluemind_external_user:
    domain: example.org
    email: gus@example.net
    given_name: Gus
    family_name: Fable
    company: Town hall

- name: Several external users in one call
  workplace.onboarding.bluemind_external_user:
    domain: example.org
    external_users:
      - email: olive@example.net
        family_name: Parable
        phone: +33 1 99 00 12 34
      - email: left.over@example.net
        state: absent
"""

RETURN = r"""
external_users:
  description:
    - The external users that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of
      them, and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the external user., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Address, domain, uid and external identifier of it.', type: dict, returned: when it is known}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: gus@example.net, action: create, changed: true, failed: false}]
summary:
  description: Counts of the external users by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 2, updated: 1, deleted: 0, unchanged: 7, failed: 0, dropped: 0, unverified: 0, deferred: 0}
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.external_user import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
