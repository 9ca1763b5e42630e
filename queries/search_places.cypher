// 若干地区的条款中含有这些词的,逐条读过,按得分。一座城市有几千条,比在全国的索引里找快。
//
// 参数
//   words: strings -- 须全部出现的词语
//   places: strings -- 地区(代码)
//   as_of: date = today -- 截至日
//   limit: integer = 50 -- 最多行数
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
//   quote: string -- 条款正文
//   document: string -- 文件
//   score: number -- 得分(BM25:各词在条款中的次数,按条款长短;k1 1.2,b 0.75,一条平均 200 字,各词同重)
// 排序: 得分从高到低、政策、条款顺序
MATCH (d:District)
WHERE d.code IN $places
MATCH (d)<-[:APPLIES_IN]-(p:Policy)
WHERE p.in_corpus
MATCH (c:Clause {policy: p.id})
WHERE all(word IN $words WHERE c.text CONTAINS word)
WITH c, p, d, reduce(total = 0.0, word IN $words |
    total + (size(split(c.text, word)) - 1) / (size(split(c.text, word)) - 1 + 0.3 + 0.9 * size(c.text) / 200.0)) AS score
ORDER BY score DESC, p.title, p.id, c.order
LIMIT $limit
WITH c, score, p, d, CASE
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
RETURN d.code AS district_code, d.name AS district, p.level AS level, p.id AS policy,
  p.title AS policy_title, state, c.id AS clause, c.cite AS cite, c.heading AS heading,
  c.text AS quote, c.document AS document, score,
  c.order AS place
ORDER BY score DESC, policy_title, policy, place
LIMIT $limit
