"""The manifest: what a build was made from and left out, the same whatever the order of documents."""

from __future__ import annotations

import json
from pathlib import Path

from data import LEXICONS
from loaders.assemble import assemble
from loaders.manifest import build_manifest
from loaders.types import Dropped, Span
from tests.loaders.records import clause, policy, unread


def test_a_manifest_says_what_went_in_and_what_was_left_out(tmp_path: Path) -> None:
    text = "依《大数据条例》。另付5万元。"
    cites = ({"title": "大数据条例", "quote": "大数据条例", "role": "mention"},)
    record = policy("甲", "朝阳区", clause("第一条", text), cites=cites)
    record.unread.append(unread(record.text, "5万元"))
    dropped = {"甲.txt": [Dropped("导航", Span(0, 4), "首页>政"), Dropped("导航", Span(9, 11), "返回")]}
    manifest = build_manifest([record], assemble([record]).report, dropped=dropped, corrections=tmp_path)
    assert manifest["sources"] == {"甲.txt": record.sha256}
    assert set(manifest["lexicons"]) == {path.name for path in LEXICONS.glob("*.yaml")}  # type: ignore[call-overload]
    assert manifest["unread"] == [
        {"document": "甲.txt", "policy": "甲", "cite": ["第一条"], "quote": "5万元", "reason": "未知用途"}
    ]
    assert manifest["dropped"] == {"甲.txt": {"导航": {"pieces": 2, "characters": 6}}}
    assert manifest["without_division"] == ["甲.txt:《甲》"]


def test_a_manifest_is_json_and_knows_no_order() -> None:
    made = [policy(title, "海淀区", clause("第一条", "支持人才。")) for title in ("甲", "乙", "丙")]
    manifests = [
        json.dumps(build_manifest(records, assemble(records).report), sort_keys=True)
        for records in (made, made[::-1])
    ]
    assert manifests[0] == manifests[1]
