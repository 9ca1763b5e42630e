"""Text of documents in Markdown: shown as it stands."""

from __future__ import annotations

import pytest

from app.markup import in_markdown


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("首台(套),最高200万元", "首台(套),最高200万元"),  # nothing to escape
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("[点这里](javascript:alert(1))", "\\[点这里](javascript:alert(1))"),
        ("**重点** _项目_ `码`", "\\*\\*重点\\*\\* \\_项目\\_ \\`码\\`"),
        ("a|b\\c", "a\\|b\\\\c"),  # a bar would end a table's cell
    ],
)
def test_shows_words_as_they_stand(words: str, markdown: str) -> None:
    assert in_markdown(words) == markdown
