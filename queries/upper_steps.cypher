// 上级条款再往上:市级条款与国家政策的配套,以及市级政策所依据、落实的文件。
//
// 参数
//   clauses: strings -- 上级条款的编号
//   policies: strings -- 上级政策的编号
//   as_of: date = today -- 截至日
// 列
//   source: string -- 由哪个条款或政策往上
//   relation: string -- 关系(MATCHES_NATIONAL_LEVEL, BASED_ON, IMPLEMENTS)
//   rate: number -- 配套比例
//   cap: number -- 配套上限(元)
//   target: string -- 对方编号
//   target_label: string -- 对方是什么
//   target_title: string -- 对方的标题或名称
//   target_level: string -- 对方的层级
//   target_state: string -- 对方政策的状态(上级项目为空)
//   cite: strings -- 条款号
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 来源、关系、对方
UNWIND $clauses AS wanted
MATCH (c:Clause {id: wanted})-[e:MATCHES_NATIONAL_LEVEL]->(target)
WITH collect({source: c, e: e, target: target}) AS from_clauses
UNWIND $policies + [''] AS wanted
OPTIONAL MATCH (own:Policy {id: wanted})-[e:BASED_ON|IMPLEMENTS]->(target)
WITH from_clauses, collect(CASE WHEN e IS NOT NULL THEN {source: own, e: e, target: target} END) AS from_policies
UNWIND from_clauses + from_policies AS step
WITH step.source AS source, step.e AS e, step.target AS target
OPTIONAL MATCH (p:Policy {id: target.id})
WITH source, e, target, p, CASE
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
RETURN source.id AS source, type(e) AS relation, e.rate AS rate, e.cap AS cap, target.id AS target,
  labels(target)[0] AS target_label, coalesce(target.title, target.name) AS target_title,
  target.level AS target_level, CASE WHEN p.id IS NULL THEN null ELSE state END AS target_state,
  e.cite AS cite, e.quote AS quote, e.document AS document
ORDER BY source, relation, target_title, target, quote
