// 各条款与上级政策的配套和呼应:按市级(省级)、国家支持配多少,对应上级哪一条,对方是否仍有效。
//
// 参数
//   district: district? -- 只看这个地区
//   topic: topic? -- 只看这个支持事项
//   honor: honor? -- 只看针对这项资质荣誉的条款
//   clause: clause? -- 只看这一条
//   upper: string? -- city(市级、省级)或 national(国家)
//   kind: string? -- cofunding(按上级资金配套)或 aligned(上下都支持)
//   limit: integer = 100 -- 最多行数
//   as_of: date = today -- 截至日
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   level: string -- 层级
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   clause: string -- 条款编号
//   cite: strings -- 条款号
//   heading: string -- 条标
//   upper: string -- 上级(city, national)
//   kind: string -- 类型
//   rate: number -- 配套比例
//   cap: number -- 配套上限(元)
//   strength: string -- 把握(sure, arguable)
//   why: string -- 理由
//   target_name: string -- 所配套的奖项,照原文
//   target_label: string -- 对方是什么(Clause, Policy, Programme)
//   target: string -- 对方编号
//   target_title: string -- 对方的标题或名称
//   target_cite: strings -- 对方的条款号
//   target_policy: string -- 对方所在政策的编号
//   target_state: string -- 对方政策的状态(上级项目为空)
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序、上级、类型、对方
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
WITH d, p, CASE
    WHEN p.effective_to < $as_of THEN 'expired'
    WHEN coalesce(p.draft, false) THEN 'draft'
    WHEN EXISTS {
      MATCH (newer:Policy)-[:SUPERSEDES]->(p)
      WHERE NOT coalesce(newer.draft, false) AND coalesce(newer.effective_from, '') <= $as_of
    } THEN 'repealed'
    WHEN NOT p.in_corpus THEN 'named_only'
    WHEN p.effective_from > $as_of THEN 'not_yet'
    WHEN p.effective_to IS NOT NULL THEN 'in_force'
    WHEN p.valid_years IS NOT NULL THEN 'term_unknown'
    ELSE 'no_term'
  END AS state
WITH d, p AS own, state
MATCH (c:Clause {policy: own.id})-[m:MATCHES_CITY_LEVEL|MATCHES_NATIONAL_LEVEL]->(target)
WHERE ($clause IS NULL OR c.id = $clause)
  AND ($kind IS NULL OR m.kind = $kind)
  AND ($upper IS NULL OR (type(m) = 'MATCHES_NATIONAL_LEVEL') = ($upper = 'national'))
  AND ($topic IS NULL OR $topic IN c.topics)
  AND ($honor IS NULL OR EXISTS { MATCH (c)-[:REWARDS]->(h:Honor) WHERE h.id = $honor })
OPTIONAL MATCH (p:Policy {id: coalesce(target.policy, target.id)})
WITH p, collect({c: c, m: m, target: target, d: d, own: own, state: state}) AS links
WITH links, p, CASE
    WHEN p.effective_to < $as_of THEN 'expired'
    WHEN coalesce(p.draft, false) THEN 'draft'
    WHEN EXISTS {
      MATCH (newer:Policy)-[:SUPERSEDES]->(p)
      WHERE NOT coalesce(newer.draft, false) AND coalesce(newer.effective_from, '') <= $as_of
    } THEN 'repealed'
    WHEN NOT p.in_corpus THEN 'named_only'
    WHEN p.effective_from > $as_of THEN 'not_yet'
    WHEN p.effective_to IS NOT NULL THEN 'in_force'
    WHEN p.valid_years IS NOT NULL THEN 'term_unknown'
    ELSE 'no_term'
  END AS target_state
UNWIND links AS link
WITH link.c AS c, link.m AS m, link.target AS target, link.d AS d, link.own AS own, link.state AS state,
  p, target_state
RETURN d.code AS district_code, d.name AS district, own.level AS level, own.id AS policy,
  own.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading,
  CASE WHEN type(m) = 'MATCHES_NATIONAL_LEVEL' THEN 'national' ELSE 'city' END AS upper,
  m.kind AS kind, m.rate AS rate, m.cap AS cap, m.strength AS strength, m.why AS why, m.target AS target_name,
  labels(target)[0] AS target_label, target.id AS target,
  coalesce(target.policy_title, target.title, target.name) AS target_title,
  target.cite AS target_cite, p.id AS target_policy,
  CASE WHEN p.id IS NULL THEN null ELSE target_state END AS target_state,
  m.quote AS quote, m.document AS document,
  c.order AS place, m.span_start AS span_start
ORDER BY district_code, policy_title, policy, place, upper, kind, target_title, target, span_start
LIMIT $limit
