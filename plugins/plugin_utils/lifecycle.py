# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to happen to every account today: people, what is remembered of them and what the backends hold, in; entries for the modules, out.

A pure function. What a backend can do is data (see Backend), so nothing here names one.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from .account_decisions import decide, orphan_line, protected
from .account_finder import Finder
from .accounts import account, check_map, named_fields, to_accounts
from .entitlements import entitled, granted_lists
from .lifecycle_model import MISSING, SCHEMA, Backend, Further, Line, Options, Plan, Policy, Who
from .people import PeopleError, Person, same
from .people_changes import accounts_of, changes, remember
from .people_rules import with_managers
from .phases import phases
from .texts import whole_field


def plan(
    people: Sequence[Person],
    state: Mapping[str, Any],
    seen: Mapping[str, Mapping[str, Options]],
    backends: Sequence[Backend],
    policy: Policy,
    today: date,
) -> Plan:
    """Decide on every account.

    Args:
        people: everybody of the file, each with a login.
        state: what the last run remembered; {} at first.
        seen: by backend: the accounts that exist, by name, as the info module returns them.

    Raises:
        PeopleError: when somebody has the login of somebody else, or a rule or map is wrong.
    """
    today_is = phases(people, today, policy.phases)
    before = list(state.get("people") or [])
    memory = copy.deepcopy(remember(people, before, today_is))
    held = {same(each["login"]): accounts_of(each) for each in memory}
    called = _called(memory)
    policy = _with_present_logins(policy, called)
    everybody = _everybody(people, memory, today_is, backends, policy, today)
    _check_grants(backends, policy)
    found = changes(people, before, today_is)
    out = Plan({each.name: [] for each in backends}, {}, [], {}, {}, [each["text"] for each in found["warnings"]])
    out.warnings += _unknown_columns(people, backends, policy)
    out.state = {**state, "schema": SCHEMA, "people": memory, "count": len(people)}
    known = {same(str(each["login"])) for each in before if "missing_since" not in each and accounts_of(each)}
    out.vanished = [each["login"] for each in found["missing"] if same(each["login"]) in known]
    renamed = {each["login"] for each in found["renamed"] if {*each["fields"]} - {"email"}}
    having: set[str] = set()
    for backend in backends:
        accounts = seen.get(backend.name, {})
        finder = Finder(backend, accounts, everybody)
        further = out.further[backend.name] = {
            each: Further() for each in (backend.apart, *backend.before_closing, *backend.hand_over, *backend.take_back) if each
        }
        names = {who.login: finder.found.get(who.login, "") for who in everybody}
        having |= finder.found.keys()
        decided = [
            (who, *decide(backend, who, names[who.login], accounts.get(names[who.login], {}), finder.strange.get(who.login, ""), policy))
            for who in everybody
            if not policy.only or who.login in policy.only
        ]
        after = {**names, **{who.login: _name_after(backend, entry) for who, line, entry in decided if entry is not None}}
        for who, line, entry in decided:
            name = names[who.login]
            if entry is not None:
                _set_apart(backend, further, entry, accounts.get(name, {}) if name else None)
                for each, entries in backend.before_closing.items() if line.pop("first", False) else ():
                    further[each].add(name, _named(entries, {"{account}": name}))
                if after[who.login]:
                    _hand_over(backend, further, line, who, after, accounts, called)
                line["renames"] = who.login in renamed
                line["wanted"] = _digest(entry, further, after[who.login] or name)
                line["entry"] = len(out.entries[backend.name])
                out.entries[backend.name].append(entry)
            if line.get("secret"):
                out.secrets.setdefault(who.login, []).append(backend.name)
            out.lines.append(line)
        if not policy.only:
            out.lines += [orphan_line(backend, name) for name in finder.nobodys() if not protected(policy, name)]
    for line in out.lines:
        line["new"] = bool(line["person"] and line["action"] == "create" and line["person"]["login"] not in having)
    returned = {each["login"] for each in found["returned"] if each["former_phase"] == "gone"}
    _begin_lives(everybody, held, having, {each.name for each in backends}, returned)
    out.owners = {
        who.login: {"employee_number": who.memory.get("employee_number"), "life": who.memory.get("life", 1)}
        for who in everybody
        if who.login in out.secrets
    }
    out.adopted = [] if before else sorted(having)
    out.known = sum(1 for person in people if person["login"] in having)
    return out


def _begin_lives(everybody: Sequence[Who], held: Mapping[str, set[str]], having: set[str], looked: set[str], returned: set[str]) -> None:
    """Whoever had left and has lost the last account begins another life: a secret of before is not for them, nor for another person with
    the login. Here it is about those who lost it otherwise than by ``done``, such as in a run that was killed.

    :param held: by login, the backends of the accounts that were remembered. :param returned: logins of those who were gone and are back.
    """
    for who in everybody:
        had = held.get(same(who.login), set())
        back = who.login in returned and who.login not in having and had <= looked
        if had and (back or who.phase == "gone" and not accounts_of(who.memory)):
            who.memory["life"] = who.memory.get("life", 1) + 1


