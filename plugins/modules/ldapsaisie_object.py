#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ldapsaisie_object
short_description: Manage objects of an LdapSaisie
version_added: 0.1.0
description:
  - Creates, changes, renames and deletes one object of any type, such as a person, a group or a system account, or all objects of a list in one
    call. Objects are named by O(type) and O(dn), or by O(type), O(name), O(rdn) and O(container).
  - Only the given attributes are managed. Each is read back after a write, and what the server ignored is named. An attribute that the account
    may not read is refused, since the server ignores what it may not write without saying so.
  - Values are given as the server shows them, with V(true) and V(false) for V(yes) and V(no). An empty text or list clears. Where the value
    alone does not tell how it is compared or sent, O(attribute_types) does. References to other objects are DNs.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ldapsaisie
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ldapsaisie
notes:
  - The O(prune_scope) of objects is a map with C(type), and if need be C(basedn) and C(filter), a single condition such as V((description=temporary\)).
  - The server itself decides in which container it puts new objects of a type, and where O(top_dn) is given below which level.
  - Memberships are better managed with M(workplace.onboarding.ldapsaisie_relation), one by one. An attribute with the members of a group is a list
    that becomes exactly what is given, and one request takes no more than 1000 values.
  - The server removes a reference to an object that does not exist without a word. Give the types that a DN may be of (C(of) in O(attribute_types)),
    so that it is refused beforehand.
options:
  dn:
    description: DN of the object. Letter case and spaces do not matter.
    type: str
  type:
    description:
      - Type of the object in the configuration of the server, for example V(LSpeople). Each object needs it. Beside the list it holds for every
        entry that gives none.
    type: str
  name:
    description: Value of the attribute that names the object. It needs O(rdn) and O(container), and stands instead of O(dn).
    type: str
  rdn:
    description: Attribute that names objects of this type, for example V(uid). Beside the list it holds for every entry that gives none.
    type: str
  container:
    description: DN of what holds the object. Beside the list it holds for every entry that gives none.
    type: str
  state:
    description: Whether the object must exist.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description:
      - When to send O(passwords) of an object that exists. V(on_create) never does. V(always) does each time and reports a change each time, although
        the server writes nothing where it has the password already. V(when_changed) tries a login with the C(userPassword), after a change once more,
        and leaves it alone where that cannot tell, because accounts of this type may not use the API; the attempt may count for a lock-out policy of
        the directory.
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  <<: &fields
    attributes:
      description: Values by attribute. A list for an attribute with several values, in which the order does not matter.
      type: dict
    create_attributes:
      description: Further values of a new object. They are left alone where the object exists.
      type: dict
    images:
      description: Files with images by attribute, on the machine where the task runs. An empty path clears.
      type: dict
    passwords:
      description: Passwords by attribute, in clear text. The server hashes them.
      type: dict
    attribute_types:
      description:
        - Kinds of attributes, by attribute, where the value alone does not tell.
        - V(text) is the default, V(boolean) that of V(true) and V(false), V(json) that of a map.
        - V(ordered) is a list whose order matters, V(lines) a text in which the kind of the line ends does not.
        - V(boolean) is V(yes) or V(no) and refuses other words, with which the server would delete the value.
        - V(dn) is compared as DNs are. A map with C(type) V(dn) and C(of), a list of types, also has the objects looked for among those.
        - V(date) is in the form that the server shows, such as V(31/12/2027). A special value is a map with C(value), which the server takes, and C(label),
          which it shows.
        - V(mail_quota) is given with its suffix, as V(1000S), and compared without. V(quota) and V(unit) are whole numbers, of which the server shows
          0 as nothing.
        - V(maildir) is an attribute that each modification must carry, for the server clears it otherwise.
      type: dict
    data_entry_form:
      description: Name of a data entry form of this type for creating the object. Its defaults are replaced by what is given here.
      type: str
    send_password_mail:
      description: Whether the server sends new O(passwords) to the person by mail. By default it does not.
      type: bool
    allow_recursive_delete:
      description: Whether an object with others below it may be deleted, which deletes those too. By default it is refused.
      type: bool
    child_types:
      description:
        - Types of the objects that are looked for below one that is to be deleted, besides its own type. By default those of the configuration that LdapSaisie
          comes with.
      type: list
      elements: str
    rename_from:
      description: Present DN, or name, of the object. If it exists it gets the new name, by which it is named here. Its container stays the same.
      type: str
  objects:
    description: The objects to manage in one call. If there are many of a type, one search reads them all.
    type: list
    elements: dict
    suboptions:
      dn:
        description: DN of the object. Letter case and spaces do not matter.
        type: str
      type:
        description: Type of the object in the configuration of the server, for example V(LSpeople). Default is the value beside the list.
        type: str
      name:
        description: Value of the attribute that names the object. It needs O(rdn) and O(container), and stands instead of O(dn).
        type: str
      rdn:
        description: Attribute that names objects of this type, for example V(uid). Default is the value beside the list.
        type: str
      container:
        description: DN of what holds the object. Default is the value beside the list.
        type: str
      state:
        description: Whether the object must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      update_password:
        description: When to send O(passwords) of an object that exists. Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      <<: *fields
