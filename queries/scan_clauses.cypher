// 正文中含有这些词的条款,逐条读过(一个字的词只能这样找)。
//
// 参数
//   words: strings -- 须全部出现的词语
//   places: strings? -- 只看这些地区(代码)
//   as_of: date = today -- 截至日
//   limit: integer = 50 -- 最多行数
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
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序
MATCH (c:Clause)
WHERE all(word IN $words WHERE c.text CONTAINS word)
MATCH (p:Policy {id: c.policy})-[:APPLIES_IN]->(d:District)
WHERE $places IS NULL OR d.code IN $places
WITH c, p, d, CASE
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
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading,
  c.text AS quote, c.document AS document,
  c.order AS place
ORDER BY district_code, policy_title, policy, place
LIMIT $limit
