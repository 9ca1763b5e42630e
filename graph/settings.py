"""Where the graph is kept and how to reach it: arguments, then the environment, then .env, then these defaults.

Nothing is opened here: graph.data_folder makes the folder, graph.store connects. Secrets come from the environment only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import dotenv
import platformdirs

from graph.errors import UsageError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

LARGEST_HEAP_GB = 31


@dataclass(frozen=True, slots=True)
class Settings:
    """`uri` is None for the embedded server, whose files live under `home`; else the address of a Neo4j.

    `database` is None for the server's default one. `server_memory` is the embedded engine's largest heap ("2g", "512m"),
    `idle_minutes` how long it stays up unused.
    """

    home: Path
    uri: str | None = None
    username: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    server_memory: str = "2g"
    idle_minutes: float = 30

    @property
    def is_embedded(self) -> bool:
        """Whether the graph is kept on the embedded server."""
        return self.uri is None


def read_settings(
    *,
    home: Path | None = None,
    uri: str | None = None,
    username: str | None = None,
    database: str | None = None,
    environ: Mapping[str, str] | None = None,
    dotenv_path: Path = Path(".env"),
) -> Settings:
    """The settings in force; an empty value counts as none. Raises: UsageError that names what cannot be meant so."""
    values = {key: value for key, value in dotenv.dotenv_values(dotenv_path).items() if value}
    values |= {key: value for key, value in (os.environ if environ is None else environ).items() if value}
    chosen_home = home or values.get("POLICYGRAPH_HOME") or platformdirs.user_data_path("policygraph")
    return Settings(
        home=Path(chosen_home).expanduser().absolute(),
        uri=_checked_uri(uri or values.get("NEO4J_URI")),
        username=username or values.get("NEO4J_USERNAME") or "neo4j",
        password=values.get("NEO4J_PASSWORD"),
        database=database or values.get("NEO4J_DATABASE"),
        server_memory=_memory(values.get("POLICYGRAPH_SERVER_MEMORY")),
        idle_minutes=_minutes(values.get("POLICYGRAPH_IDLE_MINUTES")),
    )


def _checked_uri(uri: str | None) -> str | None:
    if uri is not None and uri.partition("://")[0] not in SCHEMES:
        raise UsageError(f"NEO4J_URI 是 {uri!r}:须以 {'、'.join(SCHEMES)} 之一开头,后接 ://主机:端口")
    return uri


def _memory(text: str | None) -> str:
    # The engine's pointers reach 32 GB; with more it hangs as it starts.
    found = re.fullmatch(r"([1-9]\d{0,4})([mg])", (text or "2g").lower())
    if found is None or (found[2] == "g" and int(found[1]) > LARGEST_HEAP_GB):
        raise UsageError(
            f"POLICYGRAPH_SERVER_MEMORY 是 {text!r}:须写成 512m 或 2g 的样子,至多 {LARGEST_HEAP_GB}g"
        )
    return found[0]


def _minutes(text: str | None) -> float:
    try:
        minutes = float(text or 30)
    except ValueError:
        minutes = -1
    if not minutes > 0:
        raise UsageError(f"POLICYGRAPH_IDLE_MINUTES 是 {text!r}:须是大于 0 的分钟数")
    return minutes
