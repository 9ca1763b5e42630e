"""What a policy is: level, jurisdiction, kind, draft, document number, dates, in the ways of other cities too."""

from __future__ import annotations

import re

import pytest

from loaders.divisions import division_by_code
from loaders.identity import Identity, extract_identity
from loaders.jurisdiction import Jurisdiction, find_jurisdiction, settle_by_neighbours
from loaders.lexicon import read_lexicon
from tests.loaders.pages import CLAUSES, view_of_page, view_of_policy


def where(title: str, closing: str = "", *, head: str = "", preamble: str = "") -> Jurisdiction:
    return find_jurisdiction(view_of_policy(title, closing, head=head, preamble=preamble))


def identity_of_page(text: str) -> Identity:
    return extract_identity(view_of_page(text))


# --- jurisdiction and level


@pytest.mark.parametrize(
    ("title", "level", "name"),
    [
        ("北京市东城区关于推动金融产业高质量发展的若干措施", "district", "东城区"),
        ("北京海淀区支持金融业高质量发展的若干措施", "district", "海淀区"),
        ("2025年北京市高精尖产业发展资金实施指南(第三批)", "municipal", "北京市"),
        ("北京经济技术开发区关于推动量子科技发展的若干措施", "district", "北京经济技术开发区"),
        ("广州南沙促进半导体与集成电路产业发展若干措施", "district", "南沙区"),
        ("温州市鹿城区人民政府关于进一步加快推进工业经济高质量发展的若干政策意见", "district", "鹿城区"),
        ("杭州高新开发区(滨江)关于支持人工智能产业发展的实施意见", "district", "滨江区"),
        ("杭州市人民政府办公厅关于促进集成电路产业高质量发展的实施意见", "municipal", "杭州市"),
        ("浙江省促进生物医药产业高质量发展行动方案", "provincial", "浙江省"),
        ("广东省人民政府关于支持广州南沙新区加快开发建设的若干意见", "provincial", "广东省"),
        ("上海市人民政府办公厅关于支持浦东新区高水平改革开放的若干意见", "municipal", "上海市"),
        ("广州市黄埔区 广州开发区促进新能源产业办法", "district", "黄埔区"),
        ("广州开发区管委会 广州市黄埔区人民政府关于促进产业发展若干举措", "district", "黄埔区"),
        ("苏州工业园区关于加快人工智能产业发展的若干措施", "district", "苏州工业园区"),
        ("合肥高新区建设世界领先科技园区若干政策措施", "district", "合肥高新区"),
        ("横琴粤澳深度合作区促进集成电路产业发展若干措施", "district", "横琴粤澳深度合作区"),
        ("中国(上海)自由贸易试验区临港新片区支持智能汽车产业若干政策", "district", "临港新片区"),
        ("中关村国家自主创新示范区提升企业创新能力支持资金管理办法", "municipal", "北京市"),
        ("内蒙古自治区支持稀土产业发展若干措施", "provincial", "内蒙古自治区"),
        ("义乌市促进数字贸易发展实施办法", "district", "义乌市"),
        ("贵阳国家高新区支持软件产业发展的若干措施", "district", "贵阳高新区"),
        ("惠州仲恺高新区扶持总部经济发展暂行办法", "district", "惠州仲恺高新区"),
        # an area with a name of its own that no lexicon has
        ("宿迁市洋河新区关于促进酿造产业发展的若干政策意见", "district", "洋河新区"),
        (
            "嘉兴市张江长三角科学城关于促进产业发展的若干政策",
            "municipal",
            "嘉兴市",
        ),  # too long a name to be sure
        ("合肥市各开发区促进产业发展若干政策", "municipal", "合肥市"),  # none in particular
        ("湖州南太湖新区促进现代服务业发展若干政策", "district", "湖州南太湖新区"),
        ("国务院关于支持北京城市副中心高质量发展的意见", "national", "全国"),
        ("工业和信息化部等八部门关于加快传统制造业转型升级的指导意见", "national", "全国"),
        ("国家发展改革委等部门关于促进数据产业高质量发展的指导意见", "national", "全国"),
    ],
)
def test_the_title_says_whose_policy_it_is(title: str, level: str, name: str) -> None:
    found = where(title)
    assert (found.level, found.name) == (level, name)


