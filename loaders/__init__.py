"""From documents to records to graph: reading, cleaning, splitting, segmenting, extracting, resolving, assembling."""
