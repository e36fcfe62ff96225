#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ldapsaisie_import
short_description: Import objects into an LdapSaisie from CSV
version_added: 0.1.0
description:
  - Sends rows of a CSV file through a format (C(ioFormat)) that the server has for the type. One search finds which rows are new or differ from what
    is there, only those are sent, and another search says what became of them. So a second run changes nothing.
  - The server checks the rows that would be sent before it imports any, in check mode too. It does not see there whether a value that must be
    unique is taken.
  - A row is always imported as a whole. An empty cell clears the attribute, and a row that differs needs every mandatory attribute, the
    password too, which then is set again, as is what the format itself makes of the cells, such as a full name. Neither is compared or
    reported. For single changes M(workplace.onboarding.ldapsaisie_object) is the better tool.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ldapsaisie
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ldapsaisie
notes:
  - With O(ldap_server) the task opens a session for itself, since the body of an import cannot name the directory.
  - The file is in UTF-8, its first line holds the names of the columns as the format has them, and V(|) separates the values in a cell.
options:
  type:
    description: Type of the objects, for example V(LSpeople).
    type: str
    required: true
  io_format:
    description: Name of the format in the configuration of the type.
    type: str
    required: true
  src:
    description: The file, on the machine where the task runs.
    type: path
  content:
    description: The text itself, instead of O(src). It is never shown.
    type: str
  columns:
    description:
      - Attributes by column, for the columns that are not called as the attribute is. An empty text for a column that is not to be compared.
        One column must hold the attribute that names the objects.
    type: dict
    default: {}
  delimiter:
    description: What separates cells. Default is what the first line suggests, of semicolon, comma and tab.
    type: str
  attribute_types:
    description: Kinds of attributes, as in M(workplace.onboarding.ldapsaisie_object).
    type: dict
    default: {}
  update_existing:
    description: Whether objects that exist and differ are changed. Otherwise they are left alone, with a warning.
    type: bool
    default: false
  on_error:
    description: Whether the good rows are imported although others are wrong. The task fails in both cases.
    type: str
    choices: [continue, stop]
    default: continue
  on_unconverged:
    description: What to do about a value that the server accepted and did not store.
    type: str
    choices: [fail, warn]
    default: fail
  return_all:
    description: Whether the report also lists the rows that needed nothing.
    type: bool
    default: false
seealso:
  - module: workplace.onboarding.ldapsaisie_export
  - module: workplace.onboarding.ldapsaisie_object
"""

EXAMPLES = r"""
- name: The rooms of the town hall
  workplace.onboarding.ldapsaisie_import:
    type: LSlab
    io_format: labcsv
    content: |
      cn,title,desc,active
      room1,Council,big|ground floor,yes
      room2,Archive,,no
    columns: {desc: description, active: pwdLockout}
    update_existing: true
"""

RETURN = r"""
objects:
  description: The rows that were imported or failed, with O(return_all) all of them, in the order of the file. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: DN of the object; in check mode of a wrong row what is known of it., type: str, returned: always}
    line: {description: Line of the row in the file., type: int, returned: always}
    action: {description: 'What it needed: V(create), V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether it failed., type: bool, returned: always}
    fields: {description: Attributes that differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: Attributes that the server accepted and did not store., type: list, elements: str, returned: when there are any}
    msg: {description: Why it failed., type: str, returned: when it failed}
  sample: [{name: 'cn=room1,ou=lab,o=ls', line: 2, action: create, changed: true, failed: false}]
summary:
  description: Counts of the rows by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 2, updated: 1, unchanged: 7, failed: 0, dropped: 0}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.importing import IMPORT


def main() -> None:
    run(IMPORT)


if __name__ == "__main__":
    main()
