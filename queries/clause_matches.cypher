// 若干条款按上级资金配套的规定(cofunding),照原文顺序。
//
// 参数
//   clauses: strings -- 条款编号
// 列
//   clause: string -- 条款编号
//   upper: string -- 上级(city, national)
//   rate: number -- 配套比例
//   cap: number -- 配套上限(元)
//   target_name: string -- 所配套的奖项,照原文;没有则是对方名称
//   quote: string -- 原文
//   span_start: integer -- 起
//   span_end: integer -- 止
// 排序: 条款编号、原文位置、上级、比例、对方
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})-[m:MATCHES_CITY_LEVEL|MATCHES_NATIONAL_LEVEL]->(target)
WHERE m.kind = 'cofunding'
RETURN c.id AS clause, CASE WHEN type(m) = 'MATCHES_NATIONAL_LEVEL' THEN 'national' ELSE 'city' END AS upper,
  m.rate AS rate, m.cap AS cap, coalesce(m.target, target.name, target.title, target.policy_title) AS target_name,
  m.quote AS quote, m.span_start AS span_start, m.span_end AS span_end, coalesce(m.rate, 0.0) AS by_rate,
  coalesce(m.cap, 0.0) AS by_cap
ORDER BY clause, span_start, upper, by_rate, by_cap, target_name
