// 哪些上位文件被两件以上的政策共同依据、落实或提到。
//
// 参数
//   as_of: date = today -- 截至日
// 列
//   target: string -- 文件编号
//   target_title: string -- 文件
//   target_doc_number: string -- 文号
//   relation: string -- 关系
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   document: string -- 来源文件
//   quote: string -- 原文
// 排序: 文件标题、政策标题、关系
MATCH (target:Policy)<-[:BASED_ON|IMPLEMENTS|CITES]-(other:Policy)
WITH target, count(DISTINCT other) AS total
WHERE total >= 2
MATCH (p:Policy)-[e:BASED_ON|IMPLEMENTS|CITES]->(target)
WITH target, e, p, CASE
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
RETURN target.id AS target, target.title AS target_title, target.doc_number AS target_doc_number,
  type(e) AS relation, p.id AS policy, p.title AS policy_title, state, e.document AS document,
  e.quote AS quote
ORDER BY target_title, target, policy_title, policy, relation, quote
