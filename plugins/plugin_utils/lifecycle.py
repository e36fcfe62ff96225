# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to happen to every account today: people, what is remembered of them and what the backends hold, in; entries for the modules, out.

A pure function, and the only place that knows what a phase means. What a backend can do is data (see Backend), so nothing here names one.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from .accounts import account, check_map, named_fields, to_accounts
from .entitlements import entitled, managed, wanted
from .people import PeopleError, Person, same
from .people_changes import changes, remember
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
    unknown = sorted({*policy.now, *policy.back, *policy.only} - {*today_is, *(each["login"] for each in before)})
    if unknown:
        raise PeopleError([f"nobody has the login {login}, in the file or before" for login in unknown], "The input of people_plan")
    memory = copy.deepcopy(remember(people, before, today_is))
    everybody = _everybody(people, memory, today_is, backends, policy, today)
    found = changes(people, before, today_is)
    out = Plan({each.name: [] for each in backends}, {}, [], {}, {}, [each["text"] for each in found["warnings"]])
    out.warnings += _unknown_columns(people, backends, policy)
    out.state = {"schema": SCHEMA, "people": memory, "count": len(people)}
    called = {same(login): who.login for who in everybody for login in (*(who.memory.get("former_logins") or ()), who.login)}
    for backend in backends:
        accounts = seen.get(backend.name, {})
        finder = _Finder(backend, accounts)
        further = out.further[backend.name] = {
            each: Further() for each in (backend.apart, *backend.before_closing, *backend.hand_over, *backend.take_back) if each
        }
        names = {who.login: finder.find(who) for who in everybody}
        decided = [
            (who, *_decide(backend, who, names[who.login], accounts.get(names[who.login], {}), policy))
            for who in everybody
            if not policy.only or who.login in policy.only
        ]
        after = {**names, **{who.login: _name_after(backend, entry) for who, _line, entry in decided if entry is not None}}
        for who, line, entry in decided:
            name = names[who.login]
            if entry is not None:
                _set_apart(backend, further, entry, accounts.get(name, {}) if name else None)
                for each, entries in backend.before_closing.items() if line.get("closes") else ():
                    further[each].add(name, _named(entries, {"{account}": name}))
                if after[who.login]:
                    _hand_over(backend, further, line, who, after, accounts, called)
                line["entry"] = len(out.entries[backend.name])
                out.entries[backend.name].append(entry)
            if line.get("secret"):
                out.secrets.setdefault(who.login, []).append(backend.name)
            out.lines.append(line)
        if not policy.only:
            out.lines += [_orphan(backend, name) for name in finder.nobodys() if not _protected(policy, name)]
    return out


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
        if person["login"] in policy.now:
            own.setdefault("sent_away", today.isoformat())
        if person["login"] in policy.back or (person["start_date"] or "") > own.get("sent_away", "9999"):
            own.pop("sent_away", None)
        if "sent_away" in own and stage in ("preboarding", "active", "suspended"):
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
            out.append(_Who(None, own, MISSING, today, {}, {}, {}))
    return out


def _unknown_columns(people: Sequence[Person], backends: Sequence[Backend], policy: Policy) -> Iterator[str]:
    """Columns that a map or rule names and nobody has: misspelt, or not exported any more."""
    known = {header for person in people for header in person["extra"]}
    places = {
        f"{kind} of {each.name}": named_fields(what)
        for each in backends
        for kind, what in (("the map", each.map), ("people_leaving", each.leaving))
    }
    places["people_rules"] = (whole_field(name) for rule in policy.rules for name in (*rule["when"], *rule.get("not_when", ())))
    for place, fields in places.items():
        for name in dict.fromkeys(str(each.header) for each in fields if each.header is not None and each.header not in known):
            yield f"{place} names extra[{name}], which nobody in the file has"


class _Finder:
    """Whose account is whose, on one backend."""

    def __init__(self, backend: Backend, accounts: Mapping[str, Options]) -> None:
        self.backend, self.accounts = backend, accounts
        self._names = {same(name): name for name in accounts}
        self._numbers = {str(each[backend.number]): name for name, each in accounts.items() if backend.number and each.get(backend.number)}
        self._found: set[str] = set()

    def find(self, who: _Who) -> str:
        """The name of the account: the remembered one, the one with the employee number, or the one that is named so. Empty: none."""
        usual = str(who.made.get(self.backend.name, {}).get(self.backend.key, ""))
        for name in (
            self._names.get(same(str(who.of(self.backend).get("name", "")))),
            self._numbers.get(str(who.memory.get("employee_number") or "")),
            self._names.get(same(usual)),
        ):
            if name and name not in self._found:
                self._found.add(name)
                return name
        return ""

    def nobodys(self) -> list[str]:
        return [name for name in self.accounts if name not in self._found]


