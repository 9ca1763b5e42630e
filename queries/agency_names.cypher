// 各部门的名称、所在地区、负责多少条款,以及悬而未决的候选。
//
// 参数
//   district: district? -- 只看这个地区
// 列
//   agency: string -- 部门编号
//   name: string -- 名称
//   district_code: string -- 地区代码
//   clauses: integer -- 负责的条款和政策数
//   aliases: strings -- 已归并的别名
//   candidates: strings -- 可能是(部门编号)
//   documents: strings -- 提到它的文件
// 排序: 地区代码、名称
MATCH (a:Agency)
WHERE $district IS NULL OR a.district = $district
OPTIONAL MATCH (a)<-[e:ADMINISTERED_BY|ISSUED_BY]-()
RETURN a.id AS agency, a.name AS name, coalesce(a.district, '') AS district_code, count(e) AS clauses,
  coalesce(a.aliases, []) AS aliases, coalesce(a.candidates, []) AS candidates, a.documents AS documents
ORDER BY district_code, name, agency
