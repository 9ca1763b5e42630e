"""Locks that a process holds on a file and that the system lets go of when the process ends, however it ends.

So a lock is never stale. What is guarded is the caller's.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.data_folder import disk_errors
from graph.errors import BusyError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        del shared  # Windows has exclusive locks only
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def exclusive(path: Path, sentence: str, *, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock on `path`. Raises: BusyError with `sentence` where another process still holds it after the wait."""
    with disk_errors(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + wait_seconds
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise BusyError(sentence)
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock on `path`.

    Asking takes a shared lock for an instant, so that whoever wants the lock itself must wait a little.
    """
    if not path.exists():
        return False
    descriptor = os.open(path, os.O_RDWR)
    try:
        return not _try_lock(descriptor, shared=True)
    finally:
        os.close(descriptor)
