# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files with secrets: private from the first byte, whole or not there at all."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.workplace.onboarding.plugins.module_utils.core.files import check_dest, new_file


def test_a_private_file_takes_the_place_of_another(tmp_path):
    dest = tmp_path / "dest"
    dest.write_text("old", encoding="utf-8")
    dest.chmod(0o644)
    with new_file(str(dest)) as stream:
        stream.write("new")
        assert dest.read_text(encoding="utf-8") == "old"
    assert dest.read_text(encoding="utf-8") == "new" and dest.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "dest")
    with new_file(str(tmp_path / "link")) as stream:
        stream.write("new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "dest").read_text(encoding="utf-8") == "new"


def test_nothing_is_left_of_what_failed(tmp_path):
    with pytest.raises(RuntimeError), new_file(str(tmp_path / "dest")) as stream:
        stream.write("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written(tmp_path):
    check_dest(str(tmp_path / "dest"))
    with pytest.raises(InvalidInput, match="dest must name a file"):
        check_dest(str(tmp_path))
    with pytest.raises(InvalidInput, match="is not a folder that can be written to"):
        check_dest(str(tmp_path / "nowhere" / "dest"))
    with pytest.raises(InvalidInput, match="cannot be written"), new_file(str(tmp_path / "nowhere" / "dest")):
        pass
