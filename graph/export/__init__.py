"""Writes a graph to a file in one of several forms; the same graph gives the same bytes.

One module a form; what the graph says is graph.model's.
"""

from graph.export.formats import FORMATS, export_graph, export_store

__all__ = ["FORMATS", "export_graph", "export_store"]
