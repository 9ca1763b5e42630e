// 若干条款的申报门槛,照原文顺序。
//
// 参数
//   clauses: strings -- 条款编号
// 列
//   clause: string -- 条款编号
//   value: number -- 数值
//   unit: string -- 单位
//   quote: string -- 原文
//   span_start: integer -- 起
//   span_end: integer -- 止
// 排序: 条款编号、顺序
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})-[:REQUIRES]->(a:Amount)
RETURN c.id AS clause, a.value AS value, a.unit AS unit, a.quote AS quote, a.span_start AS span_start,
  a.span_end AS span_end, a.order AS place
ORDER BY clause, place
