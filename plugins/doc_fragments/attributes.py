# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What every module promises."""

    DOCUMENTATION = r"""
attributes:
  check_mode:
    description:
      - Predicts what the real run does, without writing. Each task predicts from the server as it is now, so what an earlier task of the
        same run would create (a group, for example) counts as missing.
    support: full
  diff_mode:
    description: Shows what changes in each object, secrets hidden.
    support: full
  idempotent:
    description: A second run changes nothing and writes nothing.
    support: full
"""

    INFO = r"""
attributes:
  check_mode:
    description: Reads only.
    support: full
  diff_mode:
    description: Changes nothing, so there is nothing to show.
    support: none
  idempotent:
    description: Changes nothing.
    support: full
"""

    OPERATION = r"""
attributes:
  check_mode:
    description: Says whether it would be done, without doing it.
    support: full
  diff_mode:
    description: There is no state whose difference could be shown.
    support: none
  idempotent:
    description: See the description of the module.
    support: none
"""

    IN_PROCESS = r"""
attributes:
  in_process:
    description:
      - On the controller (local connection, no C(become), no C(async), no C(environment), ansible-core 2.19 or later) the task runs inside
        Ansible's own worker, so that a loop costs one connection and one login. The variable C(workplace_onboarding_in_process) set to
        V(false) switches that off, as does E(WORKPLACE_ONBOARDING_IN_PROCESS) set to V(false) in the environment of the controller.
    support: full
"""

    ON_CONTROLLER = r"""
attributes:
  action:
    description: It is an action plugin only, run by the controller. There is nothing to run on the host of the task.
    support: full
  async:
    description: It runs in the foreground.
    support: none
"""

    OCS = r"""
attributes:
  action_group:
    description: Use C(group/workplace.onboarding.ocs) in C(module_defaults) to set the connection once.
    support: full
    membership:
      - workplace.onboarding.ocs
      - workplace.onboarding.all
"""

    IREDMAIL = r"""
attributes:
  action_group:
    description: Use C(group/workplace.onboarding.iredmail) in C(module_defaults) to set the connection once.
    support: full
    membership:
      - workplace.onboarding.iredmail
      - workplace.onboarding.all
"""

    MICETRO = r"""
attributes:
  action_group:
    description: Use C(group/workplace.onboarding.micetro) in C(module_defaults) to set the connection once.
    support: full
    membership:
      - workplace.onboarding.micetro
      - workplace.onboarding.all
"""

    BLUEMIND = r"""
attributes:
  action_group:
    description: Use C(group/workplace.onboarding.bluemind) in C(module_defaults) to set the connection once.
    support: full
    membership:
      - workplace.onboarding.bluemind
      - workplace.onboarding.all
"""

    LDAPSAISIE = r"""
attributes:
  action_group:
    description: Use C(group/workplace.onboarding.ldapsaisie) in C(module_defaults) to set the connection once.
    support: full
    membership:
      - workplace.onboarding.ldapsaisie
      - workplace.onboarding.all
"""
