// 一件政策与其他文件的关系:废止了谁、被谁废止,依据谁、落实谁、提到谁,又被谁提到。
//
// 参数
//   policy: policy -- 政策
//   as_of: date = today -- 截至日
// 列
//   relation: string -- 关系(SUPERSEDES, BASED_ON, IMPLEMENTS, CITES)
//   outgoing: boolean -- 由本政策指出
//   policy: string -- 另一件政策的编号
//   policy_title: string -- 另一件政策
//   doc_number: string -- 文号
//   state: string -- 状态
//   in_corpus: boolean -- 已收录
//   document: string -- 文件
//   cite: strings -- 条款号
//   quote: string -- 原文
// 排序: 关系、方向、标题
MATCH (start:Policy {id: $policy})-[e:SUPERSEDES|BASED_ON|IMPLEMENTS|CITES]-(p:Policy)
WITH start, e, p, CASE
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
RETURN type(e) AS relation, startNode(e).id = start.id AS outgoing, p.id AS policy,
  p.title AS policy_title, p.doc_number AS doc_number, state, p.in_corpus AS in_corpus,
  e.document AS document, e.cite AS cite, e.quote AS quote
ORDER BY relation, outgoing, policy_title, policy
