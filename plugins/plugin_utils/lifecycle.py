# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to happen to every account today: people, what is remembered of them and what the backends hold, in; entries for the modules, out.

A pure function, and the only place that knows what a phase means. What a backend can do is data (see Backend), so nothing here names one.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from .accounts import account, check_map, named_fields, to_accounts
from .entitlements import entitled, granted_lists, managed, wanted
from .people import PeopleError, Person, same
from .people_changes import accounts_of, changes, remember
from .people_rules import with_managers
from .phases import phases
from .texts import whole_field

MISSING = "missing"  # not in the file, and nobody said that they leave
AWAY = ("suspended", "leaving", MISSING)  # whose accounts are closed
SCHEMA = 1

Options = dict[str, Any]
Line = dict[str, Any]


@dataclass(frozen=True)
class Backend:
    """What can be done to an account of one backend, and how. Option names are those of its module.

    ``closed`` and ``open`` are options that close and open an account. Where there is no such option, ``closed`` takes away what the account may
    do (``remembers`` names the options whose values are given back), and the account counts as closed only by what is remembered.
    """

    name: str
    key: str  # the option that names an account
    map: Mapping[str, Any]  # option -> text with the fields of a person: see to_accounts
    number: str = ""  # the option that holds the employee number, where there is one
    closed: Mapping[str, Any] = field(default_factory=dict)
    open: Mapping[str, Any] = field(default_factory=dict)
    means: str = ""  # what ``closed`` is, in words for a report
    early: bool = True  # whether an account can exist, closed, before the first day
    secret: str = ""  # the option of the password that a new account needs, with a dot where it is one of a map
    scramble: bool = False  # whether somebody who has left gets a random password
    remembers: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()  # lists in which only what the rules can grant is managed
    apart: str = ""  # one of them that another module writes: see Plan.further
    apart_as: str = ""  # what that module calls it
    renames: bool = False
    leaving: Mapping[str, Any] = field(default_factory=dict)  # further options of somebody who has left, such as a forwarding
    before_closing: Mapping[str, Any] = field(
        default_factory=dict
    )  # entries of further modules that close what the account's options do not
    hand_over: Mapping[str, Any] = field(default_factory=dict)  # entries of further modules that give what somebody leaves to the manager
    take_back: Mapping[str, Any] = field(default_factory=dict)  # and such that take it away again
    cannot: tuple[str, ...] = ()  # what cannot be done here for somebody who has left, in words
    delete: Mapping[str, Any] = field(default_factory=dict)  # options of a deletion


@dataclass(frozen=True)
class Policy:
    """What the organisation decided."""

    phases: Mapping[str, int]  # days: see phases()
    rules: Sequence[Mapping[str, Any]] = ()  # see entitled()
    missing: str = "report"  # or "suspend": people who are not in the file any more
    protected: Sequence[str] = ()  # patterns of logins and accounts that are never closed or deleted
    only: Sequence[str] = ()  # logins; empty: everybody
    now: Sequence[str] = ()  # logins of people who leave at once, whatever the file says, and until somebody says that they are back
    back: Sequence[str] = ()  # logins of such people who are back
    handled: Sequence[str] = ("preboarding", "active", *AWAY, "gone")  # phases that this run acts on


@dataclass
class Further:
    """Entries for one more module of a backend, and the account that each is about.

    The first ``rehearsable`` of them are about accounts that exist. A rehearsal cannot ask for the others.
    """

    entries: list[Options] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    rehearsable: int = 0

    def add(self, account: str, entries: Sequence[Options], exists: bool = True) -> None:
        place = self.rehearsable if exists else len(self.entries)
        self.entries[place:place] = entries
        self.accounts[place:place] = [account] * len(entries)
        self.rehearsable += len(entries) if exists else 0


@dataclass
class Plan:
    """What is to be done.

    ``entries`` are for the modules, by backend. ``further`` are for other modules, by backend and then by what they are for: see Further.
    ``lines`` has one for each person and backend; ``entry`` is the place in that list, ``secret`` and ``scramble`` the option that needs the
    person's secret or a random one. ``secrets`` has the backends for which somebody needs a secret, by login.
    """

    entries: dict[str, list[Options]]
    further: dict[str, dict[str, Further]]
    lines: list[Line]
    secrets: dict[str, list[str]]
    state: dict[str, Any]
    warnings: list[str]
    vanished: list[str] = field(default_factory=list)  # logins of those who were in the file of the last run and are not in this one
    owners: dict[str, dict[str, Any]] = field(default_factory=dict)  # by login of ``secrets``, whose they are: see _begin_lives
    adopted: list[str] = field(default_factory=list)  # logins of those whose accounts were found though nothing at all is remembered
    known: int = 0  # people of the file who have an account somewhere


