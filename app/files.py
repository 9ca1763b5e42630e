"""Files that people asked for: written whole under another name, then renamed, so that none is ever half there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from graph.errors import UsageError


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes `path` when the block ends well; otherwise what stood there stays.

    Raises: UsageError where the folder is missing or may not be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise UsageError(f"不能写入 {path}:{error.strerror};请换一个已有且可写的文件夹。") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        # mkstemp makes files for their owner alone; what a person exports is readable as usual
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        raise UsageError(f"不能写入 {path}:{error.strerror}。") from error
    finally:
        temporary.unlink(missing_ok=True)
