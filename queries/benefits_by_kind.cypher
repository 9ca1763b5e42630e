// 某一类支持标准(如面积、年限、比例、1:n 配套)都有哪些,从大到小。
//
// 参数
//   kind: string -- 类型(cap 上限, fixed 定额, rate 比例, ratio 1:n, area 面积, years 年限, uplift 提高)
//   minimum: number = 0 -- 不低于(按该类标准的单位;比例 30% 写 0.3)
//   level: string? -- 只看这一层级
//   district: district? -- 只看这个地区
//   limit: integer = 100 -- 最多行数
//   as_of: date = today -- 截至日
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   level: string -- 层级
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   clause: string -- 条款编号
//   cite: strings -- 条款号
//   heading: string -- 条标
//   value: number -- 数值
//   unit: string -- 单位
//   per: string -- 每
//   period: string -- 期间
//   quote: string -- 原文
//   document: string -- 文件
// 排序: 单位、数值从大到小、地区代码、政策、条款顺序、标准顺序
MATCH (place:District)
WHERE $district IS NULL OR place.code = $district
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
  AND ($level IS NULL OR p.level = $level)
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
MATCH (c:Clause {policy: p.id})-[:GRANTS]->(b:Benefit)
WHERE b.kind = $kind AND b.value >= $minimum
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading,
  b.value AS value, b.unit AS unit, b.per AS per, b.period AS period, b.quote AS quote, c.document AS document,
  c.order AS place, b.order AS benefit_place
ORDER BY unit, value DESC, district_code, policy_title, policy, place, benefit_place
LIMIT $limit
