// 悬而未决的名称:可能指收录中的几件政策或几个部门,没有替读者猜。
//
// 参数
//   无
// 列
//   label: string -- 类别
//   id: string -- 编号
//   name: string -- 名称
//   doc_number: string -- 文号
//   candidate: string -- 候选编号
//   candidate_name: string -- 候选名称
// 排序: 类别、名称、候选
MATCH (n:Policy|Agency)
WHERE size(coalesce(n.candidates, [])) > 0
UNWIND n.candidates AS candidate
MATCH (m:Policy|Agency {id: candidate})
RETURN labels(n)[0] AS label, n.id AS id, coalesce(n.title, n.name) AS name, n.doc_number AS doc_number,
  m.id AS candidate, coalesce(m.title, m.name) AS candidate_name
ORDER BY label, name, id, candidate_name, candidate
