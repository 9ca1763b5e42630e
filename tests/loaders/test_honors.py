"""Honors: titles that a clause rewards or requires, one for each level; and what is hoped for, paid or won elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data import CORPUS
from loaders.honor_names import read_names
from loaders.honor_words import bare, ends_as_honor, honor_names, honor_words, known_honor
from loaders.honors import extract_honors
from loaders.lexicon import read_lexicon
from loaders.plain import plain_view
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.types import Document
from tests.gold.score import same_name
from tests.loaders.passages import article, view_of

SEEDS = Path(__file__).parents[1] / "gold" / "seeds"


def honors(text: str) -> list[str]:
    return [mention.name for mention in extract_honors(article(text))[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "对当年评为省级未来工厂、省级智能工厂、绍兴市级智能工厂、省级数字化车间、绍兴市级数字化车间的,分别给予100万元、30万元、20万元、15万元、10万元奖励。",
            ["省级未来工厂", "省级智能工厂", "绍兴市级智能工厂", "省级数字化车间", "绍兴市级数字化车间"],
        ),
        (
            "当年首次列入国家电子信息百强企业、省电子信息产业百家重点企业的,分别给予一次性奖励20万元、10万元。",
            ["国家电子信息百强企业", "省电子信息产业百家重点企业"],
        ),
        # behind a sure trigger and a level any noun is a title, of a list each
        (
            "对获评省级夜间经济样板城市、特色步行街的运营主体,给予最高50万元奖励。",
            ["省级夜间经济样板城市", "省级特色步行街"],
        ),
        # another title than 专精特新“小巨人”
        ("对新认定的省科技小巨人企业给予50万元奖励。", ["省级科技小巨人企业"]),
        # who pays is no level of the title
        ("对首次进入全国软件百强的企业,省级给予一次性奖励100万元。", ["全国软件百强"]),
        # a title of the nation without a level word beside the city's
        (
            "对获评专精特新“小巨人”企业、市级“小巨人”企业的,分别奖励50万元、5万元。",
            ["专精特新“小巨人”企业", "市级专精特新“小巨人”企业"],
        ),
        # a name in quotation marks
        ("对新认定的“定制药园”给予100万元奖补。", ["定制药园"]),
        (
            "获“皖美品牌示范企业”、安徽省政府质量奖的,分别奖励30万元、50万元。",
            ["皖美品牌示范企业", "安徽省政府质量奖"],
        ),
        # what a standard in title marks certifies; a known one by its name
        (
            "对通过《企业知识产权合规管理体系要求》(GB/T 29490)认证的企业,给予5万元奖励。",
            ["企业知识产权合规管理体系要求认证"],
        ),
        # a level and a name in quotation marks need no trigger
        (
            "对市级、省级“亩均英雄”企业分别给予20万元、50万元奖励。",
            ["市级“亩均英雄”企业", "省级“亩均英雄”企业"],
        ),
        # firms from anywhere bear no title
        ("对经认定的国内外知名研发机构、CDMO机构,给予500万元资助。", []),
        # places that share a noun name no title each
        ("对取得欧盟、美国、日本药品注册批件的企业,奖励200万元。", ["药品注册证书"]),
        # stations that stand alone
        ("对新建的院士工作站,给予建站单位50万元补助。", ["院士专家工作站"]),
        # a grade inside a name
        (
            "对通过两化融合管理体系AAA级贯标的,给予20万元;对获得“信息系统建设和服务能力”CS3级的,给予10万元奖励。",
            ["两化融合管理体系贯标", "信息系统建设和服务能力评估(CS)"],
        ),
        # the ranks of one prize, and the grades of one title
        ("获四川省科学技术奖一、二、三等奖的,分别奖励20万元、10万元、5万元。", ["四川省科学技术奖"]),
        (
            "对新获评国家5A、4A、3A级的物流企业,分别奖励50万元、20万元、10万元。",
            ["5A级物流企业", "4A级物流企业", "3A级物流企业"],
        ),
        # a label that tells what an amount is for
        (
            "国家级智能工厂奖励200万元,省级智能工厂奖励100万元。",
            ["国家级智能工厂", "省级智能工厂"],
        ),
        # quotation marks and title marks inside a name
        ("对湖北省“隐形冠军”示范企业给予20万元奖励。", ["湖北省隐形冠军企业"]),
        ("对首次入选《财富》“世界500强”的企业给予1000万元奖励。", ["《财富》“世界500强”"]),
        # a list that stands in title marks
        (
            "对首次纳入国家药监局公布的《已使用化妆品原料目录》的企业,给予100万元奖励。",
            ["已使用化妆品原料目录"],
        ),
        # what is spelled out in brackets; approvals that a list shares
        ("首次获得GLP(药物非临床研究质量管理规范)认证的机构,给予100万元补助。", ["GLP认证"]),
        ("对取得美国FDA、欧盟EMA批准的药品,给予300万元补助。", ["美国FDA批准", "欧盟EMA批准"]),
        (
            # a known name with 和 inside, without a word of award in front of it
            "对仿制药质量和疗效一致性评价的药品,每个品种给予最高300万元奖励。",
            ["仿制药质量和疗效一致性评价"],
        ),
        (
            "当年认定为省级首版次软件的产品,一次性奖励企业50万元。",
            ["省级首版次软件"],
        ),
        (
            "新认定为国家级、省级科技企业孵化器的,每家分别给予最高奖励200万元、100万元。",
            ["国家级科技企业孵化器", "省级科技企业孵化器"],
        ),
        (
            "新通过备案的国家级、省级众创空间或星创天地,每家分别给予最高奖励80万元、40万元。",
            ["国家级众创空间", "省级众创空间", "国家级星创天地", "省级星创天地"],
        ),
        (
            "对绩效评价结果优秀的省级重点企业研究院每家奖励30万元,省级企业研究院每家奖励20万元。",
            ["省级重点企业研究院", "省级企业研究院"],
        ),
        (
            "对新获得中华老字号、安徽老字号的,分别给予一次性奖励10万元、5万元。",
            ["中华老字号", "安徽老字号"],
        ),
        (
            "对新获得国家或省级商业示范社区(街区)称号的,分别给予一次性奖励15万元、5万元。",
            ["国家级商业示范社区", "省级商业示范社区", "国家级商业示范街区", "省级商业示范街区"],
        ),
        (
            "对列入国家绿色工厂示范名单的企业,市节能专项资金给予不超过60万元的资金奖励。",
            ["国家绿色工厂示范名单"],
        ),
        (
            "对首次认定为国家级专精特新“小巨人”企业的,给予一次性奖励50万元;对首次认定为省级专精特新中小企业的,给予20万元。",
            ["专精特新“小巨人”企业", "省级专精特新中小企业"],
        ),
        (
            "对新认定的国家级、省级、市级企业技术中心,分别给予200万元、100万元、30万元奖励。",
            ["国家级企业技术中心", "省级企业技术中心", "市级企业技术中心"],
        ),
        (
            "对新获评国家级制造业单项冠军企业(产品)的,一次性奖励100万元。",
            ["国家级制造业单项冠军企业", "国家级制造业单项冠军产品"],
        ),
        (
            "对国家级、省级绿色工厂分别给予50万元、20万元奖励。",
            ["国家级绿色工厂", "省级绿色工厂"],
        ),
        (
            "对获得中国质量奖、省政府质量奖、市长质量奖的企业,分别给予200万元、100万元、50万元奖励。",
            ["中国质量奖", "省政府质量奖", "市长质量奖"],
        ),
        (
            "对获得国家科学技术进步奖、广东省科学技术奖的单位,按奖金1:1给予奖励。",
            ["国家科学技术进步奖", "广东省科学技术奖"],
        ),
        (
            "对首次通过高新技术企业认定的,给予20万元奖励,对重新认定的给予10万元。",
            ["国家高新技术企业"],
        ),
        (
            "首次入选独角兽企业、瞪羚企业榜单的,分别给予100万元、30万元奖励。",
            ["独角兽企业", "瞪羚企业"],
        ),
        (
            "对通过CMMI5级、DCMM三级以上认证的企业,给予20万元奖励。",
            ["CMMI", "DCMM"],
        ),
        (
            "对取得CNAS实验室认可、ISO27001信息安全管理体系认证的企业,给予补助。",
            ["CNAS实验室认可", "ISO27001信息安全管理体系认证"],
        ),
        (
            "对入选工信部智能制造优秀场景、服务型制造示范企业的,给予30万元奖励。",
            ["工信部智能制造优秀场景", "服务型制造示范企业"],
        ),
        (
            "对获批设立国家级博士后科研工作站、省级博士后创新实践基地的,分别给予50万元、20万元资助。",
            ["国家级博士后科研工作站", "省级博士后创新实践基地"],
        ),
        (
            "对新认定的国内首台(套)、省内首台(套)装备,分别给予100万元、50万元奖励。",
            ["国内首台(套)装备", "省内首台(套)装备"],
        ),
        (  # classes are grades
            "对取得二类、三类医疗器械注册证的,分别给予20万元、50万元奖励。",
            ["二类医疗器械注册证", "三类医疗器械注册证"],
        ),
        (  # a level and a grade in front of one title
            "对获评国家5A级、4A级旅游景区的,分别给予500万元、200万元奖励。",
            ["国家5A级旅游景区", "4A级旅游景区"],
        ),
        (  # grades behind a title that is known by its name alone say nothing new …
            "对通过CMMI 3级、4级、5级认证的企业,分别奖励10万元、20万元、30万元;对通过ITSS三级、二级认证的,奖励5万元。",
            ["CMMI", "ITSS"],
        ),
        (  # … behind another they make two
            "对取得建筑业特级、一级资质的企业,分别给予100万元、30万元奖励。",
            ["建筑业特级资质", "建筑业一级资质"],
        ),
        (
            "对入选“中国互联网综合实力百强企业”“中国软件业务收入前百家企业”的企业,给予100万元奖励。",
            ["中国互联网综合实力百强企业", "中国软件业务收入前百家企业"],
        ),
        ("企业入选“浙江出口名牌”的,给予10万元奖励。", ["浙江出口名牌"]),
        ("对获得省首台(套)认定的,给予50万元奖励。", ["省级首台(套)装备"]),
        (  # 成都 is no part of 四川省's level
            "对入选了国家“千人计划”、四川省“千人计划”、“成都人才计划”的人才,给予100万元奖励。",
            ["国家“千人计划”", "四川省“千人计划”", "成都人才计划"],
        ),
        (  # a list of known names that no trigger leads
            "对承担国家级、省级重点实验室、企业技术中心建设的单位,按照国家、省资助金额的50%、30%给予支持。",
            ["国家级重点实验室", "省级重点实验室", "国家级企业技术中心", "省级企业技术中心"],
        ),
        ("支持市技术创新中心建设,对符合条件的给予奖励。", ["市级技术创新中心"]),
        ("取得新药证书并首次在本市实现产业化,给予500万元奖励。", ["新药证书"]),
        ("获得德国红点奖的,奖励20万元;同一产品获多个奖项的,按最高奖项奖励。", ["德国红点奖"]),
        (
            "取得药品注册证书并在本区产业化的,给予最高500万元奖励;取得第三类医疗器械注册证的,给予50万元。",
            ["药品注册证书", "第三类医疗器械注册证"],
        ),
        (
            "对被认定为广州市总部企业的,给予落户奖励。",
            ["广州市总部企业"],
        ),
        (
            "对成功创建国家5A级旅游景区、国家级旅游度假区的,分别给予500万元、300万元奖励。",
            ["国家5A级旅游景区", "国家级旅游度假区"],
        ),
        (
            "对入选国家文化产业示范基地、省级文化产业示范园区的,给予100万元、50万元奖励。",
            ["国家级文化产业示范基地", "省级文化产业示范园区"],
        ),
        (
            "鼓励企业申报国家级、省级工业设计中心,对获认定的分别奖励100万元、50万元。",
            ["国家级工业设计中心", "省级工业设计中心"],
        ),
        (
            "对获评五星级、四星级上云企业的,分别奖励20万元、10万元。",
            ["五星级上云企业", "四星级上云企业"],
        ),
        (
            "对被评为国家级、省级示范园区的,给予运营机构100万元、50万元奖励。",
            ["国家级示范园区", "省级示范园区"],
        ),
        (
            "企业获得中国专利金奖、银奖、优秀奖的,分别给予100万元、50万元、20万元奖励。",
            ["中国专利金奖", "中国专利银奖", "中国专利优秀奖"],
        ),
        (
            "对获得海关AEO高级认证的企业给予20万元奖励。",
            ["AEO高级认证"],
        ),
        (
            "通过两化融合管理体系贯标AAA级评定的企业,给予20万元奖励。",
            ["两化融合管理体系贯标"],
        ),
        (
            "对列入《广东省首台(套)重大技术装备推广应用指导目录》的产品,给予奖励。",
            ["广东省首台(套)重大技术装备推广应用指导目录"],
        ),
        (
            "对获得省级及以上重点实验室、工程研究中心、技术创新中心认定的,给予最高200万元资助。",
            ["省级及以上重点实验室", "省级及以上工程研究中心", "省级及以上技术创新中心"],
        ),
        (
            "支持建设国家级、省级制造业创新中心,给予最高1000万元支持。",
            ["国家级制造业创新中心", "省级制造业创新中心"],
        ),
        (
            "对新认定为国家技术先进型服务企业的给予20万元奖励。",
            ["国家级技术先进型服务企业"],
        ),
        (
            "首次入选“中国企业500强”“中国民营企业500强”的,分别给予200万元、100万元奖励。",
            ["中国企业500强", "中国民营企业500强"],
        ),
        (
            "对获评“浙江制造”品字标认证的企业奖励20万元。",
            ["浙江制造品字标认证"],
        ),
        (
            "获得广东省专精特新中小企业认定并在有效期内的企业,按贷款利息的50%给予贴息。",
            ["广东省专精特新中小企业"],
        ),
        (
            "对新入选国家级、省级小型微型企业创业创新示范基地的,分别给予50万元、30万元一次性奖励。",
            ["国家级小型微型企业创业创新示范基地", "省级小型微型企业创业创新示范基地"],
        ),
        (
            "获得“国家跨境电子商务示范企业”称号的,奖励50万元。",
            ["国家跨境电子商务示范企业"],
        ),
        (
            "对高新技术企业、专精特新企业购买研发设备的,按10%给予补贴。",
            ["国家高新技术企业", "专精特新中小企业"],
        ),
        (
            "新获批国家企业技术中心的奖励300万元。",
            ["国家级企业技术中心"],
        ),
        (
            "对评选为省级瞪羚、省级潜在瞪羚的企业分别给予30万元、20万元的奖励,对评选为“小巨人”企业、服务型制造示范企业给予20万元的奖励,对评选为绿色工厂的企业给予10万元奖励。",
            ["省级瞪羚企业", "省级潜在瞪羚企业", "专精特新“小巨人”企业", "服务型制造示范企业", "绿色工厂"],
        ),
        (
            "对首次认定、重新认定为高新技术企业的,分别奖励20万元、10万元。",
            ["国家高新技术企业"],
        ),
        (
            "对新认定的国家级、省级创新型企业,分别给予5万元、2万元奖励。",
            ["国家级创新型企业", "省级创新型企业"],
        ),
        (
            "初次认定为乐清市级、温州市级科技(创新)型企业的,分别一次性给予1万元、3万元的奖励;认定为省级、国家级创新型企业(示范、试点)的,分别一次性给予10万元、30万元的奖励。",
            ["乐清市级科技(创新)型企业", "温州市级科技(创新)型企业", "省级创新型企业", "国家级创新型企业"],
        ),
        (
            "对新认定的国家级企业工程技术研究开发中心、省级高新技术企业研究开发中心、市级企业技术研究开发中心、区级企业技术研究开发中心的企业,每家分别给予一次性补助50万元、10万元、5万元、3万元。",
            [
                "国家级企业工程技术研究开发中心",
                "省级高新技术企业研究开发中心",
                "市级企业技术研究开发中心",
                "区级企业技术研究开发中心",
            ],
        ),
        (
            "对新认定的国家、市级和区级创新型企业分别给予一次性50万元、10万元和5万元奖励。",
            ["国家级创新型企业", "市级创新型企业", "区级创新型企业"],
        ),
        (
            "对通过认定或新迁入的天津市市级高新技术企业,给予每家企业5万元奖励。",
            ["天津市市级高新技术企业"],
        ),
        (
            "对被评为国家专精特新“小巨人”、国家重点“小巨人”的企业给予一次性最高200万元奖励。",
            ["专精特新“小巨人”企业", "国家重点“小巨人”"],
        ),
        (
            "对列入省级绿色工厂、绿色(设计)产品示范名单的,分别给予50万元、15万元奖励,列入国家级的加倍奖励。",
            ["省级绿色工厂", "省级绿色(设计)产品示范名单"],
        ),
        (
            "对新列入国家、省级大数据产业发展试点示范项目分别给予20万元、10万元奖励。",
            ["国家级大数据产业发展试点示范项目", "省级大数据产业发展试点示范项目"],
        ),
        (
            "通过“浙江省管理对标提升标杆企业”奖励20万元,新认定为市级“美丽工厂”标杆企业的一次性奖励20万元。",
            ["浙江省管理对标提升标杆企业", "市级“美丽工厂”标杆企业"],
        ),
        (
            "上级科创、发改、工信部门上一年度认定或验收通过的国家、省、市级技术创新中心、(重点)实验室、工程(技术)研究中心、概念验证中心、企业技术中心等创新平台,按不超过上级资助金额的50%给予配套扶持。",
            [
                "国家级技术创新中心",
                "省级技术创新中心",
                "市级技术创新中心",
                "国家级重点实验室",
                "省级重点实验室",
                "市级重点实验室",
                "国家级工程技术研究中心",
                "省级工程技术研究中心",
                "市级工程技术研究中心",
                "国家级概念验证中心",
                "省级概念验证中心",
                "市级概念验证中心",
                "国家级企业技术中心",
                "省级企业技术中心",
                "市级企业技术中心",
            ],
        ),
        (
            "对创建并认定为区级绿色工厂企业,给予一次性奖励20万元。",
            ["区级绿色工厂"],
        ),
        (
            "对列入市级及以上的绿色设计产品名单的企业,给予每项产品一次性奖励1万元。",
            ["市级及以上绿色设计产品名单"],
        ),
        (
            "对入选本市及国家级绿色工厂、绿色供应链示范名单的企业,给予一定额度的奖励资金。",
            ["市级绿色工厂", "国家级绿色工厂", "市级绿色供应链示范名单", "国家级绿色供应链示范名单"],
        ),
    ],
)
def test_names_titles_with_their_levels_in_the_style_of_any_city(text: str, expected: list[str]) -> None:
    assert honors(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "支持企业申报高新技术企业,提供培训辅导服务。",
        "加强专精特新中小企业梯度培育,培育一批单项冠军企业。",
        "对首次升规入统的企业给予10万元奖励。",
        "在中国创新创业大赛中获得一等奖的企业,给予50万元奖励。",
        "主导制定国家标准的,给予30万元奖励。",
        "获得国家、省财政资金支持的,按50%配套。",
        "未列入严重违法失信名单的企业可申报。",
        "对入选国家级、省级、市级“揭榜挂帅”项目的给予支持。",
        "对获得市级首台(套)、首批次支持的企业,按照不超过市级资金的50%给予配套支持。",  # upper money: a match
        "对获得市级新智造100项目的企业给予最高50%的配套支持。",
        "对获得发明专利证书的企业给予奖励。",
        "未获得市级首店政策资金支持的企业,给予最高100万元补助。",
    ],
)
def test_what_is_hoped_for_paid_or_won_elsewhere_is_no_honor(text: str) -> None:
    assert honors(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # levels of a list hold for all that follows; 领域 in front is no part of a name (004)
        (
            "对新获评人工智能领域国家和市级重点实验室、工程研究中心的企业,分别给予最高100万元、50万元支持。",
            ["国家级重点实验室", "市级重点实验室", "国家级工程研究中心", "市级工程研究中心"],
        ),
        # a new level in the list takes over (001-17)
        (
            "对获得国家级制造业创新中心,以及北京市产业创新中心、中试验证平台等认定的主体,分别给予支持。",
            ["国家级制造业创新中心", "北京市产业创新中心", "北京市中试验证平台"],
        ),
        # a shared noun (001-17)
        (
            "对获得国家互联网信息办公室生成式人工智能服务、境内深度合成服务算法、区块链信息服务备案的企业给予支持。",
            ["生成式人工智能服务备案", "国家互联网信息办公室境内深度合成服务算法备案", "区块链信息服务备案"],
        ),
        # fields in front of 等领域, and acronyms in front of 等 (001-02, 001-19)
        (
            "对首次取得保税研发、保税检测、保税维修等领域相关国际资质认证的,给予补助。",
            ["国际资质认证"],
        ),
        ("对首次获得的NG、CE等先进制造领域相关国际认证,给予最高10万元支持。", ["NG认证", "CE认证"]),
        # grades in brackets (001-19), a bracket with an alternative (004), with another noun (001-09)
        (
            "对获得国家级智能工厂的(卓越级和领航级)给予最高300万元支持。",
            ["国家级智能工厂(卓越级)", "国家级智能工厂(领航级)"],
        ),
        (
            "对首次认定的国家专精特新“小巨人”企业、国家高新技术企业(或北京市专精特新中小企业),分别给予支持。",
            ["专精特新“小巨人”企业", "国家高新技术企业", "北京市专精特新中小企业"],
        ),
        (
            "鼓励申报认定国家文化出口重点企业(项目),按照年度出口额的3%给予支持。",
            ["国家文化出口重点企业", "国家文化出口重点项目"],
        ),
        # what 和 joins inside a name stays whole (001-11)
        (
            "对首次入选国家级、市级文化和科技融合示范基地的机构,予以支持。",
            ["国家级文化和科技融合示范基地", "市级文化和科技融合示范基地"],
        ),
        # the level stands in front of 认定 (001-05, 001-19)
        ("经市级认定为首店的,按1:0.5比例予以补助。", ["市级首店"]),
        (
            "对于获得国家级、市级认定的工业设计中心的主体给予支持。",
            ["国家级工业设计中心", "市级工业设计中心"],
        ),
        # a later level with its own amount (001-17)
        (
            "对育新基地给予奖励。其中,市级育新基地累计最高支持500万元,区级累计最高支持300万元。",
            ["市级未来产业育新基地", "区级未来产业育新基地"],
        ),
        # a body awards it (001-06)
        ("对经金融监管部门认定的科技金融领军机构,给予最高50万元奖励。", ["科技金融领军机构"]),
        # required, not rewarded (001-12)
        ("允许有需求的高新技术企业先使用专利,给予支付许可费用的50%的资金支持。", ["国家高新技术企业"]),
        # hoped for, and paid for what was awarded (004)
        ("支持申报“丰泽计划”,对经评审认定的人才,享受相关资金奖励。", ["丰泽计划"]),
        # what only describes a name is no part of it, nor an end of the phrase
        ("对医疗器械取得美国FDA认证(Ⅲ类)或欧盟的CE认证的,给予奖励。", ["美国FDA认证", "CE认证"]),
        ("对获得数据的首登记、首入表等认定的,给予配套。", ["数据首登记", "数据首入表"]),
        # known titles with their level, without a trigger
        (
            "被评为文化产业园区将对运营方进行补助,州级文化产业园区补助100万元,省级文化产业园区补助150万元。",
            ["州级文化产业园区", "省级文化产业园区"],
        ),
        # the award may stand in the next sentence
        (
            "创新平台配套扶持。扶持范围:上一年度认定或验收通过的国家、省级重点实验室。扶持标准:给予不超过500万元扶持。",
            ["国家级重点实验室", "省级重点实验室"],
        ),
        # what is taken in is no title, unless it is a list or catalogue
        ("对纳入浙江省经济和信息化数据服务平台的企业给予奖励。", []),
        ("对纳入北京绿色企业库的企业给予奖励。", ["北京绿色企业库"]),
        # a level below the nation's makes it another title
        ("对认定为省级专精特新“小巨人”企业的给予奖励。", ["省级专精特新“小巨人”企业"]),
    ],
)
def test_reads_lists_of_levels_and_titles(text: str, expected: list[str]) -> None:
    assert honors(text) == expected


def test_goals_scope_and_procedure_name_no_honors() -> None:
    view = view_of(
        "一、发展目标\n(一)获评国家级绿色工厂10家,给予支持。\n(二)新认定省级企业技术中心5家,给予支持。"
    )
    assert extract_honors(view) == [[], [], []]


def test_a_heading_names_no_title_that_the_text_says_better() -> None:
    text = "【培育专精特新企业】对首次认定为国家级专精特新“小巨人”的企业,给予200万元。"
    assert honors(text) == ["专精特新“小巨人”企业"]


def test_what_the_makers_build_themselves_is_no_honor() -> None:
    assert honors("建设省级智能算力统筹调度平台。对使用算力的企业给予20%的补助。") == []
    assert honors("支持建设省级制造业创新中心,给予500万元支持。") == ["省级制造业创新中心"]


def test_a_passage_headed_standard_that_awards_has_honors() -> None:
    passages = view_of("一、智能工厂\n(一)支持标准:国家级智能工厂奖励200万元。\n(二)支持标准:以下项目。")
    assert [[one.name for one in found] for found in extract_honors(passages)] == [
        [],
        ["国家级智能工厂"],
        [],
    ]


def test_evidence_is_where_the_title_stands() -> None:
    view = article("对新认定的国家级、省级企业技术中心,分别给予200万元、100万元奖励。")
    spans = [view.text[slice(*mention.span)] for mention in extract_honors(view)[0]]
    assert spans == ["省级企业技术中心", "省级企业技术中心"]


@pytest.mark.parametrize(
    ("phrase", "kind", "names"),
    [
        ("出盒证明", "headed", ["出盒证明"]),  # a telling head needs no level
        ("创新平台", "headed", []),  # 平台 does
        ("市级创新平台", "headed", ["市级创新平台"]),
        ("行业应用标杆案例", "any", ["行业应用标杆案例"]),
        ("新引进", "any", []),  # no noun of honors at the end
        ("重点实验室", "named", []),  # known, but any may be built
        ("市级重点实验室", "named", ["市级重点实验室"]),
        ("独角兽企业", "named", ["独角兽企业"]),  # known, and stands alone
    ],
)
def test_how_sure_the_word_in_front_is_decides_what_counts(phrase: str, kind: str, names: list[str]) -> None:
    assert [named.name for named in read_names(phrase, kind)] == names


def test_agrees_with_the_annotators() -> None:
    """Micro-averaged over all clauses of the corpus, names compared as the score does."""
    gold = {}
    for path in sorted(SEEDS.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        gold["".join(record["title"].split())] = {tuple(c["cite"]): c["honors"] for c in record["clauses"]}
    hits = named = wanted = 0
    for path in sorted(Path(CORPUS).glob("*.txt")):
        for policy in split_policies(Document(path.name, path.read_text(encoding="utf-8"), "0"))[0]:
            view = plain_view(policy, segment_clauses(policy))
            for passage, mentions in zip(view.passages, extract_honors(view), strict=True):
                left = [mention.name for mention in mentions]
                expected = gold[policy.title][passage.cite]
                named, wanted = named + len(left), wanted + len(expected)
                for name in expected:
                    near = next((other for other in left if same_name(other, name)), None)
                    if near is not None:
                        left.remove(near)
                        hits += 1
    print(f"honors: P {hits / named:.3f} R {hits / wanted:.3f}")
    assert 2 * hits / (named + wanted) >= 0.93


# --- the lexicon


def test_every_honor_has_a_source_and_names_of_its_own() -> None:
    lexicon = read_lexicon("honors")
    meant: dict[str, set[str]] = {}
    for honor in lexicon["honors"]:
        for name in honor_names(honor):
            meant.setdefault(bare(name), set()).add(honor["name"])
    assert {name: honors for name, honors in meant.items() if len(honors) > 1} == {}
    for honor in lexicon["honors"]:
        assert honor["source"], honor["name"]
        assert honor["name"] not in honor.get("aliases", []), honor["name"]
        assert honor.get("fixed", "any") in ("any", "national"), honor["name"]
        assert known_honor(bare(honor["name"])).name == honor["name"]


def test_triggers_are_of_one_kind_each() -> None:
    triggers = read_lexicon("honors")["triggers"]
    words = [word for kind in triggers.values() for word in kind]
    assert len(words) == len(set(words))
    assert set(read_lexicon("honors")["hoped"]) <= set(words)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("国家级重点实验室", "国家级"),
        ("绍兴市级智能工厂", "绍兴市级"),
        ("广东省企业技术中心", "广东省"),
        ("省政府质量奖", "省"),
        ("省级及以上孵化器", "省级及以上"),
        ("区块链信息服务备案", None),  # 区 and 市 inside other words are no levels
        ("市场监管", None),
        ("城市更新示范项目", None),
    ],
)
def test_levels_in_front_of_a_title(text: str, level: str | None) -> None:
    found = honor_words().level_alone.match(text)
    assert (found[0] if found else None) == level


def test_nouns_that_end_names() -> None:
    assert ends_as_honor("中国企业500强")
    assert ends_as_honor("试点示范项目(平台类)")
    assert not ends_as_honor("保税检测")
