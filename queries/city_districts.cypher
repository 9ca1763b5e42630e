// 城市下有哪些区,各收录多少政策;没有收录的也列出。
//
// 参数
//   city: district? -- 只看这座城市的区(不给则看所有有政策的城市)
// 列
//   city_code: string -- 城市代码
//   city: string -- 城市
//   district_code: string -- 地区代码
//   district: string -- 地区
//   loaded: integer -- 已收录政策数
// 排序: 城市代码、地区代码
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
RETURN city.code AS city_code, city.name AS city, d.code AS district_code, d.name AS district, count(p) AS loaded
ORDER BY city_code, district_code
