# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A directory of secrets outlives crashes, other runs and other hands, and nothing leads out of it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.plugins.plugin_utils import kept_files
from ansible_collections.workplace.onboarding.plugins.plugin_utils.kept_files import Directory, discarded, file_names
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_policy import SecretError, policies
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_store import (
    DirectoryStore,
    GivenStore,
    Vault,
    Wanted,
    obtain,
)

SYSTEMS = ["ocs", "bluemind"]


def vault(password="opensesame", label="people"):
    return Vault([(label or "default", VaultSecret(password.encode()))], label)


def store(path, owners=None, **kind):
    return DirectoryStore(Directory(str(path), {}), vault(**kind), owners)


def wanted(logins, systems=tuple(SYSTEMS), **more):
    return Wanted(logins=list(logins), backends=list(systems), chosen=policies(systems, more.pop("policies", None)), **more)


def had(path, logins=("zoe",), systems=tuple(SYSTEMS), owners=None, **more):
    return obtain(wanted(logins, systems, **more), store(path, owners))


def raw(path, login="zoe"):
    content = VaultLib([("people", VaultSecret(b"opensesame"))]).decrypt((path / f"{login}.vault").read_bytes())
    return json.loads(content)


def write(path, content, login="zoe", password=b"opensesame", label="people"):
    path.mkdir(mode=0o700, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    target = path / f"{login}.vault"
    target.write_bytes(VaultLib().encrypt(text, secret=VaultSecret(password), vault_id=label))
    target.chmod(0o600)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "secrets"


# Found again


def test_a_second_run_finds_what_the_first_one_made(path):
    first = had(path, ["zoe", "gus"])
    assert (first.created, first.found) == (["zoe", "gus"], [])
    assert set(first.secrets) == {"zoe", "gus"}
    assert first.secrets["zoe"]["ocs"] == first.secrets["zoe"]["bluemind"] != first.secrets["gus"]["ocs"]
    before = {entry.name: entry.stat().st_mtime_ns for entry in path.iterdir()}
    again = had(path, ["zoe", "gus"])
    assert again.secrets == first.secrets
    assert (again.created, again.found) == ([], ["zoe", "gus"])
    assert {entry.name: entry.stat().st_mtime_ns for entry in path.iterdir()} == before


def test_one_for_each_system(path):
    first = had(path, one_each=True)
    assert first.secrets["zoe"]["ocs"] != first.secrets["zoe"]["bluemind"]
    assert had(path, one_each=True).secrets == first.secrets
    assert had(path).secrets == first.secrets  # what is kept stays, whatever the setting is now


def test_only_of_the_systems_that_somebody_has(path):
    first = had(path, ["zoe", "gus"], accounts={"zoe": ["ocs"], "gus": []})
    assert set(first.secrets["zoe"]) == {"ocs"} and first.secrets["gus"] == {}
    assert first.created == ["zoe"]
    assert not (path / "gus.vault").exists()
    more = had(path, ["zoe"])
    assert more.created == ["zoe"]
    assert more.secrets["zoe"] == {"ocs": first.secrets["zoe"]["ocs"], "bluemind": first.secrets["zoe"]["ocs"]}


def test_a_system_that_comes_later_takes_the_same_or_has_its_own(path):
    first = had(path).secrets["zoe"]
    later = had(path, systems=["ocs", "bluemind", "iredmail"])
    assert later.secrets["zoe"] == {**first, "iredmail": first["ocs"]}
    assert (later.created, later.warnings) == (["zoe"], [])
    short = had(path, systems=["ocs", "ldapsaisie"])
    assert short.secrets["zoe"]["ocs"] == first["ocs"] != short.secrets["zoe"]["ldapsaisie"]
    assert len(short.secrets["zoe"]["ldapsaisie"]) == 10
    assert short.warnings == ["zoe: the secret that is kept does not suit ldapsaisie, so there is another one for it"]
    assert raw(path)["secrets"] == {**later.secrets["zoe"], "ldapsaisie": short.secrets["zoe"]["ldapsaisie"]}
    assert had(path, systems=["ocs", "ldapsaisie"]).secrets == short.secrets


def test_what_else_is_in_a_file_stays(path):
    write(path, {"version": 1, "login": "Zoe", "note": "by hand", "secrets": {"ocs": "older-Secret-1"}})
    assert had(path).secrets == {"zoe": {"ocs": "older-Secret-1", "bluemind": "older-Secret-1"}}
    assert raw(path)["note"] == "by hand" and raw(path)["login"] == "Zoe"


def test_letter_case_does_not_count(path):
    assert had(path, ["Zoe"]).secrets["Zoe"] == had(path, ["zoe"]).secrets["zoe"]
    with pytest.raises(SecretError, match="Zoe and zoe are the same login"):
        had(path, ["Zoe", "zoe"])


def test_reading_makes_nothing(path):
    found = had(path, create=False)
    assert (found.secrets, found.missing, found.created) == ({"zoe": {}}, ["zoe"], [])
    assert not path.exists()
    made = had(path)
    everything = obtain(Wanted(logins=["zoe", "gus"], backends=[], chosen={}, create=False), store(path))
    assert everything.secrets == {**made.secrets, "gus": {}}
    assert (everything.found, everything.missing) == (["zoe"], ["gus"])


def test_a_rehearsal_keeps_nothing(path):
    rehearsed = had(path, rehearse=True)
    assert not path.exists()
    assert rehearsed.created == ["zoe"] and rehearsed.secrets["zoe"]["ocs"]
    assert had(path, rehearse=True).secrets != rehearsed.secrets
    real = had(path)
    mixed = had(path, ["zoe", "gus"], rehearse=True)
    assert mixed.secrets["zoe"] == real.secrets["zoe"] and mixed.created == ["gus"] and mixed.secrets["gus"]["ocs"]
    assert not (path / "gus.vault").exists()


def test_nothing_is_made_when_anything_is_wrong(path):
    had(path, ["anna"])
    (path / "anna.vault").write_text("by hand")
    with pytest.raises(SecretError):
        had(path, ["zoe", "anna", "gus"])
    assert sorted(entry.name for entry in path.iterdir()) == [".lock", "anna.vault"]


def test_systems_that_exclude_each_other_make_nothing(path):
    with pytest.raises(SecretError, match="micetro wants at least 12"):
        had(path, systems=["ldapsaisie", "micetro"])
    assert not path.exists()
    each = had(path, systems=["ldapsaisie", "micetro"], one_each=True).secrets["zoe"]
    assert (len(each["ldapsaisie"]), len(each["micetro"])) == (10, 20)


@pytest.mark.parametrize(("accounts", "words"), [({"gus": ["ocs"]}, "gus"), ({"zoe": ["micetro"]}, "micetro")])
def test_accounts_that_nobody_asked_for(path, accounts, words):
    with pytest.raises(SecretError, match=words):
        had(path, accounts=accounts)


# The files


def test_only_the_owner_can_read(path):
    before = os.umask(0)
    try:
        secret = had(path).secrets["zoe"]["ocs"]
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in path.iterdir()} == {0o600}
    content = (path / "zoe.vault").read_bytes()
    assert content.startswith(b"$ANSIBLE_VAULT;1.2;AES256;people\n")
    assert secret.encode() not in content and secret.encode().hex().encode() not in content


