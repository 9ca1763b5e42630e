"""One file per format: bytes of a source file in, its text out, or one sentence why it cannot be read.

Which files there are and what they are called is for loaders/read.py; what their text means is for the later stages.
"""
