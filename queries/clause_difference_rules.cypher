// 若干条款的晋级补差规定(晋级享受差额)。
//
// 参数
//   clauses: strings -- 条款编号
// 列
//   clause: string -- 条款编号
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 条款编号、原文位置
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})
WITH c.policy AS policy, collect(c) AS asked
MATCH (:Clause {policy: policy})-[e:EXCLUDES]->()
WHERE NOT e.derived AND e.rule = 'difference_only'
UNWIND asked AS c
WITH c, e
WHERE e.holds_for IS NULL OR e.holds_for = c.cite[0..size(e.holds_for)]
RETURN DISTINCT c.id AS clause, e.quote AS quote, e.document AS document, e.span_start AS span_start
ORDER BY clause, span_start
