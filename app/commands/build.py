"""`build`, `add`, `remove`, `replace`, `down`: documents into the graph and out of it, and the embedded server's end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.building import Outcome, Steps
from app.building import add as add_documents
from app.building import build as build_graph
from app.building import remove as remove_documents
from app.building import replace as replace_documents
from app.console import steps_shown
from app.sources import jobs_option, paths_argument
from data import CORPUS
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@click.command()
@_PATHS
@jobs_option
def build(paths: tuple[Path, ...], jobs: int) -> None:
    """读取文件或文件夹,建成图谱,代替已有的图谱;不给路径则用自带的 24 件政策。建成之前,读者看到的仍是旧图谱。

    \b
    例: policygraph build
        policygraph build data/corpus 我的政策/
    """
    _run(lambda store, steps: build_graph(store, paths or (CORPUS,), jobs=jobs, steps=steps))


@click.command()
@paths_argument
def add(paths: tuple[Path, ...]) -> None:
    """把文件加入已有的图谱。

    \b
    例: policygraph add 新政策.docx
    """
    _run(lambda store, steps: add_documents(store, paths, steps))


@click.command()
@paths_argument
def replace(paths: tuple[Path, ...]) -> None:
    """用新文本换下图谱中同名的文件。

    \b
    例: policygraph replace 修订后/004_0947792a09b2b2ef.txt
    """
    _run(lambda store, steps: replace_documents(store, paths, steps))


@click.command()
@click.argument("names", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """把文件从图谱中移除;其他文件也说到的事实留下。

    \b
    例: policygraph remove 004_0947792a09b2b2ef.txt
    """
    _run(lambda store, steps: remove_documents(store, names, steps))


@click.command()
def down() -> None:
    """结束自带的图数据库服务;图谱留在数据文件夹中,下次用到时自动启动。"""
    settings = read_settings()
    from graph.data_folder import DataFolder

    click.echo("服务已结束。" if stop_server(DataFolder(settings.home)) else "服务没有在运行。")


def _run(work: Callable[[Store, Steps], Outcome]) -> None:
    with Store.connect(read_settings()) as store, _shown_steps() as steps:
        outcome = work(store, steps)
    for refusal in outcome.refusals:
        click.echo(f"policygraph: {refusal}", err=True)
    result = outcome.result
    change = "图谱已建成" if result.changed else "图谱没有变化"
    click.echo(f"{change}:{outcome.policies} 件政策,{result.nodes} 个节点,{result.edges} 条关系。")
    sys.exit(1 if outcome.refusals else 0)


@contextmanager
def _shown_steps() -> Iterator[Steps]:
    with steps_shown() as (begin, advance):
        yield Steps(begin, advance)
