// 由一个部门负责的条款和政策有哪些,各以什么角色。
//
// 参数
//   agency: agency -- 部门
//   as_of: date = today -- 截至日
// 列
//   agency_name: string -- 部门
//   district_code: string -- 地区代码
//   district: string -- 地区
//   level: string -- 层级
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   clause: string -- 条款编号
//   cite: strings -- 条款号
//   heading: string -- 条标
//   role: string -- 角色(responsible, interpreter, implementer, acceptor, issuer)
//   support: boolean -- 是支持条款(写有事项或标准);附则等为否
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序、角色
MATCH (a:Agency {id: $agency})<-[e:ADMINISTERED_BY|ISSUED_BY]-(source)
OPTIONAL MATCH (c:Clause {id: source.id})
WITH a, e, c, coalesce(c.policy, source.id) AS of_policy
MATCH (p:Policy {id: of_policy})-[:APPLIES_IN]->(d:District)
WITH a, e, c, p, d, CASE
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
RETURN a.name AS agency_name, d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, e.cite AS cite, c.heading AS heading, e.role AS role,
  c.id IS NOT NULL AND (EXISTS { (c)-[:ABOUT]->(:Topic) } OR EXISTS { (c)-[:GRANTS]->(:Benefit) }) AS support,
  e.quote AS quote, e.document AS document, coalesce(c.order, -1) AS place
ORDER BY district_code, policy_title, policy, place, role, quote
