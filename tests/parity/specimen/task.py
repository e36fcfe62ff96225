# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task with whatever options can be, for what the modules of the collection themselves do not have. It sends nothing."""

from __future__ import annotations

import os

from ansible_collections.workplace.onboarding.plugins.module_utils.core.client import Client
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import Refused
from ansible_collections.workplace.onboarding.plugins.module_utils.core.task import Task

HERE = "parity.specimen"
VARIABLES = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "NO_PROXY")
ENTRY = {
    "name": {"type": "str", "required": True},
    "nick": {"type": "str", "aliases": ["handle"], "deprecated_aliases": [{"name": "handle", "version": "9.0.0", "collection_name": HERE}]},
    "size": {"type": "str", "choices": ["small", "large"], "default": "small"},
    "count": {"type": "int"},
    "secret": {"type": "str", "no_log": True},
    "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": HERE},
}
OPTIONS = {
    "do": {"type": "str", "choices": ["echo", "crash", "fail", "warn", "tell"], "default": "echo"},
    "text": {"type": "str"},
    "origin": {"type": "str", "env": "SPECIMEN_ORIGIN"},
    "number": {"type": "int", "aliases": ["count"]},
    "ratio": {"type": "float"},
    "flag": {"type": "bool"},
    "words": {"type": "list", "elements": "str"},
    "numbers": {"type": "list", "elements": "int"},
    "anything": {"type": "list"},
    "map": {"type": "dict"},
    "raw": {"type": "raw"},
    "where": {"type": "path"},
    "document": {"type": "json"},
    "size": {"type": "bytes"},
    "speed": {"type": "bits"},
    "colour": {"type": "str", "choices": ["red", "green"]},
    "days": {"type": "list", "elements": "str", "choices": ["mon", "tue"]},
    "secret": {"type": "str", "no_log": True, "env": "SPECIMEN_SECRET"},
    "pin": {"type": "int", "no_log": True},
    "safe": {"type": "dict", "no_log": True},
    "key_file": {"type": "path", "no_log": True},
    "old": {"type": "str", "removed_in_version": "9.0.0", "removed_from_collection": HERE},
    "older": {"type": "str", "removed_at_date": "2099-12-31", "removed_from_collection": HERE},
    "fresh": {
        "type": "str",
        "aliases": ["former", "stale"],
        "deprecated_aliases": [
            {"name": "former", "version": "9.0.0", "collection_name": HERE},
            {"name": "stale", "date": "2099-12-31", "collection_name": HERE},
        ],
    },
    "one": {"type": "dict", "options": ENTRY, "required_one_of": [("nick", "count")]},
    "many": {
        "type": "list",
        "elements": "dict",
        "options": ENTRY,
        "mutually_exclusive": [("nick", "count")],
        "required_together": [("count", "secret")],
        "required_if": [("size", "large", ("count",))],
        "required_by": {"secret": "count"},
    },
    "given": {"type": "dict", "options": {"amount": {"type": "int", "default": 7}}, "apply_defaults": True},
    "left": {"type": "str"},
    "right": {"type": "str"},
    "user": {"type": "str"},
    "host": {"type": "str"},
    "door": {"type": "str"},
    "handle": {"type": "str"},
    "kind": {"type": "str", "choices": ["house", "tent"]},
    "roof": {"type": "str"},
    "pegs": {"type": "int"},
}
RULES = {
    "mutually_exclusive": [("left", "right")],
    "required_together": [("user", "host")],
    "required_by": {"handle": "door"},
    "required_if": [("kind", "house", ("roof",)), ("kind", "tent", ("roof", "pegs"), True)],
    "required_one_of": [("text", "number")],
}


class SpecimenClient(Client):
    name, env = "Specimen", "SPECIMEN"


class SpecimenTask(Task):
    def work(self, client, params, check_mode):
        if params["do"] == "crash":
            raise RuntimeError(f"it broke on {params['secret']!r} and {params['pin']}")
        if params["do"] == "fail":
            raise Refused(f"no, because of {params['secret']}", status=400, code=7)
        given = {name: value for name, value in params.items() if name not in self.connection and value is not None}
        result = {"changed": not check_mode, "given": given, "of": {name: type(value).__name__ for name, value in given.items()}}
        if params["do"] == "warn":
            result["warnings"] = ["look out", f"mind {params['text']}", "look out"]
        if params["do"] == "tell":
            os.umask(mask := os.umask(0o77))
            result.update(cwd=os.getcwd(), umask=mask, uid=os.getuid(), variables={name: os.environ.get(name) for name in VARIABLES})
        return result


TASK = SpecimenTask(SpecimenClient, OPTIONS, **RULES)
