#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_user
short_description: Manage users of a BlueMind
version_added: 0.1.0
description:
  - Creates, updates, suspends and deletes one user, or all users of a list in one call, with address card, addresses, roles, groups, forwarding
    and vacation.
  - Only options that are given are managed. An empty text or list clears. After writing, every user is read again and compared. What the server
    accepted and did not store fails the task by name.
  - Mail rules are never touched.
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
  - The O(prune_scope) of users is V(all), or a map with C(domain), or with C(domain) and C(org_unit).
  - For more than 20 users of a domain the directory and the mailboxes are read once, in two requests. Options of the address card then take one
    more request for all of them on BlueMind 5.7 or later, and one per user before. O(properties), O(photo) and those about passwords take one
    more request per user, as do O(roles), O(language) with O(timezone) and O(settings), and those about forwarding and vacation.
  - Sessions and API keys of somebody who is archived go on working until the sessions end by themselves. Use
    M(workplace.onboarding.bluemind_api_key) before archiving.
  - Users of the server itself are left alone, and the account that the task works with is never deleted, archived, renamed, made to change its
    password, or stripped of its roles, groups or profile.
options:
  state:
    description: Whether the user must exist. Deleting a user deletes its mailbox, its calendars and all else that it owns.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description:
      - When to send the O(password). V(when_changed) asks the server whether it is right already, which counts as a login attempt of that user;
        of somebody who is archived the server does not say, and the password is left alone.
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  emails_mode:
    description: Whether the listed O(emails) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  roles_mode:
    description: Whether the listed O(roles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  forwarding_mode:
    description: Whether the listed O(forwarding) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  groups_mode:
    description: Whether the listed O(groups) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    login:
      description: Login, which is also the name of the mailbox. Up to 64 characters of a-z, 0-9, dots, hyphens and underscores; capitals become small.
      type: str
    domain:
      description: Name of the domain, or any alias of it. Beside the list it holds for every entry that names none.
      type: str
    uid:
      description: Uid of the user, by which it is found whatever its login. A new user gets one made of login and domain where none is given.
      type: str
    external_id:
      description: Identifier in another directory, by which the user is found as well.
      type: str
    rename_from:
      description: Former login. A user of that login gets O(login) instead, and keeps all it has.
      type: str
    password:
      description: Password, in clear text. What looks like a hash is refused, since the server would store it as one.
      type: str
    email:
      description: Default address. The one before stays an address of the user unless O(emails) says otherwise.
      type: str
    emails:
      description:
        - All addresses, the default one among them. An address without a domain, such as V(zoe), holds in every name of the domain.
        - With O(emails_mode=set) and no O(email), the first one becomes the default where the present default is not listed.
      type: list
      elements: str
    account_type:
      description: Kind of the account. A BlueMind 5 does not make a V(SIMPLE) one of a full one.
      type: str
      choices: [FULL, SIMPLE, FULL_AND_VISIO]
    quota:
      description: Size of the mailbox as V(2 GB) or V(500 MB), where 1 GB is 1024 MB, or V(none). A new user gets the default of the domain.
      type: str
    routing:
      description: Where mail is delivered. V(external) needs a relay among the settings of the domain.
      type: str
      choices: [internal, external]
    data_location:
      description: Uid of the mail server that holds the mailbox. It can only be chosen when the user is created.
      type: str
    org_unit:
      description: Unit of the delegated administration, by its path such as V(Town/School) or by its uid. Empty for none.
      type: str
    archived:
      description: Whether the user is suspended. Left alone when not given, so V(present) never brings anybody back.
      type: bool
    hidden:
      description: Whether address books leave the user out.
      type: bool
    password_must_change:
      description: Whether the password must be changed at the next login.
      type: bool
    password_never_expires:
      description: Whether the password never expires.
      type: bool
    properties:
      description: Free properties by name. Only those that are given are managed, and an empty text removes one.
      type: dict
    photo:
      description:
        - File with the picture, on the machine where the task runs. Empty for none.
        - The server makes another picture of it, so the digest of the file is kept in the property C(workplace_onboarding_photo) of the user, and
          the photo is sent again when the digest differs. A photo that somebody exchanged by other means since is therefore not noticed; one that
          was removed is.
      type: path
    given_name:
      description: First name.
      type: str
    additional_names:
      description: Further first names.
      type: str
    family_name:
      description: Last name. A new user needs one.
      type: str
    name_prefix:
      description: What stands before the name, such as a title.
      type: str
    name_suffix:
      description: What stands after the name.
      type: str
    display_name:
      description: Name that others see. Where it is the one that the server made of the others, it follows them.
      type: str
    nickname:
      description: Name among friends.
      type: str
    birthday:
      description: Date of birth, such as V(1990-04-28).
      type: str
    job_title:
      description: Title of the post.
      type: str
    company:
      description: Organisation.
      type: str
    division:
      description: Division of the organisation.
      type: str
    department:
      description: Department.
      type: str
    manager:
      description: Name of the manager.
      type: str
    assistant:
      description: Name of the assistant.
      type: str
    note:
      description: Free text, of any number of lines.
      type: str
    phone:
      description: Telephone number at work.
      type: str
    mobile:
      description: Mobile telephone number.
      type: str
    home_phone:
      description: Telephone number at home.
      type: str
    fax:
      description: Fax number at work.
      type: str
    street:
      description: Street and number at work.
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
      description: Address of a web page.
      type: str
    roles:
      description:
        - Roles that the user has itself, besides those of its profile and groups. The names are those of C(/roles/descriptors); see
          M(workplace.onboarding.bluemind_request).
        - C(hasSimpleVideoconferencing), which the server gives by itself, is left alone.
      type: list
      elements: str
    language:
      description: Language, such as V(fr). Empty for the one of the domain.
      type: str
    timezone:
      description: Time zone, such as V(Europe/Paris). Empty for the one of the domain.
      type: str
    settings:
      description: Further settings by the names of the server. Only those that are given are managed; an empty text means the value of the domain.
      type: dict
    forwarding:
      description: Addresses to which incoming mail is sent on. An empty list ends it.
      type: list
      elements: str
    keep_local_copy:
      description: Whether forwarded mail is kept in the mailbox as well. A new forwarding keeps it unless told otherwise.
      type: bool
    vacation:
      description: Whether incoming mail is answered automatically. Needs a subject and a text.
      type: bool
    vacation_subject:
      description: Subject of the answer.
      type: str
    vacation_text:
      description: Text of the answer.
      type: str
    vacation_html:
      description: The same in HTML.
      type: str
    vacation_start:
      description: When the answers begin, with its time zone, such as V(2026-08-01T08:00:00+02:00). Empty for at once.
      type: str
    vacation_end:
      description: When the answers end, in the same form. Empty for never.
      type: str
    groups:
      description: Names of the groups that the user belongs to. They must exist; profiles are not among them.
      type: list
      elements: str
    profile:
      description:
        - Name of the profile, which gives the roles that are needed to use anything; usually V(user) or V(admin). A new user gets V(user). Empty
          for none.
      type: str
  users:
    description: The users to manage in one call.
    type: list
    elements: dict
    suboptions:
      state:
        description:
          - Whether the user must exist. Deleting a user deletes its mailbox, its calendars and all else that it owns. Default is the value beside
            the list.
        type: str
        choices: [present, absent]
      update_password:
        description:
          - When to send the O(password). V(when_changed) asks the server whether it is right already, which counts as a login attempt of that
            user; of somebody who is archived the server does not say, and the password is left alone. Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      emails_mode:
        description: Whether the listed O(emails) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      roles_mode:
        description: Whether the listed O(roles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      forwarding_mode:
        description: Whether the listed O(forwarding) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      groups_mode:
        description: Whether the listed O(groups) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_domain
  - module: workplace.onboarding.bluemind_group
  - module: workplace.onboarding.bluemind_user_info
"""

EXAMPLES = r"""
- name: A new colleague, who can log in and use everything
  workplace.onboarding.bluemind_user:
    domain: example.org
    login: coral
    given_name: Coral
    family_name: Sample
    email: coral.sample@example.org
    emails: [coral.sample, coral@example.org]
    password: "{{ initial_passwords.coral }}"
    password_must_change: true
    quota: 5 GB
    job_title: Librarian
    department: Library
    phone: "+33 1 99 00 12 34"
    groups: [staff]
    language: fr

- name: Away for two weeks
  workplace.onboarding.bluemind_user:
    domain: example.org
    login: gus
    vacation: true
    vacation_subject: Out of office
    vacation_text: I am back on 17 August.
    vacation_start: "2026-08-03T08:00:00+02:00"
    vacation_end: "2026-08-17T08:00:00+02:00"

- name: Another name, and so another login and address
  workplace.onboarding.bluemind_user:
    domain: example.org
    login: hazel.fable
    rename_from: hazel.parable
    family_name: Fable
    email: hazel.fable@example.org

- name: Somebody leaves, and the mail goes to the team
  workplace.onboarding.bluemind_user:
    domain: example.org
    login: basil
    archived: true
    forwarding: [team@example.org]
    keep_local_copy: true
    groups: []
    groups_mode: set

- name: All pupils of the school, and nobody else in its unit
  workplace.onboarding.bluemind_user:
    domain: example.org
    users:
      - {login: pupil.one, given_name: One, family_name: Pupil, org_unit: Town/School}
      - {login: pupil.two, given_name: Two, family_name: Pupil, org_unit: Town/School}
    prune: true
    prune_scope: {domain: example.org, org_unit: Town/School}
    prune_limit: 5
    keep: [teacher.*]
"""

RETURN = r"""
users:
  description:
    - The users that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Login and domain of the user., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Login, domain, uid and external identifier.', type: dict, returned: when it has one}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: coral@example.org, action: create, changed: true, failed: false, id: {login: coral, domain: example.org}}]
summary:
  description: Counts of the users by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.user import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