def test_a_notice_signed_in_front_of_the_items_says_whose_policy_it_is() -> None:
    notice = "各镇人民政府、街道办事处:\n上海市青浦区人民政府\n2021年3月1日"
    found = where("关于支持示范区先行启动区发展的若干意见", preamble=notice)
    assert (found.level, found.name) == ("district", "青浦区")


def test_a_portal_that_names_an_area_gives_way_to_the_district_that_speaks_with_it() -> None:
    head = (
        "发布机关:广州开发区管理委员会\n广州开发区管委会 广州市黄埔区人民政府印发关于加快发展若干举措的通知"
    )
    found = where("关于打造增长极加快发展新质生产力的若干举措", head=head)
    assert (found.level, found.name) == ("district", "黄埔区")


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("对在皖企业给予支持,由省科技厅负责解释。", "安徽省"),
        ("对来浙投资和在浙企业给予支持,由省科技厅负责解释。", "浙江省"),
        ("对在皖企业、在浙企业给予支持,由省科技厅负责解释。", None),  # two provinces
        ("对在川企业给予支持,由省科技厅负责解释。", "四川省"),
        ("对山川、云海给予支持,由省科技厅负责解释。", None),  # no act follows the sign
    ],
)
def test_a_province_may_be_named_by_its_sign_alone(closing: str, name: str | None) -> None:
    found = where("打造通用人工智能产业创新和应用高地若干政策", closing)
    assert (found.level, found.name) == ("provincial", name)


@pytest.mark.parametrize(
    ("title", "closing", "name"),
    [
        # the interpreter, where the title names a place only as its subject
        ("关于支持北京城市副中心数字经济发展的实施细则", "本细则由通州区经济和信息化局负责解释。", "通州区"),
        ("关于精准支持怀柔科学城科学仪器产业的若干措施", "本政策由怀柔科学城管理委员会负责解释。", "怀柔区"),
        ("关于支持雄安新区企业发展的若干措施", "本措施由河北省商务厅负责解释。", "河北省"),
        ("关于支持浦东新区金融开放的若干措施", "本措施由市地方金融监管局负责解释。", "上海市"),
        # the text speaks of its own city or district
        ("关于促进外贸稳定增长的若干措施", "我市鼓励宁波市企业出海。由市商务局负责解释。", "宁波市"),
        ("关于促进首店经济发展的若干措施", "我区对在余杭区注册、迁入余杭区的企业给予奖励。", "余杭区"),
        ("关于实施“领飞计划”的若干政策意见", "支持钱塘区开放平台建设。(责任部门:区财政局)", "钱塘区"),
    ],
)
def test_where_the_title_names_no_maker_others_say_it(title: str, closing: str, name: str) -> None:
    assert where(title, closing).name == name


@pytest.mark.parametrize(
    ("first_line", "closing", "level", "name"),
    [
        # a text without a title: its first sentence names an upper level's document, and where it holds
        (
            "为落实稳增长部署,根据《昆明市稳增长若干政策》,结合官渡区实际,制定如下措施。",
            "落实重点工作。(区政务服务局牵头,区发改局配合)",
            "district",
            "官渡区",
        ),
        # … or those it is sent to; an area speaks for its province
        (
            "各市、县(区)人民政府,平潭综合实验区管委会,省人民政府各部门:",
            "给予补助。",
            "provincial",
            "福建省",
        ),
    ],
)
def test_a_text_without_a_title_says_in_its_words_whose_it_is(
    first_line: str, closing: str, level: str, name: str
) -> None:
    found = find_jurisdiction(view_of_page(f"{first_line}\n{CLAUSES}\n第三条 {closing}"))
    assert (found.level, found.name) == (level, name)


def test_the_issuer_decides_where_it_stands_above_or_below_the_title_s_place() -> None:
    notice = "广州市南沙区人民政府办公室关于印发南沙区促进外贸若干措施的通知"
    assert where("广州促进外贸若干措施", head=notice).name == "南沙区"
    assert where("浦东新区促进金融开放若干规定", head="上海市人民政府办公厅\n2024年5月6日").name == "上海市"
    # A forwarded policy remains its maker's.
    forwarded = "杭州市余杭区人民政府办公室转发杭州市促进外贸若干措施的通知"
    assert where("杭州市促进外贸若干措施", head=forwarded).name == "杭州市"


