# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How a module treats one object or many."""

    DOCUMENTATION = r"""
options:
  workers:
    description:
      - How many objects are written at once. The default and the most that the server bears are the backend's own; more is taken as
        the most. V(1) and V(8) for Nextcloud, where more than one is safe only when its database is MySQL or PostgreSQL; V(1) and V(4)
        for iRedMail; V(4) and V(4) for Micetro; V(8) and V(8) for BlueMind; always V(1) for LdapSaisie.
    type: int
  on_error:
    description:
      - Whether the other objects are attempted after one has failed. The task fails in both cases, at its end and with the whole report.
    type: str
    choices: [continue, stop]
    default: continue
  on_invalid:
    description:
      - What to do about entries of the list that can be right on no server, such as an address without C(@). V(refuse) does nothing at all, and
        names them. V(continue) counts each as an object that failed, and sees to the others.
    type: str
    choices: [refuse, continue]
    default: refuse
    version_added: 0.1.0
  on_unconverged:
    description:
      - What to do about a value that the server accepted and did not store.
    type: str
    choices: [fail, warn]
    default: fail
  return_all:
    description:
      - Whether the report also lists the objects that needed nothing.
    type: bool
    default: false
"""

    UNREADABLE = r"""
options:
  unreadable_fields:
    description:
      - When to send a field whose present value the server does not show. V(on_create) sends it with a new object only, V(always) each
        time (and reports a change each time), V(always_quiet) each time without reporting a change.
    type: str
    choices: [on_create, always, always_quiet]
    default: on_create
"""

    PRUNE = r"""
options:
  prune:
    description:
      - Whether what exists and is not listed is deleted, within O(prune_scope) and up to O(prune_limit), both of which it needs. Built-in
        objects and the account that the task works with are never deleted, and nothing is deleted while any entry of the list fails.
    type: bool
    default: false
  prune_scope:
    description:
      - What O(prune) may look at. The word V(all), or a map that narrows it down, where the notes of the module name its keys.
    type: raw
  prune_limit:
    description:
      - How many objects O(prune) may delete at most, as a number or as a share of the scope such as V(5%). Above it nothing is written at all.
    type: str
  keep:
    description:
      - Names or patterns such as V(svc-*) that O(prune) leaves alone.
    type: list
    elements: str
    default: []
"""
