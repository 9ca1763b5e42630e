// 一件或几件政策的条款编号和条款号,用来认出参数。
//
// 参数
//   policies: strings -- 政策编号
// 列
//   clause: string -- 条款编号
//   policy: string -- 政策编号
//   cite: strings -- 条款号
//   heading: string -- 条标
// 排序: 政策编号、条款顺序
MATCH (c:Clause)
WHERE c.policy IN $policies
RETURN c.id AS clause, c.policy AS policy, c.cite AS cite, c.heading AS heading, c.order AS place
ORDER BY policy, place
