"""Bodies and their roles, in the words of many cities; expected names are worked out by hand from GUIDELINE.md."""

from __future__ import annotations

import pytest

from loaders.agencies import Agencies, extract_agencies
from loaders.agency_lists import _heads
from loaders.agency_names import kinds
from loaders.agency_roles import _cues
from loaders.lexicon import pattern, read_lexicon
from tests.loaders.pages import CLAUSES, view_of_page
from tests.loaders.passages import article, view_of

BEIJING, DAXING, BDA = "北京市", "北京市大兴区", "北京经济技术开发区"
NANSHA, LUCHENG, HANGZHOU, GUANGDONG, RUIAN = "广州市南沙区", "温州市鹿城区", "杭州市", "广东省", "瑞安市"
SIP, GAOXIN, PUDONG, YONGJIA = "苏州工业园区", "合肥高新区", "上海市浦东新区", "永嘉县"


def names(text: str, place: str) -> list[str]:
    """The bodies of an article that holds `text`, in order."""
    return [mention.name for mention in extract_agencies(article(text), place).by_passage[0]]


def roles(agencies: Agencies) -> list[tuple[str, str]]:
    return [(one.role, one.agency) for one in agencies.administered_by]


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        # the place that stands in front, or the one that 区, 市, 省 mean
        ("由区商务局负责组织实施。", DAXING, ["北京市大兴区商务局"]),
        ("由市经济和信息化局负责。", BEIJING, ["北京市经济和信息化局"]),
        ("由大兴区商务局会同相关部门负责政策解释。", DAXING, ["北京市大兴区商务局"]),
        ("由我区科技局受理。", NANSHA, ["广州市南沙区科学技术局"]),
        ("由广州市南沙区工业和信息化局负责解释。", NANSHA, ["广州市南沙区工业和信息化局"]),
        ("由市经信局、市商务局负责解释。", RUIAN, ["瑞安市经济和信息化局", "瑞安市商务局"]),
        ("由县发改局、县财政局负责。", YONGJIA, ["永嘉县发展和改革局", "永嘉县财政局"]),
        ("由省发展改革委牵头,会同省科技厅推进。", GUANGDONG, ["广东省发展和改革委员会", "广东省科学技术厅"]),
        ("区商务委员会、区财政局负责实施。", PUDONG, ["上海市浦东新区商务委员会", "上海市浦东新区财政局"]),
        # a town's body; 石龙 is a district elsewhere
        ("本办法由石龙镇经济发展局负责解释。", "东莞市", ["东莞市石龙镇经济发展局"]),
        # 会同 is a county elsewhere
        ("由县经信局会同县财政局负责解释。", "长兴县", ["长兴县经济和信息化局", "长兴县财政局"]),
        ("由区经委负责解释。", "上海市嘉定区", ["上海市嘉定区经济委员会"]),
        ("由省药监局负责。", "云南省", ["云南省药品监督管理局"]),
        ("由自治区工业和信息化厅负责解释。", "内蒙古自治区", ["内蒙古自治区工业和信息化厅"]),
        ("由区企服局负责解释。", "杭州市余杭区", ["杭州市余杭区企服局"]),
        (
            "由区产业促进局、区人才服务局组织实施。",
            "成都市武侯区",
            ["成都市武侯区产业促进局", "成都市武侯区人才服务局"],
        ),
        # the nation's tax bureau of a city is one body
        (
            "由市财政局、国家税务总局杭州市税务局审核。",
            HANGZHOU,
            ["杭州市财政局", "国家税务总局杭州市税务局"],
        ),
        # behind the first body of a run the place goes without saying
        (
            "区发展改革局、商务局、科技局按职责分工组织实施。",
            NANSHA,
            ["广州市南沙区发展和改革局", "广州市南沙区商务局", "广州市南沙区科学技术局"],
        ),
        # short names of departments
        (
            "由区人社局、区住建局审核。",
            NANSHA,
            ["广州市南沙区人力资源和社会保障局", "广州市南沙区住房和城乡建设局"],
        ),
        (
            "由区市场监管局、区文广旅体局认定。",
            NANSHA,
            ["广州市南沙区市场监督管理局", "广州市南沙区文化广电旅游体育局"],
        ),
        (
            "由区政数局、区投促局负责。",
            NANSHA,
            ["广州市南沙区政务服务和数据管理局", "广州市南沙区投资促进局"],
        ),
        ("报区政府办公室备案。", LUCHENG, ["温州市鹿城区人民政府办公室"]),
        ("由市经济信息委会同市财政局负责解释。", "重庆市", ["重庆市经济和信息化委员会", "重庆市财政局"]),
        (
            "由区科委组织评审,报区投促办。",
            "上海市徐汇区",
            ["上海市徐汇区科学技术委员会", "上海市徐汇区投资促进办公室"],
        ),
        # the Party's departments
        ("由区委宣传部负责解释。", DAXING, ["中共北京市大兴区委宣传部"]),
        (
            "市委组织部、市委网信办参与评审。",
            HANGZHOU,
            ["中共杭州市委组织部", "中共杭州市委网络安全和信息化委员会办公室"],
        ),
        # bodies run together
        (
            "由石景山园管委会区科委发布通知。",
            "北京市石景山区",
            ["中关村科技园区石景山园管理委员会", "北京市石景山区科学技术委员会"],
        ),
        (
            "由中关村科技园区石景山园管理委员会北京市石景山区科学技术委员会负责解释。",
            "北京市石景山区",
            ["中关村科技园区石景山园管理委员会", "北京市石景山区科学技术委员会"],
        ),
        (
            "由东城区委宣传部(区文促中心)负责解释。",
            "北京市东城区",
            ["中共北京市东城区委宣传部", "北京市东城区文化发展促进中心"],
        ),
        (
            "由东湖高新区发展改革局(半导体产业推进办公室)负责解释。",
            "东湖高新区",
            ["东湖高新区发展和改革局", "东湖高新区半导体产业推进办公室"],
        ),
        ("由市工业和信息化局商市财政局确定。", HANGZHOU, ["杭州市工业和信息化局", "杭州市财政局"]),
        # areas: a department named without a place is the area's own
        ("具体实施由信息技术产业局承担。", BDA, ["北京经济技术开发区信息技术产业局"]),
        ("由园区科技创新委员会负责解释。", SIP, ["苏州工业园区科技创新委员会"]),
        ("由企业发展服务中心受理申请。", SIP, ["苏州工业园区企业发展服务中心"]),
        ("向高新区管委会提出申请。", GAOXIN, ["合肥高新区管理委员会"]),
        ("怀柔科学城管理委员会负责受理申请材料。", "北京市怀柔区", ["北京怀柔科学城管理委员会"]),
        # words that no lexicon has, between 由 and what the body does, or behind another body
        ("由区低空飞行促进局负责受理。", NANSHA, ["广州市南沙区低空飞行促进局"]),
        ("区发展改革委、张江管理局等配合。", PUDONG, ["上海市浦东新区发展和改革委员会", "张江管理局"]),
        # a short name that the text itself gives
        (
            "区工业和信息化局(以下简称“主管部门”)编制预算。第二季度由主管部门发布申报通知。",
            NANSHA,
            ["广州市南沙区工业和信息化局"],
        ),
    ],
)
def test_names_bodies_in_full(text: str, place: str, expected: list[str]) -> None:
    assert names(text, place) == expected


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        (
            "给予支持。(责任单位:信息技术产业局、亦庄国投)",
            BDA,
            ["北京经济技术开发区信息技术产业局", "北京亦庄国际投资发展有限公司"],
        ),
        # districts and towns beside the city's departments are governments
        (
            "(责任单位:市科技局、市市场监管局,火炬开发区、翠亨新区、三角镇等镇街)",
            "中山市",
            ["中山市科学技术局", "中山市市场监督管理局"],
        ),
        (
            "(责任部门:科技和产业促进局、人力社保中心)",
            BDA,
            ["北京经济技术开发区科技和产业促进局", "北京经济技术开发区人力社保中心"],
        ),
        (
            "给予奖励。(责任单位:区经信局、区财政局)",
            LUCHENG,
            ["温州市鹿城区经济和信息化局", "温州市鹿城区财政局"],
        ),
        (
            "牵头单位:区金融工作服务中心;配合单位:区财政局、区税务局、各街镇。",
            LUCHENG,
            ["温州市鹿城区金融工作服务中心", "温州市鹿城区财政局", "国家税务总局温州市鹿城区税务局"],
        ),
        (
            "[责任单位:市科技局、市委组织部(市委人才办)、各区、县(市)政府]",
            HANGZHOU,
            ["杭州市科学技术局", "中共杭州市委组织部", "中共杭州市委人才工作领导小组办公室"],
        ),
        (
            "(责任单位:市科技局(市税务局配合提供数据))",
            HANGZHOU,
            ["杭州市科学技术局", "国家税务总局杭州市税务局"],
        ),
        ("【责任单位】市商务局,市财政局按职责分工负责。", HANGZHOU, ["杭州市商务局", "杭州市财政局"]),
        # brackets of another form; two names run together, one of them in no lexicon; what is no body
        (
            "给予支持。〔责任单位:市新经济委、市发改委、市经信局市未来委;列首位的为牵头单位,下同〕",
            "成都市",
            ["成都市新经济委员会", "成都市发展和改革委员会", "成都市经济和信息化局", "成都市未来委员会"],
        ),
        ("(执行部门:市经信局,借转补方式投入)", HANGZHOU, ["杭州市经济和信息化局"]),
        ("责任单位:市工信局,各县(区)人民政府、开发区(投资区)管委会。", HANGZHOU, ["杭州市工业和信息化局"]),
        ("(责任单位:市政务服务和大数据管理局、各乡镇办场园)", RUIAN, ["瑞安市政务服务和大数据管理局"]),
        (
            "(责任部门:科技局、半导体投资促进中心)",
            GAOXIN,
            ["合肥高新区科学技术局", "合肥高新区半导体投资促进中心"],
        ),
        (
            "(责任单位:区工信局、国网供电公司、南沙海关)",
            NANSHA,
            ["广州市南沙区工业和信息化局", "国网供电公司", "南沙海关"],
        ),
        (
            "(责任单位:区商务局、萧山经济技术开发区管委会、各镇街)",
            "杭州市萧山区",
            ["杭州市萧山区商务局", "萧山经济技术开发区管理委员会"],
        ),
        # an upper body in a list has a task
        (
            "(责任单位:信息技术产业局、市自动驾驶办)",
            BDA,
            ["北京经济技术开发区信息技术产业局", "北京市高级别自动驾驶示范区工作办公室"],
        ),
    ],
)
def test_reads_lists_of_responsible_bodies(text: str, place: str, expected: list[str]) -> None:
    assert names(text, place) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("优化产业布局,打破僵局。", BDA),  # no department
        ("委托专业机构开展评审,由受托单位举办活动。", NANSHA),
        ("建设企业技术中心、产业创新中心、北京数据跨境服务中心。", BEIJING),  # laboratories and the like
        ("建设北京数据基础制度先行区管理服务中心。", BDA),
        ("由市政府、区政府研究决定。", DAXING),  # governments
        ("经区财政等相关部门审核,接受审计部门检查。", DAXING),  # bodies in general
        ("各区商务局负责初审,由区经济信息化主管部门复核。", BEIJING),
        ("各责任单位负责组织实施。", NANSHA),
        ("各区县商务局、财政局负责初审。", "济南市"),
        ("各县(市、区)商务局、财政局负责初审。", "温州市"),
        ("对获得市科技创新局立项的项目给予配套。", "深圳市南山区"),  # an upper body that only grants
        ("获得国家互联网信息办公室备案的企业。", DAXING),
        ("依据《北京市财政局关于印发办法的通知》执行。", BEIJING),  # in the title of a document
        ("按照国家发展改革委有关规定执行。", BEIJING),
    ],
)
def test_leaves_out_what_has_no_task_in_the_clause(text: str, place: str) -> None:
    assert names(text, place) == []


