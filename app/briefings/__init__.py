"""Briefings: a question as something that can be put before a leader. One module for each kind of finding, one for each form of file."""
