"""Which sockets of this machine wait for connections, as Linux lists them; no program's own word is taken for it."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

_TABLES = (("/proc/net/tcp", socket.AF_INET), ("/proc/net/tcp6", socket.AF_INET6))
_LISTENING = "0A"


def listeners(pid: int | None = None) -> list[tuple[str, int]]:
    """Address and port of every listening TCP socket, or of those that the process `pid` holds; skips the test elsewhere than on Linux."""
    held = None if pid is None else _sockets_of(pid)
    found = []
    for table, family in _TABLES:
        if not Path(table).exists():
            pytest.skip("this machine has no /proc/net to look listening sockets up in")
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTENING and (held is None or fields[9] in held):
                address, port = fields[1].split(":")
                words = [bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8)]
                found.append((socket.inet_ntop(family, b"".join(words)), int(port, 16)))
    return found


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches the address."""
    return address.removeprefix("::ffff:").startswith("127.") or address == "::1"


def _sockets_of(pid: int) -> set[str]:
    links = (str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink())
    return {match[1] for link in links if (match := re.fullmatch(r"socket:\[(\d+)\]", link))}