@dataclass
class _Who:
    """One person: the record of the file, if there is one, and what is remembered, which is changed in place."""

    person: Person | None
    memory: dict[str, Any]
    phase: str
    today: date
    made: dict[str, Options]  # by backend: the options of the account
    left: dict[str, Options]  # by backend: further options of somebody who has left
    granted: Mapping[str, Options]  # by backend
    successor: str = ""  # the login of whoever gets what is left: the manager, or the next one up who is here

    @property
    def login(self) -> str:
        return str(self.memory["login"])

    def of(self, backend: Backend) -> dict[str, Any]:
        found: dict[str, Any] = self.memory.setdefault("accounts", {}).setdefault(backend.name, {})
        return found


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
        finder = _Finder(backend, accounts, everybody)
        further = out.further[backend.name] = {
            each: Further() for each in (backend.apart, *backend.before_closing, *backend.hand_over, *backend.take_back) if each
        }
        names = {who.login: finder.found.get(who.login, "") for who in everybody}
        having |= finder.found.keys()
        decided = [
            (who, *_decide(backend, who, names[who.login], accounts.get(names[who.login], {}), finder.strange.get(who.login, ""), policy))
            for who in everybody
            if not policy.only or who.login in policy.only
        ]
        after = {**names, **{who.login: _name_after(backend, entry) for who, _line, entry in decided if entry is not None}}
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
            out.lines += [_orphan(backend, name) for name in finder.nobodys() if not _protected(policy, name)]
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


def _begin_lives(everybody: Sequence[_Who], held: Mapping[str, set[str]], having: set[str], looked: set[str], returned: set[str]) -> None:
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
) -> list[_Who]:
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
        out.append(_Who(person, remembered.pop(same(login)), stages[login], today, options, left, granted[login], heir))
    for own in remembered.values():
        if own.get("accounts"):
            own.setdefault("missing_since", today.isoformat())
            _send_away(own, policy, today, own.get("start_date") or "")
            # A last day that was known is not forgotten with the row; but only one in the file leads to a deletion.
            left_before = "sent_away" in own or bool(own.get("end_date")) and str(own["end_date"]) < today.isoformat()
            if left_before:
                own.setdefault("leaving_since", today.isoformat())
            out.append(_Who(None, own, "leaving" if left_before else MISSING, today, {}, {}, {}))
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


class _Finder:
    """Whose account is whose, on one backend.

    ``found``: login -> the name of the account: the remembered one, the one with the employee number, or the one that is named so. An account
    with another number is somebody else's, and so is one that was found for another; ``strange``: login -> why the account that is named so is
    not theirs.
    """

    def __init__(self, backend: Backend, accounts: Mapping[str, Options], everybody: Sequence[_Who]) -> None:
        self.accounts = accounts
        self.found: dict[str, str] = {}
        self.strange: dict[str, str] = {}
        names = {same(name): name for name in accounts}
        numbers = {name: str(each.get(backend.number) or "") for name, each in accounts.items()} if backend.number else {}
        numbered = {number: name for name, number in numbers.items() if number}
        taken: set[str] = set()
        for step in ("name", "becoming", "number", "usual"):
            for who in everybody:
                mine = str(who.memory.get("employee_number") or "")
                usual = who.made.get(backend.name, {}).get(backend.key, "")
                name = (
                    numbered.get(mine)
                    if step == "number"
                    else names.get(same(str(usual if step == "usual" else who.of(backend).get(step, ""))))
                )
                if not name or who.login in self.found:
                    continue
                if name in taken:
                    if step == "usual":
                        owner = next(login for login, account in self.found.items() if account == name)
                        self.strange[who.login] = f"the account {name} is that of {owner}"
                    continue
                if mine and numbers.get(name) and numbers[name] != mine:
                    if step == "usual":
                        self.strange[who.login] = (
                            f"the account {name} has the employee number {numbers[name]}, not {mine}, so it is somebody else's: give this person another "
                            "login, or the account the right number"
                        )
                    continue
                self.found[who.login] = name
                taken.add(name)

    def nobodys(self) -> list[str]:
        taken = {*self.found.values()}
        return [name for name in self.accounts if name not in taken]


