"""What a free query may not hold: words that write, and what a server lets a reader do though it is no reading of the graph.

The server's own read access refuses writes too (graph.store). What it does not refuse was tried on Neo4j 5.26: LOAD CSV read
/etc/passwd and would have asked any address for a page, TERMINATE ended transactions of others, and APOC's procedures load
files where they are installed.
"""

from __future__ import annotations

import re

from graph.errors import QueryError

PROCEDURES = frozenset(
    {
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
    }
)
"""The procedures that a free query may call, in small letters: they read the graph and its schema."""

_SHOWN = frozenset({"index", "indexes", "constraint", "constraints", "procedures", "functions"})

# Comments, texts, and names in backticks: what stands in them is no word of the query. One that is not closed runs on.
_SET_APART = re.compile(
    r"/\*.*?(?:\*/|\Z)|//[^\n\r]*|'(?:\\.|[^'\\])*(?:'|\Z)|\"(?:\\.|[^\"\\])*(?:\"|\Z)|`(?:``|[^`])*(?:`|\Z)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")

# A property (n.set), a parameter ($set), a label or type (:Set) and a key of a map ({set: 1}) may have any name.
_WRITES = re.compile(
    r"(?<![\w.$:])(?<![.$:] )(?:create|merge|set|delete|detach|nodetach|remove|drop|foreach|insert|alter|grant|deny|revoke|rename"
    r"|terminate)(?!\w)(?!\s*:)",
    re.IGNORECASE,
)
_LOADS = re.compile(r"(?<!\w)load\s+csv(?!\w)", re.IGNORECASE)
_CALLS = re.compile(r"(?<![\w.$:])call(?!\w)\s*([^\s({]*)", re.IGNORECASE)
_SHOWS = re.compile(
    r"(?<![\w.$:])show\s+(?:(?:all|range|text|fulltext|point|lookup|vector|unique)\s+)*(\w+)", re.IGNORECASE
)


def check_free_query(query: str) -> None:
    """Raises: QueryError for a query that writes, reads files or the network, or calls what is not on the list.

    Both readings of a query are looked at: \\u004c is an L to Neo4j wherever it stands, to others in texts alone.
    """
    for reading in {query, _ESCAPE.sub(lambda match: chr(int(match[1], 16)), query)}:
        _check(_SET_APART.sub(_stand_in, reading))


def _stand_in(match: re.Match[str]) -> str:
    """A blank for a comment, a quotation mark for a text or a name."""
    return " " if match[0].startswith(("/*", "//")) else match[0][0]


def _check(words: str) -> None:
    if _LOADS.search(words):
        raise QueryError("这里只能读取图谱:LOAD CSV 会让服务器去读文件或网络,请先导出图谱,再在别处合并")
    if found := _WRITES.search(words):
        raise QueryError(
            f"这里只能读取图谱,不能用 {found[0].upper()}:名字里有这个词时,请加反引号,如 `{found[0]}`"
        )
    for call in _CALLS.finditer(words):
        if call[1] and call[1].lower() not in PROCEDURES:
            raise QueryError(
                f"这里只能读取图谱,不能调用 {call[1]}:可以调用的有 {'、'.join(sorted(PROCEDURES))}"
            )
    for shown in _SHOWS.finditer(words):
        if shown[1].lower() not in _SHOWN:
            raise QueryError(
                f"这里只能读取图谱,不能用 SHOW {shown[1].upper()}:可以用 SHOW INDEXES 和 SHOW CONSTRAINTS"
            )
