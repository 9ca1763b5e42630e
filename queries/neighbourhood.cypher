// 一个节点的邻居:与它直接相连的边和另一端(画图用)。
//
// 参数
//   ids: strings -- 节点编号
//   types: strings? -- 只看这些类型的边
//   limit: integer = 200 -- 最多边数
// 列
//   source: string -- 起点编号
//   source_label: string -- 起点类别
//   source_name: string -- 起点名称
//   type: string -- 边的类型
//   target: string -- 终点编号
//   target_label: string -- 终点类别
//   target_name: string -- 终点名称
//   cite: strings -- 条款号
//   quote: string -- 原文
//   document: string -- 文件
//   rate: number -- 配套比例(0 到 1)
// 排序: 边的类型、起点、终点、原文
UNWIND $ids AS wanted
OPTIONAL MATCH (n0:Policy {id: wanted})
OPTIONAL MATCH (n1:Clause {id: wanted})
OPTIONAL MATCH (n2:Benefit {id: wanted})
OPTIONAL MATCH (n3:Amount {id: wanted})
OPTIONAL MATCH (n4:District {id: wanted})
OPTIONAL MATCH (n5:Agency {id: wanted})
OPTIONAL MATCH (n6:Industry {id: wanted})
OPTIONAL MATCH (n7:Topic {id: wanted})
OPTIONAL MATCH (n8:Honor {id: wanted})
OPTIONAL MATCH (n9:Programme {id: wanted})
WITH coalesce(n0, n1, n2, n3, n4, n5, n6, n7, n8, n9) AS n
MATCH (n)-[e]-()
WHERE $types IS NULL OR type(e) IN $types
WITH DISTINCT e, startNode(e) AS a, endNode(e) AS b
RETURN a.id AS source, labels(a)[0] AS source_label, coalesce(a.name, a.title, a.heading, a.policy_title, a.quote) AS source_name,
  type(e) AS type, b.id AS target, labels(b)[0] AS target_label,
  coalesce(b.name, b.title, b.heading, b.policy_title, b.quote) AS target_name, e.cite AS cite, e.quote AS quote, e.document AS document,
  e.rate AS rate
ORDER BY type, source, target, quote
LIMIT $limit