def test_a_district_may_show_its_city_s_document() -> None:
    page = (
        f"发布机构:广州市天河区人民政府\n发文字号:穗府办规〔2024〕13号\n广州市公共租赁住房管理办法\n{CLAUSES}"
    )
    found = find_jurisdiction(view_of_page(page))
    assert (found.level, found.name) == ("municipal", "广州市")
    # … and where nothing else says whose it is, it is the district's
    page = f"发布机构:广州市天河区人民政府\n关于促进首店经济发展的若干措施\n{CLAUSES}"
    assert find_jurisdiction(view_of_page(page)).name == "天河区"


def test_a_national_regulation_begins_with_the_country() -> None:
    found = where("中华人民共和国市场主体登记管理条例")
    assert (found.level, found.name) == ("national", "全国")


def test_who_speaks_may_stand_on_a_line_above_the_title() -> None:
    found = where("关于促进高新技术产业开发区高质量发展的实施意见", head="四川省人民政府")
    assert (found.level, found.name) == ("provincial", "四川省")


def test_a_name_of_several_divisions_resolves_with_its_city() -> None:
    found = where("鼓楼区促进楼宇经济发展办法", "由区商务局负责解释,在南京市范围内执行。")
    assert found.division == division_by_code("320106")
    assert not found.unresolved()


def test_a_name_of_several_divisions_stays_open_without_its_city() -> None:
    found = where("朝阳区关于支持互联网3.0创新发展的若干措施(试行)")
    assert (found.level, found.name, found.division) == ("district", "朝阳区", None)
    (left,) = found.unresolved()
    assert (left.kind, left.name, left.candidates) == (
        "division",
        "朝阳区",
        ["北京市朝阳区", "长春市朝阳区"],
    )


def test_other_policies_of_the_file_settle_what_stays_open() -> None:
    titles = ["朝阳区支持办法若干措施", "海淀区支持外贸若干措施", "大兴区支持商务若干措施"]
    found = [where(title) for title in titles]
    settle_by_neighbours(found)
    assert [one.division.code if one.division else None for one in found] == ["110105", "110108", "110115"]
    assert not found[0].unresolved()


def test_a_policy_without_a_place_says_its_level_alone() -> None:
    found = where("关于促进消费的若干措施", "本措施由市商务局负责解释。")
    assert (found.level, found.name, found.division) == ("municipal", None, None)


def test_a_policy_that_names_nothing_has_no_jurisdiction() -> None:
    found = where("关于促进消费的若干措施")
    assert (found.level, found.name, found.unresolved()) == (None, None, [])


# --- kind and draft


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("石景山区推动工业互联网产业高质量发展支持办法(试行)", "办法"),
        ("海淀区促进外贸高质量发展的若干措施", "措施"),
        ("关于支持北京城市副中心数字经济高质量发展的实施细则", "细则"),
        ("北京市高精尖产业发展资金管理办法(修订版征求意见稿)", "办法"),
        ("北京市经济和信息化局关于印发2024年北京市高精尖产业发展资金实施指南的通知", "指南"),
        ("2025年北京市高精尖产业发展资金实施指南(第三批)", "指南"),
        ("北京市促进机器人产业若干政策措施2.0版", "措施"),
        ("余杭区支持企业发展若干政策(2024年修订)", "措施"),
        ("鹿城区促进民营经济发展三十条", "措施"),
        ("温州市加快推进工业发展的若干政策意见", "意见"),
        ("深圳市培育未来产业行动计划(2022-2025年)", "方案"),
        ("浙江省人民政府办公厅关于印发《浙江省低空经济行动方案》的通知", "方案"),
        ("关于公开征求《苏州工业园区人工智能若干措施(征求意见稿)》意见的公告", "措施"),
        ("关于对《北京市会展业高质量发展三年行动方案》公开征求意见的公告", "方案"),
        ("杭州市专项资金管理规定", "办法"),
        ("关于组织开展2025年海淀区产业资金申报工作的通知", "通知"),
        ("广州市民政局关于印发我市2025年最低生活保障标准的通知", "通知"),  # no document of a kind
        ("怀化市贯彻落实《关于打好经济增长主动仗的若干政策措施》实施方案", "方案"),
    ],
)
def test_the_last_word_of_the_title_says_the_kind(title: str, kind: str) -> None:
    assert extract_identity(view_of_policy(title)).kind == kind


