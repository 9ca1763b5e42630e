// 不能同时成立的两条:同一申请人可能都想要、却不能都拿的支持,依哪条规则,可以保留什么;以及相互矛盾的两条规则。
//
// 参数
//   district: district? -- 只看这个地区
//   topic: topic? -- 只看这个支持事项
//   policy: policy? -- 只看涉及这件政策的
//   clause: clause? -- 只看涉及这一条的
//   kinds: strings? -- 只看这些类型(exclusive, duplicate, temporal, contradiction)
//   limit: integer = 100 -- 最多行数
//   as_of: date = today -- 截至日
// 列
//   a: string -- 甲条款编号
//   a_policy: string -- 甲政策编号
//   a_title: string -- 甲政策
//   a_cite: strings -- 甲条款号
//   a_state: string -- 甲政策的状态
//   b: string -- 乙条款编号
//   b_policy: string -- 乙政策编号
//   b_title: string -- 乙政策
//   b_cite: strings -- 乙条款号
//   b_state: string -- 乙政策的状态
//   district_code: string -- 地区代码(甲)
//   district: string -- 地区(甲)
//   b_district_code: string -- 地区代码(乙)
//   kind: string -- 类型(exclusive 择一, duplicate 同一支持重复, temporal 时间上不重叠, contradiction 两条规则相互矛盾)
//   topic: string -- 事项代码
//   topic_name: string -- 支持事项
//   scope: string -- 范围
//   rule: string -- 规则(best 从优, highest 从高, choose_one 择一, not_again 不重复, difference_only 补差)
//   strength: string -- 把握(sure, arguable)
//   why: string -- 理由
//   rule_clause: string -- 规则条款编号
//   rule_title: string -- 规则所在政策
//   rule_cite: strings -- 规则条款号
//   rule_quote: string -- 规则原文
//   document: string -- 规则所在文件
// 排序: 地区代码、甲政策、甲条款顺序、乙政策、乙条款顺序、规则
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(own:Policy)
WHERE own.in_corpus AND ($policy IS NULL OR $district IS NOT NULL OR own.id = $policy)
MATCH (:Clause {policy: own.id})-[e:EXCLUDES]-(:Clause)
WHERE e.derived
  AND ($kinds IS NULL OR e.kind IN $kinds)
  AND ($topic IS NULL OR e.topic = $topic)
WITH DISTINCT e
WITH startNode(e) AS one, e, endNode(e) AS two
WHERE ($policy IS NULL OR one.policy = $policy OR two.policy = $policy)
  AND ($clause IS NULL OR one.id = $clause OR two.id = $clause)
WITH one.policy AS first, collect({one: one, e: e, two: two}) AS links
MATCH (p:Policy {id: first})-[:APPLIES_IN]->(d:District)
WITH links, d, p, CASE
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
  END AS a_state
UNWIND links AS link
WITH d, a_state, link.one AS one, link.e AS e, link.two AS two
WITH two.policy AS other, collect({one: one, e: e, two: two, d: d, state: a_state}) AS pairs
MATCH (p:Policy {id: other})-[:APPLIES_IN]->(b_district:District)
WITH pairs, p, b_district, CASE
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
  END AS b_state
UNWIND pairs AS pair
WITH pair.one AS one, pair.e AS e, pair.two AS two, pair.d AS d, pair.state AS a_state, b_district, b_state
MATCH (r:Clause {id: e.by})
OPTIONAL MATCH (t:Topic {code: e.topic})
RETURN one.id AS a, one.policy AS a_policy, one.policy_title AS a_title, one.cite AS a_cite,
  a_state, two.id AS b, two.policy AS b_policy, two.policy_title AS b_title, two.cite AS b_cite,
  b_state, d.code AS district_code, d.name AS district, b_district.code AS b_district_code,
  e.kind AS kind, e.topic AS topic, t.name AS topic_name, e.scope AS scope, e.rule AS rule, e.strength AS strength, e.why AS why,
  r.id AS rule_clause, r.policy_title AS rule_title, r.cite AS rule_cite,
  e.quote AS rule_quote, e.document AS document,
  one.order AS a_place, two.order AS b_place, e.span_start AS span_start
ORDER BY district_code, a_title, a_policy, a_place, b_title, b_policy, b_place, scope, rule, span_start
LIMIT $limit
