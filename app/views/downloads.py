"""下载: the whole graph in every form, and the records that it was made from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from app.layout import aside, code, heading, line, notice, say_finding
from app.session import ask, fingerprint, open_store
from app.texts import say
from graph.bookkeeping import count_records, read_records
from graph.builds import stored_manifest
from graph.export import FORMATS, export_store
from graph.store import Store

LARGE = 1_000_000
"""Nodes and edges from which a file is no longer made for the browser: two million took CSV 4 minutes and 0.5 GB."""

_WIDTHS = (3, 8, 1)

_SUFFIXES = {"csv": "zip"}
"""The form's file where it is not named like the form: a folder of files goes out as one archive."""


def show() -> None:
    """The page: a line and a button for each form, of a large graph the command; a file is made when it is asked for."""
    policies, nodes, edges = ask(_counts)
    say_finding(say("downloads.finding", policies=f"{policies:,}", nodes=f"{nodes:,}", edges=f"{edges:,}"))
    aside(say("downloads.note"))
    is_large = nodes + edges > LARGE
    if is_large:
        notice(say("downloads.large"))
    heading(say("downloads.graph"))
    for name, form in FORMATS.items():
        out = "policygraph" if form.is_folder else f"policygraph.{name}"
        if is_large:
            _tell(out, say(f"downloads.{name}"), f"policygraph export --format {name} {out}")
        else:
            file_name = f"policygraph.{_SUFFIXES.get(name, name)}"
            _offer(file_name, say(f"downloads.{name}"), partial(_export, name))
    heading(say("downloads.records"))
    if is_large:
        command = f"policygraph extract {say('downloads.sources')} --out records.jsonl"
        _tell("records.jsonl", say("downloads.record"), command)
    else:
        _offer("records.jsonl", say("downloads.record"), _records)


def _offer(file_name: str, words: str, make: Callable[[], bytes]) -> None:
    """A line of the list: the file, what it is for, and the button."""
    with st.container(key=f"offer_{file_name.replace('.', '_')}"):
        name, purpose, button = st.columns(_WIDTHS, vertical_alignment="center")
        with name:
            line(file_name)
        with purpose:
            line(words)
        button.download_button(
            say("downloads.get"), make, file_name, key=f"save_{file_name}", on_click="ignore"
        )


def _tell(file_name: str, words: str, command: str) -> None:
    """The same where a browser would wait too long: the command that writes the file."""
    with st.container(key=f"offer_{file_name.replace('.', '_')}"):
        name, purpose = st.columns((_WIDTHS[0], sum(_WIDTHS[1:])), vertical_alignment="center")
        with name:
            line(file_name)
        with purpose:
            line(words)
            code(command)


def _counts(store: Store) -> tuple[int, int, int]:
    """Loaded policies, nodes and edges, as the build noted them: counting them all again takes a minute for a country."""
    manifest = stored_manifest(store)
    reprints = sum(len(reprint["others"]) for reprint in manifest["reprints"])
    return (
        count_records(store.run) - reprints,
        sum(manifest["nodes"].values()),
        sum(manifest["edges"].values()),
    )


def _export(name: str) -> bytes:
    return _kept_export(fingerprint(), name)


@st.cache_data(max_entries=len(FORMATS), show_spinner=False)
def _kept_export(fingerprint: str, name: str) -> bytes:  # noqa: ARG001  what the file is kept under
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"policygraph.{name}"
        export_store(open_store(), name, out)
        if FORMATS[name].is_folder:
            out = Path(shutil.make_archive(str(out), "zip", out))
        return out.read_bytes()


def _records() -> bytes:
    return b"".join(record.body + b"\n" for record in read_records(open_store().run))