@pytest.mark.parametrize("which", ["directory", "file"])
def test_what_others_can_read_is_refused(path, which):
    had(path)
    target = path if which == "directory" else path / "zoe.vault"
    target.chmod(target.stat().st_mode | 0o004)
    with pytest.raises(SecretError, match=rf"{target} is open to everybody on this machine .*: chmod \d00 {target}"):
        had(path)
    target.chmod(target.stat().st_mode & ~0o007 | 0o040)
    group = store(path)
    assert obtain(wanted(["zoe"]), group).found == ["zoe"]
    assert len(group.directory.warnings) == 1 and f"{target} is open to its group" in group.directory.warnings[0]


@pytest.mark.parametrize(
    "login",
    [
        "",
        ".",
        "..",
        "../zoe",
        "zoe/../../x",
        "/etc/passwd",
        "a\\b",
        ".hidden",
        "-rf",
        "zoé",
        "z\0e",
        "zoe\n",
        "zoe ",
        "zoe.",
        "~root",
        "$HOME",
    ]
    + ["x" * 101, "{{ zoe }}", None, 7],
)
def test_no_name_leads_out(tmp_path, path, login):
    with pytest.raises(SecretError, match="is no login that a file can be named after"):
        had(path, ["gus", login])
    with pytest.raises(SecretError):
        obtain(wanted([login]), GivenStore({}, SYSTEMS))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "login",
    [
        "zoe",
        "Z",
        "zoe.fable",
        "zoe@example.org",
        "o'hara",
        "zoe+tag",
        "zoe fable",
        "0815",
        "_x",
        "a-b",
        "zoe.vault",
        "zoe.handed_over.json",
    ],
)
def test_names_that_are_fine(path, login):
    made = had(path, [login])
    assert had(path, [login]).secrets == made.secrets
    assert sorted(entry.name for entry in path.iterdir()) == [".lock", f"{login.lower()}.vault"]