seealso:
  - module: workplace.onboarding.ldapsaisie_object_info
  - module: workplace.onboarding.ldapsaisie_relation
  - module: workplace.onboarding.ldapsaisie_import
"""

EXAMPLES = r"""
- name: A person
  workplace.onboarding.ldapsaisie_object:
    type: LSpeople
    name: wren
    rdn: uid
    container: ou=people,o=ls
    attributes:
      givenName: Wren
      sn: Invented
      cn: Wren Invented
      mail: wren@example.org
      personalTitle: Mme
      gidNumber: 102100
      loginShell: false
      lsGodfatherDn: ['uid=gus,ou=people,o=ls']
      shadowExpire: 31/12/2027
    create_attributes:
      description: Clerk
    attribute_types:
      lsGodfatherDn: {type: dn, of: [LSpeople]}
    passwords: {userPassword: '{{ initial_passwords.wren }}'}

- name: She marries
  workplace.onboarding.ldapsaisie_object:
    type: LSpeople
    dn: uid=hazel.fable,ou=people,o=ls
    rename_from: hazel.parable
    attributes:
      sn: Fable
      cn: Hazel Fable

- name: An account ends, without a picture
  workplace.onboarding.ldapsaisie_object:
    type: LSpeople
    dn: uid=gus,ou=people,o=ls
    attributes:
      shadowExpire: {value: '0', label: Always (disable account)}
    attribute_types: {shadowExpire: date}
    images: {jpegPhoto: ''}

- name: Groups, and somebody who is gone
  workplace.onboarding.ldapsaisie_object:
    objects:
      - type: LSgroup
        dn: cn=staff,ou=groups,o=ls
        attributes: {description: [Everybody on the pay roll]}
      - type: LSpeople
        dn: uid=left,ou=people,o=ls
        state: absent

- name: Exactly one temporary account
  workplace.onboarding.ldapsaisie_object:
    objects:
      - type: LSpeople
        dn: uid=temp.one,ou=people,o=ls
    prune: true
    prune_scope: {type: LSpeople, basedn: 'ou=people,o=ls', filter: (description=temporary)}
    prune_limit: 1
"""

RETURN = r"""
objects:
  description:
    - The objects that were changed, failed, or hold a value that the server dropped; with O(return_all) all of them, and always the one of the single
      form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: DN of the object as it was given., type: str, returned: always}
    id: {description: 'Its DN as the server spells it, and its type.', type: dict, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: 'uid=coral,ou=people,o=ls', action: update, changed: true, failed: false, fields: [attributes.mail]}]
summary:
  description: Counts of the objects by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.object import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
