"""What the embedded server asks of those who query it: to ask again where it ended, and to end it where a query runs on.

The queries themselves are graph.store's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TypeVar

from graph.data_folder import DataFolder
from graph.errors import NoGraphError, QueryTimeoutError, StoreUnavailableError
from graph.locks import is_held
from graph.server_control import stop_server

Answer = TypeVar("Answer")
Ask = Callable[[], Answer]

TOUCH_SECONDS = 10.0
"""How often use of the server is noted at most."""

PAUSES = (0.05, 0.5)
"""Seconds before asking again: a server that is being ended takes a moment to be gone."""


class EmbeddedClient:
    """`disconnect` lets go of the connections to a server that is no more; the next question opens new ones."""

    def __init__(self, folder: DataFolder, disconnect: Callable[[], None]) -> None:
        self._folder = folder
        self._disconnect = disconnect
        self._touched = 0.0

    def ask(self, ask: Ask[Answer], timeout: float | None) -> Answer:
        """The answer, within `timeout` seconds where that is given. Raises: QueryTimeoutError and what `ask` raises."""
        self._note_use()
        for pause in PAUSES:
            try:
                return self._ask_in_time(ask, timeout)
            except (StoreUnavailableError, NoGraphError):
                # The server ended, or an older graph was dropped, under the question; without any graph it is no use.
                if self._folder.read_pointer() is None:
                    raise
                self._disconnect()
                time.sleep(pause)
        return self._ask_in_time(ask, timeout)

    def _ask_in_time(self, ask: Ask[Answer], timeout: float | None) -> Answer:
        if timeout is None:
            return ask()
        worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="query")
        try:
            return worker.submit(ask).result(timeout=timeout)
        except FutureTimeoutError:
            raise QueryTimeoutError(self._end_query(timeout)) from None
        finally:
            worker.shutdown(wait=False, cancel_futures=True)

    def _end_query(self, timeout: float) -> str:
        """End the server, which is up again in a second: the engine has no other way to stop a query between two rows."""
        too_long = f"查询超过 {timeout:g} 秒"
        if is_held(self._folder.build_lock):
            return f"{too_long},仍在图数据库中运行;建图期间不中止它"
        stop_server(self._folder, force=True)
        self._disconnect()
        return f"{too_long},已结束:请缩小范围,或放宽时限"

    def _note_use(self) -> None:
        now = time.monotonic()
        if now - self._touched > TOUCH_SECONDS:
            self._touched = now
            self._folder.touch_last_used()
