# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# What it does is in the action plugin of this name.

from __future__ import annotations

DOCUMENTATION = r"""
module: people_secrets
short_description: First passwords of people, kept before they are used
version_added: 0.1.0
author:
  - Workplace Team (@workplace)
description:
  - Gives a password for each login and system. One that is kept already is read; a missing one is made, kept, read back and compared, all
    before anything is returned. So no account is ever created with a password that is lost, and a second run finds what the first one made.
  - Passwords come from the random source of the operating system, meet what the systems ask for, and have no characters that are mistaken
    for others on paper (such as V(I), V(l) and V(1)).
  - A password that is kept is not changed as long as its system takes it. When a system is added later, what is kept stays, and one for
    that system is added.
  - Nothing is made in a directory whose files cannot be opened with the vault password of the run.
  - Works on the controller, whatever host the task is for, and without its connection.
extends_documentation_fragment:
  - workplace.onboarding.attributes.on_controller
attributes:
  check_mode:
    description:
      - Keeps nothing. Where a password is missing, another one is returned for the occasion, so that creating accounts can be rehearsed
        against the policies of the servers; RV(rehearsed) says so.
    support: full
  diff_mode:
    description: Secrets are not shown.
    support: none
  idempotent:
    description: A second run finds what the first one kept. With O(store=none) nothing is kept, and each run returns other passwords.
    support: partial
options:
  logins:
    description:
      - Whose passwords. Names are compared without regard to letter case.
      - A login has letters without accents, digits and the characters C(.), C(_), C(-), C(@), C(+), C('), and spaces within.
    type: list
    elements: str
    required: true
  backends:
    description:
      - The systems that the passwords are for, of V(bluemind), V(iredmail), V(ldapsaisie), V(micetro), V(ocs) and those that O(policies)
        describes. Needed unless O(create=false).
    type: list
    elements: str
    default: []
  accounts:
    description: Who has an account on some of the O(backends) only, as a dictionary from login to a list of systems.
    type: dict
    default: {}
  per:
    description:
      - Whether a V(person) has one password for all systems, or one for each V(backend).
      - One for all must suit every system of O(backends). Some exclude each other (by default V(ldapsaisie) takes at most 10 characters and
        V(micetro) wants 12), which is an error before anything is made.
      - When a system is added whose policy a kept password does not meet, that system gets a password of its own, with a warning. So does
        one whose own kept password does not meet its policy (any more). With O(store=directory) the file keeps the former one. With
        O(store=tasks) it is an error that names login and system.
    type: str
    choices: [person, backend]
    default: person
  policies:
    description:
      - What your servers ask for where it differs from their defaults, as a dictionary from system to a dictionary with any of
        C(min_length), C(max_length), C(required) (a list of C(upper), C(lower), C(digit), C(special)), C(kinds) (of how many of these four
        there must be characters), C(characters) (a text with all that are taken), C(refused) (a list of regular expressions that no
        password may match as a whole) and C(needed) (whether an account cannot be created without a password).
    type: dict
    default: {}
  store:
    description:
      - Where passwords are kept.
      - V(directory) is one file per person below O(path), encrypted by ansible-vault.
      - V(tasks) is whatever your own tasks do with them. What these found is given in O(known), and RV(created) names whose passwords are
        to be kept. The role P(workplace.onboarding.people#role) does this.
      - V(none) keeps nothing, because people are invited to choose a password or log in through a single sign-on. A system that creates no
        account without a password (V(iredmail), V(ldapsaisie), V(micetro)) gets one that nobody knows, another one each time.
    type: str
    choices: [directory, tasks, none]
    default: directory
  path:
    description:
      - The directory, for O(store=directory). Made with mode 0700 when only its last part is missing. Each file has mode 0600.
      - In a job of AWX or ansible-runner, a directory that is discarded with the job is refused, be it below the private data directory
        (the project included) or in a container without a volume.
    type: path
  vault_id:
    description: The vault id to encrypt with, known to the run by C(--vault-id NAME@SOURCE). Files of another vault id are refused.
    type: str
  vault_password_file:
    description: Instead of O(vault_id), a file with the password, or a program that prints it.
    type: path
  known:
    description:
      - For O(store=tasks), what is kept, as a dictionary from login to a dictionary from system to password, or to one password for all.
    type: dict
    default: {}
  owners:
    description:
      - Whose the logins are, as a dictionary from login to a dictionary with C(employee_number) (none where it is not known) and C(life), a
        number that grows when all accounts of the person were deleted. The filter P(workplace.onboarding.people_plan#filter) gives it.
      - With O(store=directory), the file remembers the owner. When it is that of another owner (a different C(life), or two different
        numbers), it gets another name, together with the record of M(workplace.onboarding.people_hand_over), and the login new passwords,
        with a warning. With O(create=false) it counts as missing.
      - A file without an owner is taken over.
    type: dict
    default: {}
  create:
    description:
      - Whether missing passwords are made. If not, RV(missing) names whose are missing, and without O(backends) all that is kept is read.
    type: bool
    default: true
notes:
  - The result is hidden as if the task had C(no_log), but for failures, whose text holds no secret. What you do with the registered result
    is yours to hide.
  - Do not loop over passwords, Ansible shows loop items. Loop over logins and look the password up.
seealso:
  - module: workplace.onboarding.people_hand_over
"""

EXAMPLES = r"""
- name: Have a password for each of the newcomers
  workplace.onboarding.people_secrets:
    logins: [coral, wren]
    backends: [ocs, bluemind]
    path: "{{ secrets_folder }}"
    vault_password_file: "{{ secrets_password_file }}"
  register: first

- name: Have one for each system, where no password suits both
  workplace.onboarding.people_secrets:
    logins: [gus, zoe]
    backends: [ldapsaisie, micetro]
    accounts:
      zoe: [ldapsaisie]
    per: backend
    path: "{{ secrets_folder }}"
    vault_password_file: "{{ secrets_password_file }}"
  register: second

- name: Have longer ones for a Nextcloud that asks for them, with a vault id of the run
  workplace.onboarding.people_secrets:
    logins: [hazel]
    backends: [ocs]
    policies:
      ocs:
        min_length: 24
    path: "{{ secrets_folder }}"
    vault_id: people
  register: third
"""

RETURN = r"""
secrets:
  description: By login and system, the password. A login has only the systems that are asked for.
  returned: success
  type: dict
  sample:
    coral:
      ocs: not shown here
      bluemind: not shown here
created:
  description: The logins for which a password was made; in check mode, would be made.
  returned: success
  type: list
  elements: str
found:
  description: The logins whose passwords were all kept already.
  returned: success
  type: list
  elements: str
missing:
  description: With O(create=false), the logins of which a password is missing.
  returned: success
  type: list
  elements: str
rehearsed:
  description: Whether there are passwords in the result that exist for check mode only.
  returned: success
  type: bool
throwaway:
  description: With O(store=none), the systems whose passwords are not kept and that nobody knows.
  returned: success
  type: list
  elements: str
"""
