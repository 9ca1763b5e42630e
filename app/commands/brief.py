"""`brief`: a question as something that can be put before a leader, as a page, slides, a picture or a workbook."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from app.briefings.files import SUFFIXES, check_target, write
from app.briefings.question import STANDARD_AWARD, Export, Question
from app.briefings.wording import printed
from app.printing import as_of_option, opened_store, parse_yuan
from graph.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])


def _out_option(command: F) -> F:
    """`--out FILE`."""
    help_text = f"存到哪里;形式随后缀:{'、'.join(SUFFIXES)}。"
    option = click.option(
        "--out", required=True, type=click.Path(path_type=Path), callback=_target, help=help_text
    )
    return option(command)


def _target(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    check_target(value)
    return value


def _city_option(command: F) -> F:
    """`--city NAME`."""
    return click.option("--city", help="图谱中有几座城市时,看哪一座。")(command)


class _Kinds(click.Group):
    """Kinds by name; an unknown one is answered with the nearest."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.commands, n=1)
            hint = f"您是不是要用 {near[0]}?" if near else f"有 {'、'.join(sorted(self.commands))}。"
            ctx.fail(f"没有“{name}”这种简报。{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Kinds)
def brief() -> None:
    """简报:一句结论、至多五个数、一张图、一张表、每个数的出处,和本页不知道的;存成 pdf、pptx、html、png、xlsx 或 md。

    \b
    例: policygraph brief compare 算力租用 --out 算力.pdf
        policygraph brief profile 丰台区 --out 丰台.pptx
        policygraph brief chain 首台 --award 500万 --out 首台套.html
        policygraph brief conflicts 石景山区 --out 冲突.png
        policygraph brief changes 2026-01-01 2028-01-01 --out 变化.xlsx
    """


@brief.command()
@click.argument("topic")
@_city_option
@as_of_option
@_out_option
def compare(topic: str, city: str | None, as_of: str, out: Path) -> None:
    """各区对一个事项给多少。

    \b
    例: policygraph brief compare 算力租用与算力券 --out 算力.pdf
    """
    _brief(Question("compare", topic, city=city), as_of, out)


@brief.command()
@click.argument("district")
@as_of_option
@_out_option
def profile(district: str, as_of: str, out: Path) -> None:
    """一个区支持什么、与同城各区相比缺什么、一年内什么到期、有什么冲突。

    \b
    例: policygraph brief profile 丰台区 --out 丰台.pptx
    """
    _brief(Question("profile", district), as_of, out)


@brief.command()
@click.argument("topic")
@click.option("--award", callback=parse_yuan, metavar="元", help="市级(省级)奖励金额,不给则按 500 万元。")
@click.option("--national-award", callback=parse_yuan, metavar="元", help="国家奖励金额。")
@click.option("--cost", callback=parse_yuan, metavar="元", help="本单位支出,如算力费用。")
@_city_option
@as_of_option
@_out_option
def chain(
    *,
    topic: str,
    award: float | None,
    national_award: float | None,
    cost: float | None,
    city: str | None,
    as_of: str,
    out: Path,
) -> None:
    """同一笔上级奖励或支出,各区再给多少。

    \b
    例: policygraph brief chain 首台 --award 500万 --out 首台套.pdf
        policygraph brief chain 算力租用 --cost 500万 --out 算力.pptx
    """
    if award is None and national_award is None and cost is None:
        award = STANDARD_AWARD
    question = Question("chain", topic, city, award=award, national_award=national_award, cost=cost)
    _brief(question, as_of, out)


@brief.command()
@click.argument("district")
@as_of_option
@_out_option
def conflicts(district: str, as_of: str, out: Path) -> None:
    """一个区的支持,哪些不能同时领,依哪句话。

    \b
    例: policygraph brief conflicts 石景山区 --out 冲突.pdf
    """
    _brief(Question("conflicts", district), as_of, out)


@brief.command()
@click.argument("start", required=False)
@click.argument("end", default="today")
@click.option(
    "--since-build",
    "since",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="不比两个日期,而与先前的图谱比:policygraph export --format jsonl 存下的文件。",
)
@_city_option
@_out_option
def changes(start: str | None, end: str, since: Path | None, city: str | None, out: Path) -> None:
    """两个日期之间什么失效、什么施行,各区因此失去和新增哪些支持;或与先前的图谱比,政策、条款和金额有什么不同。

    \b
    例: policygraph brief changes 2026-01-01 2028-01-01 --out 变化.pdf
        policygraph export --format jsonl 一月.jsonl
        policygraph brief changes --since-build 一月.jsonl --out 变化.pdf
    """
    if (start is None) is (since is None):
        raise UsageError("请给出起始日(如 2026-01-01),或用 --since-build 给出先前的导出文件,二者取一。")
    if since is not None:
        _brief(Question("changes", since.name, city, since=_read(since)), end, out)
    else:
        _brief(Question("changes", start or "", city), end, out)


def _read(path: Path) -> Export:
    """The file. Raises: UsageError where it cannot be read."""
    if not path.exists():
        raise UsageError(f"没有文件 {path}:请给出 policygraph export --format jsonl 存下的文件。")
    try:
        return Export(path.name, path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"读不了 {path}({error.strerror}):请给出 policygraph export --format jsonl 存下的文件。"
        ) from error


def _brief(question: Question, as_of: str, out: Path) -> None:
    from app.briefings.kinds import answer

    with opened_store() as store:
        briefing = answer(store, question, as_of)
    write(briefing, out)
    click.echo(f"已写入 {out}:{printed(briefing.headline)}")
