"""Text and values inside XML: what may stand there, and how it is escaped. Shared by GraphML and GEXF."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

from graph.model import Value
from graph.schema import PropertyType

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters that XML 1.0 cannot hold in any spelling, as the vertical tab of some scraped pages."""


def xml_text(text: str) -> str:
    """The text with markup escaped; a character that XML cannot hold becomes U+FFFD."""
    return escape(_ILLEGAL.sub("\ufffd", text), {'"': "&quot;"})


def xml_value(value: Value) -> str:
    """A property's value as escaped text: true and false in small letters, a list as JSON."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return xml_text(json.dumps(value, ensure_ascii=False))
        case _:
            return xml_text(str(value))


XML_TYPES: dict[PropertyType, str] = {
    "string": "string",
    "date": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "strings": "string",
}
"""Neither form has lists of texts that every reader takes, so a list is JSON in a string."""
