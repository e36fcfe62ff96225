# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A directory with one small file per login, which outlives whatever happens to the run: for the stores of this collection.

No name leads out of the directory, what is written is complete or absent, and nothing is overwritten unseen.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import itertools
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .secret_policy import SecretError

SECRETS, RECORDS = ".vault", ".handed_over.json"  # endings
_LOGIN = re.compile(r"[a-z0-9_](?:[a-z0-9._@+' -]{0,98}[a-z0-9_@+'-])?")
_STALE = 3600.0  # seconds after which a temporary file cannot belong to a run that still writes
_WAIT = 60.0  # seconds to wait for another run that writes

#: Of ansible-runner, on which AWX builds: where it lays the artifacts of a job; and of AWX itself: the directory of the job.
ARTIFACTS, PRIVATE = "AWX_ISOLATED_DATA_DIR", "AWX_PRIVATE_DATA_DIR"
_CONTAINER = "/runner"  # where ansible-runner mounts the directory of the job in an execution environment


def file_names(logins: Iterable[object]) -> dict[str, str]:
    """By login the stem of its file. The systems do not tell Zoe from zoe, and neither does this.

    Raises:
        SecretError: for logins that make no safe name, and for two that would share one, all at once.
    """
    found: dict[str, str] = {}
    taken: dict[str, str] = {}
    errors = []
    for login in logins:
        stem = login.lower() if isinstance(login, str) else ""
        if not isinstance(login, str) or not _LOGIN.fullmatch(stem):
            errors.append(f"{str(login)[:80]!r} is no login that a file can be named after")
        elif taken.setdefault(stem, login) != login:
            errors.append(f"{taken[stem]} and {login} are the same login")
        else:
            found[login] = stem
    if errors:
        more = [f"and {len(errors) - 20} more"] if len(errors) > 20 else []
        raise SecretError("; ".join([*errors[:20], *more]) + ". A login has letters without accents, digits and . _ - @ + ' only")
    return found


