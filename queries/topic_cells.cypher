// 每个地区对每个支持事项的状态:支持、已收录文件中未见、已失效、未收录文件。
//
// 参数
//   city: district? -- 只看这座城市的区(不给则看所有有政策的城市)
//   topics: topics -- 支持事项
//   as_of: date = today -- 截至日
// 列
//   city: string -- 城市
//   district_code: string -- 地区代码
//   district: string -- 地区
//   topic: string -- 事项代码
//   topic_name: string -- 支持事项
//   support: string -- 状态(supported, not_found, expired, nothing_loaded)
//   clauses: integer -- 有效条款数
//   lapsed_clauses: integer -- 失效或已废止的条款数
//   other_clauses: integer -- 征求意见稿或尚未施行的条款数
// 排序: 地区代码、事项代码
MATCH (city:District)<-[:PART_OF]-(d:District)
WHERE d.kind IN ['district', 'development_area']
  AND ($city IS NULL OR city.code = $city)
  AND EXISTS { MATCH (city)<-[:PART_OF*0..1]-(:District)<-[:APPLIES_IN]-(q:Policy) WHERE q.in_corpus }
OPTIONAL MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
WITH city, d, p, CASE
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
WITH city, d, count(p) AS loaded,
  collect(CASE WHEN state IN ['in_force', 'term_unknown', 'no_term'] THEN p.id END) AS live,
  collect(CASE WHEN state IN ['expired', 'repealed'] THEN p.id END) AS lapsed,
  collect(CASE WHEN state IN ['draft', 'not_yet'] THEN p.id END) AS other
WITH collect({city: city.name, code: d.code, name: d.name, loaded: loaded, live: live, lapsed: lapsed,
  other: other}) AS districts
MATCH (t:Topic)
WHERE t.code IN $topics
OPTIONAL MATCH (t)<-[:ABOUT]-(c:Clause)
WITH districts, t, collect(c.policy) AS policies
UNWIND districts AS d
WITH d, t,
  size([policy IN policies WHERE policy IN d.live]) AS clauses,
  size([policy IN policies WHERE policy IN d.lapsed]) AS lapsed_clauses,
  size([policy IN policies WHERE policy IN d.other]) AS other_clauses
RETURN d.city AS city, d.code AS district_code, d.name AS district, t.code AS topic, t.name AS topic_name,
  CASE
    WHEN clauses > 0 THEN 'supported'
    WHEN d.loaded = 0 THEN 'nothing_loaded'
    WHEN lapsed_clauses > 0 THEN 'expired'
    ELSE 'not_found'
  END AS support, clauses, lapsed_clauses, other_clauses
ORDER BY district_code, topic