def _decide(backend: Backend, who: _Who, name: str, have: Options, strange: str, policy: Policy) -> tuple[Line, Options | None]:
    """The line of the report, and the entry for the module, if there is anything to see to."""
    line, stage, own = _line(backend, who, name), who.phase, who.of(backend)
    if not name:
        own.pop("closed", None)
    if stage == "future":
        return {**line, "reason": "before the first day"}, None
    if stage not in policy.handled:
        return line, None
    usual = str(who.made.get(backend.name, {}).get(backend.key) or "")
    if any(_protected(policy, each) for each in (who.login, name, usual) if each):
        return {**line, "action": "refused", "msg": "it is protected, so it stays as it is"}, None
    if stage not in AWAY and stage != "gone":
        if not name and stage == "preboarding" and not backend.early:
            return {**line, "reason": "not before the first day"}, None
        wrong = strange or ("" if usual else f"the map of {backend.name} gives no {backend.key}, which names the account")
        if wrong:
            return {**line, "action": "refused", "failed": True, "msg": f"{who.login}: {wrong}"}, None
        return _open(backend, who, name, have, line, policy)
    if not name:
        if stage == "gone":
            who.memory["accounts"].pop(backend.name)
        elif strange and "name" in own:  # nobody may believe that it is closed
            return {**line, "action": "refused", "failed": True, "msg": f"{who.login}: {strange}"}, None
        return line, None
    if stage == MISSING and policy.missing != "suspend":
        return {**line, "orphan": True, "reason": "not in the file any more"}, None
    if stage == "gone":
        grace = policy.phases["grace_days"]
        closed = own.get("closed", {})
        if "pending" in closed and not _is_closed(backend, have):
            closed["since"] = who.today.isoformat()  # it was tried, and never worked
        since = date.fromisoformat(closed.get("since") or who.today.isoformat())
        closed_by_hand = not closed and _is_closed(backend, have)
        if closed_by_hand or who.today >= since + timedelta(days=grace):
            reason = f"left, and the {grace} days of grace are over"
            return {**line, "action": "delete", "reason": reason}, {backend.key: name, "state": "absent", **backend.delete}
        stage = "leaving"  # whatever was never closed, or not for long, is closed first
    return _close(backend, who, stage, name, have, line, policy)


def _close(backend: Backend, who: _Who, stage: str, name: str, have: Options, line: Line, policy: Policy) -> tuple[Line, Options]:
    """Somebody who is away, has left, or is missing: nobody can log in, and nothing is lost."""
    own = who.of(backend)
    # Where closing takes things away, some of them may not be for taking, so that only what is remembered tells.
    shut = "pending" not in own.get("closed", {"pending": True}) if backend.remembers else _reads(have, backend.closed)
    # What is closed already was closed by somebody else, unless nothing at all is remembered of it.
    if "closed" not in own and ("name" not in own or not _is_closed(backend, have)):
        own["closed"] = {"since": who.today.isoformat(), **({} if shut else {"pending": True})}
    own["name"] = name
    own.pop("becoming", None)
    closed = own.get("closed", {})
    if backend.remembers:
        own.setdefault(
            "had",
            {
                option: [each for each in have.get(option) or [] if each not in managed(policy.rules, backend.name, option)]
                for option in backend.remembers
            },
        )
    if closed and not shut:
        closed["pending"] = True  # opened again meanwhile, perhaps
    # What comes before the closing was done if the account is closed, unless it is known to have failed.
    line["closes"], line["first"] = not shut, bool(closed) and (not shut or "unfinished" in closed)
    entry: Options = {backend.key: name, **copy.deepcopy(dict(backend.closed))}
    locked = backend.scramble and closed and (stage == "leaving" or bool(backend.remembers))
    if locked and (closed.get("pending") or not closed.get("scrambled")):
        closed.update(scrambled=True, pending=True)
        line["scramble"], entry["update_password"] = backend.secret, "always"
    if stage == "leaving":
        for option in backend.memberships:
            if option not in backend.closed:
                entry[option] = wanted(have.get(option) or [], managed(policy.rules, backend.name, option), [])
        left = who.left.get(backend.name, {})
        if left:
            own.setdefault("undo", _undoing(left, have))
        _lay(entry, left)
        line["notes"] = list(backend.cannot)
    for option in [*backend.closed, *backend.memberships]:
        if isinstance(entry.get(option), list):
            entry[f"{option}_mode"] = "set"
    reason = {"suspended": "on leave", "leaving": "left", MISSING: "not in the file any more"}[stage]
    return {**line, "action": "suspend", "means": backend.means, "reason": reason}, entry


