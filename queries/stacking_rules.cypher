// 有哪些明文允许同时享受的规定:哪一条写的,与谁叠加。
//
// 参数
//   scope: string? -- 只看这个范围(municipal, district, within_policy …)
//   district: district? -- 只看这个地区
//   policy: policy? -- 只看这件政策
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
//   scope: string -- 可与谁叠加
//   holds_for: strings -- 限于条款(空则管整件政策)
//   target: string -- 对方地区或政策的编号
//   target_title: string -- 对方地区或政策
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序、范围、原文位置
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus AND ($policy IS NULL OR p.id = $policy)
MATCH (c:Clause {policy: p.id})-[e:STACKS_WITH]->(target)
WHERE $scope IS NULL OR e.scope = $scope
WITH c, e, target, p, d, CASE
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
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading,
  e.scope AS scope, e.holds_for AS holds_for, target.id AS target,
  coalesce(target.title, target.name) AS target_title, e.quote AS quote, e.document AS document,
  e.span_start AS span_start, c.order AS place
ORDER BY district_code, policy_title, policy, place, scope, span_start, target
