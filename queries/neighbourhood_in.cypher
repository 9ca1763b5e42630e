// 一项支持事项、资质荣誉或产业在若干政策中的邻居(画图用):哪些条款和政策写到它。
//
// 参数
//   label: string -- 它是什么(Topic, Honor, Industry)
//   node: string -- 它的编号
//   policies: strings -- 政策编号
// 列
//   policy: string -- 所在政策的编号
//   place: integer -- 条款在政策中的次序(整件政策为空)
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
// 排序: 政策编号、条款顺序、原文;产业的政策在条款之前
UNWIND CASE WHEN $label = 'Topic' THEN $policies ELSE [] END AS own
MATCH (a:Clause {policy: own})-[e:ABOUT]->(b:Topic)
WHERE b.id = $node
RETURN own AS policy, a.order AS place, a.id AS source, labels(a)[0] AS source_label,
  coalesce(a.heading, a.policy_title, a.title) AS source_name, type(e) AS type, b.id AS target, labels(b)[0] AS target_label,
  b.name AS target_name, e.cite AS cite, e.quote AS quote, e.document AS document
ORDER BY policy, place, quote
UNION ALL
UNWIND CASE WHEN $label = 'Honor' THEN $policies ELSE [] END AS own
MATCH (a:Clause {policy: own})-[e:REWARDS]->(b:Honor)
WHERE b.id = $node
RETURN own AS policy, a.order AS place, a.id AS source, labels(a)[0] AS source_label,
  coalesce(a.heading, a.policy_title, a.title) AS source_name, type(e) AS type, b.id AS target, labels(b)[0] AS target_label,
  b.name AS target_name, e.cite AS cite, e.quote AS quote, e.document AS document
ORDER BY policy, place, quote
UNION ALL
UNWIND CASE WHEN $label = 'Industry' THEN $policies ELSE [] END AS own
MATCH (a:Policy {id: own})-[e:TARGETS]->(b:Industry)
WHERE b.id = $node
RETURN own AS policy, a.order AS place, a.id AS source, labels(a)[0] AS source_label,
  coalesce(a.heading, a.policy_title, a.title) AS source_name, type(e) AS type, b.id AS target, labels(b)[0] AS target_label,
  b.name AS target_name, e.cite AS cite, e.quote AS quote, e.document AS document
ORDER BY policy, place, quote
UNION ALL
UNWIND CASE WHEN $label = 'Industry' THEN $policies ELSE [] END AS own
MATCH (a:Clause {policy: own})-[e:TARGETS]->(b:Industry)
WHERE b.id = $node
RETURN own AS policy, a.order AS place, a.id AS source, labels(a)[0] AS source_label,
  coalesce(a.heading, a.policy_title, a.title) AS source_name, type(e) AS type, b.id AS target, labels(b)[0] AS target_label,
  b.name AS target_name, e.cite AS cite, e.quote AS quote, e.document AS document
ORDER BY policy, place, quote