def _open(backend: Backend, who: _Who, name: str, have: Options, line: Line, policy: Policy) -> tuple[Line, Options]:
    """Somebody who is here, or soon."""
    own, granted, notes = who.of(backend), who.granted.get(backend.name, {}), []
    entry: Options = {**who.made[backend.name], **{option: value for option, value in granted.items() if option not in backend.memberships}}
    action, reason = ("update", "") if name else ("create", "new")
    remembered = "name" in own
    own["name"] = name or entry[backend.key]
    own.pop("becoming", None)
    if name and same(name) != same(str(entry[backend.key])):
        if backend.renames:
            entry["rename_from"], own["becoming"], reason = name, entry[backend.key], "renamed"
        else:
            entry[backend.key] = name
            notes.append(f"an account cannot be renamed here, so it stays {name}")
    for option in backend.memberships:
        present = have.get(option) or []
        present = [*present, *(each for each in own.get("had", {}).get(option, ()) if each not in present)]
        entry[option] = wanted(present, managed(policy.rules, backend.name, option), granted.get(option) or [])
        entry[f"{option}_mode"] = "set"
        line["loses"] = line.get("loses", False) or bool(have) and not set(have.get(option) or []) <= set(entry[option])
    if who.phase == "preboarding":
        if not name:
            own["closed"] = {"since": who.today.isoformat()}
            reason = "before the first day, so it is made closed"
        elif not remembered and _is_closed(backend, have):
            own["closed"] = {"since": who.today.isoformat()}
        elif "closed" not in own:
            notes.append("it was open before, so it stays open until the first day")
        # An account that was not closed by a run stays open: a first day to come may be that of another contract.
        if "closed" in own:
            _lay(entry, backend.closed)
    elif name and ("closed" in own or _is_closed(backend, have)):
        if "closed" in own:
            _lay(entry, backend.open)
            action, reason, line["opens"] = "enable", "here again, or for the first time", True
        else:
            line["strange"] = True
            notes.append("it was closed by somebody else, so it stays closed")
    if who.phase == "active" and "undo" in own:
        undo = copy.deepcopy(own["undo"])
        _lay(undo, entry)
        entry, line["undoes"] = undo, True
    scrambled = bool(line.get("opens") and own["closed"].get("scrambled"))
    line["secret"] = backend.secret if not name or scrambled else ""
    if scrambled:
        entry["update_password"] = "always"
    return {**line, "account": entry[backend.key], "action": action, "reason": reason, "notes": notes, "missing": not name}, entry


def _undoing(options: Mapping[str, Any], have: Mapping[str, Any]) -> Options:
    """Options that take back what somebody who has left gets: the values that are seen now, else none."""
    out: Options = {}
    for option, value in options.items():
        before = have.get(option)
        if isinstance(value, Mapping):
            out[option] = _undoing(value, before if isinstance(before, Mapping) else {})
        else:
            out[option] = copy.deepcopy(before) if before is not None else type(value)()
    return out


def _lay(entry: Options, over: Mapping[str, Any]) -> None:
    """Lay options over an entry, maps key by key."""
    for option, value in over.items():
        have = entry.get(option)
        entry[option] = {**have, **value} if isinstance(have, dict) and isinstance(value, Mapping) else copy.deepcopy(value)


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
    who: _Who,
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


def _is_closed(backend: Backend, have: Options) -> bool:
    """Whether the options that close an account read so."""
    return (
        not backend.remembers and bool(backend.closed) and all(_reads(have.get(option), value) for option, value in backend.closed.items())
    )


def _reads(have: Any, closed: Any) -> bool:
    """Whether a value reads as it was given; {value, label} is written as one and read as the other."""
    if isinstance(closed, Mapping):
        if set(closed) == {"value", "label"}:
            return bool(have == closed["label"])
        return isinstance(have, Mapping) and all(_reads(have.get(name), value) for name, value in closed.items())
    return bool((have or []) == closed if isinstance(closed, list) else have == closed)


def _protected(policy: Policy, name: str) -> bool:
    return any(fnmatchcase(same(name), same(pattern)) for pattern in policy.protected)


def _line(backend: Backend, who: _Who, name: str) -> Line:
    shown = who.person or who.memory
    person: dict[str, Any] = {each: shown.get(each) for each in ("login", "employee_number", "display_name", "department", "site")}
    return {"person": {**person, "phase": who.phase}, "backend": backend.name, "account": name, "action": "none", "reason": ""}


def _orphan(backend: Backend, name: str) -> Line:
    return {"person": None, "backend": backend.name, "account": name, "action": "none", "reason": "nobody of the file", "orphan": True}


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
