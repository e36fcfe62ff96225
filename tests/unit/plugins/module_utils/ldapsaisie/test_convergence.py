# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any two states of an object converge in one run, and the second run is quiet."""

from __future__ import annotations

from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import dn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_characters="$*|"), min_size=1, max_size=6)
NUMBERS = st.sampled_from(["0", "1", "1.0", "01", "1e0", "10", " 1", "x"])
TEXTS = st.one_of(WORDS, NUMBERS.map(str.strip), st.integers(0, 99), st.just(""))
REFERENCES = st.sampled_from([dn("zoe"), dn("gus"), "UID=Coral, ou=people,o=ls"])
MANY = st.lists(st.one_of(WORDS, NUMBERS.map(str.strip)), max_size=4)
STATES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "serialNumber": TEXTS,
        "description": MANY,
        "mail": st.lists(WORDS, max_size=3),
        "seeAlso": st.lists(REFERENCES, max_size=3),
        "manager": st.one_of(REFERENCES, st.just("")),
        "employeeType": st.sampled_from(["a", "b", ""]),
        "businessCategory": st.lists(st.sampled_from("xyz"), max_size=3),
        "pwdLockout": st.one_of(st.booleans(), st.just("")),
        "departmentNumber": st.integers(0, 7200),
        "employeeNumber": st.integers(0, 99),
        "carLicense": st.lists(st.fixed_dictionaries({"plate": st.sampled_from("AB")}), min_size=1, max_size=2),
        "shadowExpire": st.sampled_from(["31/12/2027", {"value": "0", "label": "Always (disable account)"}, ""]),
        "street": st.sampled_from(["31/12/2027, 23:59:58", ""]),
    },
)
TYPES = {
    "seeAlso": {"type": "dn", "of": ["LSpeople"]},
    "manager": "dn",
    "departmentNumber": "unit",
    "employeeNumber": "quota",
    "carLicense": "json",
    "shadowExpire": "date",
    "title": "text",
    "serialNumber": "text",
}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STATES, after=STATES, listed=st.booleans())
def test_any_two_states(ls, before, after, listed):
    ls.backend.seed(remove=["cn=any,ou=lab,o=ls"])
    for state in (before, after):
        wish = {"type": "LSlab", "dn": "cn=any,ou=lab,o=ls", "attributes": state, "attribute_types": TYPES}
        options = {"objects": [wish]} if listed else wish
        foretold = ls("object", check=True, **options)
        assert ls.wrote() == []
        result = ls.ok("object", **options)
        assert {**foretold, "requests": 0} == {**result, "requests": 0}
        ls.quiet("object", **options)
    (found,) = ls.ok("object_info", type="LSlab", dn="cn=any,ou=lab,o=ls")["objects"]
    ls.quiet("object", **found)


RELATED = st.lists(st.sampled_from([f"cn={name},ou=groups,o=ls" for name in ("staff", "it", "school", "STAFF")]), max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(RELATED, st.sampled_from(["add", "set", "remove"])), min_size=2, max_size=2))
def test_any_two_relations(ls, steps):
    zoe = {"type": "LSpeople", "dn": dn("zoe"), "relation": "groups"}
    ls("relation", **zoe, related=[], related_mode="set")
    for related, mode in steps:
        options = {**zoe, "related": related, "related_mode": mode}
        foretold = ls("relation", check=True, **options)
        result = ls.ok("relation", **options)
        assert {**foretold, "requests": 0} == {**result, "requests": 0}
        ls.quiet("relation", **options)
