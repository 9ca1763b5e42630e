"""What a source file may cost to read, each limit with its reason.

The largest real document seen (20 policies in one file) has 0.16 MB; memory must stay under 300 MB in all.
"""

from __future__ import annotations

# The later stages hold several copies of a text and its facts; at 7 million characters they still fit into memory.
MAX_TEXT_BYTES = 20_000_000

# The same bound for text that is unpacked out of a PDF or .docx: a small file can hold one page a thousand times.
MAX_TEXT_CHARACTERS = 7_000_000

# Scanned appendices and pictures make PDF and .docx large while their text stays small.
MAX_CONTAINER_BYTES = 100_000_000

# A .docx is unpacked in memory. Its XML takes some ten times its size as a tree (150 MB at this limit), pictures only
# their own. A forged one of 60 kB has 2,600,000 empty paragraphs and takes 370 MB.
MAX_UNPACKED_BYTES = 120_000_000
MAX_XML_BYTES = 16_000_000
MAX_XML_TAGS = 1_000_000
MAX_ARCHIVE_ENTRIES = 5_000

# A yearbook has some 1,000 pages; a forged page tree claims millions.
MAX_PDF_PAGES = 3_000

# PDF is read in a process of its own, since a forged one can unpack to gigabytes or keep the reader busy for minutes.
# 1,000 dense pages take 50 MB, and 35 s where their Chinese font is not embedded (1 s where it is).
PDF_SECONDS = 120
PDF_MEMORY_BYTES = 240_000_000

# A page of 20 MB with a tag in every 40 bytes takes 2 s and 200 MB.
MAX_HTML_TAGS = 500_000

# Browsers stop nesting at 512 as well. Time grows with the square of depth, of attributes of one tag, and of options:
# at these limits each costs some 0.2 s.
MAX_HTML_DEPTH = 512
MAX_HTML_ATTRIBUTES = 5_000
MAX_HTML_OPTIONS = 5_000
