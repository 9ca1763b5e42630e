// 同一地区内不能同时领取的两项支持,只列编号、依据与规则原文;正文、标题与状态用 clauses 另查。两级之间的矛盾见 conflict_links。
//
// 参数
//   district: district? -- 只看这个地区
//   topic: topic? -- 只看这个支持事项
//   policy: policy? -- 只看涉及这件政策的
//   live: boolean? -- true 只看两件政策在截至日都有效的
//   as_of: date = today -- 截至日
// 列
//   a: string -- 甲条款编号
//   b: string -- 乙条款编号
//   kind: string -- 类型(exclusive 择一, duplicate 同一支持重复)
//   topic: string -- 事项代码
//   scope: string -- 范围
//   rule: string -- 规则(best 从优, highest 从高, choose_one 择一, not_again 不重复, difference_only 补差)
//   strength: string -- 把握(sure, arguable)
//   why: string -- 理由
//   rule_clause: string -- 规则条款编号
//   rule_quote: string -- 规则原文
//   span_start: integer -- 规则原文起
// 排序: 甲条款编号、乙条款编号、范围、规则、原文位置
OPTIONAL MATCH (:Policy {id: coalesce($policy, '')})-[:APPLIES_IN]->(home:District)
WITH collect(home.code) AS homes
MATCH (place:District)
WHERE CASE WHEN $district IS NOT NULL THEN place.code = $district ELSE $policy IS NULL OR place.code IN homes END
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
WHERE NOT coalesce($live, false) OR state IN ['in_force', 'term_unknown', 'no_term']
WITH d, collect(p.id) AS counted
UNWIND counted AS policy
MATCH (one:Clause {policy: policy})-[e:EXCLUDES]->(two:Clause)
WHERE e.derived AND e.kind IN ['exclusive', 'duplicate'] AND two.policy IN counted
  AND ($topic IS NULL OR e.topic = $topic)
  AND ($policy IS NULL OR one.policy = $policy OR two.policy = $policy)
RETURN one.id AS a, two.id AS b, e.kind AS kind, e.topic AS topic, e.scope AS scope, e.rule AS rule,
  e.strength AS strength, e.why AS why, e.by AS rule_clause, e.quote AS rule_quote, e.span_start AS span_start
ORDER BY a, b, scope, rule, span_start
