// 支持事项有哪些。
//
// 参数
//   无
// 列
//   topic: string -- 事项代码
//   topic_name: string -- 支持事项
// 排序: 支持事项、事项代码
MATCH (t:Topic)
RETURN t.code AS topic, t.name AS topic_name
ORDER BY topic_name, topic
