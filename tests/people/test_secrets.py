# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""First passwords in whole runs: readable, for nobody but whom they were made for, and nowhere else."""

from __future__ import annotations

import contextlib
import json
import threading
from datetime import timedelta

import pytest
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.cast import TODAY, TOMORROW, cast, joiner
from ansible_collections.workplace.onboarding.tests.people.town import Town

GONE = TODAY + timedelta(days=40)  # the days of grace of who leaves today are over
CORAL = "coral.lantern"
MORE = {
    "people_backends": ["ldapsaisie", "iredmail"],
    "people_limits": {"suspend": {}, "delete": {}},
    "people_shrinkage_percent": 100,
    "people_required": ["login"],
}
LETTER = """\
- name: Write a letter
  ansible.builtin.copy:
    content: "{{ people_secret_value | to_json }}"
    dest: "{{ letters }}/letter.{{ people_secret_login }}"
    mode: "0600"
"""
# Whatever the run leaves to who comes after it, but for the inventory's own.
LEFT = """\
- name: A run
  hosts: localhost
  connection: local
  gather_facts: false
  roles: [workplace.onboarding.reconcile]
  post_tasks:
    - name: Leave
      ansible.builtin.copy:
        content: >-
          {{ dict(query('varnames', '^people_(secret|hand|written|plan$|lines$)') | zip(query('vars',
          *query('varnames', '^people_(secret|hand|written|plan$|lines$)'), default=''))) | to_json }}
        dest: "{{ playbook_dir }}/left.json"
        mode: "0600"
      no_log: true
"""


@pytest.fixture
def small(lab, tmp_path):
    """A town of two systems and three people, in which everybody was given theirs."""
    town = Town(lab, tmp_path)
    (tmp_path / "letter.yml").write_text(LETTER)

    def live(day, people, **more):
        town.hr(people)
        return town.run("reconcile", day, **{**MORE, **more})

    town.live = live
    return town


def people(**changes):
    return cast(**changes)[:3]


def unnumbered(rows):
    return [{**row, "employee_number": None, "manager": None} for row in rows]


def other(**more):
    """Somebody who is called like Coral."""
    return joiner(44, login=CORAL, given_name="Corinne", family_name="Lantern", start_date=GONE, **more)


def handed_over(town):
    """The letters that are written now, by login."""
    for each in town.folder.glob("letter.*.*"):
        each.unlink()
    run = town.run("hand_over", TODAY, hand_over_tasks_file=str(town.folder / "letter.yml"), letters=str(town.folder))
    assert run.code == 0, run
    return {each.name.partition(".")[2]: json.loads(each.read_text()) for each in town.folder.glob("letter.*.*")}


def lets_in(town, secrets):
    return [
        look.lets_in(town.lab, backend, f"{CORAL}@example.org" if backend == "iredmail" else CORAL, secrets[backend]) for backend in secrets
    ]


@pytest.mark.parametrize("mode", ["plan", "apply"])
def test_a_wrong_vault_password(town, mode):
    (town.folder / "typo").write_text("a-typo-of-the-password")
    town.hr([*cast(), joiner()])
    before = town.state, look.accounts(town.lab), sorted((town.folder / "secrets").iterdir())
    run = town.run("reconcile", TODAY, people_mode=mode, people_secrets_vault_password_file=str(town.folder / "typo"))
    assert run.code != 0 and not any(run.writes.values()), run
    assert run.says(f"another vault password was used in {town.folder / 'secrets'}, so nothing is made"), run
    assert (town.state, look.accounts(town.lab), sorted((town.folder / "secrets").iterdir())) == before


