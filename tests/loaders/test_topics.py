"""Topics: what a clause's money is for, which passages have no topic at all, and how well the gold is met."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data import CORPUS
from loaders.lexicon import pattern, read_lexicon
from loaders.plain import plain_view
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.topics import _cues, extract_topics
from loaders.types import Document
from tests.loaders.passages import article, view_of

GOLD = Path(__file__).parents[1] / "gold" / "topics.json"


def topics(text: str) -> list[str]:
    return [mention.name for mention in extract_topics(article(text))[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "支持企业实施技术改造。对总投资500万元以上的工业技改项目,按设备投资额的10%给予奖励,最高不超过1000万元。",
            ["smart-factory"],
        ),
        (
            "推动“智改数转网联”。对认定为省级智能制造示范工厂、智能车间的企业,分别给予100万元、50万元奖励。",
            ["smart-factory"],
        ),
        (
            "对首次认定的国家级专精特新“小巨人”企业、省级专精特新中小企业、市级创新型中小企业,分别给予50万元、20万元、5万元奖励。",
            ["srdi-hightech"],
        ),
        (
            "支持高新技术企业发展。对首次认定的国家高新技术企业给予20万元奖励,对重新认定的给予10万元奖励。",
            ["srdi-hightech"],
        ),
        ("对新获评国家级制造业单项冠军企业(产品)的,给予一次性奖励100万元。", ["srdi-hightech"]),
        ("鼓励企业升规纳统。对首次纳入规模以上统计的工业企业,一次性奖励10万元。", ["enter-scale"]),
        ("对当年新增“小升规”工业企业给予5万元奖励,连续三年在库的再奖励10万元。", ["enter-scale"]),
        (
            "对年产值首次突破1亿元、5亿元、10亿元的工业企业,分别给予10万元、50万元、100万元奖励。",
            ["scale-award"],
        ),
        ("对新认定的总部企业,按其实缴注册资本的1%给予落户奖励,最高5000万元。", ["headquarters"]),
        ("支持世界500强企业、央企在我区设立区域总部、研发总部,给予最高2000万元开办补助。", ["headquarters"]),
        ("对新引进企业租赁办公用房的,按每平方米每月30元标准给予租金补贴,期限三年。", ["office-space"]),
        ("对重点企业购置自用办公用房的,按购房价款的5%给予一次性补贴,最高500万元。", ["office-space"]),
        (
            "对企业研发费用加计扣除额达到500万元以上的,按年度研发费用的3%给予补助,最高200万元。",
            ["rnd-subsidy"],
        ),
        ("鼓励企业加大研发投入,按研发投入增量的10%给予补助。", ["rnd-subsidy"]),
        ("对新认定的国家级、省级企业技术中心,分别给予200万元、100万元奖励。", ["innovation-platform"]),
        (
            "支持新型研发机构建设。对新引进的高水平新型研发机构,给予最高3000万元建设经费支持。",
            ["innovation-platform"],
        ),
        (
            "对新获批建设的全国重点实验室、省重点实验室,分别给予500万元、200万元资助。",
            ["innovation-platform"],
        ),
        (
            "围绕集成电路、高端装备等领域“卡脖子”技术难题,实施关键核心技术攻关项目,单个项目最高补助1000万元。",
            ["key-tech"],
        ),
        ("对揭榜挂帅技术攻关项目,按技术合同实际支付额的20%给予补助,最高200万元。", ["jiebang", "key-tech"]),
        (
            "对承担国家重点研发计划、省“尖兵领雁”项目的企业,按上级补助资金的50%给予配套。",
            ["upper-project-match"],
        ),
        (
            "对企业购买高校院所科技成果并在本地转化的,按技术交易额的10%给予补助,最高100万元。",
            ["tech-transfer"],
        ),
        ("支持组建创新联合体,开展产学研合作,给予每个联合体最高300万元支持。", ["tech-transfer"]),
        ("对经认定的国内首台(套)、省内首台(套)装备,分别给予100万元、50万元奖励。", ["first-use"]),
        ("对新认定的省级首版次软件、首批次新材料,给予研制单位30万元奖励。", ["first-use"]),
        ("对主导制定国际标准、国家标准、行业标准的单位,分别给予50万元、30万元、10万元奖励。", ["standards"]),
        ("支持企业参与“浙江制造”标准制定,对第一起草单位每项奖励10万元。", ["standards"]),
        ("支持建设概念验证中心和中试基地,按设备投入的30%给予资助,最高1000万元。", ["pilot-platform"]),
        ("对为中小企业提供检验检测、公共技术服务的平台,按服务额的10%给予补助。", ["pilot-platform"]),
        ("鼓励企业建设开源社区、发布开源项目,对有影响力的开源项目给予最高50万元奖励。", ["open-source"]),
        ("支持链主企业带动本地配套,对新增采购本地非关联企业产品的,按采购额的1%给予奖励。", ["supply-chain"]),
        (
            "对新认定的国家级、省级科技企业孵化器,分别给予100万元、50万元奖励;对众创空间减半执行。",
            ["incubator"],
        ),
        ("孵化器每培育一家高新技术企业,给予运营机构5万元奖励。", ["incubator", "srdi-hightech"]),
        ("支持特色产业园区建设,对运营成效显著的园区运营机构给予最高200万元奖励。", ["industrial-park"]),
        ("支持老旧工业厂房改造提升和“工业上楼”,按改造投入的10%给予补助,最高300万元。", ["space-renewal"]),
        ("对首次入选独角兽企业、瞪羚企业榜单的,分别给予100万元、30万元奖励。", ["high-growth"]),
        ("支持企业并购重组,对并购标的额超过5000万元的,按并购费用的5%给予补助。", ["m-and-a"]),
        ("对获评国家级、省级绿色工厂的企业分别奖励50万元、20万元。", ["green"]),
        ("对实施节能降碳改造、清洁生产的项目,按年节能量每吨标准煤给予600元奖励。", ["green"]),
        (
            "对认定为省级服务型制造示范企业、先进制造业和现代服务业融合试点的,给予50万元奖励。",
            ["service-fusion"],
        ),
        ("对首次通过CMMI5级、DCMM三级以上认证的企业,给予20万元奖励。", ["certification"]),
        (
            "对取得CNAS实验室认可、ISO27001信息安全管理体系认证的企业,按认证费用的50%给予补助。",
            ["certification"],
        ),
        (
            "对获得中国质量奖、省政府质量奖、市长质量奖的企业,分别给予200万元、100万元、50万元奖励。",
            ["title-award"],
        ),
        ("对获得国家科学技术奖、省科学技术奖的第一完成单位,给予最高500万元奖励。", ["title-award"]),
        ("对入选国家级典型案例、试点示范的项目,给予30万元奖励。", ["title-award"]),
        ("每年发布人工智能应用场景清单,对场景示范项目按投入的20%给予补贴,最高100万元。", ["scenario"]),
        ("支持低空经济应用场景拓展,对开展城市物流配送示范应用的企业给予运营补贴。", ["scenario"]),
        ("支持商场开展促消费活动,发放消费券,对促消费投入给予30%补贴。", ["product-promotion"]),
        ("鼓励发展夜间经济、直播电商,对年网络零售额超过1亿元的电商企业奖励20万元。", ["product-promotion"]),
        ("对引进全国首店、华南首店、广州首店的,分别给予100万元、50万元、20万元奖励。", ["first-store"]),
        ("对企业参加境外重点展会的,按展位费的70%给予补贴,每家企业每年最高30万元。", ["overseas"]),
        ("支持企业“走出去”,对在境外设立研发中心、开展国际化经营的企业给予最高100万元奖励。", ["overseas"]),
        ("支持跨境电商、市场采购、外贸综合服务等新业态,对公共海外仓给予最高100万元补助。", ["foreign-trade"]),
        ("对年度进出口额增长超过10%的外贸企业,每增长100万美元奖励1万元。", ["foreign-trade"]),
        ("对实际使用外资金额超过1000万美元的新设外资项目,按到资额的1%给予奖励。", ["foreign-investment"]),
        ("对在我区举办的国际性论坛、专业展会,按实际支出的30%给予主办方补助,最高200万元。", ["events"]),
        (
            "对成功引荐重大产业项目落户的招商中介机构,按项目实际投资额给予最高100万元奖励。",
            ["investment-promotion"],
        ),
        ("对新落户的电竞俱乐部给予最高200万元奖励。", ["esports-club"]),
        ("支持建设专业电竞场馆,按建设投入的20%给予补贴,最高500万元。", ["esports-venue"]),
        ("对取得游戏版号并上线运营的原创游戏产品,每款给予20万元奖励。", ["game-content"]),
        (
            "对在中央电视台首播的电视剧、动画片,按每分钟标准给予制作企业奖励;对票房超过1亿元的电影给予100万元奖励。",
            ["film-tv"],
        ),
        ("支持驻场演出、沉浸式演艺项目,按场次给予补贴,全年最高100万元。", ["performing-arts"]),
        ("扶持实体书店发展,对新开设的特色书店给予最高50万元补贴。", ["culture-trades"]),
        ("对艺术品拍卖、数字出版、创意设计企业,按年度营业收入的1%给予奖励。", ["culture-trades"]),
        ("对中小微企业的银行贷款,按同期LPR的50%给予贴息,每家每年最高50万元。", ["loan-interest"]),
        ("支持企业以融资租赁方式购买设备,按融资额的3%给予补贴。", ["loan-interest"]),
        ("设立信贷风险补偿资金池,对银行科技信贷不良贷款给予50%的风险补偿。", ["guarantee-risk"]),
        ("对企业以知识产权质押贷款发生的担保费、评估费,给予50%补助。", ["guarantee-risk"]),
        ("对新设立的股权投资基金,按实缴规模的1%给予基金管理人奖励,最高2000万元。", ["equity-investment"]),
        (
            "对在境内外证券交易所上市的企业给予最高500万元奖励,对新三板挂牌企业给予50万元奖励。",
            ["equity-investment"],
        ),
        ("对新设立的法人金融机构,按实收资本的1%给予落户奖励,最高5000万元。", ["financial-institutions"]),
        ("对投保首台(套)保险、科技保险的企业,按实际保费的50%给予补贴。", ["insurance"]),
        ("支持企业投保短期出口信用保险,按保费的30%给予扶持。", ["insurance"]),
        ("对企业引进的高层次人才,给予最高100万元安家补贴,并在子女入学、人才公寓方面给予保障。", ["talent"]),
        ("支持职业院校与企业共建实训基地,给予每个基地20万元补助。", ["talent"]),
        ("对科技服务机构、知识产权服务机构,按年度营业收入增量的2%给予奖励。", ["tech-services"]),
        ("发放科技创新券,支持中小企业购买研发设计、检验检测等科技服务。", ["tech-services"]),
        (
            "对租用智能算力开展大模型训练的企业,按算力费用的30%给予补贴,每年发放算力券5000万元。",
            ["compute-rental"],
        ),
        ("支持建设智算中心、5G基站等新型基础设施,按投资额的10%给予补助。", ["compute-infrastructure"]),
        ("对通过国家网信办生成式人工智能服务备案的大模型,每个给予50万元奖励。", ["model-filing"]),
        ("支持企业研发垂直领域大模型和智能体产品,给予最高200万元补助。", ["model-rnd"]),
        ("发放模型券,对采购大模型服务的企业按合同额的30%给予补贴。", ["model-voucher"]),
        ("对人工智能行业标杆解决方案,给予最高50万元奖励。", ["first-solution"]),
        ("支持工业软件、基础软件研发,对年度研发投入给予20%补助。", ["software-rnd"]),
        ("支持建设高质量数据集和语料库,对评选为优秀数据集的给予30万元奖励。", ["dataset"]),
        ("对在数据交易所开展场内数据交易的企业,按数据交易额的5%给予补贴。", ["data-trading"]),
        ("对完成数据资产登记、数据资产入表的企业,给予最高20万元奖励。", ["data-assets"]),
        ("支持建设可信数据空间和公共数据授权运营平台,给予最高300万元支持。", ["data-infrastructure"]),
        ("对通过数据出境安全评估的企业给予20万元奖励。", ["data-cross-border"]),
        ("对认定为省级未来产业先导区、未来产业育新基地的,给予100万元奖励。", ["future-base"]),
        ("支持企业安装分布式光伏和储能设施,按装机容量给予每瓦0.2元补贴。", ["green"]),
        ("对Ⅰ类新药完成Ⅰ、Ⅱ、Ⅲ期临床试验的,分别给予100万元、200万元、300万元研发资助。", ["key-tech"]),
        ("对获评中华老字号、国家地理标志、中国驰名商标的,分别给予50万元奖励。", ["title-award"]),
        ("实施“名校优生”引才计划,对全日制博士、硕士给予生活补贴。", ["talent"]),
        ("支持企业上云用数赋智,对五星级、四星级上云企业分别给予20万元、10万元奖励。", ["smart-factory"]),
        ("盘活低效用地和闲置楼宇,对实施提容改造的项目给予补助。", ["space-renewal"]),
    ],
)
def test_tells_the_topic_in_the_style_of_any_city(text: str, expected: list[str]) -> None:
    assert topics(text) == expected


def test_the_strongest_topic_comes_first_and_three_are_the_most() -> None:
    found = topics(
        "建设专业园区。支持运营产业园、众创空间、孵化器,按房租的50%给予入驻企业租金补贴,举办论坛的另行奖励。"
    )
    assert found[0] == "industrial-park"
    assert len(found) == 3


def test_a_topic_that_leads_in_an_awarding_sentence_counts_beside_a_stronger_one() -> None:
    text = (
        "支持股权投资。鼓励股权投资机构、天使投资、创投基金投早投小,对基金管理人给予最高200万元奖励,完善上市培育、新三板挂牌服务。"
        "支持企业开展并购,给予最高200万元并购重组支持。"
    )
    assert topics(text) == ["equity-investment", "m-and-a"]
    # … and where nothing is awarded it does not
    assert topics(text.replace("给予最高200万元并购重组支持", "提高并购重组效率")) == ["equity-investment"]


@pytest.mark.parametrize(
    "section",
    [
        "总体目标\n(一)到2027年,建设10个孵化器,支持人才引进。\n(二)支持首店落地。",
        "适用对象\n(一)支持从事人工智能研发的高新技术企业。\n(二)支持科技企业孵化器。",
        "支持内容\n(一)为贯彻落实国家关于支持首店经济的部署,结合实际,制定本措施。\n(二)本措施所称孵化器,是指支持创业的机构。",
        "申报流程\n(一)孵化器提交材料,予以支持。\n(二)首店由区商务局审核后给予奖励。",
        "支持内容\n(一)同一企业同一首店项目符合多项条款的,按照从优不重复原则给予支持。\n(二)申报单位对孵化器材料负责。",
    ],
)
def test_goals_scope_and_procedure_have_no_topics(section: str) -> None:
    assert extract_topics(view_of(f"一、{section}")) == [[], [], []]


def test_a_child_takes_its_parents_topic_where_it_says_none_itself() -> None:
    view = view_of("第一条 支持首店经济\n1.对零售企业给予最高80万元补助。\n2.对餐饮企业给予最高20万元补助。")
    names = [[mention.name for mention in found] for found in extract_topics(view)]
    assert names == [[], ["first-store"], ["first-store"]]


def test_conditions_of_an_award_have_no_topic_of_their_own() -> None:
    view = view_of(
        "第一条 支持首店,满足以下条件的给予最高80万元补助:\n(1)年销售额不低于2000万元;\n(2)入统次年增幅不低于平均。"
    )
    names = [[mention.name for mention in found] for found in extract_topics(view)]
    assert names == [["first-store"], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "进一步提高企业质量,提升规模,推动形成集聚。",  # 高企 and 升规 lie across other words
        "支持部分行业对接,落实习近平总书记指示。",  # 分行, 实习
    ],
)
def test_masked_words_tell_nothing(text: str) -> None:
    assert topics(text) == []


def test_evidence_is_the_weightiest_cue() -> None:
    view = article("对新开设的品牌首店给予最高50万元奖励。")
    (mention,) = extract_topics(view)[0]
    assert view.text[slice(*mention.span)] == "品牌首店"


def test_agrees_with_the_annotators() -> None:
    """Micro-averaged over the clauses that the annotators listed; topics they call optional ("also") count neither way."""
    gold = {
        (entry["policy"], *entry["cite"]): entry
        for entry in json.loads(GOLD.read_text(encoding="utf-8"))["clauses"]
    }
    hits = named = wanted = first = outside = 0
    for path in sorted(Path(CORPUS).glob("*.txt")):
        for policy in split_policies(Document(path.name, path.read_text(encoding="utf-8"), "0"))[0]:
            name = f"{path.name[:3]}-{policy.part:02d}" if path.name[:3] == "001" else path.name[:3]
            view = plain_view(policy, segment_clauses(policy))
            for passage, mentions in zip(view.passages, extract_topics(view), strict=True):
                entry = gold.get((name, *passage.cite))
                found = [mention.name for mention in mentions]
                if entry is None:
                    outside += len(found)
                    continue
                found = [topic for topic in found if topic not in entry.get("also", [])]
                hits += len(set(found) & set(entry["topics"]))
                named, wanted = named + len(found), wanted + len(entry["topics"])
                first += found[:1] == entry["topics"][:1]
    precision, recall = hits / named, hits / wanted
    print(
        f"topics: P {precision:.3f} R {recall:.3f}, strongest first {first / len(gold):.3f}, elsewhere {outside}"
    )
    assert 2 * precision * recall / (precision + recall) >= 0.90
    assert first / len(gold) >= 0.85
    assert outside <= 2


# --- the lexicon


def test_topics_are_those_of_the_closed_list() -> None:
    closed = json.loads(GOLD.read_text(encoding="utf-8"))["topics"]
    own = [
        {key: value for key, value in topic.items() if key != "cues"}
        for topic in read_lexicon("topics")["topics"]
    ]
    assert own == closed


def test_cues_are_in_canonical_form() -> None:
    for topic in read_lexicon("topics")["topics"]:
        weights = list(topic["cues"])
        assert weights == sorted(weights, reverse=True), topic["id"]
        for weight, words in topic["cues"].items():
            assert 0 < weight <= 6, topic["id"]
            assert words == sorted(set(words)), (topic["id"], weight)
        words = [word for found in topic["cues"].values() for word in found]
        assert len(words) == len(set(words)), topic["id"]


def test_only_words_marked_as_shared_tell_two_topics() -> None:
    lexicon = read_lexicon("topics")
    told: dict[str, set[str]] = {}
    for topic in lexicon["topics"]:
        for words in topic["cues"].values():
            for word in words:
                told.setdefault(word, set()).add(topic["id"])
    assert sorted(word for word, topics in told.items() if len(topics) > 1) == sorted(lexicon["shared"])
    assert not set(told) & set(lexicon["masked"])
    assert len(_cues().tells) == len(set(told) | set(lexicon["masked"]))


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        (key, entry)
        for key in ("sections", "own_headings", "openings")
        for entry in read_lexicon("sections")[key]
    ],
)
def test_every_pattern_finds_its_examples_and_none_of_its_counterexamples(
    key: str, entry: dict[str, list[str]]
) -> None:
    find = pattern("sections", key).match if key == "openings" else pattern("sections", key).search
    assert [text for text in entry["examples"] if not find(text)] == []
    assert [text for text in entry["counterexamples"] if find(text)] == []
