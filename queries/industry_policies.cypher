// 面向一个产业的政策和条款有哪些。
//
// 参数
//   industry: industry -- 产业
//   city: district? -- 只看这座城市(及其各区)
//   as_of: date = today -- 截至日
// 列
//   industry_name: string -- 产业
//   district_code: string -- 地区代码
//   district: string -- 地区
//   level: string -- 层级
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   whole: boolean -- 整件政策都面向这个产业
//   clause: string -- 条款编号(整件政策时为空)
//   cite: strings -- 条款号
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 地区代码、政策、条款顺序
MATCH (i:Industry {id: $industry})<-[e:TARGETS]-(source)
OPTIONAL MATCH (c:Clause {id: source.id})
WITH i, e, c, coalesce(c.policy, source.id) AS of_policy
MATCH (p:Policy {id: of_policy})-[:APPLIES_IN]->(d:District)
WHERE $city IS NULL OR EXISTS { MATCH (d)-[:PART_OF*0..1]->(city:District) WHERE city.code = $city }
WITH i, e, c, p, d, CASE
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
RETURN i.name AS industry_name, d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id IS NULL AS whole, c.id AS clause, e.cite AS cite, e.quote AS quote,
  e.document AS document, coalesce(c.order, -1) AS place
ORDER BY district_code, policy_title, policy, place
