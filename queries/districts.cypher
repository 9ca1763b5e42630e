// 各地区属于哪里、收录了多少件政策(不数条款,全国也快)。
//
// 参数
//   无
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   kind: string -- 类别
//   upper: string -- 所属地区的代码
//   policies: integer -- 已收录政策
// 排序: 地区代码
MATCH (d:District)
OPTIONAL MATCH (d)-[:PART_OF]->(upper:District)
WITH d, max(upper.code) AS upper
OPTIONAL MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
RETURN d.code AS district_code, d.name AS district, d.kind AS kind, upper, count(p) AS policies
ORDER BY district_code
