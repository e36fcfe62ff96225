# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Connection options: the same for every backend, apart from the names of the environment variables."""

    OCS = r"""
requirements:
  - requests
options:
  api_url:
    description:
      - Address of the server, with its scheme, without a path of the API. For example V(https://cloud.example.org).
      - Required, here or as the environment variable E(OCS_URL).
    type: str
    required: true
  api_username:
    description:
      - Account that the task works with. A delegated administrator of users is enough for accounts and groups; apps and their settings
        need a full administrator.
      - Can be given by the environment variable E(OCS_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username), or better an app password of it, which the server checks many times faster.
      - Can be given by the environment variable E(OCS_PASSWORD).
    type: str
  api_token:
    description:
      - An app password that is sent as a bearer token. It wins over O(api_username) and O(api_password), and the server accepts it
        also from an address that it blocks after wrong passwords.
      - Can be given by the environment variable E(OCS_TOKEN).
    type: str
  validate_certs:
    description:
      - Whether the certificate of the server must be trusted.
      - Can be given by the environment variable E(OCS_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File with the authorities to trust, instead of those of the system.
      - Can be given by the environment variable E(OCS_CA_PATH).
    type: path
  client_cert:
    description:
      - File with the certificate that this client shows.
      - Can be given by the environment variable E(OCS_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with its key, if it is not in the same file.
      - Can be given by the environment variable E(OCS_CLIENT_KEY).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each piece of an answer.
      - Can be given by the environment variable E(OCS_TIMEOUT).
    type: int
    default: 60
  retries:
    description:
      - How often a request that is safe to repeat is sent again after a lost connection or while the server is busy.
      - Can be given by the environment variable E(OCS_RETRIES).
    type: int
    default: 3
  instance:
    description:
      - A name for this server, repeated in the result; for reports over several servers.
      - Can be given by the environment variable E(OCS_INSTANCE).
    type: str
  edit_limit:
    description:
      - How many edits of accounts the server allows in O(edit_window) seconds. V(0) means that it has no limit, for example because the
        address of this client is on its allow list, see M(workplace.onboarding.ocs_ip_allowlist).
      - Can be given by the environment variable E(OCS_EDIT_LIMIT).
    type: int
    default: 50
  edit_window:
    description:
      - Seconds in which O(edit_limit) edits are allowed.
      - Can be given by the environment variable E(OCS_EDIT_WINDOW).
    type: float
    default: 600
notes:
  - One wrong login is one attempt in a loop that runs on the controller. On another host each item of a loop is a program of its own
    and tries once; after eleven failures Nextcloud blocks the address for half an hour. Prefer the list form there.
  - C(REQUESTS_CA_BUNDLE) and the proxy variables of the environment are honoured; C(~/.netrc) and redirects are not.
"""

    IREDMAIL = r"""
requirements:
  - requests
options:
  api_url:
    description:
      - Address of the API with its path, for example V(https://mail.example.org/iredadmin/api). The API must be enabled there
        (C(ENABLE_RESTFUL_API) in the settings of iRedAdmin-Pro).
      - Required, here or as the environment variable E(IREDMAIL_URL).
    type: str
    required: true
  api_username:
    description:
      - Address of the administrator that the task works with. It must be a global administrator.
      - Can be given by the environment variable E(IREDMAIL_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username).
      - Can be given by the environment variable E(IREDMAIL_PASSWORD).
    type: str
  validate_certs:
    description:
      - Whether the certificate of the server must be trusted.
      - Can be given by the environment variable E(IREDMAIL_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File with the authorities to trust, instead of those of the system.
      - Can be given by the environment variable E(IREDMAIL_CA_PATH).
    type: path
  client_cert:
    description:
      - File with the certificate that this client shows.
      - Can be given by the environment variable E(IREDMAIL_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with its key, if it is not in the same file.
      - Can be given by the environment variable E(IREDMAIL_CLIENT_KEY).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each piece of an answer.
      - Can be given by the environment variable E(IREDMAIL_TIMEOUT).
    type: int
    default: 60
  retries:
    description:
      - How often a request that is safe to repeat is sent again after a lost connection or while the server is busy.
      - Can be given by the environment variable E(IREDMAIL_RETRIES).
    type: int
    default: 3
  instance:
    description:
      - A name for this server, repeated in the result; for reports over several servers.
      - Can be given by the environment variable E(IREDMAIL_INSTANCE).
    type: str
  edition:
    description:
      - Edition of the server. V(auto) finds it out from the session; set it where something on the way renames cookies. Another edition than
        the session tells is refused.
      - Can be given by the environment variable E(IREDMAIL_EDITION).
    type: str
    choices: [auto, sql, ldap]
    default: auto
notes:
  - iRedAdmin-Pro of release SQL 2.6 or LDAP 2.8 or later. Older releases and iRedMail Enterprise Edition, whose API is another one, are
    refused.
  - A session is bound to the address of the client. It is renewed once when it ends.
  - C(REQUESTS_CA_BUNDLE) and the proxy variables of the environment are honoured; C(~/.netrc) and redirects are not.
"""

    MICETRO = r"""
requirements:
  - requests
options:
  api_url:
    description:
      - Address of the web service, with its scheme, without a path of the API. For example V(https://micetro.example.org).
      - Required, here or as the environment variable E(MICETRO_URL).
    type: str
    required: true
  api_username:
    description:
      - Account that the task works with.
      - Can be given by the environment variable E(MICETRO_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username).
      - Can be given by the environment variable E(MICETRO_PASSWORD).
    type: str
  api_token:
    description:
      - Token of a session that exists already. It wins over O(api_password), and is not renewed when it ends. Modules that manage users,
        groups, roles or the roles of objects need O(api_username) too, so that they know the account that they must not lock out.
      - Can be given by the environment variable E(MICETRO_TOKEN).
    type: str
  validate_certs:
    description:
      - Whether the certificate of the server must be trusted.
      - Can be given by the environment variable E(MICETRO_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File with the authorities to trust, instead of those of the system.
      - Can be given by the environment variable E(MICETRO_CA_PATH).
    type: path
  client_cert:
    description:
      - File with the certificate that this client shows.
      - Can be given by the environment variable E(MICETRO_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with its key, if it is not in the same file.
      - Can be given by the environment variable E(MICETRO_CLIENT_KEY).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each piece of an answer.
      - Can be given by the environment variable E(MICETRO_TIMEOUT).
    type: int
    default: 60
  retries:
    description:
      - How often a request that is safe to repeat is sent again after a lost connection or while the server is busy.
      - Can be given by the environment variable E(MICETRO_RETRIES).
    type: int
    default: 3
  instance:
    description:
      - A name for this server, repeated in the result; for reports over several servers.
      - Can be given by the environment variable E(MICETRO_INSTANCE).
    type: str
  auth:
    description:
      - Whether each request carries the credentials (V(basic)), or a session is opened with them (V(session)). Nothing closes a session
        before it ends by itself, and the server allows only so many, so prefer V(basic) unless it is switched off there.
      - Can be given by the environment variable E(MICETRO_AUTH).
    type: str
    choices: [basic, session]
    default: basic
  save_comment:
    description:
      - Comment that goes with every change into the history of the object.
      - Can be given by the environment variable E(MICETRO_SAVE_COMMENT).
    type: str
    default: Changed by Ansible
  max_wait:
    description:
      - Seconds to wait at most while the server has too many open connections.
      - Can be given by the environment variable E(MICETRO_MAX_WAIT).
    type: float
    default: 120
notes:
  - C(REQUESTS_CA_BUNDLE) and the proxy variables of the environment are honoured; C(~/.netrc) and redirects are not.
"""

    BLUEMIND = r"""
requirements:
  - requests
options:
  api_url:
    description:
      - Address of the server, with its scheme, with or without C(/api). For example V(https://mail.example.org), or
        V(http://localhost:8090) on the server itself.
      - Required, here or as the environment variable E(BLUEMIND_URL).
    type: str
    required: true
  api_username:
    description:
      - Login of the account that the task works with, such as V(admin0@global.virt) or V(admin@example.org). An administrator of a domain is
        enough for what is in it; other domains and backups need the one of the server.
      - Can be given by the environment variable E(BLUEMIND_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username).
      - Can be given by the environment variable E(BLUEMIND_PASSWORD).
    type: str
  api_token:
    description:
      - An API key, or the core token of the server, which is the content of its file C(bm-core.tok). It wins over O(api_token_file),
        O(api_username) and O(api_password).
      - Can be given by the environment variable E(BLUEMIND_TOKEN).
    type: str
  api_token_file:
    description:
      - File that holds the API key or the core token, on the machine where the task runs.
      - Can be given by the environment variable E(BLUEMIND_TOKEN_FILE).
    type: path
  validate_certs:
    description:
      - Whether the certificate of the server must be trusted.
      - Can be given by the environment variable E(BLUEMIND_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File with the authorities to trust, instead of those of the system.
      - Can be given by the environment variable E(BLUEMIND_CA_PATH).
    type: path
  client_cert:
    description:
      - File with the certificate that this client shows.
      - Can be given by the environment variable E(BLUEMIND_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with its key, if it is not in the same file.
      - Can be given by the environment variable E(BLUEMIND_CLIENT_KEY).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each piece of an answer.
      - Can be given by the environment variable E(BLUEMIND_TIMEOUT).
    type: int
    default: 60
  retries:
    description:
      - How often a request that is safe to repeat is sent again after a lost connection or while the server is busy.
      - Can be given by the environment variable E(BLUEMIND_RETRIES).
    type: int
    default: 3
  instance:
    description:
      - A name for this server, repeated in the result; for reports over several servers.
      - Can be given by the environment variable E(BLUEMIND_INSTANCE).
    type: str
  dialect:
    description:
      - Generation of the server. V(auto) asks it.
      - Can be given by the environment variable E(BLUEMIND_DIALECT).
    type: str
    choices: [auto, '4', '5']
    default: auto
  task_timeout:
    description:
      - Seconds to wait at most for each task of the server, such as a deletion.
      - Can be given by the environment variable E(BLUEMIND_TASK_TIMEOUT).
    type: int
    default: 600
notes:
  - BlueMind 4.x and 5.x.
  - C(REQUESTS_CA_BUNDLE) and the proxy variables of the environment are honoured; C(~/.netrc) and redirects are not.
"""

    LDAPSAISIE = r"""
requirements:
  - requests
options:
  api_url:
    description:
      - Address of LdapSaisie without the path of its API, for example V(https://directory.example.org/ldapsaisie).
      - Required, here or as the environment variable E(LDAPSAISIE_URL).
    type: str
    required: true
  api_username:
    description:
      - Account that the task works with. The API must be allowed for accounts of its type (C(api_access)).
      - Can be given by the environment variable E(LDAPSAISIE_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username).
      - Can be given by the environment variable E(LDAPSAISIE_PASSWORD).
    type: str
  validate_certs:
    description:
      - Whether the certificate of the server must be trusted.
      - Can be given by the environment variable E(LDAPSAISIE_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File with the authorities to trust, instead of those of the system.
      - Can be given by the environment variable E(LDAPSAISIE_CA_PATH).
    type: path
  client_cert:
    description:
      - File with the certificate that this client shows.
      - Can be given by the environment variable E(LDAPSAISIE_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with its key, if it is not in the same file.
      - Can be given by the environment variable E(LDAPSAISIE_CLIENT_KEY).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each piece of an answer.
      - Can be given by the environment variable E(LDAPSAISIE_TIMEOUT).
    type: int
    default: 60
  retries:
    description:
      - How often a request that is safe to repeat is sent again after a lost connection or while the server is busy.
      - Can be given by the environment variable E(LDAPSAISIE_RETRIES).
    type: int
    default: 3
  instance:
    description:
      - A name for this server, repeated in the result; for reports over several servers.
      - Can be given by the environment variable E(LDAPSAISIE_INSTANCE).
    type: str
  ldap_server:
    description:
      - Number of the directory, where LdapSaisie serves several; the first is V(0). The server takes a number that it does not know for V(0),
        so one that shows just what V(0) does is refused.
      - Can be given by the environment variable E(LDAPSAISIE_LDAP_SERVER).
    type: int
  top_dn:
    description:
      - DN of the level to work in, on a directory with levels. The task then opens a session for itself, which no other one shares.
      - Can be given by the environment variable E(LDAPSAISIE_TOP_DN).
    type: str
notes:
  - LdapSaisie 4.x. The server loses changes that are made at the same time, so objects are written one after the other, whatever C(workers)
    says, under a lock that holds for this machine. Let no two machines write at once.
  - C(REQUESTS_CA_BUNDLE) and the proxy variables of the environment are honoured; C(~/.netrc) and redirects are not.
"""
