// 哪些条款支持若干支持事项,各在哪里、什么状态,以及写明该事项的那句话。
//
// 参数
//   topics: topics -- 支持事项
//   city: district? -- 只看这座城市(及其各区)
//   district: district? -- 只看这个地区
//   as_of: date = today -- 截至日
// 列
//   topic: string -- 事项代码
//   topic_name: string -- 支持事项
//   district_code: string -- 地区代码
//   district: string -- 地区
//   level: string -- 层级
//   policy: string -- 政策编号
//   policy_title: string -- 政策
//   state: string -- 政策的状态
//   clause: string -- 条款编号
//   cite: strings -- 条款号
//   heading: string -- 条标
//   other_topics: strings -- 该条款的其他支持事项
//   quote: string -- 写明该事项的原文
//   span_start: integer -- 原文起
//   span_end: integer -- 原文止
//   document: string -- 文件
// 排序: 事项代码、地区代码、政策、条款顺序
OPTIONAL MATCH (:District {code: $city})<-[:PART_OF*0..1]-(inner:District)
WITH collect(inner.code) AS inside
MATCH (place:District)
WHERE ($district IS NULL OR place.code = $district)
  AND ($city IS NULL OR place.code IN inside)
WITH collect(place) AS places
UNWIND places AS d
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus AND any(code IN coalesce(p.topics, []) WHERE code IN $topics)
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
MATCH (c:Clause {policy: p.id})
WHERE any(code IN coalesce(c.topics, []) WHERE code IN $topics)
MATCH (c)-[e:ABOUT]->(t:Topic)
WHERE t.code IN $topics
WITH t, e, c, p, d, state,
  [code IN c.topics WHERE code <> t.code | head([(c)-[:ABOUT]->(other:Topic) WHERE other.code = code | other.name])] AS other_topics
RETURN t.code AS topic, t.name AS topic_name, d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading, other_topics,
  e.quote AS quote, e.span_start AS span_start, e.span_end AS span_end, c.document AS document,
  c.order AS place
ORDER BY topic, district_code, policy_title, policy, place
