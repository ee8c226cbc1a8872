"""Documents inside a .zip archive: named by a path that leads through it, read within limits, never written to a path."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from documents.formats.packed import Package, member_name

BUNDLES = (".zip",)


def members(path: Path) -> tuple[list[PurePosixPath], list[str]]:
    """The files in an archive, in its order, and the names of those that lead out of it; hidden ones are left out.

    Raises FormatError, OSError.
    """
    found: list[PurePosixPath] = []
    refused: list[str] = []
    for name in _opened(path).names:
        inside = PurePosixPath(name)
        if inside.is_absolute() or any(part == ".." or ":" in part or "\\" in part for part in inside.parts):
            refused.append(name)
        elif str(inside) == name and not any(part.startswith((".", "__MACOSX")) for part in inside.parts):
            found.append(inside)
    return found, refused


def source_bytes(path: Path) -> bytes:
    """The bytes of a file, or of a member of an archive by a path such as news.zip/may/one.docx. Raises OSError, FormatError."""
    for archive in path.parents:
        if archive.suffix.lower() in BUNDLES and archive.is_file():
            return _opened(archive).read(path.relative_to(archive).as_posix())
    return path.read_bytes()


def _opened(path: Path) -> Package:
    status = path.stat()
    return _package(path, status.st_mtime_ns, status.st_size)


# The members of an archive are read one after the other.
@functools.lru_cache(maxsize=1)
def _package(path: Path, changed: int, size: int) -> Package:
    return Package(path.read_bytes(), member_name)
