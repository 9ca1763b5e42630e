"""Says in one Chinese sentence what is wrong with a command line, and where its usage stands. click's own sentences are English."""

from __future__ import annotations

from typing import Any

import click


def told(error: click.UsageError) -> str:
    """What is wrong and the way out: "没有 --topc 这个选项:您是不是要用 --topic?"."""
    return f"{_wrong(error)}用法见 {_command(error)} --help。"


def _command(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx is not None else "policygraph"


def _wrong(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"您是不是要用 {error.possibilities[0]}?" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项。{near}"
        case click.MissingParameter() if error.param is not None:
            return f"缺少{_name(error.param)}。"
        case click.BadParameter() if error.param is not None:
            return f"{_name(error.param)} 不对:{_wanted(error.param.type, error.message)}。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少值。"
        case _ if error.message.startswith("Got unexpected extra argument"):
            extra = error.message.partition("(")[2].removesuffix(")")
            return f"多出了参数:{extra}。"
        case _:
            return error.message


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return f"选项 {max(parameter.opts, key=len)}"
    return f"参数 {parameter.human_readable_name.upper()}"


def _wanted(kind: click.ParamType[Any], said: str) -> str:
    """What a value of that type has to be; of a type that no command of ours has, what click says."""
    match kind:
        case click.Choice():
            return f"只能是 {'、'.join(map(str, kind.choices))}"
        case click.IntRange() if kind.max is None:
            return f"须是不小于 {kind.min} 的整数"
        case click.IntRange():
            return f"须是 {kind.min} 到 {kind.max} 的整数"
        case click.types.IntParamType():
            return "须是整数"
        case click.types.FloatParamType():
            return "须是数"
        case click.Path():
            return "须是文件名,不能是文件夹"
        case _:
            return said.removesuffix(".")
