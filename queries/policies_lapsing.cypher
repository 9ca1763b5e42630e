// 到某一天仍有效、在其后若干天内到期的政策有哪些。
//
// 参数
//   as_of: date = today -- 截至日
//   until: date -- 到这一天(含)为止到期
//   city: district? -- 只看这座城市(及其各区)
//   district: district? -- 只看这个地区
// 列
//   district_code: string -- 地区代码
//   district: string -- 地区
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   effective_to: date -- 有效期至
//   clauses: integer -- 有支持标准的条款数
//   document: string -- 文件
// 排序: 到期日、地区代码、政策标题
OPTIONAL MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner.code) AS inside
MATCH (place:District)
WHERE ($district IS NULL OR place.code = $district) AND ($city IS NULL OR place.code IN inside)
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus AND NOT coalesce(p.draft, false)
  AND p.effective_to >= $as_of AND p.effective_to <= $until
OPTIONAL MATCH (c:Clause {policy: p.id})-[:GRANTS]->(:Benefit)
RETURN d.code AS district_code, d.name AS district, p.id AS policy, p.title AS policy_title, p.effective_to AS effective_to,
  count(DISTINCT c) AS clauses, p.document AS document
ORDER BY effective_to, district_code, policy_title, policy
