"""Texts for the property tests: documents built like policies, from the pieces that real ones are made of, in any order."""

from __future__ import annotations

from hypothesis import strategies as st

PLACES = ("北京市", "丰台区", "北京经济技术开发区", "广东省", "朝阳区", "本市", "")
KINDS = ("若干措施", "实施细则", "支持办法", "管理办法(试行)", "通知", "若干政策")
MARKERS = (
    "第一章 ",
    "第一条 ",
    "第二条 ",
    "第三条 ",
    "第十条",
    "一、",
    "二、",
    "三、",
    "(一)",
    "(二)",
    "（三）",
    "1.",
    "2.",
    "3、",
    "(1)",
    "(2)",
    "①",
    "②",
    "附则\n",
    "方向1:",
    "【",
    "第二十条",
)
FIGURES = (
    "0",
    "1",
    "20",
    "50%",
    "1:1",
    "1.5",
    "1,000",
    "百分之二十",
    "三千",
    "两",
    "50、30",
    "100-200",
    "1/3",
    "９９",
    "0.0",
    "九十九",
    "1.2.3",
    "二〇二五",
    "2025",
    "12",
    "上千",
)
UNITS = (
    "万元",
    "亿元",
    "元",
    "万",
    "美元",
    "平方米",
    "亩",
    "年",
    "%",
    "个百分点",
    "元/平方米/天",
    "倍",
    "家",
    "个月",
    "级",
    "",
)
CUES = (
    "最高",
    "不超过",
    "给予",
    "一次性",
    "奖励",
    "补贴",
    "按照",
    "比例",
    "达到",
    "以上",
    "以内",
    "其中",
    "分别",
    "每年",
    "每家企业",
    "资金",
    "规模",
    "提高至",
    "累计",
    "总投资",
    "支持",
    "总额",
    "全额",
    "为限",
)
WORDS = (
    "企业",
    "项目",
    "对获评国家级专精特新“小巨人”的",
    "市级",
    "国家级、市级",
    "配套",
    "同一项目",
    "不重复享受",
    "从高",
    "就高不就低",
    "本措施",
    "由区科技局负责解释",
    "自印发之日起施行",
    "有效期3年",
    "至2028年12月31日",
    "《北京市高精尖产业发展资金管理办法》",
    "根据",
    "废止",
    "区发展改革委",
    "责任单位:",
    "认定",
    "的",
)
STOPS = (
    "。",
    ";",
    "；",
    ",",
    "，",
    "、",
    ":",
    "：",
    "\n",
    " ",
    "\u3000",
    "(",
    ")",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "",
    "\n\n",
    ",,",
    "…",
    "**",
    " ** ",
    "__",
    "\u200b",
    "\u202e",
    "\x1b[2J",
    "\ufeff",
)

_pieces = st.one_of(
    st.sampled_from(CUES),
    st.sampled_from(WORDS),
    st.tuples(st.sampled_from(FIGURES), st.sampled_from(UNITS)).map("".join),
    st.sampled_from(STOPS),
    st.text(max_size=3),
)
_sentences = st.lists(_pieces, max_size=14).map("".join)
_clauses = st.tuples(st.sampled_from(("\n", "", " ", "。")), st.sampled_from(MARKERS), _sentences).map(
    "".join
)
_titles = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(("关于", "")),
    _sentences.map(lambda s: s[:20]),
    st.sampled_from(KINDS),
).map("".join)

policies: st.SearchStrategy[str] = st.tuples(_titles, st.lists(_clauses, max_size=12).map("".join)).map(
    "\n".join
)
"""One policy, or what is left of one."""

documents: st.SearchStrategy[str] = st.one_of(
    policies, st.lists(policies, max_size=3).map("\n".join), st.text(max_size=80)
)
"""One or several of them, or any text."""
