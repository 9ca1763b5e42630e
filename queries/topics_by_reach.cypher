// 每项支持事项有多少个区支持,由多到少(只算有效的政策)。
//
// 参数
//   city: district? -- 只看这座城市的区
//   as_of: date = today -- 截至日
// 列
//   topic: string -- 事项代码
//   topic_name: string -- 支持事项
//   count: integer -- 地区数
//   districts: strings -- 哪些地区
//   clauses: integer -- 条款数
// 排序: 地区数从多到少、名称
OPTIONAL MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner.code) AS inside
MATCH (place:District)
WHERE $city IS NULL OR place.code IN inside
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus AND p.level = 'district'
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
WHERE state IN ['in_force', 'term_unknown', 'no_term']
MATCH (c:Clause {policy: p.id})-[:ABOUT]->(t:Topic)
WITH t, d, count(DISTINCT c) AS clauses
ORDER BY d.code
WITH t, count(d) AS count, collect(d.name) AS districts, sum(clauses) AS clauses
RETURN t.code AS topic, t.name AS topic_name, count, districts, clauses
ORDER BY count DESC, topic_name, topic
