// 若干条款中哪些彼此相似,最相似的在前。
//
// 参数
//   clauses: strings -- 条款编号
// 列
//   score: number -- 相似度(0 到 1)
//   a: string -- 甲条款编号
//   b: string -- 乙条款编号
// 排序: 相似度从高到低、甲政策、甲条款顺序、乙政策、乙条款顺序
UNWIND $clauses AS wanted
MATCH (one:Clause {id: wanted})-[e:SIMILAR_TO]->(two:Clause)
WHERE two.id IN $clauses
RETURN e.score AS score, one.id AS a, two.id AS b,
  one.policy_title AS a_title, one.policy AS a_policy, one.order AS a_place,
  two.policy_title AS b_title, two.policy AS b_policy, two.order AS b_place
ORDER BY score DESC, a_title, a_policy, a_place, b_title, b_policy, b_place
