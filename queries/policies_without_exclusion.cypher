// 哪些政策没有写任何排他(从优不重复一类)的规则。
//
// 参数
//   as_of: date = today -- 截至日
//   level: string? = district -- 只看这一层级
//   district: district? -- 只看这个地区
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 状态
//   clauses: integer -- 条款数
//   document: string -- 文件
// 排序: 地区代码、政策标题
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
  AND ($level IS NULL OR p.level = $level)
  AND NOT EXISTS {
    MATCH (c:Clause {policy: p.id})-[e:EXCLUDES]->()
    WHERE NOT e.derived
  }
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
OPTIONAL MATCH (c:Clause {policy: p.id})
RETURN d.code AS district_code, d.name AS district, p.id AS policy, p.title AS policy_title, state, count(c) AS clauses,
  p.document AS document
ORDER BY district_code, policy_title, policy
