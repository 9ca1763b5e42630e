// 若干条款的正文、所在政策与状态。
//
// 参数
//   clauses: strings -- 条款编号
//   as_of: date = today -- 截至日
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   level: string -- 层级
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   clause: string -- 条款编号
//   cite: strings -- 条款号
//   heading: string -- 条标
//   quote: string -- 条款正文
//   span_start: integer -- 正文起
//   place: integer -- 在政策中的顺序
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})
WITH c.policy AS policy, collect(DISTINCT c) AS own
MATCH (p:Policy {id: policy})-[:APPLIES_IN]->(d:District)
WITH own, p, d, CASE
    WHEN p.effective_to < $as_of THEN 'expired'
    WHEN coalesce(p.draft, false) THEN 'draft'
    WHEN EXISTS {
      MATCH (newer:Policy)-[:SUPERSEDES]->(p)
      WHERE NOT coalesce(newer.draft, false) AND coalesce(newer.effective_from, '') <= $as_of
    } THEN 'repealed'
    WHEN NOT p.in_corpus THEN 'named_only'
    WHEN p.effective_from > $as_of THEN 'not_yet'
    WHEN p.effective_to IS NOT NULL THEN 'in_force'
    WHEN p.valid_years IS NOT NULL THEN 'term_unknown'
    ELSE 'no_term'
  END AS state
UNWIND own AS c
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading,
  c.text AS quote, c.span_start AS span_start, c.document AS document, c.order AS place
ORDER BY district_code, policy_title, policy, place