def test_an_upper_body_counts_where_it_does_something() -> None:
    assert names("由市科技局会同区科技局受理。", NANSHA) == ["广州市科学技术局", "广州市南沙区科学技术局"]


def test_a_short_name_is_the_one_fuller_name_of_the_same_text() -> None:
    view = view_of("第一条 (责任部门:海洋经济局)\n第二条 具体解释工作由海洋经济发展促进局承担。")
    agencies = extract_agencies(view, SIP)
    assert [mention.name for part in agencies.by_passage for mention in part] == [
        "苏州工业园区海洋经济发展促进局"
    ] * 2


def test_a_department_that_many_places_have_is_no_short_name() -> None:
    text = "由商务局、商务金融局负责。"
    assert names(text, BDA) == ["北京经济技术开发区商务局", "北京经济技术开发区商务金融局"]


def test_what_may_mean_several_departments_is_listed_and_stays_as_it_stands() -> None:
    agencies = extract_agencies(article("由区金融局负责解释。"), NANSHA)
    assert [mention.name for mention in agencies.by_passage[0]] == ["广州市南沙区金融局"]
    (one,) = agencies.unresolved
    assert one.name == "广州市南沙区金融局"
    assert "广州市南沙区地方金融监督管理局" in one.candidates


def test_departments_of_beijing_s_development_area_are_the_same_at_both_names() -> None:
    text = "(责任部门:信息技术局、营商环境局、生物和健康局、智能制造局、科技产业局)"
    assert names(text, BDA) == [
        "北京经济技术开发区信息技术产业局",
        "北京经济技术开发区营商环境建设局",
        "北京经济技术开发区生物技术和大健康产业局",
        "北京经济技术开发区机器人和智能制造产业局",
        "北京经济技术开发区科技和产业促进局",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本办法由区科技局负责解释。", [("interpreter", "广州市南沙区科学技术局")]),
        ("本办法解释权归区科技局所有。", [("interpreter", "广州市南沙区科学技术局")]),
        (
            "具体由区商务局负责解释和组织实施。",
            [("interpreter", "广州市南沙区商务局"), ("implementer", "广州市南沙区商务局")],
        ),
        ("涉及资金支持由区商务局及相关部门制定细则并实施。", [("implementer", "广州市南沙区商务局")]),
        ("区投资促进局会同各责任单位开展兑现。", [("implementer", "广州市南沙区投资促进局")]),
        ("由区科技局发布申报通知。", [("acceptor", "广州市南沙区科学技术局")]),
        ("区政务服务中心统一受理申请。", [("acceptor", "广州市南沙区政务服务中心")]),
        (
            "由区科技局和区财政局联合印发,共同负责解释。",
            [
                ("issuer", "广州市南沙区科学技术局"),
                ("issuer", "广州市南沙区财政局"),
                ("interpreter", "广州市南沙区科学技术局"),
                ("interpreter", "广州市南沙区财政局"),
            ],
        ),
        ("由区科技局组织实施,由区财政局负责预算安排。", [("implementer", "广州市南沙区科学技术局")]),
        ("应在区科技局要求的期限内退回,且三年内不予受理申请。", []),
        ("区财政局对项目实施、承诺兑现等全过程进行监督检查。", []),
        ("对优质项目给予最高100万元奖励,由区科技局组织实施。", []),  # of this award, not of the policy
        (
            "本政策由区人民政府负责解释。",
            [("interpreter", "广州市南沙区人民政府")],
        ),  # a government interprets too
    ],
)
def test_reads_who_does_what_for_the_policy(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(extract_agencies(article(text), NANSHA)) == expected


@pytest.mark.parametrize(
    ("title", "place", "expected"),
    [
        (
            "北京市经济和信息化局北京市财政局关于印发实施指南的通知",
            BEIJING,
            ["北京市经济和信息化局", "北京市财政局"],
        ),
        ("瑞安市人民政府办公室关于加快工业经济发展的若干政策意见", RUIAN, ["瑞安市人民政府办公室"]),
        ("杭州市人民政府关于加快推进科技创新发展的若干意见", HANGZHOU, ["杭州市人民政府"]),
        ("中共温州市委宣传部关于支持文化产业的若干政策", "温州市", ["中共温州市委宣传部"]),
        (
            "中共鹿城区委鹿城区人民政府关于推进制造业发展的若干政策意见",
            LUCHENG,
            ["中共温州市鹿城区委员会", "温州市鹿城区人民政府"],
        ),
        (
            "中共鹿城区委全面深化改革委员会关于推动经济发展的意见",
            LUCHENG,
            ["中共温州市鹿城区委全面深化改革委员会"],
        ),
        (
            "广州开发区政策研究室广州市黄埔区发展和改革局关于印发总部经济实施细则的通知",
            "广州市黄埔区",
            ["广州开发区政策研究室", "广州市黄埔区发展和改革局"],
        ),
        ("关于促进鹿城区工业经济高质量发展的若干政策", LUCHENG, []),
        ("南沙区商务发展若干措施", NANSHA, []),
    ],
)
def test_the_title_names_who_issued(title: str, place: str, expected: list[str]) -> None:
    view = view_of("第一条 支持企业发展。", title)
    assert [name for role, name in roles(extract_agencies(view, place)) if role == "issuer"] == expected


def test_a_signature_over_a_date_names_the_issuer_and_no_body_of_the_clause() -> None:
    view = view_of(
        "第一条 支持企业发展。\n第二条 本办法自印发之日起施行。\n广州市南沙区科学技术局\n2024年3月5日"
    )
    agencies = extract_agencies(view, NANSHA)
    assert roles(agencies) == [("issuer", "广州市南沙区科学技术局")]
    assert agencies.by_passage == [[], []]


def test_a_name_for_several_bodies_means_them_all() -> None:
    view = view_of(
        "第一条 本资金由区商务局、区投资促进局(以下统称资金主管部门)管理使用。\n第二条 资金主管部门负责编制年度预算。"
    )
    both = ["广州市南沙区商务局", "广州市南沙区投资促进局"]
    assert [[one.name for one in found] for found in extract_agencies(view, NANSHA).by_passage] == [
        both,
        both,
    ]


def test_an_area_s_own_word_means_itself() -> None:
    view = article("本办法由高新区科技局负责解释。")
    assert roles(extract_agencies(view, "江阴高新区")) == [("interpreter", "江阴高新区科学技术局")]


def test_the_author_of_another_document_has_no_task() -> None:
    assert (
        names("根据市政府办公室《关于总部基地建设的意见》和市财政局关于资金管理的规定,制定本细则。", HANGZHOU)
        == []
    )


def test_a_notice_of_party_and_government_has_two_issuers() -> None:
    title = "关于加快发展数字经济的实施意见"
    notice = f"中共武汉市委\n武汉市人民政府\n印发《{title}》的通知\n现印发给你们。\n中共武汉市委\n武汉市人民政府\n2023年6月20日\n"
    found = extract_agencies(view_of_page(f"{notice}{title}\n{CLAUSES}"), "武汉市")
    assert roles(found) == [("issuer", "中共武汉市委员会"), ("issuer", "武汉市人民政府")]


def test_who_puts_a_document_on_the_page_is_no_issuer_where_another_signs() -> None:
    block = "索引号 0010/2025-5 发布机构 区政府办公室\n"
    notice = "现印发给你们。\n温州市鹿城区人民政府\n2025年5月10日\n"
    title, body = "鹿城区促进外贸若干措施\n", CLAUSES
    signed = extract_agencies(view_of_page(block + notice + title + body), LUCHENG)
    assert roles(signed) == [("issuer", "温州市鹿城区人民政府")]
    unsigned = extract_agencies(view_of_page(block + title + body), LUCHENG)
    assert roles(unsigned) == [("issuer", "温州市鹿城区人民政府办公室")]


def test_a_portal_may_name_the_first_of_several_issuers() -> None:
    title = "广州市民政局广州市财政局关于印发2025年救助标准的通知"
    found = extract_agencies(view_of_page(f"发文机构:广州市民政局\n{title}\n{CLAUSES}"), "广州市")
    assert roles(found) == [("issuer", "广州市民政局"), ("issuer", "广州市财政局")]


def test_who_printed_a_document_has_no_task_in_its_last_clause() -> None:
    body = "第一条 支持企业发展。\n第二条 本办法有效期3年。\n广州市南沙区科学技术局办公室\n2023年8月9日印发"
    assert extract_agencies(view_of(body), NANSHA).by_passage == [[], []]


def test_a_quote_runs_from_the_body_to_what_it_does() -> None:
    view = article("自印发之日起施行,由区科技局会同区财政局负责解释,有效期3年。")
    first = extract_agencies(view, NANSHA).administered_by[0]
    assert view.text[slice(*first.span)] == "由区科技局会同区财政局负责解释"


def test_without_a_place_names_stay_as_they_stand() -> None:
    unplaced = extract_agencies(article("由区科技局负责解释。"), "")
    assert [one.name for one in unplaced.unresolved] == ["区科技局"]
    assert names("由广州市南沙区科技局负责解释。", "") == ["广州市南沙区科学技术局"]


# --- the lexicons


def test_no_alias_of_a_body_means_two() -> None:
    aliases = [
        (form, entry["within"])
        for entry in read_lexicon("agencies")["bodies"]
        for form in (entry["name"], *entry["aliases"])
    ]
    aliases += [
        (form, entry["of"])
        for entry in read_lexicon("agencies")["departments"]
        for form in (entry["name"], *entry["aliases"])
    ]
    assert len(aliases) == len(set(aliases))


def test_no_short_stem_means_two() -> None:
    lexicon = read_lexicon("agency_kinds")
    forms = [
        form
        for key in ("stems", "wholes", "tails")
        for entry in lexicon[key]
        for form in (entry["name"], *entry["short"])
    ]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("key", ["party", "words", "centre_words", "areas", "role_words"])
def test_word_lists_name_no_word_twice(key: str) -> None:
    words = read_lexicon("agency_kinds")[key]
    assert len(words) == len(set(words))


def test_every_entry_names_its_source() -> None:
    for name in ("agencies", "agency_kinds"):
        for key, entries in read_lexicon(name).items():
            assert all(entry["source"] for entry in entries if isinstance(entry, dict)), (name, key)


@pytest.mark.parametrize("key", ["generic", "list_rests", "acts", "stand_alone"])
def test_every_pattern_finds_its_examples(key: str) -> None:
    for entry in read_lexicon("agency_kinds")[key]:
        for example in entry["examples"]:
            assert pattern("agency_kinds", key).search(example), example


def test_list_heads_are_found_before_a_colon_alone() -> None:
    (entry,) = read_lexicon("agency_kinds")["list_heads"]
    for example in entry["examples"]:
        assert _heads().search(f"{example}:")
        assert not _heads().search(f"各{example}开展")


def test_role_cues_find_their_examples_and_none_of_their_counterexamples() -> None:
    lexicon = read_lexicon("agency_kinds")
    for entry in lexicon["roles"]:
        for example in entry["examples"]:
            assert any(cue.lastgroup == entry["role"] for cue in _cues().finditer(example)), example
            assert any(word in example for word in lexicon["role_words"]), example
        for example in entry["not"]:
            assert all(cue.lastgroup != entry["role"] for cue in _cues().finditer(example)), example


def test_every_whole_name_is_made_of_known_words() -> None:
    """A short name (政府办, 金融办) is found from its tail backwards, so its head must be a stem."""
    for form in (*kinds().wholes, *kinds().ambiguous):
        tail = max((tail for tail in kinds().tails if form.endswith(tail)), key=len)
        assert kinds().stem_start(form, 0, len(form) - len(tail)) == 0, form


def test_entries_stand_in_order() -> None:
    lexicon = read_lexicon("agency_kinds")
    for key in ("party", "words", "centre_words", "areas", "role_words"):
        assert lexicon[key] == sorted(lexicon[key]), key
    for name, key in (
        ("agency_kinds", "stems"),
        ("agency_kinds", "wholes"),
        ("agencies", "departments"),
        ("agencies", "bodies"),
    ):
        entries = [entry["name"] for entry in read_lexicon(name)[key]]
        assert entries == sorted(entries), key
