// 若干条款的正文。
//
// 参数
//   clauses: strings -- 条款编号
// 列
//   clause: string -- 条款编号
//   quote: string -- 条款正文
//   span_start: integer -- 正文起
// 排序: 条款编号
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})
RETURN c.id AS clause, c.text AS quote, c.span_start AS span_start
ORDER BY clause
