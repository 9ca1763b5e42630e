// 一件政策在哪里适用。
//
// 参数
//   policy: policy -- 政策
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   kind: string -- 类别
// 排序: 地区代码
MATCH (p:Policy {id: $policy})-[:APPLIES_IN]->(d:District)
RETURN d.code AS district_code, d.name AS district, d.kind AS kind
ORDER BY district_code
