#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_domain
short_description: Manage the domains of a BlueMind
version_added: 0.1.0
description:
  - Creates, updates and deletes one domain, or all domains of a list in one call, with its aliases, its servers and its settings. Deleting a
    domain deletes everything in it.
  - Only options that are given are managed. An empty text or list clears. After writing, every domain is read again and compared. What the server
    accepted and did not store fails the task by name.
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
  - The O(prune_scope) of domains is V(all). Pruning a domain deletes everything in it.
  - The domain of the account that the task works with, and the one of the server's own administration, are never deleted.
  - Domains are created and deleted by the administrator of the server, who also gives them aliases, servers and limits. The administrator of a
    domain may change its label, its description and most of its settings.
options:
  domain:
    description: Name of the domain, or any alias of it.
    type: str
  state:
    description: Whether the domain must exist.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description: When to send the O(secret_properties). With V(when_changed) only those that differ are sent.
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  aliases_mode:
    description: Whether the listed O(aliases) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  servers_mode:
    description: Whether the listed O(servers) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    uid:
      description:
        - Uid of a new domain, such as V(18fb0c2a9b1.internal). The name is then an alias of it, and can be given up later. Default is the name
          itself.
      type: str
    label:
      description: Name that administrators see. Default for a new domain is its name.
      type: str
    description:
      description: Description.
      type: str
    aliases:
      description: Other names of the domain. One that an address still uses cannot be removed.
      type: list
      elements: str
    default_alias:
      description: The name in which addresses are made. It must be the domain or one of its O(aliases).
      type: str
    properties:
      description:
        - Properties by the names of the server, such as V(import_ldap_enabled) and V(import_ldap_hostname), or the same with V(import_ad_), and
          V(AUTH_TYPE). Only those that are given are managed, and an empty text removes one.
        - What is a setting, such as V(lang) or V(mailbox_max_user_quota), has no effect among them and belongs into O(settings).
      type: dict
    secret_properties:
      description: Properties that are secret, such as V(import_ldap_password); see O(update_password).
      type: dict
    servers:
      description:
        - Servers that work for the domain, each with its name, or with name and tag as V(bm-master:mail/imap). Without a tag all tags of the
          server are meant.
        - A domain cannot have users before a server with the tag V(mail/imap) is assigned to it.
      type: list
      elements: str
    settings:
      description:
        - Settings by the names of the server, such as V(lang), V(timezone), V(domain_max_users), V(mailbox_default_user_quota) (in KiB),
          V(mail_routing_relay), V(filehosting_retention) or V(im_public_auth).
        - Only those that are given are managed; an empty text means the value of the server.
      type: dict
  domains:
    description: The domains to manage in one call.
    type: list
    elements: dict
    suboptions:
      domain:
        description: Name of the domain, or any alias of it.
        type: str
        required: true
      state:
        description: Whether the domain must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      update_password:
        description:
          - When to send the O(secret_properties). With V(when_changed) only those that differ are sent. Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      aliases_mode:
        description: Whether the listed O(aliases) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      servers_mode:
        description: Whether the listed O(servers) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_domain_info
  - module: workplace.onboarding.bluemind_user
"""

EXAMPLES = r"""
- name: A domain with a server and a quota
  workplace.onboarding.bluemind_domain:
    domain: example.net
    uid: 19a0b1c2d3e.internal
    description: The school
    servers: [bm-master]
    settings:
      lang: en
      mailbox_default_user_quota: 2097152

- name: Another name for it, which becomes the one of new addresses
  workplace.onboarding.bluemind_domain:
    domain: example.net
    aliases: [school.example]
    default_alias: school.example

- name: Import users from a directory
  workplace.onboarding.bluemind_domain:
    domain: example.org
    properties:
      import_ldap_enabled: true
      import_ldap_hostname: ldap.example.org
      import_ldap_protocol: tls
      import_ldap_base_dn: dc=example,dc=org
      import_ldap_login_dn: cn=reader,dc=example,dc=org
      import_ldap_user_filter: (objectClass=inetOrgPerson)
    secret_properties:
      import_ldap_password: "{{ vault_ldap_password }}"

- name: Several domains in one call
  workplace.onboarding.bluemind_domain:
    domains:
      - domain: council.example
        servers: ["bm-master:mail/imap", "bm-master:mail/smtp"]
      - domain: former.example
        state: absent
"""

RETURN = r"""
domains:
  description:
    - The domains that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the domain., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: example.net, action: create, changed: true, failed: false}]
summary:
  description: Counts of the domains by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.domain import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
