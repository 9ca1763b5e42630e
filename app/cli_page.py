"""The commands' own help as a page: docs/cli.md (app.reference_pages writes it)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.cli import cli

WIDTH = 100

HEAD = """\
# 命令 · Commands

Generated from the commands' own help by `python -m app.reference_pages`. Every command answers `--help`; a table is printed for people,
`--format json` (or `csv`, `md`) for programs. Exit codes: 0 done, 1 something was found or failed, 2 misuse.
"""


def render() -> str:
    """The page as Markdown: the program's help, then a section for every command, in the order of `policygraph --help`."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    root = _context(cli, "policygraph")
    yield f"```text\n{cli.get_help(root)}\n```\n"
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        assert command is not None
        yield from _sections(command, root, name)


def _sections(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = _context(command, name, parent)
    yield f"## {context.command_path.removeprefix('policygraph ')}\n"
    yield f"```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _sections(found, context, inner)


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    # settings (-h beside --help) are the program's, and pass from parent to child
    settings = command.context_settings if parent is None else {}
    return click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, **settings)
