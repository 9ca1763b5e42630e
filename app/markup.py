"""Text of documents in files that others' programs open: it never becomes markup, and no file asks the network for anything."""

from __future__ import annotations

NO_REQUESTS = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:\">"
)
"""For the head of a page that is a file: no script and no request, whatever a document's text may hold."""

OWN_SCRIPT = NO_REQUESTS.replace("img-src", "script-src 'unsafe-inline'; img-src")
"""The same for a page that carries the script that draws it."""


def in_markdown(words: str) -> str:
    """The words as Markdown that shows them as they stand, also within a table."""
    for sign in ("\\", "*", "_", "`", "[", "<", "|"):
        words = words.replace(sign, f"\\{sign}")
    return words
