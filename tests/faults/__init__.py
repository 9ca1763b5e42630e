"""Faults and bad input: what is lost when processes die, disks fill and documents are damaged. Nothing, these tests say.

They run in a short form with all other tests; `python -m tests.faults` runs the whole form and writes docs/faults.md.
"""
