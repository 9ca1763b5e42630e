"""Readers' questions as .cypher files, and the thin Python that turns their rows into dataclasses."""
