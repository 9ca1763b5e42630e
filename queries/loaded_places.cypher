// 收录了政策的地区有哪些,各属哪座城市。
//
// 参数
//   无
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   kind: string -- 类别
//   city_code: string -- 城市代码
//   city: string -- 城市
// 排序: 地区代码
MATCH (d:District)
WHERE EXISTS { MATCH (d)<-[:APPLIES_IN]-(p:Policy) WHERE p.in_corpus }
OPTIONAL MATCH (d)-[:PART_OF*0..1]->(city:District)
WHERE city.kind = 'city'
RETURN d.code AS district_code, d.name AS district, d.kind AS kind, city.code AS city_code, city.name AS city
ORDER BY district_code