def test_all_bad_names_are_told_at_once():
    with pytest.raises(SecretError) as error:
        file_names([f"../{number}" for number in range(30)])
    assert str(error.value).count("is no login") == 20 and "and 10 more" in str(error.value)


def test_links_and_pipes_are_not_followed(tmp_path, path):
    had(path, ["gus"])
    elsewhere = tmp_path / "elsewhere.vault"
    (path / "gus.vault").rename(elsewhere)
    (path / "gus.vault").symlink_to(elsewhere)
    with pytest.raises(SecretError, match=r"gus\.vault cannot be read"):
        had(path, ["gus"])
    os.mkfifo(path / "zoe.vault", 0o600)
    with pytest.raises(SecretError, match=r"zoe\.vault is no file"):
        had(path, ["zoe"])
    (path / "anna.vault").mkdir(mode=0o700)
    with pytest.raises(SecretError, match=r"anna\.vault is no file"):
        had(path, ["anna"])


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda path: None, "does not exist: create it, or mount the volume"),
        (lambda path: (path.parent.mkdir(), path.touch()), "is no directory"),
        (lambda path: path.parent.touch(), "cannot be used: Not a directory"),
    ],
)
def test_places_that_cannot_be_used(tmp_path, prepare, words):
    path = tmp_path / "missing" / "secrets"
    prepare(path)
    with pytest.raises(SecretError, match=words):
        had(path)
    with pytest.raises(SecretError, match="path is needed"):
        Directory("", {})


# Other hands


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: write(path, {"version": 1, "login": "zoe", "secrets": {"ocs": "Geheim-1"}}, password=b"other"), "another password"),
        (
            lambda path: write(path, {"version": 1, "login": "zoe", "secrets": {"ocs": "Geheim-1"}}, label="hr"),
            "with the vault id hr, not with people",
        ),
        (lambda path: (path / "zoe.vault").write_text("Geheim-1"), "is not encrypted by ansible-vault"),
        (lambda path: (path / "zoe.vault").write_text(""), "is not encrypted by ansible-vault"),
        (lambda path: (path / "zoe.vault").write_text("$ANSIBLE_VAULT"), "damaged"),
        (lambda path: (path / "zoe.vault").write_text("$ANSIBLE_VAULT;1.2;AES256;people\n6162"), "damaged"),
        (lambda path: write(path, "Geheim-1"), "something else than secrets"),
        (lambda path: write(path, "[1]"), "something else than secrets"),
        (lambda path: write(path, {"login": "zoe", "secrets": {"ocs": "Geheim-1"}}), "something else than secrets"),
        (lambda path: write(path, {"version": 1, "login": "zoe", "secrets": {"ocs": ""}}), "something else than secrets"),
        (lambda path: write(path, {"version": 1, "login": "zoe", "secrets": ["Geheim-1"]}), "something else than secrets"),
        (lambda path: write(path, {"version": 1, "login": "gus", "secrets": {"ocs": "Geheim-1"}}), "the secrets of another login than zoe"),
    ],
)
def test_a_file_that_is_not_ours_is_named_and_kept(path, spoil, words):
    had(path)
    spoil(path)
    content = (path / "zoe.vault").read_bytes()
    with pytest.raises(SecretError) as error:
        had(path)
    assert str(path / "zoe.vault") in str(error.value) and words in str(error.value)
    assert "Geheim" not in str(error.value) and error.value.__cause__ is None
    assert (path / "zoe.vault").read_bytes() == content


def test_every_file_that_cannot_be_used_is_named(path):
    logins = ["anna", "gus", "zoe"]
    had(path, logins)
    for login in logins[:2]:
        (path / f"{login}.vault").write_text("x")
    with pytest.raises(SecretError) as error:
        had(path, logins)
    assert "anna.vault" in str(error.value) and "gus.vault" in str(error.value) and "zoe.vault" not in str(error.value)