class Directory:
    """A directory of files, each readable by their owner only. Those of a login are called like it, with an ending.

    Args:
        path: the directory. It need not exist; the one that it is in must.
        environment: of the process, which says whether it belongs to a job of AWX or ansible-runner.

    Raises:
        SecretError: when the directory would be discarded, or cannot be used.
    """

    def __init__(self, path: str, environment: Mapping[str, str]) -> None:
        if not path:
            raise SecretError("path is needed: the directory of the secrets")
        self.path = Path(os.path.realpath(os.path.expanduser(path)))
        self.warnings: list[str] = []
        if reason := discarded(self.path, environment):
            raise SecretError(reason)
        try:
            found = self.path.stat()
        except FileNotFoundError:
            if not self.path.parent.is_dir():
                raise SecretError(f"{self.path.parent} does not exist: create it, or mount the volume that it should be on") from None
        except OSError as error:
            raise SecretError(f"{self.path} cannot be used: {error.strerror}") from None
        else:
            if not stat.S_ISDIR(found.st_mode):
                raise SecretError(f"{self.path} is no directory")
            self._judge(self.path, found.st_mode, "700")

    def read(self, name: str) -> bytes | None:
        """What a file holds; None: there is none."""
        path = self.path / name
        try:
            # No link is followed, and nothing waits for a pipe.
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SecretError(f"{path} cannot be read: {error.strerror}") from None
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise SecretError(f"{path} is no file")
            self._judge(path, found.st_mode, "600")
            with os.fdopen(handle, "rb", closefd=False) as stream:
                return stream.read()
        except OSError as error:
            raise SecretError(f"{path} cannot be read: {error.strerror}") from None
        finally:
            os.close(handle)

    def names(self, ending: str) -> list[str]:
        """The stems of the files with this ending, sorted."""
        try:
            found = os.listdir(self.path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SecretError(f"{self.path} cannot be read: {error.strerror}") from None
        return sorted(name[: -len(ending)] for name in found if name.endswith(ending) and _LOGIN.fullmatch(name[: -len(ending)]))

    def ends(self, ending: str) -> list[str]:
        """The stems of the newest and of the oldest file with this ending."""
        ages = []
        for stem in self.names(ending):
            with contextlib.suppress(OSError):
                ages.append(((self.path / f"{stem}{ending}").lstat().st_mtime_ns, stem))
        return list(dict.fromkeys(choose(ages)[1] for choose in (max, min))) if ages else []

    def check(self) -> None:
        """
        Raises:
            SecretError: when it could not be written to, as far as can be seen.
        """
        where = self.path if self.path.exists() else self.path.parent
        if not os.access(where, os.W_OK | os.X_OK):
            raise SecretError(f"{where} cannot be written to")

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other runs from writing here meanwhile. The directory is made when there is none."""
        try:
            self.path.mkdir(mode=0o700)
        except FileExistsError:
            pass
        except OSError as error:
            raise SecretError(f"{self.path} cannot be made: {error.strerror}") from None
        try:
            handle = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise SecretError(f"{self.path} cannot be written to: {error.strerror}") from None
        try:
            self._lock(handle)
            self._sweep()
            yield
        finally:
            os.close(handle)

    def create(self, name: str, content: bytes) -> bool:
        """Write a new file; False: there is one already, and it stays as it is."""
        return self._put(name, content, anew=True)

    def replace(self, name: str, content: bytes) -> None:
        """Write a file in the place of the one that is there. To be done within ``writing``, with all that the old one held."""
        self._put(name, content, anew=False)

    def set_aside(self, names: Iterable[str]) -> None:
        """Give files names that no login has, in this order, and overwrite none. To be done within ``writing``.

        A run that was killed meanwhile is gone on with.
        """
        names = [name for name in names if os.path.lexists(self.path / name)]
        number = next(number for number in itertools.count(1) if all(self._takes(name, number) for name in names))
        try:
            for name in names:
                path, target = self.path / name, self._former(name, number)
                if not os.path.lexists(target) and not self._place(path, target):
                    raise SecretError(f"{path} was set aside by another run just now: run it again")
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
            self._settle()
        except OSError as error:
            raise SecretError(f"{self.path}: {' and '.join(names)} cannot be renamed: {error.strerror}") from None

    def _former(self, name: str, number: int) -> Path:
        return self.path / f"{name}.former-{number}"

    def _takes(self, name: str, number: int) -> bool:
        """Whether a file can have this former name, or has it already."""
        target = self._former(name, number)
        return not os.path.lexists(target) or os.path.samestat(target.lstat(), (self.path / name).lstat())

    def _put(self, name: str, content: bytes, anew: bool) -> bool:
        path = self.path / name
        temporary = self.path / f".{name}.{os.getpid()}.{time.time_ns()}.tmp"
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            try:
                with os.fdopen(handle, "wb") as stream:
                    os.fchmod(stream.fileno(), 0o600)
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                if anew:
                    return self._place(temporary, path)
                os.rename(temporary, path)
                return True
            finally:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(temporary)
                self._settle()
        except OSError as error:
            raise SecretError(f"{path} cannot be written: {error.strerror}") from None

    def _place(self, temporary: Path, path: Path) -> bool:
        """Give a complete file its name, unless the name is taken."""
        try:
            os.link(temporary, path)  # unlike a rename it never overwrites, not even what another host wrote just now
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
                raise
            if os.path.lexists(path):
                return False
            os.rename(temporary, path)  # a file system without hard links: the lock alone has to do
        return True

    def _settle(self) -> None:
        """Make the names in the directory last, where the file system can."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)

    def _lock(self, handle: int) -> None:
        until = time.monotonic() + _WAIT
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise SecretError(f"another run has been writing to {self.path} for {_WAIT:.0f} seconds: wait for its end") from None
                time.sleep(0.05)
            except OSError:
                return None  # a file system without locks: creation does not overwrite all the same

    def _sweep(self) -> None:
        """Remove what a run that was killed left half done; nobody was given what is in it."""
        for entry in os.scandir(self.path):
            if entry.name.startswith(".") and entry.name.endswith(".tmp"):
                with contextlib.suppress(FileNotFoundError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                        os.unlink(entry.path)

    def _judge(self, path: Path, mode: int, wanted: str) -> None:
        if mode & 0o007:
            raise SecretError(f"{path} is open to everybody on this machine (mode {stat.S_IMODE(mode):04o}): chmod {wanted} {path}")
        if mode & 0o070:
            warning = f"{path} is open to its group (mode {stat.S_IMODE(mode):04o}): chmod {wanted} {path}"
            if len(self.warnings) < 5:
                self.warnings.append(warning)


def discarded(path: Path, environment: Mapping[str, str]) -> str:
    """Why what is written there is lost when the job ends; empty: it is not, as far as can be seen.

    ansible-runner names the artifacts of each run, ``<private data directory>/artifacts/<name of the run>``, in the environment. In
    an execution environment (a container) the private data directory is mounted as /runner. AWX names it too, as it is called outside.
    """
    artifacts = environment.get(ARTIFACTS, "")
    if not artifacts and not environment.get(PRIVATE):
        return ""
    roots = [environment.get(PRIVATE, "")]
    if artifacts:
        above = os.path.dirname(artifacts.rstrip("/"))
        # Where the artifacts are kept elsewhere, what can be told is that the run works in <private data directory>/project.
        roots += [os.path.dirname(above) if os.path.basename(above) == "artifacts" else above, _project()]
        roots += [_CONTAINER] if os.path.isdir(_CONTAINER) or artifacts.startswith(_CONTAINER + "/") else []
    for root in filter(None, roots):
        root = os.path.realpath(root)
        if root != "/" and path.is_relative_to(root):
            return (
                f"{path} is below {root}, the private data directory of this job, which is discarded when the job ends: the secrets would "
                "be lost. Give a directory outside of it that lasts, such as a mounted volume"
            )
    if artifacts.startswith(_CONTAINER + "/") and _of_the_container(path):
        return (
            f"{path} is in the container of this job, which is discarded when the job ends: the secrets would be lost. "
            "Give a directory on a volume that is mounted into the container"
        )
    return ""


def _project() -> str:
    here = os.getcwd()
    return os.path.dirname(here) if os.path.basename(here) == "project" else ""


def _of_the_container(path: Path) -> bool:
    """Whether nothing is mounted on the way to the path."""
    while not os.path.isdir(path) and path != path.parent:
        path = path.parent
    return os.stat(path).st_dev == os.stat("/").st_dev