def _decide(backend: Backend, who: _Who, name: str, have: Options, policy: Policy) -> tuple[Line, Options | None]:
    """The line of the report, and the entry for the module, if there is anything to see to."""
    line, stage = _line(backend, who, name), who.phase
    if not name:
        who.of(backend).pop("closed", None)
    if stage == "future":
        return {**line, "reason": "before the first day"}, None
    if stage not in policy.handled:
        return line, None
    if stage not in AWAY and stage != "gone":
        if not name and stage == "preboarding" and not backend.early:
            return {**line, "reason": "not before the first day"}, None
        return _open(backend, who, name, have, line, policy)
    if not name:
        if stage == "gone":
            who.memory["accounts"].pop(backend.name)
        return line, None
    if _protected(policy, who.login) or _protected(policy, name):
        return {**line, "action": "refused", "msg": "it is protected, so it stays as it is"}, None
    if stage == MISSING and policy.missing != "suspend":
        return {**line, "orphan": True, "reason": "not in the file any more"}, None
    if stage == "gone":
        reason = f"left, and the {policy.phases['grace_days']} days of grace are over"
        return {**line, "action": "delete", "reason": reason}, {backend.key: name, "state": "absent", **backend.delete}
    return _close(backend, who, name, have, line, policy)


def _close(backend: Backend, who: _Who, name: str, have: Options, line: Line, policy: Policy) -> tuple[Line, Options]:
    """Somebody who is away, has left, or is missing: nobody can log in, and nothing is lost."""
    own = who.of(backend)
    own["name"] = name
    if "closed" not in own and not _is_closed(backend, have):
        own["closed"] = {"since": who.today.isoformat(), "pending": True}
    if backend.remembers:
        own.setdefault("had", {option: have.get(option) or [] for option in backend.remembers})
    line["closes"] = bool(own.get("closed", {}).get("pending"))
    entry: Options = {backend.key: name, **copy.deepcopy(dict(backend.closed))}
    if line["closes"] and backend.scramble and (who.phase == "leaving" or backend.remembers):
        own["closed"]["scrambled"] = True
        line["scramble"], entry["update_password"] = backend.secret, "always"
    if who.phase == "leaving":
        for option in backend.memberships:
            if option not in backend.closed:
                entry[option] = wanted(have.get(option) or [], managed(policy.rules, backend.name, option), [])
        left = who.left[backend.name]
        if left:
            own.setdefault("undo", _undoing(left, have))
        _lay(entry, left)
        line["notes"] = list(backend.cannot)
    for option in [*backend.closed, *backend.memberships]:
        if isinstance(entry.get(option), list):
            entry[f"{option}_mode"] = "set"
    reason = {"suspended": "on leave", "leaving": "left", MISSING: "not in the file any more"}[who.phase]
    return {**line, "action": "suspend", "means": backend.means, "reason": reason}, entry


def _open(backend: Backend, who: _Who, name: str, have: Options, line: Line, policy: Policy) -> tuple[Line, Options]:
    """Somebody who is here, or soon."""
    own, granted, notes = who.of(backend), who.granted.get(backend.name, {}), []
    entry: Options = {**who.made[backend.name], **{option: value for option, value in granted.items() if option not in backend.memberships}}
    if backend.key not in entry:
        raise PeopleError([f"{who.login}: the map of {backend.name} gives no {backend.key}, which names the account"])
    action, reason = ("update", "") if name else ("create", "new")
    if name and same(name) != same(str(entry[backend.key])):
        if backend.renames:
            entry["rename_from"], reason = name, "renamed"
        else:
            entry[backend.key] = name
            notes.append(f"an account cannot be renamed here, so it stays {name}")
    for option in backend.memberships:
        present = have.get(option) or []
        present = [*present, *(each for each in own.get("had", {}).get(option, ()) if each not in present)]
        entry[option] = wanted(present, managed(policy.rules, backend.name, option), granted.get(option) or [])
        entry[f"{option}_mode"] = "set"
    if who.phase == "preboarding":
        if not name:
            own["closed"] = {"since": who.today.isoformat(), "pending": True}
            reason = "before the first day, so it is made closed"
        # An account that was not closed by a run stays open: a first day to come may be that of another contract.
        if "closed" in own:
            _lay(entry, backend.closed)
    elif name and ("closed" in own or _is_closed(backend, have)):
        if "closed" in own:
            _lay(entry, backend.open)
            undo = copy.deepcopy(own.get("undo", {}))
            _lay(undo, entry)
            entry = undo
            action, reason, line["opens"] = "enable", "here again, or for the first time", True
        else:
            line["strange"] = True
            notes.append("it was closed by somebody else, so it stays closed")
    own["name"] = entry[backend.key]
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
    return bool(have == closed)


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
        if not own or not remembered or line.get("failed") or "entry" not in line:
            continue
        if remembered.pop("handed_to", None) and line.get("heir"):
            remembered["handed_to"] = [line["heir"]]
        if line["action"] == "delete":
            own["accounts"].pop(line["backend"])
        elif line.get("opens"):
            remembered.pop("closed", None)
            remembered.pop("had", None)
            remembered.pop("undo", None)
        elif "closed" in remembered:
            remembered["closed"].pop("pending", None)
    return out