def test_vault_ids_of_the_run(path):
    loader = DataLoader()
    with pytest.raises(
        SecretError, match=r"the vault id people is not known to this run \(known: none\): start it with --vault-id people@FILE"
    ):
        Vault.of_run(loader, "people")
    loader.set_vault_secrets([("hr", VaultSecret(b"one")), ("people", VaultSecret(b"new")), ("people", VaultSecret(b"old"))])
    with pytest.raises(SecretError, match=r"\(known: hr, people\)"):
        Vault.of_run(loader, "default")
    write(path, {"version": 1, "login": "zoe", "secrets": dict.fromkeys(SYSTEMS, "kept-before-1A")}, password=b"old")
    directory = Directory(str(path), {})
    found = obtain(wanted(["zoe", "gus"]), DirectoryStore(directory, Vault.of_run(loader, "people")))
    assert found.secrets["zoe"]["ocs"] == "kept-before-1A"  # a second password of the same id opens older files
    assert VaultLib([("people", VaultSecret(b"new"))]).decrypt((path / "gus.vault").read_bytes())  # the first one encrypts


def test_password_files(tmp_path, path):
    password = tmp_path / "password"
    password.write_text("opensesame\n")
    made = obtain(wanted(["zoe"]), DirectoryStore(Directory(str(path), {}), Vault.of_file(DataLoader(), str(password))))
    assert (path / "zoe.vault").read_bytes().startswith(b"$ANSIBLE_VAULT;1.1;AES256\n")
    password.write_text("#!/bin/sh\necho opensesame\n")
    password.chmod(0o700)
    again = obtain(wanted(["zoe"]), DirectoryStore(Directory(str(path), {}), Vault.of_file(DataLoader(), str(password))))
    assert again.secrets == made.secrets
    for bad in ("", "#!/bin/sh\nexit 3\n"):
        password.write_text(bad)
        with pytest.raises(SecretError, match="vault_password_file .* cannot be used"):
            Vault.of_file(DataLoader(), str(password))
    with pytest.raises(SecretError, match="vault_password_file .* cannot be used"):
        Vault.of_file(DataLoader(), str(tmp_path / "none"))


# A wrong vault password


@pytest.mark.parametrize("rehearse", [True, False])
def test_with_a_vault_password_that_opens_nothing_nothing_is_made(path, rehearse):
    had(path, ["anna", "gus"])
    before = sorted(entry.name for entry in path.iterdir())
    with pytest.raises(SecretError) as error:
        obtain(wanted(["zoe"], rehearse=rehearse), store(path, password="a-typo"))
    assert f"another vault password was used in {path}" in str(error.value) and "nothing is made" in str(error.value)
    assert "anna.vault" in str(error.value) or "gus.vault" in str(error.value)
    assert sorted(entry.name for entry in path.iterdir()) == before
    assert obtain(wanted(["zoe"], create=False), store(path, password="a-typo")).missing == ["zoe"]


def test_one_file_that_opens_is_enough(path):
    had(path, ["anna", "gus"])
    for number, login in enumerate(("old", "middle", "new")):
        write(path, {"version": 1, "login": login, "secrets": {}}, login, password=b"another")
        os.utime(path / f"{login}.vault", (time.time() + 100 * (number - 1),) * 2)
    with pytest.raises(SecretError, match="another vault password was used"):
        had(path)
    os.utime(path / "anna.vault", (time.time() - 1000,) * 2)
    assert had(path).created == ["zoe"]


def test_the_vault_password_counts_and_not_what_it_is_called(path):
    had(path, ["anna"])
    assert obtain(wanted(["zoe"]), store(path, label=None)).created == ["zoe"]


@pytest.mark.parametrize("content", [b"", b"by hand", b"$ANSIBLE_VAULT", b"$ANSIBLE_VAULT;1.2;AES256;people\n6162"])
def test_files_that_are_damaged_do_not_tell_that_the_password_is_right(path, content):
    path.mkdir(mode=0o700)
    (path / "anna.vault").write_bytes(content)
    (path / "anna.vault").chmod(0o600)
    with pytest.raises(SecretError, match="another vault password was used"):
        had(path)


# Another person with the same login

ZOE = {"zoe": {"employee_number": "1", "life": 1}}


def record(path, login="zoe", **more):
    kept = {"version": 1, "login": login, "state": "done", "systems": list(SYSTEMS), **more}
    (path / f"{login}.handed_over.json").write_text(json.dumps(kept))
    (path / f"{login}.handed_over.json").chmod(0o600)


