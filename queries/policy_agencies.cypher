// 各政策由谁发文、解释、实施、受理。
//
// 参数
//   role: string? -- 只看这个角色(issuer, interpreter, implementer, acceptor)
//   district: district? -- 只看这个地区
//   policy: policy? -- 只看这件政策
//   as_of: date = today -- 截至日
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   role: string -- 角色
//   agency: string -- 部门编号
//   agency_name: string -- 部门
//   cite: strings -- 条款号
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 地区代码、政策、角色、部门、原文位置
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
  AND ($policy IS NULL OR p.id = $policy)
WITH p, d, CASE
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
MATCH (p)-[e:ISSUED_BY|ADMINISTERED_BY]->(a:Agency)
WHERE $role IS NULL OR e.role = $role
RETURN d.code AS district_code, d.name AS district, p.id AS policy, p.title AS policy_title, state,
  e.role AS role, a.id AS agency, a.name AS agency_name, e.cite AS cite, e.quote AS quote, e.document AS document,
  e.span_start AS span_start
ORDER BY district_code, policy_title, policy, role, agency_name, span_start
