// 到某一天,已收录的政策各处于什么状态:有效、已失效、已废止、征求意见、尚未施行、起算日不明、未写期限。
//
// 参数
//   as_of: date = today -- 截至日
//   city: district? -- 只看这座城市(及其各区)
//   district: district? -- 只看这个地区
//   level: string? -- 只看这一层级(national, provincial, municipal, district)
// 列
//   district: string -- 地区
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   doc_number: string -- 文号
//   level: string -- 层级
//   draft: boolean -- 征求意见稿
//   state: string -- 状态
//   issued_on: date -- 印发
//   effective_from: date -- 施行
//   effective_rule: string -- 施行规则
//   effective_to: date -- 有效期至
//   valid_years: integer -- 有效年数
//   document: string -- 文件
// 排序: 地区代码、政策标题
OPTIONAL MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner.code) AS inside
MATCH (place:District)
WHERE ($district IS NULL OR place.code = $district) AND ($city IS NULL OR place.code IN inside)
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
RETURN d.name AS district, p.id AS policy, p.title AS policy_title, p.doc_number AS doc_number,
  p.level AS level, coalesce(p.draft, false) AS draft, state, p.issued_on AS issued_on,
  p.effective_from AS effective_from, p.effective_rule AS effective_rule, p.effective_to AS effective_to,
  p.valid_years AS valid_years, p.document AS document,
  d.code AS district_code
ORDER BY district_code, policy_title, policy
