// 哪些政策废止了旧文件,旧文件的标题和文号各是什么;征求意见稿所写的只是拟废止。
//
// 参数
//   as_of: date = today -- 截至日
//   policy: policy? -- 只看这件政策(废止它的,或它废止的)
// 列
//   policy: string -- 政策编号
//   policy_title: string -- 新政策
//   state: string -- 新政策的状态
//   planned: boolean -- 拟废止(新政策是征求意见稿)
//   old_policy: string -- 旧政策编号
//   old_title: string -- 旧政策
//   old_doc_number: string -- 旧文号
//   old_in_corpus: boolean -- 旧政策已收录
//   document: string -- 文件
//   cite: strings -- 条款号
//   quote: string -- 原文
// 排序: 新政策标题、旧政策标题
MATCH (p:Policy)-[s:SUPERSEDES]->(old:Policy)
WHERE $policy IS NULL OR p.id = $policy OR old.id = $policy
WITH p, s, old, CASE
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
RETURN p.id AS policy, p.title AS policy_title, state, coalesce(p.draft, false) AS planned,
  old.id AS old_policy, old.title AS old_title, old.doc_number AS old_doc_number,
  old.in_corpus AS old_in_corpus, s.document AS document, s.cite AS cite, s.quote AS quote
ORDER BY policy_title, policy, old_title, old_policy
