// 一个地区属于哪座城市、哪个省。
//
// 参数
//   district: district -- 地区
// 列
//   district_code: string -- 上级地区代码
//   district: string -- 上级地区
//   kind: string -- 类别
//   distance: integer -- 隔几级
// 排序: 由近到远
MATCH path = (d:District {code: $district})-[:PART_OF*1..3]->(upper:District)
RETURN upper.code AS district_code, upper.name AS district, upper.kind AS kind, length(path) AS distance
ORDER BY distance, district_code
