"""The command line's entry: finds the command that was typed, and turns errors into one sentence and an exit code."""

from __future__ import annotations

import difflib
import importlib
import sys
from typing import Any

import click

from app.misuse import told
from graph.errors import PolicyGraphError, UsageError

# Each command and the module under app.commands that holds it under the same name (a hyphen is an underscore there).
# Modules are imported when their command is called: `policygraph --help` loads no dictionary and no driver.
_COMMANDS = {
    "extract": "extract",
    "check": "check",
    "build": "build",
    "add": "build",
    "replace": "build",
    "remove": "build",
    "status": "status",
    "export": "status",
    "down": "build",
    "explore": "explore",
    "query": "query",
    "search": "query",
    "cypher": "query",
    "chains": "levels",
    "conflicts": "rules",
    "bundle": "rules",
    "compare": "districts",
    "gaps": "districts",
    "honor": "support",
    "agency": "support",
    "largest": "support",
    "brief": "brief",
    "asof": "policies",
    "lineage": "policies",
}


class _Commands(click.Group):
    """Commands by name, imported late; an unknown one is answered with the nearest name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"app.commands.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            near = difflib.get_close_matches(name, _COMMANDS, n=1)
            hint = f"您是不是要用 {near[0]}?" if near else ""
            ctx.fail(f"没有“{name}”这个命令。{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="policygraph", message="%(prog)s %(version)s")
def cli() -> None:
    """产业支持政策知识图谱:哪些区支持同一件事,哪些配套市级资金,哪些不能同时领,哪里还是空白。"""


def main() -> None:
    """Runs the command line. Ends with 0, 1 (something was found, or failed) or 2 (misuse)."""
    try:
        sys.exit(cli.main(prog_name="policygraph", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(UsageError.exit_code)
    except click.UsageError as error:
        click.echo(f"policygraph: {told(error)}", err=True)
        sys.exit(UsageError.exit_code)
    except click.Abort:
        click.echo("policygraph: 已中止。", err=True)
        sys.exit(1)
    except PolicyGraphError as error:
        click.echo(f"policygraph: {error.message}", err=True)
        sys.exit(error.exit_code)
