// 相似的条款:不同地区给同样的支持,或同一地区两件政策重复。
//
// 参数
//   district: district? -- 只看涉及这个地区的
//   topic: topic? -- 只看两条都写到的这个支持事项
//   duplicate: boolean? -- true 只看同一地区的重复,false 只看其余
//   limit: integer = 100 -- 最多行数
//   as_of: date = today -- 截至日
// 列
//   score: number -- 相似度(0 到 1)
//   duplicate: boolean -- 重复
//   why: string -- 理由
//   a: string -- 甲条款编号
//   a_district: string -- 甲地区
//   a_policy: string -- 甲政策编号
//   a_title: string -- 甲政策
//   a_cite: strings -- 甲条款号
//   a_state: string -- 甲政策的状态
//   b: string -- 乙条款编号
//   b_district: string -- 乙地区
//   b_policy: string -- 乙政策编号
//   b_title: string -- 乙政策
//   b_cite: strings -- 乙条款号
//   b_state: string -- 乙政策的状态
// 排序: 相似度从高到低、甲政策、甲条款顺序、乙政策、乙条款顺序
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(own:Policy)
WHERE own.in_corpus
MATCH (:Clause {policy: own.id})-[e:SIMILAR_TO]-(:Clause)
WHERE $duplicate IS NULL OR e.duplicate = $duplicate
WITH DISTINCT e
WITH startNode(e) AS one, e, endNode(e) AS two
WHERE $topic IS NULL OR ($topic IN one.topics AND $topic IN two.topics)
WITH one.policy AS first, collect({one: one, e: e, two: two}) AS links
MATCH (p:Policy {id: first})-[:APPLIES_IN]->(d:District)
WITH links, d, p, CASE
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
  END AS a_state
UNWIND links AS link
WITH d, a_state, link.one AS one, link.e AS e, link.two AS two
WITH two.policy AS other, collect({one: one, e: e, two: two, d: d, state: a_state}) AS pairs
MATCH (p:Policy {id: other})-[:APPLIES_IN]->(b_district:District)
WITH pairs, p, b_district, CASE
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
  END AS b_state
UNWIND pairs AS pair
WITH pair.one AS one, pair.e AS e, pair.two AS two, pair.d AS d, pair.state AS a_state, b_district, b_state
RETURN e.score AS score, e.duplicate AS duplicate, e.why AS why, one.id AS a, d.name AS a_district,
  one.policy AS a_policy, one.policy_title AS a_title, one.cite AS a_cite, a_state,
  two.id AS b, b_district.name AS b_district, two.policy AS b_policy, two.policy_title AS b_title, two.cite AS b_cite,
  b_state,
  one.order AS a_place, two.order AS b_place
ORDER BY score DESC, a_title, a_policy, a_place, b_title, b_policy, b_place
LIMIT $limit
