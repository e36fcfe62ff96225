# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects in relation with another, such as the groups of a person (chapter 3.6 of the LdapSaisie contract)."""

from __future__ import annotations

import sys
from typing import Any, Mapping, Optional

from ..core.errors import BackendError, NotFound, Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from . import limits, names
from .client import LdapsaisieClient, place
from .object import DN, TYPE, shown

RELATION = Field("relation", shared=True, clean=str.strip)
RELATED = Field("related", type="list", elements="str", mode="add", send=(UPDATE,), clean=names.dn, norm=names.key)
RELATED_TYPE = Field("related_type", clean=names.object_type, send=())


class Related(Part):
    """One relation of one object; only the object itself shows its relations."""

    fields = (RELATED,)
    few = sys.maxsize

    def get(self, client: LdapsaisieClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        kind, dn, relation = (want.values[item.name] for item in (TYPE, DN, RELATION))
        found = shown(client, kind, dn, ())
        if found is None:
            raise NotFound(f"there is no {kind} called {dn}: create it first, for example with ldapsaisie_object")
        known = found["relations"]
        if relation not in known:
            raise Refused(f"a {kind} has no relation {relation}, but {', '.join(known) or 'none at all'}")
        return {TYPE.name: kind, DN.name: dn, RELATION.name: relation, RELATED.name: list(known[relation])}

    def set(self, client: LdapsaisieClient, change: Change, item: Field, value: Any) -> None:
        """One DN a call: of several the server looks at the first only, and says of all what it found of that one."""
        added, removed = change.difference(item)
        values, refusals = change.want.values, []
        path = place(values[TYPE.name], client.spelled(values[TYPE.name], values[DN.name]), "relation", values[RELATION.name])
        for word, each in [*(("add[]", dn) for dn in added), *(("remove[]", dn) for dn in removed)]:
            try:
                client.send(path, [(word, twice_encoded(each))])
                change.written = True
            except BackendError as exc:
                if exc.fatal or exc.uncertain:
                    raise
                refusals.append(exc)
        if refusals:
            raise Refused("; ".join(map(str, refusals)), status=refusals[0].status, code=refusals[0].code)


def twice_encoded(dn: str) -> str:
    """The server decodes the value a second time (chapter 3.6)."""
    return dn.replace("%", "%25").replace("+", "%2B")


class Relation(Resource):
    kind, plural = "relation", "relations"
    identities = ((DN, TYPE, RELATION),)
    parts = (Related(),)
    steering = (RELATED_TYPE,)
    states = {"present": {}}

    def label(self, values: Mapping[str, Any]) -> str:
        return " ".join(str(values[item.name]) for item in (DN, RELATION) if values.get(item.name))

    def refine(self, values: dict[str, Any], state: str) -> None:
        if RELATED.name not in values:
            raise ValueError("related must be given")

    def guard(self, client: LdapsaisieClient, change: Change) -> None:
        """Its own relations may give the acting account its rights; what does not exist is named."""
        added, removed = change.difference(RELATED)
        own = names.rdn(change.want.values[DN.name])[1].casefold() in client.acting()
        if removed and own:
            raise Refused(f"this is the account that the task works with, whose rights may come from {removed[0]}: it cannot leave it")
        limits.taken_out(client, RELATED.name, removed, [])
        kind = change.value(RELATED_TYPE.name)
        if kind:
            spelled = {each: limits.existing(client, [kind], each) for each in added}
            missing = [each for each, found in spelled.items() if not found]
            if missing:
                raise Refused(f"there is no {kind} called {' or '.join(missing)}: create it first, for example with ldapsaisie_object")
            goal = [spelled.get(each) or each for each in change.goals[RELATED.name]]
            change.goals[RELATED.name] = change.after[RELATED.name] = goal


RELATION_OF = Relation()
TASK = ResourceTask(RELATION_OF, LdapsaisieClient)