@pytest.mark.parametrize(
    ("title", "head", "draft"),
    [
        ("北京市高精尖产业发展资金管理办法(修订版征求意见稿)", "", True),
        ("南沙区促进外贸若干措施(草案)", "", True),
        ("南沙区促进外贸若干措施", "关于公开征求《南沙区促进外贸若干措施》意见的公告", True),
        ("南沙区促进外贸若干措施", "现面向社会公开征求意见,请于6月1日前反馈。", True),
        ("南沙区促进外贸若干措施", "经公开征求意见并报区政府同意,现印发给你们。", False),
        ("南沙区促进外贸的实施意见", "", False),
        ("南沙区促进外贸若干措施(试行)", "", False),
    ],
)
def test_tells_drafts_from_policies(title: str, head: str, draft: bool) -> None:
    assert extract_identity(view_of_policy(title, head=head)).draft is draft


# --- number, dates, evidence

NOTICE = f"""温州市鹿城区人民政府办公室关于印发鹿城区工业高质量发展若干政策的通知
温鹿政办发[2024]3 号
各街道办事处:
根据《温州市工业条例》(温政发〔2023〕12号),现将《鹿城区工业高质量发展若干政策》印发给你们。
温州市鹿城区人民政府办公室
二〇二四年三月二十八日
鹿城区工业高质量发展若干政策
{CLAUSES}
第三条 本政策自2024年5月1日起施行,有效期三年。《鹿城区工业十条》(温鹿政发〔2021〕5号)同时废止。"""


def test_reads_number_and_date_from_the_notice_in_front() -> None:
    identity = identity_of_page(NOTICE)
    assert identity.doc_number == "温鹿政办发〔2024〕3号"  # with the brackets that the standard prescribes
    assert identity.issued_on == "2024-03-28"
    assert (identity.effective_from, identity.effective_to, identity.valid_years) == ("2024-05-01", None, 3)
    assert (identity.level, identity.jurisdiction, identity.kind) == ("district", "鹿城区", "措施")


def test_every_fact_shows_the_words_it_was_read_from() -> None:
    view = view_of_page(NOTICE)
    shown = {name: view.text[start:end] for name, (start, end) in extract_identity(view).evidence.items()}
    assert shown == {
        "title": "鹿城区工业高质量发展若干政策",
        "jurisdiction": "鹿城区",
        "level": "鹿城区",
        "kind": "政策",
        "doc_number": "温鹿政办发[2024]3号",
        "issued_on": "二〇二四年三月二十八日",
        "effective_from": "自2024年5月1日起施行",
        "valid_years": "有效期三年",
    }


@pytest.mark.parametrize(
    ("head", "title", "preamble", "number"),
    [
        ("京政发〔2024〕5号", "海淀区促进外贸若干措施", "", "京政发〔2024〕5号"),
        ("文号:穗南府办规〔2023〕5号", "南沙区促进外贸若干措施", "", "穗南府办规〔2023〕5号"),
        ("", "四川省促进外贸若干措施", "川府发〔2021〕28号\n各市(州)人民政府:", "川府发〔2021〕28号"),
        ("", "四川省促进外贸若干措施", "(川府发〔2021〕28号)", "川府发〔2021〕28号"),
        ("工信部联企业〔2022〕63号", "优质中小企业管理办法若干措施", "", "工信部联企业〔2022〕63号"),
        ("京商发﹝2024﹞5号", "海淀区促进外贸若干措施", "", "京商发〔2024〕5号"),  # small brackets
        # numbers of other documents stand in sentences
        ("", "海淀区促进外贸若干措施", "根据《若干意见》(京政发〔2024〕5号),制定本措施。", None),
        ("", "海淀区促进外贸若干措施", "", None),
    ],
)
def test_only_a_number_on_a_line_of_its_own_is_the_policy_s(
    head: str, title: str, preamble: str, number: str | None
) -> None:
    assert extract_identity(view_of_policy(title, head=head, preamble=preamble)).doc_number == number


