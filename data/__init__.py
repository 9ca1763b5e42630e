"""The bundled data: source documents, lexicons and corrections. Only paths here; every reader has its own module."""

from pathlib import Path

DATA = Path(__file__).parent
CORPUS = DATA / "corpus"
LEXICONS = DATA / "lexicons"
CORRECTIONS = DATA / "corrections"
