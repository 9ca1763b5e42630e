"""Links between clauses and policies of different documents, one module a kind of link; loaders.assemble puts them into the graph."""
