"""`status` and `export`: what is loaded and what is not, what corrections did, and the graph as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from app.console import is_terminal, show_table
from graph.builds import build_state, stored_manifest
from graph.errors import NoGraphError
from graph.settings import read_settings
from graph.store import Store
from queries.parameters import run_query
from queries.reader import Row


@click.command()
@click.option(
    "--as-of", "as_of", default="today", show_default=True, help="按这一天判断是否有效,如 2028-01-01。"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default=None,
    help="不给则终端上为表格,否则为 json。",
)
def status(as_of: str, form: str | None) -> None:
    """已收录什么:每个地区的政策、条款、年份、产业,哪些地区还没有收录,人工更正的效果,存放在哪里。

    \b
    例: policygraph status
    """
    settings = read_settings()
    with Store.connect(settings) as store:
        state = build_state(store)
        if state.state == "none":
            raise NoGraphError("图谱还是空的:请先运行 policygraph build")
        manifest = stored_manifest(store)
        coverage = run_query(store, "coverage", {"as_of": as_of}).rows
        policies = run_query(store, "policies_as_of", {"as_of": as_of}).rows
        industries = run_query(store, "district_industries", {"as_of": as_of}).rows
    report = {
        "where": settings.uri or str(settings.home),
        "state": state.state,
        "manifest": manifest,
        "districts": [_place(row, policies, industries) for row in coverage],
    }
    if form == "json" or (form is None and not is_terminal()):
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _show(report)


def _place(row: Row, policies: list[Row], industries: list[Row]) -> dict[str, Any]:
    own = [policy for policy in policies if policy["district"] == row["district"]]
    dates = [date for policy in own for date in (policy["effective_from"], policy["issued_on"]) if date]
    return {
        "district": row["district"],
        "policies": row["policies"],
        "live": row["live"],
        "clauses": row["clauses"],
        "benefits": row["benefits"],
        "unread": row["unread"],
        "years": sorted({date[:4] for date in dates}),
        "expires": sorted({policy["effective_to"][:4] for policy in own if policy["effective_to"]}),
        "industries": [
            name
            for line in industries
            if line["district_code"] == row["district_code"]
            for name in (*line["supported"], *line["expired"], *line["pending"])
        ],
    }


def _show(report: dict[str, Any]) -> None:
    loaded = [place for place in report["districts"] if place["policies"]]
    empty = [place["district"] for place in report["districts"] if not place["policies"]]
    columns = ["地区", "政策", "有效", "条款", "支持标准", "未读", "印发或施行", "到期", "产业"]
    rows = [
        [
            place["district"], place["policies"], place["live"], place["clauses"], place["benefits"], place["unread"],
            "、".join(place["years"]), "、".join(place["expires"]), "、".join(place["industries"]),
        ]
        for place in loaded
    ]  # fmt: skip
    show_table(f"图谱在 {report['where']}", columns, rows, right=columns[1:6])
    click.echo(f"没有收录任何文件:{'、'.join(empty) or '无'}")
    corrections = report["manifest"].get("corrections", [])
    if corrections:
        rows = [[entry["id"], entry["status"], entry["times"], entry["why"]] for entry in corrections]
        show_table("人工更正", ["编号", "效果", "处数", "理由"], rows, right=["处数"])
    if report["state"] == "under_construction":
        click.echo("图谱正在重建,现在看到的可能不完整。")


@click.command()
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(["graphml", "gexf", "csv", "jsonl", "jsonld", "cypher", "xlsx"]),
)
@click.argument("out", type=click.Path(path_type=Path))
def export(form: str, out: Path) -> None:
    """把整个图谱存成文件;csv 存成一个文件夹,neo4j-admin database import full 可直接读取。

    \b
    例: policygraph export --format jsonl graph.jsonl
        policygraph export --format csv import/
    """
    from graph.export import export_store

    with Store.connect(read_settings()) as store:
        export_store(store, form, out)
    click.echo(f"已写入 {out}")