@pytest.mark.parametrize(
    ("kept", "now", "same"),
    [
        ({"employee_number": "1", "life": 1}, {"employee_number": "1", "life": 1}, True),
        ({"employee_number": None, "life": 1}, {"employee_number": "1", "life": 1}, True),
        ({"employee_number": "1", "life": 1}, {"employee_number": None, "life": 1}, True),
        (None, {"employee_number": "1", "life": 3}, True),
        ({"employee_number": "1", "life": 2}, None, True),
        ({"employee_number": "1", "life": 1}, {"employee_number": "2", "life": 1}, False),
        ({"employee_number": "1", "life": 1}, {"employee_number": "1", "life": 2}, False),
        ({"employee_number": None, "life": 1}, {"employee_number": None, "life": 2}, False),
    ],
)
def test_whose_a_kept_secret_is(path, kept, now, same):
    first = had(path, owners={"zoe": kept} if kept else None).secrets["zoe"]
    record(path)
    before = (path / "zoe.vault").read_bytes()
    owners = {"zoe": now} if now else None
    read = obtain(wanted(["zoe"], create=False), store(path, owners))
    assert (read.secrets["zoe"], read.missing) == ((first, []) if same else ({}, ["zoe"]))
    kind = store(path, owners)
    rehearsed = obtain(wanted(["zoe"], rehearse=True), kind)
    assert (path / "zoe.vault").read_bytes() == before and rehearsed.created == ([] if same else ["zoe"])
    assert bool(kind.warnings) == (not same)
    kind = store(path, owners)
    found = obtain(wanted(["zoe"]), kind)
    names = {".lock", "zoe.vault"} | ({"zoe.handed_over.json"} if same else {"zoe.vault.former-1", "zoe.handed_over.json.former-1"})
    assert {entry.name for entry in path.iterdir()} == names
    if same:
        assert (found.secrets["zoe"], kind.warnings) == (first, [])
    else:
        assert not set(found.secrets["zoe"].values()) & set(first.values()) and found.created == ["zoe"]
        assert len(kind.warnings) == 1 and str(path / "zoe.vault") in kind.warnings[0] and "set aside" in kind.warnings[0]
        assert (path / "zoe.vault.former-1").read_bytes() == before
        assert not {secret for secret in first.values() if secret in kind.warnings[0]}
    assert had(path, owners=owners).secrets == found.secrets
    assert had(path, owners=owners).created == []


def test_who_takes_over_what_nobody_owns_is_known_from_then_on(path):
    first = had(path).secrets["zoe"]
    assert "owner" not in raw(path)
    taken = had(path, owners=ZOE)
    assert (taken.secrets["zoe"], taken.created, taken.noted) == (first, [], ["zoe"])
    assert raw(path)["owner"] == ZOE["zoe"] and raw(path)["secrets"] == first
    again = had(path, owners={"zoe": {"employee_number": None, "life": 1}})
    assert again.noted == [] and raw(path)["owner"] == ZOE["zoe"]  # a number that is known is not forgotten
    assert had(path, owners={"zoe": {"employee_number": "2", "life": 1}}).secrets["zoe"] != first


def test_nothing_that_was_set_aside_is_overwritten(path):
    kept = []
    for life in range(1, 4):
        kept.append(had(path, owners={"zoe": {"employee_number": None, "life": life}}).secrets["zoe"])
        if life == 2:
            record(path, at="then")
    assert len({secret for each in kept for secret in each.values()}) == 3
    assert sorted(entry.name for entry in path.iterdir()) == [
        ".lock",
        "zoe.handed_over.json.former-2",
        "zoe.vault",
        "zoe.vault.former-1",
        "zoe.vault.former-2",
    ]
    for number in (1, 2):
        (path / f"zoe.vault.former-{number}").rename(path / f"copy{number}.vault")
        assert raw(path, f"copy{number}")["secrets"] == kept[number - 1]
    assert Directory(str(path), {}).names(".handed_over.json") == []


@pytest.mark.parametrize("number", [1, 2], ids=["the record", "the secrets"])
@pytest.mark.parametrize("after", [False, True])
def test_killed_while_something_is_set_aside(path, number, after):
    """Whoever is given the login is due for a hand-over, and what the former one had is kept."""
    first = had(path, owners=ZOE).secrets["zoe"]
    record(path)
    other = {"zoe": {"employee_number": "2", "life": 1}}
    spoil = f"""
count, place = 0, t.Directory._place
def killed(self, *arguments):
    global count
    count += 1
    if count == {number} and not {after}:
        os._exit(9)
    found = place(self, *arguments)
    if count == {number}:
        os._exit(9)
    return found
t.Directory._place = killed
"""
    run = start(path, spoil=spoil, owners=other)
    assert run.wait(timeout=60) == 9
    found = had(path, owners=other)
    assert not set(found.secrets["zoe"].values()) & set(first.values())
    assert not (path / "zoe.handed_over.json").exists() and (path / "zoe.handed_over.json.former-1").exists()
    (path / "zoe.vault.former-1").rename(path / "copy.vault")
    assert raw(path, "copy")["secrets"] == first


