# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that a task writes where it runs, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import Iterator, TextIO

from .errors import InvalidInput

OWN_FILE = 0o600


def check_dest(path: str) -> None:
    """:raises InvalidInput: for what cannot be written, before anything is asked for."""
    folder = os.path.dirname(os.path.realpath(path))
    if not os.access(folder, os.W_OK):
        raise InvalidInput(f"{folder} is not a folder that can be written to")
    if os.path.isdir(path):
        raise InvalidInput(f"{path} is a folder: dest must name a file")


def kept(path: str, text: str) -> bool:
    """Whether the file holds this already, and only its owner can read it."""
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            return stream.read() == text and os.fstat(stream.fileno()).st_mode & 0o777 == OWN_FILE
    except FileNotFoundError:
        return False
    except OSError as exc:
        raise InvalidInput(f"{path} cannot be read: {exc.strerror}") from None
    except ValueError:  # no text
        return False


@contextmanager
def new_file(path: str) -> Iterator[TextIO]:
    """A file of mode 0600 that takes its place when all is written."""
    path = os.path.realpath(path)
    try:
        handle, name = tempfile.mkstemp(dir=os.path.dirname(path))
    except OSError as exc:
        raise InvalidInput(f"{path} cannot be written: {exc.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
