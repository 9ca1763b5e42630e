"""What amounts are: benefits of each kind, thresholds, other amounts by their rules; and that every one is accounted for once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.amounts import extract_amounts
from loaders.amounts.quantities import find_quantities
from tests.loaders.amounts.said import facts, quotes, said, said_by_clause
from tests.loaders.passages import article, view_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # cap: 最高 and its kin, whatever stands around the number
        ("对项目给予最高200万元支持。", ["cap 200万 项目/-"]),
        ("对项目给予不超过50万元的资金补贴。", ["cap 50万 项目/-"]),
        ("对项目补贴上限为50万元。", ["cap 50万 项目/-"]),
        ("对项目给予50万元以内的补助。", ["cap 50万 项目/-"]),
        ("对项目补助,100万元封顶。", ["cap 100万 项目/-"]),
        # fixed: an amount given outright
        ("对项目给予资金支持250万元。", ["fixed 250万 项目/-"]),
        ("对项目奖励30万元。", ["fixed 30万 项目/-"]),
        ("对项目给予不少于20万元奖励。", ["fixed 20万 项目/-"]),
        ("对项目给予20-200万元奖励。", ["fixed 20万 项目/-", "fixed 200万 项目/-"]),
        # a list shares what governs its first amount
        ("对项目分别给予最高500万元和200万元支持。", ["cap 500万 项目/-", "cap 200万 项目/-"]),
        ("对项目予以国际奖200万元、国内奖50万元。", ["fixed 200万 项目/-", "fixed 50万 项目/-"]),
        ("对项目给予国家级最高200万元、省级100万元。", ["cap 200万 项目/-", "cap 100万 项目/-"]),
        # rate, with the cap beside it
        ("按照投资额的30%给予补助,最高300万元。", ["rate 30%", "cap 300万"]),
        ("给予最高不超过30%、500万元的资金补贴。", ["rate 30%", "cap 500万"]),
        ("按不超过总投资的10%、15%、20%给予分档奖励。", ["rate 10%", "rate 15%", "rate 20%"]),
        ("对剩余展位费给予全额补贴。", ["rate 100%"]),
        ("给予省级补助额度1/3的补助。", ["rate 33.3333%"]),
        ("按贷款余额的0.5‰给予奖励。", ["rate 0.05%"]),
        ("按市级资金1:0.5给予配套支持。", ["ratio 50%"]),
        # new levels and additions
        ("支持比例、资金和时间上限提高至30%、300万元、3年。", ["rate 30%", "cap 300万", "years 3年"]),
        ("每档支持资金提高10万元。", ["uplift 10万"]),
        ("贴息率再增加1%。", ["uplift 1%"]),
        ("在上述基础上支持比例提高10个百分点。", ["uplift 10%"]),
        ("再给予一次性10万元奖励。", ["fixed 10万 -/once"]),
        # areas and years
        ("给予最高300平方米零租金空间支持,连续支持不超过3年。", ["area 300m2", "years 3年"]),
        ("单个平台补贴面积不超过1000平方米。", ["area 1000m2"]),
        ("给予连续三个自然年度补助。", ["years 3年"]),
        ("可连续支持最多不超过5年。", ["years 5年"]),
        ("补贴期限3年,每年最高60万元。", ["years 3年", "cap 60万 -/year"]),
        ("前两年全额补贴、后三年补贴50%。", ["years 2年", "rate 100%", "years 3年", "rate 50%"]),
        ("自投产起连续2年内,给予奖励10万元。", ["years 2年", "fixed 10万"]),
        # half without a figure, and the whole of a rent
        ("前两年全额补贴、后一年减半补贴。", ["years 2年", "rate 100%", "rate 50%"]),
        ("前两年按租金全额、第三年按租金减半给予补贴。", ["years 2年", "rate 100%", "rate 50%"]),
        # both ends of a range that is given
        ("给予每家企业不低于50万元、不高于200万元的奖励。", ["fixed 50万 企业/-", "cap 200万 企业/-"]),
        # an area behind a price limits the award
        ("给予租金每平方米每天1元的补贴,面积不超过1000平方米。", ["fixed 1", "area 1000m2"]),
        ("租用的给予支持,面积不超过1000㎡。", ["area 1000m2"]),
        # a standard behind a ceiling is none
        (
            "每年最高补贴150万元;购建的按照每平方米1000元给予一次性补贴。",
            ["cap 150万 -/year", "fixed 1000 -/once"],
        ),
        # what somebody has been so long is no term of the support
        (
            "首次入规(上限)企业奖励10万元,连续两年在库再奖励5万元。",
            ["fixed 10万 企业/-", "eligibility 2年", "fixed 5万 企业/-"],
        ),
        # a share paid in stages is the award's
        ("按照研发投入的20%分阶段给予最高3000万元支持。", ["rate 20%", "cap 3000万"]),
        # a bound that describes somebody
        ("对单户1000万元以下的供应链配套企业贷款,给予0.5%的补贴。", ["T 1000万", "rate 0.5%"]),
        # a price that conditions
        ("对零售价不超过35元/公斤的加氢站,补贴20元/公斤。", ["T 35", "fixed 20"]),
        # so much for each of what a classifier counts
        ("按每列20万元、15万元给予补贴。", ["fixed 20万", "fixed 15万"]),
        # an upper level asks for a match of its own
        ("所在区按不低于1:0.5的比例给予配套支持。", ["ratio 50%"]),
        # a rate of interest is no term
        ("给予贴息,贴息比例不超过一年期LPR的50%。", ["rate 50%"]),
    ],
)
def test_benefits(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年销售额不低于2000万元。", ["T 2000万"]),
        ("当年销售额1亿元以上。", ["T 1亿"]),
        ("单店面积超过1000平方米的门店。", ["T 1000m2"]),
        ("支持1亿元以内的项目并购。", ["T 1亿"]),
        ("实收资本不足1亿元的,可按照1亿元标准执行。", ["T 1亿", "reference 1亿"]),
        ("总投资不超过5000万元的项目,按投资额的10%补助。", ["T 5000万", "rate 10%"]),
        ("增资10亿元以上、100亿元(不含)以下的,给予奖励500万元。", ["T 10亿", "T 100亿", "fixed 500万"]),
        ("1亿元至50亿元(含)的,按9%给予补助。", ["T 1亿", "T 50亿", "rate 9%"]),
        (
            "收入达到10亿元、5亿元的企业,奖励100万元、50万元。",
            ["T 10亿", "T 5亿", "fixed 100万 企业/-", "fixed 50万 企业/-"],
        ),
        ("每新增产值1亿元奖励5万元。", ["T 1亿", "fixed 5万"]),
        ("获得风险投资1000万元以上的企业,奖励20万元。", ["T 1000万", "fixed 20万 企业/-"]),
        (
            "首次认定为5000万元、1亿元税收楼的,奖励10万元、20万元。",
            ["T 5000万", "T 1亿", "fixed 10万", "fixed 20万"],
        ),
        ("种植面积200至300亩的奖励2万元。", ["T 200mu", "T 300mu", "fixed 2万"]),
        ("出口额100万-500万美元的企业,给予5万元补助。", ["T 100万USD", "T 500万USD", "fixed 5万 企业/-"]),
        # what was obtained is no condition by itself: 获得认定的奖励10万元
        ("对获得省级认定的奖励10万元。", ["fixed 10万"]),
        ("对引进甲级资质的企业给予150万元奖励。", ["fixed 150万 企业/-"]),
    ],
)
def test_thresholds(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # goal: an aim, of the whole policy or in its words
        ("力争到2027年产业规模突破500亿元。", ["goal 500亿"]),
        ("到2028年,年均增速保持25%以上。", ["goal 25%"]),
        ("遴选百万平米产业空间,支持园区提供孵化基地。", ["goal 100万m2"]),
        # pool: money for a whole scheme
        ("每年发放1亿元数据券,支持企业采购数据。", ["pool 1亿"]),
        ("每年安排不超过100万元奖励资金,支持赛事获奖企业。", ["pool 100万"]),
        ("设立总规模不低于10亿元的产业基金。", ["pool 10亿"]),
        ("县财政每年安排3亿元打造产业链群。", ["pool 3亿"]),
        ("本区每年安排不超过2000万元用于支持首台套应用。", ["pool 2000万"]),
        ("每年算力券总额提升至2.5亿元。", ["pool 2.5亿"]),
        ("联合金融机构整合3000万元资金用于发放消费券。", ["pool 3000万"]),
        ("扶持资金由区财政统筹安排,每年不超过3000万元,实行总额控制。", ["pool 3000万"]),
        # what a year brings
        ("2023年完成固定资产投资540亿元。", ["goal 540亿"]),
        # a deadline is no term of support
        ("自签约之日起两年内完成全部投资的,按投资的2%给予补助。", ["eligibility 2年", "rate 2%"]),
        # eligibility: shares and years that measure; money beside them is a threshold
        ("研发费用占比不低于3%或1000万元的企业。", ["eligibility 3%", "T 1000万"]),
        ("营业收入增长20%以上的企业,奖励10万元。", ["eligibility 20%", "fixed 10万 企业/-"]),
        ("研发费用占比不超过3%的不予支持。", ["eligibility 3%"]),
        ("实际利率低于2%的,按实际利率贴息。", ["eligibility 2%"]),
        ("近3年无重大行政处罚记录。", ["eligibility 3年"]),
        ("三年内不予受理申请。", ["eligibility 3年"]),
        ("连续三年在库的企业再奖励5万元。", ["eligibility 3年", "fixed 5万 企业/-"]),
        ("创办企业不超过1年的人才,奖励10万元。", ["eligibility 1年", "fixed 10万 个人/-"]),
        # territory
        ("适用于225平方公里范围内的企业。", ["territory 2.25亿m2"]),
        # reference: instalments, and who bears the cost
        ("补助资金每年比例为40%、30%、30%。", ["reference 40%", "reference 30%", "reference 30%"]),
        ("对不超过员工总人数10%的骨干,按年收入的5%给予奖励。", ["eligibility 10%", "rate 5%"]),
        (
            "给予500万元奖励,分两年按60%、40%比例发放。",
            ["fixed 500万", "reference 2年", "reference 60%", "reference 40%"],
        ),
        ("奖励资金立项后拨付60%,验收后拨付剩余40%。", ["reference 60%", "reference 40%"]),
        ("补助资金分三年拨付。", ["reference 3年"]),
        ("奖励资金由市、区按1:1比例分担。", ["reference 100%"]),
        # another stage's: validity; narration
        ("本措施有效期3年,施行期间政策有调整的从其规定。", []),
        ("通过三年攻坚,形成产业集群。", []),
        ("贴息率不超过同期贷款市场报价利率(LPR)。", []),
    ],
)
def test_other_amounts(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("给予1.2.3万元奖励。", "数字不可读"),
        ("给予企业100万港元奖励。", "以HKD计的支持,记录没有这一单位"),
        ("债务与资产,以1:2为准。", "没有说明这一比值用途的词"),
        ("另有五十万元。", "没有说明这一数额用途的词"),
    ],
)
def test_what_no_rule_accounts_for_is_unread_with_its_reason(text: str, reason: str) -> None:
    passages, _ = extract_amounts(article(text))
    assert [unread.reason for passage in passages for unread in passage.unread] == [reason]


# Sentences in the style of other cities' policies (广州、深圳、温州、杭州、成都、苏州、宁波 and others), answers by hand.
OTHER_CITIES = [
    (
        "对首次认定的国家级、省级、市级专精特新企业,分别给予100万元、50万元、20万元一次性奖励。",
        ["fixed 100万 企业/once", "fixed 50万 企业/once", "fixed 20万 企业/once"],
    ),
    (
        "对新引进的总部企业,实缴注册资本1亿元(含)以上的,按实缴注册资本的1%给予一次性奖励,最高不超过5000万元。",
        ["T 1亿", "rate 1%", "cap 5000万 企业/-"],
    ),
    (
        "租用办公用房且自用的,按每平方米每月不超过50元的标准给予租金补贴,补贴面积最高不超过2000平方米,补贴期限3年,每家企业每年最高不超过120万元。",
        ["cap 50", "area 2000m2", "years 3年", "cap 120万 企业/year"],
    ),
    (
        "按贷款实际支付利息的50%给予贴息,单个企业年度贴息总额最高不超过100万元,贴息期限最长不超过2年。",
        ["rate 50%", "cap 100万 企业/year", "years 2年"],
    ),
    (
        "年产值5000万元(含)—1亿元的,奖励20万元;1亿元(含)—5亿元的,奖励50万元;5亿元(含)以上的,奖励100万元。",
        ["T 5000万", "T 1亿", "fixed 20万", "T 1亿", "T 5亿", "fixed 50万", "T 5亿", "fixed 100万"],
    ),
    (
        "对获得国家级重大科技项目的企业,按国家资助金额的50%、最高1000万元予以配套。",
        ["rate 50%", "cap 1000万 企业/-"],
    ),
    ("A类项目资助不超过300万元,B类项目资助不超过100万元。", ["cap 300万 项目/-", "cap 100万 项目/-"]),
    ("新升规工业企业奖励10万元/家。", ["fixed 10万 企业/-"]),
    ("对引进的高层次人才,给予每人每年10万元生活补贴,连续补贴3年。", ["fixed 10万 个人/year", "years 3年"]),
    (
        "对购买首台(套)产品的用户单位,按不超过产品售价的20%给予补助,单台(套)最高不超过200万元,单个企业年度累计不超过500万元。",
        ["rate 20%", "cap 200万 台套/-", "cap 500万 企业/year"],
    ),
    (
        "对投资额达2000万元以上的技术改造项目,按设备投资额的10%给予事后奖补,单个项目最高不超过1000万元。",
        ["T 2000万", "rate 10%", "cap 1000万 项目/-"],
    ),
    (
        "支持企业参加境外展会,展位费按80%给予补助,每个展位最高3万元,每家企业每年最高补助30万元。",
        ["rate 80%", "cap 3万", "cap 30万 企业/year"],
    ),
    (
        "根据合作银行利率分档给予项目建设单位不超过1.5个百分点的利息补贴,且单个企业贴息金额每年不超过1000万元。",
        ["rate 1.5%", "cap 1000万 企业/year"],
    ),
    (
        "算力券最高可抵扣不超过60%的算力购买费用,每家算力需求方每年累计可领取最高500万元算力券。",
        ["rate 60%", "cap 500万 单位/year"],
    ),
    (
        "对承担市重大专项的牵头单位,按照市级资助金额最高60%给予资助,每个项目最高资助600万元。",
        ["rate 60%", "cap 600万 项目/-"],
    ),
    (
        "对新型储能项目按装机规模给予200元/千瓦时的补贴,单个项目最高不超过100万元。",
        ["fixed 200", "cap 100万 项目/-"],
    ),
    (
        "给予最高1亿元的一次性落户奖励,并给予企业核心人才最高600万元一次性安置补贴。",
        ["cap 1亿 -/once", "cap 600万 个人/once"],
    ),
    (
        "进入临床试验阶段的创新药,每个品种分别给予一次性补助200万元、300万元和500万元。",
        ["fixed 200万 -/once", "fixed 300万 -/once", "fixed 500万 -/once"],
    ),
    (
        "市级财政按照不超过实际投入的15%、最高2000万元给予补助;项目开工后,按照补助总额的50%予以预拨。",
        ["rate 15%", "cap 2000万", "reference 50%"],
    ),
    (
        "对年度营业收入首次突破1亿元、5亿元的企业,分别给予20万元、50万元奖励。",
        ["T 1亿", "T 5亿", "fixed 20万 企业/-", "fixed 50万 企业/-"],
    ),
    (
        "研发费用占营业收入比重不低于5%,且研发费用不低于500万元的,按研发费用的5%给予补助。",
        ["eligibility 5%", "T 500万", "rate 5%"],
    ),
    (
        "对新获评的国家级、省级众创空间、孵化器,分别给予运营单位50万元、30万元奖励。",
        ["fixed 50万 单位/-", "fixed 30万 单位/-"],
    ),
    (
        "鼓励企业牵头制定数据标准,按国际、国家分级,分别给予不超过100万元/项、50万元/项的奖励。",
        ["cap 100万", "cap 50万"],
    ),
    (
        "对成功上市的企业,分阶段给予最高1000万元奖励:申报受理奖励300万元,成功上市奖励700万元。",
        ["cap 1000万 企业/-", "fixed 300万 企业/-", "fixed 700万 企业/-"],
    ),
    (
        "建设占地面积不少于20亩、建筑面积不少于1万平方米的园区,给予运营主体50万元补助。",
        ["T 20mu", "T 1万m2", "fixed 50万 单位/-"],
    ),
    (
        "给予不超过100万元的创业启动资金,不超过200平方米办公用房并免除3年的租金。",
        ["cap 100万", "area 200m2", "years 3年"],
    ),
    (
        "按照发电量给予投资人0.25元/度发电补贴,补贴执行期限5年。",
        ["fixed 0.25", "years 5年"],
    ),
    (
        "自认定之日起三年内,按其地方财政贡献额的80%给予扶持;租赁办公用房的,三年内每年按租金的30%给予补贴。",
        ["years 3年", "rate 80%", "years 3年", "rate 30%"],
    ),
    (
        "对产值由3亿元以下增加到5亿元以上的企业,分档给予100-200万元奖励。",
        ["T 3亿", "T 5亿", "fixed 100万 企业/-", "fixed 200万 企业/-"],
    ),
    (
        "单个企业年度支持总额不超过1000万元,且不超过其上年度形成的区级地方财力。",
        ["cap 1000万 企业/year"],
    ),
    (
        "展位规模达到10000平方米以上(含10000平方米)至15000平方米以下的展会,给予4万元奖励。",
        ["T 1万m2", "T 1.5万m2", "fixed 4万 活动/-"],
    ),
    (
        "按投资额1亿元以下部分给予3%、1亿元至5亿元部分给予5%的补助。",
        ["T 1亿", "rate 3%", "T 1亿", "T 5亿", "rate 5%"],
    ),
    (
        "制造业企业采购设计服务且单项合同金额10万元以上的,按不超过合同金额30%、最高30万元予以补贴。",
        ["T 10万", "rate 30%", "cap 30万 企业/-"],
    ),
    ("单个项目、同一屋顶产权人补贴不超过100万元。", ["cap 100万 项目/-"]),
    (
        "对租用智能算力的企业且符合条件的,按不超过合同金额的50%,给予最高200万元支持。",
        ["rate 50%", "cap 200万 企业/-"],
    ),
    (
        "按其当年新增贷款额给予1%的贴息,单户企业最高20万元/年。",
        ["rate 1%", "cap 20万 企业/year"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OTHER_CITIES, ids=[text[:12] for text, _ in OTHER_CITIES])
def test_sentences_of_other_cities(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), OTHER_CITIES[:8], ids=[text[:12] for text, _ in OTHER_CITIES[:8]]
)
def test_full_width_punctuation_and_blanks_change_nothing(text: str, expected: list[str]) -> None:
    wide = text.translate(
        {ord(a): b for a, b in zip(",;:()%", "\uff0c\uff1b\uff1a\uff08\uff09\uff05", strict=True)}
    )
    assert said(wide) == expected
    assert said(wide.replace("万元", " 万元")) == expected


def test_a_parent_that_ends_in_a_colon_speaks_for_its_items() -> None:
    body = (
        "第一条 对首次达标的企业,按以下标准给予一次性奖励:\n"
        "(一)年产值1亿元以上的,100万元;\n(二)年产值5亿元以上的,200万元。\n第二条 国家级的,奖励50万元。"
    )
    assert said_by_clause(body) == {
        "第一条": [],
        "(一)": ["T 1亿", "fixed 100万 企业/once"],
        "(二)": ["T 5亿", "fixed 200万 企业/once"],
        "第二条": ["fixed 50万"],
    }


def test_what_a_passage_gives_it_goes_on_giving() -> None:
    assert said("支持方式为事后奖补。国家级100万元,省级50万元。") == ["fixed 100万", "fixed 50万"]


def test_a_clause_headed_by_aims_gives_nothing() -> None:
    body = "一、总体目标\n产业规模突破500亿元,政企专线100%支持互联。\n二、政策措施\n对企业给予100万元奖励。"
    clauses = said_by_clause(body)
    assert clauses["一"] == ["goal 500亿", "goal 100%"]
    assert clauses["二"] == ["fixed 100万 企业/-"]


def test_amounts_in_front_of_the_first_clause_are_the_preambles() -> None:
    assert facts(extract_amounts(article("无"))[1]) == []
    # a preamble grants nothing: what would be benefit or threshold in a clause is listed as told there
    told = "投入资金50亿元支持企业。组建不低于3500亿元规模的资本。总产值突破4000亿元。"
    _, preamble = extract_amounts(view_of(f"{told}\n第一条 对企业奖励30万元。"))
    assert [fact for _, fact in facts(preamble)] == ["reference 50亿", "goal 3500亿", "goal 4000亿"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对企业给予最高200万元支持。", ["给予最高200万元"]),
        ("每家企业每年最高不超过50万元。", ["每家企业每年最高不超过50万元"]),
        ("分别给予最高100万元、50万元支持。", ["分别给予最高100万元", "分别给予最高100万元、50万元"]),
        ("按照不超过项目总投入的30%给予补贴。", ["不超过项目总投入的30%"]),
        ("主营业务收入达到10亿元以上的企业。", ["主营业务收入达到10亿元以上"[4:]]),
        ("予以最高100万元的一次性支持。", ["予以最高100万元的一次性"]),
        ("连续支持不超过3年,给予补贴。", ["连续支持不超过3年"]),
    ],
)
def test_quotes_begin_at_the_cue_and_end_with_the_amount(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


WORDS = st.sampled_from(
    [
        "对",
        "企业",
        "项目",
        "给予",
        "最高",
        "不超过",
        "达到",
        "以上的",
        "按照",
        "投资额",
        "每年",
        "一次性",
        "累计",
        "单个",
        "每家",
        "100万元",
        "5亿元",
        "30%",
        "1:0.5",
        "3年",
        "200平方米",
        "三年",
        "全额补贴",
        "过亿",
        "1.2.3万元",
        "50、30万元",
        "20亩",
        ",",
        ";",
        "。",
        ":",
        "、",
        "的",
        "其中",
        "支持",
        "鼓励",
        "建设",
        "平台",
        "提高至",
        "分",
        "拨付",
        "占",
        "增长",
        "安排",
        "1/3",
        "市",
        "\n",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_every_quantity_is_accounted_for_exactly_once(text: str) -> None:
    view = article(text)
    passages, preamble = extract_amounts(view)
    spans = [span for found in (preamble, *passages) for span, _ in facts(found)]
    ends = [end for _, end in spans]
    quantities = find_quantities(view.text)
    years = [q for q in quantities if q.kind == "years"]
    # validity and narrated years are accounted for elsewhere; nothing else is
    assert len(quantities) - len(years) <= len(spans) <= len(quantities)
    assert all(
        any(start <= q.start and q.end <= end for start, end in spans)
        for q in quantities
        if q.kind != "years"
    )
    assert all(0 <= start < end <= len(view.text) for start, end in spans)
    assert max(ends, default=0) <= len(view.text)


@pytest.mark.parametrize(
    "text",
    [
        "给予1万元," * 2000,
        "对企业" * 3000 + "给予1万元",
        "对," * 3000 + "给予1万元",
        "给予3年" * 2000,
        "其中1万元。" * 1500,
        "支持企业;" * 3000 + "1万元",
        "1万元以上、" * 2000,
        "企业给予1万元" * 2000,
        "按照项目" * 3000 + "30%",
    ],
    ids=lambda text: text[:6],
)
def test_long_sentences_take_no_long_time(text: str) -> None:
    start = time.perf_counter()
    extract_amounts(article(text))
    assert time.perf_counter() - start < 4
