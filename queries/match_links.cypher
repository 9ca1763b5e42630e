// 各条款与上级政策的配套和呼应,只列编号、比例与原文;条款所在与状态用 clauses、对方用 match_targets 另查。
//
// 参数
//   district: district? -- 只看这个地区
//   topic: topic? -- 只看这个支持事项
//   honor: honor? -- 只看针对这项资质荣誉的条款
//   clause: clause? -- 只看这一条
//   kind: string? -- cofunding(按上级资金配套)或 aligned(上下都支持)
// 列
//   clause: string -- 条款编号
//   upper: string -- 上级(city, national)
//   kind: string -- 类型
//   rate: number -- 配套比例
//   cap: number -- 配套上限(元)
//   strength: string -- 把握(sure, arguable)
//   why: string -- 理由
//   target_name: string -- 所配套的奖项,照原文
//   target_label: string -- 对方是什么(Clause, Policy, Programme)
//   target: string -- 对方编号
//   programme: string -- 上级项目的名称(对方是条款或政策时为空)
//   quote: string -- 原文
//   span_start: integer -- 原文起
// 排序: 条款编号、上级、类型、对方编号、原文位置
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
MATCH (c:Clause {policy: p.id})-[m:MATCHES_CITY_LEVEL|MATCHES_NATIONAL_LEVEL]->(target)
WHERE ($clause IS NULL OR c.id = $clause)
  AND ($kind IS NULL OR m.kind = $kind)
  AND ($topic IS NULL OR $topic IN c.topics)
  AND ($honor IS NULL OR EXISTS { MATCH (c)-[:REWARDS]->(h:Honor) WHERE h.id = $honor })
RETURN c.id AS clause, CASE WHEN type(m) = 'MATCHES_NATIONAL_LEVEL' THEN 'national' ELSE 'city' END AS upper,
  m.kind AS kind, m.rate AS rate, m.cap AS cap, m.strength AS strength, m.why AS why, m.target AS target_name,
  labels(target)[0] AS target_label, target.id AS target, target.name AS programme, m.quote AS quote,
  m.span_start AS span_start
ORDER BY clause, upper, kind, target, span_start
