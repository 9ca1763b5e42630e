// 若干条款的支持标准,照原文顺序。
//
// 参数
//   clauses: strings -- 条款编号
// 列
//   clause: string -- 条款编号
//   benefit: string -- 标准编号
//   kind: string -- 类型
//   value: number -- 数值
//   unit: string -- 单位
//   per: string -- 每
//   period: string -- 期间
//   quote: string -- 原文
//   span_start: integer -- 起
//   span_end: integer -- 止
// 排序: 条款编号、顺序
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})-[:GRANTS]->(b:Benefit)
RETURN c.id AS clause, b.id AS benefit, b.kind AS kind, b.value AS value, b.unit AS unit, b.per AS per,
  b.period AS period, b.quote AS quote, b.span_start AS span_start, b.span_end AS span_end, b.order AS place
ORDER BY clause, place
