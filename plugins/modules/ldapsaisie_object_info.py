#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ldapsaisie_object_info
short_description: Read objects of an LdapSaisie
version_added: 0.1.0
description:
  - Reads one object with its relations, or searches. RV(objects) is what M(workplace.onboarding.ldapsaisie_object) accepts and RV(relations) what
    M(workplace.onboarding.ldapsaisie_relation) accepts. Giving them back changes nothing. Passwords are left out.
  - With O(dn), or O(name), O(rdn) and O(container), one object is read. Without them the other options search among the objects of the type.
  - The server forgets a search pattern that it does not like and finds everything; this fails instead.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ldapsaisie
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ldapsaisie
options:
  type:
    description: Type of the objects, for example V(LSpeople).
    type: str
    required: true
  dn:
    description: DN of the object to read. Letter case and spaces do not matter.
    type: str
  name:
    description: Value of the attribute that names the object to read. It needs O(rdn) and O(container).
    type: str
  rdn:
    description: Attribute that names objects of this type, for example V(uid).
    type: str
  container:
    description: DN of what holds the object.
    type: str
  filter:
    description: One condition of LDAP in parentheses, for example V((mail=*@example.org\)). The server takes no combined ones.
    type: str
  predefined_filter:
    description: The filter of one of the predefined filters of the type, as it stands in the configuration of the server.
    type: str
  pattern:
    description: Text to look for in the attributes that the type names for this.
    type: str
  approx:
    description: Whether O(pattern) is looked for by sound.
    type: bool
  basedn:
    description: DN where the search begins.
    type: str
  sub_dn:
    description: DN of the level to search, on a directory with levels.
    type: str
  scope:
    description: How far down the search goes. V(one) and V(base) need O(recursive=false), which is then the default.
    type: str
    choices: [sub, one, base]
  recursive:
    description: Whether the search goes through the whole directory or level. Default is what the type says.
    type: bool
  display_format:
    description: Format of the names of the objects, for example V(%{uid}).
    type: str
  extra_displayed_columns:
    description: Whether to return the columns of the type, under their labels.
    type: bool
  attributes:
    description: Attributes to return of a search, by default none but the DN. Reading one object returns all that the account may read.
    type: list
    elements: str
    default: []
  details:
    description:
      - Whether to return values with their labels and the like, in RV(details) instead of RV(objects) for a search, since no module accepts them.
        These are C(attributesDetails) of a search and C(details) of one object.
    type: bool
    default: false
  sort_by:
    description: What to sort by. V(displayName), V(subDn), or the id of a column, which needs O(extra_displayed_columns).
    type: str
  sort_direction:
    description: Direction of O(sort_by). Default is V(ASC).
    type: str
    choices: [ASC, DESC]
  page:
    description: Page of the result, counted from 1.
    type: int
  objects_per_page:
    description: How many objects a page has.
    type: int
  all:
    description: Whether to return all pages at once. The default is to do so unless O(page) or O(objects_per_page) is given.
    type: bool
  as_list:
    description: Whether RV(objects) is a list, or a map by DN.
    type: bool
    default: true
  without_cache:
    description: Whether the server must not answer from the cache of a session. There is a session only with O(top_dn), where this is always so.
    type: bool
seealso:
  - module: workplace.onboarding.ldapsaisie_object
  - module: workplace.onboarding.ldapsaisie_relation
"""

EXAMPLES = r"""
- name: Read a person with groups
  workplace.onboarding.ldapsaisie_object_info:
    type: LSpeople
    dn: uid=coral,ou=people,o=ls
  register: coral

- name: Find everybody with an address of the school
  workplace.onboarding.ldapsaisie_object_info:
    type: LSpeople
    filter: (mail=*@example.org)
    attributes: [mail, description]
    sort_by: displayName
  register: found
"""

RETURN = r"""
objects:
  description: The objects, each with the options of M(workplace.onboarding.ldapsaisie_object). A map by DN with O(as_list=false).
  returned: success
  type: raw
  sample: [{type: LSpeople, dn: 'uid=coral,ou=people,o=ls', attributes: {mail: coral@example.org, description: [Clerk]}}]
relations:
  description: The relations of the object, each with the options of M(workplace.onboarding.ldapsaisie_relation).
  returned: when one object was asked for
  type: list
  elements: dict
  sample: [{type: LSpeople, dn: 'uid=coral,ou=people,o=ls', relation: groups, related: ['cn=staff,ou=groups,o=ls']}]
details:
  description: What is worth knowing and the modules do not accept. Empty for one object without O(details).
  returned: success
  type: list
  elements: dict
  contains:
    dn: {description: DN of the object., type: str, returned: always}
    name: {description: Its name as the server displays it., type: str, returned: always}
    columns: {description: 'Columns of the type, and the level, by label.', type: dict, returned: of a search}
    attributes: {description: Values with their details., type: dict, returned: always}
  sample: [{dn: 'uid=coral,ou=people,o=ls', name: Coral Invented, columns: {Mail: coral@example.org}, attributes: {}}]
total:
  description: How many objects there are, on all pages.
  returned: success
  type: int
  sample: 2
page:
  description: The page that was returned.
  returned: when not all pages were asked for
  type: int
  sample: 1
pages:
  description: How many pages there are.
  returned: when not all pages were asked for
  type: int
  sample: 3
params:
  description: The parameters in force, as the server names them.
  returned: of a search
  type: dict
  sample: {recursive: true, sortBy: null}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.object_info import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
