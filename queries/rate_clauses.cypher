// 写有比例的条款有哪些(用来找出只写比例、不设上限的)。
//
// 参数
//   level: string? = district -- 只看这一层级
//   district: district? -- 只看这个地区
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
//   rates: integer -- 比例的个数
//   caps: integer -- 上限的个数
//   highest: number -- 最高比例
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus AND ($level IS NULL OR p.level = $level)
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
MATCH (c:Clause {policy: p.id})-[:GRANTS]->(b:Benefit)
WHERE b.kind IN ['rate', 'ratio']
WITH d, p, state, c, count(b) AS rates, max(b.value) AS highest
OPTIONAL MATCH (c)-[:GRANTS]->(cap:Benefit)
WHERE cap.kind IN ['cap', 'fixed']
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading, rates, count(cap) AS caps,
  highest, c.document AS document, c.order AS place
ORDER BY district_code, policy_title, policy, place