def test_two_runs_that_meet_a_former_owner_agree(path):
    had(path, ["zoe", "gus"], owners={**ZOE, "gus": {"employee_number": "2", "life": 1}})
    now = {"zoe": {"employee_number": "3", "life": 1}, "gus": {"employee_number": "2", "life": 2}}
    runs = [start(path, ["zoe", "gus"], owners=now) for _number in range(3)]
    printed = [json.loads(run.communicate(timeout=60)[0]) for run in runs]
    assert printed[0] == printed[1] == printed[2]
    assert sorted(entry.name for entry in path.glob("*.former-*")) == ["gus.vault.former-1", "zoe.vault.former-1"]


# Kept, and not what a system takes


def test_what_does_not_suit_its_system_is_replaced_there(path):
    had(path, systems=["ocs", "bluemind", "iredmail"])
    first = raw(path)["secrets"]
    record(path, systems=["ocs", "bluemind", "iredmail"])
    asked = {"policies": {"ocs": {"min_length": 24}, "iredmail": {"min_length": 30}}, "systems": ["ocs", "bluemind", "iredmail"]}
    asked["accounts"] = {"zoe": ["ocs", "bluemind"]}
    rehearsed = had(path, rehearse=True, **asked)
    assert raw(path)["secrets"] == first and len(rehearsed.secrets["zoe"]["ocs"]) == 30
    found = had(path, **asked)
    assert found.secrets["zoe"]["bluemind"] == first["ocs"] and len(found.secrets["zoe"]["ocs"]) == 30
    assert raw(path)["secrets"] == {**first, "ocs": found.secrets["zoe"]["ocs"]}
    (former,) = raw(path)["former"]
    assert former["secrets"] == {"ocs": first["ocs"]} and former["until"].endswith("Z")
    assert found.created == rehearsed.created == ["zoe"]
    assert (
        found.warnings
        == rehearsed.warnings
        == ["zoe: the secret that was kept for ocs has fewer than 24 characters, so there is another one for it"]
    )
    # It has not reached its owner.
    assert json.loads((path / "zoe.handed_over.json").read_text())["systems"] == ["bluemind", "iredmail"]
    again = had(path, **asked)
    assert (again.secrets, again.created, again.warnings) == (found.secrets, [], [])
    had(path, policies={"ocs": {"min_length": 40}}, systems=["ocs"])
    assert [each["secrets"]["ocs"] for each in raw(path)["former"]] == [first["ocs"], found.secrets["zoe"]["ocs"]]


def test_what_is_only_read_is_not_judged(path):
    write(path, {"version": 1, "login": "zoe", "secrets": {"ocs": "short"}})
    assert had(path, create=False, systems=["ocs"]).secrets == {"zoe": {"ocs": "short"}}


def test_what_others_keep_and_a_system_does_not_take_is_named():
    given = GivenStore({"zoe": {"ocs": "Geheim-1", "bluemind": "Geheim"}, "gus": "Geheim-nis-2"}, SYSTEMS)
    with pytest.raises(SecretError) as error:
        obtain(wanted(["zoe", "gus"], policies={"bluemind": {"required": ["digit"]}}), given)
    assert "zoe: the secret that your tasks keep for ocs has fewer than 10 characters" in str(error.value)
    assert "for bluemind has fewer than 8 characters and has no digit" in str(error.value)
    assert "gus" not in str(error.value) and "Geheim" not in str(error.value) and "people_secrets_policies" in str(error.value)
    assert obtain(wanted(["zoe", "gus"], accounts={"zoe": []}), given).found == ["zoe", "gus"]


# Crashes and other runs

RUN = """
import os, sys, json
from ansible_collections.workplace.onboarding.tests.unit.plugins.plugin_utils import test_secret_store as t
from pathlib import Path
{spoil}
print(json.dumps(t.had(Path(sys.argv[1]), sys.argv[2].split(","), **json.loads(sys.argv[3])).secrets))
"""


