"""Work shared out among processes, its results in the order of the items; a few items ahead of the result that is asked for."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, TypeVar

import msgspec

Item = TypeVar("Item")
Made = TypeVar("Made")

# Enough to keep the processes busy, few enough to stay small.
_AHEAD_PER_JOB = 4


class Message(msgspec.Struct, frozen=True):
    """What processes send one another, in a form that is quicker than pickling."""

    def __reduce__(self) -> tuple[Callable[[bytes, type[Any]], Any], tuple[bytes, type[Message]]]:
        return _received, (msgspec.msgpack.encode(self), type(self))


def _received(content: bytes, kind: type[Made]) -> Made:
    return msgspec.msgpack.decode(content, type=kind)


_at_hand: list[Callable[[Any], Any]] = []
"""What this process does with an item, where it is a fork; it needs no sending, for a fork has it in memory."""


def in_new_processes(work: Callable[[Item], Made], items: Iterable[Item], jobs: int) -> Iterator[Made]:
    """`work`, a function of a module, done by processes that have nothing of the caller's open."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        yield from _in_order(pool, work, items, jobs)


def in_forks(work: Callable[[Item], Made], items: Sequence[Item], jobs: int) -> Iterator[Made]:
    """`work` done by copies of this process, which have at hand all that it has in memory. `work` opens nothing and writes nothing.

    Where the system has no forks that are safe, or there is one item only, this process does it.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1 or sys.platform != "linux":
        yield from map(work, items)
        return
    context = get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_fork, initargs=(work,)) as pool:
        yield from _in_order(pool, _do, items, jobs)


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Item], Made], items: Iterable[Item], jobs: int
) -> Iterator[Made]:
    waiting: deque[Future[Made]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) >= jobs * _AHEAD_PER_JOB:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begin_fork(work: Callable[[Any], Any]) -> None:
    _at_hand[:] = [work]
    _end_with_parent()


def _do(item: Any) -> Any:
    return _at_hand[0](item)


def _end_with_parent() -> None:
    """Ends this process as soon as the one that began it is gone, killed perhaps: else it would wait for work, and hold the build's lock."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True).start()


def _wait_for_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