def test_nobody_is_given_what_was_made_for_another_person(small):
    """Neither by the state file, nor without it; with numbers, and without."""
    assert small.live(TODAY, people()).code == 0
    first = small.secrets()[CORAL]
    assert set(handed_over(small)) == {each["login"] for each in people()}
    assert small.live(TOMORROW, people(coral_lantern={"end_date": TODAY})).code == 0
    assert small.live(GONE, people(coral_lantern={"end_date": TODAY})).code == 0
    assert CORAL not in look.accounts(small.lab)["ldapsaisie"]
    gone, others = small.save(), people(coral_lantern=None)[:2]

    nameless = small.live(GONE, [*others, {**other(), "employee_number": None}])
    assert nameless.code != 0 and not any(nameless.writes.values()), nameless
    assert nameless.says(
        "is or was that of Coral Lantern (employee 0003), who is gone, so this may be another person: give the employee number"
    )

    back = small.live(GONE, people(coral_lantern={"start_date": GONE}))
    assert back.code == 0 and back.says("coral.lantern.vault is of before the accounts of the login were deleted: it is set aside"), back
    assert lets_in(small, first) == [False, False] and lets_in(small, small.secrets()[CORAL]) == [True, True]
    assert handed_over(small) == {CORAL: small.secrets()[CORAL]}

    small.restore(gone)
    (small.folder / "state.json").unlink()
    new = small.live(GONE, [*others, other()], people_adopt=True)
    assert new.code == 0 and new.says("coral.lantern.vault is of another person (employee 0003): it is set aside"), new
    assert lets_in(small, first) == [False, False] and lets_in(small, small.secrets()[CORAL]) == [True, True]
    assert handed_over(small) == {CORAL: small.secrets()[CORAL]}


def test_nor_where_nobody_has_a_number(small):
    everybody = unnumbered(people())
    leaves = unnumbered(people(coral_lantern={"end_date": TODAY}))
    assert small.live(TODAY, everybody).code == 0
    first = small.secrets()[CORAL]
    handed_over(small)
    assert small.live(TOMORROW, leaves).code == 0 and small.live(GONE, leaves).code == 0
    new = small.live(GONE, unnumbered([*people(coral_lantern=None)[:2], other()]))
    assert new.code == 0 and new.says("coral.lantern.vault is of before the accounts of the login were deleted: it is set aside"), new
    assert lets_in(small, first) == [False, False] and lets_in(small, small.secrets()[CORAL]) == [True, True]
    assert handed_over(small) == {CORAL: small.secrets()[CORAL]}


def test_whenever_a_run_with_ordinary_modules_is_killed_no_file_holds_a_secret(small):
    """Because there is none at any time."""
    rooms = {"ANSIBLE_REMOTE_TMP": str(small.folder / "remote"), "ANSIBLE_LOCAL_TEMP": str(small.folder / "local")}
    over, seen = threading.Event(), {}

    def watch():
        while not over.wait(0.02):
            for path in [*small.folder.glob("remote/*/*"), *small.folder.glob("local/*/*")]:
                with contextlib.suppress(OSError):
                    seen[path] = path.read_bytes()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        run = small.live(TODAY, people(), env=rooms, workplace_onboarding_in_process=False)
    finally:
        over.set()
        watcher.join()
    assert run.code == 0 and len(seen) > 1, run  # the state file, on its way
    secrets = [secret.encode() for each in small.secrets().values() for secret in each.values()]
    assert len(secrets) == 6
    assert not [path for path, content in seen.items() if any(secret in content for secret in secrets)]
    assert not [path.name for path in seen if path.name.startswith(("AnsiballZ_ldap", "AnsiballZ_iredmail"))]


@pytest.mark.parametrize("refused", [False, True])
def test_no_variable_keeps_a_secret_when_the_role_is_done(small, refused):
    assert small.live(TODAY, people()[:2]).code == 0
    (small.folder / "left.yml").write_text(LEFT.replace("roles: [workplace.onboarding.reconcile]", ROLE) if refused else LEFT)
    small.hr(people(basil_inkwell={"end_date": TODAY}))
    small.command = lambda *_given, original=small.command, **more: [
        str(small.folder / "left.yml") if each == "workplace.onboarding.reconcile" else each for each in original(*_given, **more)
    ]
    run = small.run("reconcile", TOMORROW, **{**MORE, "people_limits": {"suspend": {"count": 0}} if refused else {}})
    assert run.code == 0, run
    assert run.says("Nothing was changed") == refused, run
    left = (small.folder / "left.json").read_text()
    kept = small.secrets()
    assert (CORAL in kept) != refused and CORAL in left
    assert not [secret for each in kept.values() for secret in each.values() if secret in left]
    made_up = json.loads(left)
    assert not any(made_up.get(name) for name in ("people_secrets", "people_secrets_had", "people_secrets_again", "people_secrets_known"))


ROLE = """\
tasks:
    - name: Run, and go on
      block:
        - name: Run
          ansible.builtin.include_role:
            name: workplace.onboarding.reconcile
      rescue:
        - name: Go on
          ansible.builtin.debug:
            msg: whatever happened"""
