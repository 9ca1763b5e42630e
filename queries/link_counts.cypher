// 每个地区有多少条款按上级资金配套,多少对支持不能同时领取(两件政策都有效的)。
//
// 参数
//   places: strings? -- 只看这些地区(代码)
//   as_of: date = today -- 截至日
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   matching: integer -- 按上级资金配套的条款
//   pairs: integer -- 不能同时领的两项支持
// 排序: 地区代码
MATCH (d:District)
WHERE $places IS NULL OR d.code IN $places
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
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
WITH d, collect(p.id) AS loaded,
  collect(CASE WHEN state IN ['in_force', 'term_unknown', 'no_term'] THEN p.id END) AS live
UNWIND loaded AS own
OPTIONAL MATCH (c:Clause {policy: own})-[m:MATCHES_CITY_LEVEL|MATCHES_NATIONAL_LEVEL]->()
WHERE m.kind = 'cofunding'
WITH d, live, count(DISTINCT c) AS matching
UNWIND CASE WHEN size(live) = 0 THEN [''] ELSE live END AS own
OPTIONAL MATCH (:Clause {policy: own})-[e:EXCLUDES]->(two:Clause)
WHERE e.derived AND e.kind IN ['exclusive', 'duplicate'] AND two.policy IN live
RETURN d.code AS district_code, d.name AS district, matching, count(e) AS pairs
ORDER BY district_code