def _check_grants(backends: Sequence[Backend], policy: Policy) -> None:
    """A list that is granted must be taken away again, so it must be managed."""
    wrong = [
        f"a rule grants {option} of {backend.name}, which nobody would lose again: only {', '.join(backend.memberships) or 'nothing'} is managed "
        f"there. Where the accounts that are looked at show it, name it in people_backends_more: {backend.name}: memberships"
        for backend in backends
        for option in granted_lists(policy.rules, backend.name)
        if option not in backend.memberships
    ]
    if wrong:
        raise PeopleError(wrong, "The input of people_plan")


def _called(memory: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By any login that somebody has or had: the present one."""
    former = {same(login): str(each["login"]) for each in memory for login in each.get("former_logins") or ()}
    return former | {same(each["login"]): str(each["login"]) for each in memory}


def _with_present_logins(policy: Policy, called: Mapping[str, str]) -> Policy:
    """People may be named by a login that they had."""
    unknown = sorted(login for login in {*policy.now, *policy.back, *policy.only} if same(login) not in called)
    if unknown:
        raise PeopleError([f"nobody has the login {login}, in the file or before" for login in unknown], "The input of people_plan")
    now, back, only = ([called[same(login)] for login in each] for each in (policy.now, policy.back, policy.only))
    return replace(policy, now=now, back=back, only=only)


def _digest(entry: Options, further: Mapping[str, Further], account: str) -> str:
    """What stands for all that is wanted of an account, so that two plans can be compared."""
    more = {
        name: [each for of, each in zip(what.accounts, what.entries) if of == account]
        for name, what in further.items()
        if account in what.accounts
    }
    return hashlib.sha256(json.dumps([entry, more], sort_keys=True, default=str).encode()).hexdigest()[:16]


def _everybody(
    people: Sequence[Person],
    memory: Sequence[dict[str, Any]],
    today_is: Mapping[str, str],
    backends: Sequence[Backend],
    policy: Policy,
    today: date,
) -> list[Who]:
    """Everybody of the file, then those who are remembered, have an account, and are not in it."""
    made = {backend.name: to_accounts(people, backend.map) for backend in backends}
    granted = entitled(people, policy.rules)
    remembered = {same(each["login"]): each for each in memory}
    stages = {}
    for person in people:
        own = remembered[same(str(person["login"]))]
        stage = today_is[str(person["login"])]
        own.pop("missing_since", None)
        _send_away(own, policy, today, person["start_date"] or "")
        if "sent_away" in own and stage != "gone":
            stage = "leaving"
        if stage in ("leaving", "gone"):
            since = date.fromisoformat(own.setdefault("leaving_since", today.isoformat()))
            # The days of grace are counted from the day on which it was known, so that a late entry takes none away.
            if stage == "gone" and today < since + timedelta(days=policy.phases["grace_days"]):
                stage = "leaving"
        else:
            own.pop("leaving_since", None)
        stages[str(person["login"])] = own["phase"] = stage
    away = {login for login, stage in stages.items() if stage in ("leaving", "gone")}
    successors = with_managers(people, away)
    wrong = [f"people_leaving of {backend.name}: {error}" for backend in backends for error in check_map(backend.leaving)]
    if wrong:
        raise PeopleError(wrong, "The input of people_plan")
    out = []
    for index, person in enumerate(people):
        login = str(person["login"])
        options = {name: rows[index] for name, rows in made.items()}
        left = {backend.name: account(successors[index], backend.leaving) for backend in backends}
        heir = str(dict(successors[index])["manager_login"] or "")
        out.append(Who(person, remembered.pop(same(login)), stages[login], today, options, left, granted[login], heir))
    for own in remembered.values():
        if own.get("accounts"):
            own.setdefault("missing_since", today.isoformat())
            _send_away(own, policy, today, own.get("start_date") or "")
            # A last day that was known is not forgotten with the row; but only one in the file leads to a deletion.
            left_before = "sent_away" in own or bool(own.get("end_date")) and str(own["end_date"]) < today.isoformat()
            if left_before:
                own.setdefault("leaving_since", today.isoformat())
            out.append(Who(None, own, "leaving" if left_before else MISSING, today, {}, {}, {}))
    return out


def _send_away(own: dict[str, Any], policy: Policy, today: date, start: str) -> None:
    """Remember who leaves at once, until somebody says that they are back, or the file has another first day after that."""
    if own["login"] in policy.now:
        own.setdefault("sent_away", today.isoformat())
        own.setdefault("sent_away_start", start)
    if own["login"] in policy.back or start > own.get("sent_away", "9999") and start != own.get("sent_away_start"):
        own.pop("sent_away", None)
        own.pop("sent_away_start", None)


def _unknown_columns(people: Sequence[Person], backends: Sequence[Backend], policy: Policy) -> Iterator[str]:
    """Columns that a map or rule names and nobody has: misspelt, or not exported any more."""
    known = {header for person in people for header in person["extra"]}
    places = {
        f"{kind} of {each.name}": named_fields(what)
        for each in backends
        for kind, what in (("the map", each.map), ("people_leaving", each.leaving))
    }
    places["people_rules"] = (whole_field(name) for rule in policy.rules for name in (*rule["when"], *rule.get("not_when", ())))
    used: set[str] = set()
    for place, fields in places.items():
        named = dict.fromkeys(each.header for each in fields if each.header is not None)
        used |= named.keys()
        for name in named:
            if name not in known:
                yield f"{place} names extra[{name}], which nobody in the file has"
    idle = sorted(known - used)
    if idle:
        ever = "" if any(person["end_date"] for person in people) else "; nobody in the file has an end_date, so nobody will leave by it"
        yield f"nothing is made of the columns {', '.join(idle)} (people_columns can say what they are){ever}"


def _set_apart(backend: Backend, further: Mapping[str, Further], entry: Options, have: Options | None) -> None:
    """Take the memberships that another module writes out of an entry."""
    values = entry.pop(backend.apart, None)
    entry.pop(f"{backend.apart}_mode", None)
    if values is not None and set(values) != set((have or {}).get(backend.apart) or []):
        name = entry[backend.key]
        exists = have is not None and "rename_from" not in entry
        further[backend.apart].add(name, [{backend.key: name, backend.apart_as: values}], exists)


def _name_after(backend: Backend, entry: Options) -> str:
    """What the account is called after this run; empty: it is deleted."""
    return "" if entry.get("state") == "absent" else str(entry[backend.key])


def _hand_over(
    backend: Backend,
    further: Mapping[str, Further],
    line: Line,
    who: Who,
    after: Mapping[str, str],
    accounts: Mapping[str, Options],
    called: Mapping[str, str],
) -> None:
    """Give what somebody has left to the successor, and take it back from who had it before, or when they are here again.

    :param after: login -> what the account is called after this run. :param called: any login, a former one too -> the login.
    """
    if not backend.hand_over:
        return
    own, account = who.of(backend), after[who.login]
    heir = who.successor if who.phase == "leaving" and after.get(who.successor) else ""

    def add(what: Mapping[str, Any], login: str) -> None:
        names = {"{account}": account, "{manager}": after[login]}
        for each, entries in what.items():
            further[each].add(account, _named(entries, names), account in accounts and after[login] in accounts)

    before = own.pop("handed_to", [])
    for login in dict.fromkeys(called.get(same(each), "") for each in before):
        if login != heir and after.get(login):
            add(backend.take_back, login)
    if heir:
        add(backend.hand_over, heir)
    elif who.phase == "leaving":
        line["notes"].append("there is no manager with an account here, so nothing is handed over")
    if heir or before:
        own["handed_to"] = list(dict.fromkeys([*before, *([heir] if heir else [])]))
    line["heir"] = heir


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """A copy with the names put in."""
    if isinstance(value, Mapping):
        return {option: _named(each, names) for option, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


def done(state: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The state after a run: what worked is not pending any more, and what was opened or deleted is forgotten."""
    out = copy.deepcopy(dict(state))
    by_login = {same(each["login"]): each for each in out["people"]}
    for line in lines:
        own = by_login.get(same(line["person"]["login"])) if line["person"] else None
        remembered = own and own.get("accounts", {}).get(line["backend"])
        if not own or not remembered:
            continue
        if line.get("failed") and line.get("beside") and line.get("closes"):
            remembered["closed"]["unfinished"] = True
        if line.get("failed") or not ("entry" in line or line.get("settled")):
            continue
        if remembered.pop("handed_to", None) and line.get("heir"):
            remembered["handed_to"] = [line["heir"]]
        if line["action"] == "delete":
            own["accounts"].pop(line["backend"])
            if not accounts_of(own):
                own["life"] = own.get("life", 1) + 1
            continue
        if "becoming" in remembered:
            remembered["name"] = remembered.pop("becoming")
        if line.get("undoes"):
            remembered.pop("undo", None)
        if line.get("opens"):
            remembered.pop("closed", None)
            remembered.pop("had", None)
        elif "closed" in remembered:
            for mark in ("pending", "unfinished"):
                remembered["closed"].pop(mark, None)
    return out
