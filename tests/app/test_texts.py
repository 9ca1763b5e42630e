"""The explorer's words: every one that is asked for is there, none is idle, and all are Chinese."""

from __future__ import annotations

import re
from pathlib import Path

from app.texts import CHINESE

APP = Path(__file__).parents[2] / "app"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py") if path.name != "texts.py")

NAMES = {
    "CSV",
    "Excel",
    "PNG",
    "PPT",
    "PDF",
    "Word",
    "Markdown",
    "Cypher",
    "Neo4j",
    "NEO4J_URI",
    "JSON-LD",
    "GraphML",
    "GEXF",
}
NAMES |= {
    "yEd",
    "Gephi",
    "schema",
    "org",
    "policygraph",
    "build",
    "down",
    "check",
    "neo4j-admin",
    "Noto",
    "Sans",
    "CJK",
}
"""Names of programs, forms and commands, which have no Chinese ones."""

# Keys stand in the code as say("chains.table"), as columns(district="name"), or with a part filled in.
ASKED = set(re.findall(r'say\(\s*"([\w.+]+)"', CODE))
ASKED |= {
    f"column.{name}"
    for call in re.findall(r"(?<!st\.)\bcolumns\(([^()]*)\)", CODE)
    for name in re.findall(r"(\w+)=", call)
}
BEGUN = tuple(re.findall(r"say\(\s*f[\"']([\w.]+\.)\{", CODE))


def test_every_word_that_is_asked_for_is_there() -> None:
    assert ASKED - set(CHINESE) == set()
    assert [start for start in BEGUN if not any(key.startswith(start) for key in CHINESE)] == []


def test_no_word_is_idle() -> None:
    # words that are chosen before they are said stand as plain strings: key = "a.finding" if found else "a.none"
    named = {key for key in CHINESE if f'"{key}"' in CODE}
    assert [key for key in CHINESE if key not in ASKED | named and not key.startswith(BEGUN)] == []


def test_all_words_are_chinese() -> None:
    for key, words in CHINESE.items():
        latin = re.findall(r"[A-Za-z][\w-]*", re.sub(r"\{\w+\}", "", words))
        assert [word for word in latin if word not in NAMES] == [], key


def test_all_punctuation_is_that_of_print() -> None:
    for key, words in CHINESE.items():
        assert not re.search(r"[,;:?!()]", re.sub(r"\{\w+\}", "", words)), key


def test_no_word_is_doubled_in_the_table() -> None:
    source = (APP / "texts.py").read_text(encoding="utf-8")
    keys = re.findall(r'^    "([\w.+]+)":', source, re.MULTILINE)
    assert len(keys) == len(set(keys))
