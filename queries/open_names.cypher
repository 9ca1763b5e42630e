// 悬而未决的名称:可能指收录中的几件政策或几个部门,没有替读者猜。
//
// 参数
//   city: district? -- 只看这座城市(及其各区)的政策提到的
// 列
//   label: string -- 类别
//   id: string -- 编号
//   name: string -- 名称
//   doc_number: string -- 文号
//   candidate: string -- 候选编号
//   candidate_name: string -- 候选名称
// 排序: 类别、名称、候选
UNWIND [everywhere IN [true] WHERE $city IS NULL] AS everywhere
MATCH (n:Policy|Agency)
WHERE size(coalesce(n.candidates, [])) > 0
WITH n, n.candidates AS candidates
UNWIND candidates AS candidate
OPTIONAL MATCH (policy:Policy {id: candidate})
OPTIONAL MATCH (agency:Agency {id: candidate})
WITH n, coalesce(policy, agency) AS m
WHERE m IS NOT NULL
RETURN labels(n)[0] AS label, n.id AS id, coalesce(n.title, n.name) AS name, n.doc_number AS doc_number,
  m.id AS candidate, coalesce(m.title, m.name) AS candidate_name
ORDER BY label, name, id, candidate_name, candidate
UNION ALL
MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner.code) AS inside
MATCH (n:Agency)
WHERE n.district IN inside AND size(coalesce(n.candidates, [])) > 0
WITH n, n.candidates AS candidates
UNWIND candidates AS candidate
OPTIONAL MATCH (policy:Policy {id: candidate})
OPTIONAL MATCH (agency:Agency {id: candidate})
WITH n, coalesce(policy, agency) AS m
WHERE m IS NOT NULL
RETURN labels(n)[0] AS label, n.id AS id, coalesce(n.title, n.name) AS name, n.doc_number AS doc_number,
  m.id AS candidate, coalesce(m.title, m.name) AS candidate_name
ORDER BY label, name, id, candidate_name, candidate
UNION ALL
MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(:Policy)-[:SUPERSEDES|BASED_ON|IMPLEMENTS|CITES]->(n:Policy)
WHERE size(coalesce(n.candidates, [])) > 0
WITH DISTINCT n
WITH n, n.candidates AS candidates
UNWIND candidates AS candidate
OPTIONAL MATCH (policy:Policy {id: candidate})
OPTIONAL MATCH (agency:Agency {id: candidate})
WITH n, coalesce(policy, agency) AS m
WHERE m IS NOT NULL
RETURN labels(n)[0] AS label, n.id AS id, coalesce(n.title, n.name) AS name, n.doc_number AS doc_number,
  m.id AS candidate, coalesce(m.title, m.name) AS candidate_name
ORDER BY label, name, id, candidate_name, candidate