def test_a_portal_s_fields_come_first() -> None:
    identity = identity_of_page(
        f"""[标题]北京市丰台区科学技术和信息化局关于印发《丰台区支持人工智能若干措施》的通知
[发文机构]北京市丰台区科学技术和信息化局
[发文字号]丰科信发〔2025〕7号
[成文日期]2025-10-28
[发布日期]2025-10-30
[实施日期]2025-11-01
[废止日期]2028-12-31
[有效性]现行有效
丰台区支持人工智能若干措施
{CLAUSES}
第三条 本措施自公布之日起施行,有效期3年。"""
    )
    assert identity.doc_number == "丰科信发〔2025〕7号"
    assert identity.issued_on == "2025-10-28"
    assert identity.effective_from == "2025-11-01"  # a date says more than "自公布之日"
    assert identity.effective_to == "2028-12-31"
    assert identity.valid_years == 3


def test_the_signature_s_date_counts_more_than_the_page_s() -> None:
    head = "生成日期 2025-05-16 公开方式 主动公开\n温州市鹿城区人民政府关于印发鹿城区促进外贸若干措施的通知"
    title = "鹿城区促进外贸若干措施"
    signed = f"{head}\n各单位:\n现印发给你们。\n温州市鹿城区人民政府\n2025年5月10日\n{title}\n{CLAUSES}"
    assert identity_of_page(signed).issued_on == "2025-05-10"
    assert identity_of_page(f"{head}\n{title}\n{CLAUSES}").issued_on == "2025-05-16"


def test_a_notice_may_end_in_a_date_without_a_signature() -> None:
    text = f"高新区管委会关于印发《合肥高新区促进外贸若干措施》的通知\n请贯彻执行。\n2025年9月29日\n合肥高新区促进外贸若干措施\n{CLAUSES}"
    assert identity_of_page(text).issued_on == "2025-09-29"


def test_reads_the_signature_at_the_end() -> None:
    text = f"海淀区促进外贸若干措施\n{CLAUSES}\n北京市海淀区商务局\n2024年5月6日"
    assert identity_of_page(text).issued_on == "2024-05-06"


def test_reads_the_date_that_a_line_labels() -> None:
    text = f"海淀区促进外贸若干措施\n{CLAUSES}\n发布单位：北京市海淀区商务局\n发布日期：2024年1月15日"
    assert identity_of_page(text).issued_on == "2024-01-15"


def test_a_date_in_a_sentence_is_no_date_of_issue() -> None:
    assert (
        extract_identity(view_of_policy("海淀区促进外贸若干措施", "申报截止2025年9月8日。")).issued_on is None
    )


# --- the lexicons


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("policy_kinds", "draft_titles"),
        ("policy_kinds", "draft_notices"),
        ("divisions", "national_bodies"),
        ("document_titles", "generic"),
        ("document_titles", "repeals_behind"),
        ("document_titles", "repeals_before"),
        ("document_titles", "basis_before"),
    ],
)
def test_every_pattern_finds_its_examples_and_none_of_its_counter_examples(name: str, key: str) -> None:
    for entry in read_lexicon(name)[key]:
        find = (
            re.compile(entry["pattern"]).fullmatch
            if key == "generic"
            else re.compile(entry["pattern"]).search
        )
        assert entry["source"]
        assert entry["examples"]
        for example in entry["examples"]:
            assert find(example), example
        for example in entry["counter_examples"]:
            assert not find(example), example


def test_no_word_says_two_kinds() -> None:
    words = [word for entry in read_lexicon("policy_kinds")["kinds"] for word in entry["words"]]
    assert len(words) == len(set(words))
    names = [entry["name"] for entry in read_lexicon("policy_kinds")["kinds"]]
    assert names == ["办法", "措施", "细则", "指南", "通知", "意见", "方案"]


def test_number_and_date_may_stand_in_one_bracket_behind_the_title() -> None:
    page = f"遂宁市船山区支持数字经济发展若干措施\n(遂船府办发〔2024〕6号 2024年3月5日)\n{CLAUSES}"
    found = identity_of_page(page)
    assert (found.doc_number, found.issued_on) == ("遂船府办发〔2024〕6号", "2024-03-05")
    view = view_of_page(page)
    assert view.text[view.title.start : view.title.end] == "遂宁市船山区支持数字经济发展若干措施"


def test_the_line_of_the_printer_dates_a_policy_that_nothing_else_dates() -> None:
    page = f"常州市武进区促进机器人产业发展若干政策\n{CLAUSES}\n武进区人民政府办公室 2023年5月8日印发"
    assert identity_of_page(page).issued_on == "2023-05-08"
