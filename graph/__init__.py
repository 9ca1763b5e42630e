"""The graph's model and its store: schema, nodes and edges, the Bolt client, the embedded server."""
