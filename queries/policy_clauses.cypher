// 一件政策的全部条款。
//
// 参数
//   policy: policy -- 政策
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
//   benefits: integer -- 支持标准数
//   topics: strings -- 支持事项
//   quote: string -- 条款正文
//   document: string -- 文件
// 排序: 条款顺序
MATCH (p:Policy {id: $policy})-[:APPLIES_IN]->(d:District)
WITH p, d, CASE
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
MATCH (c:Clause {policy: p.id})
OPTIONAL MATCH (c)-[:ABOUT]->(t:Topic)
WITH c, p, d, state, t
ORDER BY c.order, t.code
WITH c, p, d, state, collect(t.name) AS topics
OPTIONAL MATCH (c)-[:GRANTS]->(b:Benefit)
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading, count(b) AS benefits,
  topics, c.text AS quote, c.document AS document, c.order AS place
ORDER BY place
