// 配套和呼应所指的上级条款和政策:属于哪件政策、是否仍有效、条款正文。
//
// 参数
//   targets: strings -- 条款或政策的编号
//   as_of: date = today -- 截至日
// 列
//   target: string -- 编号
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   cite: strings -- 条款号(政策本身为空)
//   quote: string -- 条款正文(政策本身为空)
// 排序: 编号
UNWIND $targets AS wanted
OPTIONAL MATCH (c:Clause {id: wanted})
WITH coalesce(c.policy, wanted) AS policy, collect({id: wanted, clause: c}) AS own
MATCH (p:Policy {id: policy})
WITH own, p, CASE
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
UNWIND own AS one
WITH one.id AS target, one.clause AS c, p, state
RETURN target, p.id AS policy, p.title AS policy_title, state, c.cite AS cite, c.text AS quote
ORDER BY target
