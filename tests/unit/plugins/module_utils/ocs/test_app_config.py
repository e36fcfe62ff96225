# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest


def setting(nc, app="files", key="k"):
    return nc.backend.store.config.get(app, {}).get(key)


def test_unset_is_not_empty(nc):
    nc.ok("ocs_app_config", app="files", key="k", value="")
    assert setting(nc) == ""
    nc.quiet("ocs_app_config", app="files", key="k", value="")
    nc.ok("ocs_app_config", app="files", key="k", state="absent")
    assert setting(nc) is None
    nc.quiet("ocs_app_config", app="files", key="k", state="absent")


@pytest.mark.parametrize("stored", ["yes", "1", "true", "on", "no", "0", "false", "off", "TRUE"])
def test_a_boolean_is_written_in_the_words_of_the_key(nc, stored):
    nc.backend.seed(config={"files": {"k": stored}})
    truth = stored.lower() in ("yes", "1", "true", "on")
    for same in ("yes", "true", "1", "on", "True") if truth else ("no", "false", "0", "off", "False"):
        nc.quiet("ocs_app_config", app="files", key="k", value=same, value_type="bool")
    nc.ok("ocs_app_config", app="files", key="k", value="no" if truth else "yes", value_type="bool")
    pairs = {"yes": "no", "1": "0", "true": "false", "on": "off"}
    opposite = {**pairs, **{no: yes for yes, no in pairs.items()}}
    assert setting(nc) == opposite[stored.lower()]


def test_a_boolean_of_a_new_key(nc):
    nc.ok("ocs_app_config", app="files", key="k", value="true", value_type="bool")
    assert setting(nc) == "yes"


def test_a_text_is_compared_as_it_is(nc):
    nc.backend.seed(config={"files": {"k": "yes"}})
    assert nc.ok("ocs_app_config", app="files", key="k", value="1")["changed"]
    assert setting(nc) == "1"
    nc.ok("ocs_app_config", app="files", key="k", value="12", value_type="int")
    assert setting(nc) == "12"
    nc.ok("ocs_app_config", app="files", key="k", value=" a & b = ü% ")
    assert setting(nc) == " a & b = ü% "


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"value": True}, "quote the word that the app expects"),
        ({"value": "maybe", "value_type": "bool"}, "it is no boolean"),
        ({"value": "1.5", "value_type": "int"}, "it is no whole number"),
        ({}, "value must be given"),
        ({"key": "a/b", "value": "x"}, "without /"),
        ({"key": " ", "value": "x"}, "name of a key"),
        ({"app": "Files", "value": "x"}, "lower-case letters"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(nc, options, words):
    assert words in nc.bad("ocs_app_config", **{"app": "files", "key": "k", **options})
    assert len(nc.backend.log) == 0


def test_the_reason_of_a_refusal_stands_in_the_data(nc):
    message = nc.bad("ocs_app_config", app="files", key="installed_version", value="1")
    assert message == "files/installed_version: value was refused: The given key can not be set (OCS 403)"
    nc.backend.seed(config={"files": {"allow_unlimited_quota": "0"}})
    assert "unlimited quota is forbidden" in nc.bad("ocs_app_config", app="files", key="default_quota", value="none")


def test_two_settings_of_one_app(nc):
    result = nc.ok("ocs_app_config", settings=[{"app": "files", "key": "a", "value": "1"}, {"app": "files", "key": "b", "value": "2"}])
    assert [item["name"] for item in result["settings"]] == ["files/a", "files/b"]
    message = nc.bad("ocs_app_config", settings=[{"app": "files", "key": "a", "value": "1"}, {"app": "files", "key": "a", "value": "2"}])
    assert "are the same app setting" in message


def test_nothing_can_be_pruned():
    """Settings cannot be listed with their values, so there is no option that would silently do nothing."""
    from .conftest import TASKS

    assert "prune" not in TASKS["ocs_app_config"].options
