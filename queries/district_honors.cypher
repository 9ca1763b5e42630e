// 每个地区针对哪些资质荣誉:有效的、已失效的、只见于征求意见稿或尚未施行的。
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
//   supported: strings -- 支持的资质荣誉
//   expired: strings -- 已失效的资质荣誉
//   pending: strings -- 征求意见稿或尚未施行的资质荣誉
// 排序: 城市代码、地区代码
OPTIONAL MATCH (known:Honor)
WITH known.name AS name
ORDER BY name
WITH collect(name) AS names
MATCH (place:District)
WHERE $city IS NULL OR place.code = $city
WITH names, collect(place) AS cities
UNWIND cities AS city
WITH names, city
WHERE EXISTS { MATCH (city)<-[:PART_OF*0..1]-(:District)<-[:APPLIES_IN]-(q:Policy) WHERE q.in_corpus }
MATCH (city)<-[:PART_OF]-(d:District)
WHERE d.kind IN ['district', 'development_area']
OPTIONAL MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
WITH names, city, d, p, CASE
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
WITH names, city, d, count(p) AS loaded, collect({policy: p.id, state: state}) AS policies
UNWIND policies AS one
WITH names, city, d, loaded, one.policy AS policy, one.state AS state
OPTIONAL MATCH (c:Clause {policy: coalesce(policy, '')})-[:REWARDS]->(h:Honor)
WITH names, city, d, loaded, state, collect(DISTINCT h) AS things
WITH names, city, d, loaded, state, [h IN things | h.name] AS of_state
WITH names, city, d, loaded,
  collect(CASE WHEN state IN ['in_force', 'term_unknown', 'no_term'] THEN of_state END) AS live,
  collect(CASE WHEN state IN ['expired', 'repealed'] THEN of_state END) AS lapsed,
  collect(CASE WHEN state IN ['draft', 'not_yet'] THEN of_state END) AS coming
RETURN city.code AS city_code, city.name AS city, d.code AS district_code, d.name AS district, loaded,
  [name IN names WHERE any(some IN live WHERE name IN some)] AS supported,
  [name IN names WHERE any(some IN lapsed WHERE name IN some) AND none(some IN live WHERE name IN some)] AS expired,
  [name IN names WHERE any(some IN coming WHERE name IN some) AND none(some IN live WHERE name IN some)] AS pending
ORDER BY city_code, district_code