def start(path, logins=("zoe",), spoil="", **more):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", RUN.format(spoil=spoil), str(path), ",".join(logins), json.dumps(more)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("extended", [False, True], ids=["new", "extended"])
@pytest.mark.parametrize(
    ("call", "number", "kept"), [("fchmod", 1, False), ("fsync", 1, False), ("link", 1, False), ("unlink", 1, True), ("fsync", 2, True)]
)
def test_killed_at_any_step(path, call, number, kept, extended):
    """Nothing half written is ever found, what was there stays, and the next run goes on."""
    before = had(path, systems=["ocs"]).secrets["zoe"] if extended else {}
    call = {"link": "rename"}.get(call, call) if extended else call
    spoil = f"""
count = 0
def killed(*args, **keywords):
    global count
    count += 1
    if count == {number}:
        os._exit(9)
    return original(*args, **keywords)
original, os.{call} = os.{call}, killed
"""
    run = start(path, spoil=spoil)
    printed, _errors = run.communicate(timeout=60)
    assert (run.returncode, printed) == (9, "")
    stays = (path / "zoe.vault").read_bytes() if (path / "zoe.vault").exists() else None
    assert (stays is not None) == (kept or extended)
    after = had(path)
    assert {**after.secrets["zoe"], **before} == after.secrets["zoe"] and set(after.secrets["zoe"]) == set(SYSTEMS)
    assert (after.created == []) == kept
    if kept:
        assert (path / "zoe.vault").read_bytes() == stays
    assert had(path).secrets == after.secrets


def test_what_a_killed_run_left_is_removed_in_the_end(path):
    run = start(path, spoil="os.link = lambda *args: os._exit(9)")
    assert run.wait(timeout=60) == 9
    (left,) = [entry for entry in path.iterdir() if entry.name.endswith(".tmp")]
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    had(path)
    assert left.exists()  # it might belong to a run on another host
    os.utime(left, (time.time() - 7200,) * 2)
    had(path, ["gus"])
    assert sorted(entry.name for entry in path.iterdir()) == [".lock", "gus.vault", "zoe.vault"]


NO_LOCK = "import fcntl\ndef no(*args): raise OSError(95, 'no locks here')\nfcntl.flock = no"


@pytest.mark.parametrize("spoil", ["", NO_LOCK], ids=["with locks", "on hosts that share no locks"])
def test_runs_at_the_same_time_agree(path, spoil):
    logins = [f"person{number}" for number in range(12)]
    runs = [start(path, logins if number % 2 else logins[::-1], spoil) for number in range(4)]
    printed = []
    for run in runs:
        out, errors = run.communicate(timeout=120)
        assert run.returncode == 0, errors
        printed.append(json.loads(out))
    assert printed[0] == printed[1] == printed[2] == printed[3]
    assert printed[0] == had(path, logins).secrets
    assert len({secrets["ocs"] for secrets in printed[0].values()}) == len(logins)


def test_two_systems_added_at_the_same_time_are_both_kept(path):
    had(path, systems=["ocs"])
    runs = [start(path, systems=["ocs", system], one_each=True) for system in ("iredmail", "micetro", "bluemind")]
    printed = [json.loads(run.communicate(timeout=60)[0])["zoe"] for run in runs]
    kept = raw(path)["secrets"]
    assert set(kept) == {"ocs", "iredmail", "micetro", "bluemind"}
    assert all({**kept, **each} == kept for each in printed)


def test_waiting_for_another_run_ends(path, monkeypatch):
    had(path)
    monkeypatch.setattr(kept_files, "_WAIT", 0.2)
    with Directory(str(path), {}).writing():
        assert had(path).found == ["zoe"]  # reading waits for nobody
        with pytest.raises(SecretError, match="another run has been writing"):
            had(path, ["gus"])
    assert had(path, ["gus"]).created == ["gus"]


def test_a_file_system_without_hard_links(path, monkeypatch):
    def no_links(*_args):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    made = had(path)
    assert had(path).secrets == made.secrets
    directory = Directory(str(path), {})
    assert directory.create("zoe.vault", b"x") is False
    assert had(path).secrets == made.secrets


def test_what_cannot_be_read_back_is_not_given(path, monkeypatch):
    monkeypatch.setattr(Directory, "create", lambda self, name, content: True)  # claims success
    with pytest.raises(SecretError, match=r"zoe\.vault does not hold what was just written to it"):
        had(path)


