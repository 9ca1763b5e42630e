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
MATCH (place:District)
WHERE $city IS NULL OR place.code = $city
WITH collect(place) AS cities
UNWIND cities AS city
WITH city
WHERE EXISTS { MATCH (city)<-[:PART_OF*0..1]-(:District)<-[:APPLIES_IN]-(q:Policy) WHERE q.in_corpus }
MATCH (city)<-[:PART_OF]-(d:District)
WHERE d.kind IN ['district', 'development_area']
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
OPTIONAL MATCH (c:Clause {policy: coalesce(p.id, '')})-[:ABOUT]->(about:Topic)
WHERE about.code IN $topics
WITH city, d, count(DISTINCT p) AS loaded,
  collect(CASE WHEN state IN ['in_force', 'term_unknown', 'no_term'] THEN about.code END) AS live,
  collect(CASE WHEN state IN ['expired', 'repealed'] THEN about.code END) AS lapsed,
  collect(CASE WHEN state IN ['draft', 'not_yet'] THEN about.code END) AS other
MATCH (t:Topic)
WHERE t.code IN $topics
WITH city, d, loaded, t,
  size([code IN live WHERE code = t.code]) AS clauses,
  size([code IN lapsed WHERE code = t.code]) AS lapsed_clauses,
  size([code IN other WHERE code = t.code]) AS other_clauses
RETURN city.name AS city, d.code AS district_code, d.name AS district, t.code AS topic, t.name AS topic_name,
  CASE
    WHEN clauses > 0 THEN 'supported'
    WHEN loaded = 0 THEN 'nothing_loaded'
    WHEN lapsed_clauses > 0 THEN 'expired'
    ELSE 'not_found'
  END AS support, clauses, lapsed_clauses, other_clauses
ORDER BY district_code, topic
