// 每个地区面向哪些产业(整件政策的):有效的、已失效的、只见于征求意见稿或尚未施行的。
// 没有列出的:loaded 为 0 是未收录文件,不为 0 是已收录文件中未见。
//
// 参数
//   city: district? -- 只看这座城市的区(不给则看所有有政策的城市)
//   as_of: date = today -- 截至日
// 列
//   city_code: string -- 城市代码
//   city: string -- 城市
//   district_code: string -- 地区代码
//   district: string -- 地区
//   loaded: integer -- 已收录政策数
//   supported: strings -- 支持的产业
//   expired: strings -- 已失效的产业
//   pending: strings -- 征求意见稿或尚未施行的产业
// 排序: 城市代码、地区代码
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
OPTIONAL MATCH (p)-[:TARGETS]->(i:Industry)
WITH city, d, count(DISTINCT p) AS loaded,
  collect(DISTINCT CASE WHEN state IN ['in_force', 'term_unknown', 'no_term'] THEN i.name END) AS live,
  collect(DISTINCT CASE WHEN state IN ['expired', 'repealed'] THEN i.name END) AS lapsed,
  collect(DISTINCT CASE WHEN state IN ['draft', 'not_yet'] THEN i.name END) AS coming
UNWIND CASE WHEN size(live + lapsed + coming) = 0 THEN [null] ELSE live + lapsed + coming END AS name
WITH DISTINCT city, d, loaded, live, lapsed, coming, name
ORDER BY name
RETURN city.code AS city_code, city.name AS city, d.code AS district_code, d.name AS district, loaded,
  collect(CASE WHEN name IN live THEN name END) AS supported,
  collect(CASE WHEN name IN lapsed AND NOT name IN live THEN name END) AS expired,
  collect(CASE WHEN name IN coming AND NOT name IN live THEN name END) AS pending
ORDER BY city_code, district_code
