// 图中各类事物的名称、别名和代码,用来认出参数。
//
// 参数
//   labels: strings -- 类别(District, Topic, Honor, Agency, Industry, Policy, Programme)
// 列
//   label: string -- 类别
//   id: string -- 编号
//   code: string -- 代码
//   name: string -- 名称
//   aliases: strings -- 别名
//   kind: string -- 种类
//   loaded: boolean -- 已收录(政策)
// 排序: 类别、名称、编号
UNWIND [wanted IN $labels WHERE wanted = 'Agency'] AS label
MATCH (n:Agency)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
UNION ALL
UNWIND [wanted IN $labels WHERE wanted = 'District'] AS label
MATCH (n:District)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
UNION ALL
UNWIND [wanted IN $labels WHERE wanted = 'Honor'] AS label
MATCH (n:Honor)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
UNION ALL
UNWIND [wanted IN $labels WHERE wanted = 'Industry'] AS label
MATCH (n:Industry)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
UNION ALL
UNWIND [wanted IN $labels WHERE wanted = 'Policy'] AS label
MATCH (n:Policy)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
UNION ALL
UNWIND [wanted IN $labels WHERE wanted = 'Programme'] AS label
MATCH (n:Programme)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
UNION ALL
UNWIND [wanted IN $labels WHERE wanted = 'Topic'] AS label
MATCH (n:Topic)
RETURN label, n.id AS id, coalesce(n.code, n.doc_number) AS code, coalesce(n.name, n.title) AS name,
  coalesce(n.aliases, []) AS aliases, n.kind AS kind, coalesce(n.in_corpus, true) AS loaded
ORDER BY label, name, id