def test_a_full_disk(path, monkeypatch):
    had(path, ["gus"])

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SecretError, match=r"zoe\.vault cannot be written: No space left on device"):
        had(path, ["zoe"])
    monkeypatch.undo()
    assert sorted(entry.name for entry in path.iterdir()) == [".lock", "gus.vault"]


# Kept by others


def test_what_others_keep():
    given = GivenStore({"zoe": {"ocs": "Geheim-nis-1"}, "gus": "Geheim-nis-2", "anna": None, "eve": {}}, SYSTEMS)
    found = obtain(wanted(["zoe", "gus", "anna", "eve", "new"]), given)
    assert found.secrets["zoe"] == {"ocs": "Geheim-nis-1", "bluemind": found.secrets["zoe"]["bluemind"]}
    assert found.secrets["gus"] == dict.fromkeys(SYSTEMS, "Geheim-nis-2")
    assert (found.created, found.found) == (["zoe", "anna", "eve", "new"], ["gus"])
    for bad in (["Geheim-3"], {"ocs": 3}, {"ocs": ""}, 7):
        with pytest.raises(SecretError) as error:
            GivenStore({"zoe": bad}, SYSTEMS)
        assert "zoe" in str(error.value) and "Geheim" not in str(error.value)


# Jobs of AWX


@pytest.mark.parametrize(
    ("place", "environment", "refused"),
    [
        ("{tmp}/job/project/secrets", {"AWX_ISOLATED_DATA_DIR": "{tmp}/job/artifacts/1"}, True),
        ("{tmp}/job/secrets", {"AWX_ISOLATED_DATA_DIR": "{tmp}/job/artifacts/1"}, True),
        ("{tmp}/job", {"AWX_ISOLATED_DATA_DIR": "{tmp}/job/artifacts/1/"}, True),
        ("{tmp}/jobs/secrets", {"AWX_ISOLATED_DATA_DIR": "{tmp}/job/artifacts/1"}, False),
        ("{tmp}/link/secrets", {"AWX_ISOLATED_DATA_DIR": "{tmp}/job/artifacts/1"}, True),
        ("{tmp}/job/out/secrets", {"AWX_ISOLATED_DATA_DIR": "{tmp}/job/artifacts/1"}, False),
        ("{tmp}/job/x", {"AWX_PRIVATE_DATA_DIR": "{tmp}/job"}, True),
        ("{tmp}/kept/1/x", {"AWX_ISOLATED_DATA_DIR": "{tmp}/kept/1"}, True),
        ("{tmp}/job/x", {}, False),
        ("{tmp}/job/x", {"JOB_ID": "7"}, False),
        ("/runner/project/secrets", {"AWX_ISOLATED_DATA_DIR": "/runner/artifacts/7"}, True),
        ("/runner", {"AWX_PRIVATE_DATA_DIR": "/tmp/awx_7_x", "AWX_ISOLATED_DATA_DIR": "/runner/artifacts/7"}, True),
    ],
)
def test_what_is_discarded_with_the_job_is_refused(tmp_path, place, environment, refused):
    for name in ("job/project", "jobs", "outside"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "job" / "project")
    (tmp_path / "job" / "out").symlink_to(tmp_path / "outside")
    filled = {name: value.format(tmp=tmp_path) for name, value in environment.items()}
    if refused:
        with pytest.raises(SecretError, match="which is discarded when the job ends: the secrets would be lost"):
            Directory(place.format(tmp=tmp_path), filled)
    else:
        Directory(place.format(tmp=tmp_path), filled)


def test_a_container_without_a_volume_is_refused(tmp_path, monkeypatch):
    inside = {"AWX_ISOLATED_DATA_DIR": "/runner/artifacts/7"}
    path = tmp_path / "secrets"
    real = os.stat

    def told(device):
        class Told:
            st_dev = device

        return lambda place, **keywords: Told if str(place) == "/" else real(place, **keywords)

    monkeypatch.setattr(kept_files.os, "stat", told(real(tmp_path).st_dev))
    assert "in the container of this job" in discarded(path, inside)
    assert discarded(path, {"AWX_ISOLATED_DATA_DIR": "/srv/job/artifacts/7"}) == ""
    monkeypatch.setattr(kept_files.os, "stat", told(-1))
    assert discarded(path, inside) == ""


def test_artifacts_that_are_kept_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "job" / "project").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "job" / "project")
    assert "private data directory" in discarded(tmp_path / "job" / "secrets", {"AWX_ISOLATED_DATA_DIR": "/srv/artifacts/7"})
