// 各地区收录了多少:政策、有效政策、条款、支持标准、未读出的数。
//
// 参数
//   city: district? -- 只看这座城市(及其各区)
//   as_of: date = today -- 截至日
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   kind: string -- 类别
//   policies: integer -- 已收录政策
//   live: integer -- 其中有效
//   clauses: integer -- 条款
//   benefits: integer -- 支持标准
//   unread: integer -- 未读出的数
//   documents: strings -- 文件
// 排序: 地区代码
OPTIONAL MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner.code) AS inside
MATCH (place:District)
WHERE $city IS NULL OR place.code IN inside
WITH collect(place) AS places
UNWIND places AS d
OPTIONAL MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
WITH d, p, CASE
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
OPTIONAL MATCH (c:Clause {policy: coalesce(p.id, '')})
OPTIONAL MATCH (c)-[:GRANTS]->(b:Benefit)
WITH d, p, state, count(DISTINCT c) AS clauses, count(b) AS benefits
RETURN d.code AS district_code, d.name AS district, d.kind AS kind, count(p) AS policies,
  sum(CASE WHEN p.id IS NOT NULL AND state IN ['in_force', 'term_unknown', 'no_term'] THEN 1 ELSE 0 END) AS live,
  sum(clauses) AS clauses, sum(benefits) AS benefits, sum(coalesce(p.unread_count, 0)) AS unread,
  collect(DISTINCT p.document) AS documents
ORDER BY district_code
